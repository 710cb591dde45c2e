"""Networks → results: balance, blocs, polarization, positions of nodes, tests and uncertainty."""

from amity.measures.blockmodels import Blockmodel, blockmodel
from amity.measures.centrality import (
    brokerage,
    pn_centrality,
    signed_eigenvector,
    signed_katz,
    signed_pagerank,
)
from amity.measures.change import (
    ChangePoints,
    WindowDistances,
    change_points,
    scale_distances,
    window_distances,
)
from amity.measures.clusterability import ClusterabilityIndex, clusterability_index
from amity.measures.communities import Blocs, adjusted_rand, signed_communities, signed_modularity
from amity.measures.consensus import Consensus, consensus_blocs, find_blocs
from amity.measures.degrees import Reciprocity, signed_degrees, signed_reciprocity
from amity.measures.draws import NetworkDraws, draw_documents, draw_scores, draw_ties, network_of_positions
from amity.measures.frustration import FrustrationIndex, frustration_index
from amity.measures.graph import SignedGraph, signed_graph
from amity.measures.null_models import BalanceTest, balance_test, rewired
from amity.measures.optima import FrustrationOptima, frustration_optima
from amity.measures.polarization import (
    Polarization,
    PolarizationProfile,
    bimodality,
    esteban_ray,
    misfit_of_groups,
    polarization,
    polarization_profile,
)
from amity.measures.registry import MEASURES, Measure
from amity.measures.results import NodeTable, Result, Tie
from amity.measures.sensitivity import Leverage, Sensitivity, sensitivity_of_positions, sensitivity_of_ties
from amity.measures.simex import SimexEstimate, confusion_of_counts, simex
from amity.measures.spectral_blocs import spectral_blocs
from amity.measures.tracking import BlocEvent, BlocTrajectories, track_blocs
from amity.measures.triads import (
    TriadBalance,
    TriadCensus,
    TriangleBalance,
    node_triangles,
    signed_triad_census,
    tie_triangles,
    transitive_triad_balance,
    triangle_balance,
)
from amity.measures.uncertainty import (
    ClaimStability,
    CombinedUncertainty,
    UncertainValue,
    claim_stability,
    combine_uncertainty,
    measure_draws,
    summary_of_draws,
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

__all__ = [
    "MEASURES",
    "BalanceCurve",
    "BalanceTest",
    "BlocEvent",
    "BlocTrajectories",
    "Blockmodel",
    "Blocs",
    "ChangePoints",
    "ClaimStability",
    "ClusterabilityIndex",
    "CombinedUncertainty",
    "Consensus",
    "FrustrationIndex",
    "FrustrationOptima",
    "Leverage",
    "Measure",
    "NetworkDraws",
    "NodeTable",
    "Polarization",
    "PolarizationProfile",
    "Reciprocity",
    "Result",
    "Sensitivity",
    "SignedGraph",
    "SimexEstimate",
    "SpectralBalance",
    "Tie",
    "TriadBalance",
    "TriadCensus",
    "TriangleBalance",
    "UncertainValue",
    "WalkBalance",
    "WindowDistances",
    "adjusted_rand",
    "balance_curve",
    "balance_test",
    "bimodality",
    "blockmodel",
    "brokerage",
    "change_points",
    "claim_stability",
    "clusterability_index",
    "combine_uncertainty",
    "confusion_of_counts",
    "consensus_blocs",
    "draw_documents",
    "draw_scores",
    "draw_ties",
    "esteban_ray",
    "find_blocs",
    "frustration_index",
    "frustration_optima",
    "local_walk_balance",
    "measure_draws",
    "misfit_of_groups",
    "network_of_positions",
    "node_triangles",
    "pn_centrality",
    "polarization",
    "polarization_profile",
    "rewired",
    "scale_distances",
    "sensitivity_of_positions",
    "sensitivity_of_ties",
    "signed_communities",
    "signed_degrees",
    "signed_eigenvector",
    "signed_graph",
    "signed_katz",
    "signed_modularity",
    "signed_pagerank",
    "signed_reciprocity",
    "signed_triad_census",
    "simex",
    "spectral_balance",
    "spectral_blocs",
    "summary_of_draws",
    "tie_triangles",
    "track_blocs",
    "transitive_triad_balance",
    "triangle_balance",
    "walk_balance",
    "window_distances",
]
