"""Selections tied to a text again: offsets checked against the quoted words, other counts tried, words searched."""

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from amity.errors import SpanMismatch
from amity.formats.records import Problem
from amity.model import Document, Span
from amity.text.offsets import OffsetMap

How = Literal["as given", "utf-16", "utf-8", "line ends", "moved", "lost"]

_LONGEST_SEARCH = 4000


@dataclass(frozen=True, slots=True)
class Anchored:
    """
    Where a selection stands.

    Parameters
    ----------
    span : Span or None
        The words; None where they are not found.
    how : str
        ``as given``; ``utf-16``, ``utf-8``, ``line ends`` where the offsets were counted another way; ``moved`` where
        the words were found elsewhere; ``lost``.
    """

    span: Span | None
    how: How


class Anchors:
    """
    A text in which selections are looked up.

    Parameters
    ----------
    document : Document
        The text.
    """

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def _offsets(self) -> OffsetMap:
        return OffsetMap(self.document.text)

    def find(
        self, start: int | None, end: int | None, quote: str = "", *, prefix: str = "", suffix: str = ""
    ) -> Anchored:
        """
        Return where a selection stands in the text.

        Parameters
        ----------
        start, end : int or None
            Offsets as the file has them.
        quote : str
            The selected words as the file has them; empty where it has none.
        prefix, suffix : str
            Words before and after, to tell repeated quotes apart.

        Returns
        -------
        Anchored
            Offsets in code points are tried first; then, with a quote, UTF-16 units, bytes, and either count of line
            ends; then the quote is searched: among several places the one with most of `prefix` and `suffix`, then
            the nearest, is taken. Without a quote, only offsets inside the text are accepted.
        """
        text = self.document.text
        if start is not None and end is not None and 0 <= start < end:
            if end <= len(text) and (not quote or text[start:end] == quote):
                return Anchored(self.document.span(start, end), "as given")
            if quote:
                for how in ("utf-16", "utf-8", "line ends"):
                    found = self._counted(how, start, end, quote)
                    if found is not None:
                        return Anchored(found, how)
        span = self._search(quote, start, prefix, suffix) if quote else None
        return Anchored(span, "moved" if span is not None else "lost")

    def _counted(self, how: str, start: int, end: int, quote: str) -> Span | None:
        for a, b in self._readings(how, start, end):
            if 0 <= a < b <= len(self.document.text) and _same(self.document.text[a:b], quote):
                return self.document.span(a, b)
        return None

    def _readings(self, how: str, start: int, end: int) -> list[tuple[int, int]]:
        try:
            if how == "utf-16":
                a, b = self._offsets.from_utf16([start, end])
                return [(a, b)]
            if how == "utf-8":
                a, b = self._offsets.from_utf8([start, end])
                return [(a, b)]
        except SpanMismatch:
            return []
        return [
            (self._wider(start), self._wider(end)),
            (self._narrower(start), self._narrower(end)),
        ]

    def _wider(self, offset: int) -> int:
        """An offset that counted each CR LF of the text once, as one that counts both."""
        # the k-th pair stands at pairs[k] in the text and at pairs[k] - k in the narrower count
        return offset + bisect_left(self._narrow_pairs, offset)

    @cached_property
    def _narrow_pairs(self) -> list[int]:
        return [
            match.start() - number for number, match in enumerate(re.finditer("\r\n", self.document.text))
        ]

    @cached_property
    def _wide_feeds(self) -> list[int]:
        return [match.start() + number for number, match in enumerate(re.finditer("\n", self.document.text))]

    def _narrower(self, offset: int) -> int:
        """An offset that counted a CR before each LF where the text has none, as one that does not."""
        return offset - bisect_left(self._wide_feeds, offset)

    def _search(self, quote: str, start: int | None, prefix: str, suffix: str) -> Span | None:
        if len(quote) > _LONGEST_SEARCH and quote not in self.document.text:
            return None
        text = self.document.text
        places = [match.span() for match in re.finditer(re.escape(quote), text)]
        if not places and quote.split():
            flexible = r"\s+".join(map(re.escape, quote.split()))
            places = [match.span() for match in re.finditer(flexible, text)]
        if not places:
            return None

        def rank(place: tuple[int, int]) -> tuple[int, int]:
            before, after = text[: place[0]], text[place[1] : place[1] + len(suffix)]
            context = _shared_end(before[-len(prefix) :] if prefix else "", prefix) + _shared_start(
                after, suffix
            )
            return -context, abs(place[0] - start) if start is not None else 0

        best = min(places, key=rank)
        return self.document.span(*best)


def _same(found: str, quote: str) -> bool:
    return found == quote or found.replace("\r\n", "\n") == quote.replace("\r\n", "\n")


def _shared_end(a: str, b: str) -> int:
    count = 0
    for x, y in zip(reversed(a), reversed(b), strict=False):
        if x != y:
            break
        count += 1
    return count


def _shared_start(a: str, b: str) -> int:
    count = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        count += 1
    return count


def anchor_problem(anchored: Anchored, place: str, quote: str = "") -> Problem | None:
    """
    Return what is to be listed about a selection that did not stand where its file said.

    Parameters
    ----------
    anchored : Anchored
        Where it was found.
    place : str
        Where in the file.
    quote : str
        The selected words.

    Returns
    -------
    Problem or None
        None where it stood as given.
    """
    shown = f" {quote[:60]!r}" if quote else ""
    if anchored.how == "as given":
        return None
    if anchored.how == "lost":
        return Problem(place, f"the words{shown} are not in the text at these offsets", "kept without anchor")
    if anchored.how == "moved":
        return Problem(
            place, f"the words{shown} stand elsewhere in the text than the offsets say", "repaired"
        )
    return Problem(place, f"offsets of{shown} are counted in {anchored.how}", "repaired")
