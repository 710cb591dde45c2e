"""Parquet files and DuckDB databases, through DuckDB; positions by the million as columns."""

from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidRecord, MissingExtra, UnreadableFile
from amity.formats.coded_tables import SCHEMA, coded_tables, tables_to_codings
from amity.formats.records import CodedDocument, FilePath, Imported, only_coded
from amity.model import ACTS, STATUSES, VOICES
from amity.network import PositionColumns

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_KINDS = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN"}


def _connect(path: str = ":memory:", *, read_only: bool = False) -> "DuckDBPyConnection":
    try:
        import duckdb
    except ImportError as error:
        raise MissingExtra("Parquet and DuckDB files need duckdb; install amity[tables]") from error
    # nothing is fetched at run time, and a file that is read cannot make DuckDB look elsewhere
    settings: dict[str, Any] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
    }
    return duckdb.connect(path, read_only=read_only, config=settings)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _fill(connection: "DuckDBPyConnection", pairs: Iterable[CodedDocument], texts: bool) -> None:
    tables = coded_tables(only_coded(pairs), texts=texts)
    for name, columns in SCHEMA.items():
        described = ", ".join(f'"{column}" {_KINDS[kind]}' for column, kind in columns)
        connection.execute(f'CREATE TABLE "{name}" ({described})')
        if tables[name]:
            # whole columns at a time: row by row takes a hundred times as long
            arrays = {
                column: _array(values, kind)
                for (column, kind), values in zip(columns, zip(*tables[name], strict=True), strict=True)
            }
            connection.register("arrays", arrays)
            chosen = ", ".join(
                f'CASE WHEN isnan("{column}") THEN NULL ELSE CAST("{column}" AS {_KINDS[kind]}) END'
                if kind in ("integer", "number")
                else f'CAST("{column}" AS {_KINDS[kind]})'
                for column, kind in columns
            )
            connection.execute(f'INSERT INTO "{name}" SELECT {chosen} FROM arrays')
            connection.unregister("arrays")


def _array(values: Iterable[Any], kind: str) -> NDArray[Any]:
    if kind in ("integer", "number"):
        return np.array([np.nan if value is None else value for value in values], dtype=np.float64)
    if kind == "boolean":
        return np.array(list(values), dtype=bool)
    array = np.empty(len(listed := list(values)), dtype=object)
    array[:] = [_clean(value) for value in listed]
    return array


def _clean(value: str | None) -> str | None:
    """Text that DuckDB stores: it takes neither lone surrogates nor NUL."""
    return None if value is None else value.encode("utf-8", "replace").decode().replace("\x00", "\ufffd")


def write_parquet(pairs: Iterable[CodedDocument], path: FilePath, *, texts: bool = True) -> list[Path]:
    """
    Return the paths of five Parquet files.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        A folder: documents, actors, mentions, positions, quotations.
    texts : bool
        Whether the texts are in the table of documents.

    Returns
    -------
    list of Path
        In the order written.

    Raises
    ------
    MissingExtra
        If duckdb is not installed.
    """
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    with closing(_connect()) as connection:
        _fill(connection, pairs, texts)
        for name in SCHEMA:
            written.append(folder / f"{name}.parquet")
            connection.execute(f'COPY "{name}" TO {_quoted(written[-1])} (FORMAT parquet)')
    return written


