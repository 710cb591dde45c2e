"""The cue lists of the rule reader, read once."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

from amity.model import Act, Strength
from amity.positions.inflection import verb_forms
from amity.text.phrases import read_table

_DATA = Path(__file__).parent / "data"
_SIGNS = {"+": 1, "-": -1, "0": 0}


@dataclass(frozen=True, slots=True)
class VerbCue:
    """
    A verb that carries an act.

    Parameters
    ----------
    lemma : str
        The verb, with its particle if it has one.
    particle : tuple of str
        Words that must follow it.
    act : Act
        The act.
    sign : int
        Towards the target.
    strength : Strength
        Without adverbs.
    frame : frozenset of str
        Where the target stands; see ``data/verbs.tsv``.
    flags : frozenset of str
        See ``data/verbs.tsv``.
    """

    lemma: str
    particle: tuple[str, ...]
    act: Act
    sign: int
    strength: Strength
    frame: frozenset[str]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounCue:
    """
    A noun that carries an act.

    Parameters
    ----------
    noun : str
        As it stands in the text, lower case.
    act : Act
        The act.
    sign : int
        Towards the one it is directed at.
    strength : Strength
        Without adjectives.
    of : str
        Who "of X" shows after it: ``agent``, ``patient``, ``any`` or ``none``.
    towards : frozenset of str
        Prepositions before the one it is directed at.
    flags : frozenset of str
        See ``data/nouns.tsv``.
    """

    noun: str
    act: Act
    sign: int
    strength: Strength
    of: str
    towards: frozenset[str]
    flags: frozenset[str]


@dataclass(frozen=True, slots=True)
class PhraseCue:
    """
    Fixed words that carry an act.

    Parameters
    ----------
    act, sign, strength
        As for other cues.
    frame : str
        ``subject`` (the clause's subject is the target of the narrator), ``after`` (the actor after the words is), or
        ``holder`` (the subject is the holder, the actor after the words the target).
    """

    act: Act
    sign: int
    strength: Strength
    frame: str


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the words of a class in ``data/words.tsv``."""
    for row in read_table(_DATA / "words.tsv"):
        if row[0] == name:
            return frozenset(row[1].split())
    return frozenset()


@cache
def irregular_verbs() -> dict[str, tuple[str, str]]:
    """Return past and participle of each irregular verb."""
    return {base: (past, participle) for base, past, participle in read_table(_DATA / "irregular.tsv")}


@cache
def verb_cues() -> dict[str, tuple[VerbCue, ...]]:
    """Return the cues of each verb by its base form, those with the longest particle first."""
    found: dict[str, list[VerbCue]] = {}
    for row in read_table(_DATA / "verbs.tsv"):
        verb, act, sign, strength, frame, flags = [*row, ""][:6]
        base, *particle = verb.split()
        found.setdefault(base, []).append(
            VerbCue(
                verb,
                tuple(particle),
                cast(Act, act),
                _SIGNS[sign],
                cast(Strength, strength),
                frozenset(frame.split("/")),
                frozenset(flags.split()),
            )
        )
    return {base: tuple(sorted(cues, key=lambda each: -len(each.particle))) for base, cues in found.items()}


@cache
def verb_table() -> dict[str, tuple[str, str]]:
    """Return, for each form of each known verb, its base form and what form it is; cue verbs win."""
    table: dict[str, tuple[str, str]] = {}
    bases = list(verb_cues())
    for row in read_table(_DATA / "plain_verbs.tsv"):
        bases += row[0].split()
    bases += list(irregular_verbs())
    for base in bases:
        for form, kind in verb_forms(base, irregular_verbs()).items():
            table.setdefault(form, (base, kind))
    for each in word_class("auxiliary"):
        table.pop(each, None)
    return table


@cache
def noun_cues() -> dict[str, NounCue]:
    """Return the noun cues by their form in the text."""
    found: dict[str, NounCue] = {}
    for row in read_table(_DATA / "nouns.tsv"):
        noun, act, sign, strength, of, towards, flags = [*row, "", ""][:7]
        found[noun] = NounCue(
            noun,
            cast(Act, act),
            _SIGNS[sign],
            cast(Strength, strength),
            of,
            frozenset(towards.split("/")) - {"none"},
            frozenset(flags.split()),
        )
    return found


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    A judging word.

    Parameters
    ----------
    sign : int
        1 or -1.
    strength : Strength
        How strongly it judges.
    """

    sign: int
    strength: Strength


@cache
def judgements() -> dict[str, Judgement]:
    """Return the judging words by their form in the text, lower case."""
    found: dict[str, Judgement] = {}
    for sign, strength, words in read_table(_DATA / "judgements.tsv"):
        for word in words.split():
            found.setdefault(word, Judgement(int(sign), cast(Strength, strength)))
    return found
