"""A drawing as plain shapes, and its two renderings: SVG text and a matplotlib figure of the same picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from amity.errors import InvalidValue

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Point = tuple[float, float]
Anchor = Literal["start", "middle", "end"]

FONT = "DejaVu Sans, Verdana, sans-serif"


@dataclass(frozen=True, slots=True)
class Curve:
    """A quadratic curve from the first point over the control point to the last; dashed or solid."""

    points: tuple[Point, Point, Point]
    colour: str
    width: float
    dash: tuple[float, float] | None = None
    opacity: float = 1.0
    title: str = ""
    link: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Polygon:
    """A filled outline."""

    points: tuple[Point, ...]
    fill: str
    stroke: str = "none"
    opacity: float = 1.0
    title: str = ""
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Circle:
    """A filled circle."""

    centre: Point
    radius: float
    fill: str
    stroke: str
    title: str = ""
    link: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """Words with a halo in the background's colour."""

    at: Point
    text: str
    size: float
    anchor: Anchor = "middle"
    colour: str = "#1b1b1b"
    bold: bool = False
    halo: bool = True
    link: str = ""


Shape = Curve | Polygon | Circle | Label


@dataclass(frozen=True, slots=True)
class Drawing:
    """
    Shapes on a page, drawn in their order.

    Parameters
    ----------
    width, height : float
        Page size in points.
    shapes : sequence of Shape
        What to draw.
    title, description : str
        For screen readers.
    background : str
        Colour of the page.
    """

    width: float
    height: float
    shapes: Sequence[Shape]
    title: str
    description: str = ""
    background: str = "#ffffff"

    def to_svg(self) -> str:
        """
        Return the drawing as an SVG document.

        Returns
        -------
        str
            Self-contained, without script or style sheet; the same drawing gives the same text.
        """
        parts = [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}" '
            f'width="{_n(self.width)}" height="{_n(self.height)}" role="img" font-family="{FONT}">',
            f"<title>{_text(self.title)}</title>",
            f"<desc>{_text(self.description)}</desc>",
            f'<rect width="100%" height="100%" fill="{self.background}"/>',
        ]
        parts.extend(_svg_shape(shape, self.background) for shape in self.shapes)
        parts.append("</svg>\n")
        return "\n".join(parts)

    def to_figure(self) -> "Figure":
        """
        Return the drawing as a matplotlib figure.

        Returns
        -------
        matplotlib.figure.Figure
            Of the drawing's size, without pyplot state.
        """
        return _figure(self)

    def save(self, path: str | PathLike[str], *, dpi: int = 150) -> Path:
        """
        Write the drawing; the ending decides: ``.svg``, ``.png`` or ``.pdf``.

        Parameters
        ----------
        path : path-like
            Where to write.
        dpi : int
            Dots an inch, for PNG.

        Returns
        -------
        Path
            The file written.

        Raises
        ------
        InvalidValue
            If the ending is another.
        """
        target = Path(path)
        ending = target.suffix.lower()
        if ending == ".svg":
            target.write_text(self.to_svg(), encoding="utf-8")
        elif ending in (".png", ".pdf"):
            metadata: dict[str, Any] = (
                {"Creator": None, "Producer": None, "CreationDate": None}
                if ending == ".pdf"
                else {"Software": None}
            )
            _figure(self).savefig(target, dpi=dpi, metadata=metadata)
        else:
            raise InvalidValue(f"a figure cannot be written as {target.name!r}; use .svg, .png or .pdf")
        return target


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _text(value: str) -> str:
    """Escape for XML, with characters that XML forbids shown as a replacement."""
    legal = "".join(
        each
        if each in "\t\n" or " " <= each < "\ud800" or "\ue000" <= each <= "\ufffd" or each >= "\U00010000"
        else "\ufffd"
        for each in value
    )
    return escape(legal)


def _svg_shape(shape: Shape, background: str) -> str:
    body = _svg_body(shape, background)
    title = getattr(shape, "title", "")
    if title:
        body = f"<g><title>{_text(title)}</title>{body}</g>"
    link = getattr(shape, "link", "")
    return f'<a href="{_text(link)}">{body}</a>' if link else body


