"""Positions as tidy rows, one a position, with names and words."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from amity.formats.records import CodedDocument
from amity.model import Actor, Document, Position

POSITION_COLUMNS: tuple[str, ...] = (
    "id",
    "document_id",
    "document_title",
    "document_date",
    "holders",
    "holder_names",
    "holder_form",
    "via",
    "via_names",
    "targets",
    "target_names",
    "polarity",
    "concept",
    "agreement",
    "act",
    "status",
    "voice",
    "cue",
    "cue_start",
    "cue_end",
    "evidence",
    "evidence_spans",
    "strength",
    "certainty",
    "date",
    "score",
    "agent",
)
"""Columns of a table of positions; the codebook page of a workbook explains each."""

COLUMN_WORDS: Mapping[str, str] = {
    "id": "identifies the position",
    "document_id": "identifies the document",
    "document_title": "title of the document",
    "document_date": "date of the document, ISO 8601, full or partial",
    "holders": "ids of the actors who take the position, separated by ' | '",
    "holder_names": "their names",
    "holder_form": "how the text shows the holder: named, nominal, pronoun, implicit, unknown",
    "via": "ids of those who report it, from the issuer inwards",
    "via_names": "their names",
    "targets": "ids of the actors towards whom it is taken",
    "target_names": "their names",
    "polarity": "1 support, -1 opposition, 0 neither; empty without a target",
    "concept": "the policy, demand, act or idea it is about",
    "agreement": "1 or -1 with the concept; empty for none",
    "act": "endorse, commit, concede, meet, call, criticise, refuse, warn, deed or state",
    "status": "actual, future, hypothetical, negated or historical",
    "voice": "own, quoted, reported or inferred",
    "cue": "the words that carry the act",
    "cue_start": "first character of the cue, counted in code points from 0",
    "cue_end": "character after the cue",
    "evidence": "the words from which a reader can judge the position, separated by ' | '",
    "evidence_spans": "their places, START-END, separated by spaces",
    "strength": "weak, plain or strong",
    "certainty": "sure or unsure",
    "date": "when the position was taken, if not the document's date",
    "score": "how sure the reader is, from 0 to 1; 1 for a person's",
    "agent": "who made it: coder:NAME or reader:NAME",
}
"""What each column holds."""

SEPARATOR = " | "


def position_row(
    position: Position, names: Mapping[str, str], document: Document | None = None
) -> dict[str, Any]:
    """
    Return a position as a flat record.

    Parameters
    ----------
    position : Position
        The position.
    names : mapping of str to str
        Actor id to name.
    document : Document, optional
        Its document, for title and date.

    Returns
    -------
    dict
        Keys in the order of `POSITION_COLUMNS`; None where a field has no value.
    """

    def named(ids: tuple[str, ...]) -> str:
        return SEPARATOR.join(names.get(each, each) for each in ids)

    return {
        "id": position.id,
        "document_id": position.document_id,
        "document_title": document.title if document else "",
        "document_date": document.date if document else None,
        "holders": SEPARATOR.join(position.holders),
        "holder_names": named(position.holders),
        "holder_form": position.holder_form,
        "via": SEPARATOR.join(position.via),
        "via_names": named(position.via),
        "targets": SEPARATOR.join(position.targets),
        "target_names": named(position.targets),
        "polarity": position.polarity,
        "concept": position.concept,
        "agreement": position.agreement,
        "act": position.act,
        "status": position.status,
        "voice": position.voice,
        "cue": position.cue.exact,
        "cue_start": position.cue.start,
        "cue_end": position.cue.end,
        "evidence": SEPARATOR.join(each.exact for each in position.evidence),
        "evidence_spans": " ".join(f"{each.start}-{each.end}" for each in position.evidence),
        "strength": position.strength,
        "certainty": position.certainty,
        "date": position.date,
        "score": position.score,
        "agent": position.origin.agent if position.origin else "",
    }


def actor_names(actors: Iterable[Actor]) -> dict[str, str]:
    """
    Return actor names by id.

    Parameters
    ----------
    actors : iterable of Actor
        The actors.

    Returns
    -------
    dict of str to str
        Id to name.
    """
    return {actor.id: actor.name for actor in actors}


def coded_rows(pairs: Iterable[CodedDocument]) -> Iterator[dict[str, Any]]:
    """
    Yield the positions of coded documents as flat records.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.

    Yields
    ------
    dict
        As `position_row`.
    """
    for document, coding in pairs:
        names = actor_names(coding.actors)
        for position in coding.positions:
            yield position_row(position, names, document)
