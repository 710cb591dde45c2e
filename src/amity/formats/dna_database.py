"""The file of the Discourse Network Analyzer (DNA 3): its tables, exactly, and its statements as rows."""

import base64
import hashlib
import secrets
import sqlite3
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from amity.errors import InvalidRecord, NotFound, SpanMismatch, UnreadableFile
from amity.formats.files import MAX_BYTES
from amity.formats.records import FilePath, Problem
from amity.text.offsets import OffsetMap

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PERMISSIONS = (
    "PermissionAddDocuments PermissionEditDocuments PermissionDeleteDocuments PermissionImportDocuments "
    "PermissionAddStatements PermissionEditStatements PermissionDeleteStatements PermissionEditAttributes "
    "PermissionEditRegex PermissionEditStatementTypes PermissionEditCoders PermissionEditCoderRelations "
    "PermissionViewOthersDocuments PermissionEditOthersDocuments PermissionViewOthersStatements PermissionEditOthersStatements"
).split()

_NAME = "TEXT NOT NULL{default} CHECK (LENGTH({0}) < 191)"
_COLOUR = tuple(
    (name, f"INTEGER NOT NULL DEFAULT 0 CHECK ({name} BETWEEN 0 AND 255)")
    for name in ("Red", "Green", "Blue")
)
_FLAG = "INTEGER NOT NULL CHECK ({0} BETWEEN 0 AND 1) DEFAULT {1}"


def _short(name: str, default: str = "") -> tuple[str, str]:
    return name, _NAME.format(name, default=default)


def _reference(column: str, table: str) -> str:
    return f"FOREIGN KEY({column}) REFERENCES {table}(ID) ON DELETE CASCADE"


_KEY = ("ID", "INTEGER NOT NULL PRIMARY KEY")
_VALUE_KEYS = (_KEY, ("StatementId", "INTEGER NOT NULL"), ("VariableId", "INTEGER NOT NULL"))
_VALUE_LIMITS = (
    _reference("StatementId", "STATEMENTS"),
    _reference("VariableId", "VARIABLES"),
    "UNIQUE (StatementId, VariableId)",
)

