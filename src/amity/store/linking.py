"""Which of a project's actors a new document may speak of: names kept in memory, so that linking stays fast."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from amity.model import Actor, ActorKind

_WORDS = re.compile(r"\w+")
_ARTICLES = frozenset(("the", "a", "an"))


class LinkLike(Protocol):
    """What a linker answers with, one an actor of the coding."""

    @property
    def actor_id(self) -> str:
        """Id of the coding's actor."""

    @property
    def known_id(self) -> str | None:
        """Id of the project's actor, or None for a new one."""

    @property
    def reason(self) -> str:
        """Why, in words."""


Linker = Callable[[Sequence[Actor], Sequence[Actor]], Sequence[LinkLike]]


def _no_listed_name(name: str) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class Linking:
    """
    How actors of a document are linked to those of the project.

    Parameters
    ----------
    find_links : callable
        From new and known actors to one link for each new one.
    listed_name : callable
        From a name to the name under which a word list knows that actor, or None. `find_links` is shown those
        known actors only that share a whole name, an alias or a listed name with a new one.
    """

    find_links: Linker
    listed_name: Callable[[str], str | None] = _no_listed_name


class ActorNames:
    """The project's actors by their names; follows the file and can be thrown away at any time."""

    def __init__(self, listed_name: Callable[[str], str | None] = _no_listed_name) -> None:
        self._listed_name = listed_name
        self.forget()

    def forget(self) -> None:
        """Throw everything away, as after a transaction that was rolled back."""
        self._seen: tuple[int, ...] = ()
        self._actors: dict[int, Actor] = {}
        self._names: dict[int, list[str]] = defaultdict(list)
        self._by_key: dict[str, set[int]] = defaultdict(set)
        self._row: dict[str, int] = {}
        self._roots: dict[int, int] = {}

    def candidates(self, connection: sqlite3.Connection, new: Iterable[Actor]) -> list[Actor]:
        """
        Return the project's actors that share a whole name, an alias or a listed name with one of the new.

        Parameters
        ----------
        connection : sqlite3.Connection
            Open.
        new : iterable of Actor
            Of a coding.

        Returns
        -------
        list of Actor
            With their aliases, in order of their rows; merged ones appear as the actor they went into.
        """
        self._follow(connection)
        found: set[int] = set()
        for actor in new:
            for name in (actor.name, *actor.aliases):
                for key in self._keys(name):
                    found |= self._by_key.get(key, set())
        return [self._actor(row) for row in sorted(found)]

    def row(self, identity: str) -> int | None:
        """
        Return the row of an actor that `candidates` named.

        Parameters
        ----------
        identity : str
            Its id.

        Returns
        -------
        int or None
            None if there is no such actor.
        """
        return self._row.get(identity)

    def names(self, row: int) -> set[str]:
        """
        Return all forms of an actor's name.

        Parameters
        ----------
        row : int
            The actor's row.

        Returns
        -------
        set of str
            Name and aliases.
        """
        return set(self._names.get(row, ()))

    def _actor(self, row: int) -> Actor:
        actor = self._actors[row]
        aliases = tuple(name for name in dict.fromkeys(self._names[row]) if name != actor.name)
        if aliases != actor.aliases:
            actor = Actor(actor.id, actor.name, actor.kind, aliases, actor.generic)
            self._actors[row] = actor
        return actor

    def _follow(self, connection: sqlite3.Connection) -> None:
        counted = tuple(
            connection.execute(
                "SELECT (SELECT value FROM counter WHERE name = 'actor'), "
                "(SELECT value FROM counter WHERE name = 'alias')"
            ).fetchone()
        )
        if self._seen[:2] != counted:
            self.forget()
        last_actor, last_alias = self._seen[2:] or (0, 0)
        added = connection.execute(
            "SELECT id, uid, name, kind, generic, merged_into FROM actor WHERE id > ? AND live ORDER BY id",
            (last_actor,),
        ).fetchall()
        for row, uid, name, kind, generic, into in added:
            self._actors[row] = Actor(uid, name, cast(ActorKind, kind), (), bool(generic))
            self._row[uid] = row
            if into is not None:
                self._roots[row] = into
        for row, _, name, *_ in added:
            last_actor = row
            self._note(row, name)
        for row, actor, name in connection.execute(
            "SELECT id, actor, name FROM alias WHERE id > ? AND live ORDER BY id", (last_alias,)
        ):
            last_alias = row
            self._note(actor, name)
        self._seen = (*counted, last_actor, last_alias)

    def _note(self, row: int, name: str) -> None:
        while row in self._roots:
            row = self._roots[row]
        if row not in self._actors:
            return
        self._names[row].append(name)
        for key in self._keys(name):
            self._by_key[key].add(row)

    def _keys(self, name: str) -> tuple[str, ...]:
        whole, listed = _whole(name), self._listed_name(name)
        return (whole,) if listed is None else (whole, f"= {listed}")


def _whole(name: str) -> str:
    words = _WORDS.findall(name.casefold())
    while len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    return " ".join(words)
