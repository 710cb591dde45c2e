"""Where moving windows lie, in time and in rows of sorted statements."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.network.discourse_options import DiscourseOptions
from amity.network.durations import SECONDS, Duration, shift
from amity.network.statements import UNDATED

MAX_WINDOWS = 10_000_000


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """
    Windows over statements that are sorted by time.

    Parameters
    ----------
    start, middle, stop : int64 array of shape (w,)
        Seconds since 1970; start and stop are the first and the last moment inside.
    low, high : int64 array of shape (w,)
        The window holds the statements from place `low` up to, not including, `high`.
    """

    start: NDArray[np.int64]
    middle: NDArray[np.int64]
    stop: NDArray[np.int64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.start)


def plan_windows(
    time: NDArray[np.int64], first: int | None, last: int | None, options: DiscourseOptions
) -> Windows:
    """
    Return the windows that options ask for.

    Parameters
    ----------
    time : int64 array of shape (n,)
        Times of the statements that count, sorted; undated ones come first and are in no window.
    first, last : int or None
        The period, both inclusive.
    options : DiscourseOptions
        With a window.

    Returns
    -------
    Windows
        In the order of time; none where the period is shorter than a window or nothing is dated.

    Notes
    -----
    Natural units. A window of w units has a middle t that moves from the start of the period by one step at a
    time and holds the moments t - ⌊w/2⌋ to t + ⌊(w-1)/2⌋ units, both inclusive, so that it covers exactly w
    days where statements are dated by days and the unit is the day. (In half-open terms: from the first
    second of t - ⌊w/2⌋ units up to, not including, the second after t + ⌊(w-1)/2⌋ units.) It is used only if it
    lies inside the period. Month steps keep a day that a short month has clamped. DNA 3.1 holds
    t ± ⌊w/2⌋ units, one unit more where w is even.

    Events. A window of w events holds exactly w successive statements; its middle is the time of statement
    ⌊w/2⌋ of these, counted from 0. Statements of one moment keep the table's order, so the windows
    are the same in every run. DNA 3.1 takes w + 1 statements where w is even.

    Kernels. w is made even (w + 1 where it is odd); the middle moves from the first statement (or the start
    of the period, if later) to the last one, inclusive, and windows t ± w/2 units, both inclusive, are cut off at
    these ends. `indent` keeps the middle half a width inside. The Gaussian kernel has no end: each window holds
    all statements.
    """
    duration = options.duration
    if duration is None:
        raise InvalidValue("no window is given; give one, as in 31D")
    undated = int(np.searchsorted(time, UNDATED, side="right"))
    if duration.unit == "events":
        return _event_windows(time, undated, duration.count, options)
    if first is None or last is None:
        return _windows(time, [])
    if options.kernel != "none":
        if undated == len(time):
            return _windows(time, [])
        return _kernel_windows(
            time, max(first, int(time[undated])), min(last, int(time[-1])), duration, options
        )
    before = duration.count // 2
    after = before if options.dna else (duration.count - 1) // 2
    found = []
    for middle in _steps(first, last, options.stride):
        start, stop = shift(middle, -before, duration.unit), shift(middle, after, duration.unit)
        if stop > last:
            break
        if start >= first:
            found.append((start, middle, stop))
    return _windows(time, found)


def _steps(first: int, last: int, stride: Duration) -> list[int]:
    if stride.unit in SECONDS:
        step = stride.count * SECONDS[stride.unit]
        if (last - first) // step >= MAX_WINDOWS:
            raise InvalidValue(
                f"a step of {stride.count} {stride.unit} makes more than {MAX_WINDOWS} windows; take a longer one"
            )
        return list(range(first, last + 1, step))
    steps = []
    while first <= last:
        steps.append(first)
        first = shift(first, stride.count, stride.unit)
    return steps


def _windows(time: NDArray[np.int64], found: list[tuple[int, int, int]]) -> Windows:
    limits = np.array(found, dtype=np.int64).reshape(-1, 3)
    start, middle, stop = limits.T
    low, high = np.searchsorted(time, start, side="left"), np.searchsorted(time, stop, side="right")
    return Windows(start, middle, stop, low.astype(np.int64), np.maximum(low, high).astype(np.int64))


def _event_windows(time: NDArray[np.int64], undated: int, count: int, options: DiscourseOptions) -> Windows:
    width = 2 * (count // 2) + 1 if options.dna else count
    low = np.arange(undated, len(time) - width + 1, options.stride.count, dtype=np.int64)
    return Windows(time[low], time[low + count // 2], time[low + width - 1], low, low + width)


def _kernel_windows(
    time: NDArray[np.int64], first: int, last: int, duration: Duration, options: DiscourseOptions
) -> Windows:
    half = (duration.count + 1) // 2
    begin, end = first, last
    if options.indent:
        begin, end = shift(first, half, duration.unit), shift(last, -half, duration.unit)
    middles = _steps(begin, end, options.stride)
    if options.kernel == "gaussian":
        return _windows(time, [(first, middle, last) for middle in middles])
    return _windows(
        time,
        [
            (
                max(shift(middle, -half, duration.unit), first),
                middle,
                min(shift(middle, half, duration.unit), last),
            )
            for middle in middles
        ],
    )


def kernel_weights(
    time: NDArray[np.int64], middle: int, duration: Duration, options: DiscourseOptions
) -> NDArray[np.float64]:
    """
    Return how much statements weigh in a window.

    Parameters
    ----------
    time : int64 array of shape (n,)
        Times of the statements in the window.
    middle : int
        Middle of the window.
    duration : Duration
        Width of the window.
    options : DiscourseOptions
        With a kernel.

    Returns
    -------
    float64 array of shape (n,)
        Weights, never negative.

    Notes
    -----
    With d whole units between statement and middle (cut off towards zero), w the even width and u = 2d/w: uniform
    1/2 for \\|u\\| <= 1; triangular 1 - \\|u\\|; Epanechnikov 3/4 (1 - u²); Gaussian exp(-u²/2)/√(2π). DNA 3.1
    weighs \\|1 - u\\| where the triangular kernel is asked for.
    """
    width = 2 * ((duration.count + 1) // 2)
    distance = 2.0 * whole_units(time, middle, duration.unit) / width
    return _KERNELS["dna-triangular" if options.dna and options.kernel == "triangular" else options.kernel](
        distance
    )


def _clipped(values: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(values, 0.0)


_KERNELS: dict[str, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "uniform": lambda u: np.where(np.abs(u) <= 1, 0.5, 0.0),
    "triangular": lambda u: _clipped(1 - np.abs(u)),
    "epanechnikov": lambda u: _clipped(0.75 * (1 - u * u)),
    "gaussian": lambda u: np.exp(-0.5 * u * u) / np.sqrt(2 * np.pi),
    "dna-triangular": lambda u: np.abs(1 - u),
}


def whole_units(time: NDArray[np.int64], middle: int, unit: str) -> NDArray[np.int64]:
    """
    Return the whole units from each moment to a middle, cut off towards zero.

    Parameters
    ----------
    time : int64 array of shape (n,)
        Moments in seconds since 1970.
    middle : int
        The middle.
    unit : str
        Any unit but events; months and years by the calendar.

    Returns
    -------
    int64 array of shape (n,)
        Positive for moments before the middle.
    """
    if unit in SECONDS:
        apart = np.abs(middle - time) // SECONDS[unit]
        return np.where(time > middle, -apart, apart)
    month, day, second = _calendar(time)
    to_month, to_day, to_second = (int(each[0]) for each in _calendar(np.array([middle])))
    months = to_month - month
    later = (to_day - day) * 86400 + (to_second - second)
    months = months - ((months > 0) & (later < 0)) + ((months < 0) & (later > 0))
    whole: NDArray[np.int64] = np.sign(months) * (np.abs(months) // (12 if unit == "years" else 1))
    return whole


def _calendar(time: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Months since 1970, days since the first of the month, seconds since midnight."""
    day = time // 86400
    month = day.astype("datetime64[D]").astype("datetime64[M]")
    first = month.astype("datetime64[D]").astype(np.int64)
    return month.astype(np.int64), day - first, time - day * 86400
