"""A movie that is rendered when it is asked for, indexed like a NumPy array."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import dask.array

    from .recording import Recording

# Of a block of a Dask array where nobody says otherwise: some megabytes, as Dask likes them.
_BLOCK_BYTES = 2**25


class Frames:
    """Frames of a recording: (frame, height, width).

    ``frames[7]`` is one frame, ``frames[100:200]`` some of them, ``frames[[3, 5]]`` those; further indices choose rows and columns.
    Nothing is kept: what is asked for is rendered, or read.

    Attributes
    ----------
    shape : tuple of int
        (frames, height, width).
    dtype : numpy.dtype
        Of the observed movie that of its counts, uint8 or uint16; float32 of light.
    """

    ndim = 3

    def __init__(self, recording: Recording, stage: str | None, n_frames: int) -> None:
        self._recording = recording
        self._stage = stage
        _, height, width = recording._info["shape"]
        self.shape: tuple[int, int, int] = (n_frames, height, width)
        self.dtype = np.dtype("float32" if stage is not None else recording._info["dtype"])

    def __len__(self) -> int:
        return self.shape[0]

    def __repr__(self) -> str:
        what = "observed" if self._stage is None else self._stage
        return f"<Frames {what!r} {self.shape} {self.dtype}>"

    def __getitem__(self, key: Any) -> np.ndarray:
        first, *rest = key if isinstance(key, tuple) else (key,)
        if first is Ellipsis:
            first, rest = slice(None), [Ellipsis, *rest]
        if isinstance(first, (int, np.integer)):
            frame = self._one(int(first))
            return frame[tuple(rest)] if rest else frame
        some = self._some(first)
        return some[tuple([slice(None), *rest])]

    def __iter__(self) -> Iterator[np.ndarray]:
        length = max(1, _BLOCK_BYTES // max(1, self._frame_bytes))
        for start in range(0, len(self), length):
            yield from self._range(start, min(start + length, len(self)))

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._range(0, len(self)).astype(dtype or self.dtype, copy=False)

    def to_dask(self, frames_per_block: int | None = None) -> dask.array.Array:
        """The movie as a Dask array, (frame, height, width). Only the recipe travels to the workers: each renders its blocks by itself,
        with an engine of its own, which takes some seconds for the first one.

        Parameters
        ----------
        frames_per_block : int, optional
            Where absent, blocks have about 32 MB.
        """
        from ._dask import frames_to_dask

        length = frames_per_block or max(1, _BLOCK_BYTES // max(1, self._frame_bytes))
        return frames_to_dask(self, length)

    @property
    def _frame_bytes(self) -> int:
        return self.shape[1] * self.shape[2] * self.dtype.itemsize

    def _one(self, index: int) -> np.ndarray:
        wanted = index + len(self) if index < 0 else index
        if not 0 <= wanted < len(self):
            raise IndexError(f"There is no frame {index}: the movie has {len(self)}.")
        return self._range(wanted, wanted + 1)[0]

    def _some(self, key: Any) -> np.ndarray:
        if isinstance(key, slice):
            start, stop, step = key.indices(len(self))
            if step == 1:
                return self._range(start, max(start, stop))
            numbers = list(range(start, stop, step))
        else:
            numbers = np.arange(len(self))[np.asarray(key)].tolist()
        some = np.empty((len(numbers), *self.shape[1:]), self.dtype)
        for place, number in enumerate(numbers):
            some[place] = self._one(number)
        return some

    def _range(self, start: int, end: int) -> np.ndarray:
        frames = np.empty((end - start, *self.shape[1:]), self.dtype)

        def keep(first: int, last: int, rows: np.ndarray) -> None:
            frames[first - start : last - start] = rows

        if end > start:
            self._recording._call("frames", on_block=keep, start=start, end=end, stage=self._stage)
        return frames
