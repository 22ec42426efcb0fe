"""A running site in a process of its own, and real Chromium."""

import pytest

from browsers import sign_in
from servers import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    server = Server(tmp_path_factory.mktemp("site"))
    server.run("init")
    for role in ("member", "author", "admin"):
        server.add_people(role, role=role)
    server.start()
    yield server
    server.stop()


class Visitor:
    """One person's browser: signs in, opens a course, works the player by role and name."""

    def __init__(self, chromium, server, username: str | None = "member"):
        self.server = server
        self.context = chromium.new_context(viewport={"width": 1280, "height": 800})
        self.context.set_default_timeout(15_000)
        self.page = self.context.new_page()
        self.problems = []
        self.foreign = []
        self.dialogs = []
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("dialog", self._dialog)
        self.context.on("response", lambda answer: self._request(answer.request))
        self.context.on("requestfailed", self._failed)
        if username:
            self.sign_in(username)

    def _request(self, request):
        host = request.url.partition("://")[2].partition("/")[0]
        if request.url.startswith("http") and not host.endswith(f"localhost:{self.server.port}"):
            self.foreign.append(request.url)

    def _failed(self, request):
        """Without an answer; what the page's own policy held back never left this device."""
        if request.failure != "csp":
            self._request(request)

    def _dialog(self, dialog):
        self.dialogs.append(dialog.message)
        dialog.accept()

    def sign_in(self, username: str) -> None:
        sign_in(self.page, self.server, username)

    def open(self, slug: str, button: str) -> None:
        self.page.goto(f"{self.server.url}/courses/{slug}")
        self.page.get_by_role("button", name=button, exact=True).click()
        self.page.wait_for_selector("#player", state="attached")

    @property
    def sco(self):
        return self.page.frame_locator("iframe[name=sco]")

    def frame(self):
        return self.page.frame(name="sco")

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def saved(self) -> None:
        self.page.wait_for_selector("[data-save=saved], main[data-session]", state="attached")

    def close(self) -> None:
        self.context.close()


@pytest.fixture
def visitor(chromium, server):
    """Makes visitors; closes them all."""
    made = []

    def visit(username: str | None = "member") -> Visitor:
        made.append(Visitor(chromium, server, username))
        return made[-1]

    yield visit
    for each in made:
        each.close()


@pytest.fixture(scope="module")
def learner(chromium, server):
    """One visitor for a whole module, who opens one course after the other."""
    learner = Visitor(chromium, server)
    yield learner
    learner.close()
