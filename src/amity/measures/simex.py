"""The balance a network would have without its coding errors: simulate more of them, extrapolate to none."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.many_networks import BALANCES, BalanceName, balances
from amity.measures.null_models import pairs_of
from amity.measures.results import Result

LAMBDAS = (0.5, 1.0, 1.5, 2.0)
"""Amounts of error added, as multiples of the error that is there."""


@dataclass(frozen=True)
class SimexEstimate(Result):
    """
    A balance index corrected for wrong signs.

    Parameters
    ----------
    measure : str
        The index.
    observed : float
        Of the network as coded.
    corrected : float
        Quadratic extrapolation to no errors.
    linear : float
        Linear extrapolation, more cautious.
    deviation : float
        Standard error of `corrected`: from wrong signs and from simulation.
    low, high : float
        ``corrected`` minus and plus 1.96 deviations, at most 1.
    lambdas : tuple of float
        Error added, as multiples of what is there; 0 first.
    means, deviations : tuple of float
        Of the index at each lambda.
    confusion : tuple of tuple of float
        Probability of the coded sign (columns: +, -) given the true one (rows: +, -).
    draws, seed : int
        Networks simulated at each lambda, and the seed.
    settings : mapping
        Options as used.
    """

    measure: str
    observed: float
    corrected: float
    linear: float
    deviation: float
    low: float
    high: float
    lambdas: tuple[float, ...]
    means: tuple[float, ...]
    deviations: tuple[float, ...]
    confusion: tuple[tuple[float, ...], ...]
    draws: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.measure}: observed {self.observed:.4g}, corrected for wrong signs {self.corrected:.4g} "
            f"[{self.low:.4g}, {self.high:.4g}] (linear {self.linear:.4g})"
        )


def simex(
    graph: Any,
    error: Any,
    *,
    measure: BalanceName | Callable[[SignedGraph], float] = "frustration",
    lambdas: Sequence[float] = LAMBDAS,
    draws: int = 50,
    directed: bool = False,
    weighted: bool = False,
    seed: int = 0,
) -> SimexEstimate:
    """
    Return a balance index corrected for wrong signs by simulation and extrapolation (MC-SIMEX).

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    error : float or array of shape (2, 2)
        Probability that a tie's sign is wrong; or the matrix of the checked sample, probability of the coded sign
        (columns: +, -) given the true one (rows: +, -). See `confusion_of_counts`.
    measure : {"frustration", "triangles", "walks"} or callable
        The index ``1 - 2 L / w``, the triangle index, the walk balance, or any function from a `SignedGraph` to
        a number.
    lambdas : sequence of float
        Amounts of error to add, positive, at least three.
    draws : int
        Networks simulated at each, at least 2.
    directed, weighted : bool
        How ties count.
    seed : int
        Of the simulation.

    Returns
    -------
    SimexEstimate
        An estimate. Missing and invented ties need an error model of their own; this one is about signs.

    Raises
    ------
    InvalidValue
        If the error is no such probability or matrix, or is at or beyond coin tossing.

    Notes
    -----
    Signs are turned with the probabilities of ``P^lambda``, P the matrix, so that a network with error P comes to
    have error ``P^(1 + lambda)``; a quadratic in lambda is fitted to the means, lambda = 0 included, and read at
    -1. With one probability p, ``p_lambda = (1 - (1 - 2p)^lambda) / 2``. The variance due to wrong signs is minus
    the value at -1 of a quadratic through 0 fitted to the simulation's variances.

    References
    ----------
    Küchenhoff, Mwalili & Lesaffre 2006, doi:10.1111/j.1541-0420.2005.00396.x; Stefanski & Cook 1995,
    doi:10.1080/01621459.1995.10476629.
    """
    confusion = _confusion(error)
    amounts = np.asarray(lambdas, dtype=np.float64)
    if len(amounts) < 3 or not (amounts > 0).all() or draws < 2:
        raise InvalidValue("lambdas must be at least three positive numbers, and draws at least 2")
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    rng = np.random.default_rng(seed)
    weights = [ties.weight[None, :]]
    for amount in amounts:
        turned = _power(confusion, float(amount))
        chance = np.where(ties.sign > 0, turned[0, 1], turned[1, 0])
        wrong = rng.random((draws, ties.m)) < chance
        weights.append(np.where(wrong, -ties.weight, ties.weight))
    values = _values(ties, np.vstack(weights), measure, seed)
    observed, simulated = float(values[0]), values[1:].reshape(len(amounts), draws)
    x = np.concatenate([[0.0], amounts])
    means = np.concatenate([[observed], simulated.mean(axis=1)])
    variances = np.concatenate([[0.0], simulated.var(axis=1, ddof=1)])
    quadratic, leverage = _extrapolate(x, means, 2)
    linear, _ = _extrapolate(x, means, 1)
    noise = float((leverage[1:] ** 2) @ variances[1:]) / draws
    spread = np.linalg.lstsq(np.column_stack([x[1:], x[1:] ** 2]), variances[1:], rcond=None)[0]
    # the variance due to errors is at least that of the first added amount where the fit says less
    due = max(float(spread[0] - spread[1]), float(variances[1]))
    deviation = float(np.sqrt(due + noise))
    return SimexEstimate(
        measure=measure if isinstance(measure, str) else getattr(measure, "__name__", "given"),
        observed=observed,
        corrected=quadratic,
        linear=linear,
        deviation=deviation,
        low=quadratic - 1.96 * deviation,
        high=min(1.0, quadratic + 1.96 * deviation),
        lambdas=tuple(x.tolist()),
        means=tuple(means.tolist()),
        deviations=tuple(np.sqrt(variances).tolist()),
        confusion=tuple(tuple(row) for row in confusion.tolist()),
        draws=draws,
        seed=seed,
        settings={"directed": directed, "weighted": weighted},
    )


def confusion_of_counts(counts: Any) -> NDArray[np.float64]:
    """
    Return the matrix that `simex` needs from a checked sample.

    Parameters
    ----------
    counts : array of shape (2, 2)
        Ties (or positions) by their true sign (rows: +, -) and their coded one (columns: +, -).

    Returns
    -------
    float64 array of shape (2, 2)
        Shares within each row; a row without cases counts as free of errors.

    Raises
    ------
    InvalidValue
        If the counts are negative or of another shape.
    """
    table = np.asarray(counts, dtype=np.float64)
    if table.shape != (2, 2) or (table < 0).any():
        raise InvalidValue("counts must be 2 by 2 and not negative")
    whole = table.sum(axis=1, keepdims=True)
    result: NDArray[np.float64] = np.where(whole > 0, table / np.maximum(whole, 1e-300), np.eye(2))
    return result


def _confusion(error: Any) -> NDArray[np.float64]:
    given = np.asarray(error, dtype=np.float64)
    matrix = np.array([[1 - given, given], [given, 1 - given]]) if given.ndim == 0 else given
    if matrix.shape != (2, 2) or (matrix < 0).any() or not np.allclose(matrix.sum(axis=1), 1):
        raise InvalidValue("error must be a probability, or a 2 by 2 matrix with rows that sum to 1")
    if matrix[0, 1] + matrix[1, 0] >= 1:
        raise InvalidValue("signs are wrong as often as right: nothing can be corrected")
    return np.asarray(matrix, dtype=np.float64)


def _power(matrix: NDArray[np.float64], amount: float) -> NDArray[np.float64]:
    a, b = matrix[0, 1], matrix[1, 0]
    if a + b == 0:
        return np.eye(2)
    moved = (1 - (1 - a - b) ** amount) / (a + b)
    return np.array([[1 - a * moved, a * moved], [b * moved, 1 - b * moved]])


def _values(
    ties: SignedGraph,
    weights: NDArray[np.float64],
    measure: BalanceName | Callable[[SignedGraph], float],
    seed: int,
) -> NDArray[np.float64]:
    if callable(measure):
        return np.array([float(measure(ties.with_weights(row))) for row in weights])
    if measure not in BALANCES:
        raise InvalidValue(f"{measure!r} is none of the balance indices {', '.join(BALANCES)}")
    first, second, positive, negative = pairs_of(ties, weights)
    return balances(ties.n, first, second, positive, negative, measure, seed=seed)


def _extrapolate(
    x: NDArray[np.float64], y: NDArray[np.float64], degree: int
) -> tuple[float, NDArray[np.float64]]:
    """Least-squares polynomial at -1, and the weight of each y in it."""
    design = np.vander(x, degree + 1, increasing=True)
    at = np.array([(-1.0) ** power for power in range(degree + 1)])
    leverage = at @ np.linalg.pinv(design)
    return float(leverage @ y), leverage
