"""What every benchmark prints: the machine, the versions, n and spread of each figure."""

import os
import platform
import resource
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("amity", "numpy", "scipy")


def describe_machine() -> str:
    """Return machine and versions in one line."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [
            line.partition(":")[2].strip()
            for line in cpuinfo.read_text().splitlines()
            if line.startswith("model name")
        ]
        model = names[0] if names else model
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return (
        f"{model}, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; {platform.system()}; "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}"
    )


def peak_megabytes() -> float:
    """Return the most memory that this process has held, in MB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def time_of(work: Callable[[], object], *, n: int = 5) -> list[float]:
    """Return the seconds that each of n runs takes."""
    seconds = []
    for _ in range(n):
        started = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - started)
    return seconds


def spread(seconds: Sequence[float]) -> str:
    """Return median, least, most and number of some times."""
    scale, unit = (1, "s") if statistics.median(seconds) >= 1 else (1000, "ms")
    median, least, most = (each * scale for each in (statistics.median(seconds), min(seconds), max(seconds)))
    return (
        f"{median:8.1f} {unit}   ({least:.1f} to {most:.1f}, n = {len(seconds)})"
        if unit == "ms"
        else f"{median:8.2f} {unit}    ({least:.2f} to {most:.2f}, n = {len(seconds)})"
    )


def print_table(title: str, rows: Iterable[tuple[str, str, str]]) -> None:
    """Print measured figures beside what they should be."""
    print(f"\n{title}")
    for what, measured, wanted in rows:
        print(f"  {what:<58} {measured:<44} {wanted}")
