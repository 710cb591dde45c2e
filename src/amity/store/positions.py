"""Rows of the table → records with the document's own words."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from amity.model import (
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    MENTION_FORMS,
    STATES,
    STATUSES,
    STRENGTHS,
    VERDICTS,
    VOICES,
    Coding,
    Decision,
    Mention,
    Origin,
    Position,
    Quotation,
    Span,
)
from amity.store.catalogue import Catalogue
from amity.store.documents import document_text
from amity.store.encoding import unpack_json
from amity.store.ids import document_row, pack_position, position_row, unpack_position
from amity.store.records import PositionRow

_FIELDS = (
    "position.id, position.uid, position.document, position.cue_start, position.cue_end, position.evidence, "
    "position.holders, position.targets, position.via, position.polarity, position.concept, position.agreement, "
    "position.act, position.status, position.voice, position.holder_form, position.strength, position.certainty, "
    "position.date, position.score, origin.agent, origin.version, origin.settings, event.at, position.state, "
    "position.standing, position.revision, replaced.uid, document.title, document.date, document.uid, "
    "(SELECT COUNT(*) FROM decision WHERE decision.position = position.id AND decision.live), "
    "(SELECT later.uid FROM decision JOIN position AS later ON later.id = decision.replaced_by "
    "WHERE decision.position = position.id AND decision.live AND decision.replaced_by IS NOT NULL "
    "ORDER BY decision.id DESC LIMIT 1)"
)
_FROM = (
    "FROM position JOIN document ON document.id = position.document JOIN origin ON origin.id = position.origin "
    "JOIN event ON event.id = position.event LEFT JOIN position AS replaced ON replaced.id = position.replaces"
)


class Texts:
    """The texts that one answer needs, each fetched once."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._texts: dict[int, str] = {}

    def span(self, row: int, identity: str, start: int, end: int) -> Span:
        """
        Return a stretch of a document with its words.

        Parameters
        ----------
        row : int
            The document's row.
        identity : str
            Its id.
        start, end : int
            Code points, half-open.

        Returns
        -------
        Span
            The stretch.
        """
        if row not in self._texts:
            self._texts[row] = document_text(self._connection, row)
        return Span(identity, start, end, self._texts[row][start:end])


def fetch_rows(
    connection: sqlite3.Connection, catalogue: Catalogue, rows: Sequence[int]
) -> list[PositionRow]:
    """
    Return positions as records, in the order asked for.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    catalogue : Catalogue
        Actors and concepts.
    rows : sequence of int
        Rows of positions.

    Returns
    -------
    list of PositionRow
        One for each row.
    """
    texts = Texts(connection)
    found: dict[int, PositionRow] = {}
    for start in range(0, len(rows), 500):
        marks = ",".join(str(int(row)) for row in rows[start : start + 500])
        for fields in connection.execute(f"SELECT {_FIELDS} {_FROM} WHERE position.id IN ({marks})"):
            found[fields[0]] = _record(fields, catalogue, texts)
    return [found[int(row)] for row in rows]


def _record(fields: tuple[Any, ...], catalogue: Catalogue, texts: Texts) -> PositionRow:
    (_, uid, document, cue_start, cue_end, evidence, holders, targets, via, polarity, concept, agreement) = (
        fields[:12]
    )
    (act, status, voice, holder_form, strength, certainty, date, score, agent, version, settings, at) = (
        fields[12:24]
    )
    (state, standing, revision, replaces, title, document_date, document_uid, n_decisions, replaced_by) = (
        fields[24:]
    )
    position = Position(
        unpack_position(uid),
        document_uid,
        _actors(holders, catalogue),
        ACTS[act],
        tuple(texts.span(document, document_uid, start, end) for start, end in json.loads(evidence)),
        texts.span(document, document_uid, cue_start, cue_end),
        targets=_actors(targets, catalogue),
        polarity=polarity,
        concept=None if concept is None else catalogue.concept_name[int(catalogue.concept_root[concept])],
        agreement=agreement,
        holder_form=HOLDER_FORMS[holder_form],
        via=_actors(via, catalogue),
        status=STATUSES[status],
        voice=VOICES[voice],
        strength=STRENGTHS[strength],
        certainty=CERTAINTIES[certainty],
        date=date,
        origin=Origin(agent, version, settings, at),
        score=score,
    )
    return PositionRow(
        position,
        STATES[state],
        bool(standing),
        title,
        document_date,
        n_decisions,
        revision,
        None if replaces is None else unpack_position(replaces),
        None if replaced_by is None else unpack_position(replaced_by),
    )


def _actors(packed: str, catalogue: Catalogue) -> tuple[str, ...]:
    roots = (int(catalogue.appearance_root[each]) for each in json.loads(packed))
    return tuple(dict.fromkeys(catalogue.actor(root).id for root in roots))


def fetch_position(connection: sqlite3.Connection, catalogue: Catalogue, identity: str) -> PositionRow:
    """
    Return one position.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    catalogue : Catalogue
        Actors and concepts.
    identity : str
        Its id.

    Returns
    -------
    PositionRow
        With its state.

    Raises
    ------
    NotFound
        If there is none, or a later reading has withdrawn it.
    """
    return fetch_rows(connection, catalogue, [position_row(connection, identity)])[0]


