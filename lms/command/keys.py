"""``tutela certificates keys``: the keys that sign certificates. They lie outside the database, so
that these commands need neither it nor the running site, which sees at once what they change."""

import getpass
import os
import sys
from datetime import UTC, datetime

from certificates.key_backup import LARGEST, locked, unlocked
from certificates.keys import MISMATCH, KeyRing
from lms.command.tasks import Answer, Refused, needs_file
from lms.settings import Settings


def show(settings: Settings, _arguments) -> Answer:
    """``keys list``: every pair there ever was, the newest first."""
    ring = opened(settings)
    plain = {
        "did": ring.did,
        "folder": str(ring.folder),
        "keys": [
            {
                "id": keys.id,
                "created": keys.created.isoformat(),
                "retired": keys.retired.isoformat() if keys.retired else None,
            }
            for keys in ring.all
        ],
        "mismatch": ring.mismatch,
    }
    lines = [
        f"{keys.id}  since {keys.created:%Y-%m-%d %H:%M} UTC, "
        + (f"retired {keys.retired:%Y-%m-%d %H:%M} UTC" if keys.retired else "signs now")
        for keys in ring.all
    ]
    lines += [MISMATCH] if ring.mismatch else []
    return Answer("\n".join([f"Keys of {ring.did}, in {ring.folder}:", *lines]), plain)


def rotate(settings: Settings, _arguments) -> Answer:
    """``keys rotate``: a new pair signs from now on."""
    fresh = opened(settings).rotate(datetime.now(UTC))
    words = (
        f"A new pair of keys signs from now on: {fresh.id}\n"
        "What the others signed holds on. Make a backup: tutela certificates keys backup FILE"
    )
    return Answer(words, {"id": fresh.id, "created": fresh.created.isoformat()})


def backup(settings: Settings, arguments) -> Answer:
    """``keys backup FILE``: all of them in one file, locked with a passphrase."""
    ring = opened(settings)
    text = locked(ring.all, ring.bought() | ring.earlier_chains(), passphrase(again=True))
    handle = os.open(arguments.file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(text)
    words = (
        f"All keys are in {arguments.file}. Keep it apart from the backups of the database, and "
        "its passphrase apart from it: without the passphrase nobody can open it."
    )
    return Answer(words, {"file": str(arguments.file), "keys": len(ring.all)})


def restore(settings: Settings, arguments) -> Answer:
    """``keys restore FILE``: bring back what a backup has. The newest pair of all signs then."""
    needs_file(arguments.file)
    with arguments.file.open("rb") as file:
        text = file.read(LARGEST).decode("ascii", "replace")
    keys, files = unlocked(text, passphrase())
    ring = ring_of(settings)
    ring.prepare()
    known = {each.id for each in ring.all}
    ring.put(keys, datetime.now(UTC), files)
    brought = [each.id for each in keys if each.id not in known]
    words = f"Pairs of keys brought back: {len(brought)}. This one signs now: {ring.current.id}"
    return Answer(words, {"restored": brought, "current": ring.current.id})


TASKS = frozenset({show, rotate, backup, restore})
"""They are given the settings, and no database."""


def ring_of(settings: Settings) -> KeyRing:
    """The folder of the keys as it is, even when there are none in it."""
    return KeyRing(settings.keys, issuer=settings.name, site_url=settings.origins.site_url)


def opened(settings: Settings) -> KeyRing:
    """The keys of the site, made when there are none."""
    return KeyRing.open(
        settings.keys,
        issuer=settings.name,
        site_url=settings.origins.site_url,
        now=datetime.now(UTC),
    )


def passphrase(*, again: bool = False) -> str:
    """What locks a backup, typed unseen, or the first line of standard input.

    :raises Refused: when it was not typed the same again
    """
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    typed = getpass.getpass("Passphrase of the backup: ")
    if again and getpass.getpass("The same again: ") != typed:
        raise Refused("These are not the same. Nothing was stored.")
    return typed
