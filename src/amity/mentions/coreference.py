"""Which actor a chunk stands for: the same name, its possessor, the last one that fits, or the document's own parties."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from amity.mentions.chunks import Chunk
from amity.mentions.issuers import Parties, Party
from amity.model import ActorKind

_STATELIKE = frozenset({"country", "state", "nation", "republic", "kingdom"})
_GOVERNING = frozenset(
    {
        "government",
        "regime",
        "régime",
        "administration",
        "authority",
        "cabinet",
        "leadership",
        "ruler",
        "junta",
        "side",
        "clique",
    }
)
_FORMS_OF_ADDRESS = frozenset("excellency majesty honor honour highness lordship holiness".split())
_OWN_OFFICES = frozenset("legation embassy mission delegation ministry department republic kingdom".split())
_JOINT = frozenset("side party government country leader president state minister nation head".split())
_WINDOW = 40


@dataclass(slots=True)
class Seen:
    """An actor that was mentioned, with what later words may pick it by."""

    key: str
    head: str
    kind: str
    plural: bool
    words: str
    sentence: int
    subject: bool
    group: int


class Resolver:
    """
    Resolves chunks in text order.

    Parameters
    ----------
    parties : Parties
        Issuers and addressees.
    """

    def __init__(self, parties: Parties) -> None:
        self.parties = parties
        self.seen: list[Seen] = []
        self._bodies = [(party, party.name.lower()) for party in parties.issuers]

    def note(self, chunk: Chunk, key: str, kind: ActorKind, sentence: int, group: int) -> None:
        """Remember a mention that later words may refer to."""
        plural = chunk.plural or kind == "collective"
        first = not self.seen or self.seen[-1].sentence != sentence
        self.seen.append(
            Seen(
                key,
                chunk.head,
                kind,
                plural,
                f"{chunk.name} {key}".lower(),
                sentence,
                first,
                group,
            )
        )

    def resolve(self, chunk: Chunk, sentence: int, speaker: Sequence[Party] | None) -> list[tuple[str, str]]:
        """
        Return the keys a chunk stands for, each with the reason.

        Parameters
        ----------
        chunk : Chunk
            The chunk.
        sentence : int
            Number of its sentence.
        speaker : sequence of Party or None
            Who says "I" here, if not the issuers.

        Returns
        -------
        list of tuple of str
            Keys and reasons; empty where nothing fits.
        """
        if chunk.reference == "name":
            return [(self._name_key(chunk), "same name")]
        if chunk.reference == "first":
            if speaker is not None:
                return [(each.key, "speaker of the quotation") for each in speaker]
            chosen = self.parties.plural if chunk.plural else self.parties.singular
            return [(each.key, "first person of the issuer") for each in chosen]
        if chunk.reference == "second":
            return [(each.key, "second person of the addressee") for each in self.parties.addressees[:1]]
        if chunk.reference == "person":
            return self._person(chunk, sentence)
        if chunk.reference == "it":
            return self._last(
                lambda each: each.kind not in ("person",) and not each.plural,
                sentence,
                1,
                "last body or state",
                prefer_subject=True,
            )
        if chunk.reference == "they":
            return self._plural(sentence, at_start=chunk.start <= 1)
        if chunk.reference == "own":
            return self._owned(chunk, sentence, speaker)
        return self._definite(chunk, sentence)

    def _person(self, chunk: Chunk, sentence: int) -> list[tuple[str, str]]:
        """He: the last person; she: in older prose also a state."""
        found = self._last(
            lambda each: each.kind == "person", sentence, 3, "last person", prefer_subject=chunk.start <= 1
        )
        if chunk.name in ("she", "her", "hers", "herself") and not (
            found and self._near(found[0][0], sentence)
        ):
            states = self._last(
                lambda each: each.key.startswith("state:"), sentence, 2, "last state", prefer_subject=True
            )
            return states or found
        return found

    def _near(self, key: str, sentence: int) -> bool:
        return any(each.key == key and sentence - each.sentence <= 1 for each in self.seen[-_WINDOW:])

    def _name_key(self, chunk: Chunk) -> str:
        if (
            chunk.name.startswith("Mr. ")
            and self.parties.addressees
            and self.parties.addressees[0].kind == "person"
        ):
            return self.parties.addressees[0].key
        if chunk.head and chunk.kind == "person" and chunk.key.startswith("nom:"):
            office = chunk.head
            for party in (*self.parties.addressees, *self.parties.issuers):
                if (
                    party.kind == "person"
                    and office in party.name.lower()
                    and chunk.name.lower() in ("mr. " + office, office)
                ):
                    return party.key
        return chunk.key

    def _last(
        self,
        fits: Callable[[Seen], bool],
        sentence: int,
        reach: int,
        reason: str,
        *,
        prefer_subject: bool = False,
    ) -> list[tuple[str, str]]:
        best: Seen | None = None
        for each in reversed(self.seen[-_WINDOW:]):
            if sentence - each.sentence > reach:
                break
            if fits(each):
                if not prefer_subject or (each.subject and each.sentence < sentence):
                    return [(each.key, reason)]
                best = best or each
        return [(best.key, reason)] if best is not None else []

    def _plural(self, sentence: int, *, at_start: bool = False) -> list[tuple[str, str]]:
        if at_start:
            found = self._subjects_before(sentence)
            if found:
                return found
        best: Seen | None = None
        for each in reversed(self.seen[-_WINDOW:]):
            if sentence - each.sentence > 1:
                break
            if each.plural and each.kind != "person":
                best = each
                break
            if each.group:
                together = [other for other in self.seen[-_WINDOW:] if other.group == each.group]
                if len({other.key for other in together}) > 1:
                    return list(
                        dict.fromkeys((other.key, "last actors named together") for other in together)
                    )
        return [(best.key, "last group")] if best is not None else []

    def _subjects_before(self, sentence: int) -> list[tuple[str, str]]:
        """The plural actors at the head of the sentence before, for a sentence that begins with "They"."""
        before = [each for each in self.seen[-_WINDOW:] if each.sentence == sentence - 1]
        if not before:
            return []
        first = before[0]
        if first.group:
            together = [each.key for each in before if each.group == first.group]
            if len(set(together)) > 1:
                return [(key, "first actors of the sentence before") for key in dict.fromkeys(together)]
        if first.plural:
            return [(first.key, "first actor of the sentence before")]
        return []

    def _addressed(self, chunk: Chunk) -> str:
        """The addressee behind "Your Excellency" and "Mr. President"; empty where there is none."""
        if self.parties.addressees and chunk.head in _FORMS_OF_ADDRESS:
            return self.parties.addressees[0].key
        return ""

    def _owned(self, chunk: Chunk, sentence: int, speaker: Sequence[Party] | None) -> list[tuple[str, str]]:
        if chunk.determiner == "your" and self._addressed(chunk):
            return [(self._addressed(chunk), "form of address")]
        owner = self._owner(chunk.determiner, sentence, speaker)
        if not owner:
            return []
        if chunk.head in _GOVERNING or (chunk.head in _STATELIKE and not chunk.plural):
            return [(owner, "government or country of its possessor")]
        return [(f"{chunk.head}:{owner.partition(':')[2]}", "belongs to its possessor")]

    def _owner(self, determiner: str, sentence: int, speaker: Sequence[Party] | None) -> str:
        if determiner in ("my", "our"):
            if speaker:
                return speaker[0].key
            return self.parties.state or (self.parties.plural[0].key if self.parties.plural else "")
        if determiner == "your":
            return self.parties.addressed_state or (
                self.parties.addressees[0].key if self.parties.addressees else ""
            )
        if determiner in ("his", "her"):
            found = self._last(lambda each: each.kind == "person", sentence, 2, "")
        elif determiner == "its":
            found = self._last(lambda each: each.kind != "person", sentence, 1, "")
        else:
            found = self._plural(sentence)
        return found[0][0] if found else ""

    def _definite(self, chunk: Chunk, sentence: int) -> list[tuple[str, str]]:
        head = chunk.head
        if (
            chunk.plural
            and len(self.parties.issuers) > 1
            and head in _JOINT
            and chunk.determiner in ("the", "both", "two")
        ):
            return [(each.key, f"“the {head}s” are the issuers") for each in self.parties.issuers]
        for party, name in self._bodies:
            if (
                head in name.split()
                and not (head in _GOVERNING or head in _STATELIKE)
                and chunk.determiner in ("the", "this")
            ):
                return [(party.key, "self-name of the issuer")]
        if chunk.determiner == "this" and self.parties.state and (head in _GOVERNING or head in _OWN_OFFICES):
            return [(self.parties.state, f"“this {head}” of an official text is its issuer's")]
        reach = 12 if chunk.determiner in ("the", "both") else 4
        fallback: Seen | None = None
        for each in reversed(self.seen[-_WINDOW:]):
            if sentence - each.sentence > reach:
                break
            if each.plural != chunk.plural and head not in each.words.split():
                continue
            if each.head == head or head in each.words.split():
                return [(each.key, f"last {head}")]
            if (
                fallback is None
                and each.key.startswith("state:")
                and (head in _GOVERNING or head in _STATELIKE)
                and chunk.determiner in ("that", "this", "said")
            ):
                fallback = each
        if fallback is not None:
            return [(fallback.key, f"last state before “{chunk.determiner} {head}”")]
        if chunk.determiner in ("this", "that", "these", "those", "such", "both"):
            return []
        return [("nom:" + chunk.name.lower(), "description")]
