"""The closed lists of what the trained heads tell apart; their order is that of the weights."""

from amity.model import ACTS, STATUSES, STRENGTHS, VOICES

SPAN_LABELS = (
    "actor:named",
    "actor:nominal",
    "actor:pronoun",
    "cue",
    "un_cue",
    "entity:named",
    "entity:nominal",
    "entity:pronoun",
    "name",
)
"""``actor:*`` and ``cue`` follow the codebook; ``un_cue`` the drafters' italics; ``entity:*`` GUM; ``name`` UNER and WNUT."""

CUE_FIELDS: dict[str, tuple[str, ...]] = {
    "act": ACTS,
    "strength": STRENGTHS,
    "status": STATUSES,
    "voice": VOICES,
    "agreement": ("none", "+", "-"),
    "concept": ("none", "given"),
}
"""What is told about each cue, field by field."""

TARGET_SIGNS = ("none", "+", "-", "0")
"""What a candidate is to a cue: no target, or a target of that polarity."""

SPECIALS = ("issuer", "addressee")
"""Candidates that no words of the sentence need to show."""

RELATIONS = (
    "root",
    "piece",
    "nsubj",
    "nsubj:pass",
    "obj",
    "iobj",
    "obl",
    "obl:agent",
    "nmod",
    "nmod:poss",
    "amod",
    "appos",
    "conj",
    "acl",
    "advcl",
    "ccomp",
    "xcomp",
    "name",
    "case",
    "det",
    "other",
)
"""Universal Dependencies, folded; ``piece`` ties the later words of a token to its first."""

PAIR_SIGNS = ("none", "p+q", "q+p", "p-q", "q-p")
"""Directed sentiment, in the order of the DSE labels."""

LONGEST_SPAN = 32
"""No mention and no cue has more words."""

DISTANCES = (-32, -16, -8, -5, -3, -2, -1, 0, 1, 2, 3, 5, 8, 16, 32)
"""Upper bounds of the classes of signed word distance."""
