"""Triangles and triads: the smallest structures that can be out of balance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.measures.graph import SignedGraph, entries, signed_graph
from amity.measures.results import NodeTable, Result, node_table, table

PAIRS = ((0, 1), (1, 0), (0, 2), (2, 0), (1, 2), (2, 1))
"""The six possible ties of a triad, in the order of a type's six letters."""


@dataclass(frozen=True)
class TriangleBalance(Result):
    """
    The triangles of a signed graph by their signs.

    Parameters
    ----------
    index : float
        Share of balanced triangles, those with an even number of negative ties; 1 without triangles.
    weak_index : float
        Share that is not of the kind ``++-``: three enemies are allowed.
    counts : mapping of str to int
        Triangles of the kinds ``+++``, ``++-``, ``+--``, ``---``.
    triangles : int
        All of them.
    ambivalent : int
        Pairs left out because their ties of opposite signs cancel.
    n, m : int
        Nodes, and pairs that are tied.
    """

    index: float
    weak_index: float
    counts: Mapping[str, int]
    triangles: int
    ambivalent: int
    n: int
    m: int


def triangle_balance(graph: Any) -> TriangleBalance:
    """
    Return the triangle index and the undirected signed triangle census.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected. Reciprocal ties of one sign are one tie; pairs with both signs
        take no part.

    Returns
    -------
    TriangleBalance
        Exact counts.

    Notes
    -----
    ``index = (tr A^3 + tr |A|^3) / (2 tr |A|^3)`` for the sign matrix A. Without triangles both indices are 1.

    References
    ----------
    Cartwright & Harary 1956, doi:10.1037/h0046049; Davis 1967, doi:10.1177/001872676702000206.

    Examples
    --------
    >>> triangle_balance([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)]).counts["+--"]
    1
    """
    ties = signed_graph(graph)
    matrix = ties.adjacency().sign()
    plus, minus = (matrix > 0).astype(np.int64), (matrix < 0).astype(np.int64)
    around = plus @ plus
    against = minus @ minus
    counts = {
        "+++": int(around.multiply(plus).sum()) // 6,
        "++-": int(around.multiply(minus).sum()) // 2,
        "+--": int(against.multiply(plus).sum()) // 2,
        "---": int(against.multiply(minus).sum()) // 6,
    }
    every = sum(counts.values())
    pairs = matrix.nnz // 2
    tied = len({(int(a), int(b)) for a, b in zip(ties.source, ties.target, strict=True)})
    return TriangleBalance(
        index=(counts["+++"] + counts["+--"]) / every if every else 1.0,
        weak_index=1 - counts["++-"] / every if every else 1.0,
        counts=counts,
        triangles=every,
        ambivalent=tied - pairs,
        n=ties.n,
        m=pairs,
    )


def node_triangles(graph: Any) -> NodeTable:
    """
    Return for every node the triangles it is part of.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.

    Returns
    -------
    NodeTable
        Columns ``balanced``, ``unbalanced`` and ``index`` (the balanced share, 1 without triangles).
    """
    ties = signed_graph(graph)
    matrix = ties.adjacency().sign()
    size = abs(matrix)
    every = np.asarray((size @ size).multiply(size).sum(axis=1)).ravel() / 2
    surplus = np.asarray((matrix @ matrix).multiply(matrix).sum(axis=1)).ravel() / 2
    balanced = (every + surplus) / 2
    columns = {
        "balanced": balanced,
        "unbalanced": every - balanced,
        "index": np.divide(balanced, every, out=np.ones(ties.n), where=every > 0),
    }
    return node_table("triangles of nodes", ties.labels, columns)


def tie_triangles(graph: Any) -> tuple[SignedGraph, NDArray[np.int64], NDArray[np.int64]]:
    """
    Return for every tie the triangles it is part of.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.

    Returns
    -------
    graph : SignedGraph
        The ties, in the order of the two arrays.
    balanced, unbalanced : int64 array of shape (m,)
        Triangles with an even and an odd number of negative ties; 0 for the ties of an ambivalent pair.
    """
    ties = signed_graph(graph)
    matrix = ties.adjacency().sign()
    size = abs(matrix)
    here = entries(matrix, ties.source, ties.target)
    every = entries(size @ size, ties.source, ties.target) * np.abs(here)
    surplus = entries(matrix @ matrix, ties.source, ties.target) * here
    return ties, ((every + surplus) / 2).astype(np.int64), ((every - surplus) / 2).astype(np.int64)


@dataclass(frozen=True)
class TriadCensus(Result):
    """
    All triads of a directed signed graph by type.

    Parameters
    ----------
    counts : mapping of str to int
        Type to number, types that occur only. A type is the unsigned class (mutual, asymmetric, null dyads
        and a letter) and six letters for the ties ab, ba, ac, ca, bc, cb: ``P``, ``N`` or ``0``.
    classes : mapping of str to int
        The sixteen unsigned classes.
    n : int
        Nodes; the counts sum to n (n - 1) (n - 2) / 6.
    """

    counts: Mapping[str, int]
    classes: Mapping[str, int]
    n: int

    def __str__(self) -> str:
        rows = sorted(self.counts.items(), key=lambda item: -item[1])
        return f"Signed triad census of {self.n} nodes\n" + table(["type", "triads"], rows, limit=140)


