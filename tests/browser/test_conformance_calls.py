"""Every call that ADL's test content makes, made in Chromium by a page of our own that finds
``API_1484_11`` as content does.

**On the site** (``ON_THE_SITE``): packages built from the cases' manifests, with our page at each
address that is launched, are imported and walked through the real player as the case says:
contents, buttons, content's own navigation requests, leaving and coming back. Launch data and what
one launch leaves to the next are the server's, the answers about valid requests its sequencer's.

**Beside the site** (all cases): the player's modules from the running server in a page that hands
each launch what the replay computed for it. Not asked there: what ``rests_on_sequencing`` names,
and one macro of DMI that could not be decoded.
"""

import posixpath
import re
import zipfile
from pathlib import Path

import pytest
import rjsmin
from lxml import etree
from playwright.sync_api import TimeoutError as NotInTime

from conformance_calls import (
    CASES,
    DATA_MODEL_CALLS,
    DATA_MODEL_CASES,
    Launch,
    differences,
    manifests,
    replay,
)
from scorm import player
from shared import needs_shared

pytestmark = [pytest.mark.browser, needs_shared]

ON_THE_SITE = (
    *("API", "DMB", "DMI"),
    *("CM-01", "CM-04a", "CM-05", "CM-07a", "CM-09aa", "CM-13"),
    *("RU-01aa", "RU-04aa", "SX-04a", "SX-08a", "SX-12a"),
)
"""The cases whose launches come as they must with what the sequencer can do so far."""
CONTENT = """<!doctype html>
<meta charset="utf-8">
<title>Test content</title>
<p>Test content</p>
<script>
function find(from) {
  let at = from;
  for (let n = 0; n < 500 && !at.API_1484_11 && at.parent !== at; n += 1) at = at.parent;
  return at.API_1484_11 || null;
}
const api = find(window) || (window.opener && find(window.opener));
const call = ([name, ...given]) => [api[name](...given), api.GetLastError()];
window.act = new URLSearchParams(location.search).get("act");
window.play = (calls) => calls.map(call);
window.waiting = true;
window.sayGoodbyeLast = () => window.addEventListener("pagehide", () => call(["Terminate", ""]));
</script>
"""
HARNESS = """<!doctype html>
<meta charset="utf-8">
<title>Launches</title>
<iframe></iframe>
<script type="module">
import {{ DataModel, createApi2004 }} from "./modules.js";
const table = await (await fetch("{static}/elements_2004.json")).json();
const {{ languages }} = table;
const host = {{ initialize: () => true, set() {{}}, commit: () => true, terminate: () => true }};
const frame = document.querySelector("iframe");
window.launch = async ({{ values, stores, valid, calls }}) => {{
  const options = {{ table, languages, values, stores, valid: () => valid || {{}} }};
  window.API_1484_11 = createApi2004({{ model: new DataModel(options), host }});
  await new Promise((resolve) => {{
    frame.onload = resolve;
    frame.src = "content.html";
  }});
  return frame.contentWindow.play(calls);
}};
window.ready = true;
</script>
"""
HOST = "launches"
"""A name below the content origin that no registration has."""


@pytest.fixture(scope="module")
def harness(chromium, server):
    """A page on the content origin with the player's modules, as they are served but by
    themselves, which launches our content."""
    static = f"/static/player/{player.version()}"
    pages = {
        "page.html": ("text/html", HARNESS.format(static=static)),
        "content.html": ("text/html", CONTENT),
        "modules.js": ("text/javascript", rjsmin.jsmin(player.joined("api.js", "datamodel.js"))),
    }

    def answer(route):
        content_type, body = pages[route.request.url.rpartition("/")[2]]
        route.fulfill(body=body, content_type=content_type)

    context = chromium.new_context()
    context.route(f"**/{HOST}/*", answer)
    page = context.new_page()
    page.goto(f"http://{HOST}.localhost:{server.port}/{HOST}/page.html")
    page.wait_for_function("window.ready")
    yield page
    context.close()


@pytest.mark.parametrize("case", CASES)
def test_the_players_api_answers_every_call_in_chromium(harness, case):
    launches = replay(case).launches
    answers = harness.evaluate(
        """async (launches) => {
          const answers = [];
          for (const each of launches) answers.push(await window.launch(each));
          return answers;
        }""",
        [launch.question() for launch in launches],
    )
    wrong = [
        (launch.key, difference)
        for launch, given in zip(launches, answers, strict=True)
        for difference in differences(launch.played, given)
    ]
    assert wrong == []


