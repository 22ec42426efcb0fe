"""Three sample packages do what the comments of their manifests promise, for a learner who takes
them in real Chromium: forced order, a test drawn by chance, a course that its test alone decides.
"""

import re
import zipfile
from math import floor

import pytest
from playwright.sync_api import expect

from servers import PASSPHRASE, Client
from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

GOLF = SHARED / "scorm" / "golf"
FORCED = GOLF / "SequencingForcedSequential_SCORM20043rdEdition.zip"
RANDOM = GOLF / "SequencingRandomTest_SCORM20043rdEdition.zip"
ROLLUP = GOLF / "SequencingPostTestRollup4thEd_SCORM20044thEdition.zip"

PLAYING, ETIQUETTE, HANDICAPPING = "Playing the Game", "Etiquette", "Handicapping"
FUN, QUIZ, POST_TEST = "Having Fun", "Quiz", "Post Test"
READING = [PLAYING, ETIQUETTE, HANDICAPPING, FUN]
WITH_QUIZ, WITH_POST_TEST = [*READING, QUIZ], [*READING, POST_TEST]

TESTS = {
    "test_1": "The rules of golf are maintained by",
    "test_2": "When another player is attempting a shot",
    "test_3": "Which formula is used",
    "test_4": "To make friends on the golf course",
}
"""Each question bank of the random test, by the part that asks it, and how it begins."""

LIBRARY = """
window.$ = (selector) => ({
  element: document.querySelector(selector),
  dialog(what) { this.element.hidden = what !== "open"; },
  val(text) {
    if (text === undefined) return this.element.value;
    this.element.value = text;
  },
});
"""
"""What the third package uses of the library that it loads from another host, which it may not."""

ANOTHER_HOST = re.compile(rb'<script src="https://ajax\.googleapis\.com/[^"]+"[^>]*></script>')

STARTED = """() => {
  if (document.querySelector("main[data-session]")) return true;
  const content = window.frames.sco;
  if (!content || content.left || content.document.readyState !== "complete") return false;
  const page = content.document.getElementById("contentFrame");
  return Boolean(page && page.getAttribute("src")) && page.contentWindow.location.href === page.src
    && page.contentDocument.readyState === "complete";
}"""