def write_duckdb(pairs: Iterable[CodedDocument], path: FilePath, *, texts: bool = True) -> list[Path]:
    """
    Return the path of a DuckDB database of five tables.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their codings.
    path : path
        ``NAME.duckdb``; a file that stands there is replaced once the new one is whole.
    texts : bool
        Whether the texts are in the table of documents.

    Returns
    -------
    list of Path
        One path.

    Raises
    ------
    MissingExtra
        If duckdb is not installed.
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(_connect(str(part))) as connection:
            _fill(connection, pairs, texts)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return [file]


def read_parquet(path: FilePath) -> Imported:
    """
    Return the coded documents of a folder of Parquet files that amity wrote.

    Parameters
    ----------
    path : path
        The folder.

    Returns
    -------
    Imported
        Every word of a mention or cue is checked against the text.

    Raises
    ------
    UnreadableFile
        If a file is missing or broken.
    InvalidRecord
        If a row cannot be read.
    MissingExtra
        If duckdb is not installed.
    """
    folder = Path(path)
    sources = {name: f"read_parquet({_quoted(folder / f'{name}.parquet')})" for name in SCHEMA}
    return _read(":memory:", sources, str(folder))


def read_duckdb(path: FilePath) -> Imported:
    """
    Return the coded documents of a DuckDB database that amity wrote.

    Parameters
    ----------
    path : path
        The file; it is opened for reading only.

    Returns
    -------
    Imported
        Every word of a mention or cue is checked against the text.

    Raises
    ------
    UnreadableFile
        If it is missing or broken, or lacks a table.
    InvalidRecord
        If a row cannot be read.
    MissingExtra
        If duckdb is not installed.
    """
    if not Path(path).is_file():
        raise UnreadableFile(f"{path} is not there")
    return _read(str(path), {name: f'"{name}"' for name in SCHEMA}, str(path))


def _read(database: str, sources: Mapping[str, str], place: str) -> Imported:
    tables: dict[str, list[dict[str, Any]]] = {}
    try:
        connection = _connect(database, read_only=database != ":memory:")
    except MissingExtra:
        raise
    except Exception as error:
        raise UnreadableFile(f"{place} is no readable DuckDB database: {error}") from error
    import duckdb

    with closing(connection):
        for name, source in sources.items():
            columns = [column for column, _ in SCHEMA[name]]
            try:
                wanted = ", ".join(f'"{column}"' for column in columns)
                rows = connection.execute(f"SELECT {wanted} FROM {source}").fetchall()
            except (duckdb.Error, UnicodeDecodeError) as error:
                raise UnreadableFile(f"{place}: the table {name} cannot be read: {error}") from error
            tables[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    return tables_to_codings(tables, place)


def write_position_columns(columns: PositionColumns, path: FilePath) -> Path:
    """
    Return the path of a Parquet file with one row for each (holder, target) pair.

    Parameters
    ----------
    columns : PositionColumns
        As a project hands them out, by the million.
    path : path
        ``NAME.parquet``.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    MissingExtra
        If duckdb is not installed.
    InvalidRecord
        If the file cannot be written.

    Notes
    -----
    Columns: position, document, holder, holder_name, target, target_name, polarity, concept, agreement, act, status, voice, date, weight, score. Names are
    looked up inside DuckDB, so that no Python object is made for a row.
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    facts = {
        name: np.asarray(getattr(columns, name))
        for name in (
            *("position", "document", "holder", "target", "polarity", "concept", "agreement"),
            *("act", "status", "voice", "day", "weight", "score"),
        )
    }
    lists: dict[str, list[str]] = {
        "positions": list(columns.position_ids),
        "documents": list(columns.document_ids),
        "concepts": list(columns.concepts),
        "actors": [actor.id for actor in columns.actors],
        "names": [actor.name for actor in columns.actors],
        "acts": list(ACTS),
        "statuses": list(STATUSES),
        "voices": list(VOICES),
    }
    import importlib

    with closing(_connect()) as connection:
        duckdb = importlib.import_module("duckdb")
        try:
            connection.register("facts", facts)
            for name, values in lists.items():
                column = np.array(values, dtype=object) if values else np.array([""], dtype=object)
                connection.register(name, {"place": np.arange(len(column)), "word": column})
            connection.execute(f"COPY ({_QUERY}) TO {_quoted(file)} (FORMAT parquet)")
        except duckdb.Error as error:
            raise InvalidRecord(f"{file} cannot be written: {error}") from error
    return file


_QUERY = """
SELECT p.word AS position, d.word AS document, h.word AS holder, hn.word AS holder_name, t.word AS target, tn.word AS target_name,
       CASE WHEN f.target < 0 THEN NULL ELSE f.polarity END AS polarity, c.word AS concept,
       NULLIF(f.agreement, 0) AS agreement, a.word AS act, s.word AS status, v.word AS voice,
       CASE WHEN f.day < 0 THEN NULL ELSE DATE '0001-01-01' + CAST(f.day - 1 AS INTEGER) END AS date, f.weight, f.score
FROM facts f
JOIN positions p ON p.place = f.position
JOIN documents d ON d.place = f.document
JOIN actors h ON h.place = f.holder
JOIN names hn ON hn.place = f.holder
LEFT JOIN actors t ON t.place = f.target
LEFT JOIN names tn ON tn.place = f.target
LEFT JOIN concepts c ON c.place = f.concept
JOIN acts a ON a.place = f.act
JOIN statuses s ON s.place = f.status
JOIN voices v ON v.place = f.voice
"""
