"""Persistent objects of the assessments house. State is primitives; the domain gives them meaning.

One object for each thing that changes alone: an item, a quiz, an attempt, and each of the
attempt's answers, so that autosaving writes one small record and nobody meets anybody.
"""

import json
import zlib
from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any

from BTrees.OOBTree import OOBTree
from persistent import Persistent
from ZODB.blob import Blob

from assessments.questions.base import Question
from assessments.questions.plain import from_plain, to_plain


class WideTree(OOBTree):
    """A tree whose leaves split seldom: many can insert at once without meeting."""

    max_leaf_size = 240


class Bank(Persistent):
    """``/bank``: categories by random id, and every item by its id.

    A category knows what it lies in (``parent``, None for the outermost), so that moving one
    changes nothing else. ``imports`` are files that wait for their author to decide.
    """

    __name__ = "bank"
    __parent__ = None

    def __init__(self):
        self._categories = WideTree()
        self.items = WideTree()
        self.imports = WideTree()

    def __getitem__(self, key: str) -> "Category":
        return self._categories[key]

    def __acl__(self):
        return [
            ("Allow", "role:author", ("bank:view", "bank:edit")),
            ("Allow", "role:admin", ("bank:view", "bank:edit")),
        ]

    def get(self, key: str) -> "Category | None":
        return self._categories.get(key)

    def add(self, category: "Category") -> None:
        category.__parent__ = self
        self._categories[category.__name__] = category

    def remove(self, category: "Category") -> None:
        del self._categories[category.__name__]

    def categories(self):
        return self._categories.values()


class Category(Persistent):
    """``/bank/<category>``: a drawer of the bank.

    ``access`` says who else than its owner and admins may use it: ``private`` nobody, ``use`` every
    author may see its items and ask them, ``edit`` every author may change them too. ``owner`` is a
    principal, as ``person:<id>``, or empty.
    """

    def __init__(self, key: str, name: str, owner: str = "", access: str = "edit"):
        self.__name__ = key
        self.__parent__: Bank | None = None
        self.name = name
        self.parent: Category | None = None
        self.note = ""
        self.owner = owner
        self.access = access
        self.items = WideTree()

    def __getitem__(self, key: str) -> "Item":
        return self.items[key]

    def __acl__(self):
        rights = ("bank:view", "item:use", "item:edit", "category:edit")
        theirs = {"private": (), "use": rights[:2], "edit": rights[:3]}[self.access]
        return [
            ("Allow", "role:admin", rights),
            *([("Allow", self.owner, rights)] if self.owner else []),
            ("Allow", "role:author", theirs),
            ("Deny", "system.Everyone", rights),
        ]

    def path(self) -> "list[Category]":
        """The categories from the outermost to this one."""
        found: list[Category] = []
        here: Category | None = self
        while here is not None and here not in found:
            found.insert(0, here)
            here = here.parent
        return found


class ItemFile(Persistent):
    """A picture or another file of an item: media type and bytes."""

    def __init__(self, media_type: str, content: bytes):
        self.type = media_type
        self.size = len(content)
        self.blob = Blob(content)

    def read(self) -> bytes:
        with self.blob.open("r") as file:
            return file.read()


class BankImport(Persistent):
    """A file of questions that was sent in, until its author has seen what it would bring.

    :ivar category: id of the category it is for; ``path``: names of one to be made instead
    """

    def __init__(
        self,
        key: str,
        file: str,
        content: bytes,
        owner: str,
        category: str,
        path: tuple[str, ...],
        created: datetime,
    ):
        self.__name__ = key
        self.file = file
        self.blob = Blob(content)
        self.owner = owner
        self.category = category
        self.path = path
        self.created = created

    def read(self) -> bytes:
        with self.blob.open("r") as file:
            return file.read()


class ItemVersion(Persistent):
    """An item as it was at one time. It never changes; an attempt is pinned to it.

    ``files`` are by name. ``by`` is the principal of who made it.
    """

    _v_question: Question | None = None

    def __init__(
        self,
        item: "Item",
        number: int,
        question: Question,
        files: Mapping[str, ItemFile],
        *,
        created: datetime,
        by: str,
        note: str = "",
    ):
        self.item = item
        self.number = number
        self._packed = zlib.compress(json.dumps(to_plain(question)).encode())
        self.kind = question.kind
        self.name = question.name
        self.files = dict(files)
        self.created = created
        self.by = by
        self.note = note

    @property
    def question(self) -> Question:
        if self._v_question is None:
            self._v_question = from_plain(self.plain())
        return self._v_question

    def plain(self) -> dict[str, Any]:
        """The question as JSON holds it."""
        return json.loads(zlib.decompress(self._packed))


