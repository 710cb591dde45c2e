"""WordPiece in pure Python, with the exact code points of every word."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from amity.errors import ModelUnavailable

LONGEST_WORD = 100
"""A word of more characters becomes one unknown piece, as in the tokenizer that the encoder was trained with."""

_ASCII_WORD = re.compile(r"[A-Za-z0-9]+|[!-/:-@\[-`{-~]")
_ASCII_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CJK = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B920, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)


@dataclass(frozen=True, slots=True)
class Word:
    """
    One word or one mark of punctuation, as the encoder sees it.

    Parameters
    ----------
    start, end : int
        Code points of the text, half-open.
    pieces : tuple of int
        Ids of its word pieces; at least one.
    """

    start: int
    end: int
    pieces: tuple[int, ...]


class Tokenizer:
    """
    The encoder's word pieces: lower case, accents stripped, punctuation apart.

    Parameters
    ----------
    vocabulary : list of str
        One piece a line of the vocabulary file; the place is the id.
    """

    def __init__(self, vocabulary: list[str]) -> None:
        self._ids = {piece: place for place, piece in enumerate(vocabulary)}
        self.unknown = self._ids["[UNK]"]
        self.first = self._ids["[CLS]"]
        self.last = self._ids["[SEP]"]
        self._pieces = lru_cache(maxsize=65_536)(self._find_pieces)

    def words(self, text: str) -> list[Word]:
        """
        Return the words and marks of a text with their pieces.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        list of Word
            In order; white space, control characters and what the encoder's normaliser drops belong to none.

        Notes
        -----
        Follows the BERT normaliser and pre-tokeniser character by character. A combining mark that is stripped
        belongs to the word before it.
        """
        return [Word(start, end, self._pieces(form)) for form, start, end in basic_words(text)]

    def _find_pieces(self, word: str) -> tuple[int, ...]:
        if len(word) > LONGEST_WORD:
            return (self.unknown,)
        pieces: list[int] = []
        start = 0
        while start < len(word):
            prefix = "##" if start else ""
            for end in range(len(word), start, -1):
                found = self._ids.get(prefix + word[start:end])
                if found is not None:
                    pieces.append(found)
                    start = end
                    break
            else:
                return (self.unknown,)
        return tuple(pieces)


def load_tokenizer() -> Tokenizer:
    """
    Return the tokenizer of the shipped vocabulary.

    Returns
    -------
    Tokenizer
        A new one; its word cache is its own.

    Raises
    ------
    ModelUnavailable
        If the vocabulary is not in this installation.
    """
    path = files("amity.encoder") / "model" / "vocab.txt"
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ModelUnavailable(
            f"the reader's vocabulary cannot be read ({error}); reinstall amity from a complete wheel"
        ) from error
    return Tokenizer([line.rstrip("\r") for line in lines if line])


def basic_words(text: str) -> list[tuple[str, int, int]]:
    """
    Return the normalised words and marks of a text with their offsets.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (str, int, int)
        Normalised form, start and end in code points of `text`.
    """
    if text.isascii() and not _ASCII_CONTROL.search(text):
        return [(match[0].lower(), match.start(), match.end()) for match in _ASCII_WORD.finditer(text)]
    found: list[tuple[str, int, int]] = []
    form: list[str] = []
    start = end = 0
    for place, char in enumerate(text):
        kind, normal = _normalised(char)
        if kind == "drop":
            if form and unicodedata.category(char) == "Mn":
                end = place + 1
            continue
        if kind != "letter" and form:
            found.append(("".join(form), start, end))
            form.clear()
        if kind == "mark":
            found.append((normal, place, place + 1))
        elif kind == "letter":
            if not form:
                start = place
            form.append(normal)
            end = place + 1
    if form:
        found.append(("".join(form), start, end))
    return found


@lru_cache(maxsize=8_192)
def _normalised(char: str) -> tuple[str, str]:
    """Return what a character is to the pre-tokeniser (letter, mark, space, drop) and its normalised form."""
    if char in "\t\n\r":
        return "space", " "
    category = unicodedata.category(char)
    if category in ("Cc", "Cf", "Co", "Cs") or char == "\ufffd":
        return "drop", ""
    if char.isspace():
        return "space", " "
    plain = "".join(each for each in unicodedata.normalize("NFD", char) if unicodedata.category(each) != "Mn")
    if not plain:
        return "drop", ""
    lowered = "".join(each.lower() for each in plain)
    if _is_cjk(ord(char)) or (len(plain) == 1 and _is_punctuation(plain)):
        return "mark", lowered
    return "letter", lowered


def _is_punctuation(char: str) -> bool:
    return (char.isascii() and not char.isalnum()) or unicodedata.category(char).startswith("P")


def _is_cjk(code: int) -> bool:
    return any(low <= code <= high for low, high in _CJK)
