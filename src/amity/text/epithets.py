"""The list of judging words that are no part of an actor's name."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from amity.model import Strength
from amity.text.phrases import read_table


@dataclass(frozen=True, slots=True)
class Epithet:
    """
    A judging word.

    Parameters
    ----------
    sign : int
        1 or -1.
    strength : Strength
        How strongly it judges.
    """

    sign: int
    strength: Strength


@cache
def epithets() -> dict[str, Epithet]:
    """Return every listed epithet in lower case with its sign and strength."""
    path = Path(__file__).parent / "data" / "epithets.tsv"
    return {word: Epithet(int(sign), cast(Strength, strength)) for word, sign, strength in read_table(path)}
