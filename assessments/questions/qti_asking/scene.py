"""What an interaction is asked within, and what asking it comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from assessments import numbers
from assessments.qti.declarations import Declaration
from assessments.questions.base import Response
from assessments.questions.controls import Control, Picture


@dataclass
class Asking:
    """One interaction as it is asked.

    :param html: what stands in its place in the text
    :param value: a response as the response variable; None for no answer
    :param answer: the inverse: a value (as JSON has it) as a response
    :param variable: identifier of the response variable
    """

    variable: str
    html: str = ""
    controls: list[Control] = field(default_factory=list)
    value: Callable[[Response], Any] = lambda _response: None
    answer: Callable[[Any], Response] = lambda _value: {}
    picture: Picture | None = None
    more: Callable[[Response], dict[str, Any]] = lambda _response: {}


@dataclass(frozen=True)
class Scene:
    """What an interaction is asked within.

    :param inner: the content of an element as HTML, without what is hidden
    :param order: of the choices of a control, by their identifiers
    :param shown: whether an element is to be seen
    :param form: how the learner writes numbers
    :param picture_is_free: whether nothing else lies on the question's picture yet
    """

    inner: Callable[[etree._Element], str]
    order: Callable[[str, list[str]], list[str]]
    shown: Callable[[etree._Element], bool]
    declaration: Callable[[str], Declaration | None]
    form: numbers.NumberFormat
    picture_is_free: bool


MOST = 20
"""Controls of one interaction where the item sets no limit of its own."""
