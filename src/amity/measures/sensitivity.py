"""Which positions or ties, if wrong, would change a result most."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.draws import _dyads
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.many_networks import BALANCES, BalanceName, balances
from amity.measures.null_models import pairs_of
from amity.measures.results import Result, table
from amity.network import NetworkOptions, PositionColumns


@dataclass(frozen=True, slots=True)
class Leverage:
    """
    What a result would be if one thing were wrong.

    Parameters
    ----------
    what : str
        Id of a position, or the tie.
    source, target : str
        The pair concerned.
    value : float
        The result then.
    change : float
        The result then, less the result now.
    """

    what: str
    source: str
    target: str
    value: float
    change: float


@dataclass(frozen=True)
class Sensitivity(Result):
    """
    What would change a result, most first.

    Parameters
    ----------
    measure : str
        The index.
    error : str
        The error supposed: ``sign`` or ``absent``.
    observed : float
        The result as things stand.
    leverage : tuple of Leverage
        One a position or tie that would change the network, the greatest change first.
    without_effect : int
        Positions or ties that, alone, would change no pair's sign.
    seed : int
        Of the heuristic.
    """

    measure: str
    error: str
    observed: float
    leverage: tuple[Leverage, ...]
    without_effect: int
    seed: int

    def __str__(self) -> str:
        rows = [(each.what, each.source, each.target, each.value, each.change) for each in self.leverage]
        return f"{self.measure} {self.observed:.4g}; if one were wrong ({self.error}):\n" + table(
            ["what", "source", "target", "then", "change"], rows
        )


def sensitivity_of_ties(
    graph: Any,
    *,
    measure: BalanceName | Callable[[SignedGraph], float] = "frustration",
    error: str = "sign",
    directed: bool = False,
    weighted: bool = False,
    seed: int = 0,
) -> Sensitivity:
    """
    Return how a balance index would change if single ties were wrong.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    measure : {"frustration", "triangles", "walks"} or callable
        The index, or any function from a `SignedGraph` to a number.
    error : {"sign", "absent"}
        Whether a wrong tie has the other sign or does not exist.
    directed, weighted : bool
        How ties count.
    seed : int
        Of the heuristic.

    Returns
    -------
    Sensitivity
        One entry a tie.

    Raises
    ------
    InvalidValue
        If the measure or the error is another word.
    """
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    rows = np.tile(ties.weight, (ties.m + 1, 1))
    changed = np.arange(ties.m)
    rows[changed + 1, changed] *= _factor(error)
    values = _values(ties, rows, measure, seed)
    found = [
        Leverage("tie", *ties.tie(int(tie))[:2], float(value), float(value - values[0]))
        for tie, value in zip(changed, values[1:], strict=True)
    ]
    return _sensitivity(measure, error, float(values[0]), found, 0, seed)


def sensitivity_of_positions(
    columns: PositionColumns,
    *,
    measure: BalanceName | Callable[[SignedGraph], float] = "frustration",
    error: str = "sign",
    options: NetworkOptions | None = None,
    directed: bool = True,
    seed: int = 0,
) -> Sensitivity:
    """
    Return how a balance index would change if single positions were wrong.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    measure : {"frustration", "triangles", "walks"} or callable
        The index, or any function from a `SignedGraph` to a number.
    error : {"sign", "absent"}
        Whether a wrong position has the other sign or was not taken.
    options : NetworkOptions, optional
        Which positions count.
    directed : bool
        How ties count.
    seed : int
        Of the heuristic.

    Returns
    -------
    Sensitivity
        One entry for each position that, alone, decides a pair's sign; with joint holders or several targets the
        pair is the first that it changes.

    Raises
    ------
    InvalidValue
        If the measure or the error is another word.

    Notes
    -----
    Positions are added up to pairs anew for each error, and pairs count by sign.
    """
    dyads = _dyads(columns, options, directed=directed)
    factor = _factor(error)
    net = dyads.networks(np.ones((1, len(dyads.pair))))[0]
    now = np.sign(np.where(np.abs(net) < 1e-12, 0, net))
    unique, place = np.unique(dyads.columns.position, return_inverse=True)
    loss = np.zeros((len(unique), len(net)))
    np.add.at(loss, (place, dyads.pair), (factor - 1) * dyads.value)
    then = net + loss
    signs = np.sign(np.where(np.abs(then) < 1e-12, 0, then))
    pivotal = np.flatnonzero((signs != now).any(axis=1))
    graph = SignedGraph(
        dyads.labels, dyads.source.astype(np.int32), dyads.target.astype(np.int32),
        np.where(now != 0, now, 1.0), directed, False,
    )  # fmt: skip
    values = _values(graph, np.vstack([now[None, :], signs[pivotal]]), measure, seed)
    found = []
    for row, value in zip(pivotal.tolist(), values[1:], strict=True):
        pair = int(np.flatnonzero(signs[row] != now)[0])
        identity = dyads.columns.position_ids[int(unique[row])]
        found.append(Leverage(identity, *graph.tie(pair)[:2], float(value), float(value - values[0])))
    return _sensitivity(measure, error, float(values[0]), found, len(unique) - len(pivotal), seed)


def _factor(error: str) -> float:
    if error not in ("sign", "absent"):
        raise InvalidValue(f"error must be sign or absent, not {error!r}")
    return -1.0 if error == "sign" else 0.0


def _values(
    graph: SignedGraph,
    rows: NDArray[np.float64],
    measure: BalanceName | Callable[[SignedGraph], float],
    seed: int,
) -> NDArray[np.float64]:
    if callable(measure):
        return np.array([float(measure(graph.with_weights(row))) for row in rows])
    if measure not in BALANCES:
        raise InvalidValue(f"{measure!r} is none of the balance indices {', '.join(BALANCES)}")
    first, second, positive, negative = pairs_of(graph, rows)
    return balances(graph.n, first, second, positive, negative, measure, seed=seed)


def _sensitivity(
    measure: Any, error: str, observed: float, found: list[Leverage], idle: int, seed: int
) -> Sensitivity:
    ordered = sorted(found, key=lambda each: (-abs(each.change), each.what, each.source, each.target))
    name = measure if isinstance(measure, str) else getattr(measure, "__name__", "given")
    return Sensitivity(name, error, observed, tuple(ordered), idle, seed)
