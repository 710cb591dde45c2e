"""Positions → networks: actor networks, discourse networks, windows over both."""

from amity.network.actor_network import build_network
from amity.network.backbone import (
    Backbone,
    NestedBackbone,
    annealed_backbone,
    evaluate_backbone,
    nested_backbone,
)
from amity.network.columns import NumberColumn, TextColumn, text_column
from amity.network.discourse import LabelledMatrix, MatrixSeries, discourse_network
from amity.network.discourse_options import DiscourseOptions
from amity.network.durations import Duration, parse_duration
from amity.network.from_positions import statements_of, with_attribute
from amity.network.merging import merge_actors
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns, Weight, network_from_edges
from amity.network.series import NetworkSeries, network_windows
from amity.network.shapes import edge_signs, ego_network, subnetwork, to_frame, to_networkx
from amity.network.signed_backbone import SignedBackbone, signed_backbone
from amity.network.spectra import absolute_distance, laplacian_spectrum, scaled_to_one, spectral_distance
from amity.network.statements import StatementTable, statement_table
from amity.network.tallies import ThreeModeTable, level_counts, three_mode_table

__all__ = [
    "Backbone",
    "DiscourseOptions",
    "Duration",
    "LabelledMatrix",
    "MatrixSeries",
    "NestedBackbone",
    "Network",
    "NetworkOptions",
    "NetworkSeries",
    "NumberColumn",
    "PositionColumns",
    "SignedBackbone",
    "StatementTable",
    "TextColumn",
    "ThreeModeTable",
    "Weight",
    "absolute_distance",
    "annealed_backbone",
    "build_network",
    "discourse_network",
    "edge_signs",
    "ego_network",
    "evaluate_backbone",
    "laplacian_spectrum",
    "level_counts",
    "merge_actors",
    "nested_backbone",
    "network_from_edges",
    "network_windows",
    "parse_duration",
    "scaled_to_one",
    "signed_backbone",
    "spectral_distance",
    "statement_table",
    "statements_of",
    "subnetwork",
    "text_column",
    "three_mode_table",
    "to_frame",
    "to_networkx",
    "with_attribute",
]
