"""Two windows, a killed server, merged actors: nothing is lost and everybody sees the same."""

import signal

from playwright.sync_api import BrowserContext, Page, expect

from amity.project import Project
from tests.browser.served import Server, enter, recorded
from tests.browser.test_coding import DOCUMENT, states_of


def test_a_second_window_follows_and_a_stale_decision_is_refused(
    context: BrowserContext, page: Page, server: Server
) -> None:
    other = context.new_page()
    enter(page, server, DOCUMENT)
    enter(other, server, DOCUMENT)
    expect(other.locator(".progress")).to_contain_text("0 checked")
    # The other window hears nothing for a while, as on a slow network.
    other.route("**/api/changes*", lambda route: None)
    page.keyboard.press("r")
    expect(page.locator(".progress")).to_contain_text("1 checked")
    recorded(page)
    other.keyboard.press("a")
    expect(other.locator(".progress")).to_contain_text("1 checked")
    other.wait_for_timeout(600)
    after = states_of(server.project)
    assert after["rejected"] == 1
    assert "accepted" not in after


def test_a_second_window_shows_decisions_without_a_reload(
    context: BrowserContext, page: Page, server: Server
) -> None:
    other = context.new_page()
    enter(page, server, DOCUMENT)
    enter(other, server, DOCUMENT)
    expect(other.locator(".progress")).to_contain_text("0 checked")
    page.keyboard.press("a")
    expect(other.locator(".progress")).to_contain_text("1 checked")


def test_a_server_killed_during_a_write_loses_no_decision(page: Page, server: Server) -> None:
    enter(page, server, DOCUMENT)
    expect(page.get_by_role("region", name="The selected position")).to_be_visible()
    page.keyboard.press("a")
    expect(page.locator(".progress")).to_contain_text("1 checked")
    page.keyboard.press("r")
    server.end(signal.SIGKILL)
    page.keyboard.press("a")
    expect(page.get_by_role("alert")).to_contain_text("kept in this browser")
    expect(page.locator(".progress")).to_contain_text("3 checked")
    server.start()
    recorded(page, seconds=30)
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator(".progress")).to_contain_text("3 checked")
    after = states_of(server.project)
    assert (after["accepted"], after["rejected"]) == (2, 1)


def test_actors_are_merged_and_the_merge_is_undone(page: Page, server: Server) -> None:
    with Project.open(server.project) as project:
        rows = sorted(project.actors(), key=lambda row: -(row.n_held + row.n_towards))[:2]
    names = [row.actor.name for row in rows]
    enter(page, server, "/actors")
    expect(page.get_by_role("checkbox", name=f"Choose {names[0]}", exact=True)).to_be_visible()
    total = page.locator(".page-head").inner_text()
    for name in names:
        page.get_by_role("checkbox", name=f"Choose {name}", exact=True).check()
    page.get_by_role("button", name="Merge 2").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("undo takes it back")
    dialog.get_by_role("button", name="Merge", exact=True).click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".page-head")).not_to_have_text(total)
    with Project.open(server.project) as project:
        assert sum(row.actor.name in names for row in project.actors()) == 1
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(page.locator(".page-head")).to_contain_text(total.splitlines()[-1])
    with Project.open(server.project) as project:
        assert sum(row.actor.name in names for row in project.actors()) == 2
