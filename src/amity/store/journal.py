"""The event log: every change is an act with what it takes to undo it and to do it again."""

import json
import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from amity.errors import NothingToUndo, StaleWrite
from amity.model import Origin
from amity.store.ids import intern_origin, storable
from amity.store.states import refresh_states, touch

_LOGGED = frozenset(
    "actor alias attribute appearance concept setting memo flag coder assignment document".split()
)
_NO_ACTS = ("undo", "redo", "run.empty")
_IS_ACT = "NOT IN ('undo', 'redo', 'run.empty')"


def now() -> str:
    """
    Return this moment in UTC.

    Returns
    -------
    str
        ISO 8601 with microseconds.
    """
    return datetime.now(UTC).isoformat(timespec="microseconds")


@dataclass(frozen=True, slots=True)
class Act:
    """
    One act under way: what is changed through it can be undone.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    event : int
        The event's row.
    origin : int
        The origin's row.
    at : str
        Moment in UTC, ISO 8601.
    """

    connection: sqlite3.Connection
    event: int
    origin: int
    at: str

    def insert(self, relation: str, **values: object) -> int:
        """
        Return the row of a record that is now there.

        Parameters
        ----------
        relation : str
            A small table.
        **values : object
            Its fields.

        Returns
        -------
        int
            The new row.
        """
        row = _insert(self.connection, relation, values)
        self._log(relation, row, None, _fetch(self.connection, relation, row))
        return row

    def update(self, relation: str, row: int, **values: object) -> None:
        """
        Change fields of a record.

        Parameters
        ----------
        relation : str
            A small table.
        row : int
            Which.
        **values : object
            The fields that change.
        """
        before = _fetch(self.connection, relation, row) or {}
        changed = {name: value for name, value in values.items() if before.get(name) != value}
        if not changed:
            return
        _update(self.connection, relation, row, changed)
        self._log(relation, row, {name: before.get(name) for name in changed}, changed)

    def delete(self, relation: str, row: int) -> None:
        """
        Take a record away; the log keeps it.

        Parameters
        ----------
        relation : str
            A small table.
        row : int
            Which.
        """
        before = _fetch(self.connection, relation, row)
        self.connection.execute(f"DELETE FROM {_checked(relation)} WHERE id = ?", (row,))
        self._log(relation, row, before, None)

    def describe(self, summary: str, **detail: object) -> None:
        """
        Put words and numbers to an act once they are known.

        Parameters
        ----------
        summary : str
            What was done, in words.
        **detail : object
            As JSON, ``before`` and ``after`` among them.
        """
        self.connection.execute(
            "UPDATE event SET summary = ?, detail = ? WHERE id = ?",
            (storable(summary), json.dumps(detail, ensure_ascii=True), self.event),
        )

    def _log(
        self, relation: str, row: int, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
    ) -> None:
        self.connection.execute(
            "INSERT INTO change(event, relation, row, before, after) VALUES (?, ?, ?, ?, ?)",
            (
                self.event,
                relation,
                row,
                None if before is None else json.dumps(before),
                None if after is None else json.dumps(after),
            ),
        )


def begin(
    connection: sqlite3.Connection,
    kind: str,
    origin: Origin,
    summary: str = "",
    *,
    document: int | None = None,
    position: int | None = None,
    act: int | None = None,
    reverses: int | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Act:
    """
    Return a new act, written to the log.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    kind : str
        As in ``decide``.
    origin : Origin
        Who does it.
    summary : str
        What is done, in words.
    document, position : int or None
        Rows, where it is done to one thing.
    act : int or None
        The first event of a larger act that this one belongs to, to be undone with it.
    reverses : int or None
        For ``undo`` and ``redo``: the act taken back or done again.
    detail : mapping or None
        As JSON.

    Returns
    -------
    Act
        Under way.
    """
    at, who = origin.made_at or now(), intern_origin(connection, origin)
    row = connection.execute(
        "INSERT INTO event(guid, act, at, origin, kind, summary, document, position, detail, reverses) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            secrets.token_hex(8),
            act or 0,
            at,
            who,
            kind,
            storable(summary),
            document,
            position,
            json.dumps(detail or {}, ensure_ascii=True),
            reverses,
        ),
    ).lastrowid
    if act is None:
        connection.execute("UPDATE event SET act = id WHERE id = ?", (row,))
    return Act(connection, int(row or 0), who, at)


