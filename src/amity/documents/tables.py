"""Tables with one text a row: CSV, TSV, JSON Lines and JSON, read row by row."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain, islice
from typing import BinaryIO

from amity.documents.columns import cell_text, draft_from_record, match_columns
from amity.documents.records import Draft, ReadOptions, Unreadable
from amity.errors import LimitExceeded, UnreadableFile
from amity.text.encodings import decode, detect_encoding

_HEAD = 1 << 18
_TEXT_LENGTH = 200  # a column is taken for the texts if its cells are this long on average

Record = Mapping[str, object]


def read_csv(stream: BinaryIO, options: ReadOptions, *, path: str) -> Iterator[Draft | Unreadable]:
    """
    Yield one text for each row of a CSV or TSV file.

    Parameters
    ----------
    stream : binary file
        At its beginning; the delimiter (``,`` ``;`` tab or ``|``) is told from the first line.
    options : ReadOptions
        Its `columns` say which column holds what; others are recognised by their names.
    path : str
        The file, for messages.

    Yields
    ------
    Draft or Unreadable
        In row order; a row without text is unreadable.

    Raises
    ------
    UnreadableFile
        If no column holds texts.
    """
    rows = enumerate(csv_rows(stream, options.limits.row_bytes), 2)
    try:
        head = list(islice(rows, 50))
        if not head:
            raise UnreadableFile("is a table without rows below its header")
        given = _with_text_column([row for _, row in head], options.columns)
        for number, row in chain(head, rows):
            yield _draft(row, given, path=path, where=f"row {number}", number=number - 1)
    except csv.Error as error:
        raise UnreadableFile(f"is a table that cannot be read further: {error}") from error


def csv_rows(stream: BinaryIO, row_bytes: int) -> Iterator[dict[str, str]]:
    """
    Yield the rows of a CSV or TSV file by column.

    Parameters
    ----------
    stream : binary file
        At its beginning.
    row_bytes : int
        Longest field.

    Yields
    ------
    dict of str to str
        Empty rows left out; cells beyond the header are joined into the last column.
    """
    lines, delimiter = _table_lines(stream)
    clean = (line.replace("\x00", "\ufffd") for line in lines)
    previous = csv.field_size_limit(min(row_bytes, 2**31 - 1))
    try:
        header: list[str] = []
        for row in csv.reader(clean, delimiter=delimiter):
            if not any(each.strip() for each in row):
                continue
            if not header:
                header = [name.strip() or f"column {number}" for number, name in enumerate(row, 1)]
                continue
            if len(row) > len(header):
                row = [*row[: len(header) - 1], delimiter.join(row[len(header) - 1 :])]
            yield dict(zip(header, row, strict=False))
    finally:
        csv.field_size_limit(previous)
        _release(lines)


def _table_lines(stream: BinaryIO) -> tuple[io.TextIOWrapper, str]:
    start = stream.read(_HEAD)
    encoding, skip, _ = detect_encoding(start, is_whole=len(start) < _HEAD)
    stream.seek(skip)
    first = start[skip:].decode(encoding, "replace").lstrip().split("\n", 1)[0]
    wrapper = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    return wrapper, max(",;\t|", key=first.count)


def _release(lines: io.TextIOWrapper) -> None:
    with suppress(ValueError):  # the stream is its opener's to close, and may be closed already
        lines.detach()


def read_json_lines(stream: BinaryIO, options: ReadOptions, *, path: str) -> Iterator[Draft | Unreadable]:
    """
    Yield one text for each line of a JSON Lines file.

    Parameters
    ----------
    stream : binary file
        At its beginning; one object a line.
    options : ReadOptions
        Its `columns` say which key holds what; others are recognised by their names.
    path : str
        The file, for messages.

    Yields
    ------
    Draft or Unreadable
        In line order; a broken line is unreadable, the rest goes on.

    Raises
    ------
    UnreadableFile
        If no key of the first objects holds texts.
    """
    rows = _json_rows(stream, options.limits.row_bytes, path)
    head = list(islice(rows, 50))
    records = [each for _, each in head if not isinstance(each, Unreadable)]
    if not records:
        yield from (each for _, each in head if isinstance(each, Unreadable))
        raise UnreadableFile("holds no JSON objects in its first lines")
    given = _with_text_column(records, options.columns)
    for number, row in chain(head, rows):
        if isinstance(row, Unreadable):
            yield row
        else:
            yield _draft(row, given, path=path, where=f"line {number}", number=number)


def _json_rows(stream: BinaryIO, row_bytes: int, path: str) -> Iterator[tuple[int, Record | Unreadable]]:
    start = stream.read(_HEAD)
    encoding, skip, _ = detect_encoding(start, is_whole=len(start) < _HEAD)
    stream.seek(skip)
    lines = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="\n")
    try:
        yield from _parsed_lines(lines, row_bytes, path)
    finally:
        _release(lines)


def _parsed_lines(
    lines: io.TextIOWrapper, row_bytes: int, path: str
) -> Iterator[tuple[int, Record | Unreadable]]:
    number = 0
    while line := lines.readline(row_bytes):
        number += 1
        if len(line) >= row_bytes:
            raise LimitExceeded(
                f"line {number} has more than {row_bytes} characters; raise the limit row_bytes to read it"
            )
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            if not isinstance(record, dict):
                raise ValueError(f"holds a {type(record).__name__}, not an object")
            yield number, record
        except (ValueError, RecursionError) as error:
            yield number, Unreadable(path, f"line {number}", f"is no JSON object: {error}")


def read_json(data: bytes, options: ReadOptions, *, path: str) -> Iterator[Draft | Unreadable]:
    """
    Yield one text for each object of a JSON file.

    Parameters
    ----------
    data : bytes
        An object with a text, a list of such objects, or an object with one list of them.
    options : ReadOptions
        Its `columns` say which key holds what; others are recognised by their names.
    path : str
        The file, for messages.

    Yields
    ------
    Draft or Unreadable
        In the file's order.

    Raises
    ------
    UnreadableFile
        If the file is no JSON or holds no texts.
    """
    try:
        content = json.loads(decode(data).text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"is no JSON: {error}") from error
    if isinstance(content, dict):
        lists = [
            each for each in content.values() if isinstance(each, list) and each and isinstance(each[0], dict)
        ]
        has_text = "text" in match_columns(content, options.columns)
        if {"actors", "positions"} <= content.keys() and not has_text:
            raise UnreadableFile(
                "is a coding without its text; read the document, and give the coding to import or evaluate"
            )
        content = lists[0] if len(lists) == 1 and not has_text else [content]
    records = [each for each in content if isinstance(each, dict)] if isinstance(content, list) else []
    if not records:
        raise UnreadableFile("holds no JSON objects with texts")
    given = _with_text_column(records[:50], options.columns)
    if len(records) == 1:
        yield _draft(records[0], given, path=path, where="", number=0)
        return
    for number, record in enumerate(records, 1):
        yield _draft(record, given, path=path, where=f"object {number}", number=number)


def _draft(
    record: Record, given: Mapping[str, str], *, path: str, where: str, number: int
) -> Draft | Unreadable:
    draft = draft_from_record(record, given, where=where)
    if draft.text.strip():
        return draft if draft.local_id or not number else replace(draft, local_id=str(number))
    return Unreadable(path, where, f"has no text in {given['text']!r}")


def _with_text_column(records: Sequence[Record], given: Mapping[str, str]) -> dict[str, str]:
    """Return the user's columns with the one that holds the texts."""
    names = list(dict.fromkeys(name for record in records for name in record if isinstance(name, str)))
    if (named := given.get("text")) is not None:
        if named not in names:
            raise UnreadableFile(f"has no column {named!r}; found {', '.join(map(repr, names[:20]))}")
        return dict(given)
    column = match_columns(names, given).get("text")
    if column is None or _mean_length(records, column) == 0:
        column = max(names, key=lambda name: _mean_length(records, name), default=None)
        if column is None or _mean_length(records, column) < _TEXT_LENGTH:
            raise UnreadableFile(
                f"has no column that holds texts among {', '.join(map(repr, names[:20]))}; "
                "name it with the column mapping, as in text=COLUMN"
            )
    return {**given, "text": column}


def _mean_length(records: Iterable[Record], column: str) -> float:
    lengths = [len(cell_text(record.get(column))) for record in records]
    return sum(lengths) / len(lengths) if lengths else 0.0
