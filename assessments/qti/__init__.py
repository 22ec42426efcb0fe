"""QTI 2.1, 2.2 and 3.0 as they run on the server: reading, sessions, processing.

``item = read_item(content)``, ``session = start(item, seed)``,
``result = process(item, session, responses)``; for tests ``read_test``, ``start_test`` and
``process_test``. No HTTP, no database.

The letter of QTI 2.2 holds, and where documents in use say what it does not know, what they
plainly mean:

* conditions take numbers and texts as well as booleans, ``equal`` any type;
* ``setDefaultValue`` without a value gives a variable its default; an item may have
  ``outcomeProcessing``;
* ``isNotNull``, ``notEqual``, ``xor``, ``allN``, ``mod``, ``record``, ``isTypeOf``,
  ``mapOutcome``, ``lookupTable``, and the statistics by their own names are expressions;
* a mapping counts each member of a container, also one that is there twice;
* what only a test knows (``testVariables``, ``numberCorrect``, …) rejects the rule in an item;
* a rule that cannot be carried out has no effect, and ``Result.findings`` says so.
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
