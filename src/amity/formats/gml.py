"""GML files."""

import html
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import read_text, write_text
from amity.formats.network_rows import (
    DaySource,
    PositionSource,
    actor_from_attributes,
    edge_rows,
    network_from_rows,
    node_attributes,
)
from amity.formats.records import FilePath
from amity.network import Network

_TOKEN = re.compile(
    r'#[^\n]*|"([^"]*)"|(\[)|(\])|([A-Za-z_][\w.]*)|([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)'
)
_KEY = re.compile(r"[^A-Za-z0-9_]+")
_DEEPEST = 50


def write_gml(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a GML file.

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

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Characters beyond ASCII, quotes and ampersands are written as numeric entities. Keys of attributes keep letters, digits and
    underscores only.
    """
    lines = ["graph [", "  directed 1"]
    for number, actor in enumerate(network.actors):
        lines += ["  node [", f"    id {number}", f"    label {_text(actor.id)}"]
        record = {_key(key): value for key, value in node_attributes(actor).items() if value}
        lines += [f"    {key} {_text(value)}" for key, value in record.items()]
        if layout and actor.id in layout:
            x, y = layout[actor.id]
            lines += ["    graphics [", f"      x {float(x)!r}", f"      y {float(y)!r}", "    ]"]
        lines.append("  ]")
    for row in edge_rows(network, positions=positions, dates=dates):
        lines += [
            "  edge [",
            f"    source {network.index[row.source]}",
            f"    target {network.index[row.target]}",
        ]
        lines += [
            f"    weight {row.weight!r}",
            f"    support {row.support!r}",
            f"    opposition {row.opposition!r}",
        ]
        lines += [f"    sign {row.sign}", f'    kind "{row.kind}"', f"    npositions {len(row.position_ids)}"]
        if row.dates:
            lines += [f'    firstdate "{row.dates[0]}"', f'    lastdate "{row.dates[-1]}"']
        if row.position_ids:
            lines.append(f"    positionids {_text(' '.join(row.position_ids))}")
        lines.append("  ]")
    lines.append("]")
    return [write_text(path, "\n".join(lines) + "\n")]


def _key(key: str) -> str:
    plain = _KEY.sub("", key)
    return plain if plain[:1].isalpha() else f"a{plain}"


def _text(value: str) -> str:
    escaped = "".join(
        f"&#{ord(c)};" if c in '"&' or not 32 <= ord(c) < 127 else c for c in value.replace("\x00", "\ufffd")
    )
    return f'"{escaped}"'


def read_gml(path: FilePath) -> Network:
    """
    Return the network of a GML file.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Network
        Undirected edges are taken both ways; ids are the labels where they are unique, else the file's numbers.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If it is not GML, or an edge cannot be read.
    """
    tokens = _tokens(read_text(path), str(path))
    top = _block(tokens, str(path), 0)
    graph = next((value for key, value in top if key == "graph" and isinstance(value, list)), None)
    if graph is None:
        raise InvalidRecord(f"{path} holds no graph; it is no GML file")
    directed = any(key == "directed" and str(value) == "1" for key, value in graph)
    nodes = [dict(value) for key, value in graph if key == "node" and isinstance(value, list)]
    labels = [str(node.get("label", "")) for node in nodes]
    own = len(set(labels)) == len(labels) and all(label.strip() for label in labels)
    actors, ids = [], {}
    for node, label in zip(nodes, labels, strict=True):
        if "id" not in node:
            raise InvalidRecord(f"{path}: a node has no id")
        identity = label if own else str(node["id"])
        ids[str(node["id"])] = identity
        values = {
            key: str(value)
            for key, value in node.items()
            if not isinstance(value, list) and key not in ("id", "label")
        }
        actors.append(actor_from_attributes(identity, {"label": label, **values}))
    edges = []
    for number, value in enumerate(each for key, each in graph if key == "edge" and isinstance(each, list)):
        record = {key.lower(): item for key, item in value if not isinstance(item, list)}
        ends = [ids.get(str(record.get(end, "")), "") for end in ("source", "target")]
        if not all(ends):
            raise InvalidRecord(f"{path}: edge {number} joins a node that is not there")
        record["position_ids"] = record.get("positionids", "")
        edges.append((ends[0], ends[1], record, f"{path}, edge {number}"))
    return network_from_rows(actors, edges, directed=directed)


def _tokens(text: str, place: str) -> Iterator[tuple[str, Any]]:
    end = 0
    for match in _TOKEN.finditer(text):
        if text[end : match.start()].strip():
            raise InvalidRecord(f"{place}: {text[end : match.start()].strip()[:40]!r} is not GML")
        end = match.end()
        string, opening, closing, key, number = match.groups()
        if opening or closing:
            yield "mark", opening or closing
        elif key is not None:
            yield "key", key
        elif number is not None:
            yield "value", number
        elif string is not None:
            yield "value", html.unescape(string)
    if text[end:].strip():
        raise InvalidRecord(f"{place}: {text[end:].strip()[:40]!r} is not GML")


def _block(tokens: Iterator[tuple[str, Any]], place: str, depth: int) -> list[tuple[str, Any]]:
    if depth > _DEEPEST:
        raise InvalidRecord(f"{place} is nested more than {_DEEPEST} deep")
    found: list[tuple[str, Any]] = []
    for kind, token in tokens:
        if (kind, token) == ("mark", "]"):
            if depth == 0:
                raise InvalidRecord(f"{place} closes a bracket that it did not open")
            return found
        if kind != "key":
            raise InvalidRecord(f"{place}: expected a key, found {token!r:.40}")
        kind_of_value, value = next(tokens, ("end", None))
        if (kind_of_value, value) == ("mark", "["):
            found.append((token, _block(tokens, place, depth + 1)))
        elif kind_of_value == "value" or kind_of_value == "key":
            found.append((token, value))
        else:
            raise InvalidRecord(f"{place}: the key {token!r} has no value")
    if depth:
        raise InvalidRecord(f"{place} ends inside a bracket; the file is truncated")
    return found
