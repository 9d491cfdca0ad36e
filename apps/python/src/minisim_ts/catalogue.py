"""What there is: presets and formats."""

from __future__ import annotations

from typing import Any

import pandas as pd

from ._engine import ENGINE
from .errors import input_error


def presets() -> pd.DataFrame:
    """All presets by name: scope, region, and the source of the scope's numbers."""
    return pd.DataFrame(ENGINE.call("presets", {})).set_index("name")


def preset(name: str) -> dict[str, Any]:
    """The spec of a preset as one would write it by hand, defaults left out; a dict of one's own."""
    spec = ENGINE.call("preset", {"name": name})
    if spec is None:
        names = ", ".join(presets().index)
        raise input_error(f"There is no preset {name!r}; there are {names}.")
    return spec


def formats() -> pd.DataFrame:
    """All formats by name: what they are, and whether they are written (``Recording.export``) or read (``score``)."""
    return pd.DataFrame(ENGINE.call("formats", {})).set_index("name")
