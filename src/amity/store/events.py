"""The log as records: who did what, when, before and after."""

import json
import sqlite3
from typing import Any

from amity.model import STATES, VERDICTS, Origin
from amity.store.ids import document_row, pack_position, unpack_position
from amity.store.records import Event

_SELECT = (
    "SELECT event.id, event.at, origin.agent, origin.version, origin.settings, event.kind, event.summary, "
    "document.uid, position.uid, event.detail, event.undone, event.reverses FROM event "
    "JOIN origin ON origin.id = event.origin LEFT JOIN document ON document.id = event.document "
    "LEFT JOIN position ON position.id = event.position"
)


def fetch_event(connection: sqlite3.Connection, row: int) -> Event:
    """
    Return one event.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    row : int
        Its number.

    Returns
    -------
    Event
        As it stands now.
    """
    return _record(connection.execute(f"{_SELECT} WHERE event.id = ?", (row,)).fetchone())


def fetch_events(
    connection: sqlite3.Connection, *, limit: int, position_id: str | None, document_id: str | None
) -> list[Event]:
    """
    Return events, latest first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    limit : int
        At most so many.
    position_id : str or None
        Only what concerns this position: its finding, decisions, corrections, undos.
    document_id : str or None
        Only what concerns this document or its positions.

    Returns
    -------
    list of Event
        For a position, a batch's before and after are this position's own.

    Raises
    ------
    NotFound
        If there is no such document.
    """
    if position_id is not None:
        return _of_position(connection, position_id, limit)
    if document_id is not None:
        row = document_row(connection, document_id)
        query = (
            f"{_SELECT} WHERE event.document = :row OR event.id IN (SELECT decision.event FROM decision "
            "JOIN position ON position.id = decision.position WHERE position.document = :row) "
            "OR event.reverses IN (SELECT decision.event FROM decision JOIN position "
            "ON position.id = decision.position WHERE position.document = :row) "
            "ORDER BY event.id DESC LIMIT :limit"
        )
        return [_record(each) for each in connection.execute(query, {"row": row, "limit": limit})]
    return [
        _record(each) for each in connection.execute(f"{_SELECT} ORDER BY event.id DESC LIMIT ?", (limit,))
    ]


def _of_position(connection: sqlite3.Connection, identity: str, limit: int) -> list[Event]:
    rows = [
        row[0]
        for row in connection.execute(
            "SELECT id FROM position WHERE uid = ? ORDER BY id", (pack_position(identity),)
        )
    ]
    marks = ",".join(map(str, rows))
    own = (
        f"SELECT event FROM decision WHERE position IN ({marks}) OR replaced_by IN ({marks}) "
        f"UNION SELECT event FROM position WHERE id IN ({marks}) "
        f"UNION SELECT withdrawn FROM position WHERE id IN ({marks}) AND withdrawn IS NOT NULL "
        f"UNION SELECT id FROM event WHERE position IN ({marks})"
    )
    events = [
        _record(each)
        for each in connection.execute(
            f"{_SELECT} WHERE event.id IN ({own}) OR event.reverses IN ({own}) ORDER BY event.id DESC LIMIT ?",
            (limit,),
        )
    ]
    decided = {
        event: (before, verdict)
        for event, before, verdict in connection.execute(
            f"SELECT event, before, verdict FROM decision WHERE position IN ({marks})"
        )
    }
    return [_narrow(each, identity, decided.get(each.id)) for each in events]


def _narrow(event: Event, identity: str, decided: tuple[int | None, int] | None) -> Event:
    if decided is None or event.position_id == identity:
        return event
    before, verdict = decided
    return Event(
        event.id,
        event.at,
        event.origin,
        event.kind,
        event.summary,
        event.document_id,
        identity,
        {} if before is None else {"state": STATES[before]},
        {"state": VERDICTS[verdict]},
        event.undone,
        event.reverses,
    )


def _record(fields: tuple[Any, ...]) -> Event:
    row, at, agent, version, settings, kind, summary, document, position, detail, undone, reverses = fields
    read = json.loads(detail)
    return Event(
        row,
        at,
        Origin(agent, version, settings, at),
        kind,
        summary,
        document,
        None if position is None else unpack_position(position),
        read.get("before") or {},
        read.get("after") or {},
        bool(undone),
        reverses,
    )
