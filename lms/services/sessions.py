"""Sign-in sessions: opened at sign-in, found by the cookie, listed and ended by the person.

The browser holds ``<person id>.<secret>``; the database holds only the secret's hash.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.resources.people import People, Person, SignInSession

LIFETIME = timedelta(days=30)
SHARED_LIFETIME = timedelta(hours=12)
TOUCH_EVERY = timedelta(minutes=5)
MOST = 50
"""More browsers than anybody has: the one unseen for longest makes room."""

SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chromium", "Chromium"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
COOKIE = re.compile(r"([0-9a-f]{16})\.([\w-]{43})", re.ASCII)


@dataclass(frozen=True)
class SignedIn:
    """A person, and the session by which they are known. ``key`` names it and opens nothing."""

    person: Person
    key: str
    session: SignInSession


def open_session(
    person: Person, *, now: datetime, shared_computer: bool, user_agent: str | None
) -> str:
    """A new session, always with a new secret; the value for the cookie."""
    _make_room(person, now)
    secret = secrets.token_urlsafe(32)
    lifetime = SHARED_LIFETIME if shared_computer else LIFETIME
    person.sessions[_key_of(secret)] = SignInSession(
        now, now + lifetime, shared_computer, browser_words(user_agent)
    )
    return f"{person.id}.{secret}"


def find(people: People, cookie: str | None, now: datetime) -> SignedIn | None:
    """Who holds this cookie, while the session lives and the account is open."""
    parts = COOKIE.fullmatch(cookie or "")
    if parts is None:
        return None
    person = people.get(parts[1])
    if person is None or person.closed:
        return None
    key = _key_of(parts[2])
    session = person.sessions.get(key)
    if session is None or session.expires <= now:
        return None
    return SignedIn(person, key, session)


def touch(session: SignInSession, now: datetime) -> None:
    """Note that the session is in use, at most every five minutes."""
    if now - session.last_seen >= TOUCH_EVERY:
        session.last_seen = now


def listed(person: Person, now: datetime) -> list[tuple[str, SignInSession]]:
    """``(key, session)`` of the sessions that live, the last used first."""
    living = [(key, found) for key, found in person.sessions.items() if found.expires > now]
    return sorted(living, key=lambda pair: pair[1].last_seen, reverse=True)


def end(person: Person, key: str) -> bool:
    """End one session; whether there was one."""
    return person.sessions.pop(key, None) is not None


def end_others(person: Person, key: str | None) -> int:
    """End every session but the one named; how many there were."""
    others = [other for other in person.sessions if other != key]
    for other in others:
        del person.sessions[other]
    return len(others)


def browser_words(user_agent: str | None) -> str:
    """What a person calls their browser: ``Chromium on Android``; nothing finer is kept."""
    text = user_agent or ""
    browser = next((name for mark, name in BROWSERS if mark in text), "Browser")
    system = next((name for mark, name in SYSTEMS if mark in text), None)
    return f"{browser} on {system}" if system else browser


def _make_room(person: Person, now: datetime) -> None:
    for key, session in list(person.sessions.items()):
        if session.expires <= now:
            del person.sessions[key]
    for key, _session in listed(person, now)[MOST - 1 :]:
        del person.sessions[key]


def _key_of(secret: str) -> str:
    return hashlib.sha256(secret.encode("ascii")).hexdigest()
