"""brat standoff: a folder of .txt and .ann files."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, NotFound
from amity.evaluation import document_from_json
from amity.formats.files import file_name, read_text, write_text
from amity.formats.layers import Layer, Mark, Role, coding_to_layer, document_record, layer_to_coding
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, Selection, only_coded
from amity.model import ACTS, HOLDER_FORMS, STATUSES, STRENGTHS, VOICES, Coding, Document

_CLOSED = {
    "polarity": ("1", "-1", "0"),
    "agreement": ("1", "-1"),
    "holder_form": HOLDER_FORMS,
    "status": STATUSES,
    "voice": VOICES,
    "strength": STRENGTHS,
    "certainty": ("sure", "unsure"),
    "form": ("named", "nominal", "pronoun"),
}
_RECORD_NOTE = "AmityDocument"
_FIELDS_NOTE = "AmityFields"
_PLACES = re.compile(r"\d+ \d+(?:;\d+ \d+)*\Z")


def write_brat(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the paths of a brat folder.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        A folder: ``ID.txt`` and ``ID.ann`` for each document, and ``annotation.conf``.

    Returns
    -------
    list of Path
        In the order written.

    Notes
    -----
    Mentions and evidence are entities; a position is an event at its cue, its act the type, with roles Holder, Target, Via and Evidence; fields
    with closed lists are attributes, the rest stands in notes. Offsets count code points.

    References
    ----------
    https://brat.nlplab.org/standoff.html
    """
    folder = Path(path)
    written: list[Path] = []
    taken: set[str] = set()
    for document, coding in only_coded(pairs):
        name = file_name(document.id, taken=taken)
        taken.add(name.casefold())
        written.append(write_text(folder / f"{name}.txt", document.text))
        written.append(write_text(folder / f"{name}.ann", _annotations(document, coding)))
    written.append(write_text(folder / "annotation.conf", _configuration()))
    return written


def _configuration() -> str:
    lines = ["[entities]", "Actor", "Evidence", "", "[relations]", "", "[events]"]
    lines += [f"{act} Holder*:Actor, Target*:Actor, Via*:Actor, Evidence*:Evidence" for act in ACTS]
    lines += ["", "[attributes]"]
    for name, values in _CLOSED.items():
        owner = "Actor" if name == "form" else "<EVENT>"
        lines.append(f"{name} Arg:{owner}, Value:{'|'.join(values)}")
    return "\n".join(lines) + "\n"


def _annotations(document: Document, coding: Coding) -> str:
    layer = coding_to_layer(document, coding)
    numbers = {mark.id: number for number, mark in enumerate(layer.marks, 1)}
    lines: list[str] = []
    attributes, notes = 0, 0
    for mark in layer.marks:
        words = re.sub(r"[\r\n]+", " ", mark.exact)
        lines.append(f"T{numbers[mark.id]}\t{mark.label} {mark.start} {mark.end}\t{words}")
    for mark in layer.marks:
        owner = f"T{numbers[mark.id]}"
        if mark.id.startswith("p"):
            owner = f"E{numbers[mark.id]}"
            roles = _numbered([role for role in layer.roles if role.source == mark.id])
            filled = "".join(f" {name}:T{numbers[target]}" for name, target in roles)
            lines.append(f"{owner}\t{mark.label}:T{numbers[mark.id]}{filled}")
        for name in _CLOSED:
            if name in mark.attributes:
                attributes += 1
                lines.append(f"A{attributes}\t{name} {owner} {mark.attributes[name]}")
        rest = {key: value for key, value in mark.attributes.items() if key not in _CLOSED}
        if rest:
            notes += 1
            lines.append(f"#{notes}\t{_FIELDS_NOTE} {owner}\t{json.dumps(rest)}")
    if layer.marks:
        lines.append(f"#{notes + 1}\t{_RECORD_NOTE} T1\t{json.dumps(document_record(document, coding))}")
    return "".join(f"{line}\n" for line in lines)


def _numbered(roles: list[Role]) -> list[tuple[str, str]]:
    """Roles as brat names them: the second Holder is Holder2."""
    seen: dict[str, int] = {}
    found = []
    for role in roles:
        seen[role.name] = seen.get(role.name, 0) + 1
        found.append((role.name if seen[role.name] == 1 else f"{role.name}{seen[role.name]}", role.target))
    return found


