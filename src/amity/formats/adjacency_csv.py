"""Adjacency matrices as CSV: one of support and one of opposition, or one signed matrix."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats.cells import table_text, unguard_cell
from amity.formats.files import read_text, write_text
from amity.formats.labels import unique_labels
from amity.formats.network_rows import DaySource, PositionSource, network_from_rows, number
from amity.formats.records import FilePath
from amity.model import Actor
from amity.network import Network
from amity.network.records import Weight


def write_adjacency_csv(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the paths of two matrices, ``NAME.support.csv`` and ``NAME.opposition.csv``.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        ``NAME.csv``.
    positions, layout, dates : optional
        Not used: a matrix has no place for them.

    Returns
    -------
    list of Path
        Support, opposition.

    Notes
    -----
    Row = holder, column = target; labels are names, with the id where a name occurs twice.
    """
    target = Path(path)
    kinds: tuple[Weight, Weight] = ("support", "opposition")
    return [
        write_text(target.with_suffix(f".{kind}{target.suffix or '.csv'}"), _matrix_text(network, kind))
        for kind in kinds
    ]


def _matrix_text(network: Network, kind: Weight) -> str:
    labels = unique_labels(network.actors)
    matrix = network.adjacency(kind).tolil()
    rows = []
    for place, label in enumerate(labels):
        cells: list[object] = [0] * network.n
        for column, value in zip(matrix.rows[place], matrix.data[place], strict=True):
            cells[column] = float(value)
        rows.append([label, *cells])
    return table_text(["", *labels], rows)


def read_adjacency_csv(path: FilePath) -> Network:
    """
    Return the network of one signed matrix, or of a matrix of support and one of opposition.

    Parameters
    ----------
    path : path
        ``NAME.csv``: that file if it is there, a signed matrix; else ``NAME.support.csv`` and ``NAME.opposition.csv``.

    Returns
    -------
    Network
        Rows are holders; actor ids are the labels.

    Raises
    ------
    UnreadableFile
        If neither file is there.
    InvalidRecord
        If a matrix is not square, its labels differ between rows and columns, or a cell is no number.
    """
    target = Path(path)
    if target.is_file():
        parts: list[tuple[Path, int | None]] = [(target, None)]
    else:
        suffix = target.suffix or ".csv"
        parts = [
            (target.with_suffix(f".{kind}{suffix}"), sign)
            for kind, sign in (("support", 1), ("opposition", -1))
        ]
        if not all(each.is_file() for each, _ in parts):
            raise UnreadableFile(f"neither {target} nor {parts[0][0].name} with {parts[1][0].name} is there")
    edges: list[tuple[str, str, dict[str, float], str]] = []
    labels: list[str] = []
    for file, sign in parts:
        labels, cells = _read_matrix(file)
        for a, row in zip(labels, cells, strict=True):
            for b, value in zip(labels, row, strict=True):
                if value:
                    values = {"weight": value} if sign is None else {"weight": value, "sign": sign}
                    edges.append((a, b, values, str(file)))
    return network_from_rows((Actor(label, label) for label in labels), edges)


def _read_matrix(file: Path) -> tuple[list[str], list[list[float]]]:
    text = read_text(file)
    head = text.partition("\n")[0]
    rows = [
        row for row in csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=head.count)) if row
    ]
    if not rows:
        raise InvalidRecord(f"{file} is empty; expected a labelled square matrix")
    labels = [unguard_cell(cell) for cell in rows[0][1:]]
    if len(rows) != len(labels) + 1 or len(set(labels)) != len(labels) or not all(labels):
        raise InvalidRecord(
            f"{file} has {len(rows) - 1} rows under {len(labels)} labels; expected a square of unlike labels"
        )
    matrix = []
    for place, row in enumerate(rows[1:]):
        if unguard_cell(row[0]) != labels[place] or len(row) != len(labels) + 1:
            raise InvalidRecord(
                f"{file}, row {place + 2}: expected {len(labels)} cells of {labels[place]!r}; found {len(row) - 1} of {row[0]!r}"
            )
        matrix.append([number(cell or 0, f"{file}, row {place + 2}") for cell in row[1:]])
    return labels, matrix
