"""A small private reader of DNA's SQLite files, for tests and benchmarks of networks."""

import sqlite3
from contextlib import closing
from pathlib import Path

import numpy as np

from amity.network import StatementTable, statement_table
from amity.network.columns import NumberColumn, TextColumn, label_key


def load(path: Path, statement_type: int = 1) -> StatementTable:
    """Return the statements of one type, with the period of all documents."""
    with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as base:
        statements = np.array(
            base.execute(
                "SELECT s.ID, s.DocumentId, s.Start, s.Stop, d.Date FROM STATEMENTS s JOIN DOCUMENTS d ON "
                "d.ID = s.DocumentId WHERE s.StatementTypeId = ? ORDER BY s.ID",
                (statement_type,),
            ).fetchall(),
            dtype=np.int64,
        ).reshape(-1, 5)
        variables = base.execute(
            "SELECT ID, Variable, DataType FROM VARIABLES WHERE StatementTypeId = ?", (statement_type,)
        ).fetchall()
        columns: dict[str, object] = {
            name: _variable(base, number, kind, statements[:, 0]) for number, name, kind in variables
        }
        documents = base.execute(
            "SELECT ID, Author, Source, Section, Type, Title, Date FROM DOCUMENTS ORDER BY ID"
        ).fetchall()
    ids = np.array([each[0] for each in documents], dtype=np.int64)
    place = np.searchsorted(ids, statements[:, 1])
    for at, name in enumerate(("author", "source", "section", "type", "title"), start=1):
        columns[f"document_{name}"] = _coded([each[at] for each in documents], place)
    columns["document_id"] = _coded([str(each[0]) for each in documents], place)
    columns |= {
        "statement_id": statements[:, 0],
        "start_position": statements[:, 2],
        "stop_position": statements[:, 3],
        "time": statements[:, 4],
    }
    dates = [each[6] for each in documents]
    return statement_table(columns, period=(min(dates), max(dates)))


def _coded(labels: list[str], codes: np.ndarray) -> TextColumn:
    distinct = sorted(set(labels), key=label_key)
    rank = {label: at for at, label in enumerate(distinct)}
    return TextColumn(np.array([rank[label] for label in labels] or [0], np.int32)[codes], tuple(distinct))


def _variable(base: sqlite3.Connection, number: int, kind: str, ids: np.ndarray) -> TextColumn | NumberColumn:
    if kind in ("boolean", "integer"):
        table = "DATABOOLEAN" if kind == "boolean" else "DATAINTEGER"
        rows = np.array(
            base.execute(
                f"SELECT StatementId, Value FROM {table} WHERE VariableId = ?", (number,)
            ).fetchall(),
            dtype=np.int64,
        ).reshape(-1, 2)
        values, present = np.zeros(len(ids), np.int64), np.zeros(len(ids), np.bool_)
        place = np.searchsorted(ids, rows[:, 0])
        values[place], present[place] = rows[:, 1], True
        return NumberColumn(values, kind, None if present.all() else present)
    entities = dict(base.execute("SELECT ID, Value FROM ENTITIES WHERE VariableId = ?", (number,)).fetchall())
    rows = np.array(
        base.execute(
            "SELECT StatementId, Entity FROM DATASHORTTEXT WHERE VariableId = ?", (number,)
        ).fetchall(),
        dtype=np.int64,
    ).reshape(-1, 2)
    labels = sorted({*entities.values(), ""}, key=label_key)
    rank = {label: at for at, label in enumerate(labels)}
    becomes = np.zeros(max(entities, default=0) + 1, np.int32)
    for entity, label in entities.items():
        becomes[entity] = rank[label]
    codes = np.zeros(len(ids), np.int32)
    codes[np.searchsorted(ids, rows[:, 0])] = becomes[rows[:, 1]]
    return TextColumn(codes, tuple(labels))
