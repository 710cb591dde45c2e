"""The clusterability index with its proof: how far a network is from any number of camps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.bounds import Bracket, bounds_meet, draw_together, weight_unit, whole
from amity.measures.cycle_cover import CycleCover, silent_solver
from amity.measures.fixed_blocs import fewer_blocs
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.odd_cycles import OneNegativeCycles, odd_triangles
from amity.measures.reduction import merged_ties
from amity.measures.relocation import misfit, relocate
from amity.measures.results import Result, Tie, table
from amity.measures.two_blocs import core_matrix

RUNS = 4
"""Runs of the heuristic on a block."""


@dataclass(frozen=True)
class ClusterabilityIndex(Result):
    """
    The least weight of ties that must change before the network splits into blocs without exception.

    Parameters
    ----------
    value : float
        The clusterability index C, or the best upper bound found; a whole number where all weights are.
    lower_bound : float
        No partition has less; equal to `value` if exact.
    is_exact : bool
        Whether the value is proved to be the smallest.
    partition : mapping of str to int
        Bloc of each node; blocs are numbered by size, the largest is 0.
    blocs : int
        Number of blocs, nodes alone included.
    ties : tuple of Tie
        The ties that disagree with the partition.
    seconds : float
        Wall-clock time taken.
    most_blocs : int or None
        Most blocs allowed; None for any number.
    share : float
        ``value`` over the total weight; 0 without ties.
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
    blocs: int
    ties: tuple[Tie, ...]
    seconds: float
    most_blocs: int | None
    share: float
    n: int
    m: int
    directed: bool
    weighted: bool
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        proof = "proved" if self.is_exact else f"not proved; at least {self.lower_bound:g}"
        head = (
            f"Clusterability index {self.value:g} ({proof}) with {self.blocs} blocs; "
            f"{self.n} nodes, {self.m} ties, {self.seconds:.2f} s"
        )
        rows = [(tie.source, tie.target, tie.weight) for tie in self.ties]
        return head + ("\n" + table(["source", "target", "weight"], rows) if rows else "")


def clusterability_index(
    graph: Any,
    *,
    k: int | None = None,
    directed: bool = False,
    weighted: bool = False,
    seconds: float = 60.0,
    prove: bool = True,
    seed: int = 0,
) -> ClusterabilityIndex:
    """
    Return the clusterability index, with blocs that attain it and a lower bound that proves it.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    k : int, optional
        Most blocs allowed (some may stay empty); by default any number. ``k=2`` is the frustration index.
    directed : bool
        Whether each direction is a tie of its own.
    weighted : bool
        Whether ties count by weight.
    seconds : float
        Wall-clock limit. When it runs out the bounds found so far are returned.
    prove : bool
        False leaves the heuristic's upper bound and a quick lower one.
    seed : int
        Of the heuristic.

    Returns
    -------
    ClusterabilityIndex
        Exact if `is_exact`.

    Raises
    ------
    InvalidValue
        If `seconds` is not positive or `k` below 1.

    Notes
    -----
    C is the minimum over partitions in any number of blocs of the weight of positive ties between blocs plus
    that of negative ties inside one (correlation clustering). Negative ties between components of the positive
    ties never disagree; biconnected blocks of the rest are solved one by one: blocs by moving and merging, the
    lower bound by covering the cycles with exactly one negative tie, and where the two do not meet an integer
    program over the same cycles, to which violated ones are added until none is left. With `k` the program
    assigns nodes to blocs; see `fixed_blocs.solve_assignment`.

    References
    ----------
    Davis 1967, doi:10.1177/001872676702000206; Doreian & Mrvar 1996, doi:10.1016/0378-8733(95)00259-6; Demaine
    et al. 2006, doi:10.1016/j.tcs.2006.05.008; Aref & Neal 2021, doi:10.1038/s41598-021-98139-w.

    Examples
    --------
    >>> found = clusterability_index([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    >>> found.value, found.blocs, found.is_exact
    (0, 3, True)
    """
    if not seconds > 0:
        raise InvalidValue(f"seconds must be positive, not {seconds}")
    if k is not None and k < 1:
        raise InvalidValue(f"k, the most blocs allowed, must be at least 1, not {k}")
    begun = perf_counter()
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    deadline = begun + seconds if prove else begun
    unit = weight_unit(ties.weight)
    first, second, net, constant = merged_ties(ties.source, ties.target, ties.weight)
    labels, lower = _free_blocs(ties.n, first, second, net, unit, deadline, seed)
    if k is not None and int(labels.max(initial=-1)) + 1 > k:
        labels, lower = fewer_blocs(ties.n, first, second, net, lower, k, unit, deadline, seed)
    settings = {"k": k, "seconds": seconds, "prove": prove}
    return _result(ties, labels, lower + constant, unit, perf_counter() - begun, k, seed, settings)


