"""A recording behind a web server is opened by its address."""

import pickle
import socket
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

import minisim_ts as ms


@pytest.fixture
def web(stored):
    """The folder of the recording on a server of this machine: its address, and what was asked for."""
    asked = []

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format, *words):
            asked.append(self.path)

    handler = partial(Handler, directory=str(stored.parent))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()
        thread.join()


def test_it_is_what_the_folder_is(web, stored):
    address, asked = web
    near, far = ms.open(stored), ms.open(f"{address}/rec.zarr")
    assert (far.spec, far.cache_key, far.stages) == (near.spec, near.cache_key, near.stages)
    # Opening reads no movie.
    assert [path for path in asked if "/observed/c/" in path] == []
    assert np.array_equal(far[5:8], near[5:8])
    assert {path for path in asked if "/c/" in path} == {"/rec.zarr/observed/c/0/0/0"}
    assert far.truth.equals(near.truth)


def test_its_recipe_travels(web):
    address, _ = web
    far = ms.open(f"{address}/rec.zarr/")
    again = pickle.loads(pickle.dumps(far))
    assert np.array_equal(again[3], far[3])


def test_a_copy_of_it_is_the_recording(web, stored, tmp_path):
    address, _ = web
    far = ms.open(f"{address}/rec.zarr")
    far.save(tmp_path / "copy.zarr")
    chunk = "observed/c/0/0/0"
    assert (tmp_path / "copy.zarr" / chunk).read_bytes() == (stored / chunk).read_bytes()
    assert far.export("npy", tmp_path / "movie.npy") == "npy"
    assert np.array_equal(np.load(tmp_path / "movie.npy"), far[:])


def test_what_is_not_there(web):
    address, _ = web
    with pytest.raises(ms.FileError, match=f"There is no recording at {address}/nowhere.zarr") as e:
        ms.open(f"{address}/nowhere.zarr")
    assert (e.value.kind, e.value.code) == ("store", "not_a_recording")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(ms.FileError, match=r"could not be read: .*ECONNREFUSED") as e:
        ms.open(f"http://127.0.0.1:{port}/r.zarr")
    assert e.value.code == "unreachable"
