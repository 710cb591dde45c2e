"""The one shape in which measures see a signed network, and the door to it from everything else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NetworkError
from amity.network import Network

if TYPE_CHECKING:
    from scipy.sparse import csr_array

SIGN_WORDS = {
    "+": 1.0, "p": 1.0, "pos": 1.0, "positive": 1.0, "support": 1.0,
    "-": -1.0, "−": -1.0, "n": -1.0, "neg": -1.0, "negative": -1.0, "opposition": -1.0,
}  # fmt: skip
"""Words that an edge list may use for a sign."""


@dataclass(frozen=True)
class SignedGraph:
    """
    A signed network as arrays of ties.

    Parameters
    ----------
    labels : tuple of str
        The nodes, isolates included.
    source, target : int32 array of shape (m,)
        Index into `labels`. Undirected ties have ``source < target``. Sorted by source, target, then sign
        (negative first). Never equal: ties to oneself are left out.
    weight : float64 array of shape (m,)
        Signed, never 0; +1 or -1 unless the graph is weighted.
    directed : bool
        Whether a tie from a to b differs from one from b to a.
    weighted : bool
        Whether the size of `weight` means something.
    left_out : mapping
        How many ties were left out or merged, by reason: ``loops``, ``zeros``, ``merged``.

    Notes
    -----
    A pair has at most one tie of each sign (an ordered pair, if directed). A pair that is tied both ways,
    with opposite signs, is *ambivalent*: both ties stay.
    """

    labels: tuple[str, ...]
    source: NDArray[np.int32]
    target: NDArray[np.int32]
    weight: NDArray[np.float64]
    directed: bool = False
    weighted: bool = False
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of nodes, isolates included."""
        return len(self.labels)

    @property
    def m(self) -> int:
        """Number of ties."""
        return len(self.source)

    @cached_property
    def sign(self) -> NDArray[np.int8]:
        """Sign of each tie, 1 or -1."""
        return np.sign(self.weight).astype(np.int8)

    @property
    def total(self) -> float:
        """Sum of the absolute weights: the number of ties, where they have no weights."""
        return float(np.abs(self.weight).sum())

    def tie(self, number: int) -> tuple[str, str, float]:
        """
        Return one tie in words.

        Parameters
        ----------
        number : int
            Its place, from 0 to ``m - 1``.

        Returns
        -------
        tuple of (str, str, float)
            Source, target, signed weight.
        """
        return (
            self.labels[self.source[number]],
            self.labels[self.target[number]],
            float(self.weight[number]),
        )

    def adjacency(self, *, symmetric: bool | None = None) -> "csr_array":
        """
        Return the signed adjacency matrix.

        Parameters
        ----------
        symmetric : bool, optional
            Whether each tie counts for both directions; by default, if the graph is undirected.

        Returns
        -------
        scipy.sparse.csr_array of float64, shape (n, n)
            Ambivalent pairs hold the sum of their two ties; zeros are not stored.
        """
        from scipy.sparse import csr_array

        if symmetric is None:
            symmetric = not self.directed
        rows, columns, values = self.source, self.target, self.weight
        if symmetric:
            rows = np.concatenate([self.source, self.target])
            columns = np.concatenate([self.target, self.source])
            values = np.concatenate([self.weight, self.weight])
        matrix = csr_array((values, (rows, columns)), shape=(self.n, self.n))
        matrix.sum_duplicates()
        matrix.eliminate_zeros()
        return matrix

    def with_weights(self, weight: NDArray[np.float64]) -> "SignedGraph":
        """
        Return the same ties with other signs or weights.

        Parameters
        ----------
        weight : float64 array of shape (m,)
            Signed; ties whose weight is 0 are left out.

        Returns
        -------
        SignedGraph
            Same nodes.
        """
        return _from_arrays(
            self.labels, self.source, self.target, np.asarray(weight, dtype=np.float64),
            directed=self.directed, weighted=self.weighted,
        )  # fmt: skip

    def relabelled(self, order: Sequence[int]) -> "SignedGraph":
        """
        Return the same graph with its nodes in another order.

        Parameters
        ----------
        order : sequence of int
            For each new place, the old one.

        Returns
        -------
        SignedGraph
            Equal but for the order.
        """
        new = np.empty(self.n, dtype=np.int32)
        new[np.asarray(order)] = np.arange(self.n)
        return _from_arrays(
            tuple(self.labels[i] for i in order), new[self.source], new[self.target], self.weight,
            directed=self.directed, weighted=self.weighted,
        )  # fmt: skip


def entries(matrix: Any, rows: NDArray[Any], columns: NDArray[Any]) -> NDArray[np.float64]:
    """
    Return chosen entries of a sparse matrix.

    Parameters
    ----------
    matrix : scipy.sparse array of shape (n, n)
        Where to look.
    rows, columns : int array of shape (k,)
        What to look up.

    Returns
    -------
    float64 array of shape (k,)
        0 where nothing is stored.
    """
    from scipy.sparse import csr_matrix

    if not len(rows):
        return np.zeros(0)
    # a csr_array answers such a question with a sparse or a dense array, a csr_matrix always with a dense one
    return np.asarray(csr_matrix(matrix)[rows, columns], dtype=np.float64).ravel()


