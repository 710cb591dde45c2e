"""Simulated annealing of two-bloc partitions: many runs, and many networks, at once."""

from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Spins = NDArray[np.float64]


def anneal(
    matrix: Any, *, runs: int = 12, sweeps: int = 80, seed: int = 0, hot: float = 0.3, cold: float = 3.0
) -> Spins:
    """
    Return two-bloc partitions with little frustration, found by simulated annealing.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed weights, nothing on the diagonal.
    runs : int
        Independent runs.
    sweeps : int
        Times that every node is visited in a run; the inverse temperature rises geometrically.
    seed : int
        The same seed gives the same partitions.
    hot, cold : float
        Inverse temperatures at the start, relative to a node's mean absolute weight, and at the end, relative
        to the smallest weight.

    Returns
    -------
    float64 array of shape (n, runs)
        1 or -1; each column is a local optimum with regard to moving one node.

    Notes
    -----
    Nodes of one colour of a proper colouring are no neighbours, so they are updated together, for all runs,
    by one sparse product: the Metropolis rule visits colours in turn. A block-diagonal matrix anneals many
    networks in one call.

    References
    ----------
    Kirkpatrick, Gelatt & Vecchi 1983, doi:10.1126/science.220.4598.671.
    """
    n = matrix.shape[0]
    rng = np.random.default_rng(seed)
    spins = rng.choice(np.array([-1.0, 1.0]), size=(n, runs))
    if matrix.nnz == 0:
        return np.ones((n, runs))
    order, limits = colour_classes(matrix)
    spins = spins[order]
    shuffled = matrix[order][:, order].tocsr()
    slices = [slice(a, b) for a, b in pairwise(limits)]
    dense = n <= 400 and matrix.nnz > 0.05 * n * n
    rows = [shuffled[part].toarray() if dense else shuffled[part] for part in slices]
    sizes = np.abs(matrix.data)
    strength = sizes.sum() / n
    for beta in np.geomspace(hot / strength, cold / sizes.min(), sweeps):
        chances = rng.standard_exponential((n, runs), dtype=np.float32) / (2 * beta)
        for part, row in zip(slices, rows, strict=True):
            here = spins[part]
            # a flip costs 2 * spin * field; Metropolis accepts if that is below an exponential draw / beta
            flip = (row @ spins) * here < chances[part]
            here[flip] *= -1
    _descend(spins, slices, rows)
    result = np.empty_like(spins)
    result[order] = spins
    return result


def descend(matrix: Any, spins: Spins) -> Spins:
    """
    Return partitions improved by moving single nodes until no move helps.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed weights.
    spins : float64 array of shape (n, runs)
        Where to start; not changed.

    Returns
    -------
    float64 array of shape (n, runs)
        Never worse than `spins`.
    """
    if matrix.nnz == 0:
        return spins.copy()
    order, limits = colour_classes(matrix)
    shuffled = matrix[order][:, order].tocsr()
    slices = [slice(a, b) for a, b in pairwise(limits)]
    work = spins[order]
    _descend(work, slices, [shuffled[part] for part in slices])
    result = np.empty_like(work)
    result[order] = work
    return result


def _descend(spins: Spins, slices: list[slice], rows: list[Any]) -> None:
    moved = True
    while moved:
        moved = False
        for part, row in zip(slices, rows, strict=True):
            here = spins[part]
            flip = (row @ spins) * here < -1e-9
            if flip.any():
                here[flip] *= -1
                moved = True


def colour_classes(matrix: Any) -> tuple[NDArray[np.int64], list[int]]:
    """
    Return an order of the nodes in which no two of the same class are neighbours.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric.

    Returns
    -------
    order : int64 array of shape (n,)
        Nodes, class after class.
    limits : list of int
        Class c is ``order[limits[c]:limits[c + 1]]``.

    Notes
    -----
    Greedy colouring, nodes of high degree first (Welsh & Powell 1967).
    """
    n = matrix.shape[0]
    starts, neighbours = matrix.indptr.tolist(), matrix.indices.tolist()
    colour = [-1] * n
    for node in np.argsort(-np.diff(matrix.indptr), kind="stable").tolist():
        taken = {colour[other] for other in neighbours[starts[node] : starts[node + 1]]}
        mine = 0
        while mine in taken:
            mine += 1
        colour[node] = mine
    colours = np.array(colour)
    order = np.argsort(colours, kind="stable")
    counts = np.bincount(colours)
    return order, [0, *np.cumsum(counts).tolist()]


def frustrated_weight(matrix: Any, spins: Spins) -> NDArray[np.float64]:
    """
    Return the weight of the ties that disagree with each partition.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed weights.
    spins : float64 array of shape (n, runs)
        1 or -1.

    Returns
    -------
    float64 array of shape (runs,)
        Each undirected tie counted once.
    """
    agreement = np.einsum("ij,ij->j", spins, matrix @ spins)
    result: NDArray[np.float64] = (np.abs(matrix.data).sum() - agreement) / 4
    return result


def anneal_blocs(
    matrix: Any,
    k: int,
    *,
    runs: int = 12,
    sweeps: int = 150,
    seed: int = 0,
    hot: float = 0.3,
    cold: float = 3.0,
) -> NDArray[np.int64]:
    """
    Return partitions in at most k blocs with little misfit, found by simulated annealing.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed weights, nothing on the diagonal.
    k : int
        Most blocs.
    runs, sweeps : int
        Independent runs, and times that every node is visited in each.
    seed : int
        The same seed gives the same partitions.
    hot, cold : float
        Inverse temperatures, as in `anneal`.

    Returns
    -------
    int64 array of shape (n, runs)
        Bloc of each node, from 0 to ``k - 1``; each column is a local optimum with regard to moving one node.
    """
    n = matrix.shape[0]
    rng = np.random.default_rng(seed)
    blocs = rng.integers(0, k, size=(n, runs))
    if matrix.nnz == 0 or k == 1:
        return np.zeros_like(blocs)
    order, limits = colour_classes(matrix)
    blocs = blocs[order]
    shuffled = matrix[order][:, order].tocsr()
    slices = [slice(a, b) for a, b in pairwise(limits)]
    rows = [shuffled[part] for part in slices]
    member = np.zeros((n, runs, k))
    np.put_along_axis(member, blocs[:, :, None], 1.0, axis=2)
    strength = np.abs(matrix.data).sum() / n
    betas = np.geomspace(hot / strength, cold / np.abs(matrix.data).min(), sweeps)
    for beta in [*betas.tolist(), *[np.inf] * 20]:
        moved = False
        for part, row in zip(slices, rows, strict=True):
            pull = (row @ member.reshape(n, runs * k)).reshape(-1, runs, k)
            # the largest of pull + Gumbel noise is a draw from the heat-bath distribution
            noise = rng.gumbel(size=pull.shape) / beta if beta < np.inf else 0.0
            new = (pull + noise).argmax(axis=2)
            if beta == np.inf:
                gain = np.take_along_axis(pull, new[:, :, None], 2) - np.take_along_axis(
                    pull, blocs[part][:, :, None], 2
                )
                new = np.where(gain[:, :, 0] > 1e-9, new, blocs[part])
            moved = moved or bool((new != blocs[part]).any())
            blocs[part] = new
            here = member[part]
            here[:] = 0
            np.put_along_axis(here, new[:, :, None], 1.0, axis=2)
        if beta == np.inf and not moved:
            break
    result = np.empty_like(blocs)
    result[order] = blocs
    return result
