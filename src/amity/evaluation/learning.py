"""A project's own layer: a small, readable logistic model that re-scores suggestions as a person's decisions teach."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidRecord, InvalidValue

LEAST_DECISIONS = 20
LEAST_OF_EACH = 3
PRECISION = 0.8
_PENALTY = 1.0
_FOLDS = 10
_LEAST_USES = 3
_MOST_TRAITS = 400
_STEPS = 50
_EDGE = 0.01


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    What the layer sees of a reader's suggestion.

    Parameters
    ----------
    score : float
        The reader's score.
    document : str
        Its document.
    traits : tuple of str
        What is true of it, each a readable name, as in ``act=criticise`` or ``cue word: notes``.
    """

    score: float
    document: str
    traits: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    Scores of held-out suggestions before and after learning.

    Parameters
    ----------
    n, documents, folds : int
        Suggestions, documents and folds; no document is in two folds.
    log_loss, brier, average_precision : tuple of float
        Before (the reader's own score) and after; the first two are better when lower.
    """

    n: int
    documents: int
    folds: int
    log_loss: tuple[float, float]
    brier: tuple[float, float]
    average_precision: tuple[float, float]

    @property
    def helped(self) -> bool:
        """Whether held-out log loss and Brier score both fell."""
        return self.log_loss[1] < self.log_loss[0] and self.brier[1] < self.brier[0]


@dataclass(frozen=True, slots=True)
class LearnedLayer:
    """
    The fitted layer.

    Parameters
    ----------
    intercept, slope : float
        Of the logit; `slope` multiplies the logit of the reader's score and is 1 where nothing was learned.
    weights : mapping of str to float
        Trait to what it adds to the logit.
    threshold : float or None
        Least score at which held-out suggestions reached the precision asked for; None where none did.
    precision, recall : float or None
        Of held-out suggestions at the threshold; recall counts positions that a person had to add.
    right, wrong, added : int
        Decisions it was fitted on, and positions that a person added.
    comparison : Comparison
        By cross-validation.
    """

    intercept: float
    slope: float
    weights: Mapping[str, float]
    threshold: float | None
    precision: float | None
    recall: float | None
    right: int
    wrong: int
    added: int
    comparison: Comparison

    def scores(self, suggestions: Sequence[Suggestion]) -> NDArray[np.float64]:
        """
        Return the learned score of each suggestion.

        Parameters
        ----------
        suggestions : sequence of Suggestion
            Any; traits that the layer does not know count nothing.

        Returns
        -------
        float64 array
            From 0 to 1.
        """
        logit = self.intercept + self.slope * _logits(suggestions)
        known = self.weights
        logit += np.array([sum(known.get(each, 0.0) for each in one.traits) for one in suggestions])
        return _sigmoid(logit)

    def to_json(self) -> dict[str, Any]:
        """
        Return the layer as a JSON object.

        Returns
        -------
        dict
            As `layer_from_json` reads it.
        """
        return {**asdict(self), "weights": dict(self.weights)}


def layer_from_json(record: Mapping[str, Any]) -> LearnedLayer:
    """
    Return the layer that a JSON object holds.

    Parameters
    ----------
    record : mapping
        From `LearnedLayer.to_json`.

    Returns
    -------
    LearnedLayer
        Equal to the one written.

    Raises
    ------
    InvalidRecord
        If it is none.
    """
    try:
        compared = dict(record["comparison"])
        for name in ("log_loss", "brier", "average_precision"):
            compared[name] = (float(compared[name][0]), float(compared[name][1]))
        weights = {str(name): float(value) for name, value in record["weights"].items()}
        fields = {
            name: record[name] for name in ("threshold", "precision", "recall", "right", "wrong", "added")
        }
        return LearnedLayer(
            intercept=float(record["intercept"]),
            slope=float(record["slope"]),
            weights=weights,
            comparison=Comparison(**compared),
            **fields,
        )
    except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
        raise InvalidRecord(
            f"the project's learned layer cannot be read ({error}); undo it, or learn again"
        ) from error


def fit_layer(
    suggestions: Sequence[Suggestion],
    right: Sequence[bool],
    *,
    added: int = 0,
    least: int = LEAST_DECISIONS,
    precision: float = PRECISION,
) -> LearnedLayer:
    """
    Return the layer that decisions teach, with what cross-validation says of it.

    Parameters
    ----------
    suggestions : sequence of Suggestion
        Those that a person has decided on.
    right : sequence of bool
        Whether each was right.
    added : int
        Positions that a person had to add; they count in recall.
    least : int
        Fewest decisions.
    precision : float
        What the threshold is chosen for.

    Returns
    -------
    LearnedLayer
        The same input gives the same layer.

    Raises
    ------
    InvalidValue
        If there are too few decisions, too few of a kind, or all are in one document.

    Notes
    -----
    Minimises ``sum log loss + (slope - 1)^2 / 2 + |weights|^2 / 2`` by Newton's method, so that without evidence the reader's score stays as it is.
    Traits of fewer than three decisions are left out. Log loss, Brier score and average precision are those of
    suggestions whose documents were held out; so is the threshold.
    """
    if len(suggestions) != len(right):
        raise InvalidValue(f"{len(suggestions)} suggestions have {len(right)} verdicts; give one each")
    labels = np.array(right, dtype=np.float64)
    n_right = int(labels.sum())
    n_wrong = len(labels) - n_right
    names = sorted({each.document for each in suggestions})
    if len(labels) < least or min(n_right, n_wrong) < LEAST_OF_EACH or len(names) < 2:
        raise InvalidValue(
            f"{len(labels)} suggestions are decided ({n_right} right, {n_wrong} wrong) in {len(names)} documents; learning needs "
            f"{least}, at least {LEAST_OF_EACH} of each, in 2 documents or more. Check some more first"
        )
    folds = _folds([each.document for each in suggestions], min(_FOLDS, len(names)))
    held_out = np.empty(len(labels))
    for fold in range(int(folds.max()) + 1):
        inside = folds != fold
        fitted = _fit([each for each, used in zip(suggestions, inside, strict=True) if used], labels[inside])
        chosen = [each for each, used in zip(suggestions, inside, strict=True) if not used]
        held_out[~inside] = _apply(fitted, chosen)
    before = np.array([each.score for each in suggestions], dtype=np.float64)
    comparison = Comparison(
        len(labels),
        len(names),
        int(folds.max()) + 1,
        (_log_loss(before, labels), _log_loss(held_out, labels)),
        (float(np.mean((before - labels) ** 2)), float(np.mean((held_out - labels) ** 2))),
        (average_precision(before, labels), average_precision(held_out, labels)),
    )
    threshold, reached, recall = _threshold(held_out, labels, precision, added)
    intercept, slope, weights = _fit(suggestions, labels)
    return LearnedLayer(
        intercept, slope, weights, threshold, reached, recall, n_right, n_wrong, added, comparison
    )


def average_precision(score: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """
    Return the average precision of a ranking.

    Parameters
    ----------
    score : float64 array of shape (n,)
        Highest first.
    right : float64 array of shape (n,)
        1 or 0.

    Returns
    -------
    float
        Mean over the distinct scores of precision, weighted by the recall that each adds; ties count together. NaN where nothing is right.
    """
    if not right.sum():
        return math.nan
    order = np.argsort(-score, kind="stable")
    ranked = right[order]
    last = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    hits = np.cumsum(ranked)[last]
    return float(np.sum(np.diff(hits, prepend=0.0) * hits / (last + 1)) / right.sum())


_Fitted = tuple[float, float, dict[str, float]]


def _fit(suggestions: Sequence[Suggestion], labels: NDArray[np.float64]) -> _Fitted:
    uses = Counter(each for one in suggestions for each in set(one.traits))
    common = sorted(
        (each for each, n in uses.items() if n >= _LEAST_USES), key=lambda each: (-uses[each], each)
    )
    column = {each: at + 2 for at, each in enumerate(common[:_MOST_TRAITS])}
    matrix = np.zeros((len(suggestions), len(column) + 2))
    matrix[:, 0] = 1.0
    matrix[:, 1] = _logits(suggestions)
    for at, one in enumerate(suggestions):
        matrix[at, [column[each] for each in one.traits if each in column]] = 1.0
    penalty = np.full(matrix.shape[1], _PENALTY)
    penalty[0] = 0.1
    prior = np.zeros(matrix.shape[1])
    prior[1] = 1.0
    found = _newton(matrix, labels, penalty, prior)
    return float(found[0]), float(found[1]), {each: float(found[at]) for each, at in column.items()}


def _newton(
    matrix: NDArray[np.float64],
    labels: NDArray[np.float64],
    penalty: NDArray[np.float64],
    prior: NDArray[np.float64],
) -> NDArray[np.float64]:
    found = prior.copy()

    def loss(at: NDArray[np.float64]) -> float:
        logit = matrix @ at
        return float(np.sum(np.logaddexp(0.0, logit) - labels * logit) + 0.5 * penalty @ (at - prior) ** 2)

    current = loss(found)
    for _ in range(_STEPS):
        chance = _sigmoid(matrix @ found)
        gradient = matrix.T @ (chance - labels) + penalty * (found - prior)
        curvature = (matrix.T * (chance * (1 - chance))) @ matrix + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        size = 1.0
        while size > 1e-6 and loss(found - size * step) > current:
            size /= 2
        found = found - size * step
        after = loss(found)
        if current - after < 1e-9 * max(1.0, abs(current)):
            break
        current = after
    return found


def _apply(fitted: _Fitted, suggestions: Sequence[Suggestion]) -> NDArray[np.float64]:
    intercept, slope, weights = fitted
    added = np.array([sum(weights.get(each, 0.0) for each in one.traits) for one in suggestions])
    return _sigmoid(intercept + slope * _logits(suggestions) + added)


def _logits(suggestions: Sequence[Suggestion]) -> NDArray[np.float64]:
    score = np.clip(np.array([each.score for each in suggestions], dtype=np.float64), _EDGE, 1 - _EDGE)
    return np.log(score) - np.log1p(-score)


def _sigmoid(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.exp(-np.logaddexp(0.0, -logit))


def _log_loss(score: NDArray[np.float64], labels: NDArray[np.float64]) -> float:
    sure = np.clip(score, _EDGE, 1 - _EDGE)
    return float(-np.mean(labels * np.log(sure) + (1 - labels) * np.log1p(-sure)))


def _folds(documents: Sequence[str], n: int) -> NDArray[np.int64]:
    """Whole documents to folds, the largest first, each into the smallest fold so far."""
    sizes = Counter(documents)
    filled = [0] * n
    fold: dict[str, int] = {}
    for document in sorted(sizes, key=lambda each: (-sizes[each], each)):
        fold[document] = filled.index(min(filled))
        filled[fold[document]] += sizes[document]
    return np.array([fold[each] for each in documents], dtype=np.int64)


def _threshold(
    score: NDArray[np.float64], labels: NDArray[np.float64], precision: float, added: int
) -> tuple[float | None, float | None, float | None]:
    """The lowest score from which on as large a share as asked for is right."""
    order = np.argsort(-score, kind="stable")
    ranked = score[order]
    last = np.flatnonzero(np.append(np.diff(ranked) != 0, True))
    hits = np.cumsum(labels[order])[last]
    share = hits / (last + 1)
    passing = np.flatnonzero(share >= precision)
    if not len(passing):
        return None, None, None
    at = int(passing[-1])
    return (
        math.floor(float(ranked[last[at]]) * 1e4) / 1e4,
        float(share[at]),
        float(hits[at] / (labels.sum() + added)),
    )
