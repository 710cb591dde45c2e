"""Every page: accessible in both themes, within the window, printed, small, and silent towards the network."""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import INDEX
from tests.browser.served import Server, enter

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/documents", "/documents/1963-courier-blockade", "/positions", "/search?q=blockade", "/network", "/matrix", "/timeline",
    "/actors", "/measures", "/history", "/codebook", "/team", "/report", "/nowhere",
)  # fmt: skip
MOST_BYTES = 200 * 1024


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate("async () => (await axe.run()).violations")
    return [f"{each['id']}: {json.dumps([node['target'] for node in each['nodes']][:4])}" for each in found]


def settle(page: Page) -> None:
    """Wait until the page has its data."""
    expect(page.get_by_role("heading", level=1).first).to_be_visible()
    expect(page.locator("main [role=status]", has_text="…")).to_have_count(0)
    page.wait_for_timeout(300)


@pytest.mark.skipif(not AXE.exists(), reason="needs axe-core: python frontend/run.py ci")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_violation_on_any_page(browser: Browser, server: Server, theme: Any) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800}, color_scheme=theme)
    page = context.new_page()
    enter(page, server)
    actor = page.evaluate("fetch('/api/actors').then(r => r.json()).then(rows => rows[0].id)")
    found = {}
    for path in (*PAGES, f"/actors/{actor}"):
        page.goto(server.address + path)
        settle(page)
        found[path] = violations(page)
    page.goto(f"{server.address}/documents/1963-courier-blockade")
    settle(page)
    page.keyboard.press("e")
    expect(page.get_by_role("form")).to_be_visible()
    found["form"] = violations(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("f")
    expect(page.get_by_role("region", name="Filter")).to_be_visible()
    found["filter"] = violations(page)
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    found["keys"] = violations(page)
    context.close()
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("width", [1280, 820])
def test_no_page_is_wider_than_the_window(page: Page, server: Server, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    enter(page, server)
    wide = {}
    for path in PAGES:
        page.goto(server.address + path)
        settle(page)
        excess = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if excess > 0:
            wide[path] = excess
    assert wide == {}


def test_a_document_prints_with_its_text_and_without_controls(page: Page, server: Server) -> None:
    enter(page, server, "/documents/1963-courier-blockade")
    settle(page)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.get_by_role("complementary", name="Positions of this document")).to_be_hidden()
    assert page.locator(".scroller").evaluate("e => getComputedStyle(e).overflowY") == "visible"
    assert len(page.pdf()) > 10_000


def test_the_theme_follows_the_system_until_it_is_chosen(page: Page, server: Server) -> None:
    page.emulate_media(color_scheme="dark")
    enter(page, server)
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    page.keyboard.press("t")
    page.reload()
    settle(page)
    assert page.evaluate("document.documentElement.dataset.theme") == "light"


def test_the_page_weighs_at_most_200_kilobytes_compressed() -> None:
    files = [path for path in INDEX.parent.rglob("*") if path.is_file()]
    weight = sum(len(gzip.compress(path.read_bytes())) for path in files)
    assert 0 < weight <= MOST_BYTES
    html = INDEX.read_text(encoding="utf-8")
    assert "<style" not in html
    assert "style=" not in html
    assert "http" not in html.replace("http-equiv", "")


def test_a_page_opened_without_the_token_says_what_to_do(page: Page, server: Server) -> None:
    page.goto(server.address)
    expect(page.get_by_role("alert")).to_contain_text("amity serve")
