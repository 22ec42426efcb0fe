"""Debian's Chromium, without a window."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

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


def program() -> str | None:
    """Where it is, if it is installed."""
    return shutil.which("chromium")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A browser; contexts of it share nothing."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=CHROMIUM)
        yield browser
        browser.close()


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
