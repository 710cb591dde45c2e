"""Positions of nodes in signed graphs: who matters to friends and foes, and who brokers between blocs."""

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.results import NodeTable, node_table

Direction = Literal["all", "in", "out"]

DENSE_NODES = 1500
"""Up to so many nodes linear systems are solved directly, beyond iteratively."""


def pn_centrality(graph: Any, *, direction: Direction = "all") -> NodeTable:
    """
    Return the PN centrality of Everett and Borgatti.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    direction : {"all", "in", "out"}
        Undirected, or by the ties that nodes get or give.

    Returns
    -------
    NodeTable
        Column ``pn``; 1 for isolates of an undirected graph. Higher means more friends, with friends of their
        own, and fewer foes.

    Raises
    ------
    InvalidValue
        If `direction` is another word.
    NetworkError
        If the system has no single solution, as where every pair of nodes is opposed in one direction.

    Notes
    -----
    With ``A = P - 2 N`` and ``c = 1 / (2 n - 2)``: ``(I - c A)^-1 1``; in: ``(I - c^2 A'A)^-1 (I + c A') 1``; out:
    ``(I - c^2 A A')^-1 (I + c A) 1``. A graph of one node has 1.

    References
    ----------
    Everett & Borgatti 2014, doi:10.1016/j.socnet.2014.03.005.
    """
    if direction not in ("all", "in", "out"):
        raise InvalidValue(f"direction must be all, in or out, not {direction!r}")
    ties = signed_graph(graph, directed=direction != "all")
    n = ties.n
    if n < 2:
        return node_table("PN centrality", ties.labels, {"pn": np.ones(n)})
    matrix = ties.adjacency().sign()
    matrix.data = np.where(matrix.data > 0, 1.0, -2.0)
    scale = 1 / (2 * n - 2)
    ones = np.ones(n)
    if direction == "all":
        values = _solve(matrix * scale, ones)
    else:
        turned = matrix.T.tocsr() if direction == "in" else matrix
        values = _solve(scale**2 * (turned @ turned.T), ones + scale * (turned @ ones))
    return node_table("PN centrality", ties.labels, {"pn": values}, {"direction": direction})


def _solve(matrix: Any, right: NDArray[np.float64]) -> NDArray[np.float64]:
    """Solution of (I - matrix) x = right."""
    n = len(right)
    if n <= DENSE_NODES:
        try:
            return np.asarray(np.linalg.solve(np.eye(n) - matrix.toarray(), right), dtype=np.float64)
        except np.linalg.LinAlgError:
            raise NetworkError(
                "the measure is not defined on this network: its linear system is singular (as where every pair "
                "of nodes is opposed)"
            ) from None
    from scipy.sparse.linalg import LinearOperator, gmres

    operator = LinearOperator((n, n), matvec=lambda x: x - matrix @ x, dtype=np.float64)
    values, failed = gmres(operator, right, rtol=1e-12, atol=0.0, restart=100, maxiter=200)
    if failed:
        raise NetworkError("the linear system did not converge; take a smaller part of the network")
    return np.asarray(values, dtype=np.float64)


def signed_eigenvector(graph: Any, *, weighted: bool = False) -> NodeTable:
    """
    Return the eigenvector centrality of a signed graph.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    NodeTable
        Column ``eigenvector``: the largest entry in size is 1. Signs tell sides where the graph is near balance.

    Raises
    ------
    NetworkError
        If two eigenvalues share the largest size: then no one vector stands out.

    Notes
    -----
    The vector belongs to the eigenvalue largest in absolute value. Without ties it is 0.

    References
    ----------
    Bonacich & Lloyd 2004, doi:10.1016/j.socnet.2004.08.007.
    """
    ties = signed_graph(graph, weighted=weighted)
    matrix = ties.adjacency()
    if not matrix.nnz:
        return node_table("eigenvector centrality", ties.labels, {"eigenvector": np.zeros(ties.n)})
    if ties.n <= DENSE_NODES:
        values, vectors = np.linalg.eigh(matrix.toarray())
    else:
        from scipy.sparse.linalg import eigsh

        start = np.random.default_rng(0).standard_normal(ties.n)
        values, vectors = eigsh(matrix, k=4, which="LM", v0=start)
    order = np.argsort(-np.abs(values))
    top = float(abs(values[order[0]]))
    if len(order) > 1 and top - abs(values[order[1]]) < 1e-9 * top:
        raise NetworkError(
            f"two eigenvalues have the largest size, {top:.6g}; measure the components one by one"
        )
    vector = vectors[:, order[0]]
    vector = vector / vector[int(np.argmax(np.round(np.abs(vector), 12)))]
    return node_table(
        "eigenvector centrality",
        ties.labels,
        {"eigenvector": vector},
        {"eigenvalue": float(values[order[0]])},
    )


