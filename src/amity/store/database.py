"""The open file: one guarded writer, readers on connections of their own, one word for every way it can fail."""

import queue
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from amity.errors import InvalidValue, NotAProject, ProjectBusy, ProjectError
from amity.store import migrations

BUSY_SECONDS = 5.0
"""How long a writer waits for another before it gives up."""


@contextmanager
def project_errors(path: Path) -> Iterator[None]:
    """
    Turn what SQLite raises about a file into a project's errors.

    Parameters
    ----------
    path : Path
        The file, for the message.

    Yields
    ------
    None
        Nothing.

    Raises
    ------
    ProjectBusy
        If another process writes for longer than the wait.
    NotAProject
        If the file is no database.
    InvalidValue
        If a text holds half a character, or a number is too large.
    ProjectError
        If the disk is full, the file is read-only or damaged.
    """
    try:
        yield
    except (UnicodeEncodeError, OverflowError) as error:
        raise InvalidValue(
            f"a value cannot be kept or looked for ({error}); give characters that UTF-8 has and numbers below 2^63"
        ) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.OperationalError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            raise ProjectBusy(
                f"another process is writing to {path}; wait until it has ended, then try again"
            ) from error
        if code in (
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_CANTOPEN,
        ):
            raise ProjectError(
                f"{path} cannot be opened or written ({error}); check space and rights of its folder"
            ) from error
        raise
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code == sqlite3.SQLITE_NOTADB:
            raise NotAProject(f"{path} is no amity project ({error})") from error
        if code == sqlite3.SQLITE_CORRUPT:
            raise ProjectError(f"{path} is damaged ({error}); go back to a backup") from error
        raise


class Database:
    """
    A project file with its connections; safe to use from many threads.

    Parameters
    ----------
    path : Path
        The file; it must exist.
    busy_seconds : float
        How long a writer waits for another.
    """

    def __init__(self, path: Path, *, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = path
        self._busy_seconds = busy_seconds
        self._lock = threading.RLock()
        self._owner: int | None = None
        self._idle: queue.LifoQueue[sqlite3.Connection] = queue.LifoQueue()
        self._before_commit: list[Callable[[sqlite3.Connection], None]] = []
        self._closed = False
        with project_errors(path):
            self._writer = self._connect()
        try:
            with project_errors(path):
                migrations.check_header(self._writer, path, newest=migrations.newest_version())
                self._writer.execute("PRAGMA journal_mode = WAL")
                self.backups = migrations.migrate(self._writer, path)
        except BaseException:
            self._writer.close()
            raise

    @classmethod
    def create(
        cls, path: Path, meta: Mapping[str, object], *, busy_seconds: float = BUSY_SECONDS
    ) -> "Database":
        """
        Return a new project file, open.

        Parameters
        ----------
        path : Path
            Where; nothing may be there.
        meta : mapping of str to object
            What the project knows of itself.
        busy_seconds : float
            How long a writer waits for another.

        Returns
        -------
        Database
            Open.

        Raises
        ------
        ProjectError
            If something is there already, or the folder is missing or cannot be written.
        """
        if path.exists():
            raise ProjectError(f"{path} exists already; open it, or give another name")
        if not path.parent.is_dir():
            raise ProjectError(f"the folder {path.parent} does not exist; make it first")
        # Made beside and then named, so that whoever is cut off here leaves no half project under the name.
        unfinished = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
        try:
            with project_errors(path):
                connection = sqlite3.connect(unfinished, isolation_level=None, timeout=busy_seconds)
                try:
                    migrations.create(connection, meta)
                finally:
                    connection.close()
            unfinished.rename(path)
        except BaseException:
            unfinished.unlink(missing_ok=True)
            raise
        return cls(path, busy_seconds=busy_seconds)

    def on_commit(self, work: Callable[[sqlite3.Connection], None]) -> None:
        """
        Have work done at the end of every writing transaction, before it commits.

        Parameters
        ----------
        work : callable
            Takes the writing connection.
        """
        self._before_commit.append(work)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """
        Open a writing transaction; inside another one of the same thread it joins that one.

        Yields
        ------
        sqlite3.Connection
            In a transaction that commits at the end, or rolls back if anything is raised.

        Raises
        ------
        ProjectBusy
            If another thread or process writes for longer than the wait.
        """
        if self._owner == threading.get_ident():
            yield self._writer
            return
        self._check_open()
        if not self._lock.acquire(timeout=self._busy_seconds):
            raise ProjectBusy(f"another thread is writing to {self.path}; try again")
        try:
            with project_errors(self.path):
                self._writer.execute("BEGIN IMMEDIATE")
                self._owner = threading.get_ident()
                try:
                    yield self._writer
                    for work in self._before_commit:
                        work(self._writer)
                    self._writer.execute("COMMIT")
                except BaseException:
                    with suppress(sqlite3.OperationalError):
                        self._writer.execute("ROLLBACK")
                    raise
        finally:
            self._owner = None
            self._lock.release()

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """
        Open one consistent view of the file; inside a writing transaction, its own.

        Yields
        ------
        sqlite3.Connection
            For reading only.
        """
        if self._owner == threading.get_ident():
            yield self._writer
            return
        self._check_open()
        try:
            connection = self._idle.get_nowait()
        except queue.Empty:
            with project_errors(self.path):
                connection = self._connect(reading=True)
        try:
            with project_errors(self.path):
                connection.execute("BEGIN")
                yield connection
        finally:
            with suppress(sqlite3.OperationalError):
                connection.execute("COMMIT")
            if self._closed:
                connection.close()
            else:
                self._idle.put(connection)

    def copy_to(self, target: Path) -> None:
        """
        Write a compact copy of the file as it is now, without the hashes of passwords.

        Parameters
        ----------
        target : Path
            Where to; nothing may be there.
        """
        connection = sqlite3.connect(self.path, isolation_level=None)
        try:
            connection.execute("VACUUM INTO ?", (str(target),))
        finally:
            connection.close()
        copy = sqlite3.connect(target, isolation_level=None)
        try:
            # A copy is given to others: who signs in to the served project is nobody else's business.
            copy.execute("UPDATE coder SET secret = NULL WHERE secret IS NOT NULL")
            for side in ("before", "after"):
                copy.execute(
                    f"UPDATE change SET {side} = json_set({side}, '$.secret', NULL) "
                    f"WHERE relation = 'coder' AND json_extract({side}, '$.secret') IS NOT NULL"
                )
            copy.execute("VACUUM")
        finally:
            copy.close()

    def close(self) -> None:
        """Close all connections; the last process to close leaves one file and no log beside it."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            while True:
                try:
                    self._idle.get_nowait().close()
                except queue.Empty:
                    break
            with suppress(sqlite3.OperationalError):
                self._writer.execute("PRAGMA optimize")
                self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            self._writer.close()

    def _check_open(self) -> None:
        if self._closed:
            raise ProjectError(f"the project {self.path} is closed; open it again")

    def _connect(self, *, reading: bool = False) -> sqlite3.Connection:
        connection = sqlite3.connect(
            f"{self.path.resolve().as_uri()}?mode=rw",
            uri=True,
            isolation_level=None,
            timeout=self._busy_seconds,
            check_same_thread=False,
        )
        # A decision must outlast a power cut, so every commit is synced.
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = {-4000 if reading else -32000}")
        connection.execute("PRAGMA mmap_size = 268435456")
        if reading:
            connection.execute("PRAGMA query_only = ON")
        return connection
