"""Document → mentions: names, descriptions and pronouns of actors, merged within a document and linked to a project's."""

from amity.mentions.finder import find_mentions
from amity.mentions.linking import Link, link_actors

__all__ = ["Link", "find_mentions", "link_actors"]
