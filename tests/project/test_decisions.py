from dataclasses import replace

import pytest

from amity.errors import InvalidValue, NotFound, SpanMismatch, StaleWrite
from amity.model import PositionFilter
from amity.project import Project
from tests.project.world import ANA, BEN, NOTE, position


@pytest.fixture
def first(project: Project) -> str:
    return project.positions()[0].id


def test_the_last_decision_gives_the_state_and_none_is_overwritten(project: Project, first: str) -> None:
    project.decide(first, "accepted", origin=ANA)
    project.decide(first, "rejected", note="not in the words", origin=BEN)
    assert project.position(first).state == "rejected" and not project.position(first).standing
    assert [(each.verdict, each.origin.agent, each.note) for each in project.decisions(first)] == [
        ("accepted", "coder:ana", ""),
        ("rejected", "coder:ben", "not in the words"),
    ]
    assert first not in {row.id for row in project.positions()}
    assert [row.id for row in project.positions(PositionFilter(states=("rejected",)))] == [first]


def test_a_correction_stands_beside_the_first_suggestion(project: Project, first: str) -> None:
    row = project.position(first)
    wanted = replace(row.position, targets=("harvest-union",), act="warn", concept="a new canal")
    new = project.decide(first, "edited", replacement=wanted, origin=ANA)
    assert new is not None and new != first
    corrected, former = project.position(new), project.position(first)
    assert (corrected.state, corrected.standing, corrected.replaces) == ("edited", True, first)
    assert (former.state, former.standing, former.replaced_by) == ("edited", False, new)
    assert former.position == row.position
    assert corrected.position.targets == ("harvest-union",) and corrected.position.score == 1.0
    assert corrected.position.origin is not None and corrected.position.origin.agent == "coder:ana"
    assert corrected.position.concept == "a new canal"
    assert project.decisions(first)[0].replaced_by == new
    event = project.events(1)[0]
    assert event.before["targets"] == ["sylvania"] and event.after["targets"] == ["harvest-union"]
    assert event.before["act"] == "criticise" and "holders" not in event.after


def test_a_correction_of_fields_outside_the_id_gets_an_id_of_its_own(project: Project, first: str) -> None:
    row = project.position(first)
    new = project.decide(first, "edited", replacement=replace(row.position, strength="strong"))
    assert new != first and project.position(first).position.strength == "plain"


def test_going_back_to_the_first_suggestion_sets_the_whole_chain_aside(project: Project, first: str) -> None:
    n = project.count_positions()
    row = project.position(first)
    second = project.decide(first, "edited", replacement=replace(row.position, strength="strong"))
    third = project.decide(second or "", "edited", replacement=replace(row.position, strength="weak"))
    assert project.position(third or "").standing
    assert project.count_positions() == n
    project.decide(first, "accepted")
    assert [project.position(each or "").standing for each in (first, second, third)] == [True, False, False]
    assert project.count_positions() == n
    project.undo()
    assert [project.position(each or "").standing for each in (first, second, third)] == [False, False, True]


def test_a_rejected_correction_leaves_nothing_standing(project: Project, first: str) -> None:
    n = project.count_positions()
    row = project.position(first)
    second = project.decide(first, "edited", replacement=replace(row.position, strength="strong"))
    project.decide(second or "", "rejected")
    assert project.count_positions() == n - 1


def test_an_added_position_is_tied_to_its_words(project: Project) -> None:
    added = position(
        NOTE,
        ["sylvania"],
        "endorse",
        "Sylvania welcome the Harvest Union",
        "welcome",
        concept="peace",
        agreement=1,
    )
    identity = project.add_position(added, origin=BEN)
    row = project.position(identity)
    assert (row.state, row.position.score) == ("added", 1.0)
    assert row.position.evidence[0].exact == "Sylvania welcome the Harvest Union"
    with pytest.raises(SpanMismatch):
        project.add_position(
            replace(
                added,
                evidence=(replace(added.cue, exact="WELCOME"),),
                cue=replace(added.cue, exact="WELCOME"),
            )
        )
    with pytest.raises(NotFound, match="no actor 'nobody'"):
        project.add_position(replace(added, holders=("nobody",)))
    assert project.add_position(added, origin=BEN) != identity


