"""What every measure gives back: a frozen record that prints as a table and exports as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from typing import Any

import numpy as np

from amity.errors import NotFound


def to_plain(value: object) -> Any:
    """
    Return a value as JSON can hold it.

    Parameters
    ----------
    value : object
        Numbers, words, dates, numpy arrays, dataclasses, and mappings and sequences of these.

    Returns
    -------
    object
        None, bool, int, float, str, list or dict. Infinities and not-a-number become None, since JSON has
        neither.
    """
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, np.generic | np.ndarray):
        return to_plain(value.tolist())
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return value if np.isfinite(value) else None
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, frozenset | set):
        return [to_plain(item) for item in sorted(value)]
    if isinstance(value, Sequence):
        return [to_plain(item) for item in value]
    return str(value)


def table(headings: Sequence[str], rows: Sequence[Sequence[object]], *, limit: int = 20) -> str:
    """
    Return rows as aligned text.

    Parameters
    ----------
    headings : sequence of str
        Column headings.
    rows : sequence of sequences
        One entry a heading; numbers stand to the right.
    limit : int
        Rows shown; a last line says how many are left.

    Returns
    -------
    str
        Lines without trailing spaces.
    """
    shown = [[_cell(value) for value in row] for row in rows[:limit]]
    widths = [
        max([len(heading), *(len(row[column]) for row in shown)]) for column, heading in enumerate(headings)
    ]
    numeric = [
        all(isinstance(row[column], int | float | np.number) for row in rows[:limit])
        for column in range(len(headings))
    ]

    def line(cells: Sequence[str]) -> str:
        parts = [
            cell.rjust(width) if right and rows else cell.ljust(width)
            for cell, width, right in zip(cells, widths, numeric, strict=True)
        ]
        return "  ".join(parts).rstrip()

    lines = [line(headings), *(line(row) for row in shown)]
    if len(rows) > limit:
        lines.append(f"... and {len(rows) - limit} more")
    return "\n".join(lines)


def _summary(value: object) -> object:
    if isinstance(value, np.ndarray):
        return f"array of shape {value.shape}"
    if isinstance(value, Mapping):
        if len(value) > 8 or not all(_is_scalar(item) for item in value.values()):
            return f"{len(value)} entries"
        return ", ".join(f"{key} {_cell(item)}" for key, item in value.items()) or "none"
    if isinstance(value, tuple | list) and (len(value) > 6 or not all(map(_is_scalar, value))):
        return f"{len(value)} entries"
    return value


def _is_scalar(value: object) -> bool:
    return value is None or isinstance(value, int | float | str | np.number)


def _cell(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return f"{float(value):.4g}"
    if isinstance(value, tuple | list):
        return ", ".join(_cell(item) for item in value)
    return str(value)


@dataclass(frozen=True, slots=True)
class Tie:
    """
    One tie in words.

    Parameters
    ----------
    source, target : str
        Labels of its ends; an undirected tie has them in the order of the graph.
    weight : float
        Signed.
    """

    source: str
    target: str
    weight: float


class Result:
    """
    Base of the records that measures give back.

    Notes
    -----
    Subclasses are frozen dataclasses. `str` gives a readable table, `to_json` everything.
    """

    def to_json(self) -> dict[str, Any]:
        """
        Return every field, ready for `json.dumps`.

        Returns
        -------
        dict
            Field name to value; arrays as lists, dates in ISO 8601, infinities and NaN as None.
        """
        plain = to_plain(self)
        return plain if isinstance(plain, dict) else {}

    def rows(self) -> list[tuple[object, ...]]:
        """
        Return the result as rows of two: what, and the value.

        Returns
        -------
        list of tuple
            Scalars only; longer parts are counted.
        """
        found: list[tuple[object, ...]] = []
        if not is_dataclass(self):
            return found
        for field in fields(self):
            value = _summary(getattr(self, field.name))
            found.append((field.name, value))
        return found

    def __str__(self) -> str:
        return table([type(self).__name__, ""], self.rows(), limit=60)


@dataclass(frozen=True)
class NodeTable(Result):
    """
    Some numbers for each node.

    Parameters
    ----------
    name : str
        The measure.
    nodes : tuple of str
        Labels.
    columns : mapping of str to tuple of float
        Column name to one number a node, in the order of `nodes`.
    settings : mapping
        Options as used.
    """

    name: str
    nodes: tuple[str, ...]
    columns: Mapping[str, tuple[float, ...]]
    settings: Mapping[str, Any]

    def column(self, name: str) -> dict[str, float]:
        """
        Return one column by node.

        Parameters
        ----------
        name : str
            Column name.

        Returns
        -------
        dict of str to float
            In the order of `nodes`.

        Raises
        ------
        NotFound
            If there is no such column.
        """
        if name not in self.columns:
            raise NotFound(f"{self.name} has no column {name!r}; it has {', '.join(self.columns)}")
        return dict(zip(self.nodes, self.columns[name], strict=True))

    def __str__(self) -> str:
        rows = list(zip(self.nodes, *self.columns.values(), strict=True))
        return f"{self.name}: {len(self.nodes)} nodes\n" + table(["node", *self.columns], rows)


def node_table(
    name: str, nodes: Sequence[str], columns: Mapping[str, Any], settings: Mapping[str, Any] | None = None
) -> NodeTable:
    """
    Return a node table made from arrays.

    Parameters
    ----------
    name : str
        The measure.
    nodes : sequence of str
        Labels.
    columns : mapping of str to array of shape (n,)
        Numbers.
    settings : mapping, optional
        Options as used.

    Returns
    -------
    NodeTable
        With plain numbers.
    """
    plain = {key: tuple(np.asarray(values).tolist()) for key, values in columns.items()}
    return NodeTable(name, tuple(nodes), plain, settings or {})