SCHEMA: Mapping[str, tuple[tuple[tuple[str, str], ...], tuple[str, ...]]] = {
    "SETTINGS": ((("Property", "TEXT PRIMARY KEY"), ("Value", "TEXT NOT NULL")), ()),
    "CODERS": (
        (
            _KEY,
            _short("Name"),
            *_COLOUR,
            ("Refresh", "INTEGER NOT NULL CHECK (Refresh BETWEEN 0 AND 9999) DEFAULT 0"),
            ("FontSize", "INTEGER NOT NULL CHECK (FontSize BETWEEN 1 AND 99) DEFAULT 14"),
            _short("Password"),
            ("PopupWidth", "INTEGER CHECK (PopupWidth BETWEEN 100 AND 9999) DEFAULT 300"),
            ("ColorByCoder", _FLAG.format("ColorByCoder", 0)),
            ("PopupDecoration", _FLAG.format("PopupDecoration", 0)),
            ("PopupAutoComplete", _FLAG.format("PopupAutoComplete", 1)),
            *((name, _FLAG.format(name, 1)) for name in PERMISSIONS),
        ),
        (),
    ),
    "DOCUMENTS": (
        (
            _KEY,
            _short("Title"),
            ("Text", "TEXT NOT NULL"),
            ("Coder", "INTEGER"),
            _short("Author", " DEFAULT ''"),
            _short("Source", " DEFAULT ''"),
            _short("Section", " DEFAULT ''"),
            ("Notes", "TEXT NOT NULL DEFAULT ''"),
            _short("Type", " DEFAULT ''"),
            ("Date", "INTEGER NOT NULL"),
        ),
        (_reference("Coder", "CODERS"),),
    ),
    "STATEMENTTYPES": ((_KEY, _short("Label"), *_COLOUR), ()),
    "VARIABLES": (
        (
            _KEY,
            _short("Variable"),
            (
                "DataType",
                "TEXT NOT NULL CHECK (DataType IN ('boolean', 'integer', 'long text', 'short text')) DEFAULT 'short text'",
            ),
            ("StatementTypeId", "INTEGER"),
        ),
        (_reference("StatementTypeId", "STATEMENTTYPES"), "UNIQUE (Variable, StatementTypeId)"),
    ),
    "VARIABLELINKS": (
        (_KEY, ("SourceVariableId", "INTEGER"), ("TargetVariableId", "INTEGER")),
        (
            "CHECK (TargetVariableId != SourceVariableId)",
            _reference("SourceVariableId", "VARIABLES"),
            _reference("TargetVariableId", "VARIABLES"),
        ),
    ),
    "REGEXES": ((("Label", "TEXT PRIMARY KEY CHECK (LENGTH(Label) < 191)"), *_COLOUR), ()),
    "CODERRELATIONS": (
        (
            _KEY,
            ("Coder", "INTEGER CHECK(Coder > 0)"),
            ("OtherCoder", "INTEGER CHECK(OtherCoder > 0)"),
            *(
                (name, _FLAG.format(name, 1))
                for name in ("viewStatements", "editStatements", "viewDocuments", "editDocuments")
            ),
        ),
        ("CHECK (Coder != OtherCoder)", _reference("Coder", "CODERS"), _reference("OtherCoder", "CODERS")),
    ),
    "STATEMENTS": (
        (
            _KEY,
            ("StatementTypeId", "INTEGER"),
            ("DocumentId", "INTEGER"),
            ("Start", "INTEGER NOT NULL CHECK(Start >= 0)"),
            ("Stop", "INTEGER NOT NULL CHECK(Stop >= 0)"),
            ("Coder", "INTEGER"),
        ),
        (
            "CHECK (Start < Stop)",
            _reference("StatementTypeId", "STATEMENTTYPES"),
            _reference("Coder", "CODERS"),
            _reference("DocumentId", "DOCUMENTS"),
        ),
    ),
    "DATABOOLEAN": ((*_VALUE_KEYS, ("Value", "INTEGER NOT NULL DEFAULT 1")), _VALUE_LIMITS),
    "DATAINTEGER": ((*_VALUE_KEYS, ("Value", "INTEGER NOT NULL DEFAULT 0")), _VALUE_LIMITS),
    "ENTITIES": (
        (
            _KEY,
            ("VariableId", "INTEGER NOT NULL"),
            _short("Value", " DEFAULT ''"),
            *((name, f"INTEGER CHECK ({name} BETWEEN 0 AND 255)") for name in ("Red", "Green", "Blue")),
            ("ChildOf", "INTEGER CHECK(ChildOf > 0)"),
        ),
        (
            "UNIQUE (VariableId, Value)",
            _reference("ChildOf", "ENTITIES"),
            _reference("VariableId", "VARIABLES"),
        ),
    ),
    "DATASHORTTEXT": (
        (*_VALUE_KEYS, ("Entity", "INTEGER NOT NULL")),
        (*_VALUE_LIMITS, _reference("Entity", "ENTITIES")),
    ),
    "DATALONGTEXT": ((*_VALUE_KEYS, ("Value", "TEXT DEFAULT ''")), _VALUE_LIMITS),
    "ATTRIBUTEVARIABLES": (
        (_KEY, ("VariableId", "INTEGER NOT NULL"), _short("AttributeVariable")),
        ("UNIQUE (VariableId, AttributeVariable)", _reference("VariableId", "VARIABLES")),
    ),
    "ATTRIBUTEVALUES": (
        (
            _KEY,
            ("EntityId", "INTEGER NOT NULL"),
            ("AttributeVariableId", "INTEGER NOT NULL"),
            _short("AttributeValue", " DEFAULT ''"),
        ),
        (
            "UNIQUE (EntityId, AttributeVariableId)",
            _reference("EntityId", "ENTITIES"),
            _reference("AttributeVariableId", "ATTRIBUTEVARIABLES"),
        ),
    ),
}
"""DNA 3's tables: their columns with types, and their limits."""

Row = tuple[Any, ...]
DOCUMENT_VARIABLES = ("author", "source", "section", "type", "id", "title")


