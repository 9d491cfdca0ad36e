"""Steps of others: a plugin of the command line in Python, with the same bytes."""

import pickle

import numpy as np
import pytest
from conftest import ROOT

import minisim_ts as ms

HALVE = """
const params = ROOM.z.strictObject({ share: ROOM.z.number().min(0).max(1).default(0.5) });
export const halve = {
  kind: "halve", revision: 1, domain: "tissue", after: ["composite"], summary: "Halves the light.", sources: ["a test"], params,
  compile: ({ params, geometry: { canvas } }) => ({
    frames: { verb: "modulate", field: new Float64Array(canvas.height * canvas.width).fill(params.share), weights: null },
  }),
};
"""
SMALL = {
    "acquisition.duration_s": 0.5,
    "acquisition.image_sensor.n_px_height": 64,
    "acquisition.image_sensor.n_px_width": 64,
}


@pytest.fixture
def plugin(tmp_path):
    zod = (ROOT / "packages/spec/node_modules/zod/index.js").as_uri()
    file = tmp_path / "halve.mjs"
    file.write_text(f'import * as ROOM from "{zod}";\n{HALVE}', encoding="utf8")
    return file


def test_a_step_of_a_plugin(plugin, monkeypatch):
    whole = ms.simulate("generic_1p/ca1", look=False, **SMALL)
    given = {"look": False, "plugins": [plugin], **SMALL}
    half = ms.simulate("generic_1p/ca1", **given, **{"steps.halve": {}})
    before = whole.stage("cells_only")[3]
    assert before.max() > 0
    np.testing.assert_array_equal(half.stage("halve")[3], before / 2)
    # What travels is the recipe, plugins included, and it is good in any folder.
    monkeypatch.chdir(plugin.parent)
    near = ms.simulate(
        "generic_1p/ca1", look=False, plugins=["halve.mjs"], **SMALL, **{"steps.halve": {}}
    )
    monkeypatch.chdir("/")
    for other in (pickle.loads(pickle.dumps(half)), near.vary(seed=near.spec["seed"])):
        np.testing.assert_array_equal(other[3], half[3])


def test_what_cannot_be_used_is_said(plugin, tmp_path):
    with pytest.raises(ms.InputError, match="halve"):
        ms.simulate("generic_1p/ca1", **{"steps.halve": {}})
    with pytest.raises(ms.InputError, match='the plugin "nowhere" cannot be loaded'):
        ms.simulate("generic_1p/ca1", plugins=["nowhere"])
    empty = tmp_path / "empty.mjs"
    empty.write_text("export const nothing = 1;", encoding="utf8")
    with pytest.raises(ms.InputError, match="exports no step"):
        ms.simulate("generic_1p/ca1", plugins=[plugin, empty])
