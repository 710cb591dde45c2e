"""What the encoder says about sentences: frozen records, offsets in code points of the sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from amity.model import MentionForm

Special = Literal["issuer", "addressee"]


@dataclass(frozen=True, slots=True)
class MentionScore:
    """
    Words that may stand for an actor.

    Parameters
    ----------
    start, end : int
        Code points of the sentence, half-open.
    form : MentionForm
        The likeliest.
    probability : float
        That the codebook counts these words as a mention of an actor.
    """

    start: int
    end: int
    form: MentionForm
    probability: float


@dataclass(frozen=True, slots=True)
class ArgumentScore:
    """
    One candidate for holder or target of a cue.

    Parameters
    ----------
    sentence : int or None
        Place of the sentence that holds the mention; None for a special candidate.
    mention : int or None
        Place among that sentence's mentions.
    special : {"issuer", "addressee"} or None
        Who is meant without a mention.
    holder : float
        Probability that the candidate holds the position.
    support, opposition, neutral : float
        Probabilities that it is a target of polarity 1, -1, 0; the rest to 1 is that it is none.
    """

    sentence: int | None
    mention: int | None
    special: Special | None
    holder: float
    support: float
    opposition: float
    neutral: float

    @property
    def target(self) -> float:
        """Probability that the candidate is a target at all."""
        return self.support + self.opposition + self.neutral

    @property
    def polarity(self) -> int:
        """The likeliest polarity if it is a target."""
        best = max(self.support, self.opposition, self.neutral)
        return 1 if self.support == best else -1 if self.opposition == best else 0


@dataclass(frozen=True, slots=True)
class CueScore:
    """
    Words that may carry the act of a position.

    Parameters
    ----------
    start, end : int
        Code points of the sentence, half-open.
    probability : float
        That these words are a cue.
    fields : mapping of str to mapping of str to float
        For ``act``, ``strength``, ``status``, ``voice``, ``agreement`` and ``concept`` the probability of each value.
    evidence : tuple of int
        Start and end of the likeliest evidence in the sentence; holds the cue.
    evidence_probability : float
        Of its two ends.
    idea : tuple of int or None
        Start and end of the words that best say the concept; None where none is likely.
    arguments : tuple of ArgumentScore
        Issuer, addressee, then the mentions of the window in text order.
    """

    start: int
    end: int
    probability: float
    fields: Mapping[str, Mapping[str, float]]
    evidence: tuple[int, int]
    evidence_probability: float
    idea: tuple[int, int] | None
    arguments: tuple[ArgumentScore, ...]

    def best(self, field: str) -> str:
        """
        Return the likeliest value of a field.

        Parameters
        ----------
        field : str
            A key of `fields`.

        Returns
        -------
        str
            The value.
        """
        values = self.fields[field]
        return max(values, key=lambda value: values[value])


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """
    Everything the encoder says about one sentence.

    Parameters
    ----------
    tokens : tuple of tuple of int
        Start and end of each word.
    mentions : tuple of MentionScore
        In text order; they may be nested.
    cues : tuple of CueScore
        In text order, without overlap.
    """

    tokens: tuple[tuple[int, int], ...] = ()
    mentions: tuple[MentionScore, ...] = ()
    cues: tuple[CueScore, ...] = ()
