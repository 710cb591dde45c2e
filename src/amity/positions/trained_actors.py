"""Which actors the encoder's mentions are: the mentions room's where it knows them, else new ones by their words."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from amity.encoder import MentionScore, SentenceScores
from amity.model import Actor, Coding, Document, Mention, Origin

ORIGIN = Origin("reader:trained", "1")
LEAST_MENTION = 0.5
"""A mention of either finder stays in the coding from this probability."""
_ARTICLE = re.compile(
    r"^(?:the|a|an|this|that|these|those|our|their|its|his|her|my|your|said)\s+", re.IGNORECASE
)
_FIRST_PERSON = frozenset("i we us our ours me my ourselves myself".split())
_SECOND_PERSON = frozenset("you your yours yourself yourselves".split())
_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class SentenceActors:
    """
    A coding with the encoder's mentions, and who each scored mention is.

    Parameters
    ----------
    coding : Coding
        Without positions of its own.
    actors : mapping of (int, int) to tuple of str
        Place of the sentence and of the mention in it to actor ids.
    """

    coding: Coding
    actors: Mapping[tuple[int, int], tuple[str, ...]]


class _Known:
    """The mentions room's mentions by place, and its actors by their words."""

    def __init__(self, coding: Coding) -> None:
        self.mentions = sorted(coding.mentions, key=lambda each: (each.span.start, each.span.end))
        self.starts = [each.span.start for each in self.mentions]
        self.longest = max((each.span.end - each.span.start for each in self.mentions), default=0)
        self.names: dict[str, str] = {}
        for actor in coding.actors:
            for name in (actor.name, *actor.aliases):
                self.names.setdefault(plain_words(name), actor.id)

    def overlapping(self, start: int, end: int) -> tuple[str, ...]:
        """Actors of the mentions that share the greatest part of a stretch, if that is at least half of both together."""
        best: dict[float, list[str]] = {}
        for place in range(bisect_left(self.starts, start - self.longest), bisect_left(self.starts, end)):
            span = self.mentions[place].span
            shared = min(end, span.end) - max(start, span.start)
            if shared > 0:
                share = shared / (end - start + span.end - span.start - shared)
                if share >= 0.5:
                    best.setdefault(share, []).append(self.mentions[place].actor)
        return tuple(dict.fromkeys(best[max(best)])) if best else ()


def plain_words(words: str) -> str:
    """
    Return words as they are compared: case folded, white space collapsed, without a first determiner.

    Parameters
    ----------
    words : str
        A name or description.

    Returns
    -------
    str
        The comparable form.
    """
    collapsed = " ".join(words.split())
    return _ARTICLE.sub("", collapsed, count=1).casefold()


def resolve_mentions(
    document: Document, coding: Coding, spans: Sequence[tuple[int, int]], scores: Sequence[SentenceScores]
) -> SentenceActors:
    """
    Return who the encoder's mentions are.

    Parameters
    ----------
    document : Document
        The document.
    coding : Coding
        The mentions room's.
    spans : sequence of (int, int)
        Sentences.
    scores : sequence of SentenceScores
        Theirs.

    Returns
    -------
    SentenceActors
        The coding with new actors and mentions, and the actors by mention.

    Notes
    -----
    In this order: a mention of the coding that covers the same words; the issuers for the first person, the addressees for the
    second; an actor of the same words; a new actor. Other pronouns that the coding does not know stay without an actor. Mentions of the
    coding that the encoder takes for unlikely lend their actor to a position where they are its argument, but do not stay.
    """
    known = _Known(coding)
    actors = list(coding.actors)
    taken = {actor.id for actor in actors}
    likely = {
        (offset + mention.start, offset + mention.end)
        for (offset, _), each in zip(spans, scores, strict=True)
        for mention in each.mentions
        if mention.probability >= LEAST_MENTION
    }
    mentions = [each for each in coding.mentions if (each.span.start, each.span.end) in likely]
    standing = {(each.span.start, each.span.end) for each in mentions}
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    for place, ((offset, _), each) in enumerate(zip(spans, scores, strict=True)):
        for number, mention in enumerate(each.mentions):
            start, end = offset + mention.start, offset + mention.end
            ids = known.overlapping(start, end) or _by_words(document.text[start:end], mention, coding, known)
            if not ids and mention.form != "pronoun" and mention.probability >= LEAST_MENTION:
                ids = (_new_actor(document.text[start:end], actors, taken, known),)
            if ids:
                found[place, number] = ids
            if ids and mention.probability >= LEAST_MENTION and (start, end) not in standing:
                standing.add((start, end))
                span = document.span(start, end)
                mentions.extend(Mention(span, actor, mention.form, ORIGIN) for actor in ids)
    return SentenceActors(
        Coding(
            coding.document_id,
            tuple(actors),
            coding.issuers,
            coding.addressees,
            tuple(sorted(mentions, key=lambda each: (each.span.start, -each.span.end, each.actor))),
            (),
            coding.quotations,
        ),
        found,
    )


def _by_words(words: str, mention: MentionScore, coding: Coding, known: _Known) -> tuple[str, ...]:
    form = words.casefold()
    if form in _FIRST_PERSON:
        return coding.issuers
    if form in _SECOND_PERSON:
        return coding.addressees
    if mention.form == "pronoun":
        return ()
    actor = known.names.get(plain_words(words))
    return () if actor is None else (actor,)


def _new_actor(words: str, actors: list[Actor], taken: set[str], known: _Known) -> str:
    name = _ARTICLE.sub("", " ".join(words.split()), count=1) or words
    base = _UNSAFE.sub("-", name.casefold()).strip("-")[:60] or "actor"
    identity, suffix = base, 2
    while identity in taken:
        identity = f"{base}-{suffix}"
        suffix += 1
    taken.add(identity)
    known.names[plain_words(words)] = identity
    actors.append(Actor(identity, name))
    return identity
