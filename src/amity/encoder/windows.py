"""Sentences packed into windows: one encoder pass a window, each sentence read with its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.encoder.features import FEATURES
from amity.encoder.tokenizer import Tokenizer, Word

LONGEST = 224
"""Word pieces in a window, with its first and last mark."""
CONTEXT = 64
"""A sentence of at most so many pieces is repeated as context before the window that follows it."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    A sentence, or a stretch of one that is too long for a window.

    Parameters
    ----------
    sentence : int
        Place of the sentence.
    start, end : int
        Its words, half-open.
    is_context : bool
        Whether it only stands there to be seen by the others.
    """

    sentence: int
    start: int
    end: int
    is_context: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """
    What goes through the encoder at once.

    Parameters
    ----------
    parts : tuple of Part
        In text order.
    ids : int64 array of shape (pieces,)
        With the first and last mark.
    features : float32 array of shape (pieces, features)
        Of each piece's word; zero at the marks.
    first, last : int64 array of shape (words,)
        First and last piece of each word.
    part : int64 array of shape (words,)
        The place in `parts` of each word's part.
    """

    parts: tuple[Part, ...]
    ids: NDArray[np.int64]
    features: NDArray[np.float32]
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    part: NDArray[np.int64]


def plan_windows(
    sizes: Sequence[Sequence[int]], *, longest: int = LONGEST, context: int = CONTEXT
) -> list[tuple[Part, ...]]:
    """
    Return how sentences are packed into windows.

    Parameters
    ----------
    sizes : sequence of sequence of int
        Pieces of every word of every sentence.
    longest : int
        Most pieces in a window.
    context : int
        Most pieces of a sentence that is repeated before the next window; 0 for none.

    Returns
    -------
    list of tuple of Part
        In text order; every word is in exactly one part that is no context.

    Notes
    -----
    Greedy: a window takes sentences until the next would not fit. A sentence that fits no window is cut between words.
    """
    room = longest - 2
    windows: list[tuple[Part, ...]] = []
    current: list[Part] = []
    used = 0
    for place, sizes_of in enumerate(sizes):
        for start, end, size in _stretches(sizes_of, room):
            if current and used + size > room:
                windows.append(tuple(current))
                before = current[-1]
                carried = sum(sizes[before.sentence][before.start : before.end])
                current, used = [], 0
                if carried <= context and carried + size <= room:
                    current = [Part(before.sentence, before.start, before.end, is_context=True)]
                    used = carried
            current.append(Part(place, start, end))
            used += size
    if any(not part.is_context for part in current):
        windows.append(tuple(current))
    return windows


def _stretches(sizes: Sequence[int], room: int) -> list[tuple[int, int, int]]:
    stretches: list[tuple[int, int, int]] = []
    start = used = 0
    for place, size in enumerate(sizes):
        if used + size > room and used:
            stretches.append((start, place, used))
            start, used = place, 0
        used += size
    if used:
        stretches.append((start, len(sizes), used))
    return stretches


def build_window(
    parts: tuple[Part, ...],
    words: Sequence[Sequence[Word]],
    features: Sequence[NDArray[np.float32]],
    tokenizer: Tokenizer,
    *,
    longest: int = LONGEST,
) -> Window:
    """
    Return the arrays of a planned window.

    Parameters
    ----------
    parts : tuple of Part
        From `plan_windows`.
    words : sequence of sequence of Word
        Words of every sentence.
    features : sequence of float32 array
        Features of every sentence's words.
    tokenizer : Tokenizer
        For the first and last mark.
    longest : int
        A single word of more pieces is cut, so that no window is longer.

    Returns
    -------
    Window
        Ready for the encoder.
    """
    ids: list[int] = [tokenizer.first]
    rows: list[NDArray[np.float32]] = [np.zeros((1, len(FEATURES)), dtype=np.float32)]
    first: list[int] = []
    last: list[int] = []
    part_of: list[int] = []
    for place, part in enumerate(parts):
        listed = words[part.sentence][part.start : part.end]
        sizes = []
        for word in listed:
            pieces = word.pieces[: longest - 2]
            first.append(len(ids))
            ids.extend(pieces)
            last.append(len(ids) - 1)
            sizes.append(len(pieces))
        part_of.extend([place] * len(listed))
        rows.append(np.repeat(features[part.sentence][part.start : part.end], sizes, axis=0))
    ids.append(tokenizer.last)
    rows.append(np.zeros((1, len(FEATURES)), dtype=np.float32))
    return Window(
        parts,
        np.array(ids, dtype=np.int64),
        np.concatenate(rows),
        np.array(first, dtype=np.int64),
        np.array(last, dtype=np.int64),
        np.array(part_of, dtype=np.int64),
    )
