"""REFI-QDA projects read: codes, cases, selections, and amity's own codings restored."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath
from typing import Any

from amity.errors import InputError, InvalidRecord
from amity.evaluation import document_from_json
from amity.formats.files import (
    local_name,
    parse_xml,
    read_archive,
    read_bytes,
)
from amity.formats.records import FilePath, Imported, Problem, Selection
from amity.formats.refi_guids import NOTE, SIGN_CODES, evidence_guid
from amity.model import (
    ACTS,
    Actor,
    Coding,
    Concept,
    Document,
    Mention,
    Position,
    Span,
    coding_from_json,
    mention_form,
)
from amity.text.offsets import OffsetMap

_DEEPEST = 100


@dataclass
class _Project:
    """What the XML of a project names by GUID."""

    users: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    variables: dict[str, str] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    cases: dict[str, tuple[str, dict[str, str], list[str]]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    spans: dict[str, Span] = field(default_factory=dict)


def read_refi_qda(path: FilePath) -> Imported:
    """
    Return the texts, codes, cases and selections of a REFI-QDA project or codebook.

    Parameters
    ----------
    path : path
        A ``.qdpx`` archive, or a ``.qdc`` or ``.qde`` XML file.

    Returns
    -------
    Imported
        Codes become concepts with their parents; each coded selection a `Selection`; cases actors, with the selections they refer to
        as mentions; a project that amity wrote gives its positions back.

    Raises
    ------
    UnreadableFile
        If the archive or its XML is broken.
    LimitExceeded
        If the archive expands too far.
    InvalidRecord
        If it is no REFI-QDA file, or an archive's member leads out of it.

    Notes
    -----
    Offsets count code points, and CR LF as two; some programs count UTF-16 units, or write CR LF and count one. For each source the count is
    taken under which most selections agree with their names and begin and end at words; another count than the standard's is listed as repaired.
    Pictures, sound, video and places in PDF pages are listed as left out; the text of a PDF is read.
    """
    content = read_bytes(path)
    if content[:2] == b"PK":
        members = read_archive(path)
        name = next((each for each in members if each.lower().endswith(".qde")), None)
        if name is None:
            raise InvalidRecord(f"{path} holds no project.qde; it is no REFI-QDA project")
        root = parse_xml(members.pop(name), f"{path}/{name}")
    else:
        members, root = {}, parse_xml(content, str(path))
    if local_name(root) not in ("Project", "CodeBook"):
        raise InvalidRecord(f"{path} is no REFI-QDA file; its root element is {local_name(root)!r}")
    project = _Project()
    for code in (
        _children(root, "CodeBook", "Codes", "Code")
        if local_name(root) == "Project"
        else _children(root, "Codes", "Code")
    ):
        _read_code(project, code, "", 0)
    project.users = {
        _key(each): each.get("name") or each.get("id") or "" for each in _children(root, "Users", "User")
    }
    project.variables = {
        _key(each): each.get("name", "") for each in _children(root, "Variables", "Variable")
    }
    project.notes = {_key(each): each for each in _children(root, "Notes", "Note")}
    for case in _children(root, "Cases", "Case"):
        _read_case(project, case)
    for sources in (each for each in root if local_name(each) == "Sources"):
        for number, source in enumerate(sources):
            _read_source(project, source, members, number)
    _read_rest(project, root)
    return _imported(project)


def _key(element: Any, name: str = "guid") -> str:
    return str(element.get(name, "")).strip("{}").lower()


def _children(root: Any, *names: str) -> list[Any]:
    found = [root]
    for name in names:
        found = [child for element in found for child in element if local_name(child) == name]
    return found


def _read_code(project: _Project, element: Any, parent: str, depth: int) -> None:
    if depth > _DEEPEST:
        project.problems.append(Problem(f"code {element.get('name')}", f"nested more than {_DEEPEST} deep"))
        return
    name = element.get("name", "")
    full = f"{parent} / {name}" if parent else name
    project.codes[_key(element)] = full
    project.parents[full] = parent
    for child in _children(element, "Code"):
        _read_code(project, child, full, depth + 1)


def _values(project: _Project, element: Any) -> dict[str, str]:
    values = {}
    for each in _children(element, "VariableValue"):
        name, value = "", ""
        for part in each:
            if local_name(part) == "VariableRef":
                name = project.variables.get(_key(part, "targetGUID"), "")
            elif local_name(part).endswith("Value"):
                value = (part.text or "").strip()
        if name and value:
            values[name] = value
    return values


def _read_case(project: _Project, case: Any) -> None:
    refs = [_key(each, "targetGUID") for each in _children(case, "SelectionRef")]
    project.cases[_key(case)] = (case.get("name") or _key(case), _values(project, case), refs)


def _read_source(project: _Project, source: Any, members: Mapping[str, bytes], number: int) -> None:
    kind = local_name(source)
    place = f"source {source.get('name') or _key(source) or number}"
    holder = source
    if kind == "PDFSource":
        holder = next(iter(_children(source, "Representation")), None)
        for each in _children(source, "PDFSelection"):
            project.problems.append(
                Problem(f"{place}, {_key(each)}", "a place on a PDF page is no stretch of text")
            )
    elif kind != "TextSource":
        if kind:
            project.problems.append(Problem(place, f"{kind} is no text"))
        return
    text = None if holder is None else _source_text(holder, members)
    if text is None:
        project.problems.append(Problem(place, "its text is not in the file"))
        return
    own = _own_record(project, source)
    if own is not None:
        text = _with_returns(text, own)
    identity = own["id"] if own else _document_id(project, source, number)
    values = _values(project, source)
    document = Document(
        identity,
        text,
        title=source.get("name") or "",
        metadata={**values, "refi_guid": _key(source)},
    )
    if own is not None:
        document = _own_document(own, text, document)
    project.documents.append(document)
    _read_selections(project, holder, document, place, own)
    if own is not None:
        _restore(project, document, own, place)


def _document_id(project: _Project, source: Any, number: int) -> str:
    wanted = _key(source) or f"source-{number + 1}"
    taken = {each.id for each in project.documents}
    return wanted if wanted not in taken else f"{wanted}-{number + 1}"


def _source_text(source: Any, members: Mapping[str, bytes]) -> str | None:
    for child in _children(source, "PlainTextContent"):
        return child.text or ""
    wanted = PurePosixPath(str(source.get("plainTextPath", "")).removeprefix("internal://")).name
    if not wanted:
        return None
    for name, content in members.items():
        if PurePosixPath(name).name == wanted:
            return content.decode("utf-8-sig", "replace")
    return None


def _own_record(project: _Project, source: Any) -> dict[str, Any] | None:
    for ref in _children(source, "NoteRef"):
        note = project.notes.get(_key(ref, "targetGUID"))
        if note is not None and note.get("name") == NOTE:
            try:
                record = json.loads("".join(each.text or "" for each in _children(note, "PlainTextContent")))
            except (json.JSONDecodeError, RecursionError):
                return None
            return record if isinstance(record, dict) and isinstance(record.get("id"), str) else None
    return None


def _with_returns(text: str, own: Mapping[str, Any]) -> str:
    """The text as it was before its CR LFs were written as LFs."""
    returns = own.get("carriage_returns")
    if not isinstance(returns, list) or "\r\n" in text:
        return text
    pieces, last = [], 0
    for number, place in enumerate(returns):
        if not isinstance(place, int):
            return text
        pieces.append(text[last : place - number])
        last = place - number
    return "\r".join([*pieces, text[last:]])


def _own_document(own: Mapping[str, Any], text: str, fallback: Document) -> Document:
    try:
        return document_from_json({**own, "text": text})
    except InputError:
        return fallback


def _read_selections(
    project: _Project, source: Any, document: Document, place: str, own: Mapping[str, Any] | None
) -> None:
    listed = []
    for element in _children(source, "PlainTextSelection"):
        try:
            listed.append(
                (element, int(element.get("startPosition", "")), int(element.get("endPosition", "")))
            )
        except ValueError:
            project.problems.append(
                Problem(f"{place}, selection {_key(element)}", "its offsets are no numbers")
            )
    count, places = _best_count(document, listed, own)
    if count != "code points" and own is None:
        project.problems.append(Problem(place, f"its offsets are counted in {count}", "repaired"))
    for (element, start, end), found in zip(listed, places, strict=True):
        span = document.span(*found) if found else None
        if span is not None:
            project.spans[_key(element)] = span
        else:
            project.problems.append(
                Problem(
                    f"{place}, selection {_key(element)}",
                    f"[{start}, {end}) is no stretch of the {len(document.text)} characters",
                    "kept without anchor",
                )
            )
        note = " ".join((each.text or "").strip() for each in _children(element, "Description"))
        for coding in _children(element, "Coding"):
            for ref in _children(coding, "CodeRef"):
                code = project.codes.get(_key(ref, "targetGUID"))
                coder = project.users.get(_key(coding, "creatingUser"), "")
                attributes = {"refi_guid": _key(element)}
                if code is None:
                    code = _key(ref, "targetGUID")
                    project.problems.append(
                        Problem(place, f"code {code} is not in the codebook", "kept by its id")
                    )
                quote = span.exact if span else element.get("name", "")
                project.selections.append(Selection(code, span, document.id, quote, coder, note, attributes))


def _best_count(
    document: Document, listed: list[tuple[Any, int, int]], own: Mapping[str, Any] | None
) -> tuple[str, list[tuple[int, int] | None]]:
    """The way of counting under which most selections agree with their names and with words."""
    text = document.text
    counts: dict[str, list[tuple[int, int] | None]] = {}
    inside = [(a, b) if 0 <= a < b <= len(text) else None for _, a, b in listed]
    counts["code points"] = inside
    if "\r\n" in text:
        narrow = [p - n for n, p in enumerate(_returns(text))]
        counts["characters with CR LF as one"] = [
            _checked(text, _widened(narrow, a), _widened(narrow, b)) for _, a, b in listed
        ]
    if not text.isascii() and any(ord(char) > 0xFFFF for char in text):
        counts["UTF-16 units"] = [_from_utf16(text, a, b) for _, a, b in listed]
    if own is not None and "\r\n" in text:
        return "characters with CR LF as one", counts["characters with CR LF as one"]
    if own is not None:
        return "code points", inside
    scores = {name: _score(text, listed, places) for name, places in counts.items()}
    best = max(scores, key=lambda name: (scores[name], name == "code points"))
    # the standard's own count stays unless another is clearly better
    if best != "code points" and scores[best] - scores["code points"] < max(0.5, 0.1 * len(listed)):
        best = "code points"
    return best, counts[best]


def _returns(text: str) -> list[int]:
    return [place for place, char in enumerate(text) if char == "\r" and text[place + 1 : place + 2] == "\n"]


def _widened(narrow: list[int], offset: int) -> int:
    from bisect import bisect_left

    return offset + bisect_left(narrow, offset)


def _checked(text: str, start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if 0 <= start < end <= len(text) else None


def _from_utf16(text: str, start: int, end: int) -> tuple[int, int] | None:
    try:
        a, b = OffsetMap(text).from_utf16([start, end])
    except InputError:
        return None
    return _checked(text, a, b)


def _score(text: str, listed: list[tuple[Any, int, int]], places: list[tuple[int, int] | None]) -> float:
    score = 0.0
    for (element, _, _), place in zip(listed, places, strict=True):
        if place is None:
            score -= 1
            continue
        name = " ".join(str(element.get("name") or "").rstrip("….").split())
        words = " ".join(text[place[0] : place[1]].split())
        if len(name) >= 3 and words.startswith(name):
            score += 2
        edges = (text[place[0] - 1 : place[0] + 1], text[place[1] - 1 : place[1] + 1])
        score += sum(0.5 for edge in edges if len(edge) < 2 or not edge.isalnum())
    return score


def _restore(project: _Project, document: Document, own: dict[str, Any], place: str) -> None:
    """The coding out of amity's note, less what was deleted in the other program, with the codes as they are now."""
    try:
        coding = coding_from_json(own, document)
    except InputError as error:
        project.problems.append(Problem(place, f"amity's note does not fit: {error}", "selections only"))
        return
    codes: dict[str, dict[str, str]] = {}
    for selection in project.selections:
        if selection.document_id == document.id and " / " in selection.code:
            group, name = selection.code.split(" / ", 1)
            codes.setdefault(selection.attributes["refi_guid"], {})[group] = name
    kept = []
    for position in coding.positions:
        guid = evidence_guid(position, 0)
        if guid not in project.spans:
            project.problems.append(Problem(f"{place}, position {position.id}", "its selection was deleted"))
            continue
        changed = _recoded(position, codes.get(guid, {}))
        if changed != position:
            project.problems.append(
                Problem(
                    f"{place}, position {position.id}",
                    "its codes were changed in the other program",
                    "taken over",
                )
            )
        kept.append(changed)
    project.codings.append(replace(coding, positions=tuple(kept)))
    own_guids = {evidence_guid(p, n) for p in coding.positions for n in range(len(p.evidence))}
    project.selections = [
        each
        for each in project.selections
        if each.document_id != document.id or each.attributes.get("refi_guid") not in own_guids
    ]


