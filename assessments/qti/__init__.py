"""QTI 2.1, 2.2 and 3.0 as they run on the server: reading, sessions, processing.

``item = read_item(content)``, ``session = start(item, seed)``,
``result = process(item, session, responses)``. No HTTP, no database.
"""

from assessments.qti.items import Item, read_item
from assessments.qti.refusals import DocumentRefused, Finding, SessionClosed
from assessments.qti.sessions import Result, Session, process, start

__all__ = [
    "DocumentRefused",
    "Finding",
    "Item",
    "Result",
    "Session",
    "SessionClosed",
    "process",
    "read_item",
    "start",
]
