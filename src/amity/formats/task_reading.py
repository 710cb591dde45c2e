"""Tasks of annotation tools gathered into one `Imported`."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from amity.errors import InputError, InvalidRecord
from amity.evaluation import document_from_json
from amity.formats.json_records import strings
from amity.formats.layers import Layer, layer_to_coding
from amity.formats.records import Imported, Problem, Selection
from amity.model import Coding, Document


@dataclass
class TaskReading:
    """Collects the documents of a file, one task after the other."""

    documents: list[Document] = field(default_factory=list)
    codings: list[Coding] = field(default_factory=list)
    selections: list[Selection] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    coders: dict[str, None] = field(default_factory=dict)

    def document(
        self, place: str, text: object, record: object, fallback: str, rest: Mapping[str, Any]
    ) -> tuple[Document, dict[str, Any] | None]:
        """
        Return the document of a task, and amity's own record where the task has one that fits.

        Parameters
        ----------
        place : str
            Where in the file.
        text : object
            The task's text.
        record : object
            What stands where amity puts its own record.
        fallback : str
            Id of a document without one.
        rest : mapping
            Other fields, kept as metadata.

        Returns
        -------
        tuple of (Document, dict or None)
            The document, with an id that no earlier one has.

        Raises
        ------
        InvalidRecord
            If the task has no text.
        """
        if not isinstance(text, str):
            raise InvalidRecord(f"{place} has no text; expected a text to annotate")
        own: dict[str, Any] | None = None
        document: Document | None = None
        if isinstance(record, dict):
            try:
                document = document_from_json({**record, "text": text})
                own = record
            except InputError as error:
                self.problems.append(Problem(place, f"amity's record does not fit: {error}"))
        if document is None:
            metadata = strings(rest)
            identity = str(rest.get("id") or rest.get("name") or fallback)
            document = Document(identity, text, title=metadata.get("title", ""), metadata=metadata)
        taken = {each.id for each in self.documents}
        number = 2
        identity = document.id
        while identity in taken:
            identity, number = f"{document.id}-{number}", number + 1
        return replace(document, id=identity), own

    def add(
        self, document: Document, layer: Layer, own: Mapping[str, Any] | None, place: str, coder: str = ""
    ) -> None:
        """
        Take over a document with its marks.

        Parameters
        ----------
        document : Document
            The document.
        layer : Layer
            Its marks.
        own : mapping or None
            Amity's own record.
        place : str
            Where in the file.
        coder : str
            Who made the marks.
        """
        reading = layer_to_coding(document, layer, record=own, place=place, coder=coder)
        self.documents.append(document)
        self.codings.append(reading.coding)
        self.selections += reading.selections
        self.problems += reading.problems
        if coder:
            self.coders.setdefault(coder)

    def imported(self) -> Imported:
        """
        Return everything collected.

        Returns
        -------
        Imported
            In the order of the file.
        """
        return Imported(
            tuple(self.documents),
            tuple(self.codings),
            coders=tuple(self.coders),
            selections=tuple(self.selections),
            problems=tuple(self.problems),
        )