@dataclass
class _Annotations:
    """The lines of an .ann file by kind."""

    texts: dict[str, Mark] = field(default_factory=dict)
    events: dict[str, tuple[str, str, list[tuple[str, str]]]] = field(default_factory=dict)
    relations: list[tuple[str, str, str, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, list[str]] = field(default_factory=dict)
    record: dict[str, Any] | None = None
    problems: list[Problem] = field(default_factory=list)


def read_brat(path: FilePath) -> Imported:
    """
    Return the documents and annotations of a brat folder.

    Parameters
    ----------
    path : path
        A folder with ``.txt`` and ``.ann`` files, or one ``.ann`` file beside its ``.txt``.

    Returns
    -------
    Imported
        Entities called Actor become mentions, events whose type is an act of the codebook positions, everything else selections; lines
        that break the form are listed.

    Raises
    ------
    NotFound
        If there is no ``.ann`` file.
    UnreadableFile
        If a file is not UTF-8.
    """
    root = Path(path)
    files = [root] if root.is_file() else sorted(root.rglob("*.ann"))
    if not files:
        raise NotFound(f"{root} holds no .ann file; expected a folder of brat's .txt and .ann files")
    documents: list[Document] = []
    codings, selections, problems = [], [], []
    for file in files:
        text_file = file.with_suffix(".txt")
        if not text_file.is_file():
            problems.append(Problem(file.name, f"its text {text_file.name} is not there"))
            continue
        text = read_text(text_file)
        found = _parse(file)
        document = Document(file.stem, text)
        if found.record is not None:
            try:
                document = document_from_json({**found.record, "text": text})
            except (InvalidRecord, ValueError) as error:
                found.problems.append(Problem(file.name, f"amity's note does not fit: {error}"))
                found.record = None
        if document.id in {each.id for each in documents}:
            document = replace(document, id=f"{document.id}-{len(documents) + 1}")
        reading = layer_to_coding(document, _layer(found, text), record=found.record, place=file.name)
        documents.append(document)
        codings.append(reading.coding)
        selections += [*reading.selections, *_relations(found, document)]
        problems += [*found.problems, *reading.problems]
    return Imported(tuple(documents), tuple(codings), selections=tuple(selections), problems=tuple(problems))


def _parse(file: Path) -> _Annotations:
    found = _Annotations()
    for number, line in enumerate(read_text(file).split("\n"), 1):
        stripped = line.rstrip("\r")
        if not stripped.strip():
            continue
        try:
            _take(found, stripped)
        except (ValueError, IndexError, KeyError, RecursionError) as error:
            found.problems.append(
                Problem(f"{file.name}, line {number}", f"{stripped[:60]!r} is no brat annotation ({error})")
            )
    return found


def _take(found: _Annotations, line: str) -> None:
    key, _, rest = line.partition("\t")
    body, _, text = rest.partition("\t")
    kind = key[:1]
    if kind == "T":
        label, _, places = body.partition(" ")
        if not _PLACES.match(places):
            raise ValueError("expected LABEL START END")
        parts = [tuple(map(int, each.split())) for each in places.split(";")]
        # a stretch in pieces is kept as the stretch from its first to its last character, without the quote of the pieces
        whole = text if len(parts) == 1 else ""
        found.texts[key] = Mark(key, label, parts[0][0], parts[-1][1], whole)
    elif kind == "E":
        first, *others = body.split()
        label, _, trigger = first.partition(":")
        roles = [
            (name.rstrip("0123456789"), target)
            for name, _, target in (each.partition(":") for each in others)
        ]
        found.events[key] = (label, trigger, roles)
    elif kind in "AM":
        name, owner, *value = body.split(" ", 2)
        found.attributes.setdefault(owner, {})[name] = value[0] if value else "true"
    elif kind == "R":
        name, first, second = body.split()[:3]
        found.relations.append((key, name, first.partition(":")[2], second.partition(":")[2]))
    elif kind == "#":
        name, owner = body.split(" ", 1)
        if name == _RECORD_NOTE:
            record = json.loads(text)
            found.record = record if isinstance(record, dict) else None
        elif name == _FIELDS_NOTE:
            values = json.loads(text)
            found.attributes.setdefault(owner, {}).update({str(k): str(v) for k, v in values.items()})
        else:
            found.notes.setdefault(owner, []).append(text)
    elif kind == "N":
        name, owner, reference = body.split(" ", 2)
        found.attributes.setdefault(owner, {})[name] = reference
        found.attributes[owner].setdefault("name", text)
    elif kind != "*":
        raise ValueError("unknown kind of line")


def _layer(found: _Annotations, text: str) -> Layer:
    trigger_of = {trigger: key for key, (_, trigger, _) in found.events.items()}
    marks, roles = [], []
    for key, mark in found.texts.items():
        event = trigger_of.get(key)
        attributes = {**found.attributes.get(key, {}), **found.attributes.get(event or "", {})}
        note = " ".join([*found.notes.get(key, ()), *found.notes.get(event or "", ())])
        # brat shows line ends inside a stretch as spaces
        words = text[mark.start : mark.end]
        exact = words if re.sub(r"[\r\n]+", " ", words) == mark.exact else mark.exact
        marks.append(replace(mark, exact=exact, attributes=attributes, note=note))
    places = {key: trigger for key, (_, trigger, _) in found.events.items()}
    for _, trigger, listed in found.events.values():
        for name, target in listed:
            roles.append(Role(name, trigger, places.get(target, target)))
    return Layer(tuple(marks), tuple(roles))


def _relations(found: _Annotations, document: Document) -> list[Selection]:
    """Relations between entities have no words of their own: kept as selections over their first end."""
    listed = []
    for key, name, first, second in found.relations:
        a, b = found.texts.get(first), found.texts.get(second)
        attributes: Mapping[str, str] = {
            "from": a.exact if a else first,
            "to": b.exact if b else second,
            "brat": key,
        }
        inside = a is not None and 0 <= a.start < a.end <= len(document.text)
        span = document.span(a.start, a.end) if inside and a is not None else None
        listed.append(Selection(name, span, document.id, a.exact if a else "", attributes=attributes))
    return listed
