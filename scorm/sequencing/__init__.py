"""Sequencing and navigation: pure functions over an immutable state of the activity tree.

Names and ids are those of the SCORM 2004 Sequencing and Navigation book. This is the navigation
step without sequencing rules: control modes, flow, choice, suspend and exit, default rollup.
"""

from scorm.sequencing.contents import Summary, contents, summary
from scorm.sequencing.navigation import Outcome, Validity, step, validity
from scorm.sequencing.rollup import ActivityReport, record
from scorm.sequencing.tracking import State, Tracking
from scorm.sequencing.tree import Activity, ActivityTree

__all__ = [
    "Activity",
    "ActivityReport",
    "ActivityTree",
    "Outcome",
    "State",
    "Summary",
    "Tracking",
    "Validity",
    "contents",
    "record",
    "step",
    "summary",
    "validity",
]
