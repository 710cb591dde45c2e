import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from amity.errors import ProjectBusy
from amity.model import PositionFilter
from amity.project import Project
from tests.project.world import ANA, BEN, NOTE, READER, WORLD, note_coding


def test_many_threads_read_one_consistent_state_while_others_write(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.amity") as project:
        project.add_read(WORLD, origin=READER)
        ids = [row.id for row in project.positions()]
        stop = threading.Event()

        def look() -> int:
            looks = 0
            while not stop.is_set():
                rows = project.positions(PositionFilter(states=("suggested", "accepted", "rejected")))
                assert [row.id for row in rows] == ids
                # One batch decides on all: nobody may see half of it.
                assert len({row.state for row in rows}) == 1
                assert len(project.columns(PositionFilter(states=("accepted", "suggested")))) in (0, 7)
                project.search("dam")
                looks += 1
            return looks

        with ThreadPoolExecutor(6) as pool:
            looking = [pool.submit(look) for _ in range(4)]
            try:
                for turn in range(30):
                    project.decide_many(ids, "accepted" if turn % 2 else "rejected")
                    if turn % 5 == 0:
                        project.undo()
            finally:
                stop.set()
            assert all(each.result() > 0 for each in looking)
        assert project.verify() == []


def test_threads_that_write_wait_for_one_another_and_nothing_is_lost(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.amity", busy_seconds=30) as project:
        project.add_read(WORLD, origin=READER)
        first = project.positions()[0].id
        with ThreadPoolExecutor(8) as pool:
            list(
                pool.map(
                    lambda turn: project.decide(first, "accepted" if turn % 2 else "rejected"), range(40)
                )
            )
        assert len(project.decisions(first)) == 40
        assert project.position(first).revision == 40
        assert project.verify() == []


def test_two_processes_see_each_others_work(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    with Project.create(path) as one, Project.open(path) as other:
        one.add_read(WORLD, origin=READER)
        assert other.count_positions() == 6
        first = other.positions()[0].id
        other.decide(first, "accepted", origin=BEN)
        one.merge_actors(["freedonia"], "sylvania", origin=ANA)
        assert one.position(first).state == "accepted"
        assert other.position(first).position.holders == ("sylvania",)
        assert one.revision == other.revision
        # The other's linker has not gone stale either.
        other.add_coding(note_coding(), origin=READER)
        assert one.verify() == other.verify() == []


def test_a_writer_that_waits_too_long_is_told_that_the_project_is_busy(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    with Project.create(path, busy_seconds=0.05) as project:
        project.add_document(NOTE)
        foreign = sqlite3.connect(path, isolation_level=None)
        foreign.execute("BEGIN IMMEDIATE")
        with pytest.raises(ProjectBusy, match="another process is writing"):
            project.settings.set("a", 1)
        # Readers go on.
        assert len(project.documents()) == 1
        foreign.execute("ROLLBACK")
        foreign.close()
        project.settings.set("a", 1)


def test_a_thread_that_waits_too_long_for_another_is_told_so(tmp_path: Path) -> None:
    with Project.create(tmp_path / "p.amity", busy_seconds=0.05) as project:
        project.add_read(WORLD, origin=READER)
        inside, leave = threading.Event(), threading.Event()

        def hold() -> None:
            with project._database.write():
                inside.set()
                leave.wait(10)

        thread = threading.Thread(target=hold)
        thread.start()
        assert inside.wait(10)
        with pytest.raises(ProjectBusy, match="another thread is writing"):
            project.settings.set("a", 1)
        leave.set()
        thread.join()
