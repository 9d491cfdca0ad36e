"""neuroconv writes NWB from the extractors. Runs in .venv-neuroconv, because neuroconv needs an older zarr than the other tests."""

from datetime import datetime, timezone

import numpy as np
import pytest
from neuroconv.tools.roiextractors import add_imaging_to_nwbfile, add_segmentation_to_nwbfile
from pynwb import NWBHDF5IO, NWBFile

import minisim_ts as ms
from minisim_ts.roiextractors import MinisimImagingExtractor, MinisimSegmentationExtractor


# What neuroconv and pynwb say of their own names is not ours.
@pytest.mark.filterwarnings("ignore")
def test_a_movie_and_its_truth(tmp_path):
    rec = ms.make_recording()
    start = datetime(2020, 1, 1, tzinfo=timezone.utc)
    nwbfile = NWBFile(session_description="simulated", identifier="1", session_start_time=start)
    add_imaging_to_nwbfile(imaging=MinisimImagingExtractor(rec), nwbfile=nwbfile)
    cells = MinisimSegmentationExtractor(rec)
    add_segmentation_to_nwbfile(segmentation_extractor=cells, nwbfile=nwbfile)
    with NWBHDF5IO(tmp_path / "rec.nwb", "w") as io:
        io.write(nwbfile)
    with NWBHDF5IO(tmp_path / "rec.nwb", "r") as io:
        read = io.read()
        [movie] = read.acquisition.values()
        # NWB has columns before rows.
        assert (movie.data[:].swapaxes(1, 2) == rec[:]).all()
        assert movie.rate == rec.fps
        processed = read.processing["ophys"]
        [plane] = processed["ImageSegmentation"].plane_segmentations.values()
        masks = np.stack(plane["image_mask"][:])
        assert (masks.swapaxes(1, 2) == rec.truth.A_observed.values).all()
        traces = [
            series.data[:] for series in processed["Fluorescence"].roi_response_series.values()
        ]
        for field in (rec.truth.C, rec.truth.S):
            assert any(np.array_equal(trace, field.values.T) for trace in traces)
