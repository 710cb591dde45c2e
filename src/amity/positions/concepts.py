"""Words of the text → a short noun phrase for a concept."""

from collections.abc import Sequence

from amity.positions.inflection import verb_forms
from amity.positions.lexicon import irregular_verbs, word_class

_LONGEST = 16
_LEADING = frozenset(
    "the a an this that these those any all its their our his her my your such to also further immediately".split()
)


def concept_words(words: Sequence[str]) -> str | None:
    """
    Return tokens as a concept: no leading article, no stray marks, at most sixteen words.

    Parameters
    ----------
    words : sequence of str
        Tokens of the text.

    Returns
    -------
    str or None
        None where no word is left.
    """
    kept = [each for each in words if each[0].isalnum() or each in ("'s", "’s", ",", "-")]
    while kept and (kept[0].lower() in _LEADING or not kept[0][0].isalnum()):
        kept = kept[1:]
    kept = kept[:_LONGEST]
    while kept and (
        kept[-1].lower() in word_class("preposition") | word_class("determiner") | word_class("conjunction")
        or not kept[-1][0].isalnum()
    ):
        kept = kept[:-1]
    if not kept:
        return None
    return " ".join(kept).replace(" 's", "'s").replace(" ’s", "’s").replace(" ,", ",")


def action_words(words: Sequence[str]) -> str | None:
    """
    Return a verb phrase without "to" as a concept: "withdraw its forces" as "withdrawing its forces".

    Parameters
    ----------
    words : sequence of str
        Tokens from the verb on.

    Returns
    -------
    str or None
        None where no word is left.
    """
    if not words:
        return None
    first = words[0].lower()
    forms = verb_forms(first, irregular_verbs()) if first.isalpha() and len(first) > 1 else {}
    gerund = next((form for form, kind in forms.items() if kind == "ing"), first)
    rest = concept_words(["x", *words[1:]])
    return f"{gerund}{rest[1:]}" if rest else gerund
