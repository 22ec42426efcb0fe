"""Work that is to be done in the background, kept with the transaction that asks for it.

A job is an object of its own in a tree keyed at random, so that two who ask, or two who work, do
not meet. What is done is taken out.
"""

from datetime import datetime

from persistent import Persistent

from scorm.resources import WideTree


class Outbox(Persistent):
    """Every job that is not done, by id: ``/admin/work``."""

    __name__ = "work"
    __parent__: object = None

    def __init__(self):
        self._jobs = WideTree()

    def __acl__(self):
        return [("Allow", "role:admin", ("work:view", "work:change"))]

    def __getitem__(self, key: str) -> "Job":
        return self._jobs[key]

    def __resource_url__(self, _request, info):
        return f"{info['app_url']}/admin/work/"

    def get(self, key: str) -> "Job | None":
        return self._jobs.get(key)

    def values(self):
        return self._jobs.values()

    def add(self, job: "Job") -> None:
        job.__parent__ = self
        self._jobs[job.__name__] = job

    def remove(self, job: "Job") -> None:
        del self._jobs[job.__name__]


class Job(Persistent):
    """One piece of work: its kind, and the id of what it is about.

    ``state`` is ``waiting``, ``taken`` or ``failed``; ``attempts`` how often it was taken;
    ``until`` is the time before which a waiting job is not tried, or after which a taken one is
    anybody's; ``worker`` is who has it; ``problem`` what went wrong last.
    """

    worker = ""
    problem = ""
    attempts = 0

    def __init__(self, key: str, kind: str, subject: str, now: datetime):
        self.__name__ = key
        self.__parent__: Outbox | None = None
        self.kind = kind
        self.subject = subject
        self.created = now
        self.until = now
        self.state = "waiting"
