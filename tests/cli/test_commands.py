"""The commands, from a folder of documents to a network with its words."""

import json
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import networkx
import pytest

from tests.cli.conftest import run, run_json


def test_show_summarises_and_quotes(read_sample: Path) -> None:
    shown = run_json("show", read_sample / "sample.amity", "--documents")
    assert shown["n_documents"] == 18
    assert len(shown["document_list"]) == 18
    assert shown["ties"]
    texts = [
        path.read_text(encoding="utf-8") for path in (read_sample / "corpus" / "documents").glob("*.txt")
    ]
    quoted = [words["text"] for tie in shown["ties"] for words in tie["words"]]
    assert quoted
    assert (
        sum(any(piece in text for text in texts) for words in quoted for piece in words.split(" … "))
        >= len(quoted) - 2
    )
    assert "Strongest ties" in run("show", read_sample / "sample.amity").output


def test_reading_again_changes_nothing(sample: Path, read_sample: Path) -> None:
    before = run_json("positions", sample)
    again = run_json("read", read_sample / "corpus" / "documents", "--into", sample, "--reader", "rules")
    assert (again["documents"], again["skipped"]) == (0, 18)
    assert run_json("positions", sample) == before


def test_a_broken_file_is_listed_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "good.txt").write_text("The League condemns Ostrany.", encoding="utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\nnot really")
    (folder / "empty.docx").write_bytes(b"")
    result = run_json("read", folder, "--into", tmp_path / "p.amity", code=1)
    assert result["documents"] == 1
    assert {Path(each["path"]).name for each in result["unreadable"]} == {"broken.pdf", "empty.docx"}
    assert all(each["reason"] for each in result["unreadable"])
    assert len(run_json("show", tmp_path / "p.amity")["unreadable"]) == 2


@pytest.mark.parametrize(
    ("options", "holds"),
    [
        (("--polarity", "opposition"), lambda each: each["polarity"] == -1),
        (("--act", "call"), lambda each: each["act"] == "call"),
        (("--since", "1964", "--until", "1965"), lambda each: "1964" <= each["document_date"] < "1966"),
        (("--kind-of-document", "resolution"), lambda each: each["document"] == "1962-league-resolution-14"),
        (("--min-score", "0.6"), lambda each: each["score"] >= 0.6),
    ],
)
def test_positions_are_filtered(read_sample: Path, options: tuple[str, ...], holds) -> None:
    found = run_json("positions", read_sample / "sample.amity", *options)
    everything = run_json("positions", read_sample / "sample.amity")
    assert found
    assert len(found) < len(everything)
    assert all(holds(each) for each in found)


def distinct_actor(project: Path) -> dict:
    """The most active actor whose name no other actor bears as a name or alias."""
    rows = run_json("actors", "list", project)
    known = Counter(
        each.casefold()
        for row in rows
        for each in {row["name"].casefold(), *(a.casefold() for a in row["aliases"])}
    )
    return next(row for row in rows if row["held"] and known[row["name"].casefold()] == 1)


def test_positions_by_actor_take_a_name_and_an_unknown_one_is_explained(read_sample: Path) -> None:
    project = read_sample / "sample.amity"
    actor = distinct_actor(project)
    found = run_json("positions", project, "--holder", actor["name"].upper())
    assert found
    assert all(actor["id"] in each["holders"] for each in found)
    error = run("positions", project, "--holder", "Nobody of Nowhere", code=2)
    assert "no actor of the project is called" in error.output


def test_merging_actors_counts_as_one_and_is_undone_and_redone(sample: Path) -> None:
    first, second, *_ = [each for each in run_json("actors", "list", sample) if each["held"]]
    run("actors", "merge", sample, second["id"], "--into", first["id"])
    merged = {each["id"]: each for each in run_json("actors", "list", sample)}
    assert second["id"] not in merged
    assert merged[first["id"]]["held"] >= max(first["held"], second["held"])
    run("undo", sample)
    assert second["id"] in {each["id"] for each in run_json("actors", "list", sample)}
    run("redo", sample)
    assert second["id"] not in {each["id"] for each in run_json("actors", "list", sample)}


def test_an_actor_is_renamed_and_found_by_both_names(sample: Path) -> None:
    actor = distinct_actor(sample)
    run("actors", "rename", sample, actor["name"], "The Renamed")
    assert run_json("positions", sample, "--actor", "The Renamed") == run_json(
        "positions", sample, "--actor", actor["name"]
    )


def test_the_network_keeps_support_and_opposition_apart(read_sample: Path) -> None:
    window = run_json("network", read_sample / "sample.amity")["windows"][0]
    support, opposition = window["support"], window["opposition"]
    assert window["rows"] == window["columns"] == sorted(window["rows"], key=lambda each: each)
    assert sum(map(sum, support)) > 0
    assert sum(map(sum, opposition)) > 0
    size = range(len(support))
    assert all(window["matrix"][i][j] == support[i][j] - opposition[i][j] for i in size for j in size)


