import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import networkx as nx
import pytest

from amity.errors import InvalidRecord, UnknownFormat, UnreadableFile
from amity.formats import FORMATS, find_format
from amity.formats.gexf import read_gexf, write_gexf
from amity.formats.graphml import read_graphml, write_graphml, write_visone
from amity.formats.network_csv import read_network_csv, write_network_csv
from amity.formats.network_json import read_network_json, write_network_json
from amity.model import Actor, Edge
from amity.network import network_from_edges

from .worlds import DAYS, LAYOUT, NETWORK, POSITIONS, REJECTS, edges_of

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "formats"
ROUND_TRIPS = ["csv", "graphml", "visone", "gexf", "json"]


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_a_network_comes_back_with_actors_weights_and_positions(name, tmp_path):
    path = tmp_path / f"net{FORMATS[name].extensions[0]}"
    FORMATS[name].write(NETWORK, path, positions=POSITIONS.__getitem__, layout=LAYOUT, dates=DAYS.get)
    again = FORMATS[name].read(path)
    assert again.actors == NETWORK.actors
    assert edges_of(again) == edges_of(NETWORK)


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_an_empty_network_comes_back_empty(name, tmp_path):
    path = tmp_path / f"net{FORMATS[name].extensions[0]}"
    FORMATS[name].write(network_from_edges([]), path)
    again = FORMATS[name].read(path)
    assert (again.n, again.m) == (0, 0)


@pytest.mark.parametrize("name", ROUND_TRIPS)
def test_writing_twice_gives_the_same_bytes(name, tmp_path):
    paths = [tmp_path / f"{each}{FORMATS[name].extensions[0]}" for each in "ab"]
    for path in paths:
        FORMATS[name].write(NETWORK, path, layout=LAYOUT)
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize(
    ("write", "read", "suffix"),
    [
        (write_graphml, nx.read_graphml, ".graphml"),
        (write_visone, nx.read_graphml, ".graphml"),
        (write_gexf, lambda path: nx.read_gexf(path, version="1.3"), ".gexf"),
    ],
)
def test_networkx_reads_weights_that_are_never_negative_and_signs_apart(write, read, suffix, tmp_path):
    path = tmp_path / f"net{suffix}"
    write(NETWORK, path, positions=POSITIONS.__getitem__, dates=DAYS.get)
    graph = read(path)
    assert graph.is_directed()
    assert set(graph) == {actor.id for actor in NETWORK.actors}
    assert graph.number_of_edges() == NETWORK.m
    for edge in NETWORK.edges:
        values = graph.edges[edge.source, edge.target]
        assert values["weight"] == edge.support + edge.opposition
        assert values["sign"] == (edge.support > edge.opposition) - (edge.support < edge.opposition)
        assert (values["support"], values["opposition"]) == (edge.support, edge.opposition)


def test_networkx_reads_the_node_link_json(tmp_path):
    path = tmp_path / "net.json"
    write_network_json(NETWORK, path, positions=POSITIONS.__getitem__)
    record = json.loads(path.read_text(encoding="utf-8"))
    graph = nx.node_link_graph(record, edges="links")
    assert graph.is_directed() and set(graph) == set(NETWORK.index)
    assert record["positions"][0]["words"]


def test_gexf_dates_edges_by_the_days_of_their_positions(tmp_path):
    path = tmp_path / "net.gexf"
    write_gexf(NETWORK, path, dates=DAYS.get)
    graph = nx.read_gexf(path, version="1.3")
    assert graph.edges["brask", "union"]["spells"] == [("1955-01-01", "1955-01-31")]
    assert graph.edges["league", "brask"]["spells"] == [
        ("1954-05-30", "1954-05-30"),
        ("1954-06-02", "1954-06-02"),
    ]


def test_gexf_without_days_has_the_networks_own_span(tmp_path):
    path = tmp_path / "net.gexf"
    write_gexf(replace(NETWORK, start=date(1954, 1, 1), end=date(1955, 1, 1)), path)
    graph = nx.read_gexf(path, version="1.3")
    assert graph.edges["brask", "union"]["spells"] == [("1954-01-01", "1954-12-31")]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the GEXF schema is not beside this checkout")
@pytest.mark.parametrize("dated", [True, False])
def test_gexf_is_valid_by_the_official_schema(dated, tmp_path):
    from lxml import etree

    path = tmp_path / "net.gexf"
    write_gexf(NETWORK, path, layout=LAYOUT, dates=DAYS.get if dated else None)
    schema = etree.XMLSchema(file=str(SHARED / "gexf-1.3" / "gexf.xsd"))
    schema.assertValid(etree.parse(str(path)))


def test_visone_draws_opposition_dashed_and_keeps_the_layout(tmp_path):
    path = tmp_path / "net.graphml"
    write_visone(NETWORK, path, layout=LAYOUT)
    text = path.read_text(encoding="utf-8")
    assert text.count('type="dashed"') == 3 and text.count("LineStyle") == 5
    assert 'y="-2.5"' in text and "<y:NodeLabel>Brask &amp; Ives &lt;Co&gt;</y:NodeLabel>" in text


