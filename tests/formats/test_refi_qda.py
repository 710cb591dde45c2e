import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, LimitExceeded, UnreadableFile
from amity.formats.files import archive_bytes, parse_xml, read_archive
from amity.formats.refi_qda import read_refi_qda, write_refi_codebook, write_refi_qda
from amity.model import Coding, Document

from .worlds import PAIRS, WELCOMES

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "formats"
NS = 'xmlns="urn:QDA-XML:project:1.0"'
CODE = "11111111-1111-1111-1111-111111111111"


def project(sources, *, rest="", text=None, name="sources/t.txt"):
    xml = f"""<Project {NS} name="p"><Users><User guid="{CODE[:-1]}2" name="Ana"/></Users><CodeBook><Codes>
      <Code guid="{CODE[:-1]}3" name="Theme" isCodable="false"><Code guid="{CODE}" name="toll" isCodable="true"/></Code>
      </Codes></CodeBook>{rest}<Sources>{sources}</Sources></Project>"""
    members = {"project.qde": xml.encode()}
    if text is not None:
        members[name] = text.encode()
    return archive_bytes(members)


def selection(start, end, name="", number=0):
    return f"""<PlainTextSelection guid="00000000-0000-0000-0000-00000000000{number}" name="{name}" startPosition="{start}" endPosition="{end}">
      <Coding guid="{CODE[:-1]}9" creatingUser="{CODE[:-1]}2"><CodeRef targetGUID="{{{CODE}}}"/></Coding></PlainTextSelection>"""


def read(tmp_path, content):
    path = tmp_path / "p.qdpx"
    path.write_bytes(content)
    return read_refi_qda(path)


def test_codings_come_back_with_their_line_ends(tmp_path):
    (path,) = write_refi_qda(PAIRS, tmp_path / "p.qdpx")
    found = read_refi_qda(path)
    assert found.problems == ()
    assert [document.text for document in found.documents] == [document.text for document, _ in PAIRS]
    assert list(found.codings) == [coding for _, coding in PAIRS]
    assert found.documents[0].metadata == PAIRS[0][0].metadata
    assert found.selections == ()
    assert all(b"\r" not in content for name, content in read_archive(path).items() if name.endswith(".txt"))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the REFI-QDA schemas are not beside this checkout")
