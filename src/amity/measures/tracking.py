"""Blocs followed from window to window: who stays, who switches, which blocs split and merge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from amity.errors import InvalidValue
from amity.measures.communities import adjusted_rand
from amity.measures.results import Result, table

Kind = Literal["birth", "death", "split", "merge", "switch", "entry", "exit"]


@dataclass(frozen=True, slots=True)
class BlocEvent:
    """
    Something that happened to blocs between two windows.

    Parameters
    ----------
    window : int
        Place of the later window; for a death, of the first window without the bloc.
    kind : {"birth", "death", "split", "merge", "switch", "entry", "exit"}
        What happened.
    blocs : tuple of int
        Followed blocs: of a split, the old one and then those that took a part; of a merge, those that went
        in and then the one they became; of a switch, from and to.
    nodes : tuple of str
        Who was concerned.
    """

    window: int
    kind: Kind
    blocs: tuple[int, ...]
    nodes: tuple[str, ...]


@dataclass(frozen=True)
class BlocTrajectories(Result):
    """
    Blocs over windows under names that stay.

    Parameters
    ----------
    windows : tuple of str
        Names of the windows.
    partitions : tuple of mapping of str to int
        Followed bloc of each node present, one mapping a window.
    events : tuple of BlocEvent
        In order of windows.
    similarity : tuple of float
        Adjusted Rand index between each window and the one before, over the nodes in both; 1 for the first.
    lifetimes : mapping of int to (int, int)
        First and last window of each followed bloc.
    settings : mapping
        Options as used.
    """

    windows: tuple[str, ...]
    partitions: tuple[Mapping[str, int], ...]
    events: tuple[BlocEvent, ...]
    similarity: tuple[float, ...]
    lifetimes: Mapping[int, tuple[int, int]]
    settings: Mapping[str, Any]

    def __str__(self) -> str:
        rows = [
            (
                self.windows[event.window],
                event.kind,
                "→".join(map(str, event.blocs)),
                ", ".join(event.nodes[:8]),
            )
            for event in self.events
        ]
        return f"{len(self.lifetimes)} blocs over {len(self.windows)} windows\n" + table(
            ["window", "event", "blocs", "nodes"], rows, limit=100
        )


def track_blocs(
    partitions: Sequence[Mapping[str, int]],
    *,
    windows: Sequence[object] | None = None,
    least_overlap: float = 0.3,
    share: float = 0.3,
) -> BlocTrajectories:
    """
    Return blocs followed over windows, with births, deaths, splits, merges and switches.

    Parameters
    ----------
    partitions : sequence of mapping of str to int
        Bloc of each node present, one mapping a window.
    windows : sequence, optional
        Their names; by default 0, 1, ...
    least_overlap : float
        Blocs of two windows are the same only if their Jaccard overlap, over nodes in both windows, is at
        least this.
    share : float
        A bloc splits into each later bloc that takes at least this share of its remaining members, if there
        are two or more; it merges likewise, seen backwards.

    Returns
    -------
    BlocTrajectories
        Blocs are numbered in order of appearance, larger ones first within a window.

    Raises
    ------
    InvalidValue
        If a threshold is not from 0 to 1, or there are not as many names as windows.

    Notes
    -----
    The matching of two windows' blocs has the greatest sum of Jaccard overlaps (Hungarian method). Nodes
    present in one of the two windows only do not count as switches but as entries and exits.

    References
    ----------
    Greene, Doyle & Cunningham 2010, doi:10.1109/ASONAM.2010.17; Kuhn 1955, doi:10.1002/nav.3800020109.
    """
    if not (0 <= least_overlap <= 1 and 0 <= share <= 1):
        raise InvalidValue("least_overlap and share must be from 0 to 1")
    names = tuple(str(name) for name in (windows if windows is not None else range(len(partitions))))
    if len(names) != len(partitions):
        raise InvalidValue(f"{len(names)} names were given for {len(partitions)} windows")
    followed: list[dict[str, int]] = []
    events: list[BlocEvent] = []
    similarity: list[float] = []
    used = 0
    for place, partition in enumerate(partitions):
        before = followed[-1] if followed else {}
        names_of, used = _match(before, partition, least_overlap, used)
        now = {node: names_of[bloc] for node, bloc in partition.items()}
        if place:
            events.extend(_events(place, before, now, share))
            both = [node for node in now if node in before]
            similarity.append(adjusted_rand([before[n] for n in both], [now[n] for n in both]))
        else:
            similarity.append(1.0)
            events.extend(
                BlocEvent(0, "birth", (bloc,), _members(now, bloc)) for bloc in sorted(set(now.values()))
            )
        followed.append(now)
    lifetimes: dict[int, tuple[int, int]] = {}
    for place, now in enumerate(followed):
        for bloc in set(now.values()):
            lifetimes[bloc] = (lifetimes.get(bloc, (place, place))[0], place)
    return BlocTrajectories(
        names, tuple(followed), tuple(events), tuple(similarity), dict(sorted(lifetimes.items())),
        {"least_overlap": least_overlap, "share": share},
    )  # fmt: skip


def _members(partition: Mapping[str, int], bloc: int) -> tuple[str, ...]:
    return tuple(sorted(node for node, mine in partition.items() if mine == bloc))


def _match(
    before: Mapping[str, int], now: Mapping[str, int], least: float, used: int
) -> tuple[dict[int, int], int]:
    from scipy.optimize import linear_sum_assignment

    sizes: dict[int, int] = {}
    for bloc in now.values():
        sizes[bloc] = sizes.get(bloc, 0) + 1
    new = sorted(sizes, key=lambda bloc: (-sizes[bloc], bloc))
    old = sorted(set(before.values()))
    both = [node for node in now if node in before]
    overlap = np.zeros((len(old), len(new)))
    for row, bloc in enumerate(old):
        mine = {node for node in both if before[node] == bloc}
        for column, other in enumerate(new):
            theirs = {node for node in both if now[node] == other}
            whole = len(mine | theirs)
            overlap[row, column] = len(mine & theirs) / whole if whole else 0.0
    found: dict[int, int] = {}
    for row, column in zip(*linear_sum_assignment(-overlap), strict=True):
        if overlap[row, column] >= least and overlap[row, column] > 0:
            found[new[column]] = old[row]
    for bloc in new:
        if bloc not in found:
            found[bloc] = used
            used += 1
    return found, used


def _events(place: int, before: Mapping[str, int], now: Mapping[str, int], share: float) -> list[BlocEvent]:
    found: list[BlocEvent] = []
    both = [node for node in now if node in before]
    flows: dict[tuple[int, int], list[str]] = {}
    for node in both:
        flows.setdefault((before[node], now[node]), []).append(node)
    split = _parts(flows, share, forward=True)
    merged = _parts(flows, share, forward=False)
    in_split = {(bloc, part) for bloc, parts in split.items() for part in parts}
    in_merge = {(part, bloc) for bloc, parts in merged.items() for part in parts}
    for bloc in sorted(set(now.values()) - set(before.values())):
        if not any(bloc in parts for parts in split.values()) and bloc not in merged:
            found.append(BlocEvent(place, "birth", (bloc,), _members(now, bloc)))
    for bloc in sorted(set(before.values()) - set(now.values())):
        if bloc not in split and not any(bloc in parts for parts in merged.values()):
            found.append(BlocEvent(place, "death", (bloc,), _members(before, bloc)))
    for bloc, parts in sorted(split.items()):
        nodes = [node for part in parts for node in flows[bloc, part]]
        found.append(BlocEvent(place, "split", (bloc, *parts), tuple(sorted(nodes))))
    for bloc, parts in sorted(merged.items()):
        nodes = [node for part in parts for node in flows[part, bloc]]
        found.append(BlocEvent(place, "merge", (*parts, bloc), tuple(sorted(nodes))))
    for (source, target), nodes in sorted(flows.items()):
        if source != target and (source, target) not in in_split | in_merge:
            found.append(BlocEvent(place, "switch", (source, target), tuple(sorted(nodes))))
    entered = tuple(sorted(node for node in now if node not in before))
    left = tuple(sorted(node for node in before if node not in now))
    if entered:
        found.append(BlocEvent(place, "entry", (), entered))
    if left:
        found.append(BlocEvent(place, "exit", (), left))
    return found


def _parts(
    flows: Mapping[tuple[int, int], list[str]], share: float, *, forward: bool
) -> dict[int, tuple[int, ...]]:
    """Blocs that divide into (or, backwards, come from) two or more, each with at least a share."""
    whole: dict[int, int] = {}
    for (source, target), nodes in flows.items():
        bloc = source if forward else target
        whole[bloc] = whole.get(bloc, 0) + len(nodes)
    parts: dict[int, list[int]] = {}
    for (source, target), nodes in flows.items():
        bloc, part = (source, target) if forward else (target, source)
        if len(nodes) >= share * whole[bloc] and len(nodes) > 1:
            parts.setdefault(bloc, []).append(part)
    return {bloc: tuple(sorted(found)) for bloc, found in parts.items() if len(found) > 1}
