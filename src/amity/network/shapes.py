"""Parts and signs of a network: ego networks, edges by sign, and ways out to networkx and data frames."""

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, MissingExtra, NotFound
from amity.network.actor_network import reordered
from amity.network.records import Network

if TYPE_CHECKING:
    import networkx

Direction = Literal["both", "out", "in"]
SignRule = Literal["net", "ratio", "any-opposition"]


def ego_network(network: Network, actor: str, *, radius: int = 1, direction: Direction = "both") -> Network:
    """
    Return the network around one actor.

    Parameters
    ----------
    network : Network
        Any.
    actor : str
        Id of the actor in the middle.
    radius : int
        Largest number of steps from it.
    direction : {"both", "out", "in"}
        Whether steps follow edges either way, from holder to target, or from target to holder.

    Returns
    -------
    Network
        The actors within reach, the one in the middle included, and every edge between them.

    Raises
    ------
    NotFound
        If the network has no such actor.
    InvalidValue
        If the radius is negative or the direction is another word.
    """
    if actor not in network.index:
        raise NotFound(f"the network has no actor {actor!r}")
    if radius < 0 or direction not in ("both", "out", "in"):
        raise InvalidValue(f"radius {radius}, direction {direction!r}: give 0 or more, and both, out or in")
    reached = np.zeros(network.n, dtype=np.bool_)
    reached[network.index[actor]] = True
    for _ in range(radius):
        before = reached.copy()
        if direction in ("both", "out"):
            reached[network.target[before[network.source]]] = True
        if direction in ("both", "in"):
            reached[network.source[before[network.target]]] = True
    return subnetwork(network, reached)


def subnetwork(network: Network, actors: NDArray[np.bool_]) -> Network:
    """
    Return the network of some actors.

    Parameters
    ----------
    network : Network
        Any.
    actors : bool array of shape (n,)
        Which actors stay.

    Returns
    -------
    Network
        These actors in their order, and the edges between them with their positions.
    """
    from dataclasses import replace

    kept = reordered(network, np.flatnonzero(actors[network.source] & actors[network.target]))
    place = (np.cumsum(actors) - 1).astype(np.int32)
    return replace(
        kept,
        actors=tuple(actor for actor, stays in zip(network.actors, actors.tolist(), strict=True) if stays),
        source=place[kept.source],
        target=place[kept.target],
    )


def edge_signs(network: Network, *, rule: SignRule = "net", margin: float = 0.0) -> NDArray[np.int8]:
    """
    Return the sign of each edge under a stated rule for ambivalent ones.

    Parameters
    ----------
    network : Network
        Any.
    rule : {"net", "ratio", "any-opposition"}
        Net: the sign of support less opposition where that is more than `margin` either way, else 0. Ratio: 1
        where the share of support is more than 1/2 + margin, -1 where less than 1/2 - margin, else 0.
        Any opposition: -1 where there is some, else 1.
    margin : float
        How far from balance a sign needs to be: in units of weight for net, a share from 0 to 1/2 for ratio.

    Returns
    -------
    int8 array of shape (m,)
        1, -1, or 0 for ambivalent and for empty edges.

    Raises
    ------
    InvalidValue
        If the rule is another word or the margin is out of range.
    """
    if rule not in ("net", "ratio", "any-opposition") or margin < 0 or (rule == "ratio" and margin > 0.5):
        raise InvalidValue(
            f"rule {rule!r}, margin {margin}: give net, ratio or any-opposition, and a margin in range"
        )
    net, total = network.weights("net"), network.weights("total")
    if rule == "any-opposition":
        return np.where(network.opposition > 0, -1, np.sign(network.support)).astype(np.int8)
    if rule == "ratio":
        half = np.divide(net, 2 * total, out=np.zeros_like(net), where=total > 0)
        return (np.sign(half) * (np.abs(half) > margin)).astype(np.int8)
    return (np.sign(net) * (np.abs(net) > margin)).astype(np.int8)


def to_networkx(network: Network) -> "networkx.DiGraph":
    """
    Return the network as a directed networkx graph.

    Parameters
    ----------
    network : Network
        Any.

    Returns
    -------
    networkx.DiGraph
        Nodes are actor ids with ``name``, ``kind``, ``generic`` and the attributes that users add; edges carry
        ``support``, ``opposition``, ``weight`` (net), ``sign`` and ``positions``.
    """
    import networkx

    graph = networkx.DiGraph()
    for actor in network.actors:
        graph.add_node(
            actor.id, **{**actor.attributes, "name": actor.name, "kind": actor.kind, "generic": actor.generic}
        )
    for edge in network.edges:
        net = edge.support - edge.opposition
        graph.add_edge(
            edge.source,
            edge.target,
            support=edge.support,
            opposition=edge.opposition,
            weight=net,
            sign=int(np.sign(net)),
            positions=edge.positions,
        )
    return graph


def to_frame(network: Network, *, library: Literal["pandas", "polars"] | None = None) -> Any:
    """
    Return the edges as a data frame.

    Parameters
    ----------
    network : Network
        Any.
    library : {"pandas", "polars"} or None
        Which library; the one that is installed unless given, pandas first.

    Returns
    -------
    pandas.DataFrame or polars.DataFrame
        Columns source, target (ids), source_name, target_name, support, opposition, net, sign, positions (number);
        one row an edge.

    Raises
    ------
    MissingExtra
        If the library is not installed.
    """
    from importlib import import_module

    ids = np.array([actor.id for actor in network.actors] or [""], dtype=object)
    names = np.array([actor.name for actor in network.actors] or [""], dtype=object)
    net = network.weights("net")
    offsets = network.position_offsets
    data = {
        "source": ids[network.source].tolist(),
        "target": ids[network.target].tolist(),
        "source_name": names[network.source].tolist(),
        "target_name": names[network.target].tolist(),
        "support": network.support,
        "opposition": network.opposition,
        "net": net,
        "sign": np.sign(net).astype(np.int8),
        "positions": np.zeros(network.m, np.int64) if offsets is None else np.diff(offsets),
    }
    for name in (library,) if library else ("pandas", "polars"):
        try:
            return import_module(name).DataFrame(data)
        except ModuleNotFoundError:
            continue
    raise MissingExtra(f"{library or 'pandas or polars'} is not installed; pip install 'amity[tables]'")
