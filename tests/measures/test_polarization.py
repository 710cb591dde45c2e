import json
import sys
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue, NetworkError
from amity.measures.polarization import (
    bimodality,
    esteban_ray,
    misfit_of_groups,
    polarization,
    polarization_profile,
)
from tests.measures.networks import REFERENCE, noisy_blocs

# the package offers the function under the module's name
module = sys.modules["amity.measures.polarization"]


def camps(
    sizes: tuple[int, ...], seed: int = 0, noise: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return congruence and conflict matrices of planted camps, and the camps."""
    rng = np.random.default_rng(seed)
    groups = np.repeat(np.arange(len(sizes)), sizes)
    rng.shuffle(groups)
    same = groups[:, None] == groups[None, :]
    flipped = np.triu(rng.random(same.shape) < noise, 1)
    same = same != (flipped | flipped.T)
    strength = rng.uniform(0.8, 1.2, same.shape)
    strength = (strength + strength.T) / 2
    C, X = strength * same, strength * ~same
    np.fill_diagonal(C, 0)
    np.fill_diagonal(X, 0)
    return C, X, groups


def by_hand(C: np.ndarray, X: np.ndarray, groups: np.ndarray) -> float:
    """Return the misfit by the published formula, pair by pair."""
    n = len(groups)
    sizes = {group: int((groups == group).sum()) for group in set(groups.tolist())}
    W = sum(size * (size - 1) for size in sizes.values())
    B = n * (n - 1) - W
    total = 0.0
    for i, j in product(range(n), repeat=2):
        if i == j:
            continue
        g, h = groups[i], groups[j]
        if g == h:
            total += abs(C[i, j] - sizes[g] * (sizes[g] - 1) / W * C.sum() / W) + X[i, j]
        else:
            total += C[i, j] + abs(X[i, j] - sizes[g] * sizes[h] / B * X.sum() / B)
    return total / 2


def agrees(partition: dict[str, int], groups: np.ndarray) -> bool:
    pairs = {(partition[str(actor)], int(group)) for actor, group in enumerate(groups)}
    return len(pairs) == len(set(partition.values())) == len(set(groups.tolist()))


@given(st.integers(0, 10_000), st.integers(4, 8), st.integers(2, 3))
@settings(max_examples=40, deadline=None)
def test_the_misfit_is_the_published_formula(seed: int, n: int, k: int) -> None:
    C, X, _ = camps((n // 2, n - n // 2), seed, noise=0.3)
    groups = np.random.default_rng(seed).integers(0, k, n)
    groups[:k] = range(k)
    assert misfit_of_groups(C, X, groups) == pytest.approx(by_hand(C, X, groups))


@given(st.integers(0, 10_000), st.integers(2, 3))
@settings(max_examples=40, deadline=None)
def test_moves_and_exchanges_are_valued_exactly(seed: int, k: int) -> None:
    C, X, _ = camps((4, 4), seed, noise=0.4)
    groups = np.random.default_rng(seed).integers(0, k, 8)
    groups[:k] = range(k)
    node, target, value = module._best_move(C, X, groups, k)
    moved = groups.copy()
    moved[node] = target
    assert value == pytest.approx(misfit_of_groups(C, X, moved))
    one, two, value = module._best_exchange(C, X, groups, misfit_of_groups(C, X, groups))
    moved = groups.copy()
    moved[one], moved[two] = groups[two], groups[one]
    assert value == pytest.approx(misfit_of_groups(C, X, moved))


@pytest.mark.parametrize("sizes", [(5, 5), (7, 3), (10, 2)])
def test_few_actors_are_solved_exactly_and_camps_need_not_be_equal(sizes: tuple[int, int]) -> None:
    C, X, groups = camps(sizes, 3)
    found = polarization(C, X)
    assert found.is_exact
    assert agrees(dict(found.partition), groups)
    assert found.sizes == sizes
    assert found.fit == pytest.approx(1.0)


def test_the_search_finds_what_trying_all_splits_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(8):
        C, X, _ = camps((6, 4), seed, noise=0.25)
        exact = polarization(C, X)
        monkeypatch.setattr(module, "ALL_SPLITS", 0)
        searched = polarization(C, X, seed=seed)
        monkeypatch.undo()
        assert not searched.is_exact
        assert searched.misfit == pytest.approx(exact.misfit)


@pytest.mark.parametrize("sizes", [(150, 150), (270, 30)])
def test_many_actors_in_planted_camps_are_recovered(sizes: tuple[int, int]) -> None:
    C, X, groups = camps(sizes, 1, noise=0.15)
    found = polarization(C, X, seed=2)
    assert agrees(dict(found.partition), groups)
    assert found.fit == pytest.approx(0.85, abs=0.02)


def test_three_camps_are_recovered() -> None:
    C, X, groups = camps((12, 10, 8), 5)
    found = polarization(C, X, k=3, levels="mean")
    assert agrees(dict(found.partition), groups)
    assert found.fit == 1.0


def test_uniform_camps_have_no_misfit_where_levels_are_means() -> None:
    _, X, groups = camps((6, 5), 1)
    far = (X > 0).astype(float)
    near = 1 - far - np.eye(11)
    assert misfit_of_groups(near, far, groups, levels="mean") == pytest.approx(0)
    equal = np.arange(10) % 2
    near, far = np.equal.outer(equal, equal) - np.eye(10), np.not_equal.outer(equal, equal) * 1.0
    assert polarization(near, far).normalised_misfit == pytest.approx(0.25)


def test_the_same_seed_gives_the_same_groups() -> None:
    C, X, _ = camps((20, 20), 7, noise=0.45)
    assert polarization(C, X, seed=3).partition == polarization(C, X, seed=3).partition


def test_a_signed_network_is_its_own_congruence_and_conflict() -> None:
    rows = [("a", "b", 2.0), ("c", "d", 1.0), ("a", "c", -1.0), ("b", "d", -3.0)]
    found = polarization(rows)
    assert found.partition == {"a": 0, "b": 0, "c": 1, "d": 1}
    assert found.fit == 1.0


def test_wrong_input_is_named() -> None:
    C, X, _ = camps((3, 3))
    with pytest.raises(InvalidValue, match="k must be"):
        polarization(C, X, k=7)
    with pytest.raises(NetworkError, match="alike"):
        polarization(C, X[:4, :4])
    with pytest.raises(NetworkError, match="not negative"):
        polarization(C, -X)
    with pytest.raises(NetworkError, match="symmetric"):
        polarization(np.triu(C), X)
    with pytest.raises(NetworkError, match="labels"):
        polarization(C, X, labels=["a"])


def test_the_planted_reference_camps_are_recovered_at_the_published_misfit() -> None:
    path = REFERENCE / "dna" / "planted" / "greedy.json"
    if not path.exists():
        pytest.skip("the DNA references are not here")
    record = json.loads(path.read_text(encoding="utf-8"))
    C, X = (np.array(record[name][0]["matrix"]) for name in ("congruence", "conflict"))
    camp = np.arange(10) % 2
    found = polarization(C, X)
    assert agrees(dict(found.partition), camp)
    assert found.misfit == pytest.approx(224.41423627469456)
    assert misfit_of_groups(C, X, np.array([0, 0, 0, 1, 1, 1, 1, 0, 1, 0])) == pytest.approx(
        463.84335944259595
    )


def test_bimodality_tells_one_mode_from_two() -> None:
    rng = np.random.default_rng(0)
    one = rng.standard_normal(4000)
    two = np.concatenate([one - 4, one + 4])
    assert bimodality(one) == pytest.approx(1 / 3, abs=0.03)
    assert bimodality(two) > 0.8
    assert bimodality(np.linspace(0, 1, 5000)) == pytest.approx(5 / 9, abs=0.01)
    assert bimodality([1.0, 1.0, 1.0, 1.0, 1.0]) == 0.0


def test_esteban_ray_is_greatest_for_two_equal_poles() -> None:
    poles = esteban_ray([0.0, 1.0])
    assert poles == pytest.approx(2 * 0.5 ** (2 + 1.3))
    assert poles > esteban_ray([0.0, 0.5, 1.0])
    assert poles > esteban_ray([0.0, 1.0], [3.0, 1.0])
    assert esteban_ray([0.2, 0.2]) == 0.0
    assert esteban_ray([0.0, 0.0, 1.0], [1, 1, 2]) == pytest.approx(poles)
    with pytest.raises(InvalidValue, match="alpha"):
        esteban_ray([0.0], alpha=2.0)


def test_a_profile_of_two_camps_shows_them_from_all_sides() -> None:
    rows, camp = noisy_blocs(40, 300, 0.0, 1)
    found = polarization_profile(rows)
    assert (found.in_place, found.negative_between, found.positive_within) == (1.0, 1.0, 1.0)
    assert (found.external_internal_positive, found.external_internal_negative) == (-1.0, 1.0)
    assert found.bimodality > 0.7
    assert sum(found.sizes) == 40
    groups = {(found.partition[str(actor)], int(side)) for actor, side in enumerate(camp)}
    assert len(groups) == 2


def test_a_profile_of_nothing_is_all_zero() -> None:
    found = polarization_profile([])
    assert (found.in_place, found.bimodality, found.sizes) == (0.0, 0.0, (0, 0))
