import contextlib
import json
import subprocess
import sys
from datetime import date
from importlib.util import find_spec
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, UnreadableFile
from amity.formats import FORMATS
from amity.formats.adjacency_csv import read_adjacency_csv, write_adjacency_csv
from amity.formats.cx2 import read_cx2, write_cx2
from amity.formats.edge_list import EdgeColumns, read_edge_list, read_edge_windows, write_edge_list
from amity.formats.gml import read_gml, write_gml
from amity.formats.graphml import write_graphml
from amity.formats.labels import unique_labels
from amity.formats.pajek import read_pajek, write_pajek
from amity.formats.ucinet import read_ucinet, write_ucinet
from amity.model import Actor, Edge
from amity.network import network_from_edges

from .worlds import DAYS, LAYOUT, NETWORK, POSITIONS, edges_of, weights_of

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "signed"
NAMES = dict(zip((actor.id for actor in NETWORK.actors), unique_labels(NETWORK.actors), strict=True))


def by_name(network):
    return {(NAMES.get(a, a), NAMES.get(b, b)): values for (a, b), values in weights_of(network).items()}


@pytest.mark.parametrize(("write", "read"), [(write_gml, read_gml), (write_cx2, read_cx2)])
def test_actors_weights_and_positions_come_back(write, read, tmp_path):
    write(NETWORK, tmp_path / "n", positions=POSITIONS.__getitem__, layout=LAYOUT, dates=DAYS.get)
    again = read(tmp_path / "n")
    assert again.actors == NETWORK.actors
    assert edges_of(again) == edges_of(NETWORK)


@pytest.mark.parametrize(
    ("write", "read"),
    [(write_pajek, read_pajek), (write_ucinet, read_ucinet), (write_adjacency_csv, read_adjacency_csv)],
)
def test_formats_that_know_labels_only_bring_back_names_and_weights(write, read, tmp_path):
    write(NETWORK, tmp_path / "n.csv", layout=LAYOUT)
    again = read(tmp_path / "n.csv")
    assert {actor.name for actor in again.actors} == set(NAMES.values())
    assert weights_of(again) == by_name(NETWORK)


def test_an_edge_list_brings_back_weights(tmp_path):
    for name in ("e.csv", "e.tsv"):
        write_edge_list(NETWORK, tmp_path / name)
        assert weights_of(read_edge_list(tmp_path / name)) == weights_of(NETWORK)


@pytest.mark.parametrize("name", ["edges", "adjacency", "pajek", "ucinet", "gml", "cx2"])
def test_an_empty_network_is_written_and_read(name, tmp_path):
    path = tmp_path / "n.csv"
    FORMATS[name].write(network_from_edges([]), path)
    assert FORMATS[name].read(path).n == 0


# --- other programs read them


def test_networkx_reads_pajek_with_positive_values_and_labelled_arcs(tmp_path):
    write_pajek(NETWORK, tmp_path / "n.net", layout=LAYOUT)
    graph = nx.read_pajek(tmp_path / "n.net")
    assert graph.number_of_nodes() == 5
    arcs = [(a, b, values["weight"], values["l"]) for a, b, values in graph.edges(data=True)]
    league, brask = NAMES["league"], NAMES["brask"]
    assert sorted(arc[2:] for arc in arcs if arc[:2] == (league, brask)) == [
        (1.5, "support"),
        (2.0, "opposition"),
    ]
    assert all(weight > 0 for _, _, weight, _ in arcs)


def test_pajeks_own_signed_values_are_an_option(tmp_path):
    write_pajek(NETWORK, tmp_path / "n.net", signed_values=True)
    assert "-2.0 l opposition" in (tmp_path / "n.net").read_text(encoding="utf-8")
    assert weights_of(read_pajek(tmp_path / "n.net")) == by_name(NETWORK)


