"""The open project: documents, actors, concepts, positions, decisions and their history in one file."""

from amity.project.merging import MergeConflict, Merged, merge_copies
from amity.project.project import Project
from amity.store.records import (
    SUBJECTS,
    ActorAttribute,
    ActorRow,
    AddedDocument,
    Appearance,
    Assignment,
    Coder,
    ConceptRow,
    DocumentRow,
    Event,
    Flag,
    Hit,
    Memo,
    PositionRow,
    ReadRun,
    Subject,
    Summary,
)

__all__ = [
    "SUBJECTS",
    "ActorAttribute",
    "ActorRow",
    "AddedDocument",
    "Appearance",
    "Assignment",
    "Coder",
    "ConceptRow",
    "DocumentRow",
    "Event",
    "Flag",
    "Hit",
    "Memo",
    "MergeConflict",
    "Merged",
    "PositionRow",
    "Project",
    "ReadRun",
    "Subject",
    "Summary",
    "merge_copies",
]
