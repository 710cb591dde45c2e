"""Prodigy's JSON Lines: texts with tokens, spans and relations."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amity.formats.files import write_text
from amity.formats.json_records import as_object, as_objects, read_json_objects, strings, whole_number
from amity.formats.layers import Layer, Mark, Role, coding_to_layer, document_record
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.formats.task_reading import TaskReading

_TOKEN = re.compile(r"\w+|[^\w\s]")


def write_prodigy(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a Prodigy file with spans and relations.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.jsonl``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Tokens are runs of letters and digits, and single marks; a span that begins or ends inside a token has no token numbers. Offsets count
    code points. ``meta`` holds the document's record.

    References
    ----------
    https://prodi.gy/docs/api-interfaces
    """
    lines = []
    for document, coding in only_coded(pairs):
        layer = coding_to_layer(document, coding)
        tokens = [match.span() for match in _TOKEN.finditer(document.text)]
        spans = {mark.id: _span(mark, tokens) for mark in layer.marks}
        record = {
            "text": document.text,
            "tokens": [
                {
                    "text": document.text[a:b],
                    "start": a,
                    "end": b,
                    "id": number,
                    "ws": document.text[b : b + 1] == " ",
                }
                for number, (a, b) in enumerate(tokens)
            ],
            "spans": list(spans.values()),
            "relations": [_relation(role, spans, tokens) for role in layer.roles],
            "meta": {"title": document.title, "amity": document_record(document, coding)},
            "answer": "accept",
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return [write_text(path, "".join(f"{line}\n" for line in lines))]


def _span(mark: Mark, tokens: list[tuple[int, int]]) -> dict[str, Any]:
    starts = [start for start, _ in tokens]
    first, last = bisect_right(starts, mark.start) - 1, bisect_right(starts, mark.end - 1) - 1
    span: dict[str, Any] = {"start": mark.start, "end": mark.end, "label": mark.label, "id": mark.id}
    if first >= 0 and tokens[first][0] == mark.start and tokens[last][1] == mark.end:
        span |= {"token_start": first, "token_end": last}
    return {**span, "amity": dict(mark.attributes)}


def _relation(
    role: Role, spans: Mapping[str, dict[str, Any]], tokens: list[tuple[int, int]]
) -> dict[str, Any]:
    starts = [start for start, _ in tokens]

    def token(span: Mapping[str, Any]) -> int:
        return max(bisect_right(starts, span["end"] - 1) - 1, 0)

    head, child = (
        {key: value for key, value in spans[each].items() if key != "amity"}
        for each in (role.source, role.target)
    )
    return {
        "head": token(head),
        "child": token(child),
        "label": role.name,
        "head_span": head,
        "child_span": child,
    }


def read_prodigy(path: FilePath) -> Imported:
    """
    Return the texts and annotations of a Prodigy file.

    Parameters
    ----------
    path : path
        JSON Lines as from ``prodigy db-out``.

    Returns
    -------
    Imported
        Tasks that were rejected or ignored are listed and left out.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If a task has no text.
    """
    reading = TaskReading()
    for place, task in read_json_objects(path):
        if task.get("answer", "accept") != "accept":
            reading.problems.append(Problem(place, f"the answer is {task.get('answer')!r}, not 'accept'"))
            continue
        meta = as_object(task.get("meta"))
        rest = {key: value for key, value in meta.items() if key != "amity"}
        fallback = f"prodigy-{len(reading.documents) + 1}"
        document, own = reading.document(place, task.get("text"), meta.get("amity"), fallback, rest)
        marks: dict[str, Mark] = {}
        for span in as_objects(task.get("spans")):
            identity = str(span.get("id") or f"s{len(marks)}")
            start, end = whole_number(span.get("start")), whole_number(span.get("end"))
            quote = span.get("text") if isinstance(span.get("text"), str) else ""
            marks[identity] = Mark(
                identity, str(span.get("label")), start, end, str(quote), strings(span.get("amity"))
            )
        roles = []
        for relation in as_objects(task.get("relations")):
            ends = [_end(relation.get(name), marks) for name in ("head_span", "child_span")]
            roles.append(Role(str(relation.get("label")), ends[0], ends[1]))
        coder = str(task.get("_annotator_id") or "")
        reading.add(document, Layer(tuple(marks.values()), tuple(roles)), own, place, coder)
    return reading.imported()


def _end(span: object, marks: Mapping[str, Mark]) -> str:
    """Id of the mark at an end of a relation; relations name ends by their place and label."""
    if not isinstance(span, dict):
        return "?"
    if str(span.get("id")) in marks:
        return str(span["id"])
    for mark in marks.values():
        if (mark.start, mark.end) == (span.get("start"), span.get("end")) and span.get("label") in (
            None,
            mark.label,
        ):
            return mark.id
    return f"{span.get('start')}-{span.get('end')}"
