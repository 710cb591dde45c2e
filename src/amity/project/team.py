"""The people who work on a project."""

from collections.abc import Iterable

from amity.model import Origin
from amity.project.base import OpenFile
from amity.store import team as stored
from amity.store.journal import begin
from amity.store.records import Assignment, AssignmentStatus, Coder, Role


class Team:
    """
    Coders with roles, and the documents given to them.

    Parameters
    ----------
    file : OpenFile
        The open project.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def coders(self) -> list[Coder]:
        """
        Return the coders by name.

        Returns
        -------
        list of Coder
            Also those who have left.
        """
        with self._file._database.read() as connection:
            return stored.fetch_coders(connection)

    def set_coder(
        self,
        name: str,
        *,
        role: Role | None = None,
        active: bool | None = None,
        secret: str | None = None,
        origin: Origin | None = None,
    ) -> None:
        """
        Add a coder, or change what is given.

        Parameters
        ----------
        name : str
            The coder's name.
        role : Role or None
            ``coder``, ``adjudicator``, ``reader`` or ``administrator``; ``coder`` for a new one.
        active : bool or None
            False once the person has left.
        secret : str or None
            Hash of a password, made by the face that signs people in; never the password.
        origin : Origin or None
            Who does it.

        Raises
        ------
        InvalidValue
            If the name is empty or there is no such role.
        """
        with self._file._writing() as connection:
            act = begin(connection, "coder.set", self._file._who(origin))
            is_new = stored.set_coder(act, name, role=role, active=active, secret=secret)
            act.describe(
                f"{'added' if is_new else 'changed'} coder {name}", after={"role": role, "active": active}
            )

    def secret(self, name: str) -> str | None:
        """
        Return the hash of an active coder's password.

        Parameters
        ----------
        name : str
            The coder's name.

        Returns
        -------
        str or None
            None if there is no such coder, or no password.
        """
        with self._file._database.read() as connection:
            return stored.fetch_secret(connection, name)

    def assignments(self, *, coder: str | None = None, document_id: str | None = None) -> list[Assignment]:
        """
        Return which documents are given to whom.

        Parameters
        ----------
        coder : str or None
            Only this coder's.
        document_id : str or None
            Only of this document.

        Returns
        -------
        list of Assignment
            By document, then coder.
        """
        with self._file._database.read() as connection:
            return stored.fetch_assignments(connection, coder=coder, document=document_id)

    def assign(
        self,
        document_ids: Iterable[str],
        coder: str,
        *,
        status: AssignmentStatus | None = None,
        blind: bool | None = None,
        sample: str | None = None,
        origin: Origin | None = None,
    ) -> None:
        """
        Give documents to a coder, or change how they are given; one act.

        Parameters
        ----------
        document_ids : iterable of str
            The documents.
        coder : str
            The coder's name.
        status : AssignmentStatus or None
            ``open``, ``started`` or ``done``.
        blind : bool or None
            Whether suggestions and other coders' work are hidden.
        sample : str or None
            Name of the reliability sample.
        origin : Origin or None
            Who does it.

        Raises
        ------
        NotFound
            If there is no such document or coder; then nothing is given.
        InvalidValue
            If there is no such status.
        """
        with self._file._writing() as connection:
            act = begin(connection, "assign", self._file._who(origin))
            listed = list(document_ids)
            for document in listed:
                stored.assign(act, document, coder, status=status, blind=blind, sample=sample)
            act.describe(
                f"gave {len(listed)} documents to {coder}",
                after={"documents": listed[:100], "status": status, "blind": blind, "sample": sample},
            )

    def unassign(self, document_id: str, coder: str, *, origin: Origin | None = None) -> None:
        """
        Take a document from a coder; what was coded stays.

        Parameters
        ----------
        document_id : str
            The document.
        coder : str
            The coder's name.
        origin : Origin or None
            Who does it.

        Raises
        ------
        NotFound
            If it was not given to the coder.
        """
        with self._file._writing() as connection:
            act = begin(connection, "unassign", self._file._who(origin))
            stored.unassign(act, document_id, coder)
            act.describe(f"took {document_id} from {coder}", before={"document": document_id, "coder": coder})
