"""The codebook's scores of one document: strict, overlap, triple, sentiment graph, loose, mentions."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.evaluation.actors import map_actors, phrase_similarity
from amity.evaluation.matching import match_one_to_one
from amity.evaluation.units import ROWS, Row, Unit, Words, evidence_iou, expand_units
from amity.model import Coding, Document

Measure = Literal["strict", "overlap", "triple", "graph", "loose", "mentions", "linked"]
Key = tuple[Measure, str, str, str]
"""Measure, row, what it is broken down by (``all``, ``act``, ``voice``, ``holder_form``, ``form``), value."""

STRICT_IOU = 0.5
SAME_CONCEPT = 0.5
THRESHOLDS: NDArray[np.float64] = np.round(np.arange(0.0, 1.0, 0.01), 2)
_TIE = 1e-6
_BREAKDOWN = ("act", "voice", "holder_form")


@dataclass(frozen=True, slots=True)
class Counts:
    """
    What one score of one document rests on.

    Parameters
    ----------
    right_predicted, right_gold : float
        How much of the predicted and of the gold side is right; equal numbers where a match counts in full.
    predicted, gold : int
        How many there are.
    """

    right_predicted: float = 0.0
    right_gold: float = 0.0
    predicted: int = 0
    gold: int = 0


@dataclass(frozen=True, slots=True)
class Match:
    """A predicted and a gold position that were matched, with the IoU of their evidence."""

    predicted: str
    gold: str
    iou: float


@dataclass(frozen=True, slots=True)
class DocumentScores:
    """
    Every score of one document.

    Parameters
    ----------
    document_id : str
        The document.
    counts : mapping of key to Counts
        Key: measure, row, breakdown, value.
    actors : mapping of str to str
        Predicted actor id to gold actor id.
    matches : tuple of Match
        Strict matches of all rows, pair by pair.
    swept : float64 array of shape (thresholds, 3)
        Strict, signed: matched, predicted and gold at each of `THRESHOLDS`.
    """

    document_id: str
    counts: Mapping[Key, Counts]
    actors: Mapping[str, str]
    matches: tuple[Match, ...]
    swept: NDArray[np.float64]

    def f1(self, measure: Measure = "strict", row: str = "signed") -> float:
        """
        Return one F1.

        Parameters
        ----------
        measure : str
            ``strict``, ``overlap``, ``triple``, ``graph``, ``loose``, ``mentions`` or ``linked``.
        row : {"signed", "neutral", "concept", "mentions"}
            Which positions.

        Returns
        -------
        float
            From 0 to 1; 0 where there is nothing on both sides.
        """
        count = self.counts.get((measure, row, "all", ""), Counts())
        return harmonic_f1(count.right_predicted, count.right_gold, count.predicted, count.gold)


def harmonic_f1(right_predicted: float, right_gold: float, predicted: float, gold: float) -> float:
    """
    Return the harmonic mean of precision and recall.

    Parameters
    ----------
    right_predicted, right_gold : float
        Right on either side.
    predicted, gold : float
        All on either side.

    Returns
    -------
    float
        From 0 to 1; 0 where precision and recall are both 0 or undefined.
    """
    precision = right_predicted / predicted if predicted else 0.0
    recall = right_gold / gold if gold else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def score_coding(
    predicted: Coding, gold: Coding, document: Document, *, threshold: float = 0.0
) -> DocumentScores:
    """
    Return the codebook's scores of a predicted coding against a gold coding.

    Parameters
    ----------
    predicted, gold : Coding
        Codings of `document`.
    document : Document
        The coded document.
    threshold : float
        Predicted positions with a lower score are left out (of all but the sweep).

    Returns
    -------
    DocumentScores
        Counts by measure, row and breakdown.

    Raises
    ------
    InvalidValue
        If the codings are of another document.

    Notes
    -----
    Positions are expanded to (holder, target) pairs, and to (holder, concept) where there is no target. Three
    rows are kept apart: ``signed`` (polarity 1 or -1), ``neutral`` (`state`, and polarity 0) and ``concept``
    (no target; the sign is the agreement). Two concepts are the same where Dice's coefficient of their content
    words is at least 0.5. Matching is one to one of greatest number, ties by evidence overlap:

    - ``strict``: same holder, target (or concept) and sign, evidence IoU at least 0.5;
    - ``overlap``: as strict, with any overlap of evidence;
    - ``triple``: the set of (holder, target, sign), evidence ignored; not for concepts;
    - ``graph``: holder, target and cue words each overlap, polarity equal; a match counts the mean of the three
      shares of words, out of the predicted words for precision and of the gold words for recall. What the text does not show (an
      implicit holder) matches only what is not shown either. Signed positions only. Barnes et al. let several
      tuples match one; the codebook asks for one to one;
    - ``loose``: same holder and target (or concept), sign and evidence ignored;
    - ``mentions``: stretches of mentions equal to the character, by form; ``linked``: the actor right as well.

    References
    ----------
    Barnes, J., Kurtz, R., Oepen, S., Øvrelid, L., & Velldal, E. (2021). Structured sentiment analysis as dependency
    graph parsing. ACL-IJCNLP 2021, section 4. doi:10.18653/v1/2021.acl-long.263
    """
    for coding in (predicted, gold):
        if coding.document_id != document.id:
            raise InvalidValue(
                f"a coding of {coding.document_id!r} cannot be scored on document {document.id!r}; pair codings by document"
            )
    actors = map_actors(predicted, gold)
    words = Words(document.text)
    every = expand_units(predicted, document, names=actors, words=words)
    left = [unit for unit in every if unit.score >= threshold]
    right = expand_units(gold, document, words=words)
    counts: dict[Key, Counts] = {}
    matches: list[Match] = []
    for row in ROWS:
        a, b = [u for u in left if u.row == row], [u for u in right if u.row == row]
        counts |= _row_counts(row, a, b, matches)
    counts |= _mention_counts(predicted, gold, actors)
    signed = [u for u in every if u.row == "signed"], [u for u in right if u.row == "signed"]
    return DocumentScores(document.id, counts, actors, tuple(matches), _sweep(*signed))


def _row_counts(row: Row, left: list[Unit], right: list[Unit], matches: list[Match]) -> dict[Key, Counts]:
    counts: dict[Key, Counts] = {}
    for measure, least in (("strict", STRICT_IOU), ("overlap", _TIE), ("loose", None)):
        pairs = match_units(left, right, least_iou=least, signed=measure != "loose")
        key: Key = (measure, row, "all", "")  # type: ignore[assignment]
        counts[key] = Counts(len(pairs), len(pairs), len(left), len(right))
        if measure == "strict":
            counts |= _broken_down(row, left, right, pairs)
            matches.extend(
                Match(left[i].position, right[j].position, evidence_iou(left[i].evidence, right[j].evidence))
                for i, j in pairs
            )
    if row != "concept":
        a, b = _triples(left), _triples(right)
        counts["triple", row, "all", ""] = Counts(len(a & b), len(a & b), len(a), len(b))
    if row == "signed":
        counts["graph", row, "all", ""] = _graph(left, right)
    return counts


def same_target(a: Unit, b: Unit) -> bool:
    """
    Return whether two pairs are towards the same actor, or the same concept.

    Parameters
    ----------
    a, b : Unit
        Pairs whose actor ids are of one coding.

    Returns
    -------
    bool
        True where targets are equal; where neither has a target, where Dice's coefficient of the concepts is at least 0.5.
    """
    if a.target is not None or b.target is not None:
        return a.target == b.target
    return phrase_similarity(a.concept or "", b.concept or "") >= SAME_CONCEPT


def match_units(
    left: Sequence[Unit], right: Sequence[Unit], *, least_iou: float | None, signed: bool = True
) -> list[tuple[int, int]]:
    """
    Return the largest one-to-one matching of pairs, ties by evidence overlap.

    Parameters
    ----------
    left, right : sequence of Unit
        Pairs of one row.
    least_iou : float or None
        Evidence overlap that a match needs; None for none.
    signed : bool
        Whether the sign must be equal.

    Returns
    -------
    list of tuple of int
        Matched places.
    """
    blocks: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for j, unit in enumerate(right):
        blocks[unit.holder, unit.target].append(j)
    bound = 1.0 / (1 + min(len(left), len(right)))
    candidates = []
    for i, unit in enumerate(left):
        for j in blocks.get((unit.holder, unit.target), ()):
            other = right[j]
            if signed and unit.sign != other.sign:
                continue
            iou = evidence_iou(unit.evidence, other.evidence)
            if (least_iou is not None and iou < least_iou) or not same_target(unit, other):
                continue
            candidates.append((i, j, 1.0 + bound * iou))
    return match_one_to_one(candidates)


def _broken_down(
    row: Row, left: list[Unit], right: list[Unit], pairs: list[tuple[int, int]]
) -> dict[Key, Counts]:
    counts: dict[Key, Counts] = {}
    for field in _BREAKDOWN:
        value = _field(field)
        predicted, gold = Counter(map(value, left)), Counter(map(value, right))
        right_predicted = Counter(value(left[i]) for i, _ in pairs)
        right_gold = Counter(value(right[j]) for _, j in pairs)
        for each in sorted({*predicted, *gold}):
            counts["strict", row, field, each] = Counts(
                right_predicted[each], right_gold[each], predicted[each], gold[each]
            )
    return counts


def _field(name: str) -> Callable[[Unit], str]:
    def value(unit: Unit) -> str:
        return str(getattr(unit, name))

    return value


def _triples(units: Iterable[Unit]) -> set[tuple[str, str | None, int]]:
    return {(unit.holder, unit.target, unit.sign) for unit in units if unit.target is not None}


def _graph(left: list[Unit], right: list[Unit]) -> Counts:
    shares: dict[tuple[int, int], tuple[float, float]] = {}
    by_word: dict[int, list[int]] = defaultdict(list)
    for j, unit in enumerate(right):
        for word in unit.cue_tokens:
            by_word[word].append(j)
    candidates = []
    for i, unit in enumerate(left):
        for j in sorted({j for word in unit.cue_tokens for j in by_word.get(word, ())}):
            other = right[j]
            if unit.sign != other.sign:
                continue
            overlaps = [
                _shares(a, b)
                for a, b in (
                    (unit.holder_tokens, other.holder_tokens),
                    (unit.target_tokens, other.target_tokens),
                    (unit.cue_tokens, other.cue_tokens),
                )
            ]
            if all(of_predicted for of_predicted, _ in overlaps):
                shares[i, j] = sum(a for a, _ in overlaps) / 3, sum(b for _, b in overlaps) / 3
                tie = _TIE * evidence_iou(unit.evidence, other.evidence)
                candidates.append((i, j, sum(shares[i, j]) / 2 + tie))
    pairs = match_one_to_one(candidates)
    return Counts(
        sum(shares[pair][0] for pair in pairs), sum(shares[pair][1] for pair in pairs), len(left), len(right)
    )


def _shares(a: frozenset[int], b: frozenset[int]) -> tuple[float, float]:
    if not a and not b:
        return 1.0, 1.0
    if not a or not b:
        return 0.0, 0.0
    return len(a & b) / len(a), len(a & b) / len(b)


def _mention_counts(predicted: Coding, gold: Coding, actors: Mapping[str, str]) -> dict[Key, Counts]:
    a = {(m.span.start, m.span.end): m.form for m in predicted.mentions}
    b = {(m.span.start, m.span.end): m.form for m in gold.mentions}
    both = a.keys() & b.keys()
    counts: dict[Key, Counts] = {
        ("mentions", "mentions", "all", ""): Counts(len(both), len(both), len(a), len(b))
    }
    for form in sorted({*a.values(), *b.values()}):
        counts["mentions", "mentions", "form", form] = Counts(
            sum(a[each] == form for each in both),
            sum(b[each] == form for each in both),
            sum(value == form for value in a.values()),
            sum(value == form for value in b.values()),
        )
    linked = {(m.span.start, m.span.end, actors.get(m.actor, f"?{m.actor}")) for m in predicted.mentions}
    wanted = {(m.span.start, m.span.end, m.actor) for m in gold.mentions}
    shared = len(linked & wanted)
    counts["linked", "mentions", "all", ""] = Counts(shared, shared, len(linked), len(wanted))
    return counts


def _sweep(left: list[Unit], right: list[Unit]) -> NDArray[np.float64]:
    swept = np.zeros((len(THRESHOLDS), 3))
    last, matched = -1, 0
    for place, threshold in enumerate(THRESHOLDS):
        kept = [unit for unit in left if unit.score >= threshold]
        if len(kept) != last:
            last, matched = len(kept), len(match_units(kept, right, least_iou=STRICT_IOU))
        swept[place] = matched, len(kept), len(right)
    return swept
