"""A project's settings."""

from collections.abc import Iterator
from typing import Any

from amity.model import Origin
from amity.project.base import OpenFile
from amity.store.journal import begin
from amity.store.runs import all_settings, get_setting, set_setting


class Settings:
    """
    Settings of a project by name; values are what JSON holds.

    Parameters
    ----------
    file : OpenFile
        The open project.
    """

    def __init__(self, file: OpenFile) -> None:
        self._file = file

    def get(self, name: str, default: Any = None) -> Any:
        """
        Return a setting.

        Parameters
        ----------
        name : str
            Its name.
        default : object
            The answer where nothing is set.

        Returns
        -------
        object
            The value.
        """
        with self._file._database.read() as connection:
            value = get_setting(connection, name)
        return default if value is None else value

    def set(self, name: str, value: Any, *, origin: Origin | None = None) -> None:
        """
        Keep a setting; it can be undone like every act.

        Parameters
        ----------
        name : str
            Its name.
        value : object
            What JSON holds; None takes the setting away.
        origin : Origin or None
            Who sets it.

        Raises
        ------
        InvalidValue
            If the name is empty or JSON cannot hold the value.
        """
        with self._file._writing() as connection:
            act = begin(connection, "setting.set", self._file._who(origin))
            former = set_setting(act, name, value)
            act.describe(f"set {name}", before={name: former}, after={name: value})

    def all(self) -> dict[str, Any]:
        """
        Return all settings.

        Returns
        -------
        dict
            Name to value, by name.
        """
        with self._file._database.read() as connection:
            return all_settings(connection)

    def __iter__(self) -> Iterator[str]:
        return iter(self.all())
