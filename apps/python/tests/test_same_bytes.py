"""A recording in Python is the one that the command line writes."""

import filecmp
import hashlib

import numpy as np
import pytest
import xarray as xr
import zarr
from conftest import PRESET, ROOT, SMALL

import minisim_ts as ms


def sha256(values):
    return hashlib.sha256(np.ascontiguousarray(values).tobytes()).hexdigest()


def test_the_movie(rec, stored):
    observed = zarr.open(stored, mode="r")["observed"]
    assert rec.shape == observed.shape
    assert rec.dtype == observed.dtype
    assert sha256(rec[:]) == sha256(observed[...])


def test_the_truth_with_its_dimensions_and_meaning(rec, stored):
    with xr.open_zarr(stored, group="ground_truth", consolidated=True) as truth:
        assert set(truth.variables) <= set(rec.truth.variables)
        for name, field in truth.variables.items():
            ours = rec.truth[name]
            assert ours.dims == field.dims, name
            assert ours.dtype == field.dtype, name
            assert sha256(ours.values) == sha256(field.values), name
            assert ours.attrs["unit"] == field.attrs["unit"], name
            assert ours.attrs["description"] == field.attrs["description"], name


def test_a_store_that_python_saved(rec, stored, tmp_path):
    rec.save(tmp_path / "rec.zarr")
    assert differences(filecmp.dircmp(stored, tmp_path / "rec.zarr")) == []


def test_a_store_is_read_as_it_was_made(rec, stored):
    opened = ms.open(stored)
    assert opened.spec == rec.spec
    assert opened.cache_key == rec.cache_key
    assert opened.step_packages == rec.step_packages
    assert opened.step_packages["sensor"]["name"] == "@minisim/step-sensor"
    assert (opened[:] == rec[:]).all()
    assert opened.truth.identical(rec.truth)


def test_a_store_with_a_step_of_somebody_else(minisim, tmp_path):
    plugin = ROOT / "examples/plugin"
    add = ["--plugin", plugin, "--set", "steps.led_flicker={cv: 0.05}"]
    small = [word for path, value in SMALL.items() for word in ("--set", f"{path}={value}")]
    minisim("simulate", PRESET, *small, *add, "-o", "led.zarr", "--quiet", cwd=tmp_path)
    with pytest.warns(ms.MinisimWarning, match="npm install minisim-step-fixed-pattern-noise@"):
        opened = ms.open(tmp_path / "led.zarr")
    assert opened.step_packages["led_flicker"]["name"] == "minisim-step-fixed-pattern-noise"
    assert opened[:].shape == opened.shape


@pytest.mark.parametrize("name", ["cells_only", "neuropil", "brain_motion"])
def test_a_stage_is_the_one_that_a_store_keeps(rec, name, tmp_path):
    kept = rec.vary(**{"output.save_intermediates": True})
    kept.save(tmp_path / "kept.zarr")
    opened = ms.open(tmp_path / "kept.zarr")
    assert name in opened.stages
    assert (opened.stage(name)[4:9] == rec.stage(name)[4:9]).all()


def test_a_stage_of_a_store_by_the_kind_of_its_step(rec, tmp_path):
    rec.vary(**{"output.save_intermediates": True}).save(tmp_path / "kept.zarr")
    opened = ms.open(tmp_path / "kept.zarr")
    assert (opened.stage("composite")[2] == rec.stage("cells_only")[2]).all()


def test_a_store_without_stages(stored):
    with pytest.raises(ms.InputError, match='keeps no stage "neuropil"; it keeps none'):
        ms.open(stored).stage("neuropil")


def differences(compared):
    here = compared.left_only + compared.right_only + compared.funny_files
    # dircmp compares sizes and times first; the bytes are what counts.
    _, unequal, unread = filecmp.cmpfiles(
        compared.left, compared.right, compared.common_files, shallow=False
    )
    inside = [name for below in compared.subdirs.values() for name in differences(below)]
    return [*here, *unequal, *unread, *inside]
