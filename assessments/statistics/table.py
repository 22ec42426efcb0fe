"""The statistics as tables for a spreadsheet, with the columns named in words.

The file is UTF-8 and begins with a byte order mark: without one Excel reads it in the code page of
the machine, and what people answered in Arabic or French is spoilt. Other programs skip the mark.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from translationstring import TranslationString, TranslationStringFactory

from assessments.statistics.certainty import CertaintyStatistics, Judgement
from assessments.statistics.figures import (
    SUPPRESSED,
    Group,
    Insufficient,
    Position,
    QuizStatistics,
    Suppressed,
)
from assessments.statistics.gain import PairedGain

_ = TranslationStringFactory("tutela")

Say = Callable[[TranslationString], str]
"""Turns a sentence into the reader's language."""
Cell = str | float | Insufficient | Suppressed | Judgement | None
Table = list[list[str]]

PART = 64 * 1024
"""Characters."""
RUN = "=+-@\t\r\n＝＋－＠"
"""What a cell begins with that a spreadsheet would run as a formula, in both widths."""

QUIZ = (
    ("attempts", _("Attempts")),
    ("unmarked", _("Attempts left out because a mark is missing")),
    ("max_mark", _("Marks of the quiz")),
    ("mean", _("Mean mark")),
    ("median", _("Median mark")),
    ("deviation", _("Standard deviation (marks)")),
    ("skewness", _("Skewness")),
    ("kurtosis", _("Kurtosis")),
    ("reliability", _("Internal consistency (Cronbach’s alpha, %)")),
    ("error_ratio", _("Error ratio (%)")),
    ("standard_error", _("Standard error (marks)")),
)
PLACE = (_("Position"), _("Question"), _("Version"), _("Variant"))
QUESTION = (
    ("attempts", _("Attempts")),
    ("guess", _("Random guess score (%)")),
    ("facility", _("Facility index (%)")),
    ("deviation", _("Standard deviation (%)")),
    ("discrimination", _("Discrimination index (%)")),
    ("efficiency", _("Discriminative efficiency (%)")),
)
WEIGHT = (
    ("intended_weight", _("Intended weight (%)")),
    ("effective_weight", _("Effective weight (%)")),
    ("reliability_without", _("Internal consistency without it (%)")),
)
CHOICE = (
    _("Part"),
    _("Answer looked for"),
    _("Answer as it was given"),
    _("Right"),
    _("Attempts"),
    _("Share (%)"),
    _("Mean mark in the rest of the quiz"),
    _("Correlation with the rest of the quiz (%)"),
)
NO_ANSWER = _("(no answer)")
OTHER_ANSWERS = _("(other answers)")
SEVERAL = _("(several)")
YES, NO = _("yes"), _("no")
CERTAINTY = (
    _("Certainty"),
    _("Answers"),
    _("Accuracy (%)"),
    _("Average mark by certainty"),
    _("Bonus (%)"),
    _("Judgement"),
)
ALL_QUESTIONS, ALL_ANSWERS = _("All questions"), _("All answers")
GAIN = (
    _("Question before"),
    _("Question after"),
    _("People who sat both"),
    _("Before (%)"),
    _("After (%)"),
    _("Gain (percentage points)"),
    _("Reached 80 percent before (%)"),
    _("Reached 80 percent after (%)"),
)
MEDIAN = _("All linked questions (medians)")


def quiz_table(statistics: QuizStatistics, say: Say) -> Table:
    """One row for each figure of the quiz."""
    head: Sequence[Cell] = (_("Figure"), _("Value"))
    rows = [(words, getattr(statistics, name)) for name, words in QUIZ]
    return _table(say, head, *rows)


