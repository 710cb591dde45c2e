"""A project's documents and the codings that readers and coders bring."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from amity.model import Coding, Document, Origin
from amity.project.base import OpenFile
from amity.store import documents as stored
from amity.store.ids import document_row
from amity.store.listing import list_documents, one_document
from amity.store.positions import fetch_coding
from amity.store.readings import add_coding
from amity.store.records import AddedDocument, DocumentRow, Hit
from amity.store.runs import begin_run, note_run
from amity.store.search import search


class Documents(OpenFile):
    """Documents: add, list, read, search."""

    def add_document(self, document: Document, *, origin: Origin | None = None) -> AddedDocument:
        """
        Return what became of a document that is brought to the project.

        Parameters
        ----------
        document : Document
            What was read.
        origin : Origin or None
            Who brings it.

        Returns
        -------
        AddedDocument
            ``added``; ``duplicate`` where a document of the same text is there, and nothing is stored;
            ``new_version`` where the id is known with another text: the new one gets an id of its own, the old one
            keeps its positions and leaves the default filter.

        Raises
        ------
        ProjectBusy
            If another process writes.
        """
        with self._writing() as connection:
            return stored.add_document(connection, document, self._who(origin))[0]

    def add_coding(
        self,
        coding: Coding,
        *,
        origin: Origin | None = None,
        replace_suggestions: bool = True,
        document_id: str | None = None,
    ) -> int:
        """
        Return how many positions a coding brought that the project did not have.

        Parameters
        ----------
        coding : Coding
            What a reader or a coder found in a document of the project. Its actors are linked to the project's.
        origin : Origin or None
            Who found it; a position that has an origin keeps its own. A reader's positions are suggestions, a
            coder's count as added.
        replace_suggestions : bool
            Whether earlier suggestions of the same reader give way, where nobody decided, wrote or flagged anything.
        document_id : str or None
            The document's id in the project, where it is not the coding's.

        Returns
        -------
        int
            New positions; one that has the id of a present position is not stored twice.

        Raises
        ------
        NotFound
            If the document is not in the project.
        SpanMismatch
            If a span does not hold the document's words.
        InvalidValue
            If an actor id is not defined.
        """
        with self._writing() as connection:
            row = document_row(connection, document_id or coding.document_id)
            return add_coding(
                connection,
                self._writer,
                row,
                coding,
                self._who(origin),
                replace_suggestions=replace_suggestions,
            )[1]

    def add_read(
        self, items: Iterable[tuple[Document, Coding]], *, origin: Origin, act: int | None = None
    ) -> list[AddedDocument]:
        """
        Return what became of documents that come with their codings; all are stored, or none.

        Parameters
        ----------
        items : iterable of tuple of Document and Coding
            A few documents and what a reader found in each.
        origin : Origin
            The reader.
        act : int or None
            The larger act that this belongs to, from `begin_run`; without it, each document with its coding is one act.

        Returns
        -------
        list of AddedDocument
            In the same order. The coding of a duplicate counts as another reading of the document that is there.

        Raises
        ------
        SpanMismatch
            If a span does not hold the document's words.
        InvalidValue
            If an actor id is not defined.
        """
        outcomes = []
        with self._writing() as connection:
            for document, coding in items:
                added, row, event = stored.add_document(connection, document, origin, act=act)
                add_coding(connection, self._writer, row, coding, origin, act=act or event)
                outcomes.append(added)
        return outcomes

    def reading_of(self, sha256: str, *, origin: Origin) -> str | None:
        """
        Return the document of a text that a reader of that version and settings has read.

        Parameters
        ----------
        sha256 : str
            Hexadecimal SHA-256, as in `Document.sha256`.
        origin : Origin
            The reader.

        Returns
        -------
        str or None
            The document's id; None where reading the text would bring something new.
        """
        with self._database.read() as connection:
            return stored.reading_of(connection, sha256, origin)

    def begin_run(self, *, origin: Origin, inputs: Sequence[str]) -> tuple[int, int]:
        """
        Return the numbers of a new run of a reader and of the act that its documents belong to.

        Parameters
        ----------
        origin : Origin
            The reader.
        inputs : sequence of str
            What it reads.

        Returns
        -------
        run, act : int
            For `note_run`, and for `add_read`: undoing the act takes back all that the run brought.
        """
        with self._writing() as connection:
            return begin_run(connection, origin, inputs)

    def note_run(self, run: int, report: Mapping[str, Any], *, finished: bool) -> None:
        """
        Keep what a run has come to.

        Parameters
        ----------
        run : int
            From `begin_run`.
        report : mapping
            Fields of `ReadRun`.
        finished : bool
            Whether it has come to its end.
        """
        with self._writing() as connection:
            note_run(connection, run, report, finished=finished)

    def documents(self, *, superseded: bool = False) -> list[DocumentRow]:
        """
        Return the documents, in the order in which they came.

        Parameters
        ----------
        superseded : bool
            Whether earlier versions of changed files are listed too.

        Returns
        -------
        list of DocumentRow
            With counts of positions.
        """
        with self._moment() as (connection, table, _):
            return list_documents(connection, table, superseded=superseded)

    def document_row(self, document_id: str) -> DocumentRow:
        """
        Return one document's row in the list.

        Parameters
        ----------
        document_id : str
            Its id.

        Returns
        -------
        DocumentRow
            With counts of positions.

        Raises
        ------
        NotFound
            If there is none.
        """
        with self._moment() as (connection, table, _):
            return one_document(connection, table, document_id)

    def document(self, document_id: str) -> Document:
        """
        Return a document with its text.

        Parameters
        ----------
        document_id : str
            Its id.

        Returns
        -------
        Document
            As it was read, under its id in the project.

        Raises
        ------
        NotFound
            If there is none.
        """
        with self._database.read() as connection:
            return stored.fetch_document(connection, document_id)

    def coding(self, document_id: str, *, coder: str | None = None) -> Coding:
        """
        Return what stands in a document.

        Parameters
        ----------
        document_id : str
            Its id.
        coder : str or None
            A coder's name, for what this coder alone has accepted, corrected or added.

        Returns
        -------
        Coding
            With the project's actor ids; mentions and quotations are the latest reading's.

        Raises
        ------
        NotFound
            If there is no such document.
        """
        with self._moment() as (connection, _, catalogue):
            return fetch_coding(connection, catalogue, document_id, coder=coder)

    def search(
        self, text: str, *, limit: int = 50, per_document: int = 5, superseded: bool = False
    ) -> list[Hit]:
        """
        Return places where words stand in the documents.

        Parameters
        ----------
        text : str
            Words that must all occur in a document; quotation marks for a phrase, ``*`` for beginnings; ``AND``,
            ``OR``, ``NOT`` and ``NEAR(…)`` as SQLite's FTS5 has them.
        limit, per_document : int
            At most so many places in all, and in one document.
        superseded : bool
            Whether earlier versions are searched too.

        Returns
        -------
        list of Hit
            Best documents first.

        Raises
        ------
        InvalidValue
            If there is no word in `text`.
        """
        with self._database.read() as connection:
            return search(connection, text, limit=limit, per_document=per_document, superseded=superseded)
