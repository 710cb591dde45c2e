"""A position's state, derived from its decisions, and kept in a column by the transaction that changes them."""

import sqlite3
from collections.abc import Iterable

from amity.model import STATES, VERDICTS

SUGGESTED, ACCEPTED, EDITED, REJECTED, ADDED = range(len(STATES))
_VERDICT_ACCEPTED, _VERDICT_EDITED, _VERDICT_REJECTED, _VERDICT_ADDED = range(len(VERDICTS))

_LAST = (
    "(SELECT decision.{column} FROM decision WHERE decision.position = position.id AND decision.live "
    "ORDER BY decision.id DESC LIMIT 1)"
)


def touch(connection: sqlite3.Connection, query: str, values: Iterable[object] = ()) -> None:
    """
    Remember the positions that a query names, for `refresh_states`.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    query : str
        Answers with rows of positions.
    values : iterable of object
        What the query's marks stand for.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
    connection.execute(f"INSERT OR IGNORE INTO touched {query}", tuple(values))


def refresh_states(connection: sqlite3.Connection) -> None:
    """
    Derive anew the state of every touched position, and of what corrects it.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.

    Notes
    -----
    The last decision that counts gives the state; without one it is ``suggested``, or ``edited`` for a
    position that corrects another. A position stands unless it is rejected or corrected; one that corrects another
    stands only while the decision that brought it is the other's last.
    """
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched(position INTEGER PRIMARY KEY)")
    connection.execute(
        "INSERT OR IGNORE INTO touched WITH RECURSIVE corrected(id) AS (SELECT position FROM touched "
        "UNION SELECT position.id FROM position JOIN corrected ON position.replaces = corrected.id) "
        "SELECT id FROM corrected"
    )
    last = _LAST.format(column="verdict")
    connection.execute(
        f"UPDATE position SET state = COALESCE({last} + 1, CASE WHEN replaces IS NULL THEN {SUGGESTED} ELSE {EDITED} END), "
        f"standing = COALESCE({last} NOT IN ({_VERDICT_EDITED}, {_VERDICT_REJECTED}), 1), "
        "revision = revision + 1 WHERE id IN (SELECT position FROM touched)"
    )
    detached = [
        (row,)
        for row, replaces in connection.execute(
            "SELECT id, replaces FROM position WHERE replaces IS NOT NULL AND standing "
            "AND id IN (SELECT position FROM touched)"
        ).fetchall()
        if not _is_attached(connection, row, replaces)
    ]
    connection.executemany("UPDATE position SET standing = 0 WHERE id = ?", detached)
    connection.execute("DELETE FROM touched")


def _is_attached(connection: sqlite3.Connection, row: int, replaces: int | None) -> bool:
    while replaces is not None:
        found = connection.execute(
            "SELECT verdict, replaced_by FROM decision WHERE position = ? AND live ORDER BY id DESC LIMIT 1",
            (replaces,),
        ).fetchone()
        if found != (_VERDICT_EDITED, row):
            return False
        row = replaces
        replaces = connection.execute("SELECT replaces FROM position WHERE id = ?", (row,)).fetchone()[0]
    return True


def derived_states(connection: sqlite3.Connection) -> dict[int, tuple[int, bool]]:
    """
    Return every position's state and standing, worked out one by one from the decisions alone.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.

    Returns
    -------
    dict
        Row of the position to state and standing; what `refresh_states` keeps must equal it.
    """
    last: dict[int, tuple[int, int | None]] = {}
    for position, verdict, replaced_by in connection.execute(
        "SELECT position, verdict, replaced_by FROM decision WHERE live ORDER BY id"
    ):
        last[position] = verdict, replaced_by
    attached: dict[int, bool] = {}
    states = {}
    for row, replaces in connection.execute("SELECT id, replaces FROM position ORDER BY id"):
        attached[row] = replaces is None or (
            attached[replaces] and last.get(replaces) == (_VERDICT_EDITED, row)
        )
        verdict = last[row][0] if row in last else None
        if verdict is None:
            state = SUGGESTED if replaces is None else EDITED
        else:
            state = verdict + 1
        states[row] = state, attached[row] and verdict not in (_VERDICT_EDITED, _VERDICT_REJECTED)
    return states
