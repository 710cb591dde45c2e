"""A small invented project, served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from amity.model import Actor, Coding, Document, Origin, Position, position_id
from amity.project import Project
from amity.web import create_app

TEXT = (
    "The Council of the League condemns Ostrany for the blockade of Port Sarrow.\n\n"
    "The Council welcomes the offer of Velmar, and calls upon Ostrany to withdraw its ships."
)
ORIGIN = Origin("reader:rules", "1")


def world() -> tuple[Document, Coding]:
    """A document in which the Council opposes Ostrany and supports Velmar."""
    document = Document(
        "resolution-3",
        TEXT,
        title="Resolution 3",
        date="1961-05-02",
        issuers=("Council of the League",),
        kind="resolution",
    )

    def position(act: str, cue: str, target: str, polarity: int, sentence: str, score: float) -> Position:
        start = TEXT.index(sentence)
        evidence = document.span(start, start + len(sentence))
        words = document.span(TEXT.index(cue), TEXT.index(cue) + len(cue))
        identity = position_id(
            document.id, holders=("council",), targets=(target,), concept=None, act=act, polarity=polarity, agreement=None,
            cue=(words.start, words.end), evidence=((evidence.start, evidence.end),),
        )  # fmt: skip
        return Position(
            identity,
            document.id,
            ("council",),
            act,
            (evidence,),
            words,
            targets=(target,),
            polarity=polarity,
            origin=ORIGIN,
            score=score,
        )  # type: ignore[arg-type]

    actors = (
        Actor("council", "Council of the League", "organisation", ("the Council",)),
        Actor("ostrany", "Ostrany", "state"),
        Actor("velmar", "Velmar", "state"),
    )
    positions = (
        position(
            "criticise",
            "condemns",
            "ostrany",
            -1,
            "The Council of the League condemns Ostrany for the blockade",
            0.9,
        ),
        position("endorse", "welcomes", "velmar", 1, "The Council welcomes the offer of Velmar", 0.7),
        position("call", "calls upon", "ostrany", 0, "calls upon Ostrany to withdraw its ships", 0.6),
    )
    return document, Coding(document.id, actors, ("council",), (), (), positions)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """The project, open."""
    made = Project.create(tmp_path / "world.amity", name="World", coder="ana")
    made.add_read([world()], origin=ORIGIN)
    yield made
    made.close()


@pytest.fixture
def client(project: Project) -> Iterator[TestClient]:
    """A signed-in client of the served project."""
    app = create_app(project, token="secret", hosts=["testserver"])
    with TestClient(app, headers={"origin": "http://testserver"}, raise_server_exceptions=True) as made:
        assert made.get("/?token=secret", follow_redirects=False).status_code == 303
        yield made
