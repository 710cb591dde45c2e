"""Sphinx settings."""

import amity

project = "amity"
author = "The amity maintainers"
copyright = "The amity maintainers, Apache-2.0"
release = version = amity.__version__
extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx.ext.viewcode",
]
myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 3
napoleon_numpy_docstring = True
napoleon_use_rtype = False
autodoc_typehints = "none"
autodoc_member_order = "bysource"
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"amity {version}"
nitpicky = False
suppress_warnings = ["misc.highlighting_failure"]
