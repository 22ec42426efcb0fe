"""Regular expressions of XML Schema (part 2, appendix F), as patternMatch has them.

A pattern becomes an automaton whose states are all followed at once: there is no going back, so
that the time grows with the length of the text and never explodes. The size of the automaton and
the work of one match are bounded as well.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from assessments.qti.characters import CharacterTest, class_escape, single_escape

LONGEST_PATTERN = 1000
LONGEST_TEXT = 20_000
MOST_STATES = 5000
MOST_STEPS = 300_000
DEEPEST = 40

SPECIAL = frozenset("|.?*+(){}[]\\")


class PatternRefused(ValueError):
    """Not a pattern of XML Schema, or more work than a server does for one answer."""


Build = Callable[["Automaton", int], int]
"""Adds states to an automaton, from a state on; gives the state after them."""


@dataclass(slots=True)
class Automaton:
    """States with the steps that read a character and those that read none."""

    reading: list[list[tuple[CharacterTest, int]]] = field(default_factory=list)
    silent: list[list[int]] = field(default_factory=list)
    last: int = 0

    def state(self) -> int:
        """A new state.

        :raises PatternRefused: there are too many
        """
        if len(self.reading) >= MOST_STATES:
            raise PatternRefused("too many repetitions")
        self.reading.append([])
        self.silent.append([])
        return len(self.reading) - 1

    def closure(self, states: set[int]) -> frozenset[int]:
        """The states, and those that no character away lie behind them."""
        left = list(states)
        while left:
            for target in self.silent[left.pop()]:
                if target not in states:
                    states.add(target)
                    left.append(target)
        return frozenset(states)


def matches(
    pattern: str,
    text: str,
    case_sensitive: bool = True,
    spend: Callable[[int], None] = lambda _steps: None,
) -> bool:
    """Whether the whole text matches.

    A ``^`` that begins a pattern, and with it a ``$`` that ends it, say what is so anyway; read
    by the letter they would ask for these signs, and no author means that.

    :param spend: told before each new step how many states it is about
    :raises PatternRefused: not a pattern, or too large, or too much work
    """
    if len(text) > LONGEST_TEXT:
        raise PatternRefused("the text is too long")
    automaton = _automaton(pattern)
    known: dict[tuple[frozenset[int], str], frozenset[int]] = {}
    states = automaton.closure({0})
    steps = 0
    for character in text:
        at = (states, character)
        if at not in known:
            steps += len(states) + 1
            spend(len(states) + 1)
            if steps > MOST_STEPS:
                raise PatternRefused("too much work")
            forms = (character,) if case_sensitive else _forms(character)
            known[at] = automaton.closure(
                {
                    target
                    for state in states
                    for test, target in automaton.reading[state]
                    if any(test(form) for form in forms)
                }
            )
        states = known[at]
        if not states:
            return False
    return automaton.last in states


def _forms(character: str) -> tuple[str, ...]:
    return tuple(
        {form for form in (character, character.lower(), character.upper()) if len(form) == 1}
    )


@lru_cache(maxsize=256)
def _automaton(pattern: str) -> Automaton:
    if len(pattern) > LONGEST_PATTERN:
        raise PatternRefused("the pattern is too long")
    if pattern.startswith("^"):
        pattern = pattern[1:]
        if pattern.endswith("$") and not pattern.endswith("\\$"):
            pattern = pattern[:-1]
    parser = _Parser(pattern)
    build = parser.alternatives()
    if parser.left():
        raise PatternRefused("a bracket that nothing opens")
    automaton = Automaton()
    automaton.last = build(automaton, automaton.state())
    return automaton


class _Parser:
    """Reads a pattern from left to right into steps that build an automaton."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0
        self.depth = 0

    def left(self) -> str:
        """The next character, or nothing at the end."""
        return self.pattern[self.at : self.at + 1]

    def take(self) -> str:
        """The next character; the parser moves on."""
        character = self.left()
        if not character:
            raise PatternRefused("the pattern ends too early")
        self.at += 1
        return character

    def alternatives(self) -> Build:
        """``a|b|c``."""
        branches = [self._branch()]
        while self.left() == "|":
            self.take()
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else _either(branches)

    def _branch(self) -> Build:
        pieces: list[Build] = []
        while self.left() and self.left() not in "|)":
            pieces.append(self._piece())
        return _sequence(pieces)

    def _piece(self) -> Build:
        atom = self._atom()
        sign = self.left()
        if sign and sign in "?*+":
            self.take()
            return _repeat(atom, *{"?": (0, 1), "*": (0, None), "+": (1, None)}[sign])
        if sign == "{":
            return _repeat(atom, *self._quantity())
        return atom

    def _quantity(self) -> tuple[int, int | None]:
        end = self.pattern.find("}", self.at)
        least, comma, most = self.pattern[self.at + 1 : max(end, self.at)].partition(",")
        self.at = end + 1
        for digits in (least, most or "0"):
            if not (digits.isascii() and digits.isdigit() and len(digits) < 6):
                raise PatternRefused("a number of repetitions that cannot be read")
        if not comma:
            return int(least), int(least)
        if most and int(most) < int(least):
            raise PatternRefused("fewer than the least")
        return int(least), int(most) if most else None

    def _atom(self) -> Build:
        character = self.take()
        if character == "(":
            self.depth += 1
            if self.depth > DEEPEST:
                raise PatternRefused("too many brackets in brackets")
            inner = self.alternatives()
            self.take()
            self.depth -= 1
            return inner
        if character == "[":
            return _reads(self._class())
        if character == "\\":
            return _reads(self._escape())
        if character == ".":
            return _reads(lambda found: found not in "\n\r")
        if character in SPECIAL:
            raise PatternRefused("a sign with a meaning where a character is wanted")
        return _reads(lambda found: found == character)

    def _escape(self) -> CharacterTest:
        letter = self.take()
        if letter in "pP":
            end = self.pattern.find("}", self.at)
            if self.left() != "{" or end < 0:
                raise PatternRefused("a category without a name")
            name = self.pattern[self.at + 1 : end]
            self.at = end + 1
            test = class_escape(letter, name)
        else:
            test = class_escape(letter, "") or single_escape(letter)
        if test is None:
            raise PatternRefused("an escape that XML Schema does not have")
        return test

    def _class(self) -> CharacterTest:
        self.depth += 1
        if self.depth > DEEPEST:
            raise PatternRefused("too many brackets in brackets")
        negative = self.left() == "^"
        if negative:
            self.take()
        tests: list[CharacterTest] = []
        without: CharacterTest | None = None
        while self.left() != "]" or not tests:
            if self.pattern.startswith("-[", self.at) and tests:
                self.at += 2
                without = self._class()
                break
            tests.append(self._member())
        if self.take() != "]":
            raise PatternRefused("something after what a class leaves out")
        self.depth -= 1
        return _class_test(tests, negative, without)

    def _member(self) -> CharacterTest:
        first = self.take()
        if first == "\\":
            letter = self.left()
            test = self._escape()
            if single_escape(letter) is None:
                return test
            first = _escaped(letter)
        elif first == "[":
            raise PatternRefused("a bracket in a class")
        following = self.pattern[self.at : self.at + 2]
        if not following.startswith("-") or following in ("-]", "-["):
            return lambda found: found == first
        self.take()
        last = self.take()
        if last == "\\":
            last = _escaped(self.take())
        if not first <= last:
            raise PatternRefused("a range that runs backwards")
        return lambda found: first <= found <= last


