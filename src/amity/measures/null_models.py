"""Is a network more balanced than chance: the same ties with other signs, or other ties with the same degrees."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.many_networks import BALANCES, BalanceName, balances
from amity.measures.results import Result

Null = Literal["signs", "rewire", "rewire-signed"]


@dataclass(frozen=True)
class BalanceTest(Result):
    """
    A balance index beside what chance would give.

    Parameters
    ----------
    measure : str
        The index.
    null : str
        The null model.
    observed : float
        The index of the network.
    expected : float
        F0, its mean over the null model's networks.
    deviation : float
        Standard deviation over them.
    z : float
        ``(observed - expected) / deviation``; 0 if the null model does not vary.
    above_chance : float
        ``(F - F0) / (1 - F0)``: 0 as chance, 1 perfect balance; 0 if F0 is 1.
    p : float
        Share of networks, the observed among them, at least as balanced (one-sided).
    values : tuple of float
        The null model's indices.
    draws, seed : int
        Number of networks, and the seed.
    settings : mapping
        Options as used.
    """

    measure: str
    null: str
    observed: float
    expected: float
    deviation: float
    z: float
    above_chance: float
    p: float
    values: tuple[float, ...]
    draws: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)


def balance_test(
    graph: Any,
    *,
    measure: BalanceName | Callable[[SignedGraph], float] = "frustration",
    null: Null = "signs",
    draws: int = 200,
    directed: bool = False,
    weighted: bool = False,
    seed: int = 0,
) -> BalanceTest:
    """
    Return a balance index with its expectation under a null model.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    measure : {"frustration", "triangles", "walks"} or callable
        The index ``1 - 2 L / w``, the triangle index, the walk balance, or any function from a `SignedGraph` to
        a number that grows with balance.
    null : {"signs", "rewire", "rewire-signed"}
        ``signs`` shuffles the signs (with their weights) over the ties; ``rewire`` exchanges the ends of pairs
        of ties, so that degrees stay; ``rewire-signed`` does so among ties of one sign, so that positive and
        negative degrees stay.
    draws : int
        Networks drawn, at least 2.
    directed, weighted : bool
        How ties count.
    seed : int
        Of shuffling and of the heuristic.

    Returns
    -------
    BalanceTest
        Without ties: observed and expected 1, z 0.

    Raises
    ------
    InvalidValue
        If an option is none of those named, or `draws` is below 2.

    Notes
    -----
    An index near 1 says little where negative ties are rare: hence z and ``(F - F0) / (1 - F0)``. The frustration
    index is found by the same heuristic for the network and for the draws.

    References
    ----------
    Hao & Kovács 2024, doi:10.1126/sciadv.adj0104; Maslov & Sneppen 2002, doi:10.1126/science.1065103.
    """
    if draws < 2:
        raise InvalidValue(f"draws must be at least 2, not {draws}")
    if null not in ("signs", "rewire", "rewire-signed"):
        raise InvalidValue(f"null must be signs, rewire or rewire-signed, not {null!r}")
    if not callable(measure) and measure not in BALANCES:
        raise InvalidValue(f"{measure!r} is none of the balance indices {', '.join(BALANCES)}")
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    if not ties.m:
        observed, values = 1.0, np.ones(draws)
    elif null == "signs" and not callable(measure):
        observed, values = _shuffled(ties, measure, draws, seed)
    else:
        networks = [_null_network(ties, null, np.random.default_rng((seed, draw))) for draw in range(draws)]
        function = measure if callable(measure) else _single(measure, seed)
        observed = float(function(ties))
        values = np.array([function(each) for each in networks])
    expected, deviation = float(values.mean()), float(values.std(ddof=1))
    flat = deviation <= 1e-12 * float(np.abs(values).max())
    return BalanceTest(
        measure=measure if isinstance(measure, str) else getattr(measure, "__name__", "given"),
        null=null,
        observed=observed,
        expected=expected,
        deviation=0.0 if flat else deviation,
        z=0.0 if flat else (observed - expected) / deviation,
        above_chance=(observed - expected) / (1 - expected) if expected < 1 - 1e-12 else 0.0,
        p=(1 + int((values >= observed - 1e-12).sum())) / (draws + 1),
        values=tuple(values.tolist()),
        draws=draws,
        seed=seed,
        settings={"directed": directed, "weighted": weighted},
    )


def pairs_of(
    ties: SignedGraph, weights: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """
    Return tied pairs and the weight of each sign on them, for many networks with the same ties.

    Parameters
    ----------
    ties : SignedGraph
        The ties.
    weights : float64 array of shape (draws, m)
        Signed weight of every tie in every network.

    Returns
    -------
    first, second : int64 array of shape (k,)
        The pairs, first below second.
    positive, negative : float64 array of shape (draws, k)
        Sums over the ties of each pair.
    """
    from scipy.sparse import csr_array

    low = np.minimum(ties.source, ties.target).astype(np.int64)
    high = np.maximum(ties.source, ties.target).astype(np.int64)
    unique, place = np.unique(low * max(ties.n, 1) + high, return_inverse=True)
    gather = csr_array((np.ones(ties.m), (np.arange(ties.m), place)), shape=(ties.m, len(unique)))
    return (
        unique // max(ties.n, 1),
        unique % max(ties.n, 1),
        np.asarray(np.maximum(weights, 0) @ gather),
        np.asarray(np.maximum(-weights, 0) @ gather),
    )


def _shuffled(
    ties: SignedGraph, name: BalanceName, draws: int, seed: int
) -> tuple[float, NDArray[np.float64]]:
    rng = np.random.default_rng(seed)
    weights = np.array([ties.weight, *(rng.permutation(ties.weight) for _ in range(draws))])
    first, second, positive, negative = pairs_of(ties, weights)
    values = balances(ties.n, first, second, positive, negative, name, seed=seed)
    return float(values[0]), values[1:]


def _single(name: BalanceName, seed: int) -> Callable[[SignedGraph], float]:
    def index(ties: SignedGraph) -> float:
        first, second, positive, negative = pairs_of(ties, ties.weight[None, :])
        return float(balances(ties.n, first, second, positive, negative, name, seed=seed)[0])

    return index


def _null_network(ties: SignedGraph, null: Null, rng: np.random.Generator) -> SignedGraph:
    if null == "signs":
        return ties.with_weights(rng.permutation(ties.weight))
    return rewired(ties, by_sign=null == "rewire-signed", seed=int(rng.integers(2**31)))


def rewired(graph: Any, *, by_sign: bool = False, swaps: float = 10.0, seed: int = 0) -> SignedGraph:
    """
    Return a network with other ties and the same degrees.

    Parameters
    ----------
    graph : SignedGraph or anything that `signed_graph` takes
        Directed or not as a `SignedGraph` says; else undirected.
    by_sign : bool
        Whether ends are exchanged among ties of one sign only, which keeps positive and negative degrees.
        Otherwise every tie takes its sign along and only the numbers of ties stay.
    swaps : float
        Exchanges tried, as a multiple of the number of ties.
    seed : int
        Of the exchanges.

    Returns
    -------
    SignedGraph
        No tie to oneself, and no pair tied twice that was not before.

    Notes
    -----
    Two ties (a, b) and (c, d) become (a, d) and (c, b) unless one of these exists or would be a loop.
    """
    ties = graph if isinstance(graph, SignedGraph) else signed_graph(graph)
    rng = np.random.default_rng(seed)
    source, target = ties.source.tolist(), ties.target.tolist()
    directed = ties.directed

    def key(a: int, b: int) -> tuple[int, int]:
        return (a, b) if directed or a < b else (b, a)

    present = {key(a, b) for a, b in zip(source, target, strict=True)}
    groups = [np.flatnonzero(ties.sign == sign) for sign in (1, -1)] if by_sign else [np.arange(ties.m)]
    for group in groups:
        if len(group) < 2:
            continue
        count = int(swaps * len(group))
        picks = group[rng.integers(0, len(group), (count, 2))].tolist()
        turns = (rng.random(count) < 0.5).tolist()
        for (one, two), turn in zip(picks, turns, strict=True):
            a, b, c, d = source[one], target[one], source[two], target[two]
            if turn and not directed:
                c, d = d, c
            if one == two or a == d or c == b or key(a, d) in present or key(c, b) in present:
                continue
            if key(a, b) == key(c, d):
                continue
            present -= {key(a, b), key(c, d)}
            present |= {key(a, d), key(c, b)}
            source[one], target[one], source[two], target[two] = a, d, c, b
    order = np.array([key(a, b) for a, b in zip(source, target, strict=True)], dtype=np.int32).reshape(-1, 2)
    rank = np.lexsort((ties.weight, order[:, 1], order[:, 0]))
    return SignedGraph(
        ties.labels, order[rank, 0], order[rank, 1], ties.weight[rank], directed, ties.weighted, ties.left_out
    )
