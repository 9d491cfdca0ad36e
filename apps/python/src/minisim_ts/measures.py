"""Statistics of a movie, the same for simulated and real ones."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pandas as pd

from ._engine import ENGINE
from .recording import Recording, open


class Measures:
    """The measures of a movie.

    Attributes
    ----------
    values : dict
        All of them, nested; ``values["truth"]`` where the movie has a truth.
    table : pandas.Series
        The same by dotted path: ``table["photon_transfer.gain"]``.
    comparison : pandas.DataFrame
        Each measure beside the range of real recordings: ``value``, ``low``, ``high``, ``n``, ``verdict``.
    """

    def __init__(self, values: Mapping[str, Any], comparison: list[dict[str, Any]]) -> None:
        self.values = dict(values)
        self.comparison = pd.DataFrame(comparison).set_index("measure")
        self.table = pd.Series(dict(_flat("", values)), name="value", dtype=object).infer_objects()

    def __getitem__(self, path: str) -> Any:
        return self.table[path]

    def __repr__(self) -> str:
        return f"<Measures\n{self.table.to_string()}\n>"


def measure(
    movie: Recording | str | os.PathLike[str],
    *,
    fps: float | None = None,
    pixel_size_um: float | None = None,
    axes: str | None = None,
    dataset: str | None = None,
    cell_radius_um: float | None = None,
    cell_radius_px: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Measures:
    """Measures a recording, a store, or a movie of another program (TIFF, AVI, HDF5, NWB, Zarr, npy).

    Parameters
    ----------
    movie : Recording or path
        What is measured.
    fps, pixel_size_um : float, optional
        Frames per second, and µm of tissue along a pixel, where the file does not tell.
    axes, dataset : str, optional
        A letter for each axis of the file ("TYX"), and which of its arrays.
    cell_radius_um, cell_radius_px : float, optional
        How large cells are, for the measures that look for them.
    """
    of_file = {"fps": fps, "pixel_size_um": pixel_size_um, "axes": axes, "dataset": dataset}
    said = {name: value for name, value in of_file.items() if value is not None}
    chosen = {"cell_radius_um": cell_radius_um, "cell_radius_px": cell_radius_px}
    recording = movie if isinstance(movie, Recording) else _stored(movie)
    if recording is None:
        file = {"path": os.path.abspath(os.fspath(movie)), **said}  # type: ignore[arg-type]
        result = ENGINE.call("measure", {"movie": file, **chosen}, on_progress=progress)
    elif said:
        names = ", ".join(said)
        raise TypeError(f"{names}: only for movies of other programs; a recording knows them.")
    else:
        result = recording._call("measure", on_progress=progress, **chosen)
    return Measures(result["measures"], result["comparison"])


def _stored(path: str | os.PathLike[str]) -> Recording | None:
    """The recording at a path; None where it is a file or folder of another program."""
    is_store = os.path.isfile(os.path.join(path, "zarr.json")) and os.path.isfile(
        os.path.join(path, "spec.json")
    )
    return open(path) if is_store else None


def _flat(prefix: str, values: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in values.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _flat(f"{path}.", value)
        else:
            yield path, value
