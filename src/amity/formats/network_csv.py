"""CSV tables of a network: nodes, edges, and the positions behind the edges."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from amity.errors import UnreadableFile
from amity.formats.cells import read_table, table_text
from amity.formats.edge_list import EdgeColumns, edge_ends
from amity.formats.files import write_text
from amity.formats.network_rows import (
    DaySource,
    PositionSource,
    actor_from_attributes,
    edge_rows,
    network_from_rows,
    node_attributes,
)
from amity.formats.position_rows import POSITION_COLUMNS, actor_names, position_row
from amity.formats.records import FilePath
from amity.model import Actor
from amity.network import Network

EDGE_COLUMNS = (
    "source",
    "target",
    "source_name",
    "target_name",
    "support",
    "opposition",
    "weight",
    "sign",
    "kind",
    "n_positions",
    "first_date",
    "last_date",
    "position_ids",
)


def write_network_csv(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the paths of the tables that describe a network.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        ``NAME.csv`` for the edges, with ``NAME.nodes.csv`` and ``NAME.positions.csv`` beside it; or a folder, for
        ``edges.csv``, ``nodes.csv`` and ``positions.csv`` in it.
    positions : callable, optional
        From a position's id to the position; without it no table of positions is written.
    layout : mapping, optional
        Actor id to coordinates, for the nodes' columns ``x`` and ``y``.
    dates : callable, optional
        From a position's id to its day.

    Returns
    -------
    list of Path
        Edges, nodes, positions.

    Notes
    -----
    ``weight`` is support plus opposition, never signed. Cells that a spreadsheet would take for formulas are neutralised.
    """
    edges_path, nodes_path, positions_path = _paths(Path(path))
    rows = list(edge_rows(network, positions=positions, dates=dates))
    edges = (
        (
            *(row.source, row.target, row.source_name, row.target_name),
            *(row.support, row.opposition, row.weight, row.sign, row.kind, len(row.position_ids)),
            *(row.dates[0] if row.dates else "", row.dates[-1] if row.dates else ""),
            " ".join(row.position_ids),
        )
        for row in rows
    )
    written = [
        write_text(edges_path, table_text(EDGE_COLUMNS, edges)),
        write_text(nodes_path, _node_table(network, layout or {})),
    ]
    if positions is not None:
        names = actor_names(network.actors)
        listed = sorted({each for row in rows for each in row.position_ids})
        records = (position_row(positions(each), names) for each in listed)
        table = table_text(POSITION_COLUMNS, (tuple(record.values()) for record in records))
        written.append(write_text(positions_path, table))
    return written


def _paths(path: Path) -> tuple[Path, Path, Path]:
    if path.suffix.lower() in (".csv", ".tsv"):
        return path, path.with_suffix(f".nodes{path.suffix}"), path.with_suffix(f".positions{path.suffix}")
    return path / "edges.csv", path / "nodes.csv", path / "positions.csv"


def _node_table(network: Network, layout: Mapping[str, tuple[float, float]]) -> str:
    records = [node_attributes(actor) for actor in network.actors]
    keys = list(dict.fromkeys(key for record in records for key in record))
    places = ["x", "y"] if layout else []

    def rows() -> Iterator[tuple[object, ...]]:
        for actor, record in zip(network.actors, records, strict=True):
            at = layout.get(actor.id, ("", "")) if layout else ()
            yield actor.id, *(record.get(key, "") for key in keys), *at

    return table_text(["id", *(keys or ["name"]), *places], rows())


def read_network_csv(path: FilePath) -> Network:
    """
    Return the network that tables of edges and nodes describe.

    Parameters
    ----------
    path : path
        As for `write_network_csv`; the nodes' table may be missing.

    Returns
    -------
    Network
        With the ids of its positions where the edges name them.

    Raises
    ------
    UnreadableFile
        If there is no table of edges.
    InvalidRecord
        If a row cannot be read.
    """
    edges_path, nodes_path, _ = _paths(Path(path))
    if not edges_path.is_file():
        raise UnreadableFile(f"{edges_path} is not there; expected a table of edges")
    actors: list[Actor] = []
    if nodes_path.is_file():
        for _, cells in read_table(nodes_path):
            values = {key: value for key, value in cells.items() if key not in ("id", "x", "y")}
            actors.append(actor_from_attributes(cells.get("id") or values.get("name", ""), values))
    edges = []
    for line, cells in read_table(edges_path):
        source, target = edge_ends(cells, EdgeColumns(), edges_path)
        values = {key.lower(): value for key, value in cells.items()}
        edges.append((cells[source], cells[target], values, f"{edges_path}, line {line}"))
    return network_from_rows(actors, edges)
