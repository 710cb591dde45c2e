"""A project file of any released version → today's, one numbered step a transaction, a backup before each."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from amity.errors import NotAProject
from amity.store.schema import APPLICATION_ID, VERSION_1


@dataclass(frozen=True, slots=True)
class Migration:
    """
    One step from a version to the next.

    Parameters
    ----------
    version : int
        The version that the file has afterwards.
    apply : callable
        Changes an open connection inside a transaction that the caller commits.
    """

    version: int
    apply: Callable[[sqlite3.Connection], None]


def statements(script: str) -> Iterator[str]:
    """
    Return the single statements of a script, so that they can run inside one transaction.

    Parameters
    ----------
    script : str
        SQL; a trigger's body counts as part of its statement.

    Yields
    ------
    str
        One statement.
    """
    pending = ""
    for line in script.splitlines(keepends=True):
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        yield pending.strip()


def _version_1(connection: sqlite3.Connection) -> None:
    for statement in statements(VERSION_1):
        connection.execute(statement)


MIGRATIONS: tuple[Migration, ...] = (Migration(1, _version_1),)
"""Every step ever released, in order; the first makes the tables of an empty file."""


def newest_version(migrations: Sequence[Migration] = MIGRATIONS) -> int:
    """
    Return the version that this amity writes.

    Parameters
    ----------
    migrations : sequence of Migration
        All steps.

    Returns
    -------
    int
        The last step's version.
    """
    return migrations[-1].version


def check_header(connection: sqlite3.Connection, path: Path, *, newest: int) -> int:
    """
    Return the version of a project file.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open on the file.
    path : Path
        For the message.
    newest : int
        The newest version that can be read.

    Returns
    -------
    int
        Its version.

    Raises
    ------
    NotAProject
        If the file is something else, or comes from a newer amity.
    """
    try:
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    except sqlite3.DatabaseError as error:
        raise NotAProject(
            f"{path} is no amity project ({error}); give the file that `amity read --into` made"
        ) from error
    if application != APPLICATION_ID or version < 1:
        raise NotAProject(
            f"{path} is an SQLite file, but not an amity project; give the file that `amity read --into` made"
        )
    if version > newest:
        raise NotAProject(
            f"{path} was written by a newer amity (file version {version}; this one reads up to {newest}); "
            "install the newer amity"
        )
    return version


def create(connection: sqlite3.Connection, meta: Mapping[str, object]) -> None:
    """
    Make the tables of today's version in an empty file.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open on an empty file, in autocommit.
    meta : mapping of str to object
        What the project knows of itself.
    """
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    for migration in MIGRATIONS:
        migration.apply(connection)
    connection.executemany("INSERT INTO meta VALUES (?, ?)", [("revision", 0), *meta.items()])
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {newest_version()}")
    connection.execute("COMMIT")


def migrate(
    connection: sqlite3.Connection, path: Path, *, migrations: Sequence[Migration] = MIGRATIONS
) -> list[Path]:
    """
    Bring a project file to the newest version.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open on the file, in autocommit.
    path : Path
        The file; backups lie beside it.
    migrations : sequence of Migration
        All steps.

    Returns
    -------
    list of Path
        The backups, one before each step, oldest first; empty where nothing was to do.

    Raises
    ------
    NotAProject
        If the file is something else, or comes from a newer amity.
    """
    version = check_header(connection, path, newest=newest_version(migrations))
    backups = []
    for migration in migrations:
        if migration.version <= version:
            continue
        backup = _back_up(connection, path, version)
        connection.execute("BEGIN IMMEDIATE")
        try:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            if migration.version <= version:
                # Another process was quicker.
                connection.execute("ROLLBACK")
                backup.unlink()
                continue
            backups.append(backup)
            migration.apply(connection)
            connection.execute(f"PRAGMA user_version = {migration.version}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
        version = migration.version
    return backups


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    backup = path.with_name(f"{path.name}.before-version-{version + 1}")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.name}.before-version-{version + 1}.{number}")
    copy = sqlite3.connect(backup)
    try:
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    finally:
        copy.close()
    return backup
