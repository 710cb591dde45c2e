"""Node labels for formats that know nodes by one label only."""

from collections import Counter
from collections.abc import Sequence

from amity.model import Actor


def unique_labels(actors: Sequence[Actor]) -> list[str]:
    """
    Return one label an actor, no label twice.

    Parameters
    ----------
    actors : sequence of Actor
        In the network's order.

    Returns
    -------
    list of str
        The name; where several actors bear it, the name with the id in brackets; line ends become spaces.
    """
    names = [" ".join(actor.name.split()) for actor in actors]
    counts = Counter(names)
    taken: set[str] = set()
    labels = []
    for actor, name in zip(actors, names, strict=True):
        label = name if counts[name] == 1 and name not in taken else f"{name} [{' '.join(actor.id.split())}]"
        while label in taken:
            label += "'"
        taken.add(label)
        labels.append(label)
    return labels
