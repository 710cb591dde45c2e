"""GraphML, plain and in visone's dialect."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from amity.errors import InvalidRecord
from amity.formats.files import local_name, parse_xml, read_bytes, write_bytes, xml_bytes, xml_text
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
from amity.model import Actor
from amity.network import Network

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
YFILES = "http://www.yworks.com/xml/graphml"
VISONE = "http://visone.info/xmlns"
NODE_COLOUR = "#d9d9d9"

_EDGE_KEYS: tuple[tuple[str, str], ...] = (
    ("weight", "double"),
    ("support", "double"),
    ("opposition", "double"),
    ("sign", "int"),
    ("kind", "string"),
    ("n_positions", "int"),
    ("first_date", "string"),
    ("last_date", "string"),
    ("position_ids", "string"),
)


def write_graphml(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a plain GraphML file.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : callable, optional
        From a position's id to the position.
    layout : mapping, optional
        Actor id to coordinates, written as ``x`` and ``y``.
    dates : callable, optional
        From a position's id to its day.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Directed. ``weight`` is support plus opposition; the sign stands in ``sign``. The actor's id is repeated as the attribute ``actor``,
    since some programs rename nodes. Characters that XML forbids become U+FFFD.
    """
    return _write(network, path, "plain", positions, layout, dates)


