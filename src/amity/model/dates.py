"""Dates as documents give them: a day, a month or a year, in ISO 8601."""

import calendar
import re
from datetime import date

from amity.errors import InvalidValue

_PARTIAL = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


def day_range(text: str) -> tuple[date, date]:
    """
    Return the first and the last day that a full or partial ISO date covers, both inclusive.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    tuple of date
        First and last day.

    Raises
    ------
    InvalidValue
        If `text` has another form or names no day of the calendar.

    Examples
    --------
    >>> day_range("1968-02")
    (datetime.date(1968, 2, 1), datetime.date(1968, 2, 29))
    """
    match = _PARTIAL.match(text)
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        if match[2] is None:
            return date(year, 1, 1), date(year, 12, 31)
        month = int(match[2])
        if match[3] is None:
            return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
        day = date(year, month, int(match[3]))
    except (ValueError, calendar.IllegalMonthError) as error:
        raise InvalidValue(
            f"date {text!r} is not a day, month or year as in 1968-02-29, 1968-02 or 1968"
        ) from error
    return day, day


def first_day(text: str) -> date:
    """
    Return the first day that a full or partial ISO date covers.

    Parameters
    ----------
    text : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    Returns
    -------
    date
        The first day.

    Raises
    ------
    InvalidValue
        If `text` has another form.
    """
    return day_range(text)[0]
