"""Prerequisites of SCORM 1.2 lessons: reading them, and asking whether they are met.

``aicc_script`` is SCORM 1.2 CAM 2.3.2.5 after AICC CMI001 5. What cannot be read, or could never be
met, is told and then left out: no part is shut by a mistake of its author.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from scorm.packages.manifest import Item
from scorm.packages.words import Words, _, ngettext

STATUSES = ("passed", "completed", "browsed", "failed", "not attempted", "incomplete")
"""The words of ``cmi.core.lesson_status``; each begins with a letter of its own."""

NOT_ATTEMPTED = "not attempted"
ALL = frozenset(STATUSES)
FINISHED = frozenset({"passed", "completed"})
"""In these an item that is named alone counts as done (AICC CMI001 5)."""

BEGUN = ALL - {NOT_ATTEMPTED}

LONGEST = 4000
DEEPEST = 40
"""Characters of a text, and brackets and ``~`` inside each other: more than anybody writes."""

LONGEST_SENTENCE = 400
LONGEST_TITLE = 60
NAMED = 3
"""Characters of a sentence and of a title in it; parts that are named in place of a longer one."""

TOKEN = re.compile(
    r"\s*(?:(?P<count>[0-9]+)\s*\*|(?P<sign><>|[&|~=(){},])"
    r'|"(?P<quoted>[^"]*)"|(?P<name>[\w.-]+)|(?P<end>\Z)|(?P<strange>.))',
    re.DOTALL,
)
SPELLED = {"and": "&", "or": "|", "not": "~"}
"""Words that authors write for signs."""

PHRASES = {
    FINISHED: "completed",
    frozenset({"passed"}): "passed",
    frozenset({"completed"}): "marked “completed”",
    frozenset({"browsed"}): "only browsed",
    frozenset({"failed"}): "failed",
    frozenset({"incomplete"}): "in progress",
    BEGUN: "started",
}
"""What is said of an item with such a status; of all others the contrary is said."""


class PrerequisitesInvalid(ValueError):
    """The text is no ``aicc_script``; the message tells a person what is wrong and where.

    :ivar words: the message, a clause without a full stop
    :ivar place: the character at which it cannot be read, from 1
    """

    def __init__(self, fault: Words, place: int):
        self.place = place
        self.words = _("${fault} (at character ${place})", fault=fault, place=place)
        super().__init__(self.words)


@dataclass(frozen=True)
class Stands:
    """True when the item's status is one of these."""

    name: str
    among: frozenset[str]

    def names(self) -> Iterator[str]:
        yield self.name

    def met(self, status_of: Callable[[str], str]) -> bool:
        status = status_of(self.name)
        return (status if status in ALL else NOT_ATTEMPTED) in self.among

    def needed(self, statuses: frozenset[str]) -> frozenset[str]:
        return frozenset({self.name}) if self.among <= statuses else frozenset()

    def negated(self) -> "Stands":
        return Stands(self.name, ALL - self.among)


@dataclass(frozen=True)
class AtLeast:
    """True when so many of the parts are: all of them for ``&``, one for ``|``."""

    count: int
    parts: "tuple[Expression, ...]"

    def names(self) -> Iterator[str]:
        for part in self.parts:
            yield from part.names()

    def met(self, status_of: Callable[[str], str]) -> bool:
        return sum(part.met(status_of) for part in self.parts) >= self.count

    def needed(self, statuses: frozenset[str]) -> frozenset[str]:
        """Without these too few parts are left that could be true."""
        asking = Counter(name for part in self.parts for name in part.needed(statuses))
        spare = len(self.parts) - self.count
        return frozenset(name for name, parts in asking.items() if parts > spare)

    def negated(self) -> "AtLeast":
        parts = tuple(part.negated() for part in self.parts)
        return AtLeast(len(parts) - self.count + 1, parts)


Expression = Stands | AtLeast


