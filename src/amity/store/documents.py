"""Documents: brought in once, never altered, versions and duplicates told apart."""

import json
import sqlite3
from collections.abc import Mapping
from dataclasses import replace

from amity.model import Document, Origin, first_day
from amity.store.ids import document_row, storable
from amity.store.journal import Act, begin
from amity.store.records import AddedDocument

_FIELDS = (
    "uid, title, date, place, kind, language, publisher, citation, issuers, addressees, metadata, provenance"
)


def add_document(
    connection: sqlite3.Connection, document: Document, origin: Origin, *, act: int | None = None
) -> tuple[AddedDocument, int, int | None]:
    """
    Bring a document into the project, unless its text is there already.

    Parameters
    ----------
    connection : sqlite3.Connection
        Writing.
    document : Document
        What was read.
    origin : Origin
        Who brings it.
    act : int or None
        The larger act that this belongs to.

    Returns
    -------
    added : AddedDocument
        What became of it.
    row : int
        The document's row.
    event : int or None
        The event; None for a duplicate.
    """
    digest = bytes.fromhex(document.sha256)
    document = replace(document, id=storable(document.id))
    same = _same_text(connection, digest)
    if same is not None:
        return AddedDocument(same[1], "duplicate", same[1]), same[0], None
    previous = _latest_version(connection, document.id)
    if previous is None:
        identity, version, kind = document.id, 1, "document.add"
    else:
        version = previous[2] + 1
        identity, kind = _version_id(connection, document.id, version), "document.version"
    begun = begin(connection, kind, origin, act=act)
    row = _insert(connection, replace(document, id=identity), digest, version, previous, begun)
    connection.execute("UPDATE event SET document = ? WHERE id = ?", (row, begun.event))
    words = document.title or document.id
    if previous is None:
        begun.describe(f"added document {words}", after={"id": identity, "title": document.title})
        return AddedDocument(identity, "added"), row, begun.event
    begun.update("document", previous[0], superseded=1)
    begun.describe(
        f"added version {version} of document {words}",
        before={"id": previous[1]},
        after={"id": identity, "title": document.title},
    )
    return AddedDocument(identity, "new_version", previous[1]), row, begun.event


def _same_text(connection: sqlite3.Connection, digest: bytes) -> tuple[int, str] | None:
    row = connection.execute(
        "SELECT id, uid FROM document WHERE sha256 = ? AND live ORDER BY superseded, id LIMIT 1", (digest,)
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]))


def _latest_version(connection: sqlite3.Connection, identity: str) -> tuple[int, str, int] | None:
    row = connection.execute(
        "WITH RECURSIVE line(id, uid, version) AS (SELECT id, uid, version FROM document WHERE uid = ? AND live "
        "UNION ALL SELECT document.id, document.uid, document.version FROM document JOIN line "
        "ON document.previous = line.id WHERE document.live) SELECT * FROM line ORDER BY version DESC LIMIT 1",
        (identity,),
    ).fetchone()
    return None if row is None else (int(row[0]), str(row[1]), int(row[2]))


def _version_id(connection: sqlite3.Connection, identity: str, version: int) -> str:
    wanted = f"{identity}~{version}"
    while connection.execute("SELECT 1 FROM document WHERE uid = ? AND live", (wanted,)).fetchone():
        wanted += "~"
    return wanted


def _insert(
    connection: sqlite3.Connection,
    document: Document,
    digest: bytes,
    version: int,
    previous: tuple[int, str, int] | None,
    act: Act,
) -> int:
    row = connection.execute(
        "INSERT INTO document(uid, sha256, title, date, day, place, kind, language, publisher, citation, issuers, "
        "addressees, metadata, provenance, n_characters, version, previous, event) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document.id,
            digest,
            storable(document.title),
            document.date,
            -1 if document.date is None else first_day(document.date).toordinal(),
            storable(document.place),
            storable(document.kind),
            storable(document.language),
            storable(document.publisher),
            storable(document.citation),
            json.dumps(list(document.issuers)),
            json.dumps(list(document.addressees)),
            json.dumps(dict(document.metadata)),
            json.dumps(dict(document.provenance)),
            len(document.text),
            version,
            None if previous is None else previous[0],
            act.event,
        ),
    ).lastrowid
    plain = storable(document.text)
    exact = None if plain == document.text else document.text.encode("utf-8", "surrogatepass")
    connection.execute("INSERT INTO document_text VALUES (?, ?, ?)", (row, plain, exact))
    connection.execute("INSERT INTO document_words(rowid, text) VALUES (?, ?)", (row, plain))
    return int(row or 0)


def document_text(connection: sqlite3.Connection, row: int) -> str:
    """
    Return a document's text.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    row : int
        Its row.

    Returns
    -------
    str
        As it was read.
    """
    text, exact = connection.execute("SELECT text, exact FROM document_text WHERE id = ?", (row,)).fetchone()
    return str(text) if exact is None else bytes(exact).decode("utf-8", "surrogatepass")


def fetch_document(connection: sqlite3.Connection, identity: str) -> Document:
    """
    Return a document as it was read, under its id in the project.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        Its id.

    Returns
    -------
    Document
        With its text.

    Raises
    ------
    NotFound
        If there is none of that id.
    """
    row = document_row(connection, identity)
    uid, title, date, place, kind, language, publisher, citation, *encoded = connection.execute(
        f"SELECT {_FIELDS} FROM document WHERE id = ?", (row,)
    ).fetchone()
    issuers, addressees, metadata, provenance = map(json.loads, encoded)
    return Document(
        uid,
        document_text(connection, row),
        title=title,
        date=date,
        issuers=tuple(issuers),
        addressees=tuple(addressees),
        place=place,
        kind=kind,
        language=language,
        publisher=publisher,
        citation=citation,
        metadata=metadata,
        provenance=provenance,
    )


def latest_readings(
    connection: sqlite3.Connection, documents: Mapping[int, object]
) -> dict[int, tuple[str, str]]:
    """
    Return who read each document last.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    documents : mapping
        Rows of documents as keys; empty for all.

    Returns
    -------
    dict
        Row to agent and version; documents that nobody has read are absent.
    """
    query = (
        "SELECT reading.document, origin.agent, origin.version FROM reading "
        "JOIN origin ON origin.id = reading.origin WHERE reading.live"
    )
    if documents:
        query += f" AND reading.document IN (SELECT value FROM json_each('{json.dumps(list(documents))}'))"
    return {row[0]: (row[1], row[2]) for row in connection.execute(f"{query} ORDER BY reading.id")}


def reading_of(connection: sqlite3.Connection, digest: str, origin: Origin) -> str | None:
    """
    Return the document of a text that a reader of that version and settings has read.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    digest : str
        Hexadecimal SHA-256 of the text.
    origin : Origin
        The reader.

    Returns
    -------
    str or None
        The document's id; None if the reader has not read the text, or that reading does not count any more.
    """
    row = connection.execute(
        "SELECT document.uid FROM document JOIN reading ON reading.document = document.id AND reading.live "
        "JOIN origin ON origin.id = reading.origin WHERE document.sha256 = ? AND document.live "
        "AND origin.agent = ? AND origin.version = ? AND origin.settings = ? LIMIT 1",
        (bytes.fromhex(digest), origin.agent, origin.version, origin.settings),
    ).fetchone()
    return None if row is None else str(row[0])
