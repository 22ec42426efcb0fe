"""All sample packages in real Chromium: imported, walked to the end, suspended and resumed.

What they leave in the data model is compared element by element with ``golf_expected.json``; how to
record that anew is told in ``tests/golf.py``.
"""

import json

import pytest
from playwright.sync_api import expect

import golf
from scorm.cmi.time import parse_12, parse_2004
from scorm.runtime.launchdata import SESSION_ONLY
from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

GOLF = SHARED / "scorm" / "golf"

CHOSEN = (
    "ContentPackagingOneFilePerSCO_SCORM20043rdEdition",
    "RuntimeMinimumCalls_SCORM20043rdEdition",
)
"""Packages whose control modes allow no flow: every part is chosen from the contents."""


WITHOUT_ITS_LIBRARY = "SequencingPostTestRollup4thEd_SCORM20044thEdition"
"""It loads its library from another host, which it may not: its scripts fail and report nothing. So
its first part is never completed, and the next ones, which wait for it, never open."""


SILENT = (
    "ContentPackagingOneFilePerSCO",
    "ContentPackagingSingleSCO",
    "RuntimeMinimumCalls",
    WITHOUT_ITS_LIBRARY,
)
"""Packages that start and end their parts and set no value in between."""


REFUSED = {"RunTimeAdvancedCalls_SCORM20043rdEdition": 5}
"""How often a package says that a value was not taken: it gives the right answer to a numeric
question as a bare number, where the standard wants a range (RTE 4.2.9.1)."""


class Reported:
    """What content reports on its way to the server, over all visits.

    ``values`` holds the last value of each element by part, ``times`` the session times that were
    finished, by part.
    """

    def __init__(self):
        self.values: dict[str, dict[str, str]] = {}
        self.times: dict[str, list[str]] = {}
        self._open: dict[str, str] = {}
        self._seen: set[tuple[str, int]] = set()

    def listen(self, visitor) -> None:
        visitor.context.on("request", self._look)

    def _look(self, request):
        if request.method != "POST" or not request.url.endswith("/commit"):
            return
        body = json.loads(request.post_data)
        for entry in body["entries"]:
            key = (body["session"], entry["number"])
            if key not in self._seen:
                self._seen.add(key)
                self._take(entry)

    def _take(self, entry):
        activity = entry["activity"]
        if entry["kind"] == "set":
            values = dict(map(tuple, entry["values"]))
            self.values.setdefault(activity, {}).update(values)
            for name in ("cmi.session_time", "cmi.core.session_time"):
                if name in values:
                    self._open[activity] = values[name]
        elif entry["kind"] in ("terminate", "navigate") and activity in self._open:
            self.times.setdefault(activity, []).append(self._open.pop(activity))


def course(server, name: str) -> str:
    slug = name.lower().replace("_", "-")
    server.run("packages", "import", str(GOLF / f"{name}.zip"), "--course", slug, "--publish")
    return slug


def current(visitor) -> str | None:
    """The title of the part that the contents mark as current, or None without contents."""
    found = visitor.page.locator("[aria-current=page]")
    return found.first.inner_text().splitlines()[0] if found.count() else None


def choosable(visitor) -> list[str]:
    """The titles that can be chosen from the contents, in order."""
    contents = visitor.page.get_by_role("navigation", name="Course contents")
    contents.locator("button").first.wait_for(state="attached")
    if (
        visitor.page.get_by_role("button", name="Contents").get_attribute("aria-expanded")
        == "false"
    ):
        visitor.press("Contents")
    contents.get_by_role("button").first.wait_for()
    found = contents.locator("button:not([aria-disabled=true])").all_inner_texts()
    return [text.splitlines()[0] for text in found]


def settled(visitor) -> None:
    """The frame has loaded and everything is on the server."""
    visitor.page.wait_for_function(
        """() => {
          if (document.querySelector("main[data-session]")) return true;
          const content = window.frames.sco;
          return !content.left && content.location.href !== "about:blank"
            && content.document.readyState === "complete";
        }"""
    )
    visitor.saved()


