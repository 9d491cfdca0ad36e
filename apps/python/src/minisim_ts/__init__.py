"""Miniscope calcium imaging, simulated with its exact truth.

>>> import minisim_ts as ms
>>> rec = ms.simulate("miniscope_v4/ca1", seed=3, **{"acquisition.duration_s": 30})  # doctest: +SKIP
>>> rec[1234], rec.truth  # doctest: +SKIP
"""

from .catalogue import formats, preset, presets
from .errors import EngineError, FileError, InputError, MinisimError, MinisimWarning
from .frames import Frames
from .measures import Measures, measure
from .recording import Recording, open, simulate
from .report import Report, score
from .sweep import sweep
from .testing import make_recording

__version__ = "0.1.0"
__all__ = [
    "EngineError",
    "FileError",
    "Frames",
    "InputError",
    "Measures",
    "MinisimError",
    "MinisimWarning",
    "Recording",
    "Report",
    "formats",
    "make_recording",
    "measure",
    "open",
    "preset",
    "presets",
    "score",
    "simulate",
    "sweep",
]
