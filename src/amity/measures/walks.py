"""Balance of walks and of the spectrum: structures longer than triangles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.results import NodeTable, Result, node_table, table

DENSE_NODES = 2500
"""Up to so many nodes all eigenvalues are computed; beyond, the largest ones with a bound for the rest."""

LEADING = 100
"""Eigenvalues computed at each end of a large graph's spectrum."""


@dataclass(frozen=True)
class WalkBalance(Result):
    """
    Share of balanced closed walks, those with an even number of negative ties, as a signed index.

    Parameters
    ----------
    index : float
        Weighted balanced minus unbalanced closed walks over all of them: from above 0 to 1. 1 for a balanced
        graph.
    lower, upper : float
        Bounds of the index; equal to it if exact.
    is_exact : bool
        Whether the bounds are closer than 1e-12.
    n, m : int
        Nodes and tied pairs.
    weighted : bool
        Whether ties count by weight.
    """

    index: float
    lower: float
    upper: float
    is_exact: bool
    n: int
    m: int
    weighted: bool


def walk_balance(graph: Any, *, weighted: bool = False) -> WalkBalance:
    """
    Return the walk balance of Estrada and Benzi.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected. Ties of opposite signs on one pair cancel.
    weighted : bool
        Whether ties count by weight; their scale then matters.

    Returns
    -------
    WalkBalance
        Exact up to `DENSE_NODES` nodes, else bracketed.

    Notes
    -----
    ``W = tr exp(A) / tr exp(|A|)``. Both exponentials are divided by that of the largest eigenvalue of ``|A|``,
    so nothing overflows. A graph without ties has W = 1.

    References
    ----------
    Estrada & Benzi 2014, doi:10.1103/PhysRevE.90.042802.
    """
    ties = signed_graph(graph, weighted=weighted)
    matrix = ties.adjacency()
    if not matrix.nnz:
        return WalkBalance(1.0, 1.0, 1.0, True, ties.n, 0, weighted)
    size = abs(matrix)
    if ties.n <= DENSE_NODES:
        top = np.linalg.eigvalsh(size.toarray())
        value = float(
            np.exp(np.linalg.eigvalsh(matrix.toarray()) - top[-1]).sum() / np.exp(top - top[-1]).sum()
        )
        return WalkBalance(value, value, value, True, ties.n, matrix.nnz // 2, weighted)
    first, rest_first = _leading_exponentials(matrix, shift := _radius(size))
    second, rest_second = _leading_exponentials(size, shift)
    lower, upper = first / (second + rest_second), min(1.0, (first + rest_first) / second)
    return WalkBalance(
        index=(lower + upper) / 2,
        lower=lower,
        upper=upper,
        is_exact=upper - lower < 1e-12,
        n=ties.n,
        m=matrix.nnz // 2,
        weighted=weighted,
    )


def _radius(size: Any) -> float:
    from scipy.sparse.linalg import eigsh

    return float(eigsh(size, k=1, which="LA", return_eigenvectors=False, v0=np.ones(size.shape[0]))[0])


def _leading_exponentials(matrix: Any, shift: float) -> tuple[float, float]:
    """Sum of the largest exponentials and the most that the others can add."""
    from scipy.sparse.linalg import eigsh

    n = matrix.shape[0]
    values = eigsh(matrix, k=LEADING, which="LA", return_eigenvectors=False, v0=np.ones(n))
    return float(np.exp(values - shift).sum()), float((n - LEADING) * np.exp(values.min() - shift))


def local_walk_balance(graph: Any, *, weighted: bool = False) -> NodeTable:
    """
    Return the walk balance as seen from each node.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    NodeTable
        Column ``index``: ``exp(A)_ii / exp(|A|)_ii``, 1 for isolates.

    Raises
    ------
    NetworkError
        If the graph has more than `DENSE_NODES` nodes: it needs all eigenvectors.

    References
    ----------
    Estrada 2019, doi:10.1016/j.dam.2019.06.029.
    """
    ties = signed_graph(graph, weighted=weighted)
    if ties.n > DENSE_NODES:
        raise NetworkError(
            f"local walk balance needs all eigenvectors of {ties.n} nodes; take a part of at most {DENSE_NODES}"
        )
    matrix = ties.adjacency()
    index = np.ones(ties.n)
    for component in _components(ties) if ties.n else []:
        if len(component) > 1:
            index[component] = _local(matrix[component][:, component].toarray())
    return node_table("local walk balance", ties.labels, {"index": index}, {"weighted": weighted})


def _local(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    around, vectors = np.linalg.eigh(np.abs(matrix))
    below = (vectors**2) @ np.exp(around - around[-1])
    signed, signed_vectors = np.linalg.eigh(matrix)
    above = (signed_vectors**2) @ np.exp(signed - around[-1])
    result: NDArray[np.float64] = np.divide(above, below, out=np.ones(len(matrix)), where=below > 0)
    return result


def _components(ties: SignedGraph) -> list[NDArray[np.int64]]:
    from scipy.sparse.csgraph import connected_components

    count, of = connected_components(abs(ties.adjacency(symmetric=True)), directed=False)
    order = np.argsort(of, kind="stable")
    return np.split(order, np.cumsum(np.bincount(of, minlength=count))[:-1])


@dataclass(frozen=True)
class BalanceCurve(Result):
    """
    Walk balance over scales: short walks for small beta, long ones for large.

    Parameters
    ----------
    beta : tuple of float
        Inverse temperatures, ascending.
    balance : tuple of float
        Share of balanced closed walks of at least two steps, weighted by length; from 0 to 1.
    longest : int or None
        Longest walks counted; None for all.
    directed : bool
        Whether the steps there and back of a dyad are its two directed ties.
    n : int
        Nodes.
    """

    beta: tuple[float, ...]
    balance: tuple[float, ...]
    longest: int | None
    directed: bool
    n: int

    def __str__(self) -> str:
        return "Balance over scales\n" + table(
            ["beta", "balance"], list(zip(self.beta, self.balance, strict=True))
        )


def balance_curve(
    graph: Any,
    *,
    beta: Sequence[float] | None = None,
    directed: bool = False,
    weighted: bool = False,
    longest: int | None = None,
) -> BalanceCurve:
    """
    Return the balance of closed walks at several scales.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    beta : sequence of float, optional
        Positive inverse temperatures; by default 21 from 0.1 to 10 over the spectral radius of ``|A|``.
    directed : bool
        Whether walks of two steps follow the directed ties; longer ones ignore directions (semiwalks).
    weighted : bool
        Whether ties count by weight; weights are divided by their mean size.
    longest : int, optional
        Longest walks counted; by default all, through the eigenvalues. Published values of some programs
        stop at a fixed length.

    Returns
    -------
    BalanceCurve
        One value a beta.

    Raises
    ------
    InvalidValue
        If a beta is not positive or `longest` is below 2.
    NetworkError
        If the graph has more than `DENSE_NODES` nodes.

    Notes
    -----
    ``B(beta) = (1 + N / D) / 2`` with ``N = sum over k >= 2 of beta^k / k! tr(A^k)`` and D the same for ``|A|``.
    For directed graphs ``tr(A^2)`` is that of the directed matrix, so ``k = 2`` is reciprocity, and longer walks
    use ``(A + A') / 2``. A graph without closed walks has B = 1.

    References
    ----------
    Diaz-Diaz, Bartesaghi & Estrada 2024; Talaga, Stella, Swanson & Teixeira 2023,
    doi:10.1038/s42005-023-01467-8.
    """
    if longest is not None and longest < 2:
        raise InvalidValue(f"longest must be at least 2 steps, not {longest}")
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    if ties.n > DENSE_NODES:
        raise NetworkError(f"the balance curve is computed for at most {DENSE_NODES} nodes, not {ties.n}")
    matrix = ties.adjacency().toarray() if ties.n else np.zeros((0, 0))
    if ties.m:
        matrix = matrix / max(float(np.abs(ties.weight).mean()), 1e-300)
    size = np.abs(matrix)
    signed = np.linalg.eigvalsh((matrix + matrix.T) / 2)
    unsigned = np.linalg.eigvalsh((size + size.T) / 2)
    radius = float(np.abs(unsigned).max(initial=0.0))
    scales = np.geomspace(0.1, 10, 21) / (radius or 1.0) if beta is None else np.asarray(beta, dtype=float)
    if not (scales > 0).all():
        raise InvalidValue("every beta must be positive")
    twice, twice_size = float((matrix * matrix.T).sum()), float((size * size.T).sum())
    values = []
    for scale in scales.tolist():
        above = _walks(signed.astype(np.float64), scale, radius, longest) + _two_steps(twice, scale, radius)
        below = _walks(unsigned.astype(np.float64), scale, radius, longest) + _two_steps(
            twice_size, scale, radius
        )
        values.append((1 + above / below) / 2 if below > 0 else 1.0)
    return BalanceCurve(tuple(scales.tolist()), tuple(map(float, values)), longest, directed, ties.n)


def _two_steps(trace: float, beta: float, radius: float) -> float:
    return float(np.exp(-beta * radius)) * beta**2 / 2 * trace


def _walks(eigenvalues: NDArray[np.float64], beta: float, radius: float, longest: int | None) -> float:
    """Closed walks of three steps or more, all divided by exp(beta * radius)."""
    x = beta * eigenvalues
    if longest is None and beta * radius > 1:
        shift = np.exp(-beta * radius)
        return float((np.exp(x - beta * radius) - shift * (1 + x + x**2 / 2)).sum())
    term = x**2 / 2
    total = np.zeros_like(x)
    for k in range(3, (60 if longest is None else longest) + 1):
        term = term * x / k
        total += term
    return float(total.sum() * np.exp(-beta * radius))


@dataclass(frozen=True)
class SpectralBalance(Result):
    """
    Smallest eigenvalue of the signed Laplacian: 0 for a balanced component, the larger the further from it.

    Parameters
    ----------
    algebraic_conflict : float
        Of the largest component.
    normalised : float
        The same for the normalised signed Laplacian, from 0 to 1 for any graph with a positive tie per node.
    frustration_bound : float
        A lower bound of the frustration index: the sum over components of their eigenvalue times nodes, over
        four.
    n_largest : int
        Nodes of the largest component.
    components, balanced_components : int
        All components with a tie, and those without conflict.
    n, m : int
        Nodes and tied pairs.
    """

    algebraic_conflict: float
    normalised: float
    frustration_bound: float
    n_largest: int
    components: int
    balanced_components: int
    n: int
    m: int


def spectral_balance(graph: Any, *, weighted: bool = False) -> SpectralBalance:
    """
    Return the algebraic conflict of a signed graph.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    SpectralBalance
        0 everywhere without ties.

    Notes
    -----
    The signed Laplacian is ``D - A`` with ``D`` the sums of ``|A|``'s rows; it is positive semidefinite, and
    singular exactly if the component is balanced. Every partition s in {-1, 1}^n has ``s'(D - A)s = 4 L(s)``,
    hence the bound.

    References
    ----------
    Kunegis et al. 2010, doi:10.1137/1.9781611972801.49; Hou 2005, doi:10.1007/s10114-004-0384-1.
    """
    ties = signed_graph(graph, weighted=weighted)
    matrix = ties.adjacency()
    values = []
    for component in _components(ties) if ties.n else []:
        if len(component) > 1:
            part = matrix[component][:, component]
            values.append((len(component), _smallest(part, normalised=False), component))
    if not values:
        return SpectralBalance(0.0, 0.0, 0.0, min(ties.n, 1), 0, 0, ties.n, 0)
    size, conflict, nodes = max(values, key=lambda each: each[0])
    return SpectralBalance(
        algebraic_conflict=conflict,
        normalised=_smallest(matrix[nodes][:, nodes], normalised=True),
        frustration_bound=sum(count * value for count, value, _ in values) / 4,
        n_largest=size,
        components=len(values),
        balanced_components=sum(1 for _, value, _ in values if value < 1e-9),
        n=ties.n,
        m=matrix.nnz // 2,
    )


def _smallest(matrix: Any, *, normalised: bool) -> float:
    from scipy.sparse import diags_array
    from scipy.sparse.linalg import eigsh

    n = matrix.shape[0]
    degree = np.asarray(abs(matrix).sum(axis=1)).ravel()
    laplacian = diags_array(degree) - matrix
    if normalised:
        scale = diags_array(1 / np.sqrt(np.maximum(degree, 1e-300)))
        laplacian = scale @ laplacian @ scale
    if n <= 800:
        from scipy.linalg import eigvalsh

        return max(0.0, float(eigvalsh(laplacian.toarray(), subset_by_index=[0, 0])[0]))
    start = np.random.default_rng(0).standard_normal(n)
    # shift-invert just below zero: the Laplacian is positive semidefinite, so the shifted one is definite
    values = eigsh(
        laplacian.tocsc(),
        k=1,
        sigma=-1e-3 * degree.mean() ** (not normalised),
        return_eigenvectors=False,
        v0=start,
    )
    return max(0.0, float(values[0]))
