"""GEXF 1.3 with dates, for Gephi."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

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
from amity.model import day_range
from amity.network import Network

GEXF = "http://gexf.net/1.3"
VIZ = "http://gexf.net/1.3/viz"
_VIZ_DECLARED = f'xmlns:viz="{VIZ}"'.encode()
# the 1.3 schema puts colours and places into the main namespace, Gephi looks for the prefix: bind the one to the other
_VIZ_WRITTEN = f'xmlns:viz="{GEXF}"'.encode()

_EDGE_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    ("support", "double"),
    ("opposition", "double"),
    ("sign", "integer"),
    ("kind", "string"),
    ("n_positions", "integer"),
    ("position_ids", "string"),
)


def write_gexf(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a GEXF 1.3 file; dynamic where days are known.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : callable, optional
        From a position's id to the position, whose date dates the edge.
    layout : mapping, optional
        Actor id to coordinates.
    dates : callable, optional
        From a position's id to its day; goes before the position's own.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    An edge has one spell for each day (month, year) on which one of its positions was taken, both ends inclusive; touching
    spells are joined. An edge without dates has the network's own span, and none where the network has none.
    ``weight`` is support plus opposition, the sign stands in the attribute ``sign``: Gephi drops or mishandles negative weights.

    References
    ----------
    GEXF 1.3 schema, https://gexf.net/schema.html
    """
    from lxml import etree

    rows = list(edge_rows(network, positions=positions, dates=dates))
    dynamic = any(row.dates for row in rows) or network.start is not None or network.end is not None
    root = etree.Element(_tag("gexf"), nsmap={None: GEXF, "viz": VIZ}, version="1.3")
    meta = etree.SubElement(root, _tag("meta"))
    etree.SubElement(meta, _tag("creator")).text = "amity"
    etree.SubElement(
        meta, _tag("description")
    ).text = "weight = support + opposition; the sign is an attribute"
    graph = etree.SubElement(root, _tag("graph"), defaultedgetype="directed")
    if dynamic:
        graph.set("mode", "dynamic")
        graph.set("timeformat", "date")
        graph.set("timerepresentation", "interval")
    records = [node_attributes(actor) for actor in network.actors]
    keys = list(dict.fromkeys(["actor", *(key for record in records for key in record if key != "name")]))
    _declare(graph, "node", [(key, "string") for key in keys])
    _declare(graph, "edge", _EDGE_ATTRIBUTES)
    nodes = etree.SubElement(graph, _tag("nodes"), count=str(network.n))
    for actor, record in zip(network.actors, records, strict=True):
        node = etree.SubElement(nodes, _tag("node"), id=xml_text(actor.id), label=xml_text(actor.name))
        _attvalues(node, keys, {**record, "actor": actor.id})
        if layout and actor.id in layout:
            x, y = layout[actor.id]
            etree.SubElement(node, f"{{{VIZ}}}position", x=repr(float(x)), y=repr(float(y)), z="0.0")
    edges = etree.SubElement(graph, _tag("edges"), count=str(network.m))
    for place, row in enumerate(rows):
        _edge(edges, place, row, network if dynamic else None)
    return [write_bytes(path, xml_bytes(root).replace(_VIZ_DECLARED, _VIZ_WRITTEN, 1))]


def _tag(name: str) -> str:
    return f"{{{GEXF}}}{name}"


def _declare(graph: Any, target: str, keys: Any) -> None:
    from lxml import etree

    # the mode is required in practice: Gephi reads a missing one as static, networkx as an error
    block = etree.SubElement(graph, _tag("attributes"), {"class": target, "mode": "static"})
    for key, kind in keys:
        etree.SubElement(block, _tag("attribute"), id=xml_text(key), title=xml_text(key), type=kind)


def _attvalues(element: Any, keys: list[str], values: Mapping[str, str]) -> None:
    from lxml import etree

    block = etree.SubElement(element, _tag("attvalues"))
    for key in keys:
        if values.get(key, "") != "":
            etree.SubElement(block, _tag("attvalue"), {"for": xml_text(key), "value": xml_text(values[key])})


