"""How far two careful coders agree: the ceiling beside every figure of a reader."""

from collections.abc import Mapping
from types import MappingProxyType

CODER_CEILINGS: Mapping[str, float] = MappingProxyType(
    {"strict": 0.78, "overlap": 0.83, "triple": 0.86, "mentions": 0.91}
)
"""F1 of coder against coder, on signed positions between actors (`mentions`: exact stretches)."""

CODER_AGAINST_ADJUDICATED: tuple[float, float] = (0.83, 0.93)
"""Lowest and highest F1 of a coder against the adjudicated coding."""

CEILING_SOURCE = (
    "twelve documents coded twice with the codebook and adjudicated; the coders were a large language model, not people, "
    "so take the figures as an upper bound of human agreement"
)
"""Where the ceilings come from; to be said wherever one is quoted."""
