"""The codebook beside the fields: one definition a field and value, as the page shows them."""

from typing import Any

from amity.model import (
    ACTOR_KINDS,
    ACTS,
    CERTAINTIES,
    HOLDER_FORMS,
    STATUSES,
    STRENGTHS,
    USUAL_POLARITY,
    VOICES,
)

FIELDS = {
    "holders": "Who takes the position. Joint holders stay together.",
    "holder_form": "How the text shows the holder here.",
    "via": "Who reports it, from the issuer inwards; empty when the issuer itself is the holder.",
    "targets": "Towards whom.",
    "polarity": "1 support, \u22121 opposition, 0 neither: towards the targets. Nothing without a target.",
    "concept": "Short noun phrase: the policy, demand, act or idea it is about.",
    "agreement": "1 or \u22121 with the concept.",
    "act": "What kind of act takes the position.",
    "status": "Whether the act is done, foreseen, conditional, negated or past. Polarity is coded after negation.",
    "voice": "own: the issuer's wording; quoted: inside quotation marks; reported: paraphrase of another's act; inferred: from a vote or a signature.",
    "evidence": "The smallest clause or clauses from which a reader can judge holder, target or concept, and act.",
    "cue": "The words that carry the act; inside the evidence.",
    "strength": "\u201cnotes\u201d is weak, \u201cstrongly condemns\u201d strong.",
    "certainty": "The coder's: unsure where two readings remain.",
    "date": "When the position was taken, if not the document's date.",
}
ACT_CUES = {
    "endorse": "welcomes, commends, supports, greets, praises, congratulates, follows, recognises",
    "commit": "pledges, undertakes, agrees to, offers, accepts, joins",
    "concede": "apologises, lifts, pardons, yields",
    "meet": "meets, consults, visits, holds talks",
    "call": "calls upon, urges, requests, demands, appeals, orders",
    "criticise": "condemns, deplores, blames, accuses, a judging epithet",
    "refuse": "rejects, opposes, denies, votes against, declines",
    "warn": "warns, threatens, \u201cwill not hesitate\u201d",
    "deed": "aid, troops for, treaty, recognition; or attack, repression, sanction, arrest, protest, rupture",
    "state": "recalls, notes, reaffirms, decides (procedure)",
}


def codebook() -> dict[str, Any]:
    """
    Return the codebook as the page shows it.

    Returns
    -------
    dict
        ``fields`` with definitions, ``acts`` with usual sign and cues, and the closed lists of ``values``.
    """
    return {
        "fields": FIELDS,
        "acts": [{"act": act, "usual_polarity": USUAL_POLARITY[act], "cues": ACT_CUES[act]} for act in ACTS],
        "values": {
            "act": ACTS,
            "status": STATUSES,
            "voice": VOICES,
            "holder_form": HOLDER_FORMS,
            "strength": STRENGTHS,
            "certainty": CERTAINTIES,
            "actor_kind": ACTOR_KINDS,
        },
    }
