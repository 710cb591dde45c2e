"""Cells of tables: formula injection neutralised on the way out, undone on the way in."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.files import read_text
from amity.formats.records import FilePath

_ACTIVE = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_FIELD_LIMIT = 1 << 28


def guard_cell(value: object) -> object:
    """
    Return a cell that no spreadsheet takes for a formula.

    Parameters
    ----------
    value : object
        Text or a number.

    Returns
    -------
    object
        Text that starts with ``=``, ``+``, ``-``, ``@``, a tab or a line end gets an apostrophe before it; numbers stay.

    Notes
    -----
    `unguard_cell` undoes it exactly, also for text that started with apostrophes.

    References
    ----------
    OWASP, CSV Injection, https://owasp.org/www-community/attacks/CSV_Injection

    Examples
    --------
    >>> guard_cell('=HYPERLINK("x")')
    '\\'=HYPERLINK("x")'
    >>> guard_cell(-1)
    -1
    """
    if isinstance(value, str) and _ACTIVE.match(value):
        return f"'{value}"
    return "" if value is None else value


def unguard_cell(text: str) -> str:
    """
    Return the text that `guard_cell` was given.

    Parameters
    ----------
    text : str
        A cell.

    Returns
    -------
    str
        Without the guarding apostrophe.
    """
    return text[1:] if _GUARDED.match(text) else text


def table_text(header: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """
    Return a table as delimited text.

    Parameters
    ----------
    header : sequence of str
        Column names.
    rows : iterable of sequence
        Cells in the order of the header.
    delimiter : str
        Between cells.

    Returns
    -------
    str
        With ``\\r\\n`` line ends, as RFC 4180 asks; every text cell guarded.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([guard_cell(name) for name in header])
    for row in rows:
        writer.writerow([guard_cell(each) for each in row])
    return buffer.getvalue()


def read_table(path: FilePath, *, delimiter: str | None = None) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Return the rows of a delimited table with a header, one after the other.

    Parameters
    ----------
    path : path
        A UTF-8 file.
    delimiter : str, optional
        Between cells; guessed from the header where not given (comma, semicolon, tab or bar).

    Returns
    -------
    iterator of (int, dict of str to str)
        Line number of the row's end, and its cells by column name, guards undone.

    Raises
    ------
    UnreadableFile
        If the file cannot be read.
    InvalidRecord
        If it has no header, a column name twice, or a row of another width.
    """
    return iter_table(read_text(path), str(path), delimiter=delimiter)


def iter_table(
    text: str, place: str, *, delimiter: str | None = None
) -> Iterator[tuple[int, dict[str, str]]]:
    """
    Yield the rows of a delimited table's text.

    Parameters
    ----------
    text : str
        The table with a header.
    place : str
        Its name, for messages.
    delimiter : str, optional
        Guessed where not given.

    Yields
    ------
    tuple of (int, dict of str to str)
        Line number and cells by column name.

    Raises
    ------
    InvalidRecord
        As for `read_table`.
    """
    head = text.partition("\n")[0]
    if delimiter is None:
        delimiter = max(",;\t|", key=head.count)
    csv.field_size_limit(_FIELD_LIMIT)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = [unguard_cell(name).strip() for name in next(reader, [])]
        if not any(header):
            raise InvalidRecord(f"{place} is empty; expected a header line with column names")
        if len(set(header)) != len(header):
            raise InvalidRecord(f"{place} names a column twice: {', '.join(header)}")
        for row in reader:
            if not row:
                continue
            if len(row) != len(header):
                raise InvalidRecord(
                    f"{place}, line {reader.line_num}: {len(row)} cells under {len(header)} columns; "
                    "quote cells that hold the delimiter"
                )
            yield reader.line_num, {name: unguard_cell(cell) for name, cell in zip(header, row, strict=True)}
    except csv.Error as error:
        raise InvalidRecord(f"{place}, line {reader.line_num}: {error}") from error


def first_of(row: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """
    Return the first of several columns that a row has.

    Parameters
    ----------
    row : mapping
        Cells by column name.
    names : sequence of str
        In the order of preference, lower case; columns are compared case folded.

    Returns
    -------
    str or None
        The column's own name, or None.
    """
    folded = {str(name).strip().casefold(): str(name) for name in row}
    return next((folded[name] for name in names if name in folded), None)
