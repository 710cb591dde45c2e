"""All positions of a project as arrays in memory, followed from revision to revision."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.store.blocks import PAIR, POSITION
from amity.store.catalogue import Catalogue, follow_catalogue


@dataclass(frozen=True)
class PositionTable:
    """
    One moment's positions, withdrawn ones too, in order of documents and cues.

    Parameters
    ----------
    revision : int
        The project's revision.
    documents : int64 array of shape (d,)
        Row numbers of the documents that have positions.
    bounds : int64 array of shape (d + 1,)
        Document d's positions lie at ``bounds[d]:bounds[d + 1]``.
    positions : array of POSITION, shape (n,)
        What never changes.
    pairs : array of PAIR, shape (p,)
        `row` is the place among the document's positions; see `pair_row`.
    pair_bounds : int64 array of shape (d + 1,)
        Document d's pairs lie at ``pair_bounds[d]:pair_bounds[d + 1]``.
    states : uint8 array of shape (n,)
        State and bits.
    named : dict
        Row number to id, of positions whose id is free text.
    """

    revision: int
    documents: NDArray[np.int64]
    bounds: NDArray[np.int64]
    positions: NDArray[Any]
    pairs: NDArray[Any]
    pair_bounds: NDArray[np.int64]
    states: NDArray[np.uint8]
    named: dict[int, str]

    @cached_property
    def pair_row(self) -> NDArray[np.int64]:
        """Place of each pair's position in `positions`, ascending."""
        starts: NDArray[np.int64] = np.repeat(self.bounds[:-1], np.diff(self.pair_bounds))
        return starts + self.pairs["row"].astype(np.int64)

    @cached_property
    def document(self) -> NDArray[np.int64]:
        """Row number of each position's document."""
        return np.repeat(self.documents, np.diff(self.bounds))


class PositionStore:
    """The latest table and catalogue, followed from revision to revision; safe under the caller's lock."""

    def __init__(self) -> None:
        self._table: PositionTable | None = None
        self._catalogue: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue | None:
        """The catalogue of the last moment asked for; None before the first."""
        return self._catalogue

    def follow(self, connection: sqlite3.Connection) -> tuple[PositionTable, Catalogue]:
        """
        Return this moment's table and catalogue.

        Parameters
        ----------
        connection : sqlite3.Connection
            In a reading transaction.

        Returns
        -------
        tuple
            Table and catalogue; immutable, so that they can be used after the lock is released.
        """
        revision = int(connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0])
        if self._table is None or self._table.revision != revision:
            self._table = _follow_table(connection, self._table, revision)
            self._catalogue = follow_catalogue(connection, self._catalogue)
        if self._catalogue is None:
            self._catalogue = follow_catalogue(connection, None)
        return self._table, self._catalogue


_NO_TABLE = PositionTable(
    -1,
    np.empty(0, dtype=np.int64),
    np.zeros(1, dtype=np.int64),
    np.empty(0, dtype=POSITION),
    np.empty(0, dtype=PAIR),
    np.zeros(1, dtype=np.int64),
    np.empty(0, dtype=np.uint8),
    {},
)


def _follow_table(
    connection: sqlite3.Connection, known: PositionTable | None, revision: int
) -> PositionTable:
    old = known or _NO_TABLE
    sizes = dict(zip(old.documents.tolist(), np.diff(old.bounds).tolist(), strict=True))
    changed = connection.execute(
        "SELECT document, n, states FROM block WHERE revision > ? ORDER BY document", (old.revision,)
    ).fetchall()
    # Rows are only ever added to a block, so the same number means the same rows.
    grown = [document for document, n, _ in changed if sizes.get(document) != n]
    table = _splice(connection, old, grown) if grown else old
    states = table.states
    if len(changed) > len(grown):
        states = states.copy()
        places = np.searchsorted(table.documents, [document for document, _, _ in changed])
        for at, (_, _, packed) in zip(places, changed, strict=True):
            states[table.bounds[at] : table.bounds[at + 1]] = np.frombuffer(packed, dtype=np.uint8)
    return replace(table, revision=revision, states=states)


def _splice(connection: sqlite3.Connection, old: PositionTable, grown: list[int]) -> PositionTable:
    """Put grown or new documents' blocks into the columns, and keep the stretches between them."""
    # Bytes, because numpy copies packed records field by field.
    pieces: dict[str, list[NDArray[np.uint8]]] = {"positions": [], "pairs": [], "states": []}
    documents: list[NDArray[np.int64]] = []
    n_positions: list[NDArray[np.int64]] = []
    n_pairs: list[NDArray[np.int64]] = []

    def keep(first: int, last: int) -> None:
        if first < last:
            rows = slice(old.bounds[first], old.bounds[last])
            pieces["positions"].append(old.positions[rows].view(np.uint8))
            pieces["states"].append(old.states[rows])
            pieces["pairs"].append(old.pairs[old.pair_bounds[first] : old.pair_bounds[last]].view(np.uint8))
            documents.append(old.documents[first:last])
            n_positions.append(np.diff(old.bounds[first : last + 1]))
            n_pairs.append(np.diff(old.pair_bounds[first : last + 1]))

    done = 0
    for document, positions, pairs, states in _blocks(connection, grown):
        at = int(np.searchsorted(old.documents, document))
        keep(done, at)
        done = at + int(at < len(old.documents) and old.documents[at] == document)
        for name, blob in (("positions", positions), ("pairs", pairs), ("states", states)):
            pieces[name].append(np.frombuffer(blob, dtype=np.uint8))
        documents.append(np.array([document], dtype=np.int64))
        n_positions.append(np.array([len(states)], dtype=np.int64))
        n_pairs.append(np.array([len(pairs) // PAIR.itemsize], dtype=np.int64))
    keep(done, len(old.documents))
    joined = {name: np.concatenate(parts) for name, parts in pieces.items()}
    named = connection.execute(
        "SELECT id, uid FROM position INDEXED BY position_named WHERE typeof(uid) = 'text'"
    ).fetchall()
    return PositionTable(
        old.revision,
        np.concatenate(documents),
        _bounds(n_positions),
        joined["positions"].view(POSITION),
        joined["pairs"].view(PAIR),
        _bounds(n_pairs),
        joined["states"],
        dict(named),
    )


def _blocks(connection: sqlite3.Connection, documents: list[int]) -> Iterator[tuple[Any, ...]]:
    query = "SELECT document, positions, pairs, states FROM block"
    if len(documents) > 500:
        wanted = set(documents)
        return (row for row in connection.execute(f"{query} ORDER BY document") if row[0] in wanted)
    marks = ",".join(map(str, documents))
    return iter(connection.execute(f"{query} WHERE document IN ({marks}) ORDER BY document"))


def _bounds(sizes: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(np.concatenate(sizes))])