def test_a_two_mode_network_of_a_project_relates_holders_and_concepts(read_sample: Path) -> None:
    window = run_json(
        "network", read_sample / "sample.amity", "--kind", "two-mode", "--aggregation", "subtract"
    )["windows"][0]
    assert window["rows"]
    assert window["columns"]
    assert window["n"] > 0


@pytest.mark.parametrize("ending", [".graphml", ".gexf", ".json", ".svg", ".png", ".pdf"])
def test_a_network_is_written(read_sample: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"net{ending}"
    run("network", read_sample / "sample.amity", "--out", out)
    assert out.stat().st_size > 500
    if ending == ".graphml":
        graph = networkx.read_graphml(out)
        assert graph.number_of_edges() > 0
        assert all(float(data["weight"]) > 0 for *_, data in graph.edges(data=True))
    if ending in (".svg", ".gexf"):
        ElementTree.parse(out)


def test_codings_are_exported_in_the_golds_form_and_score_alike(read_sample: Path, tmp_path: Path) -> None:
    run("export", read_sample / "sample.amity", tmp_path / "codings", "--format", "coding")
    gold = read_sample / "corpus" / "gold"
    by_folder = run_json("evaluate", tmp_path / "codings", "--gold", gold, "--draws", 10)
    by_project = run_json("evaluate", read_sample / "sample.amity", "--gold", gold, "--draws", 10)
    assert by_folder["not_coded"] == by_project["not_coded"] == []
    assert by_folder["scores"] == by_project["scores"]
    table = run("evaluate", read_sample / "sample.amity", "--gold", gold, "--draws", 10).output
    assert "strict" in table
    assert "Coder to coder" in table


def test_gold_against_itself_is_perfect(read_sample: Path) -> None:
    gold = read_sample / "corpus" / "gold"
    scores = run_json("evaluate", gold, "--gold", gold, "--draws", 10)["scores"]
    totals = {(each["measure"], each["row"]): each["f1"] for each in scores if each["by"] == "all"}
    assert totals["strict", "signed"] == totals["triple", "signed"] == totals["mentions", "mentions"] == 1.0


def test_an_import_of_codings_makes_a_project(read_sample: Path, tmp_path: Path) -> None:
    run("export", read_sample / "sample.amity", tmp_path / "codings", "--format", "coding")
    done = run_json("import", tmp_path / "codings", "--into", tmp_path / "again.amity", "--format", "coding")
    assert done["documents"] == 18
    assert (
        run_json("show", tmp_path / "again.amity")["n_positions"]
        == run_json("show", read_sample / "sample.amity")["n_positions"]
    )


class Links(HTMLParser):
    """Addresses that leave a page."""

    def __init__(self) -> None:
        super().__init__()
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.outside += [
            value for name, value in attrs if name in ("href", "src") and value and not value.startswith("#")
        ]


def test_the_report_opens_from_disk(read_sample: Path, tmp_path: Path) -> None:
    run("report", read_sample / "sample.amity", "--out", tmp_path / "report.html")
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    links = Links()
    links.feed(html)
    assert links.outside == []
    assert html.count("<blockquote") > 10


def test_the_demo_runs_twice(tmp_path: Path) -> None:
    first = run("demo", tmp_path / "demo", "--no-serve").output
    assert "strongest ties, with their words" in first
    assert (tmp_path / "demo" / "report.html").exists()
    assert "18 known before" in run("demo", tmp_path / "demo", "--no-serve").output


def test_json_holds_nothing_but_json(read_sample: Path) -> None:
    for command in (("show",), ("positions",), ("network",)):
        json.loads(run(*command, read_sample / "sample.amity", "--json").stdout)
    json.loads(run("actors", "list", read_sample / "sample.amity", "--json").stdout)
    assert {each["name"] for each in json.loads(run("export", "--json").stdout)} >= {
        "csv",
        "graphml",
        "gexf",
        "json",
        "coding",
        "dna",
    }


@pytest.mark.parametrize(
    "name", [each["name"] for each in run_json("export") if each["name"] not in ("parquet", "duckdb")]
)
def test_every_format_that_is_written_can_be_exported(read_sample: Path, tmp_path: Path, name: str) -> None:
    known = {each["name"]: each for each in run_json("export")}
    out = tmp_path / f"out{known[name]['extensions'][0]}"
    files = run_json("export", read_sample / "sample.amity", out, "--format", name)["files"]
    assert files
    assert all(Path(each).stat().st_size > 0 for each in files)