@dataclass(frozen=True)
class Prerequisites:
    """What must be so before an item may be opened.

    :param spelled: the text had AND, OR or NOT where the standard has signs
    """

    expression: Expression
    spelled: bool = False

    @property
    def names(self) -> frozenset[str]:
        """Identifiers of the items that are asked about."""
        return frozenset(self.expression.names())

    def needed(self, statuses: frozenset[str]) -> frozenset[str]:
        """Items that must have one of the statuses before this can be met at all."""
        return self.expression.needed(statuses)

    def met(self, status_of: Callable[[str], str]) -> bool:
        """
        :param status_of: an item's status as SCORM 1.2 says it; a word that it does not have
            counts as ``not attempted``
        """
        return self.expression.met(status_of)

    def sentence(self, title_of: Callable[[str], str]) -> str:
        """For the learner and the author: ``Open this after “One” and “Two” are completed.``

        :param title_of: an item's title by its identifier
        """
        when = "after" if _comes_after(self.expression) else "while"
        words = f"Open this {when} {_words(self.expression, title_of)}."
        if len(words) <= LONGEST_SENTENCE:
            return words
        names = list(dict.fromkeys(self.expression.names()))
        listed = [_title(name, title_of) for name in names[:NAMED]]
        if more := len(names) - len(listed):
            listed.append(f"{more} more")
        return f"Open this when the conditions on {_list(listed, 'and')} are met."


def parse(text: str) -> Prerequisites:
    """Read an ``aicc_script``: ``~`` binds before ``&``, and that before ``|``.

    ``~a=passed`` can only mean that a is not passed, since what is compared is always an item.

    :raises PrerequisitesInvalid: when it is none, is too long, or goes too deep
    """
    if len(text) > LONGEST:
        words = ngettext(
            "They are longer than the ${n} character that is read",
            "They are longer than the ${n} characters that are read",
            LONGEST,
        )
        raise PrerequisitesInvalid(words, LONGEST + 1)
    parser = _Parser(text)
    return Prerequisites(parser.whole(), parser.spelled)


@dataclass(frozen=True)
class _Token:
    """:param kind: a sign itself, or ``count``, ``quoted``, ``name``, ``end``, ``strange``"""

    kind: str
    text: str
    place: int


class _Parser:
    """Recursive descent; ``_depth`` bounds it."""

    def __init__(self, text: str):
        self._tokens = _tokens(text)
        self._at = 0
        self._depth = 0
        self.spelled = False

    @property
    def _next(self) -> _Token:
        return self._tokens[self._at]

    def _take(self, kind: str) -> bool:
        if self._next.kind != kind:
            return False
        self._at += 1
        return True

    def _takes(self, sign: str) -> bool:
        """Take the sign, or the word that stands for it where no identifier could."""
        token = self._next
        if token.kind == "name" and SPELLED.get(token.text.lower()) == sign:
            self.spelled = True
            self._at += 1
            return True
        return self._take(sign)

    def _refused(self, wanted: Words) -> PrerequisitesInvalid:
        token = self._next
        words = _("${wanted}, but the text ends", wanted=wanted)
        if token.kind != "end":
            found = token.text[:40]
            words = _("${wanted}, but “${found}” stands there", wanted=wanted, found=found)
        return PrerequisitesInvalid(words, token.place)

    def whole(self) -> Expression:
        found = self._either()
        if self._next.kind != "end":
            raise self._refused(_("“&” or “|” must come between two parts"))
        return found

    def _either(self) -> Expression:
        parts = [self._every()]
        while self._takes("|"):
            parts.append(self._every())
        return _at_least(1, parts)

    def _every(self) -> Expression:
        parts = [self._single()]
        while self._takes("&"):
            parts.append(self._single())
        return _at_least(len(parts), parts)

    def _single(self) -> Expression:
        self._depth += 1
        if self._depth > DEEPEST:
            words = ngettext(
                "More than ${n} bracket or “~” is inside each other",
                "More than ${n} brackets or “~” are inside each other",
                DEEPEST,
            )
            raise PrerequisitesInvalid(words, self._next.place)
        found = self._negation() or self._group() or self._set() or self._item()
        self._depth -= 1
        return found

    def _negation(self) -> Expression | None:
        """NOT is a sign only before something that it can turn round."""
        follows = self._tokens[min(self._at + 1, len(self._tokens) - 1)]
        spelled = follows.kind in ("~", "(", "count", "quoted") or (
            follows.kind == "name" and follows.text.lower() not in ("and", "or")
        )
        taken = self._takes("~") if spelled else self._take("~")
        return self._single().negated() if taken else None

    def _group(self) -> Expression | None:
        if not self._take("("):
            return None
        found = self._either()
        if not self._take(")"):
            raise self._refused(_("A bracket is not closed: “)” must come"))
        return found

    def _set(self) -> Expression | None:
        token = self._next
        if not self._take("count"):
            return None
        if not self._take("{"):
            raise self._refused(_("After a number and “*” a set in “{ }” must come"))
        parts = [self._either()]
        while self._take(","):
            parts.append(self._either())
        if not self._take("}"):
            raise self._refused(_("A set is not closed: “,” or “}” must come"))
        # Python reads no longer numbers, and no text has room for so many.
        count = int(token.text) if len(token.text) < 10 else LONGEST
        if not 1 <= count <= len(parts):
            words = _(
                "A set of ${size} cannot be asked for ${asked} of it",
                size=len(parts),
                asked=token.text[:10],
            )
            raise PrerequisitesInvalid(words, token.place)
        return _at_least(count, parts)

    def _item(self) -> Expression:
        token = self._next
        if token.kind not in ("name", "quoted") or not token.text:
            raise self._refused(_("The identifier of an item, “(” or “~” must come"))
        self._at += 1
        if self._take("="):
            return Stands(token.text, self._status())
        if self._take("<>"):
            return Stands(token.text, ALL - self._status())
        return Stands(token.text, FINISHED)

    def _status(self) -> frozenset[str]:
        """A status in words or by its first letter, with or without quotation marks."""
        token = self._next
        said = token.text if token.kind in ("name", "quoted") else ""
        if token.kind == "name" and said.lower() == "not":
            self._at += 1
            said += self._next.text if self._next.kind == "name" else "?"
        letters = re.sub(r"[\s_-]", "", said.lower())
        for status in STATUSES:
            if letters in (status[0], status.replace(" ", "")):
                self._at += 1
                return frozenset({status})
        statuses = ", ".join(STATUSES)
        raise self._refused(_("A status must come, one of ${statuses}", statuses=statuses))


