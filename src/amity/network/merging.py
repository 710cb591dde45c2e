"""Who counts as one holder: actors merged by an attribute, joint holders shared out or taken as a bloc."""

import re
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from amity.errors import NotFound
from amity.model import Actor
from amity.network.records import PositionColumns

ROW_COLUMNS = (
    "position",
    "holder",
    "target",
    "polarity",
    "weight",
    "score",
    "day",
    "document",
    "concept",
    "agreement",
    "act",
    "status",
    "voice",
)
"""The columns of `PositionColumns` with one entry a row."""


def merge_actors(
    columns: PositionColumns, attribute: str, groups: Mapping[str, str] | None = None
) -> PositionColumns:
    """
    Return columns in which actors with the same value of an attribute are one actor.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    attribute : str
        Key of the actors' attributes (``party``, ``coalition``), or ``kind``.
    groups : mapping of str to str or None
        A second step from the attribute's values to names of groups (party to coalition); a value that it
        does not name stays as it is.

    Returns
    -------
    PositionColumns
        Each value is an actor of that name with id ``attribute:value``; an actor without the attribute
        stays itself. A group is generic if all its members are.

    Raises
    ------
    NotFound
        If no actor has the attribute.
    """
    values = [_attribute(actor, attribute) for actor in columns.actors]
    if columns.actors and not any(values):
        known = sorted({key for actor in columns.actors for key in actor.attributes})
        raise NotFound(
            f"no actor has the attribute {attribute!r}; there are: {', '.join(known) or 'none'}, kind"
        )
    if groups:
        values = [groups.get(value, value) for value in values]
    members: dict[str, list[Actor]] = {}
    for actor, value in zip(columns.actors, values, strict=True):
        if value:
            members.setdefault(value, []).append(actor)
    place: dict[str, int] = {}
    actors: list[Actor] = []
    becomes = np.empty(len(columns.actors) + 1, dtype=np.int32)
    becomes[-1] = -1
    for row, (actor, value) in enumerate(zip(columns.actors, values, strict=True)):
        identity = f"{attribute}:{value}" if value else actor.id
        if identity not in place:
            place[identity] = len(actors)
            actors.append(_group(identity, value, attribute, members[value]) if value else actor)
        becomes[row] = place[identity]
    return replace(
        columns, holder=becomes[columns.holder], target=becomes[columns.target], actors=tuple(actors)
    )


def _attribute(actor: Actor, attribute: str) -> str:
    return actor.kind if attribute == "kind" else str(actor.attributes.get(attribute, "")).strip()


def _group(identity: str, name: str, attribute: str, members: list[Actor]) -> Actor:
    generic = all(member.generic for member in members)
    aliases = tuple(sorted({member.name for member in members} - {name}))
    return Actor(identity, name, kind="bloc", aliases=aliases, generic=generic, attributes={attribute: name})


def share_joint_holders(columns: PositionColumns) -> PositionColumns:
    """
    Return columns in which n joint holders carry 1/n of their position each.

    Parameters
    ----------
    columns : PositionColumns
        Positions.

    Returns
    -------
    PositionColumns
        Weights divided by the number of distinct holders of the row's position.
    """
    if not len(columns):
        return columns
    if int(np.bincount(columns.position).max()) == 1:
        return columns
    n = len(columns.actors)
    distinct = np.unique(columns.position * np.int64(n) + columns.holder)
    holders = np.bincount(distinct // n, minlength=int(columns.position.max()) + 1)
    return replace(columns, weight=columns.weight / holders[columns.position])


def bloc_columns(columns: PositionColumns) -> PositionColumns:
    """
    Return columns in which joint holders of a position are one actor of their own.

    Parameters
    ----------
    columns : PositionColumns
        Positions.

    Returns
    -------
    PositionColumns
        A bloc is named after its members by name ("A & B"), of kind ``bloc``, with id ``bloc:`` and the
        members' ids; it is generic if all members are. One row is left for each bloc and target, with the
        largest weight of its members.
    """
    distinct = np.unique(np.stack([columns.position, columns.holder.astype(np.int64)], axis=1), axis=0)
    counts = np.bincount(distinct[:, 0], minlength=1) if len(distinct) else np.zeros(1, np.int64)
    joint = counts[columns.position] > 1 if len(columns) else np.zeros(0, np.bool_)
    if not joint.any():
        return columns
    members: dict[int, list[int]] = {}
    for position, holder in distinct[counts[distinct[:, 0]] > 1].tolist():
        members.setdefault(position, []).append(holder)
    actors = list(columns.actors)
    place: dict[tuple[int, ...], int] = {}
    holder = columns.holder.copy()
    bloc_of = np.full(len(counts), -1, dtype=np.int32)
    for position, rows in members.items():
        key = tuple(rows)
        if key not in place:
            place[key] = len(actors)
            actors.append(_bloc([columns.actors[row] for row in rows]))
        bloc_of[position] = place[key]
    holder[joint] = bloc_of[columns.position[joint]]
    rows_kept = _largest_of_each(columns, holder, joint)
    return replace(
        columns,
        actors=tuple(actors),
        **{
            name: values[rows_kept]
            for name, values in (
                ("holder", holder),
                *((each, getattr(columns, each)) for each in ROW_COLUMNS if each != "holder"),
            )
        },
    )


def _largest_of_each(
    columns: PositionColumns, holder: NDArray[np.int32], joint: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Rows to keep: all that are not joint, and of a bloc's rows towards one target that of largest weight."""
    rows = np.flatnonzero(joint)
    order = rows[np.lexsort((rows, -columns.weight[rows], columns.target[rows], columns.position[rows]))]
    same = (columns.position[order[1:]] == columns.position[order[:-1]]) & (
        columns.target[order[1:]] == columns.target[order[:-1]]
    )
    keep = ~joint
    keep[order[np.concatenate([[True], ~same])]] = True
    return np.flatnonzero(keep)


def _bloc(members: list[Actor]) -> Actor:
    members = sorted(members, key=lambda actor: (actor.name, actor.id))
    identity = "bloc:" + "+".join(re.sub(r"\+", "%2B", member.id) for member in members)
    return Actor(
        identity,
        " & ".join(member.name for member in members),
        kind="bloc",
        generic=all(member.generic for member in members),
    )
