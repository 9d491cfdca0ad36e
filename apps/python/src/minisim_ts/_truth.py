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
    places = {field["name"]: _variable(recording, field) for field in known["coordinates"]}
    return data.assign_coords(places | _AXES).assign_attrs(attributes)


# Objects: Zarr v3 has no text of a fixed length.
_AXES = {
    name: xr.Variable(name, np.array(list(name[5:]), dtype=object))
    for name in ("axis_zyx", "axis_yx")
}


def _variable(recording: Recording, field: dict[str, Any]) -> xr.Variable:
    array = _FieldArray(recording, field)
    unit = field["unit"]
    # `units` is where xarray's plots and NetCDF look.
    attributes = {"unit": unit, "units": unit, "description": field["description"]}
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
