"""A team in the browser: who codes what, how far two agree, and how a third settles what differs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from amity.model import Origin
from amity.project import Project
from tests.browser.served import Server, enter
from tests.browser.test_quality import AXE, settle, violations

DOCUMENT = "1963-courier-blockade"
ADJUDICATE = f"/adjudicate/{DOCUMENT}?left=ben&right=cem"


@pytest.fixture
def coded_twice(project_path: Path) -> Iterator[Server]:
    """Ben and Cem accepted the first position; each read the second otherwise; only Ben has the third."""
    project = Project.open(project_path)
    for name in ("ben", "cem"):
        project.team.set_coder(name, role="coder")
        project.team.assign([DOCUMENT], name, blind=True)
    first, second, third = project.coding(DOCUMENT).positions[:3]
    ben, cem = Origin("coder:ben"), Origin("coder:cem")
    project.decide(first.id, "accepted", origin=ben)
    project.decide(first.id, "accepted", origin=cem)
    project.decide(second.id, "accepted", origin=ben)
    other = replace(second, act="warn" if second.act != "warn" else "call")
    project.add_position(other, origin=cem)
    project.decide(third.id, "accepted", origin=ben)
    project.close()
    served = Server(project_path)
    served.start()
    yield served
    served.end()


def test_a_coder_is_added_promoted_and_given_a_document(page: Page, server: Server) -> None:
    enter(page, server, "/team")
    page.get_by_label("Name of a new coder").fill("dora")
    page.get_by_role("button", name="Add coder").click()
    role = page.get_by_label("Role of dora")
    expect(role).to_have_value("coder")
    role.select_option("adjudicator")
    page.get_by_label("Documents to assign").select_option(DOCUMENT)
    page.get_by_label("Give to").select_option("dora")
    page.get_by_role("button", name="Assign").click()
    expect(page.get_by_role("row", name="dora").filter(has_text="hidden (blind)")).to_contain_text("open")
    page.reload()
    expect(page.get_by_label("Role of dora")).to_have_value("adjudicator")


def test_agreement_says_what_it_rests_on_and_what_was_dropped(page: Page, coded_twice: Server) -> None:
    enter(page, coded_twice, "/team")
    page.get_by_label("Left coder").select_option("ben")
    page.get_by_label("Right coder").select_option("cem")
    section = page.get_by_role("region", name="Agreement")
    expect(section).to_contain_text("Both coded 1 document")
    expect(section).to_contain_text("Coder-to-coder F1")
    expect(section).to_contain_text("Dropped: 1 position")
    assert "left=ben" in page.url
    section.get_by_role("link", name="Adjudicate").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Adjudication")
    assert "right=cem" in page.url


def test_differences_are_settled_by_key_and_can_be_undone(page: Page, coded_twice: Server) -> None:
    enter(page, coded_twice, ADJUDICATE)
    table = page.get_by_role("table")
    for words in ("= all agree", "≠ disagree", "incomplete: only left"):
        expect(table).to_contain_text(words)
    row = page.get_by_role("row").filter(has_text="≠ disagree")
    row.get_by_role("button").click()
    page.keyboard.press("2")
    expect(row.get_by_role("cell").nth(2)).to_contain_text("now ✕ rejected")
    expect(row.get_by_role("cell").nth(3)).to_contain_text("now ✓ accepted")
    page.keyboard.press("u")
    expect(row.get_by_role("cell").nth(2)).not_to_contain_text("rejected")
    only = page.get_by_role("row").filter(has_text="incomplete: only left")
    only.get_by_role("button").click()
    page.keyboard.press("3")
    expect(only.get_by_role("cell").nth(2)).to_contain_text("now ✕ rejected")
    only.get_by_role("button").click()
    page.keyboard.press("e")
    expect(page.get_by_role("complementary", name="Positions of this document")).to_be_visible()


def test_memos_and_flags_stay_with_the_document(page: Page, server: Server) -> None:
    enter(page, server, f"/documents/{DOCUMENT}")
    page.get_by_role("button", name="About").click()
    page.get_by_label("New flag").fill("ask the archive")
    page.get_by_role("button", name="Add flag").click()
    page.get_by_label("New memo").fill("The second page is missing.")
    page.get_by_role("button", name="Add memo").click()
    expect(page.get_by_role("region", name="Memos")).to_contain_text("The second page is missing.")
    page.reload()
    page.get_by_role("button", name="About").click()
    expect(page.get_by_role("region", name="Flags")).to_contain_text("ask the archive")
    expect(page.get_by_role("region", name="Memos")).to_contain_text("ana")


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: python frontend/run.py ci")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_on_the_team_pages(browser: Browser, coded_twice: Server, theme: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=theme)
    page = context.new_page()
    enter(page, coded_twice)
    found = {}
    for path in ("/team?left=ben&right=cem", ADJUDICATE):
        page.goto(coded_twice.address + path)
        settle(page)
        found[path] = violations(page)
    page.goto(f"{coded_twice.address}/documents/{DOCUMENT}")
    settle(page)
    page.get_by_role("button", name="About").click()
    expect(page.get_by_role("region", name="Memos")).to_be_visible()
    found["about"] = violations(page)
    context.close()
    assert {path: each for path, each in found.items() if each} == {}
