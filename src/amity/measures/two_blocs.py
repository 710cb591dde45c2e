"""Both bounds of the frustration index of one irreducible block, drawn together until they meet."""

from collections.abc import Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.measures.annealing import anneal, descend, frustrated_weight
from amity.measures.bounds import Bracket, draw_together
from amity.measures.cycle_cover import CycleCover, silent_solver
from amity.measures.odd_cycles import OddCycles, odd_triangles
from amity.measures.reduction import Core


def core_matrix(
    n: int, first: NDArray[np.int64], second: NDArray[np.int64], weight: NDArray[np.float64]
) -> Any:
    """
    Return the symmetric matrix of undirected ties.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends.
    weight : float64 array of shape (m,)
        Signed.

    Returns
    -------
    scipy.sparse.csr_array of shape (n, n)
        Symmetric.
    """
    from scipy.sparse import csr_array

    rows = np.concatenate([first, second])
    columns = np.concatenate([second, first])
    return csr_array((np.concatenate([weight, weight]), (rows, columns)), shape=(n, n))


def solve_core(core: Core, unit: float, deadline: float, seed: int) -> Bracket:
    """
    Return the bounds of one core's frustration index, and leave its best partition in the core.

    Parameters
    ----------
    core : Core
        Its `spins` are filled in.
    unit : float
        Every weight is a multiple of it; 0 if unknown.
    deadline : float
        Reading of `time.perf_counter` at which to stop.
    seed : int
        Of the heuristic.

    Returns
    -------
    Bracket
        Closed if the index is proved.
    """
    first, second, weight = core.arrays()
    n = len(core.nodes)
    matrix = core_matrix(n, first, second, weight)
    spins = anneal(matrix, seed=seed)
    costs = frustrated_weight(matrix, spins)
    best = int(costs.argmin())
    bracket = Bracket(spins[:, best], float(costs[best]))
    if bracket.upper > 1e-12:
        relaxation = Relaxation(matrix, first, second, weight, bracket, unit)
        relaxation.tighten(deadline)
        if not bracket.closed(unit) and perf_counter() < deadline:
            relaxation.branch(deadline)
    core.spins = {node: int(spin) for node, spin in zip(core.nodes, bracket.partition.tolist(), strict=True)}
    return bracket