@dataclass(frozen=True)
class DnaDatabase:
    """
    The content of a DNA 3 file.

    Parameters
    ----------
    tables : mapping of str to tuple of tuple
        Rows of every table of `SCHEMA`, in the order of their keys, columns as in `SCHEMA`.
    problems : tuple of Problem
        What the file held besides, or what is damaged.
    """

    tables: Mapping[str, tuple[Row, ...]]
    problems: tuple[Problem, ...] = ()

    def rows(self, table: str) -> list[dict[str, Any]]:
        """
        Return a table as records.

        Parameters
        ----------
        table : str
            A name in `SCHEMA`.

        Returns
        -------
        list of dict
            Values by column name.
        """
        names = [name for name, _ in SCHEMA[table][0]]
        return [dict(zip(names, row, strict=True)) for row in self.tables[table]]

    @cached_property
    def version(self) -> str:
        """DNA's version, as the settings state it."""
        return next((str(value) for key, value in self.tables["SETTINGS"] if key == "version"), "")

    @cached_property
    def statement_types(self) -> tuple[str, ...]:
        """Labels of the statement types, in the order of their ids."""
        return tuple(str(row["Label"]) for row in self.rows("STATEMENTTYPES"))

    def variables(self, statement_type: str) -> dict[str, str]:
        """
        Return the variables of a statement type.

        Parameters
        ----------
        statement_type : str
            Its label.

        Returns
        -------
        dict of str to str
            Name to data type: ``short text``, ``long text``, ``integer`` or ``boolean``.

        Raises
        ------
        NotFound
            If there is no such statement type.
        """
        identity = self._type_id(statement_type)
        return {
            row["Variable"]: row["DataType"]
            for row in self.rows("VARIABLES")
            if row["StatementTypeId"] == identity
        }

    def _type_id(self, label: str) -> int:
        for row in self.rows("STATEMENTTYPES"):
            if row["Label"] == label:
                return int(row["ID"])
        raise NotFound(
            f"there is no statement type {label!r}; the file has {', '.join(map(repr, self.statement_types))}"
        )

    @cached_property
    def _documents(self) -> dict[int, dict[str, Any]]:
        return {row["ID"]: row for row in self.rows("DOCUMENTS")}

    @cached_property
    def _values(self) -> dict[int, dict[int, Any]]:
        entities = {row["ID"]: row["Value"] for row in self.rows("ENTITIES")}
        values: dict[int, dict[int, Any]] = {}
        for table in ("DATABOOLEAN", "DATAINTEGER", "DATALONGTEXT"):
            for _, statement, variable, value in self.tables[table]:
                values.setdefault(statement, {})[variable] = value
        for _, statement, variable, entity in self.tables["DATASHORTTEXT"]:
            values.setdefault(statement, {})[variable] = entities.get(entity, "")
        return values

    def statements(self, statement_type: str) -> list[dict[str, Any]]:
        """
        Return the statements of one type as records, by date, document and place, as DNA sorts them.

        Parameters
        ----------
        statement_type : str
            Its label.

        Returns
        -------
        list of dict
            ``statement_id``, ``document_id``, ``date`` (aware UTC), ``start``, ``stop`` (code points), ``coder``
            (name), ``text``; the document's ``author``, ``source``, ``section``, ``type``, ``title``, ``id``; then
            the type's variables by name (text; 0 or 1 for boolean; integer; None where the file has no value). A
            variable that bears one of the other names is found as ``variable:NAME``.

        Raises
        ------
        NotFound
            If there is no such statement type.
        """
        identity = self._type_id(statement_type)
        variables = [
            (row["ID"], row["Variable"])
            for row in self.rows("VARIABLES")
            if row["StatementTypeId"] == identity
        ]
        coders = {row["ID"]: row["Name"] for row in self.rows("CODERS")}
        found = []
        for row in self.rows("STATEMENTS"):
            if row["StatementTypeId"] != identity or row["DocumentId"] not in self._documents:
                continue
            document = self._documents[row["DocumentId"]]
            start, stop = self._places.get(row["ID"], (0, 0))
            record = {
                "statement_id": row["ID"],
                "document_id": row["DocumentId"],
                "date": to_moment(document["Date"]),
                "start": start,
                "stop": stop,
                "coder": coders.get(row["Coder"], ""),
                "text": document["Text"][start:stop],
                **{
                    name: document[name.upper() if name == "id" else name.title()]
                    for name in DOCUMENT_VARIABLES
                },
            }
            values = self._values.get(row["ID"], {})
            for key, name in variables:
                record[f"variable:{name}" if name in record else name] = values.get(key)
            found.append(record)
        found.sort(
            key=lambda each: (
                each["date"],
                *(each[k] for k in ("document_id", "start", "stop", "statement_id")),
            )
        )
        return found

    @cached_property
    def _places(self) -> dict[int, tuple[int, int]]:
        """Start and stop of each statement in code points; the file counts UTF-16 units."""
        by_document: dict[int, list[tuple[int, int, int]]] = {}
        for identity, _, document, start, stop, _ in self.tables["STATEMENTS"]:
            by_document.setdefault(document, []).append((identity, start, stop))
        places: dict[int, tuple[int, int]] = {}
        for document, listed in by_document.items():
            if document not in self._documents:
                continue
            text = self._documents[document]["Text"]
            offsets = OffsetMap(text)
            for identity, start, stop in listed:
                try:
                    a, b = offsets.from_utf16([start, stop])
                except SpanMismatch:
                    continue
                places[identity] = a, b
        return places

    def columns(self, statement_type: str) -> dict[str, list[Any]]:
        """
        Return the statements of one type as columns.

        Parameters
        ----------
        statement_type : str
            Its label.

        Returns
        -------
        dict of str to list
            As `statements`, one list a key; empty where there is no statement.

        Raises
        ------
        NotFound
            If there is no such statement type.
        """
        records = self.statements(statement_type)
        return {key: [record[key] for record in records] for key in (records[0] if records else {})}

    def lost_statements(self) -> list[int]:
        """
        Return ids of statements whose offsets lie outside their text, or whose document is missing.

        Returns
        -------
        list of int
            In the order of the file.
        """
        return [row[0] for row in self.tables["STATEMENTS"] if row[0] not in self._places]


