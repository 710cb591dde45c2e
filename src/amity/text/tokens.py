"""Words and punctuation with exact offsets."""

import re

_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}"  # U.S., U.S.S.R.
    r"|[^\W\d_]+(?:[’'\-‐‑][^\W\d_]+)*"  # words, with inner hyphens and apostrophes
    r"|\d+(?:[.,:/]\d+)*"  # numbers, dates, document symbols
    r"|\S"
)
_POSSESSIVE = ("'s", "’s", "'S", "’S")


def tokenize(text: str) -> list[tuple[int, int]]:
    """
    Return the tokens of a text as offsets.

    A possessive ``'s`` is a token of its own; a hyphenated word is one token; every other mark is one token.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of tuple of int
        Start and end of each token in code points, in order, without overlap; white space belongs to none.

    Notes
    -----
    Linear in the length of `text`. The empty text has no tokens.

    Examples
    --------
    >>> words = "The U.S. League's pro-peace stand."
    >>> [words[start:end] for start, end in tokenize(words)]
    ['The', 'U.S.', 'League', "'s", 'pro-peace', 'stand', '.']
    """
    spans: list[tuple[int, int]] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start > 2 and text[end - 2 : end] in _POSSESSIVE:
            spans.append((start, end - 2))
            spans.append((end - 2, end))
        else:
            spans.append((start, end))
    return spans
