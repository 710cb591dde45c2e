"""Pages of printed lines as running text: page furniture dropped, paragraphs and hyphenated words joined."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

_PAGE_NUMBER = re.compile(
    r"[\W_]*(?:(?:page|p\.|seite|página|стр\.?)\s*)?(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:/|of|de|von|из)\s*\d{1,4})?[\W_]*\Z",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_HYPHENS = ("-", "\u00ad", "\x02", "\ufffe", "¬", "‐")
_SOFT_HYPHENS = ("\x02", "\ufffe", "\u00ad", "¬")
_KEEP_HYPHEN = frozenset("non self ex vice all anti pro pre post semi inter so-called".split())
_ITEM = re.compile(r"(?:\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]|[•–—*-])\s+\S")
_SENTENCE_END = re.compile(r"[.!?:;][\"'’”»)\]]*\Z")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_EDGE_LINES = 4


@dataclass(frozen=True, slots=True)
class Line:
    """
    One printed line.

    Parameters
    ----------
    text : str
        Its words.
    left, right, top, bottom : float
        Its box; `top` is less than `bottom` (down the page).
    paragraph : int
        Number of its paragraph where the recognition gives one; -1 where the layout must tell.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    paragraph: int = -1


@dataclass(frozen=True, slots=True)
class Page:
    """
    The lines of a page, in reading order.

    Parameters
    ----------
    number : int
        From 1.
    lines : tuple of Line
        As read.
    """

    number: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Running:
    """
    Running text and where its pages begin.

    Parameters
    ----------
    text : str
        Paragraphs parted by a blank line.
    pages : tuple of (int, str)
        Offset in `text` and number of each page that has words.
    furniture : tuple of str
        Running heads and page numbers that were dropped, each once.
    """

    text: str
    pages: tuple[tuple[int, str], ...]
    furniture: tuple[str, ...]


def running_text(pages: Sequence[Page]) -> Running:
    """
    Return printed pages as running text.

    Parameters
    ----------
    pages : sequence of Page
        In order.

    Returns
    -------
    Running
        Empty for pages without words.

    Notes
    -----
    Furniture is a line among the first or last four of its page that recurs at the same height, numbers aside, on at least three pages and a
    third of all, or a bare page number at the very edge. A paragraph ends before a wider gap, an indented line or a numbered item, and after
    a short line that ends a sentence. A hyphen at a line's end is dropped before a small letter unless the document writes the word with it
    elsewhere.
    """
    kept, furniture = _without_furniture(pages)
    vocabulary = Counter(
        word.lower() for page in kept for line in page.lines for word in _WORD.findall(line.text)
    )
    paragraphs: list[list[tuple[Line, int]]] = []
    previous: tuple[Line, int] | None = None
    for page in kept:
        shape = _Shape(page.lines)
        for line in page.lines:
            if previous is None or _begins(line, page.number, previous, shape):
                paragraphs.append([])
            paragraphs[-1].append((line, page.number))
            previous = (line, page.number)
    texts, length = list[str](), 0
    breaks, seen = list[tuple[int, str]](), set[int]()
    for paragraph in paragraphs:
        start = length
        joined, places = _join(paragraph, vocabulary)
        texts.append(joined)
        length += len(joined) + 2
        for at, number in places:
            if number not in seen:
                seen.add(number)
                breaks.append((start + at, str(number)))
    return Running("\n\n".join(texts), tuple(breaks), furniture)


