from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.measures.blockmodels import _Search, blockmodel
from amity.measures.communities import adjusted_rand, signed_communities, signed_modularity
from amity.measures.consensus import consensus_blocs
from amity.measures.frustration import frustration_index
from amity.measures.graph import signed_graph
from amity.measures.spectral_blocs import spectral_blocs
from amity.measures.tracking import track_blocs
from tests.measures.networks import edge_lists, graph_of, monastery, noisy_blocs, tribes

World = tuple[int, list[tuple[str, str, float]]]


def planted(blocs: int, noise: float = 0.05, seed: int = 1, n: int = 60) -> tuple[list, dict[str, int]]:
    rows, camp = noisy_blocs(n, n * 12, noise, seed, blocs)
    return rows, {str(node): int(bloc) for node, bloc in enumerate(camp)}


def same_blocs(one: dict[str, int], two: dict[str, int]) -> float:
    return adjusted_rand([one[node] for node in one], [two[node] for node in one])


@given(edge_lists(weights=(-2.0, -1.0, 1.0, 3.0)), st.integers(0, 1000))
@settings(max_examples=60, deadline=None)
def test_signed_modularity_is_the_published_formula(world: World, seed: int) -> None:
    graph = graph_of(world, weighted=True)
    labels = np.random.default_rng(seed).integers(0, 3, graph.n)
    P, N = np.zeros((graph.n, graph.n)), np.zeros((graph.n, graph.n))
    for a, b, w in zip(graph.source, graph.target, graph.weight, strict=True):
        layer = P if w > 0 else N
        layer[a, b] += abs(w)
        layer[b, a] += abs(w)
    expected = 0.0
    for i, j in product(range(graph.n), repeat=2):
        if labels[i] == labels[j]:
            expected += P[i, j] - N[i, j]
            if P.sum():
                expected -= P[i].sum() * P[j].sum() / P.sum()
            if N.sum():
                expected += N[i].sum() * N[j].sum() / N.sum()
    expected = expected / (P.sum() + N.sum()) if graph.m else 0.0
    partition = dict(zip(graph.labels, labels.tolist(), strict=True))
    assert signed_modularity(graph, partition, weighted=True) == pytest.approx(expected)


@given(edge_lists(nodes=6))
@settings(max_examples=40, deadline=None)
def test_communities_come_near_the_greatest_modularity(world: World) -> None:
    graph = graph_of(world)
    found = signed_communities(graph, runs=10)
    best = max(
        signed_modularity(graph, dict(zip(graph.labels, labels, strict=True)))
        for labels in product(range(graph.n), repeat=graph.n - 1)
        for labels in [(0, *labels)]
    ) if graph.n <= 5 else found.value  # fmt: skip
    assert found.value >= best - 0.05
    assert found.value == pytest.approx(signed_modularity(graph, found.partition))


@pytest.mark.parametrize("blocs", [2, 3, 4])
def test_planted_blocs_are_found_by_every_method(blocs: int) -> None:
    rows, camp = planted(blocs)
    communities = signed_communities(rows)
    assert same_blocs(dict(communities.partition), camp) == pytest.approx(1.0)
    assert communities.stability == pytest.approx(1.0)
    assert communities.blocs == blocs
    assert same_blocs(dict(spectral_blocs(rows, blocs).partition), camp) == pytest.approx(1.0)
    assert same_blocs(dict(blockmodel(rows, blocs, image="balance").partition), camp) == pytest.approx(1.0)
    assert "modularity" in str(communities)


def test_communities_of_tribes_are_the_three_known_alliances() -> None:
    found = signed_communities(tribes())
    assert (found.blocs, found.misfit) == (3, 2.0)


def test_nothing_has_no_communities() -> None:
    found = signed_communities([])
    assert (found.value, found.blocs, found.sizes) == (0.0, 0, ())


