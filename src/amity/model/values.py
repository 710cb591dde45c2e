"""The codebook's closed lists of values, and a check that names what was found and expected."""

from collections.abc import Collection
from typing import Literal

from amity.errors import InvalidValue

Act = Literal["endorse", "commit", "concede", "meet", "call", "criticise", "refuse", "warn", "deed", "state"]
Status = Literal["actual", "future", "hypothetical", "negated", "historical"]
Voice = Literal["own", "quoted", "reported", "inferred"]
HolderForm = Literal["named", "nominal", "pronoun", "implicit", "unknown"]
MentionForm = Literal["named", "nominal", "pronoun"]
Strength = Literal["weak", "plain", "strong"]
Certainty = Literal["sure", "unsure"]
ActorKind = Literal[
    "person",
    "party",
    "organisation",
    "government",
    "state",
    "armed_force",
    "movement",
    "bloc",
    "collective",
    "other",
]
Verdict = Literal["accepted", "edited", "rejected", "added"]
State = Literal["suggested", "accepted", "edited", "rejected", "added"]

ACTS: tuple[Act, ...] = (
    "endorse",
    "commit",
    "concede",
    "meet",
    "call",
    "criticise",
    "refuse",
    "warn",
    "deed",
    "state",
)
STATUSES: tuple[Status, ...] = ("actual", "future", "hypothetical", "negated", "historical")
VOICES: tuple[Voice, ...] = ("own", "quoted", "reported", "inferred")
HOLDER_FORMS: tuple[HolderForm, ...] = ("named", "nominal", "pronoun", "implicit", "unknown")
MENTION_FORMS: tuple[MentionForm, ...] = ("named", "nominal", "pronoun")
STRENGTHS: tuple[Strength, ...] = ("weak", "plain", "strong")
CERTAINTIES: tuple[Certainty, ...] = ("sure", "unsure")
ACTOR_KINDS: tuple[ActorKind, ...] = (
    "person",
    "party",
    "organisation",
    "government",
    "state",
    "armed_force",
    "movement",
    "bloc",
    "collective",
    "other",
)
VERDICTS: tuple[Verdict, ...] = ("accepted", "edited", "rejected", "added")
STATES: tuple[State, ...] = ("suggested", "accepted", "edited", "rejected", "added")

USUAL_POLARITY: dict[Act, int | None] = {
    "endorse": 1,
    "commit": 1,
    "concede": 1,
    "meet": 0,
    "call": 0,
    "criticise": -1,
    "refuse": -1,
    "warn": -1,
    "deed": None,
    "state": None,
}
"""The sign an act usually carries towards its target; None where the act alone does not decide."""


def check_value(field: str, value: object, allowed: Collection[object]) -> None:
    """
    Raise unless a value is one of those allowed.

    Parameters
    ----------
    field : str
        The codebook's name of the field, for the message.
    value : object
        What was given.
    allowed : Collection of object
        The legal values, in the codebook's order.

    Raises
    ------
    InvalidValue
        If `value` is not in `allowed`.
    """
    if value not in allowed:
        expected = ", ".join(repr(each) for each in allowed)
        raise InvalidValue(f"{field} is {value!r}; the codebook allows {expected}")
