"""UIMA CAS in XMI, for INCEpTION and DKPro."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, NotFound, SpanMismatch
from amity.formats.files import (
    file_name,
    local_name,
    parse_xml,
    read_bytes,
    write_bytes,
    xml_bytes,
    xml_text,
)
from amity.formats.json_records import as_object, parse_json
from amity.formats.layers import ACTOR, EVIDENCE, Layer, Mark, Role, coding_to_layer, document_record
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.formats.task_reading import TaskReading
from amity.model import Coding, Document
from amity.text.offsets import OffsetMap

XMI = "http://www.omg.org/XMI"
CAS = "http:///uima/cas.ecore"
TCAS = "http:///uima/tcas.ecore"
OWN = "http:///amity.ecore"
TYPES = "http://uima.apache.org/resourceSpecifier"
_MENTION_FEATURES = ("actor", "form")
_POSITION_FEATURES = (
    "act position holders targets via polarity concept agreement holder_form status voice strength certainty date score agent"
).split()
_ID = f"{{{XMI}}}id"
_NO_SELECTIONS = frozenset(
    ("DocumentAnnotation", "DocumentMetaData", "Token", "Sentence", "Lemma", "Stem", "POS")
)


def write_uima(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the paths of a folder of XMI files with their type system.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        A folder: ``ID.xmi`` for each document, and ``TypeSystem.xml``.

    Returns
    -------
    list of Path
        In the order written.

    Notes
    -----
    Mentions, positions (at their cues) and evidence are annotations of the types ``amity.Actor``, ``amity.Position`` and
    ``amity.Evidence``; roles are links as INCEpTION has them. Offsets count UTF-16 units. Characters that XML forbids become U+FFFD.
    """
    folder = Path(path)
    written = [write_bytes(folder / "TypeSystem.xml", xml_bytes(_type_system()))]
    taken: set[str] = set()
    for document, coding in only_coded(pairs):
        name = file_name(document.id, taken=taken)
        taken.add(name.casefold())
        written.append(write_bytes(folder / f"{name}.xmi", xml_bytes(_xmi(document, coding))))
    return written


def _type_system() -> Any:
    from lxml import etree

    def sub(parent: Any, name: str, text: str = "") -> Any:
        element = etree.SubElement(parent, f"{{{TYPES}}}{name}")
        if text:
            element.text = text
        return element

    root = etree.Element(f"{{{TYPES}}}typeSystemDescription", nsmap={None: TYPES})
    sub(root, "name", "amity")
    types = sub(root, "types")
    spans: tuple[tuple[str, str, Iterable[str]], ...] = (
        ("amity.Actor", "words that stand for an actor", _MENTION_FEATURES),
        ("amity.Position", "the cue of a position, with its fields", _POSITION_FEATURES),
        ("amity.Evidence", "words from which a reader can judge a position", ()),
        ("amity.Record", "the document's record as JSON", ("json",)),
    )
    for name, description, features in spans:
        element = sub(types, "typeDescription")
        sub(element, "name", name)
        sub(element, "description", description)
        sub(element, "supertypeName", "uima.tcas.Annotation")
        listed = sub(element, "features")
        for feature in features:
            _feature(sub, listed, feature, "uima.cas.String")
        if name == "amity.Position":
            _feature(sub, listed, "roles", "uima.cas.FSArray", "amity.RoleLink")
    link = sub(types, "typeDescription")
    sub(link, "name", "amity.RoleLink")
    sub(link, "description", "who or what plays a role in a position")
    sub(link, "supertypeName", "uima.cas.TOP")
    listed = sub(link, "features")
    _feature(sub, listed, "role", "uima.cas.String")
    _feature(sub, listed, "target", "uima.tcas.Annotation")
    return root


def _feature(sub: Any, parent: Any, name: str, kind: str, element_kind: str = "") -> None:
    feature = sub(parent, "featureDescription")
    sub(feature, "name", name)
    sub(feature, "description")
    sub(feature, "rangeTypeName", kind)
    if element_kind:
        sub(feature, "elementType", element_kind)
        sub(feature, "multipleReferencesAllowed", "false")


