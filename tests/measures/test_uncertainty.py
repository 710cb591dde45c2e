import numpy as np
import pytest

from amity.errors import InvalidValue, NotFound
from amity.measures.draws import draw_documents, draw_scores, draw_ties, network_of_positions
from amity.measures.frustration import frustration_index
from amity.measures.graph import signed_graph
from amity.measures.many_networks import balances, best_partitions
from amity.measures.null_models import balance_test, pairs_of, rewired
from amity.measures.simex import confusion_of_counts, simex
from amity.measures.triads import triangle_balance
from amity.measures.uncertainty import claim_stability, combine_uncertainty, measure_draws
from amity.measures.walks import walk_balance
from amity.model import Actor
from amity.network import PositionColumns
from tests.measures.networks import alliances, monastery, noisy_blocs, senate, tribes


def positions(
    rows: list[tuple[str, str, int, float, str]], *, position: list[int] | None = None
) -> PositionColumns:
    """Return columns of (holder, target, polarity, score, document)."""
    names = sorted({name for row in rows for name in row[:2]})
    documents = sorted({row[4] for row in rows})
    n = len(rows)
    zeros = np.zeros(n, dtype=np.int8)
    return PositionColumns(
        position=np.array(position if position else range(n), dtype=np.int64),
        holder=np.array([names.index(row[0]) for row in rows], dtype=np.int32),
        target=np.array([names.index(row[1]) for row in rows], dtype=np.int32),
        polarity=np.array([row[2] for row in rows], dtype=np.int8),
        weight=np.ones(n),
        score=np.array([row[3] for row in rows]),
        day=np.full(n, 730_000, dtype=np.int32),
        document=np.array([documents.index(row[4]) for row in rows], dtype=np.int32),
        concept=np.full(n, -1, dtype=np.int32),
        agreement=zeros,
        act=zeros,
        status=zeros,
        voice=zeros,
        position_ids=[f"p{number}" for number in range(n)],
        document_ids=documents,
        concepts=[],
        actors=tuple(Actor(name, name) for name in names),
    )


def test_many_networks_have_the_balances_of_each() -> None:
    rng = np.random.default_rng(0)
    rows, _ = noisy_blocs(20, 80, 0.2, 1)
    graph = signed_graph(rows)
    weights = rng.choice([-1.0, 0.0, 1.0], size=(12, graph.m))
    first, second, positive, negative = pairs_of(graph, weights)
    for name, single in (
        ("frustration", lambda g: frustration_index(g).balance),
        ("triangles", lambda g: triangle_balance(g).index),
        ("walks", lambda g: walk_balance(g).index),
    ):
        expected = [single(graph.with_weights(row)) for row in weights]
        found = balances(graph.n, first, second, positive, negative, name)  # type: ignore[arg-type]
        assert found == pytest.approx(expected)
    with pytest.raises(InvalidValue, match="none of"):
        balances(graph.n, first, second, positive, negative, "other")  # type: ignore[arg-type]


def test_partitions_of_many_networks_attain_their_values() -> None:
    rows, _ = noisy_blocs(30, 120, 0.3, 2)
    graph = signed_graph(rows)
    weights = np.random.default_rng(1).choice([-1.0, 1.0], size=(5, graph.m))
    first, second, positive, negative = pairs_of(graph, weights)
    values, sides = best_partitions(graph.n, first, second, positive - negative)
    for row, value, side in zip(weights, values, sides, strict=True):
        assert np.abs(row[row * side[graph.source] * side[graph.target] < 0]).sum() == value


def test_planted_blocs_are_far_above_chance() -> None:
    rows, _ = noisy_blocs(60, 400, 0.05, 1)
    found = balance_test(rows, draws=100)
    assert found.z > 10
    assert found.p == pytest.approx(1 / 101)
    assert 0.5 < found.above_chance < 1


def test_random_signs_are_about_chance() -> None:
    rows, _ = noisy_blocs(40, 200, 0.5, 4)
    assert abs(balance_test(rows, draws=100).z) < 3
    assert abs(balance_test(rows, measure="triangles", draws=100).z) < 3


