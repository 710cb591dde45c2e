"""The sample corpus, read once for all tests of the commands."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from amity.cli import main


def run(*arguments: object, code: int = 0) -> Result:
    """Run a command and hold its exit code."""
    result = CliRunner().invoke(main, [str(each) for each in arguments])
    assert result.exit_code == code, result.output + repr(result.exception)
    return result


def run_json(*arguments: object, code: int = 0) -> Any:
    """Run a command with ``--json`` and decode what it prints."""
    return json.loads(run(*arguments, "--json", code=code).stdout)


@pytest.fixture(scope="session")
def read_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus and a project read from it with the rule reader; not to be changed."""
    folder = tmp_path_factory.mktemp("sample")
    run("sample", folder / "corpus")
    run("read", folder / "corpus" / "documents", "--into", folder / "sample.amity", "--reader", "rules")
    return folder


@pytest.fixture
def sample(read_sample: Path, tmp_path: Path) -> Path:
    """A copy of the read sample project, to be changed at will."""
    target = tmp_path / "sample.amity"
    shutil.copy(read_sample / "sample.amity", target)
    return target


Runner = Callable[..., Result]
