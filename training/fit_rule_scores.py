"""Fit the weights of the rule reader's additive score on coded documents.

Reads gold codings, lets the reader list every candidate with its features, marks those that the gold coding
has, and fits a logistic regression with an L2 penalty. Writes ``feature<TAB>weight`` lines.

Usage: ``python -m training.fit_rule_scores --help``.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from amity.evaluation import map_actors
from amity.evaluation.units import evidence_iou, expand_units
from amity.mentions import find_mentions
from amity.model import Coding, Document
from amity.positions.candidates import Candidate, find_candidates
from amity.positions.reading import Reading
from amity.positions.rules import read_sentences


@dataclass(frozen=True, slots=True)
class Example:
    """One candidate: its document, its features, and how much of it the gold coding has."""

    document: int
    features: tuple[str, ...]
    label: float


def list_examples(pairs: Iterable[tuple[Document, Coding]]) -> list[Example]:
    """
    Return every candidate of coded documents.

    Parameters
    ----------
    pairs : iterable of (Document, Coding)
        Documents with their gold codings.

    Returns
    -------
    list of Example
        Labelled 1 where the gold coding has the holder, target and sign with evidence of an IoU of at least
        one half, 0.6 where its evidence only touches, else 0.
    """
    examples: list[Example] = []
    for number, (document, gold) in enumerate(pairs):
        coding = find_mentions(document)
        label = labeller(document, coding, gold)
        for reading in read_sentences(document, coding):
            for candidate in find_candidates(reading):
                examples.append(
                    Example(number, tuple(sorted(set(candidate.features))), label(reading, candidate))
                )
    return examples


def labeller(document: Document, coding: Coding, gold: Coding) -> Callable[[Reading, Candidate], float]:
    """
    Return a function that says how much of a candidate the gold coding has.

    Parameters
    ----------
    document : Document
        The document.
    coding, gold : Coding
        The reader's actors, and the gold coding.

    Returns
    -------
    callable
        From a reading and its candidate to a number from 0 to 1.
    """
    names = map_actors(coding, gold)
    known: dict[tuple[str, str | None, int], list[tuple[tuple[int, int], ...]]] = {}
    for unit in expand_units(gold, document):
        if unit.row == "signed":
            known.setdefault((unit.holder, unit.target, unit.sign), []).append(unit.evidence)

    def label(reading: Reading, candidate: Candidate) -> float:
        finding = candidate.finding
        stretches = tuple(sorted((reading.spans[a][0], reading.spans[b - 1][1]) for a, b in finding.evidence))
        values = []
        for holder in finding.holders:
            for target in finding.targets:
                pair = (names.get(holder, "?"), names.get(target, "?"), finding.sign)
                shared = max((evidence_iou(stretches, each) for each in known.get(pair, ())), default=0.0)
                values.append(1.0 if shared >= 0.5 else 0.6 if shared > 0 else 0.0)
        return sum(values) / len(values)

    return label


def fit_weights(
    examples: Sequence[Example], *, penalty: float = 1.0, least_count: int = 4
) -> dict[str, float]:
    """
    Return the weight of every feature that occurs often enough.

    Parameters
    ----------
    examples : sequence of Example
        Labelled candidates.
    penalty : float
        Of the squared weights.
    least_count : int
        Rarer features get no weight.

    Returns
    -------
    dict of str to float
        Weights by feature.
    """
    counts: dict[str, int] = {}
    for example in examples:
        for feature in example.features:
            counts[feature] = counts.get(feature, 0) + 1
    columns = {
        name: place for place, name in enumerate(sorted(n for n, c in counts.items() if c >= least_count))
    }
    rows, places = [], []
    for row, example in enumerate(examples):
        for feature in example.features:
            if feature in columns:
                rows.append(row)
                places.append(columns[feature])
    matrix = csr_matrix((np.ones(len(rows)), (rows, places)), shape=(len(examples), len(columns)))
    labels = np.array([example.label for example in examples])

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = matrix @ weights
        value = float(np.sum(np.logaddexp(0.0, margin) - labels * margin))
        slope = matrix.T @ (1.0 / (1.0 + np.exp(-margin)) - labels)
        return value + 0.5 * penalty * float(weights @ weights), slope + penalty * weights

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return {name: float(found.x[place]) for name, place in columns.items()}
