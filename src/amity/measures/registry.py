"""Every measure of a network by name: what the command line, the workbench and the reference page read."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from amity.errors import InvalidValue
from amity.measures.blockmodels import Blockmodel, blockmodel
from amity.measures.centrality import (
    brokerage,
    pn_centrality,
    signed_eigenvector,
    signed_katz,
    signed_pagerank,
)
from amity.measures.clusterability import ClusterabilityIndex, clusterability_index
from amity.measures.communities import Blocs, signed_communities
from amity.measures.consensus import Consensus, find_blocs
from amity.measures.degrees import Reciprocity, signed_degrees, signed_reciprocity
from amity.measures.frustration import FrustrationIndex, frustration_index
from amity.measures.null_models import BalanceTest, balance_test
from amity.measures.optima import FrustrationOptima, frustration_optima
from amity.measures.polarization import Polarization, PolarizationProfile, polarization, polarization_profile
from amity.measures.results import NodeTable, Result
from amity.measures.spectral_blocs import spectral_blocs
from amity.measures.triads import (
    TriadBalance,
    TriadCensus,
    TriangleBalance,
    node_triangles,
    signed_triad_census,
    transitive_triad_balance,
    triangle_balance,
)
from amity.measures.walks import (
    BalanceCurve,
    SpectralBalance,
    WalkBalance,
    balance_curve,
    local_walk_balance,
    spectral_balance,
    walk_balance,
)


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A measure under its name.

    Parameters
    ----------
    name : str
        Lower case, words joined by hyphens.
    function : callable
        From a network (anything that `signed_graph` takes) and settings to a `Result`.
    what : str
        One line that says what comes back.
    takes : tuple of str
        Settings that the function takes, among ``directed``, ``weighted``, ``k``, ``seed``, ``time_limit``.
    """

    name: str
    function: Callable[..., Result]
    what: str
    takes: tuple[str, ...] = ()


def _reciprocity(graph: Any, *, directed: bool = True) -> Reciprocity:
    _must_be_directed("reciprocity", directed)
    return signed_reciprocity(graph)


def _pagerank(graph: Any, *, directed: bool = True, weighted: bool = False) -> NodeTable:
    _must_be_directed("pagerank", directed)
    return signed_pagerank(graph, weighted=weighted)


def _transitive(graph: Any, *, directed: bool = True) -> TriadBalance:
    _must_be_directed("balance-triads", directed)
    return transitive_triad_balance(graph)


def _triads(graph: Any, *, directed: bool = True) -> TriadCensus:
    _must_be_directed("triads", directed)
    return signed_triad_census(graph)


def _must_be_directed(name: str, directed: bool) -> None:
    if not directed:
        raise InvalidValue(f"{name} needs the direction of ties; leave undirected out")


def _frustration(
    graph: Any, *, directed: bool = False, weighted: bool = False, seed: int = 0, time_limit: float = 60.0
) -> FrustrationIndex:
    return frustration_index(
        graph, directed=directed, weighted=weighted, seed=seed, seconds=max(time_limit, 1e-3)
    )


def _clusterability(
    graph: Any,
    *,
    directed: bool = False,
    weighted: bool = False,
    k: int | None = None,
    seed: int = 0,
    time_limit: float = 60.0,
) -> ClusterabilityIndex:
    return clusterability_index(
        graph, directed=directed, weighted=weighted, k=k, seed=seed, seconds=max(time_limit, 1e-3)
    )


def _optima(
    graph: Any, *, directed: bool = False, seed: int = 0, time_limit: float = 60.0
) -> FrustrationOptima:
    return frustration_optima(graph, directed=directed, seed=seed, seconds=max(time_limit, 1e-3))


def _triangles(graph: Any) -> TriangleBalance:
    return triangle_balance(graph)


def _walks(graph: Any, *, weighted: bool = False) -> WalkBalance:
    return walk_balance(graph, weighted=weighted)


def _scales(graph: Any, *, directed: bool = False, weighted: bool = False) -> BalanceCurve:
    return balance_curve(graph, directed=directed, weighted=weighted)


def _spectral(graph: Any, *, weighted: bool = False) -> SpectralBalance:
    return spectral_balance(graph, weighted=weighted)


def _test(graph: Any, *, directed: bool = False, weighted: bool = False, seed: int = 0) -> BalanceTest:
    return balance_test(graph, draws=50, directed=directed, weighted=weighted, seed=seed)


