"""Ids of documents: readable, stable between runs, never given twice."""

import re
from pathlib import PurePosixPath

_UNFIT = re.compile(r"[^\w.()+=@-]+")
_LONGEST = 120


def plain_id(name: str) -> str:
    """
    Return a name as an id.

    Parameters
    ----------
    name : str
        A file's name without its suffix, an xml:id, a row's id.

    Returns
    -------
    str
        Letters, digits and ``._-()+=@`` kept, every other run a hyphen; at most 120 characters; ``document`` for nothing.

    Examples
    --------
    >>> plain_id("Note verbale, 3 May"), plain_id("***")
    ('Note-verbale-3-May', 'document')
    """
    return _UNFIT.sub("-", name).strip("-.")[:_LONGEST] or "document"


class Ids:
    """The ids given so far, and the next one for a text."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def new(self, wanted: str, path: PurePosixPath) -> str:
        """
        Return an id that no other document has.

        Parameters
        ----------
        wanted : str
            The id that the text should have.
        path : PurePosixPath
            Its file, from where reading began.

        Returns
        -------
        str
            `wanted`, else with the file's folder, else with its suffix, else with the first free number from 2.

        Notes
        -----
        Folder and suffix come before numbers, so that a file added later changes no other's id.
        """
        candidates = [wanted]
        if path.parent.name:
            candidates.append(f"{wanted}-{plain_id(path.parent.name)}")
        if path.suffix:
            candidates += [f"{each}-{plain_id(path.suffix[1:].lower())}" for each in tuple(candidates)]
        for each in candidates:
            if each not in self._given:
                break
        else:
            number = 2
            while (each := f"{wanted}-{number}") in self._given:
                number += 1
        self._given.add(each)
        return each
