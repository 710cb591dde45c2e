"""TEI volumes, single texts, debates and vertical corpora."""

import json
from pathlib import Path

import pytest

from amity.documents import Unreadable, read_documents, read_file
from amity.errors import UnknownFormat, UnreadableFile
from amity.model import Document

from .make import write

HEADER = """<teiHeader><fileDesc><titleStmt><title type="complete">Papers of the League, 1931</title></titleStmt>
<publicationStmt><publisher>League Press</publisher><date>1940</date></publicationStmt></fileDesc></teiHeader>"""
VOLUME = f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xmlns:x="http://example.org/x" xml:id="v1" xml:lang="en">{HEADER}<text><front><div type="toc"><p>Contents</p></div></front>
<body><div type="compilation"><head>The harbour</head>
<div type="document" xml:id="d1" n="1"><head>No. 1.<lb/><hi>Mr. <persName type="from">Bloom</persName> to Mr. <persName type="to">Oduya</persName>.</hi></head>
<note type="source">[Translation.]</note>
<dateline><placeName><hi>Legation of the Republic of Sylvania</hi>,<lb/><hi>Port Esker</hi></placeName>, <date when="1931-04-02">April 2, 1931</date>.</dateline>
<p><hi>Sir</hi>: My Government protests<note n="1">See No. 9.</note> against the
    closing of the <pb n="12"/>strait. <choice><sic>Teh</sic><corr>The</corr></choice> boats are <sic>seazed</sic>.</p>
<list><label>1.</label><item>Two boats;</item><label>2.</label><item>one crew.</item></list>
<closer><signed>ADA BLOOM,<lb/>Minister.</signed></closer>
<x:attachment><head>Mr. <persName type="from">Zed</persName> to Mr. <persName type="to">Nobody</persName></head><dateline><date when="1900-01-01"/></dateline>
<p>Enclosed words.</p></x:attachment></div>
<div type="document" xml:id="d2" n="2"><head>2. Letter From Chairman <persName type="from">Moor</persName> to President <persName type="to">Hale</persName><note>Source: archive.</note></head>
<dateline><placeName>Verane</placeName>, <date>undated</date>.</dateline><p>Dear Mr. President: We agree.</p></div>
</div></body></text></TEI>"""


def one(tmp_path: Path, content: str, name: str = "v.xml") -> list[Document]:
    write(tmp_path, {name: content})
    return read_file(tmp_path / name)


def test_a_volume_gives_one_document_a_div(tmp_path: Path) -> None:
    first, second = one(tmp_path, VOLUME)
    assert (first.id, second.id) == ("v-d1", "v-d2")
    assert first.text == (
        "No. 1. Mr. Bloom to Mr. Oduya.\n\nLegation of the Republic of Sylvania, Port Esker, April 2, 1931.\n\n"
        "Sir: My Government protests against the closing of the strait. The boats are seazed.\n\n1. Two boats;\n\n2. one crew.\n\n"
        "ADA BLOOM, Minister.\n\nMr. Zed to Mr. Nobody\n\nEnclosed words."
    )
    assert first.title == "Mr. Bloom to Mr. Oduya"
    assert (first.issuers, first.addressees) == (("Republic of Sylvania (Mr. Bloom)",), ("Mr. Oduya",))
    assert (first.date, first.place, first.language) == ("1931-04-02", "Port Esker", "en")
    assert first.citation == "Papers of the League, 1931, document 1"
    assert first.provenance["issuers"] == "found"
    assert (second.issuers, second.addressees) == (("Chairman Moor",), ("President Hale",))
    assert second.provenance["issuers"] == "file"
    assert second.date is None


def test_notes_and_pages_stand_in_the_metadata_with_their_places(tmp_path: Path) -> None:
    first, _ = one(tmp_path, VOLUME)
    notes = json.loads(first.metadata["notes"])
    assert [each["text"] for each in notes] == ["[Translation.]", "See No. 9."]
    assert first.text[: notes[1]["at"]].endswith("My Government protests")
    (page,) = json.loads(first.metadata["pages"])
    assert (page["page"], first.text[page["at"] :][:6]) == ("12", "strait")
    assert "See No. 9" not in first.text


def test_a_file_with_one_document_takes_the_files_name(tmp_path: Path) -> None:
    single = VOLUME.replace('<div type="document" xml:id="d2"', '<div type="part" xml:id="d2"')
    (document,) = one(tmp_path, single, "1931-bloom.xml")
    assert document.id == "1931-bloom"


def test_a_text_without_divs_of_documents_is_one_document(tmp_path: Path) -> None:
    content = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>A letter</title></titleStmt></fileDesc><profileDesc>
    <correspDesc><correspAction type="sent"><persName>Ada Bloom</persName><placeName>Esker</placeName><date when="1931-05"/></correspAction>
    <correspAction type="received"><persName>Jon Hale</persName></correspAction></correspDesc></profileDesc></teiHeader>
    <text><body><p>We sup&nbsp;port you.</p><lg><l>A line,</l><l>and another.</l></lg><table><row><cell>a</cell><cell>b</cell></row></table></body></text></TEI>"""
    (document,) = one(tmp_path, content)
    assert document.text == "We sup\u00a0port you.\n\nA line,\nand another.\n\na\tb"
    assert (document.title, document.date, document.place) == ("A letter", "1931-05", "Esker")
    assert (document.issuers, document.addressees) == (("Ada Bloom",), ("Jon Hale",))


