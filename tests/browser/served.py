"""The real server in a process of its own, and a browser that looks at it."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import Page, expect

TOKEN = "a-token-for-tests"
CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """``amity serve`` for one project, which can be stopped, killed and started again at the same port."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    @property
    def address(self) -> str:
        """The address of the workbench."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it says where it is."""
        command = [
            sys.executable, "-m", "amity", "serve", str(self.project), "--port", str(self.port), "--token", TOKEN,
            "--coder", "ana", "--no-browser",
        ]  # fmt: skip
        environment = {**os.environ, "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
        )
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if "token=" in line:
                return
        raise AssertionError("the server ended before it said where it listens")

    def end(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it; SIGKILL gives it no chance to tidy up."""
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.process = None

    def restart(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop it and start it again, at the same address with the same token."""
        self.end(how)
        self.start()


def enter(page: Page, server: Server, path: str = "/") -> None:
    """Open the workbench as the printed address does, then a page of it."""
    page.goto(f"{server.address}/?token={TOKEN}")
    page.goto(server.address + path)
    expect(page.locator("h1").first).to_be_visible()


def until(page: Page, condition: str, argument: object = None, *, seconds: float = 8.0) -> None:
    """Wait until a JavaScript function gives true; the page's policy forbids Playwright's own way of waiting for one."""
    deadline = time.monotonic() + seconds
    while not page.evaluate(condition, argument):
        assert time.monotonic() < deadline, f"waited {seconds} s for {condition}"
        page.wait_for_timeout(40)


def recorded(page: Page, *, seconds: float = 8.0) -> None:
    """Wait until the server has confirmed every decision."""
    until(page, "() => localStorage.getItem('amity-outbox:sample.amity') === '[]'", seconds=seconds)
