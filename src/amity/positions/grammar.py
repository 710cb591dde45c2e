"""A light clause analysis of one sentence: word classes, noun phrases, subjects, objects."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from amity.positions.lexicon import noun_cues, verb_table, word_class

MISSING = "missing"
"""The form of a subject that a clause does not have."""

_LONGEST_PHRASE = 40
_BREAKS = frozenset(";:()[]—–")
_QUOTES = frozenset('"“”«»‘')


@dataclass(frozen=True, slots=True)
class Atom:
    """
    A mention as one unit of the sentence.

    Parameters
    ----------
    start, end : int
        Tokens, half-open.
    actors : tuple of str
        Actor ids.
    form : str
        ``named``, ``nominal`` or ``pronoun``.
    word : str
        Its first word in lower case.
    """

    start: int
    end: int
    actors: tuple[str, ...]
    form: str
    word: str


@dataclass(slots=True)
class Phrase:
    """
    A noun phrase with what is attached to it.

    Parameters
    ----------
    start, end : int
        Tokens, half-open, with everything attached.
    core : int
        End of the phrase without what is attached.
    actors : tuple of str
        The actors it is, if it is one.
    form : str
        How it shows them.
    owners : tuple of str
        The actors whose act or thing it is: possessor, "by", "of".
    attached : list of tuple
        Preposition or participle, actors, first and last token of each attached phrase.
    head : str
        Its last word, lower case.
    is_mutual : bool
        Whether it is something between two ("the treaty between X and Y").
    """

    start: int
    end: int
    core: int
    actors: tuple[str, ...] = ()
    form: str = "named"
    owners: tuple[str, ...] = ()
    possessors: tuple[str, ...] = ()
    attached: list[tuple[str, tuple[str, ...], int, int]] = field(default_factory=list)
    head: str = ""
    is_mutual: bool = False

    @property
    def head_words(self) -> frozenset[str]:
        """The head noun, to be looked up in word lists."""
        return frozenset((self.head,))

    @property
    def responsible(self) -> tuple[str, ...]:
        """The actors themselves, else those whose act or thing it is."""
        return self.actors or self.owners


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


class Clause:
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
        self.words = words
        self.low = [each.replace("’", "'").lower() for each in words]
        self.n = len(words)
        self.at: list[Atom | None] = [None] * self.n
        self.atoms = atoms
        for atom in sorted(atoms, key=lambda each: (each.start, -each.end)):
            if self.at[atom.start] is None:
                for index in range(atom.start, atom.end):
                    self.at[index] = atom
        self.tags = self._tags()
        self._subjects: dict[int, Subject | None] = {}

    # word classes ----------------------------------------------------------------------------------------------

    def _tags(self) -> list[str]:
        tags = [self._closed(index) for index in range(self.n)]
        self.forms: list[tuple[str, str] | None] = [None] * self.n
        table = verb_table()
        for index in range(self.n):
            if tags[index] == "W" and self.low[index] in table:
                base, form = table[self.low[index]]
                if self._reads_as_verb(index, base, form, tags):
                    tags[index] = "V"
                    self.forms[index] = (base, form)
            elif tags[index] == "W" and self._follows_pronoun(index, tags):
                tags[index] = "V"
                self.forms[index] = (self.low[index], "base")
            elif (
                tags[index] == "W"
                and self.low[index].endswith("ed")
                and len(self.low[index]) > 4
                and index > 0
                and tags[index - 1] == "A"
            ):
                tags[index] = "V"
                self.forms[index] = (self.low[index], "past")
        for index in range(self.n - 1):
            if (
                self.low[index] == "to"
                and (
                    (tags[index + 1] == "V" and self.form_of(index + 1) == "base")
                    or self.low[index + 1] in ("be", "have")
                )
            ) or (
                self.low[index] == "to"
                and tags[index + 1] in "RN"
                and index + 2 < self.n
                and tags[index + 2] == "V"
            ):
                tags[index] = "T"
            elif self.low[index] == "to" and tags[index] == "W":
                tags[index] = "P"
        return tags

    def form_of(self, index: int) -> str:
        """Return what form the verb at a token is; empty where none stands."""
        form = self.forms[index]
        return "" if form is None else form[1]

    def base_of(self, index: int) -> str:
        """Return the base form of the verb at a token; empty where none stands."""
        form = self.forms[index]
        return "" if form is None else form[0]

    def _follows_pronoun(self, index: int, tags: list[str]) -> bool:
        """Whether an unknown word must be a verb, since a subject pronoun stands before it."""
        left = index - 1
        while left >= 0 and tags[left] == "R":
            left -= 1
        return left >= 0 and self.low[left] in ("i", "we", "they", "he", "she") and self.low[index].isalpha()

    def _closed(self, index: int) -> str:
        word, atom = self.low[index], self.at[index]
        if atom is not None:
            return "O" if atom.form == "pronoun" and word not in word_class("possessive") else "M"
        for tag, name in _CLASSES:
            if word in word_class(name):
                if word in ("will", "might", "can") and index > 0 and self.low[index - 1] in _BEFORE_NOUN:
                    return "W"
                return tag
        if word in ("'s", "'", "’"):
            return "X"
        if word in _BREAKS or word == "--":
            return ";"
        if word == ",":
            return ","
        if word in _QUOTES or word == "’":
            return '"'
        if not word[0].isalnum():
            return ";" if word in ".!?…" else '"'
        if word.endswith("ly") and len(word) > 4:
            return "R"
        return "W"

    def _reads_as_verb(self, index: int, base: str, form: str, tags: list[str]) -> bool:
        """Whether a word that may be a verb is one here, by its neighbours."""
        left = index - 1
        while left >= 0 and tags[left] in 'R"N':
            left -= 1
        before = tags[left] if left >= 0 else ""
        word_before = self.low[left] if left >= 0 else ""
        after = tags[index + 1] if index + 1 < self.n else ""
        if form == "ing":
            return before not in ("D",) and not (
                before == "M" and self.at[left] is not None and self.low[left] in word_class("possessive")
            )
        if form in ("past", "participle"):
            if (
                before == "D"
                or (before == "P" and after in ("W",))
                or (before == "M" and word_before in word_class("possessive"))
            ):
                return False
            return not (
                before == "W"
                and left + 1 == index
                and after == "W"
                and self.low[index - 1] not in verb_table()
                and False
            )
        noun = self.low[index] in noun_cues() or base in _NOUNISH
        if before in ("T", "O", "A") or word_before == "to":
            return not (
                before == "A"
                and word_before in ("is", "are", "was", "were", "be", "been", "being", "have", "has", "had")
            )
        if (
            before in ("D", "X")
            or (before == "P")
            or (before == "M" and word_before in word_class("possessive"))
        ):
            return False
        if before in ("", ";") or (before == "," and self.words[index][:1].isupper()):
            return form == "s" or (self.words[index][:1].isupper() and not noun) or after in ("D", "M", "O")
        if before in ("M", "S"):
            if noun and after == "P":
                return self.low[index + 1] not in (
                    "against",
                    "on",
                    "upon",
                    "of",
                    "by",
                    "for",
                    "with",
                    "in",
                    "from",
                    "to",
                )
            return not noun or after in ("D", "M", "O", "W", "R", "S")
        if before in ("C", ","):
            return after in ("D", "M", "O", "P", "S", "R") and not (
                noun and after == "P" and form == "base" and self.low[index + 1] in ("of", "for", "in")
            )
        if before == "W":
            return (
                (form == "s" and not noun)
                or after in ("D", "O")
                or (form == "base" and not noun and after in ("M", "S"))
            )
        return before in ("V",) and False

    # noun phrases ----------------------------------------------------------------------------------------------

    def phrase_at(self, index: int, *, depth: int = 0) -> Phrase | None:
        """
        Return the noun phrase that begins at a token, with what is attached to it.

        Parameters
        ----------
        index : int
            The token.
        depth : int
            How deep the call is nested; beyond five nothing is attached.

        Returns
        -------
        Phrase or None
            None where no noun phrase begins.
        """
        core = self._core_at(index)
        if core is None:
            return None
        phrase = core
        if depth > 4:
            return phrase
        self._coordinate(phrase)
        self._appose(phrase)
        self._attach(phrase, depth)
        return phrase

    def _core_at(self, index: int) -> Phrase | None:
        """The noun phrase that begins at a token, nothing attached."""
        start = index
        owners: tuple[str, ...] = ()
        last: Atom | None = None
        while index < self.n and index - start < _LONGEST_PHRASE:
            atom = self.at[index]
            if atom is not None and self.tags[index] in "MO":
                index = atom.end
                if not self._owns(atom):
                    last = atom
                    break
                owners, last = atom.actors, None
                index += index < self.n and self.tags[index] == "X"
            elif self._continues(index, start):
                last = None if self.tags[index] == "W" else last
                index += 1
            else:
                break
        if index == start or all(self.tags[each] in 'R"X' for each in range(start, index)):
            return None
        head = self.low[min(index, self.n) - 1]
        if last is not None:
            return Phrase(start, index, index, last.actors, last.form, head=head)
        return Phrase(start, index, index, owners=owners, possessors=owners, form="thing", head=head)

    def _owns(self, atom: Atom) -> bool:
        """Whether a mention is the possessor or the adjective of the noun after it."""
        if atom.form == "pronoun":
            return atom.word in word_class("possessive")
        after = self.tags[atom.end] if atom.end < self.n else ""
        return after == "X" or (after == "W" and atom.end - atom.start == 1)

    def _continues(self, index: int, start: int) -> bool:
        """Whether a token that is no mention belongs to the noun phrase begun at `start`."""
        tag = self.tags[index]
        if tag == "V":
            return index > start and self.tags[index - 1] == "D" and self.form_of(index) in ("ing", "past")
        if tag == "D":
            return index == start or self.tags[index - 1] != "W"
        if tag == "R":
            return index == start or self.tags[index - 1] in "DC"
        return tag in 'WX"'

    def _coordinate(self, phrase: Phrase) -> None:
        """Extend a phrase over "X, Y and Z" and "policies and actions"."""
        for _ in range(30):
            index = phrase.end
            if index >= self.n or self.tags[index] not in "C,":
                return
            comma = self.tags[index] == ","
            index += 1
            if index < self.n and self.tags[index] == "C":
                index += 1
            if index >= self.n:
                return
            following = self._core_at(index)
            if following is None:
                return
            after = self.tags[following.end] if following.end < self.n else ";"
            if bool(phrase.actors) != bool(following.actors):
                return
            if after in "VA" and not self._reads_as_list(phrase):
                return
            if (
                comma
                and not (after == "C" or self._list_goes_on(following.end))
                and self.tags[index - 1] != "C"
            ):
                return
            if not phrase.actors and (following.owners or comma):
                return
            phrase.actors = tuple(dict.fromkeys((*phrase.actors, *following.actors)))
            phrase.end = phrase.core = following.end

    def _appose(self, phrase: Phrase) -> None:
        """Let the name after a comma stand for a description: "our brothers, the Orran people"."""
        index = phrase.end
        if not phrase.actors or phrase.form != "nominal" or index + 1 >= self.n or self.tags[index] != ",":
            return
        following = self._core_at(index + 1)
        if following is None or not following.actors or following.form != "named":
            return
        after = self.tags[following.end] if following.end < self.n else ";"
        if after in ";,PS":
            phrase.actors, phrase.form = following.actors, "named"
            phrase.end = phrase.core = following.end

    def _reads_as_list(self, phrase: Phrase) -> bool:
        """Whether what stands before a phrase lets "X and Y did" be one subject."""
        return bool(phrase.actors)

    def _list_goes_on(self, index: int) -> bool:
        for _ in range(20):
            if index >= self.n:
                return False
            if self.tags[index] == "C":
                return self.low[index] in ("and", "or")
            if self.tags[index] != ",":
                return False
            core = self._core_at(index + 1)
            if core is None:
                return index + 1 < self.n and self.tags[index + 1] == "C"
            if not core.actors:
                return False
            index = core.end
        return False

    def _attach(self, phrase: Phrase, depth: int) -> None:
        """Attach prepositional phrases and reduced clauses ("committed by X") to a phrase."""
        for _ in range(8):
            index = phrase.end
            if index >= self.n:
                return
            label = self.low[index]
            if (
                self.tags[index] == "V"
                and self.form_of(index) in ("past", "participle")
                and index + 1 < self.n
                and self.tags[index + 1] in "PR"
                and not phrase.actors
            ):
                step = index + 1
                while step < self.n and self.tags[step] == "R":
                    step += 1
                if step >= self.n or self.tags[step] != "P":
                    return
                label, index = self.low[step], step
            elif self.tags[index] == "P" or (label == "to" and self.tags[index] == "P"):
                pass
            else:
                return
            following = self.phrase_at(index + 1, depth=depth + 2) if index + 1 < self.n else None
            if following is None:
                return
            actors = following.responsible if label in ("of", "by") or following.actors else ()
            phrase.attached.append(
                (
                    label,
                    following.actors
                    or (
                        following.owners
                        if label
                        in ("of", "by", "in", "against", "to", "for", "from", "with", "between", "on")
                        else ()
                    ),
                    index,
                    following.end,
                )
            )
            cue = noun_cues().get(phrase.head)
            patient = cue is not None and cue.of in ("patient", "none") and label == "of"
            if label in ("of", "by", "between") and not phrase.owners and actors and not patient:
                phrase.owners = actors
            if label == "by" and actors and not phrase.actors:
                phrase.owners = actors
            phrase.end = max(phrase.end, following.end)
            phrase.attached += [each for each in following.attached if not following.actors]

    # verbs -----------------------------------------------------------------------------------------------------

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

    def core_back(self, index: int) -> Phrase | None:
        """
        Return the noun phrase that ends at a token, nothing attached.

        Parameters
        ----------
        index : int
            Its last token.

        Returns
        -------
        Phrase or None
            None where no noun phrase ends.
        """
        start = index
        while start > 0 and index - start < _LONGEST_PHRASE and self.tags[start - 1] in 'WDXR"M':
            atom = self.at[start - 1]
            if (
                atom is not None
                and self.at[start] is None
                and atom.form != "pronoun"
                and self.tags[start] != "X"
                and atom.end - atom.start > 1
            ):
                break
            start -= 1
            if self.tags[start] == "D" and self.tags[start - 1 if start else 0] != "D":
                break
        return self._core_at(start)

    def core_back_from(self, index: int) -> Phrase | None:
        """
        Return the noun phrase that holds a token, nothing attached.

        Parameters
        ----------
        index : int
            A modifier or head.

        Returns
        -------
        Phrase or None
            None where the token is in no noun phrase.
        """
        before = self.core_back(index)
        return self._core_at(before.start if before is not None else index)

    def attach(self, phrase: Phrase) -> None:
        """Attach prepositional phrases and reduced clauses to a phrase, in place."""
        self._attach(phrase, 0)

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
            return Subject(self._joined_back(start, actors), form, start)
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

    def _joined_back(self, start: int, actors: tuple[str, ...]) -> tuple[str, ...]:
        """Joint subjects: "X and Y condemn", "X, Y and Z condemn"."""
        joined = actors
        for _ in range(12):
            index = start - 1
            if index >= 0 and self.tags[index] == "D":
                index -= 1
            if index <= 0 or self.tags[index] not in "C,":
                return joined
            if self.tags[index] == "C" and self.low[index] != "and":
                return joined
            if self.tags[index] == "," and len(joined) < 2:
                return joined
            index -= 1
            if index >= 0 and self.tags[index] == ",":
                index -= 1
            atom = self.at[index] if index >= 0 else None
            if (
                atom is None
                or atom.end != index + 1
                or (atom.start > 0 and self.tags[atom.start - 1] in "PV")
            ):
                return joined
            joined = tuple(dict.fromkeys((*atom.actors, *joined)))
            start = atom.start
        return joined


_CLASSES = (
    ("N", "negation"),
    ("A", "auxiliary"),
    ("C", "conjunction"),
    ("S", "subordinator"),
    ("P", "preposition"),
    ("D", "determiner"),
    ("R", "adverb"),
    ("D", "possessive"),
)
_BEFORE_NOUN = word_class("determiner") | word_class("possessive") | {"of", "free", "good", "'s"}
_NOUNISH = frozenset(
    "support attack aid help fight visit murder protest respect value trust request demand order appeal report state note claim offer "
    "promise pledge struggle raid assault insult ally favour favor honour honor back blame threat veto contest sanction place cause change "
    "control issue interest concern need result supply surrender test touch travel treat vote wage work share welcome harm menace plot "
    "blockade bomb shell arm finance shelter reward defeat resort guarantee charge part return fall rule end hope wish desire mark move act "
    "measure force import export influence practice advance approach attempt display experience face function increase land last launch lack".split()
)
_READY = frozenset(
    "desire determination readiness willingness right decision intention will commitment wish resolve undertaking pledge promise offer attempt "
    "attempts effort efforts refusal failure plan plans ready willing determined prepared".split()
)
_PARTICLES = frozenset({"upon", "on", "against", "with", "to", "for", "of", "in", "at"})
