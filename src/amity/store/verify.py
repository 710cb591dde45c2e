"""Is everything that the file keeps beside the decisions what the decisions say?"""

import json
import sqlite3

from amity.store.blocks import pack_positions, pack_states
from amity.store.documents import document_text
from amity.store.states import derived_states


def verify(connection: sqlite3.Connection) -> list[str]:
    """
    Return what does not hold in a project file.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.

    Returns
    -------
    list of str
        Empty if all is well. Checked are the file's own structure, states against decisions, columns against rows,
        every span against its text's length, the full-text index, and references between tables.
    """
    return [*_structure(connection), *_states(connection), *_blocks(connection), *_spans(connection)]


def _structure(connection: sqlite3.Connection) -> list[str]:
    problems = [f"file: {row[0]}" for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
    problems += [
        f"table {table}: row {row} names a row of {parent} that is not there"
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check")
    ]
    if connection.execute("SELECT COUNT(*) FROM stale_block").fetchone()[0]:
        problems.append("columns: some documents' columns were not brought up to date")
    missing = connection.execute(
        "SELECT COUNT(*) FROM document WHERE id NOT IN (SELECT id FROM document_text)"
    ).fetchone()[0]
    if missing:
        problems.append(f"documents: {missing} have no text")
    return problems


def _states(connection: sqlite3.Connection) -> list[str]:
    derived = derived_states(connection)
    return [
        f"position {row}: kept as state {state}, standing {standing}; the decisions say {derived[row]}"
        for row, state, standing in connection.execute("SELECT id, state, standing FROM position")
        if derived[row] != (state, bool(standing))
    ]


def _blocks(connection: sqlite3.Connection) -> list[str]:
    problems = []
    documents = [row[0] for row in connection.execute("SELECT DISTINCT document FROM position")]
    for document in documents:
        kept = connection.execute(
            "SELECT positions, pairs, states FROM block WHERE document = ?", (document,)
        ).fetchone()
        positions, pairs = pack_positions(connection, document)
        if kept != (positions.tobytes(), pairs.tobytes(), pack_states(connection, document)):
            problems.append(f"columns: those of document {document} are not what its positions say")
    return problems


def _spans(connection: sqlite3.Connection) -> list[str]:
    problems = []
    for document, uid, n_characters in connection.execute(
        "SELECT id, uid, n_characters FROM document"
    ).fetchall():
        if len(document_text(connection, document)) != n_characters:
            problems.append(f"document {uid}: its text has another length than when it was read")
        for row, start, end, evidence in connection.execute(
            "SELECT id, cue_start, cue_end, evidence FROM position WHERE document = ?", (document,)
        ):
            spans = [(start, end), *json.loads(evidence)]
            if any(not 0 <= first < last <= n_characters for first, last in spans):
                problems.append(f"position {row}: a span lies outside document {uid}")
    return problems
