"""What can go wrong, as exceptions with the engine's own sentences."""

from __future__ import annotations

from typing import Any


class MinisimError(Exception):
    """An error whose message is written for people and complete: where, what, and mostly what to do.

    Attributes
    ----------
    kind, code : str
        For programs: which room the error comes from, and which one it is.
    problems : list of dict
        Everything that is wrong, each with a ``message`` and, where it has one, a ``path``: its place in the spec or the file.
    """

    def __init__(
        self,
        message: str,
        *,
        kind: str = "internal",
        code: str = "unknown",
        problems: list[dict[str, Any]] | None = None,
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.code = code
        self.problems = problems if problems is not None else [{"message": message}]

    def __reduce__(self) -> tuple[Any, ...]:
        return _revived, (type(self), str(self), self.kind, self.code, self.problems)

    def __str__(self) -> str:
        return str(self.args[0])


class InputError(MinisimError, ValueError):
    """A spec, an estimate, a file of results or an argument that is not as it must be."""


class FileError(MinisimError, OSError):
    """A path that cannot be read or written: nothing is there, something else is, no room is left."""


class EngineError(MinisimError, RuntimeError):
    """The engine could not be started, ended, or failed in a way that it should not."""


class MinisimWarning(UserWarning):
    """Something that one should know about a recording, such as a movie that clips."""


_FILES = {"path", "store"}
_ENGINE = {"internal", "protocol"}


def error_of(failure: dict[str, Any]) -> MinisimError:
    """The exception for what the engine tells."""
    kind = failure["kind"]
    family = FileError if kind in _FILES else EngineError if kind in _ENGINE else InputError
    details = {name: failure[name] for name in ("kind", "code", "problems")}
    hint = " force=True replaces it." if (kind, failure["code"]) == ("path", "exists") else ""
    return family(failure["message"] + hint, **details)


def input_error(message: str) -> InputError:
    """An argument that was found wrong on this side."""
    return InputError(message, kind="input", code="invalid")


def _revived(
    family: type[MinisimError], message: str, kind: str, code: str, problems: list[dict[str, Any]]
) -> MinisimError:
    return family(message, kind=kind, code=code, problems=problems)