def test_an_actor_may_be_chosen_in_a_document_that_never_names_it(project: Project) -> None:
    row = project.positions(PositionFilter(documents=("letter",)))[0]
    new = project.decide(row.id, "edited", replacement=replace(row.position, targets=("sylvania",)))
    assert project.position(new or "").position.targets == ("sylvania",)
    assert any(
        each.document_id == "letter" and "coder:ana" in each.reason
        for each in project.appearances("sylvania")
    )


def test_a_decision_on_what_changed_meanwhile_is_told_so(project: Project, first: str) -> None:
    seen = project.position(first).revision
    project.decide(first, "accepted", expected=seen, origin=ANA)
    with pytest.raises(StaleWrite, match="look again"):
        project.decide(first, "rejected", expected=seen, origin=BEN)
    assert project.position(first).state == "accepted"


def test_verdicts_must_fit(project: Project, first: str) -> None:
    row = project.position(first)
    with pytest.raises(InvalidValue, match="needs corrected"):
        project.decide(first, "edited")
    with pytest.raises(InvalidValue, match="takes no corrected"):
        project.decide(first, "accepted", replacement=row.position)
    with pytest.raises(InvalidValue):
        project.decide(first, "added")
    with pytest.raises(NotFound):
        project.decide("p0000000000000000", "accepted")
    assert project.events(1)[0].kind == "read"


def test_a_batch_accepts_what_its_preview_counted(project: Project) -> None:
    wanted = PositionFilter(acts=("endorse",), min_score=0.6)
    n = project.count_positions(wanted)
    with pytest.raises(StaleWrite):
        project.decide_all(wanted, "accepted", expected=n + 1)
    assert project.decide_all(wanted, "accepted", expected=n) == n == 2
    assert project.count_positions(PositionFilter(states=("accepted",))) == 2
    assert project.events(1)[0].before == {"state": {"suggested": 2}}
    project.undo()
    assert project.count_positions(PositionFilter(states=("suggested",))) == 6
    project.redo()
    assert project.count_positions(PositionFilter(states=("accepted",))) == 2
    with pytest.raises(InvalidValue, match="nothing to decide"):
        project.decide_all(PositionFilter(acts=("meet",)), "accepted")


def test_a_list_of_positions_is_decided_on_whole_or_not_at_all(project: Project) -> None:
    ids = [row.id for row in project.positions()]
    with pytest.raises(NotFound, match="nothing was decided"):
        project.decide_many([*ids[:2], "nothing"], "rejected")
    assert project.count_positions() == 6
    assert project.decide_many(ids[:2], "rejected") == 2
    assert project.count_positions() == 4


def test_recoding_corrects_many_in_one_act(project: Project) -> None:
    ids = [row.id for row in project.positions()]
    assert project.recode_many(ids, act="refuse", origin=BEN) == 4
    assert {row.position.act for row in project.positions()} == {"refuse"}
    assert project.count_positions() == 6
    project.undo(origin=BEN)
    assert {row.position.act for row in project.positions()} == {"criticise", "endorse", "refuse", "warn"}
    assert {row.state for row in project.positions()} == {"suggested"}
    with pytest.raises(InvalidValue, match="cannot be recoded"):
        project.recode_many(ids, score=1.0)
    with pytest.raises(InvalidValue, match="nothing to recode"):
        project.recode_many(ids[:1], act="criticise")


def test_a_coders_last_word_counts_for_the_coder_alone(project: Project, first: str) -> None:
    project.decide(first, "accepted", origin=ANA)
    project.decide(first, "rejected", origin=BEN)
    assert [each.id for each in project.coding("note", coder="ana").positions] == [first]
    assert project.coding("note", coder="ben").positions == ()
