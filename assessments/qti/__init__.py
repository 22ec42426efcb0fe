"""QTI 2.1, 2.2 and 3.0 as they run on the server: reading, sessions, processing.

``item = read_item(content)``, ``session = start(item, seed)``,
``result = process(item, session, responses)``; for tests ``read_test``, ``start_test`` and
``process_test``. No HTTP, no database.
"""

from assessments.qti.assessment import (
    AssessmentResult,
    AssessmentSession,
    next_place,
    places,
    process_test,
    start_test,
    template_defaults,
)
from assessments.qti.items import Item, read_item
from assessments.qti.refusals import DocumentRefused, Finding, SessionClosed
from assessments.qti.sessions import Result, Session, process, start
from assessments.qti.structure import AssessmentTest, read_test

__all__ = [
    "AssessmentResult",
    "AssessmentSession",
    "AssessmentTest",
    "DocumentRefused",
    "Finding",
    "Item",
    "Result",
    "Session",
    "SessionClosed",
    "next_place",
    "places",
    "process",
    "process_test",
    "read_item",
    "read_test",
    "start",
    "start_test",
    "template_defaults",
]
