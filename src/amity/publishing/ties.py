"""The strongest ties of a project with the words behind them, as several commands print them."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from amity.model import PositionFilter

if TYPE_CHECKING:
    from amity.project import Project


@dataclass(frozen=True, slots=True)
class Words:
    """Quoted words behind a tie."""

    sign: str
    text: str
    title: str
    date: str | None
    position: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie with a few of its words."""

    source: str
    target: str
    support: float
    opposition: float
    words: tuple[Words, ...]

    def to_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)


def strongest_ties(project: "Project", limit: int, *, quotes: int = 2) -> list[Tie]:
    """
    Return the ties with most positions, each with some of its words.

    Parameters
    ----------
    project : Project
        An open project.
    limit : int
        At most so many ties.
    quotes : int
        At most so many quotations a tie.

    Returns
    -------
    list of Tie
        The strongest first.
    """
    from amity.network import build_network

    network = build_network(project.columns(PositionFilter(min_score=project.default_min_score)))
    order = sorted(
        range(network.m), key=lambda number: (-network.support[number] - network.opposition[number], number)
    )[:limit]
    ties = []
    for number in order:
        edge = network.edge(number)
        words = []
        for identity in edge.positions[:quotes]:
            row = project.position(identity)
            words.append(
                Words(
                    "+" if row.position.polarity == 1 else "\u2212",
                    " \u2026 ".join(each.exact for each in row.position.evidence),
                    row.document_title or row.position.document_id,
                    row.position.date or row.document_date,
                    identity,
                )
            )
        source, target = (
            network.actors[network.source[number]].name,
            network.actors[network.target[number]].name,
        )
        ties.append(Tie(source, target, edge.support, edge.opposition, tuple(words)))
    return ties
