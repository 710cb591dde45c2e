"""Inputs → a project: streamed, committed a few documents at a time, taken up again where it broke off."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import Any, Protocol

from amity.documents import ReadOptions, Unreadable, read_documents
from amity.errors import AmityError, InputError
from amity.model import Coding, Document, Origin
from amity.pipeline.parallel import Executor, Outcome, read_all
from amity.pipeline.readers import Reader, as_reader

_BATCH_DOCUMENTS = 16
_BATCH_CHARACTERS = 500_000
_BATCH_SECONDS = 2.0


class Stored(Protocol):
    """What a sink says about a document that it was given."""

    @property
    def id(self) -> str:
        """The document's id in the sink."""

    @property
    def outcome(self) -> str:
        """One of ``added``, ``duplicate``, ``new_version``."""


class Sink(Protocol):
    """Where codings go; a project is one. The pipeline knows no more of it than this."""

    def begin_run(self, *, origin: Origin, inputs: Sequence[str]) -> tuple[int, int]:
        """Return the numbers of a new run and of the act that its documents belong to."""

    def note_run(self, run: int, report: Mapping[str, Any], *, finished: bool) -> None:
        """Keep what the run has come to."""

    def reading_of(self, sha256: str, *, origin: Origin) -> str | None:
        """Return the id of the document of that text, if that reader has read it."""

    def add_read(
        self, items: Iterable[tuple[Document, Coding]], *, origin: Origin, act: int | None = None
    ) -> Sequence[Stored]:
        """Store documents with their codings, all or none."""


@dataclass(frozen=True, slots=True)
class Progress:
    """
    How far a read is.

    Parameters
    ----------
    documents, skipped, unreadable, positions, characters : int
        So far; `characters` of the documents read.
    share : float
        Of the inputs' bytes, from 0 to 1.
    seconds : float
        Since the start.
    remaining : float or None
        Seconds to go, if it goes on as so far; None before there is anything to go by.
    current : str
        Title or id of the document that was read last.
    """

    documents: int
    skipped: int
    unreadable: int
    positions: int
    characters: int
    share: float
    seconds: float
    remaining: float | None
    current: str


@dataclass(frozen=True, slots=True)
class ReadReport:
    """
    What a read has come to.

    Parameters
    ----------
    documents : int
        Documents read now.
    skipped : int
        Documents that this reader had read before.
    duplicates : tuple of tuple of str
        Id of each document whose text is there under another id, and that id.
    new_versions : tuple of str
        Ids of documents that are later versions of a changed file.
    unreadable : tuple of Unreadable
        What could not be read, and why.
    positions : int
        Positions found.
    characters : int
        Code points read.
    seconds : float
        How long it took.
    """

    documents: int
    skipped: int
    duplicates: tuple[tuple[str, str], ...]
    new_versions: tuple[str, ...]
    unreadable: tuple[Unreadable, ...]
    positions: int
    characters: int
    seconds: float


@dataclass(slots=True)
class _Count:
    started: float
    tally: Callable[[], Mapping[str, int]] | None = None
    documents: int = 0
    skipped: int = 0
    positions: int = 0
    characters: int = 0
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    new_versions: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)

    def report(self) -> ReadReport:
        return ReadReport(
            self.documents,
            self.skipped,
            tuple(self.duplicates),
            tuple(self.new_versions),
            tuple(self.unreadable),
            self.positions,
            self.characters,
            time.monotonic() - self.started,
        )

    def for_log(self) -> dict[str, Any]:
        return {
            "documents": self.documents,
            "skipped": self.skipped,
            "positions": self.positions,
            "duplicates": [each for each, _ in self.duplicates],
            "new_versions": list(self.new_versions),
            "unreadable": [
                {"path": each.path, "place": each.place, "reason": each.reason} for each in self.unreadable
            ],
            "seconds": round(time.monotonic() - self.started, 3),
            **({} if self.tally is None else {"tally": dict(self.tally())}),
        }


def read_into(
    project: Sink,
    inputs: str | PathLike[str] | Iterable[str | PathLike[str]],
    *,
    reader: str | Reader = "rules",
    jobs: int = 1,
    options: ReadOptions | None = None,
    progress: Callable[[Progress], None] | None = None,
    executor: Executor | None = None,
) -> ReadReport:
    """
    Return what a read of files, folders or archives into a project has come to.

    Parameters
    ----------
    project : Sink
        An open project.
    inputs : path-like or iterable of path-like
        What to read.
    reader : str or Reader
        Name of the reader, or a reader with settings of its own.
    jobs : int
        Processes; 1 reads in this one, 0 takes one a core.
    options : ReadOptions or None
        Metadata table, name pattern, text recognition, limits.
    progress : callable or None
        Called after each document.
    executor : Executor or None
        Where to read instead of in processes of this machine: a Dask client, for one.

    Returns
    -------
    ReadReport
        Nothing is skipped silently.

    Raises
    ------
    NotFound
        If there is no reader of that name.
    ProjectBusy
        If another process writes to the project.

    Notes
    -----
    A few documents are committed at a time, each with its positions; a read that was cut off, however it was, goes on
    where it stopped when it is called again, because a text that the same version of the same reader has read is passed over.
    Memory does not grow with the corpus.
    """
    paths = [Path(inputs)] if isinstance(inputs, (str, PathLike)) else [Path(each) for each in inputs]
    chosen = as_reader(reader)
    origin = chosen.origin
    count = _Count(time.monotonic(), tally=chosen.tally)
    run, act = project.begin_run(origin=origin, inputs=[str(path) for path in paths])
    feed = _Feed(project, paths, options or ReadOptions(), origin, count)
    writer = _Batch(project, origin, act, count, feed)
    try:
        for outcome in read_all(feed, reader=reader, jobs=jobs, executor=executor):
            writer.take(outcome)
            if progress is not None:
                progress(feed.progress(outcome.document))
        writer.flush()
    except BaseException:
        with suppress(AmityError):
            project.note_run(run, count.for_log(), finished=False)
        raise
    project.note_run(run, count.for_log(), finished=True)
    return count.report()


