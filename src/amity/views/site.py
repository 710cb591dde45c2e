"""The pages of a published site: plain files that open from disk and ask no network for anything."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from amity.model import Actor, Edge, Position
from amity.views.quotes import Quote, quote_html

NAVIGATION = (
    ("index.html", "Overview"),
    ("actors.html", "Actors"),
    ("documents.html", "Documents"),
    ("measures.html", "Measures"),
    ("methods.html", "Methods"),
    ("data.html", "Data"),
)


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """A quote, and the address of its words seen from a page one folder down (empty for none)."""

    quote: Quote
    link: str = ""


def page(title: str, site: str, body: str, *, up: str = "") -> str:
    """
    Return a whole page.

    Parameters
    ----------
    title : str
        The page's own title.
    site : str
        Title of the site.
    body : str
        HTML.
    up : str
        Prefix from this page to the site's root, as in ``../``.

    Returns
    -------
    str
        HTML document; policy in the page: nothing but its own style sheet.
    """
    links = "".join(f'<a href="{up}{address}">{words}</a>' for address, words in NAVIGATION)
    whole = escape(title if title == site else f"{title} · {site}")
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self'\">"
        f'<title>{whole}</title><link rel="stylesheet" href="{up}style.css"></head>\n<body>\n<nav aria-label="Pages">{links}</nav>\n'
        f"<main>\n<h1>{escape(title)}</h1>\n{body}\n</main>\n</body></html>\n"
    )


def tiles(facts: Sequence[tuple[str, str]]) -> str:
    """
    Return numbers with their words as tiles.

    Parameters
    ----------
    facts : sequence of tuple of str
        Number and words.

    Returns
    -------
    str
        HTML.
    """
    return (
        '<div class="tiles">'
        + "".join(f'<div class="tile"><b>{escape(a)}</b><span>{escape(b)}</span></div>' for a, b in facts)
        + "</div>"
    )


def table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[str] = ()) -> str:
    """
    Return a table.

    Parameters
    ----------
    columns : sequence of str
        Heads.
    rows : sequence of sequence of str
        Cells as HTML; the caller escapes.
    right : sequence of str
        Columns of numbers.

    Returns
    -------
    str
        HTML.
    """
    head = "".join(f"<th{_number(each, right)}>{escape(each)}</th>" for each in columns)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td{_number(column, right)}>{cell}</td>" for column, cell in zip(columns, row, strict=True)
        )
        + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _number(column: str, right: Sequence[str]) -> str:
    return ' class="n"' if column in right else ""


def tie_section(edge: Edge, target: str, address: str, quotes: Sequence[QuotedWords], anchor: str) -> str:
    """
    Return one tie with all its words.

    Parameters
    ----------
    edge : Edge
        The tie.
    target : str
        Name of its target.
    address : str
        Address of the target's page.
    quotes : sequence of QuotedWords
        Its positions.
    anchor : str
        Its place in the page.

    Returns
    -------
    str
        HTML.
    """
    sign = "both" if edge.support and edge.opposition else "plus" if edge.support else "minus"
    counts = ", ".join(
        f"{value:g} {words}"
        for value, words in ((edge.support, "supporting"), (edge.opposition, "opposing"))
        if value
    )
    said = "".join(quote_html(each.quote, link=each.link) for each in quotes)
    return (
        f'<section class="tie {sign}" id="{escape(anchor)}"><h3>\u2192 <a href="{escape(address)}">{escape(target)}</a> '
        f'<span class="count">{counts}</span></h3>{said}</section>'
    )


def received_list(
    edges: Sequence[Edge],
    actors: Mapping[str, Actor],
    pages: Mapping[str, str],
    anchors: Mapping[tuple[str, str], str],
) -> str:
    """
    Return who supports and opposes an actor, each leading to the words.

    Parameters
    ----------
    edges : sequence of Edge
        Ties towards the actor.
    actors : mapping of str to Actor
        By id.
    pages : mapping of str to str
        Page of each actor, in the same folder.
    anchors : mapping of tuple of str to str
        Place of each tie in the page of its source.

    Returns
    -------
    str
        HTML.
    """

    def listed(weights: Sequence[tuple[Edge, float]]) -> str:
        ordered = sorted(weights, key=lambda each: (-each[1], actors[each[0].source].name))
        return ", ".join(
            f'<a href="{escape(pages[edge.source])}#{escape(anchors[edge.source, edge.target])}">{escape(actors[edge.source].name)}</a> ({weight:g})'
            for edge, weight in ordered
        )

    rows = (
        ("Supported by", [(e, e.support) for e in edges if e.support]),
        ("Opposed by", [(e, e.opposition) for e in edges if e.opposition]),
    )
    return (
        "<dl>"
        + "".join(f"<dt>{name}</dt><dd>{listed(weights)}</dd>" for name, weights in rows if weights)
        + "</dl>"
    )


def marked_text(text: str, positions: Sequence[Position]) -> str:
    """
    Return a document's text in which the evidence of every position is underlined and can be linked to.

    Parameters
    ----------
    text : str
        The whole text.
    positions : sequence of Position
        Its positions.

    Returns
    -------
    str
        HTML; the text is cut at every boundary of evidence, so that overlapping stretches stay apart.
    """
    cuts = {0, len(text)}
    starts: dict[int, list[str]] = {}
    for position in positions:
        for span in position.evidence:
            cuts.update((span.start, span.end))
        starts.setdefault(min(each.start for each in position.evidence), []).append(position.id)
    ordered = sorted(cuts)
    opens = sorted(
        (span.start, span.end, position.polarity or 0) for position in positions for span in position.evidence
    )
    parts: list[str] = []
    active: list[tuple[int, int, int]] = []
    place = 0
    for low, high in itertools.pairwise(ordered):
        while place < len(opens) and opens[place][0] <= low:
            active.append(opens[place])
            place += 1
        active = [each for each in active if each[1] > low]
        anchors = "".join(f'<a id="{escape(each)}"></a>' for each in starts.get(low, ()))
        words = escape(text[low:high])
        parts.append(
            anchors
            + (f'<mark class="{_sign({each[2] for each in active})}">{words}</mark>' if active else words)
        )
    return f'<div class="text">{"".join(parts)}</div>'


def _sign(polarities: set[int]) -> str:
    if {1, -1} <= polarities:
        return "both"
    return "plus" if 1 in polarities else "minus" if -1 in polarities else "none"
