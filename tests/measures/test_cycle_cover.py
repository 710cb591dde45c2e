import numpy as np
import pytest

import amity.measures.cycle_cover as cycle_cover
from amity.measures.cycle_cover import CycleCover, spread
from amity.measures.odd_cycles import OddCycles, odd_triangles, vertex_cover
from amity.measures.reduction import merged_ties
from tests.measures.networks import noisy_blocs


def _world(seed: int) -> tuple[int, np.ndarray, np.ndarray, np.ndarray]:
    rows, _ = noisy_blocs(40, 200, 0.3, seed)
    ends = np.array([(int(a), int(b)) for a, b, _ in rows])
    first, second, net, _ = merged_ties(ends[:, 0], ends[:, 1], np.array([float(s) for *_, s in rows]))
    return 40, first, second, net


def _tighten(cover: CycleCover, finder: OddCycles) -> None:
    for _ in range(200):
        cover.solve(10.0, gap=1e-4)
        if not cover.add(finder.find(cover.value)):
            return


@pytest.mark.parametrize("rows", [0, 10**6], ids=["first-order", "simplex"])
def test_the_bound_is_a_packing_of_negative_cycles_that_anyone_can_check(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cycle_cover, "SIMPLEX_ROWS", rows)
    n, first, second, net = _world(1)
    cover = CycleCover(np.abs(net))
    cover.add(odd_triangles(n, first, second, net < 0))
    _tighten(cover, OddCycles(n, first, second, net < 0))
    load = np.zeros(len(net))
    for number, weight in enumerate(cover.packing):
        cycle = cover.cycle(number)
        assert (net[list(cycle)] < 0).sum() % 2 == 1
        degree = np.bincount(np.concatenate([first[list(cycle)], second[list(cycle)]]))
        assert set(degree[degree > 0]) == {2}
        load[list(cycle)] += weight
    assert (load <= np.abs(net) + 1e-9).all()
    assert cover.packing.sum() == pytest.approx(cover.bound)
    assert cover.bound > 20


def test_both_methods_find_the_same_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    bounds = []
    for rows in (0, 10**6):
        monkeypatch.setattr(cycle_cover, "SIMPLEX_ROWS", rows)
        n, first, second, net = _world(2)
        cover = CycleCover(np.abs(net))
        _tighten(cover, OddCycles(n, first, second, net < 0))
        bounds.append(cover.bound)
    assert bounds[0] == pytest.approx(bounds[1], rel=5e-3)


def test_odd_triangles_are_those_of_negative_product() -> None:
    n, first, second, net = _world(3)
    found = {tuple(sorted(each)) for each in odd_triangles(n, first, second, net < 0)}
    tie = {(a, b): number for number, (a, b) in enumerate(zip(first.tolist(), second.tolist(), strict=True))}
    expected = {
        tuple(sorted((tie[a, b], tie[b, c], tie[a, c])))
        for a in range(n)
        for b in range(a + 1, n)
        for c in range(b + 1, n)
        if {(a, b), (b, c), (a, c)} <= tie.keys() and net[tie[a, b]] * net[tie[b, c]] * net[tie[a, c]] < 0
    }
    assert found == expected


def test_spread_triangles_share_few_ties() -> None:
    n, first, second, net = _world(4)
    triangles = np.array(odd_triangles(n, first, second, net < 0))
    chosen = spread(triangles, np.zeros(len(net)), share=1)
    assert len(np.unique(chosen)) == chosen.size
    assert len(spread(triangles, np.ones(len(net)))) == 0


def test_a_vertex_cover_meets_every_tie() -> None:
    _, first, second, _ = _world(5)
    chosen = set(vertex_cover(first, second).tolist())
    assert all(a in chosen or b in chosen for a, b in zip(first.tolist(), second.tolist(), strict=True))
    assert len(chosen) < 40
