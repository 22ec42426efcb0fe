"""A stranger verifies a certificate in a real browser: by its code, its QR code's address, the PDF
that its holder was given, and the badge; also without script and on a phone."""

from datetime import UTC, datetime
from threading import Event

import pytest
from playwright.sync_api import expect

import certified
from browsers import signed_in
from certificates.pdf import names
from servers import Server
from tests.browser.axe import findings, needs_axe
from weigh import weigh

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 740}
TIMES = 10


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site on which a member has certificates; ``codes`` of them by what they are."""
    server = Server(tmp_path_factory.mktemp("verifying"))
    server.run("init")
    server.add_people("member")
    with server.writing() as tree:
        learner = tree.people.by_username("member").learner_id
        made = certified.certify(tree.certificates, learner, datetime.now(UTC))
        made["new"].name_hash = names.hash_of("Zoë Ñandú")
        server.codes = {what: one.code for what, one in made.items()}
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="module")
def files(chromium, site, tmp_path_factory):
    """What the holder downloads: the PDF with a name on it, and the baked badge."""
    context = chromium.new_context(base_url=site.url)
    page = signed_in(context, site, "member")
    kept = tmp_path_factory.mktemp("downloaded")
    page.goto(f"/certificates/{site.codes['valid']}/print")
    page.get_by_label("Name on the certificate").fill("Zoë Ñandú")
    with page.expect_download() as pdf:
        page.get_by_role("button", name="Make the PDF").click()
    pdf.value.save_as(kept / "certificate.pdf")
    badge = context.request.get(f"/certificates/{site.codes['valid']}/badge.png")
    (kept / "badge.png").write_bytes(badge.body())
    context.close()
    return {"pdf": kept / "certificate.pdf", "png": kept / "badge.png"}


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def stranger(chromium, site, request):
    """A page of somebody who has no account."""
    context = chromium.new_context(
        base_url=site.url, viewport=PHONE, java_script_enabled=request.param
    )
    yield context.new_page()
    context.close()


def come_to_verify(page):
    page.goto("/")
    page.get_by_text("Menu", exact=True).click()
    page.get_by_role("banner").get_by_role("link", name="Verify a certificate").click()
    page.get_by_role("heading", name="Verify a certificate", level=1).wait_for()


def verify(page):
    page.get_by_role("button", name="Verify", exact=True).click()


def send(page, file):
    """Send a file in, and again when the site says to come again, as it may on a busy machine."""
    for _time in range(TIMES):
        page.get_by_label("Or the file").set_input_files(file)
        with page.expect_navigation() as answered:
            verify(page)
        if answered.value.status != 503:
            return
        Event().wait(int(answered.value.headers["retry-after"]))
    raise AssertionError("The site stays busy.")


@pytest.mark.parametrize("form", ["pdf", "png"])
def test_a_file_as_it_was_downloaded_is_valid_and_names_nobody(stranger, files, form):
    come_to_verify(stranger)
    send(stranger, files[form])
    stranger.get_by_role("heading", name="This certificate is valid").wait_for()
    words = stranger.get_by_role("main").inner_text()
    assert "as this site made it" in words
    assert "Listening well to survivors" in words
    assert "Ñandú" not in words
    assert "member" not in words


def test_a_pdf_with_one_changed_byte_is_not(stranger, files):
    content = bytearray(files["pdf"].read_bytes())
    content[len(content) // 2] ^= 1
    come_to_verify(stranger)
    send(
        stranger,
        {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": bytes(content)},
    )
    stranger.get_by_role("alert").wait_for()
    assert stranger.get_by_role("heading", name="This certificate is valid").count() == 0


@pytest.mark.parametrize(
    ("what", "heading"),
    [
        ("valid", "This certificate is valid"),
        ("expired", "This certificate has expired"),
        ("suspended", "This certificate is suspended"),
        ("revoked", "This certificate is revoked"),
    ],
)
def test_a_code_typed_in_small_letters_leads_to_the_truth(stranger, site, what, heading):
    come_to_verify(stranger)
    stranger.get_by_label("Certificate code").fill(site.codes[what].lower())
    verify(stranger)
    stranger.get_by_role("heading", name=heading).wait_for()
    stranger.goto(f"/certificates/{site.codes[what]}")
    stranger.get_by_role("heading", name=heading).wait_for()


def test_who_checks_a_name_sees_the_answer_at_once(stranger, site):
    stranger.goto(f"/certificates/{site.codes['new']}")
    stranger.get_by_label("Name on the certificate").fill("zoë ñandú")
    stranger.get_by_role("button", name="Check the name").click()
    expect(stranger.get_by_text("Yes: the holder gave this name")).to_be_in_viewport()


def test_a_code_of_nothing_is_kept_in_its_field(stranger):
    come_to_verify(stranger)
    stranger.get_by_label("Certificate code").fill("1234-no-such")
    verify(stranger)
    stranger.get_by_role("alert").wait_for()
    assert stranger.get_by_label("Certificate code").input_value() == "1234-no-such"


def test_who_sends_nothing_is_led_to_the_field(stranger):
    come_to_verify(stranger)
    verify(stranger)
    stranger.get_by_role("link", name="Choose a file or type the code.").click()
    expect(stranger.locator("#code")).to_be_focused()


@needs_axe
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["en", "ar"])
def test_its_pages_have_no_barriers_and_fit_a_phone(chromium, site, scheme, language):
    context = chromium.new_context(
        base_url=site.url, viewport=PHONE, color_scheme=scheme, locale=language
    )
    page = context.new_page()
    for path in ("/certificates/", *(f"/certificates/{code}" for code in site.codes.values())):
        page.goto(path)
        assert findings(page) == []
        room, needed = page.evaluate("[innerWidth, document.documentElement.scrollWidth]")
        assert needed <= room
    context.close()


def test_its_pages_are_small(chromium, site):
    for path in ("/certificates/", f"/certificates/{site.codes['valid']}"):
        context = chromium.new_context()
        weight = weigh(context.new_page(), site.url + path)
        assert weight.bytes <= 60_000
        assert weight.requests <= 10
        context.close()
