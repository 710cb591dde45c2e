"""What persons decide: appended, one at a time or many at once, and corrections kept beside what they correct."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from amity.errors import InvalidValue, NotFound, StaleWrite
from amity.model import (
    STATES,
    VERDICTS,
    Origin,
    Position,
    Verdict,
    check_value,
    position_id,
    position_to_json,
)
from amity.store.actors import root_of
from amity.store.catalogue import Catalogue
from amity.store.documents import document_text
from amity.store.encoding import (
    PositionEncoder,
    Writer,
    document_day,
    evidence_text,
    insert_position,
    next_position,
)
from amity.store.ids import actor_row, document_row, pack_position, position_row, unpack_position
from amity.store.journal import Act, begin
from amity.store.positions import fetch_rows
from amity.store.readings import check_spans
from amity.store.states import refresh_states, touch

_CHANGEABLE = (
    "holders holder_form via targets polarity concept agreement act status voice evidence cue strength certainty date"
).split()


def decide(
    connection: sqlite3.Connection,
    writer: Writer,
    catalogue: Catalogue,
    identity: str,
    verdict: Verdict,
    origin: Origin,
    *,
    replacement: Position | None = None,
    note: str = "",
    expected: int | None = None,
    act: int | None = None,
) -> str | None:
    """
    Append a decision about a position.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    writer : Writer
        For new concepts.
    catalogue : Catalogue
        Of this moment.
    identity : str
        The position's id.
    verdict : Verdict
        ``accepted``, ``edited`` or ``rejected``; ``added`` belongs to `add_position`.
    origin : Origin
        The person.
    replacement : Position or None
        For ``edited``: the corrected position; its id and origin are given by the project.
    note : str
        Free words.
    expected : int or None
        The revision on which the decision rests.
    act : int or None
        The larger act that this belongs to.

    Returns
    -------
    str or None
        Id of the corrected position; None unless edited.

    Raises
    ------
    NotFound
        If there is no such position or actor.
    InvalidValue
        If the verdict does not fit.
    StaleWrite
        If the position changed since.
    """
    check_value("verdict", verdict, VERDICTS[:3])
    if (replacement is None) == (verdict == "edited"):
        raise InvalidValue(
            f"verdict {verdict!r} {'needs' if verdict == 'edited' else 'takes no'} corrected position; "
            "only an edit brings one"
        )
    row = position_row(connection, identity)
    document, state, standing, revision = connection.execute(
        "SELECT document, state, standing, revision FROM position WHERE id = ?", (row,)
    ).fetchone()
    if expected is not None and revision != expected:
        raise StaleWrite(
            f"position {identity!r} was changed since you read it (revision {revision}, not {expected}); look again"
        )
    begun = begin(connection, "decide", origin, document=document, position=row, act=act)
    new = None
    if replacement is not None:
        new = _correct(begun, writer, row, document, replacement)
    connection.execute(
        "INSERT INTO decision(position, verdict, origin, replaced_by, note, before, event) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (row, VERDICTS.index(verdict), begun.origin, new, note, state, begun.event),
    )
    touch(connection, "VALUES (?)", (row,))
    refresh_states(connection)
    before: dict[str, Any] = {"state": STATES[state], "standing": bool(standing)}
    after: dict[str, Any] = {"state": verdict}
    corrected = None
    if new is not None and replacement is not None:
        corrected = _uid(connection, new)
        former = fetch_rows(connection, catalogue, [row])[0].position
        for name in _CHANGEABLE:
            old, fresh = position_to_json(former)[name], position_to_json(replacement)[name]
            if old != fresh:
                before[name], after[name] = old, fresh
        after["replaced_by"] = corrected
    begun.describe(f"{verdict} a position", before=before, after=after, note=note)
    return corrected


def _uid(connection: sqlite3.Connection, row: int) -> str:
    return unpack_position(connection.execute("SELECT uid FROM position WHERE id = ?", (row,)).fetchone()[0])


def _correct(act: Act, writer: Writer, row: int, document: int, replacement: Position) -> int:
    return _store(act, writer, document, replacement, replaces=row)


def add_position(
    connection: sqlite3.Connection,
    writer: Writer,
    position: Position,
    origin: Origin,
    *,
    act: int | None = None,
) -> str:
    """
    Return the id of a position that a person added.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    writer : Writer
        For new concepts.
    position : Position
        With the project's actor ids; its own id is kept only if it is the one that its content gives.
    origin : Origin
        The person.
    act : int or None
        The larger act that this belongs to.

    Returns
    -------
    str
        Its id.

    Raises
    ------
    NotFound
        If the document or an actor is unknown.
    SpanMismatch
        If a span does not hold the document's words.
    """
    document = document_row(connection, position.document_id)
    begun = begin(connection, "position.add", origin, document=document, act=act)
    row = _store(begun, writer, document, position, replaces=None)
    connection.execute("UPDATE event SET position = ? WHERE id = ?", (row, begun.event))
    connection.execute(
        "INSERT INTO decision(position, verdict, origin, note, event) VALUES (?, ?, ?, '', ?)",
        (row, VERDICTS.index("added"), begun.origin, begun.event),
    )
    touch(connection, "VALUES (?)", (row,))
    refresh_states(connection)
    identity = _uid(connection, row)
    after = position_to_json(position)
    after["id"] = identity
    begun.describe("added a position", before={}, after={"state": "added", **after})
    return identity


def _store(act: Act, writer: Writer, document: int, position: Position, *, replaces: int | None) -> int:
    connection = act.connection
    uid = connection.execute("SELECT uid FROM document WHERE id = ?", (document,)).fetchone()[0]
    if position.document_id != uid:
        raise InvalidValue(f"the position is of document {position.document_id!r}, not of {uid!r}")
    check_spans(uid, document_text(connection, document), (*position.evidence, position.cue))
    who = connection.execute("SELECT agent FROM origin WHERE id = ?", (act.origin,)).fetchone()[0]
    appearances = {
        actor: _appearance(act, document, actor, f"chosen by {who}")
        for actor in (*position.holders, *position.targets, *position.via)
    }
    own = replace(position, origin=None, score=1.0)
    row = next_position(connection)
    encoder = PositionEncoder(act, writer, document, document_day(connection, document))
    encoded = encoder.encode(
        own, _new_uid(connection, own, who), appearances, row, reading=None, replaces=replaces
    )
    insert_position(connection, encoded, evidence_text(own))
    return row


def _new_uid(connection: sqlite3.Connection, position: Position, who: str) -> int | str:
    """The id that the content gives; where it is taken, one derived from it, the maker and a number."""
    identity = position_id(
        position.document_id,
        holders=position.holders,
        targets=position.targets,
        concept=position.concept,
        act=position.act,
        polarity=position.polarity,
        agreement=position.agreement,
        cue=(position.cue.start, position.cue.end),
        evidence=tuple((each.start, each.end) for each in position.evidence),
    )
    uid, number = pack_position(identity), 0
    while connection.execute("SELECT 1 FROM position WHERE uid = ?", (uid,)).fetchone():
        number += 1
        uid = pack_position("p" + sha256(f"{identity}\0{who}\0{number}".encode()).hexdigest()[:16])
    return uid


def _appearance(act: Act, document: int, identity: str, reason: str) -> int:
    connection = act.connection
    root = root_of(connection, actor_row(connection, identity))
    for row, actor in connection.execute(
        "SELECT id, actor FROM appearance WHERE document = ? AND live ORDER BY id", (document,)
    ).fetchall():
        if root_of(connection, actor) == root:
            return int(row)
    uid, name = connection.execute("SELECT uid, name FROM actor WHERE id = ?", (root,)).fetchone()
    key, number = uid, 1
    while connection.execute(
        "SELECT 1 FROM appearance WHERE document = ? AND key = ? AND live", (document, key)
    ).fetchone():
        number += 1
        key = f"{uid}~{number}"
    return int(
        connection.execute(
            "INSERT INTO appearance(document, key, name, actor, reason, event) VALUES (?, ?, ?, ?, ?, ?)",
            (document, key, name, root, reason, act.event),
        ).lastrowid
        or 0
    )


def decide_many(
    connection: sqlite3.Connection,
    rows: Iterable[int],
    verdict: Verdict,
    origin: Origin,
    *,
    note: str = "",
    what: str = "",
) -> tuple[int, int]:
    """
    Append the same decision about many positions, as one act.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    rows : iterable of int
        Rows of positions.
    verdict : Verdict
        ``accepted`` or ``rejected``.
    origin : Origin
        The person.
    note : str
        Free words.
    what : str
        Which positions, in words.

    Returns
    -------
    event : int
        The event.
    n : int
        Positions decided on.

    Raises
    ------
    InvalidValue
        If the verdict is another, or there is no position.
    """
    check_value("verdict of a batch", verdict, ("accepted", "rejected"))
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
    connection.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((int(row),) for row in rows))
    n = int(connection.execute("SELECT COUNT(*) FROM touched").fetchone()[0])
    if not n:
        raise InvalidValue("no position answers; nothing to decide")
    begun = begin(connection, "decide.many", origin)
    before = dict(
        connection.execute(
            "SELECT state, COUNT(*) FROM position WHERE id IN (SELECT position FROM touched) GROUP BY state"
        ).fetchall()
    )
    connection.execute(
        "INSERT INTO decision(position, verdict, origin, note, before, event) "
        "SELECT id, ?, ?, ?, state, ? FROM position WHERE id IN (SELECT position FROM touched) ORDER BY id",
        (VERDICTS.index(verdict), begun.origin, note, begun.event),
    )
    refresh_states(connection)
    begun.describe(
        f"{verdict} {n} positions{f' ({what})' if what else ''}",
        before={"state": {STATES[state]: count for state, count in sorted(before.items())}},
        after={"state": {verdict: n}},
        note=note,
    )
    return begun.event, n


def recode_many(
    connection: sqlite3.Connection,
    writer: Writer,
    catalogue: Catalogue,
    identities: Sequence[str],
    origin: Origin,
    *,
    changes: dict[str, Any],
    note: str = "",
) -> tuple[int, int]:
    """
    Correct the same fields of many positions, as one act.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    writer : Writer
        For new concepts.
    catalogue : Catalogue
        Of this moment.
    identities : sequence of str
        Ids of positions.
    origin : Origin
        The person.
    changes : dict
        Field of `Position` to its new value.
    note : str
        Free words.

    Returns
    -------
    event : int
        The act's first event.
    n : int
        Positions corrected; those that have the values already are left alone.

    Raises
    ------
    NotFound
        If an id is unknown.
    InvalidValue
        If a field cannot be changed so, or nothing would change.
    """
    unknown = sorted(set(changes) - set(_CHANGEABLE))
    if unknown or not changes:
        raise InvalidValue(f"fields {unknown} cannot be recoded; give some of {', '.join(_CHANGEABLE)}")
    rows = [position_row(connection, each) for each in identities]
    found = fetch_rows(connection, catalogue, rows)
    wanted = [
        (each.id, replace(each.position, **changes))
        for each in found
        if any(getattr(each.position, name) != value for name, value in changes.items())
    ]
    if not wanted:
        raise InvalidValue("no position would change; nothing to recode")
    begun = begin(
        connection,
        "recode.many",
        origin,
        f"recoded {len(wanted)} positions: {json.dumps(changes, ensure_ascii=False, default=str)}",
        detail={"after": {name: str(value) for name, value in changes.items()}, "note": note},
    )
    for identity, position in wanted:
        decide(
            connection,
            writer,
            catalogue,
            identity,
            "edited",
            origin,
            replacement=position,
            note=note,
            act=begun.event,
        )
    return begun.event, len(wanted)


def rows_or_raise(connection: sqlite3.Connection, identities: Iterable[str]) -> list[int]:
    """
    Return the rows of positions.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identities : iterable of str
        Ids.

    Returns
    -------
    list of int
        In the same order.

    Raises
    ------
    NotFound
        If one is unknown.
    """
    rows = []
    for identity in identities:
        try:
            rows.append(position_row(connection, identity))
        except NotFound as error:
            raise NotFound(f"{error}; nothing was decided") from error
    return rows