def to_moment(seconds: int) -> datetime:
    """
    Return the moment of DNA's seconds since 1970, read as UTC.

    Parameters
    ----------
    seconds : int
        May be negative.

    Returns
    -------
    datetime
        Aware, UTC; the first or last representable moment where `seconds` lies beyond.
    """
    try:
        return EPOCH + timedelta(seconds=seconds)
    except OverflowError:
        return (datetime.max if seconds > 0 else datetime.min).replace(tzinfo=UTC)


def hash_password(password: str, *, salt: bytes | None = None) -> str:
    """
    Return a password as DNA stores it.

    Parameters
    ----------
    password : str
        The password.
    salt : bytes, optional
        16 bytes; drawn at random where not given.

    Returns
    -------
    str
        Base64 of the salt and of SHA-256, iterated 100,000 times over salt and password (NFC, UTF-8).

    Notes
    -----
    jasypt's ``StrongPasswordEncryptor``, which DNA uses.
    """
    salt = secrets.token_bytes(16) if salt is None else salt
    digest = salt + unicodedata.normalize("NFC", password).encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode("ascii")


def check_password(password: str, stored: str) -> bool:
    """
    Return whether a password is the one stored.

    Parameters
    ----------
    password : str
        The password.
    stored : str
        As in ``CODERS.Password``.

    Returns
    -------
    bool
        False too where `stored` is not in DNA's form.
    """
    try:
        salt = base64.b64decode(stored, validate=True)[:16]
    except ValueError:
        return False
    return len(salt) == 16 and secrets.compare_digest(hash_password(password, salt=salt), stored)


