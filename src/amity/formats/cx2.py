"""CX2, the exchange form of Cytoscape and NDEx."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats.files import read_text, write_text
from amity.formats.network_rows import (
    COLOURS,
    DaySource,
    EdgeRow,
    PositionSource,
    actor_from_attributes,
    edge_rows,
    network_from_rows,
    node_attributes,
)
from amity.formats.records import FilePath
from amity.network import Network

_EDGE_TYPES = {
    "interaction": "string",
    "weight": "double",
    "support": "double",
    "opposition": "double",
    "sign": "integer",
    "n_positions": "integer",
    "dates": "list_of_string",
    "position_ids": "list_of_string",
}


def write_cx2(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
    name: str = "amity network",
) -> list[Path]:
    """
    Return the path of a CX2 file for Cytoscape.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : callable, optional
        From a position's id to the position.
    layout : mapping, optional
        Actor id to coordinates.
    dates : callable, optional
        From a position's id to its day.
    name : str
        The network's name there.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    ``interaction`` says support, opposition or mixed; colours and dashes follow it.
    """
    nodes = []
    for number, actor in enumerate(network.actors):
        at = layout.get(actor.id) if layout else None
        values = {key: value for key, value in node_attributes(actor).items() if value != ""}
        nodes.append(
            {"id": number, **({"x": at[0], "y": at[1]} if at else {}), "v": {"actor": actor.id, **values}}
        )
    edges = [
        {"id": number, "s": network.index[row.source], "t": network.index[row.target], "v": _edge_values(row)}
        for number, row in enumerate(edge_rows(network, positions=positions, dates=dates))
    ]
    node_keys = dict.fromkeys(key for node in nodes for key in node["v"])  # type: ignore[attr-defined]
    declared = {
        "networkAttributes": {"name": {"d": "string"}, "description": {"d": "string"}},
        "nodes": {key: {"d": "string"} for key in node_keys},
        "edges": {key: {"d": kind} for key, kind in _EDGE_TYPES.items()},
    }
    aspects: list[dict[str, Any]] = [
        {"attributeDeclarations": [declared]},
        {
            "networkAttributes": [
                {"name": name, "description": "weight = support + opposition; the sign stands apart"}
            ]
        },
        {"nodes": nodes},
        {"edges": edges},
        {"visualProperties": [_style()]},
    ]
    counted = [
        {"name": key, "elementCount": len(value)}
        for aspect in aspects
        for key, value in aspect.items()
        if value
    ]
    document = [
        {"CXVersion": "2.0", "hasFragments": False},
        {"metaData": counted},
        *(aspect for aspect in aspects if all(aspect.values())),
        {"status": [{"success": True}]},
    ]
    return [write_text(path, json.dumps(document, ensure_ascii=False, indent=1) + "\n")]


def _edge_values(row: EdgeRow) -> dict[str, Any]:
    return {
        "interaction": row.kind,
        "weight": row.weight,
        "support": row.support,
        "opposition": row.opposition,
        "sign": row.sign,
        "n_positions": len(row.position_ids),
        "dates": list(row.dates),
        "position_ids": list(row.position_ids),
    }


def _style() -> dict[str, Any]:
    def mapped(values: Mapping[str, str]) -> dict[str, Any]:
        return {
            "type": "DISCRETE",
            "definition": {
                "attribute": "interaction",
                "map": [{"v": k, "vpv": v} for k, v in values.items()],
            },
        }

    return {
        "default": {"edge": {"EDGE_TARGET_ARROW_SHAPE": "triangle"}, "network": {}, "node": {}},
        "nodeMapping": {
            "NODE_LABEL": {"type": "PASSTHROUGH", "definition": {"attribute": "name", "type": "string"}}
        },
        "edgeMapping": {
            "EDGE_LINE_COLOR": mapped(COLOURS),
            "EDGE_LINE_STYLE": mapped({"support": "solid", "opposition": "dashed", "mixed": "dotted"}),
        },
    }


def read_cx2(path: FilePath) -> Network:
    """
    Return the network of a CX2 file.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Network
        Weights: ``support`` and ``opposition``, else ``sign`` and ``weight``, else ``interaction`` where it is a sign.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If it is not CX2, or an edge cannot be read.
    """
    try:
        document = json.loads(read_text(path))
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{path} is not JSON: {error}") from error
    try:
        if not isinstance(document, list) or not str(document[0]["CXVersion"]).startswith("2"):
            raise InvalidRecord(f"{path} is not CX2; export it from Cytoscape as CX2")
        aspects: dict[str, list[Any]] = {}
        for part in document:
            for key, value in part.items():
                if isinstance(value, list):
                    aspects.setdefault(key, []).extend(value)
        actors, ids = [], {}
        for node in aspects.get("nodes", ()):
            values = {str(key): str(value) for key, value in (node.get("v") or {}).items()}
            identity = values.pop("actor", "") or str(node["id"])
            ids[node["id"]] = identity
            actors.append(actor_from_attributes(identity, {"name": values.pop("n", ""), **values}))
        edges = []
        for edge in aspects.get("edges", ()):
            record = {str(key).lower(): value for key, value in (edge.get("v") or {}).items()}
            record["position_ids"] = " ".join(map(str, record.get("position_ids") or ()))
            kind = record.get("interaction", record.get("i"))
            if "sign" not in record and kind in ("support", "opposition"):
                record["sign"] = kind
            edges.append((ids[edge["s"]], ids[edge["t"]], record, f"{path}, edge {edge.get('id')}"))
    except (KeyError, IndexError, TypeError, AttributeError) as error:
        raise InvalidRecord(
            f"{path} is not CX2 as Cytoscape writes it: {type(error).__name__} {error}"
        ) from error
    return network_from_rows(actors, edges)
