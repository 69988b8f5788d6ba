"""What keeps a database from working, as one error, whichever library found it."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError, OperationalError, TimeoutError

from knowledge.errors import StorageClosed

PASSING = ("08", "40", "53", "55P03", "57")
"""How SQLSTATEs begin of what is no fault of the statement: connections, deadlocks, resources, locks, operators."""
BUSY = "all its connections are in use"


@contextmanager
def opening() -> Iterator[None]:
    """Turns whatever keeps a database closed into StorageClosed."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageClosed(str(error)) from None
    except DBAPIError as error:
        raise StorageClosed(reason(error)) from None
    except TimeoutError:
        raise StorageClosed(BUSY) from None
    except OSError as error:
        raise StorageClosed(error.strerror or str(error) or "it does not answer") from None


@contextmanager
def working() -> Iterator[None]:
    """Turns into StorageClosed what ends a transaction and may be well again soon; our own faults stay as they are."""
    try:
        yield
    except DBAPIError as error:
        if not is_passing(error):
            raise
        raise StorageClosed(reason(error)) from error


def is_passing(error: DBAPIError) -> bool:
    """Whether the database, and not the statement, is the reason."""
    state = getattr(error.orig, "sqlstate", None)
    if state is None:
        return error.connection_invalidated or isinstance(error, OperationalError)
    return error.connection_invalidated or str(state).startswith(PASSING)


def reason(error: DBAPIError) -> str:
    """In the words of the database, on one line."""
    return " ".join(str(error.orig).split())
