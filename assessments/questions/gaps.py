"""Words into gaps: select missing words, drag words into text; and labels into a picture."""

from dataclasses import dataclass

from assessments.questions.base import Html, Question
from assessments.questions.choice import SILENT, Verdicts
from assessments.questions.controls import Picture


@dataclass(frozen=True)
class Word:
    """Something that can be put into a gap of its group.

    :param file: a picture in place of words, by the name of the question's file; ``html`` says it
    :param unlimited: whether it can be used in several gaps
    """

    key: str
    html: Html
    group: str = "1"
    unlimited: bool = True
    file: str = ""


@dataclass(frozen=True)
class Gap:
    """A gap, ``[[name]]`` in the text: the group of its words, and the key of the right one."""

    name: str
    right: str
    group: str = "1"


@dataclass(frozen=True, kw_only=True)
class GapQuestion(Question):
    """A text with gaps, and words for them.

    :param dragged: whether words may also be dragged into their gaps
    """

    kind = "gaps"

    words: tuple[Word, ...]
    gaps: tuple[Gap, ...]
    shuffle: bool = True
    dragged: bool = False
    said: Verdicts = SILENT


@dataclass(frozen=True)
class Zone:
    """A place in a picture for a label.

    :param label: what the place is, for those who do not see the picture
    :param place: left, top, width, height in pixels of the picture
    :param right: key of the right label; empty when it must stay empty
    """

    name: str
    label: str
    place: tuple[int, int, int, int]
    right: str
    group: str = "1"


@dataclass(frozen=True, kw_only=True)
class LabelQuestion(Question):
    """A picture whose parts are to be labelled."""

    kind = "labels"

    picture: Picture
    words: tuple[Word, ...]
    zones: tuple[Zone, ...]
    shuffle: bool = True
    said: Verdicts = SILENT
