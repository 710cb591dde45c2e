"""A project's decisions → its own layer, kept in the project if it helps."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from amity.evaluation.learning import LEAST_DECISIONS, LearnedLayer, fit_layer
from amity.project.learned import LEARNED

if TYPE_CHECKING:
    from amity.model import Origin
    from amity.project import Project


@dataclass(frozen=True, slots=True)
class Learned:
    """
    What `learn` came to.

    Parameters
    ----------
    layer : LearnedLayer
        The layer, with the comparison by cross-validation.
    kept : bool
        Whether the project uses it from now on.
    """

    layer: LearnedLayer
    kept: bool

    def to_json(self) -> dict[str, Any]:
        """
        Return it as a JSON object.

        Returns
        -------
        dict
            The layer's fields, ``helped`` and ``kept``.
        """
        return {**self.layer.to_json(), "helped": self.layer.comparison.helped, "kept": self.kept}


def learn(
    project: "Project",
    *,
    least: int = LEAST_DECISIONS,
    keep_anyway: bool = False,
    origin: "Origin | None" = None,
) -> Learned:
    """
    Return what a project's decisions teach about its suggestions.

    Parameters
    ----------
    project : Project
        An open project.
    least : int
        Fewest decisions.
    keep_anyway : bool
        Whether to keep the layer even if it did not help on held-out documents.
    origin : Origin or None
        Who asks for it; the act is this person's, and can be undone.

    Returns
    -------
    Learned
        The layer, and whether it was kept.

    Raises
    ------
    InvalidValue
        If there are too few decisions to learn from.
    """
    suggestions, right, added = project.judged_suggestions()
    layer = fit_layer(suggestions, right, added=added, least=least)
    kept = layer.comparison.helped or keep_anyway
    if kept:
        project.settings.set(LEARNED, layer.to_json(), origin=origin)
    return Learned(layer, kept)
