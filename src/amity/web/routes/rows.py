"""Records as JSON, in the shapes that the page works with."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from amity.model import Origin, Position, position_to_json

if TYPE_CHECKING:
    from amity.project import ActorRow, Event, PositionRow, Project

AROUND = 160


def actor_names(project: "Project") -> dict[str, str]:
    """
    Return the name of every actor.

    Parameters
    ----------
    project : Project
        The served project.

    Returns
    -------
    dict of str to str
        By id.
    """
    return {row.actor.id: row.actor.name for row in project.actors()}


def position_json(row: "PositionRow", names: Mapping[str, str], text: str = "") -> dict[str, Any]:
    """
    Return a position with its state and words.

    Parameters
    ----------
    row : PositionRow
        The position.
    names : mapping of str to str
        Actors' names.
    text : str
        The document's text, for the words around; none if empty.

    Returns
    -------
    dict
        The codebook's fields under ``position``, and what a list shows.
    """
    position = row.position
    first, last = min(each.start for each in position.evidence), max(each.end for each in position.evidence)
    return {
        "position": position_to_json(position),
        "document_id": position.document_id,
        "title": row.document_title or position.document_id,
        "document_date": row.document_date,
        "state": row.state,
        "standing": row.standing,
        "revision": row.revision,
        "learned_score": row.learned_score,
        "replaces": row.replaces,
        "replaced_by": row.replaced_by,
        "origin": origin_json(position.origin),
        "words": [each.exact for each in position.evidence],
        "cue_words": position.cue.exact,
        "before": text[max(0, first - AROUND) : first],
        "after": text[last : last + AROUND],
        "holder_names": [names.get(each, each) for each in position.holders],
        "target_names": [names.get(each, each) for each in position.targets],
        "via_names": [names.get(each, each) for each in position.via],
    }


def origin_json(origin: Origin | None) -> dict[str, str] | None:
    """
    Return who made a record.

    Parameters
    ----------
    origin : Origin or None
        The maker.

    Returns
    -------
    dict or None
        Agent, version, settings and moment.
    """
    return None if origin is None else asdict(origin)


def actor_json(row: "ActorRow") -> dict[str, Any]:
    """
    Return one actor of a list.

    Parameters
    ----------
    row : ActorRow
        The actor.

    Returns
    -------
    dict
        Its fields and counts.
    """
    return {
        "id": row.actor.id,
        "name": row.actor.name,
        "kind": row.actor.kind,
        "generic": row.actor.generic,
        "aliases": list(row.actor.aliases),
        "attributes": dict(row.actor.attributes),
        "documents": row.n_documents,
        "held": row.n_held,
        "received": row.n_towards,
        "merged": list(row.merged),
    }


def event_json(event: "Event") -> dict[str, Any]:
    """
    Return one event of the history.

    Parameters
    ----------
    event : Event
        The event.

    Returns
    -------
    dict
        Who did what when, and what changed.
    """
    return {
        "id": event.id,
        "at": event.at,
        "agent": event.origin.agent,
        "kind": event.kind,
        "summary": event.summary,
        "document_id": event.document_id,
        "position_id": event.position_id,
        "before": dict(event.before),
        "after": dict(event.after),
        "undone": event.undone,
        "reverses": event.reverses,
    }


def position_from_json(record: Mapping[str, Any], project: "Project", document_id: str) -> Position:
    """
    Return the position that a page sent, checked against its document and the project's actors.

    Parameters
    ----------
    record : mapping
        The codebook's fields.
    project : Project
        The served project.
    document_id : str
        The document.

    Returns
    -------
    Position
        With the project's actor ids.
    """
    from amity.model import coding_from_json

    document = project.document(document_id)
    used = {*record["holders"], *record.get("targets", ()), *record.get("via", ())}
    actors = [{"id": each, "name": project.actor(each).name} for each in sorted(used)]
    fields = {key: value for key, value in record.items() if key not in ("id", "score")}
    coding = coding_from_json({"actors": actors, "positions": [fields]}, document)
    return coding.positions[0]
