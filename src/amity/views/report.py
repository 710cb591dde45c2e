"""The report of a project: one HTML file that opens from disk, reads well and prints."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from string import Template

from amity.model import Actor, Edge, first_day
from amity.network import Network
from amity.views.network_figure import plot_network
from amity.views.quotes import Quote, quote_html
from amity.views.timeline import count_by_period, plot_timeline

QUOTES_A_TIE = 4
MAX_ACTORS = 60
MAX_TIES = 40


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One row of the table of documents."""

    id: str
    title: str
    date: str | None
    issuers: tuple[str, ...]
    kind: str
    positions: int
    checked: int


@dataclass(frozen=True, slots=True)
class ReportContent:
    """
    What a report is written from.

    Parameters
    ----------
    title : str
        Name of the project.
    network : Network
        The network to report on.
    words : callable
        From position id to `Quote`.
    documents : sequence of DocumentLine
        In the order to list them.
    dated : sequence of tuple
        First day and polarity of every position in the network.
    counts : mapping of str to mapping of str to int
        Tables for the overview, as in ``{"act": {"endorse": 12}}``.
    methods : sequence of tuple of str
        Name and words: readers and versions, settings, share checked by a person.
    """

    title: str
    network: Network
    words: Callable[[str], Quote]
    documents: Sequence[DocumentLine] = ()
    dated: Sequence[tuple[str, int]] = ()
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    methods: Sequence[tuple[str, str]] = ()


def render_report(content: ReportContent) -> str:
    """
    Return the report as one HTML document without scripts, links to a network, or outside files.

    Parameters
    ----------
    content : ReportContent
        What to report.

    Returns
    -------
    str
        HTML; every text of a document is escaped.
    """
    network = content.network
    strength: dict[str, float] = defaultdict(float)
    outgoing: dict[str, list[Edge]] = defaultdict(list)
    incoming: dict[str, list[Edge]] = defaultdict(list)
    for edge in network.edges:
        strength[edge.source] += edge.support + edge.opposition
        strength[edge.target] += edge.support + edge.opposition
        outgoing[edge.source].append(edge)
        incoming[edge.target].append(edge)
    ranked = sorted(
        (actor for actor in network.actors if strength[actor.id]),
        key=lambda actor: (-strength[actor.id], actor.name),
    )
    shown = ranked[:MAX_ACTORS]
    anchors = {actor.id: f"actor-{place}" for place, actor in enumerate(shown)}
    names = {actor.id: actor.name for actor in network.actors}
    figure = plot_network(network, link_actor=lambda each: f"#{anchors[each]}" if each in anchors else "")
    periods = count_by_period((first_day(day), polarity) for day, polarity in content.dated)
    template = Template(files("amity.views").joinpath("report.html").read_text(encoding="utf-8"))
    return template.substitute(
        title=escape(content.title),
        summary=_summary(content),
        network=figure.to_svg(),
        timeline=plot_timeline(periods).to_svg() if periods else "<p>No position carries a date.</p>",
        ties=_ties(content, names, anchors),
        actors="\n".join(
            _actor(actor, outgoing[actor.id], incoming[actor.id], content, names, anchors) for actor in shown
        )
        + (
            f"<p>{len(ranked) - len(shown)} further actors are in the exported tables.</p>"
            if len(ranked) > len(shown)
            else ""
        ),
        documents=_documents(content.documents),
        methods="".join(
            f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in content.methods
        ),
    )


def _summary(content: ReportContent) -> str:
    network = content.network
    checked = sum(each.checked for each in content.documents)
    positions = sum(each.positions for each in content.documents)
    support, opposition = float(network.support.sum()), float(network.opposition.sum())
    facts = [
        (f"{len(content.documents):,}", "documents"),
        (f"{positions:,}", "positions found"),
        (f"{checked:,}", "checked by a person"),
        (f"{network.n:,}", "actors in the network"),
        (f"{support:,.0f}", "supporting positions"),
        (f"{opposition:,.0f}", "opposing positions"),
    ]
    tiles = "".join(f'<div class="tile"><b>{value}</b><span>{words}</span></div>' for value, words in facts)
    tables = "".join(
        f"<table class='small'><caption>{escape(name)}</caption>"
        + "".join(
            f"<tr><td>{escape(key)}</td><td class='n'>{count:,}</td></tr>" for key, count in table.items()
        )
        + "</table>"
        for name, table in content.counts.items()
    )
    return f'<div class="tiles">{tiles}</div><div class="tables">{tables}</div>'


