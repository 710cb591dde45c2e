"""Coders and the documents given to them."""

import sqlite3

from amity.errors import InvalidValue, NotFound
from amity.model import check_value
from amity.store.ids import document_row, storable
from amity.store.journal import Act
from amity.store.records import ASSIGNMENT_STATUSES, ROLES, Assignment, AssignmentStatus, Coder, Role


def _coder_row(connection: sqlite3.Connection, name: str) -> int:
    found = connection.execute("SELECT id FROM coder WHERE name = ?", (name,)).fetchone()
    if found is None:
        raise NotFound(f"the project has no coder {name!r}")
    return int(found[0])


def set_coder(act: Act, name: str, *, role: Role | None, active: bool | None, secret: str | None) -> bool:
    """
    Return whether a coder is new, after adding or changing one.

    Parameters
    ----------
    act : Act
        The act.
    name : str
        The coder's name.
    role : Role or None
        None leaves it; ``coder`` for a new one.
    active : bool or None
        None leaves it; True for a new one.
    secret : str or None
        Hash of a password, made by the face that signs people in; None leaves it.

    Returns
    -------
    bool
        True if the coder was not there.

    Raises
    ------
    InvalidValue
        If the name is empty or the role is none.
    """
    name = storable(name).strip()
    if not name:
        raise InvalidValue("a coder needs a name; found an empty one")
    if role is not None:
        check_value("role", role, ROLES)
    found = act.connection.execute("SELECT id FROM coder WHERE name = ?", (name,)).fetchone()
    if found is None:
        act.insert("coder", name=name, role=role or "coder", secret=secret, active=int(active is not False))
        return True
    given = {"role": role, "active": None if active is None else int(active), "secret": secret}
    act.update("coder", int(found[0]), **{key: value for key, value in given.items() if value is not None})
    return False


def fetch_coders(connection: sqlite3.Connection) -> list[Coder]:
    """
    Return the coders by name.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.

    Returns
    -------
    list of Coder
        Also those who have left.
    """
    return [
        Coder(name, role, bool(active))
        for name, role, active in connection.execute("SELECT name, role, active FROM coder ORDER BY name")
    ]


def fetch_secret(connection: sqlite3.Connection, name: str) -> str | None:
    """
    Return the hash of an active coder's password.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    name : str
        The coder's name.

    Returns
    -------
    str or None
        None if there is no such coder, or no password.
    """
    found = connection.execute("SELECT secret FROM coder WHERE name = ? AND active", (name,)).fetchone()
    return None if found is None else found[0]


def assign(
    act: Act,
    document: str,
    coder: str,
    *,
    status: AssignmentStatus | None,
    blind: bool | None,
    sample: str | None,
) -> None:
    """
    Give a document to a coder, or change how.

    Parameters
    ----------
    act : Act
        The act.
    document : str
        Its id.
    coder : str
        The coder's name.
    status : AssignmentStatus or None
        None leaves it; ``open`` for a new one.
    blind : bool or None
        None leaves it; False for a new one.
    sample : str or None
        None leaves it; empty for a new one.

    Raises
    ------
    NotFound
        If there is no such document or coder.
    InvalidValue
        If the status is none.
    """
    if status is not None:
        check_value("status", status, ASSIGNMENT_STATUSES)
    row, who = document_row(act.connection, document), _coder_row(act.connection, coder)
    found = act.connection.execute(
        "SELECT id FROM assignment WHERE document = ? AND coder = ?", (row, who)
    ).fetchone()
    if found is None:
        act.insert(
            "assignment",
            document=row,
            coder=who,
            status=status or "open",
            blind=int(bool(blind)),
            sample=sample or "",
        )
        return
    given = {"status": status, "blind": None if blind is None else int(blind), "sample": sample}
    act.update(
        "assignment", int(found[0]), **{key: value for key, value in given.items() if value is not None}
    )


def unassign(act: Act, document: str, coder: str) -> None:
    """
    Take a document from a coder; what was coded stays.

    Parameters
    ----------
    act : Act
        The act.
    document : str
        Its id.
    coder : str
        The coder's name.

    Raises
    ------
    NotFound
        If it was not given to the coder.
    """
    found = act.connection.execute(
        "SELECT id FROM assignment WHERE document = ? AND coder = ?",
        (document_row(act.connection, document), _coder_row(act.connection, coder)),
    ).fetchone()
    if found is None:
        raise NotFound(f"document {document!r} is not given to {coder!r}")
    act.delete("assignment", int(found[0]))


def fetch_assignments(
    connection: sqlite3.Connection, *, coder: str | None, document: str | None
) -> list[Assignment]:
    """
    Return which documents are given to whom.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    coder : str or None
        Only this coder's.
    document : str or None
        Only of this document.

    Returns
    -------
    list of Assignment
        By document, then coder.
    """
    query = (
        "SELECT document.uid, coder.name, assignment.status, assignment.blind, assignment.sample FROM assignment "
        "JOIN document ON document.id = assignment.document JOIN coder ON coder.id = assignment.coder "
        "WHERE document.live AND (? IS NULL OR coder.name = ?) AND (? IS NULL OR document.uid = ?) "
        "ORDER BY document.id, coder.name"
    )
    return [
        Assignment(identity, name, status, bool(blind), sample)
        for identity, name, status, blind, sample in connection.execute(
            query, (coder, coder, document, document)
        )
    ]
