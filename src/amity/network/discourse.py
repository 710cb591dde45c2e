"""Discourse networks: actors and concepts, or actors related through concepts, whole or in windows."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from amity.network.aggregation import Counts, Levels, count_statements, one_mode_matrix, two_mode_matrix
from amity.network.columns import NumberColumn, TextColumn
from amity.network.discourse_options import DiscourseOptions
from amity.network.durations import to_datetime
from amity.network.moving_windows import Windows, kernel_weights, plan_windows
from amity.network.selection import Selection, needs_levels, select_statements
from amity.network.statements import StatementTable


@dataclass(frozen=True, slots=True, eq=False)
class LabelledMatrix:
    """
    One network as a matrix with labels.

    Parameters
    ----------
    start, middle, stop : datetime or None
        The period or window in UTC; start and stop are the first and last moment inside. None where no
        statement has a date.
    n : int
        Number of statements.
    rows, columns : tuple of str
        Labels, sorted by UTF-16 code unit (for letters of most languages: by code point).
    matrix : float64 array of shape (rows, columns)
        The cells.
    """

    start: datetime | None
    middle: datetime | None
    stop: datetime | None
    n: int
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    matrix: NDArray[np.float64]

    def to_json(self) -> dict[str, Any]:
        """
        Return the network as a JSON object.

        Returns
        -------
        dict
            Keys start, middle, stop (ISO moments in UTC without zone), n, rows, columns, matrix.
        """
        moments = {
            name: None if moment is None else moment.replace(tzinfo=None).isoformat(timespec="seconds")
            for name, moment in (("start", self.start), ("middle", self.middle), ("stop", self.stop))
        }
        return {
            **moments,
            "n": self.n,
            "rows": list(self.rows),
            "columns": list(self.columns),
            "matrix": self.matrix.tolist(),
        }


class MatrixSeries(Sequence[LabelledMatrix]):
    """
    Networks in the order of time, each computed when it is asked for.

    Parameters
    ----------
    table : StatementTable
        Statements.
    options : DiscourseOptions
        How networks are made.
    """

    def __init__(self, table: StatementTable, options: DiscourseOptions) -> None:
        self.options = options
        self.selection: Selection = select_statements(table, options)
        rows = self.selection.rows
        self._method = _in_force(options)
        self._time = table.time[rows]
        stays = options.isolates or options.kernel != "none"
        self._row = _Axis(
            table.text(options.variable1), self.selection, fixed=stays, isolates=options.isolates
        )
        self._column = _Axis(
            table.text(options.variable2),
            self.selection,
            fixed=stays and options.kind == "two-mode",
            isolates=options.isolates,
        )
        self._levels, self._level = _levels(table, self.selection, options)
        self._windows: Windows | None = None
        if options.window is not None:
            self._windows = plan_windows(self._time, self.selection.first, self.selection.last, options)
        self._overall: Counts | None = None

    def __len__(self) -> int:
        return 1 if self._windows is None else len(self._windows)

    @overload
    def __getitem__(self, place: int) -> LabelledMatrix: ...

    @overload
    def __getitem__(self, place: slice) -> list[LabelledMatrix]: ...

    def __getitem__(self, place: int | slice) -> LabelledMatrix | list[LabelledMatrix]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        if not -len(self) <= place < len(self):
            raise IndexError(f"there are {len(self)} networks; {place} is none of them")
        place %= len(self)
        if self._windows is None:
            first, last = self.selection.first, self.selection.last
            middle = None if first is None or last is None else first + (last - first) // 2
            return self._network((first, middle, last), 0, len(self._time))
        windows = self._windows
        limits = int(windows.start[place]), int(windows.middle[place]), int(windows.stop[place])
        return self._network(limits, int(windows.low[place]), int(windows.high[place]))

    def _network(
        self, limits: tuple[int | None, int | None, int | None], low: int, high: int
    ) -> LabelledMatrix:
        moments = [None if each is None else to_datetime(each) for each in limits]
        rows, row = self._row.within(low, high)
        columns, column = self._column.within(low, high)
        weights = None
        duration = self.options.duration
        if self.options.kernel != "none" and duration is not None and limits[1] is not None:
            weights = kernel_weights(self._time[low:high], limits[1], duration, self.options)
        shape = len(rows), len(columns)
        counts = count_statements(row, column, self._level[low:high], shape, self._levels, weights)
        if self.options.kind == "two-mode":
            matrix = two_mode_matrix(counts, self._method)
        else:
            matrix = one_mode_matrix(counts, self._method, self._whole())
            columns = rows
        return LabelledMatrix(moments[0], moments[1], moments[2], high - low, rows, columns, matrix)

    def counts(self) -> tuple[tuple[str, ...], tuple[str, ...], Counts]:
        """
        Return the counts of the whole period that the formulas work on.

        Returns
        -------
        rows, columns : tuple of str
            Values of the two variables.
        counts : Counts
            Statements by row, column and level.
        """
        rows, row = self._row.within(0, len(self._time))
        columns, column = self._column.within(0, len(self._time))
        return (
            rows,
            columns,
            count_statements(row, column, self._level, (len(rows), len(columns)), self._levels),
        )

    def _whole(self) -> Counts | None:
        """Counts of all statements, which DNA's normalisation of kernel networks divides by."""
        method = self._method
        if not (method.dna and method.kernel != "none" and method.normalization != "none"):
            return None
        if self._overall is None:
            n = len(self._time)
            rows, row = self._row.within(0, n)
            columns, column = self._column.within(0, n)
            self._overall = count_statements(
                row, column, self._level, (len(rows), len(columns)), self._levels
            )
        return self._overall


