"""One sentence → every stretch that may name, describe or stand for an actor."""

from amity.mentions.chunks import (
    FIRST,
    NEUTER,
    PERSONAL,
    PLURAL,
    SECOND,
    STOP,
    Chunk,
    Doc,
    Words,
    joined,
    surname_of,
)
from amity.mentions.described import DescriptionScanner
from amity.model import ActorKind


def find_chunks(words: Words, doc: Doc) -> list[Chunk]:
    """
    Return the chunks of a sentence.

    Parameters
    ----------
    words : Words
        The sentence.
    doc : Doc
        Names that hold in this document.

    Returns
    -------
    list of Chunk
        In order of their start; a chunk may lie inside another ("X" in "X's friends").
    """
    return _Scanner(words, doc).run()


class _Scanner(DescriptionScanner):
    def run(self) -> list[Chunk]:
        self._find_cores()
        self._find_persons()
        self._find_described()
        self._find_bare_names()
        self._find_vocatives()
        self._find_pronouns()
        self.chunks.sort(key=lambda each: (each.start, -each.end))
        return self.chunks

    def _find_bare_names(self) -> None:
        for start, (end, name) in self.cores.items():
            if self.taken[start] and not self._possessor(end):
                continue
            left = (
                start - 1
                if start > 0 and self.low[start - 1] == "the" and name.type != "adjective"
                else start
            )
            before = self.low[left - 1] if left > 0 else ""
            place = before in (
                "in",
                "at",
                "near",
                "from",
                "throughout",
                "within",
                "inside",
                "via",
                "across",
            ) and name.type in ("state", "capital")
            if (
                name.type == "capital"
                and (place or (before in ("of", "to", ",", "and") and not self._possessor(end)))
            ) or (name.type == "capital" and self._dateline(start, end)):
                continue
            prefix = "org" if name.type == "organisation" else "state"
            shown = joined(self.w.text[start:end])
            if name.type in ("adjective", "capital"):
                shown = name.canon
            kind: ActorKind = name.kind
            self._add(
                Chunk(
                    left,
                    end,
                    f"{prefix}:{name.canon.lower()}",
                    shown,
                    kind,
                    "named",
                    place=place,
                    head="adjective" if name.type == "adjective" else "",
                    aliases=[name.canon],
                )
            )
        self._find_runs()

    def _possessor(self, end: int) -> bool:
        return end < self.n and self.low[end] in ("'s", "'")

    def _dateline(self, start: int, end: int) -> bool:
        """A place and a date at the head of a document, or a bare heading."""
        return (
            self.n - end < 8
            and start == 0
            and any(each.isdigit() and len(each) == 4 for each in self.low[end:])
        )

    def _find_runs(self) -> None:
        """Runs of two to five capitalised words in the middle of a sentence that no list knows."""
        index = 0
        while index < self.n:
            if (
                self.taken[index]
                or not self._capital(index)
                or self.low[index] in STOP
                or index in self.inside
            ):
                index += 1
                continue
            end = self._name_run(index)
            if end - index < 2:
                index = max(end, index + 1)
                continue
            before = self.low[index - 1] if index > 0 else ""
            if (
                before == "the"
                and not any(self.taken[index:end])
                and end - index <= 4
                and self._acts(index, end)
            ):
                name = joined(self.w.text[index:end])
                self._add(Chunk(index - 1, end, "nom:" + name.lower(), name, "organisation", "named"))
            elif (
                (
                    index > 0
                    or (
                        self._acts(index, end)
                        and self.low[0] not in _OPENERS
                        and not self.low[0].endswith("ly")
                    )
                )
                and before not in ("the", "in", "at", "near", "a", "an")
                and not any(self.taken[index:end])
                and end - index <= 4
            ):
                surname = surname_of(self.w.names[index:end])
                name = joined(self.w.text[index:end])
                self._add(
                    Chunk(index, end, f"person:{surname.lower()}", name, "person", "named", aliases=[surname])
                )
            index = end

    def _acts(self, start: int, end: int) -> bool:
        """Whether a run of capitalised words that no list knows does something or has it done to it."""
        after = self.low[end] if end < self.n else ""
        before = self.low[start - 2] if start > 1 else ""
        return (
            after in _SAID
            or after == "'s"
            or (after.endswith(("ed", "s")) and after.isalpha() and len(after) > 3)
            or (before not in _PLACING and before.isalpha())
        )

    def _find_vocatives(self) -> None:
        """ "Mr. President", "MR. SECRETARY": an office as a form of address."""
        for index in range(self.n - 2):
            if self.low[index] != "mr" or self.low[index + 1] != "." or self.taken[index + 2]:
                continue
            if self.low[index + 2] in (
                "president",
                "secretary",
                "minister",
                "ambassador",
                "chairman",
                "premier",
                "chancellor",
            ):
                title = self.low[index + 2]
                self._add(
                    Chunk(
                        index,
                        index + 3,
                        f"nom:{title}",
                        f"Mr. {title.capitalize()}",
                        "person",
                        "named",
                        head=title,
                    )
                )

    def _find_pronouns(self) -> None:
        for index, word in enumerate(self.low):
            if word == "undersigned":
                left = index - 1 if index > 0 and self.low[index - 1] == "the" else index
                self._add(Chunk(left, index + 1, "", "I", "other", "pronoun", "first"))
            elif (
                word in FIRST
                and not (word == "us" and self.w.text[index] == "US")
                and not (word == "i" and self.w.text[index] != "I")
            ):
                self._add(
                    Chunk(index, index + 1, "", word, "other", "pronoun", "first", plural=FIRST[word] == "p")
                )
            elif word in SECOND:
                self._add(Chunk(index, index + 1, "", word, "other", "pronoun", "second"))
            elif word in PERSONAL:
                self._add(Chunk(index, index + 1, "", word, "person", "pronoun", "person"))
            elif word in NEUTER:
                if word != "it" or not self._empty_it(index):
                    self._add(Chunk(index, index + 1, "", word, "other", "pronoun", "it"))
            elif word in PLURAL:
                self._add(Chunk(index, index + 1, "", word, "other", "pronoun", "they", plural=True))

    def _empty_it(self, index: int) -> bool:
        """Whether "it" stands for no one: "it is necessary that", "it seems"."""
        following = self.low[index + 1 : index + 3]
        return (
            bool(following)
            and following[0]
            in ("is", "was", "seems", "appears", "would", "should", "must", "will", "may", "has")
            and (
                len(following) < 2
                or following[0] in ("is", "was", "seems", "appears")
                or following[1] in ("be", "been", "seem", "appear", "not")
            )
        )


_PLACING = frozenset(
    "in at of on near from into through across along around under over inside within off".split()
)
_OPENERS = frozenset(
    "later yesterday today tomorrow meanwhile then now earlier afterwards also even only both such other former "
    "president's both dear early last next recently soon still although however moreover".split()
)
_SAID = frozenset(
    "said says has had is was will would can could may might must did does made took gave came began went itself himself alone too also who which that and or concerned".split()
)
