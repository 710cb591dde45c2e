"""Positions and what belongs to them → rows of the table."""

import json
import sqlite3
import zlib
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from amity.model import (
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    STATUSES,
    STRENGTHS,
    VOICES,
    Position,
    first_day,
)
from amity.store.ids import intern_origin, pack_position, storable
from amity.store.journal import Act
from amity.store.linking import ActorNames, Linking
from amity.store.states import SUGGESTED

INSERT_POSITION = (
    "INSERT INTO position(id, uid, document, reading, origin, cue_start, cue_end, evidence, holders, targets, via, "
    "polarity, concept, agreement, act, status, voice, holder_form, strength, certainty, date, day, score, replaces, "
    "state, standing, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"
)


@dataclass(slots=True)
class Writer:
    """
    What writing codings needs to remember between documents.

    Parameters
    ----------
    linking : Linking
        Finds the project's actor for each new one.
    names : ActorNames
        The project's actors.
    concepts : dict
        Name to row.
    """

    linking: Linking
    names: ActorNames = field(init=False)
    concepts: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.names = ActorNames(self.linking.listed_name)

    def forget(self) -> None:
        """Throw away what may not be in the file after all."""
        self.names.forget()
        self.concepts.clear()

    def concept(self, act: Act, name: str) -> int:
        """
        Return the row of a concept, made where it is new.

        Parameters
        ----------
        act : Act
            The act that brings it.
        name : str
            Its name.

        Returns
        -------
        int
            Its row.
        """
        name = storable(name)
        row = self.concepts.get(name)
        if row is None:
            found = act.connection.execute(
                "SELECT id FROM concept WHERE name = ? ORDER BY id", (name,)
            ).fetchone()
            row = (
                int(found[0])
                if found
                else int(
                    act.connection.execute(
                        "INSERT INTO concept(name, event) VALUES (?, ?)", (name, act.event)
                    ).lastrowid
                    or 0
                )
            )
            self.concepts[name] = row
        return row


def pack_json(value: object) -> bytes:
    """
    Return compressed JSON.

    Parameters
    ----------
    value : object
        Anything that JSON holds.

    Returns
    -------
    bytes
        What `unpack_json` reads.
    """
    return zlib.compress(json.dumps(value, separators=(",", ":")).encode(), 1)


def unpack_json(packed: bytes) -> Any:
    """
    Return what `pack_json` packed.

    Parameters
    ----------
    packed : bytes
        Compressed JSON.

    Returns
    -------
    object
        The value.
    """
    return json.loads(zlib.decompress(packed))


def next_position(connection: sqlite3.Connection) -> int:
    """
    Return the row that the next position gets.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.

    Returns
    -------
    int
        One more than the last; rows are never given twice.
    """
    return int(connection.execute("SELECT COALESCE(MAX(id), 0) + 1 FROM position").fetchone()[0])


def evidence_text(position: Position) -> str:
    """
    Return the words of a position's evidence, as they are indexed.

    Parameters
    ----------
    position : Position
        The position.

    Returns
    -------
    str
        The evidence's spans, joined by an ellipsis.
    """
    return storable(" … ".join(span.exact for span in position.evidence))


def free_uid(
    connection: sqlite3.Connection, identity: str, document: int, present: dict[int | str, int]
) -> int | str:
    """
    Return how a position's id is stored in this document; another document's equal id gives way to a derived one.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        The id that the coding gives.
    document : int
        The document's row.
    present : dict
        Ids that the document has already.

    Returns
    -------
    int or str
        As `pack_position`.
    """
    uid = pack_position(identity)
    derived = pack_position("p" + sha256(f"{document}\0{storable(identity)}".encode()).hexdigest()[:16])
    if derived in present:
        return derived
    if uid in present:
        return uid
    taken = connection.execute("SELECT 1 FROM position WHERE uid = ? AND live", (uid,)).fetchone()
    return derived if taken else uid


@dataclass(frozen=True, slots=True)
class PositionEncoder:
    """
    Turns positions into rows of the table.

    Parameters
    ----------
    act : Act
        The act that brings them.
    writer : Writer
        For concepts.
    document : int
        The document's row.
    day : int
        The document's first day as an ordinal; -1 if undated.
    """

    act: Act
    writer: Writer
    document: int
    day: int

    def encode(
        self,
        position: Position,
        uid: int | str,
        appearances: dict[str, int],
        row: int,
        *,
        reading: int | None,
        replaces: int | None = None,
    ) -> tuple[Any, ...]:
        """
        Return a position as a row.

        Parameters
        ----------
        position : Position
            The position.
        uid : int or str
            Its id, packed.
        appearances : dict
            Actor id to appearance.
        row : int
            Its row.
        reading : int or None
            The reading that found it; None for a person's.
        replaces : int or None
            The position that it corrects.

        Returns
        -------
        tuple
            In the order of the insertion.
        """
        origin = (
            self.act.origin
            if position.origin is None
            else intern_origin(self.act.connection, position.origin)
        )
        return (
            row,
            uid,
            self.document,
            reading,
            origin,
            position.cue.start,
            position.cue.end,
            _json([(span.start, span.end) for span in position.evidence]),
            _json([appearances[each] for each in position.holders]),
            _json([appearances[each] for each in position.targets]),
            _json([appearances[each] for each in position.via]),
            position.polarity,
            None if position.concept is None else self.writer.concept(self.act, position.concept),
            position.agreement,
            ACTS.index(position.act),
            STATUSES.index(position.status),
            VOICES.index(position.voice),
            HOLDER_FORMS.index(position.holder_form),
            STRENGTHS.index(position.strength),
            CERTAINTIES.index(position.certainty),
            position.date,
            self.day if position.date is None else first_day(position.date).toordinal(),
            position.score,
            replaces,
            SUGGESTED,
            self.act.event,
        )


def document_day(connection: sqlite3.Connection, document: int) -> int:
    """
    Return a document's first day.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    document : int
        The document's row.

    Returns
    -------
    int
        As an ordinal; -1 if undated.
    """
    return int(connection.execute("SELECT day FROM document WHERE id = ?", (document,)).fetchone()[0])


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def insert_position(connection: sqlite3.Connection, row: tuple[Any, ...], words: str) -> None:
    """
    Store one encoded position and index its evidence.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    row : tuple
        As `PositionEncoder.encode` returned it.
    words : str
        The evidence's words.
    """
    connection.execute(INSERT_POSITION, row)
    connection.execute("INSERT INTO evidence_words(rowid, words) VALUES (?, ?)", (row[0], words))
