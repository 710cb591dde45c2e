"""Positions → networks."""

from amity.network.actor_network import build_network
from amity.network.discourse import LabelledMatrix, MatrixSeries, discourse_network
from amity.network.discourse_options import DiscourseOptions
from amity.network.merging import merge_actors
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns, Weight, network_from_edges
from amity.network.statements import StatementTable, statement_table

__all__ = [
    "DiscourseOptions",
    "LabelledMatrix",
    "MatrixSeries",
    "Network",
    "NetworkOptions",
    "PositionColumns",
    "StatementTable",
    "Weight",
    "build_network",
    "discourse_network",
    "merge_actors",
    "network_from_edges",
    "statement_table",
]