def _name(actor: str, names: Mapping[str, str], anchors: Mapping[str, str]) -> str:
    words = escape(names.get(actor, actor))
    return f'<a href="#{anchors[actor]}">{words}</a>' if actor in anchors else words


def _ties(content: ReportContent, names: Mapping[str, str], anchors: Mapping[str, str]) -> str:
    strongest = sorted(
        content.network.edges,
        key=lambda edge: (-(edge.support + edge.opposition), names[edge.source], names[edge.target]),
    )
    parts = [_tie(edge, content, names, anchors) for edge in strongest[:MAX_TIES]]
    if len(strongest) > MAX_TIES:
        parts.append(f"<p>{len(strongest) - MAX_TIES} weaker ties are in the exported tables.</p>")
    return "\n".join(parts) or "<p>No position has both a holder and a target with a sign.</p>"


def _tie(edge: Edge, content: ReportContent, names: Mapping[str, str], anchors: Mapping[str, str]) -> str:
    counts = [
        f"{value:g} {words}"
        for value, words in ((edge.support, "supporting"), (edge.opposition, "opposing"))
        if value
    ]
    sign = "both" if edge.support and edge.opposition else "plus" if edge.support else "minus"
    return (
        f'<details class="tie {sign}" open><summary>{_name(edge.source, names, anchors)} <span class="arrow">→</span> '
        f"{_name(edge.target, names, anchors)} <span class='count'>{', '.join(counts)}</span></summary>"
        f"{_quotes(edge.positions, content)}</details>"
    )


def _quotes(positions: Sequence[str], content: ReportContent) -> str:
    shown = "".join(quote_html(content.words(each)) for each in positions[:QUOTES_A_TIE])
    rest = len(positions) - QUOTES_A_TIE
    return shown + (f"<p class='more'>and {rest} more</p>" if rest > 0 else "")


def _actor(
    actor: Actor,
    outgoing: Sequence[Edge],
    incoming: Sequence[Edge],
    content: ReportContent,
    names: Mapping[str, str],
    anchors: Mapping[str, str],
) -> str:
    rows = (
        ("Supports", [(e.target, e.support) for e in outgoing if e.support]),
        ("Opposes", [(e.target, e.opposition) for e in outgoing if e.opposition]),
        ("Supported by", [(e.source, e.support) for e in incoming if e.support]),
        ("Opposed by", [(e.source, e.opposition) for e in incoming if e.opposition]),
    )
    lists = "".join(
        f"<dt>{label}</dt><dd>"
        + ", ".join(
            f"{_name(other, names, anchors)} ({weight:g})"
            for other, weight in sorted(ties, key=lambda tie: (-tie[1], names[tie[0]]))
        )
        + "</dd>"
        for label, ties in rows
        if ties
    )
    said = [
        each
        for edge in sorted(outgoing, key=lambda e: -(e.support + e.opposition))
        for each in edge.positions
    ]
    aliases = f"<p class='aliases'>also: {escape(', '.join(actor.aliases[:8]))}</p>" if actor.aliases else ""
    return (
        f'<section class="actor" id="{anchors[actor.id]}"><h3>{escape(actor.name)} <span class="kind">{escape(actor.kind.replace("_", " "))}</span></h3>'
        f"{aliases}<dl>{lists}</dl>{_quotes(said[:3], content)}</section>"
    )


def _documents(documents: Sequence[DocumentLine]) -> str:
    rows = "".join(
        f"<tr><td>{escape(each.date or '')}</td><td>{escape(each.title or each.id)}</td><td>{escape(', '.join(each.issuers))}</td>"
        f"<td>{escape(each.kind)}</td><td class='n'>{each.positions}</td><td class='n'>{each.checked}</td></tr>"
        for each in documents
    )
    head = (
        "<tr><th>Date</th><th>Title</th><th>Issuers</th><th>Kind</th><th>Positions</th><th>Checked</th></tr>"
    )
    return f"<table class='documents'><thead>{head}</thead><tbody>{rows}</tbody></table>"
