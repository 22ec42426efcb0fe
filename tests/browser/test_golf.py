"""All sample packages in real Chromium: imported, walked to the end, suspended and resumed."""

import json

import pytest

from shared import SHARED, needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

GOLF = SHARED / "scorm" / "golf"

CHOSEN = ("ContentPackagingOneFilePerSCO_SCORM20043rdEdition", "RuntimeMinimumCalls_SCORM20043rdEdition")
"""Packages whose control modes allow no flow: every part is chosen from the contents."""


def reported(visitor) -> dict[str, str]:
    """Collects the last value of each element that the page sends, by part."""
    found: dict[str, dict[str, str]] = {}

    def look(request):
        if request.method == "POST" and request.url.endswith("/commit"):
            for entry in json.loads(request.post_data)["entries"]:
                if entry["kind"] == "set":
                    found.setdefault(entry["activity"], {}).update(map(tuple, entry["values"]))

    visitor.context.on("request", look)
    return found


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
    if visitor.page.get_by_role("button", name="Contents").get_attribute("aria-expanded") == "false":
        visitor.press("Contents")
    contents.get_by_role("button").first.wait_for()
    found = contents.locator("button:not([aria-disabled=true])").all_inner_texts()
    return [text.splitlines()[0] for text in found]


def settled(visitor) -> None:
    """The frame has loaded and everything is on the server."""
    visitor.page.wait_for_function(
        """() => document.querySelector('main[data-session]') ||
             (document.querySelector('iframe[name=sco]').contentDocument || {}).readyState
               === 'complete' &&
             document.querySelector('iframe[name=sco]').contentWindow.location.href
               !== 'about:blank'"""
    )
    visitor.saved()


def walk(visitor, name: str) -> int:
    """To the end of the course, part by part; how many parts were seen."""
    seen = 0
    if name.startswith(CHOSEN):
        for title in choosable(visitor):
            part = visitor.page.get_by_role("button", name=title, exact=True)
            if part.get_attribute("aria-current") is None:
                part.click()
            settled(visitor)
            seen += 1
        visitor.press("Exit")
    else:
        while True:
            settled(visitor)
            if visitor.page.locator("main[data-session=ended]").count():
                return seen
            finish_part(visitor)
            seen += 1
            visitor.press("Continue")
            visitor.page.wait_for_function(
                """() => !document.querySelector('#continue').disabled
                     || document.querySelector('main[data-session]')"""
            )
    visitor.page.wait_for_selector("main[data-session=ended]")
    return seen


def finish_part(visitor) -> None:
    """Page through a part that has pages, and hand in its test when it has one."""
    frame = visitor.frame()
    following = frame.locator("#butNext")
    while following.count() and following.is_enabled():
        following.click()
    inner = frame.locator("iframe#contentFrame")
    if inner.count():
        test = frame.frame_locator("iframe#contentFrame").get_by_role("button", name="Submit Answers")
        frame.frame_locator("iframe#contentFrame").locator("body *").first.wait_for(state="attached")
        if test.count():
            test.click()


@pytest.mark.parametrize("path", sorted(GOLF.glob("*.zip")), ids=lambda path: path.stem)
def test_a_sample_package_is_walked_suspended_resumed_and_recorded(server, visitor, path):
    slug = course(server, path.stem)
    learner = visitor()
    sent = reported(learner)
    learner.open(slug, "Start")
    if path.stem.startswith(CHOSEN):
        second = choosable(learner)[1]
        learner.page.get_by_role("button", name=second, exact=True).click()
    settled(learner)
    if not path.stem.startswith(CHOSEN) and learner.page.get_by_role(
        "button", name="Previous", exact=True
    ).is_visible():
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
    later = reported(again)
    again.open(slug, "Resume")
    settled(again)
    assert current(again) == place
    after = server.run("runtime", "show", slug, "member")
    assert locations(after) == locations(before)

    walk(again, path.stem)
    for activity, values in later.items():
        sent.setdefault(activity, {}).update(values)
    recorded = server.run("runtime", "show", slug, "member")["activities"]
    for activity, values in sent.items():
        for element, value in values.items():
            if element.endswith(("session_time", "exit")) or element == "adl.nav.request":
                continue
            assert recorded[activity]["values"].get(element) == value, element
    assert again.problems == [] or "PostTestRollup4thEd" in path.stem
    assert learner.foreign == [] or "PostTestRollup4thEd" in path.stem


def locations(record: dict) -> dict[str, str | None]:
    """Bookmark and suspend data by part."""
    return {
        key: (
            activity["values"].get("cmi.location") or activity["values"].get("cmi.core.lesson_location")
        )
        for key, activity in record["activities"].items()
    }
