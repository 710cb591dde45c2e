"""Dates as documents write them, in words or figures, as ISO 8601."""

import re
from collections.abc import Iterator

from amity.errors import InvalidValue
from amity.model import day_range

_NAMES = (
    "january janvier enero janeiro gennaio januar januari января январь jan",
    "february février fevrier febrero fevereiro febbraio februar februari февраля февраль feb",
    "march mars marzo março marco märz maart марта март mar",
    "april avril abril aprile апреля апрель apr",
    "may mai mayo maio maggio mei мая май",
    "june juin junio junho giugno juni июня июнь jun",
    "july juillet julio julho luglio juli июля июль jul",
    "august août aout agosto augustus августа август aug",
    "september septembre septiembre setiembre setembro settembre сентября сентябрь sept sep",
    "october octobre octubre outubro ottobre oktober октября октябрь oct",
    "november novembre noviembre novembro ноября ноябрь nov",
    "december décembre decembre diciembre dezembro dicembre dezember декабря декабрь dec",
)
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_MONTH = "(?P<{}>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<{}>1[5-9]\d\d|20\d\d)(?!\d)"
_DATE = re.compile(
    r"(?<![\d/.-])(?:"
    r"(?P<iso>(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?=\D|\Z)"
    r"|(?P<d1>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?\s+(?:day\s+of\s+|of\s+|de\s+|del\s+)?"
    + _MONTH.format("m1")
    + r"(?:\s+del?)?,?\s+(?:A\.\s?D\.\s+)?"
    + _YEAR.format("y1")
    + "|"
    + _MONTH.format("m2")
    + r"\s+(?P<d2>\d{1,2})(?:st|nd|rd|th)?(?:,\s*|\s+)"
    + _YEAR.format("y2")
    + r"|(?P<d3>\d{1,2})\.\s?(?P<n3>\d{1,2})\.\s?"
    + _YEAR.format("y3")
    + r"|(?P<a4>\d{1,2})/(?P<b4>\d{1,2})/"
    + _YEAR.format("y4")
    + ")",
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(
    r"\s*" + _MONTH.format("m") + r"(?:\s+de)?,?\s+" + _YEAR.format("y") + r"\s*\Z", re.IGNORECASE
)
_PARTIAL = re.compile(r"\s*((?:1[5-9]|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?:\.0)?\s*\Z")
_TIMESTAMP = re.compile(r"\s*(\d{4})-?(\d\d)-?(\d\d)(?:[T ]?\d\d.*)?\s*\Z", re.DOTALL)


def read_date(text: str) -> str | None:
    """
    Return the date that a cell, an attribute or a file name holds.

    Parameters
    ----------
    text : str
        As in ``1968-02-29T10:00``, ``19680229``, ``29 February 1968``, ``29.02.1968``, ``February 1968``, ``1968``.

    Returns
    -------
    str or None
        ISO 8601, as precise as given; None where no date can be told, as in ``02/03/1968`` (which is the month?).

    Examples
    --------
    >>> read_date("le 1er mars 1922"), read_date("Sept. 1922"), read_date("02/03/1922")
    ('1922-03-01', '1922-09', None)
    """
    if match := _PARTIAL.match(text):
        return match[1] if match[2] is None else f"{match[1]}-{match[2]}"
    if (match := _TIMESTAMP.match(text)) and (day := _day(*match.groups())):
        return day
    if match := _MONTH_YEAR.match(text):
        return f"{match['y']}-{_MONTHS[match['m'].lower()]:02d}"
    return next((iso for _, _, iso in find_dates(text)), None)


def find_dates(text: str) -> Iterator[tuple[int, int, str]]:
    """
    Yield the full dates in a text, from first to last.

    Parameters
    ----------
    text : str
        Any text.

    Yields
    ------
    tuple of (int, int, str)
        Start, end (code points, half-open) and ISO date. Figures with slashes count where they can mean one day only.
    """
    for match in _DATE.finditer(text):
        if iso := _iso(match):
            yield match.start(), match.end(), iso


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        return _day(*match["iso"].split("-"))
    if match["d1"]:
        return _day(match["y1"], _MONTHS[match["m1"].lower()], match["d1"])
    if match["d2"]:
        return _day(match["y2"], _MONTHS[match["m2"].lower()], match["d2"])
    if match["d3"]:
        return _day(match["y3"], match["n3"], match["d3"])
    first, second = int(match["a4"]), int(match["b4"])
    if first == second or second > 12:
        return _day(match["y4"], first, second)
    return _day(match["y4"], second, first) if first > 12 else None


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    iso = f"{int(year):04d}-{int(month):02d}-{int(day):02d}"
    try:
        day_range(iso)
    except InvalidValue:
        return None
    return iso