DEBATE = """<teiCorpus xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader><profileDesc><particDesc><listPerson>
<person xml:id="BloomAda"><persName><surname>Bloom</surname><forename>Ada</forename></persName>
<affiliation ref="#p.old" from="1920-01-01" to="1930-12-31"/><affiliation ref="#p.new" from="1931-01-01"/></person></listPerson>
<listOrg><org xml:id="p.old"><orgName full="yes">Old Union</orgName></org><org xml:id="p.new"><orgName full="init">NL</orgName><orgName full="yes">New League</orgName></org></listOrg>
</particDesc></profileDesc></teiHeader>
<TEI xml:id="s1"><teiHeader><fileDesc><titleStmt><title>Sitting 4</title></titleStmt></fileDesc><profileDesc><settingDesc><setting>
<name type="city">Verane</name><date when="1931-06-10"/></setting></settingDesc></profileDesc></teiHeader>
<text><body><div><head>THE STRAIT</head><note type="speaker">ADA BLOOM:</note>
<u who="#BloomAda" xml:id="u1" next="#u3"><seg>We reject the treaty.</seg><seg>We always did.</seg><kinesic><desc>Applause</desc></kinesic></u>
<note type="speaker">Mr. Hale (Old Union):</note><u who="#Unlisted" xml:id="u2">Shame!</u>
<u who="#BloomAda" xml:id="u3" prev="#u1"><s><w>And</w><w>we</w><w join="right">shall</w><pc>.</pc></s></u></div></body></text></TEI></teiCorpus>"""


def test_a_debate_gives_one_document_a_speech_with_its_speaker(tmp_path: Path) -> None:
    bloom, hale = one(tmp_path, DEBATE, "debate.xml")
    assert bloom.text == "We reject the treaty. We always did.\n\nAnd we shall."
    assert (bloom.id, bloom.issuers, bloom.metadata["party"]) == ("debate-u1", ("Ada Bloom",), "New League")
    assert (bloom.date, bloom.place, bloom.kind, bloom.title) == (
        "1931-06-10",
        "Verane",
        "speech",
        "Ada Bloom: THE STRAIT",
    )
    assert "Applause" in bloom.metadata["notes"]
    assert (hale.text, hale.issuers) == ("Shame!", ("Mr. Hale (Old Union)",))


