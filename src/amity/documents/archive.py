"""Zip files under limits: members one by one, never more than was allowed for."""

import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import BinaryIO

from amity.documents.records import MIB, Limits
from amity.errors import LimitExceeded, UnreadableFile

_FAILURES = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
"""What the standard library raises for members that are broken, encrypted or packed in another way."""


class Budget:
    """
    What an archive, with the archives inside it, may still unpack.

    Parameters
    ----------
    limits : Limits
        The bounds.
    """

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.files = limits.archive_files
        self.bytes = limits.archive_bytes

    def take(self, size: int) -> None:
        """
        Count one file.

        Parameters
        ----------
        size : int
            Its unpacked bytes.

        Raises
        ------
        LimitExceeded
            If the archive has unpacked more than allowed.
        """
        self.files -= 1
        self.bytes -= size
        if self.files < 0:
            raise LimitExceeded(
                f"archive holds more than {self.limits.archive_files} files; unpack and read a part of it"
            )
        if self.bytes < 0:
            raise LimitExceeded(
                f"archive unpacks to more than {self.limits.archive_bytes} bytes; unpack and read a part of it"
            )


def open_zip(source: BinaryIO | bytes) -> zipfile.ZipFile:
    """
    Return an open archive.

    Parameters
    ----------
    source : binary file or bytes
        The archive.

    Returns
    -------
    zipfile.ZipFile
        Open for reading.

    Raises
    ------
    UnreadableFile
        If it is no zip file.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(source) if isinstance(source, bytes) else source)
    except _FAILURES as error:
        raise UnreadableFile(f"is a broken zip file ({error}); fetch or pack it again") from error


def members(archive: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """
    Yield the files of an archive, by name.

    Parameters
    ----------
    archive : zipfile.ZipFile
        Open.

    Yields
    ------
    zipfile.ZipInfo
        Folders left out.
    """
    yield from sorted(
        (each for each in archive.infolist() if not each.is_dir()), key=lambda each: each.filename
    )


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo | str, budget: Budget) -> bytes:
    """
    Return what a member unpacks to.

    Parameters
    ----------
    archive : zipfile.ZipFile
        Open.
    member : zipfile.ZipInfo or str
        The member.
    budget : Budget
        What may still be unpacked; the member's size is taken off.

    Returns
    -------
    bytes
        The content.

    Raises
    ------
    LimitExceeded
        If it is larger, or expands more, than the limits allow; the bytes really unpacked are counted, not the size that
        the archive claims.
    UnreadableFile
        If the name leads out of the archive, or the content is encrypted or broken.
    """
    try:
        info = archive.getinfo(member) if isinstance(member, str) else member
    except KeyError as error:
        raise UnreadableFile(f"holds no {member}; it is damaged or another kind of file") from error
    check_member_name(info.filename)
    limits = budget.limits
    if info.file_size > MIB and info.file_size > limits.archive_ratio * max(1, info.compress_size):
        raise LimitExceeded(
            f"{info.filename} expands more than {limits.archive_ratio} times to {info.file_size} bytes; "
            "if it is harmless, unpack it and read the file"
        )
    allowed = min(limits.file_bytes, budget.bytes)
    try:
        with archive.open(info) as stream:
            content = stream.read(allowed + 1)
    except _FAILURES as error:
        raise UnreadableFile(f"{info.filename} cannot be unpacked: {error}") from error
    if len(content) > allowed:
        raise LimitExceeded(
            f"{info.filename} unpacks to more than {allowed} bytes; unpack it and read a part"
        )
    budget.take(len(content))
    return content


def check_member_name(name: str) -> None:
    """
    Raise if a member's name leads out of its archive.

    Parameters
    ----------
    name : str
        As the archive has it.

    Raises
    ------
    UnreadableFile
        For absolute names, drive letters and ``..``.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or (path.parts and ":" in path.parts[0]):
        raise UnreadableFile(f"has the name {name!r}, which leads out of the archive; it is not read")
