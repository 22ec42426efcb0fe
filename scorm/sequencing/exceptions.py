"""The exception codes of the sequencing processes (SN book, Appendix C), in words for a person."""

from typing import Any

ATTEMPTED_OUT = "It is closed, or it has been attempted as often as the course allows."

WORDS = {
    "NB.2.1-1": "The session has begun already.",
    "NB.2.1-2": "The session has not begun yet.",
    "NB.2.1-3": "Nothing is suspended.",
    "NB.2.1-4": "From here the course does not go on by itself. Choose a part from the contents.",
    "NB.2.1-5": "From here the course does not go back.",
    "NB.2.1-6": "This is the beginning of the course.",
    "NB.2.1-8": "This part must be finished before another one can be chosen.",
    "NB.2.1-10": "This part cannot be chosen.",
    "NB.2.1-11": "This part is not in the course.",
    "NB.2.1-12": "This part has ended already.",
    "NB.2.1-13": "The course asked for something that SCORM does not know.",
    "TB.2.3-2": "This part has ended already.",
    "TB.2.3-3": "Nothing is open that could be suspended.",
    "TB.2.3-4": "A rule of the course leads out of the course itself.",
    "SB.2.1-2": "There is nothing to open in this part.",
    "SB.2.1-3": "This is the beginning of the course.",
    "SB.2.1-4": "From here the course only goes forward.",
    "SB.2.2-1": "This part does not open its own parts by itself. Choose one from the contents.",
    "SB.2.2-2": f"The next part cannot be opened. {ATTEMPTED_OUT}",
    "SB.2.4-1": "A part on the way there must be done first.",
    "SB.2.4-2": "This part is before the present one, and the course only goes forward.",
    "SB.2.7-2": "From here the course does not go on by itself. Choose a part from the contents.",
    "SB.2.8-2": "From here the course does not go back by itself. Choose a part from the contents.",
    "SB.2.9-2": "There is nothing to open in this part.",
    "SB.2.9-3": "This part cannot be chosen now.",
    "SB.2.9-4": "This part cannot be chosen.",
    "SB.2.9-5": "The course does not say what comes between these parts.",
    "SB.2.9-6": "This part is opened by the course itself, not by choosing it.",
    "SB.2.9-7": "The present part cannot be left for another one.",
    "SB.2.9-8": "From here only what comes just before or after can be chosen.",
    "SB.2.9-9": "There is nothing in this part that could be opened now.",
    "SB.2.10-2": "What is still open, or kept for later, cannot be tried anew.",
    "SB.2.10-3": "There is nothing in this part that could be opened now.",
    "DB.1.1-1": "There is nothing to open in this part.",
    "DB.1.1-3": f"This part cannot be opened. {ATTEMPTED_OUT}",
}


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
