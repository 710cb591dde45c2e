import numpy as np
import pytest

from amity.model import Actor
from amity.network import PositionColumns
from amity.network.influence import position_influence


def columns(
    *rows: tuple[str, str, int, float], position: list[int] | None = None, generic: str = ""
) -> PositionColumns:
    """Positions as holder, target (empty for none), polarity, score; one a row unless said otherwise."""
    names = sorted({name for row in rows for name in row[:2] if name})
    n = len(rows)
    numbers = list(range(n)) if position is None else position
    empty = np.zeros(n, dtype=np.int8)
    return PositionColumns(
        position=np.array(numbers, dtype=np.int64),
        holder=np.array([names.index(row[0]) for row in rows], dtype=np.int32),
        target=np.array([names.index(row[1]) if row[1] else -1 for row in rows], dtype=np.int32),
        polarity=np.array([row[2] for row in rows], dtype=np.int8),
        weight=np.ones(n),
        score=np.array([row[3] for row in rows], dtype=np.float64),
        day=np.full(n, -1, dtype=np.int32),
        document=np.zeros(n, dtype=np.int32),
        concept=np.full(n, -1, dtype=np.int32),
        agreement=empty,
        act=empty,
        status=empty,
        voice=empty,
        position_ids=[f"p{number}" for number in range(max(numbers, default=-1) + 1)],
        document_ids=["d"],
        concepts=[],
        actors=tuple(Actor(name, name, generic=name in generic) for name in names),
    )


def test_a_ties_sole_evidence_weighs_more_than_one_of_many() -> None:
    found = position_influence(columns(("a", "b", 1, 0.7), *[("c", "d", 1, 0.7)] * 4))
    assert found[0] == pytest.approx(4 * found[1])


def test_a_position_that_decides_the_sign_weighs_more_than_one_that_does_not() -> None:
    # Two against one: the net is support, and without either supporter there is none.
    narrow = position_influence(columns(("a", "b", 1, 0.7), ("a", "b", 1, 0.7), ("a", "b", -1, 0.7)))
    assert narrow[0] > narrow[2]


def test_the_exact_value_follows_the_formula() -> None:
    (found,) = position_influence(columns(("a", "b", -1, 0.75)))
    assert found == pytest.approx(0.25 * 1.0 * np.log2(2 + 1 + 1))


def test_ties_of_much_connected_actors_weigh_more() -> None:
    rows = [("hub", f"x{number}", 1, 1.0) for number in range(6)]
    found = position_influence(columns(*rows, ("hub", "y", 1, 0.6), ("lone", "z", 1, 0.6)))
    assert found[6] > found[7] > 0


def test_ties_in_unbalanced_triangles_weigh_more() -> None:
    def triangle(sign: int) -> float:
        return float(
            position_influence(columns(("a", "b", 1, 0.6), ("b", "c", 1, 1.0), ("a", "c", sign, 1.0)))[0]
        )

    assert triangle(-1) == pytest.approx(2 * triangle(1))


def test_a_position_below_the_threshold_counts_by_what_it_would_bring() -> None:
    found = position_influence(
        columns(("a", "b", 1, 0.4), ("c", "d", 1, 0.1), ("e", "f", 1, 0.4), ("e", "f", 1, 1.0)), least=0.5
    )
    assert found[0] > found[1] > 0
    assert found[0] > found[2] > 0
    assert found[3] == 0


def test_what_makes_no_tie_or_is_confirmed_has_no_influence() -> None:
    found = position_influence(
        columns(
            ("a", "b", 1, 1.0), ("a", "", 0, 0.5), ("a", "b", 0, 0.5), ("a", "a", 1, 0.5), ("a", "g", 1, 0.5),
            generic="g",
        )
    )  # fmt: skip
    assert found.tolist() == [0.0] * 5
    assert position_influence(columns()).tolist() == []


def test_a_position_with_several_targets_adds_up() -> None:
    joint = position_influence(columns(("a", "b", 1, 0.6), ("a", "c", 1, 0.6), position=[0, 0]))
    apart = position_influence(columns(("a", "b", 1, 0.6), ("a", "c", 1, 0.6)))
    assert joint.tolist() == [pytest.approx(apart.sum())]


def test_a_hundred_thousand_positions_take_about_a_second() -> None:
    import time

    rng = np.random.default_rng(5)
    base = columns(*[(f"a{number:03d}", f"a{(number + 1) % 300:03d}", 1, 0.5) for number in range(300)])
    n = 100_000
    big = PositionColumns(
        **{
            **{name: getattr(base, name) for name in base.__slots__},
            "position": np.arange(n),
            "holder": rng.integers(0, 300, n).astype(np.int32),
            "target": rng.integers(0, 300, n).astype(np.int32),
            "polarity": rng.choice(np.array([-1, 1], dtype=np.int8), n),
            "weight": np.ones(n),
            "score": rng.random(n),
            "position_ids": range(n),
        }
    )
    started = time.process_time()
    assert len(position_influence(big)) == n
    assert time.process_time() - started < 5
