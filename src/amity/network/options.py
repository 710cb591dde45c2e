"""What goes into an actor network, and how it is counted: one frozen record."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Literal

from amity.errors import InvalidValue
from amity.model import ACTS, STATUSES, VOICES, check_value

Joint = Literal["full", "fractional", "bloc"]
Counting = Literal["count", "log", "documents"]

JOINT: tuple[Joint, ...] = ("full", "fractional", "bloc")
COUNTINGS: tuple[Counting, ...] = ("count", "log", "documents")
DEFAULT_ACTS: tuple[str, ...] = tuple(act for act in ACTS if act != "state")


@dataclass(frozen=True, slots=True)
class NetworkOptions:
    """
    Which positions make an actor network, and how they are counted.

    Parameters
    ----------
    acts : tuple of str
        Acts that count; all but ``state`` unless given.
    statuses, voices : tuple of str
        Values that count; empty means all.
    concepts : tuple of str
        Concepts (topics) that count; empty means all, positions without a concept too.
    min_score : float
        Least score of a position, from 0 to 1.
    start, end : date or None
        Half-open: a position counts if ``start <= day < end``. Undated positions count only where both are
        None.
    joint : {"full", "fractional", "bloc"}
        What n joint holders do: each holds the position in full; each holds 1/n of it; or together they
        are one holder of their own, the bloc.
    counting : {"count", "log", "documents"}
        Support and opposition are sums of positions; ``log(1 + sum)``; or numbers of documents with at
        least one such position (with fractional holders, the largest share in each document).
    generic : bool
        Whether generic actors are nodes.
    loops : bool
        Whether positions towards oneself are edges.
    isolates : bool
        Whether actors without an edge stay in the network.
    min_positions, min_documents : int
        Least number of positions, and of documents, behind an edge.
    min_weight : float
        Least support plus opposition of an edge.
    merge_by : str
        Attribute of the actors (``party``, ``coalition``, ``kind``): actors with the same value become one.
    half_life : float or None
        Days after which a position weighs half; None for no decay.
    decay_from : date or None
        Day from which the decay is reckoned; the last day of the network (`end` less a day, else the last
        day of any position) where None. Positions after it do not count.

    Raises
    ------
    InvalidValue
        If a value is not one of those allowed.
    """

    acts: tuple[str, ...] = DEFAULT_ACTS
    statuses: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    min_score: float = 0.0
    start: date | None = None
    end: date | None = None
    joint: Joint = "full"
    counting: Counting = "count"
    generic: bool = False
    loops: bool = False
    isolates: bool = True
    min_positions: int = 1
    min_documents: int = 1
    min_weight: float = 0.0
    merge_by: str = ""
    half_life: float | None = None
    decay_from: date | None = None

    def __post_init__(self) -> None:
        checks: tuple[tuple[str, tuple[str, ...], Collection[str]], ...] = (
            ("act", self.acts, ACTS),
            ("status", self.statuses, STATUSES),
            ("voice", self.voices, VOICES),
            ("joint", (self.joint,), JOINT),
            ("counting", (self.counting,), COUNTINGS),
        )
        for name, values, allowed in checks:
            for value in values:
                check_value(name, value, allowed)
        if not 0.0 <= self.min_score <= 1.0:
            raise InvalidValue(f"min_score is {self.min_score}; a score lies between 0 and 1")
        if self.start is not None and self.end is not None and self.start >= self.end:
            raise InvalidValue(
                f"start {self.start} is not before end {self.end}; the end is the first day that no longer counts"
            )
        if self.half_life is not None and not self.half_life > 0:
            raise InvalidValue(f"half_life is {self.half_life}; give a number of days above 0")
        if min(self.min_positions, self.min_documents) < 1 or self.min_weight < 0:
            raise InvalidValue("min_positions and min_documents are at least 1, min_weight at least 0")
