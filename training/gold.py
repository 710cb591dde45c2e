"""Examples from the gold codings: mentions, cues, arguments, evidence."""

from collections.abc import Sequence
from pathlib import Path

from amity.encoder.labels import CUE_FIELDS, TARGET_SIGNS
from amity.encoder.tokenizer import Tokenizer
from amity.encoder.windows import LONGEST
from amity.evaluation import read_gold
from amity.evaluation.actors import content_words
from amity.model import Coding, Document, Position
from amity.text.sentences import split_sentences
from training.examples import CueTarget, Example, MentionTarget, build_examples

LABELS = ("actor:named", "actor:nominal", "actor:pronoun", "cue")
SIGNS = {1: TARGET_SIGNS.index("+"), -1: TARGET_SIGNS.index("-"), 0: TARGET_SIGNS.index("0")}
ISSUER, ADDRESSEE = "\0issuer", "\0addressee"
"""Keys of the special candidates among actor ids."""


def read_codings(data: Path) -> list[tuple[Document, Coding]]:
    """Return all gold documents with their codings, in order of their ids."""
    pairs = [*read_gold(data / "gold" / "documents"), *read_gold(data / "gold" / "passages")]
    return sorted(pairs, key=lambda pair: pair[0].id)


def gold_examples(
    tokenizer: Tokenizer,
    document: Document,
    coding: Coding,
    *,
    with_names: bool = True,
    found: Coding | None = None,
    longest: int = LONGEST,
) -> list[Example]:
    """
    Return the windows of a coded document with all their targets.

    Parameters
    ----------
    tokenizer : Tokenizer
        The encoder's.
    document, coding : Document, Coding
        Gold.
    with_names : bool
        Whether the issuers' and addressees' names are marked; without, the reader must do without metadata.
    found : Coding, optional
        What the mentions room finds; its mentions become candidates too, most of them wrong ones.
    longest : int
        Word pieces in a window.

    Returns
    -------
    list of Example
        In text order.
    """
    sentences = [(start, document.text[start:end]) for start, end in split_sentences(document.text)]
    issuers, addressees = names_of(coding, coding.issuers), names_of(coding, coding.addressees)
    examples = build_examples(
        tokenizer,
        "gold",
        document.id,
        sentences,
        issuers=issuers if with_names else (),
        addressees=addressees if with_names else (),
        labels=LABELS,
        longest=longest,
    )
    for example in examples:
        example.forms = [document.text[start:end].casefold() for start, end in example.offsets]
        example.issuers, example.addressees = coding.issuers, coding.addressees
        _add_mentions(example, coding)
        if found is not None:
            _add_found(example, found)
        _add_cues(example, coding)
    return examples


def names_of(coding: Coding, actors: Sequence[str]) -> list[str]:
    """Return names and aliases of some actors of a coding."""
    return [name for actor in coding.actors if actor.id in actors for name in (actor.name, *actor.aliases)]


def _inside(example: Example, start: int, end: int) -> tuple[int, int] | None:
    """Words of a stretch, if the whole of it lies in the window."""
    if not example.offsets or start < example.offsets[0][0] or end > example.offsets[-1][1]:
        return None
    return example.words_of(start, end)


def _add_mentions(example: Example, coding: Coding) -> None:
    for mention in coding.mentions:
        found = _inside(example, mention.span.start, mention.span.end)
        if found is not None:
            example.mentions.append(MentionTarget(*found, mention.actor, mention.form))
            label = LABELS.index(f"actor:{mention.form}")
            example.spans.append((*found, label))


def _add_found(example: Example, found: Coding) -> None:
    """Candidates that are no gold mention: of the actor whose mention they overlap most, or of nobody."""
    gold = list(example.mentions)
    taken = {(each.start, each.end) for each in gold}
    for mention in found.mentions:
        words = _inside(example, mention.span.start, mention.span.end)
        if words is None or words in taken:
            continue
        taken.add(words)
        example.mentions.append(MentionTarget(*words, _overlapped(words, gold), mention.form))


def _overlapped(words: tuple[int, int], gold: list[MentionTarget]) -> str:
    best, actor = 0.0, ""
    for each in gold:
        shared = min(words[1], each.end) - max(words[0], each.start) + 1
        share = shared / (words[1] - words[0] + each.end - each.start + 2 - shared)
        if share >= 0.5 and share > best:
            best, actor = share, each.actor
    return actor


def _add_cues(example: Example, coding: Coding) -> None:
    grouped: dict[tuple[int, int], list[Position]] = {}
    for position in coding.positions:
        found = _inside(example, position.cue.start, position.cue.end)
        if found is not None:
            grouped.setdefault(found, []).append(position)
    for words, positions in grouped.items():
        example.spans.append((*words, LABELS.index("cue")))
        example.cues.append(_cue_target(example, words, positions))


def _cue_target(example: Example, words: tuple[int, int], positions: list[Position]) -> CueTarget:
    lead = positions[0]
    holders: dict[str, str] = {}
    targets: dict[str, int] = {}
    for position in positions:
        for holder in position.holders:
            holders[holder] = position.holder_form
        for target in position.targets:
            sign = SIGNS[position.polarity or 0]
            if targets.get(target, SIGNS[0]) == SIGNS[0]:
                targets[target] = sign
    agreement = next((each.agreement for each in positions if each.agreement is not None), None)
    spans = [example.words_of(each.start, each.end) for each in lead.evidence]
    known = [span for span in spans if span is not None]
    part = example.window.part
    evidence = None
    if known:
        # the head points inside the cue's own sentence
        low = min(span[0] for span in known)
        high = max(span[1] for span in known)
        same = [place for place in range(low, high + 1) if part[place] == part[words[0]]]
        evidence = (min(same[0], words[0]), max(same[-1], words[1])) if same else None
    concept = next((each.concept for each in positions if each.concept), None)
    return CueTarget(
        *words,
        act=CUE_FIELDS["act"].index(lead.act),
        strength=CUE_FIELDS["strength"].index(lead.strength),
        status=CUE_FIELDS["status"].index(lead.status),
        voice=CUE_FIELDS["voice"].index(lead.voice),
        agreement={None: 0, 1: 1, -1: 2}[agreement],
        holders=holders,
        targets=targets,
        evidence=evidence,
        concept=None if concept is None else _concept_words(example, concept, words, evidence),
        has_concept=concept is not None,
    )


def _concept_words(
    example: Example, concept: str, cue: tuple[int, int], evidence: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Words near the cue that best say the concept, where its own content words stand there; else None."""
    wanted = content_words(concept)
    low, high = evidence or cue
    forms = example.forms
    best: tuple[float, int, int] | None = None
    for start in range(low, high + 1):
        if forms[start] not in wanted:
            continue
        met: set[str] = set()
        others = 0
        for end in range(start, min(high + 1, start + 24)):
            form = forms[end]
            if form in wanted:
                met.add(form)
                score = 2 * len(met) / (len(wanted) + len(met) + others)
                if score >= 0.6 and (best is None or score > best[0]):
                    best = (score, start, end)
            elif len(form) > 3:
                others += 1
    return None if best is None else best[1:]
