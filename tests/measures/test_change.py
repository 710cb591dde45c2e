import numpy as np
import pytest

from amity.errors import InvalidValue
from amity.measures.change import change_points, scale_distances, window_distances
from amity.measures.frustration import frustration_index
from amity.measures.sensitivity import sensitivity_of_positions, sensitivity_of_ties
from amity.measures.triads import triangle_balance
from tests.measures.networks import noisy_blocs
from tests.measures.test_uncertainty import positions


def test_equal_networks_are_at_no_distance_and_opposite_ones_at_one() -> None:
    first, second = [("a", "b", 1), ("b", "c", -1)], [("a", "b", -1), ("b", "c", 1)]
    found = window_distances([first, first, second])
    assert found.distances[0].tolist() == [0.0, 0.0, 1.0]
    assert window_distances([first, second], distance="cosine").distances[0, 1] == pytest.approx(2.0)
    assert window_distances([first, first], distance="spectrum").distances[0, 1] == pytest.approx(0)


@pytest.mark.parametrize("distance", ["difference", "cosine"])
def test_phases_are_told_apart(distance: str) -> None:
    early, _ = noisy_blocs(15, 60, 0.0, 1)
    late, _ = noisy_blocs(15, 60, 0.0, 2)
    series = [early[i:] for i in range(5)] + [late[i:] for i in range(5)]
    found = window_distances(series, distance=distance, windows=range(1990, 2000))  # type: ignore[arg-type]
    assert found.phases == (0,) * 5 + (1,) * 5
    assert found.silhouette > 0.5
    assert "1999" in str(found)


def test_wrong_window_options_are_named() -> None:
    with pytest.raises(InvalidValue, match="distance"):
        window_distances([], distance="other")  # type: ignore[arg-type]
    with pytest.raises(InvalidValue, match="names"):
        window_distances([[]], windows=["a", "b"])
    with pytest.raises(InvalidValue, match="phases"):
        window_distances([[]], phases=3)


def test_scaling_gives_points_on_a_plane_back() -> None:
    points = np.random.default_rng(0).random((8, 2))
    distances = np.linalg.norm(points[:, None] - points[None], axis=2)
    found, explained = scale_distances(distances)
    assert np.linalg.norm(found[:, None] - found[None], axis=2) == pytest.approx(distances, abs=1e-9)
    assert explained == pytest.approx(1.0)


def test_a_step_is_one_change_point_under_any_sensible_penalty() -> None:
    rng = np.random.default_rng(0)
    series = np.concatenate([np.full(20, 0.9), np.full(20, 0.7)]) + 0.01 * rng.standard_normal(40)
    found = change_points(series)
    assert found.points == (20,)
    assert found.means == pytest.approx([0.9, 0.7], abs=0.01)
    assert all(points == (20,) for _, points in found.path[1:])


def test_segmentation_is_the_best_of_all() -> None:
    values = np.random.default_rng(3).random(9)

    def cost(points: tuple[int, ...]) -> float:
        parts = np.split(values, points)
        return sum(float(((part - part.mean()) ** 2).sum()) for part in parts) + 0.05 * len(points)

    every = [
        points
        for bits in range(2**8)
        if (points := tuple(i + 1 for i in range(8) if bits >> i & 1)) is not None
        and all(len(part) >= 2 for part in np.split(values, points))
    ]
    assert cost(change_points(values, penalty=0.05).points) == pytest.approx(min(map(cost, every)))


def test_short_and_flat_series_do_not_change() -> None:
    assert change_points([1.0, 2.0, 3.0]).points == ()
    assert change_points([0.5] * 10).points == ()
    assert change_points([]).means == ()
    with pytest.raises(InvalidValue):
        change_points([1.0], penalty=-1)


def test_the_tie_that_keeps_a_triangle_from_balance_matters_most() -> None:
    rows = [("a", "b", 1), ("b", "c", 1), ("a", "c", -1), ("c", "d", 1)]
    found = sensitivity_of_ties(rows)
    assert found.observed == pytest.approx(0.5)
    assert {(each.source, each.target) for each in found.leverage[:3]} == {("a", "b"), ("b", "c"), ("a", "c")}
    assert found.leverage[0].value == 1.0
    assert found.leverage[-1].change == 0.0
    gone = sensitivity_of_ties(rows, measure=lambda graph: triangle_balance(graph).index, error="absent")
    assert gone.leverage[0].change == 1.0
    with pytest.raises(InvalidValue, match="error"):
        sensitivity_of_ties(rows, error="other")


def test_every_turned_tie_is_valued_as_if_measured_anew() -> None:
    rows, _ = noisy_blocs(12, 40, 0.2, 1)
    found = sensitivity_of_ties(rows)
    for each in found.leverage[:10]:
        turned = [
            (a, b, -s if (a, b) in ((each.source, each.target), (each.target, each.source)) else s)
            for a, b, s in rows
        ]
        assert each.value == pytest.approx(frustration_index(turned).balance)


def test_only_positions_that_decide_a_pair_have_leverage() -> None:
    rows = [
        ("a", "b", 1, 1.0, "d"), ("a", "b", 1, 1.0, "d"), ("a", "b", 1, 1.0, "d"),
        ("b", "c", 1, 1.0, "d"), ("a", "c", -1, 1.0, "d"),
    ]  # fmt: skip
    found = sensitivity_of_positions(positions(rows))
    assert {each.what for each in found.leverage} == {"p3", "p4"}
    assert found.without_effect == 3
    assert found.leverage[0].change == pytest.approx(2 / 3)
    assert "p3" in str(found)
