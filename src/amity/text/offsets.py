"""Offsets in code points, UTF-16 units and UTF-8 bytes, converted many at a time."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from amity.errors import SpanMismatch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    _Integers = NDArray[Any]


class OffsetMap:
    """
    A text's offsets in code points, UTF-16 units and UTF-8 bytes.

    Parameters
    ----------
    text : str
        The text; a lone surrogate counts as one unit and three bytes.

    Notes
    -----
    Code points are what amity stores; browsers, UIMA and Java count UTF-16 units, files count bytes. Building takes
    one pass over the text, and every conversion one look-up an offset; pure ASCII needs neither.

    Examples
    --------
    >>> offsets = OffsetMap("a\N{GRINNING FACE}é")
    >>> offsets.to_utf16([0, 1, 2, 3])
    [0, 1, 3, 4]
    >>> offsets.from_utf8([1, 5, 7])
    [1, 2, 3]
    """

    def __init__(self, text: str) -> None:
        self._length = len(text)
        self._text = text
        self._is_ascii = text.isascii()
        self._starts: dict[str, _Integers] = {}

    def to_utf16(self, offsets: Iterable[int]) -> list[int]:
        """
        Return the offsets counted in UTF-16 units.

        Parameters
        ----------
        offsets : iterable of int
            Code points, from 0 to the length of the text, in any order.

        Returns
        -------
        list of int
            In the order given.

        Raises
        ------
        SpanMismatch
            If an offset lies outside the text.
        """
        return self._forward("utf-16", offsets)

    def to_utf8(self, offsets: Iterable[int]) -> list[int]:
        """
        Return the offsets counted in bytes of UTF-8.

        Parameters
        ----------
        offsets : iterable of int
            Code points, from 0 to the length of the text, in any order.

        Returns
        -------
        list of int
            In the order given.

        Raises
        ------
        SpanMismatch
            If an offset lies outside the text.
        """
        return self._forward("utf-8", offsets)

    def from_utf16(self, offsets: Iterable[int]) -> list[int]:
        """
        Return offsets in UTF-16 units as code points.

        Parameters
        ----------
        offsets : iterable of int
            UTF-16 units, in any order.

        Returns
        -------
        list of int
            In the order given.

        Raises
        ------
        SpanMismatch
            If an offset lies outside the text or inside a surrogate pair.
        """
        return self._backward("utf-16", offsets)

    def from_utf8(self, offsets: Iterable[int]) -> list[int]:
        """
        Return offsets in bytes of UTF-8 as code points.

        Parameters
        ----------
        offsets : iterable of int
            Bytes, in any order.

        Returns
        -------
        list of int
            In the order given.

        Raises
        ------
        SpanMismatch
            If an offset lies outside the text or inside a character.
        """
        return self._backward("utf-8", offsets)

    def _forward(self, unit: str, offsets: Iterable[int]) -> list[int]:
        given = list(offsets)
        self._check_range(given, self._length, "code points")
        if self._is_ascii or not given:
            return given
        import numpy as np

        answer: list[int] = self._start_of_each(unit)[np.asarray(given, dtype=np.int64)].tolist()
        return answer

    def _backward(self, unit: str, offsets: Iterable[int]) -> list[int]:
        given = list(offsets)
        if self._is_ascii or not given:
            self._check_range(given, self._length, unit)
            return given
        import numpy as np

        starts = self._start_of_each(unit)
        self._check_range(given, int(starts[-1]), unit)
        wanted = np.asarray(given, dtype=np.int64)
        found = np.searchsorted(starts, wanted)
        if (inside := np.flatnonzero(starts[found] != wanted)).size:
            raise SpanMismatch(
                f"{unit} offset {given[int(inside[0])]} falls inside a character; offsets must fall between characters"
            )
        answer: list[int] = found.tolist()
        return answer

    @staticmethod
    def _check_range(given: Sequence[int], end: int, unit: str) -> None:
        if given and not (min(given) >= 0 and max(given) <= end):
            wrong = next(each for each in given if not 0 <= each <= end)
            raise SpanMismatch(f"offset {wrong} is outside the text, which has {end} {unit}")

    def _start_of_each(self, unit: str) -> "_Integers":
        if unit not in self._starts:
            import numpy as np

            points = np.frombuffer(self._text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
            widths = 1 + (points > 0xFFFF).astype(np.int64)
            if unit == "utf-8":
                widths += (points > 0x7F).astype(np.int64) + (points > 0x7FF)
            self._starts[unit] = np.concatenate(([0], np.cumsum(widths)))
        return self._starts[unit]
