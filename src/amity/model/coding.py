"""The codebook's JSON form: one object a document, read into a `Coding` and written back."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from amity.errors import InvalidRecord
from amity.model.records import Actor, Coding, Document, Mention, Position, Quotation, Span, position_id
from amity.model.values import HolderForm, MentionForm

_PRONOUNS = frozenset(
    "i me my mine we us our ours you your yours he him his she her hers it its they them their theirs who whom "
    "whose which that this these those ourselves themselves itself himself herself myself".split()
)


def mention_form(words: str) -> MentionForm:
    """
    Return ``pronoun``, ``named`` or ``nominal`` for words whose form nobody has coded.

    Parameters
    ----------
    words : str
        The mention's exact words.

    Returns
    -------
    MentionForm
        ``pronoun`` for a bare pronoun, ``named`` where a word other than the first article has a capital,
        else ``nominal``.
    """
    tokens = words.split()
    if len(tokens) == 1 and tokens[0].lower() in _PRONOUNS:
        return "pronoun"
    rest = (
        tokens[1:]
        if tokens and tokens[0].lower() in ("the", "a", "an", "this", "that", "our", "their")
        else tokens
    )
    return "named" if any(token[:1].isupper() for token in rest) else "nominal"


def coding_from_json(record: Mapping[str, Any], document: Document) -> Coding:
    """
    Return the coding that a JSON object in the codebook's form holds.

    Parameters
    ----------
    record : mapping
        Keys ``actors``, ``mentions``, ``positions`` and, where known, ``issuers``, ``addressees``, ``quotations``.
    document : Document
        The coded document; offsets are checked against its text.

    Returns
    -------
    Coding
        With the same actor ids as the record.

    Raises
    ------
    InvalidRecord
        If a key is missing or has another type than the codebook's.
    InvalidValue
        If a value is not the codebook's.
    SpanMismatch
        If offsets lie outside the text.
    """
    try:
        actors = tuple(
            Actor(
                str(each["id"]),
                each["name"],
                kind=each.get("kind", "other"),
                aliases=tuple(each.get("aliases", ())),
                generic=bool(each.get("generic", False)),
                attributes=dict(each.get("attributes", {})),
            )
            for each in record["actors"]
        )
        mentions = tuple(_mention(each, document) for each in record.get("mentions", ()))
        positions = tuple(_position(each, document) for each in record["positions"])
        quotations = tuple(
            Quotation(
                each.get("speaker"),
                document.span(each["start"], each["end"]),
                None if each.get("cue") is None else document.span(*each["cue"]),
            )
            for each in record.get("quotations", ())
        )
        coding = Coding(
            document.id,
            actors,
            tuple(record.get("issuers", ())),
            tuple(record.get("addressees", ())),
            mentions,
            positions,
            quotations,
        )
        return coding.check(document)
    except (KeyError, TypeError, AttributeError, ValueError, OverflowError) as error:
        raise InvalidRecord(
            f"coding of {document.id!r} is not in the codebook's form: {type(error).__name__} {error}; "
            "see the reference page on the coding format"
        ) from error


def _mention(record: Mapping[str, Any], document: Document) -> Mention:
    span = document.span(record["start"], record["end"])
    return Mention(span, record["actor"], record.get("form") or mention_form(span.exact))


def _position(record: Mapping[str, Any], document: Document) -> Position:
    evidence = tuple(document.span(*each) for each in record["evidence"])
    cue = document.span(*record["cue"]) if record.get("cue") else evidence[0]
    holders, targets = tuple(record["holders"]), tuple(record.get("targets", ()))
    identity = record.get("id") or position_id(
        document.id,
        holders=holders,
        targets=targets,
        concept=record.get("concept"),
        act=record["act"],
        polarity=record.get("polarity"),
        agreement=record.get("agreement"),
        cue=(cue.start, cue.end),
        evidence=tuple((each.start, each.end) for each in evidence),
    )
    return Position(
        identity,
        document.id,
        holders,
        record["act"],
        evidence,
        cue,
        targets=targets,
        polarity=record.get("polarity"),
        concept=record.get("concept"),
        agreement=record.get("agreement"),
        holder_form=cast(HolderForm, record.get("holder_form", "named")),
        via=tuple(record.get("via", ())),
        status=record.get("status", "actual"),
        voice=record.get("voice", "own"),
        strength=record.get("strength", "plain"),
        certainty=record.get("certainty", "sure"),
        date=record.get("date"),
        score=float(record.get("score", 1.0)),
    )


def coding_to_json(coding: Coding, document: Document) -> dict[str, Any]:
    """
    Return a coding as a JSON object in the codebook's form.

    Parameters
    ----------
    coding : Coding
        What was found.
    document : Document
        The coded document.

    Returns
    -------
    dict
        Ready for `json.dumps`; `coding_from_json` reads it back to an equal coding, origins aside.
    """
    return {
        "id": document.id,
        "title": document.title,
        "date": document.date,
        "issuers": list(coding.issuers),
        "addressees": list(coding.addressees),
        "kind": document.kind,
        "language": document.language,
        "actors": [
            {
                "id": actor.id,
                "name": actor.name,
                "kind": actor.kind,
                "aliases": list(actor.aliases),
                "generic": actor.generic,
                **({"attributes": dict(actor.attributes)} if actor.attributes else {}),
            }
            for actor in coding.actors
        ],
        "mentions": [
            {"actor": each.actor, "start": each.span.start, "end": each.span.end, "form": each.form}
            for each in coding.mentions
        ],
        "positions": [position_to_json(each) for each in coding.positions],
        "quotations": [
            {
                "speaker": each.speaker,
                "start": each.span.start,
                "end": each.span.end,
                "cue": None if each.cue is None else [each.cue.start, each.cue.end],
            }
            for each in coding.quotations
        ],
    }


def position_to_json(position: Position) -> dict[str, Any]:
    """
    Return one position as a JSON object in the codebook's form, with its id and score.

    Parameters
    ----------
    position : Position
        The position.

    Returns
    -------
    dict
        The codebook's fields in the codebook's order.
    """
    return {
        "id": position.id,
        "holders": list(position.holders),
        "holder_form": position.holder_form,
        "via": list(position.via),
        "targets": list(position.targets),
        "polarity": position.polarity,
        "concept": position.concept,
        "agreement": position.agreement,
        "act": position.act,
        "status": position.status,
        "voice": position.voice,
        "evidence": _pairs(position.evidence),
        "cue": [position.cue.start, position.cue.end],
        "strength": position.strength,
        "certainty": position.certainty,
        "date": position.date,
        "score": position.score,
    }


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]
