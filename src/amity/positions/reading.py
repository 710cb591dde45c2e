"""One sentence being read: its clause analysis, its speakers, and the positions found so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

from amity.model import Act, Document, HolderForm, Origin, Position, Status, Strength, Voice, position_id
from amity.positions.concepts import concept_words
from amity.positions.grammar import MISSING, Clause, Phrase, Subject
from amity.positions.lexicon import word_class
from amity.positions.speakers import Speaker

_LONGEST = 150
_STRONG = frozenset(
    "strongly firmly deeply gravely categorically vigorously unreservedly unequivocally resolutely sincerely warmly highly "
    "severely utterly fully wholeheartedly whole-heartedly absolutely profoundly deepest strongest warmest greatest total full unreserved".split()
)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    A position before it is tied to the text: everything in tokens.

    Parameters
    ----------
    holders : tuple of str
        Actor ids.
    holder_form : HolderForm
        How the text shows them.
    act, sign, strength
        The act, its sign towards the targets (or its agreement, without targets), its strength.
    cue : tuple of int
        First and last token (exclusive) of the cue.
    evidence : tuple of tuple of int
        Stretches of tokens.
    targets : tuple of str
        Actor ids.
    concept : str or None
        What it is about.
    agreement : int or None
        With the concept.
    score : float
        From 0 to 1.
    status : Status
        As in the codebook.
    rule : str
        The frame that found it; empty where only nearness did.
    voice : Voice or None
        Where the frame decides it; else the speaker does.
    """

    holders: tuple[str, ...]
    holder_form: HolderForm
    act: Act
    sign: int
    strength: Strength
    cue: tuple[int, int]
    evidence: tuple[tuple[int, int], ...]
    targets: tuple[str, ...] = ()
    concept: str | None = None
    agreement: int | None = None
    score: float = 0.6
    status: Status = "actual"
    rule: str = ""
    voice: Voice | None = None


@dataclass(frozen=True, slots=True)
class Cast:
    """
    The actors of a document, for look-ups.

    Parameters
    ----------
    issuers, addressees : frozenset of str
        Actor ids.
    kinds : dict of str to str
        Kind by actor id.
    generic : frozenset of str
        Ids of generic actors.
    """

    issuers: frozenset[str]
    addressees: frozenset[str]
    kinds: dict[str, str]
    generic: frozenset[str]


class Memory:
    """Who was last said to have done a wrong; an unnamed wrong a little later is theirs (codebook, rule 22)."""

    def __init__(self) -> None:
        self._culprits: tuple[str, ...] = ()
        self._age = 99
        self._counts: dict[str, int] = {}
        self.previous: tuple[str, ...] = ()
        self._first: tuple[str, ...] = ()

    def blame(self, actors: tuple[str, ...]) -> None:
        """Remember the authors of a wrong."""
        self._culprits, self._age = actors, 0

    def next_sentence(self) -> None:
        """Let a sentence pass."""
        self._age += 1
        self.previous, self._first = self._first, ()

    def see(self, actors: tuple[str, ...]) -> None:
        """Count a mention of actors other than the issuers and addressees."""
        self._first = self._first or actors
        for actor in actors:
            self._counts[actor] = self._counts.get(actor, 0) + 1

    def main(self) -> tuple[str, ...]:
        """Return the actor that was mentioned most so far, if at least three times."""
        best = max(self._counts.items(), key=lambda each: each[1], default=("", 0))
        return (best[0],) if best[1] >= 3 else ()

    def culprits(self) -> tuple[str, ...]:
        """Return the authors of the last wrong, if it is at most four sentences back."""
        return self._culprits if self._age <= 4 else ()