def test_networkx_reads_gml(tmp_path):
    write_gml(NETWORK, tmp_path / "n.gml", dates=DAYS.get)
    graph = nx.read_gml(tmp_path / "n.gml")
    assert graph.is_directed() and set(graph) == set(NETWORK.index)
    assert graph.edges["league", "brask"]["sign"] == -1 and graph.edges["league", "brask"]["weight"] == 3.5
    assert graph.nodes["brask"]["name"] == "Brask & Ives <Co>"


READ_WITH_IGRAPH = """
import json, sys, warnings
warnings.simplefilter("ignore")
import igraph
graph = igraph.Graph.Read(sys.argv[1])
print(json.dumps([graph.vcount(), graph.ecount(), graph.is_directed(), graph.es["weight"],
                  graph.es["sign"] if "sign" in graph.es.attributes() else graph.es["label"]]))
"""


@pytest.mark.skipif(find_spec("igraph") is None, reason="igraph is not installed")
@pytest.mark.parametrize(
    ("name", "write"), [("n.graphml", write_graphml), ("n.gml", write_gml), ("n.net", write_pajek)]
)
def test_igraph_reads_weights_and_signs(name, write, tmp_path):
    # in a process of its own: igraph's and lxml's copies of libxml2 do not live together
    write(NETWORK, tmp_path / name)
    command = [sys.executable, "-c", READ_WITH_IGRAPH, str(tmp_path / name)]
    answer = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    if name == "n.net":
        assert answer[:3] == [5, 6, True]
        assert sorted(answer[4]) == ["opposition"] * 3 + ["support"] * 3
    else:
        assert answer[:3] == [5, 5, True]
        assert sorted(answer[3]) == sorted(NETWORK.weights("total"))
        assert sorted(answer[4]) == sorted(NETWORK.weights("sign"))


# --- files of other programs


