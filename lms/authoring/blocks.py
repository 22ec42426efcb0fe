"""Fenced blocks of a part: each becomes something that the page's script takes further."""

import hashlib
import re
from collections.abc import Callable
from html import unescape

from assessments.questions.html import one_line
from lms.authoring import gift, reflection, scenario
from lms.authoring.claims import Claim
from lms.authoring.draft import Draft, Task
from lms.authoring.errors import SourceError
from lms.authoring.slips import refuse_in_plain

NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MARKS = re.compile(r"<sup>.*?</sup>", re.DOTALL)
TAGS = re.compile(r"<[^>]*>")
Write = Callable[..., str]
"""Writes the Markdown within a block: :func:`lms.authoring.text.write`."""


def _check(draft: Draft, rest: str, content: str, line: int, _write: Write) -> str:
    _no_rest(draft, "check", rest, line)
    questions = gift.read(content, draft.file, line + 1, matching=True)
    if not questions:
        raise SourceError(
            draft.file,
            line,
            "This check asks nothing.",
            "Write a question into it, or take it out.",
        )
    first = len(draft.questions) + 1
    note(draft, questions)
    return draft.fill("check", questions=questions, first=first)


def note(draft: Draft, questions: tuple[gift.Question, ...]) -> None:
    """Note what questions ask, and what they claim by their right answers.

    :raises SourceError: for a name that is taken, and for a question without a source, where every
        claim must have one
    """
    draft.questions += questions
    for question in questions:
        name = question.identifier
        draft.name(name, question.line, f"{name}-hint", f"{name}-feedback")
        form = (question.kind, question.group, question.key, len(question.options))
        draft.tasks.append(Task(f"question “{question.identifier}”", form, question.line))
        draft.originals[draft.prefix + question.identifier] = question.text
        if not question.citations and not question.own:
            if draft.course.sourced:
                raise SourceError(
                    draft.file,
                    question.line,
                    f"The question “{question.identifier}” carries no source.",
                    "Write // [src: key, place] on a line above it, or // [own] when it asks "
                    "about an exercise of your own.",
                )
            continue
        draft.numbering.numbers(draft.file, question.citations)
        draft.claims.append(Claim(draft.file, question.line, question.claim, question.citations))


def _scenario(draft: Draft, rest: str, content: str, line: int, write: Write) -> str:
    name = _named(draft, "scenario", rest, line)
    told = scenario.read(content, draft.file, line + 1)
    identifier = draft.name(name, line, *(f"{name}-{step.name}" for step in told))
    form = [(step.name, step.verdict, [choice.target for choice in step.choices]) for step in told]
    draft.tasks.append(Task(f"scenario “{name}”", form, line))
    texts = [write(draft, step.text, step.line + 1, within="scenario") for step in told]
    for step, text in zip(told, texts, strict=True):
        draft.originals[f"{identifier}-{step.name}"] = _last_words(text)
    return draft.fill(
        "scenario",
        id=identifier,
        steps=list(zip(told, texts, strict=True)),
        level=_below(draft),
    )


def _reflection(draft: Draft, rest: str, content: str, line: int, write: Write) -> str:
    name = _named(draft, "reflection", rest, line)
    asked = reflection.read(content, draft.file, line + 1)
    fields = [f"{name}-{number}" for number in range(1, len(asked.prompts) + 1)]
    identifier = draft.name(name, line, *fields)
    draft.tasks.append(Task(f"reflection “{name}”", len(fields), line))
    text = write(draft, asked.text, line + 1, within="reflection")
    return draft.fill("reflection", id=identifier, text=text, prompts=asked.prompts)


def _reveal(draft: Draft, rest: str, content: str, line: int, write: Write) -> str:
    if not rest:
        raise SourceError(
            draft.file,
            line,
            "Nothing says what this passage is about.",
            "Write a few neutral words after ```reveal.",
        )
    refuse_in_plain(rest, draft.file, line)
    text = write(draft, content, line + 1, within="reveal")
    return draft.fill("reveal", about=rest, text=text)


def _slot(draft: Draft, rest: str, content: str, line: int, write: Write) -> str:
    name = _named(draft, "slot", rest, line)
    identifier = draft.name(name, line)
    text = write(draft, content, line + 1, within="slot")
    return draft.fill("slot", id=identifier, text=text)


def _pretest(draft: Draft, rest: str, content: str, line: int, _write: Write) -> str:
    _no_rest(draft, "pretest", rest, line)
    course = draft.course
    if not course.pretest:
        raise SourceError(
            draft.file,
            line,
            "The course has no pre-test.",
            "Add [pretest] with draw = 8 to course.toml, or take this block out.",
        )
    if content.strip():
        raise SourceError(
            draft.file, line + 1, "A pretest has no text of its own.", "Leave the block empty."
        )
    if draft.pretest_line:
        raise SourceError(
            draft.file, line, "This part has a pre-test already.", "Take one of them out."
        )
    draft.pretest_line = line
    draft.name("pre-test", line)
    draft.tasks.append(Task("pre-test", course.pretest, line))
    for question in course.quiz.questions:
        draft.originals[f"pretest-{question.identifier}"] = question.text
    return draft.fill(
        "pretest", questions=course.quiz.questions, draw=course.pretest, level=_below(draft)
    )


BLOCKS: dict[str, Callable[[Draft, str, str, int, Write], str]] = {
    "check": _check,
    "scenario": _scenario,
    "reflection": _reflection,
    "reveal": _reveal,
    "slot": _slot,
    "pretest": _pretest,
}
"""Each takes the draft, what follows its name, its content, the line of its fence, and what writes
Markdown."""


def order(identifier: str, question: gift.Question) -> list[int]:
    """Numbers, from 1, of a matching question's right sides as they are shown.

    A few right sides for many left ones stay in the author's order. Where each has its own, that
    order would give the answer away: they are shown in another, the same in every language.
    """
    numbers = list(range(1, len(question.options) + 1))
    if len({pair.right for pair in question.pairs}) < len(question.pairs):
        return numbers
    mixed = sorted(
        numbers, key=lambda number: hashlib.sha256(f"{identifier} {number}".encode()).digest()
    )
    return mixed if mixed != numbers else mixed[::-1]


def _last_words(html: str) -> str:
    """The last paragraph of a text without its marks: it is what the choices below it answer."""
    last = html.rpartition("<p>")[2]
    return one_line(unescape(TAGS.sub("", MARKS.sub("", last))))


def _below(draft: Draft) -> int:
    """The level of a heading within a block: one below that above it, as far as there are any."""
    return min(draft.level + 1, 3)


def _named(draft: Draft, block: str, rest: str, line: int) -> str:
    if not NAME.fullmatch(rest):
        raise SourceError(
            draft.file,
            line,
            f"This {block} has no name, or one that cannot be used.",
            f"Write ```{block} own-name, with small letters, digits and hyphens.",
        )
    return rest


def _no_rest(draft: Draft, block: str, rest: str, line: int) -> None:
    if rest:
        raise SourceError(
            draft.file,
            line,
            f"Something stands after the name of this {block}.",
            f"Write ```{block} and nothing else on this line.",
        )
