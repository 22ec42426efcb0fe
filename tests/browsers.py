"""Debian's Chromium, without a window."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect, sync_playwright

from servers import PASSPHRASE, Server

CHROMIUM = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# As long as Playwright waits for everything else; a busy machine takes its time.
expect.set_options(timeout=30_000)


def program() -> str | None:
    """Where it is, if it is installed."""
    return shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; contexts of it share nothing."""
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        yield browser
        browser.close()


def launched(kind: BrowserType, *more: str) -> Browser:
    """Another process of a browser.

    :param more: words of its command line
    """
    return kind.launch(
        executable_path=program(),
        args=[*CHROMIUM, *more],
        ignore_default_args=["--disable-popup-blocking"],  # which nobody browses without
    )


def sign_in(page: Page, server: Server, username: str) -> None:
    """As a person does it."""
    page.goto(f"{server.url}/sign-in")
    sign_in_here(page, username)
    page.wait_for_url("**/learning/")


def sign_in_here(page: Page, username: str) -> None:
    """Fill in the form that the page shows."""
    page.get_by_label("Username", exact=True).fill(username)
    page.get_by_label("Password", exact=True).fill(PASSPHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()


def signed_in(context: BrowserContext, server: Server, username: str) -> Page:
    """A page of somebody who has signed in."""
    page = context.new_page()
    sign_in(page, server, username)
    return page


class Visitor:
    """One person's browser: signs in, opens a course, works the player by role and name."""

    def __init__(
        self,
        chromium,
        server,
        username: str | None = "member",
        context: BrowserContext | None = None,
    ):
        """:param context: of a browser that is open already, for another tab in it"""
        self.server = server
        self.context = context or chromium.new_context(viewport={"width": 1280, "height": 800})
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


@contextmanager
def author(chromium, site, language="en", **options):
    """An author's page, in a language, in a browser of its own."""
    context = chromium.new_context(**options)
    page = signed_in(context, site, "author")
    page.goto(f"{site.url}/language")
    page.locator(f"[value={language}]").first.click()
    yield page
    context.close()
