import contextlib
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, NotFound, UnreadableFile
from amity.formats import FORMATS
from amity.formats.brat import read_brat, write_brat
from amity.formats.doccano import read_doccano
from amity.formats.label_studio import read_label_studio, write_label_studio
from amity.formats.prodigy import read_prodigy, write_prodigy
from amity.model import Coding, Document, Origin

from .worlds import FIRST, FIRST_CODING, PAIRS, WELCOMES

NAMES = ["brat", "label-studio", "doccano", "prodigy"]
ORIGINAL = [(document, coding) for document, coding in PAIRS]


def target(name, folder):
    return folder / ("out" + FORMATS[name].extensions[0])


@pytest.mark.parametrize("name", NAMES)
def test_codings_come_back_whole(name, tmp_path):
    FORMATS[name].write(PAIRS, target(name, tmp_path))
    found = FORMATS[name].read(target(name, tmp_path))
    assert found.problems == () and found.selections == ()
    assert [document.text for document in found.documents] == [document.text for document, _ in PAIRS]
    assert list(found.codings) == [coding for _, coding in PAIRS]
    assert [(d.id, d.date, d.title, dict(d.metadata)) for d in found.documents] == [
        (d.id, d.date, d.title, dict(d.metadata)) for d, _ in PAIRS
    ]


@pytest.mark.parametrize("name", NAMES)
def test_origins_come_back_and_empty_codings_too(name, tmp_path):
    dated = replace(WELCOMES, origin=Origin("reader:rules"))
    pairs = [
        (FIRST, replace(FIRST_CODING, positions=(dated,))),
        (Document("e", "No one spoke."), Coding("e")),
    ]
    FORMATS[name].write(pairs, target(name, tmp_path))
    found = FORMATS[name].read(target(name, tmp_path))
    by_id = {coding.document_id: coding for coding in found.codings}
    assert by_id["note-1"].positions == (dated,)
    assert [d.text for d in found.documents if d.text == "No one spoke."] and len(found.documents) == 2


# --- brat


def brat(folder, text, annotations):
    (folder / "x.txt").write_bytes(text.encode())
    (folder / "x.ann").write_bytes(annotations.encode())
    return read_brat(folder)


def test_brat_of_another_project_gives_positions_selections_and_relations(tmp_path):
    text = "Ada praises Bo.\nIn pieces here."
    found = brat(
        tmp_path,
        text,
        "T1\tActor 0 3\tAda\nT2\tendorse 4 11\tpraises\nT3\tActor 12 14\tBo\nE1\tendorse:T2 Holder:T1 Target:T3\nA1\tpolarity E1 1\n"
        "T4\tPlace 16 18;26 30\tIn here\nR1\tNear Arg1:T4 Arg2:T3\t\n#1\tAnnotatorNotes T4\tunsure\nN1\tReference T3 Q:7\tBo the Elder\n*\tEquiv T1 T3\n",
    )
    (position,) = found.codings[0].positions
    assert (position.act, position.polarity, position.cue.exact) == ("endorse", 1, "praises")
    assert [actor.name for actor in found.codings[0].actors] == ["Ada", "Bo the Elder"]
    assert position.holders == ("Ada",)
    assert [(each.code, each.note) for each in found.selections] == [("Place", "unsure"), ("Near", "")]
    assert found.problems == ()


def test_brat_lines_that_break_the_form_are_listed(tmp_path):
    found = brat(
        tmp_path,
        "Ada",
        "T1 Actor 0 3\nX9\tfoo\nT2\tActor 0\tAda\nT3\tActor 0 3\tBob\nE1\tendorse:T9 Holder:T1\n",
    )
    assert len(found.problems) >= 4
    assert found.codings[0].mentions == () and found.selections[-1].quote == "Bob"


def test_brat_needs_its_texts(tmp_path):
    with pytest.raises(NotFound, match=r"\.ann"):
        read_brat(tmp_path)
    (tmp_path / "x.ann").write_text("", encoding="utf-8")
    assert read_brat(tmp_path).problems[0].reason.startswith("its text x.txt")


def test_a_role_moved_in_brat_counts_and_is_listed(tmp_path):
    write_brat(PAIRS[:1], tmp_path)
    path = tmp_path / "note-1.ann"
    lines = path.read_text(encoding="utf-8").split("\n")
    event = next(i for i, line in enumerate(lines) if line.startswith("E") and "endorse" in line)
    union = next(line.split("\t")[0] for line in lines if line.endswith("the Salt Union"))
    brask = next(line.split("\t")[0] for line in lines if line.endswith("\tBrask"))
    lines[event] = lines[event].replace(f"Target:{union}", f"Target:{brask}")
    path.write_text("\n".join(lines), encoding="utf-8")
    found = read_brat(tmp_path)
    assert next(p for p in found.codings[0].positions if p.act == "endorse").targets == ("brask",)
    assert [each.kept for each in found.problems] == ["roles taken over"]


# --- Label Studio


def test_label_studio_counts_utf16_and_reads_code_points_too(tmp_path):
    (path,) = write_label_studio(PAIRS[:1], tmp_path / "t.json")
    tasks = json.loads(path.read_text(encoding="utf-8"))
    union = next(
        r for r in tasks[0]["annotations"][0]["result"] if r.get("value", {}).get("text") == "the Salt Union"
    )
    assert union["value"]["start"] == FIRST.text.index("the Salt Union") + 1
    union["value"]["start"] -= 1
    union["value"]["end"] -= 1
    path.write_text(json.dumps(tasks), encoding="utf-8")
    assert read_label_studio(path).codings[0] == FIRST_CODING


