"""A network as JSON: nodes and edges with all that amity knows of them."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats.files import read_text, write_text
from amity.formats.network_rows import (
    DaySource,
    PositionSource,
    actor_from_attributes,
    edge_rows,
    network_from_rows,
)
from amity.formats.records import FilePath
from amity.model import Actor, position_to_json
from amity.network import Network

FORM = "amity-network/1"


def write_network_json(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a JSON file with a network's nodes and edges.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : callable, optional
        From a position's id to the position; the positions behind the edges are written too, with their words.
    layout : mapping, optional
        Actor id to coordinates.
    dates : callable, optional
        From a position's id to its day.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    The keys ``nodes`` and ``links`` are those of networkx's node-link form and of d3.
    """
    rows = list(edge_rows(network, positions=positions, dates=dates))
    record: dict[str, Any] = {
        "form": FORM,
        "directed": True,
        "multigraph": False,
        "graph": {
            "start": network.start.isoformat() if network.start else None,
            "end": network.end.isoformat() if network.end else None,
        },
        "nodes": [_node(actor, layout or {}) for actor in network.actors],
        "links": [
            {
                "source": row.source,
                "target": row.target,
                "support": row.support,
                "opposition": row.opposition,
                "weight": row.weight,
                "sign": row.sign,
                "kind": row.kind,
                "dates": list(row.dates),
                "positions": list(row.position_ids),
            }
            for row in rows
        ],
    }
    if positions is not None:
        listed = sorted({each for row in rows for each in row.position_ids})
        record["positions"] = [
            {
                **position_to_json(found := positions(each)),
                "document_id": found.document_id,
                "words": [span.exact for span in found.evidence],
            }
            for each in listed
        ]
    return [write_text(path, json.dumps(record, ensure_ascii=False, indent=1) + "\n")]


def _node(actor: Actor, layout: Mapping[str, tuple[float, float]]) -> dict[str, Any]:
    at = layout.get(actor.id)
    return {
        "id": actor.id,
        "name": actor.name,
        "kind": actor.kind,
        "aliases": list(actor.aliases),
        "generic": actor.generic,
        "attributes": dict(actor.attributes),
        **({"x": at[0], "y": at[1]} if at else {}),
    }


def read_network_json(path: FilePath) -> Network:
    """
    Return the network of a JSON file in node-link form.

    Parameters
    ----------
    path : path
        As from `write_network_json`, networkx (``links`` or ``edges``) or d3.

    Returns
    -------
    Network
        An undirected one is taken both ways.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If it is no network, or an edge cannot be read.
    """
    try:
        record = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{path} is not JSON: {error}") from error
    try:
        links = record["links"] if "links" in record else record["edges"]
        actors = [_actor(each) for each in record["nodes"]]
        edges = [
            (
                str(each["source"]),
                str(each["target"]),
                {
                    **{str(key).lower(): value for key, value in each.items()},
                    "position_ids": " ".join(map(str, each.get("positions", ()))),
                },
                f"link {place}",
            )
            for place, each in enumerate(links)
        ]
        graph = record.get("graph") or {}
        limits = [
            date.fromisoformat(graph[key]) if isinstance(graph, dict) and graph.get(key) else None
            for key in ("start", "end")
        ]
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise InvalidRecord(
            f"{path} is no network: expected nodes and links; {type(error).__name__} {error}"
        ) from error
    from dataclasses import replace

    network = network_from_rows(actors, edges, directed=bool(record.get("directed", False)))
    return replace(network, start=limits[0], end=limits[1])


def _actor(record: Mapping[str, Any]) -> Actor:
    if isinstance(record.get("attributes"), dict):
        return Actor(
            str(record["id"]),
            str(record["name"]),
            kind=record.get("kind", "other"),
            aliases=tuple(map(str, record.get("aliases", ()))),
            generic=bool(record.get("generic", False)),
            attributes={str(key): str(value) for key, value in record["attributes"].items()},
        )
    return actor_from_attributes(
        str(record["id"]), {str(k): str(v) for k, v in record.items() if k not in ("id", "x", "y")}
    )
