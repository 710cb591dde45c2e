"""TEI P5 with standOff: the text unchanged, actors, relations and annotations beside it."""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import local_name, parse_xml, read_bytes, write_bytes, xml_text
from amity.formats.json_records import as_object, parse_json
from amity.formats.layers import Layer, Mark, Role, coding_to_layer, document_record
from amity.formats.records import CodedDocument, FilePath, Imported, Problem, only_coded
from amity.formats.sentence import position_sentence
from amity.formats.task_reading import TaskReading
from amity.model import Actor, Coding, Document

TEI = "http://www.tei-c.org/ns/1.0"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_RANGE = re.compile(r"#string-range\(\s*([^,()\s]+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)\Z")
_SIGNS = {1: "support", -1: "opposition", 0: "neither", None: "concept"}


def _tag(name: str) -> str:
    return f"{{{TEI}}}{name}"


def write_tei_standoff(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a TEI file: one ``TEI`` element, or a ``teiCorpus`` of several.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.xml``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Each text stands whole in one ``ab``; annotations point into it with ``string-range(id, offset, length)`` in code points. Persons stand in ``listPerson``,
    other actors in ``listOrg``; each position towards actors is a ``relation`` from active to passive, ``cert`` its certainty. Characters that XML forbids
    become U+FFFD, so that offsets stay.

    References
    ----------
    TEI P5 Guidelines 4.9, chapter 17.10, https://tei-c.org/release/doc/tei-p5-doc/en/html/SA.html#SASOstdf
    """
    from lxml import etree

    listed = only_coded(pairs)
    texts = [_tei(document, coding, number) for number, (document, coding) in enumerate(listed, 1)]
    if len(texts) == 1:
        root = texts[0]
    else:
        root = etree.Element(_tag("teiCorpus"), nsmap={None: TEI})
        root.append(_header("Coded documents", ""))
        for each in texts:
            root.append(each)
    # no indentation: white space inside a text would change it
    content = bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8"))
    return [write_bytes(path, content)]


def _header(title: str, record: str, publisher: str = "", day: str = "") -> Any:
    from lxml import etree

    header = etree.Element(_tag("teiHeader"), nsmap={None: TEI})
    described = etree.SubElement(header, _tag("fileDesc"))
    etree.SubElement(etree.SubElement(described, _tag("titleStmt")), _tag("title")).text = xml_text(title)
    etree.SubElement(
        etree.SubElement(described, _tag("publicationStmt")), _tag("p")
    ).text = "Written by amity."
    source = etree.SubElement(etree.SubElement(described, _tag("sourceDesc")), _tag("bibl"))
    etree.SubElement(source, _tag("title")).text = xml_text(title)
    if publisher:
        etree.SubElement(source, _tag("publisher")).text = xml_text(publisher)
    if day:
        etree.SubElement(source, _tag("date"), when=day).text = day
    if record:
        etree.SubElement(header, _tag("xenoData"), type="amity").text = record
    return header


def _tei(document: Document, coding: Coding, number: int) -> Any:
    from lxml import etree

    prefix = f"d{number}"
    root = etree.Element(_tag("TEI"), nsmap={None: TEI})
    record = json.dumps(document_record(document, coding))
    root.append(_header(document.title or document.id, record, document.publisher, document.date or ""))
    stand = etree.SubElement(root, _tag("standOff"))
    keys = {actor.id: f"{prefix}.actor{place}" for place, actor in enumerate(coding.actors, 1)}
    persons = [actor for actor in coding.actors if actor.kind == "person"]
    others = [actor for actor in coding.actors if actor.kind != "person"]
    for name, item, listed in (("listPerson", "person", persons), ("listOrg", "org", others)):
        if listed:
            block = etree.SubElement(stand, _tag(name))
            for actor in listed:
                _actor(block, item, actor, keys[actor.id])
    _relations(stand, coding, keys, prefix)
    layer = coding_to_layer(document, coding)
    if layer.marks:
        block = etree.SubElement(stand, _tag("listAnnotation"))
        for mark in layer.marks:
            _annotation(block, mark, layer, prefix)
    body = etree.SubElement(etree.SubElement(root, _tag("text")), _tag("body"))
    text = etree.SubElement(body, _tag("ab"), {_XML_ID: f"{prefix}.text", _XML_SPACE: "preserve"})
    if document.language:
        text.set(_XML_LANG, document.language)
    text.text = xml_text(document.text)
    return root


def _actor(block: Any, item: str, actor: Actor, key: str) -> None:
    from lxml import etree

    element = etree.SubElement(block, _tag(item), {_XML_ID: key, "n": xml_text(actor.id)})
    if item == "org":
        element.set("type", actor.kind)
    name = "persName" if item == "person" else "orgName"
    etree.SubElement(element, _tag(name)).text = xml_text(actor.name)
    for alias in actor.aliases:
        etree.SubElement(element, _tag(name), type="alias").text = xml_text(alias)


def _relations(stand: Any, coding: Coding, keys: Mapping[str, str], prefix: str) -> None:
    from lxml import etree

    names = {actor.id: actor.name for actor in coding.actors}
    placed = [(number, each) for number, each in enumerate(coding.positions, 1) if each.targets]
    if not placed:
        return
    block = etree.SubElement(stand, _tag("listRelation"))
    for number, position in placed:
        relation = etree.SubElement(
            block,
            _tag("relation"),
            name=position.act,
            type=_SIGNS[position.polarity],
            active=" ".join(f"#{keys[each]}" for each in position.holders),
            passive=" ".join(f"#{keys[each]}" for each in position.targets),
            cert="high" if position.certainty == "sure" else "low",
            corresp=f"#{prefix}.p{number}",
        )
        etree.SubElement(relation, _tag("desc")).text = xml_text(position_sentence(position, names))


def _annotation(block: Any, mark: Mark, layer: Layer, prefix: str) -> None:
    from lxml import etree

    motive = {"m": "identifying", "p": "classifying", "e": "highlighting"}[mark.id[0]]
    element = etree.SubElement(
        block,
        _tag("annotation"),
        {
            _XML_ID: f"{prefix}.{mark.id}",
            "motivation": motive,
            "target": f"#string-range({prefix}.text,{mark.start},{mark.end - mark.start})",
        },
    )
    etree.SubElement(element, _tag("label")).text = mark.label
    for key, value in mark.attributes.items():
        etree.SubElement(element, _tag("note"), type=key).text = xml_text(value)
    for role in layer.roles:
        if role.source == mark.id:
            etree.SubElement(element, _tag("ptr"), type=role.name, target=f"#{prefix}.{role.target}")


def read_tei_standoff(path: FilePath) -> Imported:
    """
    Return the texts and standOff annotations of a TEI file.

    Parameters
    ----------
    path : path
        A ``TEI`` or ``teiCorpus`` document whose annotations point with ``string-range``.

    Returns
    -------
    Imported
        One document for each ``TEI``; annotations that point another way are listed. (Other TEI texts are read as documents.)

    Raises
    ------
    UnreadableFile
        If it is not well-formed XML.
    InvalidRecord
        If it is not TEI, or holds no text that annotations could point into.
    """
    root = parse_xml(read_bytes(path), str(path))
    if local_name(root) not in ("TEI", "teiCorpus"):
        raise InvalidRecord(f"{path} is not TEI; its root element is {local_name(root)!r}")
    reading = TaskReading()
    found = [root] if local_name(root) == "TEI" else [each for each in root if local_name(each) == "TEI"]
    for number, tei in enumerate(found, 1):
        _read_tei(tei, f"{path}, text {number}", number, reading)
    if not reading.documents and found:
        raise InvalidRecord(f"{path} holds no text in an ab with an xml:id; read it as a document instead")
    return reading.imported()


def _read_tei(tei: Any, place: str, number: int, reading: TaskReading) -> None:
    blocks = {each.get(_XML_ID): each for each in tei.iter(_tag("ab")) if each.get(_XML_ID)}
    if not blocks:
        reading.problems.append(Problem(place, "it has no ab with an xml:id to point into"))
        return
    identity, block = next(iter(blocks.items()))
    record: object = None
    for each in tei.iter(_tag("xenoData")):
        if each.get("type") == "amity":
            record = as_object(parse_json("".join(each.itertext()), place))
    title = next(("".join(each.itertext()) for each in tei.iter(_tag("title"))), "")
    rest = {"title": title, "name": identity}
    document, own = reading.document(place, "".join(block.itertext()), record, f"tei-{number}", rest)
    marks: list[Mark] = []
    roles: list[Role] = []
    for count, annotation in enumerate(tei.iter(_tag("annotation")), 1):
        key = annotation.get(_XML_ID) or f"annotation{count}"
        match = _RANGE.match(annotation.get("target", "").strip())
        if match is None or match[1] != identity:
            reading.problems.append(
                Problem(
                    f"{place}, {key}",
                    f"its target {annotation.get('target', '')!r:.60} is no string-range of the text",
                )
            )
            continue
        start = min(int(match[2]), len(document.text) + 1)
        end = start + min(int(match[3]), len(document.text) + 1)
        label, attributes = annotation.get("motivation", "annotation"), {}
        for child in annotation:
            name = local_name(child)
            if name == "label":
                label = (child.text or "").strip() or label
            elif name == "note":
                attributes[child.get("type", "note")] = "".join(child.itertext())
            elif name == "ptr":
                roles.append(Role(child.get("type", "role"), key, child.get("target", "").removeprefix("#")))
        marks.append(Mark(key, label, start, end, "", attributes))
    reading.add(document, Layer(tuple(marks), tuple(roles)), own, place)
