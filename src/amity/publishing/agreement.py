"""How far coders of a project agree, and where they differ."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amity.errors import InvalidValue
from amity.model import Coding, Document, Position, position_to_json

if TYPE_CHECKING:
    from amity.project import Project


@dataclass(frozen=True, slots=True)
class Agreement:
    """
    Agreement of two coders of a project.

    Parameters
    ----------
    left, right : str
        The coders' names.
    documents : tuple of str
        Documents that both coded.
    positions : tuple of int
        How many each coded there (pairs), and how many both.
    detection_f1 : float
        Coder-to-coder F1 of finding a position.
    fields : tuple of mapping
        For each field: Krippendorff's alpha, plain agreement, and n, on the matched positions.
    dropped : tuple of str
        Positions that only one of them has, as ``document:position``; they enter no alpha.
    """

    left: str
    right: str
    documents: tuple[str, ...]
    positions: tuple[int, int, int]
    detection_f1: float
    fields: tuple[dict[str, Any], ...]
    dropped: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """
        Return it as a JSON object.

        Returns
        -------
        dict
            The fields.
        """
        return asdict(self)


def coded_by_both(project: "Project", left: str, right: str) -> list[tuple[Coding, Coding, Document]]:
    """
    Return the documents that two coders coded, with both codings.

    Parameters
    ----------
    project : Project
        An open project.
    left, right : str
        The coders' names.

    Returns
    -------
    list of tuple
        Left coding, right coding, document.

    Raises
    ------
    InvalidValue
        If the two are one, or a name is empty.
    """
    if not left or not right or left == right:
        raise InvalidValue(f"agreement is between two coders; found {left!r} and {right!r}")
    pairs = []
    for row in project.documents():
        codings = project.coding(row.id, coder=left), project.coding(row.id, coder=right)
        if all(each.positions for each in codings):
            pairs.append((*codings, project.document(row.id)))
    return pairs


def measure_agreement(project: "Project", left: str, right: str) -> Agreement:
    """
    Return how far two coders agree on the documents that both coded.

    Parameters
    ----------
    project : Project
        An open project.
    left, right : str
        The coders' names.

    Returns
    -------
    Agreement
        All counts 0 where no document was coded by both.

    Raises
    ------
    InvalidValue
        If the two are one, or a name is empty.
    """
    from amity.evaluation import coder_agreement

    pairs = coded_by_both(project, left, right)
    found = coder_agreement(pairs)
    return Agreement(
        left,
        right,
        tuple(document.id for _, _, document in pairs),
        (found.left, found.right, found.matched),
        found.detection_f1,
        tuple(asdict(each) for each in found.fields),
        (*found.only_left, *found.only_right),
    )


def compare_codings(project: "Project", document_id: str, left: str, right: str) -> dict[str, Any]:
    """
    Return two coders' positions of a document side by side.

    Parameters
    ----------
    project : Project
        An open project.
    document_id : str
        The document.
    left, right : str
        The coders' names.

    Returns
    -------
    dict
        ``rows``, each with ``status`` (``agree``, ``disagree``, ``left``, ``right``) and the two positions or null, in text order.

    Raises
    ------
    InvalidValue
        If the two are one, or a name is empty.
    NotFound
        If there is no such document.
    """
    if not left or not right or left == right:
        raise InvalidValue(f"a comparison is between two coders; found {left!r} and {right!r}")
    project.document_row(document_id)
    first, second = (list(project.coding(document_id, coder=each).positions) for each in (left, right))
    rows: list[tuple[int, str, Position | None, Position | None]] = []
    for position in first:
        match = _counterpart(position, second)
        if match is not None:
            second.remove(match)
        status = "left" if match is None else "agree" if _same(position, match) else "disagree"
        rows.append((position.cue.start, status, position, match))
    rows += [(each.cue.start, "right", None, each) for each in second]
    return {
        "left": left,
        "right": right,
        "rows": [
            {
                "status": status,
                "left": None if a is None else position_to_json(a),
                "right": None if b is None else position_to_json(b),
                "words": [span.exact for span in next(each for each in (a, b) if each is not None).evidence],
            }
            for _, status, a, b in sorted(rows, key=lambda row: row[0])
        ],
    }


def _counterpart(position: Position, others: list[Position]) -> Position | None:
    """The other coder's position on the same words, with the same holders and targets if there is one."""
    rivals = [each for each in others if any(a.overlaps(b) for a in position.evidence for b in each.evidence)]
    same = [
        each
        for each in rivals
        if (set(each.holders), set(each.targets)) == (set(position.holders), set(position.targets))
    ]
    return next(iter(same or rivals), None)


def _same(left: Position, right: Position) -> bool:
    compared = ("holders", "targets", "polarity", "act", "agreement")
    return all(getattr(left, name) == getattr(right, name) for name in compared)
