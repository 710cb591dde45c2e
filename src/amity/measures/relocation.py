"""Partitions with little misfit by moving nodes and merging blocs: the heuristic behind the exact measures."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Labels = NDArray[np.int64]


def relocate(matrix: Any, *, seed: int = 0, start: Labels | None = None) -> Labels:
    """
    Return a partition that neither moving a node nor merging two blocs improves.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed; entries within blocs are to sum to as much as possible.
    seed : int
        Of the order in which nodes are looked at.
    start : int64 array of shape (n,), optional
        Where to start; by default every node alone.

    Returns
    -------
    int64 array of shape (n,)
        Blocs numbered from 0.

    Notes
    -----
    Nodes move to the bloc to which their ties sum to most, or alone if all sums are negative. When none moves,
    blocs become nodes and the same goes on, as in the methods of Blondel et al. 2008,
    doi:10.1088/1742-5468/2008/10/P10008, then single nodes are tried once more.
    """
    rng = np.random.default_rng(seed)
    n = matrix.shape[0]
    labels = np.arange(n) if start is None else _numbered(start)
    while True:
        before = labels
        labels = _move(matrix, labels, rng)
        labels = _merge(matrix, labels, rng)
        if (labels == before).all():
            return labels


def _numbered(labels: NDArray[Any]) -> Labels:
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _move(matrix: Any, labels: Labels, rng: np.random.Generator) -> Labels:
    starts, around, weight = matrix.indptr.tolist(), matrix.indices.tolist(), matrix.data.tolist()
    bloc = labels.tolist()
    count = max(bloc, default=-1) + 1
    sizes = np.bincount(labels, minlength=count).tolist()
    free: list[int] = []
    waiting = rng.permutation(len(bloc)).tolist()
    queued = [True] * len(bloc)
    place = 0
    while place < len(waiting):
        node = waiting[place]
        place += 1
        queued[node] = False
        begin, end = starts[node], starts[node + 1]
        pull: dict[int, float] = {}
        for other, tie in zip(around[begin:end], weight[begin:end], strict=True):
            mine = bloc[other]
            pull[mine] = pull.get(mine, 0.0) + tie
        here = bloc[node]
        stay = pull.get(here, 0.0)
        best, gain = here, stay + 1e-12
        for target, value in pull.items():
            if value > gain:
                best, gain = target, value
        if gain < -1e-9 and sizes[here] > 1:
            if not free:
                free.append(len(sizes))
                sizes.append(0)
            best = free.pop()
        if best == here:
            continue
        bloc[node] = best
        sizes[best] += 1
        sizes[here] -= 1
        if not sizes[here]:
            free.append(here)
        for other in around[begin:end]:
            if not queued[other] and bloc[other] != best:
                queued[other] = True
                waiting.append(other)
    return _numbered(np.array(bloc, dtype=np.int64))


def _merge(matrix: Any, labels: Labels, rng: np.random.Generator) -> Labels:
    from scipy.sparse import csr_array

    while True:
        count = int(labels.max(initial=-1)) + 1
        member = csr_array(
            (np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=(len(labels), count)
        )
        between = (member.T @ matrix @ member).tocsr()
        between.setdiag(0)
        between.eliminate_zeros()
        if not (between.data > 1e-12).any():
            return labels
        merged = _move(between, np.arange(count), rng)
        if int(merged.max(initial=-1)) + 1 == count:
            return labels
        labels = merged[labels]


def misfit(matrix: Any, labels: Labels) -> float:
    """
    Return the weight of the ties that disagree with a partition.

    Parameters
    ----------
    matrix : scipy.sparse.csr_array of shape (n, n)
        Symmetric, signed.
    labels : int64 array of shape (n,)
        Blocs.

    Returns
    -------
    float
        Positive weight between blocs plus negative weight inside, each undirected tie once.
    """
    entries = matrix.tocoo()
    row, column = entries.coords
    same = labels[row] == labels[column]
    return float(np.abs(entries.data[same != (entries.data > 0)]).sum()) / 2
