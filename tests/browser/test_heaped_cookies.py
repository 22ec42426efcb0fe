"""Content can set cookies for every host of a wildcard domain: none may fall silent for it."""

import pytest

from browsers import CHROMIUM, Visitor, program
from servers import Server

pytestmark = pytest.mark.browser

SITE, CONTENT = "learn.example.org", "content.example.net"
HEAP = f"""() => {{
  for (let number = 0; number < 200; number += 1) {{
    const value = "x".repeat(4080);
    document.cookie = `c${{number}}=${{value}}; Domain={CONTENT}; Path=/; Max-Age=9999`;
  }}
  return document.cookie.length;
}}"""


@pytest.fixture
def server(tmp_path):
    server = Server(tmp_path)
    server.url = f"http://{SITE}:{server.port}"
    server.set(site_url=server.url, content_url=f"http://*.{CONTENT}:{server.port}")
    server.run("init")
    server.add_people("member")
    for slug in ("one", "two"):
        server.publish(slug)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def browser(chromium):
    """One that finds every name on this machine, and takes the content hosts for ones with TLS:
    browsers clear what a server asks them to for these alone."""
    browser = chromium.browser_type.launch(
        executable_path=program(),
        args=[
            *CHROMIUM,
            "--host-resolver-rules=MAP * 127.0.0.1",
            f"--unsafely-treat-insecure-origin-as-secure=*.{CONTENT}",
        ],
    )
    yield browser
    browser.close()


def cookies(visitor):
    return [each for each in visitor.context.cookies() if each["domain"].endswith(CONTENT)]


def test_a_course_opens_though_another_has_heaped_up_all_the_cookies_that_a_browser_keeps(
    browser, server
):
    member = Visitor(browser, server)
    member.open("one", "Start")
    member.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    assert member.frame().evaluate(HEAP) > 500_000
    assert len(cookies(member)) > 100
    member.open("two", "Start")
    member.page.wait_for_function("() => (window.frames.sco || {}).begun === 'true'")
    member.saved()
    assert cookies(member) == []
    member.page.goto(f"{server.url}/learning/")
    assert member.page.url.endswith("/learning/"), "Signed in still."
    member.close()
