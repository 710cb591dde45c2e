"""Memos and flags on anything."""

import sqlite3

from amity.errors import InvalidValue, NotFound
from amity.model import Origin, check_value
from amity.store.concepts import concept_row
from amity.store.ids import actor_row, document_row, position_row, storable, unpack_position
from amity.store.journal import Act
from amity.store.records import SUBJECTS, Flag, Memo, Subject

_IDS = {
    "document": "SELECT uid FROM document WHERE id = ?",
    "position": "SELECT uid FROM position WHERE id = ?",
    "actor": "SELECT uid FROM actor WHERE id = ?",
    "concept": "SELECT 'c' || id FROM concept WHERE id = ?",
    "event": "SELECT CAST(id AS TEXT) FROM event WHERE id = ?",
}


def subject_row(connection: sqlite3.Connection, subject: Subject, identity: str) -> int:
    """
    Return the row of what a memo or flag is about.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    subject : Subject
        What kind of thing.
    identity : str
        Its id; empty for the project.

    Returns
    -------
    int
        Its row; 0 for the project.

    Raises
    ------
    InvalidValue
        If there is no such kind of thing.
    NotFound
        If there is no such thing.
    """
    check_value("subject", subject, SUBJECTS)
    if subject == "project":
        return 0
    if subject == "event":
        number = int(identity) if identity.isascii() and identity.isdigit() and len(identity) < 18 else -1
        if connection.execute("SELECT 1 FROM event WHERE id = ?", (number,)).fetchone() is None:
            raise NotFound(f"the project has no event {identity!r}")
        return number
    find = {
        "document": document_row,
        "position": position_row,
        "actor": actor_row,
        "concept": concept_row,
    }[subject]
    return find(connection, identity)


def _subject_id(connection: sqlite3.Connection, subject: str, row: int) -> str:
    if subject == "project":
        return ""
    found = connection.execute(_IDS[subject], (row,)).fetchone()
    if found is None:
        return str(row)
    return unpack_position(found[0]) if subject == "position" else str(found[0])


def add_memo(act: Act, subject: Subject, identity: str, text: str) -> int:
    """
    Return the number of a memo that is there now.

    Parameters
    ----------
    act : Act
        The act.
    subject : Subject
        What kind of thing it is about.
    identity : str
        The thing's id.
    text : str
        The words.

    Returns
    -------
    int
        Its number.

    Raises
    ------
    InvalidValue
        If the text is empty.
    NotFound
        If there is no such thing.
    """
    row = subject_row(act.connection, subject, identity)
    return act.insert(
        "memo", subject=subject, row=row, text=_checked_text(text), origin=act.origin, at=act.at
    )


def change_memo(act: Act, number: int, text: str | None) -> tuple[str, str, str]:
    """
    Return what a memo was about and said before it is changed, or taken away.

    Parameters
    ----------
    act : Act
        The act.
    number : int
        The memo.
    text : str or None
        The new words; None takes it away.

    Returns
    -------
    tuple of str
        Subject, id and former words.

    Raises
    ------
    NotFound
        If there is no such memo.
    InvalidValue
        If the text is empty.
    """
    found = act.connection.execute("SELECT subject, row, text FROM memo WHERE id = ?", (number,)).fetchone()
    if found is None:
        raise NotFound(f"the project has no memo {number}")
    if text is None:
        act.delete("memo", number)
    else:
        act.update("memo", number, text=_checked_text(text))
    return found[0], _subject_id(act.connection, found[0], found[1]), found[2]


def _checked_text(text: str) -> str:
    if not text.strip():
        raise InvalidValue("a memo needs words; found none")
    return storable(text)


def fetch_memos(connection: sqlite3.Connection, subject: Subject | None, identity: str) -> list[Memo]:
    """
    Return memos, oldest first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    subject : Subject or None
        Only those about such a thing; None for all.
    identity : str
        Only those about this thing; empty for all of its kind.

    Returns
    -------
    list of Memo
        With authors.

    Raises
    ------
    NotFound
        If there is no such thing.
    """
    condition, values = _condition(connection, "memo", subject, identity)
    return [
        Memo(
            number,
            kind,
            _subject_id(connection, kind, row),
            text,
            Origin(agent, version, settings, at),
            at,
        )
        for number, kind, row, text, at, agent, version, settings in connection.execute(
            "SELECT memo.id, memo.subject, memo.row, memo.text, memo.at, origin.agent, origin.version, origin.settings "
            f"FROM memo JOIN origin ON origin.id = memo.origin {condition} ORDER BY memo.id",
            values,
        ).fetchall()
    ]


def set_flag(act: Act, subject: Subject, identity: str, name: str, *, on: bool) -> bool:
    """
    Return whether setting or taking away a flag has changed anything.

    Parameters
    ----------
    act : Act
        The act.
    subject : Subject
        What kind of thing.
    identity : str
        The thing's id.
    name : str
        The mark.
    on : bool
        Whether it is to be there.

    Returns
    -------
    bool
        False if it was so already.

    Raises
    ------
    NotFound
        If there is no such thing.
    InvalidValue
        If the name is empty.
    """
    name = storable(name).strip()
    if not name:
        raise InvalidValue("a flag needs a name; found an empty one")
    row = subject_row(act.connection, subject, identity)
    present = act.connection.execute(
        "SELECT id FROM flag WHERE subject = ? AND row = ? AND name = ?", (subject, row, name)
    ).fetchone()
    if on and present is None:
        act.insert("flag", subject=subject, row=row, name=name, origin=act.origin, at=act.at)
    elif not on and present is not None:
        act.delete("flag", present[0])
    return on == (present is None)


def fetch_flags(connection: sqlite3.Connection, subject: Subject | None, identity: str) -> list[Flag]:
    """
    Return flags, oldest first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    subject : Subject or None
        Only those on such a thing; None for all.
    identity : str
        Only those on this thing; empty for all of its kind.

    Returns
    -------
    list of Flag
        With authors.

    Raises
    ------
    NotFound
        If there is no such thing.
    """
    condition, values = _condition(connection, "flag", subject, identity)
    return [
        Flag(kind, _subject_id(connection, kind, row), name, Origin(agent, version, settings, at), at)
        for kind, row, name, at, agent, version, settings in connection.execute(
            "SELECT flag.subject, flag.row, flag.name, flag.at, origin.agent, origin.version, origin.settings "
            f"FROM flag JOIN origin ON origin.id = flag.origin {condition} ORDER BY flag.id",
            values,
        ).fetchall()
    ]


def _condition(
    connection: sqlite3.Connection, table: str, subject: Subject | None, identity: str
) -> tuple[str, tuple[object, ...]]:
    if subject is None:
        return "", ()
    check_value("subject", subject, SUBJECTS)
    if not identity:
        return f"WHERE {table}.subject = ?", (subject,)
    return f"WHERE {table}.subject = ? AND {table}.row = ?", (
        subject,
        subject_row(connection, subject, identity),
    )