class Golfer:
    """A learner in one course: reads, sits tests, moves on, and sees where they stand."""

    def __init__(self, visitor, slug: str):
        self.visitor, self.slug = visitor, slug
        self.page, self.press = visitor.page, visitor.press
        self.nav = self.page.get_by_role("navigation", name="Course contents")
        self.test = visitor.sco.frame_locator("#contentFrame")

    def begin(self, button: str, *, look: bool = False) -> None:
        """From the course page into the course."""
        self.go_to_course()
        if look:
            self.page.get_by_label("Only look").check()
        self.press(button)
        self.page.wait_for_selector("#player", state="attached")
        self.page.wait_for_function(STARTED)

    def go_to_course(self) -> None:
        self.page.goto(f"{self.visitor.server.url}/courses/{self.slug}")

    # Moving

    def _moved(self, move) -> None:
        self.visitor.frame().evaluate("() => { window.left = true; }")
        move()
        self.page.wait_for_function(STARTED)

    def move(self, name: str) -> None:
        """Press ``Previous``, ``Continue``, ``Suspend`` or ``Exit``, and see where it leads."""
        self._moved(lambda: self.press(name))

    def entry(self, title: str):
        return self.nav.get_by_role("button", name=title, exact=True)

    def choose(self, title: str) -> None:
        """Take a part from the contents."""
        self._moved(self.entry(title).click)

    def jump(self) -> None:
        """Use the button that the third package has in every part."""
        self._moved(self.visitor.sco.get_by_role("button", name="Skip to the Test").click)

    # Taking content

    def turn(self, pages: int) -> None:
        for _ in range(pages):
            self.visitor.sco.locator("#butNext").click()

    def read(self) -> None:
        """Page to the end of the part."""
        following = self.visitor.sco.locator("#butNext")
        while following.is_enabled():
            following.click()
        self.page.wait_for_function(STARTED)

    def read_on(self) -> None:
        """Read this part, and go to the next."""
        self.read()
        self.move("Continue")

    def sit(self, right: int = 100) -> int:
        """Answer so many of the test's questions right, the others wrong, and hand in.

        :returns: the score that the page shows, in percent
        """
        for number, question in enumerate(self.test.locator(".question").all()):
            good = question.locator(".correctAnswer")
            written = question.get_by_role("textbox")
            if written.count():
                solution = re.search(r"\d+", good.inner_text())[0]
                written.fill(solution if number < right else "99")
            elif number < right:
                good.get_by_role("radio").check()
            else:
                question.locator(".answer").first.get_by_role("radio").check()
        self.test.get_by_role("button", name="Submit Answers").click()
        heading = self.test.get_by_role("heading", name="Score:").inner_text()
        return int(heading.removeprefix("Score: "))

    def drawn(self) -> str:
        """Which test is before the learner, by its first question."""
        asked = self.test.locator(".question").first.inner_text()
        return next(key for key, words in TESTS.items() if asked.startswith(words))

    # What they see

    def sees(self, current: str, *, open_: list[str], says: list[str] | None = None) -> None:
        """The contents mark where they are, offer these parts and no others, and say this of each
        part."""
        expect(self.nav.locator("[aria-current=page]")).to_have_text([current])
        expect(self.nav.get_by_role("button", disabled=False)).to_have_text(open_)
        if says is not None:
            expect(self.nav.locator(".status")).to_have_text(says)

    def may(self, name: str, allowed: bool) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        expect(button).to_be_enabled(enabled=allowed)

    def result(self, heading: str) -> dict[str, str]:
        """What the page says at the end, without the time."""
        expect(self.page.locator("main[data-session=ended]")).to_be_visible()
        self.page.get_by_role("heading", name=heading, exact=True).wait_for()
        rows = self.page.locator("main dl > div").all()
        found = {row.locator("dt").inner_text(): row.locator("dd").inner_text() for row in rows}
        found.pop("Time", None)
        return found

    def course(self, button: str, words: str) -> None:
        """The course's page, one click away, says so and offers that."""
        self.page.get_by_role("link", name="Back to the course").click()
        self.page.get_by_role("button", name=button, exact=True).wait_for()
        expect(self.page.get_by_role("article")).to_contain_text(words)

    def learning(self) -> str:
        """The course's line in My learning, without title and time: ``completed · score 80 %``."""
        self.page.goto(f"{self.visitor.server.url}/learning/")
        row = self.page.get_by_role("listitem").filter(
            has=self.page.locator(f"a[href$='/courses/{self.slug}/']")
        )
        words = row.locator("p").first.inner_text().split(" · ")
        return " · ".join(word for word in words if not word.endswith("min"))

    # What was kept

    def shown(self) -> dict:
        return self.visitor.server.run("runtime", "show", self.slug, "member")

    def tracking(self, activity: str) -> dict:
        return self.shown()["tracking"]["tracking"].get(activity, {})


@pytest.fixture
def published(server, request):
    """Publishes a package as this test's own course; its address."""

    def publish(package) -> str:
        slug = re.sub(r"[^a-z0-9]+", "-", request.node.name.lower())[5:].strip("-")
        server.run("packages", "import", str(package), "--course", slug, "--publish")
        return slug

    return publish


@pytest.fixture
def golfer(published, learner):
    """A learner who is about to start a package."""
    made = []

    def enter(package) -> Golfer:
        made.append(Golfer(learner, published(package)))
        return made[-1]

    learner.dialogs.clear()
    yield enter
    refused = [words for words in learner.dialogs if "Error" in words]
    assert refused == []
    assert learner.problems == learner.foreign == []


def complete_when_passed(visitor, slug: str) -> None:
    """The author lets the course be completed by passing it, and gives a certificate for that."""
    author = visitor("author")
    author.page.goto(f"{author.server.url}/courses/{slug}/edit")
    author.page.get_by_label("the package reports that it is passed").check()
    author.page.get_by_label("Issue a certificate on completion").check()
    author.press("Save")
    author.page.get_by_role("button", name="Start", exact=True).wait_for()


