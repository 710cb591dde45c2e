"""Quoted words → the stretch of the text that holds them: exactly, or but for white space and typographic signs."""

import re
from functools import lru_cache

_SIGNS = {
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4`", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\u2026": "...",
    "\ufb01": "fi",
    "\ufb02": "fl",
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_WORD = re.compile(r"\w")


def find_words(text: str, quote: str, start: int = 0, end: int | None = None) -> tuple[int, int] | None:
    """
    Return where quoted words stand.

    Parameters
    ----------
    text : str
        The document's text.
    quote : str
        Words that it should hold.
    start, end : int or None
        Where to look.

    Returns
    -------
    tuple of int or None
        Start and end in `text`, of whole words; None where the text does not hold them.

    Notes
    -----
    The exact words go first. Else white space of any length counts as one space, and typographic quotation marks, dashes and
    ellipses as their plain forms. Letters, case and punctuation must be the text's: a paraphrase is never found.
    """
    end = len(text) if end is None else end
    wanted = quote.strip()
    if not _WORD.search(wanted):
        return None
    found = _whole(text[start:end], wanted)
    if found is not None:
        return start + found, start + found + len(wanted)
    plain, places = _plain(text[start:end])
    folded = _plain(wanted)[0].strip()
    found = _whole(plain, folded) if folded else None
    if found is None:
        return None
    return start + places[found], start + places[found + len(folded) - 1] + 1


def _whole(text: str, wanted: str) -> int | None:
    """The first place where the words stand by themselves, not inside others."""
    at = text.find(wanted)
    while at >= 0:
        after = at + len(wanted)
        opens = at == 0 or not (text[at - 1].isalnum() and wanted[0].isalnum())
        closes = after >= len(text) or not (text[after].isalnum() and wanted[-1].isalnum())
        if opens and closes:
            return at
        at = text.find(wanted, at + 1)
    return None


@lru_cache(maxsize=64)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with one space for all white space and plain signs, and where each of its characters comes from."""
    characters: list[str] = []
    places: list[int] = []
    for at, each in enumerate(text):
        if each.isspace():
            if characters and characters[-1] == " ":
                continue
            shown = " "
        else:
            shown = _SIGNS.get(each, each)
        for one in shown:
            characters.append(one)
            places.append(at)
    return "".join(characters), tuple(places)
