"""The network as a picture: support solid, opposition dashed, never colour alone."""

from collections.abc import Callable, Mapping, Sequence
from math import hypot

import numpy as np

from amity.network import Network
from amity.views.drawing import Circle, Curve, Drawing, Label, Point, Polygon, Shape, text_width
from amity.views.layout import layout_network

SUPPORT_COLOUR = "#0072b2"
OPPOSITION_COLOUR = "#c2410c"
"""Blue and vermilion: apart for every kind of colour vision, and of different lightness in grey."""

BLOC_FILLS = ("#dbe7f3", "#f6e3d7", "#e3efdc", "#efe3f1", "#f5efcf", "#dcefee")
MARGIN = 46.0
LABEL = 10.0


def plot_network(
    network: Network,
    *,
    layout: Mapping[str, tuple[float, float]] | None = None,
    width: float = 900.0,
    height: float = 640.0,
    title: str = "",
    blocs: Sequence[Sequence[str]] = (),
    max_labels: int = 60,
    link_actor: Callable[[str], str] | None = None,
    link_tie: Callable[[str, str], str] | None = None,
) -> Drawing:
    """
    Return the network as a drawing.

    Parameters
    ----------
    network : Network
        What to draw.
    layout : mapping of str to tuple of float, optional
        Places by actor id as from `layout_network`; computed if not given.
    width, height : float
        Page size in points.
    title : str
        Heading; none if empty.
    blocs : sequence of sequence of str
        Groups of actor ids to shade.
    max_labels : int
        Only the best-connected actors are named, at most this many.
    link_actor : callable, optional
        From actor id to a link.
    link_tie : callable, optional
        From source and target id to a link.

    Returns
    -------
    Drawing
        With a legend; the same network gives the same drawing.
    """
    head = 34.0 if title else 12.0
    foot = 40.0
    drawn = (
        layout
        if layout is not None
        else layout_network(network, aspect=(width - 2 * MARGIN) / (height - head - foot - 2 * MARGIN))
    )
    places = _on_page(drawn, network, width, height, head, foot)
    strength = _strength(network)
    radius = {
        actor.id: 4.5 + 9.0 * float(np.sqrt(share))
        for actor, share in zip(network.actors, strength, strict=True)
    }
    shapes: list[Shape] = [*_hulls(blocs, places, radius)]
    shapes.extend(_ties(network, places, radius, link_tie))
    for actor in network.actors:
        link = link_actor(actor.id) if link_actor else ""
        shapes.append(
            Circle(places[actor.id], radius[actor.id], "#f4f4f2", "#333333", actor.name, link, actor.id)
        )
    order = np.argsort(-strength, kind="stable")[:max_labels]
    shapes.extend(
        _labels(
            [network.actors[place].id for place in order],
            {actor.id: actor.name for actor in network.actors},
            places,
            radius,
            width,
        )
    )
    if title:
        shapes.append(Label((16, 24), title, 14, "start", bold=True, halo=False))
    shapes.extend(_legend(network, width, height))
    return Drawing(
        width, height, tuple(shapes), title or "Network of support and opposition", _describe(network)
    )


def _on_page(
    layout: Mapping[str, tuple[float, float]],
    network: Network,
    width: float,
    height: float,
    head: float,
    foot: float,
) -> dict[str, Point]:
    if not network.actors:
        return {}
    points = np.array([layout.get(actor.id, (0.5, 0.5)) for actor in network.actors])
    low, high = points.min(0), points.max(0)
    extent = np.where(high - low < 1e-9, 1.0, high - low)
    share = np.where(high - low < 1e-9, 0.5, (points - low) / extent)
    box = np.array([width - 2 * MARGIN, height - head - foot - 2 * MARGIN + 20])
    page = share * box + np.array([MARGIN, head + MARGIN - 16])
    return {actor.id: (float(x), float(y)) for actor, (x, y) in zip(network.actors, page, strict=True)}


def _strength(network: Network) -> np.ndarray:
    total = np.zeros(network.n)
    np.add.at(total, network.source, network.weights("total"))
    np.add.at(total, network.target, network.weights("total"))
    return total / total.max() if network.m and total.max() > 0 else total


def _ties(
    network: Network,
    places: Mapping[str, Point],
    radius: Mapping[str, float],
    link_tie: Callable[[str, str], str] | None,
) -> list[Shape]:
    shapes: list[Shape] = []
    heaviest = float(max(network.support.max(initial=0), network.opposition.max(initial=0), 1.0))
    names = {actor.id: actor.name for actor in network.actors}
    for edge in sorted(network.edges, key=lambda each: each.support + each.opposition):
        for weight, colour, word, bend in (
            (edge.support, SUPPORT_COLOUR, "supports", 0.06),
            (edge.opposition, OPPOSITION_COLOUR, "opposes", 0.13),
        ):
            if weight <= 0 or edge.source == edge.target:
                continue
            width = 0.8 + 2.7 * float(np.sqrt(weight / heaviest))
            title = f"{names[edge.source]} {word} {names[edge.target]}: {weight:g}"
            link = link_tie(edge.source, edge.target) if link_tie else ""
            shapes.extend(
                _arrow(
                    places[edge.source],
                    places[edge.target],
                    radius[edge.source],
                    radius[edge.target],
                    bend,
                    colour,
                    width,
                    word == "opposes",
                    title,
                    link,
                    f"{edge.source}>{edge.target}",
                )
            )
    return shapes


