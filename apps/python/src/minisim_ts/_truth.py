"""The ground truth as an xarray.Dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import xarray as xr
from xarray.backends import BackendArray
from xarray.core import indexing

if TYPE_CHECKING:
    from .recording import Recording

# Larger fields are fetched when they are asked for.
_AT_ONCE_BYTES = 2**20


def dataset_of(recording: Recording) -> xr.Dataset:
    """All fields of the truth, with coordinates."""
    known = recording._call("truth")
    variables = {field["name"]: _variable(recording, field) for field in known["fields"]}
    data = xr.Dataset(variables)
    attributes = {name: known[name] for name in ("fps", "pixel_size_um", "fov_offset", "fov_shape")}
    # NetCDF and Zarr know no None.
    if known["focal_depth_um"] is not None:
        attributes["focal_depth_um"] = known["focal_depth_um"]
    return data.assign_coords(_coordinates(known, data)).assign_attrs(attributes)


def _coordinates(known: dict[str, Any], data: xr.Dataset) -> dict[str, xr.Variable]:
    n_frames, (height, width) = known["n_frames"], known["fov_shape"]
    size = known["pixel_size_um"]
    time = np.arange(n_frames) / known["fps"]
    of_axis = "of the pixels' centres from the optical axis"
    return {
        "time_s": _coordinate("frame", time, "s", "Start of the frame."),
        "y_um": _coordinate("height", _from_middle(height) * size, "um", f"Down, {of_axis}."),
        "x_um": _coordinate("width", _from_middle(width) * size, "um", f"Right, {of_axis}."),
        "depth_um": _coordinate(
            "unit", data["centers_um"].values[:, 0], "um", "Of the cell, below the surface."
        ),
        # Objects: Zarr v3 has no text of a fixed length.
        "axis_zyx": xr.Variable("axis_zyx", np.array(["z", "y", "x"], dtype=object)),
        "axis_yx": xr.Variable("axis_yx", np.array(["y", "x"], dtype=object)),
    }


def _from_middle(length: int) -> np.ndarray:
    return np.arange(length) - (length - 1) / 2


def _coordinate(dim: str, values: np.ndarray, unit: str, description: str) -> xr.Variable:
    return xr.Variable(dim, values, _attributes(unit, description))


def _attributes(unit: str, description: str) -> dict[str, str]:
    # `units` is where xarray's plots and NetCDF look.
    return {"unit": unit, "units": unit, "description": description}


def _variable(recording: Recording, field: dict[str, Any]) -> xr.Variable:
    array = _FieldArray(recording, field)
    attributes = _attributes(field["unit"], field["description"])
    is_small = array.dtype.itemsize * np.prod(array.shape) <= _AT_ONCE_BYTES
    data = array.rows(0, array.shape[0]) if is_small else indexing.LazilyIndexedArray(array)
    return xr.Variable(field["dims"], data, attributes)


class _FieldArray(BackendArray):
    """A field whose rows are fetched when they are asked for."""

    def __init__(self, recording: Recording, field: dict[str, Any]) -> None:
        self._recording = recording
        self._name = field["name"]
        self.shape = tuple(field["shape"])
        self.dtype = np.dtype(field["dtype"])

    def __getitem__(self, key: indexing.ExplicitIndexer) -> np.ndarray:
        return indexing.explicit_indexing_adapter(
            key, self.shape, indexing.IndexingSupport.BASIC, self._read
        )

    def rows(self, start: int, end: int) -> np.ndarray:
        """Rows start … end - 1 along the first dimension."""
        rows = np.empty((end - start, *self.shape[1:]), self.dtype)

        def keep(first: int, last: int, part: np.ndarray) -> None:
            rows[first - start : last - start] = part

        if end > start:
            self._recording._call("field", on_block=keep, name=self._name, start=start, end=end)
        return rows

    def _read(self, key: tuple[int | slice, ...]) -> np.ndarray:
        first, *rest = key
        numbers = np.atleast_1d(np.arange(self.shape[0])[first])
        low = int(numbers.min(initial=self.shape[0]))
        rows = self.rows(low, int(numbers.max(initial=low - 1)) + 1)
        within = tuple([numbers - low if isinstance(first, slice) else 0, *rest])
        return rows[within]