def _modularity(graph: Any, *, weighted: bool = False, seed: int = 0) -> Blocs:
    return signed_communities(graph, weighted=weighted, runs=5, seed=seed)


def _blocs(graph: Any, *, weighted: bool = False, k: int | None = None, seed: int = 0) -> Consensus:
    return find_blocs(graph, k=k, weighted=weighted, runs=6, seed=seed)


def _blockmodel(
    graph: Any, *, directed: bool = False, weighted: bool = False, k: int = 2, seed: int = 0
) -> Blockmodel:
    return blockmodel(graph, k, directed=directed, weighted=weighted, runs=6, seed=seed)


def _sponge(graph: Any, *, weighted: bool = False, k: int = 2, seed: int = 0) -> Blocs:
    return spectral_blocs(graph, k, weighted=weighted, seed=seed)


def _polarization(graph: Any, *, k: int = 2, seed: int = 0) -> Polarization:
    return polarization(graph, k=k, seed=seed)


def _profile(graph: Any, *, weighted: bool = False, seed: int = 0) -> PolarizationProfile:
    return polarization_profile(graph, weighted=weighted, seed=seed)


def _centrality(graph: Any, *, directed: bool = False) -> NodeTable:
    return pn_centrality(graph, direction="in" if directed else "all")


def _brokerage(graph: Any, *, directed: bool = True, seed: int = 0) -> NodeTable:
    _must_be_directed("brokerage", directed)
    found = clusterability_index(graph, prove=False, seed=seed)
    return brokerage(graph, found.partition)


_ALL = (
    Measure("degrees", signed_degrees, "support and opposition of each node", ("directed", "weighted")),
    Measure(
        "reciprocity", _reciprocity, "how ties are returned, and which contradict each other", ("directed",)
    ),
    Measure("triads", _triads, "all directed signed triads by their 138 types", ("directed",)),
    Measure("balance-triangles", _triangles, "triangles by their signs, and the share that is balanced"),
    Measure("balance-nodes", node_triangles, "balanced and unbalanced triangles of each node"),
    Measure("balance-triads", _transitive, "balance of transitive directed triads", ("directed",)),
    Measure("balance-walks", _walks, "balance of closed walks of every length", ("weighted",)),
    Measure("balance-local", local_walk_balance, "walk balance as seen from each node", ("weighted",)),
    Measure(
        "balance-scales", _scales, "walk balance from short walks to long ones", ("directed", "weighted")
    ),
    Measure("balance-spectral", _spectral, "smallest eigenvalue of the signed Laplacian", ("weighted",)),
    Measure(
        "balance-test",
        _test,
        "frustration beside what shuffled signs would give",
        ("directed", "weighted", "seed"),
    ),
    Measure(
        "frustration",
        _frustration,
        "least weight of ties against two camps, with a proof",
        ("directed", "weighted", "seed", "time_limit"),
    ),
    Measure(
        "frustration-optima",
        _optima,
        "all best divisions in two camps, and which ties stand against every one",
        ("directed", "seed", "time_limit"),
    ),
    Measure(
        "clusterability",
        _clusterability,
        "least weight of ties against any number of blocs, or at most k, with a proof",
        ("directed", "weighted", "k", "seed", "time_limit"),
    ),
    Measure("modularity", _modularity, "blocs of greatest signed modularity", ("weighted", "seed")),
    Measure("blocs", _blocs, "blocs that many runs agree on, and how firmly", ("weighted", "k", "seed")),
    Measure(
        "blockmodel",
        _blockmodel,
        "blocs and the sign of each block of ties",
        ("directed", "weighted", "k", "seed"),
    ),
    Measure("blocs-spectral", _sponge, "k blocs from eigenvectors (SPONGE)", ("weighted", "k", "seed")),
    Measure("polarization", _polarization, "the camps with the least misfit, and the misfit", ("k", "seed")),
    Measure("polarization-profile", _profile, "several views of how polarized it is", ("weighted", "seed")),
    Measure("centrality", _centrality, "PN centrality: friends and foes, and theirs", ("directed",)),
    Measure("eigenvector", signed_eigenvector, "signed eigenvector centrality", ("weighted",)),
    Measure("katz", signed_katz, "signed walks that end at each node", ("directed", "weighted")),
    Measure("pagerank", _pagerank, "PageRank of support and of opposition", ("directed", "weighted")),
    Measure("brokerage", _brokerage, "who stands between blocs, in which role", ("directed", "seed")),
)

MEASURES: dict[str, Measure] = {measure.name: measure for measure in _ALL}
"""Every measure of one network, by name."""
