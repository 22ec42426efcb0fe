"""The forms of all types of question, one module a type."""

from assessments.bank.layouts.choice import CHOICE
from assessments.bank.layouts.cloze import CLOZE
from assessments.bank.layouts.description import DESCRIPTION
from assessments.bank.layouts.essay import ESSAY
from assessments.bank.layouts.formula import FORMULA
from assessments.bank.layouts.gaps import GAPS
from assessments.bank.layouts.hotspot import HOTSPOT
from assessments.bank.layouts.labels import LABELS
from assessments.bank.layouts.layout import Layout
from assessments.bank.layouts.matching import MATCHING
from assessments.bank.layouts.numerical import NUMERICAL
from assessments.bank.layouts.ordering import ORDERING
from assessments.bank.layouts.qti import QTI
from assessments.bank.layouts.short import SHORT
from assessments.bank.layouts.truth import TRUTH

LAYOUTS: dict[str, Layout] = {
    each.kind: each
    for each in (
        CHOICE,
        TRUTH,
        SHORT,
        NUMERICAL,
        MATCHING,
        ORDERING,
        CLOZE,
        GAPS,
        LABELS,
        HOTSPOT,
        ESSAY,
        FORMULA,
        DESCRIPTION,
        QTI,
    )
}
"""The form of every type by its kind, in the order in which they are offered."""
