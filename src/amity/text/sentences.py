"""Sentences of official prose: numbered paragraphs, semicolon chains, hard-wrapped lines, abbreviations."""

import re
from statistics import median

LONGEST = 4000
"""No sentence is longer than this many characters; longer stretches are cut at a space where there is one."""

_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos art arts para paras pp p vol vols sec secs ch gen col lt capt maj sgt adm gov sen rep "
    "hon rev messrs mme mlle jr sr inc ltd co corp etc cf viz vs ibid op cit ed eds fig ref refs doc docs res add corr rev "
    "jan feb mar apr jun jul aug sept sep oct nov dec approx dept univ brig cmdr amb ex excy h.e i.e e.g esq ave inst ult "
    "supp suppl amdt secy govt min pres".split()
)
_STARTERS = frozenset(
    "the we it in this that these those our he she they i there as at on for but and if when while a an no all".split()
)
_MARKER = r"(?:\(?(?:\d{1,3}|[a-z]|[ivxlc]{1,5})[.)]|[-–—•*·])[ \t]"
_CANDIDATE = re.compile(
    r"\n[ \t]*(?:\n\s*)+"  # an empty line
    r"|\n"
    r"|(?<![.!?…])[.!?…]++[\"'”’»)\]]*+(?=\s)"
    r"|[;:](?=\s)"
)
_LINE_START = re.compile(_MARKER)
_NUMBERED = re.compile(
    r"(?:^|\n|; ?|: ?)\s{0,8}(?:\d{1,3}|[A-Za-z]|[IVXLC]{1,5}|[ivxlc]{1,5})\.$|[.!?][”\"’)]? {1,3}\d{1,3}\.$"
)
_OPERATIVE = re.compile(
    r"\s+(?:(?:\(?(?:\d{1,3}|[a-z])[.)]|[-–—•])\s+)?[A-Z][a-z-]+(?:s|ing|ed|ful|ware|vinced)\b"
)
_LAST_WORD = re.compile(r"[\w.]+$")


def split_sentences(text: str) -> list[tuple[int, int]]:
    """
    Return the sentences of a text as offsets.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of tuple of int
        Start and end of each sentence in code points, in order, without overlap and without outer white space.
        Every character that is not white space lies in exactly one sentence.

    Notes
    -----
    An empty line ends a sentence unless the text runs on in lower case. A single line break ends one in text that is not
    hard-wrapped, and in wrapped text before a list marker, after a heading in capitals, and after a stop. A semicolon or
    colon ends one only before a new line, a number or a capitalised clause word (*Condemns*, *Recalling*). No sentence is
    longer than `LONGEST` characters. Linear in the length of `text`.

    Examples
    --------
    >>> words = "Mr. Orr met the U.S. envoy. 1. Condemns the raid; 2. Urges calm."
    >>> [words[start:end] for start, end in split_sentences(words)]
    ['Mr. Orr met the U.S. envoy.', '1. Condemns the raid;', '2. Urges calm.']
    """
    wrapped = _is_wrapped(text)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in _CANDIDATE.finditer(text):
        if match.start() < start:
            continue
        if _is_boundary(text, match, wrapped):
            _append(spans, text, start, match.end())
            start = match.end()
    _append(spans, text, start, len(text))
    return spans


def _append(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    """Add a stretch without its outer white space, in pieces where it is too long."""
    while start < end:
        stop = end
        if end - start > LONGEST:
            stop = start + LONGEST
            space = text.rfind(" ", start + LONGEST // 2, stop)
            stop = space if space > 0 else stop
        piece = text[start:stop]
        left = len(piece) - len(piece.lstrip())
        right = len(piece.rstrip())
        if right > left:
            spans.append((start + left, start + right))
        start = stop


def _is_wrapped(text: str) -> bool:
    """Whether single line breaks are the typesetter's: most lines about as long as each other, few longer than a page is wide."""
    lengths = [len(line) for line in text[:60_000].split("\n") if line.strip()]
    if len(lengths) < 4:
        return False
    lengths.sort()
    longest = lengths[int(len(lengths) * 0.95)]
    return longest <= 120 and median(lengths) >= 0.5 * longest and longest >= 30


def _is_boundary(text: str, match: re.Match[str], wrapped: bool) -> bool:
    """Decide one candidate by what stands before and after it."""
    mark, after = match[0], text[match.end() : match.end() + 80]
    if mark[0] == "\n":
        return _is_line_boundary(text, match.start(), after, wrapped, empty=len(mark) > 1)
    if mark[0] in ";:":
        return bool(_OPERATIVE.match(after)) and (
            mark[0] == ";" or "\n" in after[: len(after) - len(after.lstrip())]
        )
    return _is_stop(text, match, after)


def _is_line_boundary(text: str, at: int, after: str, wrapped: bool, *, empty: bool) -> bool:
    before = text[max(0, at - 200) : at].rstrip()
    following = after.lstrip()
    if not before or not following:
        return True
    if empty:
        return not (
            following[0].islower() and before[-1] not in '.!?:;”"' and not _LINE_START.match(following)
        )
    if _LINE_START.match(following) or before[-1] in ";:.!?":
        return before[-1] not in "." or not _is_abbreviation(before[:-1])
    line = before.rsplit("\n", 1)[-1].strip()
    if line.isupper() and len(line) > 3:
        return not following[:20].isupper() or not wrapped
    if not wrapped:
        return not (following[0].islower() and before[-1].isalnum())
    return len(line) < 40 and following[0].isupper() and before[-1] == ","


def _is_stop(text: str, match: re.Match[str], after: str) -> bool:
    following = after.lstrip()
    if not following:
        return True
    mark = match[0]
    first = following[0]
    if first.islower():
        return False
    if mark[0] != "." or (len(mark) > 1 and mark[1] == "."):
        return not following[:1].islower()
    before = text[max(0, match.start() - 24) : match.start()]
    if _NUMBERED.search(text[max(0, match.start() - 14) : match.start() + 1]) or (
        match.start() < 5 and before.strip().isdigit()
    ):
        return False
    if len(mark) > 1 or not _is_abbreviation(before):
        return True
    word = _LAST_WORD.search(before)
    dotted = word is not None and "." in word[0] and len(word[0]) > 1
    next_word = re.match(r"\w+", following)
    return dotted and next_word is not None and next_word[0].lower() in _STARTERS


def _is_abbreviation(before: str) -> bool:
    """Whether the word at the end of `before` takes a full stop without ending a sentence."""
    word = _LAST_WORD.search(before)
    if word is None:
        return False
    letters = word[0].lower().strip(".")
    if len(letters) == 1 and letters.isalpha():
        return word[0].isupper()
    return letters in _ABBREVIATIONS or (
        "." in word[0].strip(".") and not any(each.isdigit() for each in letters)
    )
