"""Blocs by signed modularity: more support inside and less opposition than degrees alone would give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.clusterability import named_blocs
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.results import Result


@dataclass(frozen=True)
class Blocs(Result):
    """
    A division of the nodes into blocs.

    Parameters
    ----------
    method : str
        How it was found.
    value : float
        What the method maximises or minimises, at this division.
    partition : mapping of str to int
        Bloc of each node; the largest bloc is 0.
    blocs : int
        Number of blocs.
    sizes : tuple of int
        Nodes per bloc, in the order of their numbers.
    modularity : float
        Signed modularity of the division, whatever the method.
    misfit : float
        Weight of positive ties between blocs and negative ties inside them.
    stability : float
        Mean adjusted Rand index of the runs with this division; 1 for a single run.
    runs, reached : int
        Runs, and how many of them reached the same value.
    seed : int
        Of the runs.
    settings : mapping
        Options as used.
    """

    method: str
    value: float
    partition: Mapping[str, int]
    blocs: int
    sizes: tuple[int, ...]
    modularity: float
    misfit: float
    stability: float
    runs: int
    reached: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        head = (
            f"{self.method}: {self.blocs} blocs, value {self.value:.4g}, modularity {self.modularity:.4f}, "
            f"misfit {self.misfit:g}, stability {self.stability:.3f} over {self.runs} runs"
        )
        members: dict[int, list[str]] = {}
        for node, bloc in self.partition.items():
            members.setdefault(bloc, []).append(node)
        lines = [f"  {bloc}: {', '.join(members[bloc])}" for bloc in sorted(members)]
        return "\n".join([head, *lines])


def blocs_record(
    method: str,
    graph: SignedGraph,
    divisions: list[NDArray[np.int64]],
    values: list[float],
    *,
    best: int,
    seed: int,
    settings: Mapping[str, Any],
) -> Blocs:
    """
    Return the record of the best of several divisions.

    Parameters
    ----------
    method : str
        How they were found.
    graph : SignedGraph
        What was divided.
    divisions : list of int64 arrays of shape (n,)
        One a run.
    values : list of float
        Value of each.
    best : int
        Place of the best.
    seed : int
        Of the runs.
    settings : mapping
        Options as used.

    Returns
    -------
    Blocs
        With modularity, misfit and stability filled in.
    """
    labels = divisions[best]
    others = [each for place, each in enumerate(divisions) if place != best]
    same = labels[graph.source] == labels[graph.target] if graph.m else np.zeros(0, dtype=bool)
    partition = named_blocs(graph.labels, labels)
    sizes = np.bincount(list(partition.values())) if partition else np.zeros(0, dtype=np.int64)
    return Blocs(
        method=method,
        value=float(values[best]),
        partition=partition,
        blocs=len(sizes),
        sizes=tuple(sizes.tolist()),
        modularity=_modularity(graph, labels, 1.0),
        misfit=float(np.abs(graph.weight[same != (graph.weight > 0)]).sum()),
        stability=float(np.mean([adjusted_rand(labels, each) for each in others])) if others else 1.0,
        runs=len(divisions),
        reached=int(np.isclose(values, values[best], rtol=1e-9, atol=1e-12).sum()),
        seed=seed,
        settings=settings,
    )


def adjusted_rand(one: Any, two: Any) -> float:
    """
    Return how far two divisions of the same nodes agree, corrected for chance.

    Parameters
    ----------
    one, two : int array of shape (n,)
        Blocs under any numbers.

    Returns
    -------
    float
        1 for equal divisions, about 0 for unrelated ones. 1 where both put all nodes together, or all apart.

    References
    ----------
    Hubert & Arabie 1985, doi:10.1007/BF01908075.
    """
    from scipy.sparse import coo_array

    first = np.unique(one, return_inverse=True)[1]
    second = np.unique(two, return_inverse=True)[1]
    n = len(first)
    if not n:
        return 1.0
    cells = coo_array((np.ones(n), (first, second))).tocsr()
    cells.sum_duplicates()

    def pairs(counts: Any) -> float:
        counts = np.asarray(counts, dtype=np.float64)
        return float((counts * (counts - 1) / 2).sum())

    together = pairs(cells.data)
    a, b = pairs(np.bincount(first)), pairs(np.bincount(second))
    expected = a * b / pairs([n]) if n > 1 else 0.0
    most = (a + b) / 2
    return 1.0 if most == expected else (together - expected) / (most - expected)


def signed_modularity(
    graph: Any, partition: Mapping[str, int], *, weighted: bool = False, resolution: float = 1.0
) -> float:
    """
    Return the signed modularity of a division.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    partition : mapping of str to int
        Bloc of each node.
    weighted : bool
        Whether ties count by weight.
    resolution : float
        Weight of what degrees alone would give.

    Returns
    -------
    float
        From -1 to 1; 0 without ties.

    Notes
    -----
    ``Q = sum_ij [A_ij - w+_i w+_j / 2w+ + w-_i w-_j / 2w-] delta(c_i, c_j) / (2w+ + 2w-)``.

    References
    ----------
    Gómez, Jensen & Arenas 2009, doi:10.1103/PhysRevE.80.016114; Traag & Bruggeman 2009,
    doi:10.1103/PhysRevE.80.036115.
    """
    ties = signed_graph(graph, weighted=weighted)
    return _modularity(
        ties, np.array([partition[label] for label in ties.labels], dtype=np.int64), resolution
    )


def _modularity(ties: SignedGraph, labels: NDArray[np.int64], resolution: float) -> float:
    if not ties.m:
        return 0.0
    labels = np.unique(labels, return_inverse=True)[1]
    same = labels[ties.source] == labels[ties.target]
    value = 2 * float(ties.weight[same].sum())
    for sign in (1, -1):
        strength = _strengths(ties, sign)
        whole = float(strength.sum())
        if whole:
            by_bloc = np.bincount(labels, weights=strength)
            value -= sign * resolution * float((by_bloc**2).sum()) / whole
    return value / (2 * ties.total)


def _strengths(ties: SignedGraph, sign: int) -> NDArray[np.float64]:
    chosen = ties.sign == sign
    size = np.abs(ties.weight[chosen])
    result = np.bincount(ties.source[chosen], weights=size, minlength=ties.n)
    result = result + np.bincount(ties.target[chosen], weights=size, minlength=ties.n)
    return result.astype(np.float64)


def signed_communities(
    graph: Any, *, weighted: bool = False, resolution: float = 1.0, runs: int = 10, seed: int = 0
) -> Blocs:
    """
    Return the blocs of greatest signed modularity found in several runs.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`; read as undirected.
    weighted : bool
        Whether ties count by weight.
    resolution : float
        More than 1 gives more and smaller blocs.
    runs : int
        Runs from different orders of the nodes.
    seed : int
        Of the first run.

    Returns
    -------
    Blocs
        ``value`` is the modularity at this resolution; an estimate, the greatest found. Isolates are alone.

    Raises
    ------
    InvalidValue
        If `runs` is below 1.

    Notes
    -----
    Nodes move to the bloc that gains most, then blocs become nodes and the same goes on, until nothing gains.
    See `signed_modularity` for the quantity.
    """
    if runs < 1:
        raise InvalidValue(f"runs must be at least 1, not {runs}")
    ties = signed_graph(graph, weighted=weighted)
    divisions = [_climb(ties, resolution, seed + run) for run in range(runs)]
    values = [_modularity(ties, labels, resolution) for labels in divisions]
    settings = {"weighted": weighted, "resolution": resolution}
    return blocs_record(
        "signed modularity",
        ties,
        divisions,
        values,
        best=int(np.argmax(values)),
        seed=seed,
        settings=settings,
    )


def _climb(ties: SignedGraph, resolution: float, seed: int) -> NDArray[np.int64]:
    rng = np.random.default_rng(seed)
    matrix = ties.adjacency()
    strengths = np.column_stack([_strengths(ties, 1), _strengths(ties, -1)])
    whole = strengths.sum(axis=0)
    pull = resolution * np.divide([-1.0, 1.0], whole, out=np.zeros(2), where=whole > 0)
    labels = np.arange(ties.n)
    level = np.arange(ties.n)
    while True:
        moved = _moves(matrix, strengths, pull, rng)
        count = int(moved.max(initial=-1)) + 1
        labels = moved[level]
        if count == len(moved):
            break
        matrix, strengths = _folded(matrix, strengths, moved, count)
        level = labels
    return _polished(ties, labels, pull, rng)


def _polished(
    ties: SignedGraph, labels: NDArray[np.int64], pull: NDArray[np.float64], rng: np.random.Generator
) -> NDArray[np.int64]:
    strengths = np.column_stack([_strengths(ties, 1), _strengths(ties, -1)])
    return _moves(ties.adjacency(), strengths, pull, rng, start=labels)


def _folded(
    matrix: Any, strengths: NDArray[np.float64], labels: NDArray[np.int64], count: int
) -> tuple[Any, NDArray[np.float64]]:
    from scipy.sparse import csr_array

    member = csr_array((np.ones(len(labels)), (np.arange(len(labels)), labels)), shape=(len(labels), count))
    folded = (member.T @ matrix @ member).tocsr()
    folded.setdiag(0)
    folded.eliminate_zeros()
    return folded, np.asarray(member.T @ strengths)


def _moves(
    matrix: Any,
    strengths: NDArray[np.float64],
    pull: NDArray[np.float64],
    rng: np.random.Generator,
    start: NDArray[np.int64] | None = None,
) -> NDArray[np.int64]:
    """Move nodes, one at a time, until no move gains; blocs renumbered from 0."""
    n = len(strengths)
    labels = np.arange(n) if start is None else np.unique(start, return_inverse=True)[1].astype(np.int64)
    totals = np.zeros((n, 2))
    np.add.at(totals, labels, strengths)
    sizes = np.bincount(labels, minlength=n)
    used = int(labels.max(initial=-1)) + 1
    factor = strengths * pull
    moving = True
    while moving:
        moving = False
        for node in rng.permutation(n).tolist():
            begin, end = matrix.indptr[node], matrix.indptr[node + 1]
            here = labels[node]
            totals[here] -= strengths[node]
            around = labels[matrix.indices[begin:end]]
            gain = totals[:used] @ factor[node]
            gain += np.bincount(around, weights=matrix.data[begin:end], minlength=used)
            best = int(gain.argmax())
            if gain[best] < -1e-12 and sizes[here] > 1:
                best = int(np.flatnonzero(sizes[:n] == 0)[0])
                used = max(used, best + 1)
                value = 0.0
            else:
                value = float(gain[best])
            if value > gain[here] + 1e-12 if here < len(gain) else value > 1e-12:
                labels[node] = best
                sizes[here] -= 1
                sizes[best] += 1
                moving = True
            totals[labels[node]] += strengths[node]
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)
