"""Excel workbooks: positions, documents, actors, and a sheet that explains the columns."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from amity.errors import MissingExtra
from amity.formats.cells import guard_cell
from amity.formats.coded_tables import SCHEMA, coded_tables
from amity.formats.files import write_bytes, xml_text
from amity.formats.position_rows import COLUMN_WORDS
from amity.formats.records import CodedDocument, FilePath, only_coded

LONGEST_CELL = 32_767
MOST_ROWS = 1_048_575


def write_excel(pairs: Iterable[CodedDocument], path: FilePath) -> list[Path]:
    """
    Return the path of an Excel workbook.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.xlsx``.

    Returns
    -------
    list of Path
        One path.

    Raises
    ------
    MissingExtra
        If openpyxl is not installed.

    Notes
    -----
    Sheets: positions, documents (without texts), actors, mentions, quotations, codebook. Cells that would be formulas are guarded by an apostrophe. A cell
    holds 32,767 characters: longer ones end in "…". A table beyond Excel's 1,048,576 rows goes on in a further sheet.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtra("Excel workbooks need openpyxl; install amity[tables]") from error
    from io import BytesIO

    book = Workbook(write_only=True)
    tables = coded_tables(only_coded(pairs), texts=False)
    for name in ("positions", "documents", "actors", "mentions", "quotations"):
        columns = [column for column, _ in SCHEMA[name] if column != "text"]
        rows = [row[:-1] if name == "documents" else row for row in tables[name]]
        for part in range(0, max(len(rows), 1), MOST_ROWS):
            sheet = book.create_sheet(name if part == 0 else f"{name} {part // MOST_ROWS + 1}")
            sheet.freeze_panes = "A2"
            sheet.append(columns)
            for row in rows[part : part + MOST_ROWS]:
                sheet.append([_cell(each) for each in row])
    sheet = book.create_sheet("codebook")
    sheet.append(["column", "what it holds"])
    for column, words in COLUMN_WORDS.items():
        sheet.append([column, words])
    buffer = BytesIO()
    book.save(buffer)
    return [write_bytes(path, buffer.getvalue())]


def _cell(value: object) -> Any:
    if not isinstance(value, str):
        return value
    text = str(guard_cell(xml_text(value)))
    return text if len(text) <= LONGEST_CELL else f"{text[: LONGEST_CELL - 1]}…"
