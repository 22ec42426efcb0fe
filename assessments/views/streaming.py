"""A long file that is made while it is sent.

The database connection of a request is closed before the server asks for the first part of the
answer, so such a file is read over one of its own. It is opened with the first part: a request that
is tried again, or not answered, leaves none behind. The server closes the parts when all are sent
and when the reader has gone away (PEP 3333), and the connection with them.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from persistent import Persistent
from transaction import TransactionManager

T = TypeVar("T", bound=Persistent)


def apart(thing: T, parts: Callable[[T], Iterator[bytes]]) -> Iterator[bytes]:
    """What ``parts`` makes of a thing, as the database is when the first is asked for.

    :param thing: is in the database
    """
    manager = TransactionManager(explicit=True)
    manager.begin()
    connection = thing._p_jar.db().open(manager)
    try:
        yield from parts(connection.get(thing._p_oid))
    finally:
        manager.abort()
        connection.close()
