"""A network as tidy rows, and rows of any edge list as a network."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from amity.errors import InvalidRecord
from amity.model import ACTOR_KINDS, Actor, Edge, Position
from amity.model.values import ActorKind
from amity.network import Network, network_from_edges

PositionSource = Callable[[str], Position]
DaySource = Callable[[str], str | None]

SUPPORT_COLOUR = "#1b6ca8"
OPPOSITION_COLOUR = "#b3422e"
MIXED_COLOUR = "#6b6b6b"
COLOURS: Mapping[str, str] = {
    "support": SUPPORT_COLOUR,
    "opposition": OPPOSITION_COLOUR,
    "mixed": MIXED_COLOUR,
}


@dataclass(frozen=True, slots=True)
class EdgeRow:
    """
    One edge as formats write it; the sign never sits in `weight`.

    Parameters
    ----------
    source, target : str
        Actor ids.
    source_name, target_name : str
        Their names.
    support, opposition : float
        Weights.
    weight : float
        Their sum.
    sign : int
        Sign of support minus opposition.
    kind : {"support", "opposition", "mixed"}
        ``mixed`` where both are positive.
    position_ids : tuple of str
        What the edge rests on.
    dates : tuple of str
        ISO dates of those positions, ascending, without repetition; full or partial.
    """

    source: str
    target: str
    source_name: str
    target_name: str
    support: float
    opposition: float
    weight: float
    sign: int
    kind: str
    position_ids: tuple[str, ...]
    dates: tuple[str, ...]


def edge_rows(
    network: Network, *, positions: PositionSource | None = None, dates: DaySource | None = None
) -> Iterator[EdgeRow]:
    """
    Yield the edges of a network as rows.

    Parameters
    ----------
    network : Network
        The network.
    positions : callable, optional
        From a position's id to the position; its date is used where `dates` gives none.
    dates : callable, optional
        From a position's id to the day it was taken (its own date or its document's).

    Yields
    ------
    EdgeRow
        In the network's order.
    """
    for number in range(network.m):
        edge = network.edge(number)
        net = edge.support - edge.opposition
        found: set[str] = set()
        for each in edge.positions:
            day = dates(each) if dates is not None else None
            if day is None and positions is not None:
                day = positions(each).date
            if day is not None:
                found.add(day)
        yield EdgeRow(
            edge.source,
            edge.target,
            network.actors[network.source[number]].name,
            network.actors[network.target[number]].name,
            edge.support,
            edge.opposition,
            edge.support + edge.opposition,
            int(np.sign(net)),
            "mixed" if edge.support and edge.opposition else "support" if edge.support else "opposition",
            edge.positions,
            tuple(sorted(found)),
        )


def node_attributes(actor: Actor) -> dict[str, str]:
    """
    Return what formats write about an actor besides its id.

    Parameters
    ----------
    actor : Actor
        The actor.

    Returns
    -------
    dict of str to str
        ``name``, ``kind``, ``generic``, ``aliases`` (joined by " | "), then its own attributes as ``attr_KEY``.
    """
    return {
        "name": actor.name,
        "kind": actor.kind,
        "generic": "true" if actor.generic else "false",
        "aliases": " | ".join(actor.aliases),
        **{f"attr_{key}": value for key, value in sorted(actor.attributes.items())},
    }


def actor_from_attributes(identity: str, values: Mapping[str, str]) -> Actor:
    """
    Return the actor that a node of any graph file describes.

    Parameters
    ----------
    identity : str
        The node's id.
    values : mapping of str to str
        Its attributes: those of `node_attributes`, or any others, which become the actor's attributes.

    Returns
    -------
    Actor
        Named by ``name`` or ``label``, else by its id.
    """
    known = {"name", "label", "kind", "generic", "aliases", "id"}
    name = values.get("name") or values.get("label") or identity
    kind = values.get("kind", "other")
    rest = {
        key.removeprefix("attr_"): value
        for key, value in values.items()
        if key not in known and value != "" and value is not None
    }
    if kind not in ACTOR_KINDS:
        rest["kind"], kind = kind, "other"
    return Actor(
        identity,
        name if name.strip() else identity,
        kind=cast(ActorKind, kind),
        aliases=tuple(each for each in values.get("aliases", "").split(" | ") if each),
        generic=values.get("generic", "").lower() in ("true", "1"),
        attributes=rest,
    )


def number(value: Any, place: str) -> float:
    """
    Return a finite number.

    Parameters
    ----------
    value : object
        A number or its text.
    place : str
        Where it stands, for the message.

    Returns
    -------
    float
        The number.

    Raises
    ------
    InvalidRecord
        If it is none, or infinite.
    """
    try:
        found = float(value)
    except (TypeError, ValueError) as error:
        raise InvalidRecord(f"{place}: {value!r} is no number") from error
    if not math.isfinite(found):
        raise InvalidRecord(f"{place}: {value!r} is not finite; weights are finite numbers")
    return found


_SIGNS = {
    **dict.fromkeys(("+", "1", "+1", "positive", "support", "pos", "ally", "friend"), 1),
    **dict.fromkeys(("-", "−", "-1", "negative", "opposition", "oppose", "neg", "enemy"), -1),
    **dict.fromkeys(("0", "neutral", "none", "mixed"), 0),
}


def signed_weights(values: Mapping[str, Any], place: str) -> tuple[float, float]:
    """
    Return support and opposition of an edge of any graph file.

    Parameters
    ----------
    values : mapping of str to object
        Its attributes, keys in lower case.
    place : str
        Where it stands, for messages.

    Returns
    -------
    tuple of float
        Support, opposition.

    Raises
    ------
    InvalidRecord
        If a weight is no number, a sign is unknown, or support or opposition is negative.

    Notes
    -----
    In this order: columns ``support`` and ``opposition``; a ``sign`` (or ``polarity``) with |``weight``|, 1 without a weight; a signed ``weight``
    (or ``value``); else support 1.
    """
    if "support" in values or "opposition" in values:
        support = number(values.get("support") or 0, place)
        opposition = number(values.get("opposition") or 0, place)
        if support < 0 or opposition < 0:
            raise InvalidRecord(
                f"{place}: support {support} and opposition {opposition} must not be negative"
            )
        return support, opposition
    raw = next((values[key] for key in ("weight", "value") if values.get(key) not in (None, "")), None)
    weight = 1.0 if raw is None else number(raw, place)
    sign = next((values[key] for key in ("sign", "polarity") if values.get(key) not in (None, "")), None)
    if sign is not None:
        text = str(sign).strip().lower()
        direction = _SIGNS[text] if text in _SIGNS else int(np.sign(number(text, place)))
        weight = abs(weight) * direction
    return max(weight, 0.0), max(-weight, 0.0)


def network_from_rows(
    nodes: Iterable[Actor], edges: Iterable[tuple[str, str, Mapping[str, Any], str]], *, directed: bool = True
) -> Network:
    """
    Return the network of the nodes and edges of a graph file.

    Parameters
    ----------
    nodes : iterable of Actor
        Isolates too.
    edges : iterable of (str, str, mapping, str)
        Source, target, attributes, place in the file.
    directed : bool
        Whether an edge goes one way; an undirected one is taken both ways.

    Returns
    -------
    Network
        Repeated pairs are added up; position ids are kept where the file has them.

    Raises
    ------
    InvalidRecord
        If an edge has no end, or its weights cannot be read.
    """
    listed: list[Edge] = []
    for source, target, values, place in edges:
        if not source or not target:
            raise InvalidRecord(
                f"{place}: an edge needs a source and a target; found {source!r} and {target!r}"
            )
        support, opposition = signed_weights(values, place)
        ids = tuple(str(values.get("position_ids") or "").split())
        listed.append(Edge(source, target, support, opposition, ids))
        if not directed and source != target:
            listed.append(Edge(target, source, support, opposition, ids))
    return network_from_edges(listed, actors=nodes)
