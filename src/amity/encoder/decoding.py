"""From the heads' arrays to spans: which words are mentions and cues, and what their arguments may be."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from amity.encoder.heads import Array, Heads, WordState, sigmoid
from amity.encoder.labels import CUE_FIELDS, SPAN_LABELS, SPECIALS
from amity.encoder.records import ArgumentScore, CueScore, Special
from amity.encoder.tokenizer import Word
from amity.encoder.windows import Part, Window
from amity.model import MENTION_FORMS, MentionForm

LEAST_MENTION = 0.3
"""A mention is offered from this probability."""
LEAST_EXTRA = 0.03
"""Words that somebody else takes for a mention are a candidate from this probability."""
LEAST_CUE = 0.08
"""A cue is offered from this probability; a position's own threshold decides later."""
LEAST_IDEA = 0.15
"""Words for the concept are named from this probability."""
_ACTOR = [SPAN_LABELS.index(f"actor:{form}") for form in MENTION_FORMS]
_CUE = SPAN_LABELS.index("cue")


@dataclass(frozen=True, slots=True)
class MentionSpan:
    """Window words that may be a mention; `base` is the first window word of its part."""

    first: int
    last: int
    base: int
    form: MentionForm
    probability: float


@dataclass(frozen=True, slots=True)
class CandidateSpan:
    """A mention as a candidate: its sentence, its place among that sentence's mentions, its window words."""

    sentence: int
    mention: int
    first: int
    last: int


def decode_spans(scores: Array, least: float, *, nested: bool) -> list[tuple[int, int, float]]:
    """
    Return spans of at least a probability that do not get in each other's way.

    Parameters
    ----------
    scores : float32 array of shape (words, words)
        Logits by first and last word.
    least : float
        Least probability.
    nested : bool
        Whether one span may lie inside another; crossing is never allowed.

    Returns
    -------
    list of (int, int, float)
        First word, last word, probability; in text order.

    Notes
    -----
    The likeliest span goes first; ties go to the earlier.
    """
    border = np.log(least / (1 - least))
    firsts, lasts = np.nonzero(scores >= border)
    chosen: list[tuple[int, int, float]] = []
    for place in np.argsort(-scores[firsts, lasts], kind="stable"):
        first, last = int(firsts[place]), int(lasts[place])
        if all(_compatible(first, last, a, b, nested) for a, b, _ in chosen):
            chosen.append((first, last, float(sigmoid(scores[first : first + 1, last])[0])))
    return sorted(chosen)


def _compatible(first: int, last: int, a: int, b: int, nested: bool) -> bool:
    if last < a or b < first:
        return True
    return nested and ((first >= a and last <= b) or (a >= first and b <= last))


def read_mention_spans(
    state: WordState,
    window: Window,
    place: int,
    given: set[tuple[int, int]] | None = None,
    extra: Collection[tuple[int, int]] = (),
) -> list[MentionSpan]:
    """
    Return the mentions of one part of a window.

    Parameters
    ----------
    state : WordState
        The heads' state.
    window : Window
        The window.
    place : int
        Which part.
    given : set of (int, int), optional
        Window words to take as the mentions.
    extra : collection of (int, int)
        Window words that are mentions besides.

    Returns
    -------
    list of MentionSpan
        In text order.
    """
    own = np.nonzero(window.part == place)[0]
    if not len(own):
        return []
    base, stop = int(own[0]), int(own[-1]) + 1
    logits = state.spans[_ACTOR, base:stop, base:stop]
    probabilities = sigmoid(logits)
    if given is None:
        spans = [(a, b) for a, b, _ in decode_spans(logits.max(axis=0), LEAST_MENTION, nested=True)]
    else:
        spans = [(a - base, b - base) for a, b in given if base <= a and b < stop]
    more = ((a - base, b - base) for a, b in extra if base <= a and b < stop)
    likely = {span for span in more if probabilities[:, span[0], span[1]].max() >= LEAST_EXTRA}
    spans = sorted({*spans, *likely})
    found = []
    for first, last in spans:
        by_form = probabilities[:, first, last]
        form = MENTION_FORMS[int(by_form.argmax())]
        found.append(MentionSpan(base + first, base + last, base, form, float(by_form.max())))
    return found


def read_cue_spans(state: WordState, window: Window) -> list[tuple[int, int, float]]:
    """
    Return the cues of a window, its context included.

    Parameters
    ----------
    state : WordState
        The heads' state.
    window : Window
        The window.

    Returns
    -------
    list of (int, int, float)
        First word, last word, probability.
    """
    if not len(window.part):
        return []
    return decode_spans(state.spans[_CUE], LEAST_CUE, nested=False)


def read_arguments(
    heads: Heads,
    state: WordState,
    window: Window,
    words: Sequence[Sequence[Word]],
    spans: list[tuple[int, int, float]],
    candidates: list[CandidateSpan],
) -> list[tuple[Part, CueScore]]:
    """
    Return everything about some cues of a window.

    Parameters
    ----------
    heads : Heads
        The heads.
    state : WordState
        Their state.
    window : Window
        The window.
    words : sequence of sequence of Word
        Words of every sentence.
    spans : list of (int, int, float)
        Cues by window words, with probability.
    candidates : list of CandidateSpan
        Mentions of the window.

    Returns
    -------
    list of (Part, CueScore)
        Each cue with its part, in text order.
    """
    cues = np.array([each[:2] for each in spans], dtype=np.int64).reshape(-1, 2)
    mentions = np.array([(each.first, each.last) for each in candidates], dtype=np.int64).reshape(-1, 2)
    scores = heads.cues(state, window, cues, mentions)
    offsets = [
        (word.start, word.end)
        for part in window.parts
        for word in words[part.sentence][part.start : part.end]
    ]
    found = []
    for place, (first, last, probability) in enumerate(spans):
        part = window.parts[window.part[first]]
        start, sure = _best_ends(scores.points[:2, place])
        idea, likely = _best_ends(scores.points[2:, place])
        cue = CueScore(
            offsets[first][0],
            offsets[last][1],
            probability,
            {
                name: {value: float(p) for value, p in zip(values, scores.fields[name][place], strict=True)}
                for name, values in CUE_FIELDS.items()
            },
            (offsets[start[0]][0], offsets[start[1]][1]),
            sure,
            (offsets[idea[0]][0], offsets[idea[1]][1]) if likely >= LEAST_IDEA else None,
            _arguments(scores.holder[place], scores.target[place], candidates),
        )
        found.append((part, cue))
    return found


def _best_ends(points: Array) -> tuple[tuple[int, int], float]:
    """The likeliest pair of first and last word with first <= last, and the geometric mean of its probabilities."""
    first = points[0].astype(np.float64)
    running = np.maximum.accumulate(first)
    joint = running * points[1]
    last = int(joint.argmax())
    start = int(first[: last + 1].argmax())
    return (start, last), float(np.sqrt(first[start] * points[1][last]))


def _arguments(
    holder: Array, target: NDArray[np.float32], candidates: list[CandidateSpan]
) -> tuple[ArgumentScore, ...]:
    found = []
    for place in range(len(SPECIALS) + len(candidates)):
        mention = candidates[place - len(SPECIALS)] if place >= len(SPECIALS) else None
        found.append(
            ArgumentScore(
                None if mention is None else mention.sentence,
                None if mention is None else mention.mention,
                cast(Special, SPECIALS[place]) if mention is None else None,
                float(holder[place]),
                float(target[place, 1]),
                float(target[place, 2]),
                float(target[place, 3]),
            )
        )
    return tuple(found)