def undo(connection: sqlite3.Connection, origin: Origin) -> int:
    """
    Take back the last act of a person, or of a reader, that still counts.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    origin : Origin
        Who undoes; acts of other persons are left alone.

    Returns
    -------
    int
        The event that this is.

    Raises
    ------
    NothingToUndo
        If there is none.
    StaleWrite
        If someone else's later work rests on it.
    """
    row = connection.execute(
        "SELECT event.act FROM event JOIN origin ON origin.id = event.origin "
        f"WHERE NOT event.undone AND event.kind {_IS_ACT} "
        "AND (origin.agent = ? OR origin.agent NOT LIKE 'coder:%') ORDER BY event.id DESC LIMIT 1",
        (origin.agent,),
    ).fetchone()
    if row is None:
        raise NothingToUndo(f"no act of {origin.agent} or of a reader is left to undo")
    return revert(connection, int(row[0]), origin)


def revert(connection: sqlite3.Connection, act: int, origin: Origin) -> int:
    """
    Take back one act, the last or an earlier one.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    act : int
        Any of its events.
    origin : Origin
        Who undoes.

    Returns
    -------
    int
        The event that this is.

    Raises
    ------
    NothingToUndo
        If it is undone already, is an undo itself, or is not there.
    StaleWrite
        If later work rests on it.
    """
    events = _events_of(connection, act, undone=False)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
    try:
        for event, _ in reversed(events):
            _take_back(connection, event)
            connection.execute("UPDATE event SET undone = 1 WHERE id = ?", (event,))
    except sqlite3.IntegrityError as error:
        raise StaleWrite(
            f"{events[0][1]} cannot be undone: what it replaced is there anew; undo the later act first"
        ) from error
    refresh_states(connection)
    first, summary = events[0]
    return _reversal(connection, "undo", origin, first, summary)


def redo(connection: sqlite3.Connection, origin: Origin) -> int:
    """
    Do again what a person undid last, unless new acts have come since.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    origin : Origin
        Who does it again.

    Returns
    -------
    int
        The event that this is.

    Raises
    ------
    NothingToUndo
        If nothing undone is left, or a new act came since.
    StaleWrite
        If someone else's later work stands in its way.
    """
    row = connection.execute(
        "SELECT undoing.reverses FROM event AS undoing JOIN origin ON origin.id = undoing.origin "
        "JOIN event AS done ON done.id = undoing.reverses "
        "WHERE undoing.kind = 'undo' AND done.undone AND origin.agent = ? AND undoing.id > COALESCE(("
        "SELECT MAX(later.id) FROM event AS later JOIN origin ON origin.id = later.origin "
        f"WHERE later.kind {_IS_ACT} AND (origin.agent = ? OR origin.agent NOT LIKE 'coder:%')), 0) "
        "ORDER BY undoing.id DESC LIMIT 1",
        (origin.agent, origin.agent),
    ).fetchone()
    if row is None:
        raise NothingToUndo(f"nothing that {origin.agent} undid is left to do again")
    events = _events_of(connection, int(row[0]), undone=True)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
    try:
        for event, _ in events:
            _do_again(connection, event)
            connection.execute("UPDATE event SET undone = 0 WHERE id = ?", (event,))
    except sqlite3.IntegrityError as error:
        raise StaleWrite(
            f"{events[0][1]} cannot be done again: the same record was made anew since"
        ) from error
    refresh_states(connection)
    first, summary = events[0]
    return _reversal(connection, "redo", origin, first, summary)


