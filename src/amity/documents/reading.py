"""Files, folders and archives as a stream of documents; one broken file never stops the rest."""

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from amity import errors
from amity.documents.archive import Budget, check_member_name, members, open_zip, read_member
from amity.documents.assemble import Assembler
from amity.documents.html import read_html
from amity.documents.metadata import TABLE_NAMES, read_metadata_table
from amity.documents.office import read_docx, read_odt
from amity.documents.pdf import read_image, read_pdf
from amity.documents.plain import read_markdown, read_plain
from amity.documents.records import Draft, ReadOptions, Unreadable
from amity.documents.sniff import HEAD_BYTES, sniff
from amity.documents.tables import read_csv, read_json, read_json_lines
from amity.documents.tei import read_tei
from amity.documents.transcripts import read_akoma_ntoso
from amity.documents.vertical import is_vertical, read_vertical
from amity.documents.walk import Source, find_sources, is_companion
from amity.documents.xml import local_name, parse_xml
from amity.errors import AmityError, InputError, LimitExceeded, UnreadableFile
from amity.model import Document

_PARSER_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    MemoryError,
    OSError,
    RecursionError,
    RuntimeError,
    TypeError,
    ValueError,
    struct.error,
    zipfile.BadZipFile,
)
"""What third-party parsers raise on broken or hostile files; each is turned into one line of the list of unreadable files."""

_DEFAULT = ReadOptions()


def read_documents(
    path: str | PathLike[str], *, options: ReadOptions = _DEFAULT
) -> Iterator[Document | Unreadable]:
    """
    Yield the documents of a file, a folder or a zip archive.

    Parameters
    ----------
    path : path-like
        A file of any kind that amity reads, a folder with such files at any depth, or an archive of them.
    options : ReadOptions
        Metadata table, name pattern, column mapping, text recognition, limits.

    Yields
    ------
    Document or Unreadable
        In the order of the files' names, lazily; what cannot be read is listed and the rest goes on.

    Raises
    ------
    InputError
        If the options themselves cannot be used (a pattern with an unknown field, no metadata table at the path given).

    Notes
    -----
    Each field comes from the first that has it: metadata table, name pattern, file, text (marked ``found``). Hidden files,
    links that lead out of the folder, ``metadata.csv``, ``README`` and ``LICENSE`` files and codings (``NAME.json`` beside ``NAME.*``) are
    companions, not documents; name one as `path` to read it. Ids come from file names and from the ids inside files; where two texts
    would share one, the later gets its folder, its suffix or a number appended.
    """
    assembler = Assembler(options)
    for source in find_sources(Path(path), assembler.tables, options):
        if isinstance(source, Unreadable):
            yield source
        else:
            yield from _read_source(source, assembler, options, Budget(options.limits), 0)


def read_file(path: str | PathLike[str], *, options: ReadOptions = _DEFAULT) -> list[Document]:
    """
    Return the documents in one file.

    Parameters
    ----------
    path : path-like
        The file.
    options : ReadOptions
        As for `read_documents`.

    Returns
    -------
    list of Document
        At least one.

    Raises
    ------
    UnreadableFile
        If the file gives no document; the class and the message are those of the first thing that failed.
    """
    documents, failures = list[Document](), list[Unreadable]()
    for each in read_documents(path, options=options):
        if isinstance(each, Document):
            documents.append(each)
        else:
            failures.append(each)
    if not documents:
        if not failures:
            raise UnreadableFile(f"{path} holds no document")
        kind = getattr(errors, failures[0].error, UnreadableFile)
        raise kind(str(failures[0]))
    return documents


def _read_source(
    source: Source, assembler: Assembler, options: ReadOptions, budget: Budget, depth: int
) -> Iterator[Document | Unreadable]:
    try:
        with source.open() as stream:
            head = stream.read(HEAD_BYTES)
            kind = sniff(head, source.path.name)
            if kind == "zip":
                stream.seek(0)
                kind = _office_kind(stream)
            stream.seek(0)
            if kind == "zip":
                yield from _read_archive(source, stream, assembler, options, budget, depth)
            else:
                yield from assembler.assemble(_drafts(kind, stream, source, options), source)
    except (AmityError, *_PARSER_FAILURES) as error:
        yield unreadable(source, error)


