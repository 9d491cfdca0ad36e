"""Blocks of a Dask array are rendered by whoever computes them."""

import dask
import pytest
from dask.distributed import Client, LocalCluster


def test_the_same_frames(rec):
    blocks = rec.to_dask(frames_per_block=7)
    assert blocks.chunks == ((7, 7, 6), (160,), (160,))
    assert blocks.dtype == rec.dtype
    with dask.config.set(scheduler="threads"):
        assert (blocks.compute() == rec[:]).all()
        assert (rec.stage("neuropil").to_dask()[3].compute() == rec.stage("neuropil")[3]).all()


def test_on_several_processes(rec):
    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        blocks = rec.to_dask(frames_per_block=5)
        assert (blocks.compute() == rec[:]).all()
        engines = client.run(engine_of_this_process)
        assert len(set(engines.values())) == 2


def test_only_the_recipe_travels(rec):
    import pickle

    rec[:]
    assert len(pickle.dumps(rec)) < 10_000


def engine_of_this_process():
    from minisim_ts._engine import ENGINE

    return ENGINE.process and ENGINE.process.pid


@pytest.mark.parametrize("change", [{"seed": 4}, {"acquisition.optics.na": 0.2}])
def test_other_recordings_have_other_names(rec, change):
    assert rec.to_dask().name != rec.vary(**change).to_dask().name
    assert rec.to_dask().name == rec.vary().to_dask().name