class _Axis:
    """Labels and places of one variable, fixed for all windows or compact in each."""

    def __init__(self, column: TextColumn, selection: Selection, *, fixed: bool, isolates: bool) -> None:
        codes = column.codes[selection.rows]
        source = column.codes[selection.original] if isolates else codes
        occurs = np.zeros(len(column.labels) + 1, dtype=np.bool_)
        occurs[source] = True
        occurs = occurs[:-1] & np.array([label != "" for label in column.labels], dtype=np.bool_)
        kept = np.flatnonzero(occurs)
        place = np.zeros(len(column.labels), dtype=np.int64)
        place[kept] = np.arange(len(kept))
        self._places = place[codes]
        self._labels = np.array([column.labels[at] for at in kept.tolist()], dtype=object)
        self._all = tuple(self._labels.tolist())
        self._fixed = fixed

    def within(self, low: int, high: int) -> tuple[tuple[str, ...], NDArray[np.int64]]:
        places = self._places[low:high]
        if self._fixed:
            return self._all, places
        occurs = np.bincount(places, minlength=len(self._all)) > 0
        if occurs.all():
            return self._all, places
        return tuple(self._labels[occurs].tolist()), (np.cumsum(occurs) - 1)[places]


def _in_force(options: DiscourseOptions) -> DiscourseOptions:
    """DNA replaces some settings of kernel networks."""
    if not (options.dna and options.kernel != "none"):
        return options
    aggregation = "subtract" if options.aggregation == "combine" else options.aggregation
    normalization = options.normalization
    if options.kind == "two-mode":
        normalization = "none"
    elif normalization != "none":
        normalization = "average"
    return replace(options, aggregation=aggregation, normalization=normalization)


