"""Described actors: noun phrases whose head noun makes them one."""

from amity.mentions.chunks import STOP, Chunk, NameScanner, joined
from amity.mentions.lexicon import Head, heads, word_class
from amity.model import MentionForm
from amity.text.epithets import epithets

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


class DescriptionScanner(NameScanner):
    """Finds described actors ("the liberation movements", "Government of X")."""

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
            if self._compound(end, head) or (
                end + 1 < self.n and self.low[end + 1] in table and self._named_after(end, end + 1)
            ):
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
            if self._named_after(index, start):
                modifiers.append(index - 1)
                index -= 2
                continue
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

    def _named_after(self, mark: int, head: int) -> bool:
        """Whether a possessive mark is part of a body's name: "Dockers' Union", "People's Party"."""
        if mark < 1 or not self._capital(head) or not self._capital(mark - 1) or mark - 1 in self.inside:
            return False
        owner = self.low[mark - 1]
        return (self.low[mark] in ("'", "’") and owner.endswith("s")) or (
            self.low[mark] == "'s" and owner in ("people", "women", "men", "children")
        )

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

    def _state_of(self, start: int, end: int) -> str:
        """The state in "Kingdom of X", "Union of X"; empty where the words name no state."""
        if (
            self.low[start] not in _STATE_FORMS
            or not self._capital(start)
            or end >= self.n
            or self.low[end] != "of"
        ):
            return ""
        after = end + 2 if end + 1 < self.n and self.low[end + 1] == "the" else end + 1
        found = self.cores.get(after)
        if found is None or found[1].type != "state":
            return ""
        # "Union of Miners": a plural that no list knows is no state.
        plural = self.w.names[after] in self.doc.states and self.w.names[after].endswith("s")
        return "" if plural else found[1].canon

    def _after_determiners(self, left: int, start: int) -> int:
        while left < start and (
            self.low[left] in word_class("determiner") or self.low[left] in word_class("possessive")
        ):
            left += 1
        return left

    def _plain_name(self, first: int, start: int, stop: int) -> str:
        """The words of a phrase without its epithets."""
        listed = epithets()
        kept = [
            self.w.text[each]
            for each in range(first, stop)
            if each >= start or self.low[each] not in listed or each in self.inside
        ]
        while kept and kept[0] in ("and", ","):
            kept = kept[1:]
        return joined(kept) or self.w.text[start]

    def _generic(self, head: Head, determiner: str, anchors: list[str], tail: bool) -> bool:
        """Whether nothing says which of a kind is meant."""
        if anchors:
            return False
        if head.plural and determiner in _QUANTIFIERS:
            return True
        if tail or "generic" not in head.flags or determiner in ("these", "those", "our", "their", "both"):
            return False
        return head.plural or head.singular in _MASSES

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
        first = self._after_determiners(left, start)
        generic = self._generic(head, determiner, anchors, tail)
        if generic and determiner in _QUANTIFIERS and left < first:
            name = joined(self.w.text[left:stop])
            name = name[0].lower() + name[1:]
        else:
            name = self._plain_name(first, start, stop)
        reference, key = "name", ""
        if "of" in head.flags and anchors:
            several = (
                anchors
                if head.plural and head.singular in ("government",) and len(anchors) > 1
                else anchors[-1:]
            )
            for each in several:
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
        named_state = self._state_of(start, end) if not head.plural else ""
        if named_state:
            self._add(
                Chunk(
                    left,
                    stop,
                    f"state:{named_state.lower()}",
                    name,
                    "state",
                    "named",
                    head=head.singular,
                    determiner=determiner,
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


_STATE_FORMS = frozenset(
    "republic kingdom union federation empire duchy principality commonwealth confederation sultanate emirate".split()
)
_MASSES = frozenset(
    (
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
_POINTERS = frozenset({"that", "this", "these", "those", "such", "no", "another", "any", "each"})