def read_dna_database(path: FilePath) -> DnaDatabase:
    """
    Return the content of a DNA 3 file.

    Parameters
    ----------
    path : path
        A ``.dna`` file; it is opened for reading only.

    Returns
    -------
    DnaDatabase
        Every row of every table that DNA 3 has.

    Raises
    ------
    UnreadableFile
        If it is no SQLite file, or is damaged.
    InvalidRecord
        If it is not of DNA 3, or a table or column is missing.
    """
    file = Path(path)
    if not file.is_file() or file.stat().st_size > MAX_BYTES:
        raise UnreadableFile(f"{file} is not there, is no file, or is larger than {MAX_BYTES} bytes")
    problems: list[Problem] = []
    tables: dict[str, tuple[Row, ...]] = {}
    try:
        uri = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema = OFF")
            present = {
                str(name).upper(): kind
                for name, kind in connection.execute("SELECT name, type FROM sqlite_master")
                if kind in ("table", "view")
            }
            for table in SCHEMA:
                tables[table] = _read_rows(connection, table, present, file, problems)
            for name, kind in present.items():
                if name not in SCHEMA and not name.startswith("SQLITE_"):
                    problems.append(Problem(f"{kind} {name}", "DNA 3 has no such table"))
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{file} is no readable SQLite file: {error}") from error
    database = DnaDatabase(tables, tuple(problems))
    if not database.version.startswith("3."):
        raise InvalidRecord(
            f"{file} states DNA version {database.version!r}; amity reads version 3 (open older files in DNA 3 first)"
        )
    return database


def _read_rows(
    connection: sqlite3.Connection,
    table: str,
    present: Mapping[str, str],
    file: Path,
    problems: list[Problem],
) -> tuple[Row, ...]:
    if present.get(table) != "table":
        raise InvalidRecord(f"{file} has no table {table}; it is not a file of DNA 3")
    wanted = [name for name, _ in SCHEMA[table][0]]
    found = {str(row[1]).upper(): str(row[1]) for row in connection.execute(f"PRAGMA table_info({table})")}
    if missing := [name for name in wanted if name.upper() not in found]:
        raise InvalidRecord(f"{file}: table {table} lacks {', '.join(missing)}; it is not a file of DNA 3")
    problems.extend(
        Problem(f"table {table}", f"DNA 3 has no column {name}")
        for key, name in found.items()
        if key not in {each.upper() for each in wanted}
    )
    rows = connection.execute(f"SELECT {', '.join(wanted)} FROM {table} ORDER BY {wanted[0]}").fetchall()
    for row in rows:
        for name, value in zip(wanted, row, strict=True):
            _check_type(file, table, name, value)
    return tuple(rows)


def _check_type(file: Path, table: str, column: str, value: object) -> None:
    declared = dict(SCHEMA[table][0])[column]
    wanted = int if declared.startswith("INTEGER") else str
    if value is None and "NOT NULL" not in declared:
        return
    if not isinstance(value, wanted):
        raise InvalidRecord(
            f"{file}: {table}.{column} holds {value!r:.60}, expected {'an integer' if wanted is int else 'text'}"
        )


def write_dna_database(database: DnaDatabase, path: FilePath) -> Path:
    """
    Return the path of a file that DNA 3 opens.

    Parameters
    ----------
    database : DnaDatabase
        The content.
    path : path
        Where to write; a file that stands there is replaced once the new one is whole.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidRecord
        If the content breaks DNA's own limits (names up to 190 characters, references, unique names).
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            for table, (columns, limits) in SCHEMA.items():
                parts = [*(f"{name} {kind}" for name, kind in columns), *limits]
                connection.execute(f"CREATE TABLE {table}({', '.join(parts)})")
                marks = ", ".join("?" * len(columns))
                connection.executemany(
                    f"INSERT INTO {table} VALUES ({marks})", database.tables.get(table, ())
                )
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise InvalidRecord(
                    f"{len(broken)} rows refer to what is not there, the first in table {broken[0][0]}, row {broken[0][1]}"
                )
            connection.commit()
        part.replace(file)
    except sqlite3.IntegrityError as error:
        raise InvalidRecord(f"the content breaks DNA's own limits: {error}") from error
    except (sqlite3.Error, UnicodeEncodeError) as error:
        raise InvalidRecord(f"DNA's file cannot hold the content: {error}") from error
    finally:
        part.unlink(missing_ok=True)
    return file


def number_rows(rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """
    Yield rows with a running number before them, from 1.

    Parameters
    ----------
    rows : iterable of sequence
        Rows without their id.

    Yields
    ------
    tuple
        The id and the row.
    """
    for place, row in enumerate(rows, 1):
        yield place, *row
