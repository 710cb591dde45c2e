"""``python -m training``: build the shipped weights; ``python -m training evaluate``: print every table."""

import argparse
import json
import random
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import torch

from amity.encoder import Encoder, load_tokenizer
from amity.model import Coding, Document
from amity.positions.calibration import Calibration
from training import corpora
from training.calibrate import fit_calibration
from training.data import read_auxiliary
from training.evaluate import (
    Base,
    crossfit,
    judge,
    read_rules,
    read_trained,
    score_reader,
    table,
    threshold_lines,
)
from training.folds import Pair, split_folds
from training.gold import read_codings
from training.tasks import (
    directed_lines,
    f1_line,
    gold_task_counts,
    gold_task_lines,
    plover_lines,
    span_scores,
)
from training.train import Log, Schedule, finetune, pretrain, save_reader

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "src" / "amity" / "encoder" / "model"


def main() -> None:
    """Parse the command line and run."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("action", nargs="?", choices=("build", "evaluate"), default="build")
    parser.add_argument(
        "--data", type=Path, default=ROOT.parent / "shared", help="folder with training, gold and corpus"
    )
    parser.add_argument(
        "--runs", type=Path, default=ROOT / "training" / "runs", help="folder for logs, folds and weights"
    )
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the shipped model")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument(
        "--short", action="store_true", help="a few minutes only, to see that everything works"
    )
    options = parser.parse_args()
    options.runs.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(options.threads)
    with (options.runs / f"{options.action}.log").open("a", encoding="utf-8") as file:
        started = time.time()

        def log(line: str) -> None:
            stamped = f"{time.time() - started:7.0f} {line}"
            print(stamped, flush=True)
            file.write(stamped + "\n")
            file.flush()

        if options.action == "build":
            build(
                options.data,
                options.runs,
                options.model,
                Schedule().short() if options.short else Schedule(),
                log,
            )
        else:
            evaluate_all(options.data, options.runs, options.model, log)


def build(data: Path, runs: Path, model: Path, schedule: Schedule, log: Log) -> None:
    """
    Train all stages and write the shipped model.

    Parameters
    ----------
    data : Path
        Folder with ``training``, ``gold`` and ``corpus``.
    runs : Path
        For weights that do not ship.
    model : Path
        Where the shipped files go.
    schedule : Schedule
        How long.
    log : callable
        Takes a line.
    """
    log(f"schedule {json.dumps(asdict(schedule))}")
    tokenizer = load_tokenizer()
    auxiliary = read_auxiliary(tokenizer, data)
    for name in auxiliary.__slots__:
        listed = getattr(auxiliary, name)
        log(
            f"corpus {name}: {len(listed)} windows, {sum(len(each.window.ids) for each in listed)} word pieces"
        )
    pairs = read_codings(data)[: schedule.documents]
    folds = split_folds(pairs)
    start = runs / "corpora.pt"
    if not start.is_file():
        pretrain(auxiliary, schedule, runs, log)
    for place, fold in enumerate(folds):
        if not (runs / f"fold-{place}" / "reader.json").is_file():
            rest = [pair for other in folds if other is not fold for pair in other]
            reader = finetune(start, rest, auxiliary, tokenizer, schedule, log, name=f"fold {place}")
            save_reader(reader, runs / f"fold-{place}", {})
    calibration = fit_calibration(
        [
            each
            for place, fold in enumerate(folds)
            for pair in fold
            for each in judge(*pair, Encoder(runs / f"fold-{place}"))
        ]
    )
    final = finetune(start, pairs, auxiliary, tokenizer, schedule, log, name="all")
    torch.save(final.state_dict(), runs / "final.pt")
    for name, digest in save_reader(
        final, model, {"calibration": asdict(calibration), "version": "1"}
    ).items():
        log(f"{name} sha256 {digest} bytes {(model / name).stat().st_size}")


def evaluate_all(data: Path, runs: Path, model: Path, log: Log) -> None:
    """
    Print every table: gold by fold, then the single tasks.

    Parameters
    ----------
    data, runs, model : Path
        As for `build`.
    log : callable
        Takes a line.
    """
    folds = split_folds(read_codings(data))
    present = [place for place in range(len(folds)) if (runs / f"fold-{place}" / "reader.json").is_file()]
    if present:
        _gold_tables([(folds[place], Encoder(runs / f"fold-{place}")) for place in present], log)
    if (model / "reader.onnx").is_file():
        for line in task_lines(Encoder(model), data):
            log(line)


def _gold_tables(parts: list[tuple[list[Pair], Encoder]], log: Log) -> None:
    log(
        f"gold, {len(parts)} of 5 folds by issuer; each document read by the reader that has not seen its fold"
    )
    pairs = [pair for fold, _ in parts for pair in fold]
    judged = [each for fold, encoder in parts for pair in fold for each in judge(*pair, encoder)]
    calibrations, error = crossfit(judged)
    log(
        f"expected calibration error, each document calibrated on others: {error:.3f} (findings {len(judged)})"
    )
    of = {document.id: encoder for fold, encoder in parts for document, _ in fold}

    def trained(base: Base, with_rules: bool = True) -> Callable[[Document, Coding], Coding]:
        def read(document: Document, gold: Coding) -> Coding:
            encoder = of[document.id]
            encoder.settings["calibration"] = asdict(calibrations.get(document.id, Calibration()))
            return read_trained(document, gold, encoder, base, with_rules=with_rules)

        return read

    counts = None
    for fold, encoder in parts:
        found = gold_task_counts(encoder, fold)
        counts = found if counts is None else {name: counts[name] + found[name] for name in found}
    for line in gold_task_lines(counts or {}):
        log(line)
    readers: dict[str, Callable[[Document, Coding], Coding]] = {
        "trained reader": trained("rooms"),
        "trained reader without the rule reader": trained("rooms", with_rules=False),
        "trained reader, gold actors and mentions": trained("gold"),
        "rule reader": read_rules,
        "rule reader, gold actors and mentions": lambda d, g: read_rules(d, g, "gold"),
    }
    for name, read in readers.items():
        found = score_reader(pairs, read)
        kept = score_reader(pairs, read, threshold=found.best.threshold)
        for line in table(f"{name}, threshold {found.best.threshold:.2f}", kept):
            log(line)
        for line in threshold_lines(found):
            log(line)


def task_lines(encoder: Encoder, data: Path) -> list[str]:
    """Return the lines of the tasks whose test data no stage of training sees."""
    tokenizer = encoder.tokenizer
    documents = corpora.gum_documents(data)
    held = [path for path in documents if corpora.is_gum_test(path, documents)]
    gum = [each for path in held for each in corpora.gum_examples(tokenizer, path)]
    lines = [
        f1_line(f"GUM test {form} (person, organisation, place)", span_scores(encoder, gum, f"entity:{form}"))
        for form in ("named", "nominal", "pronoun")
    ]
    un = corpora.un_examples(tokenizer, data, test=True)
    chosen = random.Random(0).sample(un, min(len(un), 1500))
    lines.append(f1_line("UN cues 2016-2019, 1,500 windows drawn", span_scores(encoder, chosen, "un_cue")))
    return [*lines, *directed_lines(encoder, data), *plover_lines(encoder, data)]


if __name__ == "__main__":
    main()
