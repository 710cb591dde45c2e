"""Positions → networks."""

from amity.network.actor_network import build_network
from amity.network.merging import merge_actors
from amity.network.options import NetworkOptions
from amity.network.records import Network, PositionColumns, Weight, network_from_edges

__all__ = [
    "Network",
    "NetworkOptions",
    "PositionColumns",
    "Weight",
    "build_network",
    "merge_actors",
    "network_from_edges",
]
