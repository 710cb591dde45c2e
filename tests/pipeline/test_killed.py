"""A read that is killed at any moment leaves a project that opens, and reading again goes on without duplicates."""

import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from amity.project import Project

_SCRIPT = """
import sys
from pathlib import Path
from amity.pipeline import read_into
from amity.project import Project

def main():
    project, folder, jobs = sys.argv[1:]
    with (Project.open if Path(project).exists() else Project.create)(project) as opened:
        print("ready", flush=True)
        read_into(opened, folder, reader="tests.pipeline.fragile", jobs=int(jobs))

if __name__ == "__main__":
    main()
"""

N = 160


def _still_running(mark: str) -> list[str]:
    """Processes that were started with this mark in their environment."""
    found = []
    for each in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (each / "environ").read_bytes():
                found.append(each.name)
        except OSError:
            continue
    return found


def _wait_for_end(mark: str) -> None:
    until = time.monotonic() + 20
    while (running := _still_running(mark)) and time.monotonic() < until:
        time.sleep(0.05)
    assert running == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is a POSIX signal")
@pytest.mark.parametrize("jobs", [1, 2])
def test_sigkill_at_random_moments_loses_nothing_that_was_committed(tmp_path: Path, jobs: int) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(N):
        (folder / f"{number:03}.txt").write_text(
            f"{number} SUPPORTS B SUPPORTS C. SLOW" if number % 4 == 0 else f"{number} SUPPORTS B."
        )
    script, path = tmp_path / "script.py", tmp_path / "p.amity"
    script.write_text(_SCRIPT)
    command = [sys.executable, str(script), str(path), str(folder), str(jobs)]
    root = Path(__file__).parents[2]
    environment = {"PYTHONPATH": str(root), "PATH": "", "MARK": str(tmp_path)}
    seed = random.Random(jobs)
    committed, kills = 0, 0
    for _ in range(5 if jobs == 1 else 4):
        process = subprocess.Popen(command, cwd=root, env=environment, stdout=subprocess.PIPE)
        assert process.stdout is not None and process.stdout.readline() == b"ready\n"
        time.sleep(seed.uniform(0.0, 0.9))
        process.send_signal(signal.SIGKILL)
        if process.wait() == -signal.SIGKILL:
            kills += 1
        process.stdout.close()
        # Worker processes end with the one that was killed, and do not wait for work for ever.
        _wait_for_end(f"MARK={tmp_path}")
        with Project.open(path) as project:
            assert project.verify() == []
            rows = project.documents()
            # Whole documents or none, and never fewer than before.
            assert len(rows) >= committed
            committed = len(rows)
            assert all(row.n_positions == (2 if int(row.id) % 4 == 0 else 1) for row in rows)
        if committed == N:
            break
    assert kills >= 2
    assert subprocess.run(command, cwd=root, env=environment, capture_output=True, check=True)
    with Project.open(path) as project:
        assert project.verify() == []
        assert [row.id for row in project.documents()] == [f"{number:03}" for number in range(N)]
        positions = Counter(row.position.document_id for row in project.positions())
        assert positions == {f"{number:03}": 2 if number % 4 == 0 else 1 for number in range(N)}
        assert project.read_runs()[-1].finished is not None
    assert sorted(each.name for each in tmp_path.glob("p.amity*")) == ["p.amity"]
