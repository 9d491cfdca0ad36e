"""Where things are, as the engine is told: it runs in a folder of its own choice."""

from __future__ import annotations

import os
import re


def place_of(path: str | os.PathLike[str]) -> str:
    """A path from the root; an address of the web as it is."""
    name = os.fspath(path)
    return name if re.match(r"https?://", name, re.IGNORECASE) else os.path.abspath(name)
