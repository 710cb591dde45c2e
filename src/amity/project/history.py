"""A project's history: every act, taken back and done again, across documents and restarts."""

from amity.errors import InvalidValue
from amity.model import Origin
from amity.project.base import OpenFile
from amity.store import journal
from amity.store.events import fetch_event, fetch_events
from amity.store.records import Event, ReadRun
from amity.store.runs import fetch_runs


class History(OpenFile):
    """Events, undo and redo."""

    def events(
        self, limit: int = 100, position_id: str | None = None, document_id: str | None = None
    ) -> list[Event]:
        """
        Return what was done, latest first.

        Parameters
        ----------
        limit : int
            At most so many.
        position_id : str or None
            Only what concerns this position; before and after are then its own, also of a batch.
        document_id : str or None
            Only what concerns this document and its positions.

        Returns
        -------
        list of Event
            Undone acts too, marked so.

        Raises
        ------
        NotFound
            If there is no such position or document.
        InvalidValue
            If both are given.
        """
        if position_id is not None and document_id is not None:
            raise InvalidValue("give a position or a document, not both")
        with self._database.read() as connection:
            return fetch_events(connection, limit=limit, position_id=position_id, document_id=document_id)

    def read_runs(self) -> list[ReadRun]:
        """
        Return the log of reads, oldest first.

        Returns
        -------
        list of ReadRun
            With reader, inputs and what could not be read; interrupted runs too.
        """
        with self._database.read() as connection:
            return fetch_runs(connection)

    def undo(self, *, origin: Origin | None = None) -> Event:
        """
        Return the act of taking back the last act of a person or of a reader.

        Parameters
        ----------
        origin : Origin or None
            Who undoes. Acts of other persons are passed over.

        Returns
        -------
        Event
            The undoing; `Event.reverses` names what was undone.

        Raises
        ------
        NothingToUndo
            If there is nothing left.
        StaleWrite
            If later work of someone else rests on it.
        """
        with self._writing() as connection:
            return fetch_event(connection, journal.undo(connection, self._who(origin)))

    def redo(self, *, origin: Origin | None = None) -> Event:
        """
        Return the act of doing again what a person undid last.

        Parameters
        ----------
        origin : Origin or None
            Who does it again.

        Returns
        -------
        Event
            The redoing.

        Raises
        ------
        NothingToUndo
            If nothing undone is left, or a new act came since.
        StaleWrite
            If later work of someone else stands in its way.
        """
        with self._writing() as connection:
            return fetch_event(connection, journal.redo(connection, self._who(origin)))

    def revert(self, event_id: int, *, origin: Origin | None = None) -> Event:
        """
        Return the act of taking back an earlier act out of the history.

        Parameters
        ----------
        event_id : int
            Number of its event; a batch is taken back as a whole.
        origin : Origin or None
            Who takes it back.

        Returns
        -------
        Event
            The undoing.

        Raises
        ------
        NothingToUndo
            If it is undone already, or is an undo itself.
        StaleWrite
            If later work rests on it.
        """
        with self._writing() as connection:
            return fetch_event(connection, journal.revert(connection, event_id, self._who(origin)))
