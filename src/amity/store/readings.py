"""A coding brought into the project: actors linked, suggestions stored, and nothing that a person decided lost."""

import json
import re
import sqlite3
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from amity.errors import InvalidValue, SpanMismatch
from amity.model import (
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    MENTION_FORMS,
    STATUSES,
    STRENGTHS,
    VERDICTS,
    VOICES,
    Actor,
    Coding,
    Origin,
    Position,
    Span,
    first_day,
)
from amity.store.actors import add_aliases, insert_actor
from amity.store.documents import document_text
from amity.store.ids import intern_origin, pack_position, storable
from amity.store.journal import Act, begin
from amity.store.linking import ActorNames, Linking
from amity.store.states import SUGGESTED, refresh_states, touch

_INSERT_POSITION = (
    "INSERT INTO position(id, uid, document, reading, origin, cue_start, cue_end, evidence, holders, targets, via, "
    "polarity, concept, agreement, act, status, voice, holder_form, strength, certainty, date, day, score, replaces, "
    "state, standing, event) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)"
)
_CONTENT = (
    "origin, cue_start, cue_end, evidence, holders, targets, via, polarity, concept, agreement, act, status, voice, "
    "holder_form, strength, certainty, date, score"
)
_NUMBERED = re.compile(r"~\d+\Z")


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


def add_coding(
    connection: sqlite3.Connection,
    writer: Writer,
    document: int,
    coding: Coding,
    origin: Origin,
    *,
    replace_suggestions: bool = True,
    act: int | None = None,
) -> tuple[int, int]:
    """
    Bring a coding of a document into the project.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    writer : Writer
        What is remembered between documents.
    document : int
        The document's row.
    coding : Coding
        What was found.
    origin : Origin
        Who found it; a position's own origin goes before.
    replace_suggestions : bool
        Whether suggestions of the same reader that no person touched give way.
    act : int or None
        The larger act that this belongs to.

    Returns
    -------
    event : int
        The event.
    n : int
        Positions that are new.

    Raises
    ------
    SpanMismatch
        If a span does not hold the document's words.
    InvalidValue
        If an actor id is not defined.
    """
    text = document_text(connection, document)
    check_coding(coding, text)
    person = origin.is_person
    begun = begin(connection, "coding.add" if person else "read", origin, document=document, act=act)
    appearances = link_appearances(begun, writer, document, coding.actors)
    reading = _insert_reading(begun, document, coding, appearances)
    old = _replaceable(connection, document, origin.agent) if replace_suggestions else {}
    added, kept = _insert_positions(
        begun, writer, document, reading, coding.positions, appearances, text, old
    )
    gone = [row for row in old.values() if row not in kept]
    connection.executemany(
        "UPDATE position SET live = 0, withdrawn = ? WHERE id = ?", [(begun.event, row) for row in gone]
    )
    connection.execute(
        "UPDATE reading SET first_position = ?, last_position = ?, withdrew = ? WHERE id = ?",
        (added.first, added.last, json.dumps(gone), reading),
    )
    added.store(connection)
    _decide_for_persons(begun, added, coding.positions)
    title = connection.execute("SELECT title, uid FROM document WHERE id = ?", (document,)).fetchone()
    begun.describe(
        f"{origin.agent} {'coded' if person else 'read'} {title[0] or title[1]}: {len(added.rows)} positions",
        before={"positions": len(gone)},
        after={"positions": len(added.rows), "actors": len(coding.actors)},
    )
    return begun.event, len(added.rows)


