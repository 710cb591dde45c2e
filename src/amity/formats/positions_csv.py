"""Positions of coded documents as one tidy table, CSV or TSV."""

from collections.abc import Iterable
from pathlib import Path

from amity.formats.cells import table_text
from amity.formats.files import write_text
from amity.formats.position_rows import POSITION_COLUMNS, coded_rows
from amity.formats.records import CodedDocument, FilePath


def write_positions_csv(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of a table with one row a position.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        Ends in ``.tsv`` for tabs, else commas.

    Returns
    -------
    list of Path
        One path.

    Notes
    -----
    Columns: `amity.formats.position_rows.POSITION_COLUMNS`. Cells that a spreadsheet would take for formulas are neutralised.
    """
    delimiter = "\t" if Path(path).suffix.lower() == ".tsv" else ","
    rows = (tuple(record.values()) for record in coded_rows(pairs))
    return [write_text(path, table_text(POSITION_COLUMNS, rows, delimiter=delimiter))]
