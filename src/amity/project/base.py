"""The open file under a project, and how its methods reach it."""

import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import Self

from amity.errors import NotFound
from amity.model import Origin
from amity.project.learned import LearnedScores
from amity.project.linker import LINKING
from amity.store import journal
from amity.store.blocks import refresh_blocks
from amity.store.catalogue import Catalogue, follow_catalogue
from amity.store.database import BUSY_SECONDS, Database
from amity.store.encoding import Writer
from amity.store.table import PositionStore, PositionTable


class OpenFile:
    """
    What every group of a project's methods stands on: the open file, who is at work, and one consistent view of it.

    Parameters
    ----------
    database : Database
        The open file.
    coder : str
        Name of the person at work.
    """

    def __init__(self, database: Database, *, coder: str = "") -> None:
        self._database = database
        self._writer = Writer(LINKING)
        self._store = PositionStore()
        self._store_lock = threading.Lock()
        self._learned = LearnedScores()
        self.coder = coder
        database.on_commit(refresh_blocks)

    @classmethod
    def create(
        cls, path: str | PathLike[str], *, name: str = "", coder: str = "", busy_seconds: float = BUSY_SECONDS
    ) -> Self:
        """
        Return a new, empty project, open.

        Parameters
        ----------
        path : path-like
            Where its file will be; nothing may be there.
        name : str
            The project's name; the file's name if empty.
        coder : str
            Name of the person at work.
        busy_seconds : float
            How long a writer waits for another.

        Returns
        -------
        Project
            Open.

        Raises
        ------
        ProjectError
            If something is at that path already, or it cannot be written.
        """
        place = Path(path)
        meta = {"name": name or place.stem, "project": secrets.token_hex(16), "created": journal.now()}
        return cls(Database.create(place, meta, busy_seconds=busy_seconds), coder=coder)

    @classmethod
    def open(cls, path: str | PathLike[str], *, coder: str = "", busy_seconds: float = BUSY_SECONDS) -> Self:
        """
        Return a project that is there, open; one from an older amity is brought up to date, after a backup.

        Parameters
        ----------
        path : path-like
            Its file.
        coder : str
            Name of the person at work.
        busy_seconds : float
            How long a writer waits for another.

        Returns
        -------
        Project
            Open.

        Raises
        ------
        NotFound
            If there is no file.
        NotAProject
            If the file is something else, or from a newer amity.
        """
        place = Path(path)
        if not place.is_file():
            raise NotFound(f"there is no project {place}; `amity read INPUT --into {place}` makes one")
        return cls(Database(place, busy_seconds=busy_seconds), coder=coder)

    def close(self) -> None:
        """Close the project; what was written is in its one file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def path(self) -> Path:
        """The project's file."""
        return self._database.path

    @property
    def backups(self) -> list[Path]:
        """Backups that opening made, because the file came from an older amity."""
        return list(self._database.backups)

    @property
    def name(self) -> str:
        """The project's name."""
        with self._database.read() as connection:
            return str(connection.execute("SELECT value FROM meta WHERE name = 'name'").fetchone()[0])

    @property
    def revision(self) -> int:
        """A number that grows with every change, whoever makes it; ask for it to know when to look again."""
        with self._database.read() as connection:
            return int(connection.execute("SELECT value FROM meta WHERE name = 'revision'").fetchone()[0])

    # How methods reach the file.

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._database.write() as connection:
                yield connection
        except BaseException:
            self._writer.forget()
            raise

    @contextmanager
    def _moment(self) -> Iterator[tuple[sqlite3.Connection, PositionTable, Catalogue]]:
        with ExitStack() as stack:
            # The view is opened under the lock, so that no view is older than the columns it is used with.
            with self._store_lock:
                connection = stack.enter_context(self._database.read())
                table, catalogue = self._store.follow(connection)
            yield connection, table, catalogue

    def _catalogue(self, connection: sqlite3.Connection) -> Catalogue:
        """What a writing transaction sees, kept nowhere: it may yet be rolled back."""
        return follow_catalogue(connection, self._store.catalogue)

    def _who(self, origin: Origin | None) -> Origin:
        return origin if origin is not None else Origin(f"coder:{self.coder or 'someone'}")