NOT, NOW, DONE, PASSED, FAILED = "Not started", "In progress", "Completed", "Passed", "Not passed"


# Forced order: a part opens when the one before it is satisfied; one may always go back.


def test_in_forced_order_a_part_opens_when_the_one_before_it_is_read(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    for number, title in enumerate(READING):
        learner.sees(title, open_=WITH_QUIZ[: number + 1])
        learner.may("Continue", False)
        learner.may("Previous", number > 0)
        learner.read()
        learner.sees(title, open_=WITH_QUIZ[: number + 2])
        learner.may("Continue", True)
        learner.move("Continue")
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [DONE])
    assert learner.sit() == 100
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 5)
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed, Passed"}
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed"


def test_in_forced_order_nothing_happens_when_a_later_part_is_pressed(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.turn(2)
    learner.entry(ETIQUETTE).click(force=True)
    learner.entry(QUIZ).click(force=True)
    learner.turn(1)
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW] + [NOT] * 4)
    assert set(learner.shown()["activities"]) == {"playing_item"}


def test_in_forced_order_one_may_go_back_and_loses_nothing(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.read_on()
    learner.read_on()
    learner.turn(1)
    learner.choose(PLAYING)
    learner.sees(PLAYING, open_=READING[:3], says=[PASSED, PASSED, NOW, NOT, NOT])
    learner.move("Continue")
    learner.sees(ETIQUETTE, open_=READING[:3])
    learner.move("Previous")
    learner.sees(PLAYING, open_=READING[:3])
    learner.may("Previous", False)
    learner.choose(HANDICAPPING)
    learner.may("Continue", False)
    expect(learner.test.get_by_role("heading").first).to_have_text("Calculating a Handicap")
    learner.read()
    learner.may("Continue", True)
    assert [learner.tracking(key)["attempt_count"] for key in ("playing_item", "etuqiette_item")]


def test_in_forced_order_what_is_open_stays_open_when_the_course_is_resumed(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.read_on()
    learner.turn(1)
    learner.move("Suspend")
    assert learner.result("Your place is kept")["Result"] == "Not completed yet"
    learner.course("Resume", "Still missing: 4 parts")
    learner.begin("Resume")
    learner.sees(ETIQUETTE, open_=READING[:2], says=[PASSED, NOW, NOT, NOT, NOT])
    learner.may("Continue", False)
    learner.read()
    learner.sees(ETIQUETTE, open_=READING[:3])


def test_in_forced_order_leaving_half_way_opens_nothing(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    learner.turn(3)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    assert learner.learning() == "in progress"
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW] + [NOT] * 4)
    learner.turn(1)
    learner.sees(PLAYING, open_=READING[:2])


def test_in_forced_order_a_failed_quiz_fails_the_course_until_it_is_passed(golfer, visitor):
    learner = golfer(FORCED)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    assert learner.sit(right=3) == 20
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [FAILED])
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed, Not passed"}
    learner.course("Resume", "Still missing: pass the course.")
    expect(learner.page.get_by_role("link", name="Certificate", exact=True)).to_have_count(0)
    learner.begin("Resume")
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[PASSED] * 4 + [FAILED])
    assert learner.sit() == 100
    learner.move("Exit")
    assert learner.result("You have completed the course") == {"Result": "Completed, Passed"}
    learner.course("Review", "You have completed this course.")
    learner.page.get_by_role("link", name="Certificate", exact=True).wait_for()


def test_in_forced_order_a_quiz_that_is_not_handed_in_passes_nothing(golfer, visitor):
    learner = golfer(FORCED)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.move("Continue")
    assert learner.result("You have completed the course") == {"Result": "Completed"}
    learner.course("Resume", "Still missing: pass the course.")