def _arrow(
    start: Point,
    end: Point,
    start_radius: float,
    end_radius: float,
    bend: float,
    colour: str,
    width: float,
    dashed: bool,
    title: str,
    link: str,
    name: str,
) -> list[Shape]:
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = hypot(dx, dy)
    if length < 1e-6:
        return []
    control = ((start[0] + end[0]) / 2 - dy * bend, (start[1] + end[1]) / 2 + dx * bend)
    tip = _towards(end, control, end_radius + 1.5)
    head = 4.5 + 1.6 * width
    base = _towards(tip, control, head)
    begin = _towards(start, control, start_radius)
    ux, uy = (tip[0] - base[0]) / head, (tip[1] - base[1]) / head
    half = head * 0.42
    wings = ((base[0] - uy * half, base[1] + ux * half), (base[0] + uy * half, base[1] - ux * half))
    dash = (max(4.0, 2.4 * width), max(3.0, 1.7 * width)) if dashed else None
    return [
        Curve((begin, control, base), colour, width, dash, 0.78, title, link, name),
        Polygon((tip, *wings), colour, opacity=0.9),
    ]


def _towards(point: Point, aim: Point, distance: float) -> Point:
    dx, dy = aim[0] - point[0], aim[1] - point[1]
    length = hypot(dx, dy) or 1.0
    return point[0] + dx / length * distance, point[1] + dy / length * distance


def _labels(
    ids: Sequence[str],
    names: Mapping[str, str],
    places: Mapping[str, Point],
    radius: Mapping[str, float],
    width: float,
) -> list[Shape]:
    """Name actors below, above or beside their circle, best-connected first, where no other name or circle is covered."""
    taken = [
        (x - radius[each], y - radius[each], x + radius[each], y + radius[each])
        for each, (x, y) in places.items()
    ]
    shapes: list[Shape] = []
    for each in ids:
        x, y = places[each]
        r = radius[each]
        name = names[each] if len(names[each]) <= 34 else names[each][:33].rstrip() + "\u2026"
        wide = text_width(name, LABEL)
        tries = [
            (x, y + r + 11, "middle"),
            (x, y - r - 4, "middle"),
            (x + r + 4, y + 3.5, "start"),
            (x - r - 4, y + 3.5, "end"),
        ]
        best: tuple[float, Label, tuple[float, float, float, float]] | None = None
        for at_x, at_y, anchor in tries:
            left = at_x - wide / 2 if anchor == "middle" else at_x if anchor == "start" else at_x - wide
            shift = max(4 - left, 0.0) - max(left + wide - (width - 4), 0.0)
            box = (left + shift, at_y - LABEL * 0.8, left + shift + wide, at_y + 2)
            cost = sum(_overlap(box, other) for other in taken)
            if best is None or cost < best[0]:
                best = (cost, Label((at_x + shift, at_y), name, LABEL, anchor), box)  # type: ignore[arg-type]
        if best is not None:
            shapes.append(best[1])
            taken.append(best[2])
    return shapes


def _overlap(a: tuple[float, float, float, float], b: tuple[float, float, float, float]) -> float:
    return max(0.0, min(a[2], b[2]) - max(a[0], b[0])) * max(0.0, min(a[3], b[3]) - max(a[1], b[1]))


def _hulls(
    blocs: Sequence[Sequence[str]], places: Mapping[str, Point], radius: Mapping[str, float]
) -> list[Shape]:
    shapes: list[Shape] = []
    for number, bloc in enumerate(blocs):
        angles = np.linspace(0, 2 * np.pi, 16, endpoint=False)
        around = [
            (
                places[each][0] + (radius[each] + 16) * np.cos(angle),
                places[each][1] + (radius[each] + 16) * np.sin(angle),
            )
            for each in bloc
            if each in places
            for angle in angles
        ]
        if len(around) >= 3 and len(bloc) > 1:
            shapes.append(
                Polygon(
                    tuple(_convex_hull(around)),
                    BLOC_FILLS[number % len(BLOC_FILLS)],
                    "#8a8a8a",
                    0.55,
                    f"bloc {number + 1}",
                    0.8,
                )
            )
    return shapes


def _convex_hull(points: Sequence[Point]) -> list[Point]:
    """Andrew's monotone chain."""
    ordered = sorted(set(points))

    def half(line: Sequence[Point]) -> list[Point]:
        hull: list[Point] = []
        for point in line:
            while len(hull) > 1 and _turn(hull[-2], hull[-1], point) <= 0:
                hull.pop()
            hull.append(point)
        return hull[:-1]

    return half(ordered) + half(ordered[::-1])


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _legend(network: Network, width: float, height: float) -> list[Shape]:
    y = height - 18
    count = f"{network.n} actors, {network.m} directed ties"
    if network.position_offsets is not None and network.position_offsets[-1]:
        count += f", {int(network.position_offsets[-1])} positions"
    return [
        Curve(((16, y), (30, y), (44, y)), SUPPORT_COLOUR, 2.2),
        Label((50, y + 3.5), "supports (solid)", 9.5, "start", halo=False),
        Curve(((150, y), (164, y), (178, y)), OPPOSITION_COLOUR, 2.2, (6, 4)),
        Label((184, y + 3.5), "opposes (dashed)", 9.5, "start", halo=False),
        Label((300, y + 3.5), "width: number of positions", 9.5, "start", "#555555", halo=False),
        Label((width - 16, y + 3.5), count, 9.5, "end", "#555555", halo=False),
    ]


def _describe(network: Network) -> str:
    names = {actor.id: actor.name for actor in network.actors}
    strongest = sorted(network.edges, key=lambda edge: -(edge.support + edge.opposition))[:10]
    lines = [
        f"{names[edge.source]} {'supports' if edge.support >= edge.opposition else 'opposes'} {names[edge.target]} "
        f"({edge.support:g} for, {edge.opposition:g} against)"
        for edge in strongest
    ]
    return (
        f"{network.n} actors and {network.m} directed ties. Strongest: " + "; ".join(lines)
        if lines
        else f"{network.n} actors without ties."
    )
