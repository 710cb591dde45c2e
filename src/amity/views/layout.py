"""Coordinates for a network: the same input always gets the same picture."""

from collections.abc import Mapping
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from amity.network import Network

Coordinates = NDArray[np.float64]

OPPOSED = 2.5
"""Length of a tie of opposition where a tie of support has length 1."""


def layout_network(
    network: Network,
    *,
    start: Mapping[str, tuple[float, float]] | None = None,
    iterations: int = 200,
    aspect: float = 1.4,
) -> dict[str, tuple[float, float]]:
    """
    Return a place for every actor: supporters near each other, opponents apart.

    Parameters
    ----------
    network : Network
        Support draws actors together, opposition keeps them apart.
    start : mapping of str to tuple of float, optional
        Places to start from, by actor id, as for the window before; actors without one start at a place that depends on
        their id alone, so the layout does not depend on the order of actors.
    iterations : int
        Rounds of movement; fewer are used beyond 1,000 actors.
    aspect : float
        Width divided by height of the picture.

    Returns
    -------
    dict of str to tuple of float
        x in [0, aspect], y in [0, 1], growing downwards; an actor alone stands in the middle.

    Notes
    -----
    Stress majorization over shortest paths, in which a tie of support has length 1 and one of opposition 2.5 (Gansner, Koren and
    North 2004); at most n² work a round. Afterwards actors whose names would cover each other are pushed apart. An empty network gives an
    empty mapping. Actors without ties stand in rows below the others.

    References
    ----------
    Gansner, E. R., Koren, Y., North, S. (2004). Graph drawing by stress majorization. Graph Drawing, LNCS 3383, 239-250.
    doi:10.1007/978-3-540-31843-9_25
    """
    ids = [actor.id for actor in network.actors]
    tied = np.zeros(len(ids), dtype=bool)
    tied[network.source] = True
    tied[network.target] = True
    places = np.array([(start or {}).get(each) or _place_of(each) for each in ids], dtype=np.float64).reshape(
        -1, 2
    )
    if start:
        places[:, 0] /= aspect
    inner = np.flatnonzero(tied)
    if len(inner) > 1:
        rounds = max(20, min(iterations, 60_000 // len(inner)))
        moved = _relax(places[inner], _lengths(network, inner), rounds)
        places[inner] = _fit(_spread(_fit(moved)))
    loose = np.flatnonzero(~tied)
    if len(loose):
        _place_in_rows(places, inner, loose)
    return {each: (float(x * aspect), float(y)) for each, (x, y) in zip(ids, places, strict=True)}


def _place_of(identity: str) -> tuple[float, float]:
    digest = sha256(identity.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") / 2**32, int.from_bytes(digest[4:8], "big") / 2**32


def _lengths(network: Network, inner: NDArray[np.intp]) -> Coordinates:
    """Wanted distances, shape (k, k): shortest paths over ties, where support is short and opposition long."""
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    place = np.full(network.n, -1)
    place[inner] = np.arange(len(inner))
    net = network.weights("net")
    length = np.where(net > 0, 1.0, np.where(net < 0, OPPOSED, 1.6))
    rows, columns = place[network.source], place[network.target]
    off = rows != columns
    # Of several ties between two actors the shortest counts; csr would add them up.
    pairs = np.stack([np.minimum(rows, columns)[off], np.maximum(rows, columns)[off]])
    order = np.lexsort((length[off], pairs[1], pairs[0]))
    pairs, length = pairs[:, order], length[off][order]
    first = np.ones(len(length), dtype=bool)
    first[1:] = (pairs[:, 1:] != pairs[:, :-1]).any(0)
    graph = csr_array((length[first], (pairs[0, first], pairs[1, first])), shape=(len(inner), len(inner)))
    paths = shortest_path(graph, directed=False)
    apart = max(2.0, 0.7 * float(paths[np.isfinite(paths)].max(initial=1.0)))
    return np.asarray(np.where(np.isfinite(paths), paths, apart))


def _relax(places: Coordinates, wanted: Coordinates, rounds: int) -> Coordinates:
    """Stress majorization: each round moves every actor to the weighted mean of where the others want it."""
    np.fill_diagonal(wanted, 1.0)
    weight = 1.0 / (wanted * wanted)
    np.fill_diagonal(weight, 0.0)
    total = weight.sum(1, keepdims=True)
    # The plane's size follows the wanted distances, so the starting places are brought to it.
    current = places * float(wanted.mean()) * 1.5
    before = np.inf
    for _ in range(rounds):
        distance = _distances(current)
        pull = weight * wanted / distance
        current = (weight @ current + current * pull.sum(1, keepdims=True) - pull @ current) / total
        stress = float((weight * (distance - wanted) ** 2).sum())
        if before - stress < 1e-5 * before:
            break
        before = stress
    return current


def _distances(places: Coordinates) -> Coordinates:
    squares = (places**2).sum(1)
    between = squares[:, None] + squares[None, :] - 2.0 * (places @ places.T)
    return np.asarray(np.sqrt(np.clip(between, 0.0, None)) + 1e-6)


def _spread(places: Coordinates, *, rounds: int = 60) -> Coordinates:
    """Push actors apart whose names would cover each other: an ellipse, wider than high, around each."""
    n = len(places)
    reach = np.array([0.13, 0.065]) * min(1.0, np.sqrt(24 / n))
    current = places / reach
    for _ in range(rounds):
        distance = _distances(current)
        np.fill_diagonal(distance, 2.0)
        push = np.clip(1.0 - distance, 0.0, None) / distance
        if not push.any():
            break
        current = current + 0.5 * (current * push.sum(1, keepdims=True) - push @ current)
    return np.asarray(current * reach)


def _fit(places: Coordinates) -> Coordinates:
    low, high = places.min(0), places.max(0)
    extent = np.where(high - low < 1e-9, 1.0, high - low)
    centred = (places - low) / extent
    return np.where(high - low < 1e-9, 0.5, centred)


def _place_in_rows(places: Coordinates, inner: NDArray[np.intp], loose: NDArray[np.intp]) -> None:
    """Put actors without ties into rows along the bottom, and make room for them."""
    per_row = max(4, int(np.ceil(np.sqrt(len(loose) * 6))))
    rows = -(-len(loose) // per_row)
    room = min(0.5, 0.06 * rows) if len(inner) else 1.0
    places[inner, 1] *= 1.0 - room - 0.06
    for place, actor in enumerate(loose):
        row, column = divmod(place, per_row)
        in_row = min(per_row, len(loose) - row * per_row)
        places[actor] = ((column + 0.5) / in_row, 1.0 - room + room * (row + 0.5) / rows)
