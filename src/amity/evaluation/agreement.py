"""Agreement between coders: detection of positions, and Krippendorff's alpha on the fields of matched ones."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue
from amity.evaluation.actors import map_actors
from amity.evaluation.matching import match_one_to_one
from amity.evaluation.scoring import harmonic_f1, same_target
from amity.evaluation.units import ROWS, Row, Words, evidence_iou, expand_units
from amity.model import CERTAINTIES, STRENGTHS, Coding, Document, Position

_TIE = 1e-6

Level = Literal["nominal", "ordinal", "interval"]

FIELDS: dict[str, tuple[Level, tuple[object, ...]]] = {
    "act": ("nominal", ()),
    "polarity": ("ordinal", (-1, 0, 1)),
    "agreement": ("nominal", ()),
    "status": ("nominal", ()),
    "voice": ("nominal", ()),
    "holder_form": ("nominal", ()),
    "strength": ("ordinal", tuple(STRENGTHS)),
    "certainty": ("nominal", tuple(CERTAINTIES)),
}
"""The compared fields with their level of measurement and, where ordinal, the order of values."""


def krippendorff_alpha(
    units: Iterable[Sequence[Hashable | None]], *, level: Level = "nominal", order: Sequence[Hashable] = ()
) -> float | None:
    """
    Return Krippendorff's alpha of values that several coders gave to the same units.

    Parameters
    ----------
    units : iterable of sequence
        One a unit: the value of each coder, None where a coder gave none. Units with fewer than two values
        are left out.
    level : {"nominal", "ordinal", "interval"}
        How the distance of two values is measured.
    order : sequence, optional
        The values in ascending order, for ``ordinal``; else they are sorted.

    Returns
    -------
    float or None
        1 for perfect agreement, 0 for what chance gives, below 0 for systematic disagreement; None where no unit
        has two values. 1 where there is only one value, and so nothing to disagree on.

    Raises
    ------
    InvalidValue
        If a value is not in `order`, or is no number at the interval level.

    Notes
    -----
    With o_ck the coincidences, n_c their row sums and n their total,
    alpha = 1 - (n - 1) * sum_ck o_ck d_ck / sum_ck n_c n_k d_ck. The squared distance d_ck is 1 for different values (nominal),
    (sum_{g=c}^{k} n_g - (n_c + n_k) / 2)^2 (ordinal), (c - k)^2 (interval).

    References
    ----------
    Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania,
    https://repository.upenn.edu/asc_papers/43

    Examples
    --------
    >>> krippendorff_alpha([(1, 1), (2, 2), (1, 2)])
    0.4444444444444444
    """
    pairable = [
        present for unit in units if len(present := [value for value in unit if value is not None]) > 1
    ]
    if not pairable:
        return None
    found = {value for unit in pairable for value in unit}
    values = list(order) if order else sorted(found, key=_sort_key)
    if unknown := found - set(values):
        raise InvalidValue(f"values {sorted(map(str, unknown))} are not in the order given: {values}")
    if len(found) == 1:
        return 1.0
    place = {value: i for i, value in enumerate(values)}
    coincidences = np.zeros((len(values), len(values)))
    for unit in pairable:
        counts = np.zeros(len(values))
        for value, count in Counter(unit).items():
            counts[place[value]] = count
        coincidences += (np.outer(counts, counts) - np.diag(counts)) / (len(unit) - 1)
    totals = coincidences.sum(axis=1)
    distances = _squared_distances(level, values, totals)
    n = totals.sum()
    expected = float((np.outer(totals, totals) * distances).sum())
    return 1.0 - float((n - 1) * (coincidences * distances).sum()) / expected


def _sort_key(value: Hashable) -> tuple[bool, float, str]:
    number = isinstance(value, (int, float))
    return not number, float(value) if isinstance(value, (int, float)) else 0.0, str(value)


def _squared_distances(
    level: Level, values: Sequence[Hashable], totals: NDArray[np.float64]
) -> NDArray[np.float64]:
    if level == "nominal":
        return 1.0 - np.eye(len(values))
    if level == "ordinal":
        # halfway points of each value's ranks: their difference is the sum from c to k less half of both ends
        middle = np.cumsum(totals) - totals / 2
        return np.asarray((middle[:, None] - middle[None, :]) ** 2)
    try:
        numbers = np.array([float(value) for value in values])  # type: ignore[arg-type]
    except (TypeError, ValueError) as error:
        raise InvalidValue(f"the interval level needs numbers; found {values!r}") from error
    return np.asarray((numbers[:, None] - numbers[None, :]) ** 2)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """
    How far two coders agree on one field of the positions that both found.

    Parameters
    ----------
    field : str
        The codebook's name.
    level : str
        ``nominal`` or ``ordinal``.
    alpha : float or None
        Krippendorff's alpha; None without a pair of values.
    equal : float
        Share of equal values.
    pairs : int
        Matched positions with a value from both.
    dropped : int
        Matched positions left out because a coder gave no value.
    """

    field: str
    level: str
    alpha: float | None
    equal: float
    pairs: int
    dropped: int


@dataclass(frozen=True, slots=True)
class CoderAgreement:
    """
    Agreement of two coders over documents.

    Parameters
    ----------
    left, right : int
        Pairs that each coded (joint holders and several targets expanded).
    matched : int
        Pairs that both coded: same holder and target (or concept), evidence overlapping.
    by_row : mapping of str to tuple of int
        For ``signed``, ``neutral``, ``concept``: left, right, matched.
    fields : tuple of FieldAgreement
        On the matched pairs.
    only_left, only_right : tuple of str
        Position ids, as ``document:position``, that have no counterpart.
    """

    left: int
    right: int
    matched: int
    by_row: dict[str, tuple[int, int, int]]
    fields: tuple[FieldAgreement, ...]
    only_left: tuple[str, ...]
    only_right: tuple[str, ...]

    @property
    def detection_f1(self) -> float:
        """Coder-to-coder F1 of finding a position; equal whichever coder is taken as the standard."""
        return harmonic_f1(self.matched, self.matched, self.left, self.right)


def coder_agreement(pairs: Iterable[tuple[Coding, Coding, Document]]) -> CoderAgreement:
    """
    Return how far two coders agree, on finding positions and on their fields.

    Parameters
    ----------
    pairs : iterable of (Coding, Coding, Document)
        The two coders' codings of each document that both coded.

    Returns
    -------
    CoderAgreement
        Pooled over documents; with none of them, all counts are 0.

    Notes
    -----
    Pairs are matched one to one where holder and target (or concept) are the same and the evidence shares a
    character, whatever act or sign was given; the greatest sum of evidence IoU wins; equal sums go to
    equal sign and act. Rows are those of the left coder.
    """
    totals = {row: [0, 0, 0] for row in ROWS}
    values: dict[str, list[tuple[Hashable | None, Hashable | None]]] = {field: [] for field in FIELDS}
    only: tuple[list[str], list[str]] = ([], [])
    matched = 0
    for left, right, document in pairs:
        found = _matched_positions(left, right, document, totals, only)
        matched += len(found)
        for a, b in found:
            for field, listed in values.items():
                listed.append((getattr(a, field), getattr(b, field)))
    return CoderAgreement(
        sum(each[0] for each in totals.values()),
        sum(each[1] for each in totals.values()),
        matched,
        {row: (each[0], each[1], each[2]) for row, each in totals.items()},
        tuple(_field_agreement(field, listed) for field, listed in values.items()),
        tuple(only[0]),
        tuple(only[1]),
    )


def _matched_positions(
    left: Coding,
    right: Coding,
    document: Document,
    totals: dict[Row, list[int]],
    only: tuple[list[str], list[str]],
) -> list[tuple[Position, Position]]:
    words = Words(document.text)
    a = expand_units(left, document, names=map_actors(left, right), words=words)
    b = expand_units(right, document, words=words)
    blocks: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for j, unit in enumerate(b):
        blocks[unit.holder, unit.target].append(j)
    candidates = [
        (i, j, iou + _TIE * ((unit.sign == b[j].sign) + (unit.act == b[j].act)))
        for i, unit in enumerate(a)
        for j in blocks.get((unit.holder, unit.target), ())
        if (iou := evidence_iou(unit.evidence, b[j].evidence)) > 0 and same_target(unit, b[j])
    ]
    pairs = match_one_to_one(candidates)
    for units, side, places in ((a, 0, {i for i, _ in pairs}), (b, 1, {j for _, j in pairs})):
        for place, unit in enumerate(units):
            totals[unit.row][side] += 1
            if place not in places:
                only[side].append(f"{document.id}:{unit.position}")
    first, second = ({each.id: each for each in coding.positions} for coding in (left, right))
    for i, _ in pairs:
        totals[a[i].row][2] += 1
    return [(first[a[i].position], second[b[j].position]) for i, j in pairs]


def _field_agreement(field: str, listed: list[tuple[Hashable | None, Hashable | None]]) -> FieldAgreement:
    level, order = FIELDS[field]
    both = [(a, b) for a, b in listed if a is not None and b is not None]
    return FieldAgreement(
        field,
        level,
        krippendorff_alpha(both, level=level, order=order if level == "ordinal" else ()),
        sum(a == b for a, b in both) / len(both) if both else 0.0,
        len(both),
        len(listed) - len(both),
    )
