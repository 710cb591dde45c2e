"""Results with intervals that say where they come from, and how firm single claims are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from amity.errors import InvalidValue, NotFound
from amity.measures.draws import NetworkDraws
from amity.measures.frustration import frustration_index
from amity.measures.graph import SignedGraph
from amity.measures.many_networks import BALANCES, BalanceName, balances, best_partitions
from amity.measures.null_models import pairs_of
from amity.measures.results import Result, table


@dataclass(frozen=True)
class UncertainValue(Result):
    """
    A measure with an interval over draws.

    Parameters
    ----------
    measure : str
        The measure.
    source : str
        What the draws vary.
    mean, deviation : float
        Over the draws.
    low, high : float
        The interval's ends, quantiles of the draws.
    level : float
        Share of the draws inside.
    values : tuple of float
        One a draw.
    draws, seed : int
        Number of draws, and their seed.
    settings : mapping
        Options as used.
    """

    measure: str
    source: str
    mean: float
    deviation: float
    low: float
    high: float
    level: float
    values: tuple[float, ...]
    draws: int
    seed: int
    settings: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return (
            f"{self.measure}: {self.mean:.4g} ± {self.deviation:.2g}, {self.level:.0%} of {self.draws} draws "
            f"({self.source}) in [{self.low:.4g}, {self.high:.4g}]"
        )


def measure_draws(
    networks: NetworkDraws,
    measure: BalanceName | Callable[[SignedGraph], float] = "frustration",
    *,
    level: float = 0.95,
    prove: bool = False,
    seconds: float = 10.0,
    seed: int = 0,
) -> UncertainValue:
    """
    Return a measure's mean and interval over drawn networks.

    Parameters
    ----------
    networks : NetworkDraws
        From `draw_scores`, `draw_documents` or `draw_ties`.
    measure : {"frustration", "triangles", "walks"} or callable
        The index ``1 - 2 L / w``, the triangle index, the walk balance, or any function from a `SignedGraph` to
        a number.
    level : float
        Share of the draws inside the interval, between 0 and 1.
    prove : bool
        Whether each draw's frustration index is proved, rather than found by simulated annealing of all draws
        together.
    seconds : float
        Time limit of each proof.
    seed : int
        Of annealing.

    Returns
    -------
    UncertainValue
        The interval shows how the measure varies over the draws. Wrong signs push balance down in every draw,
        so it need not hold the value of the network without errors: see `simex`.

    Raises
    ------
    InvalidValue
        If the measure's name or the level is wrong.
    """
    if not 0 < level < 1:
        raise InvalidValue(f"level must be between 0 and 1, not {level}")
    if callable(measure):
        values = np.array([float(measure(networks.network(draw))) for draw in range(len(networks))])
        name = getattr(measure, "__name__", "given")
    else:
        name = measure
        if name not in BALANCES:
            raise InvalidValue(f"{name!r} is none of the balance indices {', '.join(BALANCES)}")
        values = (
            _proved(networks, seconds) if prove and name == "frustration" else _together(networks, name, seed)
        )
    return summary_of_draws(
        values, name, networks.source, level=level, seed=networks.seed, settings=dict(networks.settings)
    )


def summary_of_draws(
    values: NDArray[np.float64],
    measure: str,
    source: str,
    *,
    level: float = 0.95,
    seed: int = 0,
    settings: Mapping[str, Any] | None = None,
) -> UncertainValue:
    """
    Return mean, deviation and interval of values that were drawn.

    Parameters
    ----------
    values : float64 array of shape (draws,)
        One a draw.
    measure, source : str
        What was measured, and what the draws vary.
    level : float
        Share of the draws inside the interval.
    seed : int
        Of the draws.
    settings : mapping, optional
        Options as used.

    Returns
    -------
    UncertainValue
        Quantiles are those of the draws, interpolated linearly.
    """
    low, high = np.quantile(values, [(1 - level) / 2, (1 + level) / 2])
    return UncertainValue(
        measure=measure,
        source=source,
        mean=float(values.mean()),
        deviation=float(values.std(ddof=1)) if len(values) > 1 else 0.0,
        low=float(low),
        high=float(high),
        level=level,
        values=tuple(values.tolist()),
        draws=len(values),
        seed=seed,
        settings=settings or {},
    )


def _together(networks: NetworkDraws, name: BalanceName, seed: int) -> NDArray[np.float64]:
    first, second, positive, negative = pairs_of(networks.graph, networks.weights)
    return balances(networks.graph.n, first, second, positive, negative, name, seed=seed)


def _proved(networks: NetworkDraws, seconds: float) -> NDArray[np.float64]:
    graph = networks.graph
    return np.array([
        frustration_index(
            networks.network(draw), directed=graph.directed, weighted=graph.weighted, seconds=seconds
        ).balance
        for draw in range(len(networks))
    ])  # fmt: skip


@dataclass(frozen=True)
class ClaimStability(Result):
    """
    How often two-camp claims hold over draws.

    Parameters
    ----------
    nodes : tuple of str
        Rows and columns of `together`.
    together : float64 array of shape (n, n)
        Share of the draws in which two nodes share a bloc.
    ties : tuple of (str, str)
        The ties, in the order of `present` and `frustrated`.
    present : tuple of float
        Share of the draws in which each tie exists.
    frustrated : tuple of float
        Share of the draws with the tie in which it is frustrated; 0 if it never exists.
    source : str
        What the draws vary.
    draws, seed : int
        Number of draws, and the seed.
    """

    nodes: tuple[str, ...]
    together: NDArray[np.float64]
    ties: tuple[tuple[str, str], ...]
    present: tuple[float, ...]
    frustrated: tuple[float, ...]
    source: str
    draws: int
    seed: int

    def share_together(self, one: str, two: str) -> float:
        """
        Return the share of draws in which two nodes share a bloc.

        Parameters
        ----------
        one, two : str
            Labels of nodes.

        Returns
        -------
        float
            From 0 to 1.

        Raises
        ------
        NotFound
            If a node is not in the network.
        """
        for name in (one, two):
            if name not in self.nodes:
                raise NotFound(f"{name!r} is not in the network")
        return float(self.together[self.nodes.index(one), self.nodes.index(two)])

    def __str__(self) -> str:
        rows = sorted(zip(self.ties, self.present, self.frustrated, strict=True), key=lambda row: -row[2])
        return f"Frustrated ties over {self.draws} draws ({self.source})\n" + table(
            ["source", "target", "present", "frustrated"], [(*tie, there, bad) for tie, there, bad in rows]
        )


def claim_stability(networks: NetworkDraws, *, seed: int = 0) -> ClaimStability:
    """
    Return how often nodes share a bloc and ties are frustrated, over drawn networks.

    Parameters
    ----------
    networks : NetworkDraws
        From `draw_scores`, `draw_documents` or `draw_ties`.
    seed : int
        Of simulated annealing.

    Returns
    -------
    ClaimStability
        One best partition found for each draw; where several are best, one of them. Nodes in different
        components share a bloc or not by chance.
    """
    graph = networks.graph
    first, second, positive, negative = pairs_of(graph, networks.weights)
    _, sides = best_partitions(graph.n, first, second, positive - negative, seed=seed)
    spins = sides.astype(np.float64)
    together = (spins.T @ spins / max(len(networks), 1) + 1) / 2
    bad = networks.weights * sides[:, graph.source] * sides[:, graph.target] < 0
    there = networks.weights != 0
    count = there.sum(axis=0)
    frustrated = np.divide(bad.sum(axis=0), count, out=np.zeros(graph.m), where=count > 0)
    return ClaimStability(
        nodes=graph.labels,
        together=together,
        ties=tuple(graph.tie(number)[:2] for number in range(graph.m)),
        present=tuple((count / max(len(networks), 1)).tolist()),
        frustrated=tuple(frustrated.tolist()),
        source=networks.source,
        draws=len(networks),
        seed=seed,
    )


@dataclass(frozen=True)
class CombinedUncertainty(Result):
    """
    One measure's intervals by what is varied.

    Parameters
    ----------
    measure : str
        The measure.
    estimate : float
        The measure of the data as they stand.
    parts : tuple of UncertainValue
        One a source of uncertainty.
    """

    measure: str
    estimate: float
    parts: tuple[UncertainValue, ...]

    def __str__(self) -> str:
        rows = [
            (part.source, part.mean, part.deviation, part.low, part.high, part.draws) for part in self.parts
        ]
        return f"{self.measure}: {self.estimate:.4g}\n" + table(
            ["varied", "mean", "deviation", "low", "high", "draws"], rows
        )


def combine_uncertainty(estimate: float, parts: Iterable[UncertainValue]) -> CombinedUncertainty:
    """
    Return several intervals of one measure side by side.

    Parameters
    ----------
    estimate : float
        The measure of the data as they stand.
    parts : iterable of UncertainValue
        Of the same measure.

    Returns
    -------
    CombinedUncertainty
        The parts in their order; nothing is added up.

    Raises
    ------
    InvalidValue
        If there is none, or they are of different measures.
    """
    listed = tuple(parts)
    names = {part.measure for part in listed}
    if len(names) != 1:
        raise InvalidValue(f"the parts must be of one measure, not of {', '.join(sorted(names)) or 'none'}")
    return CombinedUncertainty(names.pop(), estimate, listed)
