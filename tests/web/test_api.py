"""What the page asks the server for."""

import pytest
from starlette.testclient import TestClient

from amity.project import Project
from tests.web.conftest import TEXT


def rows(client: TestClient, **query: object) -> list[dict]:
    return client.get("/api/positions", params=query).json()["rows"]


def test_positions_come_with_their_words(client: TestClient) -> None:
    found = rows(client)
    assert [each["cue_words"] for each in found] == ["condemns", "welcomes", "calls upon"]
    first = found[0]
    assert first["words"] == ["The Council of the League condemns Ostrany for the blockade"]
    assert first["after"].startswith(" of Port Sarrow.")
    assert (first["holder_names"], first["target_names"]) == (["Council of the League"], ["Ostrany"])


@pytest.mark.parametrize(
    ("query", "cues"),
    [
        ({"polarities": "-1"}, ["condemns"]),
        ({"acts": "call"}, ["calls upon"]),
        ({"min_score": "0.65"}, ["condemns", "welcomes"]),
        ({"since": "1962"}, []),
        ({"text": "offer"}, ["welcomes"]),
        ({"order": "score", "limit": "1"}, None),
        ({"order": "influence", "limit": "1"}, None),
    ],
)
def test_filters_are_the_commands_filters(
    client: TestClient, query: dict[str, str], cues: list[str] | None
) -> None:
    found = [each["cue_words"] for each in rows(client, **query)]
    assert found == cues if cues is not None else len(found) == 1


def test_a_decision_is_kept_and_can_be_undone_and_redone(client: TestClient) -> None:
    position = rows(client)[0]
    identity = position["position"]["id"]
    accepted = client.post(
        f"/api/positions/{identity}/decision", json={"verdict": "accepted", "revision": position["revision"]}
    )
    assert accepted.json()["state"] == "accepted"
    stale = client.post(
        f"/api/positions/{identity}/decision", json={"verdict": "rejected", "revision": position["revision"]}
    )
    assert (stale.status_code, stale.json()["error"]["type"]) == (409, "StaleWrite")
    assert client.post("/api/undo", json={}).status_code == 200
    assert client.get(f"/api/positions/{identity}").json()["state"] == "suggested"
    assert client.post("/api/redo", json={}).status_code == 200
    shown = client.get(f"/api/positions/{identity}").json()
    assert shown["state"] == "accepted"
    assert shown["origin"]["agent"] == "reader:rules"
    assert [each["verdict"] for each in shown["decisions"]] == ["accepted"]


def test_a_correction_keeps_the_first_suggestion(client: TestClient) -> None:
    position = rows(client)[1]
    changed = {**position["position"], "act": "commit", "strength": "strong"}
    answer = client.post(
        f"/api/positions/{position['position']['id']}/decision",
        json={"verdict": "edited", "replacement": changed},
    )
    corrected = answer.json()
    assert corrected["position"]["act"] == "commit"
    assert corrected["replaces"] == position["position"]["id"]
    assert client.get(f"/api/positions/{position['position']['id']}").json()["position"]["act"] == "endorse"
    assert "welcomes" in [each["cue_words"] for each in rows(client)]


def test_a_position_is_added_from_words(client: TestClient) -> None:
    start = TEXT.index("withdraw")
    position = {
        "holders": ["council"], "targets": ["ostrany"], "polarity": -1, "act": "refuse", "concept": "ships off Port Sarrow", "agreement": -1,
        "evidence": [[start, start + 18]], "cue": [start, start + 8],
    }  # fmt: skip
    answer = client.post("/api/positions", json={"document_id": "resolution-3", "position": position})
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "added"
    assert len(rows(client)) == 4


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"holders": ["nobody"]}, 404),
        ({"holders": []}, 400),
        ({"act": "praise"}, 400),
        ({"evidence": [[5, 2]]}, 400),
        ({"evidence": [[0, 10**9]]}, 400),
        ({"cue": [0, 3]}, 400),
        ({"polarity": None}, 400),
        ({"unknown": 1}, 400),
    ],
)
def test_a_position_that_breaks_the_codebook_is_refused_and_nothing_changes(
    client: TestClient, change: dict, status: int
) -> None:
    good = {
        "holders": ["council"],
        "targets": ["velmar"],
        "polarity": 1,
        "act": "endorse",
        "evidence": [[80, 100]],
        "cue": [85, 90],
    }
    answer = client.post(
        "/api/positions", json={"document_id": "resolution-3", "position": {**good, **change}}
    )
    assert answer.status_code == status, answer.text
    assert len(rows(client)) == 3


def test_actors_are_merged_and_the_merge_is_undone(client: TestClient) -> None:
    assert client.post("/api/actors/merge", json={"ids": ["velmar"], "into": "ostrany"}).status_code == 200
    assert [each["name"] for each in client.get("/api/actors").json()] == ["Council of the League", "Ostrany"]
    client.post("/api/undo", json={})
    assert {each["name"] for each in client.get("/api/actors").json()} == {
        "Council of the League",
        "Ostrany",
        "Velmar",
    }


def test_the_network_says_what_it_rests_on(client: TestClient) -> None:
    network = client.get("/api/network").json()
    ties = {
        (each["source"], each["target"]): (each["support"], each["opposition"]) for each in network["edges"]
    }
    assert ties == {("council", "ostrany"): (0, 1), ("council", "velmar"): (1, 0)}
    assert (network["n_positions"], network["n_documents"], network["n_checked"]) == (2, 1, 0)
    words = client.get("/api/network/edge", params={"source": "council", "target": "ostrany"}).json()["rows"]
    assert [each["cue_words"] for each in words] == ["condemns"]
    assert client.get("/api/network.svg").text.startswith("<svg")
    assert client.get("/api/network.xyz").status_code == 400


def test_search_finds_places_and_a_slow_pattern_stays_fast(client: TestClient) -> None:
    hits = client.get("/api/search", params={"text": "blockade"}).json()["hits"]
    assert [TEXT[each["start"] : each["end"]] for each in hits] == ["blockade"]
    assert client.get("/api/search", params={"regex": "(a+)+$"}).status_code == 200
    assert client.get("/api/search", params={"regex": "(unclosed"}).status_code == 400


def test_a_page_of_the_router_and_an_unknown_route(client: TestClient) -> None:
    assert client.get("/documents/resolution-3").headers["content-type"].startswith("text/html")
    assert client.get("/api/nothing").status_code == 404
    assert client.get("/api/documents/nothing").status_code == 404


def test_two_people_see_one_project(client: TestClient, project: Project) -> None:
    before = client.get("/api/project").json()["revision"]
    project.decide(rows(client)[0]["position"]["id"], "rejected")
    assert client.get("/api/changes", params={"since": before}).json()["revision"] > before
