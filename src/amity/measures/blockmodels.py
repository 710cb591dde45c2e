"""Blockmodels of signed graphs: blocks of support and blocks of opposition, on the diagonal or off it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.clusterability import named_blocs
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.results import Result, table

Image = Literal["relaxed", "balance"]


@dataclass(frozen=True)
class Blockmodel(Result):
    """
    A division of the nodes and the sign of each block of ties.

    Parameters
    ----------
    criterion : float
        Inconsistent weight: ``alpha`` times negative ties in positive blocks plus ``1 - alpha`` times positive
        ties in negative blocks, doubled, so that at ``alpha = 0.5`` every inconsistent tie counts its weight.
    image : tuple of tuple of int
        Sign of the block from bloc g (row) to bloc h (column): 1, -1, or 0 for a block without ties.
    partition : mapping of str to int
        Bloc of each node; the largest is 0.
    sizes : tuple of int
        Nodes per bloc.
    blocks : tuple of (int, int, float, float)
        For each pair of blocs: positive and negative weight.
    runs, reached : int
        Starts of the search, and how many of them reached the criterion.
    n, m : int
        Nodes and ties.
    seed : int
        Of the search.
    settings : mapping
        Options as used.
    """

    criterion: float
    image: tuple[tuple[int, ...], ...]
    partition: Mapping[str, int]
    sizes: tuple[int, ...]
    blocks: tuple[tuple[int, int, float, float], ...]
    runs: int
    reached: int
    n: int
    m: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        head = f"Blockmodel with {len(self.sizes)} blocs, criterion {self.criterion:g} (reached {self.reached} of {self.runs} times)"
        signs = {1: "+", -1: "-", 0: "."}
        rows = [
            (g, size, *(signs[s] for s in row))
            for g, (size, row) in enumerate(zip(self.sizes, self.image, strict=True))
        ]
        return head + "\n" + table(["bloc", "nodes", *map(str, range(len(self.sizes)))], rows)


def blockmodel(
    graph: Any,
    k: int,
    *,
    image: Image | Sequence[Sequence[int]] = "relaxed",
    alpha: float = 0.5,
    directed: bool = False,
    weighted: bool = False,
    runs: int = 20,
    seed: int = 0,
) -> Blockmodel:
    """
    Return a division into k blocs that makes blocks of ties consistent in sign.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    k : int
        Number of blocs.
    image : {"relaxed", "balance"} or matrix of 1 and -1, of shape (k, k)
        ``relaxed`` lets each block take the sign that fits best; ``balance`` wants positive blocks on the
        diagonal and negative ones elsewhere; a matrix gives the sign of each block.
    alpha : float
        Weight of negative ties in positive blocks, from 0 to 1.
    directed : bool
        Whether each direction is a tie of its own, and a block from g to h may differ from that back.
    weighted : bool
        Whether ties count by weight.
    runs : int
        Random starts.
    seed : int
        Of the search.

    Returns
    -------
    Blockmodel
        An estimate: the least criterion found. `reached` tells how often.

    Raises
    ------
    InvalidValue
        If an option is out of range, or the image is not k by k of signs (and symmetric, if undirected).

    Notes
    -----
    From each start, nodes move (and exchange) blocs as long as the criterion falls. Isolates stay where the
    start put them. With ``image="balance"``, ``alpha=0.5`` and k = 2 the criterion is the frustration index,
    for which `frustration_index` gives a proof.

    References
    ----------
    Doreian & Mrvar 1996, doi:10.1016/0378-8733(95)00259-6; 2009, doi:10.1016/j.socnet.2008.08.001.
    """
    if k < 1 or runs < 1:
        raise InvalidValue(f"k and runs must be at least 1, not {k} and {runs}")
    if not 0 <= alpha <= 1:
        raise InvalidValue(f"alpha must be from 0 to 1, not {alpha}")
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    signs = _image(image, k, directed)
    search = _Search(ties, k, signs, alpha)
    rng = np.random.default_rng(seed)
    ends = [search.descend(rng.integers(0, k, ties.n), rng) for _ in range(runs)]
    values = [search.criterion(search.blocks(labels)) for labels in ends]
    best = int(np.argmin(values))
    return _record(search, ends[best], values, best, seed, {
        "k": k, "image": image if isinstance(image, str) else "given", "alpha": alpha,
        "directed": directed, "weighted": weighted,
    })  # fmt: skip


def _image(image: Image | Sequence[Sequence[int]], k: int, directed: bool) -> NDArray[np.float64] | None:
    if isinstance(image, str):
        if image == "relaxed":
            return None
        if image == "balance":
            return 2 * np.eye(k) - 1
        raise InvalidValue(f"image must be relaxed, balance or a matrix of signs, not {image!r}")
    signs = np.asarray(image, dtype=np.float64)
    if signs.shape != (k, k) or not np.isin(signs, (-1, 1)).all():
        raise InvalidValue(f"a given image must be {k} by {k}, of 1 and -1")
    if not directed and not (signs == signs.T).all():
        raise InvalidValue("the image of an undirected graph must be symmetric")
    return signs


class _Search:
    """The criterion of a blockmodel, and steps that lower it."""

    def __init__(self, ties: SignedGraph, k: int, signs: NDArray[np.float64] | None, alpha: float) -> None:
        from scipy.sparse import csr_array

        self.ties, self.k, self.signs, self.alpha = ties, k, signs, alpha
        self.layers = []
        for sign in (1, -1):
            chosen = ties.sign == sign
            size = np.abs(ties.weight[chosen])
            forth = csr_array((size, (ties.source[chosen], ties.target[chosen])), shape=(ties.n, ties.n))
            self.layers.append((forth, forth.T.tocsr()))

    def blocks(self, labels: NDArray[np.int64]) -> NDArray[np.float64]:
        """Positive and negative weight of each block, shape (2, k, k)."""
        k, ties = self.k, self.ties
        cell = labels[ties.source] * k + labels[ties.target]
        size = np.abs(ties.weight)
        sums = [
            np.bincount(cell, weights=size * (ties.sign == sign), minlength=k * k).reshape(k, k)
            for sign in (1, -1)
        ]
        return np.array(sums, dtype=np.float64)

    def criterion(self, blocks: NDArray[np.float64]) -> float:
        if not self.ties.directed:
            blocks = blocks + blocks.transpose(0, 2, 1)
        return float(self._costs(blocks).sum()) / (1 if self.ties.directed else 2)

    def _costs(self, blocks: NDArray[np.float64]) -> NDArray[np.float64]:
        if_positive = 2 * self.alpha * blocks[..., 1, :, :]
        if_negative = 2 * (1 - self.alpha) * blocks[..., 0, :, :]
        if self.signs is None:
            best: NDArray[np.float64] = np.minimum(if_positive, if_negative)
            return best
        given: NDArray[np.float64] = np.where(self.signs > 0, if_positive, if_negative)
        return given

    def descend(self, labels: NDArray[np.int64], rng: np.random.Generator) -> NDArray[np.int64]:
        """Move single nodes until no move lowers the criterion."""
        labels = labels.astype(np.int64)
        tied = np.unique(np.concatenate([self.ties.source, self.ties.target])).astype(np.int64)
        blocks = self.blocks(labels)
        value = self.criterion(blocks)
        moving = True
        while moving:
            moving = False
            for node in rng.permutation(tied).tolist():
                trials = self._trials(blocks, labels, node)
                values = self._values(trials)
                target = int(values.argmin())
                if values[target] < value - 1e-9:
                    labels[node] = target
                    blocks, value = trials[target], float(values[target])
                    moving = True
        return labels

    def _values(self, trials: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self.ties.directed:
            trials = trials + trials.transpose(0, 1, 3, 2)
        values: NDArray[np.float64] = self._costs(trials).sum(axis=(1, 2)) / (1 if self.ties.directed else 2)
        return values

    def _trials(
        self, blocks: NDArray[np.float64], labels: NDArray[np.int64], node: int
    ) -> NDArray[np.float64]:
        """Blocks after moving a node to each bloc, shape (k, 2, k, k)."""
        k, here = self.k, int(labels[node])
        without = blocks.copy()
        trials = np.empty((k, *blocks.shape))
        rows = np.empty((2, 2, k))
        for layer, (forth, back) in enumerate(self.layers):
            for side, matrix in enumerate((forth, back)):
                begin, end = matrix.indptr[node], matrix.indptr[node + 1]
                rows[layer, side] = np.bincount(
                    labels[matrix.indices[begin:end]], weights=matrix.data[begin:end], minlength=k
                )
            without[layer, here, :] -= rows[layer, 0]
            without[layer, :, here] -= rows[layer, 1]
        trials[:] = without
        place = np.arange(k)
        for layer in range(2):
            trials[place, layer, place, :] += rows[layer, 0]
            trials[place, layer, :, place] += rows[layer, 1]
        return trials


def _record(
    search: _Search,
    labels: NDArray[np.int64],
    values: list[float],
    best: int,
    seed: int,
    settings: Mapping[str, Any],
) -> Blockmodel:
    ties, k = search.ties, search.k
    partition = named_blocs(ties.labels, labels)
    numbers = np.array(list(partition.values()), dtype=np.int64)
    used = int(numbers.max(initial=-1)) + 1
    blocks = search.blocks(numbers)
    if not ties.directed:
        blocks = blocks + blocks.transpose(0, 2, 1) * (1 - np.eye(k))
    costs = [2 * search.alpha * blocks[1], 2 * (1 - search.alpha) * blocks[0]]
    image = np.where(costs[0] <= costs[1], 1, -1) * (blocks.sum(axis=0) > 0)
    if search.signs is not None:
        # the blocs were renumbered by size: carry the wanted signs along
        old = [int(labels[np.flatnonzero(numbers == bloc)[0]]) for bloc in range(used)]
        image[:used, :used] = search.signs[np.ix_(old, old)]
    return Blockmodel(
        criterion=values[best],
        image=tuple(tuple(row) for row in image[:used, :used].astype(int).tolist()),
        partition=partition,
        sizes=tuple(np.bincount(numbers, minlength=used).tolist()),
        blocks=tuple(
            (g, h, float(blocks[0, g, h]), float(blocks[1, g, h])) for g in range(used) for h in range(used)
        ),
        runs=len(values),
        reached=int(np.isclose(values, values[best]).sum()),
        n=ties.n,
        m=ties.m,
        seed=seed,
        settings=settings,
    )
