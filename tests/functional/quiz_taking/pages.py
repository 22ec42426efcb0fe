"""What tests of taking a quiz read on its pages."""

from assessments.questions.essay import EssayQuestion
from assessments.questions.html import Html
from assessments.quizzes.plan import When
from quizzes import Taker

NOTHING = dict.fromkeys(When, frozenset())
ESSAY = EssayQuestion(
    name="A letter", body=Html("<p>What helped you?</p>"), files=2, types=("text/plain",)
)


def words_of(page) -> str:
    return " ".join(page.html.get_text(" ").split())


def has_button(page, name: str) -> bool:
    return any(name in each.get_text() for each in page.html.main.find_all("button"))


def states(page) -> list[str]:
    """What the list of questions says."""
    lines = page.html.find("nav", {"aria-label": "Questions"}).find_all(class_="step")
    for line in lines:
        for hidden in line.find_all(hidden=True):
            hidden.decompose()
    return [" ".join(line.get_text(" ").split()).removeprefix("Question ") for line in lines]


def verdicts(page) -> list[str]:
    return [state.partition(" ")[2] for state in states(page)]


def chosen(page, question: int) -> str | None:
    """What is chosen in the form of a page."""
    box = page.html.find(id=f"q{question}").find("input", checked=True)
    return box and page.html.find("label", {"for": box["id"]}).get_text()


def given(page, prefix: str) -> str:
    box = page.html.find(id=f"{prefix}1").find("input", checked=True)
    return page.html.find("label", {"for": box["id"]}).get_text()


def choose(form, question: int, words: str) -> None:
    Taker.choose(form, question, words)
