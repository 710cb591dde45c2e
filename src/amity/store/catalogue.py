"""What lists need of documents, actors and concepts, kept in memory and brought up to date row by row."""

import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from amity.model import Actor, ActorKind
from amity.store.schema import COUNTED

_COLUMNS = {
    "document": "id, uid, day, kind, superseded, live",
    "actor": "id, uid, name, kind, generic, merged_into, live",
    "alias": "id, actor, name, live",
    "attribute": "id, actor, name, value, since, until",
    "appearance": "id, document, actor, live",
    "concept": "id, name, broader, merged_into",
}


@dataclass(frozen=True)
class Catalogue:
    """
    One moment's documents, actors and concepts.

    Parameters
    ----------
    rows : mapping of str to list of tuple
        Table to rows, in order of their numbers.
    appearances : int64 array of shape (n, 4)
        Number, document, actor and whether it is there.
    counts : mapping of str to int
        Table to how often its rows have changed.
    """

    rows: Mapping[str, list[tuple[Any, ...]]]
    appearances: NDArray[np.int64]
    counts: Mapping[str, int]
    _kept: dict[str, Any] = field(default_factory=dict, repr=False)

    @cached_property
    def documents(self) -> NDArray[np.int64]:
        """Per document row number: 1 live and current, 2 live and superseded, 0 absent."""
        size = max((row[0] for row in self.rows["document"]), default=0) + 1
        places = np.zeros(size, dtype=np.int64)
        for row, _, _, _, superseded, live in self.rows["document"]:
            places[row] = (2 if superseded else 1) if live else 0
        return places

    @cached_property
    def document_uid(self) -> dict[int, str]:
        """Row number to id."""
        return {row[0]: row[1] for row in self.rows["document"]}

    @cached_property
    def document_row(self) -> dict[str, int]:
        """Id to row number, of documents that are there."""
        return {row[1]: row[0] for row in self.rows["document"] if row[5]}

    @cached_property
    def document_day(self) -> NDArray[np.int32]:
        """Per document row number: its first day."""
        days = np.full(len(self.documents), -1, dtype=np.int32)
        for row in self.rows["document"]:
            days[row[0]] = row[2]
        return days

    @cached_property
    def document_kind(self) -> dict[int, str]:
        """Row number to kind."""
        return {row[0]: row[3] for row in self.rows["document"]}

    @cached_property
    def actor_root(self) -> NDArray[np.int32]:
        """Per actor row number: the actor that stands for it after all merges; -1 where there is none."""
        return _roots(self.rows["actor"], 5)

    @cached_property
    def actor_row(self) -> dict[str, int]:
        """Id to row number, of actors that are there, merged ones too."""
        return {row[1]: row[0] for row in self.rows["actor"] if row[6]}

    @cached_property
    def appearance_root(self) -> NDArray[np.int32]:
        """Per appearance: the actor that stands for it after all merges."""
        numbers = self.appearances
        roots = np.full(int(numbers[-1, 0]) + 1 if len(numbers) else 1, -1, dtype=np.int32)
        roots[numbers[:, 0]] = self.actor_root[numbers[:, 2]]
        return roots

    @cached_property
    def n_documents(self) -> NDArray[np.int64]:
        """Per actor row number: current documents in which it, or an actor merged into it, appears."""
        current = self.documents
        seen = self.appearances[(self.appearances[:, 3] != 0) & (current[self.appearances[:, 1]] == 1)]
        keys = np.unique(self.actor_root[seen[:, 2]].astype(np.int64) * len(current) + seen[:, 1])
        return np.bincount(keys // len(current), minlength=len(self.actor_root))

    @cached_property
    def generic(self) -> NDArray[np.bool_]:
        """Per actor row number: whether it is a generic group."""
        flags = np.zeros(len(self.actor_root), dtype=np.bool_)
        for row in self.rows["actor"]:
            flags[row[0]] = bool(row[4])
        return flags

    @cached_property
    def members(self) -> dict[int, list[int]]:
        """Actor row number to the actors that were merged into it, itself left out."""
        members: dict[int, list[int]] = defaultdict(list)
        for row in self.rows["actor"]:
            if row[6] and self.actor_root[row[0]] != row[0]:
                members[int(self.actor_root[row[0]])].append(row[0])
        return members

    @cached_property
    def concept_root(self) -> NDArray[np.int32]:
        """Per concept row number: the concept that stands for it after all merges."""
        return _roots(self.rows["concept"], 3)

    @cached_property
    def concept_name(self) -> dict[int, str]:
        """Concept row number to name."""
        return {row[0]: row[1] for row in self.rows["concept"]}

    @cached_property
    def _names(self) -> dict[int, list[str]]:
        names: dict[int, list[str]] = defaultdict(list)
        for _, actor, name, live in self.rows["alias"]:
            if live:
                names[actor].append(name)
        return names

    @cached_property
    def _attributes(self) -> dict[int, list[tuple[str, str, str]]]:
        attributes: dict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for _, actor, name, value, since, _ in self.rows["attribute"]:
            attributes[actor].append((since or "", name, value))
        return attributes

    @cached_property
    def _actor_fields(self) -> dict[int, tuple[Any, ...]]:
        return {row[0]: row for row in self.rows["actor"]}

    def actor(self, row: int) -> Actor:
        """
        Return an actor as a record.

        Parameters
        ----------
        row : int
            Its row number.

        Returns
        -------
        Actor
            Aliases include the names of actors merged into it; of a dated attribute the latest value.
        """
        known = self._kept.get(f"actor {row}")
        if known is not None:
            return cast(Actor, known)
        _, uid, name, kind, generic, _, _ = self._actor_fields[row]
        aliases = list(self._names.get(row, ()))
        for member in self.members.get(row, ()):
            aliases.append(self._actor_fields[member][2])
            aliases.extend(self._names.get(member, ()))
        attributes = {each: value for _, each, value in sorted(self._attributes.get(row, ()))}
        actor = Actor(
            uid,
            name,
            cast(ActorKind, kind),
            tuple(each for each in dict.fromkeys(aliases) if each != name),
            bool(generic),
            attributes,
        )
        self._kept[f"actor {row}"] = actor
        return actor


def _roots(rows: list[tuple[Any, ...]], column: int) -> NDArray[np.int32]:
    roots = np.full(max((row[0] for row in rows), default=0) + 1, -1, dtype=np.int32)
    into = {row[0]: row[column] for row in rows if row[column] is not None}
    for row in rows:
        root = row[0]
        while root in into:
            root = into[root]
        roots[row[0]] = root
    return roots


def follow_catalogue(connection: sqlite3.Connection, known: Catalogue | None) -> Catalogue:
    """
    Return the catalogue of this moment.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    known : Catalogue or None
        An earlier one; tables in which rows were only added are read from there on.

    Returns
    -------
    Catalogue
        `known` itself where nothing has changed.
    """
    counts = dict(connection.execute("SELECT name, value FROM counter"))
    rows: dict[str, list[tuple[Any, ...]]] = {}
    appearances = np.empty((0, 4), dtype=np.int64)
    for table in COUNTED:
        is_kept = known is not None and known.counts[table] == counts[table]
        if table == "appearance":
            appearances = _follow_appearances(
                connection, known.appearances if known and is_kept else appearances
            )
            continue
        old = known.rows[table] if known is not None and is_kept else []
        new = _rows_after(connection, table, old[-1][0] if old else 0)
        rows[table] = old + new if new or not is_kept else old
    fresh = Catalogue(rows, appearances, counts)
    if known is None:
        return fresh
    if all(_is_same(known, fresh, table) for table in COUNTED):
        return known
    _hand_over(known, fresh)
    return fresh


def _rows_after(connection: sqlite3.Connection, table: str, last: int) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {_COLUMNS[table]} FROM {table} WHERE id > ? ORDER BY id", (last,)
    ).fetchall()