def signed_graph(
    obj: Any,
    *,
    directed: bool = False,
    weighted: bool = False,
    labels: Sequence[object] | None = None,
) -> SignedGraph:
    """
    Return a signed graph made from whatever holds one.

    Parameters
    ----------
    obj : SignedGraph, Network, matrix, frame, networkx graph or iterable
        - `amity.network.Network`: one tie an edge that rests on positions, its sign that of support minus
          opposition; two ties where an edge without positions (of an edge list) has both;
        - a square numpy array or scipy.sparse matrix of signed weights (row = source), or a one-mode labelled
          matrix of `amity.network`;
        - a pandas or polars frame with columns ``source``, ``target`` and one of ``sign``, ``weight``,
          ``polarity``; without such a column every tie is positive;
        - a networkx graph with the edge attribute ``sign``, ``weight`` or ``polarity``;
        - an iterable of ``(source, target)``, ``(source, target, sign)``, or mappings with these keys. A sign
          is a number or a word such as ``+`` or ``negative``.
    directed : bool
        Whether each direction of a pair is a tie of its own.
    weighted : bool
        Whether weights count; otherwise each tie counts 1.
    labels : sequence, optional
        Names of the nodes of a matrix, or nodes (isolates too) to add to an edge list.

    Returns
    -------
    SignedGraph
        Nodes in the order of the network, matrix or networkx graph; of an edge list, sorted as words (as
        numbers, if every one is a number).

    Raises
    ------
    NetworkError
        If the object holds no signed network, or a matrix is not square.
    InvalidValue
        If a sign is neither a number nor a known word.

    Notes
    -----
    Repeated ties (the same pair, the same direction if directed) with the same sign are one tie; where
    `weighted`, their weights add up. For an undirected graph this merges reciprocal ties too: a matrix or
    network that holds both directions counts each pair once, with the weights of both directions added,
    except that a *symmetric* matrix or an undirected networkx graph is read from one half. Opposite signs on
    one pair do not cancel: both ties stay, and one of them disagrees with every partition (the smaller
    weight is a constant of the frustration index). Ties to oneself and zeros are left out and counted in
    `left_out`. An empty object gives an empty graph.
    """
    if isinstance(obj, SignedGraph):
        if obj.directed == directed and obj.weighted == weighted:
            return obj
        source, target, weight = obj.source, obj.target, obj.weight
        if directed and not obj.directed:
            source, target = np.concatenate([source, target]), np.concatenate([target, source])
            weight = np.concatenate([weight, weight])
        return _from_arrays(obj.labels, source, target, weight, directed=directed, weighted=weighted)
    if isinstance(obj, Network):
        return _from_network(obj, directed=directed, weighted=weighted)
    if hasattr(obj, "matrix") and hasattr(obj, "rows") and hasattr(obj, "columns"):
        if tuple(obj.rows) != tuple(obj.columns):
            raise NetworkError("a two-mode matrix is no signed network of actors; build a one-mode one first")
        return _from_matrix(obj.matrix, obj.rows, directed=directed, weighted=weighted)
    if hasattr(obj, "tocoo") or isinstance(obj, np.ndarray):
        return _from_matrix(obj, labels, directed=directed, weighted=weighted)
    if hasattr(obj, "adj") and hasattr(obj, "is_directed"):
        return _from_networkx(obj, directed=directed, weighted=weighted)
    if hasattr(obj, "columns") and hasattr(obj, "__getitem__"):
        return _from_frame(obj, labels, directed=directed, weighted=weighted)
    if isinstance(obj, Iterable) and not isinstance(obj, str | bytes):
        return _from_rows(obj, labels, directed=directed, weighted=weighted)
    raise NetworkError(
        f"{type(obj).__name__} holds no signed network; give a Network, a square matrix, a frame, a networkx "
        "graph, or (source, target, sign) rows"
    )