def test_where_no_tie_is_negative_nothing_is_above_chance() -> None:
    found = balance_test([("a", "b", 1), ("b", "c", 1), ("a", "c", 1)], draws=5)
    assert (found.observed, found.expected, found.z, found.above_chance, found.p) == (1.0, 1.0, 0.0, 0.0, 1.0)
    assert balance_test([], draws=5).observed == 1.0


@pytest.mark.parametrize("null", ["rewire", "rewire-signed"])
def test_a_given_measure_and_rewired_ties_are_taken(null: str) -> None:
    rows, _ = noisy_blocs(30, 120, 0.1, 5)
    found = balance_test(rows, measure=lambda graph: triangle_balance(graph).index, null=null, draws=10)  # type: ignore[arg-type]
    assert len(found.values) == 10
    assert found.observed == triangle_balance(rows).index


@pytest.mark.parametrize("directed", [False, True])
def test_rewiring_keeps_degrees_by_sign_and_makes_no_double_ties(directed: bool) -> None:
    rows, _ = noisy_blocs(30, 120, 0.2, 6)
    graph = signed_graph(rows, directed=directed)
    other = rewired(graph, by_sign=True, seed=1)
    assert {other.tie(i)[:2] for i in range(other.m)} != {graph.tie(i)[:2] for i in range(graph.m)}
    assert len({other.tie(i)[:2] for i in range(other.m)}) == other.m
    assert (other.source != other.target).all()
    for sign in (1, -1):
        for ends in ("source", "target") if directed else ("both",):

            def degrees(g: object, sign: int = sign, ends: str = ends) -> list[int]:
                chosen = g.sign == sign  # type: ignore[attr-defined]
                picked = (
                    [g.source[chosen], g.target[chosen]] if ends == "both" else [getattr(g, ends)[chosen]]
                )  # type: ignore[attr-defined]
                return np.bincount(np.concatenate(picked), minlength=g.n).tolist()  # type: ignore[attr-defined]

            assert degrees(other) == degrees(graph)


def test_wrong_test_options_are_named() -> None:
    with pytest.raises(InvalidValue, match="draws"):
        balance_test([], draws=1)
    with pytest.raises(InvalidValue, match="null"):
        balance_test([], null="other")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="none of"):
        balance_test([], measure="other")  # type: ignore[arg-type]


def test_known_networks_are_above_chance_as_published() -> None:
    assert balance_test(tribes(), draws=300).z == pytest.approx(5.5, abs=1.0)
    assert balance_test(senate(114), draws=50).z > 120


WORDS = [
    ("a", "b", 1, 1.0, "d1"), ("b", "c", 1, 1.0, "d1"), ("c", "a", -1, 0.5, "d2"), ("c", "d", -1, 0.9, "d3"),
]  # fmt: skip


def test_a_position_is_in_as_many_draws_as_its_score_says() -> None:
    drawn = draw_scores(positions(WORDS), draws=4000, seed=1)
    share = {drawn.graph.tie(i)[:2]: (drawn.weights[:, i] != 0).mean() for i in range(drawn.graph.m)}
    assert share["a", "b"] == 1.0
    assert share["c", "a"] == pytest.approx(0.5, abs=0.03)
    assert share["c", "d"] == pytest.approx(0.9, abs=0.02)


def test_statements_are_added_up_inside_each_draw() -> None:
    rows = [("a", "b", 1, 0.5, "d1"), ("a", "b", 1, 0.5, "d1"), ("a", "b", -1, 1.0, "d2")]
    drawn = draw_scores(positions(rows), draws=4000, seed=2)
    values, counts = np.unique(drawn.weights[:, 0], return_counts=True)
    assert dict(zip(values.tolist(), counts / 4000, strict=True)) == pytest.approx(
        {-1.0: 0.25, 0.0: 0.5, 1.0: 0.25}, abs=0.03
    )


