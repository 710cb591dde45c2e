"""The actors of one document: one for each key, named by the fullest form, with the reason for every merge."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from amity.model import Actor, ActorKind

_UNSAFE = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class _Entry:
    key: str
    kind: ActorKind
    generic: bool
    forms: dict[str, int] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    nominal: dict[str, int] = field(default_factory=dict)


class ActorBook:
    """Collects the forms of each key in text order and turns them into actors."""

    def __init__(self) -> None:
        self._entries: dict[str, _Entry] = {}

    def add(
        self,
        key: str,
        form: str,
        kind: ActorKind,
        *,
        named: bool,
        generic: bool = False,
        aliases: Iterable[str] = (),
        reason: str = "same name",
    ) -> None:
        """
        Note a form of an actor.

        Parameters
        ----------
        key : str
            What the form names; equal keys are one actor.
        form : str
            The words without determiner and epithets.
        kind : ActorKind
            Kind, as these words show it; the first kind other than ``other`` stays.
        named : bool
            Whether the form is a name; only without names do descriptions name the actor.
        generic : bool
            Whether the form is generic.
        aliases : iterable of str
            Forms that lists or brackets add.
        reason : str
            Why the form is this actor.
        """
        entry = self._entries.get(key)
        if entry is None:
            entry = self._entries[key] = _Entry(key, kind, generic)
        if entry.kind in ("other", "state") and kind not in ("other", "state"):
            entry.kind = kind
        entry.generic = entry.generic and generic
        forms = entry.forms if named else entry.nominal
        forms[form] = forms.get(form, 0) + 1
        entry.aliases.setdefault(form, reason)
        for alias in aliases:
            if alias:
                entry.aliases.setdefault(alias, "listed form")

    def __contains__(self, key: str) -> bool:
        """Whether some form of `key` was added."""
        return key in self._entries

    def kind(self, key: str) -> ActorKind:
        """Return the kind of a key's actor."""
        return self._entries[key].kind

    def actors(self) -> tuple[dict[str, str], tuple[Actor, ...]]:
        """
        Return the actors and which key each one is.

        Returns
        -------
        tuple
            Actor id by key, and the actors in the order in which they first came up.
        """
        ids: dict[str, str] = {}
        taken: set[str] = set()
        actors: list[Actor] = []
        for entry in self._entries.values():
            forms = entry.forms or entry.nominal
            name = max(forms, key=lambda each: (len(each) <= 80, len(each)))
            actor_id = _slug(name)
            suffix = 2
            while actor_id in taken:
                actor_id = f"{_slug(name)}-{suffix}"
                suffix += 1
            taken.add(actor_id)
            ids[entry.key] = actor_id
            others = [each for each in entry.aliases if each != name]
            merges = "; ".join(f"{each}: {entry.aliases[each]}" for each in others)
            why = {"merges": merges} if merges else {}
            actors.append(
                Actor(
                    actor_id,
                    name,
                    kind=entry.kind,
                    aliases=tuple(others),
                    generic=entry.generic,
                    attributes=why,
                )
            )
        return ids, tuple(actors)


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return _UNSAFE.sub("-", plain).strip("-")[:60] or "actor-" + format(abs(_stable(name)), "x")[:10]


def _stable(name: str) -> int:
    value = 0
    for each in name:
        value = (value * 131 + ord(each)) % (1 << 40)
    return value
