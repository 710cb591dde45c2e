"""Which gold actor a predicted actor is: by its names, and by where its mentions stand."""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from amity.model import Actor, Coding, Mention

_ARTICLE = re.compile(
    r"(?:the|an?|le|la|les|el|los|las|il|lo|gli|i|der|die|das|den|dem|o|os|as)\s+|l['’]\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+")
_FUNCTION_WORDS = frozenset(
    "a an and as at by for from in into its of on or our that the their these this those to with de la le les des du "
    "et el los las y der die das und".split()
)

NAME_WEIGHT = 1.0
ALIAS_WEIGHT = 0.75


def plain_name(name: str) -> str:
    """
    Return a name as it is compared: case folded, without its first article, white space collapsed.

    Parameters
    ----------
    name : str
        A name or an alias.

    Returns
    -------
    str
        The comparable form.

    Examples
    --------
    >>> plain_name("The  Harvest Party")
    'harvest party'
    """
    collapsed = " ".join(name.replace("’", "'").split())
    return (
        _ARTICLE.sub("", collapsed, count=1).casefold() if _ARTICLE.match(collapsed) else collapsed.casefold()
    )


def content_words(phrase: str) -> frozenset[str]:
    """
    Return the words of a phrase that carry its meaning, case folded.

    Parameters
    ----------
    phrase : str
        A name or a concept.

    Returns
    -------
    frozenset of str
        Its words without articles, prepositions and conjunctions; all its words if none is left.
    """
    words = frozenset(match.group().casefold() for match in _WORD.finditer(phrase))
    return words - _FUNCTION_WORDS or words


def phrase_similarity(left: str, right: str) -> float:
    """
    Return Dice's coefficient of two phrases' content words.

    Parameters
    ----------
    left, right : str
        Names or concepts.

    Returns
    -------
    float
        From 0 to 1; 1 where the comparable forms are equal.

    Examples
    --------
    >>> phrase_similarity("the grain embargo", "embargo on grain")
    1.0
    """
    if plain_name(left) == plain_name(right):
        return 1.0
    a, b = content_words(left), content_words(right)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def interval_iou(a: tuple[int, int], b: tuple[int, int]) -> float:
    """
    Return the characters two stretches share, divided by the characters of either.

    Parameters
    ----------
    a, b : tuple of int
        Start and end, half-open.

    Returns
    -------
    float
        From 0 to 1.
    """
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared / (a[1] - a[0] + b[1] - b[0] - shared) if shared > 0 else 0.0


def map_actors(predicted: Coding, gold: Coding) -> dict[str, str]:
    """
    Return, for each predicted actor that is an actor of the gold coding, that actor's id.

    Parameters
    ----------
    predicted, gold : Coding
        Codings of the same document.

    Returns
    -------
    dict of str to str
        Predicted actor id to gold actor id. Several predicted actors may be one gold actor (a name that the
        reader did not merge); a predicted actor is never two gold actors.

    Notes
    -----
    The gold actor with the greatest sum of two parts is taken, if that sum is positive:

    - names: 1 if the two names are equal, else 0.75 if any name or alias of one equals any of the other
      (case folded, first article and repeated white space aside);
    - mentions: over the predicted actor's mentions, the mean of the best character IoU with a mention of that
      gold actor, counting only an IoU of at least 0.5.

    Ties go to the gold actor with more shared mentions, then to the earlier one. An issuer that neither part
    ties to anyone (an author whom the text never names) is the gold issuer whose name or alias shares at least half of its
    content words (Dice), if there is one.
    """
    spellings = _spellings(gold.actors)
    mentions = _mention_shares(predicted.mentions, gold.mentions)
    order = {actor.id: place for place, actor in enumerate(gold.actors)}
    gold_names = {actor.id: plain_name(actor.name) for actor in gold.actors}
    mapping: dict[str, str] = {}
    for actor in predicted.actors:
        own = {plain_name(each) for each in (actor.name, *actor.aliases)}
        shares = mentions.get(actor.id, {})
        candidates = set(shares)
        for spelling in own:
            candidates.update(spellings.get(spelling, ()))
        best: tuple[float, float, int, str] | None = None
        for each in candidates:
            named = any(each in spellings.get(spelling, ()) for spelling in own)
            name = (
                (NAME_WEIGHT if gold_names[each] == plain_name(actor.name) else ALIAS_WEIGHT)
                if named
                else 0.0
            )
            share, total = shares.get(each, (0.0, 0.0))
            key = (name + share, total, -order[each], each)
            best = key if best is None or key > best else best
        if best is not None:
            mapping[actor.id] = best[3]
    mapping.update(_issuers_without_mention(predicted, gold, mapping))
    return mapping


def _spellings(actors: Iterable[Actor]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for actor in actors:
        for spelling in (actor.name, *actor.aliases):
            if spelling.strip():
                found[plain_name(spelling)].add(actor.id)
    return found


def _mention_shares(
    predicted: Sequence[Mention], gold: Sequence[Mention]
) -> dict[str, dict[str, tuple[float, float]]]:
    """For each predicted actor and gold actor: mean and sum of the best IoU of the former's mentions with the latter's."""
    ordered = sorted(gold, key=lambda each: (each.span.start, each.span.end))
    starts = [each.span.start for each in ordered]
    longest = max((each.span.end - each.span.start for each in ordered), default=0)
    totals: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    counts: dict[str, int] = defaultdict(int)
    for mention in predicted:
        counts[mention.actor] += 1
        start, end = mention.span.start, mention.span.end
        best: dict[str, float] = {}
        for place in range(bisect_left(starts, start - longest), bisect_left(starts, end)):
            other = ordered[place]
            overlap = interval_iou((start, end), (other.span.start, other.span.end))
            if overlap >= 0.5 and overlap > best.get(other.actor, 0.0):
                best[other.actor] = overlap
        for actor, overlap in best.items():
            totals[mention.actor][actor] += overlap
    return {
        actor: {other: (total / counts[actor], total) for other, total in shared.items()}
        for actor, shared in totals.items()
    }


def _issuers_without_mention(predicted: Coding, gold: Coding, mapping: Mapping[str, str]) -> dict[str, str]:
    names = {actor.id: (actor.name, *actor.aliases) for actor in (*predicted.actors,)}
    gold_names = {actor.id: (actor.name, *actor.aliases) for actor in gold.actors}
    found: dict[str, str] = {}
    for issuer in predicted.issuers:
        if issuer in mapping or issuer not in names:
            continue
        scored = [
            (max(phrase_similarity(a, b) for a in names[issuer] for b in gold_names[other]), -place, other)
            for place, other in enumerate(gold.issuers)
            if other in gold_names
        ]
        if scored and max(scored)[0] >= 0.5:
            found[issuer] = max(scored)[2]
    return found
