"""What content may still do, since courses live of it: windows of its own, and PDFs in pages."""

import zipfile

import pytest

from smallest import MANIFEST_2004, PAGE

pytestmark = pytest.mark.browser

BUTTON = "<button onclick=\"window.open('second.html')\">Open</button>"
SECOND = """<!doctype html><title>Second</title><p id="said"></p>
<script>
const api = window.opener.parent.API_1484_11;
document.getElementById("said").textContent = `${api.SetValue("cmi.location", "second")}`;
</script>"""
PDF = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>"""


@pytest.fixture
def package(tmp_path):
    with zipfile.ZipFile(tmp_path / "windows.zip", "w") as archive:
        archive.writestr("imsmanifest.xml", MANIFEST_2004)
        archive.writestr("page.html", f'{PAGE}{BUTTON}<iframe src="leaflet.pdf"></iframe>')
        archive.writestr("second.html", SECOND)
        archive.writestr("leaflet.pdf", PDF)
    return tmp_path / "windows.zip"


def test_a_window_that_content_opens_finds_the_api_and_a_pdf_in_a_page_is_shown(
    visitor, published, package
):
    member, slug = visitor(), published(package)
    with (
        member.context.expect_event(
            "response", lambda answer: answer.url.endswith("leaflet.pdf")
        ) as leaflet,
        # The browser's own viewer, which no sandbox may stand around.
        member.page.expect_event(
            "framenavigated", lambda frame: frame.url.startswith("chrome-extension:")
        ),
    ):
        member.open(slug, "Start")
    assert leaflet.value.status == 200
    with member.page.expect_popup() as opened:
        member.sco.get_by_role("button", name="Open").click()
    opened.value.get_by_text("true").wait_for()
    member.saved()
