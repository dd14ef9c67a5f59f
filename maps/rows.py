"""Rows of frames as plain values, and geometries with as many digits as a map shows."""

import json
import math
from collections.abc import Iterator
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from shapely.geometry import mapping

Record = dict[str, Any]
_DIGITS = 5


def records(frame: gpd.GeoDataFrame | pd.DataFrame | None) -> Iterator[Record]:
    """Give the rows of a frame as dictionaries with None for every missing value."""
    if frame is None or frame.empty:
        return
    names = list(frame.columns)
    columns = []
    for name in names:
        column = frame[name].astype(object)
        columns.append(column.where(frame[name].notna(), None).tolist())
    for values in zip(*columns, strict=True):
        yield dict(zip(names, values, strict=True))


def parsed(value: Any) -> list[Any]:
    """Read a JSON column: a text, a list already, or nothing."""
    if value is None or value in ("", "[]"):
        return []
    found = json.loads(value) if isinstance(value, str) else value
    return list(found) if isinstance(found, list | tuple) else [found]


def day(value: Any) -> str | None:
    """Give a date as ISO text.

    Examples
    --------
    >>> day(date(2022, 11, 5))
    '2022-11-05'
    """
    if value is None:
        return None
    return value.isoformat()[:10] if isinstance(value, date) else str(value)[:10] or None


def whole(value: Any) -> int | None:
    """Give a count as an integer, None where it is missing."""
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else int(value)


def rounded(geometry: Any, *, digits: int = _DIGITS) -> Record | None:
    """Give a GeoJSON geometry with no more digits than a map shows; None for a missing or empty one."""
    if geometry is None or geometry.is_empty:
        return None
    if geometry.geom_type == "Point":
        return {"type": "Point", "coordinates": [round(geometry.x, digits), round(geometry.y, digits)]}

    def shorter(part: Any) -> Any:
        return round(part, digits) if isinstance(part, float | int) else [shorter(inner) for inner in part]

    found = mapping(geometry)
    if "geometries" in found:
        return {"type": found["type"], "geometries": [rounded(part, digits=digits) for part in geometry.geoms]}
    return {"type": found["type"], "coordinates": shorter(found["coordinates"])}