def write_visone(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a GraphML file in visone's dialect, with shapes, colours and labels.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : callable, optional
        From a position's id to the position.
    layout : mapping, optional
        Actor id to coordinates; without it the actors stand on a circle.
    dates : callable, optional
        From a position's id to its day.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    As `write_graphml`; besides, support is drawn solid, opposition dashed.
    """
    return _write(network, path, "visone", positions, layout, dates)


def _write(
    network: Network,
    path: FilePath,
    dialect: Literal["plain", "visone"],
    positions: PositionSource | None,
    layout: Mapping[str, tuple[float, float]] | None,
    dates: DaySource | None,
) -> list[Path]:
    from lxml import etree

    visone = dialect == "visone"
    names: dict[str | None, str] = {None: GRAPHML, **({"y": YFILES, "visone": VISONE} if visone else {})}
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap=names)
    places = layout or (_circle(network.actors) if visone else {})
    records = [node_attributes(actor) for actor in network.actors]
    node_keys = list(dict.fromkeys(["actor", *(key for record in records for key in record)]))
    for place, key in enumerate(node_keys):
        _key(root, f"n{place}", "node", key, "string")
    if layout:
        _key(root, "nx", "node", "x", "double")
        _key(root, "ny", "node", "y", "double")
    for key, kind in _EDGE_KEYS:
        _key(root, f"e_{key}", "edge", key, kind)
    if visone:
        for identity, target, kind in (("d0", "node", "nodegraphics"), ("d1", "edge", "edgegraphics")):
            etree.SubElement(root, f"{{{GRAPHML}}}key", {"id": identity, "for": target, "yfiles.type": kind})
    graph = etree.SubElement(root, f"{{{GRAPHML}}}graph", id="G", edgedefault="directed")
    for actor, record in zip(network.actors, records, strict=True):
        node = etree.SubElement(graph, f"{{{GRAPHML}}}node", id=xml_text(actor.id))
        for place, key in enumerate(node_keys):
            value = actor.id if key == "actor" else record.get(key, "")
            if value != "":
                _data(node, f"n{place}", value)
        if layout and actor.id in layout:
            _data(node, "nx", repr(float(layout[actor.id][0])))
            _data(node, "ny", repr(float(layout[actor.id][1])))
        if visone:
            _shape_node(node, actor, places.get(actor.id, (0.0, 0.0)))
    for number, row in enumerate(edge_rows(network, positions=positions, dates=dates)):
        _edge(graph, number, row, visone)
    return [write_bytes(path, xml_bytes(root))]


def _key(root: Any, identity: str, target: str, name: str, kind: str) -> None:
    from lxml import etree

    etree.SubElement(
        root,
        f"{{{GRAPHML}}}key",
        {"id": identity, "for": target, "attr.name": xml_text(name), "attr.type": kind},
    )


def _data(parent: Any, key: str, value: str) -> None:
    from lxml import etree

    etree.SubElement(parent, f"{{{GRAPHML}}}data", key=key).text = xml_text(value)


def _edge(graph: Any, number: int, row: EdgeRow, visone: bool) -> None:
    from lxml import etree

    element = etree.SubElement(
        graph,
        f"{{{GRAPHML}}}edge",
        id=f"edge{number}",
        source=xml_text(row.source),
        target=xml_text(row.target),
    )
    values = {
        "weight": repr(row.weight),
        "support": repr(row.support),
        "opposition": repr(row.opposition),
        "sign": str(row.sign),
        "kind": row.kind,
        "n_positions": str(len(row.position_ids)),
        "first_date": row.dates[0] if row.dates else "",
        "last_date": row.dates[-1] if row.dates else "",
        "position_ids": " ".join(row.position_ids),
    }
    for key, value in values.items():
        if value != "":
            _data(element, f"e_{key}", value)
    if visone:
        holder = etree.SubElement(element, f"{{{GRAPHML}}}data", key="d1")
        line = etree.SubElement(holder, f"{{{VISONE}}}polyLineEdge")
        shape = etree.SubElement(line, f"{{{YFILES}}}PolyLineEdge")
        style = "line" if row.kind == "support" else "dashed"
        etree.SubElement(shape, f"{{{YFILES}}}LineStyle", color=COLOURS[row.kind], type=style, width="2.0")
        etree.SubElement(shape, f"{{{YFILES}}}Arrows", source="none", target="standard")


def _shape_node(node: Any, actor: Actor, at: tuple[float, float]) -> None:
    from lxml import etree

    holder = etree.SubElement(node, f"{{{GRAPHML}}}data", key="d0")
    wrapper = etree.SubElement(holder, f"{{{VISONE}}}shapeNode")
    shape = etree.SubElement(wrapper, f"{{{YFILES}}}ShapeNode")
    etree.SubElement(
        shape,
        f"{{{YFILES}}}Geometry",
        x=repr(float(at[0])),
        y=repr(float(at[1])),
        width="20.0",
        height="20.0",
    )
    etree.SubElement(shape, f"{{{YFILES}}}Fill", color=NODE_COLOUR, transparent="false")
    etree.SubElement(shape, f"{{{YFILES}}}BorderStyle", type="line", width="1.0", color="#000000")
    etree.SubElement(shape, f"{{{YFILES}}}NodeLabel").text = xml_text(actor.name)
    etree.SubElement(shape, f"{{{YFILES}}}Shape", type="ellipse")


def _circle(actors: Iterable[Actor]) -> dict[str, tuple[float, float]]:
    from math import cos, pi, sin

    listed = list(actors)
    radius = 40.0 + 12.0 * len(listed)
    return {
        actor.id: (radius * cos(2 * pi * i / len(listed)), radius * sin(2 * pi * i / len(listed)))
        for i, actor in enumerate(listed)
    }


def read_graphml(path: FilePath) -> Network:
    """
    Return the network of a GraphML file, of any program.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Network
        An undirected edge is taken both ways. Weights: see `amity.formats.network_rows.signed_weights`.

    Raises
    ------
    UnreadableFile
        If the file is not well-formed XML.
    InvalidRecord
        If it is not GraphML, has hyperedges, or an edge cannot be read.
    """
    root = parse_xml(read_bytes(path), str(path))
    if local_name(root) != "graphml":
        raise InvalidRecord(f"{path} is not GraphML; its root element is {local_name(root)!r}")
    keys: dict[str, str] = {}
    defaults: dict[str, dict[str, str]] = {"node": {}, "edge": {}}
    graph = None
    for child in root:
        name = local_name(child)
        if name == "key" and "yfiles.type" not in child.attrib:
            keys[child.get("id", "")] = child.get("attr.name") or child.get("id", "")
            for value in child:
                if local_name(value) == "default" and child.get("for") in defaults:
                    defaults[child.get("for")][keys[child.get("id", "")]] = (value.text or "").strip()
        elif name == "graph" and graph is None:
            graph = child
    if graph is None:
        raise InvalidRecord(f"{path} holds no graph")
    actors, edges = [], []
    directed = graph.get("edgedefault", "directed") != "undirected"
    for place, element in enumerate(graph.iter()):
        kind = local_name(element)
        if kind == "hyperedge":
            raise InvalidRecord(f"{path} holds hyperedges; amity's networks have none")
        if kind not in ("node", "edge"):
            continue
        values = {**defaults[kind], **_values(element, keys)}
        if kind == "node":
            identity = values.pop("actor", "") or element.get("id", "")
            actors.append(
                (element.get("id", ""), actor_from_attributes(identity, _labelled(element, values)))
            )
        else:
            lower = {key.lower(): value for key, value in values.items()}
            one_way = element.get("directed", "true" if directed else "false") == "true"
            edges.append(
                (element.get("source", ""), element.get("target", ""), lower, f"element {place}", one_way)
            )
    return _assemble(actors, edges)


def _assemble(
    actors: list[tuple[str, Actor]], edges: list[tuple[str, str, dict[str, str], str, bool]]
) -> Network:
    """The network; node ids in the file give way to the actors' own, and each edge keeps its own direction."""
    own = {identity: actor.id for identity, actor in actors}
    listed = []
    for source, target, values, place, one_way in edges:
        a, b = own.get(source, source), own.get(target, target)
        listed.append((a, b, values, place))
        if not one_way and a != b:
            listed.append((b, a, values, place))
    return network_from_rows([actor for _, actor in actors], listed)


def _values(element: Any, keys: Mapping[str, str]) -> dict[str, str]:
    return {
        keys[child.get("key")]: (child.text or "")
        for child in element
        if local_name(child) == "data" and child.get("key") in keys
    }


def _labelled(element: Any, values: dict[str, str]) -> dict[str, str]:
    """A node's values, with the label that yEd and visone draw where no attribute names it."""
    values = {key: value for key, value in values.items() if key not in ("x", "y")}
    if not values.get("name") and not values.get("label"):
        for child in element.iter(f"{{{YFILES}}}NodeLabel"):
            if child.text and child.text.strip():
                values["name"] = child.text.strip()
                break
    return values
