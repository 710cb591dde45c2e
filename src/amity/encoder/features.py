"""What the uncased encoder cannot see: case, issuers' and addressees' names, quotation marks, sentence starts."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from amity.encoder.tokenizer import Word, basic_words

FEATURES = (
    "lower",
    "title",
    "upper",
    "capital",
    "mixed",
    "digit",
    "mark",
    "foreign",
    "issuer",
    "addressee",
    "first",
    "quoted",
    "shouted",
    "glued",
    "early",
    "late",
)
"""One column each: case of the word, whose name it is part of, where it stands."""

_OPENING, _CLOSING = "“«„‟", "”»"
_LONGEST_QUOTATION = 400
_COLUMN = {name: place for place, name in enumerate(FEATURES)}


def word_features(text: str, words: Sequence[Word]) -> NDArray[np.float32]:
    """
    Return the features of a sentence's words that rest on the sentence alone.

    Parameters
    ----------
    text : str
        The sentence.
    words : sequence of Word
        Its words.

    Returns
    -------
    float32 array of shape (words, features)
        Of 0 and 1, in the order of `FEATURES`.
    """
    table = np.zeros((len(words), len(FEATURES)), dtype=np.float32)
    letters = [char for char in text if char.isalpha()]
    shouted = len(letters) > 8 and sum(char.isupper() for char in letters) > 0.8 * len(letters)
    for place, word in enumerate(words):
        form = text[word.start : word.end]
        table[place, _COLUMN[_case(form)]] = 1
        if not form.isascii():
            table[place, _COLUMN["foreign"]] = 1
    if len(words):
        table[0, _COLUMN["first"]] = 1
        table[: min(4, len(words)), _COLUMN["early"]] = 1
        table[max(0, len(words) - 4) :, _COLUMN["late"]] = 1
    if shouted:
        table[:, _COLUMN["shouted"]] = 1
    for place, (before, after) in enumerate(pairwise(words)):
        if before.end == after.start:
            table[place + 1, _COLUMN["glued"]] = 1
    return table


def _case(form: str) -> str:
    if form.isdigit():
        return "digit"
    if not any(char.isalpha() for char in form):
        return "mark"
    if form.islower() or form.casefold() == form:
        return "lower"
    if len(form) == 1:
        return "capital"
    if form.isupper():
        return "upper"
    return "title" if form[0].isupper() and form[1:].islower() else "mixed"


def mark_quotations(
    texts: Sequence[str], words: Sequence[Sequence[Word]], tables: Sequence[NDArray[np.float32]]
) -> None:
    """
    Set the ``quoted`` feature of every word inside quotation marks, across the sentences of a document.

    Parameters
    ----------
    texts : sequence of str
        Sentences of one document in order.
    words : sequence of sequence of Word
        Their words.
    tables : sequence of float32 array
        Their features; altered in place.

    Notes
    -----
    A quotation that is not closed ends after 400 words.
    """
    open_since = -1
    count = 0
    for text, listed, table in zip(texts, words, tables, strict=True):
        for place, word in enumerate(listed):
            count += 1
            form = text[word.start : word.end]
            if form in _OPENING or (form == '"' and open_since < 0):
                open_since = count
            elif form in _CLOSING or form == '"' or count - open_since > _LONGEST_QUOTATION:
                open_since = -1
            elif open_since >= 0:
                table[place, _COLUMN["quoted"]] = 1


class NameMarker:
    """
    Finds the names of issuers or addressees in sentences.

    Parameters
    ----------
    names : iterable of str
        Names and aliases.
    feature : {"issuer", "addressee"}
        The column to set.
    """

    def __init__(self, names: Iterable[str], feature: str) -> None:
        self._column = _COLUMN[feature]
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for name in dict.fromkeys(names):
            forms = tuple(form for form, _, _ in basic_words(name))
            if forms and forms[0] in ("the", "a", "an"):
                forms = forms[1:]
            if forms and any(form.isalnum() and len(form) > 1 for form in forms):
                self._by_first.setdefault(forms[0], []).append(forms)

    def mark(self, text: str, words: Sequence[Word], table: NDArray[np.float32]) -> None:
        """
        Set the feature of every word that belongs to one of the names.

        Parameters
        ----------
        text : str
            The sentence.
        words : sequence of Word
            Its words.
        table : float32 array of shape (words, features)
            Altered in place.
        """
        if not self._by_first:
            return
        forms = [form for form, _, _ in basic_words(text)]
        for place, form in enumerate(forms[: len(words)]):
            for name in self._by_first.get(form, ()):
                if tuple(forms[place : place + len(name)]) == name:
                    table[place : place + len(name), self._column] = 1
