"""How quick the workbench is in a browser: opening a long document, a key press, panning a large network, page weight.

Prints one table; nothing is asserted. Needs Debian's Chromium, which draws with software here.
"""

import gzip
import random
import shutil
import statistics
import sys
import tempfile
import time
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from amity.model import Actor, Coding, Document, Mention, Origin, Position, position_id
from amity.project import Project

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parent))

from tests.browser.served import ARGUMENTS, CHROMIUM, TOKEN, Server

from _machine import describe_machine, print_table

CHARACTERS = 200_000
POSITIONS = 4_000
ACTORS = 300
TIES = 2_000
KEYS = 60
READER = Origin("reader:bench", "1")
WORDS = "the council of ministers spoke at length about grain ships and the river before it rose".split()

# Notes when the text can first be read, and when a key press has become visible.
WATCH = """
window.seen = {readable: null, keys: []};
let pressed = null;
addEventListener("keydown", event => { pressed = event.timeStamp; }, true);
const look = () => requestAnimationFrame(() => {
  if (window.seen.readable === null && document.querySelector(".block .marked")) window.seen.readable = performance.now();
});
new MutationObserver(() => {
  look();
  if (pressed === null || !document.querySelector(".block .on")) return;
  const since = pressed;
  pressed = null;
  requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.seen.keys.push(performance.now() - since);
    channel.port2.postMessage(0);
  });
}).observe(document, {subtree: true, childList: true, attributes: true, attributeFilter: ["class"]});
"""


def actors(count: int) -> tuple[Actor, ...]:
    """Return invented actors."""
    return tuple(Actor(f"a{place}", f"Republic of Land {place}", "state") for place in range(count))


def long_document(seed: int = 1) -> tuple[Document, Coding]:
    """Return a document of 200,000 characters with 4,000 positions."""
    dice = random.Random(seed)
    parts: list[str] = []
    size = 0
    while size < CHARACTERS:
        sentence = " ".join(dice.choices(WORDS, k=dice.randint(8, 22))).capitalize() + "."
        sentence += "\n\n" if dice.random() < 0.2 else " "
        parts.append(sentence)
        size += len(sentence)
    text = "".join(parts)[:CHARACTERS]
    document = Document("long", text, title="Proceedings", date="1961-05-02", kind="record")
    known = actors(40)
    positions, mentions = [], []
    for place in range(POSITIONS):
        start = min(int(place * CHARACTERS / POSITIONS) + dice.randint(0, 30), CHARACTERS - 200)
        positions.append(
            made(document, start, start + dice.randint(20, 160), dice.sample(known, 2), dice.choice((1, -1)))
        )
        mentions.append(Mention(document.span(start, start + 8), dice.choice(known).id, "nominal"))
    return document, Coding(
        document.id, known, (known[0].id,), (), tuple(dict.fromkeys(mentions)), tuple(unique(positions))
    )


def wide_network(seed: int = 2) -> list[tuple[Document, Coding]]:
    """Return documents whose positions tie 300 actors by 2,000 ties."""
    dice = random.Random(seed)
    known = actors(ACTORS)
    pairs: set[tuple[int, int]] = set()
    while len(pairs) < TIES:
        source, target = dice.randrange(ACTORS), dice.randrange(ACTORS)
        if source != target:
            pairs.add((source, target))
    text = " ".join(f"Land {source} speaks of land {target}." for source, target in sorted(pairs))
    document = Document("wide", text, title="Ties", date="1962", kind="record")
    positions = []
    place = 0
    for source, target in sorted(pairs):
        sentence = f"Land {source} speaks of land {target}."
        start = text.index(sentence, place)
        place = start + len(sentence)
        sign = 1 if (source % 3 == target % 3) == (dice.random() < 0.85) else -1
        positions.append(made(document, start, place, [known[source], known[target]], sign))
    return [(document, Coding(document.id, known, (), (), (), tuple(unique(positions))))]


def made(document: Document, start: int, end: int, pair: list[Actor], sign: int) -> Position:
    """Return a position of one actor towards another."""
    evidence, cue = document.span(start, end), document.span(start, start + 6)
    act = "endorse" if sign > 0 else "criticise"
    identity = position_id(
        document.id, holders=(pair[0].id,), targets=(pair[1].id,), concept=None, act=act, polarity=sign, agreement=None,
        cue=(cue.start, cue.end), evidence=((start, end),),
    )  # fmt: skip
    return Position(
        identity, document.id, (pair[0].id,), act, (evidence,), cue, targets=(pair[1].id,), polarity=sign, origin=READER, score=0.7
    )  # fmt: skip


