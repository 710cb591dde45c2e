"""The words of one sentence with their classes: a small closed grammar, no statistics."""

from collections.abc import Sequence
from dataclasses import dataclass

from amity.positions.lexicon import noun_cues, verb_table, word_class

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


class TaggedWords:
    """
    One sentence with a class for each token.

    Parameters
    ----------
    words : sequence of str
        Tokens as written.
    atoms : sequence of Atom
        Mentions in token offsets; of nested ones the outer counts.

    Notes
    -----
    Classes: ``M`` in a mention, ``O`` a pronoun, ``D`` determiner, ``P`` preposition, ``C`` conjunction, ``S`` subordinator, ``A``
    auxiliary, ``N`` negation, ``R`` adverb, ``T`` "to" before a verb, ``V`` verb, ``X`` possessive mark, ``W`` any other word,
    ``,`` and ``;`` marks that part clauses, ``"`` other marks.
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

    def _verb_later(self, index: int) -> bool:
        """Whether a finite verb may stand later in the sentence, so that a word like "attacks" is a noun."""
        table = verb_table()
        return any(
            each in word_class("auxiliary") or table.get(each, ("", ""))[1] in ("past", "s")
            for each in self.low[index + 1 : index + 40]
        )

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
                if word in ("most", "more") and index + 1 < self.n and self.low[index + 1].endswith("ly"):
                    return "R"
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
                return form == "s" and not self._verb_later(index)
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
