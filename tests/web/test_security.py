"""Who may ask, from where, and what every answer carries."""

import pytest
from starlette.testclient import TestClient

from amity.project import Project
from amity.web import create_app
from amity.web.table import ENDPOINTS


def fresh(project: Project, **headers: str) -> TestClient:
    return TestClient(create_app(project, token="secret", hosts=["testserver"]), headers=headers)


def test_the_token_of_this_start_opens_the_workbench(project: Project) -> None:
    client = fresh(project)
    assert client.get("/api/project").status_code == 401
    assert client.get("/?token=guess", follow_redirects=False).status_code != 303
    answer = client.get("/documents?token=secret", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/documents"
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert client.get("/api/project").status_code == 200


def test_a_redirect_never_leaves_the_server(project: Project) -> None:
    answer = fresh(project).get("http://testserver//evil.example/?token=secret", follow_redirects=False)
    assert answer.headers["location"].startswith("/")
    assert not answer.headers["location"].startswith("//")


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_no_route_answers_without_a_session(project: Project, endpoint) -> None:
    path = endpoint.path.replace("{id}", "x").replace("{kind}", "svg")
    answer = fresh(project, origin="http://testserver", **{"content-type": "application/json"}).request(
        endpoint.method, path
    )
    assert answer.status_code == 401


def test_another_host_is_refused(client: TestClient) -> None:
    answer = client.get("/api/project", headers={"host": "evil.example"})
    assert (answer.status_code, answer.json()["error"]["type"]) == (403, "ForbiddenHost")


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://testserver.evil.example", ""])
def test_a_change_from_another_origin_is_refused(client: TestClient, origin: str) -> None:
    answer = client.post("/api/undo", json={}, headers={"origin": origin})
    assert (answer.status_code, answer.json()["error"]["type"]) == (403, "ForbiddenOrigin")


def test_a_form_cannot_change_anything(client: TestClient) -> None:
    answer = client.post(
        "/api/undo", content="a=1", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 415


def test_too_long_a_body_is_refused(client: TestClient) -> None:
    answer = client.post(
        "/api/undo", content=b"{" + b" " * (5 * 1024 * 1024), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/", "/api/project", "/api/nothing", "/network"])
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    "cookie", ["amity_session=wrong", "amity_session=", "broken;;=", "amity_session=\u00e9"]
)
def test_a_wrong_or_broken_cookie_is_no_session(project: Project, cookie: str) -> None:
    answer = fresh(project).get("/api/project", headers=[(b"cookie", cookie.encode())])
    assert answer.status_code == 401
