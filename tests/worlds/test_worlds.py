"""The worlds hold what their names say."""

import pytest

from tests.worlds import World, load_worlds

WORLDS = load_worlds()


@pytest.mark.parametrize("world", WORLDS, ids=[world.name for world in WORLDS])
def test_a_world_is_short_and_each_cue_lies_in_its_evidence(world: World) -> None:
    assert world.document.id == world.name
    assert world.note.endswith(".")
    assert len(world.document.text.split()) < 60
    for position in world.coding.positions:
        assert any(
            part.start <= position.cue.start and position.cue.end <= part.end for part in position.evidence
        )


def test_every_rule_of_the_codebook_has_a_world() -> None:
    rules = {world.name.split("-")[0] for world in WORLDS}
    assert {f"rule{number:02d}" for number in range(1, 23)} <= rules


def test_the_reported_culprit_gets_no_sign_from_the_reporter() -> None:
    (world,) = (each for each in WORLDS if each.name == "rule04-nested-report")
    (position,) = world.coding.positions
    assert (position.holders, position.targets, position.via) == (("be",), ("do2",), ("np", "mi"))
