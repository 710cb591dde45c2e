"""Backbones of concepts, spectral distances, and the signed backbone of a projection."""

from itertools import combinations, product
from typing import Any

import networkx
import numpy as np
import pytest

from amity.errors import InvalidValue, NetworkError, NotFound
from amity.network import (
    StatementTable,
    absolute_distance,
    annealed_backbone,
    discourse_network,
    evaluate_backbone,
    laplacian_spectrum,
    nested_backbone,
    scaled_to_one,
    signed_backbone,
    spectral_distance,
    statement_table,
)
from amity.network.signed_backbone import cell_probabilities, poisson_binomial

PLAIN: dict[str, Any] = {"kind": "one-mode", "aggregation": "subtract", "normalization": "average"}


def debate(actors: int = 8, concepts: int = 6, n: int = 150, seed: int = 3) -> StatementTable:
    random = np.random.default_rng(seed)
    who, what = random.integers(0, actors, n), (concepts * random.random(n) ** 2).astype(int)
    agree = (who + what) % 2 ^ (random.random(n) < 0.1)
    return statement_table(
        {
            "time": random.integers(0, 10**8, n),
            "organization": [f"actor {each}" for each in who],
            "concept": [f"concept {each}" for each in what],
            "agreement": agree.astype(int).tolist(),
            "document_id": [str(each) for each in range(n)],
        }
    )


def test_the_laplacian_spectrum_is_that_of_positive_ties_scaled_to_one() -> None:
    path = np.array([[5.0, 1, -3], [1, 0, 1], [-3, 1, 0]])
    assert laplacian_spectrum(path) == pytest.approx([0, 1 / 4, 3 / 4])
    expected = np.sort(networkx.laplacian_spectrum(networkx.path_graph(3)))
    assert laplacian_spectrum(path) == pytest.approx(expected / expected.sum())
    assert laplacian_spectrum(np.zeros((0, 0))).tolist() == []
    assert laplacian_spectrum(-np.ones((2, 2))).tolist() == [0, 0]


def test_the_probe_network_has_laplacian_eigenvalues_and_not_degrees() -> None:
    star = np.zeros((4, 4))
    star[0, 1:] = star[1:, 0] = 1
    assert laplacian_spectrum(star) == pytest.approx([0, 1 / 6, 1 / 6, 4 / 6])


def test_distances_compare_networks_of_the_same_nodes() -> None:
    one, two = np.eye(3)[[1, 0, 2]], np.eye(3)[[2, 1, 0]]
    np.fill_diagonal(one, 0)
    np.fill_diagonal(two, 0)
    assert spectral_distance(one, two) == pytest.approx(0)
    assert absolute_distance(one, two) == 4
    assert scaled_to_one(np.array([[1.0, 3.0]])).tolist() == [[0.25, 0.75]]
    assert scaled_to_one(np.zeros((1, 1))).tolist() == [[0]]
    for distance in (spectral_distance, absolute_distance):
        with pytest.raises(NetworkError, match="keep isolates"):
            distance(one, np.zeros((2, 2)))
    with pytest.raises(NetworkError, match="no Laplacian"):
        laplacian_spectrum(np.zeros((2, 3)))


def loss(table: StatementTable, concepts: tuple[str, ...]) -> float:
    """Return the distance by building both networks anew."""
    whole = discourse_network(table, **PLAIN, duplicates="document")[0]
    part = discourse_network(table, **PLAIN, duplicates="document", include={"concept": concepts})[0]
    place = [whole.rows.index(name) for name in part.rows]
    padded = np.zeros_like(whole.matrix)
    padded[np.ix_(place, place)] = part.matrix
    return spectral_distance(whole.matrix, padded)


def test_the_nested_backbone_removes_what_changes_least_at_each_step() -> None:
    table = debate()
    found = nested_backbone(table)
    assert found.is_exact
    left = sorted([*found.removed, found.kept])
    for gone, value in zip(found.removed, found.losses, strict=True):
        least = min(loss(table, tuple(each for each in left if each != out)) for out in left)
        left.remove(gone)
        assert value == pytest.approx(least, abs=1e-12)
        assert loss(table, tuple(left)) == pytest.approx(least, abs=1e-12)
    assert found.at(2) == tuple(sorted([found.removed[-1], found.kept]))
    assert found.at(1) == (found.kept,)
    with pytest.raises(InvalidValue):
        found.at(7)


