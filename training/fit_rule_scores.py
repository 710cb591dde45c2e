"""Fit the weights of the rule reader's additive score on coded documents.

Reads gold codings and pairs of Directed Sentiment Extraction (Park, Pan & Joo, "Who Blames or Endorses Whom?",
Findings of ACL 2021), lets the reader list every candidate with its features, marks those that are right, and
fits a logistic regression with an L2 penalty. A weight is the sum of a shared part and a part of the gold codings' own (Daumé III,
"Frustratingly Easy Domain Adaptation", ACL 2007). Writes ``feature<TAB>weight`` lines.

Usage: ``python -m training.fit_rule_scores SHARED src/amity/positions/data/weights.tsv --all``. With ``--cross-validate`` it prints how
weights fitted on the other folds do on each fold, and writes nothing.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from amity.documents import ReadOptions, read_documents
from amity.evaluation import evaluate, map_actors, read_gold
from amity.evaluation.units import evidence_iou, expand_units
from amity.mentions import find_mentions
from amity.model import Actor, Coding, Document, Mention
from amity.positions import find_positions, scoring
from amity.positions.candidates import Candidate, find_candidates
from amity.positions.reading import Reading
from amity.positions.rules import LEAST, read_sentences
from amity.samples import write_sample


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


def list_pair_examples(path: Path) -> list[Example]:
    """
    Return every candidate of the sentences of Directed Sentiment Extraction, duplicates left out.

    Parameters
    ----------
    path : Path
        Tab-separated with CSV quoting: sentence with two names in square brackets, p, q, label.

    Returns
    -------
    list of Example
        Labelled 1 where the direction and sign are the row's, else 0.
    """
    examples: list[Example] = []
    for number, (document, coding, wanted) in enumerate(_pairs(path)):
        for reading in read_sentences(document, coding):
            for candidate in find_candidates(reading):
                finding = candidate.finding
                if {*finding.holders, *finding.targets} == {"p", "q"} and len(finding.holders) == 1:
                    right = (finding.holders[0], finding.targets[0], finding.sign) == wanted
                    examples.append(Example(number, tuple(sorted(set(candidate.features))), float(right)))
    return examples


_LABELS = {1: ("p", "q", 1), 2: ("q", "p", 1), 3: ("p", "q", -1), 4: ("q", "p", -1)}
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")


def _pairs(path: Path) -> Iterator[tuple[Document, Coding, tuple[str, str, int] | None]]:
    seen: set[tuple[str, str, str]] = set()
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter="\t")):
            if len(row) < 4 or not row[3].strip().isdigit():
                continue
            key = (" ".join(row[0].lower().split()), row[1].lower(), row[2].lower())
            found = None if key in seen else _pair(str(number), row[0], row[1], row[2])
            seen.add(key)
            if found is not None:
                yield *found, _LABELS.get(int(row[3]))


def _pair(name: str, marked: str, p: str, q: str) -> tuple[Document, Coding] | None:
    """One sentence without its brackets; spans that the brackets cut short reach to the word's end."""
    text, spans, last = "", [], 0
    for match in _BRACKETS.finditer(marked):
        text += marked[last : match.start()]
        spans.append((len(text), len(text) + len(match[1]), match[1].strip()))
        text += match[1]
        last = match.end()
    text += marked[last:]
    if len(spans) != 2:
        return None
    document = Document(name, text)
    first_is_p = spans[0][2] == p.strip() or spans[0][2] in p or spans[0][2] != q.strip()
    mentions = []
    for (start, end, _), actor in zip(spans, "pq" if first_is_p else "qp", strict=True):
        while end < len(text) and text[end].isalnum():
            end += 1
        while end > start and text[end - 1] in "'’ .":
            end -= 1
        if text[start:end].endswith(("'s", "’s")):
            end -= 2
        if end <= start:
            return None
        mentions.append(Mention(document.span(start, end), actor))
    actors = (Actor("n", "narrator", "organisation"), Actor("p", p or "p"), Actor("q", q or "q"))
    return document, Coding(name, actors, ("n",), (), tuple(mentions))


def fit_weights(
    gold: Sequence[Example],
    pairs: Sequence[Example],
    *,
    penalty: float = 10.0,
    shared_penalty: float = 3.0,
    pair_weight: float = 0.3,
    least_count: int = 6,
) -> dict[str, float]:
    """
    Return the weight of every feature that occurs often enough.

    Parameters
    ----------
    gold, pairs : sequence of Example
        Candidates of coded documents, and of single pairs.
    penalty, shared_penalty : float
        Of the squared weights: the gold codings' own part, and the shared part.
    pair_weight : float
        What one candidate of `pairs` counts.
    least_count : int
        Rarer features get no weight.

    Returns
    -------
    dict of str to float
        Weights by feature.
    """
    columns: dict[str, int] = {}
    for prefix, examples, least in (("own|", gold, least_count), ("", pairs, 2 * least_count - 4)):
        counts = Counter(feature for example in examples for feature in example.features)
        for feature in sorted(each for each, count in counts.items() if count >= least):
            columns[prefix + feature] = len(columns)
    rows, places = [], []
    for row, example in enumerate((*gold, *pairs)):
        for feature in example.features:
            for name in (feature, "own|" + feature) if row < len(gold) else (feature,):
                if name in columns:
                    rows.append(row)
                    places.append(columns[name])
    matrix = csr_matrix((np.ones(len(rows)), (rows, places)), shape=(len(gold) + len(pairs), len(columns)))
    labels = np.array([example.label for example in (*gold, *pairs)])
    sizes = np.array([1.0] * len(gold) + [pair_weight] * len(pairs))
    penalties = np.array([penalty if name.startswith("own|") else shared_penalty for name in columns])
    turned = matrix.T.tocsr()

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        margin = matrix @ weights
        value = float(np.sum(sizes * (np.logaddexp(0.0, margin) - labels * margin)))
        slope = turned @ (sizes * (1.0 / (1.0 + np.exp(-margin)) - labels))
        return value + 0.5 * float(np.sum(penalties * weights**2)), slope + penalties * weights

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    total: dict[str, float] = {}
    for name, place in columns.items():
        feature = name.removeprefix("own|")
        total[feature] = total.get(feature, 0.0) + float(found.x[place])
    return total


