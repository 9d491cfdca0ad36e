"""Recordings: made by a spec, or read from a store."""

from __future__ import annotations

import os
import warnings
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from ._engine import ENGINE
from ._opened import opened
from ._places import place_of
from .errors import MinisimWarning
from .frames import Frames

if TYPE_CHECKING:
    import dask.array
    import xarray

#: Called with the frames that are done, and all of them.
Progress = Callable[[int, int], None]
#: What a spec can be given as: the name of a preset, the path of a file or a recording, or the spec itself.
SpecLike = str | os.PathLike[str] | Mapping[str, Any]


class Recording:
    """A recording with its exact truth. Frames are NumPy arrays, rendered when they are asked for: ``rec[1234]``, ``rec[100:200]``.

    It is made by :func:`simulate` or :func:`open`, and can be pickled: only its recipe travels.
    """

    ndim = 3

    def __init__(self, method: str, params: dict[str, Any]) -> None:
        self._method = method
        self._params = params
        self._truth: xarray.Dataset | None = None
        # (generation of the engine, number there)
        self._number: list[int] = [0, 0]
        weakref.finalize(self, _forget, self._number)
        self._info: dict[str, Any] = self._open(params)
        if method == "simulate":
            # From now on the recipe is the parsed spec: it depends on no file and no folder.
            self._params = recipe_of(self._info["spec"], self._plugins)

    @property
    def _plugins(self) -> dict[str, Any] | None:
        return self._params["spec"].get("plugins") if self._method == "simulate" else None

    @property
    def shape(self) -> tuple[int, int, int]:
        """(frames, height, width) of the observed movie."""
        return self._observed.shape

    @property
    def dtype(self) -> np.dtype:
        """uint8 or uint16 for counts of a sensor, else float32."""
        return self._observed.dtype

    @property
    def spec(self) -> dict[str, Any]:
        """The spec, complete with its defaults."""
        return self._info["spec"]

    @property
    def cache_key(self) -> str:
        """The same for specs that give the same recording."""
        return self._info["cache_key"]

    @property
    def step_packages(self) -> dict[str, dict[str, str]]:
        """The packages of npm that brought its steps, by kind: ``name`` and ``version``."""
        return self._info["step_packages"]

    @property
    def warnings(self) -> list[dict[str, Any]]:
        """What one should know: ``code``, ``path`` in the spec, ``message``; ``sentence`` is the message with its path."""
        return self._info["warnings"]

    @property
    def stages(self) -> list[str]:
        """The stages that have a movie, in the order of the simulation."""
        return [stage["name"] for stage in self._info["stages"]]

    @property
    def fps(self) -> float:
        """Frames per second."""
        return self.spec["acquisition"]["fps"]

    @property
    def pixel_size_um(self) -> float:
        """Side of a pixel in the tissue, µm."""
        acquisition = self.spec["acquisition"]
        return (
            acquisition["image_sensor"]["pixel_pitch_um"] / acquisition["optics"]["magnification"]
        )

    @property
    def truth(self) -> xarray.Dataset:
        """The ground truth: every array with its dimensions, ``unit`` and ``description``, and coordinates in s and µm.

        Fields up to 1 MiB are there at once. Larger ones, as C and S (unit, frame) and the footprints A_planted and A_observed
        (unit, height, width), are fetched when their values are asked for, and of them only the rows that are.
        """
        if self._truth is None:
            from ._truth import dataset_of

            self._truth = dataset_of(self)
        return self._truth

    def __len__(self) -> int:
        return self.shape[0]

    def __getitem__(self, key: Any) -> np.ndarray:
        return self._observed[key]

    def __iter__(self) -> Iterator[np.ndarray]:
        return iter(self._observed)

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> np.ndarray:
        return self._observed.__array__(dtype, copy)

    def __repr__(self) -> str:
        frames, height, width = self.shape
        return (
            f"<Recording {frames} frames of {height} × {width} px, {self.dtype}, {self.fps:g} fps>"
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return opened, (type(self), self._method, self._params)

    def stage(self, name: str) -> Frames:
        """The light after a stage of the simulation, float32 (frame, height, width), on the field of view.

        Parameters
        ----------
        name : str
            The stage, or the kind of its step. A store has the stages that its spec kept (``output.save_intermediates``).
        """
        for stage in self._info["stages"]:
            if name in (stage["name"], stage["kind"]):
                return Frames(self, stage["name"], self._n_frames)
        # There is none: the engine has the sentence.
        self._call("frames", start=0, end=0, stage=name)
        raise AssertionError(f"The engine knows the stage {name}, but did not name it.")

    def to_dask(self, frames_per_block: int | None = None) -> dask.array.Array:
        """The observed movie as a Dask array: see :meth:`Frames.to_dask`."""
        return self._observed.to_dask(frames_per_block)

    def vary(self, **changes: Any) -> Recording:
        """A recording of the same spec with some fields changed, by dotted path: ``rec.vary(**{"steps.vasculature": None})``."""
        return _simulate(self.spec, look=True, changes=changes, plugins=self._plugins)

    def save(
        self, path: str | os.PathLike[str], *, force: bool = False, progress: Progress | None = None
    ) -> None:
        """Writes the recording as a Zarr v3 store, ``NAME.zarr``: the bytes that ``minisim simulate`` writes.

        Parameters
        ----------
        force : bool
            Replaces a recording that stands there.
        """
        self._call("save", on_progress=progress, path=os.path.abspath(path), force=force)

    def export(
        self,
        format: str | None,
        path: str | os.PathLike[str],
        *,
        force: bool = False,
        progress: Progress | None = None,
        **settings: Any,
    ) -> str:
        """Writes the recording in the layout of another tool. Returns the name of the format.

        Parameters
        ----------
        format : str or None
            One of ``formats()``; None: the one that the ending of the path names.
        settings
            Of the format.
        """
        return self._call(
            "export",
            on_progress=progress,
            format=format,
            path=os.path.abspath(path),
            settings=settings,
            force=force,
        )

    @property
    def _observed(self) -> Frames:
        return Frames(self, None, self._info["shape"][0])

    @property
    def _n_frames(self) -> int:
        # A recording that stops at a cell step has no frames, but its stages have.
        acquisition = self.spec["acquisition"]
        return self._info["shape"][0] or round(acquisition["duration_s"] * acquisition["fps"])

    def _call(
        self, method: str, *, on_block: Any = None, on_progress: Any = None, **params: Any
    ) -> Any:
        with ENGINE.lock:
            ENGINE.start()
            if self._number[0] != ENGINE.generation:
                self._open(self._params)
            return ENGINE.call(
                method,
                {"recording": self._number[1], **params},
                on_block=on_block,
                on_progress=on_progress,
            )

    def _open(self, params: dict[str, Any]) -> dict[str, Any]:
        with ENGINE.lock:
            info = ENGINE.call(self._method, params)
            self._number[:] = ENGINE.generation, info.pop("recording")
            return info


def simulate(
    source: SpecLike,
    /,
    *,
    look: bool = True,
    plugins: Sequence[str | os.PathLike[str]] = (),
    **changes: Any,
) -> Recording:
    """A recording of a spec. Its scene is made at once, its frames when they are asked for.

    ``simulate("miniscope_v4/ca1", seed=3, **{"acquisition.duration_s": 30, "steps.vasculature": None})``

    Parameters
    ----------
    source : str, path or dict
        The name of a preset (see :func:`presets`), the path of a spec (YAML or JSON) or of a recording, or the spec itself.
    look : bool
        Renders a few frames to see whether the movie clips, which is a warning.
    plugins : sequence of str or path
        Steps of others: JavaScript files, folders of packages of npm, or names of packages that are installed in the working directory.
    changes
        Fields of the spec by dotted path, with their values; ``steps.KIND`` replaces, adds or (None) leaves out a step.

    Raises
    ------
    InputError
        For a spec that is not valid: every problem with its place. For a plugin that cannot be loaded.
    """
    return _simulate(source, look, changes, plugins_named(plugins))


def open(path: str | os.PathLike[str]) -> Recording:
    """A recording from a store, ``NAME.zarr``, written by :meth:`Recording.save` or by ``minisim simulate``. Frames are read when asked for.

    The path can be an address of the web, ``https://…/NAME.zarr``.

    Of a recording made with steps that are not in this engine, a :class:`MinisimWarning` says which package of npm brings them.

    Raises
    ------
    FileError
        For what is no recording, or a damaged one; for a server that does not give it.
    """
    recording = Recording("open", {"path": place_of(path)})
    for warning in recording.warnings:
        if warning["code"] == "missing_step":
            warnings.warn(warning["message"], MinisimWarning, stacklevel=2)
    return recording


def plugins_named(plugins: Sequence[str | os.PathLike[str]]) -> dict[str, Any] | None:
    """What the engine is told of plugins: paths that are good in any folder, and where packages are looked for."""
    if isinstance(plugins, str | os.PathLike):
        plugins = [plugins]
    names = [os.fspath(plugin) for plugin in plugins]
    if not names:
        return None
    paths = [
        os.path.abspath(name) if name.startswith(".") or os.path.exists(name) else name
        for name in names
    ]
    return {"names": paths, "folder": os.getcwd()}


def spec_source(
    source: SpecLike, changes: Mapping[str, Any], plugins: dict[str, Any] | None = None
) -> dict[str, Any]:
    """What the engine is told of a spec."""
    given: dict[str, Any] = {"folder": os.getcwd(), "changes": dict(changes)}
    if plugins:
        given["plugins"] = plugins
    if isinstance(source, Mapping):
        return {"source": dict(source), **given}
    name = os.fspath(source)
    return {"source": name, "path": os.path.abspath(name), **given}


def _simulate(
    source: SpecLike, look: bool, changes: Mapping[str, Any], plugins: dict[str, Any] | None
) -> Recording:
    given = {"spec": spec_source(source, changes, plugins), "look": look}
    recording = Recording("simulate", given)
    for warning in recording.warnings:
        # At the line that called `simulate` or `vary`.
        warnings.warn(warning["sentence"], MinisimWarning, stacklevel=3)
    return recording


def recipe_of(spec: Mapping[str, Any], plugins: dict[str, Any] | None = None) -> dict[str, Any]:
    """How a spec that is complete is simulated."""
    brought = {"plugins": plugins} if plugins else {}
    return {"spec": {"source": spec, "folder": "", **brought}, "look": False}


def _forget(number: list[int]) -> None:
    ENGINE.forget(*number)
