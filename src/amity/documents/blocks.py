"""Paragraphs out of marked-up text, with the notes and page breaks that stood in them."""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from amity.documents.xml import collapse, local_name

# XML 1.0 allows none of these characters, so they can mark places while white space is being collapsed.
_NOTE, _PAGE, _CELL = "\x0e", "\x0f", "\x1c"
_MARKS = re.compile(f"[{_NOTE}{_PAGE}]")
_SPACE_BEFORE_MARK = re.compile(f"[ \t\r\n]+(?=[{_NOTE}{_PAGE}]+(?:[ \t\r\n]|\\Z))")

_SPACE_AFTER_MARK = re.compile(f"\\A[ \t\r\n]*([{_NOTE}{_PAGE}]+)[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Style:
    """
    What the elements of a vocabulary mean for the text.

    Parameters
    ----------
    blocks : frozenset of str
        Elements that begin and end a paragraph.
    notes : frozenset of str
        Elements kept apart from the text.
    dropped : frozenset of str
        Elements left out.
    labels : frozenset of str
        Numbers and marks that go before the next paragraph's words, on its line.
    cells : frozenset of str
        Table cells, parted by a tab.
    lines : frozenset of str
        Elements that end a line: verse, addresses.
    tokens : frozenset of str
        Words of a linguistic annotation, parted by a space unless they say otherwise.
    sentences : frozenset of str
        Elements parted by a space even where none is written.
    """

    blocks: frozenset[str]
    notes: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    labels: frozenset[str] = frozenset()
    cells: frozenset[str] = frozenset()
    lines: frozenset[str] = frozenset()
    tokens: frozenset[str] = frozenset()
    sentences: frozenset[str] = frozenset()


TEI = Style(
    blocks=frozenset(
        "ab address argument attachment back body byline castList closer dateline div div1 div2 div3 div4 div5 docAuthor "
        "docDate docTitle epigraph floatingText front head imprimatur item lg list listBibl opener p postscript quote "
        "row salute signed sp speaker table titlePage titlePart trailer u".split()
    ),
    notes=frozenset(("note", "noteGrp", "vocal", "kinesic", "incident", "stage", "writing")),
    dropped=frozenset("teiHeader fw figDesc graphic standOff listEvent listRelation del".split()),
    labels=frozenset(("label",)),
    cells=frozenset(("cell",)),
    lines=frozenset(("l", "addrLine")),
    tokens=frozenset(("w", "pc")),
    sentences=frozenset(("s", "seg")),
)
AKOMA_NTOSO = Style(
    blocks=frozenset(
        "address adminSection alinea answer arguments article background blockContainer blockList body book citation citations clause "
        "chapter conclusions container content coverPage crossHeading debateBody debateSection decision div division docTitle "
        "formula from heading hcontainer indent intro interstitial introduction item judgmentBody li list listConclusion "
        "listIntroduction longTitle mainBody motivation narrative ol p paragraph part point preamble preface proceduralMotions "
        "proviso question questions recital recitals remedies resolutions rule section speech speechGroup subchapter subdivision "
        "subheading sublist subparagraph subpart subrule subsection subtitle table tblock title tome toc tr transitional ul wrapUp "
        "scene summary other block".split()
    ),
    notes=frozenset(("authorialNote", "note", "remark", "recordedTime")),
    dropped=frozenset("meta toc del omissis".split()),
    labels=frozenset(("num",)),
    cells=frozenset(("td", "th")),
)


@dataclass(frozen=True, slots=True)
class Blocks:
    """
    The text of an element and what stood in it.

    Parameters
    ----------
    text : str
        Paragraphs parted by a blank line.
    notes : tuple of (int, str, str)
        Offset in `text`, number or mark, words.
    pages : tuple of (int, str)
        Offset in `text` where a page begins, its number.
    """

    text: str
    notes: tuple[tuple[int, str, str], ...] = ()
    pages: tuple[tuple[int, str], ...] = ()

    def metadata(self) -> dict[str, str]:
        """
        Return notes and page breaks as metadata.

        Returns
        -------
        dict of str to str
            ``notes`` and ``pages`` as JSON lists, left out where empty: ``[{"at": 120, "n": "1", "text": "..."}]`` and
            ``[{"at": 0, "page": "17"}]``.
        """
        answer: dict[str, str] = {}
        if self.notes:
            answer["notes"] = json.dumps(
                [{"at": at, "n": number, "text": words} for at, number, words in self.notes],
                ensure_ascii=False,
            )
        if self.pages:
            answer["pages"] = json.dumps(
                [{"at": at, "page": page} for at, page in self.pages], ensure_ascii=False
            )
        return answer


@dataclass(slots=True)
class _Writer:
    style: Style
    paragraphs: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    has_text: bool = False  # whether the paragraph has more than a label
    is_glued: bool = True  # whether the last token wants no space after it

    def flush(self) -> None:
        if not self.has_text and self.words and "".join(self.words).strip():
            self.words.append(" ")
            return
        self.end()

    def end(self) -> None:
        joined = _SPACE_AFTER_MARK.sub(r"\1", _SPACE_BEFORE_MARK.sub("", "".join(self.words)))
        lines = [
            collapse(each).replace(f" {_CELL} ", "\t").replace(_CELL, "\t") for each in joined.split("\x0b")
        ]
        if text := "\n".join(each for each in lines if each):
            self.paragraphs.append(text)
        self.words.clear()
        self.has_text, self.is_glued = False, True

    def say(self, text: str | None, *, is_label: bool = False) -> None:
        if text:
            self.words.append(text)
            self.has_text = self.has_text or (not is_label and bool(text.strip()))

    def mark(self, sign: str) -> None:
        self.words.append(sign)

    def visit(self, element: Any, is_label: bool = False) -> None:
        name = local_name(element)
        style = self.style
        if not name or name in style.dropped or _is_second_choice(element, name):
            return
        if name in style.notes:
            self.notes.append(
                (element.get("n") or element.get("marker") or "", collapse("".join(element.itertext())))
            )
            self.mark(_NOTE)
            return
        if name in style.tokens:
            self._token(element)
            return
        is_block = name in style.blocks
        if is_block:
            self.flush()
        self._before(element, name)
        is_label = is_label or name in style.labels
        self.say(element.text, is_label=is_label)
        for child in element:
            self.visit(child, is_label)
            if not (local_name(child) in style.tokens and not (child.tail or "").strip()):
                self.say(child.tail, is_label=is_label)
        if name in style.labels:
            self.words.append(" ")
        elif name in style.cells:
            self.words.append("\x0b" if element.getnext() is None else f" {_CELL} ")
        elif name in style.lines:
            self.words.append("\x0b")
        if is_block:
            self.flush()

    def _before(self, element: Any, name: str) -> None:
        if name in ("lb", "br", "eol"):
            self.words.append("" if element.get("break") == "no" else " ")
        elif name == "pb":
            self.pages.append(element.get("n") or "")
            self.mark(_PAGE)
        elif name == "gap":
            self.say(" […] " if not (element.text or "").strip() else None)
        elif name in self.style.sentences:
            self.words.append(" ")
            self.is_glued = True

    def _token(self, element: Any) -> None:
        joins = element.get("join") or ""
        if not (self.is_glued or joins in ("left", "both")):
            self.words.append(" ")
        self.say(collapse("".join(element.itertext())))
        self.is_glued = joins in ("right", "both")


def _is_second_choice(element: Any, name: str) -> bool:
    """Whether an editor gives a better reading beside this one (sic and corr, orig and reg, abbr and expan)."""
    parent = element.getparent()
    if name not in ("sic", "orig", "abbr") or parent is None or local_name(parent) != "choice":
        return False
    return any(local_name(each) in ("corr", "reg", "expan") for each in parent)


def read_blocks(elements: Iterable[Any], style: Style) -> Blocks:
    """
    Return the paragraphs of some elements, in order.

    Parameters
    ----------
    elements : iterable of lxml elements
        From a parser with bounded depth.
    style : Style
        The vocabulary.

    Returns
    -------
    Blocks
        White space collapsed as in XML; offsets of notes and pages are those of its text.
    """
    writer = _Writer(style)
    for element in elements:
        writer.visit(element)
        writer.end()
    marked = "\n\n".join(writer.paragraphs)
    return _place_marks(marked, writer.notes, writer.pages)


def _place_marks(marked: str, notes: list[tuple[str, str]], pages: list[str]) -> Blocks:
    pieces, last, length = list[str](), 0, 0
    placed, breaks = list[tuple[int, str, str]](), list[tuple[int, str]]()
    for match in _MARKS.finditer(marked):
        pieces.append(marked[last : match.start()])
        length += match.start() - last
        last = match.end()
        if match[0] == _NOTE:
            placed.append((length, *notes[len(placed)]))
        else:
            breaks.append((length, pages[len(breaks)]))
    text = "".join((*pieces, marked[last:]))
    return Blocks(text, tuple(placed), tuple(breaks))
