"""The report of a project."""

from html.parser import HTMLParser

from amity.model import Document, Edge, Position
from amity.network import network_from_edges
from amity.views import DocumentLine, Quote, ReportContent, render_report

TEXT = "The Council strongly condemns <b>Ostrany</b> & thanks the League."
DOCUMENT = Document("d1", TEXT)


def position(identity: str, cue: str, target: str, polarity: int, end: str) -> Position:
    start = TEXT.index(cue)
    stop = TEXT.index(end) + len(end)
    return Position(
        identity, "d1", ("council",), "criticise" if polarity < 0 else "endorse",
        (DOCUMENT.span(start, stop),), DOCUMENT.span(start, start + len(cue)), targets=(target,), polarity=polarity,
    )  # fmt: skip


POSITIONS = {
    "p1": position("p1", "condemns", "ostrany", -1, "</b>"),
    "p2": position("p2", "thanks", "league", 1, "League"),
}


def report() -> str:
    network = network_from_edges(
        [Edge("council", "ostrany", 0, 1, ("p1",)), Edge("council", "league", 1, 0, ("p2",))]
    )
    return render_report(
        ReportContent(
            "Straits & <Ostrany>",
            network,
            lambda each: Quote(POSITIONS[each], "Resolution 3", "1961-05-02", "The Council strongly ", "."),
            [DocumentLine("d1", "Resolution 3", "1961-05-02", ("Council",), "resolution", 2, 1)],
            [("1961-05-02", -1), ("1961-05-02", 1)],
            {"act": {"criticise": 1, "endorse": 1}},
            [("Reader", "rules 1")],
        )
    )


class Outline(HTMLParser):
    """Collects ids, local links, and every address that leaves the file."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.local: set[str] = set()
        self.outside: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in ("href", "src") and value:
                if value.startswith("#"):
                    self.local.add(value[1:])
                else:
                    self.outside.append(value)


def test_the_report_quotes_the_words_and_marks_the_cue() -> None:
    html = report()
    assert "<q><b>condemns</b> &lt;b&gt;Ostrany&lt;/b&gt;</q>" in html
    assert "The Council strongly " in html


def test_the_report_is_closed_in_itself() -> None:
    outline = Outline()
    outline.feed(report())
    assert outline.outside == []
    assert outline.local <= outline.ids
    assert not outline.tags & {"script", "link", "iframe", "img", "object"}


def test_texts_cannot_write_markup() -> None:
    assert "<title>Straits &amp; &lt;Ostrany&gt;</title>" in report()
    assert "<b>Ostrany" not in report()


def test_an_empty_project_gives_a_readable_report() -> None:
    html = render_report(
        ReportContent("Empty", network_from_edges([]), lambda each: Quote(POSITIONS[each], "", None))
    )
    assert "No position has both a holder and a target" in html