def fetch_decisions(connection: sqlite3.Connection, identity: str) -> list[Decision]:
    """
    Return the decisions about a position that count, oldest first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        The position's id.

    Returns
    -------
    list of Decision
        Undone ones are left out; the event log keeps them.

    Raises
    ------
    NotFound
        If there is no such position.
    """
    return [
        Decision(
            identity,
            VERDICTS[verdict],
            Origin(agent, version, settings, at),
            None if replaced_by is None else unpack_position(replaced_by),
            note,
            at,
        )
        for verdict, agent, version, settings, replaced_by, note, at in connection.execute(
            "SELECT decision.verdict, origin.agent, origin.version, origin.settings, later.uid, decision.note, event.at "
            "FROM decision JOIN origin ON origin.id = decision.origin JOIN event ON event.id = decision.event "
            "LEFT JOIN position AS later ON later.id = decision.replaced_by "
            "WHERE decision.position = ? AND decision.live ORDER BY decision.id",
            (position_row(connection, identity),),
        )
    ]


def fetch_coding(
    connection: sqlite3.Connection, catalogue: Catalogue, identity: str, *, coder: str | None
) -> Coding:
    """
    Return what stands in a document, with the project's actor ids.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    catalogue : Catalogue
        Actors and concepts.
    identity : str
        The document's id.
    coder : str or None
        A coder's name: only what this coder's last word on each position lets stand.

    Returns
    -------
    Coding
        Mentions and quotations of the latest reading; positions in order of their cues.

    Raises
    ------
    NotFound
        If there is no such document.
    """
    row = document_row(connection, identity)
    query = (
        "SELECT id FROM position WHERE document = ? AND live AND standing ORDER BY cue_start, id"
        if coder is None
        else _OF_CODER
    )
    values: Iterable[object] = (row,) if coder is None else (f"coder:{coder}", row)
    places = [each[0] for each in connection.execute(query, tuple(values))]
    positions = tuple(each.position for each in fetch_rows(connection, catalogue, places))
    parts = _latest_reading(connection, catalogue, row, identity)
    used = {actor for each in positions for actor in (*each.holders, *each.targets, *each.via)}
    used.update(parts["issuers"], parts["addressees"], (each.actor for each in parts["mentions"]))
    used.update(each.speaker for each in parts["quotations"] if each.speaker is not None)
    actors = (catalogue.actor(catalogue.actor_row[each]) for each in used)
    return Coding(
        identity,
        tuple(sorted(actors, key=lambda actor: (actor.name, actor.id))),
        positions=positions,
        **parts,
    )


_OF_CODER = """
WITH last(position, verdict, replaced_by) AS (
  SELECT position, verdict, replaced_by FROM decision WHERE id IN (
    SELECT MAX(decision.id) FROM decision JOIN origin ON origin.id = decision.origin
    JOIN position ON position.id = decision.position
    WHERE decision.live AND origin.agent = ? AND position.document = ? AND position.live
    GROUP BY decision.position))
SELECT id FROM position WHERE id IN (
  SELECT position FROM last WHERE verdict IN (0, 3)
  UNION SELECT replaced_by FROM last WHERE verdict = 1)
AND id NOT IN (SELECT position FROM last WHERE verdict IN (1, 2)) ORDER BY cue_start, id
"""
"""Verdicts by their places in VERDICTS: 0 accepted, 1 edited, 2 rejected, 3 added."""


def _latest_reading(
    connection: sqlite3.Connection, catalogue: Catalogue, row: int, identity: str
) -> dict[str, Any]:
    found = connection.execute(
        "SELECT issuers, addressees, mentions, quotations FROM reading WHERE document = ? AND live "
        "ORDER BY id DESC LIMIT 1",
        (row,),
    ).fetchone()
    if found is None:
        return {"issuers": (), "addressees": (), "mentions": (), "quotations": ()}
    texts = Texts(connection)

    def actor(appearance: int) -> str:
        return catalogue.actor(int(catalogue.appearance_root[appearance])).id

    return {
        "issuers": _actors(found[0], catalogue),
        "addressees": _actors(found[1], catalogue),
        "mentions": tuple(
            Mention(texts.span(row, identity, start, end), actor(appearance), MENTION_FORMS[form])
            for appearance, start, end, form in unpack_json(found[2])
        ),
        "quotations": tuple(
            Quotation(
                None if speaker is None else actor(speaker),
                texts.span(row, identity, start, end),
                None if cue is None else texts.span(row, identity, *cue),
            )
            for speaker, start, end, cue in unpack_json(found[3])
        ),
    }


def rows_of(connection: sqlite3.Connection, identities: Iterable[str]) -> dict[str, int]:
    """
    Return the rows of many positions at once.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identities : iterable of str
        Ids.

    Returns
    -------
    dict
        Id to row; unknown ones are absent.
    """
    rows = {}
    for identity in identities:
        found = connection.execute(
            "SELECT id FROM position WHERE uid = ? AND live", (pack_position(identity),)
        ).fetchone()
        if found is not None:
            rows[identity] = int(found[0])
    return rows
