import contextlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from amity.errors import AmityError, InvalidRecord, UnreadableFile
from amity.formats.web_annotation import read_web_annotation, write_web_annotation

from .worlds import FIRST, FIRST_CODING, PAIRS

SHARED = Path(__file__).parents[3] / "shared" / "reference" / "formats"


def written(tmp_path, **options):
    (path,) = write_web_annotation(PAIRS, tmp_path / "a.jsonld", **options)
    return path, json.loads(path.read_text(encoding="utf-8"))


def test_codings_come_back_whole(tmp_path):
    found = read_web_annotation(written(tmp_path)[0])
    assert found.problems == () and found.selections == ()
    assert list(found.codings) == [coding for _, coding in PAIRS]
    assert [each.text for each in found.documents] == [each.text for each, _ in PAIRS]


def test_texts_may_stay_out_and_come_from_a_folder_or_a_mapping(tmp_path):
    path, page = written(tmp_path, texts=False)
    assert "truce of the Salt Union.\r" not in path.read_text(encoding="utf-8")
    texts = {
        each["id"]: document.text for each, (document, _) in zip(page["amity:document"], PAIRS, strict=True)
    }
    assert list(read_web_annotation(path, texts=texts).codings) == [coding for _, coding in PAIRS]
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "note-1.txt").write_bytes(FIRST.text.encode())
    found = read_web_annotation(path, texts=tmp_path / "texts")
    assert found.codings[0] == FIRST_CODING
    assert all(each.span is None for each in found.selections if "speech" in each.document_id)
    assert any(each.reason == "its text is not given" for each in found.problems)


def test_selectors_hold_code_points_quote_and_context(tmp_path):
    _, page = written(tmp_path)
    for item in page["items"]:
        targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
        for target in targets:
            place, words = target["selector"]
            text = next(d.text for d, _ in PAIRS if target["source"].endswith(d.id.replace("/", "%2F")))
            assert text[place["start"] : place["end"]] == words["exact"]
            assert text[: place["start"]].endswith(words["prefix"]) and text[place["end"] :].startswith(
                words["suffix"]
            )


@pytest.mark.skipif(not SHARED.is_dir(), reason="the annotation context is not beside this checkout")
def test_every_key_is_a_term_of_the_context(tmp_path):
    terms = set(json.loads((SHARED / "anno.jsonld").read_text(encoding="utf-8"))["@context"])
    _, page = written(tmp_path)

    def keys(value):
        if isinstance(value, dict):
            for key, each in value.items():
                yield key
                if key != "@context":
                    yield from keys(each)
        elif isinstance(value, list):
            for each in value:
                yield from keys(each)

    assert {key for key in keys(page) if not key.startswith("amity:")} <= terms | {"@context"}


def test_annotations_are_tied_again_when_the_text_moved(tmp_path):
    path, page = written(tmp_path, texts=False)
    moved = "A line that was not there. " + FIRST.text.replace("welcomes", "welcomes now")
    found = read_web_annotation(path, texts={page["amity:document"][0]["id"]: moved})
    coding = found.codings[0]
    assert {each.span.exact for each in coding.mentions} == {
        each.span.exact for each in FIRST_CODING.mentions
    }
    rejects = next(p for p in coding.positions if p.act == "refuse")
    assert [each.exact for each in rejects.evidence] == ["We reject the tolls", "of Brask"]
    assert all(each.kept in ("repaired", "kept without anchor") for each in found.problems)
    assert any("welcomes the" in each.reason for each in found.problems)


def test_annotations_of_another_program_read(tmp_path):
    path = tmp_path / "h.json"
    text = "The toll is high. The toll is low."
    item = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "x:1",
        "type": "Annotation",
        "motivation": "commenting",
        "body": [
            {"type": "TextualBody", "value": "why?"},
            {"type": "TextualBody", "value": "price", "purpose": "tagging"},
        ],
        "target": {
            "source": "https://example.org/p",
            "selector": {
                "type": "RangeSelector",
                "refinedBy": {"type": "TextQuoteSelector", "exact": "The toll", "suffix": " is low"},
            },
        },
    }
    path.write_text(
        json.dumps(
            {"type": "AnnotationCollection", "first": {"items": [item, {**item, "id": "x:2", "target": []}]}}
        ),
        encoding="utf-8",
    )
    found = read_web_annotation(path, texts={"https://example.org/p": text})
    (mark,) = found.selections
    assert (mark.code, mark.note, mark.span.start) == ("price", "why?", 18)
    assert [each.place for each in found.problems] == ["x:2"]
    path.write_text(json.dumps(item), encoding="utf-8")
    assert read_web_annotation(path).selections[0].span is None


@pytest.mark.parametrize("text", ["", "{", "{}", "[]", "3", '{"items": [1]}'])
def test_what_holds_no_annotation_is_refused(text, tmp_path):
    path = tmp_path / "bad.jsonld"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((InvalidRecord, UnreadableFile), match=r"bad\.jsonld"):
        read_web_annotation(path)


def test_a_folder_of_texts_cannot_be_left(tmp_path):
    (tmp_path / "secret.txt").write_text("secret words", encoding="utf-8")
    (tmp_path / "texts").mkdir()
    item = {
        "type": "Annotation",
        "target": {"source": "x:..%2Fsecret", "selector": {"type": "TextQuoteSelector", "exact": "secret"}},
    }
    path = tmp_path / "a.jsonld"
    path.write_text(json.dumps(item), encoding="utf-8")
    assert read_web_annotation(path, texts=tmp_path / "texts").selections[0].span is None


values = (
    st.none()
    | st.booleans()
    | st.integers(-2, 40)
    | st.text(max_size=3)
    | st.just([])
    | st.just({})
    | st.just([{"a": []}])
)


@settings(max_examples=60)
@given(data=st.data())
def test_damaged_pages_give_a_result_or_a_named_error(data, tmp_path_factory):
    path, page = written(tmp_path_factory.mktemp("w"))

    def places(value, at=()):
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, each in items:
            yield (*at, key)
            yield from places(each, (*at, key))

    for _ in range(data.draw(st.integers(1, 3))):
        *way, last = data.draw(st.sampled_from(list(places(page))))
        holder = page
        for key in way:
            holder = holder[key]
        holder[last] = data.draw(values)
    path.write_text(json.dumps(page), encoding="utf-8")
    with contextlib.suppress(AmityError):
        for document, coding in read_web_annotation(path).pairs:
            coding.check(document)


def test_a_position_keeps_its_text_without_actors_mentioned(tmp_path):
    bare = replace(FIRST_CODING, mentions=())
    (path,) = write_web_annotation([(FIRST, bare)], tmp_path / "b.jsonld")
    assert read_web_annotation(path).codings[0] == bare
