"""axe finds nothing in any page of both courses: light, dark, right to left, all of it open."""

import mimetypes
import zipfile

import pytest

from lms.authoring import build
from servers import ROOT
from tests.browser.axe import findings, needs_axe

pytestmark = [pytest.mark.browser, needs_axe]

HOST = "http://course.test/"
OPEN = """() => {
  for (const details of document.querySelectorAll("details")) details.open = true;
  for (const word of document.querySelectorAll("a.word")) word.click();
  for (const form of document.querySelectorAll("course-check form")) {
    const answer = form.querySelector("input");
    if (answer) answer.click();
    for (const list of form.querySelectorAll("select")) {
      list.selectedIndex = 1;
      list.dispatchEvent(new Event("change", { bubbles: true }));
    }
    form.querySelector("button").click();
  }
  for (const way of document.querySelectorAll("course-scenario section:first-of-type .choices a")) {
    if (way.offsetParent) way.click();
  }
}"""
"""What a learner may do on a page before they look at it again."""


@pytest.fixture(scope="module", params=["global-standards", "istanbul-protocol"])
def package(request, tmp_path_factory):
    file = tmp_path_factory.mktemp("built") / "course.zip"
    return zipfile.ZipFile(build(ROOT / "courses" / request.param, file).file)


@pytest.mark.parametrize(("scheme", "width"), [("light", 360), ("dark", 1280)])
def test_no_page_keeps_anybody_out(chromium, package, scheme, width):
    def answer(route):
        path = route.request.url.removeprefix(HOST)
        route.fulfill(body=package.read(path), content_type=mimetypes.guess_type(path)[0])

    context = chromium.new_context(color_scheme=scheme, viewport={"width": width, "height": 800})
    context.route(f"{HOST}**", answer)
    page = context.new_page()
    found, wide = {}, []
    for name in package.namelist():
        if name.endswith(".html"):
            page.goto(HOST + name)
            page.evaluate(OPEN)
            found[name] = findings(page)
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                wide.append(name)
    context.close()
    assert {name: each for name, each in found.items() if each} == {}
    assert wide == []
    assert len(found) >= 11
