"""Document and mentions → positions: cues, acts, holders and targets, speakers."""

from amity.positions.rules import find_positions

__all__ = ["find_positions"]
