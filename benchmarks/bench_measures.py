"""
How fast measures are: frustration and clusterability with proofs, every measure of small networks, draws, polarization.

Run ``python benchmarks/bench_measures.py [--signed FOLDER] [--large]``. FOLDER holds the public reference networks as CSV files;
without it networks with planted blocs are made here. Figures are CPU seconds of one thread; printed, never asserted. Those
in brackets are published or were measured elsewhere, not in this run.
"""

import argparse
import csv
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import numpy as np

from _machine import describe_machine, print_table
from amity.errors import NetworkError
from amity.measures import (
    MEASURES,
    SignedGraph,
    adjusted_rand,
    clusterability_index,
    draw_ties,
    frustration_index,
    measure_draws,
    polarization,
    signed_graph,
)

Row = tuple[str, str, str, str, str]


def rows_of(folder: Path, name: str, **wanted: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file whose columns have the wanted values."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [
            row for row in csv.DictReader(file) if all(row[key] == value for key, value in wanted.items())
        ]


def planted(n: int, ties: int, noise: float, seed: int) -> SignedGraph:
    """Return a network of two camps in which a share of the signs is turned."""
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, 2, n)
    source, target = rng.integers(0, n, (2, ties))
    sign = np.where(camp[source] == camp[target], 1, -1) * np.where(rng.random(ties) < noise, -1, 1)
    return signed_graph(zip(source.tolist(), target.tolist(), sign.tolist(), strict=True))


def timed(function: Callable[[], Any]) -> tuple[Any, float]:
    """Return a result and the CPU seconds that it took."""
    begun = time.process_time()
    result = function()
    return result, time.process_time() - begun


def proof(
    title: str, function: Callable[..., Any], graph: SignedGraph, expected: str, stated: str, **settings: Any
) -> Row:
    """Return one row about an index with a proof."""
    found, seconds = timed(lambda: function(graph, directed=graph.directed, **settings))
    state = "proved" if found.is_exact else f"at least {found.lower_bound}"
    return title, expected, f"{found.value} ({state})", f"{seconds:.2f}", stated


def reference_rows(folder: Path, *, large: bool) -> list[Row]:
    """Return rows about the public networks."""
    table: list[Row] = []

    def add(title: str, graph: SignedGraph, frustration: str, clusterability: str, stated: str) -> None:
        table.append(proof(f"{title}: frustration", frustration_index, graph, frustration, stated))
        if clusterability:
            table.append(proof(f"{title}: clusterability", clusterability_index, graph, clusterability, "-"))

    add("tribes", signed_graph(rows_of(folder, "tribes_signnet.csv")), "7", "2", "0.9 (signnet)")
    monastery = rows_of(folder, "sampson_affect_T1_T5.csv", time="2")
    add("monastery T2, directed", signed_graph(monastery, directed=True), "21", "", "0.02 (prototype)")
    for congress, value, stated in (
        ("96", "541", "2.9 (prototype), 15 (Gurobi)"), ("97", "435", "2.6 (prototype), 63 (Gurobi)"),
        ("98", "525", "-"), ("114", "86", "-"),
    ):  # fmt: skip
        rows = rows_of(folder, "us_senate_93_114_signed_backbone.csv", congress=congress)
        add(f"Senate {congress}", signed_graph(rows), value, "", stated)
    for name, values, stated in (
        ("alpha", ("1098", "1098"), "-"),
        ("otc", ("1644", "1624"), "4.0 (prototype)"),
    ):
        add(
            f"Bitcoin {name}, directed",
            signed_graph(rows_of(folder, f"ndsvu_bitcoin{name}.csv"), directed=True),
            *values,
            stated,
        )
    table.extend(windows_rows(folder))
    if large:
        votes = signed_graph(rows_of(folder, "ndsvu_wikielections.csv"), directed=True)
        table.append(proof("Wiki elections: frustration", frustration_index, votes, "12416 to 14903", "open"))
    return table


def windows_rows(folder: Path) -> list[Row]:
    """Return rows about the 51 windows of alliances and disputes."""
    rows = rows_of(folder, "cow_1946_1999_windows.csv")
    graphs = [
        signed_graph([row for row in rows if row["start"] == str(start)]) for start in range(1946, 1997)
    ]
    proved, seconds = timed(
        lambda: sum(frustration_index(g).is_exact + clusterability_index(g).is_exact for g in graphs)
    )
    others = [measure for name, measure in MEASURES.items() if name not in ("frustration", "clusterability")]

    def every() -> int:
        count = 0
        for graph in graphs:
            for measure in others:
                try:
                    measure.function(graph)
                    count += 1
                except NetworkError:
                    continue
        return count

    done, more = timed(every)
    return [
        (
            "51 alliance windows: frustration and clusterability",
            "102 proofs",
            f"{proved} proofs",
            f"{seconds:.2f}",
            "28 (prototype)",
        ),
        ("51 alliance windows: every other measure", "-", f"{done} results", f"{more:.2f}", "-"),
    ]


def invented_rows() -> list[Row]:
    """Return rows about networks made here."""
    table = [
        proof(
            f"two camps, {n} nodes, {ties} ties, {noise:.0%} noise: frustration",
            frustration_index,
            planted(n, ties, noise, 1),
            "-",
            "-",
        )
        for n, ties, noise in ((130, 970, 0.06), (500, 2000, 0.1), (2000, 8000, 0.1))
    ]
    graph = planted(130, 970, 0.06, 1)
    drawn = draw_ties(graph, 0.05, draws=200)
    for prove in (False, True):
        found, seconds = timed(lambda prove=prove: measure_draws(drawn, prove=prove))
        word = "proved" if prove else "annealed"
        table.append(
            (f"200 draws of frustration, 130 nodes, {word}", "-", f"{found.mean:.3f}", f"{seconds:.2f}", "-")
        )
    C, X, camp = camps(500)
    split, seconds = timed(lambda: polarization(C, X))
    rand = adjusted_rand(list(split.partition.values()), camp)
    table.append(
        ("polarization, 500 actors: adjusted Rand", "1", f"{rand:.3f}", f"{seconds:.2f}", "660, 0.007 (DNA)")
    )
    return table


def camps(n: int) -> tuple[np.ndarray, np.ndarray, list[int]]:
    """Return congruence and conflict of two camps with noise, and the camps."""
    rng = np.random.default_rng(1)
    camp = np.arange(n) % 2
    right = np.triu(rng.random((n, n)) < 0.74, 1)
    same = np.equal.outer(camp, camp) == (right | right.T)
    strength = np.triu(rng.gamma(2.0, 0.5, (n, n)), 1)
    strength = strength + strength.T
    return strength * same, strength * ~same, camp.tolist()


def main() -> None:
    """Print the machine and the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--signed", type=Path, default=Path(__file__).parents[2] / "shared" / "reference" / "signed"
    )
    parser.add_argument(
        "--large", action="store_true", help="also the 100,000 ties of Wiki elections (about 40 s)"
    )
    options = parser.parse_args()
    print(describe_machine())
    table = invented_rows()
    if options.signed.is_dir():
        table += reference_rows(options.signed, large=options.large)
    else:
        print(f"no reference networks at {options.signed}: only those made here")
    print_table(
        "CPU seconds; value expected, and seconds stated elsewhere",
        [
            (what, f"{got}, {seconds} s", f"{expected}; {stated}")
            for what, expected, got, seconds, stated in table
        ],
    )


if __name__ == "__main__":
    main()
