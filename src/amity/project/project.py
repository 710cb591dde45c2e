"""The open project: one door to documents, actors, positions, decisions and their history."""

from amity.project.actors import Actors
from amity.project.documents import Documents
from amity.project.history import History
from amity.project.positions import Positions
from amity.project.settings import Settings


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
    def default_min_score(self) -> float:
        """The least score that lists and networks ask for where nothing else is said; the setting ``min_score``."""
        return float(self.settings.get("min_score", 0.0))