def unreadable(source: Source, error: Exception, where: str = "") -> Unreadable:
    """
    Return an error as one entry of the list of what could not be read.

    Parameters
    ----------
    source : Source
        The file.
    error : Exception
        What its reader raised.
    where : str
        Place in the file.

    Returns
    -------
    Unreadable
        With the class of amity's own errors, or `UnreadableFile` for those of other libraries.
    """
    place = ", ".join(each for each in (source.member, where) if each)
    if isinstance(error, AmityError):
        return Unreadable(source.label, place, str(error), type(error).__name__)
    if isinstance(error, OSError) and error.strerror:
        return Unreadable(source.label, place, f"cannot be opened: {error.strerror}")
    return Unreadable(
        source.label, place, f"is damaged or not what it claims to be ({type(error).__name__}: {error})"
    )


def _office_kind(stream: BinaryIO) -> str:
    with open_zip(stream) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            return "docx"
        if "mimetype" in names and "content.xml" in names:
            kind = archive.open("mimetype").read(100)
            if b"opendocument.text" in kind:
                return "odt"
            raise errors.UnknownFormat(
                f"is an OpenDocument file of the kind {kind.decode('ascii', 'replace')}; export it as ODT or CSV"
            )
        if "[Content_Types].xml" in names:
            raise errors.UnknownFormat(
                "is an Office file, but no text document; export it as DOCX, PDF or CSV"
            )
    return "zip"


def _read_archive(
    source: Source, stream: BinaryIO, assembler: Assembler, options: ReadOptions, budget: Budget, depth: int
) -> Iterator[Document | Unreadable]:
    if depth >= options.limits.archive_depth:
        raise LimitExceeded(f"is an archive inside {depth} others; unpack it first")
    with open_zip(stream) as archive:
        found = list(members(archive))
        if len(found) > budget.files:
            raise LimitExceeded(
                f"holds {len(found)} files, more than {options.limits.archive_files}; unpack and read a part"
            )
        names = {each.filename for each in found}
        for member in found:
            if member.filename.rpartition("/")[2].lower() in TABLE_NAMES:
                inside = source.inside(member.filename, b"")
                try:
                    table = io.BytesIO(read_member(archive, member, budget))
                    assembler.tables.append(
                        read_metadata_table(table, columns=options.columns, base=inside.path.parent)
                    )
                except InputError as error:
                    yield unreadable(inside, error)
        for member in found:
            inside = source.inside(member.filename, b"")
            try:
                check_member_name(member.filename)
                if is_companion(member.filename, names):
                    continue
                content = read_member(archive, member, budget)
            except InputError as error:
                yield unreadable(inside, error)
                continue
            yield from _read_source(
                source.inside(member.filename, content), assembler, options, budget, depth + 1
            )


def _drafts(
    kind: str, stream: BinaryIO, source: Source, options: ReadOptions
) -> Iterator[Draft | Unreadable]:
    limits = options.limits
    streamed = kind in ("csv", "jsonl")
    largest = limits.table_bytes if streamed else limits.file_bytes
    if source.size > largest:
        raise LimitExceeded(
            f"has {source.size} bytes, more than the {largest} that are read; split it or raise the limit"
        )
    if kind == "csv":
        yield from read_csv(stream, options, path=source.label)
    elif kind == "jsonl":
        yield from read_json_lines(stream, options, path=source.label)
    else:
        data = stream.read(largest + 1)
        if not data.strip():
            raise UnreadableFile("is empty")
        if kind == "json":
            yield from read_json(data, options, path=source.label)
        elif kind == "pdf":
            yield from read_pdf(data, options, path=source.label)
        elif kind == "xml":
            yield from _read_xml(data, options)
        else:
            yield from _reader(kind)(data, options)


def _read_xml(data: bytes, options: ReadOptions) -> Iterator[Draft]:
    root = parse_xml(data)
    name = local_name(root)
    if name in ("TEI", "teiCorpus", "TEI.2"):
        yield from read_tei(root, options)
    elif name == "akomaNtoso":
        yield from read_akoma_ntoso(root, options)
    elif name == "html":
        yield from read_html(data, options)
    elif is_vertical(root):
        yield from read_vertical(root, options)
    else:
        raise errors.UnknownFormat(
            f"is XML with the root element {name!r}, which amity does not know; TEI, Akoma Ntoso and vertical corpora are read"
        )


def _reader(kind: str) -> Callable[[bytes, ReadOptions], Iterator[Draft]]:
    return {
        "docx": read_docx,
        "html": read_html,
        "image": read_image,
        "markdown": read_markdown,
        "odt": read_odt,
        "plain": read_plain,
    }[kind]
