import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from amity.documents import ReadOptions
from amity.errors import InvalidValue, MissingExtra, ModelUnavailable, NotFound, NothingToUndo, ProjectBusy
from amity.model import Document, PositionFilter
from amity.pipeline import Progress, connect_cluster, read_all, read_into
from amity.project import Project

FRAGILE = "tests.pipeline.fragile"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.amity", coder="ana") as project:
        yield project
        assert project.verify() == []


def _folder(path: Path, texts: dict[str, str]) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in texts.items():
        (path / f"{name}.txt").write_text(text, encoding="utf-8")
    return path


def test_a_folder_is_read_with_documents_in_order(project: Project, tmp_path: Path) -> None:
    folder = _folder(
        tmp_path / "in", {"b": "B SUPPORTS C", "a": "A SUPPORTS B SUPPORTS C", "c": "nothing here"}
    )
    report = read_into(project, folder, reader=FRAGILE)
    assert (report.documents, report.positions, report.skipped, report.unreadable) == (3, 3, 0, ())
    assert [row.id for row in project.documents()] == ["a", "b", "c"]
    assert [row.reader for row in project.documents()] == ["reader:fragile"] * 3
    run = project.read_runs()[0]
    assert (run.documents, run.positions, run.inputs) == (3, 3, (str(folder),)) and run.finished


def test_the_rule_reader_reads_into_a_project(project: Project, tmp_path: Path) -> None:
    text = "The Government of Freedonia strongly condemns the Sylvania Front.\n"
    report = read_into(project, _folder(tmp_path / "in", {"a": text}), options=ReadOptions(language="en"))
    assert report.positions == project.count_positions() >= 1
    assert project.positions()[0].position.origin is not None


def test_reading_again_passes_over_what_is_there(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {"a": "A SUPPORTS B", "b": "B SUPPORTS C"})
    read_into(project, folder, reader=FRAGILE)
    before = project.positions()
    report = read_into(project, folder, reader=FRAGILE)
    assert (report.documents, report.skipped, report.duplicates) == (0, 2, ())
    assert project.positions() == before
    _folder(folder, {"c": "C SUPPORTS D"})
    assert read_into(project, folder, reader=FRAGILE).documents == 1


def test_an_empty_run_is_nothing_to_undo(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {"a": "A SUPPORTS B"})
    read_into(project, folder, reader=FRAGILE)
    read_into(project, folder, reader=FRAGILE)
    project.undo()
    assert project.documents() == []


def test_another_reader_reads_the_same_documents_anew(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {"a": "A SUPPORTS B"})
    read_into(project, folder, reader="none")
    assert project.count_positions() == 0
    report = read_into(project, folder, reader=FRAGILE)
    assert (report.documents, report.duplicates) == (1, ())
    assert len(project.documents()) == 1 and project.count_positions() == 1


def test_copies_are_reported_and_not_read_twice(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {"a": "A SUPPORTS B", "b": "A SUPPORTS B", "c": "A SUPPORTS B"})
    report = read_into(project, folder, reader=FRAGILE)
    assert (report.documents, report.duplicates) == (1, (("b", "a"), ("c", "a")))
    assert read_into(project, folder, reader=FRAGILE).duplicates == (("b", "a"), ("c", "a"))
    assert project.read_runs()[0].duplicates == ("b", "c")


def test_a_changed_file_is_a_new_version(project: Project, tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {"a": "A SUPPORTS B"})
    read_into(project, folder, reader=FRAGILE)
    _folder(folder, {"a": "A SUPPORTS B SUPPORTS C"})
    report = read_into(project, folder, reader=FRAGILE)
    assert (report.documents, report.new_versions) == (1, ("a~2",))
    assert (project.count_positions(), project.count_positions(PositionFilter(documents=("a",)))) == (2, 1)
    assert read_into(project, folder, reader=FRAGILE).skipped == 1


def test_two_inputs_with_the_same_names_hold_different_documents(project: Project, tmp_path: Path) -> None:
    one, two = (
        _folder(tmp_path / "one", {"a": "A SUPPORTS B"}),
        _folder(tmp_path / "two", {"a": "B SUPPORTS C"}),
    )
    report = read_into(project, [one, two], reader=FRAGILE)
    assert (report.documents, report.new_versions) == (2, ())
    assert [row.id for row in project.documents()] == ["a", "a-two"]
    assert read_into(project, [one, two], reader=FRAGILE).skipped == 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_fails_is_listed_and_the_rest_goes_on(project: Project, tmp_path: Path, jobs: int) -> None:
    texts = {"a": "A SUPPORTS B", "b": "FAIL", "c": "BUG", "d": "MISFIT SUPPORTS B", "e": "E SUPPORTS B"}
    folder = _folder(tmp_path / "in", texts)
    (folder / "f.docx").write_bytes(b"PK\x03\x04 not really")
    report = read_into(project, folder, reader=FRAGILE, jobs=jobs)
    assert [row.id for row in project.documents()] == ["a", "e"]
    assert {each.path: each.error for each in report.unreadable if each.path != str(folder / "f.docx")} == {
        "b.txt": "ReaderError",
        "c.txt": "ZeroDivisionError",
        "d.txt": "InvalidValue",
    }
    assert len(report.unreadable) == 4
    assert "fragile.py" in next(each.reason for each in report.unreadable if each.path == "c.txt")
    assert [dict(each) for each in project.read_runs()[0].unreadable] == [
        {"path": each.path, "place": each.place, "reason": each.reason} for each in report.unreadable
    ]


