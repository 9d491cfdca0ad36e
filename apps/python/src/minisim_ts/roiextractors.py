"""Recordings as extractors of roiextractors, which neuroconv takes. Needs roiextractors: ``pip install 'minisim_ts[roiextractors]'``."""

from __future__ import annotations

from typing import Any

import numpy as np
from roiextractors import ImagingExtractor, SegmentationExtractor
from roiextractors.segmentationextractor import _ROIMasks, _RoiResponse

from .recording import Recording


class MinisimImagingExtractor(ImagingExtractor):
    """The observed movie. Frames are rendered when they are asked for.

    Parameters
    ----------
    recording : Recording
        The recording.
    stage : str, optional
        The light after that stage in place of the observed movie.
    """

    extractor_name = "MinisimImagingExtractor"

    def __init__(self, recording: Recording, stage: str | None = None) -> None:
        super().__init__(recording=recording, stage=stage)
        self._recording = recording
        self._frames = recording._observed if stage is None else recording.stage(stage)

    def get_image_shape(self) -> tuple[int, int]:
        return self._frames.shape[1:]

    def get_num_samples(self) -> int:
        return len(self._frames)

    def get_sampling_frequency(self) -> float:
        return float(self._recording.fps)

    def get_dtype(self) -> np.dtype:
        return self._frames.dtype

    def get_series(
        self, start_sample: int | None = None, end_sample: int | None = None
    ) -> np.ndarray:
        return self._frames[start_sample:end_sample]

    def get_native_timestamps(
        self, start_sample: int | None = None, end_sample: int | None = None
    ) -> np.ndarray | None:
        return None


class MinisimSegmentationExtractor(SegmentationExtractor):
    """The truth as a perfect segmentation: A_observed as masks, C as the traces "denoised", S as "deconvolved". Fetched when asked for.

    Parameters
    ----------
    recording : Recording
        The recording.
    detectable_only : bool
        Leaves out the cells that no pipeline could find.
    """

    extractor_name = "MinisimSegmentationExtractor"

    def __init__(self, recording: Recording, detectable_only: bool = False) -> None:
        super().__init__()
        truth = recording.truth
        chosen = (
            truth["detectable"].values if detectable_only else np.ones(truth.sizes["unit"], bool)
        )
        units = np.flatnonzero(chosen)
        self._recording = recording
        self._sampling_frequency = float(recording.fps)
        self._shape = recording.shape[1:]
        self._n_samples = truth.sizes["frame"]
        self._roi_ids = units.tolist()
        self._roi_masks = _ROIMasks(
            data=_Masks(truth["A_observed"], units),
            mask_tpe="nwb-image_mask",
            field_of_view_shape=self._shape,
            roi_id_map={unit: place for place, unit in enumerate(self._roi_ids)},
        )
        self._roi_responses = [
            _RoiResponse("denoised", _Traces(truth["C"], units), self._roi_ids),
            _RoiResponse("deconvolved", _Traces(truth["S"], units), self._roi_ids),
        ]

    def get_frame_shape(self) -> tuple[int, int]:
        return self._shape

    def get_num_samples(self) -> int:
        return self._n_samples

    def get_native_timestamps(
        self, start_sample: int | None = None, end_sample: int | None = None
    ) -> np.ndarray | None:
        return None


class _Masks:
    """(height, width, unit), one cell at a time."""

    def __init__(self, footprints: Any, units: np.ndarray) -> None:
        self._footprints = footprints
        self._units = units
        self.shape = (*footprints.shape[1:], len(units))
        self.dtype = footprints.dtype

    def __getitem__(self, key: tuple[Any, ...]) -> np.ndarray:
        *pixels, place = key
        return self._footprints[int(self._units[place])].values[tuple(pixels)]

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return np.moveaxis(self._footprints[self._units].values, 0, -1).astype(dtype or self.dtype)


class _Traces:
    """(frame, unit), as NumPy arrays: fetched when they are asked for."""

    ndim = 2

    def __init__(self, field: Any, units: np.ndarray) -> None:
        self._field = field[units].T
        self.shape: tuple[int, int] = self._field.shape
        self.dtype = field.dtype

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> np.ndarray:
        return self._field[key].values

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._field.values.astype(dtype or self.dtype, copy=False)
