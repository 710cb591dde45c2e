"""Word processors' files: DOCX and ODT, read from their XML under the archive limits."""

import json
from collections.abc import Iterator
from typing import Any

from amity.documents.archive import Budget, open_zip, read_member
from amity.documents.columns import language_code
from amity.documents.records import Draft, ReadOptions
from amity.documents.xml import collapse, local_name, parse_xml
from amity.errors import UnreadableFile

_BREAKS = {
    "tab": "\t",
    "ptab": "\t",
    "br": "\n",
    "cr": "\n",
    "noBreakHyphen": "\u2011",
    "softHyphen": "\u00ad",
}
_DOCX_SKIPPED = frozenset(
    "del moveFrom pPr rPr instrText delText Fallback footnoteReference endnoteReference annotationRef sectPr pict".split()
)
_ODT_SKIPPED = frozenset(
    ("tracked-changes", "annotation", "annotation-end", "note-citation", "sequence-decls", "forms")
)
_ODT_BLOCKS = frozenset(("p", "h"))


def read_docx(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the one text of a DOCX file.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Its limits hold for the archive inside.

    Yields
    ------
    Draft
        Paragraphs parted by a blank line, table cells by a tab; tracked insertions kept, deletions left out; headers and footers left
        out; foot- and endnotes in the metadata.

    Raises
    ------
    UnreadableFile
        If the file is damaged or holds no words.
    """
    budget = Budget(options.limits)
    with open_zip(data) as archive:
        names = set(archive.namelist())
        root = parse_xml(read_member(archive, "word/document.xml", budget))
        notes = [
            words
            for part in ("word/footnotes.xml", "word/endnotes.xml")
            if part in names
            for note in parse_xml(read_member(archive, part, budget))
            if note.get(f"{{{_namespace(note)}}}type") not in ("separator", "continuationSeparator")
            and (words := collapse(" ".join(text for text, _ in _docx_paragraphs(note))))
        ]
        properties = (
            _properties(parse_xml(read_member(archive, "docProps/core.xml", budget)))
            if "docProps/core.xml" in names
            else {}
        )
    paragraphs = list(_docx_paragraphs(root))
    titled = " ".join(
        text
        for text, style in paragraphs
        if style.lower() in ("title", "titel", "titre", "título", "заголовок")
    )
    yield _office_draft([text for text, _ in paragraphs], titled, properties, notes)


def _namespace(element: Any) -> str:
    return str(element.tag).rpartition("}")[0].lstrip("{")


def _docx_paragraphs(root: Any) -> Iterator[tuple[str, str]]:
    for element in root.iter("{*}p", "{*}tr"):
        inside = [local_name(each) for each in element.iterancestors()]
        if "del" in inside or "Fallback" in inside:
            continue
        if local_name(element) == "tr":
            if "tr" not in inside:
                cells = [" ".join(_cell_words(cell)) for cell in element.findall("{*}tc")]
                yield "\t".join(cells).strip(), ""
        elif "tr" not in inside:
            style = element.find("{*}pPr/{*}pStyle")
            name = next((str(value) for value in style.attrib.values()), "") if style is not None else ""
            yield _docx_words(element), name


def _cell_words(cell: Any) -> Iterator[str]:
    for paragraph in cell.iter("{*}p"):
        if words := _docx_words(paragraph).strip():
            yield words


def _docx_words(paragraph: Any) -> str:
    pieces = list[str]()

    def walk(element: Any) -> None:
        for child in element:
            name = local_name(child)
            if name in _DOCX_SKIPPED or name in ("p", "txbxContent"):
                continue  # a text box's paragraphs come by themselves
            if name == "t":
                pieces.append(child.text or "")
            elif name in _BREAKS:
                pieces.append("" if child.get(f"{{{_namespace(child)}}}type") == "page" else _BREAKS[name])
            else:
                walk(child)

    walk(paragraph)
    return "".join(pieces)


def read_odt(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the one text of an ODT file.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Its limits hold for the archive inside.

    Yields
    ------
    Draft
        Paragraphs parted by a blank line, table cells by a tab; tracked deletions and comments left out; notes in the metadata.

    Raises
    ------
    UnreadableFile
        If the file is damaged or holds no words.
    """
    budget = Budget(options.limits)
    with open_zip(data) as archive:
        root = parse_xml(read_member(archive, "content.xml", budget))
        has_meta = "meta.xml" in archive.namelist()
        properties = _properties(parse_xml(read_member(archive, "meta.xml", budget))) if has_meta else {}
    body = next(root.iter("{*}text"), None)
    if body is None:
        raise UnreadableFile("holds no text part; save it again as ODT")
    paragraphs, notes, titled = list[str](), list[str](), ""
    for element in body.iter("{*}p", "{*}h", "{*}table-row"):
        inside = {local_name(each) for each in element.iterancestors()}
        if inside & (_ODT_SKIPPED | {"note", "table-row"}):
            continue
        if local_name(element) == "table-row":
            cells = [
                " ".join(_odt_words(each, notes).strip() for each in cell.iter("{*}p"))
                for cell in element.findall("{*}table-cell")
            ]
            paragraphs.append("\t".join(cells).strip())
            continue
        words = _odt_words(element, notes)
        paragraphs.append(words)
        style = next((str(value) for key, value in element.attrib.items() if key.endswith("style-name")), "")
        titled = titled or (words.strip() if style.lower().startswith("title") else "")
    yield _office_draft(paragraphs, titled, properties, notes)


def _odt_words(paragraph: Any, notes: list[str]) -> str:
    pieces = [_one_space(paragraph.text)]

    def walk(element: Any) -> None:
        for child in element:
            name = local_name(child)
            if name == "note":
                notes.append(
                    collapse(" ".join("".join(each.itertext()) for each in child.iter("{*}note-body")))
                )
            elif name == "s":
                pieces.append(" " * min(1000, _count(child)))
            elif name == "tab":
                pieces.append("\t")
            elif name == "line-break":
                pieces.append("\n")
            elif name not in _ODT_SKIPPED | _ODT_BLOCKS:
                pieces.append(_one_space(child.text))
                walk(child)
            pieces.append(_one_space(child.tail))

    walk(paragraph)
    return "".join(pieces)


def _count(space: Any) -> int:
    value = next((str(each) for key, each in space.attrib.items() if key.endswith("}c")), "1")
    return int(value) if value.isdecimal() and len(value) < 6 else 1


def _one_space(text: str | None) -> str:
    if not text:
        return ""
    start, end = text[0].isspace(), text[-1].isspace()
    inner = collapse(text)
    return (" " if start else "") + inner + (" " if end and inner else "")


def _properties(root: Any) -> dict[str, str]:
    return {
        name: words
        for each in root.iter()
        if (name := local_name(each))
        in ("title", "creator", "initial-creator", "created", "creation-date", "language", "subject")
        and (words := collapse("".join(each.itertext())))
    }


def _office_draft(paragraphs: list[str], titled: str, properties: dict[str, str], notes: list[str]) -> Draft:
    kept = [words for each in paragraphs if (words := each.strip())]
    if not kept:
        raise UnreadableFile("holds no words; if its pages are pictures, export it as PDF and read that")
    return Draft(
        "\n\n".join(kept),
        title=collapse(titled) or properties.get("title", ""),
        language=language_code(properties.get("language", "")),
    ).with_metadata(
        author=properties.get("creator", "") or properties.get("initial-creator", ""),
        file_created=properties.get("created", "") or properties.get("creation-date", ""),
        subject=properties.get("subject", ""),
        notes=json.dumps(
            [{"n": str(number), "text": words} for number, words in enumerate(notes, 1)], ensure_ascii=False
        )
        if notes
        else "",
    )
