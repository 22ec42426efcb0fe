"""Description: something to read between questions; there is nothing to answer."""

from dataclasses import dataclass

from assessments.questions.base import Arrangement, Asked, Marked, Question, Response


@dataclass(frozen=True, kw_only=True)
class DescriptionQuestion(Question):
    """A text."""

    kind = "description"
    answerable = False

    def ask(self, arrangement: Arrangement) -> Asked:
        return Asked(self.body)

    def mark_response(self, response: Response, arrangement: Arrangement) -> Marked:
        return Marked(None)

    def right_response(self, arrangement: Arrangement) -> Response | None:
        return None

    def guess(self) -> None:
        return None
