"""Networks as they might be: positions doubted by their scores, documents or coders resampled, ties turned."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.graph import SignedGraph, _from_arrays, signed_graph
from amity.network import NetworkOptions, PositionColumns
from amity.network.actor_network import prepare_columns, take_rows


@dataclass(frozen=True)
class NetworkDraws:
    """
    Many networks on the same nodes and ties.

    Parameters
    ----------
    graph : SignedGraph
        All ties that occur in any draw, with the weights of the data as they stand.
    weights : float64 array of shape (draws, m)
        Signed weight of every tie in every draw; 0 where it is absent. Signs only, unless the graph is
        weighted.
    source : str
        What the draws vary, in words.
    seed : int
        Of the draws.
    settings : mapping
        Options as used.
    """

    graph: SignedGraph
    weights: NDArray[np.float64]
    source: str
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.weights)

    def network(self, number: int) -> SignedGraph:
        """
        Return one draw as a graph.

        Parameters
        ----------
        number : int
            From 0.

        Returns
        -------
        SignedGraph
            With the same nodes; absent ties are left out.
        """
        return self.graph.with_weights(self.weights[number])


@dataclass(frozen=True)
class _Dyads:
    """Position rows and the directed or undirected pair that each supports or opposes."""

    labels: tuple[str, ...]
    source: NDArray[np.int64]
    target: NDArray[np.int64]
    pair: NDArray[np.int64]
    value: NDArray[np.float64]
    columns: PositionColumns

    def networks(self, factors: NDArray[np.float64]) -> NDArray[np.float64]:
        """Net weight of every pair when rows count by factors of shape (draws, rows)."""
        from scipy.sparse import csr_array

        rows = np.arange(len(self.pair))
        gather = csr_array((self.value, (rows, self.pair)), shape=(len(rows), len(self.source)))
        return np.asarray(factors @ gather)


def _dyads(columns: PositionColumns, options: NetworkOptions | None, *, directed: bool) -> _Dyads:
    prepared, _ = prepare_columns(columns, options or NetworkOptions())
    holder, target = prepared.holder.astype(np.int64), prepared.target.astype(np.int64)
    keep = (target >= 0) & (holder != target) & (prepared.polarity != 0)
    prepared, holder, target = take_rows(prepared, keep), holder[keep], target[keep]
    actors = np.unique(np.concatenate([holder, target]))
    order = sorted(actors.tolist(), key=lambda a: (prepared.actors[a].name, prepared.actors[a].id))
    place = np.full(len(prepared.actors), -1)
    place[order] = np.arange(len(order))
    a, b = place[holder], place[target]
    if not directed:
        a, b = np.minimum(a, b), np.maximum(a, b)
    n = max(len(order), 1)
    unique, pair = np.unique(a * n + b, return_inverse=True)
    return _Dyads(
        tuple(prepared.actors[actor].id for actor in order),
        unique // n,
        unique % n,
        pair,
        prepared.weight * prepared.polarity,
        prepared,
    )


def _draws(
    dyads: _Dyads,
    factors: NDArray[np.float64],
    source: str,
    seed: int,
    *,
    directed: bool,
    weighted: bool,
    settings: Mapping[str, Any],
) -> NetworkDraws:
    weights = dyads.networks(np.vstack([np.ones(len(dyads.pair)), factors]))
    weights[np.abs(weights) < 1e-12] = 0
    if not weighted:
        weights = np.sign(weights)
    # a tie that the data as they stand leave at 0 keeps a nominal sign in `graph`, so that draws can have it
    shown = np.where(weights[0] != 0, weights[0], 1.0)
    graph = SignedGraph(
        dyads.labels, dyads.source.astype(np.int32), dyads.target.astype(np.int32), shown, directed, weighted
    )
    return NetworkDraws(graph, weights[1:], source, seed, settings)


def network_of_positions(
    columns: PositionColumns,
    *,
    options: NetworkOptions | None = None,
    directed: bool = True,
    weighted: bool = False,
) -> SignedGraph:
    """
    Return the signed graph of positions as they stand, by the same rules as the draws.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    options : NetworkOptions, optional
        Which positions count.
    directed, weighted : bool
        How ties count.

    Returns
    -------
    SignedGraph
        A pair's sign is that of support minus opposition; pairs where they cancel have no tie.
    """
    dyads = _dyads(columns, options, directed=directed)
    weight = dyads.networks(np.ones((1, len(dyads.pair))))[0]
    return _from_arrays(
        dyads.labels, dyads.source, dyads.target, weight, directed=directed, weighted=weighted
    )


def draw_scores(
    columns: PositionColumns,
    *,
    draws: int = 200,
    options: NetworkOptions | None = None,
    confusion: Any = None,
    directed: bool = True,
    weighted: bool = False,
    seed: int = 0,
) -> NetworkDraws:
    """
    Return networks in which each position is there with the probability that its score states.

    Parameters
    ----------
    columns : PositionColumns
        Positions with calibrated scores; a score of 1, as of what a person confirmed, is never doubted.
    draws : int
        Networks.
    options : NetworkOptions, optional
        Which positions count.
    confusion : array of shape (2, 2), optional
        Probability of each true sign (columns: +, -) given the coded one (rows: +, -), from a checked sample:
        doubted positions that stay may then turn their sign too.
    directed, weighted : bool
        How ties count.
    seed : int
        Of the draws.

    Returns
    -------
    NetworkDraws
        Positions are added up to pairs *inside* each draw; a position's rows (joint holders, several targets)
        are kept or left out together.

    Raises
    ------
    InvalidValue
        If `draws` is below 1, or the confusion matrix is none.
    """
    _check_draws(draws)
    dyads = _dyads(columns, options, directed=directed)
    rng = np.random.default_rng(seed)
    unique, first, place = np.unique(dyads.columns.position, return_index=True, return_inverse=True)
    score = dyads.columns.score[first]
    factors = (rng.random((draws, len(unique))) < score).astype(np.float64)
    if confusion is not None:
        matrix = np.asarray(confusion, dtype=np.float64)
        if matrix.shape != (2, 2) or (matrix < 0).any() or not np.allclose(matrix.sum(axis=1), 1):
            raise InvalidValue("confusion must be 2 by 2, with rows that sum to 1")
        sign = dyads.columns.polarity[first]
        turning = np.where(sign > 0, matrix[0, 1], matrix[1, 0]) * (score < 1)
        factors[rng.random(factors.shape) < turning] *= -1
    settings = {"draws": draws, "confusion": None if confusion is None else np.asarray(confusion).tolist()}
    return _draws(
        dyads, factors[:, place], "scores of positions", seed, directed=directed, weighted=weighted,
        settings=settings,
    )  # fmt: skip


def draw_documents(
    columns: PositionColumns,
    *,
    draws: int = 200,
    options: NetworkOptions | None = None,
    groups: Sequence[object] | None = None,
    directed: bool = True,
    weighted: bool = False,
    seed: int = 0,
) -> NetworkDraws:
    """
    Return networks from documents drawn with replacement, each with all its positions.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    draws : int
        Networks.
    options : NetworkOptions, optional
        Which positions count; its filters must not change the order of rows (joint holders ``bloc`` and
        `merge_by` do) if `groups` are given.
    groups : sequence, optional
        One entry a row of `columns`: what to draw instead of documents, such as the coder or the collection.
    directed, weighted : bool
        How ties count.
    seed : int
        Of the draws.

    Returns
    -------
    NetworkDraws
        As many documents in each draw as there are with a position that counts.

    Raises
    ------
    InvalidValue
        If `draws` is below 1, or there is not one group a row.

    Notes
    -----
    Statements of one text depend on each other, so texts are drawn, not statements (the cluster bootstrap,
    Field & Welsh 2007, doi:10.1111/j.1467-9868.2007.00593.x).
    """
    _check_draws(draws)
    code = columns.document.astype(np.int64)
    if groups is not None:
        if len(groups) != len(columns):
            raise InvalidValue(f"{len(groups)} groups were given for {len(columns)} rows")
        code = np.unique(np.array([str(group) for group in groups]), return_inverse=True)[1]
        from dataclasses import replace

        columns = replace(columns, document=code.astype(np.int32))
    dyads = _dyads(columns, options, directed=directed)
    rng = np.random.default_rng(seed)
    unique, place = np.unique(dyads.columns.document, return_inverse=True)
    count = len(unique)
    factors = np.zeros((draws, count))
    if count:
        factors = rng.multinomial(count, np.full(count, 1 / count), size=draws).astype(np.float64)
    source = "documents drawn with replacement" if groups is None else "groups drawn with replacement"
    return _draws(
        dyads,
        factors[:, place],
        source,
        seed,
        directed=directed,
        weighted=weighted,
        settings={"draws": draws},
    )


def draw_ties(
    graph: Any,
    probabilities: Any,
    *,
    draws: int = 200,
    directed: bool = False,
    weighted: bool = False,
    seed: int = 0,
) -> NetworkDraws:
    """
    Return networks in which each tie is positive, negative or absent with given probabilities.

    Parameters
    ----------
    graph : SignedGraph, Network, matrix, frame, networkx graph or edge list
        See `signed_graph`.
    probabilities : float, array of shape (m,) or of shape (m, 3)
        Probability that a tie's sign is wrong, one number for all or one a tie; or the probabilities of
        positive, negative and absent, in the order of the graph's ties.
    draws : int
        Networks.
    directed, weighted : bool
        How ties count.
    seed : int
        Of the draws.

    Returns
    -------
    NetworkDraws
        Ties are drawn independently of each other.

    Raises
    ------
    InvalidValue
        If probabilities are not from 0 to 1, of another shape, or do not sum to 1.
    """
    _check_draws(draws)
    ties = signed_graph(graph, directed=directed, weighted=weighted)
    given = np.asarray(probabilities, dtype=np.float64)
    rng = np.random.default_rng(seed)
    if (given < 0).any() or (given > 1).any():
        raise InvalidValue("probabilities must be from 0 to 1")
    size = np.abs(ties.weight)
    if given.ndim <= 1 and given.shape in ((), (ties.m,)):
        wrong = rng.random((draws, ties.m)) < given
        weights = np.where(wrong, -1, 1) * ties.weight
    elif given.shape == (ties.m, 3):
        if not np.allclose(given.sum(axis=1), 1):
            raise InvalidValue("the three probabilities of a tie must sum to 1")
        level = rng.random((draws, ties.m))
        positive = level < given[:, 0]
        negative = ~positive & (level < given[:, 0] + given[:, 1])
        weights = (positive * 1.0 - negative * 1.0) * size
    else:
        raise InvalidValue(
            f"probabilities must be one number, one a tie ({ties.m}) or three a tie, not of shape {given.shape}"
        )
    return NetworkDraws(ties, weights.astype(np.float64), "signs of ties", seed, {"draws": draws})


def _check_draws(draws: int) -> None:
    if draws < 1:
        raise InvalidValue(f"draws must be at least 1, not {draws}")
