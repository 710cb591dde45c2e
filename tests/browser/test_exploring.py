"""From the whole network down to one quotation, and search."""

import re

from playwright.sync_api import Page, expect

from tests.browser.served import Server, enter, until


def test_a_network_is_narrowed_down_to_one_quotation(page: Page, server: Server) -> None:
    enter(page, server, "/network")
    table = page.locator("details.tables")
    expect(table).to_contain_text("ties")
    everybody = int(re.findall(r"(\d+) ties", table.inner_text())[0])
    page.keyboard.press("f")
    panel = page.get_by_role("region", name="Filter")
    panel.get_by_role("checkbox", name="opposition").check()
    panel.get_by_role("checkbox", name="criticise").check()
    until(
        page,
        "most => Number(/([0-9]+) ties/.exec(document.querySelector('details.tables').innerText)?.[1] ?? most) < most",
        everybody,
    )
    page.keyboard.press("f")
    assert "polarities=-1" in page.url
    page.get_by_role("application").focus()
    page.keyboard.press("ArrowRight")
    side = page.get_by_role("complementary", name="What is chosen in the network")
    expect(side.get_by_role("heading", level=2)).to_be_visible()
    table.locator("summary").click()
    table.locator("tbody tr").first.get_by_role("button").click()
    quotation = side.locator("blockquote").first
    expect(quotation).to_be_visible()
    side.locator(".source a").first.click()
    card = page.get_by_role("region", name="The selected position")
    expect(card).to_be_visible()
    expect(card).to_contain_text("opposition")
    marked = page.locator(".block .on").first
    expect(marked).to_be_in_viewport()
    page.go_back()
    expect(page.get_by_role("heading", level=1, name="Network")).to_be_visible()
    assert "polarities=-1" in page.url


def test_time_moves_and_actors_stay_in_their_places(page: Page, server: Server) -> None:
    enter(page, server, "/network")
    expect(page.locator("svg .actor").first).to_be_visible()
    places = "() => Object.fromEntries([...document.querySelectorAll('svg .actor')].map(e => [e.dataset.actor, e.getAttribute('transform').split(')')[0]]))"
    whole = page.evaluate(places)
    page.locator(".slider select").select_option("2")
    until(page, "most => document.querySelectorAll('svg .actor').length < most", len(whole))
    part = page.evaluate(places)
    assert part
    assert all(whole[each] == place for each, place in part.items())
    page.get_by_role("button", name="Play").click()
    expect(page.locator("output")).to_contain_text("1962")
    expect(page.locator("output")).to_contain_text("1964")


def test_the_network_pans_and_zooms_without_drawing_anew(page: Page, server: Server) -> None:
    enter(page, server, "/network")
    stage = page.get_by_role("application")
    box = stage.bounding_box()
    assert box is not None
    before = page.locator(".stage > svg").evaluate("e => e.style.transform")
    page.mouse.move(box["x"] + 40, box["y"] + 40)
    page.mouse.down()
    page.mouse.move(box["x"] + 140, box["y"] + 90, steps=4)
    page.mouse.up()
    after = page.locator(".stage > svg").evaluate("e => e.style.transform")
    assert before != after
    width = page.locator(".stage > svg").evaluate("e => e.getBoundingClientRect().width")
    stage.focus()
    page.keyboard.press("+")
    until(
        page,
        "width => document.querySelector('.stage > svg').getBoundingClientRect().width > width * 1.2",
        width,
    )


def test_search_finds_words_and_opens_the_place(page: Page, server: Server) -> None:
    enter(page, server, "/search")
    page.keyboard.type("blockade")
    expect(page.locator("mark").first).to_have_text(re.compile("blockade", re.IGNORECASE))
    page.keyboard.press("Enter")
    page.keyboard.press("o")
    found = page.locator(".block .found").first
    expect(found).to_be_in_viewport()
    expect(found).to_have_text(re.compile("blockade", re.IGNORECASE))


def test_every_list_carries_the_filter_along(page: Page, server: Server) -> None:
    enter(page, server, "/matrix?acts=criticise&since=1963")
    for title in ("Timeline", "Network", "Positions"):
        page.get_by_role("navigation", name="Pages").get_by_role("link", name=title).click()
        expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()
        assert "acts=criticise" in page.url
        assert "since=1963" in page.url
    page.get_by_role("button", name="Remove the condition: act criticise").click()
    assert "acts" not in page.url
