import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.measures.bounds import weight_unit
from amity.measures.frustration import frustration_index
from amity.measures.graph import signed_graph
from tests.measures.networks import (
    alliances,
    best_misfit,
    edge_lists,
    graph_of,
    misfit,
    monastery,
    noisy_blocs,
    reference_rows,
    senate,
    tribes,
)


def test_one_negative_tie_in_a_triangle_is_one_frustrated_tie() -> None:
    found = frustration_index([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    assert (found.value, found.lower_bound, found.is_exact) == (1, 1, True)
    assert len(found.ties) == 1
    assert found.balance == pytest.approx(1 - 2 / 3)


def test_two_camps_without_exception_are_balanced() -> None:
    found = frustration_index([("a", "b", 1), ("c", "d", 1), ("a", "c", -1), ("b", "d", -1), ("a", "d", -1)])
    assert found.value == 0
    assert found.ties == ()
    assert found.partition == {"a": 0, "b": 0, "c": 1, "d": 1}
    assert (found.cohesiveness, found.divisiveness) == (1.0, 1.0)


def test_all_negative_complete_graph_has_the_even_split_as_its_optimum() -> None:
    rows = [(str(a), str(b), -1) for a in range(7) for b in range(a)]
    found = frustration_index(rows)
    assert found.value == 3 + 6
    assert found.is_exact


def test_an_empty_network_is_balanced() -> None:
    found = frustration_index([])
    assert (found.value, found.balance, found.is_exact, found.partition) == (0, 1.0, True, {})
    assert (found.cohesiveness, found.divisiveness) == (1.0, 1.0)


def test_a_pair_of_opposite_signs_is_frustrated_once_in_any_partition() -> None:
    rows = [("a", "b", 1), ("b", "a", -1)]
    assert frustration_index(rows, directed=True).value == 1
    assert frustration_index(rows).value == 1
    assert frustration_index([("a", "b", 3), ("b", "a", -2)], weighted=True).value == 2


def test_reciprocal_ties_count_twice_only_when_directed() -> None:
    rows = [("a", "b", 1), ("b", "a", 1), ("b", "c", 1), ("c", "b", 1), ("a", "c", -1), ("c", "a", -1)]
    assert frustration_index(rows, directed=True).value == 2
    assert frustration_index(rows).value == 1


@given(edge_lists(nodes=9), st.booleans())
@settings(max_examples=150, deadline=None)
def test_it_equals_brute_force(world: tuple[int, list[tuple[str, str, float]]], directed: bool) -> None:
    graph = graph_of(world, directed=directed)
    found = frustration_index(graph, directed=directed)
    assert found.is_exact
    assert found.value == best_misfit(graph, 2)
    assert misfit(graph, [found.partition[label] for label in graph.labels]) == found.value
    assert sum(abs(tie.weight) for tie in found.ties) == found.value


@given(edge_lists(nodes=8, weights=(-2.5, -1.0, -0.3, 0.7, 1.0, 4.0)))
@settings(max_examples=100, deadline=None)
def test_it_equals_brute_force_with_weights(world: tuple[int, list[tuple[str, str, float]]]) -> None:
    graph = graph_of(world, weighted=True)
    found = frustration_index(graph, weighted=True)
    assert found.is_exact
    assert found.value == pytest.approx(best_misfit(graph, 2))


@given(edge_lists(nodes=8), st.data())
@settings(max_examples=60, deadline=None)
def test_names_isolates_and_switching_do_not_change_it(
    world: tuple[int, list[tuple[str, str, float]]], data: st.DataObject
) -> None:
    n, rows = world
    value = frustration_index(rows).value
    order = data.draw(st.permutations(range(n)))
    renamed = [(f"x{order[int(a)]}", f"x{order[int(b)]}", sign) for a, b, sign in rows]
    assert frustration_index(renamed).value == value
    assert frustration_index(signed_graph(rows, labels=["isolate", "other"])).value == value
    turned = data.draw(st.sets(st.integers(0, n - 1)))
    switched = [(a, b, sign * (-1 if (int(a) in turned) != (int(b) in turned) else 1)) for a, b, sign in rows]
    assert frustration_index(switched).value == value


@pytest.mark.parametrize("seed", range(3))
def test_planted_blocs_with_noise_are_proved(seed: int) -> None:
    rows, camp = noisy_blocs(150, 600, 0.1, seed)
    found = frustration_index(rows, seed=seed)
    assert found.is_exact
    graph = signed_graph(rows)
    assert found.value <= misfit(graph, camp[[int(label) for label in graph.labels]])


def test_random_signs_need_the_integer_program_and_are_still_proved() -> None:
    rows, _ = noisy_blocs(60, 240, 0.5, 1)
    found = frustration_index(rows)
    assert found.is_exact
    assert found.value == frustration_index(rows, seed=5).value


def test_a_time_limit_leaves_honest_bounds() -> None:
    rows, _ = noisy_blocs(300, 1200, 0.5, 2)
    found = frustration_index(rows, seconds=0.5)
    assert not found.is_exact
    assert 0 < found.lower_bound < found.value
    assert found.seconds < 5
    assert "not proved" in str(found)


def test_the_same_seed_gives_the_same_partition() -> None:
    rows, _ = noisy_blocs(60, 240, 0.3, 3)
    first, second = frustration_index(rows, seed=4), frustration_index(rows, seed=4)
    assert first.partition == second.partition


def test_a_time_limit_must_be_positive() -> None:
    with pytest.raises(InvalidValue, match="positive"):
        frustration_index([], seconds=0)


def test_the_result_prints_and_exports() -> None:
    found = frustration_index([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    assert "proved" in str(found)
    exported = found.to_json()
    assert {"value", "lower_bound", "is_exact", "partition", "ties", "seconds"} <= exported.keys()
    assert exported["ties"][0].keys() == {"source", "target", "weight"}


def test_the_unit_of_weights_is_found_or_zero() -> None:
    assert weight_unit(np.array([1.0, -3.0])) == 1
    assert weight_unit(np.array([0.5, 0.25])) == 0.25
    assert weight_unit(np.array([np.pi])) == 0


def test_tribes_have_seven_frustrated_ties() -> None:
    found = frustration_index(tribes())
    assert (found.value, found.is_exact) == (7, True)
    assert found.balance == pytest.approx(0.7586207)


def test_the_monastery_has_the_published_index_cohesiveness_and_divisiveness() -> None:
    found = frustration_index(monastery(), directed=True)
    assert (found.value, found.is_exact) == (21, True)
    assert found.cohesiveness == pytest.approx(0.826923, abs=1e-6)
    assert found.divisiveness == pytest.approx(0.769231, abs=1e-6)


@pytest.mark.parametrize(("start", "value"), [(1946, 17), (1962, 36), (1976, 50), (1993, 50), (1996, 45)])
def test_alliance_windows_have_the_published_index(start: int, value: int) -> None:
    found = frustration_index(alliances(start))
    assert (found.value, found.is_exact) == (value, True)


@pytest.mark.parametrize(("congress", "value"), [(96, 541), (97, 435), (98, 525), (114, 86)])
def test_senates_have_the_published_index(congress: int, value: int) -> None:
    found = frustration_index(senate(congress))
    assert (found.value, found.is_exact) == (value, True)


def test_bitcoin_alpha_has_the_published_index() -> None:
    found = frustration_index(reference_rows("ndsvu_bitcoinalpha.csv"), directed=True)
    assert (found.value, found.is_exact) == (1098, True)
