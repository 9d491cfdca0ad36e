"""Blocks of a Dask array are rendered by whoever computes them."""

import os
import signal
import time

import dask
import pytest
from dask.distributed import Client, LocalCluster, as_completed, futures_of


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


def test_one_of_several_processes_is_killed(rec):
    """Its blocks, those that it had and those that it was at, are rendered by others."""
    with (
        LocalCluster(n_workers=3, threads_per_worker=1, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        blocks = rec.to_dask(frames_per_block=1).persist()
        first = next(iter(as_completed(futures_of(blocks))))
        (holder,) = holders_of(client, first)
        engine = client.run(engine_of_this_process, workers=[holder])[holder]
        os.kill(client.run(os.getpid, workers=[holder])[holder], signal.SIGKILL)
        assert (blocks.compute() == rec[:]).all()
        assert holder not in holders_of(client, first)
        # Nobody talks to its engine any more, so that one has ended too.
        deadline = time.monotonic() + 30
        while runs(engine):
            assert time.monotonic() < deadline
            time.sleep(0.05)


def holders_of(client, future):
    return [worker for workers in client.who_has([future]).values() for worker in workers]


def runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


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