def test_the_rows_of_one_position_are_kept_or_left_out_together() -> None:
    rows = [("a", "b", 1, 0.5, "d1"), ("c", "b", 1, 0.5, "d1")]
    drawn = draw_scores(positions(rows, position=[0, 0]), draws=200)
    assert (drawn.weights[:, 0] == drawn.weights[:, 1]).all()


def test_doubted_positions_may_turn_their_sign() -> None:
    rows = [("a", "b", 1, 0.999, "d1"), ("b", "c", 1, 1.0, "d1")]
    drawn = draw_scores(positions(rows), confusion=[[0.7, 0.3], [0.1, 0.9]], draws=3000)
    assert (drawn.weights[:, 0] < 0).mean() == pytest.approx(0.3, abs=0.03)
    assert (drawn.weights[:, 1] > 0).all()
    with pytest.raises(InvalidValue, match="2 by 2"):
        draw_scores(positions(rows), confusion=[[1, 1], [0, 1]])


def test_documents_are_drawn_whole() -> None:
    drawn = draw_documents(positions(WORDS), draws=3000, weighted=True)
    ab, bc = (
        next(i for i in range(drawn.graph.m) if drawn.graph.tie(i)[:2] == pair)
        for pair in (("a", "b"), ("b", "c"))
    )
    assert (drawn.weights[:, ab] == drawn.weights[:, bc]).all()
    assert (drawn.weights[:, ab] == 0).mean() == pytest.approx((2 / 3) ** 3, abs=0.03)


def test_coders_are_drawn_like_documents() -> None:
    drawn = draw_documents(positions(WORDS), groups=["x", "x", "y", "y"], draws=500, weighted=True)
    assert drawn.source == "groups drawn with replacement"
    absent = (drawn.weights == 0).all(axis=1)
    assert not absent.any()
    with pytest.raises(InvalidValue, match="4 rows"):
        draw_documents(positions(WORDS), groups=["x"])


def test_the_network_of_positions_is_what_draws_vary_around() -> None:
    graph = network_of_positions(positions(WORDS))
    sure = draw_scores(positions([(*row[:3], 1.0, row[4]) for row in WORDS]), draws=3)
    drawn = sure.network(0)
    assert {drawn.tie(i) for i in range(drawn.m)} == {graph.tie(i) for i in range(graph.m)}


def test_ties_are_drawn_with_the_given_probabilities() -> None:
    rows = [("a", "b", 1), ("b", "c", -1)]
    assert (draw_ties(rows, 0.25, draws=4000).weights[:, 0] < 0).mean() == pytest.approx(0.25, abs=0.03)
    three = draw_ties(rows, [[0.2, 0.3, 0.5], [0, 1, 0]], draws=4000).weights
    assert (three[:, 0] == 0).mean() == pytest.approx(0.5, abs=0.03)
    assert (three[:, 1] == -1).all()
    for wrong in ([0.1, 0.2, 0.3], [[0.5, 0.6, 0.2], [1, 0, 0]], 1.5):
        with pytest.raises(InvalidValue):
            draw_ties(rows, wrong)
    with pytest.raises(InvalidValue, match="draws"):
        draw_ties(rows, 0.1, draws=0)


def test_an_interval_holds_the_stated_share_of_draws() -> None:
    rows, _ = noisy_blocs(25, 90, 0.1, 7)
    drawn = draw_ties(rows, 0.05, draws=200, seed=3)
    found = measure_draws(drawn)
    inside = [found.low <= value <= found.high for value in found.values]
    assert np.mean(inside) >= 0.95
    assert found.values == measure_draws(drawn).values
    proved = measure_draws(drawn, prove=True)
    assert proved.values == pytest.approx(found.values, abs=0.03)
    assert (np.array(proved.values) >= np.array(found.values) - 1e-9).all()
    assert "draws" in str(found)
    with pytest.raises(InvalidValue, match="level"):
        measure_draws(drawn, level=1.0)


def test_any_function_can_be_measured_over_draws() -> None:
    drawn = draw_ties([("a", "b", 1), ("b", "c", 1)], [[0.5, 0, 0.5], [1, 0, 0]], draws=400)
    found = measure_draws(drawn, lambda graph: graph.m)
    assert found.mean == pytest.approx(1.5, abs=0.1)


