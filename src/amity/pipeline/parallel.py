"""Documents → codings on any executor, in order, with a bounded number of them under way."""

import os
import signal
import threading
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, Protocol

from amity.errors import AmityError, InvalidValue, MissingExtra, ModelUnavailable
from amity.model import Coding, Document
from amity.pipeline.readers import Reader, as_reader, find_reader, read_document

_CHARACTERS_UNDER_WAY = 4_000_000
"""Bounds what lies in queues, so that memory stays flat whatever the corpus."""

_DOCUMENTS_A_JOB = 4


class Future(Protocol):
    """What an executor's `submit` answers with."""

    def result(self) -> Any:
        """Return the outcome, once it is there."""


class Executor(Protocol):
    """Anything that runs functions elsewhere: `concurrent.futures`, or a Dask client."""

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future:
        """Return a future for ``function(*args)``."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one document.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding or None
        None if the reader failed.
    reason : str
        Why it failed, in words.
    error : str
        Name of the exception.
    """

    document: Document
    coding: Coding | None
    reason: str = ""
    error: str = ""


def read_all(
    documents: Iterable[Document],
    *,
    reader: str | Reader = "rules",
    jobs: int = 1,
    executor: Executor | None = None,
) -> Iterator[Outcome]:
    """
    Read documents one after another, in processes of this machine, or on an executor of the caller's.

    Parameters
    ----------
    documents : iterable of Document
        Taken as room comes free, never all at once.
    reader : str or Reader
        Name of the reader, or the reader itself; that one reads in threads instead of processes, since it mostly waits.
    jobs : int
        Processes; 1 reads in this one, 0 takes one a core.
    executor : Executor or None
        Where to read instead; its workers need amity.

    Yields
    ------
    Outcome
        In the order of the documents; a document that the reader fails on is an outcome too, and the rest goes on.

    Raises
    ------
    NotFound
        If there is no reader of that name.
    InvalidValue
        If `jobs` is negative.
    """
    if jobs < 0:
        raise InvalidValue(f"jobs is {jobs}; give 1 or more, or 0 for one a core")
    as_reader(reader)
    jobs = jobs or os.cpu_count() or 1
    if executor is not None:
        under_way = _DOCUMENTS_A_JOB * max(jobs, 16)
        yield from _in_order(documents, lambda each: executor.submit(read_one, each, reader), under_way)
    elif jobs == 1:
        for document in documents:
            yield Outcome(document, *read_one(document, reader))
    elif isinstance(reader, Reader):
        threads = ThreadPoolExecutor(jobs)
        try:
            yield from _in_order(documents, lambda each: threads.submit(read_one, each, reader), 2 * jobs)
        finally:
            threads.shutdown(wait=True, cancel_futures=True)
    else:
        pool = _Pool(reader, jobs)
        try:
            yield from _in_order(documents, pool.submit, _DOCUMENTS_A_JOB * jobs, again=pool.alone)
        finally:
            pool.close()


def read_one(document: Document, reader: str | Reader) -> tuple[Coding | None, str, str]:
    """
    Return a document's coding, or why there is none.

    Parameters
    ----------
    document : Document
        The document.
    reader : str or Reader
        Name of the reader, or the reader itself.

    Returns
    -------
    coding : Coding or None
        None if the reader failed.
    reason : str
        Why it failed.
    error : str
        Name of the exception.

    Raises
    ------
    MissingExtra, ModelUnavailable
        If the reader cannot read anything in this installation.
    """
    try:
        return read_document(document, reader=reader), "", ""
    except (MissingExtra, ModelUnavailable):
        # No text could be read, so this is no matter of one document.
        raise
    except AmityError as error:
        return None, str(error), type(error).__name__
    except Exception as error:  # noqa: BLE001 - one text that a reader has a bug with must not end a read of thousands
        place = traceback.extract_tb(error.__traceback__)[-1]
        at = f"{os.path.basename(place.filename)}:{place.lineno}"  # noqa: PTH119 - a name in a traceback
        return (
            None,
            f"the reader failed ({error}, at {at}); please report it with this text",
            type(error).__name__,
        )


def _in_order(
    documents: Iterable[Document],
    submit: Callable[[Document], Future],
    most: int,
    *,
    again: Callable[[Document], tuple[Coding | None, str, str]] | None = None,
) -> Iterator[Outcome]:
    waiting: deque[tuple[Document, Future]] = deque()
    characters = 0
    feed = iter(documents)
    document = next(feed, None)
    while document is not None or waiting:
        while document is not None and (
            not waiting or (len(waiting) < most and characters < _CHARACTERS_UNDER_WAY)
        ):
            waiting.append((document, _submitted(submit, document)))
            characters += len(document.text)
            document = next(feed, None)
        read, future = waiting.popleft()
        characters -= len(read.text)
        try:
            found = future.result()
        except BrokenProcessPool:
            if again is None:
                raise
            found = again(read)
        yield Outcome(read, *found)


class _Broken:
    """A future whose process died before it could take the document."""

    def result(self) -> Any:
        raise BrokenProcessPool


def _submitted(submit: Callable[[Document], Future], document: Document) -> Future:
    try:
        return submit(document)
    except BrokenProcessPool:
        return _Broken()


class _Pool:
    """Processes that are replaced when a text brings one of them down."""

    def __init__(self, reader: str, jobs: int) -> None:
        self._reader = reader
        self._jobs = jobs
        self._pool = self._start(jobs)

    def _start(self, jobs: int) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(
            jobs, mp_context=get_context("spawn"), initializer=_prepare, initargs=(self._reader,)
        )

    def submit(self, document: Document) -> Future:
        return self._pool.submit(read_one, document, self._reader)

    def alone(self, document: Document) -> tuple[Coding | None, str, str]:
        """Read again, by itself, a document that was under way when a process died: was it this one?"""
        with self._start(1) as lonely:
            try:
                found: tuple[Coding | None, str, str] = lonely.submit(
                    read_one, document, self._reader
                ).result()
            except BrokenProcessPool:
                reason = "the reader's process died on this text, by lack of memory or a fault in a library"
                found = None, reason, "BrokenProcessPool"
        try:
            self._pool.submit(os.getpid).result()
        except BrokenProcessPool:
            self._pool.shutdown(wait=False)
            self._pool = self._start(self._jobs)
        return found

    def close(self) -> None:
        self._pool.shutdown(wait=True, cancel_futures=True)


def _prepare(reader: str) -> None:
    """In a fresh process: leave Ctrl-C to the parent, end with the parent, load the reader once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    find_reader(reader)


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