def _xmi(document: Document, coding: Coding) -> Any:
    from lxml import etree

    layer = coding_to_layer(document, coding)
    offsets = OffsetMap(document.text)
    numbers = {mark.id: str(number) for number, mark in enumerate(layer.marks, 10)}
    root = etree.Element(f"{{{XMI}}}XMI", nsmap={"xmi": XMI, "cas": CAS, "tcas": TCAS, "amity": OWN})
    root.set(f"{{{XMI}}}version", "2.0")
    etree.SubElement(root, f"{{{CAS}}}NULL", {_ID: "0"})
    members = ["2", "3"]
    end = str(offsets.to_utf16([len(document.text)])[0])
    about = {
        _ID: "2",
        "sofa": "1",
        "begin": "0",
        "end": end,
        "language": document.language or "x-unspecified",
    }
    etree.SubElement(root, f"{{{TCAS}}}DocumentAnnotation", about)
    record = json.dumps(document_record(document, coding))
    etree.SubElement(
        root, f"{{{OWN}}}Record", {_ID: "3", "sofa": "1", "begin": "0", "end": "0", "json": record}
    )
    free = 10 + len(layer.marks)
    links = []
    for mark in layer.marks:
        start, stop = offsets.to_utf16([mark.start, mark.end])
        values = {_ID: numbers[mark.id], "sofa": "1", "begin": str(start), "end": str(stop)}
        values |= {key: xml_text(value) for key, value in mark.attributes.items()}
        kind = mark.label if mark.label in (ACTOR, EVIDENCE) else "Position"
        if kind == "Position":
            values["act"] = mark.label
            roles = [role for role in layer.roles if role.source == mark.id]
            if roles:
                values["roles"] = " ".join(str(free + i) for i in range(len(roles)))
            for role in roles:
                links.append({_ID: str(free), "role": role.name, "target": numbers[role.target]})
                free += 1
        etree.SubElement(root, f"{{{OWN}}}{kind}", values)
        members.append(numbers[mark.id])
    for link in links:
        etree.SubElement(root, f"{{{OWN}}}RoleLink", link)
    sofa = {_ID: "1", "sofaNum": "1", "sofaID": "_InitialView", "mimeType": "text"}
    etree.SubElement(root, f"{{{CAS}}}Sofa", {**sofa, "sofaString": xml_text(document.text)})
    etree.SubElement(root, f"{{{CAS}}}View", sofa="1", members=" ".join(members))
    return root


def read_uima(path: FilePath) -> Imported:
    """
    Return the texts and annotations of XMI files.

    Parameters
    ----------
    path : path
        An ``.xmi`` file, or a folder of them.

    Returns
    -------
    Imported
        Annotations of any type become selections with their features, and links between them their roles; tokens, sentences and the like
        are left out. Files that amity wrote give their codings back.

    Raises
    ------
    NotFound
        If there is no ``.xmi`` file.
    UnreadableFile
        If a file is not well-formed XML.
    InvalidRecord
        If a file is no XMI with a text.
    """
    root = Path(path)
    files = [root] if root.is_file() else sorted(root.rglob("*.xmi"))
    if not files:
        raise NotFound(f"{root} holds no .xmi file")
    reading = TaskReading()
    for file in files:
        _read_file(file, reading)
    return reading.imported()


def _read_file(file: Path, reading: TaskReading) -> None:
    root = parse_xml(read_bytes(file), str(file))
    sofas = [each for each in root if local_name(each) == "Sofa" and each.get("sofaString") is not None]
    if local_name(root) != "XMI" or not sofas:
        raise InvalidRecord(f"{file} is no XMI with a text; expected an XMI element with a Sofa")
    sofa = next((each for each in sofas if each.get("sofaID") == "_InitialView"), sofas[0])
    for other in sofas:
        if other is not sofa:
            reading.problems.append(Problem(str(file), f"a further view {other.get('sofaID')!r}"))
    elements = {each.get(_ID, ""): each for each in root if isinstance(each.tag, str)}
    record: object = None
    for element in elements.values():
        if element.tag == f"{{{OWN}}}Record":
            record = as_object(parse_json(element.get("json", ""), str(file)))
    text = sofa.get("sofaString", "")
    document, own = reading.document(str(file), text, record, file.stem, {})
    layer = _layer(elements, sofa.get(_ID, ""), document)
    reading.add(document, layer, own, file.name)


def _layer(elements: Mapping[str, Any], sofa: str, document: Document) -> Layer:
    offsets = OffsetMap(document.text)
    marks: list[Mark] = []
    roles: list[Role] = []
    for identity, element in elements.items():
        kind = local_name(element)
        if (
            element.get("begin") is None
            or element.get("sofa") != sofa
            or kind in _NO_SELECTIONS
            or kind == "Record"
        ):
            continue
        attributes = {
            key: value
            for key, value in element.attrib.items()
            if key not in ("sofa", "begin", "end", _ID) and not key.startswith("{")
        }
        own = element.tag.startswith(f"{{{OWN}}}")
        for key, value in list(attributes.items()):
            words = value.split()
            # a text may hold a number that is also an id: amity's own links stand in one feature, others' are ids throughout
            if own and key != "roles":
                continue
            linked = [elements[each] for each in words if each in elements]
            if (
                linked
                and len(linked) == len(words)
                and all(each.get("target") is not None for each in linked)
            ):
                del attributes[key]
                roles += [Role(each.get("role") or key, identity, each.get("target")) for each in linked]
        label = attributes.pop("act", kind) if element.tag == f"{{{OWN}}}Position" else kind
        start, end = _places(offsets, element)
        marks.append(Mark(identity, label, start, end, "", attributes))
    return Layer(tuple(marks), tuple(roles))


def _places(offsets: OffsetMap, element: Any) -> tuple[int, int]:
    try:
        start, end = int(element.get("begin", "")), int(element.get("end", ""))
        first, last = offsets.from_utf16([start, end])
    except (ValueError, SpanMismatch):
        return -1, -1
    return first, last
