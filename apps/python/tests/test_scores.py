"""Scores, measures and sweeps are those of the command line, as tables."""

import json
import math

import numpy as np
import pytest

import minisim_ts as ms


@pytest.fixture(scope="module")
def made():
    return ms.make_recording(n_cells=9, duration_s=4)


def test_a_report_is_that_of_the_command_line(made, minisim, tmp_path):
    made.save(tmp_path / "rec.zarr")
    theirs = json.loads(minisim("score", "rec.zarr", "roi", "--json", cwd=tmp_path))
    ours = ms.score(made, "roi")
    for name in ("recall", "precision", "n_true", "n_est", "median_trace_corr"):
        assert getattr(ours, name) == theirs[name], name
    assert len(ours.cells) == len(theirs["cells"]) == 9
    assert ours.cells.matched.tolist() == [cell["matched"] for cell in theirs["cells"]]
    assert ours.curve.threshold.tolist() == [point["threshold"] for point in theirs["curve"]]
    assert ours.summary in repr(ours)


def test_the_truth_scored_against_itself(made):
    truth = made.truth
    estimate = {"footprints": truth.A_observed, "C": truth.C, "S": truth.S}
    report = ms.score(made, estimate)
    assert (report.recall, report.n_matched) == (1, int(truth.detectable.sum()))
    assert report.median_trace_corr == pytest.approx(1, abs=1e-12)


def test_motion_in_every_form(rec):
    truth = rec.truth
    field = np.array([[0, 0, *rec.shape[1:]]])
    shifts = truth.shifts.values
    report = ms.score(
        rec,
        {
            "footprints": truth.A_observed,
            "shifts": shifts,
            "patch_shifts": {"patches": field, "shifts": shifts[:, None]},
            "axial_shift_um": np.zeros(len(rec)),
        },
    )
    assert report.shift_rmse == pytest.approx(0, abs=1e-9)
    with pytest.raises(ms.InputError, match=r"axial_shift_um must have the shape \[20\]"):
        ms.score(rec, {"footprints": truth.A_observed, "axial_shift_um": np.zeros(3)})


def test_results_in_files(made, tmp_path):
    # The export of suite2p holds the truth as suite2p would have found it.
    assert made.export("suite2p", tmp_path / "s2p") == "suite2p"
    report = ms.score(made, tmp_path / "s2p")
    assert report.n_est == 9


def test_what_a_report_does_not_have(made):
    with pytest.raises(AttributeError, match="no 'recal'"):
        _ = ms.score(made, "roi").recal


def test_options_change_the_score(made):
    strict = ms.score(made, "roi", match_threshold=0.99)
    assert strict.n_matched < ms.score(made, "roi").n_matched


def test_measures_of_a_recording_and_of_its_file(tmp_path):
    made = ms.make_recording(n_px=48, duration_s=1)
    live = ms.measure(made)
    made.save(tmp_path / "rec.zarr")
    assert ms.measure(tmp_path / "rec.zarr").values == live.values
    made.export("tiff", tmp_path / "movie.tif")
    of_file = ms.measure(tmp_path / "movie.tif", fps=20, pixel_size_um=1)
    assert {**of_file.values, "truth": live.values["truth"]} == live.values
    assert live["fps"] == 20
    assert set(live.comparison) == {"value", "low", "high", "n", "verdict"}


def test_what_a_recording_knows_is_not_said_again(made):
    with pytest.raises(TypeError, match="fps: only for movies of other programs"):
        ms.measure(made, fps=20)


def test_a_sweep(made):
    axes = {"acquisition.optics.na": [0.2, 0.4], "seed": [1, 2]}
    told = []
    table = ms.sweep(
        made.spec, axes, lambda rec: {"mean": rec[:].mean()}, progress=lambda *now: told.append(now)
    )
    assert table["acquisition.optics.na"].tolist() == [0.2, 0.2, 0.4, 0.4]
    assert table.seed.tolist() == [1, 2, 1, 2]
    first = ms.simulate(made.spec, look=False, seed=1, **{"acquisition.optics.na": 0.2})
    assert table["mean"][0] == first[:].mean()
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_a_sweep_of_pipelines(made):
    table = ms.sweep(made.spec, {"seed": [1, 2]}, pipelines=["roi", "oracle"])
    assert table.oracle_recall.tolist() == [1, 1]
    assert table.roi_recall.between(0, 1).all()
    assert all(math.isnan(value) for value in table.roi_shift_rmse)


def test_a_point_that_fails_fails_alone(made):
    def evaluate(rec):
        if rec.spec["seed"] == 2:
            raise ms.InputError("Not this one.")
        return {"frames": len(rec)}

    table = ms.sweep(made.spec, {"seed": [1, 2]}, evaluate)
    assert table.error.tolist()[1] == "Not this one."
    assert table.frames[0] == 80


def test_presets_and_formats():
    assert "miniscope_v4/ca1" in ms.presets().index
    assert ms.formats().loc["suite2p", ["is_written", "is_read"]].all()
    spec = ms.preset("miniscope_v4/ca1")
    spec["acquisition"]["duration_s"] = 0.1
    assert len(ms.simulate(spec)) == 2
    # A pixel of 4.8 µm on the chip.
    assert ms.simulate(spec).pixel_size_um == pytest.approx(4.8 / 2.92)


def test_an_estimate_of_the_background_and_a_mean_image(rec):
    truth = rec.truth
    movie = rec[:].astype(np.float64)
    # As the lamp and the optics let it through.
    seen = truth.illumination.values * truth.vignette.values
    spatial = truth.neuropil_spatial.values * seen
    temporal = truth.neuropil_temporal.values
    found = {
        "footprints": truth.A_observed,
        "C": truth.C,
        "background_light": {"spatial": spatial, "temporal": temporal},
        "mean_image": movie.mean(axis=0),
    }
    report = ms.score(rec, found)
    assert report.background_space_corr == pytest.approx(1, abs=1e-6)
    assert report.background_time_corr == pytest.approx(1, abs=1e-6)
    assert report.background_error == pytest.approx(0, abs=1e-3)
    assert report.crispness > 0
    with pytest.raises(ms.InputError, match=r"mean_image must have the shape \[160, 160\]"):
        ms.score(rec, found | {"mean_image": movie[0, :5]})
    shape = rf"\[{len(temporal)}, 20\]"
    with pytest.raises(
        ms.InputError, match=rf"background_light.temporal must have the shape {shape}"
    ):
        wrong = {"spatial": spatial, "temporal": temporal[:, :3]}
        ms.score(rec, found | {"background_light": wrong})