def _edge(edges: Any, place: int, row: EdgeRow, dated: Network | None) -> None:
    from lxml import etree

    element = etree.SubElement(
        edges,
        _tag("edge"),
        id=f"e{place}",
        source=xml_text(row.source),
        target=xml_text(row.target),
        kind=row.kind,
        weight=repr(row.weight),
    )
    values = {
        "support": repr(row.support),
        "opposition": repr(row.opposition),
        "sign": str(row.sign),
        "kind": row.kind,
        "n_positions": str(len(row.position_ids)),
        "position_ids": " ".join(row.position_ids),
    }
    _attvalues(element, list(values), values)
    if dated is not None and (spells := _spells(row, dated)):
        block = etree.SubElement(element, _tag("spells"))
        for start, end in spells:
            spell = etree.SubElement(block, _tag("spell"))
            for name, day in (("start", start), ("end", end)):
                if day is not None:
                    spell.set(name, day.isoformat())
    red, green, blue = (int(COLOURS[row.kind][i : i + 2], 16) for i in (1, 3, 5))
    etree.SubElement(element, f"{{{VIZ}}}color", r=str(red), g=str(green), b=str(blue))
    etree.SubElement(element, f"{{{VIZ}}}thickness", value=repr(max(row.weight, 1e-6)))
    shape = {"support": "solid", "opposition": "dashed", "mixed": "dotted"}[row.kind]
    etree.SubElement(element, f"{{{VIZ}}}shape", value=shape)


def _spells(row: EdgeRow, network: Network) -> list[tuple[date | None, date | None]]:
    if not row.dates:
        if network.start is None and network.end is None:
            return []
        last = None if network.end is None else date.fromordinal(network.end.toordinal() - 1)
        return [(network.start, last)]
    joined: list[tuple[date, date]] = []
    for first, last in sorted(day_range(each) for each in row.dates):
        if joined and first.toordinal() <= joined[-1][1].toordinal() + 1:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return list(joined)


def read_gexf(path: FilePath) -> Network:
    """
    Return the network of a GEXF file, of any version and program.

    Parameters
    ----------
    path : path
        The file.

    Returns
    -------
    Network
        An undirected edge is taken both ways; spells are not kept.

    Raises
    ------
    UnreadableFile
        If the file is not well-formed XML.
    InvalidRecord
        If it is not GEXF, or an edge cannot be read.
    """
    root = parse_xml(read_bytes(path), str(path))
    graph = next((each for each in root if local_name(each) == "graph"), None)
    if local_name(root) != "gexf" or graph is None:
        raise InvalidRecord(f"{path} is not GEXF; expected a gexf element with a graph")
    titles: dict[tuple[str, str], str] = {}
    for block in graph:
        if local_name(block) == "attributes":
            for each in block:
                if local_name(each) == "attribute":
                    titles[block.get("class", ""), each.get("id", "")] = each.get("title") or each.get(
                        "id", ""
                    )
    actors, edges = {}, []
    default = graph.get("defaultedgetype", "undirected")
    for element in graph.iter():
        if local_name(element) == "node":
            values = _read_values(element, "node", titles)
            identity = values.pop("actor", "") or element.get("id", "")
            actors[element.get("id", "")] = actor_from_attributes(
                identity, {"name": element.get("label") or "", **values}
            )
        elif local_name(element) == "edge":
            values = {
                key.lower(): value
                for key, value in {**element.attrib, **_read_values(element, "edge", titles)}.items()
            }
            edges.append((element, values, element.get("type", default) == "directed"))
    listed = []
    for place, (element, values, directed) in enumerate(edges):
        ends = [actors[e].id if (e := element.get(end, "")) in actors else e for end in ("source", "target")]
        listed.append((ends[0], ends[1], values, f"edge {element.get('id', place)}"))
        if not directed and ends[0] != ends[1]:
            listed.append((ends[1], ends[0], values, f"edge {element.get('id', place)}"))
    return network_from_rows(actors.values(), listed)


def _read_values(element: Any, target: str, titles: Mapping[tuple[str, str], str]) -> dict[str, str]:
    found = {}
    for block in element:
        if local_name(block) == "attvalues":
            for each in block:
                key = each.get("for") or each.get("id") or ""
                found[titles.get((target, key), key)] = each.get("value", "")
    return found
