"""What the first load of each key page costs in a real browser."""

from pathlib import Path

from browsers import chromium, signed_in
from servers import Server
from weigh import weigh

PAGES = {
    "catalogue": "/courses/",
    "course": "/courses/smallest",
    "learning": "/learning/",
}


def measure(folder: Path) -> dict[str, float]:
    """``page.kb.*`` (packed, headers included) and ``page.requests.*``."""
    server = Server(folder)
    server.run("init")
    server.add_people("member")
    server.publish("smallest")
    server.start()
    found = {}
    with chromium() as browser:
        visitor = browser.new_context().new_page()
        found["sign-in"] = weigh(visitor, f"{server.url}/sign-in")
        member = signed_in(browser.new_context(), server, "member")
        for name, path in PAGES.items():
            found[name] = weigh(member, server.url + path)
    server.stop()
    figures: dict[str, float] = {}
    for name, weight in found.items():
        figures[f"page.kb.{name}"] = round(weight.bytes / 1000, 1)
        figures[f"page.requests.{name}"] = weight.requests
    return figures