def _escaped(letter: str) -> str:
    return {"n": "\n", "r": "\r", "t": "\t"}.get(letter, letter)


def _class_test(
    tests: list[CharacterTest], negative: bool, without: CharacterTest | None
) -> CharacterTest:
    return lambda found: (
        any(test(found) for test in tests) is not negative
        and not (without is not None and without(found))
    )


def _reads(test: CharacterTest) -> Build:
    def build(automaton: Automaton, start: int) -> int:
        end = automaton.state()
        automaton.reading[start].append((test, end))
        return end

    return build


def _sequence(pieces: list[Build]) -> Build:
    def build(automaton: Automaton, start: int) -> int:
        for piece in pieces:
            start = piece(automaton, start)
        return start

    return build


def _either(branches: list[Build]) -> Build:
    def build(automaton: Automaton, start: int) -> int:
        end = automaton.state()
        for branch in branches:
            begin = automaton.state()
            automaton.silent[start].append(begin)
            automaton.silent[branch(automaton, begin)].append(end)
        return end

    return build


def _repeat(atom: Build, least: int, most: int | None) -> Build:
    def build(automaton: Automaton, start: int) -> int:
        for _ in range(least):
            # A state of its own bounds the rounds even of an atom that has none.
            begin = automaton.state()
            automaton.silent[start].append(begin)
            start = atom(automaton, begin)
        if most is None:
            begin = automaton.state()
            end = automaton.state()
            automaton.silent[start].append(begin)
            automaton.silent[begin].append(end)
            automaton.silent[atom(automaton, begin)].append(begin)
            return end
        ends = [start]
        for _ in range(most - least):
            begin = automaton.state()
            automaton.silent[ends[-1]].append(begin)
            ends.append(atom(automaton, begin))
        end = automaton.state()
        for early in ends:
            automaton.silent[early].append(end)
        return end

    return build
