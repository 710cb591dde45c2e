"""What a path may be: a project, a network file, an edge list, a DNA file, a table of statements."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from amity.errors import NotFound

if TYPE_CHECKING:
    from amity.network import Network

Input = Literal["project", "dna", "file"]
SQLITE = b"SQLite format 3\x00"
APPLICATION_ID = slice(68, 72)


def kind_of_input(path: str | PathLike[str]) -> Input:
    """
    Return what a path holds, by its first bytes rather than its name.

    Parameters
    ----------
    path : path-like
        A file.

    Returns
    -------
    {"project", "dna", "file"}
        ``file`` for everything that is no database.

    Raises
    ------
    NotFound
        If nothing is there.
    """
    place = Path(path)
    if not place.exists():
        raise NotFound(f"there is no file {place}")
    if place.is_dir():
        return "file"
    with place.open("rb") as file:
        head = file.read(100)
    if not head.startswith(SQLITE):
        return "file"
    return (
        "dna" if place.suffix.lower() == ".dna" and head[APPLICATION_ID] == b"\x00\x00\x00\x00" else "project"
    )


def read_network(path: str | PathLike[str], *, directed: bool = True) -> "Network":
    """
    Return the network that a file holds.

    Parameters
    ----------
    path : path-like
        A network file, or an edge list: CSV with source, target, and sign or signed weight.
    directed : bool
        Whether the ties of an edge list go one way.

    Returns
    -------
    Network
        As the file's reader gives it.
    """
    from amity.formats import find_format
    from amity.formats.edge_list import read_edge_list

    place = Path(path)
    if place.suffix.lower() in (".csv", ".tsv", ".txt", ""):
        return read_edge_list(place, directed=directed)
    network: Network = find_format(place, kind="network", reads=True).read(place)
    return network
