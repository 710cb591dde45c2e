"""Statements as columns: what discourse networks are made of."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidRecord, InvalidValue, NotFound
from amity.network.columns import (
    Column,
    Kind,
    NumberColumn,
    TextColumn,
    guess_column,
    is_whole,
    number_column,
    sorted_column,
    taken,
    text_column,
)
from amity.network.durations import to_seconds

UNDATED = int(np.iinfo(np.int64).min)
"""The time of a statement without a date."""

DOCUMENT_FIELDS = ("id", "title", "author", "source", "section", "type")
"""Document-level variables; each may be a node variable or a qualifier."""


@dataclass(frozen=True, slots=True, eq=False)
class StatementTable:
    """
    Statements in the order of their time, document, place in the document and number.

    Parameters
    ----------
    time : int64 array of shape (n,)
        Seconds since 1970 in UTC; `UNDATED` for none.
    document : int64 array of shape (n,)
        A number for each document; equal for statements of the same document.
    statement : int64 array of shape (n,)
        Numbers of the statements, as given.
    variables : mapping of str to Column
        Variables of statements.
    document_variables : mapping of str to Column
        Variables of documents, one entry a statement.
    first, last : int or None
        Earliest and latest moment of the documents, also of those without a statement; None if there is none.
    """

    time: NDArray[np.int64]
    document: NDArray[np.int64]
    statement: NDArray[np.int64]
    variables: Mapping[str, Column]
    document_variables: Mapping[str, Column] = field(default_factory=dict)
    first: int | None = None
    last: int | None = None

    def __len__(self) -> int:
        return len(self.time)

    def column(self, name: str) -> Column:
        """
        Return a column by its name.

        Parameters
        ----------
        name : str
            A variable of statements, else of documents; ``document.author`` always means the document's.

        Returns
        -------
        Column
            Its values.

        Raises
        ------
        NotFound
            If there is none.
        """
        if name in self.variables:
            return self.variables[name]
        bare = name.removeprefix("document.").removeprefix("document_")
        if bare in self.document_variables:
            return self.document_variables[bare]
        known = ", ".join([*self.variables, *self.document_variables])
        raise NotFound(f"there is no variable {name!r}; there are: {known or 'none'}")

    def of_document(self, name: str) -> bool:
        """
        Return whether a variable belongs to documents.

        Parameters
        ----------
        name : str
            As in `column`.

        Returns
        -------
        bool
            False for variables of statements.
        """
        self.column(name)
        return name not in self.variables

    def text(self, name: str) -> TextColumn:
        """
        Return a column as texts.

        Parameters
        ----------
        name : str
            As in `column`.

        Returns
        -------
        TextColumn
            Numbers are written out, truth values as 0 and 1, missing ones are empty.
        """
        column = self.column(name)
        if isinstance(column, TextColumn):
            return column
        values = column.values
        distinct, inverse = np.unique(values, return_inverse=True)
        names = [str(each) for each in distinct.tolist()]
        codes: NDArray[np.int32] = inverse.astype(np.int32)
        if column.present is not None and not column.present.all():
            codes = np.where(column.present, codes, len(names)).astype(np.int32)
            names.append("")
        return sorted_column(codes, names)


_TIME = ("time", "date", "datetime", "date_time")
_NUMBERS = {
    "start": ("start", "start_position"),
    "stop": ("stop", "end", "stop_position"),
    "statement": ("statement_id", "id", "statement"),
}


def statement_table(
    data: Iterable[Mapping[str, Any]] | Mapping[str, Sequence[Any]] | Any,
    *,
    kinds: Mapping[str, Kind] | None = None,
    period: tuple[object, object] | None = None,
) -> StatementTable:
    """
    Return statements from rows, columns or a data frame.

    Parameters
    ----------
    data : iterable of mappings, mapping of str to sequence, or pandas or polars frame
        ``time`` (also ``date``, ``datetime``) is an ISO date or moment, a `datetime.date` or seconds since 1970;
        ``document_id`` (also ``document``) tells documents apart; ``document_title`` (``title``), ``document_author``
        (``author``), ``document_source`` (``source``), ``document_section`` (``section``) and ``document_type``
        (``type``) describe them; ``statement_id`` (``id``), ``start_position`` (``start``) and ``stop_position``
        (``stop``) order statements within a document. Every other name is a variable of statements.
    kinds : mapping of str to {"text", "integer", "boolean"} or None
        Kinds of variables; guessed where not given (`guess_column`).
    period : tuple or None
        First and last moment of the documents, where that is more than the statements'.

    Returns
    -------
    StatementTable
        Sorted by time, document, start, stop, number. Documents that are numbered sort by number, others by
        their id.

    Raises
    ------
    InvalidRecord
        If columns differ in length or a value is not of its kind.
    InvalidValue
        If a moment or a kind is not readable.
    """
    columns = _columns_of(data)
    n = len(next(iter(columns.values()))) if columns else 0
    for name, values in columns.items():
        if len(values) != n:
            raise InvalidRecord(f"column {name!r} has {len(values)} values, others {n}; give one a statement")
    taken: set[str] = set()
    time = _times(_pick(columns, _TIME, taken), n)
    document_ids = _pick(columns, ("document_id", "document"), taken)
    numbers = {key: _whole(_pick(columns, names, taken), n) for key, names in _NUMBERS.items()}
    described: dict[str, Column] = {}
    for name in DOCUMENT_FIELDS[1:]:
        values = _pick(columns, (f"document_{name}", name), taken)
        if values is not None:
            described[name] = values if isinstance(values, TextColumn) else text_column(values)
    if document_ids is not None:
        described["id"] = document_ids if isinstance(document_ids, TextColumn) else text_column(document_ids)
    variables = {
        name: _column(name, values, (kinds or {}).get(name))
        for name, values in columns.items()
        if name not in taken
    }
    document = _document_order(described.get("id"), n)
    statement = numbers["statement"]
    statement = np.arange(1, n + 1, dtype=np.int64) if statement is None else statement
    zeros = np.zeros(n, np.int64)
    starts, stops = (zeros if numbers[key] is None else numbers[key] for key in ("start", "stop"))
    return build_table(
        time,
        document,
        statement,
        variables,
        described,
        starts=starts,
        stops=stops,
        period=_period(period, time),
    )


def build_table(
    time: NDArray[np.int64],
    document: NDArray[np.int64],
    statement: NDArray[np.int64],
    variables: Mapping[str, Column],
    document_variables: Mapping[str, Column],
    *,
    starts: NDArray[np.int64] | None = None,
    stops: NDArray[np.int64] | None = None,
    period: tuple[int | None, int | None] = (None, None),
) -> StatementTable:
    """
    Return a table of columns, sorted.

    Parameters
    ----------
    time, document, statement : int64 array of shape (n,)
        As in `StatementTable`, in any order.
    variables, document_variables : mapping of str to Column
        Columns with one entry a statement.
    starts, stops : int64 array of shape (n,) or None
        Places in the document.
    period : tuple of int or None
        First and last moment of the documents.

    Returns
    -------
    StatementTable
        Sorted by time, document, start, stop, number.
    """
    keys = [each for each in (statement, stops, starts, document, time) if each is not None]
    order = np.lexsort(keys)
    return StatementTable(
        time[order],
        document[order],
        statement[order],
        {name: taken(column, order) for name, column in variables.items()},
        {name: taken(column, order) for name, column in document_variables.items()},
        *period,
    )


def _columns_of(data: Any) -> dict[str, Any]:
    if hasattr(data, "columns") and hasattr(data, "__getitem__") and not isinstance(data, Mapping):
        return {str(name): data[name].to_list() for name in data.columns}
    if isinstance(data, Mapping):
        return dict(data)
    rows = list(data)
    names: dict[str, None] = {}
    for row in rows:
        names.update(dict.fromkeys(row))
    return {name: [row.get(name) for row in rows] for name in names}


def _pick(columns: Mapping[str, Any], names: Iterable[str], taken: set[str]) -> Any:
    for name in names:
        if name in columns and name not in taken:
            taken.add(name)
            return columns[name]
    return None


def _column(name: str, values: Any, kind: Kind | None) -> Column:
    if isinstance(values, TextColumn | NumberColumn):
        return values
    if kind is None:
        return guess_column(values)
    if kind == "text":
        return text_column(values)
    if kind not in ("integer", "boolean"):
        raise InvalidValue(f"variable {name!r} cannot be of kind {kind!r}; expected text, integer or boolean")
    try:
        return number_column(values, kind)
    except InvalidRecord as error:
        raise InvalidRecord(f"variable {name!r}: {error}") from error


def _times(values: Any, n: int) -> NDArray[np.int64]:
    if values is None:
        return np.full(n, UNDATED, dtype=np.int64)
    if isinstance(values, np.ndarray) and values.dtype.kind == "i":
        return values.astype(np.int64)
    known: dict[object, int] = {}
    for value in set(values):
        missing = value is None or value != value or (isinstance(value, str) and not value.strip())
        known[value] = (
            UNDATED if missing else to_seconds(int(value) if isinstance(value, np.integer) else value)
        )
    return np.fromiter((known[value] for value in values), dtype=np.int64, count=n)


def _whole(values: Any, n: int) -> NDArray[np.int64] | None:
    if values is None:
        return None
    if isinstance(values, np.ndarray) and values.dtype.kind == "i":
        return values.astype(np.int64)
    column = guess_column(values)
    if isinstance(column, NumberColumn):
        return column.values
    return column.codes.astype(np.int64)


def _document_order(ids: Column | None, n: int) -> NDArray[np.int64]:
    if ids is None:
        return np.arange(n, dtype=np.int64)
    if not isinstance(ids, TextColumn):
        return ids.values
    if ids.labels and all(is_whole(label) for label in ids.labels):
        return np.array([int(label) for label in ids.labels], dtype=np.int64)[ids.codes]
    return ids.codes.astype(np.int64)


def _period(period: tuple[Any, Any] | None, time: NDArray[np.int64]) -> tuple[int | None, int | None]:
    if period is not None:
        return to_seconds(period[0]), to_seconds(period[1], end=True)
    dated = time[time != UNDATED]
    return (int(dated.min()), int(dated.max())) if len(dated) else (None, None)
