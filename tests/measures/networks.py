"""Signed networks for tests: small invented worlds, brute force, and the reference files where present."""

import csv
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import strategies as st

from amity.measures.graph import SignedGraph, signed_graph

REFERENCE = Path(__file__).parents[3] / "shared" / "reference"


def reference_rows(
    name: str, keep: Callable[[dict[str, str]], bool] = lambda row: True
) -> list[dict[str, Any]]:
    """Return rows of a reference edge list, or skip the test."""
    path = REFERENCE / "signed" / name
    if not path.exists():
        pytest.skip(f"reference file {name} is not here")
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if keep(row)]


def tribes() -> SignedGraph:
    return signed_graph(reference_rows("tribes_signnet.csv"))


def monastery(time: str = "2") -> SignedGraph:
    rows = reference_rows("sampson_affect_T1_T5.csv", lambda row: row["time"] == time)
    return signed_graph(rows, directed=True)


def alliances(start: int) -> SignedGraph:
    rows = reference_rows("cow_1946_1999_windows.csv", lambda row: row["start"] == str(start))
    return signed_graph(rows)


def senate(congress: int) -> SignedGraph:
    rows = reference_rows(
        "us_senate_93_114_signed_backbone.csv", lambda row: row["congress"] == str(congress)
    )
    return signed_graph(rows)


@st.composite
def edge_lists(
    draw: st.DrawFn, *, nodes: int = 7, weights: tuple[float, ...] = (-1.0, 1.0)
) -> tuple[int, list[tuple[str, str, float]]]:
    """Return a number of nodes and ties among them; repeats and both directions may occur."""
    n = draw(st.integers(2, nodes))
    pairs = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda pair: pair[0] != pair[1])
    found = draw(st.lists(st.tuples(pairs, st.sampled_from(weights)), max_size=3 * n))
    return n, [(str(a), str(b), weight) for (a, b), weight in found]


def graph_of(world: tuple[int, list[tuple[str, str, float]]], **options: Any) -> SignedGraph:
    n, rows = world
    return signed_graph(rows, labels=[str(node) for node in range(n)], **options)


def misfit(graph: SignedGraph, blocs: Any) -> float:
    """Return the weight that disagrees with blocs: positive between, negative inside."""
    blocs = np.asarray(blocs)
    same = blocs[graph.source] == blocs[graph.target]
    return float(np.abs(graph.weight[same != (graph.weight > 0)]).sum())


def best_misfit(graph: SignedGraph, k: int) -> float:
    """Return the least misfit over all partitions in at most k blocs, by trying them all."""
    if graph.n == 0:
        return 0.0
    return min(misfit(graph, (0, *rest)) for rest in product(range(k), repeat=graph.n - 1) if _orderly(rest))


def _orderly(rest: tuple[int, ...]) -> bool:
    top = 0
    for bloc in rest:
        if bloc > top + 1:
            return False
        top = max(top, bloc)
    return True


def noisy_blocs(
    n: int, ties: int, noise: float, seed: int, blocs: int = 2
) -> tuple[list[tuple[str, str, int]], np.ndarray]:
    """Return an edge list of planted blocs in which a share of the signs is turned, and the blocs."""
    rng = np.random.default_rng(seed)
    camp = rng.integers(0, blocs, n)
    rows = set()
    while len(rows) < ties:
        a, b = sorted(rng.choice(n, 2, replace=False).tolist())
        rows.add((a, b))
    return [
        (str(a), str(b), (1 if camp[a] == camp[b] else -1) * (-1 if rng.random() < noise else 1))
        for a, b in sorted(rows)
    ], camp
