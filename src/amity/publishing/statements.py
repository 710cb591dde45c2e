"""A project, a DNA file or a table → the statements that discourse networks are made from."""

import csv
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from amity.errors import InvalidRecord, NotFound, UnknownFormat
from amity.model import PositionFilter

if TYPE_CHECKING:
    from amity.network import StatementTable
    from amity.project import Project

DNA_KINDS: dict[str, Literal["text", "integer", "boolean"]] = {"boolean": "boolean", "integer": "integer"}
TABLE_ENDS = (".csv", ".tsv", ".txt", ".jsonl")


def project_statements(
    project: "Project", condition: PositionFilter, *, needs: tuple[str, ...] = ()
) -> "StatementTable":
    """
    Return a project's positions as statements, one for each holder (and target, where a variable of targets is asked for).

    Parameters
    ----------
    project : Project
        An open project.
    condition : PositionFilter
        Which positions count.
    needs : tuple of str
        Variables that will be used.

    Returns
    -------
    StatementTable
        Variables of `amity.network.statements_of`; author is the issuers, section the place, type the kind of the document.
    """
    from amity.network import statements_of

    documents = {
        row.id: {"title": row.title, "author": "; ".join(row.issuers), "type": row.kind, "section": row.place}
        for row in project.documents()
    }
    targets = any(each == "polarity" or each.split(".")[0] == "target" for each in needs)
    return statements_of(project.columns(condition), targets=targets, documents=documents)


def file_statements(
    path: str | PathLike[str], *, statement_type: str = "", needs: tuple[str, ...] = ()
) -> "StatementTable":
    """
    Return the statements of a DNA file or a table.

    Parameters
    ----------
    path : path-like
        A ``.dna`` file, or CSV, TSV or JSON Lines with one statement a row.
    statement_type : str
        Label of DNA's statement type; the first that has the needed variables if empty.
    needs : tuple of str
        Variables that the statements must have.

    Returns
    -------
    StatementTable
        Statements with the file's variables.

    Raises
    ------
    NotFound
        If no statement type has the variables.
    InvalidRecord
        If a table has no rows.
    UnknownFormat
        If the file is neither.
    """
    place = Path(path)
    if place.suffix.lower() == ".dna":
        return _dna_statements(place, statement_type, needs)
    if place.suffix.lower() not in TABLE_ENDS:
        raise UnknownFormat(
            f"{place.name} is neither a project, a .dna file nor a table ({', '.join(TABLE_ENDS)})"
        )
    return _table_statements(place)


def _dna_statements(path: Path, statement_type: str, needs: tuple[str, ...]) -> "StatementTable":
    from amity.formats.dna_database import read_dna_database
    from amity.network import statement_table

    database = read_dna_database(path)
    types = (statement_type,) if statement_type else database.statement_types
    documents = {"author", "source", "section", "type", "title", "id"}
    chosen = next(
        (
            each
            for each in types
            if all(name in documents or name in database.variables(each) for name in needs)
        ),
        None,
    )
    if chosen is None:
        known = "; ".join(
            f"{each}: {', '.join(database.variables(each))}" for each in database.statement_types
        )
        raise NotFound(
            f"no statement type of {path.name} has the variables {', '.join(needs)}; there are {known}"
        )
    rows = database.statements(chosen)
    kinds = {name: DNA_KINDS.get(kind, "text") for name, kind in database.variables(chosen).items()}
    days = [row["Date"] for row in database.rows("DOCUMENTS")]
    period = (min(days), max(days)) if days else None
    return statement_table(rows, kinds=kinds, period=period)


def _table_statements(path: Path) -> "StatementTable":
    import json

    from amity.network import statement_table
    from amity.text.encodings import decode

    text = decode(path.read_bytes()).text
    if path.suffix.lower() == ".jsonl":
        rows = [json.loads(line) for line in text.splitlines() if line.strip()]
    else:
        try:
            dialect = csv.Sniffer().sniff(text[:4096], delimiters=",;\t|")
        except csv.Error:
            dialect = csv.excel_tab if "\t" in text.partition("\n")[0] else csv.excel
        rows = list(csv.DictReader(text.splitlines(), dialect=dialect))
    if not rows:
        raise InvalidRecord(f"{path.name} has no rows; expected a header and one statement a row")
    return statement_table(rows)