def _recoded(position: Position, codes: Mapping[str, str]) -> Position:
    signs = {name: sign for sign, name in SIGN_CODES.items()}
    changes: dict[str, Any] = {}
    if codes.get("Act", position.act) in ACTS:
        changes["act"] = codes.get("Act", position.act)
    if position.targets and codes.get("Polarity") in signs:
        changes["polarity"] = signs[codes["Polarity"]]
    return replace(position, **changes)


def _read_rest(project: _Project, root: Any) -> None:
    own = {coding.document_id for coding in project.codings}
    if own:
        return
    for link in _children(root, "Links", "Link"):
        project.problems.append(
            Problem(f"link {link.get('name') or _key(link)}", "a link without words is no position")
        )
    for group in ("Sets", "Graphs"):
        for each in _children(root, group, group[:-1]):
            project.problems.append(
                Problem(f"{group[:-1].lower()} {each.get('name', '')}", "amity has no such thing")
            )


def _imported(project: _Project) -> Imported:
    restored = {coding.document_id: coding for coding in project.codings}
    codings = [restored.get(document.id) or _case_coding(project, document) for document in project.documents]
    concepts = [Concept(name, name, project.parents[name] or None) for name in project.codes.values()]
    return Imported(
        tuple(project.documents),
        tuple(codings),
        tuple(concepts),
        tuple(each for each in project.users.values() if each),
        tuple(project.selections),
        {name: values for name, values, _ in project.cases.values() if values},
        tuple(project.problems),
    )


def _case_coding(project: _Project, document: Document) -> Coding:
    """Cases that refer to selections of a document, as actors with mentions."""
    actors, mentions = [], []
    for guid, (name, values, refs) in project.cases.items():
        spans = [project.spans[ref] for ref in refs if ref in project.spans]
        mine = [span for span in spans if span.document_id == document.id]
        if mine and name.strip():
            actors.append(Actor(guid, name, attributes=values))
            mentions += [Mention(span, guid, mention_form(span.exact)) for span in mine]
    ordered = sorted(mentions, key=lambda each: (each.span.start, each.span.end))
    return Coding(document.id, tuple(actors), mentions=tuple(ordered))
