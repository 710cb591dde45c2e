"""What an exchange format is, and what reading one gives."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from amity.errors import UnknownFormat
from amity.model import Coding, Concept, Document, Span

FilePath = str | PathLike[str]
Kind = Literal["network", "coding"]
CodedDocument = tuple[Document, Coding]


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Something in an imported file that could not be taken over as it stands.

    Parameters
    ----------
    place : str
        Where in the file: a line, a table row, an element's id.
    reason : str
        What was found, and what was expected.
    kept : str
        What became of it: ``repaired``, ``kept without anchor``, ``left out``.
    """

    place: str
    reason: str
    kept: str = "left out"


@dataclass(frozen=True, slots=True)
class Selection:
    """
    Words that somebody marked in another program, with the code given to them.

    Parameters
    ----------
    code : str
        The code's name, with its parents before it where it has any (``parent / child``).
    span : Span or None
        The words; None where they could not be found in the text.
    quote : str
        The words as the file quotes them; empty where it does not.
    document_id : str
        The document.
    coder : str
        Who marked them; empty where the file does not say.
    note : str
        Free words.
    attributes : mapping of str to str
        Everything else that the file holds about the selection.
    """

    code: str
    span: Span | None
    document_id: str
    quote: str = ""
    coder: str = ""
    note: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Imported:
    """
    What reading a file of codings gives.

    Parameters
    ----------
    documents : tuple of Document
        Texts, unaltered.
    codings : tuple of Coding
        One for each document that has actors or positions, in the order of `documents`.
    concepts : tuple of Concept
        The codebook of the file.
    coders : tuple of str
        Names.
    selections : tuple of Selection
        Marked words that are no positions.
    attributes : mapping of str to mapping of str to str
        What the file says about actors, by actor name.
    problems : tuple of Problem
        What was repaired, kept without an anchor, or left out; empty where all was taken over.
    """

    documents: tuple[Document, ...] = ()
    codings: tuple[Coding, ...] = ()
    concepts: tuple[Concept, ...] = ()
    coders: tuple[str, ...] = ()
    selections: tuple[Selection, ...] = ()
    attributes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    @property
    def pairs(self) -> tuple[CodedDocument, ...]:
        """Each document with its coding; an empty coding where the file has none."""
        codings = {coding.document_id: coding for coding in self.codings}
        return tuple((each, codings.get(each.id, Coding(each.id))) for each in self.documents)


@dataclass(frozen=True, slots=True)
class Format:
    """
    An exchange format.

    Parameters
    ----------
    name : str
        What `amity export --format` calls it.
    kind : {"network", "coding"}
        Whether it holds a network or coded documents.
    extensions : tuple of str
        Usual ends of file names, the first of them used for new files.
    what : str
        One line for help and documentation.
    module : str
        Module of this package that holds its reader and writer.
    reader, writer : str or None
        Names of the functions in `module`.
    loses : str
        What cannot be expressed in it.
    """

    name: str
    kind: Kind
    extensions: tuple[str, ...]
    what: str
    module: str
    reader: str | None
    writer: str | None
    loses: str = ""

    @property
    def reads(self) -> bool:
        """Whether amity reads it."""
        return self.reader is not None

    @property
    def writes(self) -> bool:
        """Whether amity writes it."""
        return self.writer is not None

    def read(self, path: FilePath, **options: Any) -> Any:
        """
        Return what a file holds.

        Parameters
        ----------
        path : path
            The file or folder.
        **options
            Of the format's reader.

        Returns
        -------
        Network or Imported
            By `kind`.

        Raises
        ------
        UnknownFormat
            If amity only writes this format.
        """
        return self._function(self.reader, "read")(path, **options)

    def write(self, what: Any, path: FilePath, **options: Any) -> list[Path]:
        """
        Return the paths of the files written.

        Parameters
        ----------
        what : Network or iterable of (Document, Coding)
            By `kind`.
        path : path
            Where to write.
        **options
            Of the format's writer.

        Returns
        -------
        list of Path
            In the order written.

        Raises
        ------
        UnknownFormat
            If amity only reads this format.
        """
        written: list[Path] = self._function(self.writer, "write")(what, path, **options)
        return written

    def _function(self, name: str | None, verb: str) -> Callable[..., Any]:
        if name is None:
            raise UnknownFormat(f"amity cannot {verb} {self.name}; see the reference page on formats")
        function: Callable[..., Any] = getattr(import_module(f"amity.formats.{self.module}"), name)
        return function


def only_coded(pairs: Iterable[CodedDocument]) -> list[CodedDocument]:
    """
    Return the documents with their codings after checking each against its text.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        What is to be written.

    Returns
    -------
    list of (Document, Coding)
        The same, in the same order.

    Raises
    ------
    SpanMismatch
        If a coding does not fit its document.
    InvalidValue
        If a coding uses an actor id that it does not define.
    """
    checked = []
    for document, coding in pairs:
        checked.append((document, coding.check(document)))
    return checked
