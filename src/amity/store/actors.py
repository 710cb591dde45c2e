"""Actors of the project: who appears where and why, merged, renamed, split and described, all of it undoable."""

import re
import sqlite3
import unicodedata
from collections.abc import Iterable

from amity.errors import InvalidValue
from amity.model import ACTOR_KINDS, Actor, check_value, day_range
from amity.store.ids import actor_row, document_row, storable
from amity.store.journal import Act
from amity.store.records import ActorAttribute, Appearance


def slug(name: str) -> str:
    """
    Return a readable id for a name.

    Parameters
    ----------
    name : str
        A name.

    Returns
    -------
    str
        Lower-case words joined by hyphens; ``actor`` where nothing is left.
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    words = re.findall(r"\w+", "".join(each for each in plain if not unicodedata.combining(each)))
    return "-".join(words)[:60].strip("-") or "actor"


def insert_actor(act: Act, actor: Actor, *, reason: str = "") -> int:
    """
    Return the row of a new actor; its id is kept where it is free.

    Parameters
    ----------
    act : Act
        The act that brings it; undoing that act hides it.
    actor : Actor
        As the coding gives it.
    reason : str
        Why it is one of its own.

    Returns
    -------
    int
        Its row.
    """
    wanted = storable(actor.id) or slug(actor.name)
    identity, number = wanted, 1
    while act.connection.execute("SELECT 1 FROM actor WHERE uid = ?", (identity,)).fetchone():
        number += 1
        identity = f"{wanted}-{number}"
    row = act.connection.execute(
        "INSERT INTO actor(uid, name, kind, generic, reason, event) VALUES (?, ?, ?, ?, ?, ?)",
        (identity, storable(actor.name), actor.kind, int(actor.generic), reason, act.event),
    ).lastrowid
    add_aliases(act, int(row or 0), actor.aliases, known={storable(actor.name)})
    for name, value in actor.attributes.items():
        act.insert("attribute", actor=row, name=storable(name), value=storable(value), since=None, until=None)
    return int(row or 0)


def add_aliases(act: Act, row: int, names: Iterable[str], *, known: set[str]) -> None:
    """
    Note further forms of an actor's name.

    Parameters
    ----------
    act : Act
        The act that brings them.
    row : int
        The actor's row.
    names : iterable of str
        The forms.
    known : set of str
        Forms that are there already; grows.
    """
    for name in map(storable, names):
        if name.strip() and name not in known:
            known.add(name)
            act.connection.execute(
                "INSERT INTO alias(actor, name, event) VALUES (?, ?, ?)", (row, name, act.event)
            )


def root_of(connection: sqlite3.Connection, row: int) -> int:
    """
    Return the actor that stands for another after all merges.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    row : int
        An actor's row.

    Returns
    -------
    int
        Its own row unless it was merged.
    """
    while True:
        into = connection.execute("SELECT merged_into FROM actor WHERE id = ?", (row,)).fetchone()[0]
        if into is None:
            return row
        row = int(into)


def merge_actors(act: Act, identities: Iterable[str], into: str, *, reason: str) -> list[str]:
    """
    Let one actor stand for others.

    Parameters
    ----------
    act : Act
        The act.
    identities : iterable of str
        Ids of the others.
    into : str
        Id of the one that stays.
    reason : str
        Why they are one.

    Returns
    -------
    list of str
        Ids of those that were merged now.

    Raises
    ------
    NotFound
        If an id is unknown.
    InvalidValue
        If nothing is left to merge.
    """
    target = root_of(act.connection, actor_row(act.connection, into))
    merged = []
    for identity in dict.fromkeys(identities):
        row = root_of(act.connection, actor_row(act.connection, identity))
        if row != target:
            act.update("actor", row, merged_into=target, reason=reason)
            merged.append(identity)
    if not merged:
        raise InvalidValue(f"nothing to merge into {into!r}: give ids of other actors than itself")
    return merged


def rename_actor(act: Act, identity: str, name: str) -> str:
    """
    Return the former name of an actor that has a new one; the former stays as an alias.

    Parameters
    ----------
    act : Act
        The act.
    identity : str
        The actor's id; it does not change.
    name : str
        The new name.

    Returns
    -------
    str
        The former name.

    Raises
    ------
    NotFound
        If there is no such actor.
    InvalidValue
        If the name is empty.
    """
    if not name.strip():
        raise InvalidValue("an actor needs a name; found an empty one")
    row = root_of(act.connection, actor_row(act.connection, identity))
    former = str(act.connection.execute("SELECT name FROM actor WHERE id = ?", (row,)).fetchone()[0])
    act.update("actor", row, name=name)
    if former != name and former not in alias_names(act.connection, row):
        act.insert("alias", actor=row, name=former, event=act.event)
    return former


def alias_names(connection: sqlite3.Connection, row: int) -> dict[str, int]:
    """
    Return an actor's aliases.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    row : int
        The actor's row.

    Returns
    -------
    dict
        Name to the alias's row.
    """
    return {
        name: alias
        for alias, name in connection.execute("SELECT id, name FROM alias WHERE actor = ? AND live", (row,))
    }


def set_actor(
    act: Act,
    identity: str,
    *,
    kind: str | None = None,
    generic: bool | None = None,
    aliases: Iterable[str] | None = None,
    attributes: Iterable[ActorAttribute] | None = None,
) -> None:
    """
    Change what is known about an actor; None leaves a field as it is.

    Parameters
    ----------
    act : Act
        The act.
    identity : str
        The actor's id.
    kind : str or None
        One of the codebook's kinds.
    generic : bool or None
        Whether it is a generic group.
    aliases : iterable of str or None
        All its aliases.
    attributes : iterable of ActorAttribute or None
        All its attributes.

    Raises
    ------
    NotFound
        If there is no such actor.
    InvalidValue
        If a kind or a date is none.
    """
    row = root_of(act.connection, actor_row(act.connection, identity))
    if kind is not None:
        check_value("actor kind", kind, ACTOR_KINDS)
        act.update("actor", row, kind=kind)
    if generic is not None:
        act.update("actor", row, generic=int(generic))
    if aliases is not None:
        wanted, present = dict.fromkeys(aliases), alias_names(act.connection, row)
        for name, alias in present.items():
            if name not in wanted:
                act.update("alias", alias, live=0)
        for name in wanted:
            if name not in present and name.strip():
                act.insert("alias", actor=row, name=storable(name), event=act.event)
    if attributes is not None:
        _set_attributes(act, row, tuple(attributes))


def _set_attributes(act: Act, row: int, wanted: tuple[ActorAttribute, ...]) -> None:
    for each in wanted:
        for day in (each.since, each.until):
            if day is not None:
                day_range(day)
    present = {
        ActorAttribute(name, value, since, until): attribute
        for attribute, name, value, since, until in act.connection.execute(
            "SELECT id, name, value, since, until FROM attribute WHERE actor = ?", (row,)
        ).fetchall()
    }
    for attribute, number in present.items():
        if attribute not in wanted:
            act.delete("attribute", number)
    for attribute in dict.fromkeys(wanted):
        if attribute not in present:
            act.insert(
                "attribute",
                actor=row,
                name=storable(attribute.name),
                value=storable(attribute.value),
                since=attribute.since,
                until=attribute.until,
            )


def attributes_of(connection: sqlite3.Connection, identity: str) -> list[ActorAttribute]:
    """
    Return an actor's attributes with their dates.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        The actor's id.

    Returns
    -------
    list of ActorAttribute
        By name, then first day.

    Raises
    ------
    NotFound
        If there is no such actor.
    """
    row = root_of(connection, actor_row(connection, identity))
    return [
        ActorAttribute(*each)
        for each in connection.execute(
            "SELECT name, value, since, until FROM attribute WHERE actor = ? ORDER BY name, since", (row,)
        )
    ]


def split_actor(
    act: Act,
    identity: str,
    *,
    name: str,
    documents: Iterable[str] = (),
    merged: Iterable[str] = (),
    reason: str,
) -> str:
    """
    Return the id of an actor made of some of another's appearances; or of one that was merged and is free again.

    Parameters
    ----------
    act : Act
        The act.
    identity : str
        The actor to split.
    name : str
        Name of the new actor; unused where only merged actors are set free.
    documents : iterable of str
        Documents in which the new actor appears instead.
    merged : iterable of str
        Ids of merged actors to set free.
    reason : str
        Why they are not one.

    Returns
    -------
    str
        Id of the new actor, or of the first one set free.

    Raises
    ------
    NotFound
        If an id is unknown.
    InvalidValue
        If nothing would be split off.
    """
    connection = act.connection
    root = root_of(connection, actor_row(connection, identity))
    freed = _set_free(act, root, merged, reason)
    rows = [document_row(connection, each) for each in documents]
    if not rows:
        if not freed:
            raise InvalidValue(f"nothing to split from {identity!r}: name documents or merged actors")
        return freed[0]
    family = _family(connection, root)
    moved = [
        (number, shown)
        for row in rows
        for number, actor, shown in connection.execute(
            "SELECT id, actor, name FROM appearance WHERE document = ? AND live", (row,)
        ).fetchall()
        if actor in family
    ]
    if not moved:
        raise InvalidValue(f"{identity!r} does not appear in {', '.join(documents)}; nothing to split")
    kind = connection.execute("SELECT kind FROM actor WHERE id = ?", (root,)).fetchone()[0]
    new = insert_actor(act, Actor(slug(name), name, kind=kind), reason=reason)
    for number, _ in moved:
        act.update("appearance", number, actor=new, reason=reason)
    add_aliases(act, new, [shown for _, shown in moved], known={name})
    return str(connection.execute("SELECT uid FROM actor WHERE id = ?", (new,)).fetchone()[0])


def _set_free(act: Act, root: int, merged: Iterable[str], reason: str) -> list[str]:
    freed = []
    for each in merged:
        row = actor_row(act.connection, each)
        if row == root or root_of(act.connection, row) != root:
            raise InvalidValue(f"{each!r} was not merged into that actor; nothing to set free")
        act.update("actor", row, merged_into=None, reason=reason)
        freed.append(each)
    return freed


def _family(connection: sqlite3.Connection, root: int) -> set[int]:
    return {
        int(row[0])
        for row in connection.execute(
            "WITH RECURSIVE family(id) AS (SELECT ? UNION SELECT actor.id FROM actor JOIN family "
            "ON actor.merged_into = family.id) SELECT id FROM family",
            (root,),
        )
    }


def appearances_of(connection: sqlite3.Connection, identity: str) -> list[Appearance]:
    """
    Return where an actor appears and why each appearance counts as this actor.

    Parameters
    ----------
    connection : sqlite3.Connection
        Open.
    identity : str
        The actor's id.

    Returns
    -------
    list of Appearance
        In the documents' order; those of actors merged into it too.

    Raises
    ------
    NotFound
        If there is no such actor.
    """
    root = root_of(connection, actor_row(connection, identity))
    marks = ",".join(map(str, sorted(_family(connection, root))))
    return [
        Appearance(*each)
        for each in connection.execute(
            "SELECT document.uid, appearance.key, appearance.name, actor.uid, appearance.reason FROM appearance "
            "JOIN document ON document.id = appearance.document JOIN actor ON actor.id = appearance.actor "
            f"WHERE appearance.actor IN ({marks}) AND appearance.live AND document.live "
            "ORDER BY document.id, appearance.id"
        )
    ]
