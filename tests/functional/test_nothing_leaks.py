"""Nothing that a learner's browser can fetch during an attempt tells what is right.

A crawler that holds the learner's session fetches everything that it can find, on a quiz with a
question of every type, in whose keys, feedback, weights and tolerances words and numbers stand that
are nowhere else.
"""

import json
import re
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from fractions import Fraction
from statistics import median
from urllib.parse import urljoin, urlsplit

import pytest

from assessments.exchange.entries import QuestionFile
from assessments.questions.base import Hint, Question
from assessments.questions.choice import Verdicts
from assessments.questions.html import Html
from assessments.quizzes.plan import Band, Behaviour, Settings
from quizzes import Taker, add_quiz
from tests.assessments.examples import EXAMPLES, FILES, MORE, TRUTH

MARK = "zzsecret"
PICTURE = "the-chair-near-the-door-is-right.png"
TOLD = re.compile(r"zzsecret|8191|is-right\.png|(item|slot|section|category)\d")
"""What must be nowhere: the author's words and numbers, names of files, ids of the bank."""
SECRET = Html(f'<p>{MARK} <img src="files/{PICTURE}" alt="{MARK}"></p>')
UNSAID = {
    "feedback": SECRET,
    "when_true": SECRET,
    "when_false": SECRET,
    "for_markers": SECRET,
    "said": Verdicts(SECRET, SECRET, SECRET),
    "hints": (Hint(SECRET, tell_right=True),),
    "error": Decimal("0.8191"),
    "penalty": Fraction(1, 8191),
    "weight": Fraction(8191),
    "points": Fraction(8191),
    "least": Fraction(-1, 8191),
}
"""What a question has by these names, when it has it, is not for learners."""
KEYS = ("key", "answer", "right")
"""And by these, when they are texts."""
RATIO = 1.25
"""How far the medians of the times of right and wrong answers may be apart: far more than a
comparison of texts takes, and less than marking one answer does."""


def marked(value):
    """A question with secrets wherever learners must not look."""
    if isinstance(value, tuple):
        return tuple(marked(each) for each in value)
    if not is_dataclass(value):
        return value
    changes = {}
    for name in (each.name for each in fields(value)):
        held = getattr(value, name)
        if name in UNSAID and type(held) is type(UNSAID[name]):
            changes[name] = UNSAID[name]
        elif name in KEYS and isinstance(held, str) and held:
            changes[name] = f"{MARK}-{held}"
        elif name == "fraction" and held not in (0, 1):
            changes[name] = Fraction(8191, 16384)
        elif name == "name" and isinstance(value, Question):
            changes[name] = f"{MARK} {held}"
        elif type(value).__name__ in ("TextAnswer", "Criterion", "Level") and name in (
            "text",
            "html",
        ):
            changes[name] = SECRET
        elif name not in ("translations", "picture", "units", "variables"):
            changes[name] = marked(held)
    return replace(value, **changes)


QUESTIONS = [
    replace(marked(question), feedback=SECRET) for question in (*EXAMPLES.values(), *MORE.values())
]


class Crawler:
    """Fetches an address and whatever it leads to, with somebody's session; keeps everything."""

    def __init__(self, browser):
        self.browser = browser
        self.seen: dict[str, str] = {}

    def crawl(self, *starts: str) -> None:
        ahead = deque(starts)
        while ahead:
            url = ahead.popleft().partition("#")[0]
            if url in self.seen:
                continue
            answer = self.browser.get(url, expect_errors=True)
            body = answer.body.decode("utf-8", "replace")
            self.seen[url] = f"{answer.status}\n{answer.headers}\n{body}"
            ahead.extend(self._ahead(url, answer, body))

    def _ahead(self, url: str, answer, body: str) -> Iterator[str]:
        found = [answer.headers.get("Location", "")]
        if answer.content_type == "text/html":
            for element in answer.html.find_all(True):
                found += [
                    value
                    for name, value in element.attrs.items()
                    if name in ("href", "src", "action", "formaction") or name.endswith("-url")
                ]
            pages = answer.html.find_all("button", {"name": "do"})
            found += [f"?page={each['value'].rpartition('-')[2]}" for each in pages]
        elif answer.content_type == "text/javascript":
            found += re.findall(r'"(\./\w+\.js)"', body)
        for each in filter(None, found):
            address = urljoin(f"http://localhost:6543{url}", each)
            parts = urlsplit(address)
            # The addresses of the language page name the page before, without end.
            if parts.netloc == "localhost:6543" and "next=" not in parts.query:
                yield parts.path + (f"?{parts.query}" if parts.query else "")


