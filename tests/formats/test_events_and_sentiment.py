import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from amity.errors import InvalidRecord, UnreadableFile
from amity.formats.events import EVENT_OF_ACT, read_plover, write_plover
from amity.formats.sentiment import read_dse, read_structured_sentiment, write_structured_sentiment

from .worlds import PAIRS

SHARED = Path(__file__).parents[3] / "shared" / "training"
EVENT = {
    "id": "E1",
    "date": "1971-02-03",
    "event": "REJECT",
    "eventText": "rejected plea",
    "context": "toll",
    "source": [{"actorText": "Brask", "code": "BRK", "sector": "GOV"}],
    "target": [{"actorText": "Salt Union"}],
    "text": "Brask has rejected a plea of the Salt Union.",
    "textInfo": {"markup": "(SRC: Brask) has (EVT: rejected) a plea of the (TAR: Salt Union)."},
    "coder": "Ana",
}


def events(tmp_path, *records):
    path = tmp_path / "e.json"
    path.write_text(json.dumps(records), encoding="utf-8")
    return read_plover(path)


def test_a_plover_record_is_a_document_with_a_position(tmp_path):
    found = events(tmp_path, {"event": "DOCUMENT"}, EVENT)
    (coding,) = found.codings
    (position,) = coding.positions
    assert (position.act, position.polarity, position.concept, position.cue.exact) == (
        "refuse",
        -1,
        "toll",
        "rejected",
    )
    assert [(m.span.exact, m.actor) for m in coding.mentions] == [("Brask", "a1"), ("Salt Union", "a2")]
    assert coding.actors[0].attributes == {"code": "BRK", "sector": "GOV"}
    assert found.documents[0].date == "1971-02-03" and found.coders == ("Ana",) and found.problems == ()


def test_a_compound_actor_holds_towards_each_other(tmp_path):
    both = [{"actorText": "Brask"}, {"actorText": "Tolm"}]
    markup = "(SRC/TAR: Brask) and (SRC/TAR: Tolm) (EVT: agreed)."
    record = {**EVENT, "event": "AGREE", "source": both, "target": "", "text": "Brask and Tolm agreed."}
    found = events(tmp_path, {**record, "textInfo": {"markup": markup}}, {**record, "textInfo": None})
    assert [(p.holders, p.targets) for p in found.codings[0].positions] in (
        [(("a1",), ("a2",)), (("a2",), ("a1",))],
        [(("a2",), ("a1",)), (("a1",), ("a2",))],
    )
    (joint,) = found.codings[1].positions
    assert joint.holders == ("a1", "a2") and joint.targets == () and joint.polarity is None


def test_records_that_are_no_positions_are_listed(tmp_path):
    found = events(
        tmp_path, {**EVENT, "source": None}, {**EVENT, "event": "DANCE"}, {"event": "AID", "text": ""}
    )
    assert len(found.problems) == 3 and len(found.selections) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the PLOVER records are not beside this checkout")
def test_the_plover_records_read_whole():
    found = read_plover(SHARED / "plover_gsr.txt")
    assert len(found.documents) == 322
    assert sum(bool(coding.positions) for coding in found.codings) == 321
    assert [each.reason for each in found.problems] == ["it has no source, so nobody holds the position"]


def gdelt(number, day, source, target, code):
    cells = [""] * 58
    cells[0], cells[1], cells[6], cells[16], cells[26] = str(number), day, source, target, code
    return "\t".join(cells)


def test_a_gdelt_table_is_a_document_whose_rows_are_evidence(tmp_path):
    path = tmp_path / "x.tsv"
    rows = [
        gdelt(1, "19800102", "BRASK", "TOLM", "1121"),
        gdelt(2, "19800103", "TOLM", "", "057"),
        gdelt(3, "1980", "", "X", "03"),
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = read_plover(path)
    first, second = found.codings[0].positions
    assert (first.act, first.date, first.evidence[0].exact) == ("criticise", "1980-01-02", rows[0])
    assert first.cue.exact == "1121"
    assert (second.act, second.targets, second.concept) == ("endorse", (), "057")
    assert [each.place.endswith("line 3") for each in found.problems] == [True]


def test_event_tables_with_headers_and_quoted_cells_read(tmp_path):
    path = tmp_path / "p.csv"
    path.write_text(
        'Event ID,Event Date,Event Type,Actor Name,Recipient Name,Contexts\n1,1999-05-06,SANCTION,"Brask, Isle of",Tolm,trade\n',
        encoding="utf-8",
    )
    found = read_plover(path)
    (position,) = found.codings[0].positions
    assert [actor.name for actor in found.codings[0].actors] == ["Brask, Isle of", "Tolm"]
    assert (position.act, position.polarity, position.concept) == ("deed", -1, "trade")


def test_written_events_have_quad_class_and_score_and_read_back(tmp_path):
    (path,) = write_plover(PAIRS, tmp_path / "e.jsonl")
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert [(r["event"], r["quad"], r["score"]) for r in records] == [
        *(("SUPPORT", 1, 1), ("REJECT", 3, -1), ("COOPERATE", 2, 1), ("SUPPORT", 1, 1), ("ACCUSE", 3, -1)),
    ]
    assert records[1]["date"] == "1954-05-30" and records[0]["date"] == "1954-06-02"
    found = read_plover(path)
    assert [[p.polarity for p in coding.positions] for coding in found.codings] == [[1], [-1], [1], [1], [-1]]
    (table,) = write_plover(PAIRS, tmp_path / "e.tsv")
    assert len(read_plover(table).codings[0].positions) == 5
    assert {quad for _, quad in EVENT_OF_ACT.values()} == {1, 2, 3, 4}


@pytest.mark.parametrize("text", ["", "{", "[]", "a,b\n1,2\n", "source,event\n", "source,event,x\nA,AID\n"])
def test_what_holds_no_event_is_refused(text, tmp_path):
    path = tmp_path / "bad.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.txt"):
        read_plover(path)


