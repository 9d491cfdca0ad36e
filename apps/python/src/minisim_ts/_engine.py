"""The engine: one child process a session, started when it is needed, and anew where it has ended."""

from __future__ import annotations

import atexit
import os
import subprocess
import tempfile
import threading
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ._node import node
from ._protocol import VERSION, PipeClosed, encoded, read_message, write_pieces
from .errors import EngineError, error_of

Block = Callable[[int, int, Any], None]
Progress = Callable[[int, int], None]

_PROGRAM = Path(__file__).parent / "engine" / "engine.js"
# What an engine may take to stop a job and remove what it has written of it.
_PATIENCE_S = 10.0


class Engine:
    """Calls methods of the engine. Threads wait for each other; a forked process has an engine of its own."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        #: Counts the processes that were started: a recording's number is known to one of them.
        self.generation = 0
        self.process: subprocess.Popen[bytes] | None = None
        self._errors: IO[bytes] | None = None
        self._forgotten: deque[tuple[int, int]] = deque()
        self._next = 1
        self._is_busy = False

    def call(
        self,
        method: str,
        params: dict[str, Any],
        *,
        on_block: Block | None = None,
        on_progress: Progress | None = None,
    ) -> Any:
        """The result of a method. Raises MinisimError; EngineError where the engine ends meanwhile: the next call starts it anew."""
        with self.lock:
            if self._is_busy:
                message = "The engine is in the middle of a call, which its progress cannot interrupt with another."
                raise EngineError(message, kind="engine", code="busy")
            self._is_busy = True
            try:
                self.start()
                self._release()
                return self._call(method, params, on_block, on_progress)
            finally:
                self._is_busy = False

    def start(self) -> None:
        """Starts the engine where none runs."""
        with self.lock:
            if self.process is not None and self.process.poll() is None:
                return
            self.stop()
            self._start()

    def stop(self) -> None:
        """Ends the engine. Its input ends, so it stops what it does in order; one that does not is killed."""
        with self.lock:
            process, self.process = self.process, None
            if process is None:
                return
            assert process.stdin and process.stdout
            process.stdin.close()
            # Whoever still writes learns that nobody reads.
            process.stdout.close()
            try:
                process.wait(_PATIENCE_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if self._errors:
                self._errors.close()

    def forget(self, generation: int, number: int) -> None:
        """Notes that a recording is not needed any more. Never waits: garbage collection calls it at any moment."""
        self._forgotten.append((generation, number))

    def leave(self) -> None:
        """In a forked child: lets go of the parent's engine, which would otherwise outlive the parent."""
        process, self.process = self.process, None
        self.lock = threading.RLock()
        self._forgotten.clear()
        self._is_busy = False
        self._errors = None
        if process is None:
            return
        assert process.stdin and process.stdout
        process.stdin.close()
        process.stdout.close()
        # It is no child of this process, which must not wait for it.
        process.returncode = 0

    def _start(self) -> None:
        self._errors = tempfile.TemporaryFile()
        self.generation += 1
        self.process = subprocess.Popen(
            [node(), str(_PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            bufsize=0,
        )
        try:
            hello = self._read()
        except BaseException:
            self.stop()
            raise
        if hello.get("protocol") != VERSION:
            self.stop()
            message = f"The engine speaks version {hello.get('protocol')} of the protocol, this package {VERSION}: reinstall minisim_ts."
            raise EngineError(message, kind="engine", code="protocol")

    def _release(self) -> None:
        numbers = []
        while self._forgotten:
            generation, number = self._forgotten.popleft()
            if generation == self.generation:
                numbers.append(number)
        if numbers:
            self._call("close", {"recordings": numbers}, None, None)

    def _call(
        self,
        method: str,
        params: dict[str, Any],
        on_block: Block | None,
        on_progress: Progress | None,
    ) -> Any:
        number, self._next = self._next, self._next + 1
        given = {name: value for name, value in params.items() if value is not None}
        pieces = encoded({"id": number, "method": method, "params": given})
        try:
            answer = self._answer(pieces, on_block, on_progress)
        except BaseException:
            # What is left of this call in the pipe would be taken for the answer to the next one.
            self.stop()
            raise
        if answer["type"] == "error":
            raise error_of(answer["error"])
        return answer["value"]

    def _answer(
        self, pieces: list[bytes | memoryview], on_block: Block | None, on_progress: Progress | None
    ) -> dict[str, Any]:
        """The last message of a call; hands on those before it."""
        assert self.process and self.process.stdin
        try:
            write_pieces(self.process.stdin, pieces)  # type: ignore[arg-type]
        except PipeClosed as error:
            raise self._ended() from error
        while True:
            message = self._read()
            if message["type"] in ("result", "error"):
                return message
            if message["type"] == "block" and on_block:
                on_block(message["start"], message["end"], message["rows"])
            if message["type"] == "progress" and on_progress:
                on_progress(message["done"], message["total"])

    def _read(self) -> dict[str, Any]:
        assert self.process and self.process.stdout
        try:
            return read_message(self.process.stdout)  # type: ignore[arg-type]
        except PipeClosed as error:
            raise self._ended() from error

    def _ended(self) -> EngineError:
        process, errors = self.process, self._errors
        assert process and errors
        try:
            code = process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            code = None
        how = "closed its pipe" if code is None else _how_ended(code)
        errors.seek(0)
        said = [
            line for line in errors.read().decode(errors="replace").splitlines() if line.strip()
        ]
        why = f" It said: {said[-1].strip()}" if said else ""
        message = f"The engine {how} during a call; the next call starts it anew.{why}"
        return EngineError(message, kind="engine", code="ended")


def _how_ended(code: int) -> str:
    return f"was killed by signal {-code}" if code < 0 else f"ended with exit code {code}"


ENGINE = Engine()
atexit.register(ENGINE.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=ENGINE.leave)
