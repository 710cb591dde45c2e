"""Gold scores of readers on held-out documents, with and without oracles."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Literal

from amity.encoder import Encoder
from amity.evaluation import Evaluation, evaluate
from amity.evaluation.scoring import score_coding
from amity.evaluation.units import expand_units
from amity.mentions import find_mentions
from amity.model import Coding, Document, Position
from amity.positions import find_positions, trained
from amity.positions.calibration import Calibration
from amity.positions.trained import is_same, position_of, read_findings, supported
from training.calibrate import Judged, calibrated, expected_calibration_error, fit_calibration

Base = Literal["rooms", "gold"]
"""Where actors and mentions come from: the mentions room, or the gold coding (an oracle)."""


FIRST = Calibration()


def base_coding(document: Document, gold: Coding, base: Base) -> Coding:
    """Return actors and mentions to start from, without positions."""
    return find_mentions(document) if base == "rooms" else replace(gold, positions=(), quotations=())


def read_rules(document: Document, gold: Coding, base: Base = "rooms") -> Coding:
    """Return the rule reader's coding."""
    return find_positions(document, base_coding(document, gold, base))


def read_trained(
    document: Document, gold: Coding, encoder: Encoder, base: Base = "rooms", *, with_rules: bool = True
) -> Coding:
    """Return the trained reader's coding."""
    start = base_coding(document, gold, base)
    return trained.find_positions(document, start, encoder=encoder, with_rules=with_rules)


def judge(
    document: Document, gold: Coding, encoder: Encoder, base: Base = "rooms", *, first: Calibration = FIRST
) -> list[Judged]:
    """Return every finding of a document with whether it is right; `first` weighs findings where they support rules."""
    start = base_coding(document, gold, base)
    by_rules = find_positions(document, start).positions
    actors, findings = read_findings(document, start, encoder)
    made: dict[str, tuple[tuple[float, ...], Position]] = {
        position.id: (features, position) for position, features in supported(by_rules, findings, first)
    }
    for finding in findings:
        position = position_of(document, actors.coding, finding, first)
        if position is not None and not any(is_same(finding, each) for each in by_rules):
            made.setdefault(position.id, (finding.features, position))
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
            bool(position.targets),
            features,
            right.get(position.id, 0) / max(total.get(position.id, 1), 1),
        )
        for features, position in made.values()
    ]


def score_reader(
    pairs: Iterable[tuple[Document, Coding]],
    read: Callable[[Document, Coding], Coding],
    *,
    threshold: float = 0.0,
) -> Evaluation:
    """Return the pooled scores of a reader over gold documents."""
    return evaluate(((read(document, gold), gold, document) for document, gold in pairs), threshold=threshold)


def crossfit(judged: Sequence[Judged], *, groups: int = 5) -> tuple[dict[str, Calibration], float]:
    """
    Return for each document a calibration fitted on other documents' findings, and the calibration error under it.

    Parameters
    ----------
    judged : sequence of Judged
        Findings of documents that their reader has not seen in training.
    groups : int
        Documents are dealt into so many groups; each is scored by what is fitted on the others.

    Returns
    -------
    dict of str to Calibration
        By document id.
    float
        Expected calibration error over all findings.
    """
    documents = sorted({each.document for each in judged})
    group = {document: place % groups for place, document in enumerate(documents)}
    fitted = [
        fit_calibration([each for each in judged if group[each.document] != place]) for place in range(groups)
    ]
    scores, right = [], []
    for each in judged:
        scores.append(calibrated(fitted[group[each.document]], each))
        right.append(each.right)
    return {document: fitted[place] for document, place in group.items()}, expected_calibration_error(
        scores, right
    )


def table(name: str, found: Evaluation) -> list[str]:
    """Return the lines that show an evaluation: at the best threshold and at the default."""
    rows = [name]
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
    return rows


def threshold_lines(found: Evaluation, *, least_precision: float = 0.8) -> list[str]:
    """Return the lines that show strict signed scores at the best threshold, at .5, and at the lowest with enough precision."""
    precise = [each for each in found.thresholds if each.precision >= least_precision and each.predicted]
    listed = [("best F1", found.best), ("score .5", found.at_default)]
    if precise:
        listed.append((f"precision {least_precision}", max(precise, key=lambda each: each.recall)))
    return [
        f"  strict signed at {label}, threshold {each.threshold:.2f}: P {each.precision:.3f} R {each.recall:.3f} F1 {each.f1:.3f}"
        for label, each in listed
    ]
