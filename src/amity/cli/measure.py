"""``amity measure``."""

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
)
from amity.errors import InvalidValue, NotFound

if TYPE_CHECKING:
    from amity.network import Network


@click.command("measure")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path), required=False)
@click.argument("name", required=False)
@click.option(
    "--directed/--undirected", default=None, help="Take ties in their direction, where the measure can."
)
@click.option("--seed", type=int, default=0, show_default=True, help="For what draws at random.")
@click.option(
    "--time-limit",
    type=click.FloatRange(0),
    default=None,
    help="Seconds for a proof; the bound is given where it ends before.",
)
@click.option(
    "--blocs", "k", type=click.IntRange(1), default=None, help="Number of blocs, where the measure takes one."
)
@click.option(
    "--weighted", is_flag=True, default=None, help="Let ties count by weight, where the measure can."
)
@filter_options
@json_option
@handled
def command(
    source: Path | None,
    name: str | None,
    directed: bool | None,
    seed: int,
    time_limit: float | None,
    k: int | None,
    weighted: bool | None,
    filters: dict[str, Any],
    as_json: bool,
) -> None:
    """Measure the network of INPUT: a project, a network file, or an edge list (CSV with source, target, and sign or weight).

    Without arguments, list the measures. frustration and clusterability give value, lower_bound, is_exact, partition, ties, seconds.
    """
    from amity.measures import MEASURES

    if source is None:
        if as_json:
            print_json([{"name": each.name, "what": each.what} for each in MEASURES.values()])
        else:
            print_table(("Measure", "What"), ((each.name, each.what) for each in MEASURES.values()))
        return
    if name is None:
        raise InvalidValue(f"give the name of a measure: {', '.join(MEASURES)}")
    if name not in MEASURES:
        raise NotFound(f"there is no measure {name!r}; there are {', '.join(MEASURES)}")
    given = {
        "directed": directed,
        "seed": seed,
        "time_limit": time_limit,
        "k": k,
        "weighted": weighted or None,
    }
    measure = MEASURES[name]
    settings = {key: value for key, value in given.items() if key in measure.takes and value is not None}
    for key in ("directed", "time_limit", "k", "weighted"):
        if given[key] is not None and key not in measure.takes:
            raise InvalidValue(f"{name} takes no {key.replace('_', '-')}")
    network = _network(source, filters)
    result = measure.function(network if as_json else _by_name(network), **settings)
    if as_json:
        print_json(result.to_json())
        return
    click.echo(str(result))


def _by_name(network: "Network") -> "Network":
    """The network with names in place of ids, for people; an id stays where two actors have one name."""
    from collections import Counter
    from dataclasses import replace

    count = Counter(actor.name for actor in network.actors)
    actors = tuple(
        replace(actor, id=actor.name) if count[actor.name] == 1 else actor for actor in network.actors
    )
    ids = {actor.id for actor in actors}
    return replace(network, actors=actors) if len(ids) == len(actors) else network


def _network(source: Path, filters: dict[str, Any]) -> "Network":
    from amity.network import NetworkOptions, build_network
    from amity.publishing.inputs import kind_of_input, read_network

    kind = kind_of_input(source)
    if kind == "dna":
        raise InvalidValue(
            f"{source} is a DNA file; make a network of it first: amity network {source} --kind one-mode --out FILE.csv"
        )
    if kind == "file":
        return read_network(source)
    with opened(source) as project:
        return build_network(
            project.columns(build_filter(project, filters)), options=NetworkOptions(isolates=False)
        )
