"""Lower bounds by covering cycles: each cycle that cannot be satisfied holds at least one frustrated tie."""

from collections.abc import Iterable, Sequence
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

Cycle = tuple[int, ...]

SIMPLEX_ROWS = 600
"""Up to so many cycles the simplex method is the faster one; beyond, first-order steps are."""


class CycleCover:
    """
    The linear program ``min w f`` subject to ``f >= 0`` and ``sum of f over C >= 1`` for every known cycle C.

    Parameters
    ----------
    cost : float64 array of shape (m,)
        Weight of each tie, positive.
    start : float64 array of shape (m,), optional
        A cover to start from, such as that of a heuristic solution.

    Notes
    -----
    Its value is a lower bound for any set of cycles. `bound` is computed from the dual alone: a weight on
    each cycle, scaled down until the cycles through a tie weigh no more than the tie. Such a weighting (a
    *packing*) proves the bound by itself, whatever the solver's tolerance and wherever it stopped.

    Few cycles are solved by HiGHS' dual simplex method, many by the primal-dual hybrid gradient method with
    diagonal steps.

    References
    ----------
    Chambolle & Pock 2011, doi:10.1007/s10851-010-0251-1; Pock & Chambolle 2011,
    doi:10.1109/ICCV.2011.6126441.
    """

    def __init__(self, cost: NDArray[np.float64], start: NDArray[np.float64] | None = None) -> None:
        self.cost = np.asarray(cost, dtype=np.float64)
        self.value = np.zeros(len(cost)) if start is None else np.asarray(start, dtype=np.float64).copy()
        self.bound = 0.0
        self.packing: NDArray[np.float64] = np.zeros(0)
        self.packed: NDArray[np.float64] = np.zeros(len(cost))
        self._known: set[Cycle] = set()
        self._ties: NDArray[np.int32] = np.zeros(0, dtype=np.int32)
        self._starts: NDArray[np.int64] = np.zeros(1, dtype=np.int64)
        self._dual: NDArray[np.float64] = np.zeros(0)
        self._solver: Any = None
        self._handed = 0

    def __len__(self) -> int:
        return len(self._starts) - 1

    def cycle(self, number: int) -> Cycle:
        """
        Return one cycle.

        Parameters
        ----------
        number : int
            Its place, in the order of adding.

        Returns
        -------
        tuple of int
            Its ties.
        """
        return tuple(self._ties[self._starts[number] : self._starts[number + 1]].tolist())

    def add(self, cycles: Iterable[Sequence[int]]) -> int:
        """
        Add cycles that are not known yet.

        Parameters
        ----------
        cycles : iterable of sequences of int
            Each the ties of one cycle.

        Returns
        -------
        int
            How many were new.
        """
        fresh = []
        for cycle in cycles:
            key = tuple(sorted(cycle))
            if key not in self._known:
                self._known.add(key)
                fresh.append(key)
        if fresh:
            ends = self._starts[-1] + np.cumsum([len(cycle) for cycle in fresh])
            flat = np.fromiter((tie for cycle in fresh for tie in cycle), dtype=np.int32)
            self._ties = np.concatenate([self._ties, flat])
            self._starts = np.concatenate([self._starts, ends])
            self._dual = np.concatenate([self._dual, np.zeros(len(fresh))])
        return len(fresh)

    def solve(self, seconds: float, *, enough: float = np.inf, gap: float = 1e-3) -> bool:
        """
        Solve the program with the cycles known so far.

        Parameters
        ----------
        seconds : float
            Time limit.
        enough : float
            First-order steps stop as soon as `bound` reaches this.
        gap : float
            First-order steps stop when the bound is within this share of the value.

        Returns
        -------
        bool
            Whether the simplex method solved it to the end. `value` and `bound` are set in any case, and the
            bound never falls.
        """
        if not len(self):
            self.value = np.zeros(len(self.cost))
            return True
        if len(self) <= SIMPLEX_ROWS:
            return self.solve_exactly(seconds)
        self._steps(seconds, enough, gap)
        return False

    def _steps(self, seconds: float, enough: float, gap: float) -> None:
        from scipy.sparse import csr_array

        stop = perf_counter() + seconds
        lengths = np.diff(self._starts)
        forth = csr_array(
            (np.ones(len(self._ties)), self._ties, self._starts), shape=(len(self), len(self.cost))
        )
        back = forth.T.tocsr()
        primal_step = 1.0 / np.maximum(np.bincount(self._ties, minlength=len(self.cost)), 1)
        dual_step = 1.0 / lengths
        value, dual = self.value, self._dual
        load = back @ dual
        for step in range(1, 1001):
            moved = np.maximum(value - primal_step * (self.cost - load), 0)
            dual = np.maximum(dual + dual_step * (1 - forth @ (2 * moved - value)), 0)
            value, load = moved, back @ dual
            if step % 50 == 0:
                self._certify(dual)
                worth = float(self.cost @ value)
                if self.bound >= enough or worth - self.bound <= gap * worth or perf_counter() > stop:
                    break
        self.value, self._dual = value, dual

    def solve_exactly(self, seconds: float) -> bool:
        """
        Solve the program with the cycles known so far, by the dual simplex method.

        Parameters
        ----------
        seconds : float
            Time limit.

        Returns
        -------
        bool
            Whether it was solved to the end.
        """
        import highspy

        if self._solver is None:
            m = len(self.cost)
            self._solver = silent_solver()
            self._solver.addVars(m, np.zeros(m), np.full(m, highspy.kHighsInf))
            self._solver.changeColsCost(m, np.arange(m, dtype=np.int32), self.cost)
        count = len(self) - self._handed
        if count:
            begin = self._starts[self._handed]
            index = self._ties[begin:]
            self._solver.addRows(
                count, np.ones(count), np.full(count, highspy.kHighsInf), len(index),
                (self._starts[self._handed : -1] - begin).astype(np.int32), index, np.ones(len(index)),
            )  # fmt: skip
            self._handed = len(self)
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(seconds, 0.01))
        self._solver.run()
        solution = self._solver.getSolution()
        value, dual = np.array(solution.col_value), np.array(solution.row_dual)
        if len(value) == len(self.cost):
            self.value = np.clip(value, 0, 1)
        if len(dual) == len(self):
            self._dual = np.maximum(dual, 0)
            self._certify(self._dual)
        return bool(self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal)

    def _certify(self, dual: NDArray[np.float64]) -> None:
        if not dual.any():
            return
        per_tie = np.repeat(dual, np.diff(self._starts))
        load = np.bincount(self._ties, weights=per_tie, minlength=len(self.cost))
        # a cycle is scaled by its most overloaded tie, so every tie's load shrinks at least by its own excess
        excess = np.maximum(load / self.cost, 1.0)
        packing = dual / np.maximum.reduceat(excess[self._ties], self._starts[:-1])
        bound = float(packing.sum())
        if bound > self.bound:
            self.bound, self.packing = bound, packing
            per_tie = np.repeat(packing, np.diff(self._starts))
            packed = np.bincount(self._ties, weights=per_tie, minlength=len(self.cost))
            self.packed = packed.astype(np.float64)

    def tight(self, limit: int = 20_000) -> list[Cycle]:
        """
        Return the cycles that bind at the current solution.

        Parameters
        ----------
        limit : int
            At most so many, those with the greatest weight in the packing first.

        Returns
        -------
        list of tuple of int
            Those whose ties sum to 1, or less.
        """
        if not len(self):
            return []
        sums = np.add.reduceat(self.value[self._ties], self._starts[:-1])
        binding = np.flatnonzero(sums < 1 + 1e-6)
        binding = binding[np.argsort(-self._dual[binding], kind="stable")][:limit]
        return [self.cycle(int(number)) for number in binding]