def test_estimates_find_the_exact_order_where_losses_differ_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    table = debate(actors=30, n=500)
    exact = nested_backbone(table, margin=None)
    monkeypatch.setattr("amity.network.backbone._SMALL", 4)
    screened = nested_backbone(table, margin=0.2)
    assert screened.removed == exact.removed
    assert screened.losses == exact.losses
    for normalization in ("none", "jaccard"):
        wide = nested_backbone(table, margin=0.5, normalization=normalization)
        assert wide.removed == nested_backbone(table, margin=None, normalization=normalization).removed


def test_an_evaluated_set_reports_its_own_loss_and_that_of_the_rest() -> None:
    table = debate()
    found = evaluate_backbone(table, ["concept 0", "concept 1"], penalty=2)
    assert found.loss == pytest.approx(loss(table, found.concepts))
    assert found.redundant_loss == pytest.approx(loss(table, found.redundant))
    assert found.penalised_loss == pytest.approx(found.loss * np.exp(-2 * 4 / 6))
    assert evaluate_backbone(table, [f"concept {at}" for at in range(6)]).loss == pytest.approx(0)
    with pytest.raises(NotFound, match="concept 9"):
        evaluate_backbone(table, ["concept 9"])


def test_annealing_finds_the_best_set_of_a_small_world_and_reports_its_own_loss() -> None:
    table = debate()
    names = [f"concept {at}" for at in range(6)]
    best = min((loss(table, some), some) for some in combinations(names, 2))
    found = annealed_backbone(table, size=2, iterations=300, seed=1)
    assert found.concepts == best[1]
    assert found.loss == pytest.approx(best[0])
    assert found == annealed_backbone(table, size=2, iterations=300, seed=1)
    free = annealed_backbone(table, penalty=3.5, iterations=400, seed=1)
    sizes = (some for size in range(1, 6) for some in combinations(names, size))
    least = min(loss(table, some) * np.exp(-3.5 * (6 - len(some)) / 6) for some in sizes)
    assert free.penalised_loss == pytest.approx(least)
    with pytest.raises(InvalidValue, match="no backbone"):
        annealed_backbone(table, size=6)


def test_backbones_are_of_one_mode_networks_of_the_whole_period() -> None:
    with pytest.raises(InvalidValue, match="one-mode"):
        nested_backbone(debate(), kind="two-mode", normalization="none")
    empty = statement_table({"time": [], "organization": [], "concept": [], "agreement": []})
    assert nested_backbone(empty).kept == ""


def test_cell_probabilities_keep_the_totals() -> None:
    random = np.random.default_rng(5)
    cells = (random.random((12, 9)) < random.random(9)).astype(int)
    cells[0], cells[1], cells[:, 0] = 0, 1, 1
    p = cell_probabilities(cells)
    np.testing.assert_allclose(p.sum(axis=1), cells.sum(axis=1), atol=1e-7)
    np.testing.assert_allclose(p.sum(axis=0), cells.sum(axis=0), atol=1e-7)
    assert ((p >= 0) & (p <= 1)).all()


def test_poisson_binomial_probabilities_are_sums_over_all_outcomes() -> None:
    p = np.array([[0.1, 0.5, 0.7, 0.2]])
    expected = np.zeros(5)
    for outcome in product([0, 1], repeat=4):
        expected[sum(outcome)] += np.prod([c if o else 1 - c for c, o in zip(p[0], outcome, strict=True)])
    np.testing.assert_allclose(poisson_binomial(p)[0], expected)


def test_the_signed_backbone_finds_two_camps() -> None:
    cells = np.zeros((10, 100), dtype=int)
    cells[:5, :50] = 1
    cells[5:, 50:] = 1
    flips = np.random.default_rng(2).random(cells.shape) < 0.1
    cells ^= flips
    found = signed_backbone(cells)
    camp = np.arange(10) < 5
    same = camp[:, None] == camp[None, :]
    assert (found.sign[~np.eye(10, dtype=bool)] == np.where(same, 1, -1)[~np.eye(10, dtype=bool)]).all()
    assert not np.diagonal(found.sign).any()
    assert (found.sign == found.sign.T).all()
    near = signed_backbone(cells, method="normal")
    np.testing.assert_allclose(near.upper, found.upper, atol=0.01)
    np.testing.assert_allclose(near.lower, found.lower, atol=0.01)
    assert np.abs(signed_backbone(cells, correction="bonferroni").sign).sum() <= np.abs(found.sign).sum()
    assert np.abs(signed_backbone(cells, correction="holm").sign).sum() <= np.abs(found.sign).sum()


def test_chance_makes_few_signs() -> None:
    cells = np.random.default_rng(4).random((40, 60)) < 0.3
    found = signed_backbone(cells, alpha=0.05)
    assert (found.sign != 0).sum() / (40 * 39) <= 0.05
    with pytest.raises(InvalidValue, match="alpha"):
        signed_backbone(cells, alpha=2)
