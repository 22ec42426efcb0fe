"""People who can sign in, and where each of them is signed in.

Sign-in sessions and enrolments hang on the person, so that two people never write the same
object. No address of a computer and no real name is asked for or kept.
"""

import unicodedata
from datetime import datetime

from BTrees.OOBTree import OOBTree
from persistent import Persistent

ROLES = ("member", "author", "admin")
"""What a person may be; each may do what those before it may."""


def normalised(username: str) -> str:
    """The form in which usernames are compared: ``Zoë`` and ``ZOE\u0308`` are one name."""
    folded = unicodedata.normalize("NFKC", username.strip()).casefold()
    return unicodedata.normalize("NFKC", folded)


class PeopleTree(OOBTree):
    """A tree whose leaves split seldom: many people can be added at once without meeting."""

    max_leaf_size = 240


class People(Persistent):
    """Everybody, by random id: ``/admin/people/<id>``; and by username.

    ``admins`` holds the ids of the admins who can sign in. It is replaced whole, so that two
    admins who demote each other at the same moment meet in a conflict.
    """

    __name__ = "people"
    __parent__: object = None

    def __init__(self):
        self._people = PeopleTree()
        self._usernames = PeopleTree()
        self._learners = PeopleTree()
        self.admins: tuple[str, ...] = ()

    def __acl__(self):
        return [("Allow", "role:admin", ("person:list", "person:add", "person:change"))]

    def __resource_url__(self, _request, info):
        return f"{info['app_url']}/admin/people/"

    def __getitem__(self, person_id: str) -> "Person":
        return self._people[person_id]

    def __contains__(self, person_id: str) -> bool:
        return person_id in self._people

    def get(self, person_id: str) -> "Person | None":
        """The person with this id."""
        return self._people.get(person_id)

    def by_username(self, username: str) -> "Person | None":
        """The person with this username, however it is written (case, accents' encoding)."""
        person_id = self._usernames.get(normalised(username))
        return None if person_id is None else self._people[person_id]

    def by_learner(self, learner_id: str) -> "Person | None":
        """The person whom add-ons know by this id."""
        person_id = self._learners.get(learner_id)
        return None if person_id is None else self._people[person_id]

    def index_learners(self) -> None:
        """Make anew what :meth:`by_learner` looks up."""
        self._learners = PeopleTree()
        for person in self._people.values():
            self._learners[person.learner_id] = person.id

    def values(self):
        """Everybody, in no order that means anything."""
        return self._people.values()

    def usernames(self, first: str = ""):
        """``(normalised username, id)`` in order, from ``first`` on."""
        return self._usernames.items(min=first or None)

    def add(self, person: "Person") -> None:
        """Take somebody in under their username, which must be free."""
        person.__parent__ = self
        self._people[person.id] = person
        self._usernames[normalised(person.username)] = person.id
        self._learners[person.learner_id] = person.id

    def remove(self, person: "Person") -> None:
        """Take somebody out; the username is free again."""
        del self._people[person.id]
        del self._usernames[normalised(person.username)]
        del self._learners[person.learner_id]


class Person(Persistent):
    """Somebody who can sign in.

    :param person_id: random, in addresses of admins' pages
    :param learner_id: random; the only thing that add-ons and packages learn of the person
    :param username: what the person types to sign in
    """

    def __init__(self, person_id: str, learner_id: str, username: str, created: datetime):
        self.__name__ = person_id
        self.__parent__: People | None = None
        self.learner_id = learner_id
        self.username = username
        self.created = created
        self.display_name = username
        self.role = "member"
        self.centre: str | None = None
        self.language: str | None = None
        self.passphrase_hash = ""
        self.temporary_until: datetime | None = None
        self.closed = False
        self.sessions = OOBTree()
        self.enrolments = OOBTree()

    def __resource_url__(self, _request, info):
        return f"{info['app_url']}/admin/people/{self.id}/"

    @property
    def id(self) -> str:
        return self.__name__

    @property
    def roles(self) -> tuple[str, ...]:
        """The person's role and every role it includes."""
        return ROLES[: ROLES.index(self.role) + 1]


class SignInSession(Persistent):
    """One browser in which somebody is signed in; kept under the hash of its secret.

    :param browser: words such as ``Firefox on Windows``; the computer's address is not kept
    """

    def __init__(self, created: datetime, expires: datetime, shared_computer: bool, browser: str):
        self.created = created
        self.last_seen = created
        self.expires = expires
        self.shared_computer = shared_computer
        self.browser = browser

    def _p_resolveConflict(self, _before, saved, new):  # noqa: N802 (ZODB's name)
        """Two requests of one browser that both note the time: the later time stands."""
        return {**saved, "last_seen": max(saved["last_seen"], new["last_seen"])}
