"""Pajek .net files."""

import re
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import read_text, write_text
from amity.formats.labels import unique_labels
from amity.formats.network_rows import DaySource, PositionSource, edge_rows, network_from_rows
from amity.formats.records import FilePath
from amity.model import Actor
from amity.network import Network

_TOKEN = re.compile(r'"([^"]*)"|(\S+)')
_COLOURS = {"support": "Blue", "opposition": "Red"}
MAX_VERTICES = 10_000_000


def write_pajek(
    network: Network,
    path: FilePath,
    *,
    positions: PositionSource | None = None,
    layout: Mapping[str, tuple[float, float]] | None = None,
    dates: DaySource | None = None,
    signed_values: bool = False,
) -> list[Path]:
    """
    Return the path of a Pajek file.

    Parameters
    ----------
    network : Network
        The network.
    path : path
        Where to write.
    positions : optional
        Not used: a Pajek line has no place for it.
    layout : mapping, optional
        Actor id to coordinates; scaled to Pajek's unit square.
    dates : optional
        Not used, as `positions`.
    signed_values : bool
        Whether opposition is written as a negative line value, Pajek's own way with signed networks; else every
        value is positive and the line's label says ``support`` or ``opposition``.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    An edge with both support and opposition becomes two arcs. Double quotes in names become single ones.
    """
    labels = unique_labels(network.actors)
    places = _unit_square(network, layout or {})
    lines = [f"*Vertices {network.n}"]
    for number, (actor, label) in enumerate(zip(network.actors, labels, strict=True), 1):
        x, y = places.get(actor.id, (None, None))
        at = f" {x:.6f} {y:.6f} 0.5" if x is not None else ""
        lines.append(f"{number} {_quoted(label)}{at}")
    lines.append("*Arcs")
    for row in edge_rows(network):
        a, b = network.index[row.source] + 1, network.index[row.target] + 1
        for kind, weight in (("support", row.support), ("opposition", row.opposition)):
            if weight:
                value = -weight if signed_values and kind == "opposition" else weight
                lines.append(f"{a} {b} {value!r} l {kind} c {_COLOURS[kind]}")
    return [write_text(path, "\n".join(lines) + "\n")]


def _quoted(label: str) -> str:
    return '"' + label.replace('"', "'") + '"'


def _unit_square(
    network: Network, layout: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    placed = {actor.id: layout[actor.id] for actor in network.actors if actor.id in layout}
    if not placed:
        return {}
    xs, ys = [x for x, _ in placed.values()], [y for _, y in placed.values()]
    span = max(max(xs) - min(xs), max(ys) - min(ys)) or 1.0
    return {
        key: (0.05 + 0.9 * (x - min(xs)) / span, 0.05 + 0.9 * (y - min(ys)) / span)
        for key, (x, y) in placed.items()
    }


def read_pajek(path: FilePath) -> Network:
    """
    Return the network of a Pajek file.

    Parameters
    ----------
    path : path
        A ``.net`` file with vertices and arcs, edges, their lists, or a matrix.

    Returns
    -------
    Network
        Actor ids are the labels (numbers where a vertex has none, or several have the same); edges are taken both ways, a negative line value is
        opposition, and so is a positive one whose label says so.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If a line breaks the form.
    """
    reader = _Reader(str(path))
    for number, line in enumerate(read_text(path).splitlines(), 1):
        stripped = line.strip()
        if stripped and not stripped.startswith("%"):
            reader.take(f"{path}, line {number}", stripped)
    return reader.network()


class _Reader:
    """Takes a Pajek file line by line."""

    def __init__(self, place: str) -> None:
        self.place = place
        self.section, self.relation = "", ""
        self.count = 0
        self.names: dict[int, str] = {}
        self.edges: list[tuple[int, int, dict[str, Any], str]] = []
        self.row = 0

    def take(self, place: str, line: str) -> None:
        tokens = [a or b for a, b in _TOKEN.findall(line)]
        if line.startswith("*"):
            self.section, self.row = tokens[0].lower(), 0
            self.relation = tokens[-1] if len(tokens) > 2 else ""
            if self.section == "*vertices":
                self.count = self.integer(tokens[1] if len(tokens) > 1 else "", place)
                if self.count > MAX_VERTICES:
                    raise InvalidRecord(f"{place}: {self.count} vertices; at most {MAX_VERTICES} are read")
            return
        if self.section == "*vertices":
            number = self.vertex(tokens[0], place)
            self.names[number] = tokens[1] if len(tokens) > 1 else str(number)
        elif self.section in ("*arcs", "*edges"):
            self.line(tokens, place)
        elif self.section in ("*arcslist", "*edgeslist"):
            first = self.vertex(tokens[0], place)
            for other in tokens[1:]:
                self.add(first, self.vertex(other, place), {}, place, both=self.section == "*edgeslist")
        elif self.section == "*matrix":
            self.row += 1
            self.vertex(str(self.row), place)
            for column, value in enumerate(tokens, 1):
                if value not in ("0", "0.0", "."):
                    self.add(self.row, self.vertex(str(column), place), {"weight": value}, place)
        elif not self.section:
            raise InvalidRecord(f"{place}: expected *Vertices first, as Pajek's .net files begin")

    def line(self, tokens: list[str], place: str) -> None:
        if len(tokens) < 2:
            raise InvalidRecord(f"{place}: a line needs two vertices; found {' '.join(tokens)!r}")
        values: dict[str, Any] = {"weight": tokens[2] if len(tokens) > 2 else "1"}
        label = self.relation
        for key, value in pairwise(tokens[3:]):
            if key == "l":
                label = value
        if label.lower() in ("support", "opposition"):
            sign = 1 if label.lower() == "support" else -1
            values = {"weight": values["weight"], "sign": sign}
        ends = self.vertex(tokens[0], place), self.vertex(tokens[1], place)
        self.add(*ends, values, place, both=self.section == "*edges")

    def add(self, a: int, b: int, values: dict[str, Any], place: str, *, both: bool = False) -> None:
        self.edges.append((a, b, values, place))
        if both and a != b:
            self.edges.append((b, a, values, place))

    def integer(self, text: str, place: str) -> int:
        try:
            return int(text)
        except ValueError as error:
            raise InvalidRecord(f"{place}: expected a number, found {text!r}") from error

    def vertex(self, text: str, place: str) -> int:
        number = self.integer(text, place)
        if not 1 <= number <= self.count:
            raise InvalidRecord(f"{place}: vertex {number} is not one of the {self.count} declared")
        return number

    def network(self) -> Network:
        if self.section == "":
            raise InvalidRecord(f"{self.place} holds no *Vertices; it is no Pajek file")
        ids: dict[int, str] = {}
        taken: set[str] = set()
        for number in range(1, self.count + 1):
            name = self.names.get(number, str(number)) or str(number)
            ids[number] = name if name not in taken and name.strip() else f"{name} [{number}]"
            taken.add(ids[number])
        actors = (Actor(ids[number], ids[number]) for number in ids)
        return network_from_rows(actors, self._named(ids))

    def _named(self, ids: Mapping[int, str]) -> Iterator[tuple[str, str, Mapping[str, Any], str]]:
        for a, b, values, place in self.edges:
            yield ids[a], ids[b], values, place
