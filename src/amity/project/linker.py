"""The linker that the mentions room offers, as the store wants it."""

from amity.mentions import link_actors
from amity.mentions.lexicon import canonical_names
from amity.mentions.linking import state_of_name
from amity.store.linking import Linking


def listed_name(name: str) -> str | None:
    """
    Return the word lists' own name of a state or organisation.

    Parameters
    ----------
    name : str
        Any of its names.

    Returns
    -------
    str or None
        For a state that no list has, what its name keeps without its form ("Kingdom of X" is "x"); None for other names.
    """
    plain = (
        " ".join(name.replace("’", "'").split()).lower().removeprefix("the ").removeprefix("government of ")
    )
    listed = canonical_names().get(plain.removeprefix("the "))
    return state_of_name(plain) if listed is None else listed.canon


LINKING = Linking(link_actors, listed_name)
