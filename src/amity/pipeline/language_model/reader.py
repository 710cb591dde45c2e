"""The reader: documents in parts to the model, answers verified, cached and counted."""

import math
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from amity.errors import ReaderError
from amity.model import Coding, Document, Origin
from amity.pipeline.language_model.answers import Part, build_coding, parse_answer
from amity.pipeline.language_model.cache import AnswerCache
from amity.pipeline.language_model.endpoint import Endpoint
from amity.pipeline.language_model.prompt import REPAIR, SCHEMA, SYSTEM, build_messages, split_parts
from amity.pipeline.language_model.settings import LanguageModelSettings

VERSION = "1"
_CHARACTERS_A_TOKEN = 4.0
_ANSWER_SHARE = 1.5
_KEPT_OF_BAD_ANSWER = 8000


@dataclass(frozen=True, slots=True)
class Estimate:
    """
    What a read will ask of the endpoint.

    Parameters
    ----------
    documents : int
        Documents to read.
    calls : int
        Calls, without retries.
    cached : int
        Answers that are on disk already, and cost nothing.
    input_tokens, output_tokens : int
        Rough: four characters a token, and an answer one and a half times as long as its text.
    """

    documents: int
    calls: int
    cached: int
    input_tokens: int
    output_tokens: int


class LanguageModel:
    """
    A language model as a reader; safe to use from several threads at once.

    Parameters
    ----------
    settings : LanguageModelSettings
        Endpoint, model, cache and limits.
    endpoint : Endpoint or None
        The connection; made from the settings if left out.
    """

    def __init__(self, settings: LanguageModelSettings, *, endpoint: Endpoint | None = None) -> None:
        self.settings = settings
        self._endpoint = endpoint or Endpoint(settings)
        self._cache = AnswerCache(settings.cache)
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self.origin = Origin("reader:llm", VERSION, settings.canonical)

    def find_positions(self, document: Document, coding: Coding) -> Coding:
        """
        Return what the model finds in a document.

        Parameters
        ----------
        document : Document
            The document.
        coding : Coding
            Its mentions and issuers, as `amity.mentions` finds them.

        Returns
        -------
        Coding
            Only what the text's own words bear out.

        Raises
        ------
        ReaderError
            If the endpoint gives no usable answer, or the limit on calls is reached.
        ModelUnavailable
            If the endpoint refuses every call.
        """
        parts = [
            Part(start, end, self._answer(document, start, end))
            for start, end in split_parts(document.text, self.settings.chunk_characters)
        ]
        found, dropped = build_coding(document, coding, parts, self.origin)
        with self._lock:
            self._counts.update(dropped)
        return found

    def _answer(self, document: Document, start: int, end: int) -> dict[str, Any]:
        messages = build_messages(document, start, end)
        key = self._key(messages)
        answer = self._cache.get(key)
        if answer is None:
            answer = self._ask(messages)
            self._cache.put(key, answer)
        return answer

    def _key(self, messages: list[dict[str, str]]) -> str:
        return self._cache.key(self.settings.shown, self.settings.model, messages)

    def _ask(self, messages: list[dict[str, str]]) -> dict[str, Any]:
        words = self._endpoint.ask(messages)
        try:
            return parse_answer(words)
        except ReaderError as error:
            reason = str(error)
        with self._lock:
            self._counts["answers asked for again"] += 1
        again = [
            *messages,
            {"role": "assistant", "content": words[:_KEPT_OF_BAD_ANSWER] or "(nothing)"},
            {"role": "user", "content": REPAIR.format(reason=reason)},
        ]
        try:
            return parse_answer(self._endpoint.ask(again))
        except ReaderError as error:
            raise ReaderError(
                f"the model {self.settings.model} gave no usable answer, asked twice: {error}"
            ) from error

    def tally(self) -> dict[str, int]:
        """
        Return what the reader has asked and dropped so far.

        Returns
        -------
        dict
            ``calls`` and ``tokens`` (0 where the endpoint does not say), then each reason for dropping with its number.
        """
        with self._lock:
            return {
                "calls": self._endpoint.calls,
                "tokens": self._endpoint.tokens,
                **dict(sorted(self._counts.items())),
            }

    def estimate(self, documents: Iterable[Document]) -> Estimate:
        """
        Return what reading documents will ask of the endpoint; asks nothing.

        Parameters
        ----------
        documents : iterable of Document
            The documents that are still to be read.

        Returns
        -------
        Estimate
            Calls and tokens.
        """
        n = calls = cached = shown = answered = 0
        fixed = len(SYSTEM) + len(str(SCHEMA))
        for document in documents:
            n += 1
            for start, end in split_parts(document.text, self.settings.chunk_characters):
                if self._cache.get(self._key(build_messages(document, start, end))) is not None:
                    cached += 1
                    continue
                calls += 1
                shown += fixed + end - start
                answered += end - start
        return Estimate(
            n,
            calls,
            cached,
            math.ceil(shown / _CHARACTERS_A_TOKEN),
            math.ceil(answered * _ANSWER_SHARE / _CHARACTERS_A_TOKEN),
        )
