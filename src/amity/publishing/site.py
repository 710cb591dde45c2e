"""A project as a static site: every tie down to its words, without server or network."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from html import escape
from importlib.resources import files
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from amity import __version__
from amity.errors import AmityError, InvalidValue, ProjectError
from amity.model import Actor, Edge, PositionFilter, first_day
from amity.publishing.report import dated_polarities, report_content
from amity.views import count_by_period, plot_network, plot_timeline
from amity.views.quotes import Quote
from amity.views.site import QuotedWords, marked_text, page, received_list, table, tie_section, tiles

if TYPE_CHECKING:
    from amity.network import Network
    from amity.project import Project

Texts = Literal["full", "quotations", "none"]
MARK = ".amity-site.json"


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """
    What a site shows.

    Parameters
    ----------
    texts : {"full", "quotations", "none"}
        Whole documents; only the quoted words; or neither texts nor words.
    leave_out : frozenset of str
        Ids of actors that are left out with all their positions.
    hold_back : frozenset of str
        Ids of documents that are held back with their positions.
    licence, citation, creator : str
        Of the data; shown as they are given.
    """

    texts: Texts = "full"
    leave_out: frozenset[str] = frozenset()
    hold_back: frozenset[str] = frozenset()
    licence: str = ""
    citation: str = ""
    creator: str = ""


@dataclass(slots=True)
class _Site:
    project: "Project"
    network: "Network"
    options: SiteOptions
    title: str
    folder: Path
    actors: dict[str, Actor] = field(default_factory=dict)
    pages: dict[str, str] = field(default_factory=dict)
    documents: dict[str, str] = field(default_factory=dict)
    anchors: dict[tuple[str, str], str] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def write(self, name: str, content: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8", newline="\n")
        self.written.append(name)


def publish_site(
    project: "Project",
    folder: str | PathLike[str],
    condition: PositionFilter,
    *,
    options: SiteOptions | None = None,
) -> list[Path]:
    """
    Write a project as a static site.

    Parameters
    ----------
    project : Project
        An open project.
    folder : path-like
        Where to; made if it is not there. A folder that holds anything but an earlier site is refused.
    condition : PositionFilter
        Which positions count.
    options : SiteOptions or None
        Texts, what is left out, licence.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ProjectError
        If the folder holds something else.
    InvalidValue
        If an option has no such value.
    """
    chosen = options or SiteOptions()
    if chosen.texts not in ("full", "quotations", "none"):
        raise InvalidValue(f"texts is {chosen.texts!r}; give full, quotations or none")
    place = Path(folder)
    _clear(place)
    allowed = [row.id for row in project.documents() if row.id not in chosen.hold_back]
    kept = replace(
        condition,
        documents=tuple(each for each in allowed if not condition.documents or each in condition.documents)
        or ("",),
    )
    content = report_content(project, kept)
    network = _without(content.network, chosen.leave_out)
    site = _Site(project, network, chosen, content.title, place)
    site.actors = {actor.id: actor for actor in network.actors}
    site.pages = {each: f"{_file_name(each)}.html" for each in site.actors}
    site.documents = {each: f"{_file_name(each)}.html" for each in kept.documents if each}
    site.anchors = {(edge.source, edge.target): f"to-{_file_name(edge.target)}" for edge in network.edges}
    site.write("style.css", files("amity.views").joinpath("site.css").read_text(encoding="utf-8"))
    _overview(site, kept)
    _actor_pages(site, content.words)
    _document_pages(site, kept)
    _measures(site)
    _methods(site, content.methods)
    _data(site, kept)
    site.write(
        MARK,
        json.dumps(
            {"amity": __version__, "files": {each: _hash(place / each) for each in site.written}},
            indent=1,
            sort_keys=True,
        ),
    )
    return [place / each for each in site.written]


def _clear(place: Path) -> None:
    """Take away an earlier site, and nothing else."""
    if not place.exists():
        place.mkdir(parents=True)
        return
    if not place.is_dir() or (any(place.iterdir()) and not (place / MARK).is_file()):
        raise ProjectError(
            f"{place} holds something that amity did not publish; choose an empty or new folder"
        )
    if (place / MARK).is_file():
        try:
            names = list(json.loads((place / MARK).read_text(encoding="utf-8"))["files"])
        except (ValueError, KeyError, TypeError) as error:
            raise ProjectError(
                f"{place / MARK} is damaged; remove the folder yourself, or choose another"
            ) from error
        for name in [*names, MARK]:
            path = (place / name).resolve()
            if path.is_relative_to(place.resolve()):
                path.unlink(missing_ok=True)


def _without(network: "Network", left_out: Iterable[str]) -> "Network":
    import numpy as np

    from amity.network import subnetwork

    gone = set(left_out)
    return subnetwork(network, np.array([actor.id not in gone for actor in network.actors], dtype=np.bool_))


def _file_name(identity: str) -> str:
    """A name that every file system takes, different for different ids."""
    plain = re.sub(r"[^a-z0-9]+", "-", identity.lower()).strip("-")[:60] or "x"
    return (
        plain
        if plain == identity
        else f"{plain}-{sha256(identity.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"
    )


def _hash(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _overview(site: _Site, condition: PositionFilter) -> None:
    columns = site.project.columns(condition)
    periods = count_by_period((first_day(day), polarity) for day, polarity in dated_polarities(columns))
    network = site.network
    figure = plot_network(
        network,
        link_actor=lambda each: f"actors/{site.pages[each]}",
        link_tie=lambda a, b: f"actors/{site.pages[a]}#{site.anchors[a, b]}",
    )
    rows = {row.id: row for row in site.project.documents()}
    shown = [rows[each] for each in site.documents]
    facts = [
        (str(len(shown)), "documents"),
        (str(sum(row.n_positions for row in shown)), "positions"),
        (str(sum(row.n_checked for row in shown)), "checked by a person"),
        (str(network.n), "actors"),
        (str(network.m), "directed ties"),
    ]
    strongest = sorted(
        network.edges, key=lambda edge: (-edge.support - edge.opposition, edge.source, edge.target)
    )[:30]
    ties = table(
        ("Holder", "Target", "Supporting", "Opposing"),
        [
            (
                f'<a href="actors/{site.pages[e.source]}#{site.anchors[e.source, e.target]}">{escape(site.actors[e.source].name)}</a>',
                f'<a href="actors/{site.pages[e.target]}">{escape(site.actors[e.target].name)}</a>',
                f"{e.support:g}",
                f"{e.opposition:g}",
            )
            for e in strongest
        ],
        right=("Supporting", "Opposing"),
    )
    timeline = plot_timeline(periods).to_svg() if periods else "<p>No position carries a date.</p>"
    body = (
        '<p class="note">Who takes which position towards whom, in whose words. A document may be partial or untrue; these pages attribute, they adopt nothing. '
        "Choose an actor or a line to read the words.</p>"
        f"{tiles(facts)}<h2>Who supports and opposes whom</h2>{figure.to_svg()}<h2>Over time</h2>{timeline}<h2>Strongest ties</h2>{ties}"
    )
    site.write("index.html", page(site.title, site.title, body))


def _actor_pages(site: _Site, words: Any) -> None:
    outgoing: dict[str, list[Edge]] = defaultdict(list)
    incoming: dict[str, list[Edge]] = defaultdict(list)
    for edge in site.network.edges:
        outgoing[edge.source].append(edge)
        incoming[edge.target].append(edge)
    for actor in site.network.actors:
        ties = sorted(
            outgoing[actor.id], key=lambda e: (-e.support - e.opposition, site.actors[e.target].name)
        )
        sections = [
            tie_section(
                e,
                site.actors[e.target].name,
                site.pages[e.target],
                [_quoted(site, words(each)) for each in e.positions if site.options.texts != "none"],
                site.anchors[e.source, e.target],
            )
            for e in ties
        ]
        names = (
            f'<p class="meta">{escape(actor.kind.replace("_", " "))}'
            + (f"; also: {escape(', '.join(actor.aliases))}" if actor.aliases else "")
            + "</p>"
        )
        body = f"{names}<h2>Holds positions towards</h2>{''.join(sections) or '<p>None.</p>'}<h2>Receives</h2>{received_list(incoming[actor.id], site.actors, site.pages, site.anchors)}"
        site.write(f"actors/{site.pages[actor.id]}", page(actor.name, site.title, body, up="../"))
    rows = [
        (
            f'<a href="actors/{site.pages[a.id]}">{escape(a.name)}</a>',
            escape(a.kind.replace("_", " ")),
            *(
                f"{sum(getattr(e, weight) for e in edges[a.id]):g}"
                for edges in (outgoing, incoming)
                for weight in ("support", "opposition")
            ),
        )
        for a in sorted(site.network.actors, key=lambda each: each.name)
    ]
    columns = ("Actor", "Kind", "Supports", "Opposes", "Supported", "Opposed")
    site.write("actors.html", page("Actors", site.title, table(columns, rows, right=columns[2:])))


def _quoted(site: _Site, quote: Quote) -> QuotedWords:
    link = ""
    if site.options.texts == "full":
        link = f"../documents/{site.documents[quote.position.document_id]}#{quote.position.id}"
    else:
        quote = replace(quote, before="", after="")
    return QuotedWords(quote, link)


def _document_pages(site: _Site, condition: PositionFilter) -> None:
    rows = []
    for row in site.project.documents():
        if row.id not in site.documents:
            continue
        title = escape(row.title or row.id)
        if site.options.texts == "full":
            title = f'<a href="documents/{site.documents[row.id]}">{title}</a>'
            _document_page(site, row.id, condition)
        rows.append(
            (
                escape(row.date or ""),
                title,
                escape(", ".join(row.issuers)),
                escape(row.kind),
                str(row.n_positions),
                str(row.n_checked),
            )
        )
    columns = ("Date", "Title", "Issuers", "Kind", "Positions", "Checked")
    note = (
        ""
        if site.options.texts == "full"
        else '<p class="note">The texts are not part of this publication.</p>'
    )
    site.write(
        "documents.html", page("Documents", site.title, note + table(columns, rows, right=columns[4:]))
    )


def _document_page(site: _Site, identity: str, condition: PositionFilter) -> None:
    document = site.project.document(identity)
    found = [row.position for row in site.project.positions(replace(condition, documents=(identity,)))]
    shown = [each for each in found if not site.options.leave_out & {*each.holders, *each.targets}]
    facts = [
        ("Date", document.date),
        ("Issuers", ", ".join(document.issuers)),
        ("Addressees", ", ".join(document.addressees)),
        ("Place", document.place),
        ("Kind", document.kind),
        ("Citation", document.citation),
        ("SHA-256", document.sha256),
    ]
    meta = (
        "<dl>"
        + "".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts if value)
        + "</dl>"
    )
    body = f"{meta}<h2>Text</h2>{marked_text(document.text, shown)}"
    site.write(
        f"documents/{site.documents[identity]}", page(document.title or identity, site.title, body, up="../")
    )


def _measures(site: _Site) -> None:
    from amity.measures import MEASURES

    parts = [
        '<p class="note">Each measure is of the network of this site, in which a tie counts by its net sign unless the measure says otherwise.</p>'
    ]
    for name in ("reciprocity", "triads", "frustration", "clusterability"):
        if name not in MEASURES:
            continue
        measure = MEASURES[name]
        settings = {"time_limit": 20.0} if "time_limit" in measure.takes else {}
        try:
            words = re.sub(
                r", [\d.]+ s$", "", str(measure.function(site.network, **settings)), flags=re.MULTILINE
            )
        except AmityError as error:
            words = str(error)
        parts.append(f"<h2>{escape(name)}</h2><p>{escape(measure.what)}</p><pre>{escape(words)}</pre>")
    site.write("measures.html", page("Measures", site.title, "".join(parts)))


def _methods(site: _Site, methods: Iterable[tuple[str, str]]) -> None:
    runs = site.project.read_runs()
    facts = [
        *methods,
        (
            "Texts",
            {
                "full": "published in full",
                "quotations": "only quoted words are published",
                "none": "neither texts nor quoted words are published",
            }[site.options.texts],
        ),
        (
            "Left out",
            f"{len(site.options.leave_out)} actors and {len(site.options.hold_back)} documents, at the publisher's choice",
        ),
        ("Licence", site.options.licence or "none stated"),
        ("Citation", site.options.citation or "none stated"),
    ]
    reads = table(
        ("Started", "Reader", "Version", "Documents", "Positions"),
        [
            (
                escape(run.started[:19]),
                escape(run.origin.agent),
                escape(run.origin.version),
                str(run.documents),
                str(run.positions),
            )
            for run in runs
        ],
        right=("Documents", "Positions"),
    )
    body = (
        "<dl>"
        + "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in facts)
        + f"</dl><h2>Reads</h2>{reads}"
    )
    site.write("methods.html", page("Methods", site.title, body))


def _data(site: _Site, condition: PositionFilter) -> None:
    from amity.formats import FORMATS

    folder = site.folder / "data"
    folder.mkdir(exist_ok=True)
    for name, file in (("graphml", "network.graphml"), ("gexf", "network.gexf"), ("json", "network.json")):
        FORMATS[name].write(site.network, folder / file)
        site.written.append(f"data/{file}")
    if site.options.texts != "none" and not site.options.leave_out:
        from amity.publishing.export import coded_documents

        pairs = [pair for pair in coded_documents(site.project, condition) if pair[0].id in site.documents]
        if site.options.texts == "full":
            for path in FORMATS["coding"].write(pairs, folder / "codings"):
                site.written.append(str(path.relative_to(site.folder)))
    described = _metadata(site)
    for name, record in described.items():
        site.write(f"data/{name}", json.dumps(record, ensure_ascii=False, indent=1) + "\n")
    links = "".join(
        f'<li><a href="{escape(each)}">{escape(each)}</a></li>'
        for each in site.written
        if each.startswith("data/") and each.count("/") == 1
    )
    site.write(
        "data.html",
        page(
            "Data",
            site.title,
            f"<ul>{links}</ul><p class='note'>GraphML and GEXF keep support and opposition apart; weight is their sum, the sign is an attribute of its own.</p>",
        ),
    )


def _metadata(site: _Site) -> dict[str, dict[str, Any]]:
    summary = site.project.summary()
    covers = f"{summary.first_date}/{summary.last_date}" if summary.first_date else None
    description = f"A network of {site.network.n} actors and {site.network.m} directed ties of support and opposition, read from {len(site.documents)} documents; every tie rests on quoted words."
    schema = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": site.title,
        "description": description,
        "license": site.options.licence or None,
        "creator": site.options.creator or None,
        "citation": site.options.citation or None,
        "temporalCoverage": covers,
        "measurementTechnique": f"amity {__version__}",
        "distribution": [
            {"@type": "DataDownload", "contentUrl": each}
            for each in site.written
            if each.startswith("data/") and each.count("/") == 1
        ],
    }
    datacite = {
        "titles": [{"title": site.title}],
        "creators": [{"name": site.options.creator}] if site.options.creator else [],
        "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Signed network with quotations"},
        "descriptions": [{"description": description, "descriptionType": "Abstract"}],
        "rightsList": [{"rights": site.options.licence}] if site.options.licence else [],
        "dates": [{"date": covers, "dateType": "Coverage"}] if covers else [],
        "schemaVersion": "http://datacite.org/schema/kernel-4",
    }
    return {
        "schema.org.json": {key: value for key, value in schema.items() if value},
        "datacite.json": datacite,
    }
