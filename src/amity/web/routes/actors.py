"""Actors: list, page, rename, merge; memos."""

from collections import Counter
from typing import Any

from amity.errors import InvalidValue
from amity.model import Origin
from amity.web.api import FILTER_PARAMETERS, Call, Endpoint
from amity.web.routes import schemas
from amity.web.routes.rows import actor_json, actor_names


def list_actors(call: Call) -> list[dict[str, Any]]:
    """Return the actors, most positions first."""
    wanted = call.query.get("search", "").casefold()
    rows = [
        row
        for row in call.project.actors()
        if wanted in " ".join((row.actor.name, *row.actor.aliases)).casefold()
    ]
    rows.sort(key=lambda row: (-(row.n_held + row.n_towards), row.actor.name))
    return [actor_json(row) for row in rows]


def show_actor(call: Call) -> dict[str, Any]:
    """Return an actor with whom it supports and opposes, and why names were taken as one."""
    from amity.network import build_network

    project = call.project
    identity = call.path["id"]
    row = next((each for each in project.actors() if each.actor.id == identity), None)
    if row is None:
        project.actor(identity)
        raise InvalidValue(f"actor {identity!r} was merged into another")
    names = actor_names(project)
    network = build_network(project.columns(call.filter(actors=(identity,))))
    ties: dict[str, Counter[str]] = {
        key: Counter() for key in ("supports", "opposes", "supported_by", "opposed_by")
    }
    for edge in network.edges:
        if edge.source == identity:
            ties["supports"][edge.target] += int(edge.support)
            ties["opposes"][edge.target] += int(edge.opposition)
        elif edge.target == identity:
            ties["supported_by"][edge.source] += int(edge.support)
            ties["opposed_by"][edge.source] += int(edge.opposition)
    return {
        "actor": actor_json(row),
        "links": [
            {"document_id": each.document_id, "name": each.name, "reason": each.reason}
            for each in project.appearances(identity)
        ],
        **{
            key: [
                {"id": other, "name": names[other], "count": count}
                for other, count in table.most_common()
                if count
            ]
            for key, table in ties.items()
        },
    }


def add_actor(call: Call) -> dict[str, Any]:
    """Add an actor that no reader found."""
    body = call.body
    return _row(
        call,
        call.project.add_actor(
            body["name"],
            kind=body.get("kind", "other"),
            generic=body.get("generic", False),
            origin=_origin(call),
        ),
    )


def change_actor(call: Call) -> dict[str, Any]:
    """Rename an actor or change its kind, aliases or whether it is generic."""
    identity = call.path["id"]
    changes = dict(call.body)
    name = changes.pop("name", None)
    if name is not None:
        call.project.rename_actor(identity, name, origin=_origin(call))
    if changes:
        if "aliases" in changes:
            changes["aliases"] = tuple(changes["aliases"])
        call.project.set_actor(identity, origin=_origin(call), **changes)
    return _row(call, identity)


def merge_actors(call: Call) -> dict[str, Any]:
    """Make several actors one."""
    call.project.merge_actors(call.body["ids"], call.body["into"], origin=_origin(call))
    return _row(call, call.body["into"])


def _origin(call: Call) -> Origin:
    return Origin(f"coder:{call.coder}")


def _row(call: Call, identity: str) -> dict[str, Any]:
    row = next((each for each in call.project.actors() if each.actor.id == identity), None)
    return {"actor": actor_json(row) if row else None, "revision": call.project.revision}


ENDPOINTS = (
    Endpoint("GET", "/api/actors", list_actors, "the actors, most positions first", query=("search",)),
    Endpoint("POST", "/api/actors", add_actor, "add an actor", "coder", body=schemas.NEW_ACTOR),
    Endpoint(
        "POST",
        "/api/actors/merge",
        merge_actors,
        "make several actors one",
        "coder",
        body=schemas.MERGED_ACTORS,
    ),
    Endpoint("GET", "/api/actors/{id}", show_actor, "an actor with its ties", query=FILTER_PARAMETERS),
    Endpoint(
        "PATCH",
        "/api/actors/{id}",
        change_actor,
        "rename an actor or change its kind",
        "coder",
        body=schemas.CHANGED_ACTOR,
    ),
)