def test_label_studio_of_another_project_reads(tmp_path):
    path = tmp_path / "t.json"
    region = {"id": "a", "type": "labels", "from_name": "l", "to_name": "t"}
    task = {
        "id": 7,
        "data": {"article": "Ada praises Bo.", "source": "Gazette"},
        "annotations": [
            {"was_cancelled": True, "result": []},
            {
                "completed_by": {"email": "ana"},
                "result": [
                    {
                        **region,
                        "value": {"start": 0, "end": 3, "text": "Ada", "labels": ["Person"]},
                        "meta": {"text": ["hm"]},
                    },
                    {"id": "a", "type": "choices", "from_name": "mood", "value": {"choices": ["glad"]}},
                    {"id": "z", "type": "rating", "from_name": "r", "value": {"rating": 4}},
                    {
                        **region,
                        "id": "b",
                        "value": {"start": 50, "end": 60, "text": "gone", "labels": ["Person"]},
                    },
                ],
            },
            {
                "completed_by": 3,
                "result": [{**region, "value": {"start": 12, "end": 14, "text": "Bo", "labels": ["Person"]}}],
            },
        ],
    }
    path.write_text(json.dumps([task]), encoding="utf-8")
    found = read_label_studio(path)
    assert found.documents[0].id == "task-7" and found.documents[0].metadata["source"] == "Gazette"
    first, lost, other = found.selections
    assert (first.code, first.span.exact, first.note, first.attributes) == (
        "Person",
        "Ada",
        "hm",
        {"mood": "glad"},
    )
    assert lost.span is None and lost.quote == "gone" and lost.coder == "ana"
    assert other.coder == "3" and other.span.exact == "Bo"
    assert found.coders == ("ana", "3") and len(found.problems) == 3


# --- doccano and Prodigy


def test_doccano_labels_and_document_labels(tmp_path):
    path = tmp_path / "d.jsonl"
    path.write_text(
        '{"id": 3, "data": "Ada praises Bo.", "label": [[0, 3, "PER"], [5, 99, "X"], "sport"]}\n{"text": "b", "labels": []}\n',
        encoding="utf-8",
    )
    found = read_doccano(path)
    assert [document.id for document in found.documents] == ["3", "doccano-2"]
    assert [(s.code, s.span.exact if s.span else None) for s in found.selections] == [
        ("PER", "Ada"),
        ("X", None),
    ]
    assert len(found.problems) == 2


def test_prodigy_tokens_relations_and_rejected_answers(tmp_path):
    (path,) = write_prodigy(PAIRS[:1], tmp_path / "p.jsonl")
    record = json.loads(path.read_text(encoding="utf-8"))
    for token in record["tokens"]:
        assert record["text"][token["start"] : token["end"]] == token["text"]
    for span in record["spans"]:
        first, last = record["tokens"][span["token_start"]], record["tokens"][span["token_end"]]
        assert (first["start"], last["end"]) == (span["start"], span["end"])
    plain = {
        "text": "Ada praises Bo",
        "spans": [
            {"start": 0, "end": 3, "label": "Actor"},
            {"start": 4, "end": 11, "label": "endorse"},
            {"start": 12, "end": 14, "label": "Actor"},
        ],
        "relations": [
            {
                "label": "Holder",
                "head_span": {"start": 4, "end": 11},
                "child_span": {"start": 0, "end": 3, "label": "Actor"},
            },
            {"label": "Target", "head_span": {"start": 4, "end": 11}, "child_span": {"start": 12, "end": 14}},
            {"label": "Target", "head_span": None, "child_span": {"start": 1, "end": 2}},
        ],
    }
    path.write_text(f"{json.dumps(plain)}\n{json.dumps({**plain, 'answer': 'reject'})}\n", encoding="utf-8")
    found = read_prodigy(path)
    (position,) = found.codings[0].positions
    assert (position.holders, position.targets, position.polarity) == (("Ada",), ("Bo",), 0)
    assert len(found.documents) == 1 and len(found.problems) == 2


@pytest.mark.parametrize("name", ["label-studio", "doccano", "prodigy"])
@pytest.mark.parametrize("text", ["", "{", "[1]", '{"text": 1}', "[" * 100_000, '{"data": {}}', "\x00"])
def test_broken_json_is_refused(name, text, tmp_path):
    path = tmp_path / "bad.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((UnreadableFile, InvalidRecord), match=r"bad\.json"):
        FORMATS[name].read(path)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 60) | st.floats() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)


@pytest.mark.parametrize("name", ["label-studio", "doccano", "prodigy"])
@settings(max_examples=60)
@given(data=st.data())
def test_damaged_tasks_give_a_result_or_a_named_error(name, data, tmp_path_factory):
    path = target(name, tmp_path_factory.mktemp("t"))
    FORMATS[name].write(PAIRS[:1], path)
    record = json.loads(path.read_text(encoding="utf-8"))

    def places(value, at=()):
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, each in items:
            yield (*at, key)
            yield from places(each, (*at, key))

    for _ in range(data.draw(st.integers(1, 3))):
        listed = list(places(record))
        *way, last = data.draw(st.sampled_from(listed))
        holder = record
        for key in way:
            holder = holder[key]
        holder[last] = data.draw(json_values)
    path.write_text(json.dumps(record), encoding="utf-8")
    with contextlib.suppress(AmityError):
        found = FORMATS[name].read(path)
        for document, coding in found.pairs:
            coding.check(document)
