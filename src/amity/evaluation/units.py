"""Positions expanded to the pairs that are scored, and the overlap of their words."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from amity.model import Coding, Document, Position, Span

Row = Literal["signed", "neutral", "concept"]
Intervals = tuple[tuple[int, int], ...]

ROWS: tuple[Row, ...] = ("signed", "neutral", "concept")
NEAR = 200
"""Characters on either side of the evidence in which a holder's or target's mention is looked for."""

_TOKEN = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Unit:
    """
    One (holder, target) or (holder, concept) pair of a position.

    Parameters
    ----------
    position : str
        Id of the position.
    row : {"signed", "neutral", "concept"}
        ``neutral`` holds `state` and polarity 0; ``concept`` holds positions without a target.
    holder : str
        Actor id (the gold coding's, where the actor is known there).
    target : str or None
        Actor id; None where the pair is towards a concept.
    concept : str or None
        The concept; None where the pair is towards an actor.
    sign : int
        Polarity towards a target, agreement with a concept; 0 for none.
    evidence : tuple of tuple of int
        Merged stretches of the evidence.
    cue : tuple of int
        Start and end.
    holder_tokens, target_tokens, cue_tokens : frozenset of int
        Starts of the words that show each; empty where the text shows none.
    act, voice, holder_form : str
        The codebook's values.
    score : float
        The reader's, from 0 to 1.
    """

    position: str
    row: Row
    holder: str
    target: str | None
    concept: str | None
    sign: int
    evidence: Intervals
    cue: tuple[int, int]
    holder_tokens: frozenset[int]
    target_tokens: frozenset[int]
    cue_tokens: frozenset[int]
    act: str
    voice: str
    holder_form: str
    score: float


def merge_spans(spans: Iterable[Span]) -> Intervals:
    """
    Return the union of spans as separate stretches in text order.

    Parameters
    ----------
    spans : iterable of Span
        In any order; they may overlap.

    Returns
    -------
    tuple of tuple of int
        Starts and ends; no two overlap or touch.
    """
    merged: list[tuple[int, int]] = []
    for start, end in sorted((span.start, span.end) for span in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def evidence_iou(a: Intervals, b: Intervals) -> float:
    """
    Return the characters that two evidences share, divided by the characters of either.

    Parameters
    ----------
    a, b : tuple of tuple of int
        Merged stretches.

    Returns
    -------
    float
        From 0 to 1; several stretches count as their union.
    """
    shared, i, j = 0, 0, 0
    while i < len(a) and j < len(b):
        shared += max(0, min(a[i][1], b[j][1]) - max(a[i][0], b[j][0]))
        if a[i][1] <= b[j][1]:
            i += 1
        else:
            j += 1
    total = sum(end - start for start, end in a) + sum(end - start for start, end in b) - shared
    return shared / total if total else 0.0


class Words:
    """Word starts of a text, to turn stretches into sets of words."""

    def __init__(self, text: str) -> None:
        found = [match.span() for match in _TOKEN.finditer(text)]
        self._starts = [start for start, _ in found]
        self._ends = [end for _, end in found]

    def within(self, stretches: Iterable[tuple[int, int]]) -> frozenset[int]:
        """
        Return the starts of the words that stretches touch.

        Parameters
        ----------
        stretches : iterable of tuple of int
            Starts and ends, half-open.

        Returns
        -------
        frozenset of int
            Word starts; empty where a stretch holds no letter or digit.
        """
        starts: set[int] = set()
        for start, end in stretches:
            first = bisect_right(self._ends, start)
            last = bisect_left(self._starts, end)
            starts.update(self._starts[first:last])
        return frozenset(starts)


def expand_units(
    coding: Coding, document: Document, *, names: Mapping[str, str] | None = None, words: Words | None = None
) -> list[Unit]:
    """
    Return the scored pairs of a coding: joint holders and several targets expanded.

    Parameters
    ----------
    coding : Coding
        Of `document`.
    document : Document
        The coded document.
    names : mapping of str to str, optional
        Actor ids to replace, as `map_actors` gives them; a predicted actor that is not in it stays apart from every gold actor.
    words : Words, optional
        The document's words, if they were already found.

    Returns
    -------
    list of Unit
        In the order of the positions; a pair that a position's replaced actors would give twice comes once.

    Notes
    -----
    The words that show a holder or target are the words of all its mentions inside the position's evidence;
    if none stands there, those of the nearest mention within `NEAR` characters of the evidence. A holder whose
    form is ``implicit`` or ``unknown`` has no words.
    """
    words = words or Words(document.text)
    by_actor: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for mention in coding.mentions:
        by_actor[mention.actor].append((mention.span.start, mention.span.end))
    for listed in by_actor.values():
        listed.sort()

    def renamed(actor: str) -> str:
        return actor if names is None else names.get(actor, f"?{actor}")

    units: list[Unit] = []
    for position in coding.positions:
        evidence = merge_spans(position.evidence)
        cue = (position.cue.start, position.cue.end)
        hidden = position.holder_form in ("implicit", "unknown")
        seen: set[tuple[str, str | None]] = set()
        for holder in position.holders:
            holder_tokens = (
                frozenset() if hidden else words.within(_shown(by_actor.get(holder, ()), evidence, cue))
            )
            for target in position.targets or (None,):
                pair = (renamed(holder), None if target is None else renamed(target))
                if pair in seen:
                    continue
                seen.add(pair)
                shown = () if target is None else _shown(by_actor.get(target, ()), evidence, cue)
                units.append(
                    _unit(
                        position, pair, evidence, cue, holder_tokens, words.within(shown), words.within([cue])
                    )
                )
    return units


def _unit(
    position: Position,
    pair: tuple[str, str | None],
    evidence: Intervals,
    cue: tuple[int, int],
    holder_tokens: frozenset[int],
    target_tokens: frozenset[int],
    cue_tokens: frozenset[int],
) -> Unit:
    holder, target = pair
    if position.act == "state" or (target is not None and position.polarity == 0):
        row: Row = "neutral"
    else:
        row = "concept" if target is None else "signed"
    sign = position.polarity if target is not None else position.agreement
    if row == "neutral" and target is None:
        sign = 0
    return Unit(
        position.id,
        row,
        holder,
        target,
        position.concept if target is None else None,
        sign or 0,
        evidence,
        cue,
        holder_tokens,
        target_tokens,
        cue_tokens,
        position.act,
        position.voice,
        position.holder_form,
        position.score,
    )


def _shown(
    mentions: Sequence[tuple[int, int]], evidence: Intervals, cue: tuple[int, int]
) -> list[tuple[int, int]]:
    first, last = evidence[0][0], evidence[-1][1]
    near = [each for each in mentions if each[0] < last + NEAR and each[1] > first - NEAR]
    inside = [each for each in near if any(start <= each[0] and each[1] <= end for start, end in evidence)]
    if inside or not near:
        return inside
    return [min(near, key=lambda each: (max(each[0] - cue[1], cue[0] - each[1], 0), each))]
