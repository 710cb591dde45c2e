"""Concepts put in order: renamed, merged, placed under broader ones."""

import sqlite3

from amity.errors import InvalidValue, NotFound
from amity.store.ids import storable
from amity.store.journal import Act


def concept_row(connection: sqlite3.Connection, identity: str) -> int:
    """
    Return the row of the concept that stands for another after all merges.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        A concept's id, as in ``c12``, or its name.

    Returns
    -------
    int
        Its row.

    Raises
    ------
    NotFound
        If there is none.
    """
    found = None
    if identity[:1] == "c" and identity[1:].isascii() and identity[1:].isdigit() and len(identity) < 19:
        found = connection.execute("SELECT id FROM concept WHERE id = ?", (int(identity[1:]),)).fetchone()
    if found is None:
        found = connection.execute(
            "SELECT id FROM concept WHERE name = ? ORDER BY merged_into IS NOT NULL, id LIMIT 1",
            (storable(identity),),
        ).fetchone()
    if found is None:
        raise NotFound(f"the project has no concept {identity!r}")
    row = int(found[0])
    while True:
        into = connection.execute("SELECT merged_into FROM concept WHERE id = ?", (row,)).fetchone()[0]
        if into is None:
            return row
        row = int(into)


def add_concept(act: Act, name: str, *, broader: str | None) -> int:
    """
    Return the row of a concept that is there now.

    Parameters
    ----------
    act : Act
        The act.
    name : str
        Its name.
    broader : str or None
        The concept it belongs under.

    Returns
    -------
    int
        Its row.

    Raises
    ------
    InvalidValue
        If the name is empty or taken.
    NotFound
        If there is no such broader concept.
    """
    name = _checked_name(act.connection, name, None)
    above = None if broader is None else concept_row(act.connection, broader)
    return act.insert("concept", name=name, broader=above, merged_into=None, event=act.event)


def rename_concept(act: Act, identity: str, name: str) -> str:
    """
    Return the former name of a concept that has a new one.

    Parameters
    ----------
    act : Act
        The act.
    identity : str
        Its id or name.
    name : str
        The new name.

    Returns
    -------
    str
        The former name.

    Raises
    ------
    NotFound
        If there is no such concept.
    InvalidValue
        If the name is empty, or another concept has it: merge the two instead.
    """
    row = concept_row(act.connection, identity)
    former = str(act.connection.execute("SELECT name FROM concept WHERE id = ?", (row,)).fetchone()[0])
    act.update("concept", row, name=_checked_name(act.connection, name, row))
    return former


def merge_concepts(act: Act, identities: list[str], into: str) -> list[str]:
    """
    Return the names of the concepts for which another one stands now.

    Parameters
    ----------
    act : Act
        The act.
    identities : list of str
        Ids or names of the others.
    into : str
        Id or name of the one that stays.

    Returns
    -------
    list of str
        Their names.

    Raises
    ------
    NotFound
        If one is unknown.
    InvalidValue
        If nothing is left to merge.
    """
    target = concept_row(act.connection, into)
    merged = []
    for identity in identities:
        row = concept_row(act.connection, identity)
        if row == target:
            continue
        name, above = act.connection.execute(
            "SELECT name, broader FROM concept WHERE id = ?", (row,)
        ).fetchone()
        act.update("concept", row, merged_into=target)
        merged.append(str(name))
        # What stood above the target and goes into it would otherwise stand above itself.
        if act.connection.execute("SELECT broader FROM concept WHERE id = ?", (target,)).fetchone()[0] == row:
            act.update("concept", target, broader=None if above == target else above)
    if not merged:
        raise InvalidValue(f"nothing to merge into {into!r}: name other concepts than itself")
    return merged


def place_concept(act: Act, identity: str, broader: str | None) -> None:
    """
    Put a concept under a broader one.

    Parameters
    ----------
    act : Act
        The act.
    identity : str
        Its id or name.
    broader : str or None
        The broader one's id or name; None for none.

    Raises
    ------
    NotFound
        If one is unknown.
    InvalidValue
        If the concept would come to stand under itself.
    """
    row = concept_row(act.connection, identity)
    above = None if broader is None else concept_row(act.connection, broader)
    step: int | None = above
    while step is not None:
        if step == row:
            raise InvalidValue(f"{identity!r} would stand under itself; take {broader!r} from under it first")
        step = act.connection.execute("SELECT broader FROM concept WHERE id = ?", (step,)).fetchone()[0]
    act.update("concept", row, broader=above)


def _checked_name(connection: sqlite3.Connection, name: str, own: int | None) -> str:
    name = storable(name).strip()
    if not name:
        raise InvalidValue("a concept needs a name; found an empty one")
    taken = connection.execute(
        "SELECT id FROM concept WHERE name = ? AND merged_into IS NULL AND id IS NOT ?", (name, own)
    ).fetchone()
    if taken:
        raise InvalidValue(f"there is a concept {name!r} already; merge the two instead")
    return name
