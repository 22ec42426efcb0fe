"""People: adding them, checking who they are, changing and closing their accounts. No HTTP."""

import re
import secrets
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta

from lms.resources.people import ROLES, People, Person, normalised
from lms.services import passphrases

USERNAME = re.compile(r"[\w.@+-]{2,64}")
LONGEST_NAME = 100
TEMPORARY_DAYS = 14


class PersonRefused(ValueError):
    """Somebody cannot be added or changed like this; the message says why."""


class WrongPassphrase(PersonRefused):
    """The current passphrase, asked again, is another one."""

    def __init__(self):
        super().__init__("The current passphrase is not right.")


class LastAdmin(PersonRefused):
    """The site would be left without an admin."""

    def __init__(self):
        super().__init__(
            "This is the only admin. Make somebody else an admin first, so that the site is "
            "never without one."
        )


def add(
    people: People,
    *,
    username: str,
    passphrase: str,
    role: str,
    now: datetime,
    centre: str | None = None,
    display_name: str | None = None,
    language: str | None = None,
    temporary: bool = False,
) -> Person:
    """A new person.

    :param role: ``member``, ``author`` or ``admin``
    :param temporary: the passphrase was made for the person, who is asked to change it
    :raises PersonRefused: when the username is taken or not one, or the passphrase is easy
    """
    username = unicodedata.normalize("NFKC", username.strip())
    if not USERNAME.fullmatch(username):
        raise PersonRefused(
            "A username has 2 to 64 letters, digits, dots, hyphens or underscores, and no spaces."
        )
    if people.by_username(username) is not None:
        raise PersonRefused(f"Somebody has the username “{username}” already. Choose another one.")
    _accept(passphrase, username)
    person = Person(secrets.token_hex(8), secrets.token_hex(16), username, now)
    person.display_name = tidy_name(display_name) or username
    person.centre = centre or None
    person.language = language
    person.passphrase_hash = passphrases.hashed(passphrase)
    person.temporary_until = now + timedelta(days=TEMPORARY_DAYS) if temporary else None
    people.add(person)
    change_role(people, person, role)
    return person


def _accept(passphrase: str, username: str) -> None:
    try:
        passphrases.check_new(passphrase, username)
    except passphrases.PassphraseRefused as refused:
        raise PersonRefused(str(refused)) from None


def tidy_name(name: str | None) -> str:
    """A display name in one line: spaces joined, characters that do not show removed."""
    visible = (
        " " if character.isspace() else character
        for character in unicodedata.normalize("NFC", name or "")
        if character.isspace()
        or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Co")
        or character in "\u200c\u200d"
    )
    return " ".join("".join(visible).split())[:LONGEST_NAME]


def authenticate(people: People, username: str, passphrase: str, now: datetime) -> Person | None:
    """The person with this username and passphrase, when the account is open.

    Takes the same time whether or not the username exists.
    """
    person = people.by_username(username)
    if person is None or person.closed or _temporary_is_over(person, now):
        passphrases.matches_nobody(passphrase)
        return None
    if not passphrases.matches(person.passphrase_hash, passphrase):
        return None
    if passphrases.is_outdated(person.passphrase_hash):
        person.passphrase_hash = passphrases.hashed(passphrase)
    return person


def _temporary_is_over(person: Person, now: datetime) -> bool:
    return person.temporary_until is not None and person.temporary_until < now


def change_passphrase(person: Person, current: str, new: str) -> None:
    """The person's own change; the current passphrase is asked again.

    :raises WrongPassphrase: when the current one is wrong
    :raises PersonRefused: when the new one is easy to guess
    """
    if not passphrases.matches(person.passphrase_hash, current):
        raise WrongPassphrase
    _accept(new, person.username)
    if current == new:
        raise PersonRefused("The new passphrase is the same as the current one.")
    person.passphrase_hash = passphrases.hashed(new)
    person.temporary_until = None


def reset_passphrase(person: Person, now: datetime) -> str:
    """Give a temporary passphrase, to be handed over once; ends every sign-in of the person."""
    made = passphrases.temporary()
    person.passphrase_hash = passphrases.hashed(made)
    person.temporary_until = now + timedelta(days=TEMPORARY_DAYS)
    person.sessions.clear()
    return made


def change_role(people: People, person: Person, role: str) -> None:
    """:raises PersonRefused: for an unknown role, and when the last admin would lose it"""
    if role not in ROLES:
        raise PersonRefused(f"“{role}” is not a role. There are: {', '.join(ROLES)}.")
    _keep_admins(people, person, is_admin=role == "admin" and not person.closed)
    person.role = role


def close(people: People, person: Person) -> None:
    """End the person's sign-ins and let nobody sign in any more; results stay.

    :raises LastAdmin: when the site would be left without an admin
    """
    _keep_admins(people, person, is_admin=False)
    person.closed = True
    person.sessions.clear()


def reopen(people: People, person: Person) -> None:
    """Let the person sign in again, with the role and passphrase they had."""
    person.closed = False
    _keep_admins(people, person, is_admin=person.role == "admin")


def _keep_admins(people: People, person: Person, *, is_admin: bool) -> None:
    others = tuple(key for key in people.admins if key != person.id)
    if person.id in people.admins and not is_admin and not others:
        raise LastAdmin
    admins = (*others, person.id) if is_admin else others
    if set(admins) != set(people.admins):
        people.admins = admins


def all_named(people: People, usernames: Iterable[str]) -> list[Person]:
    """The people with these usernames, each once, in their order; empty names are left out.

    :raises PersonRefused: naming those that do not exist or whose account is closed
    """
    names = dict.fromkeys(name.strip() for name in usernames if name.strip())
    found = {name: people.by_username(name) for name in names}
    unknown = [name for name, person in found.items() if person is None]
    if unknown:
        raise PersonRefused(f"These usernames do not exist: {', '.join(unknown)}.")
    known = {person.id: person for person in found.values() if person is not None}
    closed = [person.username for person in known.values() if person.closed]
    if closed:
        raise PersonRefused(f"These accounts are closed: {', '.join(closed)}.")
    if not known:
        raise PersonRefused("There is no username.")
    return list(known.values())


def centres(people: People) -> list[str]:
    """Every centre that somebody is of, by name."""
    found = {person.centre for person in people.values() if person.centre}
    return sorted(found, key=str.casefold)


def of_centre(people: People, centre: str) -> list[Person]:
    """Everybody of a centre whose account is open."""
    return [person for person in people.values() if person.centre == centre and not person.closed]


def page_of_people(
    people: People, *, search: str = "", first: str = "", size: int = 25
) -> tuple[list[Person], str | None]:
    """People by username from ``first`` on, and where the next page begins.

    :param search: part of a username
    """
    wanted = normalised(search)
    found: list[Person] = []
    for username, person_id in people.usernames(first):
        if wanted not in username:
            continue
        if len(found) == size:
            return found, username
        found.append(people[person_id])
    return found, None
