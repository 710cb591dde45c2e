"""Print-ready figures of a project, each with a caption that states n and settings."""

from datetime import date
from typing import TYPE_CHECKING

from amity import __version__
from amity.errors import InvalidValue
from amity.model import PositionFilter
from amity.publishing.report import dated_polarities
from amity.views import Drawing, count_by_period, plot_network, plot_timeline
from amity.views.matrix_figure import plot_matrix

if TYPE_CHECKING:
    from amity.network import Network
    from amity.project import Project

POINTS_A_MM = 72 / 25.4


def draw_figure(
    project: "Project",
    kind: str,
    condition: PositionFilter,
    *,
    width: float = 180.0,
    height: float | None = None,
    title: str = "",
    blocs: bool = False,
) -> tuple[Drawing, str]:
    """
    Return a figure of a project and its caption.

    Parameters
    ----------
    project : Project
        An open project.
    kind : {"network", "matrix", "timeline"}
        Which figure.
    condition : PositionFilter
        Which positions count.
    width, height : float
        Millimetres; the height follows from the width where it is None.
    title : str
        Heading; none if empty.
    blocs : bool
        Whether blocs of the network are shaded, and order the matrix.

    Returns
    -------
    tuple of Drawing and str
        The figure, and its caption.

    Raises
    ------
    InvalidValue
        If there is no such figure.
    """
    from amity.network import NetworkOptions, build_network

    columns = project.columns(condition)
    network = build_network(columns, options=NetworkOptions(isolates=False))
    wide = width * POINTS_A_MM
    groups = find_blocs(network) if blocs else []
    if kind == "network":
        drawing = plot_network(
            network,
            width=wide,
            height=(height * POINTS_A_MM if height else wide * 0.72),
            title=title,
            blocs=groups,
        )
    elif kind == "matrix":
        drawing = plot_matrix(
            network, width=wide, title=title, order=[each for bloc in groups for each in bloc]
        )
    elif kind == "timeline":
        periods = count_by_period(
            (date.fromisoformat(day), polarity) for day, polarity in dated_polarities(columns)
        )
        drawing = plot_timeline(
            periods, width=wide, height=(height * POINTS_A_MM if height else wide * 0.3), title=title
        )
    else:
        raise InvalidValue(f"there is no figure {kind!r}; choose network, matrix or timeline")
    return drawing, _caption(project, kind, network, condition, len(groups))


def find_blocs(network: "Network") -> list[list[str]]:
    """
    Return the blocs of a network by clusterability, k free.

    Parameters
    ----------
    network : Network
        Any.

    Returns
    -------
    list of list of str
        Actor ids, the largest bloc first.
    """
    from amity.measures import clusterability_index

    if network.m == 0:
        return []
    groups: dict[int, list[str]] = {}
    for actor, group in dict(clusterability_index(network, seconds=5.0).partition).items():
        groups.setdefault(group, []).append(actor)
    return sorted(groups.values(), key=lambda each: (-len(each), each))


def _caption(project: "Project", kind: str, network: "Network", condition: PositionFilter, blocs: int) -> str:
    summary = project.summary()
    count = 0 if network.position_offsets is None else int(network.position_offsets[-1])
    period = (
        f", {condition.since or 'the beginning'} to {condition.until or 'the end'}"
        if condition.since or condition.until
        else ""
    )
    settings = (
        [f"score at least {condition.min_score:g} or checked by a person"] if condition.min_score else []
    )
    settings += [
        f"{name} {', '.join(map(str, values))}"
        for name, values in (
            ("acts", condition.acts),
            ("voices", condition.voices),
            ("statuses", condition.statuses),
        )
        if values
    ]
    shaded = f" {blocs} blocs by clusterability, k free." if blocs else ""
    return (
        f"{kind.capitalize()} of {network.n} actors and {network.m} directed ties from {count} signed positions in {summary.n_documents} documents{period}; "
        f"{summary.n_checked} positions of the project were checked by a person. {('Settings: ' + '; '.join(settings) + '.') if settings else ''}{shaded} amity {__version__}."
    )
