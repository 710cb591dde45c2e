"""
How fast a large project opens, lists, builds its network and takes decisions.

Run ``python benchmarks/bench_store.py [--positions 1000000] [--keep FILE]``. Everything goes through `Project`, as a read does.
Figures are printed, never asserted.
"""

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from _machine import describe_machine, peak_megabytes, print_table, spread, time_of
from amity.model import (
    ACTS,
    USUAL_POLARITY,
    Actor,
    Coding,
    Document,
    Origin,
    Position,
    PositionFilter,
    position_id,
)
from amity.project import Project

A_DOCUMENT = 100
ACTORS = 5_000
CONCEPTS = 20_000
READER = Origin("reader:invented", "1")


def documents(n_positions: int, seed: int = 1) -> Iterator[tuple[Document, Coding]]:
    """Yield invented documents with a hundred positions each, holders and targets spread as in real corpora."""
    draw = random.Random(seed)
    names = [
        f"The {first} {second} of Land {number}"
        for number in range(ACTORS)
        for first, second in [draw.choice([("Party", "Council"), ("League", "Front"), ("Union", "Assembly")])]
    ]
    for number in range(n_positions // A_DOCUMENT):
        sentences = [
            f"Sentence {place} of text {number} condemns the matter of record {draw.randrange(CONCEPTS)} at length."
            for place in range(A_DOCUMENT)
        ]
        document = Document(
            f"d{number:06}",
            " ".join(sentences),
            title=f"Invented text {number}",
            date=f"{1950 + number % 70}-{number % 12 + 1:02}-{number % 28 + 1:02}",
            kind=("speech", "note", "resolution")[number % 3],
            language="en",
        )
        cast = sorted({int(ACTORS * draw.random() ** 2) for _ in range(24)})
        actors = tuple(Actor(f"land-{each}", names[each], "party") for each in cast)
        yield (
            document,
            Coding(document.id, actors, positions=tuple(_positions(document, sentences, actors, draw))),
        )


def _positions(
    document: Document, sentences: list[str], actors: tuple[Actor, ...], draw: random.Random
) -> Iterator[Position]:
    start = 0
    for sentence in sentences:
        evidence = document.span(start, start + len(sentence) - 1)
        cue_at = start + sentence.index("condemns")
        cue = document.span(cue_at, cue_at + 8)
        start += len(sentence) + 1
        holder, target, other = (each.id for each in draw.sample(actors, 3))
        holders = (holder, other) if draw.random() < 0.05 else (holder,)
        act = draw.choice(ACTS)
        polarity = USUAL_POLARITY[act]
        concept = f"record {draw.randrange(CONCEPTS)}" if draw.random() < 0.5 else None
        with_target = concept is None or draw.random() < 0.8
        fields = {
            "holders": holders,
            "targets": (target,) if with_target else (),
            "concept": concept,
            "act": act,
            "polarity": (draw.choice((1, -1)) if polarity is None else polarity) if with_target else None,
            "agreement": None if concept is None else 1,
        }
        identity = position_id(
            document.id, cue=(cue.start, cue.end), evidence=((evidence.start, evidence.end),), **fields
        )
        yield Position(
            identity, document.id, evidence=(evidence,), cue=cue, score=round(draw.random(), 3), **fields
        )


def build(path: Path, n_positions: int) -> dict[str, float]:
    """Return how long it took to write the project."""
    started = time.perf_counter()
    spent_inventing = 0.0
    with Project.create(path, coder="bench") as project:
        run, act = project.begin_run(origin=READER, inputs=["invented"])
        batch: list[tuple[Document, Coding]] = []
        feed = documents(n_positions)
        while True:
            before = time.perf_counter()
            item = next(feed, None)
            spent_inventing += time.perf_counter() - before
            if item is not None:
                batch.append(item)
            if batch and (item is None or len(batch) == 16):
                project.add_read(batch, origin=READER, act=act)
                batch = []
            if item is None:
                break
        project.note_run(
            run, {"documents": n_positions // A_DOCUMENT, "positions": n_positions}, finished=True
        )
    seconds = time.perf_counter() - started - spent_inventing
    return {"seconds": seconds, "megabytes": path.stat().st_size / 1e6, "peak": peak_megabytes()}


def open_and_network(path: Path) -> dict[str, float]:
    """Return the times of a fresh process: open, columns, network, and the memory at its peak."""
    started = time.perf_counter()
    project = Project.open(path)
    opened = time.perf_counter()
    columns = project.columns()
    listed = time.perf_counter()
    from amity.network import build_network

    imported = time.perf_counter()
    network = build_network(columns)
    done = time.perf_counter()
    project.close()
    return {
        "open": opened - started,
        "columns": listed - opened,
        "network": done - imported,
        "peak": peak_megabytes(),
        "edges": network.m,
        "actors": network.n,
        "rows": len(columns),
    }


def _in_a_fresh_process(path: Path, n: int) -> list[dict[str, float]]:
    command = [sys.executable, __file__, "--measure", str(path)]
    return [
        json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
        for _ in range(n)
    ]


def lists(path: Path) -> list[tuple[str, str, str]]:
    """Return the times of a served project's answers, and of what people do in it."""
    rows = []
    with Project.open(path, coder="bench") as project:
        project.count_positions()
        some = project.actors()[0].id
        first = project.positions(limit=1)[0]
        wanted = "a list: 150 ms"
        for what, work in (
            ("first page of all positions", lambda: project.positions(limit=50)),
            ("page 10,000 by uncertainty", lambda: project.positions(order="uncertainty", limit=50, offset=500_000)),
            ("page filtered by act, years and score", lambda: project.positions(PositionFilter(acts=("warn",), since="1960", until="1970", min_score=0.5), limit=50)),
            ("count of an actor's positions", lambda: project.count_positions(PositionFilter(actors=(some,)))),
            ("page of positions whose evidence holds two words", lambda: project.positions(PositionFilter(text="record 777"), limit=50)),
            ("documents, all", project.documents),
            ("actors, all", project.actors),
            ("summary", project.summary),
            ("full-text search", lambda: project.search("record 4242", limit=50)),
            ("coding of a document", lambda: project.coding(first.position.document_id)),
        ):  # fmt: skip
            rows.append((what, spread(time_of(work)), wanted))
        turns = iter(range(10**6))

        def decide_and_look() -> None:
            project.decide(first.id, "accepted" if next(turns) % 2 else "rejected")
            project.positions(limit=50)

        rows.append(("one decision, then the list again", spread(time_of(decide_and_look)), wanted))
        replacement = replace(first.position, strength="strong")
        rows.append(
            (
                "one correction",
                spread(time_of(lambda: project.decide(first.id, "edited", replacement=replacement))),
                "",
            )
        )
        bulk = PositionFilter(acts=("warn",), min_score=0.5)
        n = project.count_positions(bulk)
        rows.append(
            (
                f"accept {n:,} positions in one act",
                spread(time_of(lambda: project.decide_all(bulk, "accepted"), n=1)),
                "",
            )
        )
        rows.append(("undo it", spread(time_of(project.undo, n=1)), ""))
        rows.append(("redo it", spread(time_of(project.redo, n=1)), ""))
        rows.append(("peak memory of all this", f"{peak_megabytes():8.0f} MB", "1,000 MB"))
    return rows


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--positions", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--measure", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        print(json.dumps(open_and_network(given.measure)))
        return
    print(describe_machine())
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "large.amity"
        if not path.exists():
            built = build(path, given.positions)
            print_table(
                f"Writing {given.positions:,} positions in {given.positions // A_DOCUMENT:,} documents",
                [
                    ("positions stored a second", f"{given.positions / built['seconds']:8,.0f}", ""),
                    ("file", f"{built['megabytes']:8,.0f} MB", ""),
                    ("peak memory", f"{built['peak']:8,.0f} MB", ""),
                ],
            )
        runs = _in_a_fresh_process(path, 5)
        print_table(
            f"A fresh process each time: {runs[0]['rows']:,.0f} rows, {runs[0]['actors']:,.0f} actors, {runs[0]['edges']:,.0f} edges",
            [
                ("open", spread([each["open"] for each in runs]), "1 s"),
                ("columns", spread([each["columns"] for each in runs]), ""),
                ("actor network", spread([each["network"] for each in runs]), ""),
                (
                    "columns and actor network",
                    spread([each["columns"] + each["network"] for each in runs]),
                    "2 s",
                ),
                ("peak memory", f"{max(each['peak'] for each in runs):8,.0f} MB", "1,000 MB"),
            ],
        )
        print_table("In an open project", lists(path))


if __name__ == "__main__":
    main()
