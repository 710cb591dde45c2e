"""
How fast plain text becomes positions in a project, and whether memory stays flat.

Run ``python benchmarks/bench_read.py [INPUT…] [--reader rules] [--jobs 1]``. Without inputs it reads ``../shared/corpus/bulk`` where that is
there, else invented text. Figures are printed, never asserted.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _machine import describe_machine, peak_megabytes, print_table
from amity.pipeline import Progress, read_into
from amity.project import Project

BULK = Path(__file__).parents[2] / "shared" / "corpus" / "bulk"
_PARTS = (
    ("The Government of Freedonia", "Our delegation", "The Harvest Union", "Sylvania", "The Council of the League"),
    ("condemns", "welcomes", "notes", "strongly opposes", "will continue to support", "calls upon"),
    ("the Sylvania Front", "the Government of Freedonia", "the League", "all parties", "the workers of the north"),
    ("over the dam on the river.", "in the matter of grain, as it did last year.", "without reservation.", "at this late hour."),
)  # fmt: skip


def invent(path: Path, megabytes: float, seed: int = 1) -> Path:
    """Write invented speeches as JSON Lines and return their file."""
    draw = random.Random(seed)
    written, number = 0, 0
    with path.open("w", encoding="utf-8") as file:
        while written < megabytes * 1e6:
            text = " ".join(" ".join(draw.choice(part) for part in _PARTS) for _ in range(250))
            line = json.dumps(
                {"id": f"speech-{number}", "text": text, "language": "en", "issuer": "Freedonia"}
            )
            file.write(line + "\n")
            written += len(line)
            number += 1
    return path


def resident_megabytes() -> float:
    """Return the memory that this process holds now, in MB; the peak where the system does not tell."""
    status = Path("/proc/self/status")
    if not status.exists():
        return peak_megabytes()
    line = next(each for each in status.read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) * 1024 / 1e6


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("inputs", nargs="*", type=Path)
    parser.add_argument("--reader", default="rules")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument(
        "--invent", type=float, default=8.0, help="megabytes of invented text where there is no input"
    )
    given = parser.parse_args()
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        inputs = given.inputs or sorted(BULK.glob("*.jsonl"))
        if not inputs:
            print(f"{BULK} is not there: reading {given.invent:g} MB of invented text instead")
            inputs = [invent(Path(folder) / "invented.jsonl", given.invent)]
        memory: dict[int, float] = {}

        def look(progress: Progress) -> None:
            memory.setdefault(int(progress.share * 10), resident_megabytes())

        path = Path(folder) / "read.amity"
        cpu = time.process_time()
        with Project.create(path) as project:
            report = read_into(project, inputs, reader=given.reader, jobs=given.jobs, progress=look)
            cpu = time.process_time() - cpu
            again = read_into(project, inputs, reader=given.reader, jobs=1)
            n_actors = len(project.actors())
        megabytes = report.characters / 1e6
        rows = [
            ("documents", f"{report.documents:8,}", ""),
            ("characters", f"{megabytes:8.1f} million", ""),
            ("positions", f"{report.positions:8,}", ""),
            ("actors", f"{n_actors:8,}", ""),
            ("not read", f"{len(report.unreadable):8,}", ""),
            ("wall clock", f"{report.seconds:8.1f} s", ""),
            (
                "text a minute of wall clock",
                f"{megabytes / report.seconds * 60:8.1f} million characters",
                "2 MB a core",
            ),
        ]
        if given.jobs == 1:
            rows.append(("text a minute of CPU", f"{megabytes / cpu * 60:8.1f} million characters", "2 MB"))
        rows += [
            ("memory while a tenth of it was read, two tenths, …", " ".join(f"{memory[each]:.0f}" for each in sorted(memory)) + " MB", "flat"),
            ("peak memory of this process", f"{peak_megabytes():8.0f} MB", "500 MB"),
            ("the project's file", f"{path.stat().st_size / 1e6:8.1f} MB", ""),
            ("reading again: all passed over", f"{again.skipped:8,} in {again.seconds:.1f} s", ""),
        ]  # fmt: skip
        print_table(
            f"Reading {', '.join(each.name for each in inputs)} with the reader {given.reader}, {given.jobs} process(es)",
            rows,
        )
        for each in report.unreadable[:10]:
            print(f"  not read: {each}")


if __name__ == "__main__":
    main()
