"""The truth is a dataset with units."""

import numpy as np
import xarray as xr


def test_coordinates_in_seconds_and_micrometres(rec):
    truth = rec.truth
    assert truth.time_s.values.tolist() == (np.arange(20) / 20).tolist()
    assert truth.time_s.attrs["unit"] == "s"
    # The optical axis is in the middle of the field.
    size = rec.pixel_size_um
    assert np.allclose(truth.x_um.values, (np.arange(160) - 79.5) * size, rtol=1e-15)
    assert truth.y_um.attrs["unit"] == "um"
    assert (truth.depth_um == truth.centers_um.sel(axis_zyx="z")).all()


def test_a_window_lies_off_the_axis(rec):
    window = {"top": 100, "left": 20, "height": 40, "width": 60}
    truth = rec.vary(**{"acquisition.window": window}).truth
    size = rec.pixel_size_um
    assert np.allclose(truth.y_um.values, (100 + np.arange(40) - 79.5) * size, rtol=1e-15)
    assert np.allclose(truth.x_um.values, (20 + np.arange(60) - 79.5) * size, rtol=1e-15)


def test_a_footprint_is_where_its_cell_is(rec):
    truth = rec.truth
    for unit in np.flatnonzero(truth.visible_fraction.values > 0.99)[:5]:
        light = truth.A_planted[int(unit)]
        centre = [float((light * light[axis]).sum() / light.sum()) for axis in ("y_um", "x_um")]
        # A soma of some ten µm is drawn with a rough edge: its middle is its centre to a pixel.
        expected = truth.centers_um[int(unit), 1:].values
        assert np.abs(np.subtract(centre, expected)).max() < 2 * rec.pixel_size_um


def test_large_fields_are_read_row_by_row(rec):
    C = rec.vary(**{"acquisition.duration_s": 200}).truth.C
    assert C.nbytes > 2**20
    whole = C.values
    assert (C[3].values == whole[3]).all()
    assert (C[-1].values == whole[-1]).all()
    assert (C[2:9:3, 5:7].values == whole[2:9:3, 5:7]).all()
    assert (C[9:2:-3].values == whole[9:2:-3]).all()
    assert (C.isel(unit=[4, 1]).values == whole[[4, 1]]).all()
    assert C[5:5].shape == (0, 4000)


def test_it_can_be_written_as_it_is(rec, tmp_path):
    rec.truth.to_zarr(tmp_path / "truth.zarr", consolidated=False)
    with xr.open_zarr(tmp_path / "truth.zarr", consolidated=False) as read:
        assert read.identical(rec.truth)


def test_spikes_of_a_cell(rec):
    truth = rec.truth
    for unit in range(3):
        times = truth.spike_time_s[truth.spike_unit == unit].values
        counted = np.bincount((times * rec.fps).astype(int), minlength=20)
        assert counted.tolist() == truth.S[unit].values.tolist()
