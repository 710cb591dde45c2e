"""Document and mentions → positions, by rules and word lists."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from amity.model import Coding, Document, Mention, Origin, Position, Quotation
from amity.positions.candidates import find_candidates, keep_best
from amity.positions.epithet_frames import read_epithets, read_phrases
from amity.positions.grammar import Atom, Clause
from amity.positions.noun_frames import read_nouns
from amity.positions.reading import Cast, Memory, Reading
from amity.positions.speakers import QuoteState, Speaker, find_speakers
from amity.positions.verb_frames import read_verbs
from amity.positions.vote_frames import read_votes
from amity.text.sentences import split_sentences
from amity.text.tokens import tokenize

VERSION = "1"
ORIGIN = Origin("reader:rules", VERSION)
LEAST = 0.3
"""Lowest score of a signed position; see the explanation page for what other values give."""
_FRAMES = (
    ("verb", read_verbs),
    ("phrase", read_phrases),
    ("noun", read_nouns),
    ("epithet", read_epithets),
    ("vote", read_votes),
)


def find_positions(document: Document, coding: Coding) -> Coding:
    """
    Return a coding with the positions that its document's words show.

    Parameters
    ----------
    document : Document
        In English, or in a language not known; for other languages no position is found.
    coding : Coding
        Its actors, issuers and mentions, as `amity.mentions.find_mentions` gives them.

    Returns
    -------
    Coding
        The same with positions in text order of their cues. Each has exact evidence, a cue from the word lists, the origin
        ``reader:rules`` and a score.

    Notes
    -----
    Frames read verbs, nouns, judging words and fixed phrases by the clause analysis. Every signed reading that a cue allows is then
    scored by a sum of weights, one a feature, as ``1 / (1 + exp(-sum))``; a frame that is clear by itself sets a lower bound.
    Readings below `LEAST` are dropped, and of readings with the same holders, target and sign in the same words the best is
    kept. Neutral and concept-only positions keep their frame's own score. No cue, no position. Third-person pronouns that
    neither hold nor receive a position are left out of the mentions. Linear in the length of the text.
    """
    found: list[Position] = []
    quotations = list(coding.quotations)
    for reading in read_sentences(document, coding):
        keep_best(reading, find_candidates(reading), least=LEAST)
        found += reading.positions()
        quotations += (Quotation(speaker, document.span(a, b)) for speaker, a, b in reading.quoted)
    unique = {each.id: each for each in found}
    return Coding(
        coding.document_id,
        coding.actors,
        coding.issuers,
        coding.addressees,
        tuple(_telling(coding.mentions, unique.values())),
        tuple(sorted(unique.values(), key=lambda each: (each.cue.start, each.cue.end, each.id))),
        tuple(dict.fromkeys(quotations)),
    )


_PASSING = frozenset("it its itself they their them themselves his her him he she".split())


def _telling(mentions: Sequence[Mention], positions: Iterable[Position]) -> Iterator[Mention]:
    """Mentions without the pronouns that neither hold nor receive a position, as the gold codings have them."""
    involved: dict[str, list[tuple[int, int]]] = {}
    for position in positions:
        stretch = (position.evidence[0].start, position.evidence[-1].end)
        for actor in (*position.holders, *position.targets):
            involved.setdefault(actor, []).append(stretch)
    for stretches in involved.values():
        stretches.sort()
    for mention in mentions:
        if mention.form != "pronoun" or mention.span.exact.lower() not in _PASSING:
            yield mention
            continue
        stretches = involved.get(mention.actor, [])
        last = bisect_right(stretches, (mention.span.start, 1 << 60))
        if any(start <= mention.span.start < end for start, end in stretches[max(0, last - 20) : last]):
            yield mention


def read_sentences(document: Document, coding: Coding) -> Iterator[Reading]:
    """
    Yield every sentence of a document after the frames have read it.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding
        Its actors, issuers and mentions.

    Yields
    ------
    Reading
        With the findings of the frames; `keep_best` weighs them against every other reading of the cues.
    """
    if document.language not in ("", "en") or not coding.issuers:
        return
    narrator = Speaker(_narrators(coding))
    state, memory, cast = QuoteState(), Memory(), _cast(coding)
    ordered = sorted(coding.mentions, key=lambda each: (each.span.start, -each.span.end))
    starts = [each.span.start for each in ordered]
    for start, end in split_sentences(document.text):
        spans = [(start + a, start + b) for a, b in tokenize(document.text[start:end])]
        inside = ordered[bisect_left(starts, start) : bisect_left(starts, end)]
        clause = Clause([document.text[a:b] for a, b in spans], _atoms(spans, inside))
        speakers = find_speakers(clause, narrator, cast.issuers, state, spans)
        reading = Reading(document, clause, spans, speakers, ORIGIN, memory, cast)
        for frame, read in _FRAMES:
            reading.frame = frame
            read(reading)
        reading.quoted, state.closed = state.closed, []
        yield reading
        for atom in clause.atoms:
            if not set(atom.actors) <= cast.issuers:
                memory.see(atom.actors)
        memory.next_sentence()


def _cast(coding: Coding) -> Cast:
    return Cast(
        frozenset(coding.issuers),
        frozenset(coding.addressees),
        {actor.id: actor.kind for actor in coding.actors},
        frozenset(actor.id for actor in coding.actors if actor.generic),
    )


def _narrators(coding: Coding) -> tuple[str, ...]:
    """Who holds what the text itself judges: all issuers, or the first where a state and its officer both issue."""
    kinds = {actor.id: actor.kind for actor in coding.actors}
    persons = [each for each in coding.issuers if kinds[each] == "person"]
    if persons and len(persons) < len(coding.issuers):
        return coding.issuers[:1]
    return coding.issuers


def _atoms(spans: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[Atom]:
    """Mentions in token offsets; those of the same words become one."""
    first = {start: index for index, (start, _) in enumerate(spans)}
    last = {end: index for index, (_, end) in enumerate(spans)}
    joined: dict[tuple[int, int], Atom] = {}
    for mention in mentions:
        start, end = first.get(mention.span.start), last.get(mention.span.end)
        if start is None or end is None:
            continue
        key = (start, end + 1)
        known = joined.get(key)
        actors = (mention.actor,) if known is None else tuple(dict.fromkeys((*known.actors, mention.actor)))
        word = mention.span.exact.split()[0].replace("’", "'").lower()
        joined[key] = Atom(start, end + 1, actors, mention.form, word)
    return list(joined.values())
