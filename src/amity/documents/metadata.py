"""Tables with one row a document: ``metadata.csv`` beside the files or named by the user."""

import csv
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath
from typing import BinaryIO

from amity.documents.columns import FILE_COLUMNS, draft_from_record, match_columns, plain_name
from amity.documents.records import Draft
from amity.documents.tables import csv_rows
from amity.errors import InvalidRecord

TABLE_NAMES = ("metadata.csv", "metadata.tsv")

Row = Mapping[str, str]
HERE = PurePosixPath()
"""Where reading began."""


class MetadataTable:
    """
    Rows of a table, found by the file or the id they are about.

    Parameters
    ----------
    rows : iterable of mapping
        Cells by column.
    columns : mapping of str to str
        Field to column, as the user said.
    base : PurePosixPath
        The folder that the table's paths start from.
    beside : str
        Name of the folder that is read where the table lies beside it, not in it; then only whole paths count, as an equal
        name there may be of another folder's file. Empty for a table in the folder.
    """

    def __init__(
        self,
        rows: Iterable[Row],
        *,
        columns: Mapping[str, str] | None = None,
        base: PurePosixPath = HERE,
        beside: str = "",
    ) -> None:
        self.base = base
        self._beside = beside
        self._columns = {key: each for key, each in (columns or {}).items() if key != "text"} | {"text": ""}
        self._by_path: dict[str, Row] = {}
        self._by_name: dict[str, Row | None] = {}
        self._by_id: dict[str, Row] = {}
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        identity = row.get(match_columns(row, self._columns).get("id", ""), "").strip()
        if identity:
            self._by_id.setdefault(identity, row)
        for column, cell in row.items():
            if plain_name(column) in FILE_COLUMNS and cell and len(cell) < 1000 and "\n" not in cell:
                path = PurePosixPath(cell.strip().replace("\\", "/"))
                self._by_path.setdefault(str(path), row)
                for name in {path.name, path.stem}:
                    same = self._by_name.setdefault(name, row) is row
                    if not same:
                        self._by_name[name] = None  # two rows have a file of this name: it tells nothing

    def find(self, path: PurePosixPath, local_id: str, *, is_only: bool) -> Draft | None:
        """
        Return what the table says about a text.

        Parameters
        ----------
        path : PurePosixPath
            The file's path from where reading began.
        local_id : str
            The text's id in its file; empty where it has none.
        is_only : bool
            Whether the file holds one text; a row about a file of several gives no title and no id.

        Returns
        -------
        Draft or None
            Without text; None if no row is about it.
        """
        row = self._by_id.get(local_id) if local_id and not self._beside else None
        is_exact = row is not None
        if row is None:
            row = self._row_of_file(path)
        if row is None:
            return None
        draft = draft_from_record(row, self._columns)
        if is_only or is_exact:
            return draft
        return Draft(
            "",
            date=draft.date,
            issuers=draft.issuers,
            addressees=draft.addressees,
            place=draft.place,
            kind=draft.kind,
            language=draft.language,
            publisher=draft.publisher,
            metadata=draft.metadata,
        )

    def _row_of_file(self, path: PurePosixPath) -> Row | None:
        if self._beside:
            return self._by_path.get(f"{self._beside}/{path}")
        if not path.is_relative_to(self.base):
            return None
        if (row := self._by_path.get(str(path.relative_to(self.base)))) is not None:
            return row
        if (row := self._by_id.get(path.stem)) is not None:
            return row
        return self._by_name.get(path.name) or self._by_name.get(path.stem)


def read_metadata_table(
    stream: BinaryIO,
    *,
    columns: Mapping[str, str] | None = None,
    base: PurePosixPath = HERE,
    beside: str = "",
) -> MetadataTable:
    """
    Return the metadata table that a CSV or TSV file holds.

    Parameters
    ----------
    stream : binary file
        At its beginning.
    columns : mapping of str to str
        Field to column, as the user said.
    base : PurePosixPath
        The folder that its paths start from.
    beside : str
        Name of the folder that is read where the table lies beside it.

    Returns
    -------
    MetadataTable
        All rows.

    Raises
    ------
    InvalidRecord
        If it is no table.
    """
    try:
        rows = list(csv_rows(stream, 1 << 24))
    except csv.Error as error:
        raise InvalidRecord(f"the metadata table cannot be read: {error}; save it as CSV in UTF-8") from error
    return MetadataTable(rows, columns=columns, base=base, beside=beside)
