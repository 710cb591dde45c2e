"""Coded documents as five tables, and the tables as coded documents."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from amity.errors import InputError, InvalidRecord
from amity.formats.position_rows import POSITION_COLUMNS, SEPARATOR, coded_rows
from amity.formats.records import CodedDocument, Imported, Problem
from amity.model import Coding, Document, Origin, coding_from_json

Columns = tuple[tuple[str, str], ...]

_INTEGERS = frozenset(("polarity", "agreement", "cue_start", "cue_end", "start", "end"))
SCHEMA: Mapping[str, Columns] = {
    "documents": (
        *(
            (name, "string")
            for name in ("id", "title", "date", "kind", "language", "place", "publisher", "citation")
        ),
        *((name, "string") for name in ("issuers", "addressees", "metadata", "sha256", "text")),
    ),
    "actors": (
        *((name, "string") for name in ("document_id", "id", "name", "kind", "aliases")),
        ("generic", "boolean"),
        ("attributes", "string"),
    ),
    "mentions": (
        ("document_id", "string"),
        ("actor", "string"),
        ("start", "integer"),
        ("end", "integer"),
        ("form", "string"),
        ("exact", "string"),
    ),
    "positions": tuple(
        (name, "integer" if name in _INTEGERS else "number" if name == "score" else "string")
        for name in POSITION_COLUMNS
    ),
    "quotations": (
        ("document_id", "string"),
        ("speaker", "string"),
        ("start", "integer"),
        ("end", "integer"),
        ("cue_start", "integer"),
        ("cue_end", "integer"),
    ),
}
"""Tables with their columns and types (string, integer, number, boolean)."""


def coded_tables(pairs: Iterable[CodedDocument], *, texts: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """
    Return coded documents as rows of five tables.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    texts : bool
        Whether the documents' texts are in their table; else that column is empty.

    Returns
    -------
    dict of str to list of tuple
        Rows in the order of `SCHEMA`; None for no value. Lists are joined by " | ", mappings are JSON.
    """
    listed = list(pairs)
    tables: dict[str, list[tuple[Any, ...]]] = {name: [] for name in SCHEMA}
    for document, coding in listed:
        tables["documents"].append(_document_row(document, coding, texts))
        tables["actors"] += [
            (
                document.id,
                actor.id,
                actor.name,
                actor.kind,
                SEPARATOR.join(actor.aliases),
                actor.generic,
                json.dumps(dict(actor.attributes), ensure_ascii=False),
            )
            for actor in coding.actors
        ]
        tables["mentions"] += [
            (document.id, m.actor, m.span.start, m.span.end, m.form, m.span.exact) for m in coding.mentions
        ]
        tables["quotations"] += [
            (
                *(document.id, q.speaker, q.span.start, q.span.end),
                *((q.cue.start, q.cue.end) if q.cue else (None, None)),
            )
            for q in coding.quotations
        ]
    tables["positions"] = [tuple(row.values()) for row in coded_rows(listed)]
    return tables


def _document_row(document: Document, coding: Coding, texts: bool) -> tuple[Any, ...]:
    return (
        document.id,
        document.title,
        document.date,
        document.kind,
        document.language,
        document.place,
        document.publisher,
        document.citation,
        SEPARATOR.join(coding.issuers),
        SEPARATOR.join(coding.addressees),
        json.dumps(dict(document.metadata), ensure_ascii=False),
        document.sha256,
        document.text if texts else None,
    )


def tables_to_codings(tables: Mapping[str, Iterable[Mapping[str, Any]]], place: str) -> Imported:
    """
    Return the coded documents that five tables hold.

    Parameters
    ----------
    tables : mapping of str to iterable of mapping
        Rows by table, as from `coded_tables`; values may be text.
    place : str
        Name of the file, for messages.

    Returns
    -------
    Imported
        A document without text, or whose text was changed since, is listed; the words of each mention and cue are checked.

    Raises
    ------
    InvalidRecord
        If a row cannot be read.
    """
    grouped: dict[str, dict[str, list[Mapping[str, Any]]]] = defaultdict(lambda: defaultdict(list))
    for name in ("actors", "mentions", "positions", "quotations"):
        for row in tables.get(name, ()):
            grouped[str(row.get("document_id"))][name].append(row)
    documents, codings, problems = [], [], []
    for row in tables.get("documents", ()):
        try:
            document = _document(row)
            if document is None:
                problems.append(Problem(f"{place}, document {row.get('id')}", "its text is not in the table"))
                continue
            if row.get("sha256") not in (None, "", document.sha256):
                problems.append(
                    Problem(
                        f"{place}, document {document.id}",
                        "its text was changed since it was written",
                        "taken over",
                    )
                )
            coding = _coding(
                document, row, grouped[document.id], f"{place}, document {document.id}", problems
            )
        except (InputError, KeyError, TypeError, ValueError, AttributeError) as error:
            raise InvalidRecord(
                f"{place}, document {row.get('id')}: {type(error).__name__} {error}"
            ) from error
        documents.append(document)
        codings.append(coding)
    return Imported(tuple(documents), tuple(codings), problems=tuple(problems))


def _listed(value: Any) -> list[str]:
    return [each for each in str(value or "").split(SEPARATOR) if each]


def _number(value: Any) -> int | None:
    return None if value is None or value == "" else int(float(value))


def _document(row: Mapping[str, Any]) -> Document | None:
    text = row.get("text")
    if text is None or (text == "" and row.get("sha256") not in (None, "", sha256(b"").hexdigest())):
        return None
    named: dict[str, Any] = {
        name: str(row.get(name) or "")
        for name in ("title", "kind", "language", "place", "publisher", "citation")
    }
    metadata = json.loads(row.get("metadata") or "{}")
    return Document(
        str(row["id"]),
        str(text),
        date=row.get("date") or None,
        metadata={str(key): str(value) for key, value in metadata.items()},
        **named,
    )


def _coding(
    document: Document,
    row: Mapping[str, Any],
    rows: Mapping[str, list[Mapping[str, Any]]],
    place: str,
    problems: list[Problem],
) -> Coding:
    record = {
        "issuers": _listed(row.get("issuers")),
        "addressees": _listed(row.get("addressees")),
        "actors": [_actor(each) for each in rows.get("actors", ())],
        "mentions": [
            {
                "actor": each["actor"],
                "start": _number(each["start"]),
                "end": _number(each["end"]),
                "form": each.get("form"),
            }
            for each in rows.get("mentions", ())
            if _fits(document, each, "start", "end", "exact", place, problems)
        ],
        "positions": [
            _position(each)
            for each in rows.get("positions", ())
            if _fits(document, each, "cue_start", "cue_end", "cue", place, problems)
        ],
        "quotations": [
            _quotation(each)
            for each in rows.get("quotations", ())
            if _fits(document, each, "start", "end", "", place, problems)
        ],
    }
    coding = coding_from_json(record, document)
    agents = {str(each["id"]): str(each.get("agent") or "") for each in rows.get("positions", ())}
    positions = tuple(
        replace(each, origin=Origin(agents[each.id])) if agents.get(each.id) else each
        for each in coding.positions
    )
    return replace(coding, positions=positions)


def _actor(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "id": str(row["id"]),
        "name": str(row["name"]),
        "kind": row.get("kind") or "other",
        "aliases": _listed(row.get("aliases")),
        "generic": str(row.get("generic")).lower() in ("true", "1"),
        "attributes": json.loads(row.get("attributes") or "{}"),
    }


def _quotation(row: Mapping[str, Any]) -> dict[str, Any]:
    cue = _number(row.get("cue_start"))
    return {
        "speaker": row.get("speaker") or None,
        "start": _number(row["start"]),
        "end": _number(row["end"]),
        "cue": None if cue is None else [cue, _number(row["cue_end"])],
    }


def _fits(
    document: Document,
    row: Mapping[str, Any],
    start: str,
    end: str,
    words: str,
    place: str,
    problems: list[Problem],
) -> bool:
    a, b = _number(row[start]), _number(row[end])
    quoted = row.get(words)
    evidence = [tuple(map(int, each.split("-"))) for each in str(row.get("evidence_spans") or "").split()]
    inside = all(0 <= first < last <= len(document.text) for first, last in (*evidence, (a or 0, b or 0)))
    if a is None or b is None or not inside or (quoted not in (None, "") and document.text[a:b] != quoted):
        problems.append(Problem(place, f"the words {str(quoted or '')[:40]!r} do not stand at [{a}, {b})"))
        return False
    return True


def _position(row: Mapping[str, Any]) -> dict[str, Any]:
    spans = [list(map(int, each.split("-"))) for each in str(row["evidence_spans"]).split()]
    fields = ("holder_form", "act", "status", "voice", "strength", "certainty")
    score = row.get("score")
    return {
        "id": str(row["id"]),
        **{name: _listed(row.get(name)) for name in ("holders", "via", "targets")},
        **{name: row[name] for name in fields},
        "polarity": _number(row.get("polarity")),
        "agreement": _number(row.get("agreement")),
        "concept": row.get("concept") or None,
        "evidence": spans,
        "cue": [_number(row["cue_start"]), _number(row["cue_end"])],
        "date": row.get("date") or None,
        "score": 1.0 if score in (None, "") else float(score),
    }
