"""Copies of one project, coded apart, become one again."""

from amity.model import Origin
from amity.project.base import OpenFile
from amity.store.merging import MergeConflict, Merged, merge

__all__ = ["MergeConflict", "Merged", "merge_copies"]


def merge_copies(project: OpenFile, other: OpenFile, *, origin: Origin | None = None) -> Merged:
    """
    Return what came into a project from another copy of it.

    Parameters
    ----------
    project : Project
        Gets what it lacks; undoing takes all of it back at once.
    other : Project
        The other copy; it is only read.
    origin : Origin or None
        Who merges; the project's coder if None.

    Returns
    -------
    Merged
        Acts, counts, and conflicts; of two decisions both are kept, and the later counts.

    Raises
    ------
    InvalidValue
        If they are no copies of one project.
    """
    try:
        with project._writing() as connection, other._database.read() as there:
            return merge(connection, there, project._who(origin))
    finally:
        # Names and concepts came by another way than the writer's.
        project._writer.forget()
