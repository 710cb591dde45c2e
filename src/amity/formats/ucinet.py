"""UCINET DL files."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import read_text, write_text
from amity.formats.labels import unique_labels
from amity.formats.network_rows import DaySource, PositionSource, network_from_rows, number
from amity.formats.records import FilePath
from amity.model import Actor
from amity.network import Network
from amity.network.records import Weight

_TOKEN = re.compile(r'"([^"]*)"|\'([^\']*)\'|([^\s,=:"\']+(?:\'[^\s,=:"\']+)*)|([=:])')
MAX_ACTORS = 20_000


def write_ucinet(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
) -> list[Path]:
    """
    Return the path of a UCINET DL file with one matrix of support and one of opposition.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions, layout, dates : optional
        Not used: DL holds matrices only.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    ``format = fullmatrix``, row = holder, column = target. Double quotes in names become single ones.
    """
    labels = [label.replace('"', "'") for label in unique_labels(network.actors)]
    lines = [f"dl n = {network.n}, nm = 2, format = fullmatrix", "labels:"]
    lines += [f'"{label}"' for label in labels]
    lines += ["matrix labels:", '"support"', '"opposition"', "data:"]
    kinds: tuple[Weight, Weight] = ("support", "opposition")
    for weight in kinds:
        matrix = network.adjacency(weight).tolil()
        for row in range(network.n):
            cells = ["0"] * network.n
            for column, value in zip(matrix.rows[row], matrix.data[row], strict=True):
                cells[column] = repr(float(value))
            lines.append(" ".join(cells))
        lines.append("")
    return [write_text(path, "\n".join(lines))]


@dataclass
class _Head:
    """What stands before the data of a DL file."""

    values: dict[str, str] = field(default_factory=dict)
    labels: list[str] = field(default_factory=list)
    matrix_labels: list[str] = field(default_factory=list)
    embedded: bool = False
    data: str = ""


def read_ucinet(path: FilePath) -> Network:
    """
    Return the network of a UCINET DL file.

    Parameters
    ----------
    path : path
        Full matrix, edge list (``edgelist1``) or node list (``nodelist1``), square, with or without labels.

    Returns
    -------
    Network
        Matrices called support and opposition are those; any other matrix counts by the sign of its cells.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If it is not DL, is two-mode, or its numbers do not fit the number of actors.
    """
    head = _read_head(read_text(path), str(path))
    form = head.values.get("format", "fullmatrix").lower()
    rows = head.values.get("nr", head.values.get("n", ""))
    if rows != head.values.get("nc", rows):
        raise InvalidRecord(
            f"{path} has {rows} rows and {head.values.get('nc')} columns; a network of actors is square"
        )
    n = int(number(rows or len(head.labels), str(path)))
    if not 0 <= n <= MAX_ACTORS:
        raise InvalidRecord(f"{path} states {n} actors; from 0 to {MAX_ACTORS} are read")
    if form == "fullmatrix":
        return _full_matrix(head, n, str(path))
    if form in ("edgelist1", "edgelist", "nodelist1", "nodelist"):
        return _lists(head, n, form, str(path))
    raise InvalidRecord(f"{path} has the format {form!r}; fullmatrix, edgelist1 and nodelist1 are read")


def _read_head(text: str, place: str) -> _Head:
    if not text.lstrip().lower().startswith("dl"):
        raise InvalidRecord(f"{place} does not begin with DL; it is no UCINET DL file")
    before, mark, data = _split_data(text)
    if not mark:
        raise InvalidRecord(f"{place} has no 'data:' line")
    head = _Head(data=data)
    tokens = [a or b or c or d for a, b, c, d in _TOKEN.findall(before.lstrip()[2:])]
    place_in, section = 0, ""
    while place_in < len(tokens):
        token = tokens[place_in].lower()
        following = tokens[place_in + 1] if place_in + 1 < len(tokens) else ""
        if following == "=" and place_in + 2 < len(tokens):
            head.values[token] = tokens[place_in + 2]
            place_in += 3
            continue
        if token == "labels" and following == ":":
            previous = tokens[place_in - 1].lower() if place_in else ""
            if section in ("labels", "matrix") and previous in ("matrix", "row", "col", "column", "level"):
                _drop_last(head, section)
            section = (
                "matrix"
                if previous in ("matrix", "level")
                else "skip"
                if previous in ("col", "column")
                else "labels"
            )
            place_in += 2
            continue
        if token == "labels" and following.lower() == "embedded":
            head.embedded, section = True, ""
            place_in += 2
            continue
        if section == "labels":
            head.labels.append(tokens[place_in])
        elif section == "matrix":
            head.matrix_labels.append(tokens[place_in])
        place_in += 1
    return head


def _drop_last(head: _Head, section: str) -> None:
    """Take back the word before ``labels:``, which was read as a label."""
    listed = head.labels if section == "labels" else head.matrix_labels
    if listed:
        listed.pop()


def _split_data(text: str) -> tuple[str, str, str]:
    match = re.search(r"^[ \t]*data[ \t]*:", text, re.IGNORECASE | re.MULTILINE)
    if match is None:
        return text, "", ""
    return text[: match.start()], match.group(), text[match.end() :]


def _full_matrix(head: _Head, n: int, place: str) -> Network:
    tokens = [a or b or c for a, b, c, _ in _TOKEN.findall(head.data)]
    matrices = int(number(head.values.get("nm", 1), place))
    names = head.labels
    if head.embedded:
        if matrices != 1:
            raise InvalidRecord(f"{place}: embedded labels with several matrices are not read")
        names, tokens = _embedded(tokens, n, place)
    if len(tokens) != matrices * n * n:
        raise InvalidRecord(
            f"{place} holds {len(tokens)} numbers; {matrices} matrices of {n} x {n} need {matrices * n * n}"
        )
    ids = _ids(names, n, place)
    edges = []
    for matrix in range(matrices):
        label = head.matrix_labels[matrix].lower() if matrix < len(head.matrix_labels) else ""
        for row in range(n):
            for column in range(n):
                value = number(tokens[(matrix * n + row) * n + column], f"{place}, row {row + 1}")
                if value:
                    sign = {"support": 1, "opposition": -1}.get(label)
                    values = {"weight": value} if sign is None else {"weight": value, "sign": sign}
                    edges.append((ids[row], ids[column], values, place))
    return network_from_rows((Actor(each, each) for each in ids), edges)


def _embedded(tokens: list[str], n: int, place: str) -> tuple[list[str], list[str]]:
    if len(tokens) != n + n * (n + 1):
        raise InvalidRecord(
            f"{place}: {len(tokens)} cells; a labelled matrix of {n} actors has {n + n * (n + 1)}"
        )
    names, numbers = tokens[:n], []
    for row in range(n):
        start = n + row * (n + 1)
        numbers.extend(tokens[start + 1 : start + n + 1])
    return names, numbers


def _ids(names: list[str], n: int, place: str) -> list[str]:
    if names and len(names) != n:
        raise InvalidRecord(f"{place} has {len(names)} labels for {n} actors")
    ids = names or [str(place_of + 1) for place_of in range(n)]
    if len(set(ids)) != len(ids):
        raise InvalidRecord(f"{place} gives the same label twice; actors need labels of their own")
    return [each if each.strip() else str(i + 1) for i, each in enumerate(ids)]


def _lists(head: _Head, n: int, form: str, place: str) -> Network:
    ids = _ids(head.labels, n, place) if not head.embedded else []

    def named(token: str) -> str:
        if head.embedded:
            return token
        index = int(number(token, place))
        if not 1 <= index <= n:
            raise InvalidRecord(f"{place}: actor {index} is not one of the {n} declared")
        return ids[index - 1]

    edges: list[tuple[str, str, dict[str, Any], str]] = []
    for line in head.data.splitlines():
        tokens = [a or b or c for a, b, c, _ in _TOKEN.findall(line)]
        if not tokens:
            continue
        if form.startswith("nodelist"):
            edges.extend((named(tokens[0]), named(other), {}, place) for other in tokens[1:])
        elif len(tokens) >= 2:
            values = {"weight": tokens[2]} if len(tokens) > 2 else {}
            edges.append((named(tokens[0]), named(tokens[1]), values, place))
        else:
            raise InvalidRecord(f"{place}: {line.strip()!r} is no edge")
    return network_from_rows((Actor(each, each) for each in ids), edges)
