"""JSON of other programs: read without surprises, line by line or whole."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats.files import read_text
from amity.formats.records import FilePath


def parse_json(text: str, place: str) -> Any:
    """
    Return the value that JSON text holds.

    Parameters
    ----------
    text : str
        JSON.
    place : str
        Its name, for messages.

    Returns
    -------
    object
        The value.

    Raises
    ------
    UnreadableFile
        If it is not JSON, or is nested too deep.
    """
    try:
        return json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableFile(f"{place} is not JSON: {error}") from error


def read_json_objects(path: FilePath) -> Iterator[tuple[str, dict[str, Any]]]:
    """
    Yield the objects of a JSON file: its array's, its lines', or itself.

    Parameters
    ----------
    path : path
        A ``.json`` or ``.jsonl`` file.

    Yields
    ------
    tuple of (str, dict)
        Place and object.

    Raises
    ------
    UnreadableFile
        If it is not JSON.
    InvalidRecord
        If a record is no object.
    """
    text = read_text(path)
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and lines[0].lstrip().startswith("{") and lines[0].rstrip().endswith("}"):
        values = [
            (f"{path}, line {number}", parse_json(line, f"{path}, line {number}"))
            for number, line in enumerate(text.split("\n"), 1)
            if line.strip()
        ]
    else:
        whole = parse_json(text, str(path))
        listed = whole if isinstance(whole, list) else [whole]
        values = [(f"{path}, record {number}", each) for number, each in enumerate(listed, 1)]
    for place, value in values:
        if not isinstance(value, dict):
            raise InvalidRecord(f"{place} is {type(value).__name__}, expected an object")
        yield place, value


def as_object(value: object) -> dict[str, Any]:
    """
    Return a value if it is a JSON object, else an empty one.

    Parameters
    ----------
    value : object
        A JSON value.

    Returns
    -------
    dict
        The object.
    """
    return value if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """
    Return a value if it is a JSON array, else an empty one.

    Parameters
    ----------
    value : object
        A JSON value.

    Returns
    -------
    list
        The array.
    """
    return value if isinstance(value, list) else []


def as_objects(value: object) -> list[dict[str, Any]]:
    """
    Return the objects of a JSON array.

    Parameters
    ----------
    value : object
        A JSON value.

    Returns
    -------
    list of dict
        Empty for what is no array; members that are no objects are left out.
    """
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def strings(values: object) -> dict[str, str]:
    """
    Return the plain values of an object as text.

    Parameters
    ----------
    values : object
        A mapping, or anything else.

    Returns
    -------
    dict of str to str
        Empty for what is no mapping; nested values as JSON; nulls left out.
    """
    if not isinstance(values, Mapping):
        return {}
    return {
        str(key): value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
        for key, value in values.items()
        if value is not None
    }


def whole_number(value: object) -> int:
    """
    Return an offset, or -1 for what is none, so that the stretch counts as lost.

    Parameters
    ----------
    value : object
        A JSON value.

    Returns
    -------
    int
        The number; -1 for text, null, truth values, fractions.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)) or value != value:
        return -1
    return int(value) if abs(value) < 1 << 53 and value == int(value) else -1
