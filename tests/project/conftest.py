from collections.abc import Iterator
from pathlib import Path

import pytest

from amity.project import Project
from tests.project.world import READER, WORLD


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "empty.amity", coder="ana") as project:
        yield project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "world.amity", name="World", coder="ana") as project:
        project.add_read(WORLD, origin=READER)
        yield project
        assert project.verify() == []
