"""Formulas of calculated questions: read, shown, evaluated, and filled with values of variables.

The language is that of Moodle's calculated question (docs.moodle.org, "Calculated question type"),
which is a small part of PHP's, with the operators and functions that other systems add. It is read
by our own parser and evaluated by walking its tree; no text is ever handed to an interpreter.
"""

from assessments.formulas.errors import FormulaFailed, FormulaRefused, VariablesRefused
from assessments.formulas.evaluation import evaluate
from assessments.formulas.functions import FUNCTIONS
from assessments.formulas.mathml import to_mathml
from assessments.formulas.parsing import parse
from assessments.formulas.texts import Text, read_text
from assessments.formulas.tree import (
    Binary,
    Call,
    Conditional,
    Node,
    Number,
    Unary,
    Variable,
    to_text,
    variables,
)
from assessments.formulas.values import Choice, LogUniform, Uniform, Variables, draw

__all__ = [
    "FUNCTIONS",
    "Binary",
    "Call",
    "Choice",
    "Conditional",
    "FormulaFailed",
    "FormulaRefused",
    "LogUniform",
    "Node",
    "Number",
    "Text",
    "Unary",
    "Uniform",
    "Variable",
    "Variables",
    "VariablesRefused",
    "draw",
    "evaluate",
    "parse",
    "read_text",
    "to_mathml",
    "to_text",
    "variables",
]
