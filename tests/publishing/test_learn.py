import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from amity.cli import main
from amity.errors import InvalidValue
from amity.model import Actor, Coding, Document, Origin, Position, PositionFilter, position_id
from amity.project import Project
from amity.publishing.learn import learn

READER = Origin("reader:rules", "1")
ACTORS = (Actor("freedonia", "Freedonia", "state"), Actor("sylvania", "Sylvania", "state"))


def read(number: int) -> tuple[Document, Coding]:
    """A document with two suggestions: "notes" is never a position there, "condemns" always is."""
    text = f"Paper {number}. Freedonia condemns Sylvania. Freedonia notes Sylvania."
    document = Document(f"d{number:02d}", text, title=f"Paper {number}", date="1951-03-02", kind="note")
    positions = []
    for cue in ("condemns", "notes"):
        words = f"Freedonia {cue} Sylvania"
        start = text.index(words)
        at = text.index(cue)
        evidence, mark = document.span(start, start + len(words)), document.span(at, at + len(cue))
        identity = position_id(
            document.id,
            holders=("freedonia",),
            targets=("sylvania",),
            concept=None,
            act="criticise",
            polarity=-1,
            agreement=None,
            cue=(mark.start, mark.end),
            evidence=((evidence.start, evidence.end),),
        )
        positions.append(
            Position(
                identity,
                document.id,
                ("freedonia",),
                "criticise",
                (evidence,),
                mark,
                targets=("sylvania",),
                polarity=-1,
                score=0.6,
            )
        )
    return document, Coding(document.id, ACTORS, issuers=("freedonia",), positions=tuple(positions))


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with Project.create(tmp_path / "p.amity", coder="ana") as project:
        project.add_read([read(number) for number in range(16)], origin=READER)
        yield project
        assert project.verify() == []


def check(project: Project, n: int = 12) -> None:
    """Accept "condemns" and reject "notes" in the first documents."""
    for row in project.positions(PositionFilter(documents=tuple(f"d{number:02d}" for number in range(n)))):
        project.decide(row.id, "accepted" if row.position.cue.exact == "condemns" else "rejected")


def unchecked(project: Project, order: str = "document") -> list[tuple[str, float, float | None]]:
    rows = project.positions(PositionFilter(states=("suggested",)), order=order)  # type: ignore[arg-type]
    return [(row.position.cue.exact, row.position.score, row.learned_score) for row in rows]


def test_a_systematic_error_is_learned_and_first_scores_stay(project: Project) -> None:
    check(project)
    result = learn(project)
    assert result.kept
    assert (result.layer.right, result.layer.wrong) == (12, 12)
    for cue, first, learned in unchecked(project):
        assert first == 0.6
        assert learned is not None
        assert (learned > 0.7) if cue == "condemns" else (learned < 0.3)


def test_filters_orders_and_networks_use_what_was_learned(project: Project) -> None:
    check(project)
    assert project.count_positions(PositionFilter(min_score=0.5)) == 12 + 8
    learn(project)
    assert project.count_positions(PositionFilter(min_score=0.5)) == 12 + 4
    assert [cue for cue, _, _ in unchecked(project, "score")] == ["condemns"] * 4 + ["notes"] * 4
    scores = project.columns(PositionFilter(min_score=project.default_min_score)).score
    assert len(scores) == 12 + 4


def test_undo_takes_it_back_and_redo_brings_it_again(project: Project) -> None:
    check(project)
    before = unchecked(project)
    learn(project)
    learned, least = unchecked(project), project.default_min_score
    assert project.undo().summary
    assert unchecked(project) == before
    assert project.default_min_score == 0.5
    project.redo()
    assert (unchecked(project), project.default_min_score) == (learned, least)


def test_what_is_read_later_is_scored_too_and_decisions_stay(project: Project) -> None:
    check(project)
    learn(project)
    decided = [
        (row.id, row.state, row.revision)
        for row in project.positions(PositionFilter(states=("accepted", "rejected")))
    ]
    project.add_read([read(number) for number in (3, 40)], origin=replace(READER, version="2"))
    new = project.positions(PositionFilter(documents=("d40",)))
    assert [row.learned_score is not None and row.learned_score > 0.5 for row in new] == [True, False]
    again = [
        (row.id, row.state, row.revision)
        for row in project.positions(PositionFilter(states=("accepted", "rejected")))
    ]
    assert again == decided


def test_another_process_sees_it(project: Project) -> None:
    check(project)
    learn(project)
    with Project.open(project.path) as other:
        assert unchecked(other) == unchecked(project)


def test_an_edit_counts_as_right_only_where_actors_act_and_sign_stay(project: Project) -> None:
    rows = project.positions(PositionFilter(documents=("d00", "d01")))
    project.decide(rows[0].id, "edited", replacement=replace(rows[0].position, concept="dam"))
    project.decide(rows[2].id, "edited", replacement=replace(rows[2].position, act="endorse", polarity=1))
    suggestions, right, added = project.judged_suggestions()
    assert [each.document for each in suggestions] == ["d00", "d01"]
    assert (right, added) == ([True, False], 0)


def test_added_positions_count_in_recall(project: Project) -> None:
    check(project)
    first = project.positions(PositionFilter(documents=("d00",)))[0].position
    project.add_position(replace(first, act="warn"))
    layer = learn(project).layer
    assert layer.added == 1
    assert layer.recall == pytest.approx(12 / 13)


def test_too_few_decisions_are_refused_and_nothing_is_kept(project: Project) -> None:
    check(project, 3)
    with pytest.raises(InvalidValue, match="6 suggestions are decided"):
        learn(project)
    assert project.settings.get("learned") is None


def test_what_does_not_help_is_not_kept_unless_asked_for(project: Project) -> None:
    for number, row in enumerate(
        project.positions(PositionFilter(documents=tuple(f"d{n:02d}" for n in range(12))))
    ):
        # By document, so that nothing that a suggestion shows tells right from wrong.
        project.decide(row.id, "accepted" if (number // 2) % 5 < 3 else "rejected")
    result = learn(project)
    assert result.kept == result.layer.comparison.helped
    assert learn(project, keep_anyway=True).kept
    assert project.settings.get("learned") is not None


def test_the_command_says_whether_it_helped(project: Project) -> None:
    check(project)
    path = str(project.path)
    shown = CliRunner().invoke(main, ["learn", path])
    assert shown.exit_code == 0, shown.output
    assert "24 decisions (12 right, 12 wrong" in shown.output
    assert "kept; amity undo takes it back" in shown.output
    found = json.loads(CliRunner().invoke(main, ["learn", path, "--json"]).stdout)
    assert found["kept"]
    assert found["comparison"]["log_loss"][1] < found["comparison"]["log_loss"][0]
    refused = CliRunner().invoke(main, ["learn", path, "--least", "500"])
    assert refused.exit_code == 2


def test_review_by_influence_lists_unchecked_evidence_first(project: Project) -> None:
    check(project, 2)
    rows = project.positions(order="influence")
    states = [row.state for row in rows]
    assert states == ["suggested"] * 28 + ["accepted"] * 2
    page = project.positions(order="influence", limit=3, offset=2)
    assert [row.id for row in page] == [row.id for row in rows[2:5]]
    listed = CliRunner().invoke(main, ["positions", str(project.path), "--order", "influence", "--json"])
    assert [each["id"] for each in json.loads(listed.stdout)] == [row.id for row in rows]
