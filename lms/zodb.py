"""The database: opened once, a connection for each request, and a list of the classes it may load.

A pickle can name any class of the process, so loading is limited to our persistent classes
and the few the database itself needs (ZODB ``class_factory``).
"""

import atexit
import random
import time
from collections.abc import Callable
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import TypeVar

import transaction
import ZConfig
import ZODB
import ZODB.config
from pyramid_retry import IBeforeRetry
from transaction.interfaces import NoTransaction, TransientError
from zc.lockfile import LockError
from ZODB.broken import find_global
from ZODB.Connection import Connection

T = TypeVar("T")

HOUSES = frozenset({"lms", "scorm", "assessments", "certificates"})
LIBRARY_CLASSES = frozenset(
    {
        ("persistent.mapping", "PersistentMapping"),
        ("ZODB.blob", "Blob"),
        ("copyreg", "_reconstructor"),
        ("datetime", "datetime"),
        ("datetime", "timezone"),
        ("datetime", "timedelta"),
        ("datetime", "date"),
        ("builtins", "object"),
        ("builtins", "frozenset"),
        ("_codecs", "encode"),
    }
)


class DatabaseUnavailable(Exception):
    """The database cannot be opened as it is configured; the message says what was tried."""


class ForbiddenClass(Exception):
    """A record names a class that no record of ours may name: the database was tampered with."""


def find_class(_connection, module: str, name: str):
    """The class ``module.name`` when a record may hold one (ZODB ``class_factory``).

    :raises ForbiddenClass: for every other name
    """
    house, _, room = module.partition(".")
    ours = house in HOUSES and room.split(".")[0] == "resources"
    tree = house == "BTrees" and module.count(".") == 1
    if ours or tree or (module, name) in LIBRARY_CLASSES:
        return find_global(module, name)
    raise ForbiddenClass(f"A database record names {module}.{name}, which is not ours to load.")


def open_database(configuration: Path, data: Path) -> ZODB.DB:
    """Open the first database of a ``zodb.conf``; in its text ``$data`` is the data folder.

    :raises zc.lockfile.LockError: when another process holds its files
    :raises DatabaseUnavailable: when it cannot be opened for any other reason
    """
    try:
        text = f"%define data {data}\n{configuration.read_text(encoding='utf-8')}"
        return database_from_text(text)
    except LockError:
        raise
    except Exception as error:  # each storage and its driver has errors of its own
        words = " ".join(str(error).split())
        raise DatabaseUnavailable(
            f"The database that {configuration} describes cannot be opened: {words}"
        ) from error


def database_from_text(text: str) -> ZODB.DB:
    """Open the first database of a ZODB configuration text, with the list of classes in force."""
    parsed, _ = ZConfig.loadConfigFile(ZODB.config.getDbSchema(), StringIO(text))
    parsed.database[0].config.class_factory = find_class
    return ZODB.config.databaseFromConfig(parsed.database)


def in_transaction(database: ZODB.DB, work: Callable[[Connection], T]) -> T:
    """Do ``work(connection)`` in one transaction, and again when it met another one."""
    manager = transaction.TransactionManager(explicit=True)
    while True:
        manager.begin()
        opened = database.open(manager)
        try:
            found = work(opened)
            manager.commit()
            return found
        except TransientError:
            manager.abort()
        except BaseException:
            manager.abort()
            raise
        finally:
            opened.close()


def connection(request):
    """The request's own connection, joined to its transaction manager, closed with the request."""
    opened = request.registry["zodb"].open(transaction_manager=request.tm)

    def close(request):
        with suppress(NoTransaction):
            request.tm.abort()
        opened.close()

    request.add_finished_callback(close)
    return opened


def wait_a_little(event):
    """Two requests that met once should not meet again at once: wait 1–20 ms, more each time.

    The form is read anew: the files in it were read to their ends the first time.
    """
    event.environ.pop("webob._parsed_post_vars", None)
    attempt = event.environ.get("retry.attempt", 0)
    event.request.registry["metrics"].count("tutela_retries_total")
    time.sleep(random.uniform(0.001, 0.02) * (attempt + 1))  # noqa: S311 (not a secret)


def includeme(config):
    """``request.zodb`` on ``registry["zodb"]``, explicit transactions, retries with back-off."""
    settings = config.get_settings()
    settings["tm.manager_hook"] = "pyramid_tm.explicit_manager"
    settings["tm.annotate_user"] = False
    settings["tm.commit_veto"] = "pyramid_tm.default_commit_veto"
    settings.setdefault("retry.attempts", 5)
    config.include("pyramid_retry")
    config.include("pyramid_tm")
    config.add_request_method(connection, "zodb", reify=True)
    config.add_subscriber(wait_a_little, IBeforeRetry)


def close_at_exit(database: ZODB.DB) -> None:
    """Close the storage when the process ends, so that its index is written."""
    atexit.register(database.close)
