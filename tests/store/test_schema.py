import shutil
import sqlite3
from pathlib import Path

import pytest

from amity.errors import NotAProject, ProjectError
from amity.project import Project
from amity.store import migrations
from amity.store.migrations import MIGRATIONS, Migration, migrate, newest_version, statements
from tests.project.world import READER, WORLD

SCHEMAS = Path(__file__).with_name("schemas")
"""One script for every released version: the file as that version made it, with a few rows. Never changed later."""


def _released() -> list[Path]:
    return sorted(SCHEMAS.glob("version_*.sql"))


def _build(script: Path, path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.executescript(script.read_text(encoding="utf-8"))
    connection.close()


def test_every_released_version_has_its_script() -> None:
    assert [each.stem for each in _released()] == [f"version_{each.version}" for each in MIGRATIONS]


@pytest.mark.parametrize("script", _released(), ids=lambda each: each.stem)
def test_a_file_of_every_released_version_opens_with_all_it_held(script: Path, tmp_path: Path) -> None:
    path = tmp_path / "old.amity"
    _build(script, path)
    with Project.open(path, coder="ana") as project:
        assert project.verify() == []
        assert [row.id for row in project.documents()] == ["note", "speech", "letter"]
        assert [row.state for row in project.positions()] == [
            "accepted",
            "edited",
            "suggested",
            "suggested",
            "suggested",
            "suggested",
        ]
        assert project.search("dam")[0].document_id == "note"
        assert project.actor("sylvania").merged == ("freedonia",)
        version = int(script.stem.removeprefix("version_"))
        assert len(project.backups) == newest_version() - version
        project.undo()
        assert project.actor("sylvania").merged == ()


def test_a_new_file_has_the_tables_that_the_migrations_make(tmp_path: Path) -> None:
    new, old = tmp_path / "new.amity", tmp_path / "old.amity"
    Project.create(new).close()
    _build(_released()[0], old)
    Project.open(old).close()

    def tables(path: Path) -> list[tuple[str, str]]:
        with sqlite3.connect(path) as connection:
            found = connection.execute(
                "SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
            ).fetchall()
        connection.close()
        return [(name, " ".join((sql or "").split())) for name, sql in found]

    assert tables(new) == tables(old)


def _filled(path: Path) -> None:
    with Project.create(path) as project:
        project.add_read(WORLD, origin=READER)


def test_each_step_is_made_in_a_transaction_after_a_backup(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    steps = (
        *MIGRATIONS,
        Migration(2, lambda connection: connection.execute("CREATE TABLE extra(id)") and None),
        Migration(3, lambda connection: connection.execute("INSERT INTO extra VALUES (7)") and None),
    )
    connection = sqlite3.connect(path, isolation_level=None)
    backups = migrate(connection, path, migrations=steps)
    assert connection.execute("SELECT id FROM extra").fetchall() == [(7,)]
    assert connection.execute("PRAGMA user_version").fetchone() == (3,)
    connection.close()
    assert [each.name for each in backups] == ["p.amity.before-version-2", "p.amity.before-version-3"]
    with Project.open(backups[0]) as project:
        assert project.count_positions() == 6
    second = sqlite3.connect(backups[1])
    assert second.execute("PRAGMA user_version").fetchone() == (2,)
    second.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)

    def fail(connection: sqlite3.Connection) -> None:
        connection.execute("DROP TABLE memo")
        connection.execute("SELECT nonsense")

    connection = sqlite3.connect(path, isolation_level=None)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, path, migrations=(*MIGRATIONS, Migration(2, fail)))
    connection.close()
    with Project.open(path) as project:
        assert project.verify() == [] and project.notes.memos() == []


def test_backups_never_overwrite_one_another(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    (tmp_path / "p.amity.before-version-2").write_text("kept")
    connection = sqlite3.connect(path, isolation_level=None)
    backups = migrate(connection, path, migrations=(*MIGRATIONS, Migration(2, lambda _: None)))
    connection.close()
    assert backups[0].name == "p.amity.before-version-2.2"
    assert (tmp_path / "p.amity.before-version-2").read_text() == "kept"


def test_a_file_from_a_newer_amity_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotAProject, match="newer amity"):
        Project.open(path)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE note(text)")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    with pytest.raises(NotAProject, match="not an amity project"):
        Project.open(path)
    assert path.read_bytes() == before


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    content = bytearray(path.read_bytes())
    content[4096 : len(content) // 2] = b"\xff" * (len(content) // 2 - 4096)
    path.write_bytes(content)
    with pytest.raises(ProjectError, match=r"damaged|no amity project"), Project.open(path) as project:
        project.positions()
        project.verify()


def test_scripts_are_split_at_whole_statements() -> None:
    script = "CREATE TABLE a(b);\nCREATE TRIGGER t AFTER INSERT ON a BEGIN\n SELECT 1;\n SELECT 2;\nEND;\nSELECT ';'"
    assert len(list(statements(script))) == 3


def test_the_backup_of_a_copy_is_a_project_too(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    shutil.copy(path, tmp_path / "copy.amity")
    with Project.open(tmp_path / "copy.amity") as project:
        assert project.verify() == []


def test_migrations_are_numbered_without_a_gap() -> None:
    assert [each.version for each in migrations.MIGRATIONS] == list(range(1, newest_version() + 1))


def test_two_processes_that_open_an_old_file_at_once_take_each_step_once(tmp_path: Path) -> None:
    path = tmp_path / "p.amity"
    _filled(path)
    steps = (
        *MIGRATIONS,
        Migration(2, lambda connection: connection.execute("CREATE TABLE extra(id)") and None),
    )
    slow, quick = (sqlite3.connect(path, isolation_level=None) for _ in range(2))

    def be_overtaken(target: sqlite3.Connection, **more: object) -> None:
        migrate(quick, path, migrations=steps)
        slow.backup(target)

    class Overtaken:
        """A connection that another process overtakes while the backup is made."""

        backup = staticmethod(be_overtaken)
        execute = slow.execute

    assert migrate(Overtaken(), path, migrations=steps) == []  # type: ignore[arg-type]
    assert slow.execute("PRAGMA user_version").fetchone() == (2,)
    # The quicker one's backup is kept, the other's, of the file as it was changed, is not.
    assert [each.name for each in tmp_path.glob("*.before*")] == ["p.amity.before-version-2.2"]
    slow.close()
    quick.close()


def test_a_project_that_could_not_be_made_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(migrations, "create", fail)
    with pytest.raises(KeyboardInterrupt):
        Project.create(tmp_path / "p.amity")
    assert list(tmp_path.iterdir()) == []
