"""The network as a picture."""

import random
from xml.etree import ElementTree

import pytest

from amity.errors import InvalidValue
from amity.model import Actor, Edge
from amity.network import network_from_edges
from amity.views import layout_network, plot_network

SVG = "{http://www.w3.org/2000/svg}"
WORLD = [
    Edge("velmar", "ostrany", 0, 3),
    Edge("ostrany", "velmar", 1, 2),
    Edge("velmar", "league", 4, 0),
    Edge("league", "tessen", 2, 0),
    Edge("tessen", "ostrany", 0, 1),
]


def world():
    return network_from_edges(
        WORLD, actors=[Actor("sard", "Isle of Sard"), Actor("velmar", "Republic of Velmar")]
    )


def test_support_is_solid_and_opposition_dashed() -> None:
    tree = ElementTree.fromstring(plot_network(world()).to_svg())
    paths = {
        (each.get("data-name"), bool(each.get("stroke-dasharray")))
        for each in tree.iter(f"{SVG}path")
        if each.get("data-name")
    }
    assert paths == {
        ("velmar>ostrany", True),
        ("ostrany>velmar", False),
        ("ostrany>velmar", True),
        ("velmar>league", False),
        ("league>tessen", False),
        ("tessen>ostrany", True),
    }


def test_the_same_network_gives_the_same_picture_whatever_the_order() -> None:
    shuffled = WORLD[:]
    random.Random(4).shuffle(shuffled)
    again = network_from_edges(
        shuffled, actors=[Actor("velmar", "Republic of Velmar"), Actor("sard", "Isle of Sard")]
    )
    assert plot_network(world()).to_svg() == plot_network(again).to_svg()


def test_every_actor_stands_on_the_page_and_isolates_stand_below() -> None:
    drawing = plot_network(world(), title="World")
    tree = ElementTree.fromstring(drawing.to_svg())
    circles = {
        each.get("data-name"): (float(each.get("cx", "")), float(each.get("cy", "")))
        for each in tree.iter(f"{SVG}circle")
    }
    assert set(circles) == {"velmar", "ostrany", "league", "tessen", "sard"}
    assert all(0 < x < drawing.width and 0 < y < drawing.height for x, y in circles.values())
    assert circles["sard"][1] == max(y for _, y in circles.values())


def test_names_are_escaped_and_control_characters_replaced() -> None:
    network = network_from_edges([Edge("<script>\x00&", "b", 1, 0)])
    tree = ElementTree.fromstring(plot_network(network).to_svg())
    assert any("<script>\ufffd&" in (each.text or "") for each in tree.iter(f"{SVG}text"))


def test_supporters_stand_nearer_than_opponents() -> None:
    camps = [
        Edge(f"{camp}{i}", f"{camp}{j}", 3, 0) for camp in "ab" for i in range(4) for j in range(4) if i != j
    ]
    fights = [Edge(f"a{i}", f"b{i}", 0, 3) for i in range(4)]
    places = layout_network(network_from_edges(camps + fights))

    def distance(left: str, right: str) -> float:
        (x, y), (u, v) = places[left], places[right]
        return float(((x - u) ** 2 + (y - v) ** 2) ** 0.5)

    inside = max(distance(f"{camp}0", f"{camp}{j}") for camp in "ab" for j in range(1, 4))
    assert inside < min(distance(f"a{i}", f"b{i}") for i in range(4))


def test_a_layout_that_starts_from_another_stays_near_it() -> None:
    before = layout_network(world())
    after = layout_network(network_from_edges(WORLD[:-1], actors=world().actors), start=before)
    assert (
        sum(abs(before[each][0] - after[each][0]) + abs(before[each][1] - after[each][1]) for each in before)
        < 2.5
    )


@pytest.mark.parametrize("edges", [[], [Edge("a", "a", 1, 0)], [Edge("a", "b", 0, 1)]])
def test_empty_and_tiny_networks_are_drawn(edges: list[Edge]) -> None:
    ElementTree.fromstring(plot_network(network_from_edges(edges)).to_svg())


def test_figures_are_written_as_svg_png_and_pdf_and_repeat_to_the_byte(tmp_path) -> None:
    drawing = plot_network(world(), title="日本 Velmar")
    for ending, magic in ((".svg", b"<svg"), (".png", b"\x89PNG"), (".pdf", b"%PDF")):
        first = drawing.save(tmp_path / f"one{ending}").read_bytes()
        second = drawing.save(tmp_path / f"two{ending}").read_bytes()
        assert first.startswith(magic)
        assert first == second
    with pytest.raises(InvalidValue, match=r"\.svg, \.png or \.pdf"):
        drawing.save(tmp_path / "net.xyz")
