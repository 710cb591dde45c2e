"""Web pages and Markdown give their words, paragraph by paragraph."""

from pathlib import Path

import pytest

from amity.documents import read_file
from amity.documents.plain import plain_from_markdown, read_front_matter
from amity.errors import UnreadableFile

from .make import BODY, NOTE, SPEECH, write

DEMAND = "We ask every state on the river to open its locks to the boats of all the others."
PAGE = f"""<!doctype html><html lang="en-GB"><head><meta charset="windows-1252"><title>Raid on Esker | Government of Sylvania</title>
<meta property="og:site_name" content="Government of Sylvania"><meta property="og:url" content="https://example.org/raid">
<meta property="article:published_time" content="1999-05-03T09:00:00Z"></head>
<body><nav><a href="/">Home</a> <a href="/all">All statements of the Government since the beginning</a></nav>
<main><article><h1>Raid on Esker</h1><p>{SPEECH}</p><p>“{BODY}”<br>A new line.</p><h2>See also</h2><ul><li>{DEMAND}</li><li>Second demand of ours.</li></ul></article></main>
<footer>Copyright 2031. All rights reserved by nobody. Imprint.</footer><script>var x = "never";</script></body></html>"""


def test_a_page_gives_its_main_text_and_what_it_says_about_itself(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": PAGE.encode("cp1252")})
    (document,) = read_file(tmp_path / "a.html")
    paragraphs = document.text.split("\n\n")
    assert paragraphs[:2] == ["Raid on Esker", SPEECH]
    assert f"“{BODY}”\nA new line." in paragraphs
    assert any(DEMAND in each for each in paragraphs)
    assert not any(word in document.text for word in ("Home", "Copyright", "never", "See also"))
    assert (document.title, document.date, document.language) == ("Raid on Esker", "1999-05-03", "en")
    assert (document.publisher, document.citation) == ("Government of Sylvania", "https://example.org/raid")
    assert document.issuers == ("Government of Sylvania",)
    assert (document.provenance["date"], document.provenance["issuers"]) == ("file", "found")


def test_a_page_that_extraction_would_lose_is_taken_whole(tmp_path: Path) -> None:
    rows = "".join(
        f"<div><span>Demand {each}: open the strait to boats of every flag.</span></div>"
        for each in range(12)
    )
    write(tmp_path, {"a.html": f"<html><body><nav>Menu</nav><form>{rows}<input></form>{rows}</body></html>"})
    (document,) = read_file(tmp_path / "a.html")
    assert all(f"Demand {each}:" in document.text for each in range(12))
    assert "Menu" not in document.text


def test_a_page_without_words_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.html": "<html><body><script>render()</script></body></html>"})
    with pytest.raises(UnreadableFile, match="browser"):
        read_file(tmp_path / "a.html")


def test_markdown_becomes_plain_paragraphs(tmp_path: Path) -> None:
    source = f"# The **harbour** note #\r\n\r\n{NOTE.replace(' to ', chr(13) + chr(10) + 'to ', 1)}\r\n\r\n> *We* [protest](http://x.y/(z)) against `it`.  \r\n\r\n1. One\r\n2. Two\r\n\r\n---\r\n\r\nA \\* star, snake_case_word, 2 * 3 * 4.\r\n"
    write(tmp_path, {"a.md": source})
    (document,) = read_file(tmp_path / "a.md")
    assert document.title == "The harbour note"
    assert (
        document.text
        == f"The harbour note\n\n{NOTE}\n\nWe protest against it.\n\n1. One\n2. Two\n\nA * star, snake_case_word, 2 * 3 * 4."
    )


@pytest.mark.parametrize(
    ("source", "plain"),
    [
        ("Title\n=====\n\nText", "Title\n\nText"),
        ("![seal](a.png) Text <!-- no --> <b>bold</b> &amp; more", "seal Text  bold & more"),
        ("[a]: http://x.y\nText [a][a]", "Text [a][a]"),
        ("a  \nb\n\u00a0\nc", "a b\n\nc"),
        ("", ""),
    ],
)
def test_marks_of_markdown_go(source: str, plain: str) -> None:
    assert plain_from_markdown(source) == plain


def test_front_matter_is_read_without_yaml() -> None:
    block = "title: \"A \\u201cnote\\u201d: on boats\"\ndate: 1931-04-02 # day\nissuers: [Sylvania, 'Free Companies']\nlist:\n- a\n- b\nlong: >\n  two\n  lines\nempty:\n!!python/object: x\n"
    assert read_front_matter(block) == {
        "title": "A “note”: on boats",
        "date": "1931-04-02",
        "issuers": "Sylvania; Free Companies",
        "list": "a; b",
        "long": "two lines",
        "empty": "",
    }
