from dataclasses import replace

from amity.model import Origin, PositionFilter
from amity.project import Project
from tests.project.world import ANA, NOTE, READER, note_coding, position


def _ids(project: Project) -> list[str]:
    return [row.id for row in project.positions(PositionFilter(documents=("note",)))]


def test_reading_again_brings_nothing_twice(project: Project) -> None:
    before = project.positions()
    assert project.add_coding(note_coding(), origin=READER) == 0
    assert project.positions() == before


def test_untouched_suggestions_of_the_same_reader_give_way(project: Project) -> None:
    newer = Origin("reader:rules", "2")
    assert (
        project.add_coding(
            replace(note_coding(0.55), positions=note_coding(0.55).positions[:1]), origin=newer
        )
        == 1
    )
    rows = project.positions(PositionFilter(documents=("note",)))
    assert [(row.position.score, row.position.origin and row.position.origin.version) for row in rows] == [
        (0.55, "2")
    ]
    project.undo()
    assert len(_ids(project)) == 3
    project.redo()
    assert len(_ids(project)) == 1


def test_what_a_person_touched_stays_with_its_first_score(project: Project) -> None:
    first, second, third = _ids(project)
    project.decide(first, "accepted")
    project.decide(second, "rejected")
    project.notes.add_memo("position", third, "unclear")
    project.add_coding(
        replace(note_coding(0.99), positions=note_coding(0.99).positions[:2]),
        origin=Origin("reader:rules", "2"),
    )
    row = project.position(first)
    assert (row.state, row.position.score, row.position.origin and row.position.origin.version) == (
        "accepted",
        0.5,
        "1",
    )
    assert project.position(second).state == "rejected"
    assert project.position(third).state == "suggested"
    assert project.count_positions(PositionFilter(documents=("note",))) == 2


def test_a_corrected_position_is_not_suggested_anew(project: Project) -> None:
    first = _ids(project)[0]
    row = project.position(first)
    corrected = project.decide(first, "edited", replacement=replace(row.position, strength="strong"))
    assert project.add_coding(note_coding(0.8), origin=Origin("reader:rules", "2")) == 2
    assert corrected in _ids(project) and first not in _ids(project)
    assert project.position(first).position.score == 0.5


def test_another_readers_suggestions_stay(project: Project) -> None:
    other = Origin("reader:trained", "1")
    extra = position(
        NOTE,
        ["freedonia"],
        "warn",
        "Freedonia condemns Sylvania",
        "condemns",
        targets=["sylvania"],
        polarity=-1,
    )
    coding = replace(note_coding(), positions=(note_coding().positions[0], extra))
    assert project.add_coding(coding, origin=other) == 1
    assert project.count_positions(PositionFilter(documents=("note",))) == 4
    assert project.count_positions(PositionFilter(readers=("reader:trained",))) == 1


def test_keeping_suggestions_can_be_asked_for(project: Project) -> None:
    project.add_coding(replace(note_coding(), positions=()), origin=READER, replace_suggestions=False)
    assert len(_ids(project)) == 3
    project.add_coding(replace(note_coding(), positions=()), origin=READER)
    assert _ids(project) == []


def test_links_that_a_person_made_survive_a_new_reading(project: Project) -> None:
    project.merge_actors(["sylvania"], "freedonia")
    new = project.split_actor("harvest-union", name="Harvest Union (old)", documents=["note"])
    project.add_coding(note_coding(0.6), origin=Origin("reader:rules", "2"))
    holders = {
        actor
        for row in project.positions(PositionFilter(documents=("note",)))
        for actor in row.position.holders
    }
    assert holders == {"freedonia", new}


def test_the_same_reading_by_a_person_is_a_second_opinion_on_the_same_position(project: Project) -> None:
    project.add_coding(note_coding(), origin=ANA)
    assert len(_ids(project)) == 3
