"""Positions: lists, queues, decisions."""

from typing import Any, Literal

from amity.model import Origin
from amity.web.api import FILTER_PARAMETERS, Call, Endpoint
from amity.web.routes import schemas
from amity.web.routes.rows import actor_names, event_json, origin_json, position_from_json, position_json

ORDERS: dict[str, Literal["document", "date", "score", "uncertainty", "influence"]] = {
    "document": "document",
    "date": "date",
    "score": "score",
    "uncertainty": "uncertainty",
    "influence": "influence",
}


def list_positions(call: Call) -> dict[str, Any]:
    """Return positions with their words, a page at a time."""
    condition = call.filter(least=0.0)
    project = call.project
    rows = project.positions(
        condition,
        order=ORDERS[call.choice("order", tuple(ORDERS))],
        limit=call.number("limit", 50, low=1, high=500),
        offset=call.number("offset", 0, high=10**8),
    )
    names = actor_names(project)
    texts = {each: project.document(each).text for each in {row.position.document_id for row in rows}}
    return {
        "total": project.count_positions(condition),
        "rows": [position_json(row, names, texts[row.position.document_id]) for row in rows],
    }


def show_position(call: Call) -> dict[str, Any]:
    """Return one position with its decisions and history."""
    project = call.project
    row = project.position(call.path["id"])
    text = project.document(row.position.document_id).text
    return {
        **position_json(row, actor_names(project), text),
        "decisions": [
            {
                "verdict": each.verdict,
                "by": origin_json(each.origin),
                "replaced_by": each.replaced_by,
                "note": each.note,
                "at": each.at,
            }
            for each in project.decisions(row.id)
        ],
        "history": [event_json(each) for each in project.events(limit=100, position_id=row.id)],
    }


def decide(call: Call) -> dict[str, Any]:
    """Accept, reject or correct a position."""
    project = call.project
    identity = call.path["id"]
    row = project.position(identity)
    replacement = None
    if "replacement" in call.body:
        replacement = position_from_json(call.body["replacement"], project, row.position.document_id)
    corrected = project.decide(
        identity,
        call.body["verdict"],
        origin=Origin(f"coder:{call.coder}"),
        replacement=replacement,
        note=call.body.get("note", ""),
        expected=call.body.get("revision"),
    )
    return _changed(call, corrected or identity)


def add_position(call: Call) -> dict[str, Any]:
    """Add a position that no reader found."""
    project = call.project
    position = position_from_json(call.body["position"], project, call.body["document_id"])
    return _changed(call, project.add_position(position, origin=Origin(f"coder:{call.coder}")))


def _changed(call: Call, identity: str) -> dict[str, Any]:
    """The position as it is now, and the project's revision."""
    project = call.project
    row = project.position(identity)
    text = project.document(row.position.document_id).text
    return {**position_json(row, actor_names(project), text), "project_revision": project.revision}


def decide_many(call: Call) -> dict[str, Any]:
    """Accept or reject many positions as one act."""
    changed = call.project.decide_many(
        call.body["ids"],
        call.body["verdict"],
        origin=Origin(f"coder:{call.coder}"),
        note=call.body.get("note", ""),
    )
    return {"changed": changed, "revision": call.project.revision}


ENDPOINTS = (
    Endpoint(
        "GET",
        "/api/positions",
        list_positions,
        "positions with their words",
        query=("order", "limit", "offset", *FILTER_PARAMETERS),
    ),
    Endpoint("GET", "/api/positions/{id}", show_position, "a position with its history"),
    Endpoint(
        "POST",
        "/api/positions/{id}/decision",
        decide,
        "accept, reject or correct a position",
        "coder",
        body=schemas.DECISION,
    ),
    Endpoint("POST", "/api/positions", add_position, "add a position", "coder", body=schemas.NEW_POSITION),
    Endpoint(
        "POST",
        "/api/positions/bulk",
        decide_many,
        "accept or reject many positions as one act",
        "coder",
        body=schemas.BULK,
    ),
)
