"""Frictionless data package: five CSV tables with a description."""

import json
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord
from amity.formats.cells import read_table, table_text
from amity.formats.coded_tables import SCHEMA, coded_tables, tables_to_codings
from amity.formats.files import read_text, write_text
from amity.formats.json_records import as_object, as_objects, parse_json
from amity.formats.position_rows import COLUMN_WORDS
from amity.formats.records import CodedDocument, FilePath, Imported, only_coded

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


def write_data_package(
    pairs: Iterable[CodedDocument], path: FilePath, *, texts: bool = True, title: str = "amity codings"
) -> list[Path]:
    """
    Return the paths of a data package (version 2).

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        A folder: ``datapackage.json`` and one CSV a table.
    texts : bool
        Whether the texts are in the table of documents.
    title : str
        Of the package.

    Returns
    -------
    list of Path
        The tables, then the description.

    Notes
    -----
    Cells that a spreadsheet would take for formulas are guarded by an apostrophe, which reading removes.

    References
    ----------
    Data Package 2.0, https://datapackage.org
    """
    folder = Path(path)
    tables = coded_tables(only_coded(pairs), texts=texts)
    written, resources = [], []
    for name, columns in SCHEMA.items():
        text = table_text([column for column, _ in columns], tables[name])
        written.append(write_text(folder / f"{name}.csv", text))
        content = written[-1].read_bytes()
        resources.append(
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "bytes": len(content),
                "hash": f"sha256:{sha256(content).hexdigest()}",
                "schema": {"fields": [_field(name, *each) for each in columns], **_keys(name)},
            }
        )
    package = {"$schema": PROFILE, "name": "amity-codings", "title": title, "resources": resources}
    written.append(
        write_text(folder / "datapackage.json", json.dumps(package, ensure_ascii=False, indent=1) + "\n")
    )
    return written


def _field(table: str, name: str, kind: str) -> dict[str, Any]:
    field: dict[str, Any] = {"name": name, "type": kind}
    if kind == "boolean":
        field |= {"trueValues": ["True"], "falseValues": ["False"]}
    if table == "positions":
        field["description"] = COLUMN_WORDS[name]
    return field


def _keys(table: str) -> dict[str, Any]:
    if table == "documents":
        return {"primaryKey": ["id"]}
    reference = {"resource": "documents", "fields": ["id"]}
    return {"foreignKeys": [{"fields": ["document_id"], "reference": reference}]}


def read_data_package(path: FilePath) -> Imported:
    """
    Return the coded documents of a data package that amity wrote.

    Parameters
    ----------
    path : path
        The folder, or its ``datapackage.json``.

    Returns
    -------
    Imported
        Every word of a mention or cue is checked against the text.

    Raises
    ------
    UnreadableFile
        If a file is missing or not UTF-8.
    InvalidRecord
        If it is no such package, a table's path leads out of the folder, or a row cannot be read.
    """
    root = Path(path)
    file = root / "datapackage.json" if root.is_dir() else root
    package = as_object(parse_json(read_text(file), str(file)))
    paths = {str(each.get("name")): each.get("path") for each in as_objects(package.get("resources"))}
    tables = {}
    for name in SCHEMA:
        where = paths.get(name)
        if where is None and name in ("mentions", "quotations"):
            continue
        if not isinstance(where, str):
            raise InvalidRecord(f"{file} names no table {name!r}; expected {', '.join(SCHEMA)}")
        if Path(where).is_absolute() or ".." in Path(where).parts or "://" in where:
            raise InvalidRecord(f"{file}: the path {where!r} leads out of the package; it is not opened")
        tables[name] = [cells for _, cells in read_table(file.parent / where, delimiter=",")]
    return tables_to_codings(tables, str(file))