def signed_triad_census(graph: Any) -> TriadCensus:
    """
    Return how often each of the 138 types of directed signed triads occurs.

    Parameters
    ----------
    graph : Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as directed. A directed pair whose ties of both signs cancel counts as not
        tied.

    Returns
    -------
    TriadCensus
        Exact counts.

    Notes
    -----
    Of all orders of a triad's nodes the one with the greatest word of six letters (P before N before 0) names
    the type. Only closed triads are listed one by one; those with fewer tied pairs are counted from degrees.

    References
    ----------
    Davis & Leinhardt 1972; Batagelj & Mrvar 2001, doi:10.1016/S0378-8733(01)00035-1; on signed triads,
    Leskovec, Huttenlocher & Kleinberg 2010, doi:10.1145/1753326.1753532.
    """
    ties = signed_graph(graph, directed=True)
    n = ties.n
    first, second, code = _dyads(ties)
    closed, common = _closed_triads(n, first, second, code)
    around = np.zeros((n, 9), dtype=np.int64)
    np.add.at(around, (first, code), 1)
    np.add.at(around, (second, _turned(code)), 1)
    # ordered pairs of tied pairs at one centre, less those whose other ends are tied too
    wedges = around.T @ around - np.diag(around.sum(axis=0))
    for one, two, three in np.argwhere(closed):
        number = closed[one, two, three]
        corners = (one, two), (_turned(one), three), (_turned(two), _turned(three))
        for left, right in corners:
            wedges[left, right] -= number
            wedges[right, left] -= number
    tied = around.sum(axis=1)
    thirds = n - tied[first] - tied[second] + common
    alone = np.bincount(code, weights=thirds, minlength=9).astype(np.int64)
    found: dict[str, int] = {}
    for one, two, three in np.argwhere(closed):
        _count(found, (one, two, three), int(closed[one, two, three]))
    for one in range(1, 9):
        _count(found, (one, 0, 0), int(alone[one]))
        for two in range(one, 9):
            number = int(wedges[one, two])
            _count(found, (one, two, 0), number // 2 if one == two else number)
    _count(found, (0, 0, 0), n * (n - 1) * (n - 2) // 6 - sum(found.values()))
    classes: dict[str, int] = {}
    for name, number in found.items():
        kind = name.split("-")[0]
        classes[kind] = classes.get(kind, 0) + number
    return TriadCensus(dict(sorted(found.items())), dict(sorted(classes.items())), n)


def _count(found: dict[str, int], dyads: tuple[int, int, int], number: int) -> None:
    if number:
        name = triad_name(*(int(each) for each in dyads))
        found[name] = found.get(name, 0) + number


def _turned(code: Any) -> Any:
    return 3 * (code % 3) + code // 3


def _dyads(ties: SignedGraph) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Tied pairs, first below second, and a code: 3 times the one tie plus the other (1 is +, 2 is -)."""
    matrix = ties.adjacency().tocoo()
    row, column = (each.astype(np.int64) for each in matrix.coords)
    value = np.where(matrix.data > 0, 1, 2)
    forward = row < column
    low, high = np.minimum(row, column), np.maximum(row, column)
    unique, place = np.unique(low * max(ties.n, 1) + high, return_inverse=True)
    code = np.bincount(place, weights=np.where(forward, 3 * value, value), minlength=len(unique))
    return unique // max(ties.n, 1), unique % max(ties.n, 1), code.astype(np.int64)


def _closed_triads(
    n: int, first: NDArray[np.int64], second: NDArray[np.int64], code: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Number of triangles x < y < z by their dyads' codes, and the triangles at each tied pair."""
    closed = np.zeros((9, 9, 9), dtype=np.int64)
    common = np.zeros(len(first), dtype=np.int64)
    for one, two, three in triangle_ties(n, first, second):
        np.add.at(closed, (code[one], code[two], code[three]), 1)
        for ties in (one, two, three):
            np.add.at(common, ties, 1)
    return closed, common


def triangle_ties(
    n: int, first: NDArray[np.int64], second: NDArray[np.int64], *, chunk: int = 2_000_000
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]]:
    """
    Return the triangles of an undirected graph, part by part.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the ties, first below second, each pair once, sorted.
    chunk : int
        Candidates looked at together.

    Yields
    ------
    tuple of int64 arrays
        For triangles x < y < z, the numbers of the ties xy, xz and yz.
    """
    starts = np.searchsorted(first, np.arange(n + 1))
    keys = first * max(n, 1) + second
    # for a tie (x, y), every later tie (x, z) of x is a candidate, closed if (y, z) is a tie
    later = starts[first + 1] - np.arange(len(first)) - 1
    part = np.cumsum(later) // chunk
    cuts = [0, *(np.flatnonzero(np.diff(part)) + 1).tolist(), len(first)]
    for begin, end in pairwise(cuts):
        counts = later[begin:end]
        one = np.repeat(np.arange(begin, end), counts)
        offset = np.arange(len(one)) - np.repeat(np.cumsum(counts) - counts, counts)
        two = one + 1 + offset
        wanted = second[one] * max(n, 1) + second[two]
        if not len(wanted):
            continue
        three = np.searchsorted(keys, wanted)
        good = keys[np.minimum(three, len(keys) - 1)] == wanted
        yield one[good], two[good], three[good]


@cache
def triad_name(one: int, two: int, three: int) -> str:
    """
    Return the name of a triad's type.

    Parameters
    ----------
    one, two, three : int
        Codes of the dyads ab, ac and bc: 3 times the tie from the first to the second plus the tie back,
        where 0 is none, 1 positive, 2 negative.

    Returns
    -------
    str
        Such as ``030T-P0P0N0``.
    """
    letters = [code for dyad in (one, two, three) for code in (dyad // 3, dyad % 3)]
    tie = {pair: "0PN"[letter] for pair, letter in zip(PAIRS, letters, strict=True)}
    words = []
    for a, b, c in permutations(range(3)):
        words.append("".join(tie[(a, b, c)[i], (a, b, c)[j]] for i, j in PAIRS))
    name = min(words, key=lambda word: word.translate(str.maketrans("PN0", "012")))
    return f"{_unsigned_class(tie)}-{name}"


def _unsigned_class(tie: Mapping[tuple[int, int], str]) -> str:
    on = {pair for pair, letter in tie.items() if letter != "0"}
    mutual = sum(1 for a, b in on if a < b and (b, a) in on)
    asymmetric = len(on) - 2 * mutual
    null = 3 - mutual - asymmetric
    kind = f"{mutual}{asymmetric}{null}"
    one_way = [(a, b) for a, b in on if (b, a) not in on]
    outs = sorted((sum(1 for a, _ in one_way if a == node) for node in range(3)), reverse=True)
    ins = sorted((sum(1 for _, b in one_way if b == node) for node in range(3)), reverse=True)
    if kind in ("021", "120"):
        return kind + ("D" if outs[0] == 2 else "U" if ins[0] == 2 else "C")
    if kind == "030":
        return kind + ("C" if outs == [1, 1, 1] else "T")
    if kind == "111":
        source, target = one_way[0]
        in_mutual = {node for pair in on - set(one_way) for node in pair}
        return kind + ("D" if target in in_mutual and source not in in_mutual else "U")
    return kind


@dataclass(frozen=True)
class TriadBalance(Result):
    """
    Balance of the transitive triads of a directed signed graph.

    Parameters
    ----------
    index : float
        Share of the fully transitive triads whose transitive semicycles are all positive; 1 without such
        triads.
    balanced, unbalanced : int
        Their numbers.
    classes : mapping of str to mapping
        ``balanced`` and ``unbalanced`` triads of the classes 030T, 120D, 120U and 300.
    transitivity : float
        Transitive triples (ab, bc, ac) over two-paths (ab, bc; a, c distinct); 0 without two-paths.
    n : int
        Nodes.
    """

    index: float
    balanced: int
    unbalanced: int
    classes: Mapping[str, Mapping[str, int]]
    transitivity: float
    n: int


def transitive_triad_balance(graph: Any) -> TriadBalance:
    """
    Return the balance of a directed graph at the level of its transitive triads.

    Parameters
    ----------
    graph : Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as directed.

    Returns
    -------
    TriadBalance
        Exact counts.

    Notes
    -----
    A transitive semicycle holds the ties ab, bc and ac; its sign is their product. Triads of the classes 030T,
    120D, 120U and 300, all of whose semicycles of three ties can be read so, are balanced if every one is
    positive.

    References
    ----------
    Aref, Dinh, Rezapour & Diesner 2020, doi:10.1038/s41598-020-71838-6.
    """
    ties = signed_graph(graph, directed=True)
    census = signed_triad_census(ties)
    classes = {kind: {"balanced": 0, "unbalanced": 0} for kind in ("030T", "120D", "120U", "300")}
    for name, number in census.counts.items():
        kind, letters = name.split("-")
        if kind in classes:
            classes[kind]["balanced" if _all_positive(letters) else "unbalanced"] += number
    balanced = sum(each["balanced"] for each in classes.values())
    every = balanced + sum(each["unbalanced"] for each in classes.values())
    on = abs(ties.adjacency().sign())
    paths = on @ on
    two_paths = int(paths.sum() - paths.diagonal().sum())
    return TriadBalance(
        index=balanced / every if every else 1.0,
        balanced=balanced,
        unbalanced=every - balanced,
        classes=classes,
        transitivity=float(paths.multiply(on).sum()) / two_paths if two_paths else 0.0,
        n=ties.n,
    )


def _all_positive(letters: str) -> bool:
    sign = {pair: {"P": 1, "N": -1, "0": 0}[letter] for pair, letter in zip(PAIRS, letters, strict=True)}
    return all(sign[a, b] * sign[b, c] * sign[a, c] >= 0 for a, b, c in permutations(range(3)))
