"""Fields out of file names: ``{date}-{issuer}`` reads ``1931-04-02-Sylvania.txt``."""

import re

from amity.documents.countries import country_name
from amity.documents.dates import read_date
from amity.errors import InvalidValue

_FIELD = re.compile(r"\{([^{}]*)\}")
_NAMES = {
    "id": "id",
    "title": "title",
    "date": "date",
    "year": "date",
    "issuer": "issuers",
    "issuers": "issuers",
    "country": "issuers",
    "addressee": "addressees",
    "addressees": "addressees",
    "place": "place",
    "kind": "kind",
    "language": "language",
    "publisher": "publisher",
    "": "",
}
# Dates hold hyphens, so they are matched by form; all else runs up to the next literal of the pattern.
_FORMS = {"date": r"\d{4}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?)?", "year": r"\d{4}"}
_MOST_FIELDS = 12


def compile_pattern(pattern: str) -> re.Pattern[str]:
    """
    Return a pattern for file names as a regular expression.

    Parameters
    ----------
    pattern : str
        Literal characters and fields in braces: ``{date}`` ``{year}`` ``{issuer}`` ``{country}`` (a three-letter code or a
        name) ``{addressee}`` ``{title}`` ``{place}`` ``{kind}`` ``{language}`` ``{publisher}`` ``{id}``, and ``{}`` for what does not
        matter. With a ``/`` it is held against the end of the path, else against the name without its suffix.

    Returns
    -------
    re.Pattern
        With one group a field.

    Raises
    ------
    InvalidValue
        If a field is unknown or given twice, or two fields touch.

    Notes
    -----
    Built from escaped literals and ``[^/]+?`` only, anchored at the end: no pattern a person writes can make it run long on a
    file name.
    """
    pieces, last, seen = list[str](), 0, set[str]()
    fields = list(_FIELD.finditer(pattern))
    if not fields or len(fields) > _MOST_FIELDS:
        raise InvalidValue(
            f"pattern {pattern!r} needs one to {_MOST_FIELDS} fields in braces, as in {{date}}-{{issuer}}"
        )
    for match in fields:
        literal, name = pattern[last : match.start()], match[1]
        if name not in _NAMES:
            known = ", ".join("{" + each + "}" for each in _NAMES)
            raise InvalidValue(f"pattern {pattern!r} has the field {{{name}}}; fields are {known}")
        if last and not literal:
            raise InvalidValue(f"pattern {pattern!r} has two fields without a character between them")
        if name and (name in seen or _NAMES[name] in {_NAMES[each] for each in seen}):
            raise InvalidValue(f"pattern {pattern!r} gives {_NAMES[name]!r} twice")
        seen.update({name} if name else set())
        form = _FORMS.get(name, r"[^/]+?")
        pieces.append(re.escape(literal) + (f"(?P<{name}>{form})" if name else f"(?:{form})"))
        last = match.end()
    start = r"(?:\A|/)" if "/" in pattern else r"\A"
    return re.compile(start + "".join(pieces) + re.escape(pattern[last:]) + r"\Z")


def read_pattern(compiled: re.Pattern[str], path: str) -> dict[str, str]:
    """
    Return the fields that a file's path gives under a pattern.

    Parameters
    ----------
    compiled : re.Pattern
        From `compile_pattern`.
    path : str
        With forward slashes; the suffix is left out.

    Returns
    -------
    dict of str to str
        Field of a `Document` (or ``id``) to value; underscores become spaces; empty if the pattern does not fit.

    Examples
    --------
    >>> read_pattern(compile_pattern("{issuer}_{}_{year}"), "debates/Sylvania_48_1933.txt")
    {'issuers': 'Sylvania', 'date': '1933'}
    """
    without = re.sub(r"\.[A-Za-z0-9]{1,8}\Z", "", path)
    name = without if "/" in compiled.pattern.replace("[^/]", "") else without.rpartition("/")[2]
    match = compiled.search(name)
    if match is None:
        return {}
    values: dict[str, str] = {}
    for key, value in match.groupdict().items():
        if key in _FORMS:
            value = read_date(re.sub(r"[_.]", "-", value)) or ""
        elif key == "country":
            value = country_name(value) or value
        if value := value.replace("_", " ").strip():
            values[_NAMES[key]] = value
    return values
