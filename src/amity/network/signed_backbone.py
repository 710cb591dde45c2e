"""The statistical signed backbone of a projection: the stochastic degree sequence model."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError

Matrix = NDArray[np.float64]
_STEPS = 100_000
_TOLERANCE = 1e-10


@dataclass(frozen=True, slots=True, eq=False)
class SignedBackbone:
    """
    Which pairs share more, and which fewer columns than their totals let one expect.

    Parameters
    ----------
    sign : int8 array of shape (n, n)
        1, -1, or 0 for neither; symmetric, the diagonal is 0.
    shared : int64 array of shape (n, n)
        Columns that two rows share.
    upper, lower : float64 array of shape (n, n)
        Probabilities of at least, and of at most, that many under the null model; 1 on the diagonal.
    alpha : float
        Level of the two-sided test.
    method : {"exact", "normal"}
        How the probabilities were computed.
    """

    sign: NDArray[np.int8]
    shared: NDArray[np.int64]
    upper: Matrix
    lower: Matrix
    alpha: float
    method: str


def cell_probabilities(matrix: NDArray[np.generic]) -> Matrix:
    """
    Return the probability of each cell in the random two-mode network with the same expected totals.

    Parameters
    ----------
    matrix : array of shape (n, m)
        Cells that are not 0 count as 1.

    Returns
    -------
    float64 array of shape (n, m)
        Its row and column sums are those of the matrix.

    Raises
    ------
    NetworkError
        If the solution does not converge.

    Notes
    -----
    The bipartite configuration model: p_ij = x_i y_j / (1 + x_i y_j), solved by fixed-point steps over the distinct
    totals. Empty and full rows and columns are settled first.

    References
    ----------
    Saracco, F. et al. (2015). Randomizing bipartite networks: the case of the World Trade Web. Scientific Reports 5,
    10595. https://doi.org/10.1038/srep10595
    """
    cells = (np.asarray(matrix) != 0).astype(np.float64)
    result: Matrix = np.zeros_like(cells)
    rows, columns = np.arange(cells.shape[0]), np.arange(cells.shape[1])
    while len(rows) and len(columns):
        inner: Matrix = cells[np.ix_(rows, columns)]
        by_row, by_column = inner.sum(axis=1), inner.sum(axis=0)
        free_rows = (by_row > 0) & (by_row < len(columns))
        free_columns = (by_column > 0) & (by_column < len(rows))
        if free_rows.all() and free_columns.all():
            result[np.ix_(rows, columns)] = _solved(by_row, by_column)
            break
        result[np.ix_(rows[by_row == len(columns)], columns)] = 1.0
        result[np.ix_(rows, columns[by_column == len(rows)])] = 1.0
        rows, columns = rows[free_rows], columns[free_columns]
    return result


def _solved(by_row: NDArray[np.float64], by_column: NDArray[np.float64]) -> Matrix:
    k, row_of, row_times = np.unique(by_row, return_inverse=True, return_counts=True)
    d, column_of, column_times = np.unique(by_column, return_inverse=True, return_counts=True)
    x, y = k / np.sqrt(by_row.sum()), d / np.sqrt(by_row.sum())
    for _ in range(_STEPS):
        x = k / (column_times * y / (1 + np.outer(x, y))).sum(axis=1)
        y = d / (row_times * x / (1 + np.outer(y, x))).sum(axis=1)
        odds = np.outer(x, y)
        p = odds / (1 + odds)
        if np.abs((p * column_times).sum(axis=1) - k).max() < _TOLERANCE * max(1.0, float(k.max())):
            solved: Matrix = p[np.ix_(row_of, column_of)]
            return solved
    raise NetworkError(
        f"cell probabilities did not converge in {_STEPS} steps; leave out nearly full rows or columns"
    )


def signed_backbone(
    matrix: NDArray[np.generic],
    *,
    alpha: float = 0.05,
    method: Literal["exact", "normal"] = "exact",
    correction: Literal["none", "bonferroni", "holm"] = "none",
) -> SignedBackbone:
    """
    Return the signed backbone of the projection of a two-mode network on its rows.

    Parameters
    ----------
    matrix : array of shape (n, m)
        Such as actors by concepts with which they agree; cells that are not 0 count as 1.
    alpha : float
        Level of the two-sided test, half of it at either end.
    method : {"exact", "normal"}
        Poisson-binomial probabilities exactly, or by the normal approximation refined for skewness.
    correction : {"none", "bonferroni", "holm"}
        For testing all pairs at once.

    Returns
    -------
    SignedBackbone
        1 where two rows share so many columns that as many are improbable, -1 where so few.

    Raises
    ------
    InvalidValue
        If an option is out of range.
    NetworkError
        If the null model does not converge.

    Notes
    -----
    Under the stochastic degree sequence model the number of shared columns of i and i' is a sum of independent trials
    with probabilities p_ij p_i'j (`cell_probabilities`). A pair of sign 1 has P(X >= shared) <= alpha/2, one of sign -1
    P(X <= shared) <= alpha/2. No rows give empty arrays.

    References
    ----------
    Neal, Z. P. (2014). The backbone of bipartite projections. Social Networks 39, 84-97.
    https://doi.org/10.1016/j.socnet.2014.06.001

    Neal, Z. P., Domagalski, R., & Sagan, B. (2021). Comparing alternatives to the fixed degree sequence model.
    Scientific Reports 11, 23929. https://doi.org/10.1038/s41598-021-03238-3
    """
    if (
        not 0 < alpha < 1
        or method not in ("exact", "normal")
        or correction not in ("none", "bonferroni", "holm")
    ):
        raise InvalidValue(
            f"alpha {alpha}, method {method!r}, correction {correction!r}: see the allowed values"
        )
    cells = (np.asarray(matrix) != 0).astype(np.float64)
    shared = (cells @ cells.T).astype(np.int64)
    p = cell_probabilities(cells)
    n = len(cells)
    upper, lower = np.ones((n, n)), np.ones((n, n))
    tails = _exact_tails if method == "exact" else _normal_tails
    for row in range(n - 1):
        above, below = tails(p[row] * p[row + 1 :], shared[row, row + 1 :])
        upper[row, row + 1 :] = upper[row + 1 :, row] = above
        lower[row, row + 1 :] = lower[row + 1 :, row] = below
    sign = np.zeros((n, n), dtype=np.int8)
    at = np.triu_indices(n, 1)
    least = np.minimum(upper[at], lower[at])
    chosen = np.where(upper[at] <= lower[at], 1, -1) * _significant(least, alpha / 2, correction)
    sign[at] = chosen
    return SignedBackbone(sign + sign.T, shared, upper, lower, alpha, method)


def _significant(p: NDArray[np.float64], level: float, correction: str) -> NDArray[np.bool_]:
    if correction == "none" or not len(p):
        return p <= level
    if correction == "bonferroni":
        return p <= level / len(p)
    order = np.argsort(p, kind="stable")
    passes = p[order] <= level / np.arange(len(p), 0, -1)
    kept = np.zeros(len(p), dtype=np.bool_)
    kept[order[: len(p) if passes.all() else int(np.argmin(passes))]] = True
    return kept


def poisson_binomial(p: Matrix) -> Matrix:
    """
    Return the distributions of sums of independent trials.

    Parameters
    ----------
    p : float64 array of shape (r, m)
        Probabilities of m trials, one row for each sum.

    Returns
    -------
    float64 array of shape (r, m + 1)
        Probability of 0 to m successes.
    """
    r, m = p.shape
    mass = np.zeros((r, m + 1))
    mass[:, 0] = 1.0
    for at in range(m):
        chance = p[:, at : at + 1]
        mass[:, 1 : at + 2] = mass[:, 1 : at + 2] * (1 - chance) + mass[:, : at + 1] * chance
        mass[:, :1] *= 1 - chance
    return mass


def _exact_tails(p: Matrix, shared: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    mass = poisson_binomial(p)
    below = np.cumsum(mass, axis=1)
    above = np.cumsum(mass[:, ::-1], axis=1)[:, ::-1]
    rows = np.arange(len(p))
    return np.minimum(above[rows, shared], 1.0), np.minimum(below[rows, shared], 1.0)


def _normal_tails(p: Matrix, shared: NDArray[np.int64]) -> tuple[Matrix, Matrix]:
    """The refined normal approximation: a term for skewness and half a unit for continuity."""
    mean, variance = p.sum(axis=1), (p * (1 - p)).sum(axis=1)
    third = (p * (1 - p) * (1 - 2 * p)).sum(axis=1)
    degenerate = variance <= 1e-12
    spread = np.sqrt(np.where(degenerate, 1.0, variance))
    skew = third / spread**3

    def at_most(count: NDArray[np.int64]) -> Matrix:
        from scipy.special import ndtr

        z = (count + 0.5 - mean) / spread
        value = ndtr(z) + skew * (1 - z**2) * np.exp(-(z**2) / 2) / (6 * np.sqrt(2 * np.pi))
        certain = (count >= np.round(mean)).astype(np.float64)
        result: Matrix = np.where(degenerate, certain, np.clip(value, 0.0, 1.0))
        return result

    return 1.0 - at_most(shared - 1), at_most(shared)
