"""Scores of single tasks on data held out in training: mentions, UN cues, directed pairs, PLOVER, gold cues and arguments."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from amity.encoder import Encoder
from amity.encoder.decoding import decode_spans
from amity.encoder.labels import SPAN_LABELS
from amity.model import Coding, Document
from amity.text.sentences import split_sentences
from training import corpora
from training.examples import Example

Line = str


def span_scores(
    encoder: Encoder, examples: Iterable[Example], label: str, *, least: float = 0.5
) -> tuple[int, int, int]:
    """Return matched, predicted and gold spans of a label, exact to the word; what only stands there as context counts once."""
    place = SPAN_LABELS.index(label)
    nested = label.startswith(("entity", "actor"))
    matched = predicted = gold = 0
    for example in examples:
        window = example.window
        state = encoder.heads.words(encoder.vectors(window), window)
        own = {index for index, part in enumerate(window.parts) if not part.is_context}
        found = {
            (a, b)
            for a, b, _ in decode_spans(state.spans[place], least, nested=nested)
            if window.part[a] in own
        }
        wanted = {(a, b) for a, b, each in example.spans if each == place and window.part[a] in own}
        matched += len(found & wanted)
        predicted += len(found)
        gold += len(wanted)
    return matched, predicted, gold


def f1_line(name: str, counts: tuple[int, int, int]) -> Line:
    """Return a line with precision, recall and F1."""
    matched, predicted, gold = counts
    precision, recall = matched / max(predicted, 1), matched / max(gold, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"{name}: P {precision:.3f} R {recall:.3f} F1 {f1:.3f} (predicted {predicted}, gold {gold})"


def directed_lines(encoder: Encoder, data: Path) -> list[Line]:
    """Return micro and macro F1 on the DSE validation rows, all of them and those that are not in the training file."""
    train = {row.key for row in corpora.dse_rows(data, "train")}
    rows = corpora.dse_rows(data, "valid")
    gold, found, fresh, seen = [], [], [], set()
    for row, example in zip(rows, corpora.dse_examples(encoder.tokenizer, rows), strict=True):
        if example.pair is None:
            continue
        window = example.window
        state = encoder.heads.words(encoder.vectors(window), window)
        p, q, label = example.pair
        found.append(int(encoder.heads.directed(state, np.array([p]), np.array([q])).argmax()))
        gold.append(label)
        fresh.append(row.key not in train and row.key not in seen)
        seen.add(row.key)
    truth, guess, new = np.array(gold), np.array(found), np.array(fresh)
    return [
        f"DSE validation {name}: micro {np.mean(a == b):.3f} macro {macro_f1(a, b):.3f} (rows {len(a)})"
        for name, a, b in (("official", truth, guess), ("duplicate-free", truth[new], guess[new]))
    ]


def macro_f1(truth: np.ndarray, guess: np.ndarray) -> float:
    """Return the mean F1 of the classes that occur in `truth`."""
    scores = []
    for label in np.unique(truth):
        matched = np.sum((truth == label) & (guess == label))
        scores.append(2 * matched / max(np.sum(truth == label) + np.sum(guess == label), 1))
    return float(np.mean(scores))


PLOVER_ACTS = {
    "AGREE": "commit",
    "DEMAND": "call",
    "REJECT": "refuse",
    "THREATEN": "warn",
    "PROTEST": "deed",
    "COERCE": "deed",
    "FIGHT": "deed",
    "DISAPPROVE": "criticise",
    "ASSAULT": "deed",
    "RETREAT": "deed",
    "SANCTION": "deed",
    "SUPPORT": "endorse",
    "CONCEDE": "concede",
    "CONSULT": "meet",
    "AID": "deed",
    "MOBILIZE": "deed",
    "COOPERATE": "deed",
    "INVESTIGATE": "deed",
}
"""PLOVER's classes as the codebook maps them; INVESTIGATE, which it does not name, is an official's deed."""


def plover_lines(encoder: Encoder, data: Path) -> list[Line]:
    """
    Return accuracies on the PLOVER records, none of which is used in training.

    Notes
    -----
    Source, target and event words are given. Direction: of records with one source and one target in the sentence, how often source as holder and
    target as target score higher than the other way round. Act: the likeliest act at the event's words.
    """
    right = total = acts = events = 0
    for record in corpora.plover_records(data):
        text = record["text"]
        cues = _found(text, [record.get("eventText", "")]) or _found(
            text, str(record.get("eventText", "")).split()
        )
        if not cues:
            continue
        sources, targets = _actors(record, "source"), _actors(record, "target")
        mentions = _found(text, [*sources, *targets])
        scores = encoder.read([text], mentions=[mentions], cues=[cues[:1]])[0]
        if not scores.cues:
            continue
        cue = scores.cues[0]
        events += 1
        acts += cue.best("act") == PLOVER_ACTS[record["event"]]
        p, q = _found(text, sources[:1]), _found(text, targets[:1])
        if len(sources) != 1 or len(targets) != 1 or not p or not q or p == q:
            continue
        by_span = {(m.start, m.end): place for place, m in enumerate(scores.mentions)}
        holder = [by_span.get(each[0]) for each in (p, q)]
        if None in holder:
            continue
        arguments = {each.mention: each for each in cue.arguments if each.special is None}
        a, b = (arguments[each] for each in holder)
        total += 1
        right += a.holder * b.target > b.holder * a.target
    return [
        f"PLOVER direction: {right / max(total, 1):.3f} (records {total})",
        f"PLOVER act: {acts / max(events, 1):.3f} (records {events})",
    ]


def _actors(record: dict, role: str) -> list[str]:
    """Names in a role; the file gives a list of objects, one object, or an empty string."""
    given = record.get(role) or []
    listed = [given] if isinstance(given, dict) else [each for each in given if isinstance(each, dict)]
    return [each["actorText"] for each in listed if each.get("actorText")]


def _found(text: str, phrases: Sequence[str]) -> list[tuple[int, int]]:
    """First places of phrases in a text, whole words."""
    places = []
    for phrase in phrases:
        at = text.find(phrase) if phrase else -1
        if at >= 0:
            places.append((at, at + len(phrase)))
    return places


def gold_task_counts(encoder: Encoder, pairs: Iterable[tuple[Document, Coding]]) -> dict[str, np.ndarray]:
    """
    Return counts of single steps on gold documents.

    Notes
    -----
    ``cue``, ``mention``: matched, predicted, gold by exact words. With gold cues and mentions given, right and all: ``act``; ``holder`` (the
    likeliest candidate is a gold holder); ``target`` (gold pairs found at .5: matched, predicted, gold) and ``sign`` (right sign of those);
    ``evidence`` (IoU of at least .5); ``issuer`` (holder right where the text shows it by "we", "our" or not at all).
    """
    counts = {
        name: np.zeros(3)
        for name in ("cue", "mention", "act", "holder", "target", "sign", "evidence", "issuer")
    }
    for document, coding in pairs:
        _count_document(encoder, document, coding, counts)
    return counts


def _count_document(
    encoder: Encoder, document: Document, coding: Coding, counts: dict[str, np.ndarray]
) -> None:
    spans = split_sentences(document.text)
    texts = [document.text[a:b] for a, b in spans]
    names = {actor.id: (actor.name, *actor.aliases) for actor in coding.actors}
    issuers = [name for each in coding.issuers for name in names[each]]
    addressees = [name for each in coding.addressees for name in names[each]]
    mentions = [
        sorted(
            {
                (m.span.start - a, m.span.end - a)
                for m in coding.mentions
                if a <= m.span.start and m.span.end <= b
            }
        )
        for a, b in spans
    ]
    who = [
        {
            (m.span.start - a, m.span.end - a): m.actor
            for m in coding.mentions
            if a <= m.span.start and m.span.end <= b
        }
        for a, b in spans
    ]
    cues = [
        sorted(
            {
                (p.cue.start - a, p.cue.end - a)
                for p in coding.positions
                if a <= p.cue.start and p.cue.end <= b
            }
        )
        for a, b in spans
    ]
    free = encoder.read(texts, issuers=issuers, addressees=addressees)
    for own, gold_mentions, gold_cues in zip(free, mentions, cues, strict=True):
        found = {(m.start, m.end) for m in own.mentions if m.probability >= 0.5}
        counts["mention"] += (len(found & set(gold_mentions)), len(found), len(gold_mentions))
        found = {(c.start, c.end) for c in own.cues if c.probability >= 0.35}
        counts["cue"] += (len(found & set(gold_cues)), len(found), len(gold_cues))
    given = encoder.read(texts, issuers=issuers, addressees=addressees, mentions=mentions, cues=cues)
    for (start, _), own in zip(spans, given, strict=True):
        for cue in own.cues:
            listed = [
                p for p in coding.positions if p.cue.start < start + cue.end and start + cue.start < p.cue.end
            ]
            if listed:
                _count_cue(cue, listed, coding, given, who, start, counts)


def _count_cue(cue, listed, coding, given, who, start, counts) -> None:  # type: ignore[no-untyped-def]
    counts["act"] += (cue.best("act") in {p.act for p in listed}, 1, 1)
    holders = {each for p in listed for each in p.holders}
    signs = {each: p.polarity for p in listed for each in p.targets}
    by_actor_holder: dict[str, float] = {}
    by_actor: dict[str, tuple[float, int]] = {}
    for argument in cue.arguments:
        if argument.special is None:
            mention = given[argument.sentence].mentions[argument.mention]
            actor = who[argument.sentence].get((mention.start, mention.end))
            ids = (actor,) if actor else ()
        else:
            ids = coding.issuers if argument.special == "issuer" else coding.addressees
        for each in ids:
            by_actor_holder[each] = max(by_actor_holder.get(each, 0.0), argument.holder)
            if argument.target > by_actor.get(each, (0.0, 0))[0]:
                by_actor[each] = (argument.target, argument.polarity)
    best = max(by_actor_holder, key=lambda each: by_actor_holder[each], default=None)
    counts["holder"] += (best in holders, 1, 1)
    if any(p.holder_form in ("implicit", "pronoun") and set(p.holders) & set(coding.issuers) for p in listed):
        counts["issuer"] += (best in holders, 1, 1)
    found = {each for each, (p, _) in by_actor.items() if p >= 0.5}
    matched = found & set(signs)
    counts["target"] += (len(matched), len(found), len(signs))
    counts["sign"] += (sum(by_actor[each][1] == signs[each] for each in matched), len(matched), len(matched))
    wanted = {place for p in listed[:1] for span in p.evidence for place in range(span.start, span.end)}
    got = set(range(start + cue.evidence[0], start + cue.evidence[1]))
    counts["evidence"] += (len(wanted & got) >= 0.5 * len(wanted | got), 1, 1)


def gold_task_lines(counts: dict[str, np.ndarray]) -> list[Line]:
    """Return the lines that show `gold_task_counts`."""
    lines = [
        f1_line(f"gold {name} exact", tuple(int(each) for each in counts[name]))
        for name in ("mention", "cue", "target")
    ]  # type: ignore[arg-type]
    lines += [
        f"gold {name}, given cue and mentions: {counts[name][0] / max(counts[name][1], 1):.3f} (of {int(counts[name][1])})"
        for name in ("act", "holder", "issuer", "sign", "evidence")
    ]
    return lines
