"""What a screen reader says of saving, and what leaves when a page is only hidden."""

import re

import pytest

import smallest

pytestmark = pytest.mark.browser

LISTEN = """() => {
  window.spoken = [];
  const save = document.getElementById("save");
  new MutationObserver(() => {
    if (save.getAttribute("aria-live") !== "off") spoken.push(save.textContent);
  }).observe(save, { childList: true });
}"""
HIDE = """() => {
  Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""
SET_LONG = """([long, name, value]) =>
  set(long, "x".repeat(1024 * 1024)) && commit() && set(name, value) && commit()"""


@pytest.fixture(params=["1.2", "2004"])
def course(server, request):
    """A new course on the smallest package: its slug, and the bookmark's name."""
    slug = re.sub("[^a-z0-9]+", "-", request.node.name).strip("-")
    server.publish(slug, request.param)
    return slug, smallest.LOCATION[request.param]


def begin(member, slug, button="Start"):
    """Open the course; the frame of its content, when all is saved."""
    member.open(slug, button)
    member.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    member.page.wait_for_selector("[data-save=saved]", state="attached")
    return member.frame()


def test_saving_is_spoken_of_when_it_fails_and_when_it_works_again_alone(visitor, course):
    slug, name = course
    member = visitor()
    frame = begin(member, slug)
    member.page.evaluate(LISTEN)
    for _ in range(3):
        frame.evaluate("name => set(name, String(Math.random())) && commit()", name)
        member.page.wait_for_selector("[data-save=saved]", state="attached")
    member.context.set_offline(True)
    frame.evaluate("name => set(name, 'later') && commit()", name)
    member.page.wait_for_selector("[data-save=unsaved]", state="attached")
    member.context.set_offline(False)
    member.page.wait_for_selector("[data-save=saved]", state="attached")
    assert member.page.evaluate("spoken") == ["Not saved yet", "Saved"]


def test_a_megabyte_and_what_came_after_it_leave_when_the_page_is_hidden(visitor, course):
    slug, name = course
    member = visitor()
    frame = begin(member, slug)
    assert frame.evaluate(SET_LONG, ["cmi.suspend_data", name, "after it"]) == "true"
    member.page.evaluate(HIDE)
    member.page.wait_for_selector("[data-save=saved]", state="attached")
    elsewhere = begin(visitor(), slug, "Resume")
    assert elsewhere.evaluate("name => get(name)", name) == "after it"
    assert elsewhere.evaluate("get('cmi.suspend_data').length") == 1024 * 1024