def test_in_forced_order_a_completed_course_is_begun_again_in_its_order(golfer):
    learner = golfer(FORCED)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.sit()
    learner.move("Continue")
    learner.begin("Review")
    learner.sees(PLAYING, open_=[PLAYING], says=["In progress", *[PASSED] * 4])
    learner.read_on()
    learner.move("Exit")
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed"


# A test drawn by chance: closed until all is read; two attempts; the last score counts.


def reader(golfer) -> Golfer:
    """A learner who has read everything, and is in the random test."""
    learner = golfer(RANDOM)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    return learner


def test_the_random_test_opens_when_all_is_read_in_whatever_order(golfer):
    learner = golfer(RANDOM)
    learner.begin("Start")
    learner.sees(PLAYING, open_=READING, says=[NOW] + [NOT] * 4)
    for title in reversed(READING[1:]):
        learner.choose(title)
        learner.read()
        learner.sees(title, open_=READING)
    learner.choose(FUN)
    learner.may("Continue", False)
    learner.choose(PLAYING)
    learner.turn(3)
    learner.sees(PLAYING, open_=READING, says=[NOW, PASSED, PASSED, PASSED, NOT])
    learner.turn(1)
    learner.sees(PLAYING, open_=WITH_POST_TEST)
    learner.choose(POST_TEST)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])


def test_the_random_test_is_one_of_four_and_passing_it_ends_the_course(golfer):
    learner = reader(golfer)
    learner.sees(POST_TEST, open_=WITH_POST_TEST)
    order = learner.tracking("posttest_item")["available"]
    assert sorted(order) == sorted(TESTS)
    assert learner.drawn() == order[0]
    expect(learner.page.get_by_role("button", name="Suspend", exact=True)).to_have_count(0)
    assert learner.sit() == 100
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed · score 100 %"


def test_after_a_failed_random_test_another_is_drawn_and_its_score_is_the_course_s(golfer):
    learner = reader(golfer)
    assert learner.sit(right=0) == 0
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [FAILED])
    learner.move("Continue")
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    tracking = learner.tracking("posttest_item")
    assert tracking["attempt_count"] == 2
    assert learner.drawn() == tracking["available"][0]
    assert learner.sit() == 100
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }


def test_a_random_test_failed_twice_completes_the_course_and_is_closed(golfer, visitor):
    learner = golfer(RANDOM)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    first = learner.sit(right=1)
    learner.move("Continue")
    assert learner.sit(right=0) == 0
    learner.move("Continue")
    assert 0 < first < 70
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "0 %",
    }
    learner.course("Resume", "Still missing: pass the course.")
    assert learner.learning() == "in progress · score 0 %"
    learner.begin("Resume")
    learner.sees(PLAYING, open_=READING, says=[PASSED] * 4 + [FAILED])
    learner.choose(FUN)
    learner.may("Continue", False)


def test_a_random_test_left_unanswered_is_an_attempt_that_is_gone(golfer):
    learner = reader(golfer)
    learner.choose(ETIQUETTE)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    assert learner.tracking("posttest_item")["attempt_count"] == 2
    learner.choose(ETIQUETTE)
    assert learner.result("You have completed the course") == {"Result": "Completed"}


def test_leaving_the_course_from_the_random_test_leaves_one_attempt(golfer):
    learner = reader(golfer)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    learner.course("Resume", "Still missing: 1 part (Post Test).")
    parts = learner.page.get_by_role("article").get_by_role("listitem").locator("bdi")
    expect(parts).to_have_text(WITH_POST_TEST)
    learner.begin("Resume")
    learner.sees(PLAYING, open_=WITH_POST_TEST, says=[PASSED] * 4 + [NOW])
    learner.choose(POST_TEST)
    learner.sit(right=0)
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "0 %",
    }


def test_who_closes_the_window_in_the_random_test_comes_back_to_the_same(golfer):
    learner = reader(golfer)
    drawn = learner.drawn()
    order = learner.tracking("posttest_item")["available"]
    learner.visitor.saved()
    learner.page.goto("about:blank")
    learner.begin("Resume")
    learner.sees(POST_TEST, open_=WITH_POST_TEST)
    assert learner.drawn() == drawn
    assert learner.tracking("posttest_item")["available"] == order
    assert learner.tracking("posttest_item")["attempt_count"] == 1
    learner.sit()
    learner.move("Continue")
    assert learner.result("You have completed the course")["Score"] == "100 %"