def walk(visitor, name: str) -> int:
    """To the end of the course, part by part; how many parts were seen."""
    seen = 0
    if name.startswith(CHOSEN):
        for title in choosable(visitor):
            part = visitor.page.get_by_role("button", name=title, exact=True)
            if part.get_attribute("aria-current") is None:
                visitor.frame().evaluate("() => { window.left = true; }")
                part.click()
            settled(visitor)
            seen += 1
        visitor.press("Exit")
    elif name == WITHOUT_ITS_LIBRARY:
        onward = visitor.page.get_by_role("button", name="Continue", exact=True)
        expect(onward).to_be_disabled()
        visitor.press("Exit")
        seen = 1
    else:
        while not visitor.page.locator("main[data-session=ended]").count():
            finish_part(visitor)
            seen += 1
            visitor.frame().evaluate("() => { window.left = true; }")
            visitor.press("Continue")
            settled(visitor)
    visitor.page.wait_for_selector("main[data-session=ended]")
    return seen


def finish_part(visitor) -> None:
    """Page through a part that has pages, and hand in its test when it has one."""
    frame = visitor.frame()
    following = frame.locator("#butNext")
    while following.count() and following.is_enabled():
        following.click()
    visitor.page.wait_for_function(
        """() => {
          const page = window.frames.sco.document.getElementById("contentFrame");
          return !page || !page.getAttribute("src")
            || (page.contentWindow.location.href === page.src
              && page.contentDocument.readyState === "complete");
        }"""
    )
    if frame.locator("iframe#contentFrame").count():
        page = frame.frame_locator("iframe#contentFrame")
        hand_in = page.get_by_role("button", name="Submit Answers")
        if hand_in.count():
            answer(page)
            hand_in.click()


def answer(page) -> None:
    """The first question is left out, the second answered wrong, the others right: the page itself
    marks the right answers."""
    for number, question in enumerate(page.locator(".question").all()):
        if number == 0:
            continue
        right = question.locator(".correctAnswer")
        written = right.get_by_role("textbox")
        if written.count():
            written.fill("0" if number == 1 else right.inner_text().strip(" ()"))
        elif number == 1:
            question.locator(".answer").first.get_by_role("radio").check()
        else:
            right.get_by_role("radio").check()


@pytest.mark.parametrize("path", sorted(GOLF.glob("*.zip")), ids=lambda path: path.stem)
def test_a_sample_package_is_walked_suspended_resumed_and_recorded(server, visitor, path):
    slug = course(server, path.stem)
    learner = visitor()
    reported = Reported()
    reported.listen(learner)
    learner.open(slug, "Start")
    if path.stem.startswith(CHOSEN):
        second = choosable(learner)[1]
        learner.page.get_by_role("button", name=second, exact=True).click()
    settled(learner)
    if (
        not path.stem.startswith(CHOSEN)
        and learner.page.get_by_role("button", name="Previous", exact=True).is_visible()
    ):
        following = learner.frame().locator("#butNext")
        if following.count() and following.is_enabled():
            following.click()
    learner.saved()
    place = current(learner)
    learner.press("Suspend")
    learner.page.wait_for_selector("main[data-session]")
    before = server.run("runtime", "show", slug, "member")
    learner.context.close()

    again = visitor()
    reported.listen(again)
    with again.page.expect_response("**/start") as started:
        again.open(slug, "Resume")
    resumed = started.value.json()["delivery"]
    settled(again)
    assert current(again) == place
    assert_same_data(resumed, before)
    seen = walk(again, path.stem)
    found = server.run("runtime", "show", slug, "member")
    assert_recorded(found, reported)
    if path.stem in golf.DRAWN:
        assert seen == 4 + 2  # what is to be read, and the test twice, since it is failed
        last = list(reported.values.values())[-1]
        assert found["result"]["score"] == f"{last['cmi.score.raw']} %"
    data = golf.data_of(found)
    if golf.RECORDING:
        golf.record(path.stem, data)
    assert golf.differences(path.stem, data) == []
    refused = [words for words in again.dialogs if "Could not store a value" in words]
    assert len(refused) == REFUSED.get(path.stem, 0)
    assert bool(reported.values) != path.stem.startswith(SILENT)
    assert (again.problems == []) == (path.stem != WITHOUT_ITS_LIBRARY)
    assert learner.foreign == again.foreign == []


