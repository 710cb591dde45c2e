"""Builds, measures and exports the trained reader; needs the ``train`` extra."""
