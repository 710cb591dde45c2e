"""Answers on disk, one file each, so that a read that was cut off pays for no answer twice."""

import json
import os
import tempfile
from hashlib import sha256
from pathlib import Path
from typing import Any

from amity.pipeline.language_model.prompt import PROMPT_HASH


class AnswerCache:
    """
    Answers by what was asked.

    Parameters
    ----------
    folder : Path or None
        Made when the first answer is kept; None keeps none.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    @staticmethod
    def key(endpoint: str, model: str, messages: list[dict[str, str]]) -> str:
        """
        Return the key of a question.

        Parameters
        ----------
        endpoint, model : str
            Who is asked.
        messages : list of dict
            What.

        Returns
        -------
        str
            SHA-256 over the prompt's hash, the endpoint, the model and the text's hash.
        """
        asked = sha256(json.dumps(messages, sort_keys=True).encode()).hexdigest()
        return sha256(json.dumps([PROMPT_HASH, endpoint, model, asked]).encode()).hexdigest()

    def get(self, key: str) -> dict[str, Any] | None:
        """
        Return a kept answer.

        Parameters
        ----------
        key : str
            Of the question.

        Returns
        -------
        dict or None
            None where none is kept, or what is kept is damaged.
        """
        if self._folder is None:
            return None
        try:
            answer = json.loads((self._folder / f"{key}.json").read_bytes())
        except (OSError, ValueError, RecursionError):
            return None
        return answer if isinstance(answer, dict) else None

    def put(self, key: str, answer: dict[str, Any]) -> None:
        """
        Keep an answer; a file is there whole or not at all.

        Parameters
        ----------
        key : str
            Of the question.
        answer : dict
            The answer as JSON.
        """
        if self._folder is None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._folder, suffix=".part")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(answer, file, ensure_ascii=True)
        Path(name).replace(self._folder / f"{key}.json")
