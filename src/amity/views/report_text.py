"""The report of a project as Markdown and as a Word document: the same content as the HTML report, without its figures' links."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import Any, Literal

from amity.model import Edge
from amity.views.network_figure import plot_network
from amity.views.quotes import ACT_WORDS, Quote
from amity.views.report import MAX_TIES, QUOTES_A_TIE, ReportContent

Kind = Literal["title", "heading", "subheading", "text", "quote", "row", "figure"]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a report: its kind and its words (cells, for the row of a table)."""

    kind: Kind
    words: tuple[str, ...]


def report_blocks(content: ReportContent) -> Iterator[Block]:
    """
    Yield the report's paragraphs in reading order.

    Parameters
    ----------
    content : ReportContent
        What to report.

    Yields
    ------
    Block
        Title, text, headings, quotes, table rows (the first row of a table is its head).
    """
    network = content.network
    names = {actor.id: actor.name for actor in network.actors}
    checked, positions = (
        sum(each.checked for each in content.documents),
        sum(each.positions for each in content.documents),
    )
    yield Block("title", (content.title,))
    yield Block(
        "text",
        (
            "Every tie below rests on quoted words. A document may be partial or untrue; this report says who takes which position in whose words, "
            "never that a position is right.",
        ),
    )
    yield Block(
        "text",
        (
            f"{len(content.documents)} documents, {positions} positions of which {checked} were checked by a person; {network.n} actors and {network.m} directed ties.",
        ),
    )
    yield Block("heading", ("Who supports and opposes whom",))
    yield Block("figure", ())
    yield Block("heading", ("Strongest ties, with their words",))
    strongest = sorted(
        network.edges,
        key=lambda edge: (-(edge.support + edge.opposition), names[edge.source], names[edge.target]),
    )
    for edge in strongest[:MAX_TIES]:
        yield from _tie(edge, content, names)
    yield Block("heading", ("Documents",))
    yield Block("row", ("Date", "Title", "Issuers", "Kind", "Positions", "Checked"))
    for each in content.documents:
        yield Block(
            "row",
            (
                each.date or "",
                each.title or each.id,
                ", ".join(each.issuers),
                each.kind,
                str(each.positions),
                str(each.checked),
            ),
        )
    yield Block("heading", ("Methods",))
    for name, words in content.methods:
        yield Block("text", (f"{name}: {words}",))


def _tie(edge: Edge, content: ReportContent, names: dict[str, str]) -> Iterator[Block]:
    counts = ", ".join(
        f"{value:g} {words}"
        for value, words in ((edge.support, "supporting"), (edge.opposition, "opposing"))
        if value
    )
    yield Block("subheading", (f"{names[edge.source]} \u2192 {names[edge.target]} ({counts})",))
    for identity in edge.positions[:QUOTES_A_TIE]:
        yield Block("quote", _said(content.words(identity)))
    rest = len(edge.positions) - QUOTES_A_TIE
    if rest > 0:
        yield Block("text", (f"and {rest} more",))


def _said(quote: Quote) -> tuple[str, str]:
    position = quote.position
    sign = {1: "+", -1: "\u2212"}.get(position.polarity or 0, "0")
    words = " \u2026 ".join(" ".join(each.exact.split()) for each in sorted(position.evidence))
    about = f" over {position.concept}" if position.concept else ""
    via = f", reported by {', '.join(quote.via)}" if quote.via else ""
    state = f"score {position.score:.2f}" if quote.state == "suggested" else quote.state
    where = quote.title + (f", {quote.date}" if quote.date else "")
    return (
        f"{sign} \u201c{words}\u201d",
        f"{ACT_WORDS[position.act]}{about}{via} \u00b7 {where} \u00b7 {state}",
    )


def render_markdown(content: ReportContent) -> str:
    """
    Return the report as Markdown.

    Parameters
    ----------
    content : ReportContent
        What to report.

    Returns
    -------
    str
        CommonMark with tables; words of documents are escaped.
    """
    lines: list[str] = []
    before: Kind | None = None
    for block in report_blocks(content):
        words = [_escaped(each) for each in block.words]
        if block.kind == "row":
            lines.append("| " + " | ".join(words) + " |")
            if before != "row":
                lines.append("|" + " --- |" * len(words))
        elif block.kind == "quote":
            lines += ["", f"> {words[0]}", ">", f"> {words[1]}"]
        elif block.kind != "figure":
            lines += [
                "",
                {"title": "# ", "heading": "## ", "subheading": "### ", "text": ""}[block.kind] + words[0],
                "",
            ]
        before = block.kind
    return "\n".join(lines).strip().replace("\n\n\n", "\n\n") + "\n"


def _escaped(text: str) -> str:
    flat = " ".join(text.split())
    return "".join(f"\\{each}" if each in "\\`*_{}[]<>#|~" else each for each in flat)


def write_docx(content: ReportContent, path: str | PathLike[str]) -> Path:
    """
    Write the report as a Word document.

    Parameters
    ----------
    content : ReportContent
        What to report.
    path : path-like
        Where to write.

    Returns
    -------
    Path
        The file written.
    """
    from io import BytesIO

    from docx import Document as WordDocument
    from docx.shared import Cm, Pt

    word: Any = WordDocument()
    word.styles["Normal"].font.size = Pt(10.5)
    rows: list[Sequence[str]] = []
    for block in (*report_blocks(content), Block("text", ("",))):
        words = tuple(_printable(each) for each in block.words)
        if block.kind == "row":
            rows.append(words)
            continue
        if rows:
            _add_table(word, rows)
            rows = []
        if block.kind == "figure":
            picture = BytesIO()
            plot_network(content.network).to_figure().savefig(picture, format="png", dpi=150)
            picture.seek(0)
            word.add_picture(picture, width=Cm(16))
        elif block.kind == "quote":
            paragraph = word.add_paragraph(words[0], style="Quote")
            paragraph.add_run(f"\n{words[1]}").italic = False
        elif block.kind == "text":
            word.add_paragraph(words[0])
        else:
            word.add_heading(words[0], level={"title": 0, "heading": 1, "subheading": 2}[block.kind])
    target = Path(path)
    word.save(str(target))
    return target


def _add_table(word: Any, rows: Sequence[Sequence[str]]) -> None:
    table = word.add_table(rows=0, cols=len(rows[0]))
    table.style = "Light Grid Accent 1"
    for row in rows:
        cells = table.add_row().cells
        for cell, words in zip(cells, row, strict=True):
            cell.text = words


def _printable(text: str) -> str:
    """Without the control characters that a Word file cannot hold."""
    return "".join(each if each.isprintable() or each in "\n\t" else "\ufffd" for each in text)