def _reversal(connection: sqlite3.Connection, kind: str, origin: Origin, first: int, summary: str) -> int:
    document, position = connection.execute(
        "SELECT document, position FROM event WHERE id = ?", (first,)
    ).fetchone()
    return begin(
        connection,
        kind,
        origin,
        f"{kind}: {summary}",
        document=document,
        position=position,
        reverses=first,
    ).event


def _events_of(connection: sqlite3.Connection, act: int, *, undone: bool) -> list[tuple[int, str]]:
    rows = connection.execute(
        "SELECT id, summary, kind FROM event WHERE act = (SELECT act FROM event WHERE id = ?) AND undone = ? "
        "ORDER BY id",
        (act, int(undone)),
    ).fetchall()
    if not rows or rows[0][2] in _NO_ACTS:
        raise NothingToUndo(
            f"event {act} is no act that counts at present; `undo` and `redo` themselves are undone by each other"
        )
    return [(int(row[0]), str(row[1])) for row in rows]


def _take_back(connection: sqlite3.Connection, event: int) -> None:
    for relation, row, before, after in _changes(connection, event, "DESC"):
        _swap(connection, relation, row, found=after, wanted=before)
    connection.execute("UPDATE decision SET live = 0 WHERE event = ?", (event,))
    touch(connection, "SELECT position FROM decision WHERE event = ?", (event,))
    _refuse_if_others_built_on(connection, event)
    connection.execute("UPDATE position SET live = 0 WHERE reading IS NULL AND event = ?", (event,))
    for reading, first, last, withdrew in _readings(connection, event):
        _refuse_if_read_again(connection, reading)
        connection.execute("UPDATE reading SET live = 0 WHERE id = ?", (reading,))
        connection.execute("UPDATE position SET live = 0 WHERE id BETWEEN ? AND ?", (first, last))
        connection.executemany("UPDATE position SET live = 1, withdrawn = NULL WHERE id = ?", withdrew)
    connection.execute("UPDATE appearance SET live = 0 WHERE event = ?", (event,))
    connection.execute("UPDATE alias SET live = 0 WHERE event = ?", (event,))
    connection.execute(
        "UPDATE actor SET live = EXISTS(SELECT 1 FROM appearance WHERE actor = actor.id AND appearance.live) "
        "WHERE event = ?",
        (event,),
    )
    connection.execute("UPDATE document SET live = 0 WHERE event = ?", (event,))


def _do_again(connection: sqlite3.Connection, event: int) -> None:
    connection.execute("UPDATE document SET live = 1 WHERE event = ?", (event,))
    connection.execute("UPDATE actor SET live = 1 WHERE event = ?", (event,))
    connection.execute("UPDATE alias SET live = 1 WHERE event = ?", (event,))
    connection.execute("UPDATE appearance SET live = 1 WHERE event = ?", (event,))
    for reading, first, last, withdrew in _readings(connection, event):
        connection.execute("UPDATE reading SET live = 1 WHERE id = ?", (reading,))
        connection.executemany(
            "UPDATE position SET live = 0, withdrawn = ? WHERE id = ?", [(event, row) for (row,) in withdrew]
        )
        connection.execute("UPDATE position SET live = 1 WHERE id BETWEEN ? AND ?", (first, last))
    connection.execute("UPDATE position SET live = 1 WHERE reading IS NULL AND event = ?", (event,))
    connection.execute("UPDATE decision SET live = 1 WHERE event = ?", (event,))
    touch(connection, "SELECT position FROM decision WHERE event = ?", (event,))
    for relation, row, before, after in _changes(connection, event, "ASC"):
        _swap(connection, relation, row, found=before, wanted=after)


def _readings(connection: sqlite3.Connection, event: int) -> list[tuple[int, int, int, list[tuple[int]]]]:
    return [
        (
            reading,
            -1 if first is None else first,
            -1 if last is None else last,
            [(row,) for row in json.loads(rows)],
        )
        for reading, first, last, rows in connection.execute(
            "SELECT id, first_position, last_position, withdrew FROM reading WHERE event = ?", (event,)
        ).fetchall()
    ]


