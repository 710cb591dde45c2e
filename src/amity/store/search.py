"""Full text: where words stand in documents, and which positions' evidence holds them."""

import re
import secrets
import sqlite3
from collections.abc import Iterator
from itertools import islice

from amity.errors import InvalidValue
from amity.store.documents import document_text
from amity.store.records import Hit

_AROUND = 60
_WORD = re.compile(r"\w+")
_ASKED = re.compile(r'"([^"]*)"|(\S+)')


def plain_query(text: str) -> str:
    """
    Return a query that asks for all words of a text, and for what stands in quotation marks as a phrase.

    Parameters
    ----------
    text : str
        As typed; a word that ends in ``*`` asks for its beginnings.

    Returns
    -------
    str
        For FTS5.

    Raises
    ------
    InvalidValue
        If there is no word in it.
    """
    parts = []
    for phrase, word in _ASKED.findall(text):
        words = _WORD.findall(phrase or word)
        if words:
            parts.append(f'"{" ".join(words)}"' + ("*" if word.endswith("*") else ""))
    if not parts:
        raise InvalidValue(f"the search {text[:40]!r} holds no word; give at least one")
    return " ".join(parts)


def search(
    connection: sqlite3.Connection, text: str, *, limit: int, per_document: int, superseded: bool = False
) -> list[Hit]:
    """
    Return places where searched words stand, best documents first.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    text : str
        Words that must all occur in a document; quotation marks for phrases, ``*`` for beginnings, or a query in the
        words of FTS5 (``AND``, ``OR``, ``NOT``, ``NEAR``).
    limit : int
        At most so many places.
    per_document : int
        At most so many a document.
    superseded : bool
        Whether earlier versions are searched too.

    Returns
    -------
    list of Hit
        By rank of the document, then place in the text.

    Raises
    ------
    InvalidValue
        If there is no word in `text`.
    """
    mark = secrets.token_hex(4)
    opening, closing = f"\ufdd0{mark}", f"\ufdd1{mark}"
    query = (
        "SELECT document.id, document.uid, highlight(document_words, 0, ?, ?) FROM document_words "
        "JOIN document ON document.id = document_words.rowid WHERE document_words MATCH ? AND document.live "
        f"{'' if superseded else 'AND NOT document.superseded'} ORDER BY bm25(document_words), document.id LIMIT ?"
    )
    hits: list[Hit] = []
    for row, identity, marked in _match(connection, query, (opening, closing), text, (limit,)):
        words = document_text(connection, row)
        room = min(per_document, limit - len(hits))
        hits.extend(
            Hit(identity, start, end, snippet(words, start, end))
            for start, end in islice(_places(marked, opening, closing), room)
        )
        if len(hits) == limit:
            break
    return hits


def _match(
    connection: sqlite3.Connection, query: str, before: tuple[str, ...], text: str, after: tuple[object, ...]
) -> list[tuple[int, str, str]]:
    simple = plain_query(text)
    if re.search(r"\b(AND|OR|NOT|NEAR)\b", text):
        try:
            return connection.execute(query, (*before, text, *after)).fetchall()
        except sqlite3.OperationalError as error:
            if getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) != sqlite3.SQLITE_ERROR:
                raise
    return connection.execute(query, (*before, simple, *after)).fetchall()


def _places(marked: str, opening: str, closing: str) -> Iterator[tuple[int, int]]:
    at = 0
    for place, piece in enumerate(marked.split(opening)):
        if not place:
            at = len(piece)
            continue
        inside, _, rest = piece.partition(closing)
        yield at, at + len(inside)
        at += len(inside) + len(rest)


def snippet(text: str, start: int, end: int) -> str:
    """
    Return a place with the words around it.

    Parameters
    ----------
    text : str
        The document's text.
    start, end : int
        Code points, half-open.

    Returns
    -------
    str
        One line, cut at spaces, with an ellipsis where cut.
    """
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    if first:
        space = text.find(" ", first, start)
        first = space + 1 if space >= 0 else first
    if last < len(text):
        space = text.rfind(" ", end, last)
        last = space if space >= 0 else last
    words = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{words}{'…' if last < len(text) else ''}"


def positions_with(connection: sqlite3.Connection, text: str) -> list[int]:
    """
    Return the positions whose evidence holds searched words.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    text : str
        As for `search`.

    Returns
    -------
    list of int
        Rows, ascending.

    Raises
    ------
    InvalidValue
        If there is no word in `text`.
    """
    query = "SELECT rowid, '', '' FROM evidence_words WHERE evidence_words MATCH ? ORDER BY rowid"
    return [row[0] for row in _match(connection, query, (), text, ())]
