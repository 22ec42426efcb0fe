"""A learner without a mouse: Tab finds things, Space, Enter and the arrows work them."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page

MOST = 600
"""So many times somebody presses Tab before they say that a thing cannot be reached."""
MOST_ANSWERS = 26

FOCUSED = """() => {
  let element = document.activeElement || document.body;
  while (element.contentDocument) {
    element = element.contentDocument.activeElement || element.contentDocument.body;
  }
  const name = element.getAttribute("aria-label") || element.textContent || "";
  const way = element.localName === "a" && element.closest(".choices");
  return {
    kind: way ? "way" : element.localName === "input" ? element.type : element.localName,
    name: name.trim().replace(/\\s+/g, " "),
    address: element.getAttribute("href"),
    open: Boolean(element.parentElement && element.parentElement.open),
    checked: Boolean(element.checked),
    right: "right" in element.dataset,
    matched: element.value !== undefined && element.value === element.dataset.right,
  };
}"""


@dataclass(frozen=True)
class Focused:
    """What has the focus.

    :param kind: name of its element, type of an input, or ``way`` on in a scenario
    :param open: whether it is the summary of something open
    :param right: whether it is a right answer; :param matched: whether it holds the right one
    """

    kind: str
    name: str
    address: str | None
    open: bool
    checked: bool
    right: bool
    matched: bool


class Keyboard:
    """The keys of a page, and what has the focus, in whichever frame it is."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)

    def focused(self) -> Focused:
        return Focused(**self.page.evaluate(FOCUSED))

    def tab_to(self, kind: str, name: str) -> None:
        """Press Tab until the thing has the focus."""
        for _ in range(MOST):
            found = self.focused()
            if (found.kind, found.name) == (kind, name):
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {kind} “{name}”.")

    def choose(self, kind: str, name: str) -> None:
        self.tab_to(kind, name)
        self.press("Enter")


class Learner:
    """Works through a part from top to bottom: opens what is closed, answers rightly, goes every
    scenario to an end, writes a reflection and sends it.

    :ivar met: what was worked, by its kind and name
    """

    def __init__(self, keyboard: Keyboard):
        self.keyboard = keyboard
        self.met: list[tuple[str, str]] = []
        self._ways: set[str | None] = set()
        self._works = {
            "summary": self._open,
            "radio": self._pick,
            "checkbox": self._tick,
            "select": self._match,
            "textarea": self._write,
            "way": self._go,
            "button": self._press,
        }

    def work_through(self, until: str) -> None:
        """Go on until a button is found, and press it."""
        for _ in range(MOST):
            found = self.keyboard.focused()
            if (found.kind, found.name) == ("button", until):
                self.keyboard.press("Enter")
                return
            worked = found.kind in self._works and self._works[found.kind](found)
            if worked:
                self.met.append((found.kind, found.name))
            if found.kind != "way" or not worked:  # a way leads the focus to the next step
                self.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to “{until}”.")

    def _open(self, found: Focused) -> bool:
        if not found.open:
            self.keyboard.press("Enter")
        return not found.open

    def _pick(self, found: Focused) -> bool:
        """The arrows go from one answer of the group to the next, and choose it."""
        self.keyboard.press("Space")
        for _ in range(MOST_ANSWERS):
            if self.keyboard.focused().right:
                return True
            self.keyboard.press("ArrowDown")
        raise AssertionError(f"No answer beside “{found.name}” is right.")

    def _tick(self, found: Focused) -> bool:
        if found.checked != found.right:
            self.keyboard.press("Space")
        return True

    def _match(self, found: Focused) -> bool:
        for _ in range(MOST_ANSWERS):
            if self.keyboard.focused().matched:
                return True
            self.keyboard.press("ArrowDown")
        raise AssertionError(f"The right answer is not in “{found.name}”.")

    def _write(self, _found: Focused) -> bool:
        self.keyboard.page.keyboard.type("A small step")
        return True

    def _go(self, found: Focused) -> bool:
        """A way that was not gone yet."""
        if found.address in self._ways:
            return False
        self._ways.add(found.address)
        self.keyboard.press("Enter")
        return True

    def _press(self, found: Focused) -> bool:
        wanted = re.fullmatch(r"Check|Send.*", found.name) is not None
        if wanted:
            self.keyboard.press("Enter")
        return wanted
