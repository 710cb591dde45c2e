"""Values of statements as columns: texts as codes, whole numbers, truth values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidRecord

Kind = Literal["text", "integer", "boolean"]


def label_key(label: str) -> bytes:
    """
    Return the key by which labels are sorted: UTF-16 code units, as in Java.

    Parameters
    ----------
    label : str
        Any text.

    Returns
    -------
    bytes
        Comparing them compares the labels.
    """
    return label.encode("utf-16-be", "surrogatepass")


@dataclass(frozen=True, slots=True, eq=False)
class TextColumn:
    """
    Texts as codes.

    Parameters
    ----------
    codes : int32 array of shape (n,)
        Index into `labels`.
    labels : tuple of str
        Distinct, sorted by UTF-16 code unit; the empty text stands for a missing value.
    """

    codes: NDArray[np.int32]
    labels: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.codes)


@dataclass(frozen=True, slots=True, eq=False)
class NumberColumn:
    """
    Whole numbers or truth values.

    Parameters
    ----------
    values : int64 array of shape (n,)
        0 and 1 for truth values; 0 where missing.
    kind : {"integer", "boolean"}
        Which of the two.
    present : bool array of shape (n,) or None
        False where the value is missing; None where none is.
    """

    values: NDArray[np.int64]
    kind: Kind
    present: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.values)


Column = TextColumn | NumberColumn


def sorted_column(codes: NDArray[np.int32], labels: Sequence[str]) -> TextColumn:
    """
    Return a text column with its labels sorted.

    Parameters
    ----------
    codes : int32 array of shape (n,)
        Index into `labels`.
    labels : sequence of str
        Distinct, in any order.

    Returns
    -------
    TextColumn
        The same texts.
    """
    order = sorted(range(len(labels)), key=lambda at: label_key(labels[at]))
    rank = np.empty(len(labels) + 1, dtype=np.int32)
    rank[order] = np.arange(len(labels), dtype=np.int32)
    return TextColumn(rank[codes], tuple(labels[at] for at in order))


def text_column(values: Iterable[object]) -> TextColumn:
    """
    Return texts as a column.

    Parameters
    ----------
    values : iterable
        Texts; None counts as empty, other values are written out.

    Returns
    -------
    TextColumn
        With its labels sorted.
    """
    places: dict[object, int] = {}
    codes = np.fromiter((places.setdefault(value, len(places)) for value in values), dtype=np.int32)
    merged: dict[str, int] = {}
    becomes = np.array(
        [merged.setdefault(_written(value), len(merged)) for value in places] or [0], dtype=np.int32
    )
    return sorted_column(becomes[codes], list(merged))


def _written(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return ""
    if isinstance(value, bool | np.bool_) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    return str(value)


_TRUTH = {"1": 1, "true": 1, "yes": 1, "0": 0, "false": 0, "no": 0}


def guess_column(values: Sequence[object]) -> Column:
    """
    Return values as the narrowest column that holds them.

    Parameters
    ----------
    values : sequence
        Texts, numbers, truth values or None.

    Returns
    -------
    Column
        Truth values where every value is 0 or 1, true or false, yes or no; else whole numbers where every
        value is one; else texts. Missing values (None, empty text) do not decide.
    """
    distinct = {_written(value).strip().lower() for value in set(values)} - {""}
    if distinct and distinct <= set(_TRUTH):
        return number_column(values, "boolean")
    if distinct and all(is_whole(text) for text in distinct):
        return number_column(values, "integer")
    return text_column(values)


def is_whole(text: str) -> bool:
    """
    Return whether a text is a whole number.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    bool
        False for the empty text and for numbers of eighteen digits or more.
    """
    digits = text.removeprefix("-").removeprefix("+")
    return digits.isascii() and digits.isdigit() and len(digits) < 18


def number_column(values: Iterable[object], kind: Kind) -> NumberColumn:
    """
    Return whole numbers or truth values as a column.

    Parameters
    ----------
    values : iterable
        Numbers, truth values or their texts; None or an empty text is missing.
    kind : {"integer", "boolean"}
        Which of the two.

    Returns
    -------
    NumberColumn
        Their values.

    Raises
    ------
    InvalidRecord
        If a value is no number, or no truth value.
    """
    known: dict[object, int | None] = {}
    numbers = []
    for value in values:
        if value not in known:
            known[value] = _number(value, kind)
        numbers.append(known[value])
    present = np.fromiter((number is not None for number in numbers), dtype=np.bool_, count=len(numbers))
    filled = np.fromiter((number or 0 for number in numbers), dtype=np.int64, count=len(numbers))
    return NumberColumn(filled, kind, None if present.all() else present)


def _number(value: object, kind: Kind) -> int | None:
    text = _written(value).strip().lower()
    if not text:
        return None
    if kind == "boolean" and text in _TRUTH:
        return _TRUTH[text]
    if kind == "integer" and is_whole(text.removesuffix(".0")):
        return int(text.removesuffix(".0"))
    expected = "0, 1, true, false, yes or no" if kind == "boolean" else "a whole number"
    raise InvalidRecord(f"{value!r} is no {kind} value; expected {expected}")


def taken(column: Column, rows: NDArray[Any]) -> Column:
    """
    Return some entries of a column.

    Parameters
    ----------
    column : Column
        Any column.
    rows : int or bool array
        Which, in what order.

    Returns
    -------
    Column
        Of the same kind, with the same labels.
    """
    if isinstance(column, TextColumn):
        return TextColumn(column.codes[rows], column.labels)
    present = None if column.present is None else column.present[rows]
    return NumberColumn(column.values[rows], column.kind, present)