def _follow_appearances(connection: sqlite3.Connection, old: NDArray[np.int64]) -> NDArray[np.int64]:
    new = _rows_after(connection, "appearance", int(old[-1, 0]) if len(old) else 0)
    return np.concatenate([old, np.array(new, dtype=np.int64)]) if new else old


def _is_same(known: Catalogue, fresh: Catalogue, table: str) -> bool:
    if table == "appearance":
        return known.appearances is fresh.appearances
    return known.rows[table] is fresh.rows[table]


_RESTS_ON = {
    "documents": ("document",),
    "document_uid": ("document",),
    "document_row": ("document",),
    "document_day": ("document",),
    "document_kind": ("document",),
    "actor_root": ("actor",),
    "actor_row": ("actor",),
    "generic": ("actor",),
    "members": ("actor",),
    "_actor_fields": ("actor",),
    "appearance_root": ("actor", "appearance"),
    "n_documents": ("actor", "appearance", "document"),
    "concept_root": ("concept",),
    "concept_name": ("concept",),
    "_names": ("alias",),
    "_attributes": ("attribute",),
    "_kept": ("actor", "alias", "attribute"),
}


def _hand_over(known: Catalogue, fresh: Catalogue) -> None:
    """Keep what was worked out from tables that have not changed."""
    for name, tables in _RESTS_ON.items():
        if name in vars(known) and all(_is_same(known, fresh, table) for table in tables):
            vars(fresh)[name] = vars(known)[name]
