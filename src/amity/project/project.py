"""The open project: one door to documents, actors, positions, decisions and their history."""

from os import PathLike
from pathlib import Path

from amity.errors import ProjectError
from amity.project.actors import Actors
from amity.project.concepts import Concepts
from amity.project.documents import Documents
from amity.project.history import History
from amity.project.notes import Notes
from amity.project.positions import Positions
from amity.project.settings import Settings
from amity.project.team import Team
from amity.store.verify import verify


class Project(Documents, Actors, Positions, History):
    """
    A project file, open: use it as a context manager, or close it.

    Safe to use from many threads at once: readers see the last committed state, writers wait for one another.
    Make one with `Project.create` or `Project.open`. Every method that changes something takes `origin`, who does
    it; left out, it is the coder for whom the project was opened.
    """

    @property
    def settings(self) -> Settings:
        """The project's settings."""
        return Settings(self)

    @property
    def concepts(self) -> Concepts:
        """The project's concepts."""
        return Concepts(self)

    @property
    def notes(self) -> Notes:
        """Memos and flags."""
        return Notes(self)

    @property
    def team(self) -> Team:
        """Coders and the documents given to them."""
        return Team(self)

    def copy_to(self, path: str | PathLike[str]) -> Path:
        """
        Write a compact copy of the project as it is now.

        Parameters
        ----------
        path : path-like
            Where to; nothing may be there.

        Returns
        -------
        Path
            The copy, closed; the same project gives the same bytes.

        Raises
        ------
        ProjectError
            If something is there already.
        """
        target = Path(path)
        if target.exists():
            raise ProjectError(f"{target} is there already; choose another name for the copy")
        self._database.copy_to(target)
        return target

    def verify(self) -> list[str]:
        """
        Return what does not hold in the file; reads all of it.

        Returns
        -------
        list of str
            Empty if every state follows from its decisions, every span lies in its text, and the file is sound.
        """
        with self._database.read() as connection:
            return verify(connection)
