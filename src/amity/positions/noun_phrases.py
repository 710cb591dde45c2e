"""Noun phrases of one sentence, with what is attached to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from amity.positions.lexicon import noun_cues, word_class
from amity.positions.tagging import Atom, TaggedWords

_LONGEST_PHRASE = 40


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


class PhrasedWords(TaggedWords):
    """
    One sentence with its noun phrases, found where they are asked for.

    Parameters
    ----------
    words : sequence of str
        Tokens as written.
    atoms : sequence of Atom
        Mentions in token offsets.
    """

    def __init__(self, words: Sequence[str], atoms: Sequence[Atom]) -> None:
        super().__init__(words, atoms)
        self._phrases: dict[tuple[int, int], Phrase | None] = {}

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
        key = (index, min(depth, 5))
        if key not in self._phrases:
            self._phrases[key] = self._read_phrase(index, depth)
        return self._phrases[key]

    def _read_phrase(self, index: int, depth: int) -> Phrase | None:
        phrase = self._core_at(index)
        if phrase is None:
            return None
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
            if not following.actors:
                phrase.attached += following.attached
                if not phrase.owners and not phrase.actors:
                    phrase.owners = next((each[1] for each in following.attached if each[0] == "by"), ())

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
