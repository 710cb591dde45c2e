"""Smaller signed graphs with the same frustration: what can be decided by hand is taken out first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Adjacency = dict[int, dict[int, float]]


@dataclass
class Core:
    """
    A block that no reduction makes smaller.

    Parameters
    ----------
    nodes : list of int
        Their numbers in the whole graph.
    adjacency : dict of dict
        Signed weights, both directions.
    spins : dict
        Filled in by whoever solves the core: node to 1 or -1.
    """

    nodes: list[int]
    adjacency: Adjacency
    spins: dict[int, int] = field(default_factory=dict)

    @property
    def ties(self) -> int:
        """Number of ties of the core."""
        return sum(map(len, self.adjacency.values())) // 2

    def arrays(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """
        Return the core's ties, nodes numbered by their place in `nodes`.

        Returns
        -------
        tuple of arrays
            First end, second end (larger), signed weight.
        """
        place = {node: number for number, node in enumerate(self.nodes)}
        found = [
            (place[a], place[b], weight)
            for a in self.nodes
            for b, weight in self.adjacency[a].items()
            if place[a] < place[b]
        ]
        ends = np.array([(a, b) for a, b, _ in found], dtype=np.int64).reshape(-1, 2)
        return ends[:, 0], ends[:, 1], np.array([weight for *_, weight in found], dtype=np.float64)


@dataclass
class Reduction:
    """
    The cores of a signed graph, what was decided on the way, and the way back.

    Parameters
    ----------
    constant : float
        Weight that is frustrated whatever the cores' solution.
    cores : list of Core
        To be solved; each by itself.
    """

    constant: float = 0.0
    cores: list[Core] = field(default_factory=list)
    _undo: list[Callable[[dict[int, int]], None]] = field(default_factory=list)

    def unfold(self, nodes: Iterable[int]) -> dict[int, int]:
        """
        Return a solution of the whole graph made of the cores' solutions.

        Parameters
        ----------
        nodes : iterable of int
            All nodes of the whole graph.

        Returns
        -------
        dict of int to int
            Node to 1 or -1.
        """
        spins: dict[int, int] = {}
        for step in reversed(self._undo):
            step(spins)
        for node in nodes:
            spins.setdefault(node, 1)
        return spins


def merged_ties(
    source: NDArray[np.int32], target: NDArray[np.int32], weight: NDArray[np.float64]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64], float]:
    """
    Return one tie a pair and the weight that is frustrated in any case.

    Parameters
    ----------
    source, target : int array of shape (m,)
        Ends; the direction is ignored.
    weight : float64 array of shape (m,)
        Signed.

    Returns
    -------
    first, second : int64 array of shape (k,)
        Ends, first below second.
    net : float64 array of shape (k,)
        Positive minus negative weight of the pair, never 0.
    constant : float
        Sum over the pairs of the smaller of the two weights.
    """
    first = np.minimum(source, target).astype(np.int64)
    second = np.maximum(source, target).astype(np.int64)
    span = int(second.max()) + 1 if len(second) else 1
    unique, place = np.unique(first * span + second, return_inverse=True)
    positive = np.bincount(place, weights=np.maximum(weight, 0), minlength=len(unique))
    negative = np.bincount(place, weights=np.maximum(-weight, 0), minlength=len(unique))
    net = positive - negative
    keep = net != 0
    return unique[keep] // span, unique[keep] % span, net[keep], float(np.minimum(positive, negative).sum())


def reduce_for_frustration(
    first: NDArray[np.int64], second: NDArray[np.int64], net: NDArray[np.float64]
) -> Reduction:
    """
    Return the cores to which a signed graph's frustration index reduces.

    Parameters
    ----------
    first, second : int64 array of shape (k,)
        Ends of the ties, each pair once.
    net : float64 array of shape (k,)
        Signed weights.

    Returns
    -------
    Reduction
        The index is its constant plus the sum of its cores' indices.

    Notes
    -----
    Until nothing changes: a node with one tie follows its neighbour; a node with two ties becomes one tie
    between its neighbours, with the product of the signs and the smaller weight; parallel ties of one sign
    add up, those of opposite signs cancel and leave the smaller weight as a constant; biconnected blocks are
    split at their cut nodes.

    References
    ----------
    Hüffner, Betzler & Niedermeier 2010, doi:10.1007/s10878-009-9272-1; Aref & Wilson 2019,
    doi:10.1093/comnet/cny015.
    """
    adjacency: Adjacency = {}
    for a, b, weight in zip(first.tolist(), second.tolist(), net.tolist(), strict=True):
        adjacency.setdefault(a, {})[b] = weight
        adjacency.setdefault(b, {})[a] = weight
    result = Reduction()
    waiting = [adjacency]
    while waiting:
        _reduce(waiting.pop(), result, waiting)
    return result


def _reduce(adjacency: Adjacency, result: Reduction, waiting: list[Adjacency]) -> None:
    _peel(adjacency, result)
    if not adjacency:
        return
    blocks = _blocks(adjacency)
    if len(blocks) == 1:
        core = Core(sorted(adjacency), adjacency)
        result.cores.append(core)
        result._undo.append(_place_core(core))
        return
    # Joins run first when unfolding blocks in this order: each later block meets the earlier ones in at most
    # one node, so turning it over as a whole makes them agree.
    parts = [{a: {b: adjacency[a][b] for b in adjacency[a] if b in block} for a in block} for block in blocks]
    inner = [Reduction() for _ in parts]

    def join(spins: dict[int, int]) -> None:
        for block, reduction in zip(blocks, inner, strict=True):
            mine = reduction.unfold(block)
            shared = next((node for node in block if node in spins), None)
            turn = 1 if shared is None or spins[shared] == mine[shared] else -1
            for node, spin in mine.items():
                spins.setdefault(node, turn * spin)

    result._undo.append(join)
    for part, reduction in zip(parts, inner, strict=True):
        todo = [part]
        while todo:
            _reduce(todo.pop(), reduction, todo)
        result.constant += reduction.constant
        result.cores.extend(reduction.cores)


def _place_core(core: Core) -> Callable[[dict[int, int]], None]:
    def place(spins: dict[int, int]) -> None:
        for node in core.nodes:
            spins[node] = core.spins.get(node, 1)

    return place


def _peel(adjacency: Adjacency, result: Reduction) -> None:
    """Take out nodes with at most two ties, in place."""
    queue = [node for node, ties in adjacency.items() if len(ties) <= 2]
    while queue:
        node = queue.pop()
        ties = adjacency.get(node)
        if ties is None or len(ties) > 2:
            continue
        del adjacency[node]
        around = list(ties.items())
        for other, _ in around:
            del adjacency[other][node]
        result._undo.append(_follow(node, around))
        if len(around) == 2:
            (a, to_a), (b, to_b) = around
            tie = min(abs(to_a), abs(to_b)) * (1 if (to_a > 0) == (to_b > 0) else -1)
            old = adjacency[a].get(b, 0.0)
            if old and (old > 0) != (tie > 0):
                result.constant += min(abs(old), abs(tie))
            new = old + tie
            if abs(new) < 1e-12:
                adjacency[a].pop(b, None)
                adjacency[b].pop(a, None)
            else:
                adjacency[a][b] = adjacency[b][a] = new
        queue.extend(other for other, _ in around if len(adjacency[other]) <= 2)


def _follow(node: int, around: list[tuple[int, float]]) -> Callable[[dict[int, int]], None]:
    def follow(spins: dict[int, int]) -> None:
        pull = sum(weight * spins.setdefault(other, 1) for other, weight in around)
        spins[node] = 1 if pull >= 0 else -1

    return follow


def _blocks(adjacency: Adjacency) -> list[set[int]]:
    """Biconnected blocks, ordered so that each meets the ones before it in at most one node."""
    import networkx as nx

    graph = nx.Graph()
    graph.add_edges_from((a, b) for a, ties in adjacency.items() for b in ties if a < b)
    blocks = list(nx.biconnected_components(graph))
    if len(blocks) == 1:
        return blocks
    of: dict[int, list[int]] = {}
    for number, block in enumerate(blocks):
        for node in block:
            of.setdefault(node, []).append(number)
    ordered: list[set[int]] = []
    seen: set[int] = set()
    for start in range(len(blocks)):
        if start in seen:
            continue
        seen.add(start)
        queue = [start]
        for number in queue:
            ordered.append(blocks[number])
            for node in blocks[number]:
                for other in of[node]:
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
    return ordered
