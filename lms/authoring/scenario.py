"""A branching story as its author writes it: steps, each with its text and the ways on from it."""

import re
from dataclasses import dataclass

from assessments.questions.html import one_line
from lms.authoring.citations import OWN
from lms.authoring.errors import SourceError
from lms.authoring.slips import refuse_in_plain

STEP = re.compile(r"#\s+(?P<name>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\s+\((?P<verdict>good|poor)\))?\s*")
CHOICE = re.compile(r"(?P<text>.*\S)\s+->\s+(?P<target>[a-z0-9-]+)", re.DOTALL)
ARROW = re.compile(r"(?:^|\s)->\s")
START = "start"
MOST = 26
"""Choices of a step: each is reported by a letter."""


@dataclass(frozen=True)
class Choice:
    """:param target: the name of the step it leads to"""

    text: str
    target: str
    line: int


@dataclass(frozen=True)
class Step:
    """:param verdict: ``good``, ``poor`` or empty; :param text: Markdown
    :param choices: none for an ending; :param line: of its name
    """

    name: str
    verdict: str
    text: str
    choices: tuple[Choice, ...]
    line: int


def read(content: str, file: str, first_line: int) -> tuple[Step, ...]:
    """The steps of a scenario, in the order of the text; the first is ``start``.

    :param first_line: the line of ``file`` that ``content`` starts at
    :raises SourceError: for the first mistake: no way to a step, a way to none, a step without text
    """
    steps = tuple(_steps(content.split("\n"), file, first_line))
    if not steps or steps[0].name != START:
        line = steps[0].line if steps else first_line
        raise SourceError(
            file, line, "The scenario does not begin with its start.", f"Write # {START} first."
        )
    known: dict[str, Step] = {}
    for step in steps:
        if step.name in known:
            raise SourceError(
                file,
                step.line,
                f"There are two steps named “{step.name}”.",
                "Give each step its own name.",
            )
        known[step.name] = step
    for step in steps:
        for choice in step.choices:
            if choice.target not in known:
                raise SourceError(
                    file,
                    choice.line,
                    f"There is no step “{choice.target}” to go to.",
                    f"Write the step # {choice.target}, or mend the name.",
                )
    reached, waiting = {START}, [START]
    while waiting:
        new = {choice.target for choice in known[waiting.pop()].choices} - reached
        reached |= new
        waiting += new
    for step in steps:
        if step.name not in reached:
            raise SourceError(
                file,
                step.line,
                f"No choice leads to the step “{step.name}”.",
                f"Let a choice end in -> {step.name}, or take the step out.",
            )
    if all(step.choices for step in steps):
        raise SourceError(
            file, first_line, "The scenario never ends.", "Write a step without choices."
        )
    return steps


def _steps(lines: list[str], file: str, first_line: int) -> list[Step]:
    begins = [at for at, line in enumerate(lines) if re.match(r"#(?!#)", line)]
    before = begins[0] if begins else len(lines)
    for at in range(before):
        if lines[at].strip():
            raise SourceError(
                file,
                first_line + at,
                "There is text before the first step.",
                f"Begin with # {START} on a line of its own.",
            )
    ends = [*begins[1:], len(lines)]
    return [
        _step(lines[begin:end], file, first_line + begin)
        for begin, end in zip(begins, ends, strict=False)
    ]


def _step(lines: list[str], file: str, line: int) -> Step:
    head = STEP.fullmatch(lines[0])
    if head is None:
        raise SourceError(
            file,
            line,
            "This name of a step cannot be read.",
            "Write # name, # name (good) or # name (poor), with small letters, digits and hyphens.",
        )
    items = _items(lines)
    choosing = [at for at, item in items if ARROW.search(item)]
    text = lines[1 : choosing[0]] if choosing else lines[1:]
    choices = []
    if choosing:
        covered = choosing[0]
        for at, item in items:
            if at < choosing[0]:
                continue
            if at != covered:
                break
            choices.append(_choice(item, file, line + at))
            covered = at + item.count("\n") + 1
            while covered < len(lines) and not lines[covered].strip():
                covered += 1
        if covered < len(lines):
            raise SourceError(
                file,
                line + covered,
                "Something stands after the choices of this step.",
                "Write the step's text before its choices, and each choice as - text -> step.",
            )
    if not any(each.strip() for each in text):
        raise SourceError(
            file,
            line,
            f"The step “{head['name']}” has no text.",
            "Say what happens in it.",
        )
    if len(choices) > MOST:
        raise SourceError(
            file, line, f"The step has {len(choices)} choices.", f"Offer {MOST} at most."
        )
    return Step(head["name"], head["verdict"] or "", "\n".join(text), tuple(choices), line)


def _items(lines: list[str]) -> list[tuple[int, str]]:
    """Items of lists with the place of their first line; an indented line goes on with an item."""
    found: list[tuple[int, str]] = []
    at = 1
    while at < len(lines):
        if lines[at].startswith("- "):
            end = at + 1
            while end < len(lines) and lines[end].startswith((" ", "\t")) and lines[end].strip():
                end += 1
            found.append((at, "\n".join(lines[at:end])[2:]))
            at = end
        else:
            at += 1
    return found


def _choice(item: str, file: str, line: int) -> Choice:
    found = CHOICE.fullmatch(OWN.sub("", item).strip())
    if found is None:
        raise SourceError(
            file,
            line,
            "This choice leads nowhere.",
            "End it with -> and the name of a step.",
        )
    text = one_line(found["text"])
    refuse_in_plain(text, file, line)
    return Choice(text, found["target"], line)
