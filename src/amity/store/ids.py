"""Text ids at the door, integers inside."""

import re
import sqlite3

from amity.errors import NotFound
from amity.model import Origin

_SURROGATE = re.compile("[\ud800-\udfff]")
_HASHED = re.compile(r"p([0-9a-f]{16})\Z", re.ASCII)


def pack_position(identity: str) -> int | str:
    """
    Return how a position's id is stored.

    Parameters
    ----------
    identity : str
        The id.

    Returns
    -------
    int or str
        A signed 64-bit integer for ``p`` and 16 hexadecimal digits, else the id itself.
    """
    match = _HASHED.match(identity)
    if match is None:
        return identity
    value = int(match[1], 16)
    return value - (1 << 64) if value >= 1 << 63 else value


def unpack_position(stored: int | str) -> str:
    """
    Return a position's id as it is shown.

    Parameters
    ----------
    stored : int or str
        As `pack_position` returned it.

    Returns
    -------
    str
        The id.
    """
    return stored if isinstance(stored, str) else f"p{stored & 0xFFFFFFFFFFFFFFFF:016x}"


def storable(text: str) -> str:
    """
    Return a text of the same length that UTF-8 can hold: lone surrogates become U+FFFD.

    Parameters
    ----------
    text : str
        A title or a name out of a hostile file.

    Returns
    -------
    str
        `text` itself wherever possible.
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def intern_origin(connection: sqlite3.Connection, origin: Origin) -> int:
    """
    Return the row of an origin, made where it is new; the moment is the event's and is not kept here.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    origin : Origin
        Who made something.

    Returns
    -------
    int
        Its row.
    """
    key = (storable(origin.agent), origin.version, origin.settings)
    row = connection.execute(
        "SELECT id FROM origin WHERE agent = ? AND version = ? AND settings = ?", key
    ).fetchone()
    if row is not None:
        return int(row[0])
    return _last(connection.execute("INSERT INTO origin(agent, version, settings) VALUES (?, ?, ?)", key))


def _last(cursor: sqlite3.Cursor) -> int:
    return int(cursor.lastrowid or 0)


def document_row(connection: sqlite3.Connection, identity: str) -> int:
    """
    Return the row of a document.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        Its id.

    Returns
    -------
    int
        Its row.

    Raises
    ------
    NotFound
        If there is none.
    """
    row = connection.execute("SELECT id FROM document WHERE uid = ? AND live", (identity,)).fetchone()
    if row is None:
        raise NotFound(f"the project has no document {identity!r}; `amity show` lists them")
    return int(row[0])


def actor_row(connection: sqlite3.Connection, identity: str) -> int:
    """
    Return the row of an actor, merged ones too.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        Its id.

    Returns
    -------
    int
        Its row.

    Raises
    ------
    NotFound
        If there is none.
    """
    row = connection.execute("SELECT id FROM actor WHERE uid = ? AND live", (identity,)).fetchone()
    if row is None:
        raise NotFound(f"the project has no actor {identity!r}; `amity actors PROJECT list` shows them")
    return int(row[0])


def position_row(connection: sqlite3.Connection, identity: str) -> int:
    """
    Return the row of a position; if it was withdrawn, of its last form.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        Its id.

    Returns
    -------
    int
        Its row.

    Raises
    ------
    NotFound
        If there is none.
    """
    stored = pack_position(identity)
    row = connection.execute("SELECT id FROM position WHERE uid = ? AND live", (stored,)).fetchone()
    if row is None:
        raise NotFound(f"the project has no position {identity!r}, or a later reading has withdrawn it")
    return int(row[0])
