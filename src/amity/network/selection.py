"""Which statements count: period, filters, missing values, duplicates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.network.columns import Column, NumberColumn
from amity.network.discourse_options import DiscourseOptions, Duplicates
from amity.network.durations import to_seconds
from amity.network.statements import UNDATED, StatementTable

_DAY = 86400
_THURSDAY = 3  # 1970-01-01 was a Thursday, the fourth day of an ISO week


@dataclass(frozen=True, slots=True, eq=False)
class Selection:
    """
    The statements that a network is made from.

    Parameters
    ----------
    original : int64 array
        Rows inside the period that pass the filters on documents; labels of isolates come from these.
    rows : int64 array
        Rows of `original` that pass every filter, duplicates removed.
    first, last : int or None
        The period in seconds since 1970, both inclusive; None where nothing has a date.
    """

    original: NDArray[np.int64]
    rows: NDArray[np.int64]
    first: int | None
    last: int | None


def select_statements(table: StatementTable, options: DiscourseOptions) -> Selection:
    """
    Return the statements that count.

    Parameters
    ----------
    table : StatementTable
        All statements.
    options : DiscourseOptions
        Period, filters, variables and duplicates.

    Returns
    -------
    Selection
        In the table's order.

    Raises
    ------
    NotFound
        If a variable does not exist.

    Notes
    -----
    In this order: the period and filters on documents; filters on variables of statements (several together
    must all pass); empty values of the two variables and, unless it is ignored, of the qualifier; duplicates.
    Undated statements count only where neither `since` nor `until` is given.
    """
    first = table.first if options.since is None else to_seconds(options.since)
    last = table.last if options.until is None else to_seconds(options.until, end=True)
    keep = np.ones(len(table), dtype=np.bool_)
    if options.since is not None and first is not None:
        keep &= table.time >= first
    if options.until is not None and last is not None:
        keep &= (table.time <= last) & (table.time != UNDATED)
    filters = [(options.exclude, False), (options.include, True)]
    _filter(keep, table, filters, of_document=True)
    original = np.flatnonzero(keep)
    _filter(keep, table, filters, of_document=False)
    for name in (options.variable1, options.variable2):
        keep &= _filled(table.text(name))
    if options.qualifier is not None and needs_levels(options):
        keep &= _filled(table.column(options.qualifier))
    rows = np.flatnonzero(keep)
    if options.duplicates != "include":
        rows = rows[_first_ones(table, options, rows)]
    return Selection(original, rows, first, last)


def needs_levels(options: DiscourseOptions) -> bool:
    """
    Return whether the qualifier's values matter.

    Parameters
    ----------
    options : DiscourseOptions
        Any.

    Returns
    -------
    bool
        False where the qualifier is missing or ignored.
    """
    return options.qualifier is not None and options.aggregation != "ignore"


def _filter(
    keep: NDArray[np.bool_],
    table: StatementTable,
    filters: Iterable[tuple[Mapping[str, Iterable[str]], bool]],
    *,
    of_document: bool,
) -> None:
    for conditions, wanted in filters:
        for name, values in conditions.items():
            if table.of_document(name) != of_document:
                continue
            column = table.text(name)
            chosen = {values} if isinstance(values, str) else {str(value) for value in values}
            listed = np.fromiter((label in chosen for label in column.labels), np.bool_, len(column.labels))
            keep &= listed[column.codes] == wanted


def _filled(column: Column) -> NDArray[np.bool_]:
    if isinstance(column, NumberColumn):
        return np.ones(len(column.values), np.bool_) if column.present is None else column.present
    full = np.fromiter((label != "" for label in column.labels), np.bool_, len(column.labels))
    filled: NDArray[np.bool_] = full[column.codes]
    return filled


def _first_ones(
    table: StatementTable, options: DiscourseOptions, rows: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Places in `rows` of the first statement of each unit and each combination of values."""
    names = [options.variable1, options.variable2]
    if options.qualifier is not None and options.aggregation != "ignore":
        names.append(options.qualifier)
    keys = [table.text(name).codes[rows].astype(np.int64) for name in names]
    keys.append(duplicate_unit(table, rows, options.duplicates, dna=options.dna))
    packed = np.zeros(len(rows), dtype=np.int64)
    for key in keys:
        if not len(key):
            break
        low, high = int(key.min()), int(key.max())
        if (int(packed.max()) + 1) * (high - low + 1) >= 2**62:
            packed = np.unique(packed, return_inverse=True)[1].astype(np.int64)
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
            low, high = 0, int(key.max())
        packed = packed * (high - low + 1) + (key - low)
    return np.sort(np.unique(packed, return_index=True)[1])


def duplicate_unit(
    table: StatementTable, rows: NDArray[np.int64], duplicates: Duplicates, *, dna: bool = False
) -> NDArray[np.int64]:
    """
    Return a number for the unit of each statement within which equal statements are duplicates.

    Parameters
    ----------
    table : StatementTable
        Statements.
    rows : int64 array
        Which of them.
    duplicates : {"document", "week", "month", "year", "range"}
        The unit.
    dna : bool
        Whether weeks and months of different years are the same unit, as in DNA 3.1, with weeks that begin on
        Sunday and the first of which holds the first of January.

    Returns
    -------
    int64 array
        Equal for statements of one unit. Each undated statement is a unit of its own for weeks, months, years.
    """
    if duplicates == "range":
        return np.zeros(len(rows), dtype=np.int64)
    if duplicates == "document":
        return table.document[rows]
    time = table.time[rows]
    dated = time != UNDATED
    day = np.where(dated, time, 0) // _DAY
    moment = day.astype("datetime64[D]")
    year = moment.astype("datetime64[Y]").astype(np.int64)
    if duplicates == "year":
        unit = year
    elif duplicates == "month":
        months = moment.astype("datetime64[M]").astype(np.int64)
        unit = months % 12 if dna else months
    else:
        unit = _sunday_week(day, moment, year) if dna else (day + _THURSDAY) // 7
    alone = -(2**40) - np.arange(len(rows))
    return np.where(dated, unit, alone)


def _sunday_week(
    day: NDArray[np.int64], moment: NDArray[np.datetime64], year: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Number of the week in its week-based year: weeks begin on Sunday, the first one holds 1 January."""
    new_year = moment.astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    next_year = (year + 1).astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    week = (day + 4) // 7
    number = week - (new_year + 4) // 7 + 1
    return np.where(week == (next_year + 4) // 7, 1, number)
