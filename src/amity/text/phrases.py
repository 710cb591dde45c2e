"""Phrase tables: word lists that are looked up at a token in one step, whatever their length."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Generic, TypeVar

Payload = TypeVar("Payload")


class PhraseTable(Generic[Payload]):
    """
    Phrases with a payload each, found by their first word and then by the longest match.

    Parameters
    ----------
    entries : iterable of tuple
        A phrase as a sequence of words, and its payload. The first entry of a phrase wins.

    Notes
    -----
    Looking up one token costs as many comparisons as phrases share its word as their first, not as many as there are.
    """

    def __init__(self, entries: Iterable[tuple[Sequence[str], Payload]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], Payload]]] = {}
        seen: set[tuple[str, ...]] = set()
        for words, payload in entries:
            phrase = tuple(words)
            if not phrase or phrase in seen:
                continue
            seen.add(phrase)
            self._by_first.setdefault(phrase[0], []).append((phrase[1:], payload))
        for rests in self._by_first.values():
            rests.sort(key=lambda each: -len(each[0]))

    def match(self, words: Sequence[str], index: int) -> tuple[int, Payload] | None:
        """
        Return the longest phrase that begins at a token.

        Parameters
        ----------
        words : sequence of str
            Tokens, in the case that the table's phrases have.
        index : int
            Where the phrase must begin.

        Returns
        -------
        tuple or None
            End of the phrase (exclusive) and its payload; None where no phrase begins.
        """
        rests = self._by_first.get(words[index])
        if rests is None:
            return None
        for rest, payload in rests:
            end = index + 1 + len(rest)
            if not rest or tuple(words[index + 1 : end]) == rest:
                return end, payload
        return None

    def __contains__(self, word: str) -> bool:
        """Whether some phrase begins with `word`."""
        return word in self._by_first


def read_table(path: Path) -> Iterator[list[str]]:
    """
    Return the rows of a commented, tab-separated word list.

    Parameters
    ----------
    path : Path
        A UTF-8 file; lines that begin with ``#`` and empty lines are comments.

    Yields
    ------
    list of str
        The columns, stripped.
    """
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield [column.strip() for column in line.split("\t")]
