"""Negative cycles that a fractional cover leaves open: triangles first, then shortest paths."""

from itertools import pairwise
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from amity.measures.cycle_cover import Cycle


class OddCycles:
    """
    Finds negative cycles (an odd number of negative ties) that a fractional solution leaves uncovered.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, each pair once.
    negative : bool array of shape (m,)
        The negative ties, after switching: the fewer, the faster.

    Notes
    -----
    In the signed double cover each node has two copies; positive ties stay on a side, negative ones cross.
    A shortest path between a negative tie's ends on one side, closed by that tie, is the least covered
    negative cycle through it (Barahona & Mahjoub 1986, doi:10.1007/BF02592023).
    """

    def __init__(
        self, n: int, first: NDArray[np.int64], second: NDArray[np.int64], negative: NDArray[np.bool_]
    ) -> None:
        self.n, self.first, self.second = n, first, second
        self.negative = negative
        self.odd = np.flatnonzero(negative)
        self.tie_of = {
            (a, b): tie for tie, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
        }
        cross = np.where(negative, n, 0)
        self._tails = np.concatenate([first, second, first + n, second + n])
        self._heads = np.concatenate([second + cross, first + cross, second + n - cross, first + n - cross])
        self.roots = vertex_cover(first[self.odd], second[self.odd])
        by_root: dict[int, list[int]] = {int(root): [] for root in self.roots}
        for tie in self.odd.tolist():
            a = int(first[tie])
            by_root[a if a in by_root else int(second[tie])].append(tie)
        self._by_root = by_root

    def find(self, value: NDArray[np.float64], *, deadline: float = np.inf, chunk: int = 64) -> list[Cycle]:
        """
        Return negative cycles whose ties sum to less than 1.

        Parameters
        ----------
        value : float64 array of shape (m,)
            The fractional solution.
        deadline : float
            Reading of `time.perf_counter` at which to stop.
        chunk : int
            Roots whose paths are searched together.

        Returns
        -------
        list of tuple of int
            Ties of each cycle; empty only if no cycle is uncovered, or time ran out.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        lengths = np.tile(np.maximum(value, 1e-9), 4)
        graph = csr_array((lengths, (self._tails, self._heads)), shape=(2 * self.n, 2 * self.n))
        found: list[Cycle] = []
        roots = [root for root in self.roots.tolist() if self._by_root[root]]
        for begin in range(0, len(roots), chunk):
            some = roots[begin : begin + chunk]
            distance, before = dijkstra(graph, indices=some, return_predecessors=True, limit=1.0 - 1e-7)
            for row, root in enumerate(some):
                for tie in self._by_root[root]:
                    other = int(self.second[tie] if self.first[tie] == root else self.first[tie])
                    if distance[row, other] + value[tie] < 1 - 1e-6:
                        found.append(self._cycle(root, other, before[row], tie))
            if perf_counter() > deadline:
                break
        return found

    def _cycle(self, root: int, other: int, before: NDArray[np.int32], tie: int) -> Cycle:
        nodes = [other]
        at = other
        while at != root:
            at = int(before[at])
            nodes.append(at % self.n)
        nodes.reverse()
        ties = [self._tie(a, b) for a, b in pairwise(nodes)]
        return self._simple(nodes, [*ties, tie])

    def _tie(self, a: int, b: int) -> int:
        return self.tie_of[(a, b) if a < b else (b, a)]

    def _simple(self, nodes: list[int], ties: list[int]) -> Cycle:
        """Cut even rounds out of a closed walk, or return the odd round that it holds."""
        while True:
            seen: dict[int, int] = {}
            for place, node in enumerate(nodes):
                if node in seen:
                    start = seen[node]
                    inner = ties[start:place]
                    if int(self.negative[inner].sum()) % 2:
                        nodes, ties = nodes[start:place], inner
                    else:
                        nodes, ties = nodes[:start] + nodes[place:], ties[:start] + ties[place:]
                    break
                seen[node] = place
            else:
                return tuple(ties)


class OneNegativeCycles:
    """
    Finds cycles with exactly one negative tie that a fractional solution leaves uncovered.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, each pair once.
    negative : bool array of shape (m,)
        The negative ties.

    Notes
    -----
    A graph splits into blocs without misfit exactly if it has no such cycle (Davis 1967,
    doi:10.1177/001872676702000206). The least covered one through a negative tie is a shortest path of positive
    ties between its ends.
    """

    def __init__(
        self, n: int, first: NDArray[np.int64], second: NDArray[np.int64], negative: NDArray[np.bool_]
    ) -> None:
        self.n, self.first, self.second, self.negative = n, first, second, negative
        self.positive = np.flatnonzero(~negative)
        odd = np.flatnonzero(negative)
        self.tie_of = {
            (a, b): tie for tie, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True))
        }
        self.roots = vertex_cover(first[odd], second[odd])
        self._by_root: dict[int, list[int]] = {int(root): [] for root in self.roots}
        for tie in odd.tolist():
            a = int(first[tie])
            self._by_root[a if a in self._by_root else int(second[tie])].append(tie)

    def find(self, value: NDArray[np.float64], *, deadline: float = np.inf, chunk: int = 64) -> list[Cycle]:
        """
        Return cycles with one negative tie whose ties sum to less than 1.

        Parameters
        ----------
        value : float64 array of shape (m,)
            The fractional solution.
        deadline : float
            Reading of `time.perf_counter` at which to stop.
        chunk : int
            Roots whose paths are searched together.

        Returns
        -------
        list of tuple of int
            Ties of each cycle; empty only if no cycle is uncovered, or time ran out.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        lengths = np.maximum(value[self.positive], 1e-9)
        graph = csr_array(
            (lengths, (self.first[self.positive], self.second[self.positive])), shape=(self.n, self.n)
        )
        found: list[Cycle] = []
        roots = [
            root for root in self.roots.tolist() if any(value[tie] < 1 - 1e-6 for tie in self._by_root[root])
        ]
        for begin in range(0, len(roots), chunk):
            some = roots[begin : begin + chunk]
            distance, before = dijkstra(
                graph, directed=False, indices=some, return_predecessors=True, limit=1.0 - 1e-7
            )
            for row, root in enumerate(some):
                for tie in self._by_root[root]:
                    other = int(self.second[tie] if self.first[tie] == root else self.first[tie])
                    if distance[row, other] + value[tie] < 1 - 1e-6:
                        found.append((*self._path(root, other, before[row]), tie))
            if perf_counter() > deadline:
                break
        return found

    def _path(self, root: int, at: int, before: NDArray[np.int32]) -> list[int]:
        ties = []
        while at != root:
            parent = int(before[at])
            ties.append(self.tie_of[(at, parent) if at < parent else (parent, at)])
            at = parent
        return ties


