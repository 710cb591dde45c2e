"""A project, a DNA file or a table → the statements that discourse networks are made from."""

import csv
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from amity.errors import InvalidRecord, NotFound, UnknownFormat
from amity.model import ACTS, STATUSES, VOICES, PositionFilter

if TYPE_CHECKING:
    from amity.network import StatementTable
    from amity.project import Project

DNA_KINDS: dict[str, Literal["text", "integer", "boolean"]] = {"boolean": "boolean", "integer": "integer"}
TABLE_ENDS = (".csv", ".tsv", ".txt", ".jsonl")


def project_statements(project: "Project", condition: PositionFilter) -> "StatementTable":
    """
    Return a project's positions about concepts as statements, one for each holder.

    Parameters
    ----------
    project : Project
        An open project.
    condition : PositionFilter
        Which positions count.

    Returns
    -------
    StatementTable
        Variables ``organization`` (the holder; also ``actor`` and ``holder``), ``concept``, ``agreement`` (boolean), ``target``, ``act``,
        ``status``, ``voice``, ``kind`` (the holder's); of documents: id, title, author (issuers), source (publisher), type (kind).
        Positions without concept or agreement are left out.
    """
    import numpy as np

    from amity.network import statement_table

    columns = project.columns(condition)
    about = np.flatnonzero((columns.concept >= 0) & (columns.agreement != 0))
    _, first = np.unique(
        np.stack([columns.position[about], columns.holder[about]]), axis=1, return_index=True
    )
    rows = about[np.sort(first)]
    documents = {row.id: row for row in project.documents()}
    names = [actor.name for actor in columns.actors]
    ids = [columns.document_ids[each] for each in columns.document[rows]]
    holders = [names[each] for each in columns.holder[rows]]
    known = [documents[each] for each in ids]
    data: dict[str, Any] = {
        "time": [_day(int(each)) for each in columns.day[rows]],
        "document_id": ids,
        "document_title": [each.title for each in known],
        "document_author": ["; ".join(each.issuers) for each in known],
        "document_type": [each.kind for each in known],
        "organization": holders,
        "actor": holders,
        "holder": holders,
        "kind": [columns.actors[each].kind for each in columns.holder[rows]],
        "concept": [columns.concepts[each] for each in columns.concept[rows]],
        "agreement": [int(each > 0) for each in columns.agreement[rows]],
        "target": [names[each] if each >= 0 else "" for each in columns.target[rows]],
        "act": [ACTS[each] for each in columns.act[rows]],
        "status": [STATUSES[each] for each in columns.status[rows]],
        "voice": [VOICES[each] for each in columns.voice[rows]],
    }
    return statement_table(data, kinds={"agreement": "boolean"})


def _day(ordinal: int) -> str | None:
    from datetime import date

    return date.fromordinal(ordinal).isoformat() if ordinal > 0 else None


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
