"""Web pages: the main text without boilerplate, and what the page says about itself."""

import logging
import re
from collections.abc import Iterator
from typing import Any

from amity.documents.columns import language_code
from amity.documents.dates import read_date
from amity.documents.records import Draft, ReadOptions
from amity.errors import UnreadableFile
from amity.text.encodings import decode

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s*<\?xml[^>]*\?>")
_BOILERPLATE = frozenset(
    "script style noscript template nav header footer aside form button select iframe svg figure object dialog".split()
)
_BLOCKS = frozenset(
    "address article blockquote body center dd div dl dt fieldset figcaption h1 h2 h3 h4 h5 h6 hr li main ol p pre section "
    "table tr ul head item list quote row".split()
)
_NAVIGATION = re.compile(
    r"(?:see also|share(?: this.*)?|read more|related(?: \w+)?|print(?: version)?|tags?|comments?|advertisement|"
    r"back to top|facebook|twitter|lire aussi|voir aussi|siehe auch|смотрите также)\W*\Z",
    re.IGNORECASE,
)
_SPACES = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_DATE_NAMES = frozenset(
    "article:published_time date dc.date dc.date.issued dcterms.date dcterms.issued datepublished pubdate publishdate "
    "ya:ovs:upload_date citation_date citation_publication_date sailthru.date parsely-pub-date".split()
)


def read_html(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the one text of a web page.

    Parameters
    ----------
    data : bytes
        The page.
    options : ReadOptions
        Not used; every reader takes it.

    Yields
    ------
    Draft
        Title first where the page shows it as a heading; paragraphs parted by a blank line.

    Raises
    ------
    UnreadableFile
        If the page holds no words.

    Notes
    -----
    Trafilatura finds the main text. Where that is under a third of the words outside navigation, headers, footers and
    forms, all of those words are taken instead: better too much than half a document. Nothing is fetched.
    """
    declared = _CHARSET.search(data[:4096])
    decoded = decode(data, declared=declared[1].decode("ascii", "replace") if declared else "")
    source = _DECLARATION.sub("", decoded.text)
    tree = _parse(source)
    plain = _plain_blocks(tree)
    main, found = _main_blocks(source)
    method = "main text"
    if sum(map(len, main)) * 3 < sum(map(len, plain)):
        main, method = plain, "all text outside navigation"
    title = _title(tree, found)
    if title and title not in main[:3] and any(_words(each) == title for each in tree.iter("h1")):
        main = [title, *main]
    if not main:
        raise UnreadableFile(
            "is a page without words; if they come from a script, save the page from a browser"
        )
    date, is_given = _date(tree, source, found)
    publisher = _meta(tree, {"og:site_name", "dc.publisher"}) or str(found.get("sitename") or "")
    yield Draft(
        "\n\n".join(main),
        title=title,
        date=date,
        language=language_code(tree.get("lang") or ""),
        publisher=publisher,
        outlet=publisher,
        citation=_meta(tree, {"og:url", "dc.identifier"}) or str(found.get("url") or ""),
        found=frozenset() if is_given or not date else frozenset({"date"}),
    ).with_metadata(
        author=_meta(tree, {"author", "dc.creator", "article:author"}) or str(found.get("author") or ""),
        licence=str(found.get("license") or ""),
        extraction=method,
        encoding=decoded.encoding if decoded.encoding != "utf-8" else "",
    )


def _parse(source: str) -> Any:
    from lxml import etree, html

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=False)
    try:
        tree = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, ValueError) as error:
        raise UnreadableFile(f"is no web page that can be parsed: {error}") from error
    return tree


def _main_blocks(source: str) -> tuple[list[str], dict[str, Any]]:
    import trafilatura

    # It logs what it gives up on; here that is listed as unreadable instead.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    extracted = trafilatura.bare_extraction(
        source,
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        with_metadata=True,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    if extracted is None:
        return [], {}
    found = extracted if isinstance(extracted, dict) else extracted.as_dict()
    body = found.get("body")
    if body is None:
        return [], found
    return [each for each in text_blocks(body) if not _NAVIGATION.match(each)], found


def _plain_blocks(tree: Any) -> list[str]:
    body = tree.find("body")
    start = tree if body is None else body
    for name in ("main", "article"):
        if len(inside := start.findall(f".//{name}")) == 1 and len(_words(inside[0])) > 500:
            start = inside[0]
            break
    return [each for each in text_blocks(start) if not _NAVIGATION.match(each)]


def text_blocks(start: Any) -> list[str]:
    """
    Return the words of an HTML tree, one string a block.

    Parameters
    ----------
    start : lxml element
        Where to begin.

    Returns
    -------
    list of str
        In page order, spaces collapsed; ``br`` becomes a line break.
    """
    blocks, words = list[str](), list[str]()

    def flush() -> None:
        lines = (_SPACES.sub(" ", each).strip() for each in "".join(words).split("\x0b"))
        if text := "\n".join(each for each in lines if each):
            blocks.append(text)
        words.clear()

    from lxml import etree

    for event, element in etree.iterwalk(start, events=("start", "end")):
        name = element.tag if isinstance(element.tag, str) else ""
        is_block = name in _BLOCKS
        if event == "start":
            if name in _BOILERPLATE and element is not start:
                continue
            if is_block:
                flush()
            if name in ("br", "lb"):
                words.append("\x0b")
            if not _is_boilerplate(element, start):
                words.append((element.text or "").replace("\x0b", " "))
        else:
            if is_block:
                flush()
            if name in ("td", "th", "cell"):
                words.append(" ")
            if element is not start and not _is_boilerplate(element.getparent(), start):
                words.append((element.tail or "").replace("\x0b", " "))
    flush()
    return blocks


def _is_boilerplate(element: Any, start: Any) -> bool:
    while element is not None and element is not start:
        if element.tag in _BOILERPLATE:
            return True
        element = element.getparent()
    return False


def _words(element: Any) -> str:
    return _SPACES.sub(" ", "".join(element.itertext())).strip()


def _meta(tree: Any, names: set[str]) -> str:
    for each in tree.iter("meta"):
        name = each.get("property") or each.get("name") or each.get("itemprop") or ""
        if name.lower() in names and (content := (each.get("content") or "").strip()):
            return str(content)
    return ""


def _title(tree: Any, found: dict[str, Any]) -> str:
    headings = [words for each in tree.iter("h1") if (words := _words(each))]
    shared = _meta(tree, {"og:title", "dc.title", "citation_title"}) or str(found.get("title") or "")
    if len(headings) == 1 and (not shared or headings[0] in shared or shared in headings[0]):
        return headings[0]
    return _SPACES.sub(" ", shared).strip() or next((_words(each) for each in tree.iter("title")), "")


def _date(tree: Any, source: str, found: dict[str, Any]) -> tuple[str, bool]:
    for each in tree.iter("meta"):
        name = (each.get("property") or each.get("name") or each.get("itemprop") or "").lower()
        if name in _DATE_NAMES and (date := read_date(each.get("content") or "")):
            return date, True
    if match := re.search(r"\"datePublished\"\s*:\s*\"(\d{4}-\d\d-\d\d)", source):
        return match[1], True
    for each in tree.iter("time"):
        if date := read_date(each.get("datetime") or ""):
            return date, True
    return str(found.get("date") or ""), False
