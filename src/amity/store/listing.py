"""Lists of documents, actors and concepts, and the project in numbers."""

import json
import sqlite3
from collections import Counter
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import NotFound
from amity.model import ACTS, STATES, PositionFilter
from amity.store.blocks import LIVE_BIT, NO_POLARITY, STATE_BITS
from amity.store.catalogue import Catalogue
from amity.store.columns import count_by_document, pair_actors, select
from amity.store.documents import latest_readings
from amity.store.records import ActorRow, ConceptRow, DocumentRow, Summary
from amity.store.table import PositionTable

_ALL = PositionFilter()


def list_documents(
    connection: sqlite3.Connection, table: PositionTable, *, superseded: bool, identity: str | None = None
) -> list[DocumentRow]:
    """
    Return the documents in the order in which they came.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    table : PositionTable
        For the counts.
    superseded : bool
        Whether earlier versions are listed too.
    identity : str or None
        Only this one.

    Returns
    -------
    list of DocumentRow
        With counts.
    """
    counts = count_by_document(table)
    condition = "live" + ("" if superseded or identity is not None else " AND NOT superseded")
    condition += "" if identity is None else " AND uid = ?"
    found = connection.execute(
        "SELECT id, uid, title, date, issuers, place, kind, language, n_characters, version, superseded, sha256 "
        f"FROM document WHERE {condition} ORDER BY id",
        () if identity is None else (identity,),
    ).fetchall()
    readers = latest_readings(connection, {row[0]: None for row in found} if identity is not None else {})
    rows = []
    for row, uid, title, day, issuers, place, kind, language, n_characters, version, old, digest in found:
        n_positions, n_checked = counts.get(row, (0, 0))
        reader, reader_version = readers.get(row, ("", ""))
        rows.append(
            DocumentRow(
                uid,
                title,
                day,
                tuple(json.loads(issuers)),
                place,
                kind,
                language,
                n_characters,
                n_positions,
                n_checked,
                version,
                bool(old),
                reader,
                reader_version,
                digest.hex(),
            )
        )
    return rows


def list_actors(
    connection: sqlite3.Connection, table: PositionTable, catalogue: Catalogue, *, only: int | None = None
) -> list[ActorRow]:
    """
    Return the project's actors by name.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    table : PositionTable
        For the counts.
    catalogue : Catalogue
        Actors and appearances.
    only : int or None
        Only this row.

    Returns
    -------
    list of ActorRow
        Those that stand for themselves, with the counts of those merged into them.
    """
    size = len(catalogue.actor_root)
    _, pairs = select(table, catalogue, _ALL, agents={}, found=None)
    if only is not None:
        holder, target = pair_actors(table.pairs, catalogue, pairs)
        pairs = pairs[(holder == only) | (target == only)]
    held, towards = _count_positions(table, catalogue, pairs, size)
    documents = catalogue.n_documents
    rows = []
    for row, _, _, _, _, _, live in catalogue.rows["actor"]:
        if not live or catalogue.actor_root[row] != row or (only is not None and row != only):
            continue
        members = tuple(catalogue.actor(each).id for each in catalogue.members.get(row, ()))
        rows.append(
            ActorRow(catalogue.actor(row), int(documents[row]), int(held[row]), int(towards[row]), members)
        )
    return sorted(rows, key=lambda each: (each.name.casefold(), each.id))


