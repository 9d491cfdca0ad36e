"""Scores of what a pipeline found."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from ._tables import table_of
from .errors import input_error
from .recording import Recording, open

#: Ours, in order from the lowest to the highest expectation.
PIPELINES = ("roi", "roi_mean", "oracle")


class Report:
    """How well an estimate agrees with the truth. Its numbers are attributes: ``report.recall``, ``report.n_true``; a share of nothing is None.

    Attributes
    ----------
    cells : pandas.DataFrame
        A row for each true cell: where it is, whether it counts and was found, how well its trace was recovered.
    estimates : pandas.DataFrame
        A row for each estimated cell: which class it is of, and which cells' light it gathers.
    curve : pandas.DataFrame
        Detection at thresholds 0.1, 0.2 … 0.9.
    estimate_classes, cell_classes : dict
        How many estimates are found, split, merged, …, and how many cells.
    grid : dict
        The pixels and frames that the estimate lives on: its crop, binning, orientation and size.
    summary : str
        One line, denominators included.
    notes : list of str
        What the numbers do not say.
    values : dict
        All that is no table, by name.
    """

    def __init__(self, data: Mapping[str, Any]) -> None:
        tables = {name: value for name, value in data.items() if _is_table(value)}
        self.values: dict[str, Any] = {
            name: value for name, value in data.items() if name not in tables
        }
        self._tables = {name: table_of(rows) for name, rows in tables.items()}

    def __getattr__(self, name: str) -> Any:
        for part in ("_tables", "values"):
            if name in self.__dict__.get(part, {}):
                return self.__dict__[part][name]
        raise AttributeError(f"This report has no {name!r}.")

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._tables, *self.values]

    def __repr__(self) -> str:
        return f"<Report {self.summary}>"

    @property
    def numbers(self) -> dict[str, float]:
        """Counts and scores by name, a row of a table of many reports; what is None is NaN. The classes count as in ``estimates_split``."""
        kept = {name: value for name, value in self.values.items() if not name.startswith("match_")}
        for classes in ("estimate_classes", "cell_classes"):
            whose = classes.replace("_classes", "s")
            kept.update({f"{whose}_{name}": count for name, count in self.values[classes].items()})
        return {
            name: math.nan if value is None else value
            for name, value in kept.items()
            if value is None or (isinstance(value, (int, float)) and not isinstance(value, bool))
        }


def score(
    recording: Recording | str | os.PathLike[str],
    estimate: str | os.PathLike[str] | Mapping[str, Any],
    *,
    format: str | None = None,
    settings: Mapping[str, Any] | None = None,
    progress: Callable[[int, int], None] | None = None,
    **options: Any,
) -> Report:
    """Scores an estimate against the truth of a recording.

    Parameters
    ----------
    recording : Recording or path
        A recording, or the path of a store.
    estimate : path, str or mapping
        The results of a pipeline: the path of its files (suite2p, minian, CaImAn, NWB, npz, …; found by their content); arrays, as
        ``{"footprints": (unit, height, width), "C": (unit, frame), "S": (unit, frame), "shifts": (frame, 2) px,
        "axial_shift_um": (frame,), "patch_shifts": {"patches": (patch, 4) px, "shifts": (frame, patch, 2) px},
        "background_light": {"spatial": (component, height, width), "temporal": (component, frame)}, "mean_image": (height, width)}``, of which all but the
        footprints may be left out; or one of our pipelines: "roi" (naive), "roi_mean" (is given the true footprints), "oracle"
        (demixes with them).
    format, settings
        Of the files, where their content does not tell.
    options
        ``match_metric`` ("light", "iou", "cosine", "weighted_jaccard"), ``match_threshold`` (0 to 1), ``restrict_to_detectable``,
        ``footprint_shift`` ("auto", None, (dy, dx) px), ``shifts_are_corrections``, ``event_tolerance_s``. Of what the
        pipeline did to the recording, where sizes and traces do not tell: ``orientation`` ("transposed", "flipped_rows", …), ``crop``
        (top, left, bottom, right px), ``spatial_binning``, ``frames`` (a list), ``frame_stride``, ``frame_binning``.

    Raises
    ------
    InputError
        With a sentence for everything that is wrong with the estimate or the options.
    """
    of = recording if isinstance(recording, Recording) else open(recording)
    found = _estimate(estimate, format, settings)
    return Report(of._call("score", on_progress=progress, estimate=found, options=options))


def _estimate(
    estimate: Any, format: str | None, settings: Mapping[str, Any] | None
) -> dict[str, Any]:
    if isinstance(estimate, Mapping):
        return _arrays(estimate)
    path = os.fspath(estimate)
    if path in PIPELINES and not Path(path).exists():
        return {"pipeline": path}
    given = {"path": os.path.abspath(path), "settings": dict(settings or {})}
    return given if format is None else {**given, "format": format}


_ARRAYS = (
    "footprints",
    "C",
    "S",
    "shifts",
    "axial_shift_um",
    "patch_shifts",
    "background_light",
    "mean_image",
)


def _arrays(estimate: Mapping[str, Any]) -> dict[str, Any]:
    unknown = [name for name in estimate if name not in _ARRAYS]
    if unknown or estimate.get("footprints") is None:
        names = ", ".join(_ARRAYS)
        what = (
            f"it has {', '.join(map(repr, unknown))}" if unknown else "the footprints are missing"
        )
        raise input_error(f"An estimate consists of {names}; {what}.")
    return {name: _numbers(name, value) for name, value in estimate.items() if value is not None}


def _numbers(name: str, value: Any) -> Any:
    if name in ("patch_shifts", "background_light") and isinstance(value, Mapping):
        return {part: _numbers(f"{name}.{part}", inner) for part, inner in value.items()}
    array = np.asarray(value)
    if array.dtype.kind not in "bfiu":
        raise input_error(f"{name} must hold numbers, not {array.dtype}.")
    # The footprints' weights are float32; everything else keeps its bits.
    return array.astype(np.float32 if name == "footprints" else np.float64, copy=False)


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(row, dict) for row in value)