def test_a_process_that_dies_takes_only_its_own_document_along(project: Project, tmp_path: Path) -> None:
    texts = {f"{number:02}": f"{number} SUPPORTS B" for number in range(12)} | {
        "05": "DIE",
        "08": "DIE again",
    }
    report = read_into(project, _folder(tmp_path / "in", texts), reader=FRAGILE, jobs=2)
    assert [(each.path, each.error) for each in report.unreadable] == [
        ("05.txt", "BrokenProcessPool"),
        ("08.txt", "BrokenProcessPool"),
    ]
    assert [row.id for row in project.documents()] == [f"{n:02}" for n in range(12) if n not in (5, 8)]


def test_processes_give_the_same_as_one(tmp_path: Path) -> None:
    folder = _folder(tmp_path / "in", {f"{n:03}": "A SUPPORTS B " * (n % 4) + str(n) for n in range(40)})
    seen = []
    for jobs in (1, 2):
        with Project.create(tmp_path / f"{jobs}.amity") as project:
            read_into(project, folder, reader=FRAGILE, jobs=jobs)
            seen.append([(row.position.id, row.position.evidence) for row in project.positions()])
    assert seen[0] == seen[1] and len(seen[0]) == 60


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_without_its_weights_ends_the_read(project: Project, tmp_path: Path, jobs: int) -> None:
    folder = _folder(tmp_path / "in", {f"{n:02}": f"{n} NO WEIGHTS" for n in range(12)})
    with pytest.raises(ModelUnavailable, match="not here"):
        read_into(project, folder, reader=FRAGILE, jobs=jobs)
    assert project.documents() == []
    with pytest.raises(NothingToUndo):
        project.undo()


class _Elsewhere:
    """An executor in the manner of Dask's client: `submit` and futures with `result`."""

    def __init__(self) -> None:
        self.pool = ThreadPoolExecutor(2)
        self.under_way = self.most = 0

    def submit(self, function: Callable[..., Any], /, *args: Any) -> "Future[Any]":
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        future = self.pool.submit(function, *args)
        future.add_done_callback(lambda _: setattr(self, "under_way", self.under_way - 1))
        return future


def test_any_executor_will_do_and_never_holds_the_whole_corpus() -> None:
    elsewhere = _Elsewhere()
    taken = 0

    def feed() -> Iterator[Document]:
        nonlocal taken
        for number in range(300):
            taken += 1
            yield Document(str(number), "A SUPPORTS B")

    outcomes = read_all(feed(), reader=FRAGILE, executor=elsewhere)
    next(outcomes)
    assert taken < 120
    assert [each.document.id for each in outcomes] == [str(number) for number in range(1, 300)]
    assert elsewhere.most < 120
    elsewhere.pool.shutdown()


def test_large_documents_are_not_heaped_up() -> None:
    elsewhere = _Elsewhere()
    taken = 0

    def feed() -> Iterator[Document]:
        nonlocal taken
        for number in range(30):
            taken += 1
            yield Document(str(number), "x" * 1_000_000)

    outcomes = read_all(feed(), reader="none", executor=elsewhere)
    next(outcomes)
    assert taken <= 6
    assert len(list(outcomes)) == 29
    elsewhere.pool.shutdown()


def test_progress_runs_up_to_the_whole(project: Project, tmp_path: Path) -> None:
    rows = "".join(json.dumps({"id": str(n), "text": f"{n} SUPPORTS B " * 30}) + "\n" for n in range(20))
    path = tmp_path / "rows.jsonl"
    path.write_text(rows, encoding="utf-8")
    seen: list[Progress] = []
    read_into(project, path, reader=FRAGILE, progress=seen.append)
    shares = [each.share for each in seen]
    assert len(seen) == 20 and shares == sorted(shares) and 0.8 < shares[-1] <= 1.0
    assert seen[-1].remaining is not None and seen[-1].remaining < 10


def test_an_unknown_reader_or_a_wrong_number_of_jobs_stops_before_anything_is_written(
    project: Project, tmp_path: Path
) -> None:
    with pytest.raises(NotFound):
        read_into(project, tmp_path, reader="oracle")
    with pytest.raises(InvalidValue, match="jobs is -1"):
        list(read_all([], jobs=-1))
    assert project.events() == []


def test_a_read_that_breaks_off_leaves_its_log_and_what_was_committed(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = _folder(tmp_path / "in", {f"{n:02}": f"{n} SUPPORTS B" for n in range(40)})

    def stop(progress: Progress) -> None:
        if progress.documents >= 16:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(project, folder, reader=FRAGILE, progress=stop)
    assert len(project.documents()) == 16
    assert (project.read_runs()[0].finished, project.read_runs()[0].documents) == (None, 16)
    assert read_into(project, folder, reader=FRAGILE).documents == 24

    def busy(*_: object, **__: object) -> None:
        raise ProjectBusy("another process is writing")

    monkeypatch.setattr(project, "add_read", busy)
    with pytest.raises(ProjectBusy):
        read_into(project, _folder(tmp_path / "more", {"x": "X"}), reader=FRAGILE)


def test_a_cluster_without_dask_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "distributed", None)
    with pytest.raises(MissingExtra, match=r"amity\[cluster\]"):
        connect_cluster()
