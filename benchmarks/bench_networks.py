"""
How fast networks are built: actor networks of a million positions, discourse networks, windows, kernels, backbones.

Run ``python benchmarks/bench_networks.py [--dna FILE] [--backbone]``. Without a file the debate is made here: 2,000 documents, 50,000
statements, 500 organisations in two camps, 100 concepts, activity after Zipf's law with exponent 0.8. Figures are CPU
seconds of one thread; printed, never asserted. Those of DNA 3.1.2 on the same kind of data are its own CPU seconds as
measured once with OpenJDK 17, not in this run.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
from tests.network.dna_file import load
from tests.network.invented import random_columns

from _machine import describe_machine, print_table
from amity.network import (
    DiscourseOptions,
    NetworkOptions,
    StatementTable,
    build_network,
    discourse_network,
    nested_backbone,
    network_windows,
    statement_table,
)
from amity.network.selection import select_statements

DAY = 86400
START = 17532 * DAY  # 1 January 2018


def invent_debate(seed: int = 1) -> dict[str, object]:
    """Return the columns of a debate in two camps."""
    random = np.random.default_rng(seed)
    n, documents = 50_000, 2_000
    who, what, whom = (_zipf(random, each, n) for each in (500, 100, 1000))
    document = np.sort(random.integers(0, documents, n))
    day = np.sort(random.integers(0, 1095, documents))[document]
    agree = ((who % 2) == (what % 2)) == (random.random(n) < 0.85)
    organizations = [f"Organization {each:04d}" for each in who]
    concepts = [f"Concept {each:03d}" for each in what]
    for at in np.flatnonzero(random.random(n) < 0.01).tolist():
        organizations[at] = ""
    return {
        "time": START + day * DAY,
        "document_id": [str(each) for each in document],
        "organization": organizations,
        "person": [f"Person {each:04d}" for each in whom],
        "concept": concepts,
        "agreement": agree.astype(int).tolist(),
    }


def _zipf(random: np.random.Generator, size: int, n: int) -> np.ndarray:
    weights = 1 / np.arange(1, size + 1) ** 0.8
    return random.choice(size, n, p=weights / weights.sum())


def cpu(work: Callable[[], object], n: int = 3) -> str:
    """Return the least CPU time of some runs."""
    seconds = []
    for _ in range(n):
        started = time.process_time()
        work()
        seconds.append(time.process_time() - started)
    return f"{min(seconds):8.4f} s CPU (least of {n})"


def discourse_rows(read: Callable[[], StatementTable]) -> list[tuple[str, str, str]]:
    """Return the figures of discourse networks."""
    table = read()

    def run(**settings: object) -> Callable[[], object]:
        return lambda: list(discourse_network(table, **settings))

    one = {"kind": "one-mode", "aggregation": "subtract", "normalization": "average"}
    year = {"until": "2019-01-31", "window": "31D"}

    def kernel_window() -> object:
        series = discourse_network(table, **one, window="730D", kernel="uniform")
        return series[len(series) // 2]

    gaussian = {"aggregation": "subtract", "window": "31D", "kernel": "gaussian"}
    windows = len(discourse_network(table, **year))
    return [
        (
            "load and filter",
            cpu(lambda: select_statements(read(), DiscourseOptions())),
            "0.5 (DNA 1.2 to 1.8)",
        ),
        ("two-mode subtract", cpu(run(aggregation="subtract")), "0.03 (DNA 0.2 to 0.4)"),
        ("one-mode subtract, average", cpu(run(**one)), "0.08 (DNA 2.0 to 2.8)"),
        ("two-mode, duplicates within documents", cpu(run(duplicates="document")), "0.1 (DNA 607)"),
        (f"{windows} one-mode windows of 31 days", cpu(run(**one, **year)), "1.5 (DNA 285 to 309)"),
        (f"{windows} two-mode windows, isolates", cpu(run(**year, isolates=True)), "0.5 (DNA 18)"),
        ("one uniform kernel window of two years, one-mode", cpu(kernel_window), "0.2 (DNA 27.6)"),
        (
            "363 Gaussian windows, two-mode, one year",
            cpu(run(**gaussian, until="2018-12-29")),
            "0.5 (DNA 6.8)",
        ),
        ("365 Gaussian windows, two-mode, three years", cpu(run(**gaussian, step="3D")), "-"),
    ]


def actor_rows() -> list[tuple[str, str, str]]:
    """Return the figures of actor networks."""
    columns = random_columns(1_000_000, 20_000)
    cases = {
        "1,000,000 positions, 20,000 actors": NetworkOptions(),
        "same, joint holders in shares": NetworkOptions(joint="fractional"),
        "same, joint holders as blocs": NetworkOptions(joint="bloc"),
        "same, counted by documents": NetworkOptions(counting="documents"),
    }
    rows = [(name, cpu(lambda o=o: build_network(columns, options=o)), "1.0") for name, o in cases.items()]
    rows.append(("same, 28 yearly windows", cpu(lambda: list(network_windows(columns, "1Y")), 1), "-"))
    return rows


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dna", type=Path, help="a .dna file to read the statements from")
    parser.add_argument("--backbone", action="store_true", help="also the nested backbone of 100 concepts")
    given = parser.parse_args()
    columns = invent_debate()
    print(describe_machine())

    def read() -> StatementTable:
        return load(given.dna) if given.dna else statement_table(columns, kinds={"agreement": "boolean"})

    print_table(
        "Discourse networks (50,000 statements, 500 organisations, 100 concepts)", discourse_rows(read)
    )
    print_table("Actor networks", actor_rows())
    if given.backbone:
        table = read()
        print_table(
            "Backbone", [("nested, 100 concepts", cpu(lambda: nested_backbone(table), 1), "30 (DNA 2.5 h)")]
        )


if __name__ == "__main__":
    main()
