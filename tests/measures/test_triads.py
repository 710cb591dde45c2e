from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

from amity.measures.degrees import signed_degrees, signed_reciprocity
from amity.measures.triads import (
    node_triangles,
    signed_triad_census,
    tie_triangles,
    transitive_triad_balance,
    triad_name,
    triangle_balance,
)
from tests.measures.networks import alliances, edge_lists, graph_of, monastery, tribes

World = tuple[int, list[tuple[str, str, float]]]


def test_a_triangle_with_two_negative_ties_is_balanced() -> None:
    found = triangle_balance([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    assert (found.index, found.triangles, found.counts["+--"]) == (1.0, 1, 1)


def test_three_enemies_are_balanced_in_the_weak_sense_only() -> None:
    found = triangle_balance([("a", "b", -1), ("b", "c", -1), ("a", "c", -1)])
    assert (found.index, found.weak_index) == (0.0, 1.0)


def test_without_triangles_the_index_is_one() -> None:
    assert triangle_balance([("a", "b", -1)]).index == 1.0
    assert triangle_balance([]).triangles == 0


def test_an_ambivalent_pair_takes_no_part() -> None:
    rows = [("a", "b", 1), ("b", "a", -1), ("b", "c", 1), ("a", "c", 1)]
    found = triangle_balance(rows)
    assert (found.triangles, found.ambivalent, found.m) == (0, 1, 2)


@given(edge_lists())
@settings(max_examples=60, deadline=None)
def test_triangle_counts_equal_those_of_all_triples(world: World) -> None:
    graph = graph_of(world)
    A = np.sign(graph.adjacency().toarray())
    signs = [
        A[a, b] * A[b, c] * A[a, c]
        for a, b, c in combinations(range(graph.n), 3)
        if A[a, b] * A[b, c] * A[a, c]
    ]
    found = triangle_balance(graph)
    assert found.triangles == len(signs)
    assert found.counts["+++"] + found.counts["+--"] == sum(sign > 0 for sign in signs)
    nodes = node_triangles(graph)
    assert sum(nodes.columns["balanced"]) == 3 * sum(sign > 0 for sign in signs)
    _, balanced, unbalanced = tie_triangles(graph)
    assert unbalanced.sum() == 3 * sum(sign < 0 for sign in signs)
    assert balanced.sum() == 3 * sum(sign > 0 for sign in signs)


@given(edge_lists())
@settings(max_examples=60, deadline=None)
def test_the_census_counts_every_triad_once_and_agrees_with_networkx(world: World) -> None:
    graph = graph_of(world, directed=True)
    A = np.sign(graph.adjacency().toarray()).astype(int)
    census = signed_triad_census(graph)
    expected: dict[str, int] = {}
    for a, b, c in combinations(range(graph.n), 3):
        codes = [3 * (A[x, y] % 3) + A[y, x] % 3 for x, y in ((a, b), (a, c), (b, c))]
        name = triad_name(*map(int, codes))
        expected[name] = expected.get(name, 0) + 1
    assert dict(census.counts) == expected
    unsigned = nx.from_numpy_array(np.abs(A), create_using=nx.DiGraph)
    counted = {kind: number for kind, number in nx.triadic_census(unsigned).items() if number}
    assert dict(census.classes) == counted


def test_there_are_138_types() -> None:
    names = {triad_name(a, b, c) for a in range(9) for b in range(9) for c in range(9)}
    assert len(names) == 138
    assert "300-NNNNNN" in names


def test_five_mutual_enemies_are_ten_triads_of_one_type() -> None:
    rows = [(str(a), str(b), -1) for a in range(5) for b in range(5) if a != b]
    assert signed_triad_census(rows).counts == {"300-NNNNNN": 10}


def test_a_transitive_triad_is_balanced_by_the_product_of_its_ties() -> None:
    chain = [("a", "b", -1), ("b", "c", -1)]
    assert transitive_triad_balance([*chain, ("a", "c", 1)]).balanced == 1
    assert transitive_triad_balance([*chain, ("a", "c", -1)]).unbalanced == 1
    assert transitive_triad_balance(chain).index == 1.0


def test_the_monastery_has_the_published_triads() -> None:
    found = transitive_triad_balance(monastery())
    assert found.index == pytest.approx(41 / 60)
    assert {kind: (each["balanced"], each["unbalanced"]) for kind, each in found.classes.items()} == {
        "030T": (22, 8), "120D": (11, 7), "120U": (6, 4), "300": (2, 0),
    }  # fmt: skip


def test_tribes_and_alliances_have_the_published_triangles() -> None:
    found = triangle_balance(tribes())
    assert found.index == pytest.approx(0.8676471)
    assert tuple(found.counts.values()) == (19, 2, 40, 7)
    assert triangle_balance(alliances(1993)).index == pytest.approx(0.926477431)


def test_degrees_of_the_known_example() -> None:
    signs = (-1, 1, 1, -1, -1, 1)
    rows = [(str(a), str(b), sign) for (a, b), sign in zip(combinations(range(4), 2), signs, strict=True)]
    found = signed_degrees(rows)
    assert found.columns["positive"] == (2, 0, 2, 2)
    assert found.columns["negative"] == (1, 3, 1, 1)
    assert found.column("ratio")["1"] == 0.0


@given(edge_lists(weights=(-2.0, -1.0, 1.0, 3.0)))
@settings(max_examples=40, deadline=None)
def test_directed_degrees_are_row_and_column_sums(world: World) -> None:
    graph = graph_of(world, directed=True, weighted=True)
    A = graph.adjacency().toarray()
    found = signed_degrees(graph, directed=True, weighted=True)
    assert found.columns["net_out"] == pytest.approx(A.sum(axis=1))
    assert found.columns["net_in"] == pytest.approx(A.sum(axis=0))


def test_a_contradictory_dyad_is_a_violation_of_reciprocity() -> None:
    rows = [("a", "b", 1), ("b", "a", -1), ("a", "c", 1), ("c", "a", 1), ("b", "c", -1)]
    found = signed_reciprocity(rows)
    assert found.reciprocity == pytest.approx(4 / 5)
    assert found.agreement == 0.5
    assert (found.both_positive, found.contradictory, found.one_way_negative) == (1, 1, 1)
    assert [(plus.source, minus.source) for plus, minus in found.violations] == [("a", "b")]
    assert found.answers["positive"] == {"positive": 2 / 3, "negative": 1 / 3, "none": 0.0}
    assert "Violations" in str(found)


@given(edge_lists())
@settings(max_examples=40, deadline=None)
def test_dyads_of_all_kinds_make_up_the_ties(world: World) -> None:
    found = signed_reciprocity(graph_of(world, directed=True))
    both = found.both_positive + found.both_negative + found.contradictory
    assert 2 * both + found.one_way_positive + found.one_way_negative == found.m


def test_no_ties_have_no_reciprocity() -> None:
    found = signed_reciprocity([])
    assert (found.reciprocity, found.agreement, found.m) == (0.0, 1.0, 0)
