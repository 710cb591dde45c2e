"""Memos and flags of a project."""

from sqlite3 import Connection

from amity.model import Origin
from amity.project.base import OpenFile
from amity.store import notes as stored
from amity.store.journal import begin
from amity.store.records import Flag, Memo, Subject


class Notes:
    """
    Memos and flags on documents, positions, actors, concepts, events and the project itself.

    Parameters
    ----------
    file : OpenFile
        The open project.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def memos(self, subject: Subject | None = None, subject_id: str = "") -> list[Memo]:
        """
        Return memos, oldest first.

        Parameters
        ----------
        subject : Subject or None
            Only about such things.
        subject_id : str
            Only about this one.

        Returns
        -------
        list of Memo
            With authors.

        Raises
        ------
        NotFound
            If there is no such thing.
        """
        with self._file._database.read() as connection:
            return stored.fetch_memos(connection, subject, subject_id)

    def add_memo(self, subject: Subject, subject_id: str, text: str, *, origin: Origin | None = None) -> int:
        """
        Return the number of a memo that is there now.

        Parameters
        ----------
        subject : Subject
            What kind of thing it is about.
        subject_id : str
            The thing's id; empty for the project.
        text : str
            The words.
        origin : Origin or None
            Who writes it.

        Returns
        -------
        int
            Its number.

        Raises
        ------
        NotFound
            If there is no such thing.
        InvalidValue
            If there are no words.
        """
        with self._file._writing() as connection:
            act = begin(connection, "memo.add", self._file._who(origin))
            self._concerns(act.event, connection, subject, subject_id)
            number = stored.add_memo(act, subject, subject_id, text)
            act.describe(
                f"wrote a memo on {subject} {subject_id}".strip(), after={"memo": number, "text": text}
            )
        return number

    def change_memo(self, number: int, text: str, *, origin: Origin | None = None) -> None:
        """
        Give a memo other words.

        Parameters
        ----------
        number : int
            The memo.
        text : str
            The new words.
        origin : Origin or None
            Who changes it.

        Raises
        ------
        NotFound
            If there is no such memo.
        InvalidValue
            If there are no words.
        """
        self._change(number, text, "memo.change", origin)

    def remove_memo(self, number: int, *, origin: Origin | None = None) -> None:
        """
        Take a memo away; undoing brings it back.

        Parameters
        ----------
        number : int
            The memo.
        origin : Origin or None
            Who takes it away.

        Raises
        ------
        NotFound
            If there is no such memo.
        """
        self._change(number, None, "memo.remove", origin)

    def _change(self, number: int, text: str | None, kind: str, origin: Origin | None) -> None:
        with self._file._writing() as connection:
            act = begin(connection, kind, self._file._who(origin))
            subject, identity, former = stored.change_memo(act, number, text)
            what = "removed" if text is None else "changed"
            act.describe(
                f"{what} a memo on {subject} {identity}".strip(),
                before={"memo": number, "text": former},
                after={"text": text},
            )

    def flags(self, subject: Subject | None = None, subject_id: str = "") -> list[Flag]:
        """
        Return flags, oldest first.

        Parameters
        ----------
        subject : Subject or None
            Only on such things.
        subject_id : str
            Only on this one.

        Returns
        -------
        list of Flag
            With authors.

        Raises
        ------
        NotFound
            If there is no such thing.
        """
        with self._file._database.read() as connection:
            return stored.fetch_flags(connection, subject, subject_id)

    def flag(
        self, subject: Subject, subject_id: str, name: str, *, on: bool = True, origin: Origin | None = None
    ) -> None:
        """
        Set a flag on something, or take it away.

        Parameters
        ----------
        subject : Subject
            What kind of thing.
        subject_id : str
            The thing's id; empty for the project.
        name : str
            The mark, as in ``unclear``.
        on : bool
            Whether it is to be there.
        origin : Origin or None
            Who does it.

        Raises
        ------
        NotFound
            If there is no such thing.
        InvalidValue
            If the name is empty.
        """
        with self._file._writing() as connection:
            act = begin(connection, "flag.set" if on else "flag.remove", self._file._who(origin))
            self._concerns(act.event, connection, subject, subject_id)
            stored.set_flag(act, subject, subject_id, name, on=on)
            what = "flagged" if on else "took the flag off"
            act.describe(f"{what} {subject} {subject_id}: {name}", before={name: not on}, after={name: on})

    def _concerns(self, event: int, connection: Connection, subject: Subject, subject_id: str) -> None:
        if subject in ("document", "position"):
            row = stored.subject_row(connection, subject, subject_id)
            connection.execute(f"UPDATE event SET {subject} = ? WHERE id = ?", (row, event))
