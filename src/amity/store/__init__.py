"""The project file (SQLite): schema, migrations, log, search. Private to `amity.project`."""
