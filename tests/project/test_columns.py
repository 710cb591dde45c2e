from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
import pytest

from amity.errors import InvalidValue, NotFound
from amity.model import ACTS, STATUSES, VOICES, PositionFilter, first_day
from amity.network import PositionColumns
from amity.project import PositionRow, Project


def _expand(columns: PositionColumns) -> Counter[tuple[object, ...]]:
    return Counter(
        (
            columns.position_ids[columns.position[i]],
            columns.actors[columns.holder[i]].id,
            None if columns.target[i] < 0 else columns.actors[columns.target[i]].id,
            int(columns.polarity[i]),
            round(float(columns.score[i]), 6),
            None if columns.day[i] < 0 else date.fromordinal(int(columns.day[i])),
            columns.document_ids[columns.document[i]],
            None if columns.concept[i] < 0 else columns.concepts[columns.concept[i]],
            int(columns.agreement[i]),
            ACTS[columns.act[i]],
            STATUSES[columns.status[i]],
            VOICES[columns.voice[i]],
        )
        for i in range(len(columns))
    )


def _by_hand(rows: list[PositionRow]) -> Counter[tuple[object, ...]]:
    expected: Counter[tuple[object, ...]] = Counter()
    for row in rows:
        each = row.position
        day = each.date or row.document_date
        for holder, target in product(each.holders, each.targets or (None,)):
            expected[
                each.id,
                holder,
                target,
                each.polarity or 0,
                1.0 if row.standing and row.state != "suggested" else each.score,
                None if day is None else first_day(day),
                each.document_id,
                each.concept,
                each.agreement or 0,
                each.act,
                each.status,
                each.voice,
            ] += 1
    return expected


def test_columns_say_what_the_records_say(project: Project) -> None:
    first = project.positions()[0]
    project.decide(
        first.id,
        "edited",
        replacement=replace(first.position, targets=("sylvania", "harvest-union"), date="1950-07-01"),
    )
    columns = project.columns()
    assert _expand(columns) == _by_hand(project.positions())
    assert sum(_expand(columns).values()) == 8
    assert columns.weight.tolist() == [1.0] * 8
    assert [actor.name for actor in columns.actors] == sorted(actor.name for actor in columns.actors)
    assert list(columns.position_ids) == [row.id for row in project.positions()]
    assert columns.position_ids[-1] == columns.position_ids[len(columns.position_ids) - 1]
    assert columns.position_ids[1:3] == list(columns.position_ids)[1:3]
    with pytest.raises(IndexError):
        columns.position_ids[100]


FILTERS = [
    PositionFilter(acts=("endorse", "warn")),
    PositionFilter(polarities=(-1,)),
    PositionFilter(since="1950"),
    PositionFilter(until="1949-05"),
    PositionFilter(since="1951-03", until="1951"),
    PositionFilter(min_score=0.6),
    PositionFilter(states=("accepted",)),
    PositionFilter(states=("rejected", "suggested")),
    PositionFilter(documents=("speech", "letter")),
    PositionFilter(kinds=("note", "letter")),
    PositionFilter(concepts=("grain tax",)),
    PositionFilter(readers=("reader:rules",)),
    PositionFilter(text="tax OR warns"),
    PositionFilter(statuses=("negated",)),
    PositionFilter(voices=("own",)),
]


@pytest.mark.parametrize("wanted", FILTERS, ids=str)
def test_list_count_and_columns_agree_under_every_filter(project: Project, wanted: PositionFilter) -> None:
    project.decide(project.positions()[1].id, "accepted")
    project.decide(project.positions()[2].id, "rejected")
    rows = project.positions(wanted)
    assert project.count_positions(wanted) == len(rows)
    assert _expand(project.columns(wanted)) == _by_hand(rows)


def _kept(project: Project, **conditions: object) -> set[str]:
    return {
        row.position.evidence[0].exact.split()[0] + " " + row.position.cue.exact
        for row in project.positions(PositionFilter(**conditions))
    }  # type: ignore[arg-type]