def unique(positions: list[Position]) -> list[Position]:
    """Return the positions without those that have another's id."""
    return list({each.id: each for each in positions}.values())


def measure_document(page: Page, server: Server) -> list[tuple[str, str, str]]:
    """Return how soon the long document is readable, and a key press visible."""
    page.goto(f"{server.address}/documents/long")
    while page.evaluate("window.seen.readable") is None:
        page.wait_for_timeout(20)
    readable = page.evaluate("window.seen.readable")
    page.wait_for_timeout(1500)
    page.evaluate("window.seen.keys.length = 0")
    for place in range(KEYS):
        page.keyboard.press("a" if place % 10 == 9 else "j")
        page.wait_for_timeout(60)
    keys = sorted(page.evaluate("window.seen.keys"))
    return [
        (f"open {CHARACTERS:,} characters, {POSITIONS:,} positions, until readable", f"{readable:.0f} ms", "1,500 ms"),
        (f"key press to visible change, median of {len(keys)}", f"{statistics.median(keys):.1f} ms", "16 ms"),
        ("key press to visible change, 95th percentile", f"{keys[int(0.95 * (len(keys) - 1))]:.1f} ms", "16 ms"),
    ]  # fmt: skip


def measure_network(page: Page, server: Server) -> list[tuple[str, str, str]]:
    """Return how many frames a second are drawn while the network is panned."""
    page.goto(f"{server.address}/network?blocs=0")
    page.wait_for_selector("svg .actor")
    page.wait_for_timeout(1500)
    drawn = page.evaluate(
        "[document.querySelectorAll('svg .actor').length, document.querySelectorAll('svg .tie').length]"
    )
    box = page.locator(".stage").bounding_box()
    if box is None:
        raise RuntimeError("the network has no place on the page")
    page.mouse.move(box["x"] + 300, box["y"] + 300)
    page.mouse.down()
    page.evaluate(
        "() => { window.frames_seen = []; const step = at => { window.frames_seen.push(at); requestAnimationFrame(step); }; requestAnimationFrame(step); }"
    )
    begin = time.monotonic()
    place = 0
    while time.monotonic() - begin < 3:
        place += 1
        page.mouse.move(box["x"] + 300 + 3 * (place % 60), box["y"] + 300 + 2 * (place % 60))
    page.mouse.up()
    stamps = page.evaluate("window.frames_seen")
    gaps = sorted(b - a for a, b in pairwise(stamps))
    return [
        (f"pan {drawn[0]} actors and {drawn[1]} ties, frames a second", f"{1000 * len(gaps) / sum(gaps):.0f}", "30"),
        ("slowest frame but 5 % while panning", f"{gaps[int(0.95 * (len(gaps) - 1))]:.0f} ms", "33 ms"),
    ]  # fmt: skip


def page_weight() -> tuple[str, str, str]:
    """Return the weight of all built files."""
    static = Path(str(files("amity.web"))) / "static"
    weight = sum(len(gzip.compress(path.read_bytes())) for path in static.rglob("*") if path.is_file())
    return ("page weight, compressed", f"{weight / 1024:.0f} KiB", "200 KiB")


def measured(browser: Browser, path: Path) -> list[tuple[str, str, str]]:
    """Return all rows of the table."""
    server = Server(path)
    server.start()
    try:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(f"{server.address}/?token={TOKEN}")
        page.wait_for_timeout(500)
        return [*measure_document(page, server), *measure_network(page, server), page_weight()]
    finally:
        server.end()


def main() -> None:
    """Build the project, measure, print."""
    if not CHROMIUM.exists():
        print(f"skipped: needs {CHROMIUM}")
        return
    folder = Path(tempfile.mkdtemp(prefix="amity-bench-"))
    try:
        path = folder / "bench.amity"
        project = Project.create(path, name="Bench")
        project.add_read([long_document(), *wide_network()], origin=READER)
        project.close()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
            rows = measured(browser, path)
            browser.close()
    finally:
        shutil.rmtree(folder)
    print(describe_machine())
    print_table("The workbench in a browser, drawn by software", rows)


if __name__ == "__main__":
    main()