def test_the_random_test_is_drawn_for_each_learner_and_stays_the_same_over_a_pause(
    server, published
):
    slug = published(RANDOM)
    more = [f"golfer-{number}" for number in range(3)]
    for name in more:
        server.run("people", "add", name, "--password-stdin", given=PASSPHRASE)
    orders = set()
    for name in ("member", "author", "admin", *more):
        client = Client(server)
        client.sign_in(name)
        client.launch(slug)
        orders.add(drawn := drawn_for(server, slug, name))
        if name == "member":
            client.launch(slug)
            assert drawn_for(server, slug, name) == drawn
        client.close()
    assert all(sorted(order) == sorted(TESTS) for order in orders)
    assert len(orders) > 1


def drawn_for(server, slug: str, username: str) -> tuple[str, ...]:
    tracking = server.run("runtime", "show", slug, username)["tracking"]["tracking"]
    return tuple(tracking["posttest_item"]["available"])


def test_a_passed_random_test_is_not_taken_again_and_looking_keeps_nothing(golfer):
    learner = reader(golfer)
    learner.sit()
    learner.move("Continue")
    begun_again = ["In progress", *[PASSED] * 4]
    learner.begin("Review")
    learner.sees(PLAYING, open_=READING, says=begun_again)
    learner.move("Exit")
    before = learner.shown()
    learner.begin("Review", look=True)
    learner.sees(PLAYING, open_=WITH_POST_TEST, says=begun_again)
    learner.choose(POST_TEST)
    learner.sit(right=0)
    learner.sees(POST_TEST, open_=WITH_POST_TEST, says=begun_again)
    learner.move("Exit")
    after = learner.shown()
    assert [after[key] for key in ("tracking", "activities", "result")] == [
        before[key] for key in ("tracking", "activities", "result")
    ]
    assert learner.learning() == "completed · score 100 %"


# The test alone decides: reading opens what comes next by completion; the test can be jumped to.


@pytest.fixture(scope="module")
def rollup(tmp_path_factory):
    """The third package with the few lines that it needs of its library beside it."""
    path = tmp_path_factory.mktemp("rollup") / "package.zip"
    with zipfile.ZipFile(ROLLUP) as given, zipfile.ZipFile(path, "w") as archive:
        for name in given.namelist():
            data = given.read(name)
            if name == "shared/launchpage.html":
                data, changed = ANOTHER_HOST.subn(b"", data)
                assert changed == 2
                data = data.replace(b"<head>", b'<head><script src="library.js"></script>', 1)
            archive.writestr(name, data)
        archive.writestr("shared/library.js", LIBRARY)
    return path


def test_what_is_read_opens_the_next_part_and_at_last_the_quiz(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    for number, title in enumerate(READING):
        learner.sees(title, open_=WITH_QUIZ[: number + 1])
        # The quiz is hidden from choice alone, so that one may jump there; it can be flowed into.
        learner.may("Continue", title == FUN)
        learner.read()
        learner.sees(title, open_=WITH_QUIZ[: number + 2])
        learner.move("Continue")
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[DONE] * 4 + [NOW])
    assert learner.sit() == 100
    learner.sees(QUIZ, open_=WITH_QUIZ, says=[DONE] * 4 + [PASSED])
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    assert learner.learning() == "completed · score 100 %"


