"""The workbench: ASGI application, JSON routes, and the built front end as static files."""

from amity.web.app import create_app

__all__ = ["create_app"]