class Reading:
    """
    Reads one sentence.

    Parameters
    ----------
    document : Document
        The document.
    clause : Clause
        The sentence.
    spans : sequence of tuple of int
        Its tokens' offsets in the document.
    speakers : sequence of Speaker
        Who speaks at each token.
    origin : Origin
        Of every position.
    memory : Memory
        What earlier sentences left.
    cast : Cast
        What is known about the document's actors.
    """

    def __init__(
        self,
        document: Document,
        clause: Clause,
        spans: Sequence[tuple[int, int]],
        speakers: Sequence[Speaker],
        origin: Origin,
        memory: Memory,
        cast: Cast,
    ) -> None:
        self.document = document
        self.issuers = cast.issuers
        self.addressees = cast.addressees
        self.kinds = cast.kinds
        self.generic = cast.generic
        self.frame = ""
        self.clause = clause
        self.spans = spans
        self.speakers = speakers
        self.origin = origin
        self.memory = memory
        self.findings: list[Finding] = []
        self.quoted: list[tuple[str | None, int, int]] = []
        self._by_key: dict[tuple[object, ...], int] = {}

    # holders ---------------------------------------------------------------------------------------------------

    def holder_of(self, subject: Subject | None, at: int) -> tuple[tuple[str, ...], HolderForm]:
        """Return the holder that a subject shows, or the speaker where the clause has none."""
        if subject is None:
            return (), "unknown"
        if subject.form == MISSING or not subject.actors:
            return (self.speakers[at].holders, "implicit") if subject.form == MISSING else ((), "unknown")
        return subject.actors, holder_form(subject.form, other="nominal")

    def is_speaker(self, holders: Sequence[str], at: int) -> bool:
        """Whether the holders are those whose words the token is."""
        return set(holders) <= set(self.speakers[at].holders) or set(holders) <= self.issuers

    # evidence --------------------------------------------------------------------------------------------------

    def stretch(self, start: int, end: int) -> tuple[int, int]:
        """
        Return a stretch of tokens widened to the end of its clause.

        Parameters
        ----------
        start, end : int
            Tokens that must be inside.

        Returns
        -------
        tuple of int
            First and last token (exclusive), without marks at either end.
        """
        clause = self.clause
        limit = min(clause.n, end + _LONGEST)
        while end < limit and clause.tags[end] not in ";,":
            if clause.tags[end] == "C" and self._verb_follows(end + 1):
                break
            end += 1
        while (
            end > start + 1 and clause.tags[end - 1] in ';,C"' and clause.low[end - 1] not in (")", "]", "”")
        ):
            end -= 1
        return start, end

    def _verb_follows(self, index: int) -> bool:
        """Whether a finite verb follows a conjunction, so that a new predicate begins."""
        tags = self.clause.tags
        while index < self.clause.n and tags[index] in "RNA":
            if tags[index] == "A":
                return True
            index += 1
        if index >= self.clause.n or tags[index] != "V":
            return False
        form = self.clause.forms[index]
        return form is not None and form[1] in ("past", "s", "participle", "base")

    def described(self, start: int, end: int) -> tuple[int, int]:
        """
        Return the evidence of a judgement on what a noun phrase names.

        Parameters
        ----------
        start, end : int
            The noun phrase.

        Returns
        -------
        tuple of int
            Its clause where it stands at the head of one, else the phrase and what follows it up to the next mark.
        """
        first, last = self.segment(start, end)
        return (first, last) if start - first <= 2 else self.stretch(start, end)

    def segment(self, start: int, end: int) -> tuple[int, int]:
        """
        Return a stretch of tokens widened to both marks around it.

        Parameters
        ----------
        start, end : int
            Tokens that must be inside.

        Returns
        -------
        tuple of int
            First and last token (exclusive), without paragraph marks and leading conjunctions.
        """
        tags = self.clause.tags
        first = start
        while first > 0 and start - first < _LONGEST and tags[first - 1] not in ";,":
            first -= 1
        while first < start and (tags[first] in 'C"' or (self.clause.low[first].isdigit() and first == 0)):
            first += 1
        return self.stretch(first, end)

    def concept_of(self, phrase: Phrase | None) -> str | None:
        """Return a phrase's words as a concept; None for an actor."""
        if phrase is None or phrase.actors:
            return None
        return concept_words(self.clause.words[phrase.start : phrase.end])

    def words(self, start: int, end: int) -> str | None:
        """Return tokens as a concept."""
        return concept_words(self.clause.words[start:end])

    # status and strength ---------------------------------------------------------------------------------------

    def status_at(self, verb: int) -> Status:
        """Return the status that the auxiliaries before a verb and the conjunction of its clause give."""
        clause = self.clause
        group = [clause.low[each] for each in range(clause.group_start(verb), verb)]
        if any(each in ("would", "could", "might", "may") for each in group):
            return "hypothetical"
        index = verb
        while index >= 0 and verb - index < _LONGEST and clause.tags[index] not in ";,":
            if clause.low[index] in ("if", "unless", "should") and clause.tags[index] == "S":
                return "hypothetical"
            index -= 1
        if any(each in ("will", "shall", "'ll") for each in group):
            return "future"
        return "actual"

    def negated(self, verb: int) -> bool:
        """Whether the verb group holds a negation."""
        clause = self.clause
        return any(clause.tags[each] == "N" for each in range(clause.group_start(verb), verb))

    def strength_at(self, start: int, end: int, default: Strength) -> Strength:
        """Return ``strong`` where an intensifying word stands near a cue."""
        near = self.clause.low[max(0, start - 3) : min(self.clause.n, end + 2)]
        return "strong" if any(each in _STRONG for each in near) else default

    # results ---------------------------------------------------------------------------------------------------

    def add(self, finding: Finding) -> None:
        """
        Note a finding unless the sentence already holds the same (codebook, rule 12).

        Parameters
        ----------
        finding : Finding
            With holders, and with targets or a concept.
        """
        if not finding.holders or not (finding.targets or finding.concept):
            return
        if finding.targets and set(finding.holders) & set(finding.targets):
            kept = tuple(each for each in finding.targets if each not in finding.holders)
            if not kept:
                return
            finding = replace(finding, targets=kept)
        for target in finding.targets or (finding.concept,):
            key = _key(finding, target)
            known = self._by_key.get(key)
            if known is not None and _overlap(self.findings[known].evidence, finding.evidence):
                if finding.score > self.findings[known].score:
                    self.findings[known] = finding
                return
        if not finding.rule and self.frame:
            finding = replace(finding, rule=self.frame)
        self.findings.append(finding)
        for target in finding.targets or (finding.concept,):
            self._by_key[_key(finding, target)] = len(self.findings) - 1

    def restart(self) -> None:
        """Drop the signed findings towards actors, and forget what was seen of them."""
        self.findings = [each for each in self.findings if not (each.targets and each.sign)]
        self._by_key = {
            _key(each, target): place
            for place, each in enumerate(self.findings)
            for target in each.targets or (each.concept,)
        }
        self.frame = ""

    def positions(self) -> list[Position]:
        """Return the findings as positions of the document."""
        return [self._position(each) for each in self.findings]

    def _position(self, finding: Finding) -> Position:
        speaker = self.speakers[finding.cue[0]]
        own = set(finding.holders) <= set(speaker.holders)
        if own:
            via, voice = speaker.via, speaker.voice
        elif set(finding.holders) <= self.issuers:
            via, voice = (), "own"
        else:
            via = tuple(dict.fromkeys((*speaker.via, *speaker.holders)))
            voice = "quoted" if speaker.voice == "quoted" else "reported"
        voice = finding.voice or voice
        via = tuple(each for each in via if each not in finding.holders)
        stretches = list(finding.evidence)
        cue = finding.cue
        if not any(start <= cue[0] and cue[1] <= end for start, end in stretches):
            stretches[0] = (min(stretches[0][0], cue[0]), max(stretches[0][1], cue[1]))
        evidence = tuple(self._span(each) for each in stretches)
        cue_span = self._span(cue)
        identity = position_id(
            self.document.id,
            holders=finding.holders,
            targets=finding.targets,
            concept=finding.concept,
            act=finding.act,
            polarity=finding.sign if finding.targets else None,
            agreement=finding.agreement or None,
            cue=(cue_span[0], cue_span[1]),
            evidence=evidence,
        )
        return Position(
            identity,
            self.document.id,
            finding.holders,
            finding.act,
            tuple(self.document.span(*each) for each in evidence),
            self.document.span(*cue_span),
            targets=finding.targets,
            polarity=finding.sign if finding.targets else None,
            concept=finding.concept,
            agreement=(finding.agreement or None) if finding.concept else None,
            holder_form=finding.holder_form,
            via=via,
            status=finding.status,
            voice=voice,
            strength=finding.strength,
            certainty="sure" if finding.score >= 0.6 else "unsure",
            origin=self.origin,
            score=round(min(0.99, max(0.01, finding.score)), 2),
        )

    def _span(self, tokens: tuple[int, int]) -> tuple[int, int]:
        return self.spans[tokens[0]][0], self.spans[tokens[1] - 1][1]