class Relaxation:
    """
    Both bounds of one core, drawn together.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed.
    first, second : int64 array of shape (m,)
        Ends of the ties, first below second.
    weight : float64 array of shape (m,)
        Signed.
    bracket : Bracket
        The best partition known, of 1 and -1; changed in place.
    unit : float
        Every weight is a multiple of it; 0 if unknown.
    """

    def __init__(
        self,
        matrix: Any,
        first: NDArray[np.int64],
        second: NDArray[np.int64],
        weight: NDArray[np.float64],
        bracket: Bracket,
        unit: float,
    ) -> None:
        self.matrix, self.first, self.second, self.weight = matrix, first, second, weight
        self.bracket, self.unit = bracket, unit
        self.n = matrix.shape[0]
        # Switching by the best partition leaves only its frustrated ties negative; cycles keep their signs.
        self.negative = weight * bracket.partition[first] * bracket.partition[second] < 0
        self.switch = bracket.partition.copy()
        self.cover = CycleCover(np.abs(weight), self.negative.astype(np.float64))
        triangles = odd_triangles(self.n, first, second, self.negative)
        self.triangles = np.array(triangles, dtype=np.int64).reshape(-1, 3)

    def tighten(self, deadline: float, *, fully: bool = False) -> None:
        """
        Add uncovered cycles until none is left, the bounds meet or time is up.

        Parameters
        ----------
        deadline : float
            Reading of `time.perf_counter` at which to stop.
        fully : bool
            Whether to go on when the bounds are less than a unit apart, for the greatest bound.
        """
        finder = OddCycles(self.n, self.first, self.second, self.negative)
        unit = 0.0 if fully else self.unit
        draw_together(
            self.cover, self.bracket, self.triangles, finder.find, self.round, unit=unit, deadline=deadline
        )

    def round(self, seed: int, *, tries: int = 16) -> None:
        """
        Look for a better partition near the fractional cover.

        Parameters
        ----------
        seed : int
            Of the noise on the cover.
        tries : int
            Spanning trees followed.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

        rng = np.random.default_rng(seed)
        turned = np.where(self.negative, -1.0, 1.0)
        found = np.ones((self.n, tries))
        sign = {
            (a, b): s
            for a, b, s in zip(self.first.tolist(), self.second.tolist(), turned.tolist(), strict=True)
        }
        for column in range(tries):
            length = self.cover.value + 1e-3 + 0.2 * rng.random(len(turned)) * (column > 0)
            tree = minimum_spanning_tree(
                csr_array((length, (self.first, self.second)), shape=(self.n, self.n))
            )
            order, before = breadth_first_order(tree, 0, directed=False)
            spins = found[:, column]
            for node in order[1:].tolist():
                parent = int(before[node])
                spins[node] = spins[parent] * sign[(node, parent) if node < parent else (parent, node)]
        found = descend(self.matrix, found * self.switch[:, None])
        costs = frustrated_weight(self.matrix, found)
        best = int(costs.argmin())
        if costs[best] < self.bracket.upper - 1e-9:
            self.bracket.upper, self.bracket.partition = float(costs[best]), found[:, best]

    def branch(self, deadline: float) -> None:
        """
        Solve the XOR model with the binding cycles as cuts by branch and bound.

        Parameters
        ----------
        deadline : float
            Reading of `time.perf_counter` at which to stop.
        """
        m, n = len(self.weight), self.n
        root = int(np.diff(self.matrix.indptr).argmax())
        # no optimal partition frustrates a tie whose slack in the packing exceeds what the bounds leave open
        slack = self.cover.cost - self.cover.packed
        upper = np.ones(n + m)
        upper[root] = 0
        upper[n:][self.cover.bound + slack > self.bracket.upper + 1e-6] = 0
        moved = self.bracket.partition * self.switch
        moved *= moved[root]
        found, bound = solve_xor_program(
            self.first, self.second, self.cover.cost, self.negative, upper, self.cover.tight(), moved < 0,
            unit=self.unit, seconds=deadline - perf_counter(),
        )  # fmt: skip
        self.bracket.lower = max(self.bracket.lower, min(bound, self.bracket.upper))
        spins = descend(self.matrix, (np.where(found, -1.0, 1.0) * self.switch)[:, None])
        cost = float(frustrated_weight(self.matrix, spins)[0])
        if cost < self.bracket.upper - 1e-9:
            self.bracket.upper, self.bracket.partition = cost, spins[:, 0]


def solve_xor_program(
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    cost: NDArray[np.float64],
    negative: NDArray[np.bool_],
    upper: NDArray[np.float64],
    cycles: Sequence[Sequence[int]],
    start: NDArray[np.bool_],
    *,
    unit: float,
    seconds: float,
) -> tuple[NDArray[np.bool_], float]:
    """
    Return a two-bloc partition and a lower bound from an integer program.

    Parameters
    ----------
    first, second : int64 array of shape (m,)
        Ends of the ties.
    cost : float64 array of shape (m,)
        Weight of each tie, positive.
    negative : bool array of shape (m,)
        The negative ties.
    upper : float64 array of shape (n + m,)
        Largest value of each node's and each tie's variable; 0 fixes it.
    cycles : sequence of sequences of int
        Negative cycles, as cuts.
    start : bool array of shape (n,)
        A partition to start from.
    unit : float
        Every objective is a multiple of it; 0 if unknown.
    seconds : float
        Time limit.

    Returns
    -------
    partition : bool array of shape (n,)
        The best found.
    bound : float
        No partition allowed by `upper` is better.

    Notes
    -----
    A tie's variable is at least the exclusive or of its ends, so it needs no integrality of its own (the XOR
    model of Aref, Mason & Wilson 2020, doi:10.1002/net.21907).
    """
    import highspy

    m, n = len(cost), len(start)
    solver = silent_solver()
    solver.addVars(n + m, np.zeros(n + m), upper)
    objective = np.concatenate([np.zeros(n), cost])
    solver.changeColsCost(n + m, np.arange(n + m, dtype=np.int32), objective)
    kinds = np.full(n, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(n, np.arange(n, dtype=np.int32), kinds)
    columns = np.column_stack([np.arange(n, n + m), first, second]).astype(np.int32).ravel()
    starts = np.arange(0, 3 * m, 3, dtype=np.int32)
    above = np.full(m, highspy.kHighsInf)
    sign, ones = np.where(negative, -1.0, 1.0), np.ones(m)
    for turn, floor in ((1.0, negative * 1.0), (-1.0, negative * -1.0)):
        values = np.column_stack([ones, turn * ones, -turn * sign]).ravel()
        solver.addRows(m, floor, above, 3 * m, starts, columns, values)
    if cycles:
        lengths = np.array([len(cycle) for cycle in cycles])
        index = np.array([tie + n for cycle in cycles for tie in cycle], dtype=np.int32)
        starts = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int32)
        solver.addRows(
            len(cycles), np.ones(len(cycles)), np.full(len(cycles), highspy.kHighsInf), len(index), starts,
            index, np.ones(len(index)),
        )  # fmt: skip
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999 * unit if unit else 1e-9)
    apart = (start[first] != start[second]) != negative
    given = highspy.HighsSolution()
    given.col_value = np.concatenate([start, apart]).astype(float).tolist()
    solver.setSolution(given)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    info = solver.getInfo()
    found = values[:n] > 0.5 if len(values) == n + m else start
    return found, float(info.mip_dual_bound) if np.isfinite(info.mip_dual_bound) else 0.0
