"""W3C Web Annotations as JSON-LD, with position and quote selectors."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote as percent_encoded
from urllib.parse import unquote

from amity.errors import InputError, InvalidRecord
from amity.evaluation import document_from_json
from amity.formats.anchoring import Anchors, anchor_problem
from amity.formats.files import read_text, write_text
from amity.formats.json_records import as_object, as_objects, parse_json, whole_number
from amity.formats.layers import (
    ACTOR,
    EVIDENCE,
    SEPARATOR,
    Layer,
    Mark,
    Role,
    document_record,
    layer_to_coding,
    position_attributes,
)
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.formats.sentence import position_sentence
from amity.formats.task_reading import TaskReading
from amity.model import ACTS, Document, Mention, Position, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:amity:terms:"
CONTEXT_LENGTH = 32
_OWN = "amity:"


def write_web_annotation(pairs: Iterable[CodedDocument], path: FilePath, *, texts: bool = True) -> list[Path]:
    """
    Return the path of an annotation page in JSON-LD.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.jsonld``.
    texts : bool
        Whether the page holds the texts too, so that it can be read back alone.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    A position is one annotation: its evidence are the targets, each with a `TextPositionSelector` (code points) and a
    `TextQuoteSelector`; its act a tagging body, its cue a highlighting body, its other fields terms under ``urn:amity:terms:``. A
    mention is an annotation that identifies an actor.

    References
    ----------
    Web Annotation Data Model, W3C Recommendation, 23 February 2017, https://www.w3.org/TR/annotation-model/
    """
    items, documents = [], []
    for document, coding in only_coded(pairs):
        source = _iri("document", document.id)
        names = {actor.id: actor.name for actor in coding.actors}
        items += [_mention(document, each, names) for each in coding.mentions]
        items += [_position(document, each, names) for each in coding.positions]
        # as text: JSON-LD would take the keys of a nested object for terms
        own: dict[str, Any] = {"id": source, _OWN + "record": json.dumps(document_record(document, coding))}
        if texts:
            own[_OWN + "text"] = document.text
        documents.append(own)
    page = {
        "@context": [CONTEXT, {"amity": TERMS}],
        "id": "urn:amity:page",
        "type": "AnnotationPage",
        "items": items,
        _OWN + "document": documents,
    }
    return [write_text(path, json.dumps(page, ensure_ascii=False, indent=1) + "\n")]


def _iri(kind: str, identity: str) -> str:
    return f"urn:amity:{kind}:{percent_encoded(identity, safe='')}"


def _selected(document: Document, span: Span) -> dict[str, Any]:
    text = document.text
    return {
        "source": _iri("document", document.id),
        "selector": [
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
            {
                "type": "TextQuoteSelector",
                "exact": span.exact,
                "prefix": text[max(0, span.start - CONTEXT_LENGTH) : span.start],
                "suffix": text[span.end : span.end + CONTEXT_LENGTH],
            },
        ],
    }


def _mention(document: Document, mention: Mention, names: Mapping[str, str]) -> dict[str, Any]:
    place = f"{document.id}/{mention.actor}/{mention.span.start}-{mention.span.end}"
    return {
        "id": _iri("mention", place),
        "type": "Annotation",
        "motivation": "identifying",
        "body": {
            "id": _iri("actor", mention.actor),
            "type": _OWN + "Actor",
            _OWN + "name": names[mention.actor],
            _OWN + "form": mention.form,
        },
        "target": _selected(document, mention.span),
    }


def _position(document: Document, position: Position, names: Mapping[str, str]) -> dict[str, Any]:
    return {
        "id": _iri("position", f"{document.id}/{position.id}"),
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "value": position.act},
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "value": position_sentence(position, names),
            },
            {"type": "SpecificResource", "purpose": "highlighting", **_selected(document, position.cue)},
        ],
        **{_OWN + key: value for key, value in position_attributes(position).items()},
        "target": [_selected(document, span) for span in position.evidence],
    }


@dataclass
class _Collected:
    """Marks and roles of one document, with what was found on the way."""

    document: Document
    own: dict[str, Any] | None
    anchors: Anchors
    marks: list[Mark] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    evidence: dict[tuple[int, int], str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read_web_annotation(path: FilePath, *, texts: FilePath | Mapping[str, str] | None = None) -> Imported:
    """
    Return the annotations of a JSON-LD file, tied to their texts again.

    Parameters
    ----------
    path : path
        An annotation, a list, a page or a collection.
    texts : path or mapping, optional
        A folder of ``NAME.txt``, named by the last part of the source's address; or texts by address. Texts in the file go first.

    Returns
    -------
    Imported
        Where the text moved, quotes are found by their context, and listed. Annotations of a source without text are kept
        as selections without anchor.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If it holds no annotation.
    """
    page = parse_json(read_text(path), str(path))
    items = _items(page)
    if not items and not (isinstance(page, dict) and page.get(_OWN + "document")):
        raise InvalidRecord(
            f"{path} holds no annotation; expected a W3C Web Annotation, a page or a collection"
        )
    reading = TaskReading()
    found: dict[str, _Collected] = {}
    for own in as_objects(page.get(_OWN + "document")) if isinstance(page, dict) else []:
        _own_document(own, str(path), reading, found, texts)
    for number, item in enumerate(items, 1):
        place = str(item.get("id") or f"annotation {number}")
        _take(item, place, number, found, reading, texts)
    for collected in found.values():
        layer = Layer(tuple(collected.marks), tuple(collected.roles))
        result = layer_to_coding(collected.document, layer, record=collected.own)
        reading.documents.append(collected.document)
        reading.codings.append(result.coding)
        reading.selections += result.selections
        reading.problems += [
            *collected.problems,
            *(each for each in result.problems if each.kept != "kept without anchor"),
        ]
    return reading.imported()


def _items(page: Any) -> list[dict[str, Any]]:
    if isinstance(page, list):
        return as_objects(page)
    record = as_object(page)
    kinds = record.get("type")
    if kinds == "Annotation" or (isinstance(kinds, list) and "Annotation" in kinds):
        return [record]
    if isinstance(record.get("first"), dict):
        record = record["first"]
    return as_objects(record.get("items"))


def _own_document(
    own: Mapping[str, Any],
    place: str,
    reading: TaskReading,
    found: dict[str, _Collected],
    texts: FilePath | Mapping[str, str] | None,
) -> None:
    source = str(own.get("id"))
    text = own.get(_OWN + "text")
    if not isinstance(text, str):
        text = _given_text(source, texts)
    if text is None:
        return
    try:
        record = as_object(parse_json(str(own.get(_OWN + "record")), place))
        document = document_from_json({**record, "text": text})
    except InputError as error:
        reading.problems.append(Problem(f"{place}, {source}", f"amity's record does not fit: {error}"))
        return
    if document.id not in {each.document.id for each in found.values()}:
        found[source] = _Collected(document, record, Anchors(document))


def _given_text(source: str, texts: FilePath | Mapping[str, str] | None) -> str | None:
    if texts is None:
        return None
    if isinstance(texts, Mapping):
        return texts.get(source)
    name = unquote(source.rstrip("/").rpartition("/")[2].rpartition(":")[2])
    if not name or Path(name).name != name:
        return None
    for candidate in (Path(texts) / name, Path(texts) / f"{name}.txt"):
        if candidate.is_file():
            return read_text(candidate)
    return None


def _collected(
    source: str, found: dict[str, _Collected], texts: FilePath | Mapping[str, str] | None
) -> _Collected:
    if source not in found:
        text = _given_text(source, texts)
        document = Document(source or "unknown source", text or "", metadata={"source": source})
        found[source] = _Collected(document, None, Anchors(document))
        if text is None:
            found[source].problems.append(
                Problem(source or "a target", "its text is not given", "kept without anchor")
            )
    return found[source]


def _take(
    item: Mapping[str, Any],
    place: str,
    number: int,
    found: dict[str, _Collected],
    reading: TaskReading,
    texts: FilePath | Mapping[str, str] | None,
) -> None:
    bodies = [each for each in _many(item.get("body")) + _many(item.get("bodyValue")) if each is not None]
    targets = _many(item.get("target"))
    if not targets:
        reading.problems.append(Problem(place, "an annotation needs a target"))
        return
    attributes = {
        key.removeprefix(_OWN): str(value)
        for key, value in item.items()
        if key.startswith(_OWN) and isinstance(value, (str, int, float))
    }
    tags = [str(as_object(b).get("value")) for b in bodies if as_object(b).get("purpose") == "tagging"]
    act = tags[0] if tags and tags[0] in ACTS and attributes.get("holders") else ""
    actor = next((as_object(b) for b in bodies if as_object(b).get("type") == _OWN + "Actor"), None)
    cue = next((as_object(b) for b in bodies if as_object(b).get("purpose") == "highlighting"), None)
    if act:
        source = _source(targets[0])
        collected = _collected(source, found, texts)
        own = f"a{number}"
        collected.marks.append(_mark(cue or targets[0], own, act, attributes, "", collected, place))
        for target in targets:
            collected.roles.append(Role("Evidence", own, _evidence(target, number, collected, place)))
        return
    for part, target in enumerate(targets):
        collected = _collected(_source(target), found, texts)
        label, note = ACTOR, ""
        if actor is not None:
            identity = unquote(str(actor.get("id", "")).removeprefix("urn:amity:actor:"))
            values = {
                "actor": identity,
                "form": str(actor.get(_OWN + "form", "")),
                "name": str(actor.get(_OWN + "name", "")),
            }
        else:
            label = tags[0] if tags else _motivation(item)
            note = " ".join(
                _words(body) for body in bodies if as_object(body).get("purpose") != "tagging"
            ).strip()
            values = {**attributes, "annotation": place}
            if len(tags) > 1:
                values["tags"] = SEPARATOR.join(tags)
        collected.marks.append(_mark(target, f"a{number}.{part}", label, values, note, collected, place))


def _many(value: object) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _motivation(item: Mapping[str, Any]) -> str:
    return " ".join(map(str, _many(item.get("motivation")))) or "annotation"


def _words(body: Any) -> str:
    return (
        body
        if isinstance(body, str)
        else str(as_object(body).get("value") or as_object(body).get("id") or "")
    )


def _source(target: Any) -> str:
    if isinstance(target, str):
        return target.partition("#")[0]
    source = as_object(target).get("source", as_object(target).get("id", ""))
    return str(as_object(source).get("id", "")) if isinstance(source, dict) else str(source)


def _evidence(target: Any, number: int, collected: _Collected, place: str) -> str:
    mark = _mark(target, f"e{number}-{len(collected.marks)}", EVIDENCE, {}, "", collected, place)
    known = collected.evidence.get((mark.start, mark.end))
    if known is not None and mark.start >= 0:
        return known
    collected.marks.append(mark)
    collected.evidence[mark.start, mark.end] = mark.id
    return mark.id


def _mark(
    target: Any,
    identity: str,
    label: str,
    attributes: Mapping[str, str],
    note: str,
    collected: _Collected,
    place: str,
) -> Mark:
    start, end, exact, prefix, suffix = -1, -1, "", "", ""
    for selector in _selectors(as_object(target).get("selector")):
        if selector.get("type") == "TextPositionSelector":
            start, end = whole_number(selector.get("start")), whole_number(selector.get("end"))
        elif selector.get("type") == "TextQuoteSelector":
            exact, prefix, suffix = (str(selector.get(key) or "") for key in ("exact", "prefix", "suffix"))
    first, last = (start, end) if start >= 0 else (None, None)
    anchored = collected.anchors.find(first, last, exact, prefix=prefix, suffix=suffix)
    if start < 0 and anchored.how == "moved":
        # a quote without a position is found, not moved
        problem = None
    else:
        problem = anchor_problem(anchored, place, exact)
    if problem is not None:
        collected.problems.append(problem)
    if anchored.span is None:
        return Mark(identity, label, -1, -1, exact, attributes, note)
    return Mark(
        identity, label, anchored.span.start, anchored.span.end, anchored.span.exact, attributes, note
    )


def _selectors(value: object, depth: int = 0) -> list[dict[str, Any]]:
    """Selectors of a target with those that refine them, the last of a kind counting."""
    found = []
    for selector in as_objects(_many(value)):
        found.append(selector)
        if depth < 5:
            found += _selectors(selector.get("refinedBy"), depth + 1)
    return found
