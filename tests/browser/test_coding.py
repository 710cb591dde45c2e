"""Checking and coding a document by keyboard alone."""

from pathlib import Path

from playwright.sync_api import Page, expect

from amity.model import PositionFilter
from amity.project import Project
from tests.browser.served import Server, enter, recorded, until

DOCUMENT = "/documents/1963-courier-blockade"


def states_of(path: Path) -> dict[str, int]:
    """Return how many positions of the project are in each state, as the file says."""
    with Project.open(path) as project:
        return {name: count for name, count in project.summary().positions_by_state.items() if count}


def progress(page: Page) -> str:
    """Return the header's words on how far the document is."""
    return page.locator(".progress").inner_text()


def test_accept_and_reject_move_on_and_are_recorded_at_once(page: Page, server: Server) -> None:
    before = states_of(server.project)
    enter(page, server, DOCUMENT)
    card = page.get_by_role("region", name="The selected position")
    first = card.locator(".sentence").first.inner_text()
    page.keyboard.press("a")
    expect(card.locator(".sentence").first).not_to_have_text(first)
    page.keyboard.press("r")
    expect(page.locator(".progress")).to_contain_text("2 checked")
    recorded(page)
    after = states_of(server.project)
    assert after["accepted"] == 1
    assert after["rejected"] == 1
    assert after["suggested"] == before["suggested"] - 2


def test_edit_by_keyboard_replaces_the_position_and_keeps_the_suggestion(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    expect(page.get_by_role("region", name="The selected position")).to_be_visible()
    page.keyboard.press("e")
    form = page.get_by_role("form", name="Edit the position")
    expect(form.get_by_role("combobox", name="Holders")).to_be_focused()
    form.get_by_label("Act", exact=True).focus()
    page.keyboard.type("warn")
    page.keyboard.press("Control+Enter")
    expect(form).to_be_hidden()
    recorded(page)
    with Project.open(server.project) as project:
        edited = project.positions(
            PositionFilter(documents=("1963-courier-blockade",), states=("edited",)), limit=9
        )
        kept = [row for row in edited if row.position.act == "warn"]
        assert len(kept) == 1
        assert project.decisions(kept[0].id) or kept[0].replaces is not None


def test_a_position_is_added_from_words_selected_by_key(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    expect(page.get_by_role("region", name="The selected position")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".block .cursor").first).to_be_visible()
    chosen = "".join(page.locator(".block .cursor").all_inner_texts())
    assert len(chosen.split()) == 3
    page.keyboard.press("n")
    form = page.get_by_role("form", name="New position")
    expect(form).to_be_visible()
    form.get_by_role("combobox", name="Targets").focus()
    page.keyboard.type("meldora")
    page.keyboard.press("Enter")
    form.get_by_label("Concept", exact=True).focus()
    page.keyboard.type("grain by rail")
    page.keyboard.press("Escape")
    page.keyboard.press("-")
    page.keyboard.press("Enter")
    expect(form).to_be_hidden()
    expect(page.get_by_role("region", name="The selected position")).to_contain_text("grain by rail")
    with Project.open(server.project) as project:
        [row] = project.positions(PositionFilter(states=("added",)))
        assert row.position.evidence[0].exact == chosen
        assert row.position.concept == "grain by rail"
        assert row.position.polarity == -1
        assert any("Meldora" in project.actor(each).name for each in row.position.targets)
        assert row.position.origin is not None
        assert row.position.origin.agent == "coder:ana"


def test_evidence_grows_by_key_and_is_recorded_when_the_keys_rest(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    expect(page.get_by_role("region", name="The selected position")).to_be_visible()
    page.wait_for_timeout(400)
    before = len("".join(page.locator(".block .on").all_inner_texts()))
    page.keyboard.press("]")
    page.keyboard.press("]")
    until(
        page,
        "before => [...document.querySelectorAll('.block .on')].map(e => e.textContent).join('').length > before",
        before,
    )
    expect(page.locator(".progress")).to_contain_text("1 checked")
    recorded(page)
    assert states_of(server.project)["edited"] == 1


def test_undo_reaches_across_a_restart_of_the_server(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    expect(page.get_by_role("region", name="The selected position")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".progress")).to_contain_text("1 checked")
    recorded(page)
    server.restart()
    enter(page, server, DOCUMENT)
    expect(page.locator(".progress")).to_contain_text("1 checked")
    page.keyboard.press("u")
    expect(page.locator(".progress")).to_contain_text("0 checked")
    assert "accepted" not in states_of(server.project)
    page.keyboard.press("Shift+U")
    expect(page.locator(".progress")).to_contain_text("1 checked")
    assert states_of(server.project)["accepted"] == 1


def test_the_queue_is_worked_through_by_key(page: Page, server: Server) -> None:
    enter(page, server, "/positions?order=uncertainty")
    card = page.get_by_role("region", name="The selected position")
    expect(card).to_be_visible()
    for key in "arsa":
        text = page.locator("section.front").inner_text()
        page.keyboard.press(key)
        until(page, "text => document.querySelector('section.front').innerText !== text", text)
    recorded(page)
    after = states_of(server.project)
    assert (after["accepted"], after["rejected"]) == (2, 1)


def test_every_page_is_reached_by_key_and_the_sheet_lists_the_keys(page: Page, server: Server) -> None:
    enter(page, server)
    for keys, title in (
        ("gd", "Documents"), ("gp", "Positions"), ("gn", "Network"), ("gx", "Matrix"), ("gt", "Timeline"), ("ga", "Actors"),
        ("gm", "Measures"), ("gh", "History"), ("gc", "Codebook"), ("gw", "Team"), ("gr", "Report"),
    ):  # fmt: skip
        page.keyboard.type(keys)
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
    page.keyboard.press("?")
    sheet = page.get_by_role("dialog", name="Keys")
    expect(sheet).to_contain_text("Next suggestion nobody has checked")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox", name="Words to look for")).to_be_focused()


def test_the_history_of_a_position_restores_what_stood_before(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    card = page.get_by_role("region", name="The selected position")
    before = card.locator(".sentence").first.inner_text()
    page.keyboard.press("e")
    form = page.get_by_role("form", name="Edit the position")
    form.get_by_label("Concept", exact=True).fill("another matter")
    page.keyboard.press("Control+Enter")
    expect(card).to_contain_text("another matter")
    recorded(page)
    page.keyboard.press("h")
    expect(card.locator(".change").first).to_contain_text("another matter")
    card.get_by_role("button", name="Restore this").first.click()
    expect(card.locator(".sentence").first).to_have_text(before)
    recorded(page)
    assert states_of(server.project)["edited"] == 1
