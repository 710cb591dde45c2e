"""Document → actors and mentions."""

import re
from collections.abc import Iterator, Sequence

from amity.mentions.actors import ActorBook
from amity.mentions.chunks import STOP, Chunk, Doc, Words
from amity.mentions.coreference import Resolver
from amity.mentions.issuers import Parties, Party, find_parties
from amity.mentions.lexicon import Name, canonical_names, heads, titles_words, word_class
from amity.mentions.scanning import find_chunks
from amity.model import Coding, Document, Mention, Origin
from amity.text.sentences import split_sentences
from amity.text.tokens import tokenize

VERSION = "1"
ORIGIN = Origin("reader:rules", VERSION)
_STATE_CONTEXT = re.compile(
    r"\b(?:Government|Republic|Kingdom|Empire|State|Ministry|people|peoples|President|Ambassador|King|Queen|Emperor|Minister|Duchy|Union|Federation)"
    r" (?:and people )?of (?:the )?([A-Z][a-z’'-]{3,})\b(?! [A-Z])"
)
_ABBREVIATION = re.compile(r"^\s*[(\[]\s*(?:the |[“\"‘'])?([A-Z][\w.&-]{1,9})[”\"’']?\s*[)\]]")


def find_mentions(document: Document) -> Coding:
    """
    Return the actors of a document with every mention of them.

    Parameters
    ----------
    document : Document
        In English, or in a language not known; for other languages only the issuers' own names are looked up.

    Returns
    -------
    Coding
        Actors (ids are slugs of their names), issuers, addressees, mentions in text order; no positions.

    Notes
    -----
    Names come from the word lists in ``mentions/data``, from titles and head nouns, and from the document itself (abbreviations
    in brackets, states that stand after "Government of"). Descriptions and pronouns are resolved by the last actor that fits in
    kind and number; "we" is the issuer, "you" the addressee. Names of a state, its government and its capital where that speaks are one
    actor (codebook, rule 16). Every actor's attribute ``merges`` says why each form is this actor. Empty text gives the
    issuers alone. Linear in the length of the text.
    """
    parties = find_parties(document)
    book = ActorBook()
    found: list[tuple[int, int, str, str]] = []
    for party in (*parties.issuers, *parties.addressees, *parties.singular, *parties.plural):
        _add_party(book, party)
    if document.language in ("", "en"):
        found = list(_read(document, parties, book))
    else:
        found = list(_literal(document, parties))
    ids, actors = book.actors()
    mentions = tuple(
        Mention(
            document.span(start, end),
            ids[key],
            "pronoun" if form == "pronoun" else "named" if form == "named" else "nominal",
            ORIGIN,
        )
        for start, end, key, form in dict.fromkeys(found)
    )
    return Coding(
        document.id,
        actors,
        tuple(dict.fromkeys(ids[each.key] for each in parties.issuers)),
        tuple(dict.fromkeys(ids[each.key] for each in parties.addressees)),
        tuple(sorted(mentions, key=lambda each: (each.span.start, -each.span.end))),
    )


def _add_party(book: ActorBook, party: Party) -> None:
    book.add(
        party.key, party.name, party.kind, named=True, aliases=party.aliases, reason="issuer or addressee"
    )


def _literal(document: Document, parties: Parties) -> Iterator[tuple[int, int, str, str]]:
    """The issuers' names as they stand, for a language without word lists."""
    for party in parties.issuers:
        for form in {party.name, *party.aliases}:
            if len(form) > 3:
                for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", document.text):
                    yield match.start(), match.end(), party.key, "named"


_ACTING = (
    r"(?:['’]s\b|\s+(?:has|have|had|will|would|shall|should|must|may|might|could|cannot|did|does|is|was|were|and\s+(?:the|[A-Z][a-z]+)|"
    r"[a-z]{2,}(?:ed|es|ks|ts|ls|ns|rs|ds|ps|ms|ws|cts|lds|ives|aims)|sent|said|took|gave|made|held|met|began|broke|withdrew|sought|told)\b)"
)
_NAME = r"([A-Z][a-zà-öø-ÿ’'-]{2,})"
_ACTS = re.compile(rf"\b{_NAME}{_ACTING}")
_ACTED_ON = re.compile(
    rf"\b(?:by|with|against|between|towards|upon|from|that|and|to|joined|[a-z]{{2,}}(?:ed|ns|ts|ks|ls|es|ds))\s+{_NAME}(?=[\s,.;:])"
)
_BEFORE_START = frozenset(("", ".", "!", "?", "“", '"', ":"))
_WORD = re.compile(r"\b[A-Za-z][a-zà-öø-ÿ’'-]{2,}\b")


def _own_names(document: Document) -> set[str]:
    """
    Capitalised words that no list knows and that act or are acted on at least once.

    A word counts only if the text never has it in lower case, and has it once where no sentence begins.
    """
    text = document.text
    listed, skipped = canonical_names(), word_class("notactor") | word_class("month") | titles_words()
    acting = {_bare(match[1]) for pattern in (_ACTS, _ACTED_ON) for match in pattern.finditer(text)}
    lower, alone = set[str](), set[str]()
    short = len(text) < 400
    for match in _WORD.finditer(text):
        word = _bare(match[0])
        if word[0].islower():
            lower.add(word)
        elif word in acting and not _in_run(text, match.start(), match.end()):
            before = text[max(0, match.start() - 2) : match.start()].strip()[-1:]
            if short or before not in _BEFORE_START:
                alone.add(word)
    return {
        word
        for word in alone
        if word.lower() not in lower
        and word.lower() not in listed
        and word not in skipped
        and word.lower() not in heads()
        and word.lower() not in STOP
        and not word.endswith(("ing", "ly"))
    }


