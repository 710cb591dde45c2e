"""Every command of the tutorial runs, and prints what the page shows."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from amity.cli import main

PAGE = Path(__file__).parents[2] / "docs" / "tutorial" / "networks.md"
BLOCK = re.compile(r"```text\n\$ (amity [^\n]+)\n(.*?)```", re.DOTALL)


def test_the_page_shows_what_the_commands_print(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) > 12
    for command, shown in blocks:
        result = CliRunner().invoke(main, shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}: {result.output}"
        printed = [
            re.sub(r"\d+\.\d+ s$", "… s", line.rstrip()) for line in result.output.rstrip().split("\n")
        ]
        place = 0
        for line in (each.rstrip() for each in shown.rstrip("\n").split("\n")):
            if line == "…":
                continue
            assert line in printed[place:], f"{command}: the page shows {line!r}"
            place += printed[place:].index(line) + 1
