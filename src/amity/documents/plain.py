"""Plain text and Markdown with front matter."""

import re
from collections.abc import Iterator

from amity.documents.columns import draft_from_record
from amity.documents.records import Draft, ReadOptions
from amity.text.encodings import decode

_FRONT = re.compile(r"\s*---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADING = re.compile(r"(?:^|\n)#{1,2}[ \t]+(.+?)[ \t]*#*[ \t]*(?:\n|\Z)")
_KEY = re.compile(r"([A-Za-z_][\w .-]*?)[ \t]*:(?:[ \t]+(.*))?\Z")
_LINK = re.compile(
    r"!?\[((?:[^\[\]]|\[[^\[\]]*\]){1,2000})\]\((?:[^()\s]|\([^()\s]*\)){0,2000}(?:\s+\"[^\"\n]*\")?\)"
)
_REFERENCE = re.compile(r"^\[[^\]\n]+\]:[ \t]+\S.*$\n?", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3}|_{1,3})(?=[^\s*_])([^\n]{0,500}?[^\s\\*_])\1(?![\w*])")
_HARD_BREAK = re.compile(r"(?:[ \t]{2,}|\\)$", re.MULTILINE)
_FENCE = re.compile(r"^(?:```|~~~).*$\n?", re.MULTILINE)
_QUOTE = re.compile(r"^(?:>[ \t]?)+", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*(?:[-*_][ \t]*){3,}$", re.MULTILINE)
_SETEXT = re.compile(r"^(?:=+|-+)[ \t]*$", re.MULTILINE)
_HASHES = re.compile(r"^#{1,6}[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$", re.MULTILINE)
_TAG = re.compile(r"</?[a-zA-Z][^<>\n]{0,1000}>")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>~|<-])")
_BLANKS = re.compile(r"\n[ \t\u00a0]*(?:\n[ \t\u00a0]*)+\n|\n[ \t\u00a0]+\n")


def read_plain(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the one text of a plain file, with line breaks where the file has them.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Not used; every reader takes it.

    Yields
    ------
    Draft
        Text decoded, line ends LF, otherwise character for character the file's; hard-wrapped lines stay as they are.

    Raises
    ------
    UnreadableFile
        If the file is not text.
    """
    decoded = decode(data)
    guessed = "" if decoded.is_certain else "guessed from the letters"
    yield Draft(decoded.text).with_metadata(
        encoding=decoded.encoding if decoded.encoding != "utf-8" else "",
        encoding_is=guessed,
        newlines=decoded.newlines if decoded.newlines not in ("lf", "none") else "",
        replaced_characters=str(decoded.n_replaced or ""),
    )


def read_markdown(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the text of a Markdown file without its marks, and what its front matter says.

    Parameters
    ----------
    data : bytes
        The file.
    options : ReadOptions
        Its `columns` may name keys of the front matter.

    Yields
    ------
    Draft
        Headings, links and emphasis are plain words; the lines of a paragraph are joined with a space, paragraphs
        parted by a blank line.

    Raises
    ------
    UnreadableFile
        If the file is not text.
    """
    decoded = decode(data)
    text = decoded.text
    record: dict[str, str] = {}
    if front := _FRONT.match(text):
        record = read_front_matter(front[1])
        text = text[front.end() :]
    draft = draft_from_record({**record, "text": ""}, {**options.columns, "text": "text"})
    title = draft.title
    if not title and (heading := _HEADING.search(text[:2000])):
        title = _inline(heading[1])
    yield Draft(
        plain_from_markdown(text),
        title=title,
        date=draft.date,
        issuers=draft.issuers,
        addressees=draft.addressees,
        place=draft.place,
        kind=draft.kind,
        language=draft.language,
        publisher=draft.publisher,
        citation=draft.citation,
        metadata=draft.metadata,
    )


def read_front_matter(block: str) -> dict[str, str]:
    """
    Return the keys and values of a YAML front matter, nested ones left out.

    Parameters
    ----------
    block : str
        The lines between the two rules.

    Returns
    -------
    dict of str to str
        Values without quotation marks; a list's items joined with ``; ``.

    Notes
    -----
    Front matter of documents is flat: scalars, quoted scalars, folded or literal blocks and lists of scalars. Those are
    read; anchors, tags and nested maps are not, so no YAML file can run or expand anything.
    """
    record: dict[str, str] = {}
    key, style, items = "", "", list[str]()
    for line in block.split("\n"):
        match = _KEY.match(line)
        if match is not None and not line[:1].isspace():
            _store(record, key, style, items)
            key, value = match[1].strip(), (match[2] or "").strip()
            style = value if value[:1] in ("|", ">") and len(value) <= 2 else ""
            items = [] if style or not value else [value]
        elif key and line.lstrip()[:1] not in ("", "#") and line[:1] in (" ", "\t", "-"):
            items.append(line.strip())
    _store(record, key, style, items)
    return record


def _store(record: dict[str, str], key: str, style: str, items: list[str]) -> None:
    if not key:
        return
    if items and all(each.startswith("- ") for each in items):
        record[key] = "; ".join(_scalar(each[2:]) for each in items)
    elif len(items) == 1 and items[0].startswith("[") and items[0].endswith("]"):
        record[key] = "; ".join(_scalar(each) for each in items[0][1:-1].split(",") if each.strip())
    else:
        record[key] = _scalar(("\n" if style.startswith("|") else " ").join(items))


def _scalar(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        inner = value[1:-1]
        return re.sub(r"\\(u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|.)", _unescape, inner)
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return re.sub(r"\s+#.*\Z", "", value)


def _unescape(match: re.Match[str]) -> str:
    code = match[1]
    if len(code) > 1:
        number = int(code[1:], 16)
        return chr(number) if number < 0x110000 and not 0xD800 <= number < 0xE000 else "\ufffd"
    return {"n": "\n", "t": "\t"}.get(code, code)


def plain_from_markdown(text: str) -> str:
    """
    Return Markdown as plain paragraphs.

    Parameters
    ----------
    text : str
        Markdown without front matter.

    Returns
    -------
    str
        Words only; list items keep their marks, each on a line of its own.

    Examples
    --------
    >>> plain_from_markdown("# A *note*\\n\\nWe [protest](x.html)\\nagainst it.")
    'A note\\n\\nWe protest against it.'
    """
    text = _without_comments(text)
    for pattern in (_FENCE, _REFERENCE, _TAG):
        text = pattern.sub("", text)
    text = _SETEXT.sub("", _RULE.sub("", _QUOTE.sub("", text)))
    text = _HASHES.sub(r"\n\1\n", text)
    text = _HARD_BREAK.sub("", text)
    text = _BLANKS.sub("\n\n", text.strip())
    return "\n\n".join(_inline(_join_lines(each)) for each in text.split("\n\n") if each.strip())


def _without_comments(text: str) -> str:
    kept, last = list[str](), 0
    while (start := text.find("<!--", last)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[last:start])
        last = end + 3
    return "".join((*kept, text[last:]))


def _join_lines(paragraph: str) -> str:
    lines = [each.strip() for each in paragraph.strip("\n").split("\n")]
    joined = lines[0]
    for line in lines[1:]:
        starts_item = re.match(r"(?:[-*+•]|\(?\w{1,3}[.)])[ \t]", line) is not None or line.startswith("|")
        joined += ("\n" if starts_item else " ") + line
    return joined


def _inline(text: str) -> str:
    from html import unescape

    text = _LINK.sub(r"\1", text)
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return unescape(_ESCAPE.sub(r"\1", text.replace("`", ""))).strip()
