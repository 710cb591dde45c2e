"""A document's positions as packed columns, kept beside the rows, so that a million of them load in a blink."""

import json
import sqlite3
from typing import Any

import numpy as np
from numpy.typing import NDArray

POSITION = np.dtype(
    [
        ("row", "<i8"),
        ("uid", "<i8"),
        ("score", "<f8"),
        ("day", "<i4"),
        ("concept", "<i4"),
        ("origin", "<i4"),
        ("cue", "<i4"),
        ("named", "i1"),
        ("polarity", "i1"),
        ("agreement", "i1"),
        ("act", "i1"),
        ("status", "i1"),
        ("voice", "i1"),
    ]
)
"""One position. `uid` is 0 where `named` (its id is free text); polarity 2 and agreement 0 stand for null."""

PAIR = np.dtype([("row", "<u4"), ("holder", "<i4"), ("target", "<i4")])
"""One holder and target of a position: its place in the block, two appearances; target -1 for none."""

STATE_BITS, STANDING_BIT, LIVE_BIT, DECIDED_BIT = 0b111, 0b1000, 0b10000, 0b100000
NO_POLARITY = 2

_ROWS = (
    "SELECT id, uid, score, day, concept, origin, cue_start, polarity, agreement, act, status, voice, holders, targets "
    "FROM position WHERE document = ? ORDER BY cue_start, id"
)
_STATES = (
    f"SELECT state | standing * {STANDING_BIT} | live * {LIVE_BIT} FROM position WHERE document = ? "
    "ORDER BY cue_start, id"
)


def refresh_blocks(connection: sqlite3.Connection) -> None:
    """
    Bring the blocks of all documents that this transaction changed up to date.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing; triggers have noted the documents.
    """
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'revision'")
    revision = connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0]
    for document, rows in connection.execute("SELECT document, rows FROM stale_block").fetchall():
        states = pack_states(connection, document)
        if rows:
            positions, pairs = pack_positions(connection, document)
            connection.execute(
                "INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?, ?, ?)",
                (document, revision, len(states), positions.tobytes(), pairs.tobytes(), states),
            )
        else:
            connection.execute(
                "UPDATE block SET revision = ?, states = ? WHERE document = ?", (revision, states, document)
            )
    connection.execute("DELETE FROM stale_block")


def pack_states(connection: sqlite3.Connection, document: int) -> bytes:
    """
    Return one byte a position: its state, whether it stands, whether it is there.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    document : int
        The document's row.

    Returns
    -------
    bytes
        In order of the cues.
    """
    return bytes(row[0] for row in connection.execute(_STATES, (document,)))


def pack_positions(connection: sqlite3.Connection, document: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """
    Return what never changes about a document's positions.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    document : int
        The document's row.

    Returns
    -------
    positions : array of POSITION
        In order of the cues.
    pairs : array of PAIR
        One row for each holder and target, in the same order.
    """
    packed: list[tuple[object, ...]] = []
    pairs: list[tuple[int, int, int]] = []
    for place, row in enumerate(connection.execute(_ROWS, (document,))):
        identity, uid, score, day, concept, origin, cue, polarity, agreement, *codes, holders, targets = row
        named = isinstance(uid, str)
        packed.append(
            (
                identity,
                0 if named else uid,
                score,
                day,
                -1 if concept is None else concept,
                origin,
                cue,
                named,
                NO_POLARITY if polarity is None else polarity,
                agreement or 0,
                *codes,
            )
        )
        towards = json.loads(targets) or [-1]
        pairs.extend((place, holder, target) for holder in json.loads(holders) for target in towards)
    return np.array(packed, dtype=POSITION), np.array(pairs, dtype=PAIR)
