"""Messages of the engine's protocol on two pipes: see the README of @minisim/bridge."""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

import numpy as np

from .errors import input_error

VERSION = 1
_MARK = b"MSIM"
_LENGTHS = struct.Struct("<IQ")
_DTYPES = ("bool", "uint8", "uint16", "int32", "float32", "float64")


class PipeClosed(Exception):
    """The other side is gone."""


def encoded(message: dict[str, Any]) -> list[bytes | memoryview]:
    """The pieces of a message; NumPy arrays may stand anywhere in it. Raises InputError for what cannot be sent."""
    arrays: list[np.ndarray] = []
    header = _without_arrays(message, arrays)
    if arrays:
        header["arrays"] = [{"dtype": str(a.dtype), "shape": list(a.shape)} for a in arrays]
    try:
        text = json.dumps(header, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError) as error:
        raise input_error(f"A value cannot be sent to the engine: {error}.") from error
    body = sum(array.nbytes for array in arrays)
    prelude = _MARK + _LENGTHS.pack(len(text), body)
    return [prelude + text, *(array.data.cast("B") for array in arrays if array.size)]


def write_pieces(pipe: BinaryIO, pieces: list[bytes | memoryview]) -> None:
    """Writes all of them, however little the pipe takes at a time. Raises PipeClosed."""
    try:
        for piece in pieces:
            left = memoryview(piece)
            while left:
                left = left[pipe.write(left) or 0 :]
    except OSError as error:
        raise PipeClosed from error


def read_message(pipe: BinaryIO) -> dict[str, Any]:
    """Reads the next message, its arrays in their places."""
    prelude = _read(pipe, bytearray(len(_MARK) + _LENGTHS.size))
    if not prelude.startswith(_MARK):
        raise PipeClosed("what the engine sent is no message")
    length, _ = _LENGTHS.unpack_from(prelude, len(_MARK))
    header: dict[str, Any] = json.loads(bytes(_read(pipe, bytearray(length))))
    arrays = [
        _read_array(pipe, np.empty(info["shape"], dtype=info["dtype"]))
        for info in header.pop("arrays", [])
    ]
    return {key: _with_arrays(value, arrays) for key, value in header.items()}


def _without_arrays(value: Any, arrays: list[np.ndarray]) -> Any:
    if isinstance(value, np.ndarray):
        if value.dtype.name not in _DTYPES:
            raise input_error(f"An array of {value.dtype} cannot be sent; convert it to float64.")
        arrays.append(np.ascontiguousarray(value, dtype=value.dtype.newbyteorder("<")))
        return {"$array": len(arrays) - 1}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, dict):
        return {str(key): _without_arrays(inner, arrays) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_without_arrays(inner, arrays) for inner in value]
    return value


def _with_arrays(value: Any, arrays: list[np.ndarray]) -> Any:
    if isinstance(value, dict):
        if len(value) == 1 and isinstance(value.get("$array"), int):
            return arrays[value["$array"]]
        return {key: _with_arrays(inner, arrays) for key, inner in value.items()}
    if isinstance(value, list):
        return [_with_arrays(inner, arrays) for inner in value]
    return value


def _read(pipe: BinaryIO, target: bytearray) -> bytearray:
    _fill(pipe, memoryview(target))
    return target


def _read_array(pipe: BinaryIO, array: np.ndarray) -> np.ndarray:
    if array.size:
        _fill(pipe, array.data.cast("B"))
    return array


def _fill(pipe: BinaryIO, left: memoryview) -> None:
    while left:
        count = pipe.readinto(left)  # type: ignore[attr-defined]
        if not count:
            raise PipeClosed
        left = left[count:]
