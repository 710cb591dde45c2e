"""Training examples: one window of words with whatever its source supervises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from amity.encoder.features import NameMarker, mark_quotations, word_features
from amity.encoder.labels import SPAN_LABELS
from amity.encoder.tokenizer import Tokenizer
from amity.encoder.windows import LONGEST, Window, build_window, plan_windows

IGNORE = -1


@dataclass(slots=True)
class MentionTarget:
    """Words of a window that stand for an actor of its document."""

    start: int
    end: int
    actor: str
    form: str


@dataclass(slots=True)
class CueTarget:
    """What is known about one cue; actors by id, word ranges inclusive."""

    start: int
    end: int
    act: int
    strength: int
    status: int
    voice: int
    agreement: int
    holders: dict[str, str]
    targets: dict[str, int]
    evidence: tuple[int, int] | None
    concept: tuple[int, int] | None
    has_concept: bool


@dataclass(slots=True)
class Example:
    """
    One window and its supervision.

    Parameters
    ----------
    source : str
        Where it comes from.
    document : str
        Id of its document.
    window : Window
        What the encoder reads.
    offsets : list of tuple of int
        Document code points of every word.
    supervised : frozenset of int
        The span labels that are completely annotated here.
    spans : list of tuple of int
        First word, last word (inclusive), label.
    """

    source: str
    document: str
    window: Window
    offsets: list[tuple[int, int]]
    supervised: frozenset[int] = frozenset()
    spans: list[tuple[int, int, int]] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    mentions: list[MentionTarget] = field(default_factory=list)
    cues: list[CueTarget] = field(default_factory=list)
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    arcs: NDArray[np.int64] | None = None
    relations: NDArray[np.int64] | None = None
    pair: tuple[tuple[int, int], tuple[int, int], int] | None = None

    def words_of(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last word that a stretch of the document touches, or None."""
        touched = [place for place, (left, right) in enumerate(self.offsets) if left < end and start < right]
        return (touched[0], touched[-1]) if touched else None


def build_examples(
    tokenizer: Tokenizer,
    source: str,
    document: str,
    sentences: Sequence[tuple[int, str]],
    *,
    issuers: Iterable[str] = (),
    addressees: Iterable[str] = (),
    labels: Iterable[str] = (),
    longest: int = LONGEST,
) -> list[Example]:
    """
    Return the windows of one document without targets yet.

    Parameters
    ----------
    tokenizer : Tokenizer
        The encoder's.
    source, document : str
        Names for the record.
    sentences : sequence of (int, str)
        Offset in the document and words of each sentence.
    issuers, addressees : iterable of str
        Names and aliases, for the features.
    labels : iterable of str
        Span labels that the source annotates completely.
    longest : int
        Word pieces in a window.

    Returns
    -------
    list of Example
        In text order.
    """
    texts = [text for _, text in sentences]
    words = [tokenizer.words(text) for text in texts]
    tables = [word_features(text, listed) for text, listed in zip(texts, words, strict=True)]
    mark_quotations(texts, words, tables)
    for names, feature in ((issuers, "issuer"), (addressees, "addressee")):
        marker = NameMarker(names, feature)
        for text, listed, table in zip(texts, words, tables, strict=True):
            marker.mark(text, listed, table)
    supervised = frozenset(SPAN_LABELS.index(label) for label in labels)
    found = []
    for parts in plan_windows([[len(word.pieces) for word in listed] for listed in words], longest=longest):
        offsets = [
            (sentences[part.sentence][0] + word.start, sentences[part.sentence][0] + word.end)
            for part in parts
            for word in words[part.sentence][part.start : part.end]
        ]
        found.append(
            Example(source, document, build_window(parts, words, tables, tokenizer), offsets, supervised)
        )
    return found
