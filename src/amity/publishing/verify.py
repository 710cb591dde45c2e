"""Whether a project or a published site is what it says."""

import json
from hashlib import sha256
from os import PathLike
from pathlib import Path

from amity.errors import NotFound
from amity.publishing.site import MARK


def verify_site(folder: str | PathLike[str]) -> list[str]:
    """
    Return what does not hold in a published site.

    Parameters
    ----------
    folder : path-like
        The site.

    Returns
    -------
    list of str
        Files that are missing, changed or added; empty if none is.

    Raises
    ------
    NotFound
        If the folder is no published site.
    """
    place = Path(folder)
    mark = place / MARK
    if not mark.is_file():
        raise NotFound(f"{place} is no published site: it has no {MARK}")
    try:
        expected: dict[str, str] = json.loads(mark.read_text(encoding="utf-8"))["files"]
    except (ValueError, KeyError, TypeError) as error:
        return [f"{MARK} is damaged: {error}"]
    problems = []
    for name, digest in sorted(expected.items()):
        path = place / name
        if not path.is_file():
            problems.append(f"{name} is missing")
        elif sha256(path.read_bytes()).hexdigest() != digest:
            problems.append(f"{name} was changed after it was published")
    known = {*expected, MARK}
    problems += [
        f"{each} was added after publication"
        for each in sorted(str(path.relative_to(place)) for path in place.rglob("*") if path.is_file())
        if each not in known
    ]
    return problems
