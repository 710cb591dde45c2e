"""Whatever is sent to any route is answered, and never with a server error."""

import random

import pytest
from starlette.testclient import TestClient

from amity.web.table import ENDPOINTS

ODD = [
    "",
    " ",
    "0",
    "-1",
    "1e99",
    "NaN",
    "null",
    "[]",
    "{}",
    "\u0000",
    "\ud7ff",
    "𝕏" * 9,
    "a" * 2000,
    "../../etc/passwd",
    "'; DROP TABLE position;--",
    '"*',
    "NEAR(",
    "1961-13",
    "true",
    "council",
    "resolution-3",
    "(?P<x",
    "*",
    "AND OR",
]
VALUES = [
    None,
    True,
    0,
    -1,
    2**63,
    1.5,
    "",
    "x",
    "council",
    [],
    {},
    ["council"],
    [[0, 3]],
    [[3, 0]],
    [[0, 2**40]],
    {"a": 1},
    "accepted",
    "endorse",
    1,
]


def body_for(schema: dict, chance: random.Random) -> object:
    """A body that often has the right keys and rarely the right values."""
    if chance.random() < 0.1:
        return chance.choice(VALUES)
    body = {}
    for name, below in schema.get("properties", {}).items():
        if chance.random() < 0.75:
            if "enum" in below and chance.random() < 0.6:
                body[name] = chance.choice(below["enum"])
            elif "properties" in below and chance.random() < 0.8:
                body[name] = body_for(below, chance)
            else:
                body[name] = chance.choice(VALUES)
    return body


@pytest.mark.parametrize("endpoint", ENDPOINTS, ids=lambda each: f"{each.method} {each.path}")
def test_no_request_is_answered_with_a_server_error(client: TestClient, endpoint) -> None:
    statuses: set[int] = set()
    chance = random.Random(f"{endpoint.method}{endpoint.path}")
    for _ in range(25 if endpoint.path != "/api/changes" else 1):
        path = endpoint.path
        for name in ("id", "kind"):
            path = path.replace(
                f"{{{name}}}",
                chance.choice(["council", "resolution-3", "svg", "nothing", "%00", "%F0%9F%95%8A", "a%2Fb"]),
            )
        query = {name: chance.choice(ODD) for name in endpoint.query if chance.random() < 0.4}
        if endpoint.upload:
            answer = client.post(
                path,
                content=chance.randbytes(200),
                headers={
                    "content-type": "application/octet-stream",
                    "x-amity-filename": chance.choice(
                        ["a.txt", "b.pdf", "c.docx", "..%2Fx.zip", "d", "e.xml"]
                    ),
                },
            )
        elif endpoint.method == "GET":
            answer = client.get(path, params=query)
        else:
            answer = client.request(
                endpoint.method, path, params=query, json=body_for(dict(endpoint.body or {}), chance)
            )
        statuses.add(answer.status_code)
        assert answer.status_code < 500 or answer.status_code == 503, (
            f"{endpoint.method} {path} {query}: {answer.text}"
        )
    assert 401 not in statuses
