"""Publishing: a site that opens from disk, figures, and checking both."""

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from tests.cli.conftest import run, run_json


class Page(HTMLParser):
    """Ids, links and texts of a page."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.words = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in ("href", "src") and value:
                self.links.append(value)

    def handle_data(self, data: str) -> None:
        self.words += data


@pytest.fixture(scope="module")
def site(read_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site") / "site"
    run(
        "publish",
        read_sample / "sample.amity",
        "--out",
        folder,
        "--licence",
        "CC BY 4.0",
        "--creator",
        "A. Coder",
    )
    return folder


def test_every_link_leads_to_a_place_in_the_site(site: Path) -> None:
    pages = {path.resolve(): Page(path) for path in site.rglob("*.html")}
    checked = 0
    for path, page in pages.items():
        assert not page.tags & {"script", "iframe", "img"}
        for link in page.links:
            file, place = urldefrag(unquote(link))
            target = (path.parent / file).resolve() if file else path
            assert target.is_relative_to(site.resolve()), link
            assert target.exists(), f"{path.name}: {link}"
            if place:
                assert place in pages[target].ids, f"{path.name}: {link}"
            checked += 1
    assert checked > 300


def test_a_tie_leads_to_its_words_in_the_document(site: Path, read_sample: Path) -> None:
    position = next(
        each
        for each in run_json("positions", read_sample / "sample.amity", "--polarity", "opposition")
        if each["targets"] and set(each["targets"]) != set(each["holders"])
    )
    documents = [Page(path) for path in (site / "documents").glob("*.html")]
    assert any(
        position["id"] in page.ids and all(words in page.words for words in position["words"])
        for page in documents
    )


def test_metadata_says_what_it_is(site: Path) -> None:
    import json

    schema = json.loads((site / "data" / "schema.org.json").read_text(encoding="utf-8"))
    assert (schema["@type"], schema["license"], schema["creator"]) == ("Dataset", "CC BY 4.0", "A. Coder")
    assert schema["temporalCoverage"] == "1961-03-14/1967-02-11"


def test_a_site_is_checked_and_a_change_is_found(site: Path, read_sample: Path, tmp_path: Path) -> None:
    assert run_json("verify", site)["problems"] == []
    copy = tmp_path / "copy"
    run("publish", read_sample / "sample.amity", "--out", copy)
    (copy / "methods.html").write_text("changed", encoding="utf-8")
    (copy / "style.css").unlink()
    (copy / "more.html").write_text("", encoding="utf-8")
    assert run_json("verify", copy, code=1)["problems"] == [
        "methods.html was changed after it was published",
        "style.css is missing",
        "more.html was added after publication",
    ]


def test_publishing_again_replaces_the_site_and_gives_the_same_bytes(
    read_sample: Path, tmp_path: Path
) -> None:
    for _ in range(2):
        run("publish", read_sample / "sample.amity", "--out", tmp_path / "one")
    run("publish", read_sample / "sample.amity", "--out", tmp_path / "two")
    names = sorted(
        str(path.relative_to(tmp_path / "one")) for path in (tmp_path / "one").rglob("*") if path.is_file()
    )
    assert names == sorted(
        str(path.relative_to(tmp_path / "two")) for path in (tmp_path / "two").rglob("*") if path.is_file()
    )
    assert [
        name
        for name in names
        if (tmp_path / "one" / name).read_bytes() != (tmp_path / "two" / name).read_bytes()
        and not name.endswith((".gexf", ".amity-site.json"))
    ] == []


def test_a_folder_with_other_things_is_refused(read_sample: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    assert "did not publish" in run("publish", read_sample / "sample.amity", "--out", tmp_path, code=2).output
    assert (tmp_path / "mine.txt").read_text(encoding="utf-8") == "mine"


def test_quotations_only_and_no_texts_publish_no_documents(read_sample: Path, tmp_path: Path) -> None:
    run("publish", read_sample / "sample.amity", "--out", tmp_path / "q", "--texts", "quotations")
    run("publish", read_sample / "sample.amity", "--out", tmp_path / "n", "--texts", "none")
    for name in ("q", "n"):
        assert not (tmp_path / name / "documents").exists()
        assert not (tmp_path / name / "data" / "codings").exists()
    assert any(
        "<blockquote" in path.read_text(encoding="utf-8")
        for path in (tmp_path / "q" / "actors").glob("*.html")
    )
    assert not any(
        "<blockquote" in path.read_text(encoding="utf-8")
        for path in (tmp_path / "n" / "actors").glob("*.html")
    )


def test_what_is_left_out_and_held_back_is_not_there(read_sample: Path, tmp_path: Path) -> None:
    run(
        "publish",
        read_sample / "sample.amity",
        "--out",
        tmp_path / "s",
        "--leave-out",
        "harvest-party",
        "--hold-back",
        "1963-hadrel-assembly",
    )
    names = {path.name for path in (tmp_path / "s").rglob("*.html")}
    assert "harvest-party.html" not in names
    assert not (tmp_path / "s" / "documents" / "1963-hadrel-assembly.html").exists()
    actors = Page(tmp_path / "s" / "actors.html")
    assert "Harvest Party" not in actors.words


@pytest.mark.parametrize("kind", ["network", "matrix", "timeline"])
@pytest.mark.parametrize("ending", [".svg", ".pdf", ".png"])
def test_figures_are_drawn_with_a_caption(read_sample: Path, tmp_path: Path, kind: str, ending: str) -> None:
    drawn = run_json(
        "figure", read_sample / "sample.amity", kind, "--out", tmp_path / f"f{ending}", "--dpi", 72
    )
    assert "signed positions in 18 documents" in drawn["caption"]
    assert (tmp_path / f"f{ending}").stat().st_size > 1000


def test_a_project_is_checked(read_sample: Path) -> None:
    assert run_json("verify", read_sample / "sample.amity")["problems"] == []


def test_the_report_is_written_as_markdown_and_word(read_sample: Path, tmp_path: Path) -> None:
    import docx

    run("report", read_sample / "sample.amity", "--out", tmp_path / "r.md")
    run("report", read_sample / "sample.amity", "--out", tmp_path / "r.docx")
    markdown = (tmp_path / "r.md").read_text(encoding="utf-8")
    word = docx.Document(str(tmp_path / "r.docx"))
    ties = [line.removeprefix("### ") for line in markdown.splitlines() if line.startswith("### ")]
    assert len(ties) > 5
    assert [each.text for each in word.paragraphs if each.style.name == "Heading 2"] == ties
    assert len(word.tables[0].rows) == 19
    assert len(word.inline_shapes) == 1
    assert ".docx" in run("report", read_sample / "sample.amity", "--out", tmp_path / "r.xyz", code=2).output


def test_a_bundle_repeats_to_the_byte_and_rebuilds_its_figures(read_sample: Path, tmp_path: Path) -> None:
    import subprocess
    import sys
    import zipfile

    for name in ("one.zip", "two.zip"):
        run("bundle", read_sample / "sample.amity", "--out", tmp_path / name)
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "bundle")
    subprocess.run([sys.executable, tmp_path / "bundle" / "rebuild.py"], check=True, capture_output=True)
    for kind in ("timeline", "network"):
        original = (tmp_path / "bundle" / "figures" / f"{kind}.svg").read_text(encoding="utf-8")
        assert (tmp_path / "bundle" / "rebuilt" / f"{kind}.svg").read_text(encoding="utf-8") == original
