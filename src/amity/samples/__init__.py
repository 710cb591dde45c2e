"""The sample corpus: an invented world in documents, metadata and gold codings, shipped as package data."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path, PurePosixPath

from amity.errors import InputError

__all__ = ["sample_files", "write_sample"]


def sample_files() -> Iterator[Traversable]:
    """Every file of the sample corpus, by path.

    Yields
    ------
    Traversable
        `README.md`, then the documents with their `metadata.csv`, then the gold codings, in the order of
        their paths. Each can be read without being written to disk.
    """
    for _, item in _relative_files():
        yield item


def write_sample(directory: str | PathLike[str]) -> list[Path]:
    """The paths of the sample corpus, written below a directory.

    Parameters
    ----------
    directory : path
        Where to write; made if it is not there. Below it come `README.md`, `documents/` (with
        `metadata.csv`) and `gold/`.

    Returns
    -------
    list of Path
        Every file of the corpus at its place, in the order of `sample_files`; files that already stood
        there with the same content are in it, and are left alone.

    Raises
    ------
    InputError
        If a file of another content stands at one of the places. Nothing is written then.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     paths = write_sample(folder)
    ...     sorted({path.suffix for path in paths})
    ['.csv', '.html', '.json', '.md', '.txt']
    """
    root = Path(directory)
    wanted = [(root.joinpath(*path.parts), item.read_bytes()) for path, item in _relative_files()]
    differing = [path for path, content in wanted if _differs(path, content)]
    if differing:
        shown = ", ".join(str(path) for path in differing[:3]) + (" ..." if len(differing) > 3 else "")
        raise InputError(
            f"{len(differing)} of the sample's files would overwrite something else: {shown}; "
            "expected an empty folder or an unchanged sample; write to another folder, or move these away"
        )
    for path, content in wanted:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.write_bytes(content)
    return [path for path, _ in wanted]


def _differs(path: Path, content: bytes) -> bool:
    if path.is_file():
        return path.read_bytes() != content
    return path.exists() or any(parent.is_file() for parent in path.parents)


def _relative_files() -> list[tuple[PurePosixPath, Traversable]]:
    found: list[tuple[PurePosixPath, Traversable]] = []

    def walk(folder: Traversable, at: PurePosixPath) -> None:
        for item in folder.iterdir():
            if item.is_dir():
                if item.name != "__pycache__":
                    walk(item, at / item.name)
            elif not item.name.endswith((".py", ".pyc")):
                found.append((at / item.name, item))

    walk(files(__name__), PurePosixPath())
    return sorted(found, key=lambda pair: (len(pair[0].parts), str(pair[0])))
