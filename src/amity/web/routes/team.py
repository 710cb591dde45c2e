"""Notes, concepts, coders, assignments, agreement."""

from dataclasses import asdict
from typing import Any

from amity.errors import InvalidValue
from amity.model import Origin
from amity.project import SUBJECTS, Subject
from amity.web.api import FILTER_PARAMETERS, Call, Endpoint
from amity.web.routes import schemas


def _origin(call: Call) -> Origin:
    return Origin(f"coder:{call.coder}")


def _subject(call: Call) -> Subject | None:
    given = call.query.get("subject", "")
    found: Subject | None = next((each for each in SUBJECTS if each == given), None)
    if given and found is None:
        raise InvalidValue(f"subject is {given!r}; give one of {', '.join(SUBJECTS)}")
    return found


def list_memos(call: Call) -> list[dict[str, Any]]:
    """Return memos, oldest first."""
    return [
        asdict(each) for each in call.project.notes.memos(_subject(call), call.query.get("subject_id", ""))
    ]


def add_memo(call: Call) -> dict[str, Any]:
    """Write a memo on anything."""
    body = call.body
    number = call.project.notes.add_memo(
        body["subject"], body.get("subject_id", ""), body["text"], origin=_origin(call)
    )
    return {"id": number, "revision": call.project.revision}


def list_flags(call: Call) -> list[dict[str, Any]]:
    """Return flags, oldest first."""
    return [
        asdict(each) for each in call.project.notes.flags(_subject(call), call.query.get("subject_id", ""))
    ]


def set_flag(call: Call) -> dict[str, Any]:
    """Set or take away a flag."""
    body = call.body
    call.project.notes.flag(
        body["subject"],
        body.get("subject_id", ""),
        body["name"],
        on=body.get("on", True),
        origin=_origin(call),
    )
    return {"revision": call.project.revision}


def list_concepts(call: Call) -> list[dict[str, Any]]:
    """Return the concepts with counts."""
    return [asdict(each) for each in call.project.concepts.list()]


def change_concepts(call: Call) -> dict[str, Any]:
    """Rename a concept, or merge several into one."""
    body = call.body
    if "name" in body and len(body["ids"]) == 1:
        call.project.concepts.rename(body["ids"][0], body["name"], origin=_origin(call))
    elif "into" in body:
        call.project.concepts.merge(body["ids"], body["into"], origin=_origin(call))
    else:
        raise InvalidValue("give one id and a name, or several ids and the concept they go into")
    return {"revision": call.project.revision}


def decide_filtered(call: Call) -> dict[str, Any]:
    """Count, or accept or reject, all positions that pass the filter of the address."""
    condition = call.filter(least=0.0)
    count = call.project.count_positions(condition)
    if call.body.get("preview", True):
        return {"count": count, "changed": 0, "revision": call.project.revision}
    changed = call.project.decide_all(
        condition, call.body["verdict"], expected=call.body.get("expected"), origin=_origin(call)
    )
    return {"count": count, "changed": changed, "revision": call.project.revision}


def show_team(call: Call) -> dict[str, Any]:
    """Return coders, their documents, and how far they are."""
    team = call.project.team
    rows = {row.id: row for row in call.project.documents()}
    return {
        "coders": [asdict(each) for each in team.coders()],
        "assignments": [
            {
                **asdict(each),
                "title": rows[each.document_id].title if each.document_id in rows else each.document_id,
            }
            for each in team.assignments()
        ],
    }


def set_coder(call: Call) -> dict[str, Any]:
    """Add a coder or change a role."""
    call.project.team.set_coder(
        call.body["name"], role=call.body.get("role"), active=call.body.get("active"), origin=_origin(call)
    )
    return {"revision": call.project.revision}


def assign(call: Call) -> dict[str, Any]:
    """Give documents to a coder."""
    call.project.team.assign(
        call.body["documents"],
        call.body["coder"],
        status=call.body.get("status"),
        blind=call.body.get("blind"),
        origin=_origin(call),
    )
    return {"revision": call.project.revision}


def show_agreement(call: Call) -> dict[str, Any]:
    """Return how far two coders agree on the documents that both coded."""
    from amity.publishing.agreement import measure_agreement

    return measure_agreement(call.project, call.query.get("left", ""), call.query.get("right", "")).to_json()


def show_differences(call: Call) -> dict[str, Any]:
    """Return two coders' positions of a document side by side."""
    from amity.publishing.agreement import compare_codings

    return compare_codings(
        call.project, call.path["id"], call.query.get("left", ""), call.query.get("right", "")
    )


ENDPOINTS = (
    Endpoint("GET", "/api/memos", list_memos, "memos, oldest first", query=("subject", "subject_id")),
    Endpoint("POST", "/api/memos", add_memo, "write a memo", "coder", body=schemas.MEMO),
    Endpoint("GET", "/api/flags", list_flags, "flags, oldest first", query=("subject", "subject_id")),
    Endpoint("POST", "/api/flags", set_flag, "set or take away a flag", "coder", body=schemas.FLAG),
    Endpoint("GET", "/api/concepts", list_concepts, "the concepts with counts"),
    Endpoint(
        "POST", "/api/concepts", change_concepts, "rename or merge concepts", "coder", body=schemas.CONCEPTS
    ),
    Endpoint(
        "POST",
        "/api/positions/filtered",
        decide_filtered,
        "count or decide all that pass a filter",
        "coder",
        body=schemas.FILTERED,
        query=FILTER_PARAMETERS,
    ),
    Endpoint("GET", "/api/team", show_team, "coders and their documents"),
    Endpoint(
        "POST", "/api/coders", set_coder, "add a coder or change a role", "administrator", body=schemas.CODER
    ),
    Endpoint(
        "POST",
        "/api/assignments",
        assign,
        "give documents to a coder",
        "adjudicator",
        body=schemas.ASSIGNMENT,
    ),
    Endpoint("GET", "/api/agreement", show_agreement, "how far two coders agree", query=("left", "right")),
    Endpoint(
        "GET",
        "/api/documents/{id}/differences",
        show_differences,
        "two codings side by side",
        "adjudicator",
        query=("left", "right"),
    ),
)