class _Feed:
    """The documents that are still to be read; what is known or broken is counted and passed over."""

    def __init__(
        self, project: Sink, paths: Sequence[Path], options: ReadOptions, origin: Origin, count: _Count
    ) -> None:
        self._project = project
        self._paths = paths
        self._options = options
        self._origin = origin
        self._count = count
        self._pending: dict[str, str] = {}
        self._before: list[dict[str, int]] = []
        self._total = 0
        for path in paths:
            self._before.append({})
            for name, size in _sizes(path):
                self._before[-1][name] = self._total
                self._total += size
        self._bytes = 0.0

    def __iter__(self) -> Iterator[Document]:
        given: set[str] = set()
        for number, path in enumerate(self._paths):
            ids_before = frozenset(given)
            for item in read_documents(path, options=self._options):
                if isinstance(item, Unreadable):
                    self._count.unreadable.append(item)
                    continue
                self._advance(number, item)
                document = self._apart(item, path, ids_before)
                given.add(document.id)
                if self._is_new(document):
                    yield document

    def _apart(self, document: Document, path: Path, taken: frozenset[str]) -> Document:
        """Two inputs of one read may hold the same names; that makes no document a version of the other."""
        identity, number = document.id, 1
        while identity in taken:
            identity = f"{document.id}-{path.stem}" + (f"-{number}" if number > 1 else "")
            number += 1
        return document if identity == document.id else replace(document, id=identity)

    def _is_new(self, document: Document) -> bool:
        digest = document.sha256
        known = self._pending.get(digest) or self._project.reading_of(digest, origin=self._origin)
        if known is None:
            self._pending[digest] = document.id
            return True
        if known.split("~")[0] == document.id.split("~")[0]:
            self._count.skipped += 1
        else:
            self._count.duplicates.append((document.id, known))
        return False

    def stored(self, document: Document) -> None:
        self._pending.pop(document.sha256, None)

    def _advance(self, number: int, document: Document) -> None:
        before = self._before[number]
        source = document.metadata.get("source_file", "")
        while source and source not in before:
            source = source.rpartition("/")[0]
        # What comes before this file is done, whatever share of its bytes was text.
        self._bytes = max(self._bytes + len(document.text), float(before.get(source, 0)))

    def progress(self, document: Document) -> Progress:
        seconds = time.monotonic() - self._count.started
        share = min(1.0, self._bytes / (self._total or 1))
        return Progress(
            self._count.documents,
            self._count.skipped,
            len(self._count.unreadable),
            self._count.positions,
            self._count.characters,
            share,
            seconds,
            seconds / share * (1 - share) if share > 0 else None,
            document.title or document.id,
        )


def _sizes(path: Path) -> Iterator[tuple[str, int]]:
    if path.is_file():
        yield path.name, path.stat().st_size
    elif path.is_dir():
        for each in sorted(path.rglob("*")):
            if each.is_file():
                yield each.relative_to(path).as_posix(), each.stat().st_size


class _Batch:
    """Codings that wait for the next commit."""

    def __init__(self, project: Sink, origin: Origin, act: int, count: _Count, feed: _Feed) -> None:
        self._project = project
        self._origin = origin
        self._act = act
        self._count = count
        self._feed = feed
        self._items: list[tuple[Document, Coding]] = []
        self._since = time.monotonic()

    def take(self, outcome: Outcome) -> None:
        document, coding = outcome.document, outcome.coding
        if coding is None:
            source = document.metadata.get("source_file", document.id)
            self._count.unreadable.append(Unreadable(source, document.id, outcome.reason, outcome.error))
            self._feed.stored(document)
            return
        self._items.append((document, coding))
        if (
            len(self._items) >= _BATCH_DOCUMENTS
            or sum(len(each.text) for each, _ in self._items) >= _BATCH_CHARACTERS
            or time.monotonic() - self._since >= _BATCH_SECONDS
        ):
            self.flush()

    def flush(self) -> None:
        """Commit what waits; if a document's coding does not fit it, that one is listed and the others go in."""
        items, self._items = self._items, []
        try:
            self._store(items)
        except InputError:
            for item in items:
                try:
                    self._store([item])
                except InputError as error:
                    self._give_up(*item, error)
        self._since = time.monotonic()

    def _store(self, items: list[tuple[Document, Coding]]) -> None:
        if not items:
            return
        outcomes = self._project.add_read(items, origin=self._origin, act=self._act)
        for (document, coding), stored in zip(items, outcomes, strict=True):
            self._feed.stored(document)
            self._count.documents += 1
            self._count.characters += len(document.text)
            self._count.positions += len(coding.positions)
            if stored.outcome == "new_version":
                self._count.new_versions.append(stored.id)
            elif stored.outcome == "duplicate" and stored.id.split("~")[0] != document.id:
                self._count.duplicates.append((document.id, stored.id))

    def _give_up(self, document: Document, _: Coding, error: InputError) -> None:
        source = document.metadata.get("source_file", document.id)
        self._count.unreadable.append(Unreadable(source, document.id, str(error), type(error).__name__))
        self._feed.stored(document)
