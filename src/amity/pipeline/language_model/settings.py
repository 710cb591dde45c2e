"""Which endpoint and model are asked, and how patiently, how fast and how often."""

import json
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from amity.errors import InvalidValue

KEY_VARIABLE = "AMITY_LLM_KEY"
"""The environment variable that holds the key; it is read when a call is made, and kept nowhere."""


@dataclass(frozen=True, slots=True)
class LanguageModelSettings:
    """
    How a language model is asked.

    Parameters
    ----------
    endpoint : str
        Base address of an OpenAI-compatible service, as in ``http://localhost:11434/v1``, or the address of its
        ``chat/completions`` itself.
    model : str
        The model's name there.
    cache : Path or None
        Folder for the answers; None keeps none.
    max_calls : int
        Calls at most, retries included; 0 sets no limit.
    calls_a_minute : float
        Calls started a minute at most; 0 sets no limit.
    timeout : float
        Seconds for one call as a whole.
    retries : int
        Further tries after 429, a 5xx status, a time-out or a broken connection.
    back_off : float
        Seconds before the second try; doubled for each further one, with jitter.
    longest_wait : float
        Seconds that one wait may last, whatever the server asks for.
    chunk_characters : int
        Longer documents are asked about in parts of at most so many characters, cut between paragraphs.

    Raises
    ------
    InvalidValue
        If the address is none, carries a key, or would send one in clear over a network.
    """

    endpoint: str
    model: str
    cache: Path | None = None
    max_calls: int = 0
    calls_a_minute: float = 60.0
    timeout: float = 120.0
    retries: int = 4
    back_off: float = 1.0
    longest_wait: float = 120.0
    chunk_characters: int = 6000

    def __post_init__(self) -> None:
        parts = self._parts()
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise InvalidValue(
                f"the endpoint {_without_secrets(parts)!r} is no http or https address; "
                "give one as in http://localhost:11434/v1"
            )
        if parts.username is not None or parts.password is not None:
            raise InvalidValue(f"the endpoint's address holds a key or name; put the key into {KEY_VARIABLE}")
        if not self.model.strip():
            raise InvalidValue("the language-model reader needs the name of a model; give --model NAME")
        if self.chunk_characters < 200:
            raise InvalidValue(f"chunk_characters is {self.chunk_characters}; give 200 or more")
        if min(self.max_calls, self.calls_a_minute, self.retries, self.back_off, self.longest_wait) < 0:
            raise InvalidValue("limits on calls, retries and waits must not be negative")
        if self.timeout <= 0:
            raise InvalidValue(f"timeout is {self.timeout}; give seconds above 0")

    @property
    def url(self) -> str:
        """The address that calls go to."""
        parts = self._parts()
        path = parts.path.rstrip("/")
        if not path.endswith("/chat/completions"):
            path += "/chat/completions"
        return parts._replace(path=path, fragment="").geturl()

    @property
    def shown(self) -> str:
        """The endpoint as it is shown and recorded: host and path, never a query."""
        return _without_secrets(self._parts())

    @property
    def is_local(self) -> bool:
        """Whether the endpoint is this machine."""
        host = self._parts().hostname or ""
        if host == "localhost":
            return True
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return False

    @property
    def may_carry_key(self) -> bool:
        """Whether a key may be sent: over https, or within this machine."""
        return self._parts().scheme == "https" or self.is_local

    @property
    def canonical(self) -> str:
        """What of this decides the answers, as canonical JSON for an origin."""
        from amity.pipeline.language_model.prompt import PROMPT_HASH

        record = {
            "chunk_characters": self.chunk_characters,
            "endpoint": self.shown,
            "model": self.model,
            "prompt": PROMPT_HASH[:16],
        }
        return json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=True)

    def _parts(self) -> SplitResult:
        try:
            parts = urlsplit(self.endpoint.strip())
            parts.port  # noqa: B018 - raises for a port that is none
        except ValueError as error:
            raise InvalidValue(f"the endpoint is no web address: {error}") from error
        return parts


def _without_secrets(parts: SplitResult) -> str:
    host = parts.netloc.rpartition("@")[2]
    return parts._replace(netloc=host, query="", fragment="").geturl().rstrip("/")
