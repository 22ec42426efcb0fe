"""Every expression of the QTI 2.2 information model (chapter 15), by its element's name."""

from assessments.qti.expressions import (
    arithmetic,
    comparisons,
    containers,
    logic,
    mathematics,
    strings,
    summaries,
    variables,
)
from assessments.qti.expressions.logic import holds
from assessments.qti.expressions.registry import EXPRESSIONS, evaluate

GROUPS = (
    arithmetic,
    comparisons,
    containers,
    logic,
    mathematics,
    strings,
    summaries,
    variables,
)

__all__ = ["EXPRESSIONS", "GROUPS", "evaluate", "holds"]