def signed_katz(
    graph: Any, *, alpha: float | None = None, directed: bool = False, weighted: bool = False
) -> NodeTable:
    """
    Return the Katz centrality of a signed graph.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    alpha : float, optional
        Weight of each further step, above 0 and below one over the spectral radius of ``|A|``; by default half of
        that.
    directed : bool
        Whether to count the walks that end at a node.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    NodeTable
        Columns ``katz``, positive minus negative walks, and ``attention``, their sum; 0 for isolates.

    Raises
    ------
    InvalidValue
        If `alpha` is out of range.

    Notes
    -----
    ``sum over k >= 1 of alpha^k (A')^k 1``; a walk is negative if it holds an odd number of negative ties.

    References
    ----------
    Katz 1953, doi:10.1007/BF02289026; Kunegis, Lommatzsch & Bauckhage 2009, doi:10.1145/1526709.1526809.
    """
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    matrix = ties.adjacency().T.tocsr()
    settings = {"directed": directed, "weighted": weighted}
    if not matrix.nnz:
        zeros = np.zeros(ties.n)
        return node_table("Katz centrality", ties.labels, {"katz": zeros, "attention": zeros}, settings)
    size = abs(matrix)
    radius = _spectral_radius(size)
    limit = 1 / radius if radius > 0 else np.inf
    used = alpha if alpha is not None else (0.5 * limit if radius > 0 else 0.5)
    if not 0 < used < limit:
        raise InvalidValue(f"alpha must be above 0 and below {limit:.6g}, not {alpha}")
    ones = np.ones(ties.n)
    columns = {
        "katz": _solve(used * matrix, used * (matrix @ ones)),
        "attention": _solve(used * size, used * (size @ ones)),
    }
    return node_table("Katz centrality", ties.labels, columns, {"alpha": used, **settings})


def _spectral_radius(size: Any) -> float:
    """Largest eigenvalue of a matrix without negative entries, 0 if it has no cycle."""
    if size.shape[0] <= DENSE_NODES:
        return float(np.round(np.abs(np.linalg.eigvals(size.toarray())).max(), 12))
    # the k-th root of the growth over k steps, from all nodes at once: an upper bound by the row sums of powers
    vector = np.ones(size.shape[0])
    total = 0.0
    for _ in range(200):
        vector = size @ vector
        norm = float(vector.max())
        if norm == 0:
            return 0.0
        total += np.log(norm)
        vector /= norm
    return float(np.exp(total / 200)) * 1.01


def signed_pagerank(graph: Any, *, damping: float = 0.85, weighted: bool = False) -> NodeTable:
    """
    Return PageRank of support and of opposition received, and their difference.

    Parameters
    ----------
    graph : Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as directed.
    damping : float
        Probability of going on along a tie, from 0 to below 1.
    weighted : bool
        Whether ties count by weight.

    Returns
    -------
    NodeTable
        Columns ``positive``, ``negative``, each summing to 1 (0 if the graph has no tie of the sign), and ``net``.

    Raises
    ------
    InvalidValue
        If `damping` is out of range.

    References
    ----------
    Brin & Page 1998, doi:10.1016/S0169-7552(98)00110-X; Shahriari & Jalili 2014, doi:10.1007/s13278-014-0166-z.
    """
    if not 0 <= damping < 1:
        raise InvalidValue(f"damping must be from 0 to below 1, not {damping}")
    ties = signed_graph(graph, directed=True, weighted=weighted)
    positive, negative = (_pagerank(ties, sign, damping) for sign in (1, -1))
    return node_table(
        "PageRank by sign",
        ties.labels,
        {"positive": positive, "negative": negative, "net": positive - negative},
        {"damping": damping, "weighted": weighted},
    )


