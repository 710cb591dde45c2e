"""Actor networks over time."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import InvalidValue
from amity.network import NetworkOptions, build_network, network_windows
from tests.network.invented import columns_of, random_columns

ROWS = [
    {"holders": ["A"], "targets": ["B"], "polarity": 1, "day": "1961-01-31"},
    {"holders": ["A"], "targets": ["B"], "polarity": -1, "day": "1961-02-27"},
    {"holders": ["B"], "targets": ["C"], "polarity": 1, "day": "1961-02-28"},
    {"holders": ["C"], "targets": ["A"], "polarity": 1, "day": "1961-03-31"},
    {"holders": ["C"], "targets": ["A"], "polarity": 1},
]


def test_windows_are_half_open_and_touch() -> None:
    series = network_windows(columns_of(ROWS), "1M")
    assert series.limits == [
        (date(1961, 1, 31), date(1961, 2, 28)),
        (date(1961, 2, 28), date(1961, 3, 28)),
        (date(1961, 3, 28), date(1961, 4, 28)),
    ]
    assert [network.m for network in series] == [1, 1, 1]
    assert (series[0].support.tolist(), series[0].opposition.tolist()) == ([1.0], [1.0])
    assert [network.n for network in series] == [3, 3, 3]
    assert series[0].start == date(1961, 1, 31)
    assert [network.m for network in series[1:]] == [1, 1]


def test_cumulative_windows_reach_back_to_the_first_day() -> None:
    series = network_windows(columns_of(ROWS), "1M", cumulative=True)
    assert [network.m for network in series] == [1, 2, 3]
    assert {start for start, _ in series.limits} == {date(1961, 1, 31)}


def test_decay_is_reckoned_from_the_last_day_of_each_window() -> None:
    options = NetworkOptions(half_life=31)
    series = network_windows(columns_of(ROWS), "1M", cumulative=True, options=options)
    assert series[0].support.tolist() == pytest.approx([2 ** (-27 / 31)])
    assert series[0].opposition.tolist() == [1.0]


def test_event_windows_hold_whole_positions() -> None:
    rows = [{**ROWS[0], "targets": ["B", "C"]}, *ROWS[1:]]
    series = network_windows(columns_of(rows), "2E", step="1E")
    assert [
        len({each for at in range(network.m) for each in network.positions_of(at)}) for network in series
    ] == [2, 2, 2]
    assert series.limits[0] == (date(1961, 1, 31), date(1961, 2, 28))


def test_limits_of_the_options_bound_the_series() -> None:
    options = NetworkOptions(start=date(1961, 2, 1), end=date(1961, 3, 15))
    series = network_windows(columns_of(ROWS), "30D", options=options)
    assert series.limits == [(date(1961, 2, 1), date(1961, 3, 3)), (date(1961, 3, 3), date(1961, 3, 15))]
    assert [network.m for network in series] == [2, 0]


def test_no_positions_make_no_windows() -> None:
    assert list(network_windows(columns_of([]), "1Y")) == []


@pytest.mark.parametrize(
    ("width", "step", "words"),
    [("6h", None, "dated by days"), ("5E", "1D", "both"), ("0D", None, "no duration")],
)
def test_durations_that_make_no_sense_are_refused(width: str, step: str | None, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        network_windows(columns_of(ROWS), width, step=step)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 90), st.integers(0, 80))
def test_disjoint_windows_add_up_to_the_whole(seed: int, days: int, n: int) -> None:
    columns = random_columns(n, 5, seed, days=365)
    whole = build_network(columns)
    total = np.zeros((2, whole.n, whole.n))
    for network in network_windows(columns, f"{days}D"):
        assert [actor.id for actor in network.actors] == [actor.id for actor in whole.actors]
        total[0] += network.adjacency("support").toarray()
        total[1] += network.adjacency("opposition").toarray()
    assert (total[0] == whole.adjacency("support").toarray()).all()
    assert (total[1] == whole.adjacency("opposition").toarray()).all()


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(1, 60), st.integers(1, 30))
def test_each_window_is_the_network_of_its_days(seed: int, width: int, step: int) -> None:
    columns = random_columns(60, 4, seed, days=100)
    for network in network_windows(columns, f"{width}D", step=f"{step}D"):
        alone = build_network(columns, options=NetworkOptions(start=network.start, end=network.end))
        assert list(alone.edges) == list(network.edges)
