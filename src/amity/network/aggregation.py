"""The formulas of discourse networks, on counts of statements."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.network.discourse_options import DiscourseOptions

Matrix = NDArray[np.float64]
_DENSE_CELLS = 20_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """
    The values of a qualifier.

    Parameters
    ----------
    kind : {"none", "boolean", "integer", "text"}
        Of what kind they are; ``none`` where they are ignored, with one level.
    values : float64 array of shape (k,)
        Numbers, ascending; for texts their places.
    span : float
        Largest less smallest number; 1 for truth values, 0 for fewer than two.
    """

    kind: str
    values: NDArray[np.float64]
    span: float

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """
    Statements by row, column and level, as one matrix a level.

    Parameters
    ----------
    levels : Levels
        The qualifier's values.
    number : list of (n, m) matrices
        How many statements.
    weight : list of (n, m) matrices
        Sum of their weights; `number` itself where all weigh 1.
    root : list of (n, m) matrices
        Sum of the roots of their weights; `number` itself where all weigh 1.
    """

    levels: Levels
    number: list[Any]
    weight: list[Any]
    root: list[Any]


def count_statements(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    level: NDArray[np.int64],
    shape: tuple[int, int],
    levels: Levels,
    weights: NDArray[np.float64] | None = None,
) -> Counts:
    """
    Return counts of statements.

    Parameters
    ----------
    row, column, level : int array of shape (s,)
        Places of each statement.
    shape : tuple of int
        Numbers of rows and columns.
    levels : Levels
        What the level places mean.
    weights : float64 array of shape (s,) or None
        Weights of the statements; None where all weigh 1.

    Returns
    -------
    Counts
        Dense, or sparse where there are more than twenty million cells.
    """
    number = _tally(row, column, level, shape, len(levels), None)
    if weights is None:
        return Counts(levels, number, number, number)
    return Counts(
        levels,
        number,
        _tally(row, column, level, shape, len(levels), weights),
        _tally(row, column, level, shape, len(levels), np.sqrt(weights)),
    )


def _tally(
    row: NDArray[np.int64],
    column: NDArray[np.int64],
    level: NDArray[np.int64],
    shape: tuple[int, int],
    k: int,
    weights: NDArray[np.float64] | None,
) -> list[Any]:
    n, m = shape
    if n * m * k <= _DENSE_CELLS:
        cell = (level * n + row) * m + column
        flat = np.bincount(cell, weights=weights, minlength=k * n * m).astype(np.float64)
        return list(flat.reshape(k, n, m))
    from scipy.sparse import csr_array

    values = np.ones(len(row)) if weights is None else weights
    return [
        csr_array((values[level == each], (row[level == each], column[level == each])), shape=shape)
        for each in range(k)
    ]


def _sum(matrices: list[Any]) -> Any:
    total = matrices[0]
    for matrix in matrices[1:]:
        total = total + matrix
    return total


def _dense(matrix: Any) -> Matrix:
    array: Matrix = (
        matrix if isinstance(matrix, np.ndarray) else np.asarray(matrix.toarray(), dtype=np.float64)
    )
    return array


def _sums(matrix: Any, axis: int) -> NDArray[np.float64]:
    return np.asarray(matrix.sum(axis=axis), dtype=np.float64).ravel()


def _outer(left: Any, right: Any) -> Matrix:
    """Left times the transpose of right."""
    return _dense(left @ right.T)


def _divided(matrix: Matrix, divisor: Matrix) -> Matrix:
    """Cell by cell; 0 where the divisor is 0."""
    quotient = np.zeros_like(matrix)
    np.divide(matrix, divisor, out=quotient, where=divisor != 0)
    return quotient


def two_mode_matrix(counts: Counts, options: DiscourseOptions) -> Matrix:
    """
    Return the two-mode matrix.

    Parameters
    ----------
    counts : Counts
        Of the statements.
    options : DiscourseOptions
        Aggregation and normalisation.

    Returns
    -------
    float64 array of shape (n, m)
        Rows and columns as in `counts`.

    Notes
    -----
    With x_ijk the number (or weight) of statements: ignore Σ_k x_ijk; subtract x_ij1 - x_ij0 for truth values,
    Σ_k k x_ijk for numbers, Σ_k x_ijk for texts (nothing is subtracted); combine Σ_k [x_ijk > 0] 2^(K-1-p) with p the
    place of k among the K sorted levels, so that for truth values 1 is only agreement, 2 only disagreement and 3
    both. Activity divides by the row's, prominence by the column's total of Σ_k x_ijk, or number of cells that
    are not zero under combine; 0 where that is 0.
    """
    if options.aggregation == "combine":
        k = len(counts.levels)
        matrix = _dense(
            _sum([(each > 0) * 2.0 ** (k - 1 - place) for place, each in enumerate(counts.number)])
        )
        base: Any = (matrix != 0).astype(np.float64)
    else:
        base = _sum(counts.weight)
        matrix = _dense(_net(counts) if options.aggregation == "subtract" else base)
    if options.normalization == "activity":
        return _divided(matrix, np.broadcast_to(_sums(base, 1)[:, None], matrix.shape))
    if options.normalization == "prominence":
        return _divided(matrix, np.broadcast_to(_sums(base, 0)[None, :], matrix.shape))
    return matrix


def _net(counts: Counts) -> Any:
    if counts.levels.kind == "boolean":
        return counts.weight[1] - counts.weight[0]
    if counts.levels.kind == "integer":
        return _sum([value * each for value, each in zip(counts.levels.values, counts.weight, strict=True)])
    return _sum(counts.weight)


def one_mode_matrix(counts: Counts, options: DiscourseOptions, overall: Counts | None = None) -> Matrix:
    """
    Return the one-mode matrix of the rows, related through the columns.

    Parameters
    ----------
    counts : Counts
        Of the statements.
    options : DiscourseOptions
        Aggregation and normalisation.
    overall : Counts or None
        Of all statements outside windows too; only DNA's normalisation of kernel networks needs them.

    Returns
    -------
    float64 array of shape (n, n)
        Symmetric; the diagonal is 0.

    Notes
    -----
    With x_ijk the number of statements and r_ijk the sum of the roots of their weights (x_ijk without a kernel):

    - ignore Σ_j r_ij r_i'j;
    - congruence of truth values and numbers Σ_j Σ_k Σ_k' r_ijk r_i'jk' (1 - \\|k - k'\\|/R), conflict the same with
      \\|k - k'\\|/R, where R is the largest less the smallest level (congruence is ignore where there is but one);
    - congruence of texts Σ_jk r_ijk r_i'jk, conflict Σ_jk (x_ijk [x_i'jk = 0] + x_i'jk [x_ijk = 0]);
    - subtract is congruence less conflict.

    Normalisation divides by, or gives 0 where that is 0: average (n_i + n_i')/2 with n_i = Σ_jk x_ijk; Jaccard
    Σ_jk x_ijk [x_i'jk = 0] + Σ_jk x_i'jk [x_ijk = 0] + Σ_jk r_ijk r_i'jk (by the qualifier's levels also under ignore); cosine √(c_ii c_i'i') with c the congruence
    (under ignore: the products themselves), so that values lie between -1 and 1 and a profile's similarity to
    itself is 1; dna-cosine n_i n_i'. Under a kernel x is the sum of weights.
    """
    matrix, congruence = _products(counts, options)
    matrix = _normalised(matrix, congruence, counts, options, overall)
    if not (options.dna and options.kernel != "none"):
        np.fill_diagonal(matrix, 0.0)
    return matrix


def _products(counts: Counts, options: DiscourseOptions) -> tuple[Matrix, Matrix | None]:
    """The aggregated matrix and, where the cosine needs its diagonal, the congruence."""
    wanted = options.aggregation
    cosine = options.normalization == "cosine"
    if wanted == "ignore" or counts.levels.kind == "none":
        total = _sum(counts.root)
        product = _outer(total, total)
        return (np.zeros_like(product) if wanted == "conflict" else product), product
    if counts.levels.kind == "text":
        congruence = _sum([_outer(each, each) for each in counts.root])
        if wanted == "congruence":
            return congruence, congruence
        conflict = _only_one(counts)
        return (conflict if wanted == "conflict" else congruence - conflict), congruence
    if counts.levels.kind == "boolean" and wanted == "subtract" and not cosine:
        net = counts.root[1] - counts.root[0]
        return _outer(net, net), None
    near, far = _graded(counts)
    matrix = near if wanted == "congruence" else far if wanted == "conflict" else near - far
    return matrix, near


def _graded(counts: Counts) -> tuple[Matrix, Matrix]:
    """Congruence and conflict of ordered levels."""
    root, values, span = counts.root, counts.levels.values, counts.levels.span
    if counts.levels.kind == "boolean":
        near = _outer(root[0], root[0]) + _outer(root[1], root[1])
        cross = _outer(root[0], root[1])
        return near, cross + cross.T
    total = _sum(root)
    everything = _outer(total, total)
    if span == 0:
        return everything, np.zeros_like(everything)
    far = np.zeros_like(everything)
    for value, matrix in zip(values, root, strict=True):
        others = _sum([abs(value - each) / span * other for each, other in zip(values, root, strict=True)])
        far += _outer(matrix, others)
    far = (far + far.T) / 2
    return everything - far, far


def _only_one(counts: Counts) -> Matrix:
    """Σ_jk x_ijk [x_i'jk = 0] + x_i'jk [x_ijk = 0]."""
    total = _totals(counts)
    shared: Matrix = _sum(
        [
            _outer(weight, (number > 0).astype(np.float64))
            for weight, number in zip(counts.weight, counts.number, strict=True)
        ]
    )
    only: Matrix = total[:, None] + total[None, :] - shared - shared.T
    return only


def _totals(counts: Counts) -> NDArray[np.float64]:
    return _sums(_sum(counts.weight), 1)


def _normalised(
    matrix: Matrix,
    congruence: Matrix | None,
    counts: Counts,
    options: DiscourseOptions,
    overall: Counts | None,
) -> Matrix:
    kind = options.normalization
    if kind == "none":
        return matrix
    if overall is not None:
        return matrix * _reciprocal_means(overall)
    total = _totals(counts)
    if kind == "average":
        return _divided(matrix, (total[:, None] + total[None, :]) / 2)
    if kind == "jaccard":
        same = _sum([_outer(each, each) for each in counts.root])
        return _divided(matrix, _only_one(counts) + same)
    if kind == "cosine" and not options.dna and congruence is not None:
        norm = np.sqrt(np.diagonal(congruence).copy())
        return _divided(matrix, norm[:, None] * norm[None, :])
    return _divided(matrix, total[:, None] * total[None, :])


def _reciprocal_means(overall: Counts) -> Matrix:
    """DNA's normalisation of kernel networks: Σ_jk 2/(x_ijk + x_i'jk) over cells with a statement."""
    n = overall.number[0].shape[0]
    total: Matrix = np.zeros((n, n))
    for matrix in overall.number:
        for column in _dense(matrix).T:
            both = column[:, None] + column[None, :]
            total += np.divide(2.0, both, out=np.zeros_like(both), where=both > 0)
    return total