def is_development(name: str) -> bool:
    """
    Return whether a gold coding belongs to the half that rules and weights may be tuned on.

    Parameters
    ----------
    name : str
        Id of the document.

    Returns
    -------
    bool
        Passages with even numbers; other documents by the parity of the first byte of their id's SHA-256.
    """
    if name[:1] == "t" and name[1:].isdigit():
        return int(name[1:]) % 2 == 0
    return sha256(name.encode()).digest()[0] % 2 == 0


HEAD = """\
# Weights of the additive score; made by training/fit_rule_scores.py, see docs/explanation/rule-reader.md.
# Columns: feature, weight. A feature is FAMILY|relation|class; J: the narrator judges, D: someone named acts; H holder,
# T target, P both, R a frame agrees.
"""


def join_codings(shared: Path, sample: Path, *, everything: bool = False) -> list[tuple[Document, Coding]]:
    """
    Return the coded documents of the development half (or of all gold) and of the invented sample, as a reader gets them.

    Parameters
    ----------
    shared : Path
        Folder with ``gold`` and ``corpus``.
    sample : Path
        Empty folder that the sample is written to.
    everything : bool
        Whether all gold documents are taken.

    Returns
    -------
    list of (Document, Coding)
        Documents with the issuers of their table of metadata, not those of the coding; the sample last.
    """
    write_sample(sample)
    table = ReadOptions(metadata=shared / "corpus" / "metadata.csv")
    found = (
        *read_documents(shared / "gold" / "passages"),
        *read_documents(shared / "corpus" / "documents", options=table),
        *read_documents(sample / "documents"),
    )
    by_id = {each.id: each for each in found if isinstance(each, Document)}
    coded = [each for each in read_gold(shared / "gold") if everything or is_development(each[0].id)]
    joined = []
    for known, coding in (*coded, *read_gold(sample / "gold", texts=sample / "documents")):
        document = by_id.get(known.id)
        if document is not None and document.text == known.text:
            joined.append((document, coding))
    return joined


def cross_validate(
    coded: Sequence[tuple[Document, Coding]], pairs: Sequence[Example], *, folds: int = 5
) -> None:
    """
    Print the scores of the reader on documents that its weights were not fitted on, pooled over folds by document.

    Parameters
    ----------
    coded : sequence of (Document, Coding)
        Coded documents.
    pairs : sequence of Example
        Sentences with a pair, in every fold's training data.
    folds : int
        Number of folds; a document's fold follows from the SHA-256 of its id.
    """
    fold_of = [sha256(document.id.encode()).digest()[1] % folds for document, _ in coded]
    scored = []
    for fold in range(folds):
        rest = [each for each, at in zip(coded, fold_of, strict=True) if at != fold]
        weights = fit_weights(list_examples(rest), pairs)
        scoring.weights = lambda table=weights: table  # type: ignore[assignment]
        for (document, gold), at in zip(coded, fold_of, strict=True):
            if at == fold:
                scored.append((find_positions(document, find_mentions(document)), gold, document))
    for threshold in (0.0, 0.5):
        result = evaluate(scored, threshold=threshold)
        print(f"score >= {threshold or LEAST}: {len(scored)} documents in {folds} folds")
        for measure in ("strict", "overlap", "triple", "loose"):
            row = result.score(measure)
            print(
                f"  {measure:8} P {row.precision:.3f} R {row.recall:.3f} F1 {row.f1:.3f} [{row.low:.3f}, {row.high:.3f}] found {row.predicted} gold {row.gold}"
            )


def main() -> None:
    """Fit the weights and write the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("shared", "out"):
        parser.add_argument(name, type=Path)
    parser.add_argument(
        "--all", action="store_true", help="fit on all gold documents, not on the development half"
    )
    parser.add_argument(
        "--cross-validate", action="store_true", help="print scores on held-out folds instead of writing"
    )
    arguments = parser.parse_args()
    with TemporaryDirectory() as folder:
        coded = join_codings(arguments.shared, Path(folder) / "sample", everything=arguments.all)
    pairs = list_pair_examples(arguments.shared / "training" / "dse_train.txt")
    if arguments.cross_validate:
        cross_validate(coded, pairs)
        return
    weights = fit_weights(list_examples(coded), pairs)
    rows = [f"{name}\t{value:.2f}\n" for name, value in sorted(weights.items()) if abs(value) >= 0.05]
    arguments.out.write_text(HEAD + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
