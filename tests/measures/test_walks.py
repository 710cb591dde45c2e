import numpy as np
import pytest
from hypothesis import given, settings
from scipy.linalg import expm

import amity.measures.walks as walks
from amity.errors import InvalidValue, NetworkError
from amity.measures.frustration import frustration_index
from amity.measures.walks import balance_curve, local_walk_balance, spectral_balance, walk_balance
from tests.measures.networks import alliances, edge_lists, graph_of, noisy_blocs, reference_rows, tribes

World = tuple[int, list[tuple[str, str, float]]]
BALANCED = [("a", "b", 1), ("b", "c", -1), ("a", "c", -1), ("c", "d", 1)]
UNBALANCED = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1)]


@given(edge_lists())
@settings(max_examples=40, deadline=None)
def test_walk_balance_is_the_ratio_of_traces(world: World) -> None:
    graph = graph_of(world)
    A = graph.adjacency().toarray()
    found = walk_balance(graph)
    assert found.index == pytest.approx(np.trace(expm(A)) / np.trace(expm(np.abs(A))))
    local = local_walk_balance(graph)
    assert local.columns["index"] == pytest.approx(np.diag(expm(A)) / np.diag(expm(np.abs(A))))


def test_balanced_networks_have_index_one_everywhere() -> None:
    assert walk_balance(BALANCED).index == pytest.approx(1)
    assert set(np.round(local_walk_balance(BALANCED).columns["index"], 9)) == {1.0}
    assert balance_curve(BALANCED).balance == pytest.approx([1.0] * 21)
    assert spectral_balance(BALANCED).algebraic_conflict == pytest.approx(0, abs=1e-9)


def test_nothing_overflows_for_large_eigenvalues() -> None:
    rows = [(str(a), str(b), 1000.0) for a in range(5) for b in range(a)]
    assert walk_balance(rows, weighted=True).index == pytest.approx(1)


def test_isolates_and_small_components_keep_their_own_local_balance() -> None:
    big = [(f"x{a}", f"x{b}", 1) for a in range(40) for b in range(a)]
    found = local_walk_balance([*big, *UNBALANCED]).column("index")
    A = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
    assert found["a"] == pytest.approx(expm(A)[0, 0] / expm(np.abs(A))[0, 0])


def test_a_large_graph_is_bracketed(monkeypatch: pytest.MonkeyPatch) -> None:
    rows, _ = noisy_blocs(150, 900, 0.1, 1)
    exact = walk_balance(rows).index
    monkeypatch.setattr(walks, "DENSE_NODES", 50)
    monkeypatch.setattr(walks, "LEADING", 20)
    found = walk_balance(rows)
    assert found.lower <= exact * (1 + 1e-9)
    assert exact <= found.upper * (1 + 1e-9)
    with pytest.raises(NetworkError, match="150"):
        local_walk_balance(rows)
    with pytest.raises(NetworkError, match="150"):
        balance_curve(rows)


def test_the_curve_counts_walks_by_length() -> None:
    A = np.array([[0, 1, -1], [1, 0, 1], [-1, 1, 0]])
    beta = 0.7
    above = sum(
        beta**k / np.prod(np.arange(1, k + 1)) * np.trace(np.linalg.matrix_power(A, k)) for k in range(2, 40)
    )
    size = np.abs(A)
    below = sum(
        beta**k / np.prod(np.arange(1.0, k + 1)) * np.trace(np.linalg.matrix_power(size, k))
        for k in range(2, 40)
    )
    assert balance_curve(UNBALANCED, beta=[beta]).balance[0] == pytest.approx((1 + above / below) / 2)


def test_reciprocity_alone_decides_the_shortest_scale_of_directed_graphs() -> None:
    rows = [("a", "b", 1), ("b", "a", -1), ("a", "c", 1), ("c", "a", 1)]
    assert balance_curve(rows, directed=True, beta=[1e-4]).balance[0] == pytest.approx(0.5, abs=1e-3)


def test_scales_must_be_positive() -> None:
    with pytest.raises(InvalidValue):
        balance_curve(BALANCED, beta=[0.0])
    with pytest.raises(InvalidValue):
        balance_curve(BALANCED, longest=1)


def test_the_monastery_has_the_published_curve_where_walks_end_after_thirteen_steps() -> None:
    rows = reference_rows("sampson_affect_T1_T5.csv", lambda row: row["time"] == "1")
    found = balance_curve(
        rows, directed=True, weighted=True, beta=(0.01, 0.498163, 1.047347, 2.023673), longest=13
    )
    assert found.balance == pytest.approx([0.726755, 0.623849, 0.549116, 0.508070], abs=1e-6)


def test_tribes_and_alliances_have_the_published_walk_balance() -> None:
    assert walk_balance(tribes()).index == pytest.approx(0.3575761, abs=1e-7)
    assert walk_balance(alliances(1993)).index == pytest.approx(0.256604903, abs=1e-8)


def test_five_enemies_have_the_known_eigenvalues() -> None:
    found = spectral_balance([(str(a), str(b), -1) for a in range(5) for b in range(a)])
    assert found.algebraic_conflict == pytest.approx(3)
    assert found.normalised == pytest.approx(0.75)


@given(edge_lists())
@settings(max_examples=40, deadline=None)
def test_the_spectrum_bounds_the_frustration_index(world: World) -> None:
    graph = graph_of(world)
    found = spectral_balance(graph)
    ambivalent = graph.m - found.m
    assert found.frustration_bound <= frustration_index(graph).value - ambivalent / 2 + 1e-9


def test_sparse_and_dense_eigenvalues_agree() -> None:
    rows, _ = noisy_blocs(900, 4000, 0.2, 3)
    graph = walks.signed_graph(rows)
    component = max(walks._components(graph), key=len)
    A = graph.adjacency()[component][:, component].toarray()
    expected = np.linalg.eigvalsh(np.diag(np.abs(A).sum(axis=1)) - A)[0]
    assert spectral_balance(graph).algebraic_conflict == pytest.approx(expected, rel=1e-6)
