"""
amity: who stands with whom, in whose words.

From public documents to signed networks of positions, each tied to its words. Every name below is loaded when it is first used, so that
``import amity`` loads nothing heavy.

Examples
--------
>>> import amity
>>> document = amity.Document("note-7", "The League condemns the blockade of Port Sarrow by Ostrany.", issuers=("League",))
>>> coding = amity.read_document(document, reader="rules")
>>> [position.cue.exact for position in coding.positions if position.polarity == -1]
['condemns']
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_ROOMS = {
    "amity.errors": ("AmityError",),
    "amity.model": (
        "Actor",
        "Coding",
        "Concept",
        "Decision",
        "Document",
        "Edge",
        "Mention",
        "Origin",
        "Position",
        "PositionFilter",
        "Quotation",
        "Span",
        "coding_from_json",
        "coding_to_json",
    ),
    "amity.documents": ("ReadOptions", "read_documents", "read_file"),
    "amity.pipeline": ("available_readers", "read_document", "read_into"),
    "amity.project": ("Project",),
    "amity.network": (
        "DiscourseOptions",
        "Network",
        "NetworkOptions",
        "build_network",
        "discourse_network",
        "network_from_edges",
        "statement_table",
    ),
    "amity.evaluation": ("evaluate", "read_gold", "score_coding"),
    "amity.views": ("layout_network", "plot_network", "plot_timeline"),
    "amity.publishing": ("export_project", "write_report"),
}
_HOME = {name: room for room, names in _ROOMS.items() for name in names}

__all__ = [
    "Actor",
    "AmityError",
    "Coding",
    "Concept",
    "Decision",
    "DiscourseOptions",
    "Document",
    "Edge",
    "Mention",
    "Network",
    "NetworkOptions",
    "Origin",
    "Position",
    "PositionFilter",
    "Project",
    "Quotation",
    "ReadOptions",
    "Span",
    "__version__",
    "available_readers",
    "build_network",
    "coding_from_json",
    "coding_to_json",
    "discourse_network",
    "evaluate",
    "export_project",
    "layout_network",
    "network_from_edges",
    "plot_network",
    "plot_timeline",
    "read_document",
    "read_documents",
    "read_file",
    "read_gold",
    "read_into",
    "score_coding",
    "statement_table",
    "write_report",
]

if TYPE_CHECKING:
    from amity.documents import ReadOptions, read_documents, read_file
    from amity.errors import AmityError
    from amity.evaluation import evaluate, read_gold, score_coding
    from amity.model import (
        Actor,
        Coding,
        Concept,
        Decision,
        Document,
        Edge,
        Mention,
        Origin,
        Position,
        PositionFilter,
        Quotation,
        Span,
        coding_from_json,
        coding_to_json,
    )
    from amity.network import (
        DiscourseOptions,
        Network,
        NetworkOptions,
        build_network,
        discourse_network,
        network_from_edges,
        statement_table,
    )
    from amity.pipeline import available_readers, read_document, read_into
    from amity.project import Project
    from amity.publishing import export_project, write_report
    from amity.views import layout_network, plot_network, plot_timeline


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'amity' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)


def __dir__() -> list[str]:
    return __all__
