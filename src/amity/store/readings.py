"""A coding brought into the project: actors linked, suggestions stored, and nothing that a person decided lost."""

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from amity.errors import InvalidValue, SpanMismatch
from amity.model import (
    MENTION_FORMS,
    VERDICTS,
    Actor,
    Coding,
    Origin,
    Position,
    Span,
)
from amity.store.actors import add_aliases, insert_actor
from amity.store.documents import document_text
from amity.store.encoding import (
    INSERT_POSITION,
    PositionEncoder,
    Writer,
    document_day,
    evidence_text,
    free_uid,
    next_position,
    pack_json,
)
from amity.store.ids import storable
from amity.store.journal import Act, begin
from amity.store.states import refresh_states, touch

_CONTENT = (
    "origin, cue_start, cue_end, evidence, holders, targets, via, polarity, concept, agreement, act, status, voice, "
    "holder_form, strength, certainty, date, score"
)
_NUMBERED = re.compile(r"~\d+\Z")


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
        connection.executemany(INSERT_POSITION, self.rows)
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


def _same_content(connection: sqlite3.Connection, row: int, encoded: tuple[Any, ...]) -> bool:
    stored = connection.execute(f"SELECT {_CONTENT} FROM position WHERE id = ?", (row,)).fetchone()
    return bool(stored == (*encoded[4:21], encoded[22]))


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
