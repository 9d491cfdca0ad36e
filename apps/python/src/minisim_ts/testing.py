"""Recordings for a test suite, in one call and the same bytes every time."""

from __future__ import annotations

from typing import Any

from ._engine import ENGINE
from .recording import Recording, recipe_of


def make_recording(**options: Any) -> Recording:
    """A small recording: cells on a jittered grid, calcium, optics, a sensor. 6 cells, 40 frames of 128 × 128 px unless said otherwise.

    Parameters
    ----------
    options
        ``n_cells``, ``n_px``, ``pixel_size_um``, ``duration_s``, ``fps``, ``seed``, ``depth_um``, ``soma_radius_um``, ``morphology``,
        ``population``, ``motion`` ({} moves with its defaults), ``activity``, ``sensor``, ``extra_steps``: those of the package
        @minisim/testing, whose README has them in a table.

    Raises
    ------
    InputError
        With a sentence for everything that is wrong with the options.
    """
    spec = ENGINE.call("testing_spec", {"options": options})
    return Recording("simulate", recipe_of(spec))
