"""doccano's JSON Lines: texts with entities and relations."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

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


def write_doccano(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a doccano file with entities and relations.

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
    doccano keeps further keys as metadata: ``amity`` holds the document's record, ``amity_fields`` each entity's fields. Offsets count
    code points.

    References
    ----------
    https://doccano.github.io/doccano/
    """
    lines = []
    entity, relation = 0, 0
    for number, (document, coding) in enumerate(only_coded(pairs), 1):
        layer = coding_to_layer(document, coding)
        ids = {mark.id: entity + place for place, mark in enumerate(layer.marks, 1)}
        entity += len(ids)
        relations = []
        for role in layer.roles:
            relation += 1
            ends = {"from_id": ids[role.source], "to_id": ids[role.target]}
            relations.append({"id": relation, **ends, "type": role.name})
        record: dict[str, Any] = {
            "id": number,
            "text": document.text,
            "entities": [
                {"id": ids[m.id], "label": m.label, "start_offset": m.start, "end_offset": m.end}
                for m in layer.marks
            ],
            "relations": relations,
            "amity": document_record(document, coding),
            "amity_fields": {str(ids[m.id]): dict(m.attributes) for m in layer.marks if m.attributes},
        }
        lines.append(json.dumps(record, ensure_ascii=False))
    return [write_text(path, "".join(f"{line}\n" for line in lines))]


def read_doccano(path: FilePath) -> Imported:
    """
    Return the texts and annotations of a doccano file.

    Parameters
    ----------
    path : path
        JSON Lines or JSON, with ``entities`` and ``relations``, or with ``label`` or ``labels`` as [start, end, label].

    Returns
    -------
    Imported
        Labels of whole documents are kept as metadata.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If a record has no text.
    """
    reading = TaskReading()
    for place, record in read_json_objects(path):
        text = record.get("text", record.get("data"))
        known = ("text", "data", "entities", "relations", "label", "labels", "amity", "amity_fields")
        rest = {key: value for key, value in record.items() if key not in known}
        document, own = reading.document(
            place, text, record.get("amity"), f"doccano-{len(reading.documents) + 1}", rest
        )
        fields = as_object(record.get("amity_fields"))
        marks, roles = [], []
        for entity in as_objects(record.get("entities")):
            identity = str(entity.get("id"))
            start, end = whole_number(entity.get("start_offset")), whole_number(entity.get("end_offset"))
            attributes = strings(fields.get(identity))
            marks.append(Mark(identity, str(entity.get("label")), start, end, "", attributes))
        for each in as_list(record.get("label")) or as_list(record.get("labels")):
            if isinstance(each, list) and len(each) == 3:
                marks.append(
                    Mark(f"l{len(marks)}", str(each[2]), whole_number(each[0]), whole_number(each[1]))
                )
            else:
                reading.problems.append(Problem(place, f"the label {each!r:.40} marks no words"))
        for relation in as_objects(record.get("relations")):
            roles.append(
                Role(str(relation.get("type")), str(relation.get("from_id")), str(relation.get("to_id")))
            )
        reading.add(document, Layer(tuple(marks), tuple(roles)), own, place)
    return reading.imported()
