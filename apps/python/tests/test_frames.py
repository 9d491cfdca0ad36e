"""Frames are asked for like items of an array."""

import numpy as np
import pytest


@pytest.fixture(scope="module")
def movie(rec):
    return rec[:]


@pytest.mark.parametrize(
    "key",
    [
        0,
        -1,
        np.int64(7),
        slice(3, 9),
        slice(None, None, 6),
        slice(9, 3, -2),
        slice(5, 5),
        slice(-4, None),
        [1, 5, 2],
        np.arange(20) % 7 == 0,
        (4, slice(10, 20), 3),
        (slice(2, 5), slice(None), slice(None, None, 2)),
        (Ellipsis, 3),
    ],
    ids=str,
)
def test_as_in_numpy(rec, movie, key):
    assert rec[key].shape == movie[key].shape
    assert (rec[key] == movie[key]).all()
    assert rec[key].dtype == movie.dtype


def test_is_an_array_and_a_sequence(rec, movie):
    assert (np.asarray(rec) == movie).all()
    assert len(rec) == 20
    assert all((frame == movie[i]).all() for i, frame in enumerate(rec))


def test_beyond_the_movie(rec):
    with pytest.raises(IndexError, match="There is no frame 20: the movie has 20."):
        rec[20]


def test_a_stage_is_light(rec):
    light = rec.stage("neuropil")
    assert light.shape == rec.shape
    assert light[5].dtype == np.float32
    # Cells and background, before anything is taken away.
    assert (light[5] >= rec.stage("cells_only")[5]).all()
    assert light[5].mean() > rec.stage("cells_only")[5].mean()


def test_a_stage_by_the_kind_of_its_step(rec):
    assert (rec.stage("composite")[2] == rec.stage("cells_only")[2]).all()


def test_more_frames_than_one_thread_renders(rec):
    # 64 and fewer come from the renderer that is warm, more from all cores.
    long = rec.vary(**{"acquisition.duration_s": 5})
    assert (long[10:90][:50] == np.concatenate([long[10:40], long[40:60]])).all()