def test_project_and_codebook_are_valid_by_the_official_schemas(tmp_path):
    from lxml import etree

    (path,) = write_refi_qda(PAIRS, tmp_path / "p.qdpx")
    schema = etree.XMLSchema(file=str(SHARED / "refi-Project.xsd"))
    schema.assertValid(parse_xml(read_archive(path)["project.qde"], "p").getroottree())
    (path,) = write_refi_qda([(Document("d", "x"), Coding("d"))], tmp_path / "e.qdpx")
    schema.assertValid(parse_xml(read_archive(path)["project.qde"], "p").getroottree())
    (path,) = write_refi_codebook(PAIRS, tmp_path / "c.qdc")
    etree.XMLSchema(file=str(SHARED / "refi-Codebook.xsd")).assertValid(etree.parse(str(path)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the REFI-QDA projects are not beside this checkout")
def test_real_projects_read():
    demo = read_refi_qda(SHARED / "demo.qdpx")
    assert len(demo.documents) == 2 and len(demo.selections) == 205 and len(demo.concepts) == 262
    assert all(each.span is not None for each in demo.selections)
    nvivo = read_refi_qda(SHARED / "nvivo_project.qdpx")
    assert len(nvivo.documents) == 2 and len(nvivo.concepts) == 262 and nvivo.coders == ("chrisp", "cp")


def test_ties_become_links_and_a_graph_with_dashed_opposition(tmp_path):
    (path,) = write_refi_qda(PAIRS, tmp_path / "p.qdpx")
    xml = read_archive(path)["project.qde"].decode()
    assert xml.count("<Link ") == 6 and xml.count('direction="OneWay"') == 12
    assert xml.count('lineStyle="dashed"') == 3 and xml.count("<Case ") == 4


def test_writing_twice_gives_the_same_bytes(tmp_path):
    write_refi_qda(PAIRS, tmp_path / "a.qdpx")
    write_refi_qda(PAIRS, tmp_path / "b.qdpx")
    assert (tmp_path / "a.qdpx").read_bytes() == (tmp_path / "b.qdpx").read_bytes()


def test_what_was_deleted_or_recoded_in_the_other_program_is_taken_over_and_listed(tmp_path):
    (path,) = write_refi_qda(PAIRS, tmp_path / "p.qdpx")
    members = read_archive(path)
    root = parse_xml(members["project.qde"], "p")
    ns = {"q": "urn:QDA-XML:project:1.0"}
    selections = root.findall(".//q:PlainTextSelection", ns)
    codes = {code.get("name"): code.get("guid") for code in root.iter("{urn:QDA-XML:project:1.0}Code")}
    first = next(each for each in selections if "welcomes" in each.get("name"))
    first.find(".//q:CodeRef", ns).set("targetGUID", codes["concede"])
    gone = next(each for each in selections if "condemn" in each.get("name"))
    gone.getparent().remove(gone)
    from lxml import etree

    members["project.qde"] = etree.tostring(root)
    found = read(tmp_path, archive_bytes(members))
    assert {each.kept for each in found.problems} == {"taken over", "left out"}
    assert next(p for p in found.codings[0].positions if p.id == WELCOMES.id).act == "concede"
    assert len(found.codings[1].positions) == 1


def test_selections_of_another_program_keep_code_coder_and_parents(tmp_path):
    source = f'<TextSource guid="{CODE}" name="Hearing" plainTextPath="internal://t.txt">{selection(4, 8)}</TextSource>'
    found = read(tmp_path, project(source, text="The toll is high."))
    (mark,) = found.selections
    assert (mark.code, mark.span.exact, mark.coder) == ("Theme / toll", "toll", "Ana")
    assert found.concepts[1].broader == "Theme" and found.documents[0].title == "Hearing"
    assert found.problems == ()


def test_counts_of_line_ends_and_utf16_are_detected_and_listed(tmp_path):
    text = "One line.\r\nTwo lines.\r\nThe toll is high.\r\nThe end of it.\r\n"
    start = text.index("toll") - 2
    marks = selection(start, start + 4, "toll") + selection(
        text.index("end") - 3, text.index("end"), "end", 1
    )
    source = f'<TextSource guid="{CODE}" plainTextPath="t.txt">{marks}</TextSource>'
    found = read(tmp_path, project(source, text=text))
    assert [each.span.exact for each in found.selections] == ["toll", "end"]
    assert [each.kept for each in found.problems] == ["repaired"]
    text = "🕊🕊🕊 The toll"
    marks = selection(text.index("toll") + 3, text.index("toll") + 7, "toll")
    source = f'<TextSource guid="{CODE}" plainTextPath="t.txt">{marks}</TextSource>'
    assert read(tmp_path, project(source, text=text)).selections[0].span.exact == "toll"


def test_selections_outside_the_text_are_kept_without_anchor_and_listed(tmp_path):
    marks = selection(5, 2) + selection(0, 999, "lost words", 1) + selection("x", 3, "", 2)
    source = f'<TextSource guid="{CODE}"><PlainTextContent>The toll</PlainTextContent>{marks}</TextSource>'
    found = read(tmp_path, project(source))
    assert [(each.span, each.quote) for each in found.selections] == [(None, ""), (None, "lost words")]
    assert len(found.problems) == 3


def test_cases_are_actors_with_mentions_and_values(tmp_path):
    rest = f"""<Variables><Variable guid="{CODE[:-1]}7" name="party" typeOfVariable="Text"/></Variables>
      <Cases><Case guid="{CODE[:-1]}8" name="Mill Guild"><VariableValue><VariableRef targetGUID="{CODE[:-1]}7"/><TextValue>Oaks</TextValue>
      </VariableValue><SelectionRef targetGUID="00000000-0000-0000-0000-000000000000"/></Case></Cases>"""
    source = f'<TextSource guid="{CODE}"><PlainTextContent>The toll</PlainTextContent>{selection(0, 3)}</TextSource>'
    found = read(tmp_path, project(source, rest=rest))
    assert found.codings[0].actors[0].attributes == {"party": "Oaks"}
    assert found.codings[0].mentions[0].span.exact == "The"
    assert found.attributes == {"Mill Guild": {"party": "Oaks"}}


def test_sources_that_are_no_text_are_listed(tmp_path):
    source = f'<PictureSource guid="{CODE}" name="map"/><TextSource guid="{CODE[:-1]}5" plainTextPath="internal://gone.txt"/>'
    found = read(tmp_path, project(source))
    assert found.documents == () and len(found.problems) == 2


def test_ways_out_of_the_archive_and_bombs_are_refused(tmp_path):
    source = f'<TextSource guid="{CODE}" plainTextPath="internal://../../t.txt"/>'
    with pytest.raises(InvalidRecord, match="leads out"):
        read(tmp_path, project(source, text="x", name="../t.txt"))
    with pytest.raises(LimitExceeded):
        read(tmp_path, project(source, text="0" * (8 << 20)))
    with pytest.raises(InvalidRecord, match=r"no project\.qde"):
        read(tmp_path, archive_bytes({"a.txt": b"x"}))
    bomb = b'<!DOCTYPE p [<!ENTITY a "b">]><Project name="&a;"/>'
    with pytest.raises(InvalidRecord, match="entities"):
        read(tmp_path, archive_bytes({"project.qde": bomb}))
    whole = project(source)
    with pytest.raises((UnreadableFile, InvalidRecord)):
        read(tmp_path, whole[: len(whole) // 2])
    with pytest.raises(InvalidRecord, match="root element"):
        read(tmp_path, b"<TEI/>")


@settings(max_examples=60)
@given(data=st.data())
def test_damaged_projects_give_a_result_or_a_named_error(data, tmp_path_factory):
    folder = tmp_path_factory.mktemp("r")
    (path,) = write_refi_qda(PAIRS, folder / "p.qdpx")
    with zipfile.ZipFile(path) as archive:
        xml = bytearray(archive.read("project.qde"))
        rest = {name: archive.read(name) for name in archive.namelist() if name != "project.qde"}
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(xml) - 1))
        xml[place : place + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=4))
    path.write_bytes(archive_bytes({"project.qde": bytes(xml), **rest}))
    try:
        found = read_refi_qda(path)
    except AmityError:
        return
    for document, coding in found.pairs:
        coding.check(document)


def test_positions_without_coder_belong_to_the_named_user(tmp_path):
    pair = (PAIRS[0][0], replace(PAIRS[0][1], positions=PAIRS[0][1].positions[:1]))
    (path,) = write_refi_qda([pair], tmp_path / "p.qdpx", user="Bo")
    assert read_refi_qda(path).coders == ("Bo",)
