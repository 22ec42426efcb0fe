"""Questions as JSON holds them, and back. Fractions and decimals are texts: they stay exact."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any

from cattrs import Converter
from cattrs.gen import make_dict_structure_fn, make_dict_unstructure_fn

from assessments.questions.base import Question
from assessments.questions.choice import ChoiceQuestion
from assessments.questions.cloze import ClozeQuestion
from assessments.questions.description import DescriptionQuestion
from assessments.questions.essay import EssayQuestion
from assessments.questions.formula import FormulaQuestion
from assessments.questions.gaps import GapQuestion, LabelQuestion
from assessments.questions.hotspot import HotspotQuestion
from assessments.questions.matching import MatchingQuestion
from assessments.questions.numerical import NumericalQuestion
from assessments.questions.ordering import OrderingQuestion
from assessments.questions.qti import QtiQuestion
from assessments.questions.short import ShortQuestion
from assessments.questions.truth import TruthQuestion

KINDS: dict[str, type[Question]] = {
    each.kind: each
    for each in (
        ChoiceQuestion,
        TruthQuestion,
        ShortQuestion,
        NumericalQuestion,
        MatchingQuestion,
        OrderingQuestion,
        ClozeQuestion,
        GapQuestion,
        LabelQuestion,
        HotspotQuestion,
        EssayQuestion,
        FormulaQuestion,
        DescriptionQuestion,
        QtiQuestion,
    )
}
"""Every type of question by its kind."""
EXACT = re.compile(r"-?[0-9]{1,4000}(?:[./][0-9]{1,4000})?")
"""A fraction as text. Its own reader would take “1e999999999” too, and calculate for ever."""


@cache
def _converter() -> Converter:
    converter = Converter(omit_if_default=True)
    converter.register_unstructure_hook(Fraction, str)
    converter.register_structure_hook(Fraction, lambda text, _type: _fraction(text))
    converter.register_unstructure_hook(Decimal, str)
    converter.register_structure_hook(Decimal, lambda text, _type: Decimal(text))
    writers: dict[type, Callable] = {}
    readers: dict[str, Callable] = {}
    converter.register_unstructure_hook_func(
        lambda kind: kind is Question, lambda question: writers[type(question)](question)
    )
    converter.register_structure_hook_func(
        lambda kind: kind is Question, lambda plain, _type: readers[plain["kind"]](plain, None)
    )
    for name, kind in KINDS.items():
        write = make_dict_unstructure_fn(kind, converter, _cattrs_omit_if_default=True)
        read = make_dict_structure_fn(kind, converter)
        writers[kind] = lambda question, name=name, write=write: {"kind": name, **write(question)}
        readers[name] = lambda plain, _type, kind=kind, read=read: read(plain, kind)
    return converter


def _fraction(text: str) -> Fraction:
    """:raises ValueError: when it is none"""
    if not EXACT.fullmatch(str(text)):
        raise ValueError("not a fraction")
    return Fraction(text)


def to_plain(question: Question) -> dict[str, Any]:
    """The question as JSON holds it; what is as usual is left out."""
    return _converter().unstructure(question, Question)


def from_plain(plain: dict[str, Any]) -> Question:
    """The inverse of :func:`to_plain`."""
    return _converter().structure(plain, Question)