def test_the_comparison_names_what_is_missing_what_is_surplus_and_what_differs():
    package, activity = "RuntimeBasicCalls_SCORM12", "item_1"
    found = json.loads(golf.EXPECTED.read_text("utf-8"))[package]
    found[activity]["total_time"] = found["result"]["time"] = "PT1M2.5S"
    assert golf.differences(package, found) == []
    del found[activity]["cmi.core.score.min"]
    found[activity] |= {"cmi.core.score.raw": "8", "cmi.comments": "Fore!"}
    assert golf.differences(package, found) == [
        f"{package}, {activity}, cmi.comments: expected None, got 'Fore!'",
        f"{package}, {activity}, cmi.core.score.min: expected '0', got None",
        f"{package}, {activity}, cmi.core.score.raw: expected '87', got '8'",
    ]


def test_whichever_test_is_drawn_its_own_record_is_compared():
    (package,) = golf.DRAWN
    text = golf.EXPECTED.read_text("utf-8").replace(golf.TIME, "PT1M2.5S")
    found = json.loads(text)[package]
    del found["test_1"], found["test_3"]
    test, result = found["test_2"], found["result"]
    result["score"] = f"{test['cmi.score.raw']} %"
    assert golf.differences(package, found) == []
    past = {f"past.1.{name}": value for name, value in test.items() if name.startswith("cmi.")}
    test |= {**past, "attempt": "2"}
    assert golf.differences(package, found) == []
    test["past.1.cmi.score.raw"] = "100"
    assert len(golf.differences(package, found)) == len(["attempt", *past])
    test["past.1.cmi.score.raw"], result["score"] = test["cmi.score.raw"], "7 %"
    assert golf.differences(package, found) == [
        f"{package}, result, score: expected {golf.SCORE!r}, got '7 %'"
    ]


def assert_recorded(found: dict, reported: Reported) -> None:
    """Elements, interactions, completion, success, score and time are what content reported."""
    for activity, values in reported.values.items():
        recorded = found["activities"][activity]
        for element, value in values.items():
            if element.endswith(("session_time", "exit")) or element == "adl.nav.request":
                continue
            assert recorded["values"].get(element) == value, element
        tracking = found["tracking"]["tracking"].get(activity, {})
        for name, value in told(values).items():
            assert tracking.get(name) == value, (activity, name)
    for activity, times in reported.times.items():
        recorded = found["activities"][activity]
        past = sum(attempt["total"] for attempt in recorded["past"].values())
        assert parse_2004(recorded["total_time"]) + past == sum(map(hundredths, times)), activity


def hundredths(time: str) -> int:
    """A session time of either standard in hundredths of a second."""
    return parse_2004(time) if time.startswith("P") else parse_12(time)


def told(values: dict[str, str]) -> dict[str, bool | float]:
    """What the values say of their part, as tracking has it; only what they say."""
    found: dict[str, bool | float | None] = {}
    status = values.get("cmi.core.lesson_status")
    if status is not None:
        found["completion"] = status != "incomplete"
        found["satisfied"] = {"passed": True, "failed": False}.get(status)
    if values.get("cmi.core.score.raw"):
        found["measure"] = float(values["cmi.core.score.raw"]) / 100
    completion, success = values.get("cmi.completion_status"), values.get("cmi.success_status")
    if completion is not None:
        found["completion"] = completion == "completed"
    if success in ("passed", "failed"):
        found["satisfied"] = success == "passed"
    if values.get("cmi.score.scaled"):
        found["measure"] = float(values["cmi.score.scaled"])
    return {name: value for name, value in found.items() if value is not None}


def assert_same_data(delivery: dict, before: dict) -> None:
    """The part that is resumed gets everything it had when it was suspended, and is told the time
    that it had spent."""
    recorded = before["activities"][delivery["activity"]]
    for element, value in recorded["values"].items():
        if element not in SESSION_ONLY:
            assert delivery["data"].get(element) == value, element
    name = "cmi.total_time" if delivery["standard"] == "2004" else "cmi.core.total_time"
    assert hundredths(delivery["data"][name]) == parse_2004(recorded["total_time"])
