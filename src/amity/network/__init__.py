"""Positions → networks: actor networks, discourse networks, windows over both."""

from amity.network.actor_network import build_network
from amity.network.discourse import LabelledMatrix, MatrixSeries, discourse_network
from amity.network.discourse_options import DiscourseOptions
from amity.network.durations import Duration, parse_duration
from amity.network.from_positions import statements_of, with_attribute
from amity.network.merging import merge_actors
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns, Weight, network_from_edges
from amity.network.series import NetworkSeries, network_windows
from amity.network.shapes import edge_signs, ego_network, subnetwork, to_frame, to_networkx
from amity.network.statements import NumberColumn, StatementTable, TextColumn, statement_table, text_column
from amity.network.tallies import ThreeModeTable, level_counts, three_mode_table

__all__ = [
    "DiscourseOptions",
    "Duration",
    "LabelledMatrix",
    "MatrixSeries",
    "Network",
    "NetworkOptions",
    "NetworkSeries",
    "NumberColumn",
    "PositionColumns",
    "StatementTable",
    "TextColumn",
    "ThreeModeTable",
    "Weight",
    "build_network",
    "discourse_network",
    "edge_signs",
    "ego_network",
    "level_counts",
    "merge_actors",
    "network_from_edges",
    "network_windows",
    "parse_duration",
    "statement_table",
    "statements_of",
    "subnetwork",
    "text_column",
    "three_mode_table",
    "to_frame",
    "to_networkx",
    "with_attribute",
]
