"""The training loop: mixed sources, layer-wise rates, a linear schedule, a seed."""

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import torch

from training.batches import collate, make_batches
from training.examples import Example
from training.network import LAYERS, Reader, losses

WEIGHTS = {
    "span": 2.0,
    "arc": 0.5,
    "relation": 0.25,
    "directed": 1.0,
    "act": 0.7,
    "strength": 0.2,
    "status": 0.2,
    "voice": 0.2,
    "agreement": 0.3,
    "concept": 0.2,
    "holder": 0.7,
    "target": 0.7,
    "evidence": 0.4,
    "idea": 0.15,
}
"""What each loss counts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How to train.

    Parameters
    ----------
    epochs : float
        Passes over what `sample` returns.
    rate : float
        Of the top layer.
    heads : float
        Factor of the rate for the heads.
    decay : float
        Factor of the rate from layer to layer downwards.
    budget : int
        Word pieces in a batch.
    warm : float
        Share of the steps in which the rate rises.
    seed : int
        Of everything random.
    half : bool
        Whether the encoder's matrix products run in bfloat16.
    """

    epochs: int = 1
    rate: float = 1e-4
    heads: float = 3.0
    decay: float = 0.9
    budget: int = 1536
    warm: float = 0.1
    seed: int = 0
    half: bool = True
    weights: dict[str, float] = field(default_factory=lambda: dict(WEIGHTS))


def set_seed(seed: int) -> None:
    """Seed every source of randomness."""
    random.seed(seed)
    np.random.seed(seed)
    torch.manual_seed(seed)


def fit(
    model: Reader,
    sample: Callable[[int, random.Random], Sequence[Example]],
    plan: Plan,
    *,
    log: Callable[[str], None],
    name: str,
) -> None:
    """
    Train a reader in place.

    Parameters
    ----------
    model : Reader
        The reader.
    sample : callable
        Epoch and random state to the examples of that epoch.
    plan : Plan
        How.
    log : callable
        Takes a line.
    name : str
        For the log.
    """
    set_seed(plan.seed)
    random_state = random.Random(plan.seed)
    epochs = [
        make_batches(list(sample(epoch, random_state)), plan.budget, random_state)
        for epoch in range(plan.epochs)
    ]
    steps = sum(len(batches) for batches in epochs)
    optimizer = torch.optim.AdamW(_groups(model, plan), weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _slope(steps, plan.warm))
    parameters = [each for each in model.parameters() if each.requires_grad]
    started, step = time.time(), 0
    model.train()
    totals: dict[str, list[float]] = defaultdict(list)
    for epoch, batches in enumerate(epochs):
        for examples in batches:
            found = losses(model, collate(examples), half=plan.half)
            loss = sum((plan.weights[key] * value for key, value in found.items()), torch.zeros(()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(parameters, 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            for key, value in found.items():
                totals[key].append(value.item())
            if step % 100 == 0 or step == steps:
                means = " ".join(f"{key} {np.mean(values):.3f}" for key, values in totals.items())
                log(f"{name} epoch {epoch} step {step}/{steps} {time.time() - started:.0f} s {means}")
                totals.clear()
    model.eval()


def _groups(model: Reader, plan: Plan) -> list[dict[str, object]]:
    groups: list[dict[str, object]] = []
    layers = model.encoder.layers
    for place, layer in enumerate(layers):
        groups.append(
            {"params": list(layer.parameters()), "lr": plan.rate * plan.decay ** (LAYERS - 1 - place)}
        )
    below = [
        each
        for name, each in model.encoder.named_parameters()
        if not name.startswith("layers.") and each.requires_grad
    ]
    groups.append({"params": below, "lr": plan.rate})
    heads = [each for name, each in model.named_parameters() if not name.startswith("encoder.")]
    groups.append({"params": heads, "lr": plan.heads * plan.rate})
    return groups


def _slope(steps: int, warm: float) -> Callable[[int], float]:
    rise = max(1, int(warm * steps))

    def factor(step: int) -> float:
        return (step + 1) / rise if step < rise else max(0.02, (steps - step) / max(1, steps - rise))

    return factor


def mixed(parts: Iterable[tuple[Sequence[Example], int]]) -> Callable[[int, random.Random], list[Example]]:
    """
    Return a sampler that takes so many examples of each part anew every epoch.

    Parameters
    ----------
    parts : iterable of (sequence of Example, int)
        Examples and how many of them an epoch takes.

    Returns
    -------
    callable
        For `fit`.
    """
    listed = [(list(examples), count) for examples, count in parts]

    def sample(epoch: int, random_state: random.Random) -> list[Example]:
        chosen: list[Example] = []
        for examples, count in listed:
            chosen.extend(examples if count >= len(examples) else random_state.sample(examples, count))
        return chosen

    return sample
