"""Coordinates for a network: the same input always gets the same picture."""

from collections.abc import Mapping
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from amity.network import Network

Coordinates = NDArray[np.float64]


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
        Support draws actors together, opposition pushes them apart, every pair repels a little.
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
    Force-directed placement after Fruchterman and Reingold (1991), with opposition as a further repulsion; at most n² work a round.
    An empty network gives an empty mapping. Actors without ties stand in rows below the others.

    References
    ----------
    Fruchterman, T. M. J., Reingold, E. M. (1991). Graph drawing by force-directed placement.
    Software: Practice and Experience 21(11), 1129-1164. doi:10.1002/spe.4380211102
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
        affinity = _affinity(network)[np.ix_(inner, inner)]
        rounds = max(30, min(iterations, 200_000 // max(len(inner), 1)))
        moved = _relax(places[inner], affinity, rounds, cold=bool(start))
        places[inner] = _fit(_spread(_fit(moved)))
    loose = np.flatnonzero(~tied)
    if len(loose):
        _place_in_rows(places, inner, loose)
    return {each: (float(x * aspect), float(y)) for each, (x, y) in zip(ids, places, strict=True)}


def _place_of(identity: str) -> tuple[float, float]:
    digest = sha256(identity.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:4], "big") / 2**32, int.from_bytes(digest[4:8], "big") / 2**32


def _affinity(network: Network) -> Coordinates:
    """Symmetric (n, n): positive where two actors support each other on balance, negative where they oppose."""
    net = np.zeros((network.n, network.n))
    values = np.sign(network.weights("net")) * np.log1p(np.abs(network.weights("net")))
    np.add.at(net, (network.source, network.target), values)
    net = net + net.T
    np.fill_diagonal(net, 0.0)
    return net


def _relax(places: Coordinates, affinity: Coordinates, rounds: int, *, cold: bool) -> Coordinates:
    n = len(places)
    ideal = 1.0 / np.sqrt(n)
    strength = np.clip(affinity / max(1.0, float(np.abs(affinity).max()) / 2), -1.0, 2.0)
    attraction = np.clip(strength, 0.0, None)
    repulsion = 1.0 + 2.0 * np.clip(-strength, 0.0, None)
    heat = (0.02 if cold else 0.12) * np.linspace(1.0, 0.02, rounds)
    current = places.copy()
    for step in heat:
        dx = current[:, None, 0] - current[None, :, 0]
        dy = current[:, None, 1] - current[None, :, 1]
        distance = np.sqrt(dx * dx + dy * dy) + 1e-6
        force = repulsion * (ideal * ideal / distance) - attraction * (distance * distance / ideal)
        force /= distance
        np.fill_diagonal(force, 0.0)
        move = np.stack([(dx * force).sum(1), (dy * force).sum(1)], axis=1) - (current - 0.5) * ideal
        length = np.sqrt((move * move).sum(1, keepdims=True)) + 1e-12
        current = current + move / length * np.minimum(length, step)
    return current


def _spread(places: Coordinates, *, rounds: int = 60) -> Coordinates:
    """Push actors apart whose names would cover each other: an ellipse, wider than high, around each."""
    n = len(places)
    reach = np.array([0.13, 0.065]) * min(1.0, np.sqrt(24 / n))
    current = places / reach
    for _ in range(rounds):
        difference = current[:, None, :] - current[None, :, :]
        distance = np.sqrt((difference**2).sum(2)) + 1e-9
        np.fill_diagonal(distance, 2.0)
        gap = np.clip(1.0 - distance, 0.0, None)
        if not gap.any():
            break
        current = current + 0.5 * (difference / distance[:, :, None] * gap[:, :, None]).sum(1)
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
