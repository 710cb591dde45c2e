"""The shipped reader's encoder: sentences of a document → scores of mentions, cues and their arguments."""

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from amity.encoder.decoding import CandidateSpan, read_arguments, read_cue_spans, read_mention_spans
from amity.encoder.features import NameMarker, mark_quotations, word_features
from amity.encoder.heads import Array, Heads, WordState
from amity.encoder.records import CueScore, MentionScore, SentenceScores
from amity.encoder.tokenizer import Tokenizer, Word, load_tokenizer
from amity.encoder.windows import Window, build_window, plan_windows
from amity.errors import ModelUnavailable, ReaderError

MODEL_FILE, HEADS_FILE, SETTINGS_FILE = "reader.onnx", "heads.npz", "reader.json"


class Encoder:
    """
    The reader's network, ready to read.

    Parameters
    ----------
    directory : path
        Folder with the network and the heads.

    Raises
    ------
    ModelUnavailable
        If a file is missing or cannot be used.

    Notes
    -----
    Each window goes through the network alone, on one thread: a document's scores do not depend on what else is read,
    and hold to 1e-3 on every machine.
    """

    def __init__(self, directory: str | PathLike[str]) -> None:
        folder = Path(directory)
        self.tokenizer: Tokenizer = load_tokenizer()
        self._session = _open_session(folder / MODEL_FILE)
        try:
            with np.load(folder / HEADS_FILE, allow_pickle=False) as stored:
                self.heads = Heads({name: stored[name] for name in stored.files})
            self.settings: dict[str, Any] = json.loads((folder / SETTINGS_FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise ModelUnavailable(
                f"the reader's heads or settings cannot be read ({error}); reinstall amity from a complete wheel"
            ) from error

    def vectors(self, window: Window) -> Array:
        """
        Return the encoder's vectors of a window's word pieces.

        Parameters
        ----------
        window : Window
            From `windows`.

        Returns
        -------
        float32 array of shape (pieces, width)
            One row a piece, the first and last mark included.

        Raises
        ------
        ReaderError
            If the network fails.
        """
        try:
            found = self._session.run(None, {"ids": window.ids, "features": window.features})[0]
        except RuntimeError as error:
            raise ReaderError(
                f"the reader's network failed on {len(window.ids)} word pieces: {error}"
            ) from error
        return np.asarray(found, dtype=np.float32)

    def windows(
        self, sentences: Sequence[str], *, issuers: Iterable[str] = (), addressees: Iterable[str] = ()
    ) -> tuple[list[list[Word]], list[Window]]:
        """
        Return the words of a document's sentences and the windows they are read in.

        Parameters
        ----------
        sentences : sequence of str
            Sentences of one document in order.
        issuers, addressees : iterable of str
            Names and aliases.

        Returns
        -------
        words : list of list of Word
            Of each sentence.
        windows : list of Window
            In text order.
        """
        words = [self.tokenizer.words(text) for text in sentences]
        tables = [word_features(text, listed) for text, listed in zip(sentences, words, strict=True)]
        mark_quotations(sentences, words, tables)
        for names, feature in ((issuers, "issuer"), (addressees, "addressee")):
            marker = NameMarker(names, feature)
            for text, listed, table in zip(sentences, words, tables, strict=True):
                marker.mark(text, listed, table)
        plan = plan_windows([[len(word.pieces) for word in listed] for listed in words])
        return words, [build_window(parts, words, tables, self.tokenizer) for parts in plan]

    def read(
        self,
        sentences: Sequence[str],
        *,
        issuers: Iterable[str] = (),
        addressees: Iterable[str] = (),
        also: Sequence[Sequence[tuple[int, int]]] | None = None,
        mentions: Sequence[Sequence[tuple[int, int]]] | None = None,
        cues: Sequence[Sequence[tuple[int, int]]] | None = None,
    ) -> list[SentenceScores]:
        """
        Return the scores of a document's sentences.

        Parameters
        ----------
        sentences : sequence of str
            Sentences of one document in order; each is read with its neighbours.
        issuers, addressees : iterable of str
            Names and aliases, where known.
        also : sequence of sequence of (int, int), optional
            For each sentence stretches that are mentions besides the reader's own.
        mentions : sequence of sequence of (int, int), optional
            For each sentence the stretches to take as mentions instead of the reader's own.
        cues : sequence of sequence of (int, int), optional
            For each sentence the stretches to take as cues instead of the reader's own.

        Returns
        -------
        list of SentenceScores
            One a sentence.

        Raises
        ------
        ReaderError
            If the network fails.

        Notes
        -----
        A sentence without words has empty scores; no sentence gives an empty list.
        """
        words, windows = self.windows(sentences, issuers=issuers, addressees=addressees)
        found_mentions: list[list[MentionScore]] = [[] for _ in sentences]
        mention_words: list[list[tuple[int, int]]] = [[] for _ in sentences]
        found_cues: list[list[CueScore]] = [[] for _ in sentences]
        for window in windows:
            state = self.heads.words(self.vectors(window), window)
            given = None if mentions is None else _given_words(window, words, mentions)
            extra = set() if also is None else _given_words(window, words, also)
            for place, part in enumerate(window.parts):
                if part.is_context:
                    continue
                for span in read_mention_spans(state, window, place, given, extra):
                    stretch = (part.start + span.first - span.base, part.start + span.last - span.base)
                    mention_words[part.sentence].append(stretch)
                    first, last = words[part.sentence][stretch[0]], words[part.sentence][stretch[1]]
                    found_mentions[part.sentence].append(
                        MentionScore(first.start, last.end, span.form, span.probability)
                    )
            self._read_cues(state, window, words, mention_words, found_cues, cues)
        return [
            SentenceScores(
                tuple((word.start, word.end) for word in words[place]),
                tuple(found_mentions[place]),
                tuple(found_cues[place]),
            )
            for place in range(len(sentences))
        ]

    def _read_cues(
        self,
        state: WordState,
        window: Window,
        words: list[list[Word]],
        mention_words: list[list[tuple[int, int]]],
        found: list[list[CueScore]],
        given: Sequence[Sequence[tuple[int, int]]] | None,
    ) -> None:
        spans = (
            read_cue_spans(state, window)
            if given is None
            else [(a, b, 1.0) for a, b in sorted(_given_words(window, words, given))]
        )
        spans = [each for each in spans if not window.parts[window.part[each[0]]].is_context]
        if not spans:
            return
        candidates = _candidates(window, mention_words)
        for part, cue in read_arguments(self.heads, state, window, words, spans, candidates):
            found[part.sentence].append(cue)


def _given_words(
    window: Window, words: list[list[Word]], stretches: Sequence[Sequence[tuple[int, int]]]
) -> set[tuple[int, int]]:
    """Window words of the stretches that lie in the window."""
    found: set[tuple[int, int]] = set()
    base = 0
    for part in window.parts:
        listed = words[part.sentence][part.start : part.end]
        for start, end in stretches[part.sentence]:
            touched = [place for place, word in enumerate(listed) if word.start < end and start < word.end]
            if touched:
                found.add((base + touched[0], base + touched[-1]))
        base += len(listed)
    return found


def _candidates(window: Window, mention_words: list[list[tuple[int, int]]]) -> list[CandidateSpan]:
    """Mentions of the window's sentences, those of the context included, as window words."""
    found: list[CandidateSpan] = []
    base = 0
    for part in window.parts:
        for number, (first, last) in enumerate(mention_words[part.sentence]):
            if part.start <= first and last < part.end:
                found.append(
                    CandidateSpan(part.sentence, number, base + first - part.start, base + last - part.start)
                )
        base += part.end - part.start
    return found


def _open_session(path: Path) -> Any:
    if not path.is_file():
        raise ModelUnavailable(
            f"the reader's network {path.name} is not in this installation; install amity from a wheel that carries it, "
            "build it with `make train`, or choose the rule reader"
        )
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelUnavailable(f"the reader's network {path.name} cannot be opened: {error}") from error


@lru_cache(maxsize=1)
def load_encoder() -> Encoder:
    """
    Return the shipped encoder, opened once a process.

    Returns
    -------
    Encoder
        The same object on every call.

    Raises
    ------
    ModelUnavailable
        If the weights are not in this installation.
    """
    with as_file(files("amity.encoder") / "model") as folder:
        return Encoder(folder)
