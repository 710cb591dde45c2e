"""Which positions to look at: one frozen record, the same for command line, workbench and exports."""

from dataclasses import dataclass

from amity.errors import InvalidValue
from amity.model.dates import day_range
from amity.model.values import ACTS, STATES, STATUSES, VOICES, check_value


@dataclass(frozen=True, slots=True)
class PositionFilter:
    """
    Conditions on positions; an empty tuple or None puts no condition.

    Parameters
    ----------
    since, until : str or None
        ISO dates, full or partial, both inclusive; a position counts by the first day of its own date, else its document's. Undated positions
        pass only where neither is given.
    acts, statuses, voices : tuple of str
        The codebook's values.
    polarities : tuple of int
        Of 1, -1, 0.
    states : tuple of str
        ``suggested``, ``accepted``, ``edited``, ``rejected``, ``added``; empty means all that stand
        (not rejected, not replaced).
    min_score : float
        Least score of a position that no person has confirmed; a person's count as 1.
    holders, targets, actors : tuple of str
        Actor ids (`actors`: as holder or target).
    concepts, documents, kinds : tuple of str
        Concepts, document ids, kinds of document.
    readers : tuple of str
        Origins' agents, as in ``reader:rules`` or ``coder:ana``.
    text : str
        Full-text query over the evidence.
    generic : bool
        Whether positions of or towards generic actors count.
    """

    since: str | None = None
    until: str | None = None
    acts: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    voices: tuple[str, ...] = ()
    polarities: tuple[int, ...] = ()
    states: tuple[str, ...] = ()
    min_score: float = 0.0
    holders: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    concepts: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    text: str = ""
    generic: bool = True

    def __post_init__(self) -> None:
        for name, values, allowed in (
            ("act", self.acts, ACTS),
            ("status", self.statuses, STATUSES),
            ("voice", self.voices, VOICES),
            ("polarity", self.polarities, (1, -1, 0)),
            ("state", self.states, STATES),
        ):
            for value in values:
                check_value(name, value, allowed)
        days = [day_range(text) for text in (self.since, self.until) if text is not None]
        if len(days) == 2 and days[0][0] > days[1][1]:
            raise InvalidValue(f"since {self.since} lies after until {self.until}; exchange them")
        if not 0.0 <= self.min_score <= 1.0:
            raise InvalidValue(f"min_score is {self.min_score}; a score lies between 0 and 1")
