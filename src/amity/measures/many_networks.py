"""Balance of many networks at once that share their nodes and pairs: null models, draws, error corrections."""

from itertools import pairwise
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.measures.annealing import colour_classes
from amity.measures.two_blocs import core_matrix

BalanceName = Literal["frustration", "triangles", "walks"]
BALANCES: tuple[BalanceName, ...] = ("frustration", "triangles", "walks")
"""The indices that `balances` computes: ``1 - 2 L / w``, the triangle index, the walk balance."""

MOST_ENTRIES = 3_000_000
"""Stored entries of the networks that are annealed together."""

Weights = NDArray[np.float64]


def best_partitions(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: Weights,
    *,
    runs: int = 6,
    sweeps: int = 50,
    seed: int = 0,
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    """
    Return the least frustrated weight found for each of many networks, and the partitions.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the pairs, each once.
    weights : float64 array of shape (draws, m)
        Signed net weight of every pair in every network; 0 for no tie.
    runs, sweeps : int
        Of simulated annealing, see `annealing.anneal`.
    seed : int
        The same seed gives the same partitions.

    Returns
    -------
    values : float64 array of shape (draws,)
        Upper bounds of the frustration indices of the nets; what opposite ties on one pair add is not in them.
    sides : int8 array of shape (draws, n)
        1 or -1.
    """
    draws, m = weights.shape
    values = np.zeros(draws)
    sides = np.ones((draws, n), dtype=np.int8)
    if not m or not draws:
        return values, sides
    chunk = max(1, MOST_ENTRIES // (2 * m))
    order, limits = colour_classes(core_matrix(n, first, second, np.ones(m)))
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n)
    for begin in range(0, draws, chunk):
        part = slice(begin, min(begin + chunk, draws))
        found = _anneal_together(
            n, place[first], place[second], weights[part], limits, runs, sweeps, seed + begin
        )
        cost = _frustrated(place[first], place[second], weights[part], found)
        best = cost.argmin(axis=1)
        values[part] = cost.min(axis=1)
        chosen = np.take_along_axis(found, best[None, :, None], axis=2)[:, :, 0]
        sides[part] = chosen.T[:, place].astype(np.int8)
    return values, sides


def _anneal_together(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    weights: Weights,
    limits: list[int],
    runs: int,
    sweeps: int,
    seed: int,
) -> NDArray[np.float64]:
    """Partitions of shape (n, draws, runs); nodes are numbered colour after colour."""
    from scipy.sparse import csr_array

    draws = len(weights)
    rng = np.random.default_rng(seed)
    copies = np.arange(draws)
    rows = np.concatenate(
        [first[None, :] * draws + copies[:, None], second[None, :] * draws + copies[:, None]]
    )
    columns = np.concatenate([rows[draws:], rows[:draws]])
    values = np.concatenate([weights, weights])
    kept = values != 0
    matrix = csr_array((values[kept], (rows[kept], columns[kept])), shape=(n * draws, n * draws))
    spins = rng.choice(np.array([-1.0, 1.0]), size=(n * draws, runs))
    if not matrix.nnz:
        return spins.reshape(n, draws, runs)
    parts = [slice(a * draws, b * draws) for a, b in pairwise(limits)]
    blocks = [matrix[part] for part in parts]
    size = np.abs(matrix.data)
    betas = np.geomspace(0.3 * n * draws / size.sum(), 3.0 / size.min(), sweeps)
    for beta in [*betas.tolist(), *[np.inf] * 30]:
        moved = False
        for part, block in zip(parts, blocks, strict=True):
            here = spins[part]
            noise = (
                rng.standard_exponential(here.shape, dtype=np.float32) / (2 * beta)
                if beta < np.inf
                else -1e-9
            )
            flip = (block @ spins) * here < noise
            here[flip] *= -1
            moved = moved or bool(flip.any())
        if beta == np.inf and not moved:
            break
    return spins.reshape(n, draws, runs)


def _frustrated(
    first: NDArray[np.int64], second: NDArray[np.int64], weights: Weights, spins: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Frustrated weight of shape (draws, runs)."""
    draws, runs = spins.shape[1:]
    agreement = np.zeros((draws, runs))
    for begin in range(0, len(first), 2000):
        part = slice(begin, begin + 2000)
        product = spins[first[part]] * spins[second[part]]
        agreement += np.einsum("dm,mdr->dr", weights[:, part], product)
    result: NDArray[np.float64] = (np.abs(weights).sum(axis=1)[:, None] - agreement) / 2
    return result


def balances(
    n: int,
    first: NDArray[np.int64],
    second: NDArray[np.int64],
    positive: Weights,
    negative: Weights,
    name: BalanceName,
    *,
    seed: int = 0,
) -> NDArray[np.float64]:
    """
    Return one balance index for each of many networks.

    Parameters
    ----------
    n : int
        Number of nodes.
    first, second : int64 array of shape (m,)
        Ends of the pairs, each once.
    positive, negative : float64 array of shape (draws, m)
        Weight of the positive and of the negative ties on each pair.
    name : {"frustration", "triangles", "walks"}
        ``1 - 2 L / w`` with L by simulated annealing (so at most the true value), the triangle index of the
        signs of the pairs' nets, the walk balance of the nets.
    seed : int
        Of annealing.

    Returns
    -------
    float64 array of shape (draws,)
        1 where there is nothing to be out of balance.

    Raises
    ------
    InvalidValue
        If the name is another word.
    """
    if name not in BALANCES:
        raise InvalidValue(f"{name!r} is none of the balance indices {', '.join(BALANCES)}")
    net = positive - negative
    if name == "frustration":
        values, _ = best_partitions(n, first, second, net, seed=seed)
        values = values + np.minimum(positive, negative).sum(axis=1)
        total = (positive + negative).sum(axis=1)
        share: NDArray[np.float64] = np.divide(2 * values, total, out=np.zeros(len(total)), where=total > 0)
        return 1 - share
    if name == "triangles":
        return _triangle_indices(n, first, second, np.sign(net))
    return np.array([_walk_index(core_matrix(n, first, second, row)) for row in net])


def _triangle_indices(
    n: int, first: NDArray[np.int64], second: NDArray[np.int64], signs: Weights
) -> NDArray[np.float64]:
    from amity.measures.triads import triangle_ties

    order = np.lexsort((second, first))
    signs = signs[:, order]
    every, surplus = np.zeros(len(signs)), np.zeros(len(signs))
    for one, two, three in triangle_ties(n, first[order], second[order], chunk=200_000):
        for begin in range(0, len(one), 20_000):
            part = slice(begin, begin + 20_000)
            product = signs[:, one[part]] * signs[:, two[part]] * signs[:, three[part]]
            surplus += product.sum(axis=1)
            every += np.abs(product).sum(axis=1)
    result: NDArray[np.float64] = (
        1 + np.divide(surplus, every, out=np.ones(len(signs)), where=every > 0)
    ) / 2
    return result


def _walk_index(matrix: Any) -> float:
    dense = matrix.toarray()
    if not dense.any():
        return 1.0
    around = np.linalg.eigvalsh(np.abs(dense))
    return float(np.exp(np.linalg.eigvalsh(dense) - around[-1]).sum() / np.exp(around - around[-1]).sum())