@pytest.fixture(params=[Behaviour.DEFERRED, Behaviour.INTERACTIVE])
def learner(site, request) -> Taker:
    """Somebody in the midst of an attempt at everything."""
    files = {**FILES, PICTURE: QuestionFile("image/png", FILES["room.png"].content)}
    settings = Settings(
        behaviour=request.param, per_page=4, bands=(Band(Decimal(0), Html(f"<p>{MARK}</p>")),)
    )
    with site.write() as root:
        add_quiz(root["site"], QUESTIONS, settings, files=files)
    found = Taker(site, "member")
    found.start()
    return found


def test_a_crawler_finds_no_key_during_an_attempt(learner):
    crawler = Crawler(learner.browser)
    crawler.crawl(learner.address, learner.path)
    crawler.crawl(*(f"{learner.path}{name}" for name in GUESSED))
    leaks = {url: found for url, text in crawler.seen.items() if (found := TOLD.search(text))}
    assert leaks == {}
    assert len([url for url in crawler.seen if "?page=" in url]) >= 5
    assert len([url for url in crawler.seen if re.search(r"/files/\d+/[0-9a-f]{32}$", url)]) >= 3


GUESSED = (
    "clock",
    "review",
    "receipt",
    "finish",
    "save",
    "uploads/1",
    "files",
    "files/0/x",
    "files/99/x",
    "files/1",
    "files/9/room.png",
    "files/1/room.png",
)


def test_no_file_can_be_had_by_its_own_name(learner):
    for position in range(len(QUESTIONS)):
        for name in (*FILES, PICTURE):
            learner.browser.get(f"{learner.path}files/{position + 1}/{name}", status=404)


def test_pictures_are_sent_so_that_nothing_in_them_runs(learner):
    crawler = Crawler(learner.browser)
    crawler.crawl(learner.path)
    pages = "".join(crawler.seen.values())
    address = urlsplit(re.search(r'src="([^"]+/files/\d+/[0-9a-f]{32})"', pages)[1]).path
    answer = learner.browser.get(address)
    assert answer.content_type == "image/png"
    assert answer.body == FILES["room.png"].content
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert set(answer.headers["Cache-Control"].split(", ")) == {"private", "max-age=3600"}


def test_saving_tells_nothing_of_what_is_saved(learner):
    token = learner.sheet["csrf_token"].value
    answers = [
        {"position": position, "revision": 0, "fields": {name: ["1"] for name in NAMES}}
        for position in range(len(QUESTIONS))
    ]
    told = save(learner, token, "first", answers)
    stale = save(learner, token, "second", [{**each, "fields": {}} for each in answers])
    assert json.loads(told.text)["saved"]
    assert json.loads(stale.text)["conflicts"]
    for answer in (told, stale):
        assert not TOLD.search(f"{answer.headers}{answer.text}")


NAMES = ("answer", "pair-1", "order-1", "1", "left", "place", "hours", "light", "text")


def test_a_thousand_right_and_wrong_answers_look_the_same(site):
    with site.write() as root:
        add_quiz(root["site"], [TRUTH, TRUTH], Settings(per_page=0))
    learner = Taker(site, "member")
    token = learner.start().forms["answers"]["csrf_token"].value
    sizes, times = {True: set(), False: set()}, {True: [], False: []}
    for turn in range(500):
        for position in (0, 1):
            right = turn % 2 == position
            answer = {
                "position": position,
                "revision": turn,
                "fields": {"answer": ["1" if right else "2"]},
            }
            begun = time.perf_counter()
            told = save(learner, token, f"post-{turn:03}", [answer])
            times[right].append(time.perf_counter() - begun)
            digits = len(str(turn + 1))
            sizes[right].add((digits, len(told.body), told.headers["Content-Length"]))
            assert json.loads(told.text)["saved"][0]["revision"] == turn + 1
    assert sizes[True] == sizes[False]
    assert len(sizes[True]) == 3
    ratio = median(times[True]) / median(times[False])
    assert 1 / RATIO < ratio < RATIO


def save(learner: Taker, token: str, post: str, answers: list[dict]):
    return learner.browser.post(
        f"{learner.path}save",
        json.dumps({"post": post, "answers": answers}),
        headers={"X-CSRF-Token": token, "Content-Type": "application/json"},
    )
