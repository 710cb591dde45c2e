"""Annotated corpora in vertical form (one token a line, as in GUM and the Corpus Workbench), joined to running text."""

import re
from collections.abc import Iterator
from typing import Any

from amity.documents.records import Draft, ReadOptions
from amity.documents.xml import local_name

_NO_SPACE_BEFORE = frozenset(
    ". , ; : ! ? ) ] } % ’ ” ' n't 's 're 've 'll 'd 'm ’s ’re ’ve ’ll ’d ’m n’t » …".split()
) | {"'s", "-"}
_NO_SPACE_AFTER = frozenset("( [ { “ ‘ « $ £ € # - / @".split())
_BLOCKS = frozenset("p head sp item caption list quote date_line table row cell figure".split())


def is_vertical(root: Any) -> bool:
    """
    Whether an XML file holds one token a line with its annotation after tabs.

    Parameters
    ----------
    root : lxml element
        The root.

    Returns
    -------
    bool
        True if its first lines of text have two tabs at least.
    """
    lines = list[str]()
    for each in root.itertext():
        lines += [line for line in each.split("\n") if line.strip()]
        if len(lines) >= 20:
            break
    return bool(lines) and sum(line.count("\t") >= 2 for line in lines) > len(lines) * 0.8


def read_vertical(root: Any, options: ReadOptions) -> Iterator[Draft]:
    """
    Yield the texts of a corpus in vertical form.

    Parameters
    ----------
    root : lxml element
        A ``text``, or anything around several.
    options : ReadOptions
        Not used; every reader takes it.

    Yields
    ------
    Draft
        Tokens joined with spaces except around punctuation; the original's spacing around quotation marks may differ, as the form does not
        keep it.
    """
    texts = [root] if local_name(root) == "text" else list(root.iter("{*}text"))
    for number, text in enumerate(texts or [root], 1):
        paragraphs = _paragraphs(text)
        values = dict(text.attrib)
        publisher = values.get("publisher", "") or values.get("author", "")
        yield Draft(
            "\n\n".join(paragraphs),
            local_id=values.get("id", "") or str(number),
            title=values.get("title", ""),
            date=values.get("dateCreated", "") or values.get("date", ""),
            issuers=(values["speaker"],) if values.get("speaker") else (),
            kind=values.get("type", ""),
            publisher=publisher,
            outlet=publisher,
            citation=values.get("sourceURL", ""),
            where=f"text {values.get('id', number)}",
        )


def _paragraphs(text: Any) -> list[str]:
    paragraphs, tokens = list[str](), list[tuple[str, bool]]()

    def flush() -> None:
        if joined := _join(tokens):
            paragraphs.append(joined)
        tokens.clear()

    def walk(element: Any, is_word: bool) -> None:
        name = local_name(element)
        if name in _BLOCKS:
            flush()
        inside = is_word or name == "w"
        first = len(tokens)
        _take(element.text, tokens, inside)
        for child in element:
            walk(child, inside)
            _take(child.tail, tokens, inside)
        if name == "w" and len(tokens) > first:  # the parts of one written word: "quasi-state"
            tokens[first] = (tokens[first][0], False)
        if name in _BLOCKS:
            flush()

    walk(text, False)
    flush()
    return paragraphs


def _take(text: str | None, tokens: list[tuple[str, bool]], is_glued: bool) -> None:
    for line in (text or "").split("\n"):
        if token := line.split("\t")[0].strip():
            tokens.append((token, is_glued))


def _join(tokens: list[tuple[str, bool]]) -> str:
    pieces, is_open, is_single_open, before = list[str](), False, False, ""
    for token, is_glued in tokens:
        closes = (token == '"' and is_open) or (token == "'" and is_single_open)
        no_space = (
            not pieces
            or is_glued
            or closes
            or before in _NO_SPACE_AFTER
            or (token in _NO_SPACE_BEFORE and token not in ("'", "-"))
        )
        opened = (before == '"' and is_open) or (before == "'" and is_single_open)
        pieces.append(token if no_space or opened else f" {token}")
        if token == '"':
            is_open = not is_open
        elif token == "'":
            is_single_open = not is_single_open
        before = token
    return re.sub(r"\s+", " ", "".join(pieces))