def silent_solver() -> Any:
    """
    Return a HiGHS solver that prints nothing and uses one thread.

    Returns
    -------
    highspy.Highs
        Empty.
    """
    import highspy

    # highspy.Highs prints a banner on standard output when made (1.16), before any option can forbid it; its
    # base class, which has all that is used here, does not.
    silent: Any = highspy.Highs.__base__
    solver = silent()
    for option, setting in (("output_flag", False), ("threads", 1), ("parallel", "off")):
        solver.setOptionValue(option, setting)
    return solver


def spread(
    triangles: NDArray[np.int64], value: NDArray[np.float64], *, share: int = 2, seed: int = 0
) -> NDArray[np.int64]:
    """
    Return uncovered triangles that have few ties in common.

    Parameters
    ----------
    triangles : int64 array of shape (t, 3)
        The ties of each.
    value : float64 array of shape (m,)
        The fractional cover.
    share : int
        Most triangles returned that hold the same tie.
    seed : int
        Breaks ties between equally uncovered triangles.

    Returns
    -------
    int64 array of shape (k, 3)
        The least covered first.
    """
    totals = value[triangles].sum(axis=1)
    open_ones = np.flatnonzero(totals < 1 - 1e-6)
    noise = np.random.default_rng(seed).random(len(open_ones))
    order = open_ones[np.argsort(totals[open_ones] + 1e-3 * noise)]
    used: dict[int, int] = {}
    chosen = []
    for number, ties in zip(order.tolist(), triangles[order].tolist(), strict=True):
        if all(used.get(tie, 0) < share for tie in ties):
            chosen.append(number)
            for tie in ties:
                used[tie] = used.get(tie, 0) + 1
    return triangles[chosen]
