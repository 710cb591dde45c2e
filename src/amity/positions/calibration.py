"""From the encoder's log-odds to a score that means what it says."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log
from typing import Any, Self

_EDGE = 1e-6
UNSUPPORTED = -5.0
"""Log-odds that stand for the encoder's silence about a position of the rule reader."""


def logit(probability: float) -> float:
    """
    Return the log-odds of a probability.

    Parameters
    ----------
    probability : float
        From 0 to 1; the ends are kept finite.

    Returns
    -------
    float
        From about -14 to 14.
    """
    p = min(max(probability, _EDGE), 1 - _EDGE)
    return log(p / (1 - p))


@dataclass(frozen=True, slots=True)
class Calibration:
    """
    A logistic model of whether a finding is right, fitted on documents held out in training.

    Parameters
    ----------
    signed, concept : tuple of float
        Intercept and weights for findings with and without a target.
    rules : tuple of float
        For the rule reader's positions: intercept, then weights as in `rule_score`.
    acts : mapping of str to float
        What each act adds to the intercept.
    """

    signed: tuple[float, ...] = (-1.0, 0.5, 0.5, 0.5, 0.2, 0.0)
    concept: tuple[float, ...] = (-1.0, 0.5, 0.5, 0.5, 0.2, 0.0)
    rules: tuple[float, ...] = (0.0, 0.5, 0.3, 0.0, -1.0)
    acts: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> Self:
        """
        Return the calibration that comes with an encoder.

        Parameters
        ----------
        settings : mapping
            The encoder's settings; the key ``calibration`` is read.

        Returns
        -------
        Calibration
            The default one where there is none.
        """
        stored = settings.get("calibration")
        if not stored:
            return cls()
        return cls(
            tuple(stored["signed"]), tuple(stored["concept"]), tuple(stored["rules"]), dict(stored["acts"])
        )

    def score(self, act: str, has_target: bool, features: Sequence[float]) -> float:
        """
        Return how sure a finding is.

        Parameters
        ----------
        act : str
            Its act.
        has_target : bool
            Whether it is towards an actor.
        features : sequence of float
            Log-odds of cue, holder, target (or of there being none), evidence; 1 where it takes no side.

        Returns
        -------
        float
            From 0 to 1, to four places.
        """
        weights = self.signed if has_target else self.concept
        return _share(self.acts.get(act, 0.0), weights, features)

    def rule_score(self, features: Sequence[float]) -> float:
        """
        Return how sure a position of the rule reader is.

        Parameters
        ----------
        features : sequence of float
            Log-odds of its own score and of the strongest finding that says the same (`UNSUPPORTED` without one); 1 where it takes
            no side; 1 where it has no target.

        Returns
        -------
        float
            From 0 to 1, to four places.
        """
        return _share(0.0, self.rules, features)


def _share(base: float, weights: Sequence[float], features: Sequence[float]) -> float:
    total = base + weights[0] + sum(w * value for w, value in zip(weights[1:], features, strict=True))
    return round(1 / (1 + exp(-max(min(total, 30.0), -30.0))), 4)
