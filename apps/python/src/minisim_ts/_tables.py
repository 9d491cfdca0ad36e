"""Rows of the engine as pandas tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd


def table_of(rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    """One row each; what is null is NaN, and a column of nothing else is one of numbers."""
    table = pd.DataFrame(rows)
    empty = [name for name in table if table[name].isna().all()]
    return table.astype(dict.fromkeys(empty, float))
