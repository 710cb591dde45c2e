"""
Write the script of the newest version's file: ``python -m tests.store.make_schema``.

Run it once when a version is released, and never again for that version: the scripts in ``schemas`` are what files of
that version look like for ever.
"""

import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from amity.project import Project
from amity.store import schema
from amity.store.migrations import newest_version
from tests.project.world import READER, WORLD

SCHEMAS = Path(__file__).with_name("schemas")
_INDEXES = ("document_words", "evidence_words")


def build(path: Path) -> None:
    """Make the file whose rows the script holds."""
    with Project.create(path, name="World", coder="ana") as project:
        project.add_read(WORLD, origin=READER)
        first, second = project.positions()[:2]
        project.decide(first.id, "accepted")
        project.decide(second.id, "edited", replacement=replace(second.position, strength="strong"))
        project.notes.add_memo("document", "note", "a memo")
        project.merge_actors(["freedonia"], "sylvania")


def dump(connection: sqlite3.Connection) -> str:
    """Return a script that makes the file anew."""
    lines = [
        f"PRAGMA application_id = {schema.APPLICATION_ID};",
        f"PRAGMA user_version = {newest_version()};",
        "BEGIN;",
    ]
    statements = connection.execute(
        "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    ).fetchall()
    shadow = tuple(f"{index}_" for index in _INDEXES)
    own = [(kind, name, sql) for kind, name, sql in statements if not name.startswith((*shadow, "sqlite_"))]
    lines += [f"{sql};" for kind, _, sql in own if kind in ("table", "index")]
    for kind, name, _ in own:
        if kind == "table" and name not in _INDEXES:
            lines += _rows(connection, name)
    lines.append("INSERT INTO document_words(document_words) VALUES ('rebuild');")
    lines += [
        f"INSERT INTO evidence_words(rowid, words) VALUES ({row}, {_literal(connection, words)});"
        for row, words in _evidence(connection)
    ]
    lines += [f"{sql};" for kind, _, sql in own if kind == "trigger"]
    return "\n".join([*lines, "COMMIT;", ""])


def _rows(connection: sqlite3.Connection, table: str) -> list[str]:
    return [
        f"INSERT INTO {table} VALUES ({', '.join(_literal(connection, each) for each in row)});"
        for row in connection.execute(f"SELECT * FROM {table}").fetchall()
    ]


def _literal(connection: sqlite3.Connection, value: object) -> str:
    return str(connection.execute("SELECT quote(?)", (value,)).fetchone()[0])


def _evidence(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    return connection.execute(
        "SELECT position.id, substr(document_text.text, json_extract(evidence, '$[0][0]') + 1, "
        "json_extract(evidence, '$[0][1]') - json_extract(evidence, '$[0][0]')) FROM position "
        "JOIN document_text ON document_text.id = position.document"
    ).fetchall()


def main() -> None:
    """Write the script."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "world.amity"
        build(path)
        connection = sqlite3.connect(path)
        SCHEMAS.mkdir(exist_ok=True)
        script = SCHEMAS / f"version_{newest_version()}.sql"
        script.write_text(dump(connection), encoding="utf-8")
        connection.close()


if __name__ == "__main__":
    main()
