"""Who gives and gets support and opposition, and whether it is returned."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.measures.graph import SignedGraph, entries, signed_graph
from amity.measures.results import NodeTable, Result, Tie, node_table, table


def signed_degrees(graph: Any, *, directed: bool = False, weighted: bool = False) -> NodeTable:
    """
    Return the degrees of every node by sign.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    directed : bool
        Whether to count what a node gives (``out``) and gets (``in``) apart.
    weighted : bool
        Whether ties count by weight (strengths).

    Returns
    -------
    NodeTable
        Columns ``positive``, ``negative``, ``net`` (their difference) and ``ratio`` (the positive share, 0.5
        for a node without ties); if directed, each of them with ``_out`` and ``_in``.

    Notes
    -----
    The sum of ``positive`` is twice the number of positive ties, or once if directed. An isolate has 0.

    References
    ----------
    Wasserman & Faust 1994, doi:10.1017/CBO9780511815478, section 4.2.

    Examples
    --------
    >>> signed_degrees([("a", "b", 1), ("a", "c", -1)]).column("net")
    {'a': 0.0, 'b': 1.0, 'c': -1.0}
    """
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    size = np.abs(ties.weight)
    positive = ties.weight > 0
    columns: dict[str, NDArray[np.float64]] = {}
    if directed:
        for suffix, ends in (("_out", ties.source), ("_in", ties.target)):
            columns |= _degree_columns(ties.n, [ends], size, positive, suffix)
    else:
        columns |= _degree_columns(ties.n, [ties.source, ties.target], size, positive, "")
    return node_table("degrees", ties.labels, columns, {"directed": directed, "weighted": weighted})


def _degree_columns(
    n: int,
    ends: list[NDArray[np.int32]],
    size: NDArray[np.float64],
    positive: NDArray[np.bool_],
    suffix: str,
) -> dict[str, NDArray[np.float64]]:
    plus, minus = np.zeros(n), np.zeros(n)
    for end in ends:
        plus += np.bincount(end, weights=size * positive, minlength=n)
        minus += np.bincount(end, weights=size * ~positive, minlength=n)
    both = plus + minus
    return {
        f"positive{suffix}": plus,
        f"negative{suffix}": minus,
        f"net{suffix}": plus - minus,
        f"ratio{suffix}": np.divide(plus, both, out=np.full(n, 0.5), where=both > 0),
    }


@dataclass(frozen=True)
class Reciprocity(Result):
    """
    How ties are returned.

    Parameters
    ----------
    reciprocity : float
        Share of ties that are returned, with whatever sign; 0 without ties.
    agreement : float
        Share of mutual dyads in which both ties have the same sign; 1 without mutual dyads.
    both_positive, both_negative, contradictory : int
        Mutual dyads by their signs.
    one_way_positive, one_way_negative : int
        Dyads with one tie.
    ambivalent : int
        Directed pairs left out because a positive and a negative tie of equal weight cancel.
    answers : mapping
        ``positive`` and ``negative`` ties, each with the shares answered by ``positive``, ``negative`` and
        ``none``.
    violations : tuple of (Tie, Tie)
        The contradictory dyads, positive tie first.
    n, m : int
        Nodes; directed ties counted.
    """

    reciprocity: float
    agreement: float
    both_positive: int
    both_negative: int
    contradictory: int
    one_way_positive: int
    one_way_negative: int
    ambivalent: int
    answers: Mapping[str, Mapping[str, float]]
    violations: tuple[tuple[Tie, Tie], ...]
    n: int
    m: int

    def __str__(self) -> str:
        text = table(["Reciprocity", ""], self.rows(), limit=60)
        rows = [(plus.source, plus.target, plus.weight, minus.weight) for plus, minus in self.violations]
        if rows:
            text += "\nViolations\n" + table(["from", "to", "sign", "answer"], rows)
        return text


def signed_reciprocity(graph: Any, *, weighted: bool = False) -> Reciprocity:
    """
    Return how far ties are returned, and with which sign.

    Parameters
    ----------
    graph : Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as directed.
    weighted : bool
        Whether the weights of `violations` are those of the ties, or signs. The counts are the same, except
        that a pair with ties of both signs takes the sign of the greater one.

    Returns
    -------
    Reciprocity
        Counts, shares and the contradictory dyads.

    Notes
    -----
    An undirected networkx graph or symmetric matrix has every tie returned. Without ties the reciprocity is
    0 and the agreement 1.

    References
    ----------
    Wasserman & Faust 1994, chapter 13; Doreian & Krackhardt 2001, doi:10.1080/0022250X.2001.9990244 (on signed
    ties over time).
    """
    ties = signed_graph(graph, directed=True, weighted=weighted)
    matrix = ties.adjacency().sign()
    back = matrix.T.tocsr()
    mutual = matrix.multiply(back).tocoo()
    upper = mutual.coords[0] < mutual.coords[1]
    first, second = mutual.coords[0][upper], mutual.coords[1][upper]
    sign = entries(matrix, first, second)
    agree = mutual.data[upper] > 0
    positive, negative = int((matrix.data > 0).sum()), int((matrix.data < 0).sum())
    plus, minus = int((agree & (sign > 0)).sum()), int((agree & (sign < 0)).sum())
    against = int((~agree).sum())
    m = positive + negative
    pairs = len({(int(a), int(b)) for a, b in zip(ties.source, ties.target, strict=True)})
    return Reciprocity(
        reciprocity=2 * len(agree) / m if m else 0.0,
        agreement=float(agree.mean()) if len(agree) else 1.0,
        both_positive=plus,
        both_negative=minus,
        contradictory=against,
        one_way_positive=positive - 2 * plus - against,
        one_way_negative=negative - 2 * minus - against,
        ambivalent=pairs - m,
        answers={
            "positive": _answers(positive, 2 * plus, against, positive_first=True),
            "negative": _answers(negative, 2 * minus, against, positive_first=False),
        },
        violations=_violations(ties, first[~agree], second[~agree]),
        n=ties.n,
        m=m,
    )


def _answers(count: int, same: int, against: int, *, positive_first: bool) -> dict[str, float]:
    parts = (same, against) if positive_first else (against, same)
    whole = max(count, 1)
    return {
        "positive": parts[0] / whole,
        "negative": parts[1] / whole,
        "none": (count - same - against) / whole,
    }


def _violations(
    ties: SignedGraph, first: NDArray[np.int64], second: NDArray[np.int64]
) -> tuple[tuple[Tie, Tie], ...]:
    matrix = ties.adjacency()
    found = []
    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        if matrix[a, b] < 0:
            a, b = b, a
        found.append(
            (
                Tie(ties.labels[a], ties.labels[b], float(matrix[a, b])),
                Tie(ties.labels[b], ties.labels[a], float(matrix[b, a])),
            )
        )
    return tuple(found)
