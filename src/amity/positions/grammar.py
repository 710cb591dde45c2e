"""A light clause analysis of one sentence: subjects, objects, passives."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.positions.lexicon import word_class
from amity.positions.noun_phrases import Phrase, PhrasedWords
from amity.positions.tagging import Atom

__all__ = ["MISSING", "Atom", "Clause", "Phrase", "Subject"]

MISSING = "missing"
"""The form of a subject that a clause does not have."""


@dataclass(slots=True)
class Subject:
    """
    Who a verb's clause is about.

    Parameters
    ----------
    actors : tuple of str
        Actor ids; empty for a thing without author, and for a missing subject.
    form : str
        ``named``, ``nominal``, ``pronoun``, ``thing`` (an act or thing of the actors) or `MISSING`.
    start : int
        First token.
    controlled : str
        The governing verb or noun of an infinitive, in the base form; empty for a finite clause.
    """

    actors: tuple[str, ...]
    form: str
    start: int
    controlled: str = ""


class Clause(PhrasedWords):
    """
    One sentence with its word classes.

    Parameters
    ----------
    words : sequence of str
        Tokens as written.
    atoms : sequence of Atom
        Mentions in token offsets; of nested ones the outer counts, the inner ones as possessors.
    """

    def __init__(self, words: Sequence[str], atoms: Sequence[Atom]) -> None:
        super().__init__(words, atoms)
        self._subjects: dict[int, Subject | None] = {}

    def group_start(self, verb: int) -> int:
        """Return the first token of a verb group: auxiliaries, negation, adverbs and "to" before the verb."""
        index = verb
        while index > 0 and (
            self.tags[index - 1] in "ANRT" or (self.low[index - 1] in ("to",) and self.tags[index - 1] == "T")
        ):
            index -= 1
        while index < verb and self.tags[index] == "R" and index > 0 and self.tags[index - 1] not in "MOW":
            index += 1
        return index

    def is_passive(self, verb: int) -> bool:
        """Whether a participle is passive: after a form of "be", or with its agent or nothing after a noun."""
        form = self.forms[verb]
        if form is None or form[1] not in ("past", "participle"):
            return False
        start = self.group_start(verb)
        if any(self.low[each] in word_class("be") for each in range(start, verb)):
            return True
        if any(self.tags[each] == "A" for each in range(start, verb)):
            return False
        following = self.low[verb + 1] if verb + 1 < self.n else ""
        if following == "by":
            return True
        if form[1] == "participle":
            return True
        return (
            verb > 0
            and self.tags[verb - 1] in "WM"
            and (verb + 1 >= self.n or self.tags[verb + 1] in "P;,")
            and following not in _PARTICLES
        )

    def agent(self, verb: int) -> Phrase | None:
        """Return the phrase after "by" that belongs to a passive verb."""
        for index in range(verb + 1, min(self.n - 1, verb + 12)):
            if self.low[index] == "by" and self.tags[index] == "P":
                return self.phrase_at(index + 1)
            if self.tags[index] in ";VS":
                return None
        return None

    def object_at(self, index: int) -> Phrase | None:
        """Return the object phrase that follows a verb or particle, adverbs skipped."""
        while index < self.n and (
            self.tags[index] in 'R"'
            or (self.low[index] in ("both", "also", "all") and self.tags[index] == "D")
        ):
            index += 1
        if index + 3 < self.n and self.low[index] in ("in", "with", "without") and self.tags[index] == "P":
            for step in range(index + 2, min(index + 7, self.n)):
                if self.low[step] in (
                    "terms",
                    "manner",
                    "way",
                    "gratitude",
                    "satisfaction",
                    "regret",
                    "indignation",
                    "reservation",
                    "pride",
                    "joy",
                ):
                    return self.object_at(step + 1)
                if self.tags[step] not in "WDR":
                    break
        if index < self.n and self.tags[index] in "," and index + 1 < self.n and self.tags[index + 1] in "RP":
            return None
        if index + 1 < self.n and self.tags[index] == "C" and self.tags[index + 1] in "VR":
            step = index + 1
            while step < self.n and self.tags[step] in "VR":
                step += 1
            return self.phrase_at(step) if step < self.n and self.tags[step] not in "PS" else None
        return self.phrase_at(index) if index < self.n else None

    def subject(self, verb: int, *, depth: int = 0) -> Subject | None:
        """
        Return the subject of a verb.

        Parameters
        ----------
        verb : int
            Its token.
        depth : int
            How deep the call is nested; beyond six no subject is found.

        Returns
        -------
        Subject or None
            None where the analysis does not find one; the form `MISSING` where the clause has none.
        """
        if verb not in self._subjects:
            self._subjects[verb] = self._find_subject(verb, depth) if depth <= 6 else None
        return self._subjects[verb]

    def _find_subject(self, verb: int, depth: int) -> Subject | None:
        start = self.group_start(verb)
        form = self.forms[verb]
        kind = form[1] if form is not None else ""
        before = start - 1
        while before >= 0 and self.tags[before] in 'R"':
            before -= 1
        if self.tags[start] == "T":
            return self._controller(start, depth)
        if before < 0 or self.tags[before] == ";" or self._is_marker(before):
            if kind in ("ing", "past", "participle", "s") or (
                kind == "base" and self.words[verb][:1].isupper()
            ):
                if (
                    kind in ("ing", "past", "participle")
                    and not self.words[start][:1].isupper()
                    and before >= 0
                    and self.tags[before] == ";"
                ):
                    return self._previous(verb, depth) or Subject((), MISSING, verb)
                return Subject((), MISSING, verb) if kind != "base" else None
            return None
        tag = self.tags[before]
        if tag == ",":
            if self.words[start][:1].isupper():
                return Subject((), MISSING, verb)
            if kind == "ing":
                return self._previous(verb, depth) or Subject((), MISSING, verb)
            return self._across_comma(verb, before, depth)
        if tag == "C":
            return self._previous(verb, depth) or self._at_start(before)
        if tag == "S":
            return self._antecedent(before)
        if tag == "P" and kind == "ing":
            return self._governor(before, depth)
        return self._left(before)

    def _is_marker(self, index: int) -> bool:
        """Whether everything up to a token is a paragraph mark: "3.", "(a)", "IV."."""
        return (
            index <= 3
            and self.tags[index] == ";"
            and all(
                self.tags[each] in ';"'
                or self.low[each].isdigit()
                or (len(self.low[each]) <= 4 and self.low[each].strip("ivxlabcdefgh") == "")
                for each in range(index + 1)
            )
        )

    def _at_start(self, before: int) -> Subject | None:
        return Subject((), MISSING, before) if before <= 2 else None

    def _previous(self, verb: int, depth: int) -> Subject | None:
        """The subject of the verb before, for a coordinated or participial verb."""
        index = verb - 1
        while index >= 0:
            if self.tags[index] == "V":
                found = self.subject(index, depth=depth + 1)
                form = self.forms[index]
                if found is not None and (form is None or form[1] != "ing" or found.form == MISSING):
                    return found
                if found is not None:
                    return found
            if self.tags[index] == ";" and self.low[index] in (";", ".", "!", "?"):
                return None
            if (
                self.tags[index] == "A"
                and self.low[index] in word_class("be")
                and index + 1 < self.n
                and self.tags[index + 1] not in "VAN"
            ):
                return self._left(index - 1)
            index -= 1
        return None

    def _across_comma(self, verb: int, comma: int, depth: int) -> Subject | None:
        """The subject before a parenthesis, else that of the verb before."""
        index = comma - 1
        opening = -1
        while index >= 0 and comma - index < 40:
            if self.tags[index] == ";":
                break
            if self.tags[index] == ",":
                opening = index
                break
            index -= 1
        if opening > 0 and self.tags[opening + 1] in "SPDCRV" and self.tags[opening - 1] in "MOW":
            found = self._left(opening - 1)
            if found is not None and found.actors:
                return found
        found = self._previous(verb, depth)
        if found is not None:
            return found
        return self._left(comma - 1)

    def _antecedent(self, relative: int) -> Subject | None:
        if self.low[relative] not in ("who", "which", "that", "whom"):
            return None
        index = relative - 1
        while index >= 0 and self.tags[index] in ',"P':
            index -= 1
        return self._left(index, climb=False) if index >= 0 else None

    def _governor(self, preposition: int, depth: int) -> Subject | None:
        """The subject of the clause for "by attacking", "of having supported"."""
        index = preposition - 1
        while index >= 0 and self.tags[index] != ";":
            if self.tags[index] == "V":
                return self.subject(index, depth=depth + 1)
            index -= 1
        index = preposition + 1
        while index < self.n and self.tags[index] != ";":
            if (
                self.tags[index] == "V"
                and self.form_of(index) not in ("ing",)
                and self.group_start(index) > preposition + 2
            ):
                return self.subject(index, depth=depth + 1)
            index += 1
        return None

    def _controller(self, start: int, depth: int) -> Subject | None:
        index = start - 1
        while index >= 0 and self.tags[index] in 'R"C,':
            index -= 1
        steps, between = 0, False
        while index >= 0 and steps < 25:
            tag = self.tags[index]
            if tag == "V":
                base = self.base_of(index)
                if (
                    base in ("allow", "let", "permit", "authorise", "authorize", "beg")
                    and index + 1 < self.n
                    and self.low[index + 1] in ("me", "us")
                ):
                    atom = self.at[index + 1]
                    return None if atom is None else Subject(atom.actors, "pronoun", index + 1, "wish")
                found = self.subject(index, depth=depth + 1)
                if found is None:
                    return None
                return Subject(found.actors, found.form, found.start, base + ("+" if between else ""))
            if tag == "A" and self.low[index] in word_class("be"):
                found = self._left(index - 1)
                return None if found is None else Subject(found.actors, found.form, found.start, "be")
            if tag in "MO":
                between = True
            if tag == "W" and self.low[index] in _READY:
                owner = self.core_back(index)
                if owner is not None and owner.owners:
                    return Subject(owner.owners, "nominal", owner.start, self.low[index])
            if tag == ";":
                break
            index -= 1
            steps += 1
        return None

    def left_of(self, index: int) -> Subject | None:
        """Return the subject whose phrase ends before a token."""
        index -= 1
        while index >= 0 and self.tags[index] in 'R"':
            index -= 1
        if index < 0:
            return Subject((), MISSING, 0)
        if self.tags[index] == "S":
            return self._antecedent(index)
        if self.tags[index] == "C":
            return self._previous(index, 0)
        return self._left(index)

    def governing_subject(self, index: int) -> tuple[Subject | None, int]:
        """
        Return the subject of the verb that governs the phrase beginning at a token, and that verb.

        Parameters
        ----------
        index : int
            First token of an object, complement or adverbial.

        Returns
        -------
        tuple
            The subject, or None; the verb's token, or -1.
        """
        verb = index - 1
        while verb >= 0 and index - verb < 14:
            tag = self.tags[verb]
            if tag in ";S" or tag == ",":
                return None, -1
            if tag == "V":
                if self.is_passive(verb):
                    return None, -1
                return self.subject(verb), verb
            if tag == "A" and self.low[verb] in word_class("be"):
                return self.left_of(self.group_start(verb)), verb
            verb -= 1
        return None, -1

    def following_subject(self, index: int) -> tuple[Subject | None, int]:
        """
        Return the subject of the next verb after an adverb, and that verb.

        Parameters
        ----------
        index : int
            The adverb.

        Returns
        -------
        tuple
            The subject, or None; the verb's token, or -1.
        """
        for verb in range(index + 1, min(index + 16, self.n)):
            if self.tags[verb] == "V":
                return self.subject(verb), verb
            if self.tags[verb] in ";S":
                break
        return None, -1

    def _left(self, index: int, *, climb: bool = True) -> Subject | None:
        """The subject whose phrase ends at a token, climbing out of prepositional phrases."""
        owner: tuple[str, ...] = ()
        owner_at = index
        for _ in range(8):
            while index >= 0 and self.tags[index] in '"R':
                index -= 1
            if index < 0:
                return None
            atom = self.at[index]
            if self.tags[index] == "O" and atom is not None:
                return Subject(atom.actors, "pronoun", atom.start)
            if self.tags[index] not in "MWDX" and self.low[index] not in ("this", "these", "that", "those"):
                return None
            start, actors, form = self._span_back(index)
            before = start - 1
            if before >= 0 and self.tags[before] == "P" and climb and before > 0:
                if self.low[before] in ("of", "by", "between") and not owner:
                    owner, owner_at = actors, start
                previous = before - 1
                while previous >= 0 and self.tags[previous] in '"R':
                    previous -= 1
                if previous < 0 or self.tags[previous] in ";,CSVAT":
                    return (
                        None
                        if self.tags[previous] in "VAT" or previous < 0
                        else self._left(previous - 1)
                        if self.tags[previous] == "," and previous > 0
                        else None
                    )
                index = previous
                continue
            if form == "thing":
                return Subject(actors or owner, "thing", min(start, owner_at))
            joined, start = self._joined_back(start, actors)
            return Subject(joined, form, start)
        return None

    def _span_back(self, index: int) -> tuple[int, tuple[str, ...], str]:
        """Start, actors and form of the noun phrase that ends at a token."""
        atom = self.at[index]
        if atom is not None and self.tags[index] == "M" and atom.end == index + 1:
            return atom.start, atom.actors, atom.form
        start, owners = index, tuple[str, ...]()
        while start >= 0:
            inner = self.at[start]
            if inner is not None:
                if (
                    inner.form == "pronoun"
                    or (start + 1 <= index and self.tags[start + 1] == "X")
                    or inner.end - inner.start == 1
                ):
                    owners = inner.actors
                    return inner.start, owners, "thing"
                return start + 1, owners, "thing"
            if self.tags[start] not in 'WDXR"':
                break
            if self.tags[start] == "D":
                return start, owners, "thing"
            start -= 1
        return start + 1, owners, "thing"

    def _joined_back(self, start: int, actors: tuple[str, ...]) -> tuple[tuple[str, ...], int]:
        """Joint subjects and where they begin: "X and Y condemn", "X, Y and Z condemn"."""
        joined = actors
        for _ in range(12):
            index = start - 1
            if index >= 0 and self.tags[index] == "D":
                index -= 1
            if index <= 0 or self.tags[index] not in "C,":
                return joined, start
            if self.tags[index] == "C" and self.low[index] != "and":
                return joined, start
            if self.tags[index] == "," and len(joined) < 2:
                return joined, start
            index -= 1
            if index >= 0 and self.tags[index] == ",":
                index -= 1
            atom = self.at[index] if index >= 0 else None
            if (
                atom is None
                or atom.end != index + 1
                or (atom.start > 0 and self.tags[atom.start - 1] in "PV")
            ):
                return joined, start
            joined = tuple(dict.fromkeys((*atom.actors, *joined)))
            start = atom.start
        return joined, start


_READY = frozenset(
    "desire determination readiness willingness right decision intention will commitment wish resolve undertaking pledge promise offer attempt "
    "attempts effort efforts refusal failure plan plans ready willing determined prepared".split()
)
_PARTICLES = frozenset({"upon", "on", "against", "with", "to", "for", "of", "in", "at"})
