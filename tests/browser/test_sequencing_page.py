"""What an author sees of sequencing fits every screen, however deep and long its names are."""

import zipfile

import pytest

import smallest

pytestmark = pytest.mark.browser

LONG = "objective-" + "x" * 300
IMSSS = 'xmlns:imsss="http://www.imsglobal.org/xsd/imsss"'
RULE = f"""<imsss:sequencing {IMSSS}><imsss:sequencingRules><imsss:preConditionRule>
<imsss:ruleConditions><imsss:ruleCondition referencedObjective="{LONG}" condition="satisfied"
operator="not"/><imsss:ruleCondition condition="always"/></imsss:ruleConditions>
<imsss:ruleAction action="skip"/></imsss:preConditionRule></imsss:sequencingRules>
<imsss:objectives><imsss:primaryObjective objectiveID="p">
<imsss:mapInfo targetObjectiveID="global-{LONG}"/></imsss:primaryObjective>
<imsss:objective objectiveID="{LONG}"/></imsss:objectives></imsss:sequencing>"""
RULE = RULE.replace("<imsss:ruleConditions>", '<imsss:ruleConditions conditionCombination="any">')
FLOW = f'<imsss:sequencing {IMSSS}><imsss:controlMode flow="true"/></imsss:sequencing>'
DEPTH = 20


@pytest.fixture(scope="module")
def package(server):
    """The address of a package whose first part is skipped, and whose last is deep below others."""
    item = '<item identifier="i" identifierref="r"><title>One</title></item>'
    deep = item.replace('"i"', '"deep"')
    for level in range(DEPTH):
        deep = f'<item identifier="d{level}"><title>Heading</title>{deep}{FLOW}</item>'
    skipped = item.replace('"i"', '"skipped"').replace("</item>", f"{RULE}</item>")
    manifest = smallest.MANIFEST_2004.replace(item, skipped + item + deep + FLOW)
    path = server.data / "deep.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", manifest)
        archive.writestr("page.html", smallest.PAGE)
    key = server.run("packages", "import", str(path))["package"]
    return f"{server.url}/packages/{key}/"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_widens_the_page_and_deep_levels_stay_readable(visitor, package, width, direction):
    author = visitor("author")
    author.page.goto(package)
    author.press("Preview")
    author.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    author.page.set_viewport_size({"width": width, "height": 800})
    author.page.goto(f"{package}preview-sequencing")
    author.page.evaluate("way => { document.documentElement.dir = way; }", direction)
    author.page.evaluate("document.querySelectorAll('details').forEach((x) => { x.open = true; })")
    assert LONG in author.page.locator("#asked ~ .table-wrap").first.inner_text()
    assert author.page.evaluate("document.documentElement.scrollWidth") <= width
    deepest = author.page.locator(" ".join(["li > ol"] * (DEPTH + 1)) + " .node").last
    assert deepest.bounding_box()["width"] >= 200