def _tokens(text: str) -> list[_Token]:
    found = []
    for match in TOKEN.finditer(text):
        kind = str(match.lastgroup)
        place = match.start(kind) + 1
        written = match[kind]
        found.append(_Token(written if kind == "sign" else kind, written, place))
    return found


def _at_least(count: int, parts: list[Expression]) -> Expression:
    """So many of the parts; what says the same as its part, or as two in one, is said once."""
    if len(parts) == 1:
        return parts[0]
    flat: list[Expression] = []
    for part in parts:
        every = isinstance(part, AtLeast) and count == len(parts) and part.count == len(part.parts)
        either = isinstance(part, AtLeast) and count == part.count == 1
        flat += part.parts if isinstance(part, AtLeast) and (every or either) else (part,)
    return AtLeast(len(flat) if count == len(parts) else count, tuple(flat))


def _comes_after(expression: Expression) -> bool:
    """Whether a learner meets it by going on, and not by leaving something undone."""
    if isinstance(expression, AtLeast):
        return all(map(_comes_after, expression.parts))
    return expression.among in PHRASES and expression.among != {"incomplete"}


def _words(expression: Expression, title_of: Callable[[str], str], depth: int = 0) -> str:
    """What must be so. One level needs no brackets: a comma tells it apart."""
    if isinstance(expression, Stands):
        return _clauses([expression], "and", title_of, depth)[0]
    parts, count = expression.parts, expression.count
    if count in (1, len(parts)):
        joint = "or" if count == 1 else "and"
        nested = any(isinstance(part, AtLeast) for part in parts)
        comma = "," if nested and not depth else ""
        return f"{comma} {joint} ".join(_clauses(parts, joint, title_of, depth))
    together = _clauses(parts, "and", title_of, depth)
    if len(together) == 1:
        return f"at least {count} of {together[0]}"
    apart = [_clauses([part], "and", title_of, depth)[0] for part in parts]
    words = f"at least {count} of these are so: {'; '.join(apart)}"
    return f"({words})" if depth == 1 else words


def _clauses(
    parts: Iterable[Expression], joint: str, title_of: Callable[[str], str], depth: int
) -> list[str]:
    """A clause for each part, and one for neighbours of which the same must be so: ``“One” and
    “Two” are completed``."""
    clauses = []
    for among, alike in groupby(parts, lambda part: getattr(part, "among", None)):
        if among is None:
            each = [_words(part, title_of, depth + 1) for part in alike]
            clauses += [f"({words})" for words in each] if depth else each
            continue
        names = dict.fromkeys(name for part in alike for name in part.names())
        titles = [_title(name, title_of) for name in names]
        verb = "are" if len(titles) > 1 and joint == "and" else "is"
        phrase = PHRASES.get(among) or f"not {PHRASES[ALL - among]}"
        clauses.append(f"{_list(titles, joint)} {verb} {phrase}")
    return clauses


def _title(name: str, title_of: Callable[[str], str]) -> str:
    title = title_of(name)
    return f"“{title if len(title) <= LONGEST_TITLE else title[: LONGEST_TITLE - 1] + '…'}”"


