"""Which concepts carry the structure of a discourse network, and which are redundant."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import exp
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NotFound
from amity.network.concept_losses import ConceptLosses
from amity.network.discourse_options import DiscourseOptions
from amity.network.statements import StatementTable

BACKBONE_DEFAULTS = DiscourseOptions(
    kind="one-mode", aggregation="subtract", normalization="average", duplicates="document"
)


@dataclass(frozen=True, slots=True)
class NestedBackbone:
    """
    Concepts in the order in which they can be left out.

    Parameters
    ----------
    removed : tuple of str
        First the one whose absence changes the network least, then the next given that, and so on; one concept is
        never removed.
    losses : tuple of float
        Spectral distance from the full network after each removal.
    kept : str
        The concept that remains; empty where there is none.
    evaluations : int
        Number of exact distances computed.
    is_exact : bool
        Whether every candidate of every step was computed exactly.
    """

    removed: tuple[str, ...]
    losses: tuple[float, ...]
    kept: str
    evaluations: int
    is_exact: bool

    def at(self, size: int) -> tuple[str, ...]:
        """
        Return the backbone of a size.

        Parameters
        ----------
        size : int
            Number of concepts, from 1.

        Returns
        -------
        tuple of str
            The last ones to be removed, in sorted order.

        Raises
        ------
        InvalidValue
            If there are fewer concepts.
        """
        ranked = [*self.removed, self.kept]
        if not 1 <= size <= len(ranked) or not self.kept:
            raise InvalidValue(f"a backbone of {size} concepts cannot be had from {len(ranked)}")
        return tuple(sorted(ranked[len(ranked) - size :]))


@dataclass(frozen=True, slots=True)
class Backbone:
    """
    A set of concepts that reproduces a network's structure, and the rest.

    Parameters
    ----------
    concepts, redundant : tuple of str
        The backbone and all other concepts, sorted.
    loss, redundant_loss : float
        Spectral distance from the full network to those of the backbone and of the rest alone.
    penalised_loss : float
        ``loss * exp(-penalty * (C - S) / C)`` with C concepts, S of them in the backbone.
    penalty : float
        Reward for small sets; 0 where the size is fixed.
    iterations : int
        Steps of the annealing; 0 where the set was given.
    seed : int or None
        Of the random numbers; None where the set was given.
    """

    concepts: tuple[str, ...]
    redundant: tuple[str, ...]
    loss: float
    redundant_loss: float
    penalised_loss: float
    penalty: float = 0.0
    iterations: int = 0
    seed: int | None = None


def _losses(
    table: StatementTable, options: DiscourseOptions | None, settings: dict[str, Any]
) -> ConceptLosses:
    chosen = replace(options or BACKBONE_DEFAULTS, **settings)
    if chosen.kind != "one-mode" or chosen.window is not None:
        raise InvalidValue(
            "a backbone is of a one-mode network of the whole period; set kind, give no window"
        )
    return ConceptLosses(table, chosen)


def nested_backbone(
    table: StatementTable,
    *,
    options: DiscourseOptions | None = None,
    margin: float | None = 0.035,
    **settings: Any,
) -> NestedBackbone:
    """
    Return all concepts in the order in which they can be left out of a one-mode network.

    Parameters
    ----------
    table : StatementTable
        Statements.
    options : DiscourseOptions or None
        The one-mode network; subtract, average, duplicates within documents unless given.
    margin : float or None
        Networks of more than 200 nodes: candidates are ranked by a first-order estimate of their loss and computed
        exactly in that order, until an estimate is more than this share above the least one. None computes every candidate exactly.
    **settings
        Fields of `DiscourseOptions` that differ from `options`.

    Returns
    -------
    NestedBackbone
        At most one concept remains. Of concepts with equal losses the last label goes first.

    Raises
    ------
    InvalidValue
        If the options are not of a one-mode network without windows.

    Notes
    -----
    Backward elimination: from S = all concepts, remove argmin over c of ‖λ(Y) - λ(Y without S' )‖ for S' = S less c, and so
    on. The estimate takes eigenvalues as u_i' L u_i with the eigenvectors u of the current set's Laplacian; its error is
    of second order. Losses in the result are exact in any case.
    """
    losses = _losses(table, options, settings)
    left = list(range(len(losses.concepts)))
    removed: list[int] = []
    found: list[float] = []
    exact = True
    estimates: dict[int, float] = {}
    while len(left) > 1:
        screens = margin is not None and losses.n > _SMALL and len(left) > 2
        estimates = _estimated(losses, left, estimates) if screens else dict.fromkeys(left, 0.0)
        bound = min(estimates.values())
        results: list[tuple[float, int]] = []
        least = float("inf")
        for out in sorted(left, key=estimates.__getitem__):
            if estimates[out] > bound * (1 + (margin or 0.0)):
                exact = False
                break
            results.append((losses.of([each for each in left if each != out]), out))
            least = min(least, results[-1][0])
            bound = max(bound, least) if screens else bound
        results.sort(key=lambda result: -result[1])
        out = next(out for loss, out in results if loss <= least + 1e-12)
        found.append(next(loss for loss, each in results if each == out))
        removed.append(out)
        left.remove(out)
    names = losses.concepts
    return NestedBackbone(
        tuple(names[each] for each in removed),
        tuple(found),
        names[left[0]] if left else "",
        losses.evaluations,
        exact,
    )


def _estimated(losses: ConceptLosses, left: list[int], before: dict[int, float]) -> dict[int, float]:
    """Estimates of all candidates; those that were far from the least one keep their last estimate."""
    if not before:
        return losses.estimates(left, left)
    near = _FAR * min(before[each] for each in left)
    return {each: before[each] for each in left} | losses.estimates(
        left, [each for each in left if before[each] <= near]
    )


_SMALL = 200
_FAR = 1.6  # a concept whose last estimate was so many times the least one is not estimated anew


def evaluate_backbone(
    table: StatementTable,
    concepts: Iterable[str],
    *,
    penalty: float = 0.0,
    options: DiscourseOptions | None = None,
    **settings: Any,
) -> Backbone:
    """
    Return how well a set of concepts reproduces the network.

    Parameters
    ----------
    table : StatementTable
        Statements.
    concepts : iterable of str
        The set.
    penalty : float
        Reward for small sets.
    options : DiscourseOptions or None
        As for `nested_backbone`.
    **settings
        Fields of `DiscourseOptions` that differ from `options`.

    Returns
    -------
    Backbone
        With the losses of the set and of the rest.

    Raises
    ------
    NotFound
        If a concept does not occur.
    """
    losses = _losses(table, options, settings)
    place = {name: at for at, name in enumerate(losses.concepts)}
    wanted = set(concepts)
    if unknown := sorted(wanted - set(place)):
        raise NotFound(f"no statement that counts is about {', '.join(map(repr, unknown))}")
    return _record(losses, [place[name] for name in wanted], penalty)


def _record(losses: ConceptLosses, chosen: Iterable[int], penalty: float, **more: Any) -> Backbone:
    inside = sorted(chosen)
    outside = [each for each in range(len(losses.concepts)) if each not in set(inside)]
    loss = losses.of(inside)
    return Backbone(
        tuple(losses.concepts[each] for each in inside),
        tuple(losses.concepts[each] for each in outside),
        loss,
        losses.of(outside),
        loss * _reward(len(inside), len(losses.concepts), penalty),
        penalty,
        **more,
    )


def _reward(size: int, total: int, penalty: float) -> float:
    return exp(-penalty * (total - size) / total) if total else 1.0


def annealed_backbone(
    table: StatementTable,
    *,
    penalty: float = 3.5,
    size: int | None = None,
    iterations: int = 10_000,
    seed: int = 0,
    options: DiscourseOptions | None = None,
    **settings: Any,
) -> Backbone:
    """
    Return the best backbone that simulated annealing finds, of any size with a penalty or of a fixed size.

    Parameters
    ----------
    table : StatementTable
        Statements.
    penalty : float
        Reward for small sets, where no size is given.
    size : int or None
        Number of concepts; None for any.
    iterations : int
        Steps.
    seed : int
        Of the random numbers; the same seed gives the same result.
    options : DiscourseOptions or None
        As for `nested_backbone`.
    **settings
        Fields of `DiscourseOptions` that differ from `options`.

    Returns
    -------
    Backbone
        The best set that was visited, with its own losses: a good one, not proven the best.

    Raises
    ------
    InvalidValue
        If there are fewer than two concepts, or no set of that size.

    Notes
    -----
    Moves add, remove or exchange a concept (only exchange for a fixed size). A worse set is accepted with probability
    exp(-Δ/(sT)), where s is the mean absolute Δ so far and T = 1 - 1/(1 + exp(5 - 12 t/iterations)) as in DNA; then
    single moves that improve the best set are taken until there is none.
    """
    losses = _losses(table, options, settings)
    total = len(losses.concepts)
    if total < 2 or (size is not None and not 1 <= size < total):
        raise InvalidValue(
            f"no backbone of {size or 'any'} of {total} concepts; it needs at least one and not all"
        )
    fixed = size is not None
    strength = 0.0 if fixed else penalty
    search = _Annealing(losses, strength, fixed=fixed, seed=seed)
    best = search.run(size or 1, iterations)
    return _record(losses, best, strength, iterations=iterations, seed=seed)


class _Annealing:
    """One chain; keeps the best set it has visited."""

    def __init__(self, losses: ConceptLosses, penalty: float, *, fixed: bool, seed: int) -> None:
        self.losses, self.penalty, self.fixed = losses, penalty, fixed
        self.total = len(losses.concepts)
        self.random = np.random.default_rng(seed)
        self.known: dict[bytes, float] = {}

    def loss(self, inside: NDArray[np.bool_]) -> float:
        key = np.packbits(inside).tobytes()
        if key not in self.known:
            chosen = np.flatnonzero(inside).tolist()
            self.known[key] = self.losses.of(chosen) * _reward(len(chosen), self.total, self.penalty)
        return self.known[key]

    def run(self, size: int, iterations: int) -> list[int]:
        inside = np.zeros(self.total, dtype=np.bool_)
        inside[self.random.choice(self.total, size, replace=False)] = True
        now = self.loss(inside)
        best, least = inside.copy(), now
        seen, moved = 0.0, 0
        for step in range(1, iterations + 1):
            other = self._neighbour(inside)
            change = self.loss(other) - now
            seen, moved = seen + abs(change), moved + 1
            heat = (1 - 1 / (1 + exp(5 - 12 * step / iterations))) * seen / moved
            if change <= 0 or (heat > 0 and self.random.random() < exp(-change / heat)):
                inside, now = other, now + change
                if now < least:
                    best, least = inside.copy(), now
        return np.flatnonzero(self._descend(best, self.loss(best))).tolist()

    def _neighbour(self, inside: NDArray[np.bool_]) -> NDArray[np.bool_]:
        other = inside.copy()
        size = int(inside.sum())
        moves = ["swap"]
        if not self.fixed:
            moves += ["add"] if size < self.total - 1 else []
            moves += ["remove"] if size > 1 else []
        move = moves[int(self.random.integers(len(moves)))]
        if move != "add":
            other[self.random.choice(np.flatnonzero(inside))] = False
        if move != "remove":
            other[self.random.choice(np.flatnonzero(~inside))] = True
        return other

    def _descend(self, inside: NDArray[np.bool_], now: float) -> NDArray[np.bool_]:
        improved = not self.fixed
        while improved:
            improved = False
            for each in range(self.total):
                other = inside.copy()
                other[each] = not other[each]
                if 1 <= other.sum() <= self.total - 1 and self.loss(other) < now:
                    inside, now, improved = other, self.loss(other), True
        return inside