def _free_blocs(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    net: NDArray[np.float64],
    unit: float,
    deadline: float,
    seed: int,
) -> tuple[NDArray[np.int64], float]:
    """Blocs for any k and a lower bound."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    kept = net > 0
    lower = 0.0
    for number, (nodes, ties) in enumerate(_blocks(n, first, second, net)):
        place = np.full(n, -1)
        place[nodes] = np.arange(len(nodes))
        block = _Block(len(nodes), place[first[ties]], place[second[ties]], net[ties], unit, seed + number)
        block.solve(deadline)
        lower += block.bracket.upper if block.bracket.closed(unit) else block.bracket.lower
        labels = block.bracket.partition
        apart = labels[block.first] != labels[block.second]
        kept[ties[apart]] = False
    graph = csr_array((np.ones(int(kept.sum())), (first[kept], second[kept])), shape=(n, n))
    return connected_components(graph, directed=False)[1].astype(np.int64), lower


def _blocks(
    n: int, first: NDArray[np.int64], second: NDArray[np.int64], net: NDArray[np.float64]
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Biconnected blocks with a negative tie, small ones first: their nodes and their ties."""
    import networkx as nx
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    plus = net > 0
    graph = csr_array((np.ones(int(plus.sum())), (first[plus], second[plus])), shape=(n, n))
    of = connected_components(graph, directed=False)[1]
    inside = np.flatnonzero(of[first] == of[second])
    tie_of = {(int(first[tie]), int(second[tie])): int(tie) for tie in inside}
    found = []
    for edges in nx.biconnected_component_edges(nx.Graph(list(tie_of))):
        ties = np.array([tie_of[(a, b) if a < b else (b, a)] for a, b in edges])
        if len(ties) > 2 and (net[ties] < 0).any():
            ties.sort()
            found.append((np.unique(np.concatenate([first[ties], second[ties]])), ties))
    return sorted(found, key=lambda block: len(block[1]))


class _Block:
    """Both bounds of one block, drawn together."""

    def __init__(
        self,
        n: int,
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        net: NDArray[np.float64],
        unit: float,
        seed: int,
    ) -> None:
        self.n, self.first, self.second, self.net, self.unit, self.seed = n, first, second, net, unit, seed
        self.matrix = core_matrix(n, first, second, net)
        labels = [relocate(self.matrix, seed=seed + run) for run in range(RUNS)]
        costs = [misfit(self.matrix, each) for each in labels]
        best = int(np.argmin(costs))
        self.bracket = Bracket(labels[best], costs[best])
        self.negative = net < 0
        self.triangles: NDArray[np.int64] = np.zeros((0, 3), dtype=np.int64)
        self.finder = OneNegativeCycles(n, first, second, self.negative)

    def solve(self, deadline: float) -> None:
        if self.bracket.upper < 1e-12:
            return
        labels = self.bracket.partition
        start = (labels[self.first] != labels[self.second]) != self.negative
        cover = CycleCover(np.abs(self.net), start.astype(np.float64))
        found = odd_triangles(self.n, self.first, self.second, self.negative, single=True)
        self.triangles = np.array(found, dtype=np.int64).reshape(-1, 3)

        def improve(seed: int) -> None:
            self.improve(cover.value, seed)

        draw_together(
            cover, self.bracket, self.triangles, self.finder.find, improve, unit=self.unit, deadline=deadline
        )
        if not self.bracket.closed(self.unit) and perf_counter() < deadline:
            self.branch(cover, deadline)

    def improve(self, value: NDArray[np.float64], seed: int) -> None:
        """Look for better blocs near a fractional cover."""
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import connected_components

        for cut in (0.01, 0.34, 0.5, 0.67, 0.99):
            kept = ~self.negative & (value < cut)
            graph = csr_array(
                (np.ones(int(kept.sum())), (self.first[kept], self.second[kept])), shape=(self.n, self.n)
            )
            labels = connected_components(graph, directed=False)[1]
            found = relocate(self.matrix, seed=seed, start=labels)
            cost = misfit(self.matrix, found)
            if cost < self.bracket.upper - 1e-9:
                self.bracket.upper, self.bracket.partition = cost, found

    def branch(self, cover: CycleCover, deadline: float) -> None:
        """Solve the integer program over cycles, adding those that its solutions leave uncovered."""
        slack = cover.cost - cover.packed
        upper = np.ones(len(self.net))
        upper[cover.bound + slack > self.bracket.upper + 1e-6] = 0
        cycles = cover.tight() if len(cover) > 5000 else [cover.cycle(number) for number in range(len(cover))]
        cycles += [tuple(ties) for ties in self.triangles.tolist()] if len(self.triangles) < 5000 else []
        while perf_counter() < deadline and not self.bracket.closed(self.unit):
            value, bound = solve_cover_program(
                cover.cost, upper, cycles, unit=self.unit, seconds=deadline - perf_counter()
            )
            self.bracket.lower = max(self.bracket.lower, min(bound, self.bracket.upper))
            self.improve(value, self.seed)
            found = self.finder.find(value, deadline=deadline)
            if not found:
                return
            cycles = [*cycles, *found]