def _refuse_if_others_built_on(connection: sqlite3.Connection, event: int) -> None:
    row = connection.execute(
        "SELECT COUNT(*) FROM decision JOIN position ON position.id = decision.position "
        "WHERE decision.live AND position.live AND (position.id IN (SELECT id FROM position "
        "WHERE reading IS NULL AND event = :event) OR position.reading IN (SELECT id FROM reading WHERE event = :event) "
        "OR position.document IN (SELECT id FROM document WHERE event = :event))",
        {"event": event},
    ).fetchone()
    if row[0]:
        raise StaleWrite(
            f"this cannot be undone: {row[0]} later decisions rest on what it brought; undo those first"
        )


def _refuse_if_read_again(connection: sqlite3.Connection, reading: int) -> None:
    later = connection.execute(
        "SELECT 1 FROM reading AS own JOIN reading AS later ON later.document = own.document AND later.id > own.id "
        "AND later.live JOIN origin AS who ON who.id = own.origin "
        "JOIN origin AS same ON same.id = later.origin AND same.agent = who.agent WHERE own.id = ?",
        (reading,),
    ).fetchone()
    if later:
        raise StaleWrite(
            "this cannot be undone: the same reader has read the document again; undo that first"
        )


def _changes(
    connection: sqlite3.Connection, event: int, order: str
) -> list[tuple[str, int, dict[str, Any] | None, dict[str, Any] | None]]:
    return [
        (relation, row, before and json.loads(before), after and json.loads(after))
        for relation, row, before, after in connection.execute(
            f"SELECT relation, row, before, after FROM change WHERE event = ? ORDER BY id {order}", (event,)
        ).fetchall()
    ]


def _swap(
    connection: sqlite3.Connection,
    relation: str,
    row: int,
    *,
    found: Mapping[str, Any] | None,
    wanted: Mapping[str, Any] | None,
) -> None:
    """Put a record back to `wanted`, if it still is as the act left it."""
    present = _fetch(connection, relation, row)
    as_left = present is None if found is None else present is not None and found.items() <= present.items()
    if not as_left:
        raise StaleWrite(f"the {relation} was changed again since; undo the later change first")
    if wanted is None:
        connection.execute(f"DELETE FROM {_checked(relation)} WHERE id = ?", (row,))
    elif found is None:
        _insert(connection, relation, {**wanted, "id": row})
        # Readers look for new rows after the last they know; this one comes back before it.
        connection.execute("UPDATE counter SET value = value + 1 WHERE name = ?", (relation,))
    else:
        _update(connection, relation, row, wanted)


def _checked(relation: str) -> str:
    if relation not in _LOGGED:
        raise ValueError(f"{relation} is no table whose changes are logged row by row")
    return relation


def _fetch(connection: sqlite3.Connection, relation: str, row: int) -> dict[str, Any] | None:
    cursor = connection.execute(f"SELECT * FROM {_checked(relation)} WHERE id = ?", (row,))
    values: Sequence[Any] | None = cursor.fetchone()
    if values is None:
        return None
    # Bytes (a document's hash) never change and do not fit JSON.
    return {
        column[0]: value
        for column, value in zip(cursor.description, values, strict=True)
        if not isinstance(value, bytes)
    }


def _insert(connection: sqlite3.Connection, relation: str, values: Mapping[str, object]) -> int:
    names = ", ".join(values)
    marks = ", ".join("?" for _ in values)
    return int(
        connection.execute(
            f"INSERT INTO {_checked(relation)}({names}) VALUES ({marks})", tuple(values.values())
        ).lastrowid
        or 0
    )


def _update(connection: sqlite3.Connection, relation: str, row: int, values: Mapping[str, object]) -> None:
    pairs = ", ".join(f"{name} = ?" for name in values)
    connection.execute(f"UPDATE {_checked(relation)} SET {pairs} WHERE id = ?", (*values.values(), row))
