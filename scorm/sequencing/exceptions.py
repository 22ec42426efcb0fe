"""The exception codes of the sequencing processes (SN book, Appendix C), in words for a person."""

from typing import Any

from scorm.packages.words import _

ATTEMPTED_OUT = (
    "It is closed until something else is done, or it has been attempted as often as the course "
    "allows."
)

WORDS = {
    "NB.2.1-1": "The session has begun already.",
    "NB.2.1-2": "The session has not begun yet.",
    "NB.2.1-3": "Nothing is suspended.",
    "NB.2.1-4": "From here the course does not go on by itself.",
    "NB.2.1-5": "From here the course does not go back.",
    "NB.2.1-6": "This is the beginning of the course.",
    "NB.2.1-8": "This part must be finished before another one can be chosen.",
    "NB.2.1-10": "This part cannot be chosen.",
    "NB.2.1-11": "This part is not in the course.",
    "NB.2.1-12": "This part has ended already.",
    "NB.2.1-13": "The course asked for something that SCORM does not know.",
    "TB.2.3-3": "Nothing is open that could be suspended.",
    "TB.2.3-4": "A rule of the course leads out of the course itself.",
    "SB.2.1-2": "There is nothing to open in this part.",
    "SB.2.1-3": "This is the beginning of the course.",
    "SB.2.1-4": "From here the course only goes forward.",
    "SB.2.2-1": "This part does not open its own parts by itself.",
    "SB.2.2-2": f"The next part cannot be opened. {ATTEMPTED_OUT}",
    "SB.2.4-1": "A part on the way there must be done first.",
    "SB.2.4-2": "This part is before the present one, and the course only goes forward.",
    "SB.2.7-2": "From here the course does not go on by itself.",
    "SB.2.8-2": "From here the course does not go back by itself.",
    "SB.2.9-2": "There is nothing to open in this part.",
    "SB.2.9-3": "This part cannot be chosen now.",
    "SB.2.9-5": "The course does not say what comes between these parts.",
    "SB.2.9-6": "This part is opened by the course itself, not by choosing it.",
    "SB.2.9-7": "The present part cannot be left for another one.",
    "SB.2.9-8": "From here only what comes just before or after can be chosen.",
    "SB.2.9-9": "There is nothing in this part that could be opened now.",
    "SB.2.10-2": "What is still open, or kept for later, cannot be tried anew.",
    "SB.2.10-3": "There is nothing in this part that could be opened now.",
    "DB.1.1-1": "There is nothing to open in this part.",
    "DB.1.1-3": f"This part cannot be opened. {ATTEMPTED_OUT}",
    "prerequisites-1": "Other parts must be done before the next one can be opened.",
}


PROCESSES = {
    "NB.2.1": "Navigation Request Process",
    "TB.2.3": "Termination Request Process",
    "SB.2.1": "Flow Tree Traversal Subprocess",
    "SB.2.2": "Flow Activity Traversal Subprocess",
    "SB.2.4": "Choice Activity Traversal Subprocess",
    "SB.2.7": "Continue Sequencing Request Process",
    "SB.2.8": "Previous Sequencing Request Process",
    "SB.2.9": "Choice Sequencing Request Process",
    "SB.2.10": "Retry Sequencing Request Process",
    "DB.1.1": "Delivery Request Process",
    "prerequisites": "Prerequisites of SCORM 1.2",
}
"""What the processes that raise exceptions are called in the book."""

MEANINGS = {
    "NB.2.1-1": _("A sequencing session is running already."),
    "NB.2.1-2": _("No sequencing session is running: there is no Current Activity."),
    "NB.2.1-3": _("There is no Suspended Activity to resume."),
    "NB.2.1-4": _("The Current Activity is the root, or flow is false on its parent."),
    "NB.2.1-5": _("On the parent of the Current Activity flow is false, or forwardOnly is true."),
    "NB.2.1-6": _("Nothing comes before the root."),
    "NB.2.1-8": _("An active activity that would be left has choiceExit false."),
    "NB.2.1-10": _("On the parent of the target choice is false."),
    "NB.2.1-11": _("The target is not in the tree, or not among its parent's available children."),
    "NB.2.1-12": _("The Current Activity has ended already."),
    "NB.2.1-13": _("The request is not of the vocabulary, or not of this edition."),
    "TB.2.3-3": _("The Current Activity is the root, and neither active nor suspended."),
    "TB.2.3-4": _("A post condition rule with exitParent fired on the root, which has no parent."),
    "SB.2.1-2": _("The cluster has no available children."),
    "SB.2.1-3": _("Flow went back to the root: nothing comes before it."),
    "SB.2.1-4": _("Flow would go back in a cluster with forwardOnly."),
    "SB.2.2-1": _("Flow would enter a child of a cluster where flow is false."),
    "SB.2.2-2": _("Flow met an activity that is disabled, or whose attempt limit is reached."),
    "SB.2.4-1": _("An activity on the way has a rule stopForwardTraversal that fires."),
    "SB.2.4-2": _("The choice goes back in a cluster with forwardOnly."),
    "SB.2.7-2": _("On the parent of the Current Activity flow is false."),
    "SB.2.8-2": _("On the parent of the Current Activity flow is false."),
    "SB.2.9-2": _(
        "The target, or an ancestor of it, is not among its parent's available children."
    ),
    "SB.2.9-3": _("The target, or an ancestor of it, has a rule hiddenFromChoice that fires."),
    "SB.2.9-5": _("No way leads from the Current Activity to the target."),
    "SB.2.9-6": _("A cluster on the way has preventActivation, and is not active."),
    "SB.2.9-7": _(
        "The Current Activity, or a cluster above it that would be left, has choiceExit false."
    ),
    "SB.2.9-8": _(
        "A cluster above the Current Activity has constrainChoice, and the target is not "
        "next to it."
    ),
    "SB.2.9-9": _(
        "The target is a cluster, and flow into it finds nothing to deliver. It has become "
        "the Current Activity all the same."
    ),
    "SB.2.10-2": _("The Current Activity is still active, or suspended."),
    "SB.2.10-3": _("Flow into the cluster that is to be retried finds nothing to deliver."),
    "DB.1.1-1": _("The activity is a cluster: nothing can be delivered."),
    "DB.1.1-3": _(
        "The activity, or an ancestor of it, is disabled, or its attempt limit is reached."
    ),
    "prerequisites-1": _("The prerequisites of every part that comes after are not met."),
}
"""The same for an author: what in the manifest, or of the state, stands in the way."""


class SequencingError(Exception):
    """A request is not valid now.

    :param code: of the book, as ``SB.2.1-3``: process and number
    :param state: what the processes had come to, when it is another than before
    """

    def __init__(self, code: str, state: Any = None):
        super().__init__(WORDS[code])
        self.code = code
        self.state = state

    @property
    def words(self) -> str:
        """For a person: why."""
        return WORDS[self.code]


class UnfulfilledChoiceError(SequencingError):
    """A chosen cluster was reached, but gives nothing to deliver (SB.2.9 14).

    :param target: the cluster, which becomes the Current Activity all the same
    :param common: the common ancestor, whose attempt ends
    """

    def __init__(self, target: str, common: str):
        super().__init__("SB.2.9-9")
        self.target = target
        self.common = common