def _bare(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _in_run(text: str, start: int, end: int) -> bool:
    """Whether a word stands in a row of capitalised words, which is a longer name."""
    before, after = text[max(0, start - 24) : start].split(" "), text[end : end + 2]
    return (
        len(before) > 1 and before[-1] == "" and before[-2][:1].isupper() and before[-2].lower() not in STOP
    ) or (after[:1] == " " and after[1:].isupper())


def _own_states(document: Document, parties: Parties) -> dict[str, Name]:
    """Names after "Government of" and the like that no list holds, with their likely adjectives."""
    listed = canonical_names()
    names = {
        match[1]
        for match in _STATE_CONTEXT.finditer(document.text)
        if match[1].lower() not in listed and match[1].lower() not in heads() and not match[1].endswith("s")
    }
    for party in (*parties.issuers, *parties.addressees):
        if party.key.startswith("state:"):
            names.update(
                form
                for form in (party.name, *party.aliases)
                if form.lower() not in listed and " " not in form
            )
    names |= _own_names(document)
    states = {name: Name("state", name, "state") for name in sorted(names)}
    if not states:
        return {}
    by_stem = {name[: max(4, len(name) - 2)]: name for name in sorted(names)}
    for word in set(re.findall(r"\b[A-Z][a-z’'-]{4,}\b", document.text)):
        if word in states or word.lower() in listed:
            continue
        for length in (len(word) - 1, len(word) - 2, len(word) - 3, len(word) - 4):
            stem = by_stem.get(word[:length]) if length >= 4 else None
            if stem is not None and word.endswith(("n", "ns", "ese", "ish", "i", "is", "ic")):
                states[word] = Name("adjective", stem, "state")
                break
    return states


def _read(document: Document, parties: Parties, book: ActorBook) -> Iterator[tuple[int, int, str, str]]:
    doc = Doc(_own_states(document, parties))
    resolver = Resolver(parties)
    surnames = {
        each.key for each in (*parties.issuers, *parties.addressees) if each.key.startswith("person:")
    }
    abbreviations: dict[str, str] = {}
    text = document.text
    for number, (start, end) in enumerate(split_sentences(text)):
        spans = [(start + a, start + b) for a, b in tokenize(text[start:end])]
        words = Words.of([text[a:b] for a, b in spans])
        chunks = find_chunks(words, doc)
        chunks += _short_forms(words, chunks, surnames, abbreviations)
        chunks.sort(key=lambda each: (each.start, -each.end))
        groups = _group(chunks, words)
        for chunk in chunks:
            if chunk.place and chunk.key not in book:
                pass
            resolved = resolver.resolve(chunk, number, None)
            for key, reason in resolved:
                if chunk.form != "pronoun" and (chunk.reference == "name" or key not in book):
                    book.add(
                        key,
                        chunk.name,
                        chunk.kind,
                        named=chunk.form == "named"
                        and chunk.reference == "name"
                        and chunk.head != "adjective",
                        generic=chunk.generic,
                        aliases=chunk.aliases,
                        reason=reason,
                    )
                elif key not in book:
                    continue
                resolver.note(
                    chunk,
                    key,
                    book.kind(key),
                    number,
                    groups.get(id(chunk), 0) and groups[id(chunk)] + number * 1000,
                )
                yield spans[chunk.start][0], spans[chunk.end - 1][1], key, chunk.form
            if chunk.key.startswith("person:"):
                surnames.add(chunk.key)
            if resolved and chunk.form == "named" and chunk.end < len(spans):
                short = _ABBREVIATION.match(text[spans[chunk.end - 1][1] : spans[chunk.end - 1][1] + 24])
                if short is not None and short[1] not in ("The", "This"):
                    abbreviations[short[1]] = resolved[0][0]


def _short_forms(
    words: Words, chunks: Sequence[Chunk], surnames: set[str], abbreviations: dict[str, str]
) -> list[Chunk]:
    """Surnames of persons already named, and abbreviations that the document introduced."""
    taken = {index for each in chunks if each.form != "pronoun" for index in range(each.start, each.end)}
    found: list[Chunk] = []
    for index, word in enumerate(words.names):
        if index in taken:
            continue
        if word in abbreviations:
            key = abbreviations[word]
            found.append(Chunk(index, index + 1, key, word, "other", "named"))
        elif word[:1].isupper() and len(word) > 2 and f"person:{word.lower()}" in surnames:
            left = index
            while (
                left > 0
                and words.names[left - 1][:1].isupper()
                and left - 1 not in taken
                and index - left < 2
                and left > 1
            ):
                left -= 1
            found.append(
                Chunk(
                    left,
                    index + 1,
                    f"person:{word.lower()}",
                    " ".join(words.text[left : index + 1]),
                    "person",
                    "named",
                )
            )
    return found


def _group(chunks: Sequence[Chunk], words: Words) -> dict[int, int]:
    """Numbers of coordinated rows ("X, Y and Z") by chunk."""
    groups: dict[int, int] = {}
    number = 0
    previous: Chunk | None = None
    for chunk in chunks:
        if chunk.form == "pronoun" and chunk.reference not in ("first",):
            continue
        if previous is not None:
            between = [each for each in words.low[previous.end : chunk.start] if each not in ("the", "both")]
            if between and all(each in ("and", ",", "or", "with") for each in between):
                if id(previous) not in groups:
                    number += 1
                    groups[id(previous)] = number
                groups[id(chunk)] = groups[id(previous)]
        previous = chunk
    return groups
