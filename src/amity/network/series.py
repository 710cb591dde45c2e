"""Actor networks over time: natural, event and cumulative windows, computed when they are asked for."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import overload

import numpy as np

from amity.errors import InvalidValue
from amity.network.actor_network import assemble_network, prepare_columns, take_rows
from amity.network.durations import Duration, parse_duration, shift, to_datetime
from amity.network.merging import ROW_COLUMNS
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns

_SHORT = ("seconds", "minutes", "hours")
MAX_WINDOWS = 1_000_000


class NetworkSeries(Sequence[Network]):
    """
    Networks in the order of time, each computed when it is asked for.

    Parameters
    ----------
    columns : PositionColumns
        Positions.
    options : NetworkOptions
        What counts and how, the same in every window.
    width, step : Duration
        Width of windows and step between their starts.
    cumulative : bool
        Whether each window reaches back to the first day.
    """

    def __init__(
        self,
        columns: PositionColumns,
        options: NetworkOptions,
        *,
        width: Duration,
        step: Duration,
        cumulative: bool = False,
    ) -> None:
        columns, self._nodes = prepare_columns(columns, options)
        order = np.lexsort((columns.position, columns.day))
        order = order[columns.day[order] >= 0]
        columns = replace(columns, **{name: getattr(columns, name)[order] for name in ROW_COLUMNS})
        self._options = options
        self._columns = _inside(columns, options.start, options.end)
        if width.unit == "events":
            self._spans = _event_spans(self._columns, width, step, cumulative=cumulative)
        else:
            self._spans = _day_spans(self._columns, options, width, step, cumulative=cumulative)

    @property
    def limits(self) -> list[tuple[date, date]]:
        """First day (inclusive) and last day (exclusive) of each window."""
        return [(start, end) for start, end, _, _ in self._spans]

    def __len__(self) -> int:
        return len(self._spans)

    @overload
    def __getitem__(self, place: int) -> Network: ...

    @overload
    def __getitem__(self, place: slice) -> list[Network]: ...

    def __getitem__(self, place: int | slice) -> Network | list[Network]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        start, end, low, high = self._spans[place]
        rows = take_rows(self._columns, slice(low, high))
        return assemble_network(rows, self._nodes, replace(self._options, start=start, end=end))


_Span = tuple[date, date, int, int]


def _inside(columns: PositionColumns, start: date | None, end: date | None) -> PositionColumns:
    low = 0 if start is None else int(np.searchsorted(columns.day, start.toordinal(), side="left"))
    high = len(columns) if end is None else int(np.searchsorted(columns.day, end.toordinal(), side="left"))
    return take_rows(columns, slice(low, high))


def _day_spans(
    columns: PositionColumns, options: NetworkOptions, width: Duration, step: Duration, *, cumulative: bool
) -> list[_Span]:
    day = columns.day
    if not len(day) and (options.start is None or options.end is None):
        return []
    first = options.start or date.fromordinal(int(day[0]))
    final = options.end or date.fromordinal(int(day[-1]) + 1)
    spans: list[_Span] = []
    start = first
    while start < final:
        if len(spans) >= MAX_WINDOWS:
            raise InvalidValue(f"a step of {step.count} {step.unit} makes more than {MAX_WINDOWS} windows")
        end = _later(start, width)
        if options.end is not None:
            end = min(end, options.end)
        begin = first if cumulative else start
        low, high = np.searchsorted(day, (begin.toordinal(), end.toordinal()), side="left")
        spans.append((begin, end, int(low), int(high)))
        if cumulative and end >= final:
            break
        start = _later(start, step)
    return spans


def _event_spans(
    columns: PositionColumns, width: Duration, step: Duration, *, cumulative: bool
) -> list[_Span]:
    """Windows of successive positions; a position's rows stay together."""
    _, first = np.unique(columns.position, return_index=True)
    bounds = [*np.sort(first).tolist(), len(columns)]
    spans: list[_Span] = []
    for at in range(0, len(bounds) - width.count, step.count):
        low, high = (0 if cumulative else bounds[at]), bounds[at + width.count]
        days = columns.day[low:high]
        spans.append((date.fromordinal(int(days[0])), date.fromordinal(int(days[-1]) + 1), low, high))
    return spans


def _later(day: date, duration: Duration) -> date:
    moment = int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
    return to_datetime(shift(moment, duration.count, duration.unit)).date()


def network_windows(
    columns: PositionColumns,
    width: str | Duration,
    *,
    step: str | Duration | None = None,
    cumulative: bool = False,
    options: NetworkOptions | None = None,
) -> NetworkSeries:
    """
    Return actor networks of windows of time.

    Parameters
    ----------
    columns : PositionColumns
        Positions; undated ones are in no window.
    width : str or Duration
        Width of the windows: days, weeks, months, years as in ``1Y``, or events as in ``500E``.
    step : str, Duration or None
        From the start of one window to the next; the width itself unless given, so that windows touch and do
        not overlap.
    cumulative : bool
        Whether each window reaches back to the first day.
    options : NetworkOptions or None
        What counts and how. `start` and `end` limit the series; with `half_life`, a position's age is reckoned
        from each window's last day.

    Returns
    -------
    NetworkSeries
        A sequence of networks, all with the same actors unless `options` leave out isolates.

    Raises
    ------
    InvalidValue
        If a duration is not readable, is shorter than a day, or width and step mix days and events.

    Notes
    -----
    Windows are half-open: a window holds the days from its start up to, not including, its end. The first one starts
    at `options.start`, else on the first day with a position; the last one is the last to start before
    `options.end`, else before the day after the last position, and is cut off at `options.end`. Windows of
    w events hold exactly w successive positions (by day, then by their number); a rest of fewer than w is
    left out. With the default step every dated position that makes an edge is in exactly one window of days. No
    positions and no limits make no windows.
    """
    width = parse_duration(width)
    stride = width if step is None else parse_duration(step)
    if (width.unit == "events") != (stride.unit == "events"):
        raise InvalidValue(f"width {width.unit} and step {stride.unit}: both or neither are in events")
    if width.unit in _SHORT or stride.unit in _SHORT:
        raise InvalidValue(
            "positions are dated by days; give windows in days, weeks, months, years or events"
        )
    return NetworkSeries(
        columns, options or NetworkOptions(), width=width, step=stride, cumulative=cumulative
    )
