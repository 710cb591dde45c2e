"""``amity network``."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from amity.cli.common import (
    build_filter,
    filter_options,
    handled,
    json_option,
    opened,
    print_json,
    print_table,
    shorten,
)
from amity.errors import InvalidValue

if TYPE_CHECKING:
    from amity.network import LabelledMatrix, Network, StatementTable

DISCOURSE = (
    "variable1",
    "variable2",
    "qualifier",
    "aggregation",
    "normalization",
    "duplicates",
    "kernel",
    "compat",
    "statement_type",
    "indent",
)


@click.command("network")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "--kind",
    type=click.Choice(["actor", "two-mode", "one-mode"]),
    default=None,
    help="actor by default; two-mode for a DNA file.",
)
@click.option("--variable1", default="organization", show_default=True, help="Rows of a discourse network.")
@click.option("--variable2", default="concept", show_default=True, help="Columns, or what relates the rows.")
@click.option(
    "--qualifier", default="agreement", show_default=True, help="Variable that qualifies; none for none."
)
@click.option(
    "--aggregation",
    type=click.Choice(["ignore", "subtract", "combine", "congruence", "conflict"]),
    default="ignore",
    show_default=True,
)
@click.option(
    "--normalization",
    type=click.Choice(["none", "activity", "prominence", "average", "jaccard", "cosine", "dna-cosine"]),
    default="none",
    show_default=True,
)
@click.option(
    "--duplicates",
    type=click.Choice(["include", "document", "week", "month", "year", "range"]),
    default="include",
    show_default=True,
)
@click.option("--isolates/--no-isolates", default=None, help="Keep actors and labels without a tie.")
@click.option(
    "--exclude", multiple=True, metavar="VARIABLE=VALUE", help="Leave out statements with this value."
)
@click.option(
    "--include",
    multiple=True,
    metavar="VARIABLE=VALUE",
    help="Keep only statements with one of these values.",
)
@click.option(
    "--window", metavar="31D", help="Width of moving windows: a number with D, W, M or Y, or events (E)."
)
@click.option("--step", metavar="1D", help="Step between windows.")
@click.option(
    "--kernel",
    type=click.Choice(["none", "uniform", "triangular", "epanechnikov", "gaussian"]),
    default="none",
    show_default=True,
)
@click.option("--indent", is_flag=True, help="Kernel windows stay inside the period.")
@click.option("--statement-type", default="", help="Label of DNA's statement type.")
@click.option(
    "--compat",
    type=click.Choice(["dna-3.1"]),
    default=None,
    help="Do as Discourse Network Analyzer 3.1 where that differs.",
)
@click.option(
    "--joint",
    type=click.Choice(["full", "fractional", "bloc"]),
    default="full",
    show_default=True,
    help="How joint holders count.",
)
@click.option(
    "--counting", type=click.Choice(["count", "log", "documents"]), default="count", show_default=True
)
@click.option("--generic", is_flag=True, help="Keep generic actors (\u201call parties\u201d).")
@click.option("--loops", is_flag=True, help="Keep positions towards oneself.")
@click.option(
    "--least", type=click.IntRange(1), default=1, show_default=True, help="Least positions behind a tie."
)
@click.option(
    "--merge-by",
    default="",
    metavar="ATTRIBUTE",
    help="Actors with the same value of this attribute become one.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write it; the end tells how: .svg .png .pdf .graphml .gexf .json .csv \u2026",
)
@click.option("--format", "name", metavar="NAME", help="Format of --out, where its end does not tell.")
@filter_options
@json_option
@handled
def command(
    source: Path,
    kind: str | None,
    out: Path | None,
    name: str | None,
    as_json: bool,
    filters: dict[str, Any],
    **settings: Any,
) -> None:
    """Build a network of INPUT (a project, a .dna file or a table) and print or write it.

    An actor network is directed, with support and opposition apart. Two-mode and one-mode discourse networks relate actors and concepts
    as Discourse Network Analyzer does. With --json: {"windows": [{"start", "middle", "stop", "n", "rows", "columns", "matrix"}]}, labels
    in the order of their UTF-16 code units.
    """
    from amity.publishing.inputs import kind_of_input

    holds = kind_of_input(source)
    chosen = kind or ("actor" if holds == "project" else "two-mode" if holds == "dna" else "actor")
    if chosen == "actor":
        _actor(source, holds, filters, settings, out, name, as_json)
    else:
        _discourse(source, holds, chosen, filters, settings, out, as_json)


def _actor(
    source: Path,
    holds: str,
    filters: dict[str, Any],
    settings: dict[str, Any],
    out: Path | None,
    name: str | None,
    as_json: bool,
) -> None:
    networks, days = _networks(source, holds, filters, settings)
    if out is not None:
        for path in _write_networks(networks, days, out, name):
            click.echo(str(path))
        return
    if as_json:
        print_json({"windows": [_matrix_json(each) for each in networks]}, compact=True)
        return
    for network in networks:
        if len(networks) > 1:
            click.echo(f"\n{network.start} to {network.end} (end not included)")
        names = [actor.name for actor in network.actors]
        order = sorted(
            range(network.m), key=lambda each: (-network.support[each] - network.opposition[each], each)
        )
        print_table(
            ("Source", "Target", "Support", "Opposition"),
            (
                (
                    shorten(names[network.source[each]], 50),
                    shorten(names[network.target[each]], 50),
                    f"{network.support[each]:g}",
                    f"{network.opposition[each]:g}",
                )
                for each in order[:40]
            ),
            right=("Support", "Opposition"),
        )
        click.echo(
            f"{network.n} actors, {network.m} ties"
            + (f"; the strongest {40} are shown" if network.m > 40 else "")
        )


def _networks(
    source: Path, holds: str, filters: dict[str, Any], settings: dict[str, Any]
) -> "tuple[list[Network], dict[str, str]]":
    from amity.network import NetworkOptions, build_network

    if holds == "dna":
        raise InvalidValue(
            f"{source} is a DNA file: its statements have no targets; use --kind two-mode or --kind one-mode"
        )
    if holds == "file":
        from amity.publishing.inputs import read_network

        return [read_network(source)], {}
    from amity.publishing import position_days

    options = NetworkOptions(
        joint=settings["joint"],
        counting=settings["counting"],
        generic=settings["generic"],
        loops=settings["loops"],
        isolates=settings["isolates"] is not False,
        min_positions=settings["least"],
        merge_by=settings["merge_by"],
        **({"acts": filters["acts"]} if filters["acts"] else {}),
    )
    with opened(source) as project:
        columns = project.columns(build_filter(project, filters))
        if settings["window"] is None:
            networks = [build_network(columns, options=options)]
        else:
            from amity.network import network_windows

            networks = list(
                network_windows(columns, settings["window"], step=settings["step"], options=options)
            )
        return networks, position_days(columns)


def _write_networks(
    networks: "list[Network]", days: dict[str, str], out: Path, name: str | None
) -> list[Path]:
    from amity.formats import FORMATS, find_format
    from amity.views import layout_network, plot_network

    written: list[Path] = []
    layout: dict[str, tuple[float, float]] | None = None
    for network in networks:
        path = out if len(networks) == 1 else out.with_name(f"{out.stem}-{network.start}{out.suffix}")
        layout = layout_network(network, start=layout)
        if path.suffix.lower() in (".svg", ".png", ".pdf") and name is None:
            title = "" if network.start is None else f"{network.start} to {network.end}"
            written.append(plot_network(network, layout=layout, title=title).save(path))
        else:
            chosen = FORMATS[name] if name in FORMATS else find_format(path, kind="network")
            written.extend(chosen.write(network, path, layout=layout, dates=days.get))
    return written


def _matrix_json(network: "Network") -> dict[str, Any]:
    labels = [actor.name for actor in network.actors]
    return {
        "start": _iso(network.start),
        "middle": None,
        "stop": _iso(network.end),
        "n": 0 if network.position_offsets is None else int(network.position_offsets[-1]),
        "rows": labels,
        "columns": labels,
        "matrix": network.adjacency("net").toarray().tolist(),
        "support": network.adjacency("support").toarray().tolist(),
        "opposition": network.adjacency("opposition").toarray().tolist(),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _discourse(
    source: Path,
    holds: str,
    kind: str,
    filters: dict[str, Any],
    settings: dict[str, Any],
    out: Path | None,
    as_json: bool,
) -> None:
    from amity.network import DiscourseOptions, discourse_network

    qualifier = None if settings["qualifier"] == "none" else settings["qualifier"]
    options = DiscourseOptions(
        kind=kind,  # type: ignore[arg-type]
        variable1=settings["variable1"],
        variable2=settings["variable2"],
        qualifier=qualifier,
        aggregation=settings["aggregation"],
        normalization=settings["normalization"],
        duplicates=settings["duplicates"],
        isolates=bool(settings["isolates"]),
        since=filters["since"],
        until=filters["until"],
        exclude=_values(settings["exclude"]),
        include=_values(settings["include"]),
        window=settings["window"],
        step=settings["step"],
        kernel=settings["kernel"],
        indent=settings["indent"],
        compat=settings["compat"],
    )
    needs = tuple(each for each in (options.variable1, options.variable2, options.qualifier) if each)
    table = _statements(source, holds, filters, settings["statement_type"], needs)
    series = discourse_network(table, options=options)
    if out is not None:
        for path in _write_matrices(list(series), out):
            click.echo(str(path))
        return
    if as_json:
        print_json({"windows": [each.to_json() for each in series]}, compact=True)
        return
    for each in series:
        click.echo(
            f"{each.start} to {each.stop}: {each.n} statements, {len(each.rows)} x {len(each.columns)}"
        )
        if len(series) == 1:
            _print_matrix(each)


def _statements(
    source: Path, holds: str, filters: dict[str, Any], statement_type: str, needs: tuple[str, ...]
) -> "StatementTable":
    from amity.publishing.statements import file_statements, project_statements

    if holds != "project":
        return file_statements(source, statement_type=statement_type, needs=needs)
    with opened(source) as project:
        return project_statements(
            project, build_filter(project, {**filters, "since": None, "until": None}), needs=needs
        )


def _values(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    values: dict[str, tuple[str, ...]] = {}
    for each in given:
        variable, mark, value = each.partition("=")
        if not mark:
            raise InvalidValue(f"a filter is {each!r}; give VARIABLE=VALUE, as in concept=Free trade")
        values[variable] = (*values.get(variable, ()), value)
    return values


def _print_matrix(matrix: "LabelledMatrix") -> None:
    shown = 12
    print_table(
        ("", *(shorten(each, 18) for each in matrix.columns[:shown])),
        (
            (shorten(label, 30), *(f"{value:g}" for value in matrix.matrix[place, :shown]))
            for place, label in enumerate(matrix.rows[:40])
        ),
        right=[shorten(each, 18) for each in matrix.columns[:shown]],
    )
    if len(matrix.columns) > shown or len(matrix.rows) > 40:
        click.echo("the rest is in --json or --out FILE.csv")


def _write_matrices(series: "list[LabelledMatrix]", out: Path) -> list[Path]:
    import csv

    from amity.formats.cells import guard_cell

    written = []
    for each in series:
        moment = "" if each.middle is None else f"-{each.middle:%Y-%m-%d}"
        path = out if len(series) == 1 else out.with_name(f"{out.stem}{moment}{out.suffix or '.csv'}")
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["", *(guard_cell(label) for label in each.columns)])
            for place, label in enumerate(each.rows):
                writer.writerow([guard_cell(label), *(f"{value:.12g}" for value in each.matrix[place])])
        written.append(path)
    return written
