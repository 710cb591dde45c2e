"""One sentence → the stretches that may name, describe or stand for an actor, before anyone says which actor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from amity.mentions.lexicon import Name, heads, names, titles, word_class
from amity.model import ActorKind, MentionForm

FIRST = {
    "i": "s",
    "me": "s",
    "my": "s",
    "myself": "s",
    "we": "p",
    "us": "p",
    "our": "p",
    "ours": "p",
    "ourselves": "p",
}
SECOND = frozenset({"you", "your", "yours", "yourselves"})
PERSONAL = {
    "he": "m",
    "him": "m",
    "his": "m",
    "himself": "m",
    "she": "f",
    "her": "f",
    "herself": "f",
    "hers": "f",
}
NEUTER = frozenset({"it", "its", "itself"})
PLURAL = frozenset({"they", "them", "their", "theirs", "themselves"})


@dataclass(slots=True)
class Chunk:
    """
    A stretch of tokens that may stand for an actor.

    Parameters
    ----------
    start, end : int
        Tokens of the sentence, half-open.
    key : str
        What it names, as far as its own words tell: equal keys are one actor. Empty where only the context can tell.
    name : str
        Words without determiner and epithets.
    kind : ActorKind
        Kind of the actor.
    form : MentionForm
        As in the codebook.
    reference : str
        ``name``, ``definite`` ("that Government"), ``first``, ``second``, ``person``, ``it``, ``they`` or ``own`` (its
        possessor decides: "our Government").
    head : str
        Head noun in the singular; empty for names and pronouns.
    determiner : str
        Its first word where that is a determiner or possessive.
    plural, generic : bool
        As the words say.
    place : bool
        A listed place in a position that says where, not who ("in X").
    """

    start: int
    end: int
    key: str
    name: str
    kind: ActorKind
    form: MentionForm
    reference: str = "name"
    head: str = ""
    determiner: str = ""
    plural: bool = False
    generic: bool = False
    place: bool = False
    aliases: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Words:
    """The tokens of one sentence in the forms that look-ups need."""

    text: Sequence[str]
    names: Sequence[str]
    low: Sequence[str]

    @classmethod
    def of(cls, text: Sequence[str]) -> "Words":
        """Return the forms of tokens: as written, with straight apostrophes and lowered shouting, in lower case."""
        shouting = sum(1 for each in text if each.isupper() and len(each) > 1) * 2 > len(text)
        plain = [each.replace("’", "'") for each in text]
        shown = [
            each.capitalize() if each.isupper() and (len(each) > 4 or (shouting and len(each) > 1)) else each
            for each in plain
        ]
        return cls(text, shown, [each.lower() for each in plain])


class Doc:
    """
    What one document adds to the listed names.

    Parameters
    ----------
    states : mapping of str to Name
        Names of states that no list holds (and their adjectives), by the word.
    """

    def __init__(self, states: dict[str, Name]) -> None:
        self.states = states


class NameScanner:
    """Finds listed names and persons in a sentence; the base of the other scanners."""

    def __init__(self, words: Words, doc: Doc) -> None:
        self.w = words
        self.low = words.low
        self.n = len(words.low)
        self.doc = doc
        self.cores: dict[int, tuple[int, Name]] = {}
        self.inside: dict[int, int] = {}
        self.chunks: list[Chunk] = []
        self.taken: list[bool] = [False] * self.n

    def _find_cores(self) -> None:
        table, own = names(), self.doc.states
        index = 0
        while index < self.n:
            found = table.match(self.w.names, index) if self.w.names[index] in table else None
            if found is None and self.w.names[index] in own:
                found = (index + 1, own[self.w.names[index]])
            if found is None:
                index += 1
                continue
            end = found[0]
            self.cores[index] = found
            for inner in range(index, end):
                self.inside[inner] = index
            index = end

    def _capital(self, index: int) -> bool:
        word = self.w.names[index]
        return word[:1].isupper() and word[:1].isalpha()

    def _find_persons(self) -> None:
        """Titles with names, titles with their office, and runs of capitalised words that look like persons or bodies."""
        index = 0
        table = titles()
        while index < self.n:
            if self.w.names[index] in table and not self.taken[index] and self._free(index):
                end = self._title_end(index)
                # "General Confederation": a title before the head noun of a body is no title.
                if end and not (end < self.n and self.low[end] in heads() and self.low[end - 1] == "general"):
                    stop = self._name_run(end)
                    if stop > end:
                        self._person(index, end, stop)
                        index = stop
                        continue
            index += 1

    def _free(self, index: int) -> bool:
        """Whether a token is no part of a listed name, other than an office's."""
        return index not in self.inside or self.cores[self.inside[index]][1].canon == "Secretary-General"

    def _title_end(self, index: int) -> int:
        """Where a row of titles ends ("Foreign Minister Count"), or 0."""
        end, table = index, titles()
        while end < self.n and self.w.names[end] in table:
            found = table.match(self.w.names, end)
            if found is None:
                break
            end = found[0]
            if (
                end < self.n
                and self.w.names[end] == "."
                and self.w.names[end - 1] in ("Mr", "Dr", "Mrs", "Gen", "Col", "M")
            ):
                end += 1
        return end if end > index else 0

    def _name_run(self, index: int) -> int:
        """Where a run of capitalised words ends that may be a name; `index` if there is none."""
        bad, particles = word_class("notactor") | word_class("month"), word_class("particle")
        table = heads()
        end = index
        while end < self.n and end - index < 6:
            word = self.w.names[end]
            if self._capital(end) and len(word) > 1 and self.low[end] not in STOP and word not in bad:
                if end in self.cores and self.cores[end][1].type != "adjective":
                    break
                if end > index and self.low[end] in table and self.low[end] not in ("king", "prince"):
                    break
                end += 1
            elif len(word) == 1 and word.isupper() and end + 1 < self.n and self.w.names[end + 1] == ".":
                end += 2
            elif (
                self.low[end] in particles
                and end + 1 < self.n
                and self._capital(end + 1)
                and self.low[end] not in ("la", "don")
            ) or word.lower() in ("al-", "el-"):
                end += 1
            else:
                break
        while end > index and (self.low[end - 1] in particles or self.w.names[end - 1] == "."):
            end -= 1
        return end

    def _person(self, start: int, title_end: int, end: int) -> None:
        left = start
        while (
            left > 0 and left - 1 in self.inside and self.cores[self.inside[left - 1]][1].type == "adjective"
        ):
            left = self.inside[left - 1]
        if left > 0 and self.low[left - 1] == "the":
            left -= 1
        surname = surname_of(self.w.names[title_end:end])
        name = joined(self.w.text[start:end])
        self._add(
            Chunk(
                left,
                end,
                f"person:{surname.lower()}",
                name,
                "person",
                "named",
                aliases=[joined(self.w.text[title_end:end]), surname],
            )
        )

    def _add(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        if chunk.form != "pronoun":
            for index in range(chunk.start, chunk.end):
                self.taken[index] = True


def joined(words: Sequence[str]) -> str:
    """
    Return tokens as running text.

    Parameters
    ----------
    words : sequence of str
        Tokens.

    Returns
    -------
    str
        The words with one space between, marks joined to the word before them.
    """
    return (
        " ".join(words)
        .replace(" 's", "'s")
        .replace(" ’s", "’s")
        .replace(" ' ", "' ")
        .replace(" ,", ",")
        .replace(" .", ".")
        .replace(" ’", "’")
    )


def surname_of(run: Sequence[str]) -> str:
    """
    Return the word of a name that stands for the person.

    Parameters
    ----------
    run : sequence of str
        The words of a name.

    Returns
    -------
    str
        The last word that is no numeral, initial or suffix.
    """
    for word in reversed(run):
        if len(word) > 1 and not set(word) <= set("IVX") and word not in ("Jr", "Sr", "."):
            return word
    return run[-1]


STOP = frozenset(
    "of in on at by for from to with into upon against towards toward between among and or but nor that which who whom whose "
    "is are was were be been being am has have had do does did will would shall should may might can could must not never "
    "if when while as than then so because since until unless although though where there here this it he she they we you i "
    "a an the all any its our their his her your my what how why yes no under over after before during through without within about".split()
)