def _list(words: list[str], joint: str) -> str:
    *first, last = words
    return f"{', '.join(first)} {joint} {last}" if first else last


@dataclass(frozen=True)
class Survey:
    """The prerequisites of an organization's items, each under its item's identifier.

    :param heeded: those that count; all others leave their items open
    :param unreadable: what is wrong with those that are no ``aicc_script``
    :param unknown: names in others that no item has
    :param hollow: items in others without which they cannot be met, and that open nothing
    :param circles: items that would have to come before themselves, those of each circle together
    """

    heeded: dict[str, Prerequisites]
    unreadable: dict[str, PrerequisitesInvalid]
    unknown: dict[str, frozenset[str]]
    hollow: dict[str, frozenset[str]]
    circles: tuple[tuple[str, ...], ...]


def survey(items: Iterable[Item]) -> Survey:
    """Read the prerequisites of the items and of all below them.

    An item may be opened when its own are met and those of every item that it lies in.
    """
    known: dict[str, Item] = {}
    parents: dict[str, str | None] = {}
    hollow: set[str] = set()

    def visit(item: Item, parent: str | None) -> bool:
        """Know the item and what is below it; whether anything there can be opened."""
        known[item.identifier], parents[item.identifier] = item, parent
        below = [visit(child, item.identifier) for child in item.children]
        if opens := item.launch is not None or any(below):
            return opens
        hollow.add(item.identifier)
        return False

    for item in items:
        visit(item, None)
    unreadable, unknown, lost, heeded = {}, {}, {}, {}
    for name, item in known.items():
        if item.prerequisites is None:
            continue
        try:
            read = parse(item.prerequisites)
        except PrerequisitesInvalid as invalid:
            unreadable[name] = invalid
            continue
        if strange := read.names - known.keys():
            unknown[name] = strange
        elif nothing := read.needed(BEGUN) & hollow:
            lost[name] = nothing
        else:
            heeded[name] = read
    ways = _ways(
        heeded, parents, [item for item in known.values() if item.identifier not in hollow]
    )
    circles = _circles(ways, heeded)
    for name in [name for circle in circles for name in circle]:
        del heeded[name]
    return Survey(heeded, unreadable, unknown, lost, circles)


Node = tuple[str, str]
"""``opened`` or ``finished``, and the item that is to be so."""


def _asked(prerequisites: Prerequisites) -> set[Node]:
    finished = {("finished", name) for name in prerequisites.needed(FINISHED)}
    return finished | {("opened", name) for name in prerequisites.needed(BEGUN)}


def _ways(
    heeded: Mapping[str, Prerequisites], parents: Mapping[str, str | None], items: list[Item]
) -> dict[Node, set[Node]]:
    """What must be so before something else can: a cluster is finished with what is below it."""
    ways: dict[Node, set[Node]] = {}
    there = {item.identifier for item in items}
    for item in items:
        name, parent = item.identifier, parents[item.identifier]
        before = _asked(heeded[name]) if name in heeded else set()
        ways["opened", name] = before | ({("opened", parent)} if parent is not None else set())
        below = {child.identifier for child in item.children} & there
        ways["finished", name] = (
            {("opened", name)} if item.launch is not None else {("finished", x) for x in below}
        )
    return ways


def _circles(
    ways: Mapping[Node, set[Node]], heeded: Mapping[str, Prerequisites]
) -> tuple[tuple[str, ...], ...]:
    """Items whose prerequisites lead back to them, by the strongly connected components of the
    ways (Kosaraju)."""
    back: dict[Node, set[Node]] = {node: set() for node in ways}
    for node, before in ways.items():
        for other in before:
            back[other].add(node)
    seen: set[Node] = set()
    order = [node for start in ways for node in _reached(start, ways, seen)]
    seen = set()
    circles = []
    for start in reversed(order):
        together = set(_reached(start, back, seen))
        closing = sorted(
            name
            for state, name in together
            if state == "opened" and name in heeded and _asked(heeded[name]) & together
        )
        if closing:
            circles.append(tuple(closing))
    return tuple(circles)


def _reached(start: Node, ways: Mapping[Node, set[Node]], seen: set[Node]) -> list[Node]:
    """Nodes that are not seen yet, each after those that it leads to."""
    found: list[Node] = []
    if start in seen:
        return found
    seen.add(start)
    waiting = [(start, iter(ways[start]))]
    while waiting:
        node, rest = waiting[-1]
        for other in rest:
            if other not in seen:
                seen.add(other)
                waiting.append((other, iter(ways[other])))
                break
        else:
            waiting.pop()
            found.append(node)
    return found