def _pagerank(ties: SignedGraph, sign: int, damping: float) -> NDArray[np.float64]:
    from scipy.sparse import csr_array

    chosen = ties.sign == sign
    n = ties.n
    if not chosen.any():
        return np.zeros(n)
    size = np.abs(ties.weight[chosen])
    out = np.bincount(ties.source[chosen], weights=size, minlength=n).astype(np.float64)
    share = size / out[ties.source[chosen]]
    step = csr_array((share, (ties.target[chosen], ties.source[chosen])), shape=(n, n))
    lost = out == 0
    rank = np.full(n, 1 / n)
    for _ in range(1000):
        new = damping * (step @ rank + rank[lost].sum() / n) + (1 - damping) / n
        if float(np.abs(new - rank).sum()) < 1e-13:
            break
        rank = new
    result: NDArray[np.float64] = new / new.sum()
    return result


ROLES = ("coordinator", "itinerant", "gatekeeper", "representative", "liaison")
"""Gould and Fernandez' five roles of a broker."""


def brokerage(
    graph: Any, partition: Mapping[str, int], *, sign: Literal["positive", "negative"] = "positive"
) -> NodeTable:
    """
    Return how often each node stands between two others, by the blocs of the three.

    Parameters
    ----------
    graph : Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as directed.
    partition : mapping of str to int
        Bloc of each node.
    sign : {"positive", "negative"}
        Which ties make the paths.

    Returns
    -------
    NodeTable
        Columns ``coordinator`` (all three in one bloc), ``itinerant`` (the two others in one, the broker in
        another), ``gatekeeper`` (into the broker's bloc), ``representative`` (out of it), ``liaison`` (three blocs),
        ``total``; and ``friends_abroad`` and ``foes_at_home``, ties given or got that cross the blocs' lines.

    Raises
    ------
    InvalidValue
        If `sign` is another word or a node has no bloc.

    Notes
    -----
    A path a → b → c of ties of the sign counts for b if a and c differ and a has no such tie to c.

    References
    ----------
    Gould & Fernandez 1989, doi:10.2307/270949.
    """
    if sign not in ("positive", "negative"):
        raise InvalidValue(f"sign must be positive or negative, not {sign!r}")
    ties = signed_graph(graph, directed=True)
    missing = [label for label in ties.labels if label not in partition]
    if missing:
        raise InvalidValue(f"no bloc is given for {', '.join(missing[:5])}")
    bloc = np.array([partition[label] for label in ties.labels], dtype=np.int64)
    matrix = ties.adjacency()
    on = (matrix > 0 if sign == "positive" else matrix < 0).astype(np.int8).tocsr()
    back = on.T.tocsr()
    counts = np.zeros((5, ties.n))
    dense = on.toarray() if ties.n <= DENSE_NODES else None
    for node in range(ties.n):
        before = back.indices[back.indptr[node] : back.indptr[node + 1]]
        after = on.indices[on.indptr[node] : on.indptr[node + 1]]
        if not len(before) or not len(after):
            continue
        between = dense[np.ix_(before, after)] if dense is not None else on[before][:, after].toarray()
        open_pair = between == 0
        open_pair &= before[:, None] != after[None, :]
        first, last, mine = bloc[before][:, None], bloc[after][None, :], bloc[node]
        roles = (
            (first == mine) & (last == mine),
            (first == last) & (first != mine),
            (first != mine) & (last == mine),
            (first == mine) & (last != mine),
            (first != mine) & (last != mine) & (first != last),
        )
        counts[:, node] = [int((role & open_pair).sum()) for role in roles]
    across = bloc[ties.source] != bloc[ties.target]
    ends = np.concatenate([ties.source, ties.target])
    friends, foes = across & (ties.weight > 0), ~across & (ties.weight < 0)
    columns = dict(zip(ROLES, counts, strict=True))
    columns["total"] = counts.sum(axis=0)
    columns["friends_abroad"] = np.bincount(ends[np.tile(friends, 2)], minlength=ties.n).astype(float)
    columns["foes_at_home"] = np.bincount(ends[np.tile(foes, 2)], minlength=ties.n).astype(float)
    return node_table("brokerage", ties.labels, columns, {"sign": sign})
