"""Files in and out: limits on what comes in, whole files or none going out."""

import os
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from amity.errors import InvalidRecord, LimitExceeded, UnreadableFile
from amity.formats.records import FilePath

MAX_BYTES = 1 << 30
"""Largest file, and largest expansion of an archive, that a reader takes."""
MAX_MEMBERS = 100_000
MAX_RATIO = 200
"""Greatest ratio of expanded to packed size; text packs about 1:5, an attack 1:1000."""

_ILLEGAL_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNSAFE_NAME = re.compile(r'[\x00-\x1f<>:"/\\|?*\x7f]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)", re.IGNORECASE)


def read_bytes(path: FilePath, *, limit: int = MAX_BYTES) -> bytes:
    """
    Return the content of a file.

    Parameters
    ----------
    path : path
        The file.
    limit : int
        Largest size in bytes.

    Returns
    -------
    bytes
        All of it.

    Raises
    ------
    UnreadableFile
        If it is not there or not a file.
    LimitExceeded
        If it is larger than `limit`.
    """
    file = Path(path)
    try:
        size = file.stat().st_size
        if not file.is_file():
            raise UnreadableFile(f"{file} is not a file")
        if size > limit:
            raise LimitExceeded(f"{file} has {size} bytes; at most {limit} are read")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file} cannot be read: {error.strerror or error}") from error


def read_text(path: FilePath, *, limit: int = MAX_BYTES) -> str:
    """
    Return the text of a UTF-8 file with its line ends as they are.

    Parameters
    ----------
    path : path
        The file; a byte order mark is dropped.
    limit : int
        Largest size in bytes.

    Returns
    -------
    str
        All of it.

    Raises
    ------
    UnreadableFile
        If it is not there, or not UTF-8.
    LimitExceeded
        If it is larger than `limit`.
    """
    try:
        return read_bytes(path, limit=limit).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableFile(f"{path} is not UTF-8 (byte {error.start}); convert it first") from error


def write_bytes(path: FilePath, content: bytes) -> Path:
    """
    Return the path of a file written whole: an interrupted write leaves the old file or none.

    Parameters
    ----------
    path : path
        Where to write; folders are made.
    content : bytes
        All of it.

    Returns
    -------
    Path
        The file.
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def write_text(path: FilePath, text: str) -> Path:
    """
    Return the path of a UTF-8 file written whole, line ends as they are.

    Parameters
    ----------
    path : path
        Where to write; folders are made.
    text : str
        All of it; lone surrogates become U+FFFD.

    Returns
    -------
    Path
        The file.
    """
    return write_bytes(path, text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode())


def file_name(identity: str, *, taken: Mapping[str, Any] | set[str] = frozenset()) -> str:  # type: ignore[assignment]
    """
    Return an id as a file name that every system takes.

    Parameters
    ----------
    identity : str
        A document's id.
    taken : collection of str
        Names in use, case folded; a number is added to keep apart.

    Returns
    -------
    str
        Without an extension.
    """
    name = _UNSAFE_NAME.sub("_", identity).strip(" .")[:150] or "document"
    if _RESERVED.match(name):
        name = f"_{name}"
    candidate, number = name, 2
    while candidate.casefold() in taken:
        candidate, number = f"{name}-{number}", number + 1
    return candidate


def read_archive(path: FilePath, *, limit: int = MAX_BYTES) -> dict[str, bytes]:
    """
    Return the members of a zip archive by name, none of which leads out of it.

    Parameters
    ----------
    path : path
        The archive.
    limit : int
        Largest sum of expanded sizes in bytes.

    Returns
    -------
    dict of str to bytes
        Folders are left out.

    Raises
    ------
    UnreadableFile
        If it is no zip archive, is truncated, encrypted, or a member fails its checksum.
    LimitExceeded
        If it holds too many members or expands too far.
    InvalidRecord
        If a member's name is absolute, leads upwards, occurs twice, or is a link.
    """
    content: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(Path(path)) as archive:
            members = archive.infolist()
            if len(members) > MAX_MEMBERS:
                raise LimitExceeded(f"{path} holds {len(members)} members; at most {MAX_MEMBERS} are read")
            left = limit
            for member in members:
                _check_member(path, member)
                if member.is_dir():
                    continue
                if member.filename in content:
                    raise InvalidRecord(f"{path} holds {member.filename!r} twice")
                with archive.open(member) as stream:
                    content[member.filename] = stream.read(left + 1)
                left -= len(content[member.filename])
                if left < 0:
                    raise LimitExceeded(f"{path} expands to more than {limit} bytes")
    except (
        zipfile.BadZipFile,
        OSError,
        EOFError,
        RuntimeError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise UnreadableFile(f"{path} is no readable zip archive: {error}") from error
    return content


def _check_member(path: FilePath, member: zipfile.ZipInfo) -> None:
    name = PurePosixPath(member.filename)
    if name.is_absolute() or ".." in name.parts or "\\" in member.filename or ":" in name.parts[0:1]:
        raise InvalidRecord(
            f"{path} holds {member.filename!r}, which leads out of the archive; it is not opened"
        )
    if stat.S_ISLNK(member.external_attr >> 16):
        raise InvalidRecord(f"{path} holds the link {member.filename!r}; links are not followed")
    if member.file_size > 1 << 20 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        raise LimitExceeded(
            f"{path}: {member.filename!r} expands {member.file_size // max(member.compress_size, 1)}-fold; "
            f"at most {MAX_RATIO}-fold is read"
        )


def archive_bytes(members: Mapping[str, bytes]) -> bytes:
    """
    Return a zip archive that depends on nothing but its members.

    Parameters
    ----------
    members : mapping of str to bytes
        Content by name, in the order to be written.

    Returns
    -------
    bytes
        Deflated; all times are 1980-01-01, so equal members give equal bytes.
    """
    from io import BytesIO

    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, content)
    return buffer.getvalue()


def parse_xml(content: bytes, place: str) -> Any:
    """
    Return the root element of an XML document, parsed without entities, network or external files.

    Parameters
    ----------
    content : bytes
        The document.
    place : str
        Its name, for messages.

    Returns
    -------
    lxml.etree._Element
        The root.

    Raises
    ------
    UnreadableFile
        If it is not well formed.
    InvalidRecord
        If it declares entities.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(f"{place} is not well-formed XML: {error}") from error
    internal = root.getroottree().docinfo.internalDTD
    if internal is not None and any(True for _ in internal.iterentities()):
        raise InvalidRecord(f"{place} declares XML entities; they are not expanded, so the file is not read")
    return root


def xml_text(text: str) -> str:
    """
    Return a text with every character that XML 1.0 forbids replaced by U+FFFD, so that offsets stay.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Of the same length.
    """
    return _ILLEGAL_XML.sub("\ufffd", text)


def xml_bytes(root: Any, *, doctype: str | None = None) -> bytes:
    """
    Return an element as an XML document in UTF-8.

    Parameters
    ----------
    root : lxml.etree._Element
        The root.
    doctype : str, optional
        A document type declaration.

    Returns
    -------
    bytes
        With an XML declaration, indented.
    """
    from lxml import etree

    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True, doctype=doctype)
    )


def local_name(element: Any) -> str:
    """
    Return an element's name without its namespace; empty for comments and instructions.

    Parameters
    ----------
    element : lxml.etree._Element
        Any node.

    Returns
    -------
    str
        The name.
    """
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""
