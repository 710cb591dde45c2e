"""The frustration index with its proof: how far a network is from two camps, and which ties stand in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.bounds import bounds_meet, weight_unit, whole
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.reduction import merged_ties, reduce_for_frustration
from amity.measures.results import Result, Tie, table
from amity.measures.two_blocs import solve_core


@dataclass(frozen=True)
class FrustrationIndex(Result):
    """
    The least weight of ties that must change before the network splits into two camps without exception.

    Parameters
    ----------
    value : float
        The frustration index L, or the best upper bound found; a whole number where all weights are.
    lower_bound : float
        No partition has less; equal to `value` if exact.
    is_exact : bool
        Whether the value is proved to be the smallest.
    partition : mapping of str to int
        Bloc of each node, 0 or 1; bloc 0 is the larger, and of equal blocs the one with the first node.
    ties : tuple of Tie
        The ties that disagree with the partition: positive between the blocs, negative inside one. Other
        partitions may be as good and blame other ties: see `frustration_optima`.
    seconds : float
        Wall-clock time taken.
    balance : float
        ``1 - 2 L / w``, w the total weight; 1 for a balanced network, and 1 where there are no ties.
    cohesiveness : float
        Share of the weight inside blocs that is positive; 1 without ties inside.
    divisiveness : float
        Share of the weight between blocs that is negative; 1 without ties between.
    n, m : int
        Nodes (isolates included) and ties.
    directed, weighted : bool
        How ties were counted.
    seed : int
        Of the heuristic.
    settings : mapping
        Options as used.
    """

    value: float
    lower_bound: float
    is_exact: bool
    partition: Mapping[str, int]
    ties: tuple[Tie, ...]
    seconds: float
    balance: float
    cohesiveness: float
    divisiveness: float
    n: int
    m: int
    directed: bool
    weighted: bool
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        proof = "proved" if self.is_exact else f"not proved; at least {self.lower_bound:g}"
        head = (
            f"Frustration index {self.value:g} ({proof}); balance {self.balance:.4f}; "
            f"{self.n} nodes, {self.m} ties, {self.seconds:.2f} s"
        )
        rows = [(tie.source, tie.target, tie.weight) for tie in self.ties]
        return head + ("\n" + table(["source", "target", "weight"], rows) if rows else "")


def frustration_index(
    graph: Any,
    *,
    directed: bool = False,
    weighted: bool = False,
    seconds: float = 60.0,
    prove: bool = True,
    seed: int = 0,
) -> FrustrationIndex:
    """
    Return the frustration index, with a partition that attains it and a lower bound that proves it.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    directed : bool
        Whether each direction is a tie of its own; a pair with opposite signs then disagrees with every
        partition once.
    weighted : bool
        Whether ties count by weight.
    seconds : float
        Wall-clock limit. When it runs out the bounds found so far are returned.
    prove : bool
        False leaves the heuristic's upper bound and the bound of edge-disjoint negative triangles.
    seed : int
        Of the heuristic; the same seed gives the same partition.

    Returns
    -------
    FrustrationIndex
        Exact if `is_exact`.

    Raises
    ------
    InvalidValue
        If `seconds` is not positive.

    Notes
    -----
    L is the minimum over partitions in two blocs (one may be empty) of the weight of positive ties between
    the blocs plus that of negative ties inside one. In order: parallel ties are merged, nodes of degree 1 and
    2 contracted, biconnected blocks split; simulated annealing gives an upper bound; a linear program over
    negative cycles, each of which holds at least one frustrated tie, gives a lower one, and if the two meet
    this is the proof. If not, an integer program (XOR model with the binding cycles as cuts) goes on. An
    empty network has L = 0 and balance 1.

    References
    ----------
    Harary 1959, doi:10.1002/bs.3830040405; Aref, Mason & Wilson 2020, doi:10.1002/net.21907; Aref & Wilson
    2019, doi:10.1093/comnet/cny015; Aref, Dinh, Rezapour & Diesner 2020, doi:10.1038/s41598-020-71838-6.

    Examples
    --------
    >>> found = frustration_index([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    >>> found.value, found.is_exact, len(found.ties)
    (1, True, 1)
    """
    if not seconds > 0:
        raise InvalidValue(f"seconds must be positive, not {seconds}")
    begun = perf_counter()
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    first, second, net, constant = merged_ties(ties.source, ties.target, ties.weight)
    reduction = reduce_for_frustration(first, second, net)
    lower = constant + reduction.constant
    unit = weight_unit(ties.weight)
    deadline = begun + seconds
    for number, core in enumerate(sorted(reduction.cores, key=lambda each: each.ties)):
        bracket = solve_core(core, unit, deadline if prove else begun, seed + number)
        lower += bracket.upper if bracket.closed(unit) else bracket.lower
    spins = reduction.unfold(range(ties.n))
    side = np.array([spins[node] for node in range(ties.n)], dtype=np.float64)
    return _result(
        ties, side, lower, unit, perf_counter() - begun, seed, {"seconds": seconds, "prove": prove}
    )


def _result(
    graph: SignedGraph,
    side: NDArray[np.float64],
    lower: float,
    unit: float,
    seconds: float,
    seed: int,
    settings: Mapping[str, Any],
) -> FrustrationIndex:
    bad = np.flatnonzero(graph.weight * side[graph.source] * side[graph.target] < 0)
    value = float(np.abs(graph.weight[bad]).sum())
    exact = bounds_meet(lower, value, unit)
    lower = value if exact else min(lower, value)
    if unit > 0 and not exact:
        lower = float(np.ceil(lower / unit - 1e-6) * unit)
    inside = side[graph.source] == side[graph.target]
    frustrated = np.zeros(graph.m, dtype=bool)
    frustrated[bad] = True
    total = graph.total
    return FrustrationIndex(
        value=whole(value),
        lower_bound=whole(lower),
        is_exact=bool(exact),
        partition=_named_blocs(graph, side),
        ties=tuple(Tie(*graph.tie(int(number))) for number in bad),
        seconds=seconds,
        balance=1 - 2 * value / total if total else 1.0,
        cohesiveness=_share(graph.weight, inside, ~frustrated),
        divisiveness=_share(graph.weight, ~inside, ~frustrated),
        n=graph.n,
        m=graph.m,
        directed=graph.directed,
        weighted=graph.weighted,
        seed=seed,
        settings=settings,
    )


def _share(weight: NDArray[np.float64], among: NDArray[np.bool_], these: NDArray[np.bool_]) -> float:
    whole_weight = float(np.abs(weight[among]).sum())
    return float(np.abs(weight[among & these]).sum()) / whole_weight if whole_weight else 1.0


def _named_blocs(graph: SignedGraph, side: NDArray[np.float64]) -> dict[str, int]:
    balance = float(side.sum())
    lead = side[0] if balance == 0 and graph.n else np.sign(balance)
    return {label: 0 if spin == lead else 1 for label, spin in zip(graph.labels, side.tolist(), strict=True)}
