"""A learner in real Chromium whose content keeps count of every value that it was promised, and
on whose page everything that is said about saving is written down and checked as it is said."""

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Route

import smallest
from servers import Client, Server

WITNESS = """(() => {
  if (window !== window.top) {
    // In content: what SetValue answered "true" to is promised, and nothing else.
    window.worked = [];
    window.put = (pairs) => pairs.filter(([element, value]) => {
      const taken = set(element, value) === "true";
      if (taken) window.parent.witness(element, value);
      return taken;
    });
    window.work = (rounds, every) => {
      window.round = 0;
      const timer = setInterval(() => {
        if (window.round === rounds.length) clearInterval(timer);
        else worked.push(...put(rounds[window.round++]));
      }, every);
    };
    return;
  }
  const pending = new Map();
  const sent = new Map();
  let acknowledged = 0;
  let before = "";
  const note = (kind, what) => console.debug(`witness ${JSON.stringify([kind, what])}`);
  const shown = (id) => {
    const element = document.getElementById(id);
    return element && !element.hidden ? element.textContent : "";
  };
  const look = () => {
    const save = document.getElementById("save");
    if (!save) return;
    const now = [save.dataset.save, save.textContent, shown("notice"), shown("sheet")];
    if (JSON.stringify(now) !== before) note("told", now);
    before = JSON.stringify(now);
    // The words follow "saving" after a moment, so that they do not flicker; never "unsaved".
    const claimed = now[0] === "saved" || (now[0] === "unsaved" && now[1] === "Saved");
    if (claimed && pending.size) note("lie", [now, Array.from(pending.keys())]);
  };
  new MutationObserver(look).observe(document, {
    subtree: true, childList: true, characterData: true, attributes: true,
  });
  window.witness = (element, value) => {
    pending.set(element, value);
    look();
  };
  const send = window.fetch;
  window.fetch = async (url, options = {}) => {
    const post = options.method === "POST";
    const { entries = [] } = post ? JSON.parse(options.body) : {};
    for (const { number, values = [] } of entries) sent.set(number, values);
    const answer = await send(url, options);
    if (!post || !answer.ok) return answer;
    const said = await answer.clone().json().catch(() => ({}));
    for (; acknowledged < said.acknowledged; acknowledged += 1) {
      for (const [element, value] of sent.get(acknowledged + 1) || []) {
        if (pending.get(element) === value) pending.delete(element);
      }
    }
    return answer;
  };
})()"""

HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
  delete document.visibilityState;
}"""

TURNS = 2000
"""Of ten milliseconds and more: so long a page may take for something."""

COMMENTS = "cmi.comments"
"""The element of SCORM 1.2 to which every value is added (RTE 3.4.4): told twice, it shows."""


def missing(
    values: dict[str, str], taken: list[tuple[str, str]]
) -> dict[str, tuple[str, str | None]]:
    """What values lack of what was taken, in order: element → what it was, what there is."""
    assert taken
    last: dict[str, str] = {}
    for element, value in taken:
        last[element] = last.get(element, "") + value if element == COMMENTS else value
    return {name: (last[name], values.get(name)) for name in last if values.get(name) != last[name]}


class Told(NamedTuple):
    """What the page says at one moment: its mark, its words, the notice and the calm page."""

    save: str
    status: str
    notice: str
    sheet: str


def answers(
    standard: str, first: int = 0, questions: int = 10, by: str = ""
) -> list[tuple[str, str]]:
    """Four elements for each question, and those that keep the place and change.

    :param by: who answers, where two do
    """
    response = "learner_response" if standard == "2004" else "student_response"
    pairs = []
    for number in range(first, first + questions):
        record = f"cmi.interactions.{number}"
        pairs += [
            (f"{record}.id", f"question-{number}"),
            (f"{record}.type", "fill-in"),
            (f"{record}.{response}", f"réponse {number} ✓ {by}"),
            (f"{record}.result", "correct"),
        ]
    last = first + questions
    pairs += [
        (smallest.LOCATION[standard], f"page {last} {by}".strip()),
        ("cmi.suspend_data", json.dumps({"seen": list(range(last)), "by": by})),
    ]
    return pairs if standard == "2004" else [*pairs, (COMMENTS, f"[{first} to {last} {by}]")]


class Learner:
    """One person with one page of a course in a browser.

    ``taken`` is what SetValue took, in order; ``told`` is everything the page said, ``lies`` what
    it said to be saved while the server had not acknowledged it; ``posts`` the commits it sent,
    ``statuses`` how they were answered.
    """

    def __init__(self, context: BrowserContext, server: Server, course: str, username: str):
        self.context = context
        self.server = server
        self.course = course
        self.username = username
        self.standard = "1.2" if course.endswith("1-2") else "2004"
        self.location = smallest.LOCATION[self.standard]
        self.taken: list[tuple[str, str]] = []
        self.told: list[Told] = []
        self.lies: list[object] = []
        self.posts: list[str] = []
        self.statuses: list[int] = []
        self.page = self._new_page()

    def _new_page(self) -> Page:
        page = self.context.new_page()
        page.add_init_script(WITNESS)
        page.on("console", self._hear)
        page.on("request", self._sent)
        page.on("response", self._answered)
        return page

    def _hear(self, message) -> None:
        if not message.text.startswith("witness "):
            return
        kind, what = json.loads(message.text.removeprefix("witness "))
        if kind == "lie":
            self.lies.append(what)
        else:
            self.told.append(Told(*what))

    def _sent(self, request) -> None:
        if request.url.endswith("/commit"):
            self.posts.append(request.post_data)

    def _answered(self, response) -> None:
        if response.url.endswith("/commit"):
            self.statuses.append(response.status)

    # Coming and going

    def sign_in(self) -> None:
        """With the cookies of somebody who has."""
        client = Client(self.server)
        client.sign_in(self.username)
        client.close()
        self.context.add_cookies(
            [{"name": k, "value": v, "url": self.server.url} for k, v in client.cookies.items()]
        )

    def open(self) -> None:
        """Start the course, or go on with it, and wait until its content has begun."""
        self.page.goto(f"{self.server.url}/courses/{self.course}")
        self.page.get_by_role("button", name=re.compile("^(Start|Resume)$")).click()
        self.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
        self.frame = self.page.frame(name="sco")

    def open_again(self) -> None:
        """In a new tab of the same browser."""
        self.page = self._new_page()
        self.open()

    def another_tab(self) -> "Learner":
        """The same person in the same browser."""
        return Learner(self.context, self.server, self.course, self.username)

    def cut(self) -> None:
        self.context.set_offline(True)

    def leave(self) -> None:
        """Turn to another page, as on a phone, and perhaps come back."""
        self.page.evaluate(HIDE)

    def mend(self) -> None:
        self.context.set_offline(False)

    # What content does

    def put(self, values: Iterable[tuple[str, str]]) -> bool:
        """Set values; whether all were taken."""
        values = list(values)
        taken = self.frame.evaluate("pairs => put(pairs)", values)
        self.taken += map(tuple, taken)
        return len(taken) == len(values)

    def answer(self, first: int = 0, by: str = "") -> bool:
        """Ten questions, and where the learner is."""
        return self.put(answers(self.standard, first, by=by))

    def commit(self) -> str:
        return self.frame.evaluate("commit()")

    def get(self, element: str) -> str:
        return self.frame.evaluate("name => get(name)", element)

    def work(self, rounds: int, every: int = 20) -> None:
        """Content goes on by itself, with a question and a new place every so many milliseconds."""
        values = [answers(self.standard, number, 1) for number in range(rounds)]
        self.frame.evaluate("([rounds, every]) => work(rounds, every)", [values, every])

    def at_work(self, rounds: int) -> None:
        """Wait until content has come so far."""
        self.page.wait_for_function("n => window.frames.sco.round >= n", arg=rounds)
        self.taken += map(tuple, self.frame.evaluate("worked.splice(0)"))

    # What the page says

    def hears(self, mark: tuple[str, str], *notice: str) -> None:
        """Wait until the page says this.

        :param mark: of saving, and its words
        :param notice: parts of the notice; none for no notice
        """
        self.page.wait_for_function(
            """([save, status, parts]) => {
              const state = document.querySelector("[role=status]");
              const notice = document.getElementById("notice");
              return state.dataset.save === save && state.textContent === status &&
                notice.hidden === !parts.length &&
                parts.every((part) => notice.textContent.includes(part));
            }""",
            arg=[*mark, list(notice)],
        )

    def saved(self) -> None:
        self.hears(("saved", "Saved"))

    def crash(self) -> None:
        """The tab's process dies."""
        with self.page.expect_event("crash"), suppress(Error):
            self.page.goto("chrome://crash")
        self.page.close()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def until(self, true: Callable[[], bool]) -> None:
        """Let the page go on until something is so on this side."""
        for _turn in range(TURNS):
            if true():
                return
            self.page.evaluate("() => new Promise((resolve) => setTimeout(resolve, 10))")
        raise AssertionError("It did not become so.")

    # What the server has

    def record(self) -> dict:
        return self.server.run("runtime", "show", self.course, self.username)

    def lost(self, taken: list[tuple[str, str]] | None = None) -> dict[str, tuple]:
        """What was promised and is not in the server's record, each with what is there instead.

        :param taken: what content was promised, in order; what this learner's was without
        """
        record = self.record()
        waiting = {key: one["waiting"] for key, one in record["sessions"].items() if one["waiting"]}
        assert waiting == {}
        return missing(record["activities"]["i"]["values"], self.taken if taken is None else taken)

    def late(self) -> list[tuple[str, str]]:
        """What the record keeps of sessions that came too late to count."""
        return [
            (element, value)
            for session in self.record()["sessions"].values()
            for entry in session["late"]
            for element, value in entry["values"]
        ]

    def deliver(self, route: Route) -> str:
        """Carry a page's request to the server by hand; its answer."""
        address = urlsplit(route.request.url)
        client = Client(self.server)
        body = route.request.post_data_buffer
        text = client.ask("POST", address.netloc, address.path, body, "application/json")[1]
        client.close()
        return text


def hand_back(route: Route, text: str) -> None:
    """Give the page the server's answer."""
    route.fulfill(content_type="application/json", body=text)
