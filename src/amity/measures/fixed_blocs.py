"""Least misfit with at most k blocs, where fewer are allowed than would be best."""

from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.measures.annealing import anneal_blocs
from amity.measures.bounds import bounds_meet
from amity.measures.cycle_cover import silent_solver
from amity.measures.odd_cycles import odd_triangles
from amity.measures.reduction import merged_ties, reduce_for_frustration
from amity.measures.relocation import misfit
from amity.measures.two_blocs import core_matrix, solve_core


def fewer_blocs(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    net: NDArray[np.float64],
    lower: float,
    k: int,
    unit: float,
    deadline: float,
    seed: int,
) -> tuple[NDArray[np.int64], float]:
    """
    Return at most k blocs with little misfit, and a lower bound.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, first below second, each pair once.
    net : float64 array of shape (m,)
        Signed weights.
    lower : float
        A lower bound for any number of blocs.
    k : int
        Most blocs.
    unit : float
        Every misfit is a multiple of it; 0 if unknown.
    deadline : float
        Reading of `time.perf_counter` at which to stop.
    seed : int
        Of the heuristic.

    Returns
    -------
    labels : int64 array of shape (n,)
        Blocs.
    lower : float
        No partition in at most k blocs has less misfit.

    Notes
    -----
    One bloc leaves no choice; two are the frustration index. For three and more, simulated annealing is
    followed by an integer program that assigns nodes to blocs.
    """
    if k == 1:
        return np.zeros(n, dtype=np.int64), float(-net[net < 0].sum())
    if k == 2:
        return _two(n, first, second, net, unit, deadline, seed)
    matrix = core_matrix(n, first, second, net)
    found = anneal_blocs(matrix, k, seed=seed)
    costs = [misfit(matrix, found[:, run]) for run in range(found.shape[1])]
    best = int(np.argmin(costs))
    labels, upper = found[:, best], costs[best]
    left = deadline - perf_counter()
    if bounds_meet(lower, upper, unit) or left <= 0:
        return labels, lower
    solved, bound = solve_assignment(n, first, second, net, labels, k, unit=unit, seconds=left)
    if misfit(matrix, solved) < upper:
        labels = solved
    return labels, max(lower, bound)


def _two(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    net: NDArray[np.float64],
    unit: float,
    deadline: float,
    seed: int,
) -> tuple[NDArray[np.int64], float]:
    first, second, net, constant = merged_ties(first.astype(np.int32), second.astype(np.int32), net)
    reduction = reduce_for_frustration(first, second, net)
    lower = constant + reduction.constant
    for number, core in enumerate(sorted(reduction.cores, key=lambda each: each.ties)):
        bracket = solve_core(core, unit, deadline, seed + number)
        lower += bracket.upper if bracket.closed(unit) else bracket.lower
    spins = reduction.unfold(range(n))
    return np.array([(1 - spins[node]) // 2 for node in range(n)], dtype=np.int64), lower


def solve_assignment(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    net: NDArray[np.float64],
    start: NDArray[np.int64],
    k: int,
    *,
    unit: float,
    seconds: float,
) -> tuple[NDArray[np.int64], float]:
    """
    Return the best assignment of nodes to k blocs found in time, and a lower bound of its misfit.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, each pair once.
    net : float64 array of shape (m,)
        Signed weights.
    start : int64 array of shape (n,)
        An assignment to start from.
    k : int
        Number of blocs; some may stay empty.
    unit : float
        Every misfit is a multiple of it; 0 if unknown.
    seconds : float
        Time limit.

    Returns
    -------
    labels : int64 array of shape (n,)
        Blocs from 0 to ``k - 1``.
    bound : float
        No assignment has less misfit.

    Notes
    -----
    A positive tie's variable is at least ``y_ib - y_jb`` for every bloc b, a negative one's at least
    ``y_ib + y_jb - 1``; each node has one bloc; each triangle with one negative tie holds a misfit. The node
    with the most ties is in bloc 0, and bloc b holds no node before the b-th.
    """
    import highspy

    m = len(net)
    positive = net > 0
    order = np.argsort(-np.bincount(np.concatenate([first, second]), minlength=n), kind="stable")
    solver = silent_solver()
    upper = np.ones(n * k + m)
    for rank, node in enumerate(order[: k - 1].tolist()):
        upper[node * k + rank + 1 : node * k + k] = 0
    solver.addVars(n * k + m, np.zeros(n * k + m), upper)
    cost = np.concatenate([np.zeros(n * k), np.abs(net)])
    solver.changeColsCost(n * k + m, np.arange(n * k + m, dtype=np.int32), cost)
    kinds = np.full(n * k, highspy.HighsVarType.kInteger)
    solver.changeColsIntegrality(n * k, np.arange(n * k, dtype=np.int32), kinds)
    above = highspy.kHighsInf
    _rows(solver, np.arange(n * k).reshape(n, k), np.ones((n, k)), np.ones(n), np.ones(n))
    tie = n * k + np.arange(m)
    for bloc in range(k):
        a, b = first * k + bloc, second * k + bloc
        columns = np.column_stack([tie, a, b])
        one = np.where(positive, 1.0, -1.0)
        for turn in (1.0, -1.0):
            chosen = positive if turn > 0 else np.ones(m, dtype=bool)
            values = np.column_stack([np.ones(m), turn * one, -turn * np.ones(m)])
            values[~positive] = (1.0, -1.0, -1.0)
            floor = np.where(positive, 0.0, -1.0)
            _rows(solver, columns[chosen], values[chosen], floor[chosen], np.full(int(chosen.sum()), above))
    triangles = np.array(odd_triangles(n, first, second, ~positive, single=True), dtype=np.int64).reshape(
        -1, 3
    )
    count = len(triangles)
    _rows(solver, triangles + n * k, np.ones((count, 3)), np.ones(count), np.full(count, above))
    solver.setOptionValue("time_limit", max(seconds, 0.01))
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.setOptionValue("mip_abs_gap", 0.999 * unit if unit else 1e-9)
    given = highspy.HighsSolution()
    given.col_value = _start(start, order, k, first, second, positive).tolist()
    solver.setSolution(given)
    solver.run()
    values = np.array(solver.getSolution().col_value)
    bound = float(solver.getInfo().mip_dual_bound)
    labels = values[: n * k].reshape(n, k).argmax(axis=1) if len(values) == n * k + m else start
    return labels.astype(np.int64), bound if np.isfinite(bound) else 0.0


def _rows(solver: Any, columns: Any, values: Any, lower: Any, upper: Any) -> None:
    count, width = columns.shape
    if count:
        solver.addRows(
            count, lower, upper, count * width, np.arange(0, count * width, width, dtype=np.int32),
            columns.astype(np.int32).ravel(), np.asarray(values, dtype=np.float64).ravel(),
        )  # fmt: skip


def _start(
    start: NDArray[np.int64],
    order: NDArray[np.int64],
    k: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    positive: NDArray[np.bool_],
) -> NDArray[np.float64]:
    """The starting assignment with blocs renumbered in the order of their first nodes."""
    rank: dict[int, int] = {}
    for node in order.tolist():
        rank.setdefault(int(start[node]), len(rank))
    labels = np.array([rank[int(bloc)] for bloc in start])
    chosen = np.zeros((len(start), k))
    chosen[np.arange(len(start)), labels] = 1
    return np.concatenate([chosen.ravel(), ((labels[first] == labels[second]) != positive).astype(float)])
