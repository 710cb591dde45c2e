"""The whole route table."""

from amity.web.api import Endpoint
from amity.web.routes import actors, documents, networks, positions, team

ENDPOINTS: tuple[Endpoint, ...] = (
    *documents.ENDPOINTS,
    *positions.ENDPOINTS,
    *actors.ENDPOINTS,
    *networks.ENDPOINTS,
    *team.ENDPOINTS,
)
