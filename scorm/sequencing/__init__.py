"""Sequencing and navigation: pure functions over an immutable state of the activity tree.

Modules, names and ids are those of the SCORM 2004 4th Ed. Sequencing and Navigation book: each
process is a function whose docstring carries its id.
"""

from scorm.sequencing.carrying import Aside, carry, held_at, renamed
from scorm.sequencing.contents import Summary, contents, summary
from scorm.sequencing.navigation import Request, parse_request
from scorm.sequencing.objectives import shown
from scorm.sequencing.overall import Outcome, begin_at, step
from scorm.sequencing.tracking import Progress, State, Tracking
from scorm.sequencing.transfer import ActivityReport, ObjectiveReport, record, standing
from scorm.sequencing.tree import Activity, ActivityTree
from scorm.sequencing.validity import Validity, looks_alike, validity

__all__ = [
    "Activity",
    "ActivityReport",
    "ActivityTree",
    "Aside",
    "ObjectiveReport",
    "Outcome",
    "Progress",
    "Request",
    "State",
    "Summary",
    "Tracking",
    "Validity",
    "begin_at",
    "carry",
    "contents",
    "held_at",
    "looks_alike",
    "parse_request",
    "record",
    "renamed",
    "shown",
    "standing",
    "step",
    "summary",
    "validity",
]