def _count_positions(
    table: PositionTable, catalogue: Catalogue, pairs: NDArray[np.int64], size: int
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions that each actor holds and that are towards it, each counted once however many pairs it has."""
    row = table.pair_row[pairs]
    several = np.zeros(len(row), dtype=np.bool_)
    same = row[1:] == row[:-1]
    several[1:] |= same
    several[:-1] |= same
    counts = []
    for actors in pair_actors(table.pairs, catalogue, pairs):
        single = actors[(actors >= 0) & ~several]
        shared = (actors >= 0) & several
        keys = np.unique(actors[shared].astype(np.int64) * (len(table.positions) + 1) + row[shared])
        counts.append(
            np.bincount(single, minlength=size)
            + np.bincount(keys // (len(table.positions) + 1), minlength=size)
        )
    return counts[0], counts[1]


def list_concepts(table: PositionTable, catalogue: Catalogue) -> list[ConceptRow]:
    """
    Return the concepts, most used first.

    Parameters
    ----------
    table : PositionTable
        For the counts.
    catalogue : Catalogue
        Concepts.

    Returns
    -------
    list of ConceptRow
        Those that stand for themselves and are used, or were put in order by a person.
    """
    places, _ = select(table, catalogue, _ALL, agents={}, found=None)
    used = table.positions["concept"][places]
    counts = np.bincount(catalogue.concept_root[used[used >= 0]], minlength=len(catalogue.concept_root))
    members: dict[int, list[str]] = {}
    for row, name, _, _ in catalogue.rows["concept"]:
        root = int(catalogue.concept_root[row])
        if root != row:
            members.setdefault(root, []).append(name)
    rows = [
        ConceptRow(
            f"c{row}",
            name,
            None if broader is None else f"c{catalogue.concept_root[broader]}",
            int(counts[row]),
            tuple(members.get(row, ())),
        )
        for row, name, broader, into in catalogue.rows["concept"]
        if into is None and (counts[row] or broader is not None or row in members)
    ]
    return sorted(rows, key=lambda each: (-each.n_positions, each.name))


def summarise(
    connection: sqlite3.Connection, table: PositionTable, catalogue: Catalogue, *, name: str
) -> Summary:
    """
    Return a project in numbers.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    table : PositionTable
        All positions.
    catalogue : Catalogue
        Documents and actors.
    name : str
        The project's name.

    Returns
    -------
    Summary
        Current documents and standing positions; states count what was rejected too.
    """
    places, pairs = select(table, catalogue, _ALL, agents={}, found=None)
    holder, target = pair_actors(table.pairs, catalogue, pairs)
    occurs = np.zeros(len(catalogue.actor_root) + 1, dtype=np.bool_)
    occurs[holder] = True
    occurs[target] = True  # -1, for none, marks the last place
    n_documents, n_characters, first, last = connection.execute(
        "SELECT COUNT(*), COALESCE(SUM(n_characters), 0), MIN(date), MAX(date) FROM document WHERE live AND NOT superseded"
    ).fetchone()
    kinds = connection.execute(
        "SELECT kind, COUNT(*) FROM document WHERE live AND NOT superseded GROUP BY kind ORDER BY COUNT(*) DESC, kind"
    ).fetchall()
    current = np.repeat(catalogue.documents[table.documents] == 1, np.diff(table.bounds))
    states = table.states[current & ((table.states & LIVE_BIT) != 0)]
    by_state = np.bincount(states & STATE_BITS, minlength=len(STATES))
    # A corrected position and its correction are one edited position.
    standing_states = np.bincount(table.states[places] & STATE_BITS, minlength=len(STATES))
    by_state[STATES.index("edited")] = standing_states[STATES.index("edited")]
    checked = int(by_state.sum() - by_state[STATES.index("suggested")])
    polarity = np.bincount(table.positions["polarity"][places] + 1, minlength=NO_POLARITY + 2)
    return Summary(
        name,
        n_documents,
        n_characters,
        int(occurs[:-1].sum()),
        len(places),
        checked,
        first,
        last,
        dict(kinds),
        _named(np.bincount(table.positions["act"][places], minlength=len(ACTS)), ACTS),
        {
            key: int(polarity[code + 1])
            for key, code in (("1", 1), ("-1", -1), ("0", 0), ("none", NO_POLARITY))
        },
        _named(by_state, STATES),
        _by_year(table.positions["day"][places]),
    )


def _named(counts: NDArray[Any], names: tuple[Any, ...]) -> dict[str, int]:
    return {name: int(count) for name, count in zip(names, counts.tolist(), strict=True)}


def _by_year(days: NDArray[np.int32]) -> dict[str, int]:
    by_day = np.bincount(days + 1, minlength=1)
    ordinals = np.flatnonzero(by_day)
    years: Counter[str] = Counter()
    for ordinal, count in zip((ordinals - 1).tolist(), by_day[ordinals].tolist(), strict=True):
        years["undated" if ordinal < 0 else f"{date.fromordinal(ordinal).year:04d}"] += count
    return dict(sorted(years.items()))


def one_document(connection: sqlite3.Connection, table: PositionTable, identity: str) -> DocumentRow:
    """
    Return one document's row.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    table : PositionTable
        For the counts.
    identity : str
        Its id.

    Returns
    -------
    DocumentRow
        With counts.

    Raises
    ------
    NotFound
        If there is none.
    """
    rows = list_documents(connection, table, superseded=True, identity=identity)
    if not rows:
        raise NotFound(f"the project has no document {identity!r}; `amity show` lists them")
    return rows[0]
