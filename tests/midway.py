"""Learners of a course of three parts, in every state that another version can find them in."""

from lms.services import awards
from scorm.runtime.record import history

STANDARDS = ("2004", "1.2")
OLD, NEW = ("one", "two", "three"), ("one", "new", "three")
NAMES = {
    "2004": {
        "place": "cmi.location",
        "status": "cmi.completion_status",
        "entry": "cmi.entry",
        "exit": "cmi.exit",
        "time": ("cmi.session_time", "PT1M"),
    },
    "1.2": {
        "place": "cmi.core.lesson_location",
        "status": "cmi.core.lesson_status",
        "entry": "cmi.core.entry",
        "exit": "cmi.core.exit",
        "time": ("cmi.core.session_time", "0000:01:00"),
    },
}


class Learner:
    """Somebody in the course of one standard, by name of the state they are to be in."""

    def __init__(self, site, standard: str, state: str):
        self.site, self.standard, self.state = site, standard, state
        self.username = f"{state}-{standard[:1]}"
        self.course = f"parts-{standard[:1]}"
        with site.write() as root:
            site.add_person(root["site"], self.username, "member")
        self.browser = site.signed_in(self.username)
        self.sessions = 0

    def read(self, read):
        """What a function of the enrolment gives."""
        with self.site.write() as root:
            person = root["site"].people.by_username(self.username)
            return read(person.enrolments[self.course])

    def history(self):
        return self.read(lambda enrolment: history(enrolment.registration))

    def certificate(self):
        """The code of the certificate that they have; None for none."""
        with self.site.write() as root:
            person = root["site"].people.by_username(self.username)
            course = root["site"].courses[self.course]
            held = awards.held_in(root["site"], person.learner_id, course)
            return held[0].code if held else None

    def launch(self, *, look=False):
        page = self.browser.get(f"/courses/{self.course}/")
        form = next(form for form in page.forms.values() if "launch" in form.action)
        if look:
            form["look"] = True
        self.content, self.capability = self.site.content(form.submit().location)
        self.number = 0
        return self

    def start(self, leftovers=()):
        body = {"leftovers": list(leftovers)}
        self.view = self.content.post_json(f"/{self.capability}/start", body).json
        return self

    @property
    def at(self):
        return self.view["delivery"]["activity"]

    @property
    def data(self):
        return self.view["delivery"]["data"]

    def entry(self, kind, **more):
        self.number += 1
        return {"number": self.number, "kind": kind, "activity": self.at, **more}

    def send(self, *entries):
        body = {"entries": list(entries), "seen": 0}
        answer = self.content.post_json(f"/{self.capability}/commit", body).json
        self.view = answer
        return self

    def values(self, **values):
        names = NAMES[self.standard]
        return self.entry("set", values=[[names[name], value] for name, value in values.items()])

    def set(self, **values):
        return self.send(self.values(**values))

    def initialize(self):
        return self.send(self.entry("initialize"))

    def spend(self):
        return self.send(self.entry("set", values=[list(NAMES[self.standard]["time"])]))

    def finish(self, status="completed", request="continue"):
        """The part is done, and the next one comes."""
        word = self.values(status=status)
        return self.send(word, self.entry("terminate", request=request))

    def whole(self, status="completed"):
        """All three parts."""
        for request in ("continue", "continue", "exitAll"):
            self.initialize().spend().finish(status, request)
        return self

    def suspend(self):
        return self.send(self.entry("navigate", request="suspendAll"))


def launched(learner):
    learner.launch().start()


def initialized(learner):
    learner.launch().start().initialize()


def half_way(learner):
    learner.launch().start().initialize().set(place="half")


def suspended(learner):
    half_way(learner)
    learner.spend().set(exit="suspend")
    learner.suspend()


def in_the_second(learner):
    learner.launch().start().initialize().finish()
    learner.initialize().set(place="half")


def in_the_second_suspended(learner):
    in_the_second(learner)
    learner.suspend()


def failed(learner):
    learner.launch().start()
    for _ in range(2):
        learner.initialize().finish("incomplete" if learner.standard == "2004" else "failed")
    learner.initialize().set(place="half")


def completed(learner):
    learner.launch().start().whole()


def completed_and_open(learner):
    learner.launch().start()
    for request in ("continue", "continue"):
        learner.initialize().finish(request=request)
    learner.initialize().set(status="completed", place="half")


def completed_and_looked_at(learner):
    completed(learner)
    learner.launch(look=True).start()


def begun_anew(learner):
    completed(learner)
    learner.launch().start().initialize().set(place="half")


def with_leftovers(learner):
    half_way(learner)
    learner.left = [learner.values(place="left")]


def with_leftovers_that_complete(learner):
    learner.launch().start()
    for request in ("continue", "continue"):
        learner.initialize().finish(request=request)
    learner.initialize()
    learner.left = [learner.values(status="completed", place="left")]


def registered(learner):
    learner.launch()


def enrolled(learner):
    learner.launch()
    with learner.site.write() as root:
        person = root["site"].people.by_username(learner.username)
        registration = person.enrolments[learner.course].registration
        root["site"].registrations.remove(registration)
        person.enrolments[learner.course].registration = None


STATES = {
    "enrolled": (enrolled, "begins"),
    "registered": (registered, "begins"),
    "launched": (launched, "goes on"),
    "initialized": (initialized, "goes on"),
    "half-way": (half_way, "goes on"),
    "suspended": (suspended, "goes on"),
    "second": (in_the_second, "displaced"),
    "second-suspended": (in_the_second_suspended, "displaced"),
    "failed": (failed, "goes on"),
    "leftovers": (with_leftovers, "goes on"),
    "leftovers-complete": (with_leftovers_that_complete, "stays"),
    "completed": (completed, "over"),
    "completed-open": (completed_and_open, "stays"),
    "looked-at": (completed_and_looked_at, "over"),
    "begun-anew": (begun_anew, "goes on"),
}
"""By name: how somebody comes there, and what awaits them."""
COMPLETED = {"completed", "completed-open", "looked-at", "begun-anew"}
