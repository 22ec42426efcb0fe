"""A learner in Chromium on a running site, who sees what a person sees: buttons and contents by
role and name, and the pages between one session and the next."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Locator
from playwright.sync_api import TimeoutError as NotInTime

from browsers import Visitor
from conformance.cases import Case, Launch
from conformance.packages import build
from conformance.walk import Astray
from servers import Server

COME = """() => {
  const content = window.frames.sco;
  const over = document.querySelector("main[data-session=ended]");
  return (content && content.waiting) || over !== null;
}"""
OPENING = re.compile("^(Start|Resume|Review)$")


def username(name: str) -> str:
    """Each case has a learner of its own: what one leaves behind, no other can find."""
    return _plain(f"learner-{name}")


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]+", "-", name.lower())


@contextmanager
def site(folder: Path, cases: Iterable[str]) -> Iterator[Server]:
    """A running site that has the learners of the cases."""
    server = Server(folder)
    server.run("init")
    server.add_people(*map(username, cases))
    server.start()
    try:
        yield server
    finally:
        server.stop()


@contextmanager
def learner(chromium: Browser, server: Server, found: Case, folder: Path) -> Iterator["Learner"]:
    """The learner of a case, whose packages are courses on the site."""
    courses = {}
    for package, manifest in found.packages.items():
        courses[package] = _plain(f"{found.name} {package}")
        archive = str(build(package, manifest, folder))
        server.run("packages", "import", archive, "--course", courses[package], "--publish")
    visitor = Visitor(chromium, server, username(found.name))
    yield Learner(visitor, courses)
    visitor.close()


class Learner:
    """:param courses: the name that the site has for each package's course"""

    def __init__(self, visitor: Visitor, courses: Mapping[str, str]):
        self.visitor = visitor
        self.page = visitor.page
        self.courses = courses
        self.package = ""

    def open(self, package: str) -> None:
        """Through the course's page, with whatever its button says."""
        if package == self.package:
            self._way_back().click()
        else:
            self.page.goto(self._address(package))
        self.page.get_by_role("button", name=OPENING).click()
        self.page.wait_for_selector("#player", state="attached")
        self.package = package

    def _address(self, package: str) -> str:
        return f"{self.visitor.server.url}/courses/{self.courses[package]}"

    def _way_back(self) -> Locator:
        return self.page.get_by_role("link", name="Back to the course", exact=True)

    def arrive(self, launch: Launch) -> None:
        try:
            self.page.wait_for_function(COME)
        except NotInTime:
            raise Astray(f"{launch.key} did not come. {self._there()}") from None
        act = self.page.evaluate("window.frames.sco.waiting ? window.frames.sco.act : null")
        if act is None:
            raise Astray(f"{launch.key} did not come. {self._there()}")
        if act != launch.activity:
            raise Astray(f"Instead of {launch.key}, activity {act} came.")

    def _there(self) -> str:
        return f"The page says: {' '.join(self.page.locator('body').inner_text().split())}"

    def play(self, launch: Launch) -> list[list[str]]:
        calls = [step.call for step in launch.steps]
        return self.visitor.frame().evaluate("(calls) => window.play(calls)", calls)

    def say_goodbye(self) -> None:
        answered = self.visitor.frame().evaluate("window.goodbye()")
        if answered not in (None, ["true", "0"]):
            raise Astray(f"Terminate answered {answered}.")

    def settle(self) -> None:
        try:
            self.page.wait_for_selector("#save[data-save=saved]", state="attached")
        except NotInTime:
            raise Astray(f"The player says: {self.page.locator('#save').inner_text()}") from None

    def press(self, control: str) -> None:
        if not self.can_press(control):
            raise Astray(f"{control} cannot be pressed.")
        self._usable(control).click()

    def choose(self, title: str) -> None:
        self.page.locator("nav[aria-label='Course contents'] button").first.wait_for(
            state="attached"
        )
        if not self.can_choose(title):
            raise Astray(f"“{title}” cannot be chosen.")
        self._choosable(title).first.click()

    def can_press(self, control: str) -> bool:
        return self._usable(control).count() > 0

    def _usable(self, control: str) -> Locator:
        return self.page.get_by_role("button", name=control, exact=True, disabled=False)

    def can_choose(self, title: str | None) -> bool:
        """The contents may be folded behind their button."""
        fold = self.page.get_by_role("button", name="Contents", exact=True, expanded=False)
        if fold.count():
            fold.click()
        return self._choosable(title).count() > 0

    def _choosable(self, title: str | None) -> Locator:
        contents = self.page.get_by_role("navigation", name="Course contents", exact=True)
        return contents.get_by_role("button", name=title, exact=True, disabled=False)

    def is_over(self) -> bool:
        try:
            self.page.wait_for_selector("main[data-session=ended]")
        except NotInTime:
            return False
        self.settle()
        heading = self.page.get_by_role("main").get_by_role("heading")
        way_back = self._way_back()
        return (
            heading.is_visible()
            and way_back.count() == 1
            and (way_back.get_attribute("href") or "").rstrip("/") == self._address(self.package)
        )
