"""The types of questions that QTI 1.2 has, as Canvas, Blackboard, Respondus and common cartridges
write them: what makes the question of each.
"""

from collections.abc import Callable

from translationstring import TranslationStringFactory

from assessments.exchange.notes import Broken
from assessments.exchange.qti.qti12_source import OldItem
from assessments.exchange.qti.qti12_types.blanks import blanks, written_gaps
from assessments.exchange.qti.qti12_types.calculations import formula
from assessments.exchange.qti.qti12_types.choosing import choice
from assessments.exchange.qti.qti12_types.files import upload
from assessments.exchange.qti.qti12_types.numbers import numerical
from assessments.exchange.qti.qti12_types.pairs import categories, matching, ordering
from assessments.exchange.qti.qti12_types.places import hot_spot
from assessments.exchange.qti.qti12_types.texts import essay, reading, short
from assessments.questions import sizes
from assessments.questions.base import Question

_ = TranslationStringFactory("tutela")
Maker = Callable[[OldItem], Question]
BY_TYPE: tuple[tuple[str, Maker], ...] = (
    ("categor", categories),
    ("matching", matching),
    ("order", ordering),
    ("calculated", formula),
    ("formula", formula),
    ("hot", hot_spot),
    ("upload", upload),
    ("text_only", reading),
    ("dropdown", blanks),
    ("multiple_blanks", blanks),
    ("blank plus", blanks),
    ("numeric", numerical),
    ("essay", essay),
    ("short response", essay),
    ("short_answer", short),
    ("fib", short),
    ("pattern_match", short),
    ("fill in", short),
    ("multiple", choice),
    ("true", choice),
    ("either", choice),
)
"""By words that the name of a type has, whoever wrote it; the first that fits counts."""


def make(item: OldItem) -> Question:
    """The question of an item.

    :raises Broken: when it cannot be taken
    """
    responses = len(item.responses("response_lid", "response_str", "response_num"))
    if responses > sizes.MOST or len(item.conditions) > sizes.MOST_VALUES:
        raise Broken(
            _(
                "A list has more than ${most} members. Make several questions of this one.",
                mapping={"most": sizes.MOST},
            ),
            item.line,
        )
    for word, maker in BY_TYPE:
        if word in item.type:
            return maker(item)
    return _by_shape(item)(item)


def _by_shape(item: OldItem) -> Maker:
    """What the question is, from what it has to answer."""
    chosen = item.responses("response_lid")
    written = item.responses("response_str", "response_num")
    if item.responses("response_xy"):
        return hot_spot
    if next(item.element.iter("calculated"), None) is not None:
        return formula
    if chosen:
        ordered = str(chosen[0].get("rcardinality", "")).lower() == "ordered"
        return ordering if ordered else choice if len(chosen) == 1 else matching
    if len(written) > 1:
        return written_gaps
    if written:
        kinds = {str(each.get("fibtype", "")).lower() for each in written[0].iter("render_fib")}
        numeric = written[0].tag == "response_num" or kinds & {"decimal", "integer", "scientific"}
        return numerical if numeric else short
    return reading
