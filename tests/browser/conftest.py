"""A project of the invented sample corpus, its gold positions as suggestions, served to a real browser."""

import json
import shutil
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from amity.documents import read_documents
from amity.model import Document, Origin, coding_from_json
from amity.project import Project
from tests.browser.served import ARGUMENTS, CHROMIUM, Server

INDEX = Path(str(files("amity.web"))) / "static" / "index.html"
READER = Origin("reader:gold", "1")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder needs Chromium and the built page."""
    reason = ""
    if not CHROMIUM.exists():
        reason = f"needs {CHROMIUM}: apt-get install chromium"
    elif not INDEX.exists():
        reason = "needs the built page: python frontend/run.py run build"
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if reason:
            item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def sample_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus with its gold codings as a reader's suggestions; tests work on copies."""
    path = tmp_path_factory.mktemp("browser") / "sample.amity"
    project = Project.create(path, name="The Inner Sea")
    with as_file(files("amity.samples")) as samples:
        for document in read_documents(samples / "documents"):
            if not isinstance(document, Document):
                continue
            gold = json.loads((samples / "gold" / f"{document.id}.json").read_text(encoding="utf-8"))
            for place, position in enumerate(gold["positions"]):
                position["score"] = 0.5 + (place % 40) / 100
            project.add_read([(document, coding_from_json(gold, document))], origin=READER)
    project.close()
    return path


@pytest.fixture
def project_path(sample_project: Path, tmp_path: Path) -> Path:
    """A copy of the sample project."""
    return Path(shutil.copy(sample_project, tmp_path / "sample.amity"))


@pytest.fixture
def server(project_path: Path) -> Iterator[Server]:
    """The sample project, served."""
    served = Server(project_path)
    served.start()
    yield served
    served.end()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGUMENTS))
        yield started
        started.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh profile; a test fails at its end if the page threw an error or asked anybody but its server."""
    made = browser.new_context(viewport={"width": 1280, "height": 800})
    made.set_default_timeout(8000)
    problems: list[str] = []
    made.on("weberror", lambda error: problems.append(str(error.error)))
    made.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("http://127.0.0.1:", "data:"))
            else problems.append(f"asked {request.url}")
        ),
    )
    made.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security Policy" in message.text else None,
    )
    yield made
    made.close()
    assert problems == []


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A window."""
    return context.new_page()
