from dataclasses import replace
from importlib.util import find_spec

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, NotFound, UnreadableFile
from amity.formats.tei_standoff import read_tei_standoff, write_tei_standoff
from amity.formats.uima import read_uima, write_uima
from amity.model import Coding, Document

from .worlds import FIRST, FIRST_CODING, PAIRS


def roundtrip(name, pairs, tmp_path):
    if name == "tei":
        write_tei_standoff(pairs, tmp_path / "t.xml")
        return read_tei_standoff(tmp_path / "t.xml")
    write_uima(pairs, tmp_path / "u")
    return read_uima(tmp_path / "u")


@pytest.mark.parametrize("name", ["tei", "uima"])
@pytest.mark.parametrize("pairs", [PAIRS, PAIRS[:1]])
def test_codings_come_back_whole(name, pairs, tmp_path):
    found = roundtrip(name, pairs, tmp_path)
    assert found.problems == () and found.selections == ()
    assert list(found.codings) == [coding for _, coding in pairs]
    assert [each.text for each in found.documents] == [each.text for each, _ in pairs]
    assert found.documents[0].metadata == FIRST.metadata


@pytest.mark.parametrize("name", ["tei", "uima"])
def test_control_characters_keep_offsets(name, tmp_path):
    text = "A\x00 toll\x0b is \ud800 high"
    found = roundtrip(name, [(Document("d", text), Coding("d"))], tmp_path)
    assert found.documents[0].text == "A\ufffd toll\ufffd is \ufffd high"


def test_tei_holds_actors_relations_and_pointers(tmp_path):
    write_tei_standoff(PAIRS[:1], tmp_path / "t.xml")
    text = (tmp_path / "t.xml").read_text(encoding="utf-8")
    assert text.count("<relation ") == 3 and 'cert="low"' in text and 'type="opposition"' in text
    assert text.count("<org ") == 3 and text.count("<person ") == 1
    assert "string-range(d1.text,0,17)" in text


def test_tei_that_points_another_way_is_listed(tmp_path):
    path = tmp_path / "t.xml"
    head = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><standOff><listAnnotation>'
    tail = '</listAnnotation></standOff><text><body><ab xml:id="t">The <hi>toll</hi></ab></body></text></TEI>'
    marks = '<annotation target="#string-range(t,4,4)"><label>Theme</label><note>n</note></annotation><annotation target="#x"/>'
    beyond = '<annotation target="#string-range(t,99999999999999999999,3)"/>'
    path.write_text(head + marks + beyond + tail, encoding="utf-8")
    found = read_tei_standoff(path)
    assert [(s.code, s.span.exact if s.span else None) for s in found.selections] == [
        ("Theme", "toll"),
        ("annotation", None),
    ]
    assert len(found.problems) == 2
    path.write_text('<TEI xmlns="http://www.tei-c.org/ns/1.0"><text/></TEI>', encoding="utf-8")
    with pytest.raises(InvalidRecord, match="no text"):
        read_tei_standoff(path)


@pytest.mark.skipif(find_spec("cassis") is None, reason="dkpro-cassis is not installed")
@pytest.mark.filterwarnings("ignore")
def test_dkpro_cassis_reads_spans_and_links_and_writes_them_back(tmp_path):
    import cassis

    write_uima(PAIRS[:1], tmp_path)
    with (tmp_path / "TypeSystem.xml").open("rb") as stream:
        types = cassis.load_typesystem(stream)
    with (tmp_path / "note-1.xmi").open("rb") as stream:
        cas = cassis.load_cas_from_xmi(stream, typesystem=types)
    positions = cas.select("amity.Position")
    assert [each.get_covered_text() for each in positions] == ["welcomes", "reject", "send grain"]
    links = positions[0].roles.elements if hasattr(positions[0].roles, "elements") else positions[0].roles
    assert {(link.role, link.target.get_covered_text()) for link in links} >= {("Target", "the Salt Union")}
    cas.to_xmi(str(tmp_path / "again" / "a.xmi") if (tmp_path / "again").mkdir() is None else "")
    found = read_uima(tmp_path / "again")
    assert found.problems == () and sorted(found.codings[0].positions, key=str) == sorted(
        FIRST_CODING.positions, key=str
    )


def test_xmi_of_other_programs_gives_selections_with_roles(tmp_path):
    path = tmp_path / "x.xmi"
    path.write_text(
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:c="http:///custom.ecore" xmi:version="2.0">'
        '<c:Token xmi:id="9" sofa="1" begin="0" end="3"/><c:Span xmi:id="2" sofa="1" begin="3" end="7" label="price" roles="4"/>'
        '<c:Span xmi:id="3" sofa="1" begin="8" end="9"/><c:Link xmi:id="4" role="of" target="5"/><c:Span xmi:id="5" sofa="1" begin="0" end="2"/>'
        '<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="🕊 toll"/></xmi:XMI>',
        encoding="utf-8",
    )
    found = read_uima(path)
    assert [s.span.exact if s.span else None for s in found.selections] == ["toll", None, "🕊"]
    assert found.selections[0].attributes == {"label": "price", "of": ""} and len(found.problems) == 1


def test_a_number_in_a_text_is_no_link(tmp_path):
    numbered = replace(FIRST_CODING.positions[0], concept="resolutions 10 11 12 24 25 26 27")
    pair = (FIRST, replace(FIRST_CODING, positions=(numbered, *FIRST_CODING.positions[1:])))
    assert roundtrip("uima", [pair], tmp_path).codings == (pair[1],)


@pytest.mark.parametrize("read", [read_tei_standoff, read_uima])
@pytest.mark.parametrize("text", ["", "<a/>", "<TEI>", '<!DOCTYPE x [<!ENTITY a "b">]><TEI>&a;</TEI>'])
def test_broken_files_are_refused(read, text, tmp_path):
    path = tmp_path / "bad.xml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.xml"):
        read(path)


def test_a_folder_without_xmi_is_refused(tmp_path):
    with pytest.raises(NotFound):
        read_uima(tmp_path)


@pytest.mark.parametrize("name", ["tei", "uima"])
@settings(max_examples=40)
@given(data=st.data())
def test_damaged_files_give_a_result_or_a_named_error(name, data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("x")
    if name == "tei":
        (path,) = write_tei_standoff(PAIRS, folder / "t.xml")
    else:
        path = write_uima(PAIRS[:1], folder)[1]
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(0, 12))] = data.draw(
            st.text('0123456789 #"amp;-', max_size=3)
        ).encode()
    path.write_bytes(bytes(content))
    try:
        found = read_tei_standoff(path) if name == "tei" else read_uima(path)
    except AmityError:
        return
    for document, coding in found.pairs:
        coding.check(document)


def test_an_actor_without_mentions_stays(tmp_path):
    bare = replace(FIRST_CODING, mentions=())
    assert roundtrip("tei", [(FIRST, bare)], tmp_path).codings == (bare,)