def test_akoma_ntoso_debates_give_speeches_and_acts_one_document(tmp_path: Path) -> None:
    meta = """<meta><identification><FRBRWork><FRBRdate date="1931-06-10"/><FRBRauthor href="#house"/><FRBRcountry value="sy"/></FRBRWork>
    <FRBRExpression><FRBRlanguage language="eng"/></FRBRExpression></identification><references><TLCOrganization eId="house" showAs="House of Sylvania"/>
    <TLCPerson eId="hale" showAs="Jon Hale"/><TLCRole eId="min" showAs="Minister"/></references></meta>"""
    debate = f"""<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate>{meta}<debateBody><debateSection><heading>Boats</heading>
    <speech by="#hale" as="#min" eId="sp1"><from>Mr HALE:</from><p>We <b>support</b> the fishers<authorialNote marker="1"><p>Aside.</p></authorialNote>.</p><p>Always.</p></speech>
    <speech by="#nobody"><from>A Member:</from><p>Hear.</p></speech></debateSection></debateBody></debate></akomaNtoso>"""
    act = f"""<akomaNtoso><act name="act">{meta}<preface><p><docTitle>Strait Act</docTitle></p></preface><body><section><num>1.</num><heading>Closing</heading>
    <content><p>The strait is open.</p></content></section><paragraph><num>(a)</num><content><p>No tolls.</p></content></paragraph></body></act></akomaNtoso>"""
    hale, member = one(tmp_path, debate, "debate.xml")
    assert (hale.text, hale.issuers, hale.metadata["role"]) == (
        "We support the fishers.\n\nAlways.",
        ("Jon Hale",),
        "Minister",
    )
    assert (hale.id, hale.date, hale.language, hale.title) == (
        "debate-sp1",
        "1931-06-10",
        "en",
        "Jon Hale: Boats",
    )
    assert member.issuers == ("A Member",)
    (law,) = one(tmp_path, act, "act.xml")
    assert law.text == "Strait Act\n\n1. Closing\n\nThe strait is open.\n\n(a) No tolls."
    assert (law.title, law.issuers) == ("Strait Act", ("House of Sylvania",))


def test_vertical_corpora_become_running_text(tmp_path: Path) -> None:
    tokens = ['<text id="g" title="Raid" dateCreated="1931-05-01" author="Courier">', "<p>", "<s>"]
    tokens += [
        f"{each}\tX\ty"
        for each in ("He", "said", ":", '"', "We", "do", "n't", "fear", "(", "any", ")", "war", '"', ",")
    ]
    tokens += [
        "<w>",
        "quasi\tX\ty",
        "-\tX\ty",
        "state\tX\ty",
        "</w>",
        ".\tX\ty",
        "</s>",
        "</p>",
        "<p>",
        "End\tX\ty",
        "</p>",
        "</text>",
    ]
    (document,) = one(tmp_path, "\n".join(tokens), "g.xml")
    assert document.text == 'He said: "We don\'t fear (any) war", quasi-state.\n\nEnd'
    assert (document.title, document.date, document.issuers) == ("Raid", "1931-05-01", ("Courier",))


def test_hostile_xml_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE TEI [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><TEI><text><body><p>&b;</p></body></text></TEI>'
    write(
        tmp_path,
        {
            "a.xml": bomb,
            "b.xml": "<TEI>" + "<p>" * 3000 + "</p>" * 3000 + "</TEI>",
            "c.xml": "<?xml version='1.0'?><recipe/>",
        },
    )
    with pytest.raises(UnreadableFile, match="entities"):
        read_file(tmp_path / "a.xml")
    with pytest.raises(UnreadableFile, match="depth"):
        read_file(tmp_path / "b.xml")
    with pytest.raises(UnknownFormat, match="'recipe'"):
        read_file(tmp_path / "c.xml")


def test_a_system_entity_reads_no_file(tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "hidden"})
    dtd = f'<!DOCTYPE TEI SYSTEM "{(tmp_path / "secret.txt").as_uri()}">'
    write(
        tmp_path,
        {"a.xml": f"<?xml version='1.0'?>{dtd}<TEI><text><body><p>Open words.</p></body></text></TEI>"},
    )
    (document,) = [each for each in read_documents(tmp_path / "a.xml") if not isinstance(each, Unreadable)]
    assert document.text == "Open words."