def _levels(
    table: StatementTable, selection: Selection, options: DiscourseOptions
) -> tuple[Levels, NDArray[np.int64]]:
    """The qualifier's levels and each statement's place among them."""
    rows = selection.rows
    none = Levels("none", np.zeros(1), 0.0), np.zeros(len(rows), dtype=np.int64)
    if options.qualifier is None or not (needs_levels(options) or options.normalization == "jaccard"):
        return none
    if options.aggregation == "ignore":
        distinct, places = np.unique(table.text(options.qualifier).codes[rows], return_inverse=True)
        k = max(len(distinct), 1)
        return Levels("text", np.arange(k, dtype=np.float64), float(k - 1)), places.astype(np.int64)
    column = table.column(options.qualifier)
    if options.dna and options.kernel != "none":
        return _dna_kernel_levels(column, selection, options) or none
    if isinstance(column, TextColumn):
        return _text_levels(column, selection)
    if column.kind == "boolean":
        return Levels("boolean", np.array([0.0, 1.0]), 1.0), column.values[rows]
    values = column.values[selection.original]
    if column.present is not None:
        values = values[column.present[selection.original]]
    distinct = np.unique(values)
    span = float(distinct[-1] - distinct[0]) if len(distinct) else 0.0
    levels = distinct.astype(np.float64) if len(distinct) else np.zeros(1)
    return Levels("integer", levels, span), np.searchsorted(distinct, column.values[rows]).astype(np.int64)


def _text_levels(column: TextColumn, selection: Selection) -> tuple[Levels, NDArray[np.int64]]:
    distinct = np.unique(column.codes[selection.original])
    distinct = (
        distinct[[column.labels[code] != "" for code in distinct.tolist()]] if len(distinct) else distinct
    )
    places = np.searchsorted(distinct, column.codes[selection.rows]).astype(np.int64)
    k = max(len(distinct), 1)
    return Levels("text", np.arange(k, dtype=np.float64), float(k - 1)), places


def _dna_kernel_levels(
    column: TextColumn | NumberColumn, selection: Selection, options: DiscourseOptions
) -> tuple[Levels, NDArray[np.int64]] | None:
    """DNA's levels under a kernel: places in a sort by text stand for values; texts are ignored."""
    if isinstance(column, TextColumn):
        return None
    values = column.values[selection.rows]
    observed = np.unique(column.values[selection.original if options.isolates else selection.rows])
    if column.kind == "boolean":
        if len(observed) == 1 and options.kind == "two-mode":
            values = np.zeros_like(values)
        return Levels("boolean", np.array([0.0, 1.0]), 1.0), values
    ranked = sorted(observed.tolist(), key=str)
    rank = np.empty(len(ranked), dtype=np.int64)
    rank[np.searchsorted(observed, ranked)] = np.arange(len(ranked))
    k = len(ranked)
    return Levels("integer", np.arange(k, dtype=np.float64), float(k - 1)), rank[
        np.searchsorted(observed, values)
    ]


def discourse_network(
    table: StatementTable, *, options: DiscourseOptions | None = None, **settings: Any
) -> MatrixSeries:
    """
    Return the discourse networks that statements make: one, or one a window.

    Parameters
    ----------
    table : StatementTable
        Statements.
    options : DiscourseOptions or None
        How networks are made; without, two-mode organization by concept, qualifier agreement ignored.
    **settings
        Fields of `DiscourseOptions` that differ from `options`, as in ``kind="one-mode"``.

    Returns
    -------
    MatrixSeries
        A sequence of `LabelledMatrix`, one where no window is given; each is computed when it is asked for.

    Raises
    ------
    InvalidValue
        If a setting is not allowed.
    NotFound
        If a variable does not exist.

    Notes
    -----
    Formulas: `two_mode_matrix`, `one_mode_matrix`; windows and kernels: `plan_windows`, `kernel_weights`; order of
    filters: `select_statements`. Labels of isolates come from the statements that the period and the filters on
    documents leave. Without isolates each window has its own labels; kernel networks have those of all
    statements. No statements make a matrix of shape (0, 0).

    References
    ----------
    Leifeld, P. (2017). Discourse network analysis: policy debates as dynamic networks. In: The Oxford Handbook of
    Political Networks. https://doi.org/10.1093/oxfordhb/9780190228217.013.25
    """
    chosen = options or DiscourseOptions()
    return MatrixSeries(table, replace(chosen, **settings) if settings else chosen)
