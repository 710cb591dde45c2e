"""Copies of one project, coded apart, become one again."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from amity.cli import main
from amity.errors import InvalidValue
from amity.model import Document, PositionFilter
from amity.project import Project, merge_copies
from tests.project.world import ANA, BEN, NOTE, READER, WORLD, position

EVERYTHING = PositionFilter(states=("suggested", "accepted", "edited", "rejected", "added"))
NEW = Document("protest", "Freedonia protests against the toll of Sylvania.", title="Protest")


@pytest.fixture
def other(project: Project, tmp_path: Path) -> Iterator[Project]:
    """A copy of the project, for Ben."""
    with Project.open(project.copy_to(tmp_path / "ben.amity"), coder="ben") as made:
        yield made
        assert made.verify() == []


def picture(project: Project) -> object:
    """All that a person sees of a project."""
    rows = project.positions(EVERYTHING, limit=1000)
    return (
        [(row.id, row.state, row.standing) for row in sorted(rows, key=lambda each: each.id)],
        [
            (row.id, [(d.verdict, d.origin.agent, d.note) for d in project.decisions(row.id)])
            for row in sorted(rows, key=lambda each: each.id)
        ],
        sorted((row.id, row.name, row.merged) for row in project.actors()),
        sorted(row.id for row in project.documents()),
        sorted((memo.text, memo.origin.agent, memo.at) for memo in project.notes.memos()),
        sorted((flag.name, flag.subject_id) for flag in project.notes.flags()),
        [(each.name, each.role) for each in project.team.coders()],
    )


def ids(project: Project) -> list[str]:
    """The positions of the note."""
    return [row.id for row in project.positions(PositionFilter(documents=("note",)))]


def work_of_ben(other: Project) -> None:
    """Some of everything."""
    first, second, third = ids(other)
    other.decide(first, "accepted", origin=BEN, note="plain")
    other.decide(
        second, "edited", origin=BEN, replacement=replace(other.position(second).position, act="commit")
    )
    other.add_position(
        position(
            NOTE,
            ["sylvania"],
            "endorse",
            "Freedonia and Sylvania welcome",
            "welcome",
            targets=["freedonia"],
            polarity=1,
        ),
        origin=BEN,
    )
    other.add_document(NEW, origin=BEN)
    other.add_position(
        position(
            NEW,
            ["freedonia"],
            "criticise",
            "Freedonia protests against the toll",
            "protests",
            targets=["sylvania"],
            polarity=-1,
            concept="toll",
        ),
        origin=BEN,
    )
    other.rename_actor("sylvania", "Realm of Sylvania", origin=BEN)
    added = other.add_actor("Toll Office", origin=BEN)
    other.merge_actors([added], "sylvania", origin=BEN)
    other.notes.add_memo("position", third, "look again", origin=BEN)
    other.notes.flag("document", "note", "unclear", origin=BEN)
    other.team.set_coder("ben", role="coder", origin=BEN)
    other.team.assign(["note"], "ben", origin=BEN)


def test_all_that_the_other_copy_has_comes(project: Project, other: Project) -> None:
    work_of_ben(other)
    merged = merge_copies(project, other)
    assert merged.conflicts == ()
    assert picture(project) == picture(other)
    assert merged.counts == {"document": 1, "position": 3, "decision": 4, "memo": 1, "flag": 1, "coder": 1}


def test_merging_again_changes_nothing_and_later_work_still_comes(project: Project, other: Project) -> None:
    work_of_ben(other)
    merge_copies(project, other)
    before, events = picture(project), project.events(1000)
    again = merge_copies(project, other)
    assert (again.acts, again.conflicts) == (0, ())
    assert picture(project) == before and project.events(1000) == events
    protest = other.positions(PositionFilter(documents=("protest",)))[0]
    other.decide(protest.id, "rejected", origin=BEN)
    assert merge_copies(project, other).acts == 1
    assert picture(project) == picture(other)


def test_a_merge_is_undone_and_redone_as_one_act(project: Project, other: Project) -> None:
    before = picture(project)
    work_of_ben(other)
    merge_copies(project, other)
    after = picture(project)
    project.undo()
    assert picture(project) == before
    assert project.verify() == []
    project.redo()
    assert picture(project) == after


@pytest.mark.parametrize("ben_is_later", [True, False])
def test_of_two_decisions_both_are_kept_and_the_later_counts(
    project: Project, other: Project, ben_is_later: bool
) -> None:
    first = ids(project)[0]
    steps = [
        lambda: project.decide(first, "accepted", origin=ANA),
        lambda: other.decide(first, "rejected", origin=BEN),
    ]
    for step in steps if ben_is_later else reversed(steps):
        step()
    merged = merge_copies(project, other)
    assert [(each.subject, each.what) for each in merged.conflicts] == [("position", first)]
    assert (
        "accepted by coder:ana" in merged.conflicts[0].here
        and "rejected by coder:ben" in merged.conflicts[0].there
    )
    assert sorted(each.verdict for each in project.decisions(first)) == ["accepted", "rejected"]
    assert project.position(first).state == ("rejected" if ben_is_later else "accepted")


def test_both_ways_give_the_same_project(project: Project, other: Project) -> None:
    work_of_ben(other)
    first, second, _ = ids(project)
    project.decide(first, "rejected", origin=ANA)
    project.decide(
        second, "edited", origin=ANA, replacement=replace(project.position(second).position, act="warn")
    )
    merge_copies(project, other)
    merge_copies(other, project)
    assert picture(project) == picture(other)


def test_the_same_correction_twice_is_one_position_with_two_decisions(
    project: Project, other: Project
) -> None:
    second = ids(project)[1]
    for each, who in ((project, ANA), (other, BEN)):
        each.decide(
            second, "edited", origin=who, replacement=replace(each.position(second).position, act="commit")
        )
    merged = merge_copies(project, other)
    assert merged.conflicts == () and merged.counts["position"] == 0
    assert [each.origin.agent for each in project.decisions(second)] == ["coder:ana", "coder:ben"]


def test_a_record_that_both_changed_keeps_its_value_and_is_listed(project: Project, other: Project) -> None:
    project.rename_actor("sylvania", "Sylvan State", origin=ANA)
    other.rename_actor("sylvania", "Realm of Sylvania", origin=BEN)
    merged = merge_copies(project, other)
    assert [(each.here, each.there) for each in merged.conflicts] == [("Sylvan State", "Realm of Sylvania")]
    assert project.actor("sylvania").name == "Sylvan State"


def test_merges_of_actors_in_opposite_directions_make_no_ring(project: Project, other: Project) -> None:
    project.merge_actors(["sylvania"], "freedonia", origin=ANA)
    other.merge_actors(["freedonia"], "sylvania", origin=BEN)
    merge_copies(project, other)
    assert project.actor("sylvania").id == project.actor("freedonia").id == "freedonia"


def test_the_same_document_read_in_both_is_one(project: Project, other: Project) -> None:
    for each in (project, other):
        each.add_document(NEW)
    assert merge_copies(project, other).counts["document"] == 0
    assert len(project.documents()) == len(WORLD) + 1


def test_what_was_decided_outlives_a_reading_that_withdrew_it(project: Project, other: Project) -> None:
    third = ids(project)[2]
    other.decide(third, "accepted", origin=BEN)
    coding = WORLD[0][1]
    project.add_coding(replace(coding, positions=coding.positions[:2]), origin=READER)
    merge_copies(project, other)
    assert project.position(third).state == "accepted"


def test_other_projects_are_refused(project: Project, empty: Project) -> None:
    with pytest.raises(InvalidValue, match="no copies of one project"):
        merge_copies(project, empty)


def test_the_command_writes_a_third_file(project: Project, other: Project, tmp_path: Path) -> None:
    work_of_ben(other)
    third = tmp_path / "both.amity"
    before = picture(project)
    done = CliRunner().invoke(main, ["merge", str(project.path), str(other.path), "--into", str(third)])
    assert done.exit_code == 0, done.output
    assert "1 documents" in done.output and picture(project) == before
    with Project.open(third) as both:
        assert picture(both) == picture(other) and both.verify() == []
