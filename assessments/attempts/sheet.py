"""What the answers of an attempt came to, in one record beside the attempt.

Figures of a quiz are from all of its attempts, and every answer is a record of its own: reading a
sheet takes the place of reading thirty answers. It is written where an attempt ends and wherever a
mark changes after that; an attempt without one is read from its answers.
"""

from typing import NamedTuple

from assessments.resources import Answer, Attempt, ItemVersion, Sheet


class Line(NamedTuple):
    """One question of an attempt, named as :class:`~assessments.resources.Answer` names it.

    :param position: in the attempt's ``answers``
    :param variant: the values that a formula had, in words; empty where nothing was drawn
    :param response: fields with what was answered, in order; of what people mark only the fields: a
        text of pages is read where it lies
    """

    position: int
    section: int
    slot: str
    version: ItemVersion
    mark: str
    fraction: str | None
    certainty: int
    variant: str
    response: tuple[tuple[str, ...], ...]


def keep(attempt: Attempt) -> None:
    """Write the sheet of an attempt that has ended anew; one that goes on has none."""
    if attempt.state == "open":
        return
    lines = tuple(tuple(line) for line in _read(attempt))
    if attempt.sheet is None:
        attempt.sheet = Sheet(lines)
    else:
        attempt.sheet.lines = lines


def lines_of(attempt: Attempt) -> list[Line]:
    """All questions of an attempt, texts to read among them, in their order."""
    return (
        _read(attempt) if attempt.sheet is None else [Line(*each) for each in attempt.sheet.lines]
    )


def asked_in(attempt: Attempt) -> list[Line]:
    """The questions of an attempt; texts to read are not among them."""
    return [line for line in lines_of(attempt) if line.version.question.answerable]


def let_go(attempt: Attempt) -> None:
    """Let an attempt with all that hangs on it out of memory, where nothing was changed in it.
    Those of a large quiz would fill it."""
    for answer in attempt.answers:
        answer._p_deactivate()
    if attempt.sheet is not None:
        attempt.sheet._p_deactivate()
    attempt._p_deactivate()


def variant_of(answer: Answer) -> str:
    """The values that a formula had in an attempt, in words; empty where nothing was drawn."""
    values = answer.arrangement.get("variables", {})
    return ", ".join(f"{name} = {value}" for name, value in sorted(values.items()))


def _read(attempt: Attempt) -> list[Line]:
    return [
        Line(
            position,
            answer.section,
            answer.slot,
            answer.version,
            answer.mark,
            answer.fraction,
            answer.certainty,
            variant_of(answer),
            _given(answer),
        )
        for position, answer in enumerate(attempt.answers)
    ]


def _given(answer: Answer) -> tuple[tuple[str, ...], ...]:
    if answer.version.question.automatic:
        return tuple(sorted((name, *values) for name, values in answer.response.items()))
    return tuple((name,) for name in sorted(answer.response))
