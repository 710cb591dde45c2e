"""The workbench: ASGI application, JSON routes, and the built front end as static files."""
