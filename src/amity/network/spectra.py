"""Distances between networks: by cells, and by the eigenvalues of their Laplacians."""

import numpy as np
from numpy.typing import NDArray

from amity.errors import NetworkError

Matrix = NDArray[np.float64]


def scaled_to_one(matrix: Matrix) -> Matrix:
    """
    Return a matrix divided by the sum of its cells.

    Parameters
    ----------
    matrix : float64 array
        Any.

    Returns
    -------
    float64 array
        A new array; the same cells where the sum is 0.
    """
    total = float(matrix.sum())
    return matrix / total if total else matrix.copy()


def laplacian(matrix: Matrix) -> Matrix:
    """
    Return the Laplacian of a network's positive ties, divided by its trace.

    Parameters
    ----------
    matrix : float64 array of shape (n, n)
        A symmetric network; negative cells and the diagonal count as 0.

    Returns
    -------
    float64 array of shape (n, n)
        (D - A) / tr D; all 0 where there is no positive tie.

    Raises
    ------
    NetworkError
        If the matrix is not square.
    """
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1]:
        raise NetworkError(f"a matrix of shape {matrix.shape} has no Laplacian; give a one-mode network")
    result = np.minimum(-matrix, 0.0)
    np.fill_diagonal(result, 0.0)
    degrees = -result.sum(axis=1)
    total = float(degrees.sum())
    np.fill_diagonal(result, degrees)
    return result / total if total else np.zeros_like(result)


def laplacian_spectrum(matrix: Matrix) -> NDArray[np.float64]:
    """
    Return the eigenvalues of a network's Laplacian, divided by their sum.

    Parameters
    ----------
    matrix : float64 array of shape (n, n)
        A symmetric network; negative cells and the diagonal count as 0.

    Returns
    -------
    float64 array of shape (n,)
        Ascending; all 0 where there is no positive tie.
    """
    if not len(matrix):
        return np.zeros(0)
    return np.asarray(np.linalg.eigvalsh(laplacian(matrix)), dtype=np.float64)


def spectral_distance(left: Matrix, right: Matrix) -> float:
    """
    Return the Euclidean distance between the Laplacian spectra of two networks.

    Parameters
    ----------
    left, right : float64 array of shape (n, n)
        Symmetric networks of the same number of nodes; negative cells and the diagonals count as 0.

    Returns
    -------
    float
        From 0 (the same spectrum, also of different networks) upwards.

    Raises
    ------
    NetworkError
        If the numbers of nodes differ.

    Notes
    -----
    ‖λ(left) - λ(right)‖ with λ the ascending eigenvalues of D - A divided by their sum. DNA 3.1 means to compute this
    and compares sorted degrees instead.
    """
    if left.shape != right.shape:
        raise NetworkError(
            f"networks of {len(left)} and {len(right)} nodes have no spectral distance; keep isolates"
        )
    return float(np.linalg.norm(laplacian_spectrum(left) - laplacian_spectrum(right)))


def absolute_distance(left: Matrix, right: Matrix) -> float:
    """
    Return the sum of the absolute differences of two networks' cells.

    Parameters
    ----------
    left, right : float64 array of shape (n, m)
        Networks with the same labels.

    Returns
    -------
    float
        0 for equal networks.

    Raises
    ------
    NetworkError
        If the shapes differ.
    """
    if left.shape != right.shape:
        raise NetworkError(
            f"matrices of shapes {left.shape} and {right.shape} cannot be compared; keep isolates"
        )
    return float(np.abs(left - right).sum())
