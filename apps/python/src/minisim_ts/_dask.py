"""Movies as Dask arrays, of which a block is a recipe and two numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import dask.array

    from .frames import Frames


def frames_to_dask(frames: Frames, length: int) -> dask.array.Array:
    """Blocks of `length` frames."""
    try:
        import dask.array as da
    except ImportError as error:
        raise ImportError("to_dask needs Dask: pip install 'minisim_ts[dask]'.") from error
    n_frames, height, width = frames.shape
    lengths = tuple(min(length, n_frames - start) for start in range(0, n_frames, length))
    return da.map_blocks(
        _block,
        recording=_Pickled(frames._recording),
        stage=frames._stage,
        chunks=(lengths, (height,), (width,)),
        dtype=frames.dtype,
        meta=np.empty((0, 0, 0), frames.dtype),
    )


class _Pickled:
    """Hides what Dask would otherwise take for an array, and tells its name."""

    def __init__(self, recording: Any) -> None:
        self.recording = recording

    def __dask_tokenize__(self) -> Any:
        return ("minisim_ts", self.recording.cache_key, self.recording._params)


def _block(recording: _Pickled, stage: str | None, block_info: Any = None) -> np.ndarray:
    (start, end), *_ = block_info[None]["array-location"]
    frames = recording.recording if stage is None else recording.recording.stage(stage)
    return frames[start:end]
