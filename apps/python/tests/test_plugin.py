"""What other packages find here: the fixture for pytest, the extractors for roiextractors."""

import numpy as np
import pytest
from roiextractors.testing import check_imaging_equal

import minisim_ts as ms
from minisim_ts.roiextractors import MinisimImagingExtractor, MinisimSegmentationExtractor

pytest_plugins = ["pytester"]


def test_the_fixture_is_found_by_pytest(pytester):
    pytester.makepyfile(
        """
        def test_mine(minisim_recording):
            rec = minisim_recording(n_cells=4)
            assert rec.truth.sizes["unit"] == 4
            assert rec is minisim_recording(n_cells=4)
        """
    )
    pytester.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_fixture_here(minisim_recording):
    assert minisim_recording().shape == (40, 128, 128)


def test_imaging(rec):
    imaging = MinisimImagingExtractor(rec)
    assert (imaging.get_series(3, 7) == rec[3:7]).all()
    assert imaging.get_image_shape() == (160, 160)
    assert imaging.get_timestamps()[-1] == pytest.approx(19 / 20, rel=1e-15)
    assert (imaging.slice_samples(5, 9).get_series(1, 3) == rec[6:8]).all()
    check_imaging_equal(imaging, MinisimImagingExtractor(rec))


def test_imaging_of_a_stage(rec):
    light = MinisimImagingExtractor(rec, stage="neuropil")
    assert light.get_dtype() == np.float32
    assert (light.get_series(2, 3) == rec.stage("neuropil")[2:3]).all()


def test_segmentation(rec):
    truth = rec.truth
    segmentation = MinisimSegmentationExtractor(rec)
    assert segmentation.get_num_rois() == truth.sizes["unit"]
    assert (segmentation.get_traces(name="denoised") == truth.C.values.T).all()
    assert (
        segmentation.get_traces(roi_ids=[4, 2], name="deconvolved") == truth.S.values[[4, 2]].T
    ).all()
    masks = segmentation.get_roi_image_masks([1, 3])
    assert (masks == np.moveaxis(truth.A_observed.values[[1, 3]], 0, -1)).all()
    assert segmentation.get_num_samples() == len(rec)
    part = segmentation.select_rois([3, 1]).slice_samples(4, 9)
    assert (part.get_roi_image_masks() == masks[..., ::-1]).all()
    assert (part.get_traces(name="denoised") == truth.C.values[[3, 1], 4:9].T).all()


def test_segmentation_of_what_can_be_found():
    rec = ms.make_recording()
    found = MinisimSegmentationExtractor(rec, detectable_only=True)
    wanted = np.flatnonzero(rec.truth.detectable.values)
    assert found.get_roi_ids() == wanted.tolist()
    assert (found.get_traces(name="denoised") == rec.truth.C.values[wanted].T).all()
