"""DOCX and ODT give their words in order, without what was deleted."""

import io
import json
from pathlib import Path

import pytest

from amity.documents import Limits, ReadOptions, read_file
from amity.errors import LimitExceeded, UnreadableFile

from .make import BODY, NOTE, SPEECH, write, zip_bytes

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def test_a_docx_from_python_docx_is_read_in_order(tmp_path: Path) -> None:
    from docx import Document as Docx

    made = Docx()
    made.core_properties.author = "Ada Bloom"
    made.add_heading("On the strait", 0)
    made.add_paragraph(NOTE)
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Sylvania", "against"
    made.add_paragraph(BODY)
    made.sections[0].header.paragraphs[0].text = "Running head"
    buffer = io.BytesIO()
    made.save(buffer)
    write(tmp_path, {"a.docx": buffer.getvalue()})
    (document,) = read_file(tmp_path / "a.docx")
    assert document.text == f"On the strait\n\n{NOTE}\n\nSylvania\tagainst\n\n{BODY}"
    assert document.title == "On the strait"
    assert document.metadata["author"] == "Ada Bloom"


def test_tracked_changes_and_notes_of_docx(tmp_path: Path) -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:ins><w:r><w:t>firmly </w:t></w:r></w:ins><w:del><w:r><w:delText>never</w:delText></w:r></w:del>'
        '<w:r><w:t>object</w:t><w:footnoteReference w:id="2"/><w:t>.</w:t><w:br/><w:t>Next</w:t><w:tab/><w:t>line</w:t></w:r></w:p>'
    )
    notes = '<w:footnote w:type="separator"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>See above.</w:t></w:r></w:p></w:footnote>'
    members = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {W}><w:body>{body}</w:body></w:document>",
        "word/footnotes.xml": f"<w:footnotes {W}>{notes}</w:footnotes>",
    }
    write(tmp_path, {"a.docx": zip_bytes(members)})
    (document,) = read_file(tmp_path / "a.docx")
    assert document.text == "We firmly object.\nNext\tline"
    assert [each["text"] for each in json.loads(document.metadata["notes"])] == ["See above."]


def odt(content: str, meta: str = "") -> bytes:
    return zip_bytes(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {ODF}><office:body><office:text>{content}</office:text></office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>",
        }
    )


def test_an_odt_is_read_in_order(tmp_path: Path) -> None:
    content = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Deleted.</text:p></text:deletion></text:changed-region></text:tracked-changes>"
        f'<text:h text:style-name="Title">On the strait</text:h><text:p>{NOTE}</text:p>'
        '<text:list><text:list-item><text:p>First<text:s text:c="2"/>demand<office:annotation><text:p>a comment</text:p></office:annotation></text:p></text:list-item></text:list>'
        "<table:table><table:table-row><table:table-cell><text:p>Sylvania</text:p></table:table-cell><table:table-cell><text:p>against</text:p></table:table-cell>"
        "</table:table-row></table:table>"
        "<text:p>We <text:span>firmly</text:span> object<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>See above.</text:p></text:note-body>"
        "</text:note>.<text:line-break/>Next</text:p><text:p/>"
    )
    write(
        tmp_path,
        {"a.odt": odt(content, "<dc:creator>Ada Bloom</dc:creator><dc:language>fr-FR</dc:language>")},
    )
    (document,) = read_file(tmp_path / "a.odt")
    assert (
        document.text
        == f"On the strait\n\n{NOTE}\n\nFirst  demand\n\nSylvania\tagainst\n\nWe firmly object.\nNext"
    )
    assert (document.title, document.language) == ("On the strait", "fr")
    assert document.metadata["author"] == "Ada Bloom"
    assert [each["text"] for each in json.loads(document.metadata["notes"])] == ["See above."]


def test_office_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "empty.odt": odt("<text:p/>"),
            "sheet.xlsx": zip_bytes({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}),
            "old.doc": b"\xd0\xcf\x11\xe0" + b"\x00" * 600,
            "bomb.docx": zip_bytes(
                {"word/document.xml": f"<w:document {W}><w:body>{'<w:p/>' * 900_000}</w:body></w:document>"}
            ),
            "entity.docx": zip_bytes(
                {"word/document.xml": f'<!DOCTYPE d [<!ENTITY x "y">]><w:document {W}/>'}
            ),
        },
    )
    for name, reason in (
        ("empty.odt", "no words"),
        ("sheet.xlsx", "export it as CSV"),
        ("old.doc", "DOCX"),
        ("entity.docx", "entities"),
    ):
        with pytest.raises(UnreadableFile, match=reason):
            read_file(tmp_path / name)
    with pytest.raises(LimitExceeded, match="expands"):
        read_file(tmp_path / "bomb.docx")
    with pytest.raises(LimitExceeded):
        write(tmp_path, {"big.odt": odt(f"<text:p>{SPEECH * 9}</text:p>")})
        read_file(tmp_path / "big.odt", options=ReadOptions(limits=Limits(archive_bytes=300)))
