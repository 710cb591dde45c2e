"""The heads above the encoder's word vectors, in NumPy: spans, trees, cues, arguments, evidence, directed pairs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.encoder.labels import CUE_FIELDS, DISTANCES, LONGEST_SPAN, RELATIONS, SPAN_LABELS, SPECIALS
from amity.encoder.windows import Window

Array = NDArray[np.float32]
Places = NDArray[np.int64]

CONTEXT_LABELS = [0, 1, 2, 5, 6, 7]
"""Span scores that tell the argument head what a candidate is."""
_BOUNDS = np.array(DISTANCES)
_CLOSED = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class WordState:
    """
    What the heads share about one window.

    Parameters
    ----------
    start, end : float32 array of shape (words, width)
        Vectors of each word's first and last piece.
    spans : float32 array of shape (labels, words, words)
        Logits by first and last word; closed where no span can be.
    arcs : float32 array of shape (words, words)
        Probability of each head (column) of each word (row).
    relations : float32 array of shape (words, relations)
        Probability of each word's relation to its head.
    """

    start: Array
    end: Array
    spans: Array
    arcs: Array
    relations: Array


@dataclass(frozen=True, slots=True)
class CueState:
    """
    What the heads say about the cues of one window.

    Parameters
    ----------
    fields : dict of str to float32 array of shape (cues, values)
        Probabilities.
    holder : float32 array of shape (cues, candidates)
        Probabilities; candidates are the specials, then the mentions.
    target : float32 array of shape (cues, candidates, signs)
        Probabilities of ``none``, ``+``, ``-``, ``0``.
    points : float32 array of shape (4, cues, words)
        Probabilities of evidence start and end, concept start and end.
    """

    fields: dict[str, Array]
    holder: Array
    target: Array
    points: Array


class Heads:
    """
    The heads with their weights.

    Parameters
    ----------
    weights : mapping of str to array
        Named as in the training network.
    """

    def __init__(self, weights: Mapping[str, NDArray[np.generic]]) -> None:
        self._weights = {name: np.asarray(values, dtype=np.float32) for name, values in weights.items()}

    def words(self, vectors: Array, window: Window) -> WordState:
        """
        Return what the heads share about a window.

        Parameters
        ----------
        vectors : float32 array of shape (pieces, width)
            The encoder's output.
        window : Window
            Its input.

        Returns
        -------
        WordState
            Vectors, span logits, trees.
        """
        start, end = vectors[window.first], vectors[window.last]
        same = window.part[:, None] == window.part[None, :]
        arcs, relations = self._trees(start, same)
        return WordState(start, end, self._spans(start, end, same), arcs, relations)

    def _linear(self, name: str, x: Array) -> Array:
        y = x @ self._weights[f"{name}.weight"].T
        bias = self._weights.get(f"{name}.bias")
        return y if bias is None else y + bias

    def _spans(self, start: Array, end: Array, same: NDArray[np.bool_]) -> Array:
        labels, words = len(SPAN_LABELS), len(start)
        q = self._linear("span_start", start).reshape(words, labels, -1).transpose(1, 0, 2)
        k = self._linear("span_end", end).reshape(words, labels, -1).transpose(1, 2, 0)
        scores = q @ k / np.float32(q.shape[-1] ** 0.5)
        width = start.shape[1]
        weight = self._weights["span_bias.weight"]
        scores += (start @ weight[:, :width].T + self._weights["span_bias.bias"]).T[:, :, None]
        scores += (end @ weight[:, width:].T).T[:, None, :]
        gap = np.arange(words)[None, :] - np.arange(words)[:, None]
        scores += self._weights["span_gap.weight"].T[:, gap.clip(0, LONGEST_SPAN - 1)]
        scores[:, ~(same & (gap >= 0) & (gap < LONGEST_SPAN))] = _CLOSED
        return scores

    def _trees(self, start: Array, same: NDArray[np.bool_]) -> tuple[Array, Array]:
        dependent, head = self._linear("arc_dependent", start), self._linear("arc_head", start)
        scores = dependent @ head.T / np.float32(dependent.shape[1] ** 0.5)
        arcs = softmax(np.where(same, scores, _CLOSED))
        hidden = gelu(self._linear("relation.0", np.concatenate([start, arcs @ start], axis=1)))
        return arcs, softmax(self._linear("relation.2", hidden))

    def _span_vectors(self, state: WordState, spans: Places) -> Array:
        return np.concatenate([state.start[spans[:, 0]], state.end[spans[:, 1]]], axis=1)

    def cues(self, state: WordState, window: Window, cues: Places, mentions: Places) -> CueState:
        """
        Return what the heads say about cues and their candidates.

        Parameters
        ----------
        state : WordState
            From `words`.
        window : Window
            The window.
        cues, mentions : int64 array of shape (n, 2)
            First and last word of each.

        Returns
        -------
        CueState
            Probabilities.
        """
        vectors = gelu(self._linear("cue", self._span_vectors(state, cues)))
        fields = {name: softmax(self._linear(f"cue_fields.{name}", vectors)) for name in CUE_FIELDS}
        scores = self._arguments(state, window, vectors, cues, mentions)
        points = self._points(state, window, vectors, cues)
        return CueState(fields, sigmoid(scores[..., 0]), softmax(scores[..., 1:]), points)

    def _arguments(
        self, state: WordState, window: Window, own: Array, cues: Places, mentions: Places
    ) -> Array:
        candidates = np.concatenate(
            [self._weights["special.weight"], self._linear("mention", self._span_vectors(state, mentions))]
        )
        specials = np.broadcast_to(len(DISTANCES) + 1 + np.arange(len(SPECIALS)), (len(cues), len(SPECIALS)))
        distance = np.concatenate([specials, distance_class(cues, mentions)], axis=1)
        details = self._details(state, window, cues, mentions)
        hidden = gelu(
            self._linear("pair_cue", own)[:, None]
            + candidates[None]
            + self._weights["pair_distance.weight"][distance]
            + self._linear("pair_features", details)
        )
        product = self._linear("low_cue", own)[:, None] * self._linear("low_mention", candidates)[None]
        return self._linear("pair_out", np.concatenate([hidden, product], axis=-1))

    def _details(self, state: WordState, window: Window, cues: Places, mentions: Places) -> Array:
        size = self._weights["pair_features.weight"].shape[1]
        details = np.zeros((len(cues), len(SPECIALS) + len(mentions), size), dtype=np.float32)
        if not len(mentions):
            return details
        first, last = mentions[:, 0], mentions[:, 1]
        own = window.features[window.first[first]]
        kinds = sigmoid(state.spans[CONTEXT_LABELS][:, first, last].T)
        same = (window.part[cues[:, 0]][:, None] == window.part[first][None, :]).astype(np.float32)
        words = np.arange(len(state.start))
        in_cue = ((words >= cues[:, :1]) & (words <= cues[:, 1:])).astype(np.float32)
        in_mention = ((words >= mentions[:, :1]) & (words <= mentions[:, 1:])).astype(np.float32)
        to_cue = in_cue @ state.arcs.T
        to_cue2 = (to_cue * (1 - in_cue)) @ state.arcs.T
        to_mention = in_mention @ state.arcs.T
        count = len(RELATIONS)
        rows = details[:, len(SPECIALS) :]
        rows[..., : own.shape[1]] = own[None]
        at = own.shape[1]
        rows[..., at : at + kinds.shape[1]] = kinds[None]
        at += kinds.shape[1]
        rows[..., at] = same
        for masses in (
            to_cue[:, None] * in_mention[None],
            to_cue2[:, None] * in_mention[None],
            to_mention[None] * in_cue[:, None],
        ):
            best = masses.argmax(-1)
            rows[..., at + 1 : at + 1 + count] = masses.max(-1)[..., None] * state.relations[best]
            at += count
        return details

    def _points(self, state: WordState, window: Window, own: Array, cues: Places) -> Array:
        query = self._linear("point_cue", own).reshape(len(cues), 4, -1)
        words, size = len(state.start), query.shape[-1]
        starts = self._linear("point_start", state.start).reshape(words, 2, size)
        ends = self._linear("point_end", state.end).reshape(words, 2, size)
        keys = np.stack([starts[:, 0], ends[:, 0], starts[:, 1], ends[:, 1]])
        scores = np.einsum("cfd,fwd->fcw", query, keys) / np.float32(size**0.5)
        places = np.stack([np.arange(words)] * 2, axis=1)
        scores = scores + self._weights["point_distance.weight"][distance_class(cues, places)].transpose(
            2, 0, 1
        )
        same = window.part[cues[:, 0]][:, None] == window.part[None, :]
        before = np.arange(words)[None, :] <= cues[:, :1]
        after = np.arange(words)[None, :] >= cues[:, 1:]
        allowed = np.stack([same & before, same & after, same, same])
        return softmax(np.where(allowed, scores, _CLOSED))

    def directed(self, state: WordState, p: Places, q: Places) -> Array:
        """
        Return the directed sentiment between pairs of spans.

        Parameters
        ----------
        state : WordState
            From `words`.
        p, q : int64 array of shape (pairs, 2)
            First and last word of each.

        Returns
        -------
        float32 array of shape (pairs, 5)
            Probabilities of none, p supports q, q supports p, p opposes q, q opposes p. Swapping p and q swaps the columns.
        """
        forward, backward = self._one_way(state, p, q), self._one_way(state, q, p)
        none = np.broadcast_to(self._weights["directed_none"], (len(p),))
        scores = np.stack([none, forward[:, 0], backward[:, 0], forward[:, 1], backward[:, 1]], axis=1)
        return softmax(scores)

    def _one_way(self, state: WordState, p: Places, q: Places) -> Array:
        a = self._linear("directed_p", self._span_vectors(state, p))
        b = self._linear("directed_q", self._span_vectors(state, q))
        near = self._weights["directed_distance.weight"][distance_class(p, q, pairwise=True)]
        return self._linear("directed_out", gelu(a + b + near))


def distance_class(a: Places, b: Places, *, pairwise: bool = False) -> Places:
    """
    Return the class of the signed word distance from spans to spans.

    Parameters
    ----------
    a, b : int64 array of shape (n, 2), (m, 2)
        First and last words.
    pairwise : bool
        Whether to compare row by row instead of each with each.

    Returns
    -------
    int64 array of shape (n, m), or (n,) if `pairwise`
        Places among the bounds of `DISTANCES`; overlap is distance 0.
    """
    left = a if pairwise else a[:, None]
    before, after = b[..., 1] - left[..., 0], b[..., 0] - left[..., 1]
    signed = np.where(before < 0, before, np.where(after > 0, after, 0))
    return np.searchsorted(_BOUNDS, signed, side="left")


def sigmoid(x: Array) -> Array:
    """
    Return the logistic function.

    Parameters
    ----------
    x : float32 array
        Any shape.

    Returns
    -------
    float32 array
        Of the same shape, from 0 to 1.
    """
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * x)), dtype=np.float32)


def softmax(x: Array) -> Array:
    """
    Return probabilities along the last axis.

    Parameters
    ----------
    x : float32 array
        Logits of any shape.

    Returns
    -------
    float32 array
        Of the same shape; sums to 1 along the last axis.
    """
    if not x.size:
        return x
    shifted = np.exp(x - x.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def gelu(x: Array) -> Array:
    """
    Return the Gaussian error linear unit.

    Parameters
    ----------
    x : float32 array
        Any shape.

    Returns
    -------
    float32 array
        ``x * Phi(x)``.

    Notes
    -----
    NumPy has no error function; this is Abramowitz and Stegun's 7.1.26, off by less than 1.5e-7.

    References
    ----------
    Abramowitz, M., & Stegun, I. A. (1964). Handbook of mathematical functions, formula 7.1.26.
    """
    scaled = np.abs(x) * np.float32(0.7071067811865476)
    t = 1.0 / (1.0 + np.float32(0.3275911) * scaled)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = 1.0 - series * np.exp(-scaled * scaled)
    return np.asarray(0.5 * x * (1.0 + np.sign(x) * erf), dtype=np.float32)
