"""A copy for others holds everything but the hashes of passwords."""

from pathlib import Path

import pytest

from amity.errors import ProjectError
from amity.project import Project


def test_a_copy_is_the_project_without_secrets(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.amity", name="World", coder="ana") as project:
        project.add_actor("Velmar", kind="state")
        project.team.set_coder("ana", role="administrator", secret="$argon2id$first-hash")
        project.team.set_coder("ana", secret="$argon2id$second-hash")
        project.copy_to(tmp_path / "copy.amity")
        with pytest.raises(ProjectError, match="there already"):
            project.copy_to(tmp_path / "copy.amity")
        assert project.team.secret("ana") == "$argon2id$second-hash"
    content = (tmp_path / "copy.amity").read_bytes()
    assert b"first-hash" not in content
    assert b"second-hash" not in content
    with Project.open(tmp_path / "copy.amity") as copy:
        assert [actor.name for actor in copy.actors()] == ["Velmar"]
        assert [coder.name for coder in copy.team.coders()] == ["ana"]
        assert copy.verify() == []