class _Shape:
    """What is usual on a page: where lines begin and end, how far they are apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        lefts = Counter(round(each.left / 3) for each in lines if len(each.text) > 20)
        self.left = (
            min((left for left, number in lefts.items() if number > 1), default=min(lefts, default=0)) * 3.0
        )
        rights = sorted(each.right for each in lines)
        self.right = rights[int(len(rights) * 0.8)] if rights else 0.0
        self.height = median([each.bottom - each.top for each in lines]) if lines else 0.0
        steps = [after.top - before.top for before, after in pairwise(lines) if after.top > before.top]
        self.step = median(steps) if steps else 0.0


def _begins(line: Line, page: int, previous: tuple[Line, int], shape: _Shape) -> bool:
    """Whether a line begins a paragraph."""
    before, page_before = previous
    ends = _SENTENCE_END.search(before.text) is not None
    if page != page_before:
        return (
            (ends and not line.text[:1].islower())
            or _is_heading(before)
            or _ITEM.match(line.text) is not None
        )
    if line.paragraph >= 0:
        return line.paragraph != before.paragraph and (ends or not line.text[:1].islower())
    step = line.top - before.top
    if step < 0 or (shape.step and step > 1.4 * shape.step):
        return True
    if _ITEM.match(line.text) and (ends or not line.text[:1].islower()):
        return True
    is_indented = (
        line.left > shape.left + 0.8 * shape.height and before.left <= shape.left + 0.5 * shape.height
    )
    width = shape.right - shape.left
    is_short = before.right < shape.right - 0.15 * width
    if before.right < shape.right - 0.35 * width and line.text[:1].isupper():
        return True  # "The Assembly," before the first paragraph of its preamble
    return (is_indented and (ends or is_short)) or (is_short and (ends or _is_heading(before)))


def _is_heading(line: Line) -> bool:
    return line.text.isupper() and len(line.text) > 3 and line.text[-1] not in ",;-"


def _without_furniture(pages: Sequence[Page]) -> tuple[list[Page], tuple[str, ...]]:
    heights: dict[str, list[float]] = {}
    for page in pages:
        for each in {_key(each.text): each for each in _edges(page)}.values():
            heights.setdefault(_key(each.text), []).append(each.top)
    enough = max(3, (len(pages) + 2) // 3)
    near = 0.03 * max((line.bottom for page in pages for line in page.lines), default=0.0)
    kept, dropped = list[Page](), dict[str, None]()
    for page in pages:
        edges = set(_edges(page))
        outermost = {page.lines[0], page.lines[-1]} if page.lines else set[Line]()
        lines = list[Line]()
        for line in page.lines:
            same = (
                sum(abs(top - line.top) <= near for top in heights.get(_key(line.text), ()))
                if line in edges
                else 0
            )
            is_number = (
                line in outermost and len(page.lines) > 1 and _PAGE_NUMBER.match(line.text) is not None
            )
            if same >= enough or is_number:
                dropped[line.text] = None
            else:
                lines.append(line)
        if lines:
            kept.append(Page(page.number, tuple(lines)))
    return kept, tuple(dropped)


def _edges(page: Page) -> Iterable[Line]:
    return (*page.lines[:_EDGE_LINES], *page.lines[_EDGE_LINES:][-_EDGE_LINES:])


def _key(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text).split()).lower()


def _join(paragraph: list[tuple[Line, int]], vocabulary: Counter[str]) -> tuple[str, list[tuple[int, int]]]:
    pieces, length, places = list[str](), 0, list[tuple[int, int]]()
    for line, page in paragraph:
        words = " ".join(line.text.split())
        if pieces and pieces[-1].endswith(_HYPHENS) and words:
            last = pieces[-1]
            stem = last.rstrip("".join(_HYPHENS))
            pieces[-1] = stem + _hyphen(stem, words, vocabulary, is_soft=last[-1] in _SOFT_HYPHENS)
            length += len(pieces[-1]) - len(last)
        elif pieces:
            pieces.append(" ")
            length += 1
        places.append((length, page))
        pieces.append(words)
        length += len(words)
    return "".join(pieces), places


def _hyphen(stem: str, following: str, vocabulary: Counter[str], *, is_soft: bool) -> str:
    first, second = re.search(r"[^\W_]+\Z", stem), re.match(r"[^\W_]+", following)
    if first is None or second is None or not second[0][0].islower():
        return "-"
    whole, parted = (first[0] + second[0]).lower(), f"{first[0]}-{second[0]}".lower()
    if vocabulary[parted] > vocabulary[whole]:
        return "-"
    return "-" if not is_soft and not vocabulary[whole] and first[0].lower() in _KEEP_HYPHEN else ""