# --- DSE


def test_dse_rows_become_sentences_with_a_directed_opinion(tmp_path):
    path = tmp_path / "d.txt"
    path.write_text(
        "[Ada] blames [Bo].\tAda\tBo\t3\n"
        '"[Ada] was ""thanked"" by [ Bo ]."\tAda\tBo\t2\n'
        "[Ada] met [Ada].\tAda\tAda\t0\nno brackets\ta\tb\t1\nshort\n",
        encoding="utf-8",
    )
    found = read_dse(path)
    assert [document.text for document in found.documents] == [
        "Ada blames Bo.",
        'Ada was "thanked" by  Bo .',
        "Ada met Ada.",
    ]
    first, second = found.codings[0].positions[0], found.codings[1].positions[0]
    assert (first.holders, first.targets, first.polarity) == (("p",), ("q",), -1)
    assert (second.holders, second.targets, second.polarity) == (("q",), ("p",), 1)
    assert [m.span.start for m in found.codings[2].mentions] == [0, 8] and not found.codings[2].positions
    assert len(found.problems) == 2


@pytest.mark.skipif(not SHARED.is_dir(), reason="the DSE corpus is not beside this checkout")
@pytest.mark.parametrize(("name", "rows"), [("dse_train.txt", 13144), ("dse_valid.txt", 1461)])
def test_the_dse_corpus_reads_whole(name, rows):
    found = read_dse(SHARED / name)
    assert len(found.documents) == rows and found.problems == ()
    signed = sum(document.metadata["label"] != "0" for document in found.documents)
    assert sum(len(coding.positions) for coding in found.codings) == signed


@given(text=st.text(alphabet='[]ab\t\n0123" ', max_size=40))
def test_any_text_is_a_dse_file_or_a_named_error(text, tmp_path_factory):
    path = tmp_path_factory.mktemp("d") / "d.txt"
    path.write_text(text, encoding="utf-8")
    try:
        found = read_dse(path)
    except InvalidRecord:
        return
    for document, coding in found.pairs:
        coding.check(document)


# --- structured sentiment


def test_structured_sentiment_reads_and_lists_what_it_cannot_take(tmp_path):
    opinion = {
        "Source": [["Ada"], ["0:3"]],
        "Target": [["the", "dam"], ["11:14", "18:21"]],
        "Polar_expression": [["dislikes"], ["4:12"]],
        "Polarity": "Negative",
        "Intensity": "Strong",
    }
    text = "Ada dislikes the old dam. Fine dam."
    opinion["Target"] = [["the", "dam"], ["13:16", "21:24"]]
    fine = {
        "Source": [[], []],
        "Target": [["dam"], ["31:34"]],
        "Polar_expression": [["Fine"], ["26:30"]],
        "Polarity": "Positive",
    }
    broken = [
        {**opinion, "Target": [[], []]},
        {**opinion, "Source": [["Bob"], ["0:3"]]},
        {**opinion, "Source": [["x"], ["9:1"]]},
    ]
    path = tmp_path / "s.json"
    path.write_text(
        json.dumps([{"sent_id": "s/1", "text": text, "opinions": [opinion, fine, *broken]}]), encoding="utf-8"
    )
    found = read_structured_sentiment(path)
    (coding,) = found.codings
    first = next(p for p in coding.positions if p.cue.exact == "dislikes" and p.holder_form == "named")
    names = {actor.id: actor.name for actor in coding.actors}
    assert (names[first.holders[0]], names[first.targets[0]], first.strength) == ("Ada", "the dam", "strong")
    implicit = next(p for p in coding.positions if p.cue.exact == "Fine")
    assert (implicit.holders, implicit.holder_form, coding.issuers) == (("author",), "implicit", ("author",))
    assert len(found.problems) == 3


def test_written_opinions_keep_spans_and_signs(tmp_path):
    (path,) = write_structured_sentiment(PAIRS, tmp_path / "s.json")
    records = json.loads(path.read_text(encoding="utf-8"))
    assert [len(record["opinions"]) for record in records] == [4, 2]
    for record in records:
        for opinion in record["opinions"]:
            for words, places in (opinion["Source"], opinion["Target"], opinion["Polar_expression"]):
                for word, place in zip(words, places, strict=True):
                    start, end = map(int, place.split(":"))
                    assert record["text"][start:end] == word
    found = read_structured_sentiment(path)
    assert [[p.cue.exact for p in coding.positions] for coding in found.codings] == [
        ["welcomes", "reject", "reject", "send grain"],
        ["friend", "condemn"],
    ]


@pytest.mark.parametrize("text", ["", "[]", "{}", "[1]", '[{"text": "a"}]', '{"text": "a", "opinions": 3}'])
def test_what_is_no_structured_sentiment_is_refused(text, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.json"):
        read_structured_sentiment(path)
