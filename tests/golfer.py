"""A learner who takes the sample packages with sequencing in real Chromium."""

import re

from playwright.sync_api import expect

from shared import SHARED

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

NOT, NOW, DONE, PASSED, FAILED = "Not started", "In progress", "Completed", "Passed", "Not passed"

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


def complete_when_passed(visitor, slug: str) -> None:
    """The author lets the course be completed by passing it, which earns its certificate."""
    author = visitor("author")
    author.page.goto(f"{author.server.url}/courses/{slug}/edit")
    author.page.get_by_label("the package reports that it is passed").check()
    author.page.get_by_label("Content note").fill("Nothing that may distress.")
    author.press("Save")
    author.page.get_by_role("button", name="Start", exact=True).wait_for()