class Item(Persistent):
    """``/bank/<category>/<item>``: a question in the bank, in all its versions, the oldest first.

    ``state`` is ``draft`` (not asked yet), ``ready`` or ``retired`` (asked no more where it is not
    asked already). ``code`` is the author's own identifier.
    """

    def __init__(self, key: str, created: datetime):
        self.__name__ = key
        self.category: Category | None = None
        self.versions: tuple[ItemVersion, ...] = ()
        self.state = "ready"
        self.tags: tuple[str, ...] = ()
        self.code = ""
        self.created = created

    @property
    def __parent__(self) -> "Category | None":
        return self.category

    @property
    def current(self) -> ItemVersion:
        return self.versions[-1]

    def version(self, number: int) -> ItemVersion | None:
        return next((each for each in self.versions if each.number == number), None)


class Quizzes(Persistent):
    """``/quizzes``: all quizzes by random id."""

    __name__ = "quizzes"
    __parent__ = None

    def __init__(self):
        self._quizzes = WideTree()

    def __getitem__(self, key: str) -> "Quiz":
        return self._quizzes[key]

    def __acl__(self):
        return [
            ("Allow", "role:author", ("quiz:list", "quiz:create")),
            ("Allow", "role:admin", ("quiz:list", "quiz:create")),
        ]

    def get(self, key: str) -> "Quiz | None":
        return self._quizzes.get(key)

    def add(self, quiz: "Quiz") -> None:
        quiz.__parent__ = self
        self._quizzes[quiz.__name__] = quiz

    def remove(self, quiz: "Quiz") -> None:
        del self._quizzes[quiz.__name__]

    def values(self):
        return self._quizzes.values()


class Quiz(Persistent):
    """``/quizzes/<quiz>``: a quiz, and the attempts on it.

    ``settings`` and ``sections`` are plain (:mod:`assessments.quizzes.plan`). ``takers`` are the
    principals who may take it: the host opens and closes it by them. ``overrides`` are plain, by
    learner or group id. ``attempts`` are by random id; ``by_learner`` leads from ``learner/number``
    to the same, so that the same attempt cannot be begun twice; ``open`` has those that nobody has
    handed in or closed. ``regrades`` are by random id, None before the first.
    """

    regrades: OOBTree | None = None

    def __init__(self, key: str, title: str, created: datetime, owner: str = ""):
        self.__name__ = key
        self.__parent__: Quizzes | None = None
        self.title = title
        self.intro = ""
        self.language = "en"
        self.owner = owner
        self.settings: dict[str, Any] = {}
        self.sections: tuple[dict[str, Any], ...] = ()
        self.takers: frozenset[str] = frozenset()
        self.overrides = OOBTree()
        self.attempts = WideTree()
        self.by_learner = WideTree()
        self.open = WideTree()
        self.created = created
        self.changed = created

    def __getitem__(self, key: str) -> "Attempt":
        return self.attempts[key]

    def __acl__(self):
        all_rights = ("quiz:view", "quiz:take", "quiz:edit", "quiz:report", "quiz:mark")
        return [
            *(("Allow", taker, ("quiz:view", "quiz:take")) for taker in sorted(self.takers)),
            ("Allow", "role:admin", all_rights),
            ("Allow", "role:author", all_rights),
        ]


class Regrade(Persistent):
    """Marking answers anew by machine: looked at first, then applied, a part at a time.

    ``items`` are ids of the questions with the number of the version to mark by, 0 for the one each
    attempt is pinned to. ``attempts`` is ``finished``, ``all`` or the id of one; ``persons`` says
    whether persons' marks are replaced too. ``state`` is ``looking``, ``found``, ``applying`` or
    ``done``; ``cursor`` is the last attempt that was looked at or applied, ``seen`` how many were.
    ``changes`` are what was found, by attempt, plain; ``kept`` counts answers that are left as they
    are, by why.
    """

    def __init__(
        self,
        key: str,
        quiz: Quiz,
        items: Mapping[str, int],
        attempts: str,
        *,
        persons: bool,
        by: str,
        created: datetime,
    ):
        self.__name__ = key
        self.quiz = quiz
        self.items = dict(items)
        self.attempts = attempts
        self.persons = persons
        self.by = by
        self.created = created
        self.state = "looking"
        self.cursor = ""
        self.seen = 0
        self.applied = 0
        self.changes = WideTree()
        self.kept: dict[str, int] = {}
        self.reason = ""
        self.decided: datetime | None = None

    @property
    def __parent__(self) -> Quiz:
        return self.quiz


