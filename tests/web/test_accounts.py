"""A served project with named accounts: who gets in, and what each role may do."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from amity.cli import main
from amity.errors import InvalidValue
from amity.project import Project
from amity.web import create_app
from amity.web.accounts import (
    IDLE_SECONDS,
    MAX_FAILURES,
    SESSION_SECONDS,
    WINDOW_SECONDS,
    Accounts,
    hash_password,
)
from amity.web.api import ROLES
from amity.web.security import COOKIE
from amity.web.serve import serve_project
from amity.web.table import ENDPOINTS

PASSWORD = "a long enough word"
HASHED = hash_password(PASSWORD)


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock() -> Clock:
    """Stands still."""
    return Clock()


@pytest.fixture
def nobody(project: Project, clock: Clock) -> Iterator[TestClient]:
    """A client of the served team that is not signed in."""
    for role in ROLES:
        project.team.set_coder(f"{role} one", role=role, secret=HASHED)
    app = create_app(project, hosts=["testserver"], accounts=Accounts(project, clock=clock))
    with TestClient(app, headers={"origin": "http://testserver"}, follow_redirects=False) as made:
        yield made


def sign_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """Status of signing in."""
    return client.post("/api/sign-in", json={"name": name, "password": password}).status_code


def ask(client: TestClient, method: str, path: str, *, upload: bool = False, body: bool = True) -> int:
    """Status of a request that names nothing that is there, so that it changes nothing."""
    path = re.sub(r"\{[^}]*\}", "nothing", path)
    if upload:
        return client.request(
            method,
            path,
            content=b"",
            headers={"content-type": "application/octet-stream", "x-amity-filename": "x.txt"},
        ).status_code
    return client.request(
        method, path, json={"no such key": 1} if body else None, headers={"content-type": "application/json"}
    ).status_code


@pytest.mark.parametrize("role", ["nobody", *ROLES])
def test_every_route_asks_for_its_role(nobody: TestClient, role: str) -> None:
    if role != "nobody":
        assert sign_in(nobody, f"{role} one") == 200
    for each in ENDPOINTS:
        status = ask(nobody, each.method, each.path, upload=each.upload, body=each.body is not None)
        where = f"{each.method} {each.path} as {role}: {status}"
        if role == "nobody":
            assert status == 401, where
        elif ROLES.index(role) < ROLES.index(each.role):  # type: ignore[arg-type]
            assert status == 403, where
        else:
            assert status not in (401, 403) and status < 500, where
    assert nobody.get("/api/openapi.json").status_code == (401 if role == "nobody" else 200)


def test_every_changing_route_asks_for_more_than_reading() -> None:
    harmless = {each.path for each in ENDPOINTS if each.method != "GET" and each.role == "reader"}
    assert harmless == set()


def test_the_cookie_is_kept_from_scripts_and_other_sites(nobody: TestClient) -> None:
    answer = nobody.post("/api/sign-in", json={"name": "coder one", "password": PASSWORD})
    assert re.fullmatch(
        rf"{COOKIE}=[\w-]{{40,}}; Path=/; HttpOnly; SameSite=Strict", answer.headers["set-cookie"]
    )
    assert PASSWORD not in answer.text and HASHED not in nobody.get("/api/team").text


def test_work_is_recorded_under_the_name_signed_in(nobody: TestClient, project: Project) -> None:
    sign_in(nobody, "coder one")
    assert nobody.post("/api/memos", json={"subject": "project", "text": "seen"}).status_code == 200
    assert project.notes.memos()[0].origin.agent == "coder:coder one"


def test_the_form_works_without_a_script(nobody: TestClient) -> None:
    assert nobody.get("/").headers["location"] == "/sign-in"
    page = nobody.get("/sign-in")
    assert page.status_code == 200 and "<script" not in page.text and "style=" not in page.text
    # A browser sends a form's origin as "null" under no-referrer.
    assert page.headers["referrer-policy"] == "same-origin"
    refused = nobody.post("/sign-in", data={"name": "coder one", "password": "wrong"})
    assert refused.status_code == 401 and "do not fit" in refused.text
    let_in = nobody.post("/sign-in", data={"name": "coder one", "password": PASSWORD})
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/")
    assert nobody.get("/api/team").status_code == 200


def test_forms_are_taken_nowhere_else_and_from_no_other_site(nobody: TestClient) -> None:
    assert nobody.post("/api/sign-in", data={"name": "coder one", "password": PASSWORD}).status_code == 415
    elsewhere = {"origin": "http://elsewhere.example"}
    assert nobody.post("/sign-in", data={"name": "x", "password": "y"}, headers=elsewhere).status_code == 403
    assert nobody.post("/sign-in", data={"name": "x" * 9000, "password": "y"}).status_code == 413


def test_signing_out_ends_the_session_itself(nobody: TestClient) -> None:
    sign_in(nobody, "coder one")
    token = nobody.cookies[COOKIE]
    assert nobody.post("/api/sign-out", json={}).status_code == 200
    nobody.cookies.set(COOKIE, token)
    assert nobody.get("/api/team").status_code == 401


@pytest.mark.parametrize("wait", [IDLE_SECONDS, SESSION_SECONDS])
def test_sessions_end(nobody: TestClient, clock: Clock, wait: float) -> None:
    sign_in(nobody, "coder one")
    start = clock.at
    while clock.at < start + wait - IDLE_SECONDS:
        clock.at += IDLE_SECONDS / 2
        assert nobody.get("/api/team").status_code == (200 if clock.at < start + SESSION_SECONDS else 401)
    clock.at = max(start + wait, clock.at + (IDLE_SECONDS if wait == IDLE_SECONDS else 0))
    assert nobody.get("/api/team").status_code == 401


def test_guesses_are_slowed_even_when_right_at_last(nobody: TestClient, clock: Clock) -> None:
    assert [sign_in(nobody, "coder one", "wrong") for _ in range(MAX_FAILURES)] == [401] * MAX_FAILURES
    assert sign_in(nobody, "coder one") == 429
    assert sign_in(nobody, "reader one") == 200
    clock.at += WINDOW_SECONDS
    assert sign_in(nobody, "coder one") == 200


def test_roles_and_leaving_count_at_once(nobody: TestClient, project: Project) -> None:
    memo = {"subject": "project", "text": "x"}
    sign_in(nobody, "coder one")
    project.team.set_coder("coder one", role="reader")
    assert nobody.post("/api/memos", json=memo).status_code == 403
    project.team.set_coder("coder one", active=False)
    assert nobody.get("/api/team").status_code == 401
    assert sign_in(nobody, "coder one") == 401


def test_a_new_password_ends_sessions(nobody: TestClient, project: Project) -> None:
    sign_in(nobody, "coder one")
    project.team.set_coder("coder one", secret=hash_password("another long word"))
    assert nobody.get("/api/team").status_code == 401


def test_short_passwords_and_open_servers_are_refused(project: Project) -> None:
    with pytest.raises(InvalidValue, match="characters"):
        hash_password("short")
    with pytest.raises(InvalidValue, match="neither"):
        create_app(project, hosts=["testserver"])
    with pytest.raises(InvalidValue, match="nobody has a password"):
        serve_project(project, team=True, announce=lambda address: None)


def test_people_are_added_and_shut_out_by_command(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    Project.create(path).close()
    run = CliRunner().invoke
    added = run(
        main,
        ["team", str(path), "add", "mira", "--role", "adjudicator", "--password-stdin"],
        input=PASSWORD + "\n",
    )
    assert added.exit_code == 0, added.output
    with Project.open(path) as project:
        secret = project.team.secret("mira")
        assert secret is not None and secret.startswith("$argon2id$") and PASSWORD not in secret
    assert '"adjudicator"' in run(main, ["team", str(path), "list", "--json"]).output
    assert run(main, ["team", str(path), "deactivate", "nemo"]).exit_code == 2
    assert run(main, ["team", str(path), "deactivate", "mira"]).exit_code == 0
    with Project.open(path) as project:
        assert project.team.secret("mira") is None
