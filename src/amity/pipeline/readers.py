"""The readers by name: each turns a document into a coding."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType

from amity.errors import NotFound
from amity.model import Coding, Document, Origin

_MODULES = {"rules": "amity.positions.rules", "trained": "amity.positions.trained"}
"""A module is a reader if it offers `find_positions` from a document and its mentions to a fuller coding."""

_NONE = "none"


@dataclass(frozen=True, slots=True)
class Reader:
    """
    One way to read a document.

    Parameters
    ----------
    name : str
        As in ``rules``.
    origin : Origin
        What its records carry.
    find_positions : callable
        From document and mentions to a fuller coding.
    tally : callable or None
        What the reader has counted besides, kept with the run: calls of a language model, quotes that it invented.
    """

    name: str
    origin: Origin
    find_positions: Callable[[Document, Coding], Coding]
    tally: Callable[[], Mapping[str, int]] | None = None


def available_readers() -> list[str]:
    """
    Return the names of the readers that this installation has.

    Returns
    -------
    list of str
        By name; ``none`` takes the documents in and finds nothing.
    """
    return sorted([_NONE, *(name for name, module in _MODULES.items() if find_spec(module) is not None)])


def default_reader() -> str:
    """
    Return the name of the best reader that this installation has.

    Returns
    -------
    str
        ``trained`` where its weights are installed, else ``rules``.
    """
    if "trained" not in available_readers():
        return "rules"
    from importlib.resources import files

    return "trained" if files("amity.encoder").joinpath("model", "reader.onnx").is_file() else "rules"


@cache
def find_reader(name: str) -> Reader:
    """
    Return a reader, its word lists or weights loaded.

    Parameters
    ----------
    name : str
        As in ``rules``, or the path of a module that offers `find_positions`, as in ``mypackage.myreader``.

    Returns
    -------
    Reader
        Ready to read.

    Raises
    ------
    NotFound
        If there is none of that name.
    ModelUnavailable
        If its weights are not in this installation.
    """
    if name == _NONE:
        return Reader(name, Origin("reader:none", "1"), _find_nothing)
    if name in available_readers():
        module = import_module(_MODULES[name])
    else:
        module = _foreign(name)
    if name == "trained":
        from amity.encoder import load_encoder

        load_encoder()
    return Reader(name, _origin(name, module), module.find_positions)


def as_reader(reader: str | Reader) -> Reader:
    """
    Return a reader that is given by name or is one already.

    Parameters
    ----------
    reader : str or Reader
        As `find_reader` takes it, or a reader with settings of its own.

    Returns
    -------
    Reader
        Ready to read.

    Raises
    ------
    NotFound
        If there is none of that name.
    """
    return reader if isinstance(reader, Reader) else find_reader(reader)


def _find_nothing(document: Document, coding: Coding) -> Coding:
    return Coding(document.id)


def _foreign(name: str) -> ModuleType:
    """A reader of someone else's, named by its module."""
    try:
        module = import_module(name) if "." in name else None
    except ModuleNotFoundError as error:
        if not name.startswith(str(error.name)):
            raise
        module = None
    if module is None or not callable(getattr(module, "find_positions", None)):
        raise NotFound(
            f"there is no reader {name!r}; this installation has {', '.join(available_readers())}; the path of a Python "
            "module that offers find_positions(document, coding) will do too, as in mypackage.myreader"
        )
    return module


def _origin(name: str, module: ModuleType) -> Origin:
    from amity import __version__

    origin = getattr(module, "ORIGIN", None)
    return origin if isinstance(origin, Origin) else Origin(f"reader:{name}", __version__)


def read_document(document: Document, *, reader: str | Reader = "rules") -> Coding:
    """
    Return what a reader finds in a document.

    Parameters
    ----------
    document : Document
        The text.
    reader : str or Reader
        Name of the reader, or the reader itself.

    Returns
    -------
    Coding
        Actors, mentions, quotations and positions with exact evidence.

    Raises
    ------
    NotFound
        If there is no reader of that name.
    ModelUnavailable
        If its weights are not in this installation.
    """
    from amity.mentions import find_mentions

    chosen = as_reader(reader)
    if chosen.name == _NONE:
        return Coding(document.id)
    return chosen.find_positions(document, find_mentions(document))
