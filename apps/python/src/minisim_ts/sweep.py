"""Grids of recordings, and one table of what came out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ._engine import ENGINE
from ._tables import table_of
from .errors import MinisimError
from .recording import Recording, SpecLike, recipe_of, spec_source
from .report import score

#: Called with a recording; returns what becomes a row of the table.
Evaluate = Callable[[Recording], Mapping[str, Any]]


def sweep(
    base: SpecLike,
    axes: Mapping[str, Sequence[Any]],
    evaluate: Evaluate | None = None,
    *,
    pipelines: Sequence[str] = ("roi",),
    mode: str = "product",
    repeats: int = 1,
    changes: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> pd.DataFrame:
    """Simulates every point of a grid and evaluates it. All points are checked before the first is simulated.

    ``sweep("miniscope_v4/ca1", {"acquisition.optics.na": [0.2, 0.3]}, lambda rec: {"mean": rec[:].mean()})``

    Parameters
    ----------
    base : str, path or dict
        As :func:`simulate` takes it; `changes` are made to it first.
    axes : mapping
        The values of each field that varies, by its dotted path.
    evaluate : callable, optional
        Makes a row of a recording. Where absent, our `pipelines` are scored with the `options` of :func:`score`: columns
        ``roi_recall``, ``roi_precision``, …
    mode : str
        "product": every combination of values; "zip": the first values of all axes, the second ones, and so on.
    repeats : int
        How often each point is simulated, with seeds s, s + 1, … from the point's own seed s.
    progress : callable, optional
        Called with the points that are done, and all of them.

    Returns
    -------
    pandas.DataFrame
        One row a point: the value of every axis, then what was evaluated. A point that fails has its sentence in the column ``error``.
    """
    given = {"base": spec_source(base, changes or {}), "mode": mode, "repeats": repeats}
    axes = {path: list(values) for path, values in axes.items()}
    variants = ENGINE.call("variants", {**given, "axes": axes})
    rows = []
    for done, variant in enumerate(variants, start=1):
        rows.append({**variant["tags"], **_row(variant["spec"], evaluate, pipelines, options)})
        if progress:
            progress(done, len(variants))
    return table_of(rows)


def _row(
    spec: Mapping[str, Any],
    evaluate: Evaluate | None,
    pipelines: Sequence[str],
    options: Mapping[str, Any],
) -> dict[str, Any]:
    try:
        recording = Recording("simulate", recipe_of(spec))
        if evaluate is not None:
            return dict(evaluate(recording))
        detectable = recording.truth["detectable"].values
        row: dict[str, Any] = {"n_units": detectable.size, "n_detectable": int(detectable.sum())}
        for pipeline in pipelines:
            numbers = score(recording, pipeline, **options).numbers
            row.update({f"{pipeline}_{name}": value for name, value in numbers.items()})
        return row
    except MinisimError as error:
        return {"error": str(error)}