def _from_arrays(
    labels: tuple[str, ...],
    source: NDArray[Any],
    target: NDArray[Any],
    weight: NDArray[Any],
    *,
    directed: bool,
    weighted: bool,
) -> SignedGraph:
    source = np.asarray(source, dtype=np.int64)
    target = np.asarray(target, dtype=np.int64)
    weight = np.asarray(weight, dtype=np.float64)
    if not np.isfinite(weight).all():
        raise NetworkError("a tie's weight is infinite or not a number; give finite signed weights")
    loops = source == target
    zeros = (weight == 0) & ~loops
    keep = ~(loops | zeros)
    source, target, weight = source[keep], target[keep], weight[keep]
    if not directed:
        source, target = np.minimum(source, target), np.maximum(source, target)
    if not weighted:
        weight = np.sign(weight)
    key = (source * max(len(labels), 1) + target) * 2 + (weight > 0)
    unique, place = np.unique(key, return_inverse=True)
    sums = np.bincount(place, weights=weight, minlength=len(unique))
    pair = unique // 2
    return SignedGraph(
        labels,
        (pair // max(len(labels), 1)).astype(np.int32),
        (pair % max(len(labels), 1)).astype(np.int32),
        np.asarray(sums if weighted else np.sign(sums), dtype=np.float64),
        directed,
        weighted,
        {"loops": int(loops.sum()), "zeros": int(zeros.sum()), "merged": len(key) - len(unique)},
    )


def _from_network(network: Network, *, directed: bool, weighted: bool) -> SignedGraph:
    both = (network.support > 0) & (network.opposition > 0)
    if network.position_offsets is not None:
        both &= np.diff(network.position_offsets) == 0
    weight = np.where(both, network.support, network.weights("net"))
    return _from_arrays(
        tuple(actor.id for actor in network.actors),
        np.concatenate([network.source, network.source[both]]),
        np.concatenate([network.target, network.target[both]]),
        np.concatenate([weight, -network.opposition[both]]),
        directed=directed,
        weighted=weighted,
    )


def _from_matrix(obj: Any, labels: Sequence[object] | None, *, directed: bool, weighted: bool) -> SignedGraph:
    from scipy.sparse import coo_array, csr_array, triu

    if len(obj.shape) != 2 or obj.shape[0] != obj.shape[1]:
        raise NetworkError(f"an adjacency matrix must be square, not of shape {tuple(obj.shape)}")
    n = obj.shape[0]
    if labels is not None and len(labels) != n:
        raise NetworkError(f"{len(labels)} labels were given for a matrix of {n} rows")
    names = tuple(str(label) for label in labels) if labels is not None else tuple(map(str, range(n)))
    matrix = csr_array(obj, dtype=np.float64)
    if not np.isfinite(matrix.data).all():
        raise NetworkError("a tie's weight is infinite or not a number; give finite signed weights")
    if not directed and (abs(matrix - matrix.T)).max() == 0:
        matrix = triu(matrix)
    entries = coo_array(matrix)
    row, column = entries.coords
    return _from_arrays(names, row, column, entries.data, directed=directed, weighted=weighted)


def _from_networkx(obj: Any, *, directed: bool, weighted: bool) -> SignedGraph:
    nodes = list(obj.nodes)
    index = {node: place for place, node in enumerate(nodes)}
    source, target, weight = [], [], []
    for a, b, data in obj.edges(data=True):
        source.append(index[a])
        target.append(index[b])
        weight.append(_sign_of(data))
    if directed and not obj.is_directed():
        source, target, weight = source + target, target + source, weight + weight
    return _from_arrays(
        tuple(map(str, nodes)), np.array(source), np.array(target), np.array(weight, dtype=np.float64),
        directed=directed, weighted=weighted,
    )  # fmt: skip


def _from_frame(obj: Any, labels: Sequence[object] | None, *, directed: bool, weighted: bool) -> SignedGraph:
    columns = list(obj.columns)
    if "source" not in columns or "target" not in columns:
        raise NetworkError(
            f"an edge table needs the columns source and target; found {', '.join(map(str, columns))}"
        )
    value = next((name for name in ("sign", "weight", "polarity") if name in columns), None)
    source, target = list(obj["source"]), list(obj["target"])
    signs = list(obj[value]) if value else [1] * len(source)
    return _from_rows(zip(source, target, signs, strict=True), labels, directed=directed, weighted=weighted)


def _from_rows(
    rows: Iterable[Any], labels: Sequence[object] | None, *, directed: bool, weighted: bool
) -> SignedGraph:
    source, target, weight = [], [], []
    for number, row in enumerate(rows, start=1):
        if isinstance(row, Mapping):
            if "source" not in row or "target" not in row:
                raise NetworkError(f"row {number} lacks source or target: {dict(row)!r}")
            source.append(str(row["source"]))
            target.append(str(row["target"]))
            weight.append(_sign_of(row))
            continue
        if len(row) not in (2, 3):
            raise NetworkError(f"row {number} has {len(row)} entries; expected source, target and a sign")
        source.append(str(row[0]))
        target.append(str(row[1]))
        weight.append(1.0 if len(row) == 2 else _number(row[2]))
    names = {*source, *target, *(str(label) for label in labels or ())}
    ordered = sorted(names, key=_label_order(names))
    index = {name: place for place, name in enumerate(ordered)}
    return _from_arrays(
        tuple(ordered),
        np.array([index[name] for name in source], dtype=np.int64),
        np.array([index[name] for name in target], dtype=np.int64),
        np.array(weight, dtype=np.float64),
        directed=directed,
        weighted=weighted,
    )


def _label_order(names: Iterable[str]) -> Any:
    if all(name.isascii() and name.isdigit() for name in names):
        return lambda name: (int(name), name)
    return lambda name: name


def _sign_of(data: Mapping[str, Any]) -> float:
    for name in ("sign", "weight", "polarity"):
        if data.get(name) is not None:
            return _number(data[name])
    return 1.0


def _number(value: object) -> float:
    if isinstance(value, str) and value.strip().lower() in SIGN_WORDS:
        return SIGN_WORDS[value.strip().lower()]
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise InvalidValue(f"{value!r} is no sign; give a number or one of {', '.join(SIGN_WORDS)}") from None
