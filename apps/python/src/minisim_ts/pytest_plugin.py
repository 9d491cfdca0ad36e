"""The fixture ``minisim_recording``, which pytest finds by itself where this package is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from .recording import Recording


@pytest.fixture(scope="session")
def minisim_recording() -> Callable[..., Recording]:
    """Makes recordings: ``minisim_recording(n_cells=20, motion={})``, as ``minisim_ts.testing.make_recording`` does.

    With the same options, all tests of a session get the same recording.
    """
    made: dict[str, Recording] = {}

    def make(**options: Any) -> Recording:
        # Loaded by the tests that ask for it: pytest loads the plugin of every package that is installed.
        from .testing import make_recording

        key = json.dumps(options, sort_keys=True)
        if key not in made:
            made[key] = make_recording(**options)
        return made[key]

    return make
