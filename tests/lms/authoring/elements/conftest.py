"""Pages served to a browser beside the strictest of learning sites, which notes what it refuses."""

import json
from pathlib import Path

import pytest

import lms.authoring

HOST = "http://course.test/"
CONTENT = Path(lms.authoring.__file__).parent / "content"
STRICT = Path(__file__).parents[1] / "js" / "strict_host.mjs"

SITE = """<!doctype html><html lang="en"><title>Site</title><script type="module">
  import { StrictHost } from "./strict_host.mjs";
  const asked = new URLSearchParams(location.search);
  const earlier = JSON.parse(sessionStorage.getItem("values") || "{}");
  window.host = new StrictHost(asked.get("standard"), earlier);
  if (asked.get("standard") === "1.2") window.API = window.host.api;
  else window.API_1484_11 = window.host.api;
  window.keep = () => sessionStorage.setItem("values", JSON.stringify(window.host.values));
</script>
<style>
  html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block }
</style>
<iframe name="sco" title="Course content"></iframe></html>"""

BETWEEN = """<!doctype html><html lang="en"><title>Between</title>
<style>
  html, body, iframe { margin: 0; border: 0; width: 100%; height: 100%; display: block }
</style>
<iframe title="More"></iframe></html>"""

TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "mjs": "text/javascript",
    "svg": "image/svg+xml",
}


class Site:
    """A learning site of the strictest kind around the pages of one course.

    :param files: pages by path
    :param standard: ``2004`` or ``1.2``
    :ivar language: of the site's own page; empty when it says none
    """

    def __init__(self, context, files: dict[str, str | bytes], standard: str):
        self.standard = standard
        self.language = "en"
        self.files = files
        self.broken: set[str] = set()
        context.route("**/*", self._answer)
        self.page = context.new_page()
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

    def _answer(self, route):
        path = route.request.url.removeprefix(HOST).split("?")[0]
        name = path.rsplit("/", 1)[-1]
        if path in self.broken or not route.request.url.startswith(HOST):
            route.abort()
        elif path in self.files:
            kind = TYPES.get(path.rsplit(".", 1)[1], "text/html")
            route.fulfill(body=self.files[path], content_type=f"{kind}; charset=utf-8")
        elif path in ("", "between.html"):
            body = (BETWEEN if path else SITE).replace('lang="en"', f'lang="{self.language}"')
            route.fulfill(body=body, content_type="text/html")
        elif name == STRICT.name:
            route.fulfill(body=STRICT.read_text("utf-8"), content_type=TYPES["mjs"])
        elif (CONTENT / name).exists():
            kind = TYPES[name.rsplit(".", 1)[1]]
            route.fulfill(body=(CONTENT / name).read_text("utf-8"), content_type=kind)
        else:
            route.fulfill(status=404, body="")

    def open(self, path: str = "part-3.html"):
        """Launch a page in the site's frame; returns the frame."""
        self.page.goto(f"{HOST}?standard={self.standard}")
        self.page.wait_for_function("!!window.host")
        self.page.evaluate("path => { frames[0].location = path }", path)
        frame = self.page.frame("sco")
        frame.wait_for_url(HOST + path)
        frame.wait_for_load_state()
        frame.wait_for_function("!!customElements.get('course-check')")
        return frame

    def leave(self) -> None:
        """Take the page away; the site keeps its values for the next launch."""
        self.page.evaluate("frames[0].location = 'about:blank'")
        self.page.wait_for_function("host.state === 'over'")
        self.page.evaluate("keep()")

    def values(self) -> dict[str, str]:
        return self.page.evaluate("host.values")

    def sets(self) -> list[list[str]]:
        return self.page.evaluate("host.sets")

    def refusals(self) -> list[list[str]]:
        return self.page.evaluate("host.refusals")

    def start_with(self, values: dict[str, str]) -> None:
        """What the site has from earlier launches."""
        self.page.goto(f"{HOST}?standard={self.standard}")
        self.page.evaluate("v => sessionStorage.setItem('values', v)", json.dumps(values))

    def records(self, collection: str) -> list[dict[str, str]]:
        """The records of a collection, in turn."""
        found: dict[int, dict[str, str]] = {}
        start = f"cmi.{collection}."
        for name, value in self.values().items():
            if name.startswith(start):
                index, _, rest = name.removeprefix(start).partition(".")
                found.setdefault(int(index), {})[rest] = value
        return [found[number] for number in sorted(found)]


@pytest.fixture
def launched(chromium):
    """Call it with pages by path and a standard; gives a :class:`Site`. What it refused, and what
    went wrong in a script, fails the test."""
    made = []

    def serve(files: dict[str, str | bytes], standard: str = "2004", **options) -> Site:
        context = chromium.new_context(**options)
        made.append((context, Site(context, files, standard)))
        return made[-1][1]

    yield serve
    for context, each in made:
        refused = each.page.evaluate("window.host ? host.refusals : []")
        context.close()
        assert each.errors == []
        assert refused == []


def focused(frame) -> str:
    """The tag and text of what has the focus."""
    return frame.evaluate(
        "`${document.activeElement.tagName} ${document.activeElement.textContent.trim()}`"
    )