def question_table(statistics: QuizStatistics, titles: Mapping[str, str], say: Say) -> Table:
    """One row for each place, below it one for each item, version and variant that differ.

    :param titles: of the questions by item; an item without one is named by its id
    """
    names = [name for name, _words in QUESTION]
    head: Sequence[Cell] = (
        *PLACE,
        *(words for _name, words in QUESTION),
        *(words for _name, words in WEIGHT),
    )
    rows: list[list[Cell]] = []
    for position in statistics.positions:
        for group in _groups(position.group):
            weights = (
                [getattr(position, name) for name, _words in WEIGHT]
                if group is position.group
                else [None] * len(WEIGHT)
            )
            figures = [getattr(group, name) for name in names]
            rows.append([*_place(position, group, titles), *figures, *weights])
    return _table(say, head, *rows)


def choice_table(statistics: QuizStatistics, titles: Mapping[str, str], say: Say) -> Table:
    """One row for each answer that was given, or could have been."""
    rows: list[list[Cell]] = []
    for position in statistics.positions:
        for group in _groups(position.group):
            place = _place(position, group, titles)
            rows.extend(
                [
                    *place,
                    choice.part,
                    NO_ANSWER if choice.model is None else choice.model,
                    OTHER_ANSWERS if choice.answer is SUPPRESSED else choice.answer,
                    None if choice.right is None else YES if choice.right else NO,
                    choice.attempts,
                    choice.share,
                    choice.rest_mean,
                    choice.correlation,
                ]
                for choice in group.choices
            )
    return _table(say, (*PLACE, *CHOICE), *rows)


def certainty_table(statistics: CertaintyStatistics, say: Say) -> Table:
    """One row for each certainty, then all answers, then all questions."""
    rows: list[list[Cell]] = [
        [
            level.certainty,
            level.figures.answers,
            level.figures.accuracy,
            level.figures.average,
            level.figures.bonus,
            level.judgement,
        ]
        for level in statistics.levels
    ]
    for words, figures in ((ALL_ANSWERS, statistics.answered), (ALL_QUESTIONS, statistics.all)):
        rows.append(
            [words, figures.answers, figures.accuracy, figures.average, figures.bonus, None]
        )
    return _table(say, CERTAINTY, *rows)


def gain_table(gain: PairedGain, titles: Mapping[str, str], say: Say) -> Table:
    """The medians of all, then one row for each linked question."""
    rows: list[list[Cell]] = [
        [
            MEDIAN,
            None,
            gain.pairs,
            gain.median_before,
            gain.median_after,
            gain.median_gain,
            gain.mastery_before,
            gain.mastery_after,
        ]
    ]
    for item in gain.items:
        names = [titles.get(each, each) for each in (item.before, item.after)]
        figures = [item.pairs, item.facility_before, item.facility_after, item.gain]
        rows.append([*names, *figures, None, None])
    return _table(say, GAIN, *rows)


def csv_parts(table: Iterable[list[str]]) -> Iterator[bytes]:
    """The file, with its byte order mark, in parts of about :data:`PART`, each made when it is
    asked for."""
    text = io.StringIO("\ufeff", newline="")
    text.seek(0, io.SEEK_END)
    writer = csv.writer(text)
    for row in table:
        writer.writerow(row)
        if text.tell() >= PART:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def _groups(group: Group) -> Iterator[Group]:
    yield group
    for part in group.groups:
        yield from _groups(part)


def _place(position: Position, group: Group, titles: Mapping[str, str]) -> list[Cell]:
    title: Cell = SEVERAL if group.item is None else titles.get(group.item, group.item)
    version: Cell = SEVERAL if group.version is None else group.version
    variant: Cell = SEVERAL if group.variant is None else group.variant
    return [position.slot, title, version, variant]


def _table(say: Say, *rows: Sequence[Cell]) -> Table:
    return [[_cell(cell, say) for cell in row] for row in rows]


def _cell(cell: Cell, say: Say) -> str:
    """A figure as it is, a sentence in the reader's language, other text harmless.

    A negative figure begins with a sign and is a number all the same: only text is mended.
    """
    match cell:
        case None:
            return ""
        case Insufficient() | Suppressed() | Judgement():
            return say(cell.words)
        case TranslationString():
            return say(cell)
        case str():
            return f"'{cell}" if cell[:1] and cell[0] in RUN else cell
    return str(round(cell, 6))
