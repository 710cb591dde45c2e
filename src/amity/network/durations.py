"""Lengths of time as researchers write them, and steps along the calendar."""

import calendar
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from amity.errors import InvalidValue
from amity.model import day_range

Unit = Literal["seconds", "minutes", "hours", "days", "weeks", "months", "years", "events"]

SECONDS: dict[str, int] = {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400, "weeks": 604800}
"""Length of the units that always last the same."""

_UNITS: dict[str, Unit] = {
    "s": "seconds",
    "sec": "seconds",
    "second": "seconds",
    "min": "minutes",
    "minute": "minutes",
    "h": "hours",
    "hour": "hours",
    "d": "days",
    "day": "days",
    "w": "weeks",
    "week": "weeks",
    "mo": "months",
    "month": "months",
    "y": "years",
    "year": "years",
    "e": "events",
    "event": "events",
}
_FORM = re.compile(r"\s*(\d+)\s*([A-Za-z]+)\s*\Z", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Duration:
    """
    A number of units of time, or of events.

    Parameters
    ----------
    count : int
        At least 1.
    unit : {"seconds", "minutes", "hours", "days", "weeks", "months", "years", "events"}
        Months and years follow the calendar; events are statements in their order.
    """

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        if self.count < 1 or self.unit not in set(_UNITS.values()):
            raise InvalidValue(
                f"{self.count} {self.unit} is no duration; give a whole number above 0 and a unit"
            )


def parse_duration(text: str | Duration) -> Duration:
    """
    Return the duration that a text such as ``31D`` stands for.

    Parameters
    ----------
    text : str or Duration
        A whole number and a unit: ``s``, ``min``, ``h``, ``D``, ``W``, ``M`` (months), ``Y``, ``E`` (events), or
        the English words. Capitals do not matter.

    Returns
    -------
    Duration
        The same where one is given.

    Raises
    ------
    InvalidValue
        If the text has another form or the number is 0.

    Examples
    --------
    >>> parse_duration("31D")
    Duration(count=31, unit='days')
    >>> parse_duration("2 months")
    Duration(count=2, unit='months')
    """
    if isinstance(text, Duration):
        return text
    match = _FORM.match(text)
    word = match[2].lower() if match else ""
    unit = "months" if word == "m" else _UNITS.get(word) or _UNITS.get(word.removesuffix("s"))
    if match is None or unit is None or int(match[1]) < 1:
        raise InvalidValue(
            f"{text!r} is no duration; give a whole number above 0 and s, min, h, D, W, M (months), Y or E (events), "
            "as in 31D"
        )
    return Duration(int(match[1]), unit)


def shift(moment: int, count: int, unit: Unit) -> int:
    """
    Return a moment some units later or earlier.

    Parameters
    ----------
    moment : int
        Seconds since 1970 in UTC.
    count : int
        Number of units; negative for earlier.
    unit : Unit
        Any but events.

    Returns
    -------
    int
        Seconds since 1970. A month or year step to a day that the month lacks gives the month's last day.

    Raises
    ------
    InvalidValue
        If the result lies outside the years 1 to 9999.
    """
    if unit in SECONDS:
        return moment + count * SECONDS[unit]
    day = to_datetime(moment)
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "years" else 1)
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise InvalidValue(f"{count} {unit} from {day.date()} lie outside the years 1 to 9999")
    last = calendar.monthrange(year, month + 1)[1]
    return to_seconds(day.replace(year=year, month=month + 1, day=min(day.day, last)))


def to_datetime(moment: int) -> datetime:
    """
    Return a moment as an aware datetime in UTC.

    Parameters
    ----------
    moment : int
        Seconds since 1970 in UTC.

    Returns
    -------
    datetime
        Its time zone is UTC.
    """
    return _EPOCH + timedelta(seconds=int(moment))


def to_seconds(moment: date | datetime | str | int, *, end: bool = False) -> int:
    """
    Return a date or moment as seconds since 1970 in UTC.

    Parameters
    ----------
    moment : date, datetime, str or int
        A full or partial ISO date, an ISO moment, or seconds since 1970. Without a time zone it is UTC.
    end : bool
        For a date without a time: whether its last second is meant, else its first.

    Returns
    -------
    int
        Whole seconds; parts of a second are cut off.

    Raises
    ------
    InvalidValue
        If a text has another form.
    """
    if isinstance(moment, int):
        return moment
    if isinstance(moment, str):
        moment = _parsed(moment.strip(), end=end)
    if not isinstance(moment, datetime):
        clock = (23, 59, 59) if end else (0, 0, 0)
        moment = datetime(moment.year, moment.month, moment.day, *clock, tzinfo=UTC)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return (moment - _EPOCH) // timedelta(seconds=1)


def _parsed(text: str, *, end: bool) -> date | datetime:
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text, re.ASCII):
        return day_range(text)[1 if end else 0]
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise InvalidValue(
            f"{text!r} is no moment; give an ISO date or moment as in 1968-02-29 or 1968-02-29T18:30:00"
        ) from error
