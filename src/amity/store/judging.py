"""Readers' suggestions with their traits, and what persons decided about them."""

import json
import re
import sqlite3
from collections.abc import Iterator
from typing import Any

from amity.evaluation.learning import Suggestion
from amity.model import ACTS, HOLDER_FORMS, STATUSES, STRENGTHS, VOICES
from amity.store.catalogue import Catalogue
from amity.store.positions import Texts
from amity.store.states import ACCEPTED, ADDED, EDITED, REJECTED

_WORD = re.compile(r"[^\W\d_]+")
_ROWS = (
    "SELECT position.id, position.document, document.uid, document.kind, origin.agent, position.score, position.act, "
    "position.polarity, position.agreement, position.status, position.voice, position.holder_form, position.strength, "
    "position.cue_start, position.cue_end, position.holders, position.targets, position.via, "
    "position.concept IS NOT NULL, reading.issuers, reading.id "
    "FROM position JOIN origin ON origin.id = position.origin JOIN document ON document.id = position.document "
    "JOIN reading ON reading.id = position.reading WHERE origin.agent LIKE 'reader:%'"
)
_SIGNS = {1: "support", -1: "opposition", 0: "neither", None: "none"}


def fetch_suggestions(
    connection: sqlite3.Connection, catalogue: Catalogue, *, after: int = 0, condition: str = ""
) -> Iterator[tuple[int, Suggestion]]:
    """
    Return readers' suggestions, whatever was decided about them.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    catalogue : Catalogue
        Actors.
    after : int
        Only rows beyond this one.
    condition : str
        Further SQL.

    Yields
    ------
    tuple of int and Suggestion
        The position's row, and what the learned layer sees of it.
    """
    query = f"{_ROWS} AND position.id > ? {condition} ORDER BY position.document, position.id"
    texts, document, mentions = Texts(connection), -1, _Forms(connection)
    for fields in connection.execute(query, (after,)):
        if fields[1] != document:
            texts, document = Texts(connection), fields[1]
        start, end = fields[13], fields[14]
        words = texts.span(document, fields[2], start, end).exact
        yield fields[0], Suggestion(fields[5], fields[2], tuple(_traits(fields, words, catalogue, mentions)))


class _Forms:
    """Forms of mentions, by reading; only the last reading is kept."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._reading = -1
        self._pronouns: dict[int, list[int]] = {}

    def is_pronoun(self, reading: int, appearance: int, cue: int) -> bool:
        """Whether the mention of an actor that is nearest to a cue is a pronoun."""
        if reading != self._reading:
            self._read(reading)
        places = self._pronouns.get(appearance)
        if not places:
            return False
        nearest = min(places, key=lambda each: abs(abs(each) - cue - 1))
        return nearest < 0

    def _read(self, reading: int) -> None:
        from amity.model import MENTION_FORMS
        from amity.store.encoding import unpack_json

        packed = self._connection.execute("SELECT mentions FROM reading WHERE id = ?", (reading,)).fetchone()
        self._reading, self._pronouns = reading, {}
        pronoun = MENTION_FORMS.index("pronoun")
        for appearance, start, _, form in unpack_json(packed[0]):
            # Counted from 1, so that the sign can say the form.
            self._pronouns.setdefault(appearance, []).append(-(start + 1) if form == pronoun else start + 1)


def _traits(fields: tuple[Any, ...], words: str, catalogue: Catalogue, forms: _Forms) -> Iterator[str]:
    (_, _, _, kind, agent, _, act, polarity, agreement, status, voice, form, strength, start, _) = fields[:15]
    holders, targets, via = (json.loads(each) for each in fields[15:18])
    has_concept, issuers, reading = fields[18], json.loads(fields[19]), fields[20]
    yield f"reader={agent.removeprefix('reader:')}"
    yield f"act={ACTS[act]}"
    yield f"polarity={_SIGNS.get(polarity, 'none')}"
    yield f"agreement={_SIGNS.get(agreement, 'none')}"
    yield f"status={STATUSES[status]}"
    yield f"voice={VOICES[voice]}"
    yield f"holder form={HOLDER_FORMS[form]}"
    yield f"strength={STRENGTHS[strength]}"
    yield f"kind of document={kind or 'unknown'}"
    yield f"targets={min(len(targets), 3)}"
    if len(holders) > 1:
        yield "joint holders"
    if via:
        yield "reported by another"
    if has_concept:
        yield "has a concept"
    for role, actors in (("holder", holders), ("target", targets)):
        if set(actors) & set(issuers):
            yield f"{role} is issuer"
        if any(catalogue.generic[catalogue.appearance_root[each]] for each in actors):
            yield f"{role} is generic"
        if any(forms.is_pronoun(reading, each, start) for each in actors):
            yield f"{role} is a pronoun"
    for each in sorted({word.casefold() for word in _WORD.findall(words)}):
        yield f"cue word: {each}"


def fetch_judged(
    connection: sqlite3.Connection, catalogue: Catalogue
) -> tuple[list[Suggestion], list[bool], int]:
    """
    Return the suggestions that persons have decided on.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    catalogue : Catalogue
        Actors.

    Returns
    -------
    suggestions : list of Suggestion
        In document order.
    right : list of bool
        True where accepted, or edited without a change of holders, targets, act, polarity or agreement.
    added : int
        Positions that persons added.
    """
    states = dict(
        connection.execute(
            f"SELECT id, state FROM position WHERE live AND reading IS NOT NULL AND state IN ({ACCEPTED}, {EDITED}, {REJECTED})"
        )
    )
    core = "holders, targets, act, polarity, agreement"
    corrected = {
        row: tuple(rest)
        for row, *rest in connection.execute(
            f"SELECT decision.position, {', '.join(f'later.{each}' for each in core.split(', '))} FROM decision "
            "JOIN position AS later ON later.id = decision.replaced_by WHERE decision.live ORDER BY decision.id"
        )
    }
    suggestions, right = [], []
    found = fetch_suggestions(
        connection,
        catalogue,
        condition=f"AND position.live AND position.state IN ({ACCEPTED}, {EDITED}, {REJECTED})",
    )
    for row, suggestion in found:
        verdict = states[row] == ACCEPTED
        if states[row] == EDITED and row in corrected:
            first = connection.execute(f"SELECT {core} FROM position WHERE id = ?", (row,)).fetchone()
            verdict = _same(first, corrected[row], catalogue)
        suggestions.append(suggestion)
        right.append(verdict)
    added = connection.execute(
        f"SELECT COUNT(*) FROM position WHERE live AND standing AND state = {ADDED}"
    ).fetchone()
    return suggestions, right, int(added[0])


def _same(first: tuple[Any, ...], later: tuple[Any, ...], catalogue: Catalogue) -> bool:
    roots = catalogue.appearance_root
    actors = [
        [{int(roots[each]) for each in json.loads(record[at])} for at in (0, 1)] for record in (first, later)
    ]
    return actors[0] == actors[1] and first[2:] == later[2:]