def test_edge_lists_with_usual_and_named_columns(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("From;To;Polarity\nA;B;+\nA;C;-\nA;B;positive\n", encoding="utf-8")
    assert weights_of(read_edge_list(path)) == {("A", "B"): (2, 0), ("A", "C"): (0, 1)}
    path.write_text("who,whom,how\nA,B,-2\n", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="who, whom, how"):
        read_edge_list(path)
    columns = EdgeColumns(source="who", target="whom", weight="how")
    assert weights_of(read_edge_list(path, columns=columns, directed=False)) == {
        ("A", "B"): (0, 2),
        ("B", "A"): (0, 2),
    }
    with pytest.raises(InvalidRecord, match="'x'"):
        read_edge_list(path, columns=EdgeColumns(source="who", target="whom", sign="x"))


def test_edge_lists_without_header_and_with_white_space(tmp_path):
    path = tmp_path / "e.txt"
    path.write_text("# a comment\n1 2 -1\n2 3 1\n", encoding="utf-8")
    assert weights_of(read_edge_list(path)) == {("1", "2"): (0, 1), ("2", "3"): (1, 0)}
    path.write_text("a,b,3\nb,c,-1\n", encoding="utf-8")
    assert weights_of(read_edge_list(path)) == {("a", "b"): (3, 0), ("b", "c"): (0, 1)}


def test_windows_come_from_start_and_end_or_from_a_column(tmp_path):
    path = tmp_path / "e.csv"
    path.write_text("source,target,sign,start,end\nA,B,1,1946,1949\nA,C,-1,1950,1953\n", encoding="utf-8")
    (first, one), (second, two) = read_edge_windows(path)
    assert (first, second) == ("1946/1949", "1950/1953")
    assert (one.start, one.end) == (date(1946, 1, 1), date(1950, 1, 1)) and two.m == 1
    path.write_text("congress,source,target,sign\n103,A,B,1\n93,A,B,-1\n93,B,C,1\n", encoding="utf-8")
    assert [(label, network.m) for label, network in read_edge_windows(path)] == [("93", 2), ("103", 1)]
    path.write_text("source,target\nA,B\n", encoding="utf-8")
    with pytest.raises(InvalidRecord, match="no column of windows"):
        read_edge_windows(path)


@pytest.mark.skipif(not SHARED.is_dir(), reason="the signed networks are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "windows"),
    [
        *(("cow_1946_1999_windows.csv", 51), ("us_senate_93_114_signed_backbone.csv", 22)),
        *(("sampson_affect_T1_T5.csv", 5), ("tribes_signnet.csv", 0), ("ndsvu_congress.csv", 0)),
    ],
)
def test_published_signed_networks_read(name, windows):
    whole = read_edge_list(SHARED / name)
    assert whole.m > 50 and whole.support.sum() > 0 and whole.opposition.sum() > 0
    if windows:
        assert 0 < len(read_edge_windows(SHARED / name)) <= windows + 5


def test_pajek_lists_matrices_edges_and_relations(tmp_path):
    path = tmp_path / "n.net"
    path.write_text(
        '% made by hand\r\n*Vertices 3\r\n1 "A b" 0.1 0.2\r\n2 "C"\r\n*Arcs :1 "opposition"\r\n1 2 2\r\n*Edges\r\n2 3 -1\r\n'
        "*Arcslist\r\n3 1 2\r\n",
        encoding="utf-8",
    )
    assert weights_of(read_pajek(path)) == {
        ("A b", "C"): (0, 2),
        ("C", "3"): (0, 1),
        ("3", "C"): (1, 1),
        ("3", "A b"): (1, 0),
    }
    path.write_text("*Vertices 2\n*Matrix\n0 -1\n2 0\n", encoding="utf-8")
    assert weights_of(read_pajek(path)) == {("1", "2"): (0, 1), ("2", "1"): (2, 0)}


def test_ucinet_full_matrix_edge_list_and_embedded_labels(tmp_path):
    path = tmp_path / "n.dl"
    path.write_text(
        'DL N=3 FORMAT=FULLMATRIX\nLABELS:\nAda,Bo\n"Cy D"\nDATA:\n0 1 -2\n0 0 0\n1 0 0\n', encoding="utf-8"
    )
    assert weights_of(read_ucinet(path)) == {
        ("Ada", "Bo"): (1, 0),
        ("Ada", "Cy D"): (0, 2),
        ("Cy D", "Ada"): (1, 0),
    }
    path.write_text("dl n=3 format=edgelist1\nlabels:\nA B C\ndata:\n1 2 -3\n2 3\n", encoding="utf-8")
    assert weights_of(read_ucinet(path)) == {("A", "B"): (0, 3), ("B", "C"): (1, 0)}
    path.write_text("dl n=2 format=edgelist1\nlabels embedded\ndata:\nA B 2\n", encoding="utf-8")
    assert weights_of(read_ucinet(path)) == {("A", "B"): (2, 0)}
    path.write_text("dl n=2\nlabels embedded\ndata:\nA B\nA 0 1\nB -1 0\n", encoding="utf-8")
    assert weights_of(read_ucinet(path)) == {("A", "B"): (1, 0), ("B", "A"): (0, 1)}
    path.write_text(
        "dl nr=2 nc=2 format=nodelist1\nrow labels:\nA B\ncolumn labels:\nA B\ndata:\n1 2\n", encoding="utf-8"
    )
    assert weights_of(read_ucinet(path)) == {("A", "B"): (1, 0)}


def test_gml_of_networkx_reads(tmp_path):
    graph = nx.Graph()
    graph.add_node("Ö & „x“", size=2)
    graph.add_edge("Ö & „x“", "b", weight=-1.5)
    nx.write_gml(graph, tmp_path / "g.gml")
    found = read_gml(tmp_path / "g.gml")
    assert weights_of(found) == {("Ö & „x“", "b"): (0, 1.5), ("b", "Ö & „x“"): (0, 1.5)}
    assert found.actors[1].attributes == {"size": "2"} or found.actors[0].attributes == {"size": "2"}


def test_a_signed_matrix_reads(tmp_path):
    path = tmp_path / "m.csv"
    path.write_text(";A;B\nA;0;-2,5\nB;1;0\n".replace("-2,5", "-2.5"), encoding="utf-8")
    assert weights_of(read_adjacency_csv(path)) == {("A", "B"): (0, 2.5), ("B", "A"): (1, 0)}


# --- bad input

BAD = {
    "pajek": [
        "",
        "1 2",
        "*Vertices x",
        "*Vertices 2\n*Arcs\n1 3 1",
        "*Vertices 99999999999\n",
        "*Vertices 2\n*Arcs\n1\n",
    ],
    "ucinet": [
        "",
        "dl n=2",
        "dl n=2\ndata:\n1 2 3",
        "dl n=2\nlabels:\nA A\ndata:\n0 1 1 0",
        "dl nr=2 nc=3\ndata:\n1",
        "dl n=1e9\ndata:\n",
    ],
    "gml": [
        "",
        "graph",
        "graph [",
        "graph [ node [ id 1 ] edge [ source 1 target 2 ] ]",
        "]",
        "graph [ node 1 ] ?",
        "a [ " * 90,
    ],
    "cx2": [
        "",
        "{}",
        "[]",
        '[{"CXVersion": "1.0"}]',
        '[{"CXVersion": "2.0"}, {"edges": [{"s": 1, "t": 2}]}]',
        "[" * 9999,
    ],
    "adjacency": ["", ",A\nB,1\n", ",A,B\nA,1\n", ",A\nA,x\n", ",A,A\nA,1,1\nA,1,1\n"],
    "edges": ["", "a\nb\n", "source,target,weight\nA,B,x\n", "source,target\n,B\n", "source,target\nA\n"],
}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in BAD.items() for text in texts])
def test_bad_files_are_refused_with_their_name(name, text, tmp_path):
    path = tmp_path / "bad.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.csv"):
        FORMATS[name].read(path)