def test_the_calls_that_were_made_beside_the_site_are_counted():
    made = {case: sum(len(each.played) for each in replay(case).launches) for case in CASES}
    assert len(made) == 43
    assert sum(made[case] for case in DATA_MODEL_CASES) == DATA_MODEL_CALLS
    assert sum(made.values()) >= 9000


def build(case: str, folder: Path) -> Path:
    """The case's package: its manifest, and our page at each address that the manifest launches."""
    (manifest,) = manifests(case)
    path = folder / f"{case}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("imsmanifest.xml", manifest.read_bytes())
        for resource in etree.parse(manifest).getroot().iter("{*}resource"):
            if resource.get("href"):
                base = resource.get("{http://www.w3.org/XML/1998/namespace}base", "")
                archive.writestr(posixpath.join(base, resource.get("href")), CONTENT)
    return path


class Walk:
    """A learner who does what the case says."""

    def __init__(self, learner, slug: str):
        self.learner = learner
        self.page = learner.page
        self.slug = slug

    def choose(self, title: str) -> None:
        contents = self.page.get_by_role("navigation", name="Course contents")
        entry = contents.get_by_role("button", name=title, exact=True)
        entry.wait_for(state="attached")
        toggle = self.page.get_by_role("button", name="Contents", exact=True)
        if toggle.get_attribute("aria-expanded") == "false":
            toggle.click()
        entry.click()

    def arrive(self, launch: Launch):
        """The frame of the launch's content, which has not been played yet."""
        try:
            self.page.wait_for_function(
                """(activity) => {
                  const content = window.frames.sco;
                  return content && content.waiting && content.act === activity;
                }""",
                arg=launch.activity,
            )
        except NotInTime:
            there = self.page.locator("body").inner_text()
            raise AssertionError(f"{launch.key} did not come; the page says: {there}") from None
        return self.learner.frame()

    def play(self, launch: Launch) -> list[tuple]:
        """Make the launch's calls and say goodbye, or leave that to the page's last moment when
        the learner is to go elsewhere than content asks; what was answered otherwise."""
        frame = self.arrive(launch)
        steps = launch.steps
        answers = frame.evaluate(
            "(calls) => { window.waiting = false; return window.play(calls); }",
            [step.call for step in steps],
        )
        wrong = [(launch.key, *difference) for difference in differences(steps, answers)]
        wants = any(step.call[:2] == ["SetValue", "adl.nav.request"] for step in steps)
        if wants and re.match("Continue|Choice", launch.instruction):
            frame.evaluate("window.sayGoodbyeLast()")
        elif steps:
            goodbye = frame.evaluate("window.play([['Terminate', '']])")
            wrong += [(launch.key, "Terminate", goodbye)] * (goodbye != [["true", "0"]])
        return wrong

    def go_on(self, launch: Launch) -> None:
        """What the learner does after a launch; nothing, when content has asked itself."""
        said, words = launch.instruction, launch.words
        if said in ("Continue", "Previous", "Exit"):
            self.learner.press(said)
        elif said.startswith("Choice~"):
            self.choose(said.partition("~")[2])
        elif "relaunch" in words:
            self.ended()
            self.learner.open(self.slug, "Resume")
            if title := re.search("choose (.+) to continue", words):
                self.choose(title[1])
        elif said:
            self.choose(re.search(r"please launch (.+)\.$", words)[1])
        if said == "Exit":
            self.ended()

    def ended(self) -> None:
        self.page.wait_for_selector("main[data-session=ended]")

    def all_saved(self) -> None:
        """The server has taken every value that the page took."""
        self.page.wait_for_selector("[data-save=saved]", state="attached")
        assert self.page.locator("#save").inner_text() == "Saved"


@pytest.mark.parametrize("case", ON_THE_SITE)
def test_the_running_site_answers_every_call_in_chromium(server, learner, tmp_path, case):
    package, slug = build(case, tmp_path), f"calls-{case.lower()}"
    server.run("packages", "import", str(package), "--course", slug, "--publish")
    done = replay(case)
    walk = Walk(learner, slug)
    learner.open(slug, "Start")
    if done.start != ".":
        walk.choose(done.start)
    wrong = []
    for launch in done.launches:
        wrong += walk.play(launch)
        walk.all_saved()
        walk.go_on(launch)
    assert wrong == []
    assert learner.problems == learner.foreign == []


def test_the_calls_that_were_made_on_the_site_are_counted():
    launches = [launch for case in ON_THE_SITE for launch in replay(case).launches]
    steps = [step for launch in launches for step in launch.steps]
    assert len(steps) >= 8500
