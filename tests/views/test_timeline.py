"""Positions over time."""

from datetime import date
from xml.etree import ElementTree

import pytest

from amity.views import count_by_period, plot_timeline


def test_months_without_positions_are_kept() -> None:
    periods = count_by_period([(date(1961, 1, 31), 1), (date(1961, 3, 1), -1), (date(1961, 3, 9), 0)])
    assert [(each.label, each.support, each.opposition, each.neither) for each in periods] == [
        ("Jan 1961", 1, 0, 0),
        ("Feb 1961", 0, 0, 0),
        ("Mar 1961", 0, 1, 1),
    ]
    assert periods[-1].end == date(1961, 4, 1)


@pytest.mark.parametrize(("years", "length"), [(4, 12 * 4 + 1), (12, 4 * 12 + 1), (40, 41), (200, 41)])
def test_the_unit_fits_the_stretch(years: int, length: int) -> None:
    periods = count_by_period([(date(1800, 1, 1), 1), (date(1800 + years, 1, 1), -1)])
    assert len(periods) == length
    assert sum(each.support + each.opposition for each in periods) == 2


def test_no_positions_give_no_periods_and_an_empty_picture() -> None:
    assert count_by_period([]) == []
    ElementTree.fromstring(plot_timeline([]).to_svg())
