"""Scores pooled over documents, with document bootstrap intervals and the sweep over reader scores."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.evaluation.ceilings import CEILING_SOURCE, CODER_CEILINGS
from amity.evaluation.scoring import THRESHOLDS, Counts, DocumentScores, Key, score_coding
from amity.model import Coding, Document

DEFAULT_SCORE = 0.5
"""The least score of a suggestion that networks take by default; precision is given at it."""


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """
    One pooled score.

    Parameters
    ----------
    measure : str
        ``strict``, ``overlap``, ``triple``, ``graph``, ``loose``, ``mentions`` or ``linked``.
    row : str
        ``signed``, ``neutral``, ``concept`` or ``mentions``.
    by, value : str
        ``all`` and empty, or ``act``, ``voice``, ``holder_form``, ``form`` and its value.
    precision, recall, f1 : float
        From 0 to 1; 0 where undefined.
    low, high : float
        Bootstrap interval of F1 over documents.
    predicted, gold : int
        Pairs (or mentions) on either side.
    ceiling : float or None
        Coder against coder, where known.
    """

    measure: str
    row: str
    by: str
    value: str
    precision: float
    recall: float
    f1: float
    low: float
    high: float
    predicted: int
    gold: int
    ceiling: float | None


@dataclass(frozen=True, slots=True)
class ThresholdRow:
    """Strict scores of signed pairs when only positions of at least this score count."""

    threshold: float
    precision: float
    recall: float
    f1: float
    predicted: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """
    Scores pooled over documents (micro average).

    Parameters
    ----------
    documents : tuple of DocumentScores
        In the order given.
    scores : tuple of ScoreRow
        Totals first, then breakdowns.
    thresholds : tuple of ThresholdRow
        The sweep, ascending.
    best : ThresholdRow
        The single threshold with the greatest F1 (the highest of several); tuned on these documents, so too
        good for a report on them.
    at_default : ThresholdRow
        The row at `DEFAULT_SCORE`.
    draws, seed : int
        Of the bootstrap.
    level : float
        Of the intervals.
    threshold : float
        Positions scoring lower were left out of `scores`.
    """

    documents: tuple[DocumentScores, ...]
    scores: tuple[ScoreRow, ...]
    thresholds: tuple[ThresholdRow, ...]
    best: ThresholdRow
    at_default: ThresholdRow
    draws: int
    seed: int
    level: float
    threshold: float

    def rows(self) -> list[dict[str, Any]]:
        """
        Return the pooled scores as tidy records.

        Returns
        -------
        list of dict
            One a score, the keys in the order of `ScoreRow`.
        """
        return [asdict(each) for each in self.scores]

    def score(self, measure: str, row: str = "signed", by: str = "all", value: str = "") -> ScoreRow:
        """
        Return one pooled score.

        Parameters
        ----------
        measure, row, by, value : str
            As in `ScoreRow`.

        Returns
        -------
        ScoreRow
            All zero, with 0 predicted and gold, where nothing of that kind occurs.
        """
        for each in self.scores:
            if (each.measure, each.row, each.by, each.value) == (measure, row, by, value):
                return each
        return ScoreRow(measure, row, by, value, 0.0, 0.0, 0.0, 0.0, 0.0, 0, 0, None)

    def to_json(self) -> str:
        """
        Return everything but the matches as JSON text.

        Returns
        -------
        str
            An object with ``scores``, ``thresholds``, ``best``, ``at_default``, ``documents`` (F1 of each),
            and the settings.
        """
        return json.dumps(
            {
                "documents": [
                    {
                        "id": each.document_id,
                        "strict": each.f1(),
                        "triple": each.f1("triple"),
                        "mentions": each.f1("mentions", "mentions"),
                    }
                    for each in self.documents
                ],
                "scores": self.rows(),
                "thresholds": [asdict(each) for each in self.thresholds],
                "best": asdict(self.best),
                "at_default": asdict(self.at_default),
                "bootstrap": {"draws": self.draws, "seed": self.seed, "level": self.level},
                "threshold": self.threshold,
                "ceiling": {**CODER_CEILINGS, "source": CEILING_SOURCE},
            },
            ensure_ascii=False,
            indent=1,
        )


def evaluate(
    pairs: Iterable[tuple[Coding, Coding, Document]],
    *,
    threshold: float = 0.0,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
) -> Evaluation:
    """
    Return pooled scores of predicted against gold codings.

    Parameters
    ----------
    pairs : iterable of (Coding, Coding, Document)
        Predicted coding, gold coding, document.
    threshold : float
        Predicted positions scoring lower are left out.
    draws : int
        Bootstrap samples of documents.
    seed : int
        Of the bootstrap.
    level : float
        Of its intervals, between 0 and 1.

    Returns
    -------
    Evaluation
        Pooled over documents; the intervals are percentiles over resampled documents.

    Raises
    ------
    InvalidValue
        If there is no document, or `draws` or `level` is out of range.
    """
    if draws < 1 or not 0 < level < 1:
        raise InvalidValue(
            f"draws is {draws} and level {level}; give at least one draw and a level between 0 and 1"
        )
    documents = tuple(
        score_coding(predicted, gold, document, threshold=threshold) for predicted, gold, document in pairs
    )
    return pool_scores(documents, draws=draws, seed=seed, level=level, threshold=threshold)


def pool_scores(
    documents: Sequence[DocumentScores],
    *,
    draws: int = 1000,
    seed: int = 0,
    level: float = 0.95,
    threshold: float = 0.0,
) -> Evaluation:
    """
    Return the pooled scores of documents that were scored one by one.

    Parameters
    ----------
    documents : sequence of DocumentScores
        At least one.
    draws, seed : int
        Of the bootstrap.
    level : float
        Of its intervals.
    threshold : float
        The threshold they were scored with.

    Returns
    -------
    Evaluation
        As from `evaluate`.

    Raises
    ------
    InvalidValue
        If there is no document.
    """
    if not documents:
        raise InvalidValue("no document has both a predicted and a gold coding; check that their ids agree")
    keys = sorted({key for each in documents for key in each.counts}, key=_order)
    counts = np.array(
        [[_four(each.counts.get(key, Counts())) for key in keys] for each in documents], dtype=np.float64
    ).reshape(len(documents), len(keys), 4)
    low, high = _intervals(counts, draws, seed, level)
    pooled = counts.sum(axis=0)
    precision, recall, f1 = _precision_recall_f1(pooled)
    scores = tuple(
        ScoreRow(
            *key,
            float(precision[i]),
            float(recall[i]),
            float(f1[i]),
            float(low[i]),
            float(high[i]),
            int(pooled[i, 2]),
            int(pooled[i, 3]),
            CODER_CEILINGS.get(key[0]) if key[1] in ("signed", "mentions") and key[2] == "all" else None,
        )
        for i, key in enumerate(keys)
    )
    sweep = _threshold_rows(np.sum([each.swept for each in documents], axis=0))
    best = max(sweep, key=lambda each: (each.f1, each.threshold))
    default = min(sweep, key=lambda each: abs(each.threshold - DEFAULT_SCORE))
    return Evaluation(tuple(documents), scores, sweep, best, default, draws, seed, level, threshold)


_MEASURES = ("strict", "overlap", "triple", "graph", "loose", "mentions", "linked")
_ROWS = ("signed", "mentions", "neutral", "concept")


def _order(key: Key) -> tuple[bool, int, str, int, str]:
    return key[2] != "all", _ROWS.index(key[1]), key[2], _MEASURES.index(key[0]), key[3]


def _four(counts: Counts) -> tuple[float, float, int, int]:
    return counts.right_predicted, counts.right_gold, counts.predicted, counts.gold


def _precision_recall_f1(
    counts: NDArray[np.float64],
) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    def divided(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.divide(a, b, out=np.zeros_like(a), where=b > 0)

    precision = divided(counts[..., 0], counts[..., 2])
    recall = divided(counts[..., 1], counts[..., 3])
    return precision, recall, divided(2 * precision * recall, precision + recall)


def _intervals(
    counts: NDArray[np.float64], draws: int, seed: int, level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    n = len(counts)
    shares = np.random.default_rng(seed).multinomial(n, np.full(n, 1 / n), size=draws)
    resampled = np.tensordot(shares.astype(np.float64), counts, axes=(1, 0))
    f1 = _precision_recall_f1(resampled)[2]
    low, high = np.quantile(f1, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def _threshold_rows(swept: NDArray[np.float64]) -> tuple[ThresholdRow, ...]:
    rows = []
    for threshold, (matched, predicted, gold) in zip(THRESHOLDS, swept, strict=True):
        precision = matched / predicted if predicted else 0.0
        recall = matched / gold if gold else 0.0
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        rows.append(
            ThresholdRow(float(threshold), float(precision), float(recall), float(f1), int(predicted))
        )
    return tuple(rows)
