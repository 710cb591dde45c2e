"""amity: who stands with whom, in whose words."""

__version__ = "0.1.0"

__all__ = ["__version__"]
