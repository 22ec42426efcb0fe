"""Quizzes for tests, made in code, and people who take them without script."""

from datetime import UTC, datetime, timedelta

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
                slots=tuple(
                    Slot(f"slot{at}", item=keys[at]) for at in range(start, len(keys))[:size]
                ),
            )
        )
        for start in range(0, len(keys), size)
    )
    site["quizzes"].add(quiz)
    return quiz


class Taker:
    """A member who takes a quiz in a browser without script.

    ``sheet`` is the form of the page that is open.
    """

    def __init__(self, site, username: str, quiz: str = "quiz"):
        self.site = site
        self.browser = site.signed_in(username)
        self.address = f"/quizzes/{quiz}/"
        self.quiz_key = quiz
        self.path = ""
        self.sheet = None

    @property
    def registry(self):
        return self.site.app.site.registry

    def quiz(self):
        return self.browser.get(self.address)

    def rules(self) -> dict[str, str]:
        """What the quiz's page says, by what it is about."""
        facts = self.quiz().html.find("dl", class_="facts")
        names, told = facts.find_all("dt"), facts.find_all("dd")
        return {
            name.get_text(): " ".join(each.get_text().split())
            for name, each in zip(names, told, strict=True)
        }

    @staticmethod
    def form(page, end: str):
        """The form of the page's content whose address ends so."""
        return next(
            form
            for form in page.forms.values()
            if form.action.endswith(end) and not form.action.endswith("/sign-out")
        )

    def start(self):
        """Press Start or Resume; the page that opens."""
        page = self.quiz()
        token = page.html.find("input", {"name": "csrf_token"})["value"]
        page = self.browser.post(f"{self.address}start", {"csrf_token": token}).follow()
        self.path = page.request.path
        return self._open(page)

    def look(self, page: int = 1):
        """Open a page of the attempt; where it leads, for one that cannot be gone to."""
        found = self.browser.get(f"{self.path}?page={page}")
        return self._open(found.follow() if found.status_int == 303 else found)

    def look_at(self, page):
        """Its form, as of a window of its own."""
        return page.forms["answers"]

    def _open(self, page):
        self.sheet = page.forms.get("answers", self.sheet)
        return page

    def answer(self, question: int, words: str) -> None:
        self.choose(self.sheet, question, words)

    @staticmethod
    def choose(form, question: int, words: str) -> None:
        """Choose the option that has these words."""
        html = form.response.html
        label = next(
            each
            for each in html.find(id=f"q{question}").find_all("label")
            if words in each.get_text()
        )
        form[f"q{question}-answer"] = html.find(id=label["for"])["value"]

    def press(self, button: str):
        """The page that a button leads to."""
        return self._open(self.sheet.submit("do", value=button).follow())

    def hand_in(self):
        """Press Finish, then Hand in; the review."""
        self.sheet.submit("do", value="finish", expect_errors=True)
        page = self.browser.get(f"{self.path}finish")
        return self.form(page, "/finish").submit().follow()

    def pass_time(self, minutes: int) -> None:
        """It is later: the attempt was begun so much earlier."""
        with self.site.write() as root:
            for attempt in root["site"].quizzes[self.quiz_key].attempts.values():
                attempt.started -= timedelta(minutes=minutes)
