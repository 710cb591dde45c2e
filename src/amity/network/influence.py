"""Which unchecked position would change the findings most."""

import numpy as np
from numpy.typing import NDArray

from amity.network.records import PositionColumns

_LEAST_CHANCE = 0.02


def position_influence(columns: PositionColumns, *, least: float = 0.5) -> NDArray[np.float64]:
    """
    Return how much the network hangs on each position.

    Parameters
    ----------
    columns : PositionColumns
        Standing positions, those too that score too low to count in the network.
    least : float
        The score from which on an unchecked position counts.

    Returns
    -------
    float64 array, one for each of ``columns.position_ids``
        0 for what a person confirmed (score 1), and for positions that make no tie: without target or sign, towards oneself, of or
        towards generic actors. Empty for no positions.

    Notes
    -----
    For a position p, the sum over its ties of ``chance * change * weight``:

    - ``chance`` is that of a check changing what counts: 1 minus the score where p counts, the score where it does not (at least .02);
    - ``change`` is 1 where the tie would have another sign then, because p is its sole evidence or decides between support and
      opposition; else p's share of the tie's evidence;
    - ``weight`` is ``log2(2 + d(holder) + d(target)) * (1 + u)``, with d the number of an actor's neighbours (at least 1) and u the share of
      unbalanced triangles among those that the tie is part of.

    Signs are those of support minus opposition; for neighbours and triangles, both directions of a pair are taken together.
    """
    result = np.zeros(len(columns.position_ids))
    generic = np.array([actor.generic for actor in columns.actors], dtype=np.bool_)
    keep = (columns.target >= 0) & (columns.polarity != 0) & (columns.holder != columns.target)
    if len(generic):
        keep &= ~generic[columns.holder] & ~generic[columns.target]
    rows = np.flatnonzero(keep)
    if not len(rows):
        return result
    n = len(columns.actors)
    holder, target = columns.holder[rows].astype(np.int64), columns.target[rows].astype(np.int64)
    worth = columns.weight[rows] * columns.polarity[rows]
    ties, tie = np.unique(holder * n + target, return_inverse=True)
    score = columns.score[rows]
    counts = score >= least
    size = len(ties)
    net: NDArray[np.float64] = np.bincount(tie, weights=worth * counts, minlength=size).astype(np.float64)
    total = np.bincount(tie, weights=np.abs(worth) * counts, minlength=size)
    other = net[tie] + np.where(counts, -worth, worth)
    most = np.where(counts, total[tie], total[tie] + np.abs(worth))
    share = np.divide(np.abs(worth), most, out=np.zeros(len(rows)), where=most > 0)
    change = np.where(_signs(other) != _signs(net[tie]), 1.0, share)
    weight = _tie_weights(ties // n, ties % n, net, n)
    chance = np.maximum(np.where(counts, 1.0 - score, score), _LEAST_CHANCE)
    chance[score >= 1.0] = 0.0
    np.add.at(result, columns.position[rows], chance * change * weight[tie])
    return result


def _signs(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Signs of sums, of which those that rounding alone keeps from 0 are 0."""
    return np.sign(np.round(values, 9))


def _tie_weights(
    source: NDArray[np.int64], target: NDArray[np.int64], net: NDArray[np.float64], n: int
) -> NDArray[np.float64]:
    """How much hangs on each tie: the actors' neighbours, and the unbalanced triangles around it."""
    from scipy.sparse import coo_array

    joined = coo_array((net, (source, target)), shape=(n, n)).tocsr()
    joined = joined + joined.T
    joined.data = _signs(joined.data)
    joined.eliminate_zeros()
    plain = abs(joined)
    # A tie that does not count yet would be its actors' first.
    degree = np.maximum(np.asarray(plain.sum(axis=1)).ravel(), 1)
    triangles = (plain @ plain).multiply(plain).tocsr()
    balance = (joined @ joined).multiply(joined).tocsr()
    around = _at(triangles, source, target)
    unbalanced = (around - _at(balance, source, target)) / 2
    share = np.divide(unbalanced, around, out=np.zeros(len(net)), where=around > 0)
    result: NDArray[np.float64] = np.log2(2 + degree[source] + degree[target]) * (1 + share)
    return result


def _at(matrix: object, row: NDArray[np.int64], column: NDArray[np.int64]) -> NDArray[np.float64]:
    return np.asarray(matrix[row, column], dtype=np.float64).ravel()  # type: ignore[index]