def _key(finding: Finding, target: str | None) -> tuple[object, ...]:
    """What may stand once in the same words: signed views by target, anything else by what it is about too."""
    about = None if finding.sign and finding.targets else (finding.concept, finding.act)
    return finding.holders, target, finding.sign, bool(finding.targets), about


def _overlap(left: tuple[tuple[int, int], ...], right: tuple[tuple[int, int], ...]) -> bool:
    return any(a < d and c < b for a, b in left for c, d in right)


def modal_before(clause: Clause, verb: int) -> str:
    """
    Return the modal of a verb group.

    Parameters
    ----------
    clause : Clause
        The sentence.
    verb : int
        The verb's token.

    Returns
    -------
    str
        The modal in lower case; empty where there is none.
    """
    for index in range(clause.group_start(verb), verb):
        if clause.low[index] in word_class("modal"):
            return clause.low[index]
    return ""


def holder_form(form: str, *, other: HolderForm = "implicit") -> HolderForm:
    """
    Return a mention's form as a holder's form.

    Parameters
    ----------
    form : str
        A mention's form, or another word for how a subject shows its actors.
    other : HolderForm
        What to return where `form` is none of the three.

    Returns
    -------
    HolderForm
        The form.
    """
    return cast(HolderForm, form) if form in ("named", "nominal", "pronoun") else other