def test_filters_keep_what_their_words_say(project: Project) -> None:
    assert _kept(project, acts=("warn",)) == {"The warns"}
    assert _kept(project, since="1950") == {
        "Freedonia condemns",
        "Freedonia welcome",
        "The will not follow",
        "Sylvania thanks",
    }
    assert _kept(project, until="1949") == {"Sylvania rejects"}
    assert _kept(project, min_score=0.8) == {"Freedonia welcome", "The warns"}
    assert _kept(project, targets=("freedonia",)) == {"Sylvania thanks", "The warns"}
    assert _kept(project, actors=("harvest-union",)) == {
        "Freedonia welcome",
        "The will not follow",
        "The warns",
    }
    assert _kept(project, concepts=("grain tax",)) == {"Sylvania rejects"}
    assert _kept(project, text='"river dam"') == {"Freedonia condemns"}
    assert _kept(project, readers=("coder:ana",)) == set()
    lowest = min(project.positions(), key=lambda row: row.position.score)
    project.decide(lowest.id, "accepted")
    assert "The will not follow" in _kept(project, min_score=0.95)


def test_a_filter_by_actors_keeps_only_the_pairs_it_names(project: Project) -> None:
    columns = project.columns(PositionFilter(holders=("sylvania",), targets=("harvest-union",)))
    assert [
        (columns.actors[h].id, columns.actors[t].id)
        for h, t in zip(columns.holder, columns.target, strict=True)
    ] == [("sylvania", "harvest-union")]


def test_an_unknown_document_is_told_and_no_match_is_empty(project: Project) -> None:
    with pytest.raises(NotFound, match="no document 'x'"):
        project.columns(PositionFilter(documents=("x",)))
    columns = project.columns(PositionFilter(acts=("meet",)))
    assert len(columns) == 0 and columns.actors == () and list(columns.position_ids) == []


def test_an_empty_project_has_empty_columns(empty: Project) -> None:
    assert len(empty.columns()) == 0
    assert empty.summary().n_positions == 0
    assert empty.positions() == [] and empty.actors() == [] and empty.documents() == []


def test_orders_pages_and_limits(project: Project) -> None:
    every = project.positions()
    assert [row.position.score for row in project.positions(order="score")] == sorted(
        (row.position.score for row in every), reverse=True
    )
    dated = [row.position.date or row.document_date for row in project.positions(order="date")]
    assert dated == ["1949-05", "1951-03-02", "1951-03-02", "1951-03-02", "1952", None]
    assert project.positions(order="uncertainty")[0].position.score == 0.5
    pages = [project.positions(limit=2, offset=offset) for offset in (0, 2, 4, 6)]
    assert [row for page in pages for row in page] == every
    with pytest.raises(InvalidValue):
        project.positions(limit=-1)
    with pytest.raises(InvalidValue):
        project.positions(order="colour")  # type: ignore[arg-type]


def test_columns_stay_as_they_were_when_the_project_goes_on(project: Project) -> None:
    columns = project.columns()
    before = columns.score.copy()
    project.decide_all(PositionFilter(), "accepted")
    assert np.array_equal(columns.score, before)
    assert project.columns().score.tolist() == [1.0] * 7


def test_the_summary_counts_what_the_lists_show(project: Project) -> None:
    project.decide(project.positions()[0].id, "rejected")
    second = project.positions()[0]
    project.decide(second.id, "edited", replacement=replace(second.position, strength="weak"))
    summary = project.summary()
    assert (summary.name, summary.n_documents, summary.n_positions, summary.n_actors) == ("World", 3, 5, 4)
    assert summary.n_characters == sum(row.n_characters for row in project.documents())
    assert (summary.first_date, summary.last_date) == ("1951-03-02", "1952")
    assert summary.positions_by_state == {
        "suggested": 4,
        "accepted": 0,
        "edited": 1,
        "rejected": 1,
        "added": 0,
    }
    assert summary.n_checked == 2 == sum(row.n_checked for row in project.documents())
    assert summary.positions_by_polarity == {"1": 2, "-1": 2, "0": 0, "none": 1}
    assert summary.positions_by_year == {"1949": 1, "1951": 2, "1952": 1, "undated": 1}
    assert sum(summary.positions_by_act.values()) == 5
    assert summary.documents_by_kind == {"letter": 1, "note": 1, "speech": 1}
