"""TEI: volumes of documents (FRUS and others), single texts, and transcripts of debates."""

from collections.abc import Iterator
from typing import Any

from amity.documents.blocks import TEI, read_blocks
from amity.documents.columns import language_code
from amity.documents.letterhead import split_dateline, state_of_office
from amity.documents.names import NUMBER, parse_heading
from amity.documents.records import Draft, ReadOptions
from amity.documents.transcripts import read_debate
from amity.documents.xml import collapse, local_name

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
# Kinds of div that hold one statement each; others (chapter, section, compilation) only group or divide.
_STATEMENTS = frozenset(
    "document letter note telegram despatch dispatch memorandum speech address statement resolution declaration proclamation treaty "
    "agreement communique communiqué message report article pressrelease press-release decision decree protocol interview".split()
)


def read_tei(root: Any, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the texts of a TEI file.

    Parameters
    ----------
    root : lxml element
        ``TEI`` or ``teiCorpus``.
    options : ReadOptions
        Not used; every reader takes it.

    Yields
    ------
    Draft
        One a speech where there are utterances (``u``); else one a ``div`` whose type is ``document`` or another kind of statement;
        else one a ``text``. Notes stand in the metadata with their places, never in the text.
    """
    for tei in _texts(root):
        header = _child(tei, "teiHeader")
        if next(tei.iter("{*}u"), None) is not None:
            yield from read_debate(tei, root)
            continue
        statements = _statements(tei)
        for number, element in enumerate(statements, 1):
            yield _read_statement(element, header, number)
        if not statements:
            yield from _read_whole(tei, header)


def _texts(root: Any) -> Iterator[Any]:
    if local_name(root) != "teiCorpus":
        yield root
        return
    for child in root:
        if local_name(child) in ("TEI", "teiCorpus"):
            yield from _texts(child)


def _statements(tei: Any) -> list[Any]:
    found = list[Any]()
    for div in tei.iter("{*}div", "{*}div1", "{*}div2", "{*}div3", "{*}floatingText"):
        kinds = {(div.get("type") or "").lower(), (div.get("subtype") or "").lower()}
        if kinds & _STATEMENTS and not any(each in found for each in div.iterancestors()):
            found.append(div)
    return found


def _read_statement(div: Any, header: Any, number: int) -> Draft:
    blocks = read_blocks([div], TEI)
    head = _own(div, "head")
    heading = read_blocks([head], TEI).text if head is not None else ""
    names = {kind: _correspondents(div, kind) for kind in ("from", "to")}
    parsed = parse_heading(NUMBER.sub("", heading))
    office, place = _dateline(div)
    issuers = _fuller(names["from"], parsed.issuers)
    found = frozenset({"issuers"}) if issuers and not names["from"] else frozenset[str]()
    if state := state_of_office(office) if len(issuers) == 1 and "(" not in "".join(issuers) else "":
        issuers, found = (f"{state} ({issuers[0]})",), frozenset({"issuers"})
    volume = _header_title(header)
    label = div.get("n") or str(number)
    return Draft(
        blocks.text,
        local_id=div.get(_ID) or f"{div.get('type')}-{label}",
        title=NUMBER.sub("", heading).rstrip(".") or heading,
        date=_date(div),
        issuers=issuers,
        addressees=_fuller(names["to"], parsed.addressees),
        place=place,
        kind="" if div.get("type") in ("document", None) else str(div.get("type")),
        language=_language(div, header),
        publisher=_header_text(header, "publicationStmt", "publisher"),
        citation=f"{volume}, document {label}" if volume else "",
        where=f"div {div.get(_ID) or label}",
        found=found,
    ).with_metadata(
        **blocks.metadata(),
        office=office,
        signed=" / ".join(_signatures(div)),
        attachments=str(sum(1 for _ in div.iter("{*}attachment")) or ""),
        volume=volume,
    )


def _read_whole(tei: Any, header: Any) -> Iterator[Draft]:
    for number, text in enumerate(tei.findall("{*}text") or [tei], 1):
        blocks = read_blocks(_bodies(text), TEI)
        sender, recipient = _correspondence(header, "sent"), _correspondence(header, "received")
        authors = tuple(
            collapse("".join(each.itertext())) for each in _header_all(header, "titleStmt", "author")
        )
        yield Draft(
            blocks.text,
            local_id=tei.get(_ID) or str(number),
            title=_header_title(header),
            date=sender[1] or _header_date(header) or _date(text),
            issuers=sender[0] or tuple(each for each in authors if each),
            addressees=recipient[0],
            place=sender[2],
            language=_language(text, header),
            publisher=_header_text(header, "publicationStmt", "publisher"),
            where=f"text {tei.get(_ID) or number}",
        ).with_metadata(**blocks.metadata())


def _bodies(text: Any) -> list[Any]:
    parts = [each for each in text if local_name(each) in ("front", "body", "back", "group")]
    return parts or [text]


def _own(div: Any, name: str) -> Any:
    """Return the first such element of the statement itself, not of an enclosure."""
    for each in div.iter(f"{{*}}{name}"):
        if not any(local_name(up) in ("attachment", "floatingText", "quote") for up in _up_to(each, div)):
            return each
    return None


def _up_to(element: Any, top: Any) -> Iterator[Any]:
    for each in element.iterancestors():
        if each is top:
            return
        yield each


def _correspondents(div: Any, kind: str) -> tuple[str, ...]:
    names = dict[str, None]()
    for place in ("head", "opener", "dateline"):
        scope = _own(div, place)
        for each in scope.iter() if scope is not None else ():
            is_note = any(local_name(up) == "note" for up in _up_to(each, scope))
            if (
                each.get("type") == kind
                and not is_note
                and (name := collapse("".join(each.itertext())).strip(" ,."))
            ):
                names[name] = None
    return tuple(names)


def _fuller(names: tuple[str, ...], parsed: tuple[str, ...]) -> tuple[str, ...]:
    """Return the heading's own wording of the marked names: "Chairman Bloom" for "Bloom"."""
    if not names:
        return parsed
    if len(parsed) == 1 and all(each in parsed[0] for each in names):
        return parsed
    return tuple(next((each for each in parsed if name in each), name) for name in names)


def _dateline(div: Any) -> tuple[str, str]:
    line = _own(div, "dateline")
    if line is None:
        return "", ""
    names = [each for each in line.iter("{*}placeName") if local_name(each.getparent()) != "placeName"]
    written = ", ".join(collapse("".join(each.itertext()).replace("\n", " ")) for each in names)
    return split_dateline(written)


def _date(element: Any) -> str:
    scope = _own(element, "dateline")
    scopes = [scope] if scope is not None else []
    scopes += [
        each
        for each in (_own(element, "opener"), _own(element, "docDate"), _own(element, "closer"))
        if each is not None
    ]
    for each in scopes:
        for date in (each, *each.iter("{*}date")):
            if value := _when(date):
                return value
    for name, value in element.attrib.items():
        if name.endswith("doc-dateTime-min"):
            return str(value)[:10]
    return next((value for each in element.iter("{*}docDate") if (value := _when(each))), "")


def _when(date: Any) -> str:
    for name in ("when", "when-iso", "notBefore", "from"):
        if value := date.get(name):
            return str(value)
    return ""


def _signatures(div: Any) -> Iterator[str]:
    for each in div.iter("{*}signed"):
        if not any(local_name(up) == "attachment" for up in _up_to(each, div)) and (
            words := read_blocks([each], TEI).text.replace("\n", " ")
        ):
            yield words


def _language(element: Any, header: Any) -> str:
    while element is not None:
        if code := element.get(_LANG):
            return language_code(code)
        element = element.getparent()
    languages = list(header.iter("{*}language")) if header is not None else []
    return language_code(languages[0].get("ident") or "") if len(languages) == 1 else ""


def _child(element: Any, name: str) -> Any:
    return next((each for each in element if local_name(each) == name), None)


def _header_all(header: Any, *path: str) -> list[Any]:
    return header.findall(".//" + "/".join(f"{{*}}{name}" for name in path)) if header is not None else []


def _header_text(header: Any, *path: str) -> str:
    return next(
        (words for each in _header_all(header, *path) if (words := collapse("".join(each.itertext())))), ""
    )


def _header_title(header: Any) -> str:
    titles = _header_all(header, "fileDesc", "titleStmt", "title")
    ranked = sorted(
        titles, key=lambda each: (each.get("type") or each.get("level") or "") not in ("complete", "main", "")
    )
    return next((words for each in ranked if (words := collapse("".join(each.itertext())))), "")


def _header_date(header: Any) -> str:
    for path in (
        ("profileDesc", "creation", "date"),
        ("settingDesc", "setting", "date"),
        ("sourceDesc", "bibl", "date"),
    ):
        for each in _header_all(header, *path):
            if value := _when(each) or collapse("".join(each.itertext())):
                return value
    for each in _header_all(header, "sourceDesc"):
        for date in each.iter("{*}date"):
            if value := _when(date) or collapse("".join(date.itertext())):
                return value
    return ""


def _correspondence(header: Any, kind: str) -> tuple[tuple[str, ...], str, str]:
    for action in _header_all(header, "correspDesc", "correspAction"):
        if action.get("type") != kind:
            continue
        names = [each for each in action if local_name(each) in ("persName", "orgName", "name", "rs")]
        date = next((value for each in action.iter("{*}date") if (value := _when(each))), "")
        place = next((collapse("".join(each.itertext())) for each in action.iter("{*}placeName")), "")
        return tuple(collapse("".join(each.itertext())) for each in names), date, place
    return (), "", ""