def check_coding(coding: Coding, text: str) -> None:
    """
    Raise unless a coding fits a text, whatever id the document has in the project.

    Parameters
    ----------
    coding : Coding
        What was found.
    text : str
        The document's text.

    Raises
    ------
    SpanMismatch
        If a span does not hold the text's words.
    InvalidValue
        If an actor id is not defined or defined twice.
    """
    known = {actor.id for actor in coding.actors}
    if len(known) != len(coding.actors):
        raise InvalidValue(f"coding of {coding.document_id!r} uses an actor id twice; ids must be unique")
    used = {*coding.issuers, *coding.addressees}
    for position in coding.positions:
        used.update(position.holders, position.targets, position.via)
        check_spans(coding.document_id, text, (*position.evidence, position.cue))
    for mention in coding.mentions:
        used.add(mention.actor)
    check_spans(coding.document_id, text, [mention.span for mention in coding.mentions])
    for quotation in coding.quotations:
        if quotation.speaker is not None:
            used.add(quotation.speaker)
        check_spans(coding.document_id, text, [each for each in (quotation.span, quotation.cue) if each])
    if unknown := sorted(used - known):
        raise InvalidValue(
            f"coding of {coding.document_id!r} uses actor ids it does not define: {', '.join(unknown)}"
        )


def check_spans(identity: str, text: str, spans: Iterable[Span]) -> None:
    """
    Raise unless spans hold a text's words.

    Parameters
    ----------
    identity : str
        The document's id, for the message.
    text : str
        Its text.
    spans : iterable of Span
        To check.

    Raises
    ------
    SpanMismatch
        For the first that does not.
    """
    for span in spans:
        found = text[span.start : span.end]
        if found != span.exact:
            raise SpanMismatch(
                f"document {identity!r} reads {found[:60]!r} at [{span.start}, {span.end}), not {span.exact[:60]!r}; "
                "read the document again or re-anchor the span"
            )


def link_appearances(act: Act, writer: Writer, document: int, actors: Sequence[Actor]) -> dict[str, int]:
    """
    Return for each actor of a coding its appearance in the document, linked to an actor of the project.

    Parameters
    ----------
    act : Act
        The act.
    writer : Writer
        Linker and names.
    document : int
        The document's row.
    actors : sequence of Actor
        The coding's.

    Returns
    -------
    dict
        Actor id of the coding to the appearance's row. An appearance that an earlier reading made is kept with its
        link, so that what a person joined or split stays so.
    """
    listed = act.connection.execute(
        "SELECT id, key, name FROM appearance WHERE document = ? AND live", (document,)
    ).fetchall()
    present = {(_NUMBERED.sub("", key), name.casefold()): row for row, key, name in listed}
    taken = {key for _, key, _ in listed}
    rows: dict[str, int] = {}
    new = []
    for actor in actors:
        row = present.get((_NUMBERED.sub("", storable(actor.id)), storable(actor.name).casefold()))
        if row is None:
            new.append(actor)
        else:
            rows[actor.id] = row
    known = writer.names.candidates(act.connection, new)
    for actor, link in zip(new, writer.linking.find_links(new, known), strict=True):
        target = None if link.known_id is None else writer.names.row(link.known_id)
        if target is None:
            target = insert_actor(act, actor, reason=link.reason)
        else:
            add_aliases(act, target, (actor.name, *actor.aliases), known=writer.names.names(target))
        rows[actor.id] = _insert_appearance(act, document, actor, target, link.reason, taken)
    return rows


def _insert_appearance(
    act: Act, document: int, actor: Actor, target: int, reason: str, taken: set[str]
) -> int:
    key, number = storable(actor.id), 1
    while key in taken:
        number += 1
        key = f"{storable(actor.id)}~{number}"
    taken.add(key)
    return int(
        act.connection.execute(
            "INSERT INTO appearance(document, key, name, actor, reason, event) VALUES (?, ?, ?, ?, ?, ?)",
            (document, key, storable(actor.name), target, reason, act.event),
        ).lastrowid
        or 0
    )


def _insert_reading(act: Act, document: int, coding: Coding, appearances: dict[str, int]) -> int:
    mentions = [
        (appearances[each.actor], each.span.start, each.span.end, MENTION_FORMS.index(each.form))
        for each in coding.mentions
    ]
    quotations = [
        (
            None if each.speaker is None else appearances[each.speaker],
            each.span.start,
            each.span.end,
            None if each.cue is None else (each.cue.start, each.cue.end),
        )
        for each in coding.quotations
    ]
    return int(
        act.connection.execute(
            "INSERT INTO reading(document, origin, issuers, addressees, mentions, quotations, event) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                document,
                act.origin,
                json.dumps([appearances[each] for each in coding.issuers]),
                json.dumps([appearances[each] for each in coding.addressees]),
                pack_json(mentions),
                pack_json(quotations),
                act.event,
            ),
        ).lastrowid
        or 0
    )


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