class Attempt(Persistent):
    """``/quizzes/<quiz>/<attempt>``: one learner's attempt.

    ``state`` is ``open``, ``finished`` or ``abandoned``; what the clock makes of an open one is
    said by :mod:`assessments.attempts.timing`. ``started`` and ``finished`` are the server's clock.
    ``behaviour``, ``certainty`` and ``sequential`` are the quiz's as they were at the start.
    ``sections`` are plain (``{"title": …, "intro": …}``), ``pages`` are tuples of positions in
    ``answers``, ``page`` is the one that a sequential attempt has come to. ``preview`` is an
    author's own look: it counts nowhere. ``seal`` is what its receipt stands on. ``by_people`` are
    the positions of answers that waited for a person when it was finished: who looks for what is to
    be marked need not load all the others. ``sheet`` is there once it has ended.
    """

    preview = False
    by_people: tuple[int, ...] = ()
    sheet: "Sheet | None" = None

    def __init__(self, key: str, quiz: Quiz, learner_id: str, number: int, started: datetime):
        self.__name__ = key
        self.quiz = quiz
        self.learner_id = learner_id
        self.number = number
        self.state = "open"
        self.started = started
        self.finished: datetime | None = None
        self.groups: tuple[str, ...] = ()
        self.language = ""
        self.behaviour = "deferred"
        self.certainty = False
        self.sequential = False
        self.sections: tuple[dict[str, str], ...] = ()
        self.answers: tuple[Answer, ...] = ()
        self.pages: tuple[tuple[int, ...], ...] = ()
        self.page = 0
        self.seal: dict[str, Any] | None = None

    @property
    def __parent__(self) -> Quiz:
        return self.quiz

    def __acl__(self):
        return [("Allow", f"learner:{self.learner_id}", ("attempt:view", "attempt:write"))]


class Answer(Persistent):
    """One question of an attempt, and everything that was answered to it.

    ``slot`` is the id of its place in the quiz, ``mark`` what it brings at most (a fraction as
    text), ``arrangement`` how it is asked, ``section`` the index in the attempt's. ``response`` is
    the last that was saved, ``revision`` its number, 0 for none, and ``saved`` its time. ``state``
    is ``open``, ``tried`` (a try was not right, and another may follow) or ``done`` (nothing can be
    changed any more); ``tries`` are what was checked, each a plain dict. ``fraction`` is what the
    machine or a person found, before certainty counts, as text, None for nothing yet; ``marking``
    are the persons' marks, the oldest first, each a plain dict. ``flagged`` says whether the
    learner means to come back to it, ``flags`` how often that was changed.

    What came in is kept by :mod:`assessments.attempts.history`: ``recent`` the newest, plain,
    ``history`` the older by the number of the first of them, ``entries`` how many there are,
    ``packed`` the bytes of the older, ``before`` the last response among them. ``posts`` are the
    last that were done. ``files`` are by id. Trees are made when they are needed: most answers
    never have one.
    """

    response: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    certainty = 0
    revision = 0
    saved: datetime | None = None
    state = "open"
    fraction: str | None = None
    flagged = False
    flags = 0
    tries: tuple[dict[str, Any], ...] = ()
    marking: tuple[dict[str, Any], ...] = ()
    recent: tuple[dict[str, Any], ...] = ()
    history: OOBTree | None = None
    entries = 0
    packed = 0
    before: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    posts: tuple[tuple[str, int, datetime], ...] = ()
    files: OOBTree | None = None

    def __init__(
        self,
        slot: str,
        version: ItemVersion,
        mark: str,
        arrangement: dict[str, Any],
        section: int,
    ):
        self.slot = slot
        self.version = version
        self.mark = mark
        self.arrangement = arrangement
        self.section = section


class Sheet(Persistent):
    """What the answers of an attempt that has ended came to, in their order: ``lines`` are the
    values of :class:`assessments.attempts.sheet.Line`."""

    def __init__(self, lines: tuple[tuple[Any, ...], ...]):
        self.lines = lines


class Past(Persistent):
    """Older entries of an answer's history, packed; it never changes."""

    def __init__(self, packed: bytes):
        self.packed = packed


class AnswerFile(Persistent):
    """A file that a learner handed in. ``sha256`` stays when the content is let go of."""

    def __init__(self, name: str, media_type: str, content: bytes, sha256: str, added: datetime):
        self.name = name
        self.type = media_type
        self.size = len(content)
        self.sha256 = sha256
        self.added = added
        self.blob: Blob | None = Blob(content)

    def read(self) -> bytes | None:
        """The content; None when it was let go of."""
        if self.blob is None:
            return None
        with self.blob.open("r") as file:
            return file.read()
