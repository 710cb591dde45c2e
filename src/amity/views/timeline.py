"""Positions over time: support above the line, opposition below it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from amity.views.drawing import Curve, Drawing, Label, Polygon, Shape
from amity.views.network_figure import OPPOSITION_COLOUR, SUPPORT_COLOUR


@dataclass(frozen=True, slots=True)
class Period:
    """Counts of supporting, opposing and other positions in a stretch of days (end exclusive)."""

    label: str
    start: date
    end: date
    support: int
    opposition: int
    neither: int


def count_by_period(dated: Iterable[tuple[date, int]], *, max_periods: int = 60) -> list[Period]:
    """
    Return counts of positions by month, quarter, year or decade, whichever fits.

    Parameters
    ----------
    dated : iterable of tuple of date and int
        Day and polarity (1, -1 or 0) of each position.
    max_periods : int
        The finest unit that needs no more periods than this is taken.

    Returns
    -------
    list of Period
        Without gaps, from the first to the last day; empty for no positions.
    """
    listed = list(dated)
    if not listed:
        return []
    first, last = min(day for day, _ in listed), max(day for day, _ in listed)
    months = next(
        (
            unit
            for unit in (1, 3, 12, 60, 120)
            if (last.year - first.year) * 12 + last.month - first.month < unit * (max_periods - 1)
        ),
        1200,
    )
    begin = _floor(first, months)
    counts: dict[int, list[int]] = {}
    for day, polarity in listed:
        counts.setdefault(_months(day) // months, [0, 0, 0])[{1: 0, -1: 1}.get(polarity, 2)] += 1
    periods = []
    for number in range(_months(begin) // months, _months(last) // months + 1):
        start, end = _from_months(number * months), _from_months((number + 1) * months)
        support, opposition, neither = counts.get(number, [0, 0, 0])
        periods.append(Period(_name(start, months), start, end, support, opposition, neither))
    return periods


def _months(day: date) -> int:
    return day.year * 12 + day.month - 1


def _from_months(number: int) -> date:
    year, month = divmod(number, 12)
    return date(min(year, 9999), month + 1, 1)


def _floor(day: date, months: int) -> date:
    return _from_months(_months(day) // months * months)


def _name(start: date, months: int) -> str:
    if months == 1:
        return f"{start:%b %Y}" if start.year >= 1000 else f"{start.year}-{start.month:02}"
    if months == 3:
        return f"{start.year} Q{(start.month + 2) // 3}"
    return str(start.year) if months == 12 else f"{start.year}\u2013{start.year + months // 12 - 1}"


def plot_timeline(
    periods: list[Period], *, width: float = 900.0, height: float = 240.0, title: str = ""
) -> Drawing:
    """
    Return a bar chart of positions over time.

    Parameters
    ----------
    periods : list of Period
        As from `count_by_period`.
    width, height : float
        Page size in points.
    title : str
        Heading; none if empty.

    Returns
    -------
    Drawing
        Supporting positions above the line in a solid colour, opposing ones below it hatched by outline.
    """
    shapes: list[Shape] = []
    if title:
        shapes.append(Label((16, 22), title, 13, "start", bold=True, halo=False))
    top, bottom, left, right = (36.0 if title else 14.0), 34.0, 44.0, 12.0
    most_up = max((each.support for each in periods), default=0)
    most_down = max((each.opposition for each in periods), default=0)
    unit = (height - top - bottom) / max(most_up + most_down, 1)
    axis = top + most_up * unit
    step = (width - left - right) / max(len(periods), 1)
    for place, period in enumerate(periods):
        x = left + place * step + step * 0.12
        wide = step * 0.76
        note = f"{period.label}: {period.support} supporting, {period.opposition} opposing, {period.neither} neither"
        if period.support:
            shapes.append(
                _bar(
                    x, axis - period.support * unit, wide, period.support * unit, SUPPORT_COLOUR, "none", note
                )
            )
        if period.opposition:
            shapes.append(_bar(x, axis, wide, period.opposition * unit, "#ffffff", OPPOSITION_COLOUR, note))
        if place % max(1, round(70 / step)) == 0:
            shapes.append(Label((x + wide / 2, height - 12), period.label, 9, halo=False, colour="#444444"))
    shapes.append(Curve(((left, axis), (width / 2, axis), (width - right, axis)), "#333333", 1))
    for value, y in ((most_up, top), (0, axis), (most_down, top + (most_up + most_down) * unit)):
        if value or y == axis:
            shapes.append(Label((left - 6, y + 3), str(value), 9, "end", "#444444", halo=False))
    return Drawing(width, height, tuple(shapes), title or "Positions over time", _describe(periods))


def _bar(x: float, y: float, wide: float, high: float, fill: str, stroke: str, note: str) -> Polygon:
    return Polygon(
        ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)), fill, stroke, title=note, width=1.6
    )


def _describe(periods: list[Period]) -> str:
    return (
        "; ".join(
            f"{each.label}: {each.support} supporting, {each.opposition} opposing"
            for each in periods
            if each.support or each.opposition
        )
        or "No dated positions."
    )
