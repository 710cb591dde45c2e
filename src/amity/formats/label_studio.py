"""Label Studio's JSON: tasks with annotations."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amity.errors import SpanMismatch
from amity.formats.files import write_text
from amity.formats.json_records import (
    as_list,
    as_object,
    as_objects,
    read_json_objects,
    strings,
    whole_number,
)
from amity.formats.layers import Layer, Mark, Role, coding_to_layer, document_record
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.formats.task_reading import TaskReading
from amity.model import Document
from amity.text.offsets import OffsetMap


def write_label_studio(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a file of Label Studio tasks.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.json``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Mentions, cues and evidence are regions with labels, roles are relations; a region's fields stand in its ``meta``. Offsets count
    UTF-16 units, as browsers do.

    References
    ----------
    https://labelstud.io/guide/task_format
    """
    tasks = []
    for number, (document, coding) in enumerate(only_coded(pairs), 1):
        layer = coding_to_layer(document, coding)
        offsets = OffsetMap(document.text)
        results: list[dict[str, Any]] = []
        for mark in layer.marks:
            start, end = offsets.to_utf16([mark.start, mark.end])
            results.append(
                {
                    "id": mark.id,
                    "from_name": "label",
                    "to_name": "text",
                    "type": "labels",
                    "value": {"start": start, "end": end, "text": mark.exact, "labels": [mark.label]},
                    "meta": {
                        "text": [f"{k}: {v}" for k, v in mark.attributes.items()],
                        "amity": dict(mark.attributes),
                    },
                }
            )
        results += [
            {
                "type": "relation",
                "from_id": role.source,
                "to_id": role.target,
                "direction": "right",
                "labels": [role.name],
            }
            for role in layer.roles
        ]
        data = {"text": document.text, "title": document.title, "amity": document_record(document, coding)}
        tasks.append({"id": number, "data": data, "annotations": [{"id": number, "result": results}]})
    return [write_text(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")]


def read_label_studio(path: FilePath) -> Imported:
    """
    Return the tasks of a Label Studio file (JSON, not JSON-MIN).

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Imported
        The first annotation of a task that was not cancelled is its coding; each further one is listed, and its regions become selections of its coder.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If a task has no text.
    """
    reading = TaskReading()
    for place, task in read_json_objects(path):
        data = as_object(task.get("data"))
        text = data.get("text") if isinstance(data.get("text"), str) else _only_text(data)
        rest = {**{k: v for k, v in data.items() if k not in ("text", "amity")}, "task": task.get("id")}
        document, own = reading.document(place, text, data.get("amity"), f"task-{task.get('id')}", rest)
        annotations = [
            each
            for name in ("annotations", "completions", "predictions")
            for each in as_objects(task.get(name))
            if not each.get("was_cancelled")
        ]
        first = annotations[0] if annotations else {}
        reading.add(document, _layer(first, document, place, reading), own, place, _coder(first))
        for other in annotations[1:]:
            reading.problems.append(
                Problem(place, f"a further annotation by {_coder(other) or 'somebody'}", "kept as selections")
            )
            _further(other, document, place, reading)
    return reading.imported()


def _only_text(data: Mapping[str, Any]) -> str | None:
    """The one text of a task whose field has another name."""
    texts = [value for key, value in data.items() if isinstance(value, str) and key != "title"]
    return max(texts, key=len) if texts else None


def _coder(annotation: Mapping[str, Any]) -> str:
    by = annotation.get("completed_by")
    if isinstance(by, dict):
        return str(by.get("email") or by.get("id") or "")
    return "" if by is None else str(by)


def _further(annotation: Mapping[str, Any], document: Document, place: str, reading: TaskReading) -> None:
    from amity.formats.layers import layer_to_coding

    coder = _coder(annotation)
    marks = tuple(
        Mark(m.id, f"{m.label} (other annotation)", m.start, m.end, m.exact, m.attributes, m.note)
        for m in _layer(annotation, document, place, reading).marks
    )
    found = layer_to_coding(document, Layer(marks), place=place, coder=coder)
    reading.selections += found.selections
    reading.problems += found.problems
    if coder:
        reading.coders.setdefault(coder)


def _layer(annotation: Mapping[str, Any], document: Document, place: str, reading: TaskReading) -> Layer:
    marks: dict[str, Mark] = {}
    roles = []
    offsets = OffsetMap(document.text)
    for number, result in enumerate(as_objects(annotation.get("result"))):
        value = as_object(result.get("value"))
        if result.get("type") == "relation":
            labels = as_list(result.get("labels")) or ["related"]
            roles.append(Role(str(labels[0]), str(result.get("from_id")), str(result.get("to_id"))))
            continue
        identity = str(result.get("id") or f"r{number}")
        meta = as_object(result.get("meta"))
        chosen = value.get(str(result.get("type"))) or value.get("labels")
        if "start" not in value:
            # a per-region answer (choices, rating, text) belongs to the region of the same id
            if identity in marks and chosen:
                known = marks[identity]
                answer = {
                    str(result.get("from_name")): ", ".join(
                        map(str, chosen if isinstance(chosen, list) else [chosen])
                    )
                }
                marks[identity] = Mark(
                    known.id,
                    known.label,
                    known.start,
                    known.end,
                    known.exact,
                    {**known.attributes, **answer},
                    known.note,
                )
            else:
                reading.problems.append(
                    Problem(f"{place}, {identity}", "an answer about the whole task is no stretch")
                )
            continue
        start, end = _code_points(
            offsets, document, whole_number(value.get("start")), whole_number(value.get("end")), value
        )
        note = "" if "amity" in meta else " ".join(map(str, as_list(meta.get("text"))))
        label = str(chosen[0]) if isinstance(chosen, list) and chosen else "unlabelled"
        marks[identity] = Mark(
            identity, label, start, end, str(value.get("text") or ""), strings(meta.get("amity")), note
        )
    return Layer(tuple(marks.values()), tuple(roles))


def _code_points(
    offsets: OffsetMap, document: Document, start: int, end: int, value: Mapping[str, Any]
) -> tuple[int, int]:
    """Browser offsets as code points, where they can be; the quote decides afterwards."""
    if start < 0 or end < 0:
        return start, end
    try:
        a, b = offsets.from_utf16([start, end])
    except SpanMismatch:
        return start, end
    quote = value.get("text")
    if isinstance(quote, str) and document.text[a:b] != quote and document.text[start:end] == quote:
        return start, end
    return a, b