def _svg_body(shape: Shape, background: str) -> str:
    name = f' data-name="{_text(shape.name)}"' if getattr(shape, "name", "") else ""  # type: ignore[union-attr]
    if isinstance(shape, Curve):
        (x0, y0), (x1, y1), (x2, y2) = shape.points
        dash = f' stroke-dasharray="{_n(shape.dash[0])} {_n(shape.dash[1])}"' if shape.dash else ""
        return (
            f'<path d="M{_n(x0)} {_n(y0)}Q{_n(x1)} {_n(y1)} {_n(x2)} {_n(y2)}" fill="none" stroke="{shape.colour}" '
            f'stroke-width="{_n(shape.width)}" stroke-opacity="{_n(shape.opacity)}"{dash}{name}/>'
        )
    if isinstance(shape, Polygon):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
        return (
            f'<polygon points="{points}" fill="{shape.fill}" fill-opacity="{_n(shape.opacity)}" stroke="{shape.stroke}" '
            f'stroke-width="{_n(shape.width)}" stroke-linejoin="round"/>'
        )
    if isinstance(shape, Circle):
        return (
            f'<circle cx="{_n(shape.centre[0])}" cy="{_n(shape.centre[1])}" r="{_n(shape.radius)}" fill="{shape.fill}" '
            f'stroke="{shape.stroke}" stroke-width="1.2"{name}/>'
        )
    halo = (
        f' paint-order="stroke" stroke="{background}" stroke-width="3" stroke-linejoin="round"'
        if shape.halo
        else ""
    )
    weight = ' font-weight="bold"' if shape.bold else ""
    return (
        f'<text x="{_n(shape.at[0])}" y="{_n(shape.at[1])}" font-size="{_n(shape.size)}" text-anchor="{shape.anchor}" '
        f'fill="{shape.colour}"{weight}{halo}>{_text(shape.text)}</text>'
    )


def _figure(drawing: Drawing) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(drawing.width / 72, drawing.height / 72), facecolor=drawing.background)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    axes.axis("off")
    for order, shape in enumerate(drawing.shapes):
        _add_to_axes(axes, shape, order, drawing.background)
    return figure


def _add_to_axes(axes: Any, shape: Shape, order: int, background: str) -> None:
    from matplotlib import patches, patheffects
    from matplotlib.path import Path as Outline

    if isinstance(shape, Curve):
        outline = Outline(list(shape.points), [Outline.MOVETO, Outline.CURVE3, Outline.CURVE3])
        style: Any = (
            (0, (shape.dash[0] / shape.width, shape.dash[1] / shape.width)) if shape.dash else "solid"
        )
        axes.add_patch(
            patches.PathPatch(
                outline,
                fill=False,
                edgecolor=shape.colour,
                linewidth=shape.width,
                linestyle=style,
                alpha=shape.opacity,
                zorder=order,
            )
        )
    elif isinstance(shape, Polygon):
        edge = None if shape.stroke == "none" else shape.stroke
        axes.add_patch(
            patches.Polygon(
                list(shape.points),
                closed=True,
                facecolor=shape.fill,
                edgecolor=edge,
                alpha=shape.opacity,
                linewidth=shape.width if edge else 0,
                zorder=order,
            )
        )
    elif isinstance(shape, Circle):
        axes.add_patch(
            patches.Circle(
                shape.centre,
                shape.radius,
                facecolor=shape.fill,
                edgecolor=shape.stroke,
                linewidth=1.2,
                zorder=order,
            )
        )
    else:
        effects = [patheffects.withStroke(linewidth=3, foreground=background)] if shape.halo else []
        axes.text(
            *shape.at,
            _drawable(shape.text),
            fontsize=shape.size,
            ha={"start": "left", "middle": "center", "end": "right"}[shape.anchor],
            va="baseline",
            color=shape.colour,
            fontweight="bold" if shape.bold else "normal",
            path_effects=effects,
            zorder=order,
            parse_math=False,
        )


def _drawable(text: str) -> str:
    """Show what matplotlib's font has no glyph for as a box, without a warning on every label."""
    from matplotlib.font_manager import findfont
    from matplotlib.ft2font import FT2Font

    known = FT2Font(findfont("DejaVu Sans")).get_charmap()
    return "".join(each if ord(each) in known else "\u25af" for each in text)


def text_width(text: str, size: float) -> float:
    """
    Return about how wide words are set in a sans serif font.

    Parameters
    ----------
    text : str
        The words.
    size : float
        Font size in points.

    Returns
    -------
    float
        Points; an estimate within about a tenth.
    """
    wide = sum(
        1.0 if each in "MWmw@" or ord(each) > 0x2E80 else 0.35 if each in "iljtfI.,:;'! " else 0.62
        for each in text
    )
    return wide * size
