import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.measures.clusterability import clusterability_index
from amity.measures.frustration import frustration_index
from amity.measures.graph import signed_graph
from tests.measures.networks import (
    alliances,
    best_misfit,
    edge_lists,
    graph_of,
    misfit,
    noisy_blocs,
    reference_rows,
    tribes,
)

World = tuple[int, list[tuple[str, str, float]]]


def test_three_enemies_are_three_blocs() -> None:
    found = clusterability_index([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    assert (found.value, found.blocs, found.is_exact) == (0, 3, True)


def test_one_negative_tie_in_a_triangle_cannot_be_clustered() -> None:
    found = clusterability_index([("a", "b", 1), ("b", "c", 1), ("a", "c", -1)])
    assert (found.value, found.lower_bound, len(found.ties)) == (1, 1, 1)
    assert found.share == pytest.approx(1 / 3)


def test_an_empty_network_has_no_blocs() -> None:
    found = clusterability_index([])
    assert (found.value, found.blocs, found.share, found.is_exact) == (0, 0, 0.0, True)


@given(edge_lists(nodes=7), st.booleans())
@settings(max_examples=120, deadline=None)
def test_it_equals_brute_force_over_all_partitions(world: World, directed: bool) -> None:
    graph = graph_of(world, directed=directed)
    found = clusterability_index(graph, directed=directed)
    assert found.is_exact
    assert found.value == best_misfit(graph, graph.n)
    assert misfit(graph, [found.partition[label] for label in graph.labels]) == found.value


@given(edge_lists(nodes=7, weights=(-2.5, -1.0, -0.3, 0.7, 1.0, 4.0)))
@settings(max_examples=60, deadline=None)
def test_it_equals_brute_force_with_weights(world: World) -> None:
    graph = graph_of(world, weighted=True)
    found = clusterability_index(graph, weighted=True)
    assert found.is_exact
    assert found.value == pytest.approx(best_misfit(graph, graph.n))


@given(edge_lists(nodes=7), st.integers(1, 4))
@settings(max_examples=60, deadline=None)
def test_a_fixed_number_of_blocs_equals_brute_force(world: World, k: int) -> None:
    graph = graph_of(world)
    found = clusterability_index(graph, k=k)
    assert found.is_exact
    assert found.value == best_misfit(graph, k)
    assert found.blocs <= k
    if k == 2:
        assert found.value == frustration_index(graph).value


@given(edge_lists(nodes=8), st.data())
@settings(max_examples=30, deadline=None)
def test_names_and_isolates_do_not_change_it(world: World, data: st.DataObject) -> None:
    n, rows = world
    value = clusterability_index(rows).value
    order = data.draw(st.permutations(range(n)))
    renamed = [(f"x{order[int(a)]}", f"x{order[int(b)]}", sign) for a, b, sign in rows]
    assert clusterability_index(renamed).value == value
    assert clusterability_index(signed_graph(rows, labels=["alone"])).value == value


@given(edge_lists(nodes=8))
@settings(max_examples=30, deadline=None)
def test_it_is_at_most_the_frustration_index(world: World) -> None:
    graph = graph_of(world)
    assert clusterability_index(graph).value <= frustration_index(graph).value


def test_planted_blocs_are_found_and_proved() -> None:
    rows, camp = noisy_blocs(80, 900, 0.05, 1, blocs=4)
    graph = signed_graph(rows)
    found = clusterability_index(graph)
    assert found.is_exact
    assert found.value <= misfit(graph, camp[[int(label) for label in graph.labels]])


def test_random_signs_need_the_integer_program() -> None:
    rows, _ = noisy_blocs(28, 105, 0.5, 3)
    found = clusterability_index(rows)
    assert found.is_exact
    assert found.value == clusterability_index(rows, seed=9).value


def test_a_time_limit_leaves_honest_bounds() -> None:
    rows, _ = noisy_blocs(120, 2500, 0.5, 4)
    found = clusterability_index(rows, seconds=0.5)
    assert not found.is_exact
    assert 0 < found.lower_bound < found.value
    assert "not proved" in str(found)


def test_wrong_options_are_named() -> None:
    with pytest.raises(InvalidValue, match="at least 1"):
        clusterability_index([], k=0)
    with pytest.raises(InvalidValue, match="positive"):
        clusterability_index([], seconds=-1)


def test_the_result_exports() -> None:
    exported = clusterability_index([("a", "b", -1)]).to_json()
    assert {"value", "lower_bound", "is_exact", "partition", "ties", "seconds"} <= exported.keys()
    assert exported["partition"] == {"a": 0, "b": 1}


def test_tribes_cluster_in_three_blocs_with_two_ties_left() -> None:
    assert clusterability_index(tribes()).value == 2
    three = clusterability_index(tribes(), k=3)
    assert (three.value, three.is_exact) == (2, True)


@pytest.mark.parametrize(("start", "value"), [(1946, 12), (1966, 24), (1976, 35), (1988, 36), (1996, 33)])
def test_alliance_windows_have_the_published_index(start: int, value: int) -> None:
    found = clusterability_index(alliances(start))
    assert (found.value, found.is_exact) == (value, True)


def test_bitcoin_alpha_has_the_published_index() -> None:
    found = clusterability_index(reference_rows("ndsvu_bitcoinalpha.csv"), directed=True)
    assert (found.value, found.is_exact) == (1098, True)


def test_blocs_are_numbered_by_size() -> None:
    rows, _ = noisy_blocs(30, 200, 0.0, 5, blocs=3)
    found = clusterability_index(rows)
    sizes = np.bincount(list(found.partition.values()))
    assert list(sizes) == sorted(sizes, reverse=True)
