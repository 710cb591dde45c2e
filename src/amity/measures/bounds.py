"""Two bounds of a least misfit, and the loop that draws them together."""

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.measures.cycle_cover import Cycle, CycleCover, spread

ALL_TRIANGLES = 30_000
"""With more triangles than this all are taken at once: choosing among them would cost more."""

MOST_ROWS = 60_000
"""With more cycles than this the simplex method is not tried."""


def bounds_meet(lower: float, upper: float, unit: float) -> bool:
    """
    Return whether no solution can be better than `upper`.

    Parameters
    ----------
    lower, upper : float
        Bounds of the least value.
    unit : float
        Every value is a multiple of it; 0 if unknown.

    Returns
    -------
    bool
        True if the gap is rounding error, or less than one unit.
    """
    return lower >= upper - max(1e-9, 1e-9 * abs(upper)) or (unit > 0 and lower > upper - 0.999 * unit)


def whole(value: float) -> float:
    """
    Return a number as an int if it is one.

    Parameters
    ----------
    value : float
        Any finite number.

    Returns
    -------
    float
        An int where the value is within 1e-9 of one.
    """
    nearest = round(value)
    return nearest if abs(value - nearest) < 1e-9 else value


def weight_unit(weight: NDArray[np.float64]) -> float:
    """
    Return a number of which all weights are multiples.

    Parameters
    ----------
    weight : float64 array of shape (m,)
        Weights.

    Returns
    -------
    float
        1 for whole numbers, a smaller unit for short decimals and simple fractions, 0 if none was found.
    """
    for parts in (1, 2, 3, 4, 5, 6, 10, 12, 20, 60, 100, 1000):
        scaled = weight * parts
        if np.abs(scaled - np.round(scaled)).max(initial=0.0) < 1e-9:
            return 1 / parts
    return 0.0


@dataclass
class Bracket:
    """
    Best partition and lower bound of one block while it is being solved.

    Parameters
    ----------
    partition : array of shape (n,)
        1 and -1, or the numbers of blocs.
    upper : float
        Its misfit.
    lower : float
        No partition has less.
    """

    partition: NDArray[Any]
    upper: float
    lower: float = 0.0

    def closed(self, unit: float) -> bool:
        """
        Return whether the bounds meet.

        Parameters
        ----------
        unit : float
            Every misfit is a multiple of it; 0 if unknown.

        Returns
        -------
        bool
            See `bounds_meet`.
        """
        return bounds_meet(self.lower, self.upper, unit)


def draw_together(
    cover: CycleCover,
    bracket: Bracket,
    triangles: NDArray[np.int64],
    find: Callable[..., list[Cycle]],
    improve: Callable[[int], None],
    *,
    unit: float,
    deadline: float,
) -> None:
    """
    Add uncovered cycles until none is left, the bounds meet or time is up.

    Parameters
    ----------
    cover : CycleCover
        The linear program; gains cycles.
    bracket : Bracket
        The bounds; `lower` is raised, and `improve` may lower `upper`.
    triangles : int64 array of shape (t, 3)
        The cycles of three ties.
    find : callable
        From a fractional solution to uncovered cycles.
    improve : callable
        Called with a seed now and then; looks for a better partition near the fractional solution.
    unit : float
        Every misfit is a multiple of it; 0 if unknown.
    deadline : float
        Reading of `time.perf_counter` at which to stop.
    """
    pool = triangles
    if len(pool) > ALL_TRIANGLES:
        cover.add(pool.tolist())
        pool = pool[:0]
    else:
        cover.add(spread(pool, np.zeros(len(cover.cost))).tolist())
    exactly = False
    for turn in range(10_000):
        left = deadline - perf_counter()
        if exactly:
            cover.solve_exactly(left)
        else:
            cover.solve(left, enough=bracket.upper - 0.9 * unit)
        bracket.lower = max(bracket.lower, cover.bound)
        if bracket.closed(unit) or perf_counter() > deadline:
            return
        if turn % 4 == 3:
            improve(turn)
        added = cover.add(spread(pool, cover.value).tolist()) if len(pool) else 0
        if added < 20:
            added += cover.add(find(cover.value + 1e-7, deadline=deadline))
        if not added:
            improve(turn)
            if exactly or len(cover) > MOST_ROWS:
                return
            exactly = True
