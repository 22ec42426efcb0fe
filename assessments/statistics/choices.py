"""How often each answer to a question was given, and by whom it was given: strong or weak people.

A distractor does its work when people choose it who have few marks elsewhere: its correlation with
the rest is below zero and that of the right answer above.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from fractions import Fraction

from assessments.statistics.attempts import Answer, Response
from assessments.statistics.figures import SUPPRESSED, Choice, Count, Figure, Insufficient
from assessments.statistics.moments import correlation
from assessments.statistics.suppression import few, hidden


@dataclass(frozen=True)
class Met:
    """The attempts that met one question: what each answered, its mark and its rest, in units."""

    answers: Sequence[Answer]
    learners: Sequence[str]
    marks: Sequence[int]
    rest: Sequence[int]


@dataclass
class _Cell:
    """One row of the table to be: ``rows`` are indexes of the attempts in it."""

    model: str | None
    answer: str | None = None
    credit: Fraction | None = None
    rows: list[int] = field(default_factory=list)
    together: bool = False


def choices(
    met: Met, offered: Sequence[Response], unit: int, fewest: int
) -> tuple[tuple[Choice, ...], bool]:
    """The table, part by part, and whether anything in it was kept back.

    The order is that of ``offered``, then of the alphabet, so that it tells nothing of what is
    hidden. What fewer than ``fewest`` people wrote in their own words is taken together as one
    answer, since the words could name the person.

    :param offered: what could be answered, so that what nobody chose is there too
    """
    found: list[Choice] = []
    whole = True
    spread = len(met.rest) * sum(each * each for each in met.rest) - sum(met.rest) ** 2
    for part, cells in _parts(met, offered).items():
        cells = _own_words_together(cells, met.learners, fewest)
        _add_silence(cells, len(met.answers))
        kept_back = _kept_back(cells, met.learners, fewest)
        whole = whole and not kept_back and not any(cell.together for cell in cells)
        found.extend(
            _choice(part, cell, met, unit, spread, keep_back=i in kept_back)
            for i, cell in enumerate(cells)
        )
    return tuple(found), whole


def _parts(met: Met, offered: Sequence[Response]) -> dict[str, list[_Cell]]:
    seen: dict[tuple[str, str, str | None], _Cell] = {}
    for response in offered:
        _cell(seen, response)
    first = len(seen)
    for row, answer in enumerate(met.answers):
        for response in answer.responses:
            cell = _cell(seen, response)
            if not cell.rows or cell.rows[-1] != row:
                cell.rows.append(row)
    keys = list(seen)
    parts: dict[str, list[_Cell]] = {}
    for key in [*keys[:first], *sorted(keys[first:], key=lambda key: (key[1], key[2] or ""))]:
        parts.setdefault(key[0], []).append(seen[key])
    return parts


def _cell(seen: dict[tuple[str, str, str | None], _Cell], response: Response) -> _Cell:
    key = (response.part, response.model, response.answer)
    cell = seen.get(key)
    if cell is None:
        cell = seen[key] = _Cell(response.model, response.answer, response.credit)
    return cell


def _own_words_together(cells: list[_Cell], learners: Sequence[str], fewest: int) -> list[_Cell]:
    kept: list[_Cell] = []
    rare: dict[str | None, _Cell] = {}
    for cell in cells:
        if cell.answer is None or len(_people(cell, learners)) >= fewest:
            kept.append(cell)
            continue
        others = rare.get(cell.model)
        if others is None:
            others = rare[cell.model] = _Cell(cell.model, credit=cell.credit, together=True)
        others.rows.extend(cell.rows)
    for others in rare.values():
        others.rows = sorted(set(others.rows))
    return [*kept, *rare.values()]


def _add_silence(cells: list[_Cell], attempts: int) -> None:
    answered = {row for cell in cells for row in cell.rows}
    silent = [row for row in range(attempts) if row not in answered]
    if silent:
        cells.append(_Cell(None, credit=Fraction(0), rows=silent))


def _kept_back(cells: list[_Cell], learners: Sequence[str], fewest: int) -> set[int]:
    people = [_people(cell, learners) for cell in cells]
    if sum(len(cell.rows) for cell in cells) > len(learners):
        return hidden(people, fewest=fewest, small=_small_either_way(cells, learners, fewest))
    # One response for each attempt. The facility index beside this table tells how many earned
    # each mark, so that the cells of one credit stand under a total of their own.
    kept_back: set[int] = set()
    for credit in {cell.credit for cell in cells} - {None}:
        alike = [i for i, cell in enumerate(cells) if cell.credit == credit]
        kept_back |= {alike[i] for i in hidden([people[i] for i in alike], fewest=fewest)}
    return hidden(people, fewest=fewest, small=kept_back | few(people, fewest))


def _small_either_way(cells: list[_Cell], learners: Sequence[str], fewest: int) -> set[int]:
    """Where several responses go together, those who did not give one are a group as well."""
    small = few([_people(cell, learners) for cell in cells], fewest)
    for i, cell in enumerate(cells):
        gave = set(cell.rows)
        without = {who for row, who in enumerate(learners) if row not in gave}
        small |= {i} if 0 < len(without) < fewest else set()
    return small


def _people(cell: _Cell, learners: Sequence[str]) -> AbstractSet[str]:
    return {learners[row] for row in cell.rows}


def _choice(part: str, cell: _Cell, met: Met, unit: int, spread: int, *, keep_back: bool) -> Choice:
    count, size = len(cell.rows), len(met.answers)
    attempts: Count = SUPPRESSED
    share: Figure = SUPPRESSED
    rest_mean: Figure = SUPPRESSED
    related: Figure = SUPPRESSED
    if not keep_back:
        rest = sum(met.rest[row] for row in cell.rows)
        attempts = count
        share = 100 * count / size
        rest_mean = float(Fraction(rest, count * unit)) if count else Insufficient.TOO_FEW_ATTEMPTS
        related = correlation(size * rest - count * sum(met.rest), count * (size - count), spread)
    return Choice(
        part=part,
        model=cell.model,
        answer=SUPPRESSED if cell.together else cell.answer,
        right=None if cell.credit is None else cell.credit == 1,
        attempts=attempts,
        share=share,
        rest_mean=rest_mean,
        correlation=related,
    )