def vertex_cover(first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.int64]:
    """
    Return nodes such that each tie has one of them, few but not fewest.

    Parameters
    ----------
    first, second : int64 array of shape (m,)
        Ends of the ties.

    Returns
    -------
    int64 array
        Chosen greedily, nodes with the most uncovered ties first; in order of choice.
    """
    import heapq

    around: dict[int, set[int]] = {}
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        around.setdefault(a, set()).add(b)
        around.setdefault(b, set()).add(a)
    heap = [(-len(others), node) for node, others in around.items()]
    heapq.heapify(heap)
    chosen = []
    while heap:
        count, node = heapq.heappop(heap)
        left = len(around[node])
        if not left:
            continue
        if left != -count:
            heapq.heappush(heap, (-left, node))
            continue
        chosen.append(node)
        for other in around[node]:
            around[other].discard(node)
        around[node] = set()
    return np.array(chosen, dtype=np.int64)


def odd_triangles(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    negative: NDArray[np.bool_],
    *,
    single: bool = False,
    limit: int = 1_000_000,
) -> list[Cycle]:
    """
    Return triangles with an odd number of negative ties.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, each pair once.
    negative : bool array of shape (m,)
        The negative ties, after switching.
    single : bool
        Whether to leave out those with three negative ties.
    limit : int
        Stop after about so many.

    Returns
    -------
    list of tuple of int
        The three ties of each, once.
    """
    around: list[dict[int, int]] = [{} for _ in range(n)]
    for tie, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True)):
        around[a][b] = tie
        around[b][a] = tie
    is_odd = negative.tolist()
    found: list[Cycle] = []
    for tie in np.flatnonzero(negative).tolist():
        a, b = int(first[tie]), int(second[tie])
        near, far = (around[a], around[b]) if len(around[a]) < len(around[b]) else (around[b], around[a])
        for node, one in near.items():
            two = far.get(node)
            if two is None or is_odd[one] != is_odd[two]:
                continue
            if is_odd[one] and (single or not tie < min(one, two)):
                continue
            found.append((tie, one, two))
        if len(found) > limit:
            break
    return found