def test_reading_alone_neither_completes_nor_passes_the_course(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    for _ in READING:
        learner.read_on()
    learner.choose(FUN)
    learner.move("Exit")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    # Weights 0.5, 0.3, 0.4 and 0.3 of 1.6 are read; the quiz's 0.1 is not.
    assert learner.tracking("golf_sample_default_org")["progress_measure"] == 0.9375
    learner.course("Resume", "Still missing: 1 part (Quiz).")


def test_from_the_first_part_one_can_skip_to_the_quiz_and_its_result_is_the_course_s(
    golfer, rollup
):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.turn(2)
    learner.sees(PLAYING, open_=[PLAYING], says=[NOW, NOT, NOT, NOT])
    expect(learner.entry(QUIZ)).to_have_count(0)
    learner.jump()
    learner.sees(QUIZ, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])
    score = learner.sit(right=12)
    assert score == 80
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "80 %",
    }
    # Half of the first part's 0.5 of 1.6 is read.
    assert floor(learner.tracking("golf_sample_default_org")["progress_measure"] * 10000) == 1562
    learner.course("Review", "You have completed this course.")
    assert learner.learning() == "completed · score 80 %"


def test_a_quiz_once_opened_may_be_chosen_again_though_nothing_before_it_is_read(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.choose(PLAYING)
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])
    learner.may("Continue", False)
    learner.move("Suspend")
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ])
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=[PLAYING, QUIZ])
    learner.may("Previous", False)


def test_a_failed_quiz_is_the_course_s_result_until_it_is_taken_again(golfer, rollup, visitor):
    learner = golfer(rollup)
    complete_when_passed(visitor, learner.slug)
    learner.begin("Start")
    learner.jump()
    assert learner.sit(right=6) == 40
    learner.move("Continue")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Not passed",
        "Score": "40 %",
    }
    learner.course("Resume", "Still missing: pass the course.")
    expect(learner.page.get_by_role("link", name="Certificate", exact=True)).to_have_count(0)
    assert learner.learning() == "in progress · score 40 %"
    learner.begin("Resume")
    learner.choose(QUIZ)
    learner.sees(QUIZ, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, FAILED])
    assert learner.sit() == 100
    learner.move("Exit")
    assert learner.result("You have completed the course") == {
        "Result": "Completed, Passed",
        "Score": "100 %",
    }
    learner.course("Review", "You have completed this course.")
    learner.page.get_by_role("link", name="Certificate", exact=True).wait_for()


def test_a_quiz_that_is_left_unanswered_completes_nothing(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.move("Continue")
    assert learner.result("You have left the course") == {"Result": "Not completed yet"}
    learner.begin("Resume")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, NOW])


def test_notes_are_kept_from_part_to_part_and_over_a_pause(golfer, rollup):
    learner = golfer(rollup)
    sco = learner.visitor.sco
    learner.begin("Start")
    note = sco.locator("#txtNotes")
    sco.get_by_role("button", name="Notes").click()
    note.fill("Shout “Fore!”")
    sco.get_by_role("button", name="Save").click()
    learner.jump()
    sco.get_by_role("button", name="Notes").click()
    expect(note).to_have_value("Shout “Fore!”")
    learner.move("Suspend")
    learner.begin("Resume")
    learner.sees(QUIZ, open_=[PLAYING, QUIZ])
    sco.get_by_role("button", name="Notes").click()
    expect(note).to_have_value("Shout “Fore!”")


def test_who_only_looks_may_open_all_that_was_skipped_and_nothing_of_it_is_kept(golfer, rollup):
    learner = golfer(rollup)
    learner.begin("Start")
    learner.jump()
    learner.sit()
    learner.move("Continue")
    learner.begin("Review")
    learner.sees(PLAYING, open_=[PLAYING, QUIZ], says=[NOW, NOT, NOT, NOT, PASSED])
    learner.move("Exit")
    before = learner.shown()
    learner.begin("Review", look=True)
    learner.sees(PLAYING, open_=WITH_QUIZ, says=[NOW, NOT, NOT, NOT, PASSED])
    learner.choose(HANDICAPPING)
    learner.read()
    learner.sees(HANDICAPPING, open_=WITH_QUIZ, says=[NOW, NOT, NOT, NOT, PASSED])
    learner.choose(QUIZ)
    learner.sit(right=0)
    learner.move("Exit")
    after = learner.shown()
    assert [after[key] for key in ("tracking", "activities", "result")] == [
        before[key] for key in ("tracking", "activities", "result")
    ]
    assert learner.learning() == "completed · score 100 %"
