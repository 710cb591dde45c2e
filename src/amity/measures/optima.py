"""All best divisions in two camps, as far as they can be listed, and which ties stand against every one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.bounds import Bracket, weight_unit
from amity.measures.frustration import frustration_index
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.reduction import merged_ties
from amity.measures.results import Result, Tie, table
from amity.measures.two_blocs import Relaxation, core_matrix


@dataclass(frozen=True)
class FrustrationOptima(Result):
    """
    How far the frustration index leaves open who stands with whom.

    Parameters
    ----------
    value : float
        The frustration index.
    is_exact : bool
        Whether it is proved; otherwise the divisions listed are those of the best value found.
    divisions : int
        Divisions in two camps with that value, those that differ by turning a whole component over counted once.
        (Opposite ties of equal weight cancel and connect nothing.)
    is_complete : bool
        Whether all were listed; otherwise there are more.
    always : tuple of Tie
        Ties frustrated in every division listed.
    sometimes : tuple of (Tie, float)
        Ties frustrated in some but not all, with the share; a half for opposite ties that cancel, where nothing
        else relates their ends.
    firm : tuple of tuple of str
        Groups of nodes whose relation is the same in every division, largest first; only groups of two or more.
    seconds : float
        Wall-clock time taken.
    settings : mapping
        Options as used.
    """

    value: float
    is_exact: bool
    divisions: int
    is_complete: bool
    always: tuple[Tie, ...]
    sometimes: tuple[tuple[Tie, float], ...]
    firm: tuple[tuple[str, ...], ...]
    seconds: float
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        more = "" if self.is_complete else " or more"
        rows: list[tuple[object, ...]] = [(t.source, t.target, t.weight, 1.0) for t in self.always]
        rows += [(t.source, t.target, t.weight, share) for t, share in self.sometimes]
        return (
            f"{self.divisions}{more} divisions with frustration index {self.value:g}; "
            f"{len(self.always)} ties frustrated in all, {len(self.sometimes)} in some\n"
            + table(["source", "target", "weight", "share"], rows)
        )


def frustration_optima(
    graph: Any,
    *,
    directed: bool = False,
    weighted: bool = False,
    limit: int = 10_000,
    seconds: float = 60.0,
    seed: int = 0,
) -> FrustrationOptima:
    """
    Return how many divisions attain the frustration index, and what they have in common.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    directed, weighted : bool
        How ties count.
    limit : int
        Most divisions listed for any one block.
    seconds : float
        Wall-clock limit for the proof, and again for listing.
    seed : int
        Of the heuristic.

    Returns
    -------
    FrustrationOptima
        Nodes without ties do not multiply the number.

    Raises
    ------
    InvalidValue
        If `limit` is below 1.

    Notes
    -----
    A tie with more slack in the cycle packing than the bounds leave open is frustrated in no best division, so
    its ends are one node from then on; what remains splits into blocks, whose divisions are listed by branch and
    bound and multiplied.
    """
    if limit < 1:
        raise InvalidValue(f"limit must be at least 1, not {limit}")
    begun = perf_counter()
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    best = frustration_index(ties, directed=directed, weighted=weighted, seconds=seconds, seed=seed)
    side = np.array([1 if best.partition[label] == 0 else -1 for label in ties.labels])
    first, second, net, _ = merged_ties(ties.source, ties.target, ties.weight)
    deadline = perf_counter() + seconds
    joined = _contract(ties.n, first, second, net, side, weight_unit(ties.weight), deadline)
    count, complete = 1, True
    share = (ties.weight * side[ties.source] * side[ties.target] < 0).astype(np.float64)
    open_pairs: dict[tuple[int, int], list[float]] = {}
    for nodes, block in joined.blocks():
        found = list(_best_divisions(nodes, block, limit, deadline))
        complete = complete and len(found) <= limit and perf_counter() < deadline
        found = found[:limit] or [dict.fromkeys(nodes, 1)]
        count *= len(found)
        for a, b in block:
            turned = sum(1 for division in found if division[a] != division[b]) / len(found)
            open_pairs[a, b] = [turned]
    groups = _firm_groups(joined, open_pairs, ties.n)
    for number in range(ties.m):
        low, high = sorted((int(joined.of[ties.source[number]]), int(joined.of[ties.target[number]])))
        if low != high:
            # opposite ties of equal weight cancel: one of the two is frustrated, whichever it is
            turned = open_pairs.get((low, high), [0.5])[0]
            share[number] = turned if share[number] == 0 else 1 - turned
    sure = [number for number in range(ties.m) if share[number] > 1 - 1e-12]
    unsure = [number for number in range(ties.m) if 1e-12 < share[number] <= 1 - 1e-12]
    return FrustrationOptima(
        value=best.value,
        is_exact=best.is_exact,
        divisions=count,
        is_complete=complete and best.is_exact,
        always=tuple(Tie(*ties.tie(number)) for number in sure),
        sometimes=tuple((Tie(*ties.tie(number)), float(share[number])) for number in unsure),
        firm=tuple(tuple(ties.labels[node] for node in group) for group in groups),
        seconds=perf_counter() - begun,
        settings={
            "limit": limit,
            "seconds": seconds,
            "directed": directed,
            "weighted": weighted,
            "seed": seed,
        },
    )


@dataclass
class _Joined:
    """A graph whose surely satisfied ties were contracted; weights are relative to the best division found."""

    of: NDArray[np.int64]
    ties: dict[tuple[int, int], tuple[float, float]]

    def blocks(self) -> Iterator[tuple[list[int], dict[tuple[int, int], tuple[float, float]]]]:
        """Biconnected blocks: their nodes, and their ties with the weight that agrees and disagrees."""
        import networkx as nx

        graph = nx.Graph(list(self.ties))
        for edges in nx.biconnected_component_edges(graph):
            block = {(min(a, b), max(a, b)): self.ties[min(a, b), max(a, b)] for a, b in edges}
            yield sorted({node for pair in block for node in pair}), block


def _contract(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    net: NDArray[np.float64],
    side: NDArray[Any],
    unit: float,
    deadline: float,
) -> _Joined:
    import networkx as nx
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    agree = net * side[first] * side[second] > 0
    sure = np.zeros(len(net), dtype=bool)
    graph = nx.Graph()
    number = {(int(a), int(b)): tie for tie, (a, b) in enumerate(zip(first, second, strict=True))}
    graph.add_edges_from(number)
    for edges in nx.biconnected_component_edges(graph):
        ties = np.array(sorted(number[min(a, b), max(a, b)] for a, b in edges))
        upper = float(np.abs(net[ties][~agree[ties]]).sum())
        if upper < 1e-12:
            sure[ties] = True
            continue
        nodes = np.unique(np.concatenate([first[ties], second[ties]]))
        a, b = np.searchsorted(nodes, first[ties]), np.searchsorted(nodes, second[ties])
        matrix = core_matrix(len(nodes), a, b, net[ties])
        bracket = Bracket(side[nodes].astype(np.float64), upper)
        relaxation = Relaxation(matrix, a, b, net[ties], bracket, unit)
        relaxation.tighten(deadline, fully=True)
        slack = relaxation.cover.cost - relaxation.cover.packed
        sure[ties[(relaxation.cover.bound + slack > upper + 1e-6) & agree[ties]]] = True
    kept = csr_array((np.ones(int(sure.sum())), (first[sure], second[sure])), shape=(n, n))
    of = connected_components(kept, directed=False)[1].astype(np.int64)
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for tie in np.flatnonzero(of[first] != of[second]).tolist():
        low, high = sorted((int(of[first[tie]]), int(of[second[tie]])))
        good, bad = found.get((low, high), (0.0, 0.0))
        weight = abs(float(net[tie]))
        found[low, high] = (good + weight, bad) if agree[tie] else (good, bad + weight)
    return _Joined(of, found)


def _best_divisions(
    nodes: list[int], block: Mapping[tuple[int, int], tuple[float, float]], limit: int, deadline: float
) -> Iterator[dict[int, int]]:
    """Divisions of a block as good as the one found, in which every node is 1; its first node stays 1."""
    around: dict[int, list[tuple[int, float, float]]] = {node: [] for node in nodes}
    for (a, b), (good, bad) in block.items():
        around[a].append((b, good, bad))
        around[b].append((a, good, bad))
    target = sum(bad for _, bad in block.values()) + 1e-9
    order = _search_order(nodes, around)
    spins: dict[int, int] = {}
    # what the ties of nodes still to be placed cost at least, each tie by its cheaper relation
    position = {node: place for place, node in enumerate(order)}
    rest = [0.0] * (len(order) + 1)
    for (a, b), (good, bad) in block.items():
        rest[max(position[a], position[b])] += min(good, bad)
    for place in range(len(order) - 1, -1, -1):
        rest[place] += rest[place + 1]
    stack: list[tuple[int, float, int]] = [(0, 0.0, 1)]
    listed = 0
    while stack and listed <= limit and perf_counter() < deadline:
        place, cost, spin = stack.pop()
        for later in order[place:]:
            spins.pop(later, None)
        node = order[place]
        spins[node] = spin
        for other, good, bad in around[node]:
            if other in spins and other != node:
                cost += bad if spins[other] == spin else good
        if cost + rest[place + 1] > target:
            continue
        if place + 1 == len(order):
            listed += 1
            yield dict(spins)
            continue
        stack.append((place + 1, cost, -1))
        stack.append((place + 1, cost, 1))


def _search_order(nodes: list[int], around: Mapping[int, list[tuple[int, float, float]]]) -> list[int]:
    """Nodes so that each has many ties to those before it."""
    placed: list[int] = []
    waiting = dict.fromkeys(nodes, 0.0)
    current = max(nodes, key=lambda node: sum(good + bad for _, good, bad in around[node]))
    while True:
        placed.append(current)
        waiting.pop(current)
        for other, good, bad in around[current]:
            if other in waiting:
                waiting[other] += good + bad
        if not waiting:
            return placed
        current = max(waiting, key=lambda node: waiting[node])


def _firm_groups(
    joined: _Joined, open_pairs: Mapping[tuple[int, int], list[float]], n: int
) -> list[list[int]]:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    fixed = [pair for pair, (turned,) in open_pairs.items() if turned in (0.0, 1.0)]
    count = int(joined.of.max(initial=-1)) + 1
    rows, columns = [a for a, _ in fixed], [b for _, b in fixed]
    graph = csr_array((np.ones(len(fixed)), (rows, columns)), shape=(count, count))
    of = connected_components(graph, directed=False)[1][joined.of] if count else np.zeros(n, dtype=np.int64)
    groups: dict[int, list[int]] = {}
    for node, group in enumerate(of.tolist()):
        groups.setdefault(group, []).append(node)
    return sorted(
        (group for group in groups.values() if len(group) > 1), key=lambda group: (-len(group), group)
    )


def brute_force_optima(graph: SignedGraph) -> list[tuple[int, ...]]:
    """
    Return every best division of a small graph, by trying all.

    Parameters
    ----------
    graph : SignedGraph
        At most 20 nodes.

    Returns
    -------
    list of tuple of int
        1 or -1 for each node; the first node is 1.

    Raises
    ------
    InvalidValue
        If there are more nodes.
    """
    if graph.n > 20:
        raise InvalidValue(f"all divisions are tried for at most 20 nodes, not {graph.n}")
    count = 2 ** max(graph.n - 1, 0)
    bits = (np.arange(count)[:, None] >> np.arange(max(graph.n - 1, 0))) & 1
    sides = np.column_stack([np.ones(count, dtype=np.int64), 1 - 2 * bits])[:, : graph.n]
    cost = np.zeros(count)
    for a, b, weight in zip(graph.source, graph.target, graph.weight, strict=True):
        cost += abs(weight) * (sides[:, a] * sides[:, b] * weight < 0)
    return [tuple(row) for row in sides[cost <= cost.min() + 1e-9].tolist()]
