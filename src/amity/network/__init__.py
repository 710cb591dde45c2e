"""Positions → networks."""

from amity.network.records import Network, PositionColumns, Weight, network_from_edges

__all__ = ["Network", "PositionColumns", "Weight", "network_from_edges"]
