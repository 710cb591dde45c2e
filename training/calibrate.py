"""Fits the calibration of scores on findings of documents that were held out in training."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.model import ACTS
from amity.positions.calibration import Calibration

RIDGE, ACT_RIDGE = 1.0, 8.0
"""Penalties of the weights and of what each act adds."""


RULE_FEATURES = 4
"""How many features a position of the rule reader has; findings have more."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding with what share of its pairs is right; the rules' own findings have four features."""

    document: str
    act: str
    has_target: bool
    features: tuple[float, ...]
    right: float


def fit_calibration(judged: Sequence[Judged]) -> Calibration:
    """
    Return the logistic models of being right, with and without a target.

    Parameters
    ----------
    judged : sequence of Judged
        Of held-out documents.

    Returns
    -------
    Calibration
        Acts share one addition each in both models' intercepts, fitted on findings with a target. The default where there are
        findings of one kind only.
    """
    by_rules = [each for each in judged if len(each.features) == RULE_FEATURES]
    signed = [each for each in judged if each.has_target and len(each.features) > RULE_FEATURES]
    concept = [each for each in judged if not each.has_target and len(each.features) > RULE_FEATURES]
    if not (by_rules and signed and concept):
        return Calibration()
    weights = _logistic(signed, with_acts=True)
    acts = dict(zip(ACTS, _rounded(weights[-len(ACTS) :]), strict=True))
    rest = _logistic(concept, with_acts=False, offsets=np.array([acts[each.act] for each in concept]))
    rules = _logistic(by_rules, with_acts=False)
    return Calibration(_rounded(weights[: -len(ACTS)]), _rounded(rest), _rounded(rules), acts)


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 4) for value in values)


def calibrated(calibration: Calibration, judged: Judged) -> float:
    """Return the score of a finding under a calibration."""
    if len(judged.features) == RULE_FEATURES:
        return calibration.rule_score(judged.features)
    return calibration.score(judged.act, judged.has_target, judged.features)


def _logistic(
    judged: Sequence[Judged], *, with_acts: bool, offsets: NDArray[np.float64] | None = None
) -> NDArray[np.float64]:
    X = np.array([[1.0, *each.features] for each in judged])
    ridge = [1e-3, *[RIDGE] * (X.shape[1] - 1)]
    if with_acts:
        X = np.hstack([X, [[float(each.act == act) for act in ACTS] for each in judged]])
        ridge += [ACT_RIDGE] * len(ACTS)
    y = np.array([each.right for each in judged])
    shift = np.zeros(len(y)) if offsets is None else offsets
    penalty = np.diag(ridge)
    weights = np.zeros(X.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(X @ weights + shift, -30, 30)))
        gradient = X.T @ (y - p) - penalty @ weights
        hessian = (X * (p * (1 - p))[:, None]).T @ X + penalty
        step = np.linalg.solve(hessian, gradient)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def expected_calibration_error(scores: Sequence[float], right: Sequence[float], *, bins: int = 10) -> float:
    """
    Return the expected calibration error.

    Parameters
    ----------
    scores : sequence of float
        From 0 to 1.
    right : sequence of float
        Share that is right of each.
    bins : int
        Of equal width.

    Returns
    -------
    float
        Mean distance of a bin's share of right ones from its mean score, weighted by size; 0 for nothing.
    """
    if not scores:
        return 0.0
    s, y = np.asarray(scores), np.asarray(right)
    place = np.minimum((s * bins).astype(int), bins - 1)
    return float(
        sum(
            abs(y[place == b].mean() - s[place == b].mean()) * (place == b).mean()
            for b in range(bins)
            if (place == b).any()
        )
    )