@pytest.mark.parametrize("name", sorted(BAD))
@settings(max_examples=50)
@given(text=st.text(alphabet='*[]{}"\n ,;A1-.=:#ddlabelsgraphnodeVertices', max_size=60))
def test_any_text_gives_a_network_or_a_named_error(name, text, tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "x.csv"
    path.write_text(text, encoding="utf-8")
    with contextlib.suppress(AmityError):
        FORMATS[name].read(path)


def test_labels_are_unlike_whatever_the_names():
    actors = [Actor("1", "A"), Actor("2", "A"), Actor("3", "A [1]"), Actor("4", "B\n c")]
    assert unique_labels(actors) == ["A [1]", "A [2]", "A [1] [3]", "B c"]


names = st.text(min_size=1, max_size=6).filter(str.strip)


@settings(max_examples=25)
@given(listed=st.lists(names, min_size=2, max_size=4, unique=True), data=st.data())
def test_labelled_formats_keep_every_name_that_they_can(listed, data, tmp_path_factory):
    weights = st.sampled_from([0.0, 0.5, 3.0])
    edges = [
        Edge(f"i{a}", f"i{b}", data.draw(weights), data.draw(weights)) for a in range(2) for b in range(2)
    ]
    actors = [Actor(f"i{place}", name) for place, name in enumerate(listed)]
    network = network_from_edges(edges, actors=actors)
    folder = tmp_path_factory.mktemp("n")
    kept = sorted(v for v in weights_of(network).values() if v != (0, 0))
    for name in ("gml", "cx2", "pajek", "ucinet", "adjacency", "csv"):
        FORMATS[name].write(network, folder / f"{name}.csv")
        again = FORMATS[name].read(folder / f"{name}.csv")
        assert again.n == network.n
        assert sorted(v for v in weights_of(again).values() if v != (0, 0)) == kept
