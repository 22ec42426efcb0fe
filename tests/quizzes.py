"""Quizzes for tests, made in code, and people who take them without script."""

from datetime import UTC, datetime

from assessments.exchange.entries import QuestionFile
from assessments.questions.base import Question
from assessments.quizzes.plan import Section, Settings, Slot, to_plain
from assessments.resources import Category, Item, ItemFile, ItemVersion, Quiz

MADE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def put_in_bank(
    bank, questions: list[Question], files: dict[str, QuestionFile] | None = None
) -> list[str]:
    """The ids of new items in a category of their own."""
    category = Category(f"category{len(list(bank.categories()))}", "Questions of a test")
    bank.add(category)
    keys = []
    for question in questions:
        item = Item(f"item{len(bank.items)}", MADE)
        item.category = category
        held = {name: ItemFile(file.type, file.content) for name, file in (files or {}).items()}
        item.versions = (ItemVersion(item, 1, question, held, created=MADE, by="person:author"),)
        category.items[item.__name__] = bank.items[item.__name__] = item
        keys.append(item.__name__)
    return keys


def add_quiz(
    site,
    questions: list[Question],
    settings: Settings | None = None,
    *,
    key: str = "quiz",
    title: str = "A first conversation",
    files: dict[str, QuestionFile] | None = None,
    takers: tuple[str, ...] = ("system.Authenticated",),
    sections: int = 1,
) -> Quiz:
    """A quiz that asks these questions in their order, in sections of about the same length."""
    keys = put_in_bank(site["bank"], questions, files)
    quiz = Quiz(key, title, MADE)
    quiz.intro = "<p>About the first minutes with a client.</p>"
    quiz.takers = frozenset(takers)
    quiz.settings = to_plain(settings or Settings())
    size = -(-len(keys) // sections)
    quiz.sections = tuple(
        to_plain(
            Section(
                f"section{start}",
                title=f"Part {start // size + 1}" if sections > 1 else "",
                slots=tuple(Slot(f"slot{at}", item=keys[at]) for at in range(start, len(keys))[:size]),
            )
        )
        for start in range(0, len(keys), size)
    )
    site["quizzes"].add(quiz)
    return quiz