def test_adjusted_rand_ignores_names_and_corrects_for_chance() -> None:
    assert adjusted_rand([0, 0, 1, 1], ["x", "x", "a", "a"]) == 1.0
    assert adjusted_rand([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(-0.5)
    rng = np.random.default_rng(0)
    assert abs(adjusted_rand(rng.integers(0, 3, 3000), rng.integers(0, 3, 3000))) < 0.01


@given(edge_lists(nodes=6), st.booleans(), st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_a_move_in_a_blockmodel_is_valued_as_if_counted_anew(world: World, directed: bool, seed: int) -> None:
    graph = graph_of(world, directed=directed)
    search = _Search(graph, 3, None, 0.4)
    labels = np.random.default_rng(seed).integers(0, 3, graph.n)
    trials = search._trials(search.blocks(labels), labels, 0)
    for target in range(3):
        moved = labels.copy()
        moved[0] = target
        assert trials[target] == pytest.approx(search.blocks(moved))
        assert search._values(trials)[target] == pytest.approx(search.criterion(search.blocks(moved)))


@given(edge_lists(nodes=8), st.booleans())
@settings(max_examples=30, deadline=None)
def test_a_balanced_image_of_two_blocs_has_the_frustration_index_as_criterion(
    world: World, directed: bool
) -> None:
    graph = graph_of(world, directed=directed)
    found = blockmodel(graph, 2, image="balance", directed=directed, runs=30)
    assert found.criterion == pytest.approx(frustration_index(graph, directed=directed).value)


def test_a_relaxed_image_finds_a_bloc_of_enemies_of_all() -> None:
    quarrel = [(f"q{a}", f"q{b}", -1) for a in range(5) for b in range(a)]
    friends = [(f"f{a}", f"f{b}", 1) for a in range(5) for b in range(a)]
    between = [(f"q{a}", f"f{b}", 1) for a in range(5) for b in range(5)]
    rows = [*quarrel, *friends, *between]
    found = blockmodel(rows, 2)
    assert found.criterion == 0
    assert {frozenset(row) for row in found.image} == {frozenset({1}), frozenset({1, -1})}
    assert blockmodel(rows, 2, image="balance").criterion > 0
    assert blockmodel(rows, 2, image=[[1, 1], [1, -1]]).criterion == 0


def test_relaxing_never_raises_the_criterion() -> None:
    strict = blockmodel(monastery(), 3, image="balance", directed=True)
    assert blockmodel(monastery(), 3, directed=True).criterion <= strict.criterion


def test_wrong_blockmodel_options_are_named() -> None:
    with pytest.raises(InvalidValue, match="alpha"):
        blockmodel([("a", "b")], 2, alpha=2)
    with pytest.raises(InvalidValue, match="symmetric"):
        blockmodel([("a", "b")], 2, image=[[1, -1], [1, 1]])
    with pytest.raises(InvalidValue, match="2 by 2"):
        blockmodel([("a", "b")], 2, image=[[1, 0], [0, 1]])
    with pytest.raises(InvalidValue, match="k must be"):
        spectral_blocs([("a", "b")], 3)


def test_consensus_is_what_most_divisions_say() -> None:
    truth = {node: bloc for bloc, part in enumerate(("abcd", "efgh", "ij")) for node in part}
    rng = np.random.default_rng(0)
    noisy = []
    for _ in range(30):
        division = dict(truth)
        division[str(rng.choice(list(truth)))] = int(rng.integers(0, 3))
        noisy.append(division)
    found = consensus_blocs(noisy)
    assert same_blocs(dict(found.partition), truth) == 1.0
    assert found.share_together("a", "b") > 0.8 > 0.2 > found.share_together("a", "e")
    assert 0.8 < found.agreement < 1
    assert all(0.5 < value <= 1 for value in found.node_stability.values())


def test_consensus_of_equal_divisions_is_certain() -> None:
    found = consensus_blocs([{"a": 0, "b": 1, "c": 1}, {"a": 5, "b": 2, "c": 2}])
    assert found.agreement == 1.0
    assert set(found.node_stability.values()) == {1.0}
    with pytest.raises(InvalidValue, match="same nodes"):
        consensus_blocs([{"a": 0}, {"b": 0}])
    with pytest.raises(InvalidValue, match="at least one"):
        consensus_blocs([])


def blocs(*groups: str) -> dict[str, int]:
    return {node: bloc for bloc, group in enumerate(groups) for node in group}


def kinds(found: object, window: int) -> list[tuple[str, tuple[int, ...], tuple[str, ...]]]:
    return [(e.kind, e.blocs, e.nodes) for e in found.events if e.window == window]  # type: ignore[attr-defined]


def test_blocs_keep_their_names_whatever_their_numbers() -> None:
    found = track_blocs([blocs("abcd", "efg"), blocs("efg", "abcd")])
    assert found.partitions[0] == found.partitions[1]
    assert kinds(found, 1) == []
    assert found.similarity == (1.0, 1.0)
    assert found.lifetimes == {0: (0, 1), 1: (0, 1)}


def test_a_switch_is_one_node_changing_blocs() -> None:
    found = track_blocs([blocs("abcde", "fghi"), blocs("abcd", "efghi")])
    assert kinds(found, 1) == [("switch", (0, 1), ("e",))]


def test_a_split_and_a_merge_are_told_from_births_and_deaths() -> None:
    found = track_blocs([blocs("abcdef", "gh"), blocs("abc", "def", "gh"), blocs("abcgh", "def")])
    assert kinds(found, 1) == [("split", (0, 0, 2), ("a", "b", "c", "d", "e", "f"))]
    assert kinds(found, 2) == [("merge", (0, 1, 0), ("a", "b", "c", "g", "h"))]


def test_entries_births_and_exits_are_listed() -> None:
    found = track_blocs([blocs("abc"), blocs("abc", "xyz"), blocs("xyz")], windows=["1970", "1971", "1972"])
    assert kinds(found, 1) == [("birth", (1,), ("x", "y", "z")), ("entry", (), ("x", "y", "z"))]
    assert kinds(found, 2) == [("death", (0,), ("a", "b", "c")), ("exit", (), ("a", "b", "c"))]
    assert "1972" in str(found)


def test_wrong_tracking_options_are_named() -> None:
    with pytest.raises(InvalidValue, match="from 0 to 1"):
        track_blocs([], least_overlap=2)
    with pytest.raises(InvalidValue, match="names"):
        track_blocs([blocs("a")], windows=["x", "y"])


def test_spectral_blocs_work_with_isolates() -> None:
    rows, camp = planted(2, n=40)
    graph = signed_graph(rows, labels=["alone"])
    found = spectral_blocs(graph, 2)
    kept = {node: bloc for node, bloc in found.partition.items() if node != "alone"}
    assert same_blocs(kept, camp) == pytest.approx(1.0)


def test_spectral_blocs_work_where_a_component_has_only_enemies() -> None:
    rows = [("a", "b", -1), ("c", "d", 1), ("c", "e", -1), ("d", "e", -1)]
    assert spectral_blocs(rows, 2).blocs == 2
