"""The pages on results: axe finds nothing, and nothing is wider than a phone."""

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest

from assessments.attempts.finish import finish
from assessments.attempts.save import save
from assessments.attempts.start import start
from assessments.bank import items
from assessments.marking import regrade
from assessments.marking.marks import Given, Stage, mark
from assessments.questions.html import Html
from assessments.quizzes.plan import Settings
from browsers import author
from quizzes import add_quiz
from servers import Server
from sites import NOW
from tests.assessments.attempts.making import single
from tests.assessments.examples import ESSAY, MATCHING, MULTIPLE, SHORT
from tests.browser.axe import findings, needs_axe

pytestmark = pytest.mark.browser

PAGES = [
    "results",
    "marking",
    "marking?question={essay}",
    "{attempt}/look",
    "statistics",
    "regrade",
    "regrade/{run}",
    "export",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A running site, and in it a quiz that twelve people took; some of it is marked."""
    server = Server(tmp_path_factory.mktemp("results"))
    server.run("init")
    server.add_people("author", role="author")
    with server.writing() as found:
        quiz = add_quiz(
            found,
            [single("one"), SHORT, MULTIPLE, MATCHING, ESSAY],
            Settings(pass_percent=Decimal(50)),
        )
        for number in range(12):
            took(found.bank, quiz, f"l-{number}", good=number % 3 > 0)
        first, *_others = quiz.attempts.values()
        given = Given(Fraction(1, 3), Html("<p>Go on.</p>"), "Short.")
        mark(first, first.answers[-1], given, by="person:a", now=NOW, seen=Stage.MARK)
        item = first.answers[0].version.item
        items.save(item, single("other"), {}, now=NOW, by="")
        run = regrade.begin(quiz, {item.__name__: 2}, by="person:a", now=NOW + timedelta(days=1))
        regrade.go_on(run, NOW)
        server.names = {
            "essay": first.answers[-1].version.item.__name__,
            "attempt": first.__name__,
            "run": run.__name__,
        }
    server.start()
    yield server
    server.stop()


def took(bank, quiz, learner, *, good):
    attempt = start(bank, quiz, learner, (), NOW, random=Random(learner))
    for position, answer in enumerate(attempt.answers):
        question = answer.version.question
        response = question.right_response(answer.arrangement) if good else None
        posted = question.ask(answer.arrangement).fields(response or {})
        if question.kind == "essay":
            posted = {"text": ["First I would ask how they are."]}
        save(attempt, position, revision=0, posted=posted, now=NOW)
    finish(attempt, now=NOW + timedelta(minutes=12))


@needs_axe
@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_pages_on_results(chromium, site, language, scheme):
    with author(chromium, site, language, color_scheme=scheme) as page:
        found = {}
        for path in PAGES:
            page.goto(f"{site.url}/quizzes/quiz/{path.format(**site.names)}")
            found[path] = findings(page)

    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_no_page_on_results_is_wider_than_a_phone(chromium, site, language):
    with author(chromium, site, language, viewport={"width": 360, "height": 740}) as page:
        wider = []
        for path in PAGES:
            page.goto(f"{site.url}/quizzes/quiz/{path.format(**site.names)}")
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wider.append(path)

    assert wider == []
