"""Where nothing is open, or nothing may be opened, the player says what can be done."""

import zipfile

import pytest
from playwright.sync_api import expect

import smallest

pytestmark = pytest.mark.browser

PAGE = (
    smallest.PAGE
    + """<script>
const leave = (request) => {
  if (request) set("adl.nav.request", request);
  new_api.Terminate("");
};
</script>"""
)
ITEM = '<item identifier="{0}" identifierref="r"><title>{1}</title>{2}</item>'
IMSSS = 'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
HIDDEN_ONCE_SEEN = f"""<imsss:sequencing {IMSSS}><imsss:sequencingRules><imsss:preConditionRule>
<imsss:ruleConditions><imsss:ruleCondition condition="attempted"/></imsss:ruleConditions>
<imsss:ruleAction action="hiddenFromChoice"/></imsss:preConditionRule></imsss:sequencingRules>
</imsss:sequencing>"""
PREREQUISITE = '<adlcp:prerequisites type="aicc_script">one</adlcp:prerequisites>'
EXIT = "Nothing else can be opened now. With Exit you leave the course; what you did is kept."


@pytest.fixture
def course(server, request):
    """Publishes a course of parts: pairs of a name and what stands in its item."""

    def make(*parts, choice=False, flow=True, standard="2004"):
        items = "".join(ITEM.format(name.lower(), name, more) for name, more in parts)
        control = f'<imsss:controlMode choice="{str(choice).lower()}" flow="{str(flow).lower()}"/>'
        if standard == "2004":
            items += f"<imsss:sequencing {IMSSS}>{control}</imsss:sequencing>"
        manifest = smallest.MANIFEST_12 if standard == "1.2" else smallest.MANIFEST_2004
        before, item, after = manifest.partition(
            '<item identifier="i" identifierref="r"><title>One</title></item>'
        )
        assert item
        slug = request.node.name.replace("_", "-").lower()
        path = server.data / f"{slug}.zip"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("imsmanifest.xml", before + items + after)
            archive.writestr("page.html", PAGE)
        server.run("packages", "import", str(path), "--course", slug, "--publish")
        return slug

    return make


class Learner:
    def __init__(self, person, slug):
        self.person, self.page = person, person.page
        person.open(slug, "Start")
        self.contents = self.page.get_by_role("navigation", name="Course contents")
        self.sheet = self.page.locator("#sheet")

    def begun(self):
        self.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")

    def leave(self, request=""):
        """Content says goodbye, and asks for something."""
        self.begun()
        self.person.frame().evaluate("request => setTimeout(() => leave(request))", request)

    def entry(self, name):
        return self.contents.get_by_role("button", name=name)


def test_where_the_contents_offer_nothing_they_are_not_pointed_to(visitor, course):
    learner = Learner(visitor(), course(("One", ""), ("Two", "")))
    learner.leave("exit")
    learner.page.get_by_role("heading", name="This part has ended").wait_for()
    expect(learner.sheet.locator("p")).to_have_text(["With Continue you go on."])
    expect(learner.page.get_by_role("heading", name="This part has ended")).to_be_focused()
    learner.person.press("Continue")
    learner.begun()
    learner.leave("exit")
    learner.page.get_by_role("heading", name="This part has ended").wait_for()
    expect(learner.sheet.locator("p")).to_have_text(
        ["With Continue you go on.", "With Previous you go back."]
    )


def test_where_only_the_way_out_is_left_that_is_said(visitor, course):
    slug = course(("One", HIDDEN_ONCE_SEEN), ("Two", HIDDEN_ONCE_SEEN), choice=True, flow=False)
    learner = Learner(visitor(), slug)
    learner.page.get_by_role("heading", name="Choose a part").wait_for()
    for name in ("One", "Two"):
        learner.entry(name).click()
        learner.leave("exit")
        learner.sheet.wait_for()
    learner.page.get_by_role("heading", name="This part has ended").wait_for()
    expect(learner.sheet.locator("p")).to_have_text([EXIT])


def test_a_course_with_no_way_in_says_whom_to_ask(visitor, course):
    learner = Learner(visitor(), course(("One", ""), ("Two", ""), flow=False))
    learner.page.get_by_role("heading", name="The course cannot be opened").wait_for()
    paragraphs = learner.sheet.locator("p").all_inner_texts()
    assert paragraphs[0].startswith("The course does not begin by itself, and nothing in it can")
    assert paragraphs[1].startswith("Ask your coordinator or the author of the course")
    assert "contents" not in "".join(paragraphs)


def test_why_a_request_was_refused_stands_above_the_content_until_the_next_one(visitor, course):
    learner = Learner(visitor(), course(("One", ""), ("Two", ""), choice=True, flow=False))
    learner.entry("One").click()
    learner.leave("continue")
    told = learner.page.get_by_text("From here the course does not go on by itself.")
    told.wait_for()
    assert told.get_attribute("aria-live") == "polite"
    assert told.get_attribute("lang") == "en"
    learner.begun()
    learner.entry("Two").click()
    learner.begun()
    expect(learner.page.locator("#told")).to_be_empty()
    assert learner.person.problems == []


def test_the_focus_stays_in_the_contents_when_its_entry_is_taken_away(visitor, course):
    slug = course(("One", HIDDEN_ONCE_SEEN), ("Two", ""), choice=True, flow=False)
    learner = Learner(visitor(), slug)
    learner.entry("One").click()
    learner.begun()
    learner.entry("One").focus()
    learner.person.frame().evaluate("setTimeout(() => leave('{target=two}choice'))")
    learner.entry("One").wait_for(state="detached")
    expect(learner.entry("Two")).to_be_focused()
    expect(learner.entry("Two")).to_have_attribute("aria-current", "page")


def test_what_a_lesson_waits_for_belongs_to_its_entry(visitor, course):
    slug = course(("One", ""), ("Two", PREREQUISITE), ("Three", PREREQUISITE), standard="1.2")
    learner = Learner(visitor(), slug)
    learner.begun()
    for name in ("Two", "Three"):
        expect(learner.entry(name)).to_have_accessible_description(
            learner.contents.locator("li").filter(has_text=name).locator(".needs").inner_text()
        )
    needs = learner.contents.locator(".needs")
    assert [needs.first.get_attribute(name) for name in ("lang", "dir")] == ["en", "ltr"]
    assert len({each.get_attribute("id") for each in needs.all()}) == 2
