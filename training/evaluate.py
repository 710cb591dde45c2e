"""Gold scores of readers on held-out documents, with and without oracles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from amity.encoder import Encoder
from amity.evaluation import Evaluation, evaluate
from amity.evaluation.scoring import score_coding
from amity.evaluation.units import expand_units
from amity.mentions import find_mentions
from amity.model import Coding, Document
from amity.positions import find_positions, trained
from amity.positions.calibration import Calibration
from amity.positions.trained import position_of, read_findings
from training.calibrate import Judged, expected_calibration_error, fit_calibration

Base = Literal["rooms", "gold"]
"""Where actors and mentions come from: the mentions room, or the gold coding (an oracle)."""


def base_coding(document: Document, gold: Coding, base: Base) -> Coding:
    """Return actors and mentions to start from, without positions."""
    return find_mentions(document) if base == "rooms" else replace(gold, positions=(), quotations=())


def read_rules(document: Document, gold: Coding, base: Base = "rooms") -> Coding:
    """Return the rule reader's coding."""
    return find_positions(document, base_coding(document, gold, base))


def read_trained(document: Document, gold: Coding, encoder: Encoder, base: Base = "rooms") -> Coding:
    """Return the trained reader's coding."""
    return trained.find_positions(document, base_coding(document, gold, base), encoder=encoder)


def judge(document: Document, gold: Coding, encoder: Encoder, base: Base = "rooms") -> list[Judged]:
    """Return every finding of a document with whether it is right."""
    actors, findings = read_findings(document, base_coding(document, gold, base), encoder)
    calibration = Calibration.of(encoder.settings)
    made = {}
    for finding in findings:
        position = position_of(document, actors.coding, finding, calibration)
        if position is not None:
            made[position.id] = (finding, position)
    coding = replace(actors.coding, positions=tuple(position for _, position in made.values()))
    scores = score_coding(coding, gold, document)
    right: dict[str, int] = {}
    for match in scores.matches:
        right[match.predicted] = right.get(match.predicted, 0) + 1
    total: dict[str, int] = {}
    for unit in expand_units(coding, document, names=scores.actors):
        total[unit.position] = total.get(unit.position, 0) + 1
    return [
        Judged(
            document.id,
            position.act,
            bool(finding.targets),
            finding.features,
            right.get(position.id, 0) / max(total.get(position.id, 1), 1),
        )
        for finding, position in made.values()
    ]


def score_reader(
    pairs: Iterable[tuple[Document, Coding]],
    read: Callable[[Document, Coding], Coding],
    *,
    threshold: float = 0.0,
) -> Evaluation:
    """Return the pooled scores of a reader over gold documents."""
    return evaluate(((read(document, gold), gold, document) for document, gold in pairs), threshold=threshold)


def crossfit(judged_by_fold: Sequence[Sequence[Judged]]) -> tuple[list[Calibration], float]:
    """
    Return for each fold the calibration fitted on the other folds' findings, and the calibration error under it.

    Parameters
    ----------
    judged_by_fold : sequence of sequence of Judged
        Findings of held-out documents, fold by fold.

    Returns
    -------
    list of Calibration
        One a fold.
    float
        Expected calibration error over all findings, each scored by its fold's calibration.
    """
    calibrations = [
        fit_calibration(
            [each for other, fold in enumerate(judged_by_fold) if other != place for each in fold]
        )
        for place in range(len(judged_by_fold))
    ]
    scores, right = [], []
    for calibration, fold in zip(calibrations, judged_by_fold, strict=True):
        for each in fold:
            scores.append(calibration.score(each.act, each.has_target, each.features))
            right.append(each.right)
    return calibrations, expected_calibration_error(scores, right)


def table(name: str, found: Evaluation) -> list[str]:
    """Return the lines that show an evaluation: at the best threshold and at the default."""
    rows = [f"{name}: best threshold {found.best.threshold:.2f}, default {found.at_default.threshold:.2f}"]
    for measure, row in (
        ("strict", "signed"),
        ("overlap", "signed"),
        ("triple", "signed"),
        ("graph", "signed"),
        ("loose", "signed"),
        ("strict", "neutral"),
        ("strict", "concept"),
        ("mentions", "mentions"),
        ("linked", "mentions"),
    ):
        each = found.score(measure, row)
        rows.append(
            f"  {measure:9} {row:9} P {each.precision:.3f} R {each.recall:.3f} F1 {each.f1:.3f} [{each.low:.3f}, {each.high:.3f}] "
            f"predicted {each.predicted} gold {each.gold}"
        )
    for label, each in (("best", found.best), ("default", found.at_default)):
        rows.append(
            f"  strict signed at {label} {each.threshold:.2f}: P {each.precision:.3f} R {each.recall:.3f} F1 {each.f1:.3f}"
        )
    return rows
