"""Counts of statements: by value and level, and in three modes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.network.columns import NumberColumn, TextColumn, label_key
from amity.network.discourse import LabelledMatrix
from amity.network.discourse_options import DiscourseOptions
from amity.network.durations import to_datetime
from amity.network.selection import select_statements
from amity.network.statements import StatementTable


def level_counts(
    table: StatementTable, variable: str, *, options: DiscourseOptions | None = None, **settings: Any
) -> LabelledMatrix:
    """
    Return how many statements each value of a variable has at each level of the qualifier.

    Parameters
    ----------
    table : StatementTable
        Statements.
    variable : str
        Whose values make the rows.
    options : DiscourseOptions or None
        Period, filters, qualifier; duplicates within documents count once unless said otherwise.
    **settings
        Fields of `DiscourseOptions` that differ from `options`.

    Returns
    -------
    LabelledMatrix
        Columns are the levels: 0 and 1 for truth values; observed numbers, ascending; sorted texts; one column
        ``all`` without a qualifier.
    """
    base = options or DiscourseOptions(duplicates="document")
    qualifier = settings.get("qualifier", base.qualifier)
    second = f"{variable} as rows"
    wide = replace(table, variables={**table.variables, second: table.text(variable)})
    fixed = {
        "kind": "two-mode",
        "variable1": variable,
        "variable2": second,
        "aggregation": "subtract" if qualifier else "ignore",
        "normalization": "none",
    }
    chosen = replace(base, **{**settings, **fixed})
    selection = select_statements(wide, chosen)
    column = table.text(variable)
    codes = column.codes[selection.rows]
    occurs, places = np.unique(codes, return_inverse=True)
    names, level = _levels(table, qualifier, selection.rows)
    flat = np.bincount(places * len(names) + level, minlength=len(occurs) * len(names)).astype(np.float64)
    first, last = selection.first, selection.last
    middle = None if first is None or last is None else first + (last - first) // 2
    start, centre, stop = (None if each is None else to_datetime(each) for each in (first, middle, last))
    return LabelledMatrix(
        start,
        centre,
        stop,
        len(codes),
        tuple(column.labels[code] for code in occurs.tolist()),
        names,
        flat.reshape(len(occurs), len(names)),
    )


def _levels(
    table: StatementTable, qualifier: str | None, rows: NDArray[np.int64]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    if qualifier is None:
        return ("all",), np.zeros(len(rows), dtype=np.int64)
    column = table.column(qualifier)
    if isinstance(column, NumberColumn):
        values = column.values[rows]
        distinct = np.array([0, 1]) if column.kind == "boolean" else np.unique(values)
        return tuple(str(each) for each in distinct.tolist()), np.searchsorted(distinct, values).astype(
            np.int64
        )
    found, level = np.unique(column.codes[rows], return_inverse=True)
    return tuple(column.labels[code] for code in found.tolist()), level.astype(np.int64)


@dataclass(frozen=True, slots=True, eq=False)
class ThreeModeTable:
    """
    Counts of statements by three variables.

    Parameters
    ----------
    names : tuple of str
        The variables.
    labels : tuple of tuple of str
        Their values, sorted by UTF-16 code unit.
    places : int64 array of shape (c, 3)
        The cells with a statement, sorted: an index into each variable's labels.
    levels : tuple of str
        Levels of the qualifier.
    counts : float64 array of shape (c, k)
        Statements of each cell at each level.
    """

    names: tuple[str, str, str]
    labels: tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]
    places: NDArray[np.int64]
    levels: tuple[str, ...]
    counts: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.places)

    @property
    def rows(self) -> Iterator[tuple[str, ...]]:
        """The cells as labels."""
        for place in self.places.tolist():
            yield tuple(labels[at] for labels, at in zip(self.labels, place, strict=True))

    def dense(self) -> NDArray[np.float64]:
        """
        Return the counts as one array.

        Returns
        -------
        float64 array
            Of shape (first, second, third variable, levels).
        """
        shape = tuple(len(labels) for labels in self.labels)
        cube = np.zeros((*shape, len(self.levels)))
        cube[tuple(self.places.T)] = self.counts
        return cube


def three_mode_table(
    table: StatementTable,
    *,
    variables: tuple[str, str, str] = ("holder", "target", "concept"),
    qualifier: str | None = None,
    options: DiscourseOptions | None = None,
) -> ThreeModeTable:
    """
    Return counts of statements by three variables, such as holder, target and concept.

    Parameters
    ----------
    table : StatementTable
        Statements; those of positions with their targets come from ``statements_of(columns, targets=True)``.
    variables : tuple of str
        Three variables.
    qualifier : str or None
        Variable whose levels are counted apart.
    options : DiscourseOptions or None
        Period, filters and duplicates; its own variables and qualifier are not looked at.

    Returns
    -------
    ThreeModeTable
        Statements that lack one of the three values, or the qualifier's, are left out.

    Notes
    -----
    Summing over the third variable gives the two-mode counts of the statements that have it.
    """
    third = variables[2] if qualifier is None else f"{variables[2]} × {qualifier}"
    wide = table if qualifier is None else _crossed(table, variables[2], qualifier, third)
    chosen = replace(
        options or DiscourseOptions(),
        variable1=variables[0],
        variable2=variables[1],
        qualifier=third,
        aggregation="subtract",
        normalization="none",
        kind="two-mode",
    )
    rows = select_statements(wide, chosen).rows
    names, level = _levels(table, qualifier, rows)
    indexed = [_compact(table.text(name), rows) for name in variables]
    cells, places = np.unique(np.stack([codes for _, codes in indexed], axis=1), axis=0, return_inverse=True)
    flat = np.bincount(places.ravel() * len(names) + level, minlength=len(cells) * len(names))
    return ThreeModeTable(
        variables,
        (indexed[0][0], indexed[1][0], indexed[2][0]),
        cells.astype(np.int64),
        names,
        flat.reshape(len(cells), len(names)).astype(np.float64),
    )


def _compact(column: TextColumn, rows: NDArray[np.int64]) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    found, places = np.unique(column.codes[rows], return_inverse=True)
    return tuple(column.labels[code] for code in found.tolist()), places.astype(np.int64)


def _crossed(table: StatementTable, left: str, right: str, name: str) -> StatementTable:
    """A table with the pairs of two variables as one, empty where either is."""
    first, second = table.text(left), table.text(right)
    pair = first.codes.astype(np.int64) * len(second.labels) + second.codes
    found, places = np.unique(pair, return_inverse=True)
    labels = []
    for code in found.tolist():
        one, two = first.labels[code // len(second.labels)], second.labels[code % len(second.labels)]
        labels.append(f"{one}\x1f{two}" if one and two else "")
    order: dict[str, int] = {}
    becomes = np.array([order.setdefault(label, len(order)) for label in labels] or [0], dtype=np.int32)
    ranked = sorted(order, key=label_key)
    rank = np.empty(len(order) + 1, dtype=np.int32)
    rank[[order[label] for label in ranked]] = np.arange(len(ranked), dtype=np.int32)
    column = TextColumn(rank[becomes[places]], tuple(ranked))
    return replace(table, variables={**table.variables, name: column})
