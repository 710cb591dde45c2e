"""Small invented worlds for the tests of networks."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from amity.model import ACTS, STATUSES, VOICES, Actor
from amity.network import PositionColumns

Row = dict[str, Any]


def columns_of(rows: Sequence[Row], actors: Sequence[Actor] = ()) -> PositionColumns:
    """Return columns for rows with holders, targets, polarity and, where wanted, the rest."""
    names = [name for row in rows for name in (*row["holders"], *row.get("targets", ()))]
    known = {actor.id: actor for actor in actors}
    for name in names:
        known.setdefault(name, Actor(name, name))
    nodes = tuple(sorted(known.values(), key=lambda actor: (actor.name, actor.id)))
    place = {actor.id: at for at, actor in enumerate(nodes)}
    documents = sorted({row.get("document", "d1") for row in rows})
    concepts = sorted({row["concept"] for row in rows if row.get("concept")})
    pairs = [
        (at, place[holder], place[target] if target else -1, row)
        for at, row in enumerate(rows)
        for holder in row["holders"]
        for target in (row.get("targets") or (None,))
    ]
    return PositionColumns(
        position=np.array([each[0] for each in pairs], np.int64),
        holder=np.array([each[1] for each in pairs], np.int32),
        target=np.array([each[2] for each in pairs], np.int32),
        polarity=np.array([each[3].get("polarity", 0) for each in pairs], np.int8),
        weight=np.ones(len(pairs)),
        score=np.array([each[3].get("score", 1.0) for each in pairs], np.float64),
        day=np.array(
            [date.fromisoformat(each[3]["day"]).toordinal() if "day" in each[3] else -1 for each in pairs],
            np.int32,
        ),
        document=np.array([documents.index(each[3].get("document", "d1")) for each in pairs], np.int32),
        concept=np.array(
            [concepts.index(each[3]["concept"]) if each[3].get("concept") else -1 for each in pairs], np.int32
        ),
        agreement=np.array([each[3].get("agreement", 0) for each in pairs], np.int8),
        act=np.array([ACTS.index(each[3].get("act", "endorse")) for each in pairs], np.int8),
        status=np.array([STATUSES.index(each[3].get("status", "actual")) for each in pairs], np.int8),
        voice=np.array([VOICES.index(each[3].get("voice", "own")) for each in pairs], np.int8),
        position_ids=[f"p{at}" for at in range(len(rows))],
        document_ids=documents,
        concepts=concepts,
        actors=nodes,
    )


def random_columns(n: int, actors: int, seed: int = 1, days: int = 10_000) -> PositionColumns:
    """Return columns of `n` positions between random pairs."""
    rng = np.random.default_rng(seed)
    holder = rng.integers(0, actors, n).astype(np.int32)
    target = rng.integers(0, actors, n).astype(np.int32)
    return PositionColumns(
        position=np.arange(n, dtype=np.int64),
        holder=holder,
        target=target,
        polarity=rng.choice(np.array([1, -1, 0], np.int8), n, p=[0.5, 0.35, 0.15]),
        weight=np.ones(n),
        score=rng.random(n),
        day=(700_000 + rng.integers(0, days, n)).astype(np.int32),
        document=np.sort(rng.integers(0, max(n // 20, 1), n)).astype(np.int32),
        concept=rng.integers(-1, 200, n).astype(np.int32),
        agreement=rng.choice(np.array([1, -1, 0], np.int8), n),
        act=rng.integers(0, len(ACTS), n).astype(np.int8),
        status=np.zeros(n, np.int8),
        voice=np.zeros(n, np.int8),
        position_ids=range(n),  # type: ignore[arg-type]
        document_ids=range(max(n // 20, 1)),  # type: ignore[arg-type]
        concepts=[f"concept {at:03d}" for at in range(200)],
        actors=tuple(Actor(f"a{at:05d}", f"Actor {at:05d}") for at in range(actors)),
    )