def test_csv_neutralises_formulas_in_names_and_restores_them(tmp_path):
    edges, nodes, positions = write_network_csv(
        NETWORK, tmp_path / "net.csv", positions=POSITIONS.__getitem__
    )
    text = nodes.read_text(encoding="utf-8")
    assert "'+1 Nobody" in text
    lines = [cell for line in text.splitlines() for cell in line.split(",")]
    assert not [cell for cell in lines if cell[:1] in ("=", "+", "@")]
    assert read_network_csv(edges).actors[NETWORK.index["lone"]].name == "+1 Nobody"
    assert REJECTS.id in positions.read_text(encoding="utf-8")


def test_csv_into_a_folder_has_plain_names(tmp_path):
    written = write_network_csv(NETWORK, tmp_path / "out", layout=LAYOUT)
    assert [path.name for path in written] == ["edges.csv", "nodes.csv"]
    assert edges_of(read_network_csv(tmp_path / "out")) == edges_of(NETWORK)


def test_control_characters_and_lone_surrogates_do_not_stop_xml(tmp_path):
    network = network_from_edges([Edge("a", "b", 1, 0)], actors=[Actor("a", "A\x00B\ud800")])
    for write, read in ((write_graphml, read_graphml), (write_gexf, read_gexf), (write_visone, read_graphml)):
        write(network, tmp_path / "n.xml")
        assert read(tmp_path / "n.xml").actors[0].name == "A\ufffdB\ufffd"


def test_foreign_graphml_reads_signed_weights_labels_and_undirected_edges(tmp_path):
    graph = nx.Graph()
    graph.add_node("1", label="Party of Oaks", size=3)
    graph.add_edge("1", "2", weight=-2.5)
    nx.write_graphml(graph, tmp_path / "g.graphml")
    network = read_graphml(tmp_path / "g.graphml")
    assert network.actors[network.index["1"]].name == "Party of Oaks"
    assert network.actors[network.index["1"]].attributes == {"size": "3"}
    assert edges_of(network) == {("1", "2"): (0.0, 2.5, ()), ("2", "1"): (0.0, 2.5, ())}


def test_foreign_gexf_reads(tmp_path):
    graph = nx.DiGraph()
    graph.add_edge("x", "y", weight=2.0, sign="-")
    nx.write_gexf(graph, tmp_path / "g.gexf")
    assert edges_of(read_gexf(tmp_path / "g.gexf")) == {("x", "y"): (0.0, 2.0, ())}


def test_foreign_node_link_json_reads(tmp_path):
    graph = nx.DiGraph()
    graph.add_edge("x", "y", weight=-3)
    path = tmp_path / "g.json"
    path.write_text(json.dumps(nx.node_link_data(graph, edges="edges")), encoding="utf-8")
    assert edges_of(read_network_json(path)) == {("x", "y"): (0.0, 3.0, ())}


BOMB = b"""<?xml version="1.0"?><!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""


@pytest.mark.parametrize("read", [read_graphml, read_gexf])
@pytest.mark.parametrize(
    "content", [b"", b"<graphml>", b"<other/>", BOMB, b"\xff\xfe\x00", b"<graphml><a>&x;</a></graphml>"]
)
def test_broken_xml_is_a_clear_error(read, content, tmp_path):
    path = tmp_path / "bad.xml"
    path.write_bytes(content)
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.xml"):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"nodes": 1, "links": 2}',
        '{"nodes": [{"id": "a"}], "links": [{"source": "a"}]}',
    ],
)
def test_broken_json_is_a_clear_error(text, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile)):
        read_network_json(path)


@pytest.mark.parametrize("weight", ["x", "inf", "nan"])
def test_weights_that_are_no_numbers_are_refused_with_their_line(weight, tmp_path):
    path = tmp_path / "e.csv"
    path.write_text(f"source,target,weight\na,b,1\na,c,{weight}\n", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="line 3"):
        read_network_csv(path)


def test_every_format_has_its_functions_and_a_description():
    for each in FORMATS.values():
        assert each.what and (each.reads or each.writes)
        module = __import__(f"amity.formats.{each.module}", fromlist=["x"])
        for name in (each.reader, each.writer):
            assert name is None or callable(getattr(module, name))


def test_the_format_is_found_by_the_files_end():
    assert find_format("a/b.GEXF").name == "gexf"
    assert find_format("net.csv", kind="network").name == "csv"
    assert find_format("pos.csv", kind="coding").name == "positions"
    with pytest.raises(UnknownFormat, match="known ends"):
        find_format("a.xyz")
    with pytest.raises(UnknownFormat):
        FORMATS["positions"].read("x.csv")


def test_the_longest_end_wins_and_content_goes_before_the_name(tmp_path):
    assert find_format("net.edges.csv", kind="network").name == "edges"
    assert find_format("a.tei.xml").name == "tei"
    from .worlds import PAIRS

    for name, end in (
        *(("label-studio", "x.json"), ("doccano", "x.jsonl"), ("prodigy", "y.jsonl"), ("plover", "z.jsonl")),
        *(
            ("structured-sentiment", "s.json"),
            ("web-annotation", "w.json"),
            ("tei", "t.xml"),
            ("coding", "all.jsonl"),
        ),
        *(("brat", "b"), ("uima", "u"), ("data-package", "d"), ("coding", "c")),
    ):
        FORMATS[name].write(PAIRS, tmp_path / end)
        assert find_format(tmp_path / end, kind="coding", reads=True).name == name
    for name, end in (("cx2", "n.json"), ("json", "m.json"), ("graphml", "g.xml"), ("gexf", "e.xml")):
        FORMATS[name].write(NETWORK, tmp_path / end)
        assert find_format(tmp_path / end, kind="network", reads=True).name == name
