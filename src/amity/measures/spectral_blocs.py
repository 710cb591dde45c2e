"""Blocs from eigenvectors: the SPONGE method for signed graphs."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError
from amity.measures.communities import Blocs, blocs_record
from amity.measures.graph import signed_graph

MOST_NODES = 4000
"""A dense generalised eigenproblem of more nodes would need too much memory and time."""


def spectral_blocs(
    graph: Any,
    k: int,
    *,
    weighted: bool = False,
    tau_positive: float = 1.0,
    tau_negative: float = 1.0,
    runs: int = 10,
    seed: int = 0,
) -> Blocs:
    """
    Return k blocs from the eigenvectors that hold friends near and foes apart.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    k : int
        Number of blocs, at least 2.
    weighted : bool
        Whether ties count by weight.
    tau_positive, tau_negative : float
        Regularisation of the two Laplacians, above 0.
    runs : int
        Starts of k-means on the eigenvectors.
    seed : int
        Of the starts.

    Returns
    -------
    Blocs
        ``value`` is the scatter of k-means, smaller is better. Nodes without ties go with the largest bloc.

    Raises
    ------
    InvalidValue
        If k is not between 2 and the number of nodes with ties, or a tau is not positive.
    NetworkError
        If the graph has more than `MOST_NODES` nodes.

    Notes
    -----
    The k smallest generalised eigenvectors of ``(L+ + tau- D-, L- + tau+ D+)``, then k-means on the rows.

    References
    ----------
    Cucuringu, Davies, Glielmo & Tyagi 2019, "SPONGE: A generalized eigenproblem for clustering signed networks",
    AISTATS.
    """
    ties = signed_graph(graph, weighted=weighted)
    matrix = ties.adjacency()
    tied = np.flatnonzero(np.diff(matrix.indptr))
    if not 2 <= k <= len(tied):
        raise InvalidValue(f"k must be from 2 to the number of nodes with ties, {len(tied)}; not {k}")
    if not (tau_positive > 0 and tau_negative > 0):
        raise InvalidValue("tau_positive and tau_negative must be above 0")
    if len(tied) > MOST_NODES:
        raise NetworkError(f"spectral blocs are computed for at most {MOST_NODES} nodes, not {len(tied)}")
    vectors = _eigenvectors(matrix[tied][:, tied].toarray(), k, tau_positive, tau_negative)
    divisions, values = [], []
    for run in range(runs):
        found, scatter = k_means(vectors, k, seed=seed + run)
        labels = np.full(ties.n, int(np.bincount(found).argmax()))
        labels[tied] = found
        divisions.append(labels)
        values.append(scatter)
    settings = {"k": k, "weighted": weighted, "tau_positive": tau_positive, "tau_negative": tau_negative}
    return blocs_record(
        "SPONGE", ties, divisions, values, best=int(np.argmin(values)), seed=seed, settings=settings
    )


def _eigenvectors(
    matrix: NDArray[np.float64], k: int, tau_positive: float, tau_negative: float
) -> NDArray[np.float64]:
    from scipy.linalg import eigh

    plus, minus = np.maximum(matrix, 0), np.maximum(-matrix, 0)
    degrees_plus, degrees_minus = plus.sum(axis=1), minus.sum(axis=1)
    near = np.diag(degrees_plus + tau_negative * degrees_minus) - plus
    far = np.diag(degrees_minus + tau_positive * degrees_plus) - minus
    # a component with negative ties only leaves `far` singular: a small ridge keeps it definite
    far += 1e-9 * float((degrees_plus + degrees_minus).max()) * np.eye(len(matrix))
    _, vectors = eigh(near, far, subset_by_index=[0, k - 1])
    result: NDArray[np.float64] = vectors / np.maximum(np.linalg.norm(vectors, axis=0), 1e-300)
    return result


def k_means(points: NDArray[np.float64], k: int, *, seed: int = 0) -> tuple[NDArray[np.int64], float]:
    """
    Return the clusters of one run of k-means and their scatter.

    Parameters
    ----------
    points : float64 array of shape (n, d)
        What to cluster.
    k : int
        Number of clusters, at most n.
    seed : int
        Of the starting centres, chosen far from each other (k-means++).

    Returns
    -------
    labels : int64 array of shape (n,)
        Clusters; none is empty if there are at least k different points.
    scatter : float
        Sum of squared distances to the centres.

    References
    ----------
    Arthur & Vassilvitskii 2007, "k-means++: the advantages of careful seeding", SODA.
    """
    rng = np.random.default_rng(seed)
    centres = points[[int(rng.integers(len(points)))]]
    while len(centres) < k:
        distance = ((points[:, None] - centres[None]) ** 2).sum(axis=2).min(axis=1)
        whole = float(distance.sum())
        chosen = (
            int(rng.choice(len(points), p=distance / whole)) if whole > 0 else int(rng.integers(len(points)))
        )
        centres = np.vstack([centres, points[chosen]])
    labels = np.full(len(points), -1)
    for _ in range(300):
        distance = ((points[:, None] - centres[None]) ** 2).sum(axis=2)
        new = distance.argmin(axis=1)
        for empty in set(range(k)) - set(new.tolist()):
            new[distance[np.arange(len(points)), new].argmax()] = empty
        if (new == labels).all():
            break
        labels = new
        centres = np.array(
            [
                points[labels == each].mean(axis=0) if (labels == each).any() else centres[each]
                for each in range(k)
            ]
        )
    scatter = float(((points - centres[labels]) ** 2).sum())
    return labels.astype(np.int64), scatter
