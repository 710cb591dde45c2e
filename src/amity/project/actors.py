"""A project's actors: who they are, where they appear and why, and what people put right about them."""

from collections.abc import Iterable

from amity.model import Actor, ActorKind, Origin
from amity.project.base import OpenFile
from amity.store import actors as stored
from amity.store.ids import actor_row
from amity.store.journal import begin
from amity.store.listing import list_actors
from amity.store.records import ActorAttribute, ActorRow, Appearance


class Actors(OpenFile):
    """Actors: list, merge, rename, split, describe."""

    def actors(self) -> list[ActorRow]:
        """
        Return the actors by name.

        Returns
        -------
        list of ActorRow
            Those that stand for themselves, with counts; merged ones are named by the one they went into.
        """
        with self._moment() as (connection, table, catalogue):
            return list_actors(connection, table, catalogue)

    def actor(self, actor_id: str) -> ActorRow:
        """
        Return one actor.

        Parameters
        ----------
        actor_id : str
            Its id; for a merged actor, the answer is the one it went into.

        Returns
        -------
        ActorRow
            With counts.

        Raises
        ------
        NotFound
            If there is none.
        """
        with self._moment() as (connection, table, catalogue):
            root = int(catalogue.actor_root[actor_row(connection, actor_id)])
            return list_actors(connection, table, catalogue, only=root)[0]

    def appearances(self, actor_id: str) -> list[Appearance]:
        """
        Return where an actor appears, and for each place why it counts as this actor.

        Parameters
        ----------
        actor_id : str
            Its id.

        Returns
        -------
        list of Appearance
            In the documents' order.

        Raises
        ------
        NotFound
            If there is no such actor.
        """
        with self._database.read() as connection:
            return stored.appearances_of(connection, actor_id)

    def actor_attributes(self, actor_id: str) -> list[ActorAttribute]:
        """
        Return what people noted about an actor, with dates.

        Parameters
        ----------
        actor_id : str
            Its id.

        Returns
        -------
        list of ActorAttribute
            By name, then first day.

        Raises
        ------
        NotFound
            If there is no such actor.
        """
        with self._database.read() as connection:
            return stored.attributes_of(connection, actor_id)

    def add_actor(
        self, name: str, *, kind: ActorKind = "other", generic: bool = False, origin: Origin | None = None
    ) -> str:
        """
        Return the id of an actor that no reader found.

        Parameters
        ----------
        name : str
            Its name.
        kind : ActorKind
            One of the codebook's ten kinds.
        generic : bool
            Whether it is a generic actor.
        origin : Origin or None
            Who adds it.

        Returns
        -------
        str
            Its id.

        Raises
        ------
        InvalidValue
            If the name is empty, or the kind is none of the codebook's.
        """
        actor = Actor(stored.slug(name.strip()) or "actor", name.strip(), kind=kind, generic=generic)
        with self._writing() as connection:
            act = begin(connection, "actor.add", self._who(origin))
            row = stored.insert_actor(act, actor, reason="added by a person")
            identity = str(connection.execute("SELECT uid FROM actor WHERE id = ?", (row,)).fetchone()[0])
            act.describe(f"added actor {actor.name}", after={"actor": identity, "name": actor.name})
        return identity

    def merge_actors(
        self, actor_ids: Iterable[str], into: str, *, reason: str = "", origin: Origin | None = None
    ) -> None:
        """
        Let one actor stand for others; positions stay as they are and count for it.

        Parameters
        ----------
        actor_ids : iterable of str
            The others.
        into : str
            The one that stays.
        reason : str
            Why they are one.
        origin : Origin or None
            Who merges them.

        Raises
        ------
        NotFound
            If an id is unknown.
        InvalidValue
            If there is nothing to merge.
        """
        who = self._who(origin)
        with self._writing() as connection:
            act = begin(connection, "actor.merge", who)
            merged = stored.merge_actors(act, actor_ids, into, reason=reason or f"merged by {who.agent}")
            act.describe(
                f"merged {', '.join(merged)} into {into}",
                before={"actors": merged},
                after={"actor": into, "reason": reason},
            )

    def rename_actor(self, actor_id: str, name: str, *, origin: Origin | None = None) -> None:
        """
        Give an actor another name; the former one becomes an alias, the id stays.

        Parameters
        ----------
        actor_id : str
            Its id.
        name : str
            The new name.
        origin : Origin or None
            Who renames it.

        Raises
        ------
        NotFound
            If there is no such actor.
        InvalidValue
            If the name is empty.
        """
        with self._writing() as connection:
            act = begin(connection, "actor.rename", self._who(origin))
            former = stored.rename_actor(act, actor_id, name)
            act.describe(
                f"renamed {former} to {name}",
                before={"actor": actor_id, "name": former},
                after={"actor": actor_id, "name": name},
            )

    def set_actor(
        self,
        actor_id: str,
        *,
        kind: ActorKind | None = None,
        generic: bool | None = None,
        aliases: Iterable[str] | None = None,
        attributes: Iterable[ActorAttribute] | None = None,
        origin: Origin | None = None,
    ) -> None:
        """
        Change what is known about an actor; what is None stays.

        Parameters
        ----------
        actor_id : str
            Its id.
        kind : ActorKind or None
            One of the codebook's kinds.
        generic : bool or None
            Whether it is a generic group, left out of networks.
        aliases : iterable of str or None
            All its aliases.
        attributes : iterable of ActorAttribute or None
            All its attributes.
        origin : Origin or None
            Who changes it.

        Raises
        ------
        NotFound
            If there is no such actor.
        InvalidValue
            If a kind or a date is none.
        """
        given = {"kind": kind, "generic": generic}
        listed = {
            "aliases": None if aliases is None else list(aliases),
            "attributes": None if attributes is None else list(attributes),
        }
        with self._writing() as connection:
            act = begin(connection, "actor.set", self._who(origin))
            stored.set_actor(
                act,
                actor_id,
                kind=kind,
                generic=generic,
                aliases=listed["aliases"],  # type: ignore[arg-type]
                attributes=listed["attributes"],  # type: ignore[arg-type]
            )
            changed = {name: value for name, value in {**given, **listed}.items() if value is not None}
            act.describe(
                f"changed {', '.join(changed) or 'nothing'} of {actor_id}",
                after={"actor": actor_id, **{name: _shown(value) for name, value in changed.items()}},
            )

    def split_actor(
        self,
        actor_id: str,
        *,
        name: str = "",
        documents: Iterable[str] = (),
        merged: Iterable[str] = (),
        reason: str = "",
        origin: Origin | None = None,
    ) -> str:
        """
        Return the id of an actor that is now one of its own.

        Parameters
        ----------
        actor_id : str
            The actor to split.
        name : str
            Name of the new actor, where documents are given; the split one's name if empty.
        documents : iterable of str
            Documents in which the new actor appears instead.
        merged : iterable of str
            Or: actors that were merged into it, to be set free.
        reason : str
            Why they are not one.
        origin : Origin or None
            Who splits it.

        Returns
        -------
        str
            Id of the new actor, or of the first set free.

        Raises
        ------
        NotFound
            If an id is unknown.
        InvalidValue
            If nothing would be split off.
        """
        who = self._who(origin)
        with self._writing() as connection:
            act = begin(connection, "actor.split", who)
            shown = name or str(
                connection.execute(
                    "SELECT name FROM actor WHERE id = ?", (actor_row(connection, actor_id),)
                ).fetchone()[0]
            )
            new = stored.split_actor(
                act,
                actor_id,
                name=shown,
                documents=documents,
                merged=merged,
                reason=reason or f"split by {who.agent}",
            )
            act.describe(
                f"split {new} from {actor_id}",
                before={"actor": actor_id},
                after={"actor": new, "reason": reason},
            )
            return new


def _shown(value: object) -> object:
    if isinstance(value, list):
        return [
            {"name": each.name, "value": each.value, "since": each.since, "until": each.until}
            if isinstance(each, ActorAttribute)
            else each
            for each in value
        ]
    return value
