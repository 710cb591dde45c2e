"""One sentence → the stretches that may name, describe or stand for an actor, before anyone says which actor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from amity.mentions.lexicon import Head, Name, heads, names, titles, word_class
from amity.model import ActorKind, MentionForm
from amity.text.epithets import epithets

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
_ADJECTIVE_ENDS = (
    "al",
    "ic",
    "ist",
    "ive",
    "ous",
    "ful",
    "ary",
    "ese",
    "ian",
    "less",
    "ible",
    "able",
    "ern",
    "ing",
    "ed",
    "ent",
    "ant",
    "ic",
)


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
    return _Finder(words, doc).run()


class _Finder:
    def __init__(self, words: Words, doc: Doc) -> None:
        self.w = words
        self.low = words.low
        self.n = len(words.low)
        self.doc = doc
        self.cores: dict[int, tuple[int, Name]] = {}
        self.inside: dict[int, int] = {}
        self.chunks: list[Chunk] = []
        self.taken: list[bool] = [False] * self.n

    def run(self) -> list[Chunk]:
        self._find_cores()
        self._find_persons()
        self._find_described()
        self._find_bare_names()
        self._find_pronouns()
        self.chunks.sort(key=lambda each: (each.start, -each.end))
        return self.chunks

    # names -----------------------------------------------------------------------------------------------------

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
                if end:
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
        surname = _surname(self.w.names[title_end:end])
        name = _joined(self.w.text[start:end])
        self._add(
            Chunk(
                left,
                end,
                f"person:{surname.lower()}",
                name,
                "person",
                "named",
                aliases=[_joined(self.w.text[title_end:end]), surname],
            )
        )

    # described actors ------------------------------------------------------------------------------------------

    def _find_described(self) -> None:
        table = heads()
        index = 0
        while index < self.n:
            found = table.match(self.low, index) if self.low[index] in table else None
            if found is None or (
                index in self.inside and self.cores[self.inside[index]][1].type != "adjective"
            ):
                index += 1
                continue
            end, head = found
            if (
                self.low[index] in epithets()
                and end < self.n
                and (self.low[end] in ("and", ",") or self.low[end] in epithets() or self._modifier(end))
            ):
                index = end
                continue
            following = table.match(self.low, end) if end < self.n and self.low[end] in table else None
            if following is not None and end not in self.inside and following[1].singular not in ("none",):
                index = end
                continue
            if self._compound(end, head):
                index = end
                continue
            if not self.taken[index]:
                stop = self._describe(index, end, head)
                index = max(end, stop)
            else:
                index = end

    def _compound(self, end: int, head: Head) -> bool:
        """Whether a head noun is the first half of a compound that is no actor: "military action", "party congress"."""
        if head.plural or end >= self.n or head.singular not in _COMPOUNDING:
            return False
        word = self.low[end]
        if self._capital(end - 1) and end > 1:
            return False
        return word in _COMPOUNDED or (word.isalpha() and len(word) > 5 and word.endswith(_ABSTRACT))

    def _describe(self, start: int, end: int, head: Head) -> int:
        left, determiner, modifiers = self._left(start)
        stop, anchor, tail = self._right(end, head)
        capital = self._capital(start) and start > 0
        anchors = self._anchors(left, start)
        flags = head.flags
        if anchor:
            anchors = [*anchors, anchor]
        classified = bool(modifiers) or tail
        named = capital and any(self._capital(each) for each in modifiers)
        possessive = determiner in word_class("possessive")
        pointing = determiner in ("the", "this", "that", "these", "those", "such", "both", "said", "no")
        quantified = determiner in (
            "all",
            "every",
            "any",
            "some",
            "many",
            "several",
            "certain",
            "most",
            "other",
            "each",
            "various",
            "numerous",
        )
        fits = (
            bool(anchors)
            or (possessive and "none" not in flags)
            or "bare" in flags
            or ("alone" in flags and (pointing or quantified or classified))
            or ("cap" in flags and capital and (pointing or named))
            or ("coll" in flags and (classified or quantified or (head.plural and pointing)))
            or ("plural" in flags and head.plural and (pointing or quantified or classified))
            or ("generic" in flags and (quantified or (capital and head.plural)))
            or (head.singular == "side" and pointing and bool(anchors))
        )
        if not fits or ("none" in flags and not anchors):
            return end
        if head.singular == "party" and not capital and not (classified or quantified or pointing):
            return end
        self._add_described(left, stop, start, end, head, determiner, modifiers, anchors, tail, capital)
        return stop

    def _left(self, start: int) -> tuple[int, str, list[int]]:
        """Where the noun phrase of a head begins, its determiner, and the tokens of its modifiers."""
        determiners, possessives = word_class("determiner"), word_class("possessive")
        numbers = word_class("number")
        index, modifiers = start - 1, list[int]()
        while index >= 0 and start - index <= 8:
            word = self.low[index]
            if word == "'s" or (word in ("'", "’") and index > 0 and self.low[index - 1].endswith("s")):
                owner = self._owner(index)
                return (owner if owner is not None else index + 1), "'s", modifiers
            if word in determiners or word in possessives or word in numbers:
                left = index
                while (
                    left > 0
                    and (self.low[left - 1] in determiners - _POINTERS or self.low[left - 1] in numbers)
                    and start - left < 9
                ):
                    left -= 1
                return (
                    left,
                    self.low[left],
                    modifiers,
                )
            if word in ("and", ",") and index > 0 and self._modifier(index - 1) and modifiers:
                index -= 1
                continue
            if word in STOP or not word[0].isalpha() or self.taken[index]:
                break
            modifiers.append(index)
            index -= 1
        left = start
        while left > 0 and self._modifier(left - 1):
            left -= 1
        if left < start and left == 0 and self.low[0].endswith(("ing", "ed")):
            left += 1
        return left, "", [each for each in modifiers if each >= left]

    def _modifier(self, index: int) -> bool:
        """Whether a token reads as a modifier without a determiner's help."""
        if index < 0 or self.low[index] in STOP or self.taken[index]:
            return False
        if index in self.inside:
            return self.cores[self.inside[index]][1].type != "capital"
        word = self.low[index]
        if word in epithets() or word in word_class("classifying"):
            return True
        if self._capital(index) and index > 0 and self.w.names[index] not in word_class("notactor"):
            return True
        return len(word) > 4 and word.endswith(_ADJECTIVE_ENDS[:13]) and word.isalpha()

    def _owner(self, mark: int) -> int | None:
        """Where the possessor before a possessive mark begins."""
        index = mark - 1
        if index in self.inside:
            start = self.inside[index]
            return start - 1 if start > 0 and self.low[start - 1] == "the" else start
        return index if index >= 0 and self._capital(index) else None

    def _right(self, end: int, head: Head) -> tuple[int, str, bool]:
        """Where the phrase ends after its head, the state it is joined to, and whether words after the head narrow it."""
        if (
            end + 1 >= self.n
            or self.low[end] not in ("of", "for", "in")
            or (self.low[end] != "of" and not self._capital(end - 1))
        ):
            if end < self.n and self.low[end] in ("concerned",):
                return end + 1, "", True
            return end, "", False
        if self.low[end] == "in" and head.singular not in ("people", "party", "community"):
            return end, "", False
        index = end + 1
        while (
            index < self.n
            and index - end < 4
            and (
                self.low[index] in ("the", "that", "this", "these", "those", "our", "its", "all")
                or self.low[index] in epithets()
            )
        ):
            index += 1
        if index >= self.n:
            return end, "", False
        if index in self.cores:
            stop, name = self.cores[index]
            if name.type == "adjective":
                following = (
                    heads().match(self.low, stop) if stop < self.n and self.low[stop] in heads() else None
                )
                return (
                    (following[0], f"{name.canon} {following[1].singular}", True)
                    if following
                    else (end, "", False)
                )
            if self.low[end] == "in":
                return end, "", False
            return stop, name.canon, True
        if (
            self.low[index]
            in (
                "country",
                "region",
                "state",
                "nation",
                "republic",
                "continent",
                "world",
                "countries",
                "area",
                "republics",
            )
            and self.low[end] == "of"
        ):
            return index + 1, "", True
        stop = self._name_run(index)
        if stop > index:
            return stop, "", True
        return end, "", False

    def _anchors(self, left: int, start: int) -> list[str]:
        found: list[str] = []
        for index in range(left, start):
            if index in self.cores:
                _, name = self.cores[index]
                found.append(name.canon)
        return found

    def _add_described(
        self,
        left: int,
        stop: int,
        start: int,
        end: int,
        head: Head,
        determiner: str,
        modifiers: list[int],
        anchors: list[str],
        tail: bool,
        capital: bool,
    ) -> None:
        possessive = determiner in word_class("possessive")
        listed = epithets()
        first = left
        while first < start and (
            self.low[first] in word_class("determiner") or self.low[first] in word_class("possessive")
        ):
            first += 1
        kept = [
            self.w.text[each]
            for each in range(first, stop)
            if each >= start or self.low[each] not in listed or (each in self.inside)
        ]
        while kept and kept[0] in ("and", ","):
            kept = kept[1:]
        name = _joined(kept) or self.w.text[start]
        generic = (
            "generic" in head.flags
            and not anchors
            and not tail
            and (
                head.plural
                or head.singular
                in (
                    "people",
                    "mankind",
                    "humanity",
                    "masses",
                    "world opinion",
                    "public opinion",
                    "international community",
                    "world community",
                    "civilized world",
                    "proletariat",
                )
            )
            and determiner not in ("these", "those", "our", "their", "both")
        )
        if (
            head.plural
            and determiner
            in ("all", "many", "several", "most", "some", "other", "any", "various", "certain", "numerous")
            and not anchors
        ):
            generic = True
        if generic and determiner in _QUANTIFIERS and left < first:
            name = _joined(self.w.text[left:stop])
            name = name[0].lower() + name[1:]
        reference, key = "name", ""
        if "of" in head.flags and anchors:
            joined = (
                anchors
                if head.plural and head.singular in ("government",) and len(anchors) > 1
                else anchors[-1:]
            )
            for each in joined:
                self._add(
                    Chunk(
                        left,
                        stop,
                        f"state:{each.lower()}",
                        name,
                        "government",
                        "named",
                        head=head.singular,
                        determiner=determiner,
                        plural=head.plural,
                    )
                )
            return
        if possessive:
            reference = "own"
        elif determiner == "'s":
            key = "nom:" + name.lower()
        elif (
            not anchors
            and not [
                each for each in modifiers if self.low[each] not in epithets() and self.low[each] != "two"
            ]
            and not tail
            and determiner in ("the", "this", "that", "these", "those", "both", "said", "such")
        ):
            reference = "definite"
        if not key:
            noun = head.singular if head.singular not in ("country", "nation", "republic") else "state"
            key = (
                f"{noun}:{anchors[-1].lower()}"
                if anchors and not [m for m in modifiers if self._capital(m) and m not in self.inside]
                else "nom:" + name.lower()
            )
            if anchors and noun == "state" and head.plural is False:
                key = f"state:{anchors[-1].lower()}"
        form: MentionForm = (
            "named" if any(self._capital(each) for each in range(first, stop)) and first < stop else "nominal"
        )
        self._add(
            Chunk(
                left,
                stop,
                key,
                name,
                head.kind,
                form,
                reference,
                head.singular,
                determiner,
                head.plural,
                generic,
            )
        )

    # bare names and pronouns -----------------------------------------------------------------------------------

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
            shown = _joined(self.w.text[start:end])
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
                name = _joined(self.w.text[index:end])
                self._add(Chunk(index - 1, end, "nom:" + name.lower(), name, "organisation", "named"))
            elif (
                (index > 0 or self._acts(index, end))
                and before not in ("the", "in", "at", "near", "a", "an")
                and not any(self.taken[index:end])
                and end - index <= 4
            ):
                surname = _surname(self.w.names[index:end])
                name = _joined(self.w.text[index:end])
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
            or before in ("by", "with", "against", "and", "upon", "towards", "to")
            or before.endswith(("ed", "s"))
        )

    def _find_pronouns(self) -> None:
        for index, word in enumerate(self.low):
            if (
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

    def _add(self, chunk: Chunk) -> None:
        self.chunks.append(chunk)
        if chunk.form != "pronoun":
            for index in range(chunk.start, chunk.end):
                self.taken[index] = True


def _joined(words: Sequence[str]) -> str:
    """Return tokens as running text."""
    return (
        " ".join(words)
        .replace(" 's", "'s")
        .replace(" ’s", "’s")
        .replace(" ,", ",")
        .replace(" .", ".")
        .replace(" ’", "’")
    )


def _surname(run: Sequence[str]) -> str:
    """Return the word of a name that stands for the person: the last that is no numeral, initial or suffix."""
    for word in reversed(run):
        if len(word) > 1 and not set(word) <= set("IVX") and word not in ("Jr", "Sr", "."):
            return word
    return run[-1]


_QUANTIFIERS = frozenset(
    {"all", "many", "several", "some", "most", "other", "certain", "any", "various", "numerous"}
)
_COMPOUNDING = frozenset(
    "military enemy police terrorist state party army navy press opposition resistance youth women student government rebel guerrilla guard "
    "community family church school police aggressor fascist racist colonialist imperialist reactionary country world-opinion union council "
    "population peasant worker class group minority force command mission council committee embassy force".split()
)
_ABSTRACT = ("tion", "sion", "ment", "ance", "ence", "ity", "ism", "tions", "sions", "ments", "ness", "ship")
_COMPOUNDED = frozenset(
    "attack attacks force forces leader leaders official officials officer officers troops aid base bases aircraft headquarters post posts "
    "rule policy policies propaganda group groups regime power law laws school schools congress line lines fire plane planes ship ships "
    "vessel vessels territory side camp camps rights affairs spending budget service services operation operations exercise exercises "
    "equipment supplies hardware weapons strength unit units personnel chief chiefs commander commanders council member members "
    "activities activity bloc circles conference meeting programme program talks tribunal court courts coup junta machine machines "
    "victory threat threats build-up buildup alliance alliances pact pacts party parties elements raiders struggle movement".split()
)
_SAID = frozenset(
    "said says has had is was will would can could may might must did does made took gave came began went itself himself alone too also who which that and or concerned".split()
)
_POINTERS = frozenset({"that", "this", "these", "those", "such", "no", "another", "any", "each"})
STOP = frozenset(
    "of in on at by for from to with into upon against towards toward between among and or but nor that which who whom whose "
    "is are was were be been being am has have had do does did will would shall should may might can could must not never "
    "if when while as than then so because since until unless although though where there here this it he she they we you i "
    "a an the all any its our their his her your my what how why yes no under over after before during through without within about".split()
)