@dataclass(slots=True)
class _Added:
    next_row: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)

    @property
    def first(self) -> int | None:
        return self.rows[0][0] if self.rows else None

    @property
    def last(self) -> int | None:
        return self.rows[-1][0] if self.rows else None

    def store(self, connection: sqlite3.Connection) -> None:
        connection.executemany(_INSERT_POSITION, self.rows)
        connection.executemany("INSERT INTO evidence_words(rowid, words) VALUES (?, ?)", self.words)


def _insert_positions(
    act: Act,
    writer: Writer,
    document: int,
    reading: int,
    positions: Sequence[Position],
    appearances: dict[str, int],
    text: str,
    old: dict[int | str, int],
) -> tuple[_Added, set[int]]:
    connection = act.connection
    present: dict[int | str, int] = dict(
        connection.execute("SELECT uid, id FROM position WHERE document = ? AND live", (document,))
    )
    added = _Added(next_position(connection))
    kept: set[int] = set()
    encoder = PositionEncoder(act, writer, document, document_day(connection, document))
    seen: set[int | str] = set()
    for position in positions:
        uid = free_uid(connection, position.id, document, present)
        if uid in seen:
            continue
        seen.add(uid)
        row = encoder.encode(position, uid, appearances, added.next_row, reading=reading)
        if uid in present:
            if uid not in old or _same_content(connection, present[uid], row):
                kept.add(present[uid])
                continue
            # The reader's own earlier word for the same place gives way before the new one comes in.
            connection.execute(
                "UPDATE position SET live = 0, withdrawn = ? WHERE id = ?", (act.event, present[uid])
            )
        added.rows.append(row)
        added.words.append((added.next_row, evidence_text(position)))
        added.next_row += 1
    return added, kept


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


def _same_content(connection: sqlite3.Connection, row: int, encoded: tuple[Any, ...]) -> bool:
    stored = connection.execute(f"SELECT {_CONTENT} FROM position WHERE id = ?", (row,)).fetchone()
    return bool(stored == (*encoded[4:21], encoded[22]))


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
    connection.execute(_INSERT_POSITION, row)
    connection.execute("INSERT INTO evidence_words(rowid, words) VALUES (?, ?)", (row[0], words))


def _replaceable(connection: sqlite3.Connection, document: int, agent: str) -> dict[int | str, int]:
    return dict(
        connection.execute(
            "SELECT position.uid, position.id FROM position JOIN origin ON origin.id = position.origin "
            "WHERE position.document = ? AND position.live AND origin.agent = ? AND position.reading IS NOT NULL "
            "AND NOT EXISTS(SELECT 1 FROM decision WHERE decision.position = position.id AND decision.live) "
            "AND NOT EXISTS(SELECT 1 FROM memo WHERE memo.subject = 'position' AND memo.row = position.id) "
            "AND NOT EXISTS(SELECT 1 FROM flag WHERE flag.subject = 'position' AND flag.row = position.id)",
            (document, agent),
        ).fetchall()
    )


def _decide_for_persons(act: Act, added: _Added, positions: Sequence[Position]) -> None:
    """A position that a person made is a decision of that person, not a suggestion."""
    persons = {
        row
        for (row,) in act.connection.execute("SELECT id FROM origin WHERE agent LIKE 'coder:%'").fetchall()
    }
    rows = [(row[0], VERDICTS.index("added"), row[4], act.event) for row in added.rows if row[4] in persons]
    if rows:
        act.connection.executemany(
            "INSERT INTO decision(position, verdict, origin, note, event) VALUES (?, ?, ?, '', ?)", rows
        )
        touch(act.connection, "SELECT position FROM decision WHERE event = ?", (act.event,))
        refresh_states(act.connection)
