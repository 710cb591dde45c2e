"""The project, its documents, and bringing in more."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from amity.errors import InvalidValue
from amity.model import Origin
from amity.project import Hit
from amity.web.api import Call, Endpoint
from amity.web.codebook import codebook
from amity.web.routes.rows import actor_names, event_json, position_json

if TYPE_CHECKING:
    from amity.project import Project


def show_project(call: Call) -> dict[str, Any]:
    """Return the project in numbers."""
    from dataclasses import asdict

    project = call.project
    recent = project.events(limit=50)
    return {
        **asdict(project.summary()),
        "path": Path(project.path).name,
        "coder": call.coder,
        "role": call.role,
        "default_min_score": project.default_min_score,
        "can_undo": any(not each.undone and each.reverses is None for each in recent),
        "can_redo": any(each.undone for each in recent),
        "revision": project.revision,
        "unreadable": [dict(each) for run in project.read_runs() for each in run.unreadable][:200],
    }


def list_documents(call: Call) -> list[dict[str, Any]]:
    """Return a row for every document."""
    return [
        {
            "id": row.id,
            "title": row.title,
            "date": row.date,
            "issuers": list(row.issuers),
            "place": row.place,
            "kind": row.kind,
            "language": row.language,
            "characters": row.n_characters,
            "positions": row.n_positions,
            "checked": row.n_checked,
            "version": row.version,
            "reader": row.reader,
        }
        for row in call.project.documents()
    ]


def show_document(call: Call) -> dict[str, Any]:
    """Return a document with everything found in it."""
    from amity.model import PositionFilter

    project = call.project
    document = project.document(call.path["id"])
    coding = project.coding(document.id)
    names = actor_names(project)
    rows = project.positions(
        PositionFilter(
            documents=(document.id,), states=("suggested", "accepted", "edited", "rejected", "added")
        )
    )
    used = {mention.actor for mention in coding.mentions} | {*coding.issuers, *coding.addressees}
    for row in rows:
        used.update(row.position.holders, row.position.targets, row.position.via)
    return {
        "id": document.id,
        "text": document.text,
        "title": document.title,
        "date": document.date,
        "place": document.place,
        "kind": document.kind,
        "language": document.language,
        "issuer_names": list(document.issuers),
        "metadata": dict(document.metadata),
        "provenance": dict(document.provenance),
        "sha256": document.sha256,
        "issuers": list(coding.issuers),
        "addressees": list(coding.addressees),
        "actors": {each: names.get(each, each) for each in sorted(used)},
        "mentions": [
            {"start": each.span.start, "end": each.span.end, "actor": each.actor, "form": each.form}
            for each in coding.mentions
        ],
        "quotations": [
            {"start": each.span.start, "end": each.span.end, "speaker": each.speaker}
            for each in coding.quotations
        ],
        "positions": [position_json(row, names) for row in rows if row.replaced_by is None],
    }


def upload_document(call: Call) -> dict[str, Any]:
    """Read an uploaded file into the project."""
    from urllib.parse import unquote

    from amity.pipeline import read_into

    name = Path(unquote(call.headers.get("x-amity-filename", "")).replace("\\", "/")).name
    if not name or name.startswith("."):
        raise InvalidValue(f"the upload is named {name!r}; send its file name in X-Amity-Filename")
    if not call.body:
        raise InvalidValue(f"{name} is empty; nothing was read")
    with tempfile.TemporaryDirectory(prefix="amity-") as folder:
        path = Path(folder) / name
        path.write_bytes(call.body)
        report = read_into(call.project, [path])
    return {
        "documents": report.documents,
        "positions": report.positions,
        "duplicates": list(report.duplicates),
        "new_versions": list(report.new_versions),
        "unreadable": [
            {"path": name, "place": each.place, "reason": each.reason.replace(folder + "/", "")}
            for each in report.unreadable
        ],
    }


def show_codebook(call: Call) -> dict[str, Any]:
    """Return the fields and values of the codebook with their definitions."""
    del call
    return codebook()


def list_events(call: Call) -> list[dict[str, Any]]:
    """Return the history, newest first."""
    events = call.project.events(
        limit=call.number("limit", 200, low=1),
        document_id=call.query.get("document") or None,
        position_id=call.query.get("position") or None,
    )
    return [event_json(each) for each in events]


def undo(call: Call) -> dict[str, Any]:
    """Take back the latest change."""
    return {
        "event": event_json(call.project.undo(origin=Origin(f"coder:{call.coder}"))),
        "revision": call.project.revision,
    }


def redo(call: Call) -> dict[str, Any]:
    """Bring back what was undone last."""
    return {
        "event": event_json(call.project.redo(origin=Origin(f"coder:{call.coder}"))),
        "revision": call.project.revision,
    }


def wait_for_changes(call: Call) -> dict[str, int]:
    """Answer once the project has changed since a revision, or after some seconds."""
    import time

    since = call.number("since", 0, high=10**8)
    for _ in range(80):
        now = call.project.revision
        if now != since:
            return {"revision": now}
        time.sleep(0.25)
    return {"revision": since}


def search(call: Call) -> dict[str, Any]:
    """Return places in the documents where words stand."""
    limit = call.number("limit", 100, low=1, high=1000)
    titles = {row.id: row.title or row.id for row in call.project.documents()}
    if regex := call.query.get("regex", ""):
        hits = search_regex(call.project, regex, limit)
    else:
        hits = call.project.search(call.query.get("text", ""), limit=limit)
    return {
        "hits": [
            {
                "document_id": hit.document_id,
                "title": titles.get(hit.document_id, hit.document_id),
                "start": hit.start,
                "end": hit.end,
                "snippet": hit.snippet,
            }
            for hit in hits
        ]
    }


def search_regex(project: "Project", pattern: str, limit: int) -> list[Hit]:
    """Return where a pattern matches, on an engine whose time is linear in the text whatever the pattern."""
    import re2

    try:
        compiled = re2.compile(pattern)
    except re2.error as error:
        raise InvalidValue(
            f"the pattern {pattern!r} is none that the linear-time engine knows: {error}"
        ) from error
    hits: list[Hit] = []
    for row in project.documents():
        text = project.document(row.id).text
        for match in compiled.finditer(text):
            if match.end() > match.start():
                low, high = max(0, match.start() - 60), min(len(text), match.end() + 60)
                hits.append(Hit(row.id, match.start(), match.end(), " ".join(text[low:high].split())))
            if len(hits) >= limit:
                return hits
    return hits


ENDPOINTS = (
    Endpoint("GET", "/api/project", show_project, "the project in numbers"),
    Endpoint("GET", "/api/codebook", show_codebook, "fields and values with definitions"),
    Endpoint("GET", "/api/documents", list_documents, "a row for every document"),
    Endpoint("GET", "/api/documents/{id}", show_document, "a document with everything found in it"),
    Endpoint("POST", "/api/documents", upload_document, "read an uploaded file", "coder", upload=True),
    Endpoint(
        "GET",
        "/api/events",
        list_events,
        "the history, newest first",
        query=("limit", "document", "position"),
    ),
    Endpoint("POST", "/api/undo", undo, "take back the latest change", "coder", body={"type": "object"}),
    Endpoint("POST", "/api/redo", redo, "bring back what was undone last", "coder", body={"type": "object"}),
    Endpoint("GET", "/api/changes", wait_for_changes, "wait for a change", query=("since",)),
    Endpoint("GET", "/api/search", search, "places where words stand", query=("text", "regex", "limit")),
)
