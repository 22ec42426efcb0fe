"""A learner without a mouse: Tab finds things, Space, Enter and the arrows work them."""

import re

from playwright.sync_api import ElementHandle, Page

MOST = 2000
"""So many times somebody presses Tab before they say that a thing cannot be reached."""

KIND = """(element) => {
  const name = element.localName;
  if (name === "input") return element.type;
  if (name === "a" && element.closest(".choices")) return "way";
  return name;
}"""
NAME = """(element) =>
  (element.getAttribute("aria-label") || element.textContent || "").trim().replace(/\\s+/g, " ")"""
RIGHT = "(element) => 'right' in element.dataset"


class Keyboard:
    """The keys of a page, and what has the focus, in whichever frame it is."""

    def __init__(self, page: Page):
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def focused(self) -> ElementHandle:
        frame = self.page.main_frame
        while True:
            element = frame.evaluate_handle("document.activeElement || document.body").as_element()
            inner = element.content_frame()
            if inner is None:
                return element
            frame = inner

    def tab_to(self, role: str, name: str) -> None:
        """Press Tab until the thing has the focus.

        :param role: of an element: ``a``, ``button``
        """
        for _ in range(MOST):
            element = self.focused()
            if element.evaluate(KIND) == role and element.evaluate(NAME) == name:
                return
            self.press("Tab")
        raise AssertionError(f"Tab does not lead to {role} “{name}”.")

    def choose(self, role: str, name: str) -> None:
        self.tab_to(role, name)
        self.press("Enter")


class Learner:
    """Works through a part from top to bottom: opens what is closed, answers all rightly, goes every
    scenario to an end, writes a reflection and sends it.

    :ivar met: what was worked, by its kind and name
    """

    def __init__(self, keyboard: Keyboard):
        self.keyboard = keyboard
        self.met: list[tuple[str, str]] = []
        self._ways: set[str] = set()

    def work_through(self, until: str) -> None:
        """Go on until a button is found, and press it."""
        for _ in range(MOST):
            element = self.keyboard.focused()
            kind, name = element.evaluate(KIND), element.evaluate(NAME)
            if kind == "button" and name == until:
                self._press(kind, name)
                return
            if self._work(element, kind, name):
                self.met.append((kind, name))
            if self.keyboard.focused() == element or kind != "way":
                self.keyboard.press("Tab")
        raise AssertionError(f"Tab does not lead to “{until}”.")

    def _press(self, kind: str, name: str) -> None:
        self.met.append((kind, name))
        self.keyboard.press("Enter")

    def _work(self, element: ElementHandle, kind: str, name: str) -> bool:
        """What one thing asks for; whether it asked for anything."""
        works = {
            "summary": self._open,
            "radio": self._pick,
            "checkbox": self._tick,
            "select": self._match,
            "textarea": self._write,
            "way": self._go,
        }
        if kind in works:
            return works[kind](element)
        if kind == "button" and re.fullmatch(r"Check|Send.*", name):
            self.keyboard.press("Enter")
            return True
        return False

    def _open(self, element: ElementHandle) -> bool:
        if element.evaluate("element => element.parentElement.open"):
            return False
        self.keyboard.press("Enter")
        return True

    def _pick(self, element: ElementHandle) -> bool:
        """The arrows go from one answer of the group to the next, and choose it."""
        self.keyboard.press("Space")
        for _ in range(26):
            if self.keyboard.focused().evaluate(RIGHT):
                return True
            self.keyboard.press("ArrowDown")
        raise AssertionError("No answer of this question is right.")

    def _tick(self, element: ElementHandle) -> bool:
        if element.is_checked() != element.evaluate(RIGHT):
            self.keyboard.press("Space")
        return True

    def _match(self, element: ElementHandle) -> bool:
        for _ in range(26):
            if element.evaluate("element => element.value === element.dataset.right"):
                return True
            self.keyboard.press("ArrowDown")
        raise AssertionError("The right answer is not among those of this list.")

    def _write(self, element: ElementHandle) -> bool:
        self.keyboard.page.keyboard.type("A small step")
        return True

    def _go(self, element: ElementHandle) -> bool:
        """A way that was not gone yet, or any where all were."""
        address = element.get_attribute("href")
        if address in self._ways:
            return False
        self._ways.add(address)
        self.keyboard.press("Enter")
        return True
