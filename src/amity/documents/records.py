"""What reading takes and gives: options, limits, drafts of documents, and what could not be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from os import PathLike
from types import MappingProxyType
from typing import Literal

from amity.errors import InvalidValue

FIELDS = (
    "title",
    "date",
    "issuers",
    "addressees",
    "place",
    "kind",
    "language",
    "publisher",
    "citation",
)
"""The fields of a `Document` that a file, a table, a name pattern or the text itself can fill."""

OcrUse = Literal["auto", "on", "off"]

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """
    Bounds that keep a hostile or broken file from taking the machine with it.

    Parameters
    ----------
    file_bytes : int
        Largest file that is read whole.
    table_bytes : int
        Largest CSV or JSON Lines file; these are read row by row.
    row_bytes : int
        Longest row of a table.
    characters : int
        Longest text of one document.
    pages : int
        Pages of a PDF.
    ocr_pages : int
        Pages of one file that go through text recognition.
    ocr_seconds : int
        Time for the recognition of one page.
    pixels : int
        Largest picture.
    archive_files : int
        Files in one archive, those of archives inside it included.
    archive_bytes : int
        Unpacked bytes of one archive, those of archives inside it included.
    archive_ratio : int
        Largest ratio of unpacked to packed bytes of a member beyond 1 MiB.
    archive_depth : int
        Archives inside archives.
    """

    file_bytes: int = 256 * MIB
    table_bytes: int = 8192 * MIB
    row_bytes: int = 64 * MIB
    characters: int = 50_000_000
    pages: int = 5_000
    ocr_pages: int = 500
    ocr_seconds: int = 120
    pixels: int = 120_000_000
    archive_files: int = 100_000
    archive_bytes: int = 4096 * MIB
    archive_ratio: int = 200
    archive_depth: int = 3


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """
    How files become documents.

    Parameters
    ----------
    metadata : path-like or None
        A CSV or TSV file with one row a document; None looks for ``metadata.csv`` beside the files.
    pattern : str
        Names of files as in ``{date}-{issuer}``; see `read_pattern`. Empty for none.
    columns : mapping of str to str
        Field to column for tables and JSON Lines, as ``{"text": "speech", "issuer": "country"}``; columns that are not
        named are recognised by their usual names.
    ocr : {"auto", "on", "off"}
        Text recognition: ``auto`` for pages without a text layer and for pictures, ``on`` for every page, ``off`` never.
    ocr_languages : str
        Tesseract's codes, joined with ``+``; empty takes every installed language that amity knows.
    language : str
        ISO 639-1 code of every document read; empty guesses it from the words.
    find_metadata : bool
        Whether to look for missing fields in the text itself.
    limits : Limits
        Bounds against hostile files.

    Raises
    ------
    InvalidValue
        If `ocr` is another word.
    """

    metadata: str | PathLike[str] | None = None
    pattern: str = ""
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    ocr: OcrUse = "auto"
    ocr_languages: str = ""
    language: str = ""
    find_metadata: bool = True
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        if self.ocr not in ("auto", "on", "off"):
            raise InvalidValue(f"ocr is {self.ocr!r}; give 'auto', 'on' or 'off'")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """
    Something that could not be read; the rest went on.

    Parameters
    ----------
    path : str
        The file, as the walk found it.
    place : str
        Where in the file (``row 12``, a member of an archive); empty for all of it.
    reason : str
        What was found, what was expected, what to do.
    error : str
        Name of the class in `amity.errors`.
    """

    path: str
    place: str
    reason: str
    error: str = "UnreadableFile"

    def __str__(self) -> str:
        place = f", {self.place}" if self.place else ""
        return f"{self.path}{place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Draft:
    """
    One text out of a file, before table, name pattern and head have added to it.

    Parameters
    ----------
    text : str
        The text as it will stay.
    local_id : str
        What tells it from others in its file: an xml:id, a row's id; empty where the file holds one text.
    is_global_id : bool
        Whether `local_id` tells it from texts of other files too.
    title, date, place, kind, language, publisher, citation : str
        As the file has them; empty where it has not. `date` may be written in words.
    issuers, addressees : tuple of str
        As the file has them.
    metadata : mapping of str to str
        Everything else.
    where : str
        Place in the file, for messages.
    outlet : str
        The site or paper that speaks where the text names nobody else; empty for none.
    found : frozenset of str
        Fields above that were inferred from the text rather than given by the file.
    """

    text: str
    local_id: str = ""
    is_global_id: bool = False
    title: str = ""
    date: str = ""
    issuers: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    place: str = ""
    kind: str = ""
    language: str = ""
    publisher: str = ""
    citation: str = ""
    metadata: Mapping[str, str] = field(default_factory=dict)
    where: str = ""
    outlet: str = ""
    found: frozenset[str] = frozenset()

    def with_metadata(self, **more: str) -> "Draft":
        """
        Return the draft with further metadata; empty values are left out.

        Parameters
        ----------
        **more : str
            Keys and values; they go before equal keys of the draft.

        Returns
        -------
        Draft
            A new one.
        """
        return replace(self, metadata={**self.metadata, **{key: each for key, each in more.items() if each}})
