"""What is wrong is told in sentences, all at once, as exceptions of the right family."""

import pickle

import numpy as np
import pytest

import minisim_ts as ms


def test_a_spec_that_is_not_valid():
    with pytest.raises(ms.InputError) as caught:
        ms.simulate("miniscope_v4/ca1", seed=-1, **{"acquisition.fps": 0})
    error = caught.value
    assert isinstance(error, ValueError)
    assert (error.kind, error.code) == ("spec", "invalid")
    assert [problem["path"] for problem in error.problems] == [["acquisition", "fps"], ["seed"]]
    assert "seed: must be ≥ 0 (got -1)." in str(error)


def test_a_file_tells_line_and_column(tmp_path):
    (tmp_path / "mine.yaml").write_text("acquisition:\n  duration_s: 2\nseed: x\nsteps: []\n")
    with pytest.raises(ms.InputError, match=r"mine\.yaml:3:1  seed: "):
        ms.simulate(tmp_path / "mine.yaml")


def test_a_name_that_is_nothing():
    with pytest.raises(ms.InputError, match='Did you mean "miniscope_v4/ca1"'):
        ms.simulate("miniscope_v4/ca2")


def test_a_change_without_a_place():
    with pytest.raises(ms.InputError, match="acquisition.optics.nna: .*na"):
        ms.simulate("miniscope_v4/ca1", **{"acquisition.optics.nna": 0.2})


@pytest.mark.parametrize("value", [float("nan"), {1, 2}, object()], ids=["nan", "set", "object"])
def test_a_value_that_is_no_json(value):
    with pytest.raises(ms.InputError, match="cannot be sent to the engine"):
        ms.simulate("miniscope_v4/ca1", **{"acquisition.fps": value})


def test_numbers_of_numpy_are_numbers(rec):
    assert rec.vary(seed=np.int64(4)).spec["seed"] == 4


def test_paths(rec, tmp_path):
    with pytest.raises(ms.FileError, match="There is no recording here") as caught:
        ms.open(tmp_path)
    assert isinstance(caught.value, OSError)
    rec.save(tmp_path / "a.zarr")
    with pytest.raises(ms.FileError, match="exists already.*force=True replaces it"):
        rec.save(tmp_path / "a.zarr")
    rec.save(tmp_path / "a.zarr", force=True)


def test_a_stage_that_is_none(rec):
    with pytest.raises(ms.InputError, match='There is no stage "nope"; this recording has'):
        rec.stage("nope")


def test_a_stage_that_has_no_movie(rec):
    with pytest.raises(
        ms.InputError, match='no movie yet at the stage "optics"; there is at cells_only'
    ):
        rec.stage("optics")


def test_an_estimate_of_another_field(rec):
    with pytest.raises(ms.InputError, match="footprints have shape"):
        ms.score(rec, {"footprints": np.ones((2, 5, 5))})
    with pytest.raises(ms.InputError, match="mean_image; it has 'A'"):
        ms.score(rec, {"A": np.ones((2, 160, 160))})


def test_errors_travel_between_processes():
    error = ms.InputError("A sentence.", kind="spec", code="invalid", problems=[{"message": "A."}])
    again = pickle.loads(pickle.dumps(error))
    assert (str(again), again.kind, again.problems) == ("A sentence.", "spec", [{"message": "A."}])


def test_warnings_are_warned_of_and_kept():
    with pytest.warns(ms.MinisimWarning, match="full scale") as caught:
        rec = ms.make_recording().vary(**{"acquisition.image_sensor.gain_adu_per_e": 50})
    assert caught[0].filename == __file__
    assert [warning["code"] for warning in rec.warnings] == ["saturated"]