def solve_cover_program(
    cost: NDArray[np.float64],
    upper: NDArray[np.float64],
    cycles: list[tuple[int, ...]],
    *,
    unit: float,
    seconds: float,
) -> tuple[NDArray[np.float64], float]:
    """
    Return the cheapest set of ties that meets every cycle, and a lower bound of its cost.

    Parameters
    ----------
    cost : float64 array of shape (m,)
        Of each tie, positive.
    upper : float64 array of shape (m,)
        0 for ties that must not be taken.
    cycles : list of tuple of int
        To be met.
    unit : float
        Every cost is a multiple of it; 0 if unknown.
    seconds : float
        Time limit.

    Returns
    -------
    value : float64 array of shape (m,)
        1 for the ties taken, or the best set found in time.
    bound : float
        No set is cheaper.
    """
    import highspy

    m = len(cost)
    solver = silent_solver()
    solver.addVars(m, np.zeros(m), upper)
    solver.changeColsCost(m, np.arange(m, dtype=np.int32), cost)
    kinds = np.full(m, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(m, np.arange(m, dtype=np.int32), kinds)
    index = np.array([tie for cycle in cycles for tie in cycle], dtype=np.int32)
    starts = np.concatenate([[0], np.cumsum([len(cycle) for cycle in cycles])[:-1]]).astype(np.int32)
    solver.addRows(
        len(cycles), np.ones(len(cycles)), np.full(len(cycles), highspy.kHighsInf), len(index), starts, index,
        np.ones(len(index)),
    )  # fmt: skip
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.5 * unit if unit else 1e-9)
    solver.run()
    value = np.array(solver.getSolution().col_value)
    bound = float(solver.getInfo().mip_dual_bound)
    return np.round(value) if len(value) == m else np.zeros(m), bound if np.isfinite(bound) else 0.0


def _result(
    graph: SignedGraph,
    labels: NDArray[np.int64],
    lower: float,
    unit: float,
    seconds: float,
    k: int | None,
    seed: int,
    settings: Mapping[str, Any],
) -> ClusterabilityIndex:
    same = labels[graph.source] == labels[graph.target]
    bad = np.flatnonzero(same != (graph.weight > 0))
    value = float(np.abs(graph.weight[bad]).sum())
    exact = bounds_meet(lower, value, unit)
    lower = value if exact else min(lower, value)
    if unit > 0 and not exact:
        lower = float(np.ceil(lower / unit - 1e-6) * unit)
    return ClusterabilityIndex(
        value=whole(value),
        lower_bound=whole(lower),
        is_exact=exact,
        partition=named_blocs(graph.labels, labels),
        blocs=len(np.unique(labels)),
        ties=tuple(Tie(*graph.tie(int(number))) for number in bad),
        seconds=seconds,
        most_blocs=k,
        share=value / graph.total if graph.m else 0.0,
        n=graph.n,
        m=graph.m,
        directed=graph.directed,
        weighted=graph.weighted,
        seed=seed,
        settings=settings,
    )


def named_blocs(nodes: tuple[str, ...], labels: NDArray[np.int64]) -> dict[str, int]:
    """
    Return the bloc of each node, blocs numbered by size.

    Parameters
    ----------
    nodes : tuple of str
        Labels of the nodes.
    labels : int64 array of shape (n,)
        Blocs under any numbers.

    Returns
    -------
    dict of str to int
        The largest bloc is 0; of equal ones, that with the earlier node.
    """
    _, first, inverse, counts = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    order = np.lexsort((first, -counts))
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    return dict(zip(nodes, rank[inverse].tolist(), strict=True))
