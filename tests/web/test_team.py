"""Notes, concepts, coders, and how far they agree."""

from starlette.testclient import TestClient

from amity.model import Origin
from amity.project import Project


def test_memos_and_flags_are_kept_and_undone(client: TestClient) -> None:
    assert (
        client.post(
            "/api/memos", json={"subject": "document", "subject_id": "resolution-3", "text": "read again"}
        ).status_code
        == 200
    )
    assert [each["text"] for each in client.get("/api/memos", params={"subject": "document"}).json()] == [
        "read again"
    ]
    client.post("/api/flags", json={"subject": "document", "subject_id": "resolution-3", "name": "unclear"})
    assert [each["name"] for each in client.get("/api/flags").json()] == ["unclear"]
    client.post("/api/undo", json={})
    client.post("/api/undo", json={})
    assert client.get("/api/memos").json() == client.get("/api/flags").json() == []
    assert client.get("/api/memos", params={"subject": "planet"}).status_code == 400


def test_a_batch_is_counted_before_it_is_done(client: TestClient) -> None:
    preview = client.post(
        "/api/positions/filtered", params={"min_score": "0.65"}, json={"verdict": "accepted"}
    ).json()
    assert (preview["count"], preview["changed"]) == (2, 0)
    stale = client.post(
        "/api/positions/filtered",
        params={"min_score": "0.65"},
        json={"verdict": "accepted", "preview": False, "expected": 7},
    )
    assert stale.status_code == 409
    done = client.post(
        "/api/positions/filtered",
        params={"min_score": "0.65"},
        json={"verdict": "accepted", "preview": False, "expected": 2},
    ).json()
    assert done["changed"] == 2
    assert client.get("/api/project").json()["n_checked"] == 2
    client.post("/api/undo", json={})
    assert client.get("/api/project").json()["n_checked"] == 0


def test_an_actor_is_added_and_takes_part(client: TestClient) -> None:
    added = client.post("/api/actors", json={"name": "Grand Duchy of Pell", "kind": "state"}).json()["actor"]
    assert added["name"] == "Grand Duchy of Pell"
    position = {
        "holders": [added["id"]],
        "targets": ["velmar"],
        "polarity": 1,
        "act": "endorse",
        "evidence": [[80, 100]],
        "cue": [85, 90],
    }
    assert (
        client.post("/api/positions", json={"document_id": "resolution-3", "position": position}).status_code
        == 200
    )
    assert client.post("/api/actors", json={"name": "   "}).status_code == 400


def test_coders_are_compared_on_what_both_coded(client: TestClient, project: Project) -> None:
    ids = [row.id for row in project.positions()]
    for coder, verdicts in (("ana", ids), ("ben", ids[:2])):
        for each in verdicts:
            project.decide(each, "accepted", origin=Origin(f"coder:{coder}"))
    agreement = client.get("/api/agreement", params={"left": "ana", "right": "ben"}).json()
    assert agreement["documents"] == ["resolution-3"]
    assert agreement["positions"] == [3, 2, 2]
    assert agreement["detection_f1"] == 0.8
    assert len(agreement["dropped"]) == 1
    rows = client.get(
        "/api/documents/resolution-3/differences", params={"left": "ana", "right": "ben"}
    ).json()["rows"]
    assert [each["status"] for each in rows] == ["agree", "agree", "left"]
    assert client.get("/api/agreement", params={"left": "ana", "right": "ana"}).status_code == 400


def test_coders_and_assignments(client: TestClient) -> None:
    assert client.post("/api/coders", json={"name": "ben", "role": "coder"}).status_code == 200
    assert (
        client.post(
            "/api/assignments", json={"documents": ["resolution-3"], "coder": "ben", "blind": True}
        ).status_code
        == 200
    )
    team = client.get("/api/team").json()
    assert [each["name"] for each in team["coders"]] == ["ben"]
    assert [(each["document_id"], each["coder"], each["blind"]) for each in team["assignments"]] == [
        ("resolution-3", "ben", True)
    ]
    assert client.post("/api/assignments", json={"documents": ["nothing"], "coder": "ben"}).status_code == 404
