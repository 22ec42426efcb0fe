"""A browser before nginx, with the configuration of ``docs/nginx.conf``, over HTTP/2."""

import zipfile
from contextlib import closing

import pytest

import nginx
import smallest
from browsers import launched, sign_in_here
from servers import Server

pytestmark = pytest.mark.browser

MODULE = """
const answer = await fetch(new URL("film.mp4", import.meta.url), {headers: {Range: "bytes=-2"}});
window.part = [answer.status, (await answer.arrayBuffer()).byteLength];
"""


@pytest.fixture
def front(tmp_path):
    """nginx before a running site with a member and a course."""
    if nginx.program() is None:
        pytest.skip("Debian's nginx and openssl are not both installed")
    path = tmp_path / "course.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("imsmanifest.xml", smallest.MANIFEST_2004)
        page = f"{smallest.PAGE}<script type=module src='Parts/%E9 ~#.mjs'></script>"
        archive.writestr("page.html", page.replace("#", "%23"))
        archive.writestr("parts/\u00e9 ~#.mjs", MODULE)
        archive.writestr("parts/film.mp4", bytes(5_000_000))
    server = Server(tmp_path)
    with nginx.Nginx(server) as front:
        server.run("init")
        server.add_people("member")
        server.run("packages", "import", str(path), "--course", "c", "--publish")
        server.start()
        yield front
        assert "Traceback" not in server.stop()


def test_a_course_is_opened_played_and_saved_through_nginx(front, chromium):
    there = f"--host-resolver-rules=MAP *:443 127.0.0.1:{front.tls}"
    with closing(launched(chromium.browser_type, there)) as browser:
        context = browser.new_context(ignore_https_errors=True)
        page = context.new_page()
        page.goto(f"{nginx.SITE}/sign-in")
        sign_in_here(page, "member")
        page.wait_for_url("**/learning/")
        page.goto(f"{nginx.SITE}/courses/c")
        page.get_by_role("button", name="Start", exact=True).click()
        page.wait_for_function("() => (window.frames.sco || {}).part")
        content = page.frame(name="sco")
        assert content.evaluate("[window.begun, ...window.part]") == ["true", 206, 2]
        entries = "performance.getEntriesByType('resource').map((entry) => entry.nextHopProtocol)"
        assert set(content.evaluate(entries)) == {"h2"}
        content.evaluate("set('cmi.location', '7'); commit()")
        page.wait_for_selector("#save[data-save=saved]")
        page.goto(f"{nginx.SITE}/courses/c")
        page.get_by_role("button", name="Resume", exact=True).click()
        page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
        assert page.frame(name="sco").evaluate("get('cmi.location')") == "7"
