"""Which files a path stands for, in an order that never changes."""

import io
import os
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from amity.documents.metadata import HERE, TABLE_NAMES, MetadataTable, read_metadata_table
from amity.documents.records import ReadOptions, Unreadable
from amity.errors import InputError, InvalidRecord

_COMPANIONS = ("readme", "license", "licence", "copying")
_SYSTEM = frozenset(("thumbs.db", "desktop.ini", "__macosx"))


@dataclass(frozen=True, slots=True)
class Source:
    """
    One file to read, on disk or in an archive.

    Parameters
    ----------
    label : str
        The file on disk, as the user would write it.
    path : PurePosixPath
        From where reading began, through archives.
    open : callable
        Gives a seekable binary stream.
    size : int
        Bytes.
    member : str
        Name in the archive; empty for a file on disk.
    """

    label: str
    path: PurePosixPath
    open: Callable[[], BinaryIO]
    size: int
    member: str = ""

    def inside(self, name: str, content: bytes) -> "Source":
        """
        Return a member of this archive as a source.

        Parameters
        ----------
        name : str
            As the archive has it.
        content : bytes
            Unpacked.

        Returns
        -------
        Source
            Its path continues the archive's.
        """
        clean = PurePosixPath(
            *(each for each in PurePosixPath(name.replace("\\", "/")).parts if each not in ("/", ".."))
        )
        return Source(
            self.label,
            self.path / clean,
            lambda: io.BytesIO(content),
            len(content),
            f"{self.member}/{name}" if self.member else name,
        )


def is_companion(name: str, names: Collection[str]) -> bool:
    """
    Whether a file lies beside documents without being one.

    Parameters
    ----------
    name : str
        The file, with its folder as in `names`.
    names : collection of str
        All files there.

    Returns
    -------
    bool
        True for hidden and system files, metadata tables, README and LICENSE files, and for ``NAME.json`` where another ``NAME.*``
        is there (a coding).
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if any(part.startswith((".", "~$")) or part.lower() in _SYSTEM for part in path.parts):
        return True
    if path.name.lower() in TABLE_NAMES or path.stem.lower() in _COMPANIONS:
        return True
    if path.suffix.lower() != ".json":
        return False
    return any(
        str(path.with_suffix(each)) in names
        for each in (".txt", ".md", ".html", ".xml", ".pdf", ".docx", ".odt")
    )


def find_sources(
    root: Path, tables: list[MetadataTable], options: ReadOptions
) -> Iterator[Source | Unreadable]:
    """
    Yield the files that a path stands for.

    Parameters
    ----------
    root : Path
        A file or a folder.
    tables : list of MetadataTable
        Metadata tables that lie on the way are added.
    options : ReadOptions
        A metadata table named here is the only one.

    Yields
    ------
    Source or Unreadable
        By name; a folder's own files before those of the folders in it.

    Raises
    ------
    InputError
        If the metadata table named in the options cannot be read.
    """
    if options.metadata is not None:
        tables.append(_named_table(Path(options.metadata), options))
    is_folder = root.is_dir()
    if not is_folder and not root.exists():
        yield Unreadable(str(root), "", "is no file or folder; check the path", "NotFound")
        return
    folder = root if is_folder else root.parent
    if options.metadata is None:
        whole = folder.absolute()
        yield from _add_table(whole.parent, tables, options, beside=whole.name)
        if not is_folder:
            yield from _add_table(folder, tables, options)
    if not is_folder:
        yield _source(root, PurePosixPath(root.name))
        return
    yield from _walk(root, HERE, tables, options, root.resolve())


def _walk(
    folder: Path, path: PurePosixPath, tables: list[MetadataTable], options: ReadOptions, root: Path
) -> Iterator[Source | Unreadable]:
    if options.metadata is None:
        yield from _add_table(folder, tables, options, base=path)
    try:
        entries = sorted(os.scandir(folder), key=lambda each: each.name)
    except OSError as error:
        yield Unreadable(str(folder), "", f"cannot be opened: {error.strerror}")
        return
    names = {each.name for each in entries}
    folders = list[os.DirEntry[str]]()
    for entry in entries:
        if is_companion(entry.name, names):
            continue
        if entry.is_symlink() and not Path(entry.path).resolve().is_relative_to(root):
            yield Unreadable(
                entry.path, "", "is a link that leads out of the folder; read its target by name"
            )
        elif entry.is_dir(follow_symlinks=False):
            folders.append(entry)
        elif entry.is_file():
            yield _source(Path(entry.path), path / entry.name)
        elif not entry.is_dir():
            yield Unreadable(entry.path, "", "is neither a file nor a folder")
    for each in folders:
        yield from _walk(Path(each.path), path / each.name, tables, options, root)


def _source(file: Path, path: PurePosixPath) -> Source:
    try:
        size = file.stat().st_size
    except OSError:
        size = 0  # opening it will say why
    return Source(str(file), path, lambda: file.open("rb"), size)


def _named_table(file: Path, options: ReadOptions) -> MetadataTable:
    try:
        with file.open("rb") as stream:
            return read_metadata_table(stream, columns=options.columns)
    except OSError as error:
        raise InvalidRecord(f"metadata table {file} cannot be opened: {error.strerror}") from error


def _add_table(
    folder: Path,
    tables: list[MetadataTable],
    options: ReadOptions,
    *,
    base: PurePosixPath = HERE,
    beside: str = "",
) -> Iterator[Unreadable]:
    for name in TABLE_NAMES:
        file = folder / name
        try:
            if not file.is_file():
                continue
            with file.open("rb") as stream:
                tables.append(read_metadata_table(stream, columns=options.columns, base=base, beside=beside))
        except (InputError, OSError) as error:
            if not beside:
                yield Unreadable(str(file), "", f"metadata table cannot be used: {error}")
