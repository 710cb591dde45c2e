"""Who supports and opposes whom as a matrix: a filled mark for support, an open one for opposition."""

from collections.abc import Sequence

import numpy as np

from amity.network import Network
from amity.views.drawing import Curve, Drawing, Label, Polygon, Shape, text_width
from amity.views.network_figure import OPPOSITION_COLOUR, SUPPORT_COLOUR


def plot_matrix(
    network: Network, *, order: Sequence[str] = (), width: float = 640.0, title: str = "", most: int = 60
) -> Drawing:
    """
    Return the network as a matrix: holders in the rows, targets in the columns.

    Parameters
    ----------
    network : Network
        What to draw.
    order : sequence of str
        Actor ids in the order to list them, as by bloc; by strength if empty.
    width : float
        Page width in points; the height follows.
    title : str
        Heading; none if empty.
    most : int
        At most so many actors, the best-connected ones.

    Returns
    -------
    Drawing
        The area of a mark grows with the number of positions.
    """
    total = np.zeros(network.n)
    np.add.at(total, network.source, network.weights("total"))
    np.add.at(total, network.target, network.weights("total"))
    ranked = [network.actors[each].id for each in np.argsort(-total, kind="stable")]
    kept = set(ranked[:most])
    listed = [each for each in (order or ranked) if each in kept]
    names = {
        actor.id: actor.name if len(actor.name) < 32 else actor.name[:31] + "\u2026"
        for actor in network.actors
    }
    # The names' width depends on the font size, which depends on the cell, which depends on the names' width: two rounds settle it.
    size, cell, margin = 8.5, 26.0, 60.0
    for _ in range(3):
        margin = max((text_width(names[each], size) for each in listed), default=40.0) + 3.4 * size
        cell = min((width - margin - 10) / max(len(listed), 1), 26.0)
        size = min(8.5, 0.82 * cell)
    top = (34.0 if title else 10.0) + 2 * size
    height = top + cell * len(listed) + 34
    shapes: list[Shape] = [Label((12, 22), title, 13, "start", bold=True, halo=False)] if title else []
    place = {each: number for number, each in enumerate(listed)}
    for each, number in place.items():
        y = top + cell * (number + 0.5)
        shapes.append(Curve(((margin, y), (width / 2, y), (margin + cell * len(listed), y)), "#e4e2dd", 0.6))
        shapes.append(Label((margin - 6, y + 3), names[each], size, "end", halo=False))
        x = margin + cell * (number + 0.5)
        shapes.append(Curve(((x, top), (x, height / 2), (x, top + cell * len(listed))), "#e4e2dd", 0.6))
        shapes.append(Label((x, top - 6), str(number + 1), size * 0.7, "middle", "#555555", halo=False))
        shapes.append(Label((10, y + 3), str(number + 1), size * 0.85, "start", "#777777", halo=False))
    heaviest = float(max(network.support.max(initial=1.0), network.opposition.max(initial=1.0)))
    for edge in network.edges:
        if edge.source in place and edge.target in place:
            x, y = margin + cell * (place[edge.target] + 0.5), top + cell * (place[edge.source] + 0.5)
            shapes.extend(_marks(x, y, cell, edge.support / heaviest, edge.opposition / heaviest))
    y = height - 12
    shapes += [
        *_marks(20, y - 3, 12, 1.0, 0.0),
        Label((30, y), "supports", 8.5, "start", halo=False),
        *_marks(96, y - 3, 12, 0.0, 1.0),
        Label((106, y), "opposes; area: number of positions", 8.5, "start", halo=False),
    ]
    description = f"Matrix of {len(listed)} actors, holders in the rows and targets in the columns."
    return Drawing(width, height, tuple(shapes), title or "Who supports and opposes whom", description)


def _marks(x: float, y: float, cell: float, support: float, opposition: float) -> list[Shape]:
    shapes: list[Shape] = []
    both = support > 0 and opposition > 0
    for share, colour, filled, shift in (
        (support, SUPPORT_COLOUR, True, -0.22),
        (opposition, OPPOSITION_COLOUR, False, 0.22),
    ):
        if share <= 0:
            continue
        half = cell * (0.14 + 0.28 * float(np.sqrt(share))) * (0.55 if both else 1.0)
        at = x + (shift * cell if both else 0.0)
        corners = ((at - half, y - half), (at + half, y - half), (at + half, y + half), (at - half, y + half))
        shapes.append(Polygon(corners, colour if filled else "#ffffff", colour, width=1.3))
    return shapes
