"""Bad input gets one clear line and exit code 2, and loses nothing."""

from pathlib import Path

import pytest

from tests.cli.conftest import run


def test_a_missing_project_says_how_to_make_one(tmp_path: Path) -> None:
    output = run("show", tmp_path / "none.amity", code=2).output
    assert "there is no project" in output
    assert "amity read" in output


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + bytes(2000), b"\xff" * 300])
def test_what_is_no_project_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "thing.amity"
    path.write_bytes(content)
    for command in (("show", path), ("positions", path), ("report", path, "--out", tmp_path / "r.html")):
        assert run(*command, code=2).output.startswith("amity: ")
    assert path.read_bytes() == content


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--since", "1961-13"), "1961-13"),
        (("--since", "1965", "--until", "1962"), "lies after"),
        (("--act", "praise"), "praise"),
        (("--min-score", "3"), "3"),
    ],
)
def test_impossible_filters_are_explained(read_sample: Path, arguments: tuple[str, ...], says: str) -> None:
    assert says in run("positions", read_sample / "sample.amity", *arguments, code=2).output


def test_reading_what_is_not_there_makes_no_project(tmp_path: Path) -> None:
    output = run("read", tmp_path / "nowhere", "--into", tmp_path / "p.amity", code=2).output
    assert "nothing was read" in output
    assert not (tmp_path / "p.amity").exists()


def test_an_unknown_format_and_reader_list_the_known_ones(read_sample: Path, tmp_path: Path) -> None:
    assert (
        "graphml"
        in run("export", read_sample / "sample.amity", tmp_path / "x", "--format", "xyz", code=2).output
    )
    assert (
        "rules"
        in run(
            "read", read_sample / "corpus", "--into", tmp_path / "p.amity", "--reader", "xyz", code=2
        ).output
    )


def test_undo_with_nothing_to_undo(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("A quiet day.", encoding="utf-8")
    run("read", tmp_path / "a.txt", "--into", tmp_path / "p.amity")
    while run_once(tmp_path) == 0:
        pass
    assert "undo" in run("undo", tmp_path / "p.amity", code=2).output


def run_once(folder: Path) -> int:
    """Undo once and return the exit code."""
    from click.testing import CliRunner

    from amity.cli import main

    return CliRunner().invoke(main, ["undo", str(folder / "p.amity")]).exit_code
