from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import assume, given, settings

import amity.measures.centrality as centrality
from amity.errors import InvalidValue, NetworkError
from amity.measures.centrality import (
    brokerage,
    pn_centrality,
    signed_eigenvector,
    signed_katz,
    signed_pagerank,
)
from tests.measures.networks import edge_lists, graph_of, noisy_blocs

World = tuple[int, list[tuple[str, str, float]]]


def complete(n: int, negative: set[tuple[int, int]] = frozenset()) -> list[tuple[str, str, int]]:  # type: ignore[assignment]
    return [(str(a), str(b), -1 if (a, b) in negative else 1) for a, b in combinations(range(n), 2)]


def test_five_friends_have_a_pn_index_of_two() -> None:
    assert pn_centrality(complete(5)).columns["pn"] == pytest.approx([2.0] * 5)
    both = [(a, b, s) for x, y, s in complete(5) for a, b in ((x, y), (y, x))]
    for direction in ("in", "out"):
        assert pn_centrality(both, direction=direction).columns["pn"] == pytest.approx([2.0] * 5)  # type: ignore[arg-type]


@given(edge_lists())
@settings(max_examples=30, deadline=None)
def test_pn_is_the_published_formula_and_both_solvers_agree(world: World) -> None:
    graph = graph_of(world, directed=True)
    A = np.sign(graph.adjacency().toarray())
    A = np.where(A < 0, -2.0, A)
    n, one = graph.n, np.ones(graph.n)
    c = 1 / (2 * n - 2)
    system = np.eye(n) - c**2 * A.T @ A
    assume(abs(np.linalg.det(system)) > 1e-6)
    expected = np.linalg.solve(system, one + c * A.T @ one)
    found = pn_centrality(graph, direction="in").columns["pn"]
    assert found == pytest.approx(expected)
    before, centrality.DENSE_NODES = centrality.DENSE_NODES, 1
    try:
        assert pn_centrality(graph, direction="in").columns["pn"] == pytest.approx(expected, abs=1e-8)
    finally:
        centrality.DENSE_NODES = before


def test_pn_is_refused_where_it_is_not_defined() -> None:
    with pytest.raises(NetworkError, match="singular"):
        pn_centrality([("a", "b", -1)], direction="in")


def test_one_quarrel_among_five_lowers_both_parties() -> None:
    found = signed_eigenvector(complete(5, {(0, 1)})).columns["eigenvector"]
    assert found == pytest.approx((0.68614066, 0.68614066, 1, 1, 1))


def test_an_ambiguous_eigenvector_is_refused() -> None:
    with pytest.raises(NetworkError, match="two eigenvalues"):
        signed_eigenvector([("a", "b", 1)])
    assert signed_eigenvector([]).nodes == ()


@given(edge_lists())
@settings(max_examples=30, deadline=None)
def test_katz_sums_signed_walks(world: World) -> None:
    graph = graph_of(world, directed=True)
    A = graph.adjacency().toarray()
    found = signed_katz(graph, directed=True, alpha=0.05)
    expected, walk = np.zeros(graph.n), np.ones(graph.n)
    for _ in range(200):
        walk = 0.05 * A.T @ walk
        expected += walk
    assert found.columns["katz"] == pytest.approx(expected, abs=1e-9)
    assert (np.array(found.columns["attention"]) >= np.abs(found.columns["katz"]) - 1e-9).all()


def test_katz_refuses_steps_that_never_fade() -> None:
    with pytest.raises(InvalidValue, match="alpha"):
        signed_katz(complete(5), alpha=0.5)
    assert signed_katz([("a", "b", 1)], directed=True).column("katz")["b"] == pytest.approx(0.5)


@given(edge_lists())
@settings(max_examples=30, deadline=None)
def test_pagerank_equals_that_of_networkx_by_sign(world: World) -> None:
    graph = graph_of(world, directed=True)
    found = signed_pagerank(graph)
    for name, sign in (("positive", 1), ("negative", -1)):
        other = nx.DiGraph()
        other.add_nodes_from(graph.labels)
        other.add_edges_from(graph.tie(i)[:2] for i in range(graph.m) if graph.sign[i] == sign)
        if other.number_of_edges():
            expected = nx.pagerank(other, tol=1e-12, max_iter=1000)
            assert found.column(name) == pytest.approx(expected, abs=1e-8)
        else:
            assert set(found.columns[name]) == {0.0}


def test_brokers_have_the_roles_of_their_blocs() -> None:
    rows = [
        ("a1", "a2", 1),
        ("a2", "a3", 1),
        ("a3", "b1", 1),
        ("b1", "a1", 1),
        ("c1", "a1", 1),
        ("b1", "c1", 1),
    ]
    partition = {"a1": 0, "a2": 0, "a3": 0, "b1": 1, "c1": 2}
    found = brokerage(rows, partition)
    assert found.column("coordinator")["a2"] == 1
    assert found.column("representative")["a3"] == 1
    assert found.column("itinerant")["b1"] == 1
    assert found.column("liaison")["b1"] == 1
    assert found.column("gatekeeper")["a1"] == 2
    assert found.column("total")["c1"] == 0
    assert found.column("friends_abroad")["b1"] == 3


def test_a_direct_tie_leaves_nothing_to_broker() -> None:
    rows = [("a", "b", 1), ("b", "c", 1), ("a", "c", 1)]
    assert sum(brokerage(rows, {"a": 0, "b": 0, "c": 0}).columns["total"]) == 0
    assert sum(brokerage(rows[:2], {"a": 0, "b": 0, "c": 0}).columns["total"]) == 1
    with pytest.raises(InvalidValue, match="no bloc"):
        brokerage(rows, {"a": 0})


def test_large_graphs_are_solved_iteratively() -> None:
    rows, _ = noisy_blocs(1600, 5000, 0.1, 1)
    found = signed_katz(rows)
    assert np.isfinite(found.columns["katz"]).all()
    assert len(signed_eigenvector(rows).nodes) == len(found.nodes)
