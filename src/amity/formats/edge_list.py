"""Edge lists of any program: delimited text with source, target and a sign or weight, whole or by window."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, InvalidValue
from amity.formats.cells import first_of, iter_table, table_text
from amity.formats.files import read_text, write_text
from amity.formats.network_rows import DaySource, PositionSource, edge_rows, network_from_rows
from amity.formats.records import FilePath
from amity.model import day_range
from amity.network import Network

_SOURCES = ("source", "from", "sender", "holder", "ego", "actor1", "node1", "i", "v1")
_TARGETS = ("target", "to", "receiver", "alter", "actor2", "node2", "j", "v2")
_WINDOWS = ("window", "period", "wave", "time", "year", "congress", "session", "date")
_COLUMNS = ("source", "target", "sign", "weight", "support", "opposition")


@dataclass(frozen=True, slots=True)
class EdgeColumns:
    """
    Names of the columns of an edge list; None lets the usual names be found.

    Parameters
    ----------
    source, target : str or None
        The ends.
    sign, weight : str or None
        The sign (1, -1, +, -, positive, negative) and the weight; a signed weight needs no sign.
    window : str or None
        A column that tells windows apart.
    start, end : str or None
        First and last day, month or year of a window, both inclusive.
    """

    source: str | None = None
    target: str | None = None
    sign: str | None = None
    weight: str | None = None
    window: str | None = None
    start: str | None = None
    end: str | None = None


def read_edge_list(
    path: FilePath, *, columns: EdgeColumns | None = None, directed: bool = True, delimiter: str | None = None
) -> Network:
    """
    Return the network of an edge list, windows taken together.

    Parameters
    ----------
    path : path
        Delimited UTF-8 text; a header may be missing where the first two columns are the ends and a third is a number.
    columns : EdgeColumns, optional
        Names of the columns.
    directed : bool
        Whether an edge goes one way; else it is taken both ways.
    delimiter : str, optional
        Guessed where not given; white space too.

    Returns
    -------
    Network
        Repeated pairs are added up.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If a column is missing, or a row cannot be read.
    """
    rows = _edge_rows(path, columns or EdgeColumns(), delimiter)
    return network_from_rows((), (row for _, row in rows), directed=directed)


def read_edge_windows(
    path: FilePath, *, columns: EdgeColumns | None = None, directed: bool = True, delimiter: str | None = None
) -> list[tuple[str, Network]]:
    """
    Return one network for each window of an edge list.

    Parameters
    ----------
    path : path
        As for `read_edge_list`, with a window column, or with start and end.
    columns : EdgeColumns, optional
        Names of the columns.
    directed : bool
        As for `read_edge_list`.
    delimiter : str, optional
        As for `read_edge_list`.

    Returns
    -------
    list of (str, Network)
        Label and network, sorted by label (numbers by size); `start` and `end` are set where they are dates.

    Raises
    ------
    InvalidRecord
        If there is no window column, or a row cannot be read.
    """
    groups: dict[str, list[Any]] = {}
    for label, row in _edge_rows(path, columns or EdgeColumns(), delimiter):
        if label is None:
            raise InvalidRecord(
                f"{path} has no column of windows; expected start and end, or one of {', '.join(_WINDOWS)}"
            )
        groups.setdefault(label, []).append(row)
    found = []
    for label in sorted(groups, key=_window_key):
        network = network_from_rows((), groups[label], directed=directed)
        first, last = _days(label)
        found.append((label, replace(network, start=first, end=last)))
    return found


def _window_key(label: str) -> tuple[bool, float, str]:
    try:
        return False, float(label.split("/")[0]), label
    except ValueError:
        return True, 0.0, label


def _days(label: str) -> tuple[date | None, date | None]:
    first, _, last = label.partition("/")
    try:
        return day_range(first)[0], day_range(last or first)[1] + timedelta(days=1)
    except (InvalidValue, OverflowError):
        return None, None


def _edge_rows(
    path: FilePath, columns: EdgeColumns, delimiter: str | None
) -> Iterator[tuple[str | None, tuple[str, str, Mapping[str, Any], str]]]:
    text = read_text(path)
    head = text.partition("\n")[0].rstrip("\r")
    if delimiter is None and not any(mark in head for mark in ",;\t|") and len(head.split()) >= 2:
        text = "\n".join(
            "\t".join(line.split()) for line in text.splitlines() if not line.startswith(("#", "%"))
        )
        head, delimiter = text.partition("\n")[0], "\t"
    if not columns.source and _is_data(head, delimiter):
        names = ["source", "target", "weight", *(f"column{i}" for i in range(4, 50))]
        width = len(next(iter_table(f"{head}\n{head}", str(path), delimiter=delimiter))[1]) if head else 0
        mark = delimiter or max(",;\t|", key=head.count)
        text = mark.join(names[:width]) + "\n" + text
    place: tuple[str, str] | None = None
    for line, cells in iter_table(text, str(path), delimiter=delimiter):
        if place is None:
            place = edge_ends(cells, columns, path)
        values = {key.strip().lower(): value for key, value in cells.items()}
        for own, name in (("sign", columns.sign), ("weight", columns.weight)):
            if name is not None:
                values[own] = cells[name]
        yield _window(cells, columns), (cells[place[0]], cells[place[1]], values, f"{path}, line {line}")


def _is_data(head: str, delimiter: str | None) -> bool:
    """Whether a first line is an edge already: no name of a column, and a number in third place."""
    mark = delimiter or max(",;\t|", key=head.count)
    cells = [cell.strip().strip('"').casefold() for cell in head.split(mark)]
    if any(cell in _SOURCES or cell in _TARGETS for cell in cells) or len(cells) < 2:
        return False
    try:
        float(cells[2] if len(cells) > 2 else "x")
    except ValueError:
        return False
    return True


def edge_ends(cells: Mapping[str, str], columns: EdgeColumns, path: FilePath) -> tuple[str, str]:
    """
    Return the names of the columns that hold an edge's ends.

    Parameters
    ----------
    cells : mapping of str to str
        A row by column name.
    columns : EdgeColumns
        Names that are given; others are found by their usual names.
    path : path
        The file, for messages.

    Returns
    -------
    tuple of str
        Source, target.

    Raises
    ------
    InvalidRecord
        If a column is missing.
    """
    source = columns.source or first_of(cells, _SOURCES)
    target = columns.target or first_of(cells, _TARGETS)
    if source is None or target is None or source not in cells or target not in cells:
        raise InvalidRecord(
            f"{path} has the columns {', '.join(cells)}; name those of source and target "
            f"(usual names: {', '.join(_SOURCES[:4])}; {', '.join(_TARGETS[:4])})"
        )
    for name in (columns.sign, columns.weight, columns.window, columns.start, columns.end):
        if name is not None and name not in cells:
            raise InvalidRecord(f"{path} has no column {name!r}; it has {', '.join(cells)}")
    return source, target


def _window(cells: Mapping[str, str], columns: EdgeColumns) -> str | None:
    if columns.window is not None:
        return cells[columns.window]
    start = columns.start or first_of(cells, ("start", "since", "styear"))
    end = columns.end or first_of(cells, ("end", "until", "endyear"))
    if start and end:
        return f"{cells[start]}/{cells[end]}"
    name = first_of(cells, _WINDOWS)
    return None if name is None else cells[name]


def write_edge_list(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a plain edge list.

    Parameters
    ----------
    network : Network
        The network; isolates have no place in an edge list.
    path : path
        Ends in ``.tsv`` for tabs, else commas.
    positions, layout, dates : optional
        Not used: an edge list holds neither.

    Returns
    -------
    list of Path
        One path.
    """
    rows = (
        (row.source, row.target, row.sign, row.weight, row.support, row.opposition)
        for row in edge_rows(network)
    )
    delimiter = "\t" if Path(path).suffix.lower() == ".tsv" else ","
    return [write_text(path, table_text(_COLUMNS, rows, delimiter=delimiter))]
