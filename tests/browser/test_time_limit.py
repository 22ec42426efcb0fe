"""A package allows a part so much time: what the learner is told, and what is kept."""

import re
import zipfile

import pytest
from playwright.sync_api import expect

import smallest

pytestmark = pytest.mark.browser

MANIFESTS = {"1.2": smallest.MANIFEST_12, "2004": smallest.MANIFEST_2004}
LIMITS = {
    "1.2": "<adlcp:maxtimeallowed>00:10:00</adlcp:maxtimeallowed>"
    "<adlcp:timelimitaction>{}</adlcp:timelimitaction>",
    "2004": "<adlcp:timeLimitAction>{}</adlcp:timeLimitAction>"
    '<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
    '<imsss:limitConditions attemptAbsoluteDurationLimit="PT10M"/></imsss:sequencing>',
}
GOODBYE = """<script>
addEventListener("pagehide", () => {
  set(new_api ? "cmi.location" : "cmi.core.lesson_location", "said at the goodbye");
  new_api ? new_api.Terminate("") : old_api.LMSFinish("");
});
</script>"""
SECOND = (
    '<item identifier="j" identifierref="r"><title>Two</title></item>'
    '<imsss:sequencing xmlns:imsss="http://www.imsglobal.org/xsd/imsss">'
    '<imsss:controlMode flow="true"/></imsss:sequencing></organization>'
)

ENDS = "The time allowed for this part is over. It closes in 10 seconds; what you did is kept."
GOES_ON = "The time allowed for this part is over. You can go on."
CLOSED = "The time allowed for this part was over, so it was closed. What you did is kept."


@pytest.fixture(params=["1.2", "2004"])
def package(server, request):
    """Imports a package of one part, or of two, of which the first has ten minutes."""

    def make(action, *options, parts=1):
        limit = LIMITS[request.param].format(action)
        manifest = MANIFESTS[request.param].replace("</title></item>", f"</title>{limit}</item>")
        if parts == 2:
            manifest = manifest.replace("</organization>", SECOND)
        path = server.data / f"{re.sub('[^a-z0-9]+', '-', request.node.name).strip('-')}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("imsmanifest.xml", manifest)
            archive.writestr("page.html", smallest.PAGE + GOODBYE)
        options = [word.format(slug=path.stem) for word in options]
        return server.run("packages", "import", str(path), *options)["package"], path.stem

    return make


class Clock:
    """Somebody's page, whose clock the test sets."""

    def __init__(self, person):
        self.person, self.page = person, person.page
        self.page.clock.install()
        self.told = self.page.locator("#told")
        self.sent = []
        self.page.on("request", self._note)

    def _note(self, request):
        if request.url.endswith("/commit"):
            self.sent += request.post_data_json["entries"]

    def begun(self):
        self.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
        self.person.saved()
        self.page.clock.fast_forward("09:00")
        expect(self.told).to_be_empty()

    def pass_by(self, time):
        self.page.clock.fast_forward(time)


@pytest.fixture
def learner(visitor, package):
    """A learner who has been nine of ten minutes in the first part."""

    def begin(action, parts=1):
        _, slug = package(action, "--course", "{slug}", "--publish", parts=parts)
        clock = Clock(visitor())
        clock.person.open(slug, "Start")
        clock.begun()
        return clock

    return begin


def goodbye(learner):
    """What the page sent after content had begun."""
    learner.person.saved()
    kinds = [(entry["kind"], entry.get("request")) for entry in learner.sent]
    values = [value for entry in learner.sent for value in entry.get("values", [])]
    return kinds, [value for _, value in values]


def test_when_the_time_is_up_it_is_told_and_the_part_is_left_with_all_that_it_says(learner):
    late = learner("exit,message")
    late.pass_by("02:00")
    expect(late.told).to_have_text(ENDS)
    assert late.told.get_attribute("aria-live") == "polite"
    expect(late.page.locator("iframe[name=sco]")).to_be_visible()
    late.pass_by("00:11")
    late.page.wait_for_selector("main[data-session=ended]")
    expect(late.told).to_have_text(CLOSED)
    kinds, values = goodbye(late)
    assert kinds[-1] == ("navigate", "time-out")
    assert kinds[-2][0] == "terminate"
    assert values[-1] == "said at the goodbye"
    assert late.person.problems == []


def test_where_it_is_not_to_be_told_the_part_is_left_without_a_word(learner):
    late = learner("exit,no message")
    late.pass_by("02:00")
    expect(late.told).to_be_empty()
    late.pass_by("00:11")
    late.page.wait_for_selector("main[data-session=ended]")
    expect(late.told).to_be_empty()


def test_where_the_part_may_go_on_it_is_told_and_goes_on(learner):
    late = learner("continue,message")
    late.pass_by("02:00")
    expect(late.told).to_have_text(GOES_ON)
    late.pass_by("01:00:00")
    expect(late.told).to_have_text(GOES_ON)
    assert late.person.frame().evaluate("commit()") == "true"
    late.person.press("Exit")
    late.page.wait_for_selector("main[data-session]")
    expect(late.told).to_be_empty()


def test_among_several_parts_the_learner_chooses_the_next_and_its_time_is_its_own(learner):
    late = learner("exit,message", parts=2)
    late.pass_by("02:00")
    late.pass_by("00:11")
    late.page.get_by_role("heading", name="Choose a part").wait_for()
    expect(late.told).to_have_text(CLOSED)
    late.page.get_by_role("navigation", name="Course contents").get_by_text("Two").click()
    late.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    late.pass_by("01:00:00")
    expect(late.told).to_be_empty()
    expect(late.page.locator("iframe[name=sco]")).to_be_visible()


def test_a_preview_says_so_in_its_log(server, visitor, package):
    key, _ = package("exit,message")
    author = Clock(visitor("author"))
    author.page.goto(f"{server.url}/packages/{key}/")
    author.person.press("Preview")
    author.begun()
    author.pass_by("02:00")
    author.pass_by("00:11")
    author.page.wait_for_selector("main[data-session=ended]")
    author.person.press("Run-time log")
    log = author.page.get_by_role("region", name="Run-time log")
    passed = log.get_by_role("row", name="Time limit passed")
    expect(passed).to_contain_text("max_time_allowed")
    expect(passed).to_contain_text("exit,message")
    expect(log.get_by_role("row", name="Part closed by the time limit")).to_be_visible()
