"""Examples from the published corpora: GUM, UNER, WNUT, the UN cues, DSE and PLOVER."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from amity.encoder.labels import RELATIONS
from amity.encoder.tokenizer import Tokenizer
from training.examples import Example, build_examples

ENTITY_TYPES = ("person", "organization", "place")
_FIELDS = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET = re.compile(r"\((\d+)(?:\[[^\]]*\])?-([^()]*)(\))?|(\d+)(?:\[[^\]]*\])?\)")
LAST_OF_2015 = 2259
"""Number of the last Security Council resolution of 2015: later ones are the test."""


@dataclass(slots=True)
class _Entity:
    start: int
    kind: str
    heads: tuple[int, ...]
    end: int = -1


def gum_documents(data: Path) -> list[Path]:
    """Return the paths of the GUM documents, sorted."""
    return sorted((data / "training" / "gum").glob("*.conllu"))


def is_gum_test(path: Path, documents: list[Path]) -> bool:
    """Whether a GUM document is held out: every fifth of the sorted list."""
    return documents.index(path) % 5 == 4


def gum_examples(tokenizer: Tokenizer, path: Path) -> list[Example]:
    """Return the windows of a GUM document with entity mentions and dependency trees."""
    text = ""
    sentences: list[tuple[int, str]] = []
    tokens: list[
        tuple[int, int, str, int, str]
    ] = []  # start, end, upos, head (global, 1-based in list; 0 root), relation
    entities: list[_Entity] = []
    open_entities: list[tuple[str, _Entity]] = []
    for words, rows in _conllu(path):
        base, offset, cursor = len(tokens), len(text), 0
        sentences.append((offset, words))
        for row in rows:
            at = words.find(row[1], cursor)
            start = cursor if at < 0 else at
            end = min(start + len(row[1]), len(words)) if at >= 0 else start
            cursor = end
            head = int(row[6])
            tokens.append((offset + start, offset + end, row[3], base + head if head else 0, row[7]))
            _take_entities(row[9], len(tokens) - 1, entities, open_entities)
        text += words + " "
    examples = build_examples(
        tokenizer, "gum", path.stem, sentences, labels=("entity:named", "entity:nominal", "entity:pronoun")
    )
    order = {label: place for place, label in enumerate(("named", "nominal", "pronoun"))}
    for example in examples:
        low, high = example.offsets[0][0], example.offsets[-1][1]
        for entity in entities:
            if entity.kind not in ENTITY_TYPES or entity.end < 0:
                continue
            start, end = tokens[entity.start][0], tokens[entity.end][1]
            found = example.words_of(start, end) if low <= start and end <= high else None
            if found is not None:
                example.spans.append((*found, 5 + order[_entity_form(entity, tokens)]))
        _add_tree(example, tokens)
    return examples


def _conllu(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    words, rows = "", []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# text = "):
            words = line[9:]
        elif line and line[0] != "#":
            columns = line.split("\t")
            if columns[0].isdigit():
                rows.append(columns)
        elif not line and rows:
            yield words, rows
            words, rows = "", []


def _take_entities(
    misc: str, token: int, entities: list[_Entity], open_entities: list[tuple[str, _Entity]]
) -> None:
    match = _FIELDS.search(misc)
    if match is None:
        return
    for bracket in _BRACKET.finditer(match[1]):
        group, rest, closed, closing = bracket.groups()
        if group is not None:
            fields = rest.split("-")
            heads = (
                tuple(int(each) for each in fields[4].split(","))
                if len(fields) > 4 and fields[4][:1].isdigit()
                else (1,)
            )
            entity = _Entity(token, fields[0], heads)
            entities.append(entity)
            if closed:
                entity.end = token
            else:
                open_entities.append((group, entity))
        else:
            for place in range(len(open_entities) - 1, -1, -1):
                if open_entities[place][0] == closing:
                    open_entities.pop(place)[1].end = token
                    break


def _entity_form(entity: _Entity, tokens: list[tuple[int, int, str, int, str]]) -> str:
    head = min(entity.start + entity.heads[0] - 1, entity.end)
    return {"PROPN": "named", "PRON": "pronoun", "DET": "pronoun"}.get(tokens[head][2], "nominal")


def _add_tree(example: Example, tokens: list[tuple[int, int, str, int, str]]) -> None:
    """Heads and relations of a window's words; a token's later words hang on its first."""
    starts = [start for start, _ in example.offsets]
    by_token: dict[int, list[int]] = {}
    place = 0
    for index, (start, end, *_) in enumerate(tokens):
        while place < len(starts) and starts[place] < start:
            place += 1
        while place < len(starts) and starts[place] < end:
            by_token.setdefault(index, []).append(place)
            place += 1
    size = len(starts)
    example.arcs = np.full(size, -1, dtype=np.int64)
    example.relations = np.full(size, -1, dtype=np.int64)
    for index, words in by_token.items():
        head, relation = tokens[index][3], tokens[index][4]
        if head == 0:
            example.arcs[words[0]] = words[0]
        elif head - 1 in by_token:
            example.arcs[words[0]] = by_token[head - 1][0]
        else:
            continue
        example.relations[words[0]] = RELATIONS.index(fold_relation(relation))
        for word in words[1:]:
            example.arcs[word] = words[0]
            example.relations[word] = RELATIONS.index("piece")


def fold_relation(relation: str) -> str:
    """Return the relation of `RELATIONS` that a Universal Dependencies label is folded into."""
    if relation in RELATIONS:
        return relation
    if relation.startswith(("flat", "compound", "fixed")):
        return "name"
    plain = relation.split(":")[0]
    plain = {"csubj": "nsubj", "list": "conj", "parataxis": "ccomp"}.get(plain, plain)
    return plain if plain in RELATIONS else "other"


def name_examples(tokenizer: Tokenizer, data: Path) -> list[Example]:
    """Return the sentences of UNER and WNUT with their names of persons, organisations and places."""
    found: list[Example] = []
    for source, file, column in (("uner", "uner_ewt_dev.iob2", 1), ("wnut", "wnut17_train.conll", 0)):
        path = data / "training" / file
        kinds = ("PER", "ORG", "LOC", "person", "corporation", "group", "location")
        for forms, tags in _tagged(path, column):
            text, spans, start = "", [], None
            for form, tag in zip([*forms, ""], [*tags, "O"], strict=True):
                if start is not None and not tag.startswith("I-"):
                    spans.append((start, len(text) - 1))
                    start = None
                if tag.startswith("B-") and tag[2:] in kinds:
                    start = len(text)
                text += form + " "
            examples = build_examples(
                tokenizer, source, f"{source}-{len(found)}", [(0, text.strip())], labels=("name",)
            )
            for example in examples:
                example.spans = [
                    (*words, 8) for span in spans if (words := example.words_of(*span)) is not None
                ]
            found.extend(each for each in examples if each.offsets)
    return found


def _tagged(path: Path, column: int) -> Iterator[tuple[list[str], list[str]]]:
    forms: list[str] = []
    tags: list[str] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("#"):
            continue
        fields = line.split("\t")
        if not line.strip():
            if forms:
                yield forms, tags
            forms, tags = [], []
        else:
            forms.append(fields[column])
            tags.append(fields[column + 1].strip())


def un_examples(
    tokenizer: Tokenizer, data: Path, *, test: bool, files: set[str] | None = None
) -> list[Example]:
    """
    Return windows of Security Council resolutions with the drafters' cues.

    Parameters
    ----------
    tokenizer : Tokenizer
        The encoder's.
    data : Path
        The data folder.
    test : bool
        Resolutions of 2016 to 2019 instead of those of 2000 to 2015.
    files : set of str, optional
        Only these.

    Returns
    -------
    list of Example
        In file order.
    """
    found: list[Example] = []
    for file, paragraphs in un_files(data):
        if is_un_test(file) != test or (files is not None and file not in files):
            continue
        sentences, cues, at = [], [], 0
        for paragraph in paragraphs:
            sentences.append((at, paragraph["text"]))
            cues.extend((at + start, at + end) for start, end in paragraph["cues"])
            at += len(paragraph["text"]) + 1
        examples = build_examples(
            tokenizer, "un", file, sentences, issuers=("Security Council",), labels=("un_cue",)
        )
        for example in examples:
            if not example.offsets:
                continue
            low, high = example.offsets[0][0], example.offsets[-1][1]
            for start, end in cues:
                words = example.words_of(start, end) if low <= start and start < high else None
                if words is not None:
                    example.spans.append((*words, 4))
            found.append(example)
    return found


def un_files(data: Path) -> list[tuple[str, list[dict]]]:
    """Return the resolutions with their paragraphs, in file order."""
    grouped: dict[str, list[dict]] = {}
    with (data / "training" / "unsc_cues_2000_2019.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            grouped.setdefault(row["file"], []).append(row)
    return list(grouped.items())


def is_un_test(file: str) -> bool:
    """Whether a resolution is of 2016 or later."""
    number = re.search(r"S_RES_0*(\d+)", file)
    return number is not None and int(number[1]) > LAST_OF_2015


@dataclass(slots=True, frozen=True)
class DirectedPair:
    """One row of DSE: sentence without brackets, two stretches, label; key for duplicates."""

    text: str
    p: tuple[int, int]
    q: tuple[int, int]
    label: int
    key: tuple[str, str, str]


def dse_rows(data: Path, split: str) -> list[DirectedPair]:
    """Return the rows of a DSE split (``train`` or ``valid``), read as tab-separated with CSV quoting."""
    rows: list[DirectedPair] = []
    with (data / "training" / f"dse_{split}.txt").open(encoding="utf-8", newline="") as file:
        for sentence, p, q, label in csv.reader(file, delimiter="\t"):
            marked = _unbracket(sentence, p, q)
            if marked is None:
                continue
            key = (
                " ".join(sentence.lower().split()),
                " ".join(p.lower().split()),
                " ".join(q.lower().split()),
            )
            rows.append(DirectedPair(*marked, int(label), key))
    return rows


def _unbracket(sentence: str, p: str, q: str) -> tuple[str, tuple[int, int], tuple[int, int]] | None:
    first, second = sentence.find(f"[{p}]"), sentence.find(f"[{q}]")
    if first == second:
        second = sentence.find(f"[{q}]", first + 1)
    if min(first, second) < 0:
        return None
    marks = sorted([first, first + len(p) + 1, second, second + len(q) + 1])
    text = "".join(char for place, char in enumerate(sentence) if place not in marks)

    def plain(place: int, length: int) -> tuple[int, int]:
        start = place - sum(mark < place for mark in marks)
        return start, start + length

    return text, plain(first, len(p)), plain(second, len(q))


def dse_examples(tokenizer: Tokenizer, rows: Iterable[DirectedPair]) -> list[Example]:
    """Return DSE rows as windows of one sentence with a directed pair."""
    found: list[Example] = []
    for place, row in enumerate(rows):
        for example in build_examples(tokenizer, "dse", f"dse-{place}", [(0, row.text)])[:1]:
            p, q = _extended(example, row.p, row.text), _extended(example, row.q, row.text)
            if p is not None and q is not None:
                example.pair = (p, q, row.label)
            found.append(example)
    return found


def _extended(example: Example, stretch: tuple[int, int], text: str) -> tuple[int, int] | None:
    """Whole words of an entity that the corpus may cut by a letter, without a mark at its end."""
    words = example.words_of(*stretch)
    if words is None:
        return None
    first, last = words
    while last > first and not any(char.isalnum() for char in text[slice(*example.offsets[last])]):
        last -= 1
    return first, last


def plover_records(data: Path) -> list[dict]:
    """Return the PLOVER gold records that hold a sentence."""
    records = json.loads((data / "training" / "plover_gsr.txt").read_text(encoding="utf-8"))
    return [record for record in records if record.get("text")]
