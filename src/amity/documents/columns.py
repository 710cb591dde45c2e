"""Named values, from a row, a JSON object or a front matter, as the fields of a document."""

import json
import re
from collections.abc import Iterable, Mapping

from amity.documents.countries import country_name
from amity.documents.records import Draft
from amity.errors import InvalidValue

# The usual names of columns, best first; compared without case, spaces, dots, hyphens and underscores.
_USUAL: dict[str, tuple[str, ...]] = {
    "text": tuple(
        "text fulltext body content speech transcript statement words article document maintext abstract".split()
    ),
    "id": tuple("id docid documentid speechid uid identifier key rowid".split()),
    "title": tuple("title headline heading documenttitle subject name".split()),
    "date": tuple(
        "date docdate documentdate speechdate datepublished published publicationdate adopted day created year".split()
    ),
    "issuers": tuple(
        "issuers issuer issuedby holder speaker speakername sender from actor issueriso3 iso3 iso3code ccode countrycode iso country "
        "countryname state organisation organization author authors party".split()
    ),
    "addressees": tuple("addressees addressee addressedto recipient recipients to audience".split()),
    "place": tuple("place location city placename where".split()),
    "kind": tuple("kind type doctype documenttype genre category".split()),
    "language": tuple("language lang languagecode".split()),
    "publisher": tuple("publisher publishedby outlet newspaper site".split()),
    "citation": tuple("citation cite reference bibliographic".split()),
}
_CODED = ("issueriso3", "iso3", "iso3code", "countrycode", "ccode", "iso")
FILE_COLUMNS = tuple("file filename path filepath originalfile document".split())
_LANGUAGES = {
    name: code
    for code, names in {
        "en": "en eng english",
        "fr": "fr fra fre french français",
        "es": "es spa spanish español",
        "pt": "pt por portuguese português",
        "it": "it ita italian italiano",
        "de": "de deu ger german deutsch",
        "nl": "nl nld dut dutch nederlands",
        "ru": "ru rus russian русский",
    }.items()
    for name in names.split()
}


def plain_name(column: str) -> str:
    """
    Return a column's name for comparison: lower case, letters and digits only.

    Parameters
    ----------
    column : str
        As the table spells it.

    Returns
    -------
    str
        As in ``issueriso3`` for ``issuer_ISO3``.
    """
    return re.sub(r"[\W_]+", "", column).lower()


def match_columns(names: Iterable[str], given: Mapping[str, str]) -> dict[str, str]:
    """
    Return which column holds which field.

    Parameters
    ----------
    names : iterable of str
        The table's columns.
    given : mapping of str to str
        Field to column, as the user said; a singular (``issuer``) is as good as the field's plural.

    Returns
    -------
    dict of str to str
        Field (``text``, ``id``, ``title`` ...) to column.

    Raises
    ------
    InvalidValue
        If a field that the user named is none.
    """
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(plain_name(name), name)
    chosen: dict[str, str] = {}
    for key, column in given.items():
        target = next((each for each in _USUAL if key in (each, each.rstrip("s"))), None)
        if target is None:
            raise InvalidValue(f"there is no field {key!r} for a column; fields are {', '.join(_USUAL)}")
        chosen[target] = column
    used = set(chosen.values())
    for target, usual in _USUAL.items():
        if target in chosen:
            continue
        for each in usual:
            if each in by_name and by_name[each] not in used:
                chosen[target] = by_name[each]
                used.add(by_name[each])
                break
    return chosen


def draft_from_record(record: Mapping[str, object], given: Mapping[str, str], *, where: str = "") -> Draft:
    """
    Return the draft that named values make.

    Parameters
    ----------
    record : mapping of str to object
        Values by column.
    given : mapping of str to str
        Field to column, as the user said.
    where : str
        Place in the file, for messages.

    Returns
    -------
    Draft
        Columns that are no field stay in its metadata under their own names.
    """
    columns = match_columns(record, given)
    values = {field: cell_text(record.get(column)) for field, column in columns.items()}
    issuer_column = plain_name(columns.get("issuers", ""))
    issuers = split_names(values.get("issuers", ""))
    if issuer_column in _CODED:
        issuers = tuple(country_name(each, values.get("date", "")) or each for each in issuers)
    rest = {
        name: text
        for name, each in record.items()
        if name not in columns.values() and (text := cell_text(each)) and isinstance(name, str)
    }
    return Draft(
        values.get("text", ""),
        local_id=values.get("id", ""),
        title=_one_line(values.get("title", "")),
        date=values.get("date", ""),
        issuers=issuers,
        addressees=split_names(values.get("addressees", "")),
        place=_one_line(values.get("place", "")),
        kind=_one_line(values.get("kind", "")),
        language=language_code(values.get("language", "")),
        publisher=_one_line(values.get("publisher", "")),
        citation=_one_line(values.get("citation", "")),
        metadata=rest,
        where=where,
    )


def cell_text(value: object) -> str:
    """
    Return a cell's value as text.

    Parameters
    ----------
    value : object
        A string, number, list or object of JSON.

    Returns
    -------
    str
        Lists of plain values joined with ``; ``, other structures as JSON; empty for null.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str | int | float) for each in value):
        return "; ".join(str(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict | bool) else str(value)


def split_names(cell: str) -> tuple[str, ...]:
    """
    Return the names in a cell, parted by semicolons outside brackets.

    Parameters
    ----------
    cell : str
        As in ``Sylvania (President Bloom; acting); Freedonia``.

    Returns
    -------
    tuple of str
        Each name with its bracket; doubles once.

    Examples
    --------
    >>> split_names("Sylvania (President Bloom); Freedonia")
    ('Sylvania (President Bloom)', 'Freedonia')
    """
    names, depth, start = list[str](), 0, 0
    for index, character in enumerate(cell + ";"):
        if character in "([":
            depth += 1
        elif character in ")]":
            depth = max(0, depth - 1)
        elif character == ";" and (depth == 0 or index == len(cell)):
            name = _one_line(cell[start:index])
            if name and name not in names:
                names.append(name)
            start = index + 1
    return tuple(names)


def language_code(value: str) -> str:
    """
    Return the ISO 639-1 code of a language's name or tag.

    Parameters
    ----------
    value : str
        As in ``en-GB``, ``eng`` or ``English``.

    Returns
    -------
    str
        Two letters where they can be told, else the tag itself in lower case.
    """
    tag = value.strip().lower()
    first = re.split(r"[-_]", tag)[0]
    return _LANGUAGES.get(tag) or _LANGUAGES.get(first) or (first if len(first) == 2 else tag)


def _one_line(text: str) -> str:
    return " ".join(text.split())
