"""Runs of a reader over many documents, and the project's settings."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from typing import Any

from amity.errors import InvalidValue
from amity.model import Origin
from amity.store.ids import intern_origin, storable
from amity.store.journal import Act, begin, now
from amity.store.records import ReadRun


def begin_run(connection: sqlite3.Connection, origin: Origin, inputs: Iterable[str]) -> tuple[int, int]:
    """
    Return a new run and the act that its documents belong to.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    origin : Origin
        The reader.
    inputs : iterable of str
        What is read.

    Returns
    -------
    run : int
        The run.
    act : int
        The event that begins it; undoing it takes back the whole run.
    """
    listed = [storable(each) for each in inputs]
    act = begin(connection, "run", origin, f"{origin.agent} reads {', '.join(listed) or 'documents'}")
    row = connection.execute(
        "INSERT INTO run(origin, act, started, inputs) VALUES (?, ?, ?, ?)",
        (intern_origin(connection, origin), act.event, now(), json.dumps(listed)),
    ).lastrowid
    return int(row or 0), act.event


def note_run(connection: sqlite3.Connection, run: int, report: Mapping[str, Any], *, finished: bool) -> None:
    """
    Keep what a run has come to.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    run : int
        The run.
    report : mapping
        Fields of `ReadRun`.
    finished : bool
        Whether it has come to its end.
    """
    connection.execute(
        "UPDATE run SET report = ?, finished = ? WHERE id = ?",
        (json.dumps(report), now() if finished else None, run),
    )
    # A run that brought nothing is no act that anyone would want to undo.
    connection.execute(
        "UPDATE event SET kind = 'run.empty' WHERE id = (SELECT act FROM run WHERE id = ?) "
        "AND NOT EXISTS(SELECT 1 FROM event AS part WHERE part.act = event.id AND part.id <> event.id)",
        (run,),
    )


def fetch_runs(connection: sqlite3.Connection) -> list[ReadRun]:
    """
    Return the runs, oldest first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.

    Returns
    -------
    list of ReadRun
        Interrupted ones too, with what they had come to.
    """
    runs = []
    for row, agent, version, settings, started, finished, inputs, report in connection.execute(
        "SELECT run.id, origin.agent, origin.version, origin.settings, run.started, run.finished, run.inputs, run.report "
        "FROM run JOIN origin ON origin.id = run.origin ORDER BY run.id"
    ):
        read = json.loads(report)
        for name in ("duplicates", "new_versions", "unreadable"):
            read[name] = tuple(read.get(name, ()))
        origin = Origin(agent, version, settings, started)
        runs.append(ReadRun(row, origin, started, finished, tuple(json.loads(inputs)), **read))
    return runs


def get_setting(connection: sqlite3.Connection, name: str) -> Any:
    """
    Return a setting.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    name : str
        Its name.

    Returns
    -------
    object
        What was set; None where nothing was.
    """
    row = connection.execute("SELECT value FROM setting WHERE name = ?", (name,)).fetchone()
    return None if row is None else json.loads(row[0])


def all_settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """
    Return all settings.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.

    Returns
    -------
    dict
        Name to value, by name.
    """
    return {
        name: json.loads(value)
        for name, value in connection.execute("SELECT name, value FROM setting ORDER BY name")
    }


def set_setting(act: Act, name: str, value: object) -> object:
    """
    Return what a setting was before it is set.

    Parameters
    ----------
    act : Act
        The act.
    name : str
        Its name.
    value : object
        Anything that JSON holds; None takes the setting away.

    Returns
    -------
    object
        The former value; None where nothing was set.

    Raises
    ------
    InvalidValue
        If the name is empty or JSON cannot hold the value.
    """
    if not name:
        raise InvalidValue("a setting needs a name; found an empty one")
    try:
        encoded = json.dumps(value, allow_nan=False)
    except (TypeError, ValueError) as error:
        raise InvalidValue(f"setting {name!r} cannot be kept as JSON: {error}") from error
    former = get_setting(act.connection, name)
    row = act.connection.execute("SELECT id FROM setting WHERE name = ?", (name,)).fetchone()
    if row is None and value is not None:
        act.insert("setting", name=name, value=encoded)
    elif row is not None and value is None:
        act.delete("setting", row[0])
    elif row is not None:
        act.update("setting", row[0], value=encoded)
    return former