def test_claims_are_as_firm_as_the_positions_behind_them() -> None:
    rows = [
        ("a", "b", 1, 1.0, "d"),
        ("b", "c", 1, 1.0, "d"),
        ("a", "c", -1, 0.4, "d"),
        ("c", "d", -1, 1.0, "d"),
    ]
    found = claim_stability(draw_scores(positions(rows), draws=500))
    assert found.share_together("c", "d") < 0.5 < found.share_together("a", "b")
    by_tie = dict(zip(found.ties, found.frustrated, strict=True))
    assert by_tie["c", "d"] == 0.0
    assert sum(by_tie.values()) > 0.3
    with pytest.raises(NotFound):
        found.share_together("a", "x")


def test_parts_of_uncertainty_stand_side_by_side() -> None:
    rows, _ = noisy_blocs(20, 60, 0.1, 8)
    parts = [measure_draws(draw_ties(rows, p, draws=20)) for p in (0.01, 0.1)]
    found = combine_uncertainty(0.8, parts)
    assert found.parts[0].deviation < found.parts[1].deviation
    with pytest.raises(InvalidValue):
        combine_uncertainty(0.8, [])


@pytest.mark.parametrize("p", [0.05, 0.1])
def test_simex_gives_back_the_balance_that_wrong_signs_took(p: float) -> None:
    rows, _ = noisy_blocs(70, 700, 0.06, 9)
    graph = signed_graph(rows)
    truth = frustration_index(graph).balance
    rng = np.random.default_rng(1)
    found = [
        simex(
            graph.with_weights(graph.weight * np.where(rng.random(graph.m) < p, -1, 1)), p, draws=20, seed=run
        )
        for run in range(12)
    ]
    observed = np.mean([each.observed for each in found])
    corrected = np.mean([each.corrected for each in found])
    assert observed < truth - p
    assert corrected == pytest.approx(truth, abs=0.025)
    assert np.mean([each.low <= truth <= each.high for each in found]) >= 0.6
    assert all(each.observed < each.linear for each in found)


def test_simex_takes_the_confusion_matrix_of_a_checked_sample() -> None:
    matrix = confusion_of_counts([[95, 5], [4, 36]])
    assert matrix == pytest.approx(np.array([[0.95, 0.05], [0.1, 0.9]]))
    rows, _ = noisy_blocs(30, 150, 0.1, 10)
    found = simex(rows, matrix, draws=10)
    assert found.corrected > found.observed
    assert found.confusion[1] == (0.1, 0.9)
    none = simex(rows, 0.0, draws=5)
    assert none.corrected == pytest.approx(none.observed)


def test_simex_refuses_errors_that_cannot_be_corrected() -> None:
    with pytest.raises(InvalidValue, match="as often as right"):
        simex([("a", "b", 1)], 0.5)
    with pytest.raises(InvalidValue, match="rows that sum"):
        simex([("a", "b", 1)], [[1, 1], [0, 1]])
    with pytest.raises(InvalidValue, match="lambdas"):
        simex([("a", "b", 1)], 0.1, lambdas=[1.0])
    with pytest.raises(InvalidValue, match="counts"):
        confusion_of_counts([1, 2])


def test_simex_reproduces_the_published_case() -> None:
    graph = alliances(1976)
    rng = np.random.default_rng(1)
    found = [
        simex(graph.with_weights(graph.weight * np.where(rng.random(graph.m) < 0.05, -1, 1)), 0.05, draws=25)
        for _ in range(6)
    ]
    assert np.mean([each.observed for each in found]) == pytest.approx(0.814, abs=0.015)
    assert np.mean([each.corrected for each in found]) == pytest.approx(0.897, abs=0.025)


def test_draws_of_directed_networks_count_each_direction() -> None:
    graph = monastery()
    drawn = draw_ties(graph, 0.0, draws=2, directed=True)
    found = measure_draws(drawn)
    assert found.values[0] == pytest.approx(1 - 2 * 21 / 104)
