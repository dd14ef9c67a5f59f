"""Frames out as GeoJSON (RFC 7946) and GeoPackage, whole or not at all.

Both take `types`, column name to "text", "int", "float", "date", "bool" or "json": a column that is empty today must have the same
type in the file as tomorrow. Columns without an entry are written as pandas has them.
"""

import json
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from shapely import MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from geo.crs import WGS84, require_crs
from geo.errors import VectorFileError

if TYPE_CHECKING:
    import pandas as pd
    from geopandas import GeoDataFrame

DIGITS = 6
"""Decimal places of a degree in files: 0.1 m, finer than anything an article says."""

GEOPACKAGE_VERSION = "1.3"
"""GDAL's default 1.4 is not yet what QGIS 3.22's and Debian's validators know."""

_PANDAS_TYPES = {"text": "string", "json": "string", "int": "Int64", "float": "float64", "bool": "boolean"}


def geojson_text(
    frame: "GeoDataFrame",
    *,
    id_columns: Sequence[str] = (),
    types: Mapping[str, str] | None = None,
    digits: int = DIGITS,
) -> str:
    """Write a frame as the text of a GeoJSON FeatureCollection, the same text for the same frame.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        WGS84 (EPSG:4326); any columns that JSON can carry, dates as `datetime.date`.
    id_columns : sequence of str
        Columns whose values, joined by "/", are the feature's id; none gives features without id.
    types : mapping of str to str, optional
        Column types, see the module. JSON columns stay text, as every other format has them.
    digits : int
        Decimal places of coordinates.

    Returns
    -------
    str
        One feature per line; right-hand rule; no crs member (RFC 7946 knows only WGS84); null for what is missing.

    Raises
    ------
    CoordinateError
        The frame is not in WGS84.
    VectorFileError
        Two features have the same id, or a value cannot be written as JSON.

    Examples
    --------
    >>> import geopandas
    >>> from shapely import Point
    >>> frame = geopandas.GeoDataFrame({"name": ["Kapan"]}, geometry=[Point(46.4, 39.2)], crs="EPSG:4326")
    >>> print(geojson_text(frame, id_columns=["name"]))
    {"type":"FeatureCollection","features":[
    {"type":"Feature","id":"Kapan","geometry":{"type":"Point","coordinates":[46.4,39.2]},"properties":{"name":"Kapan"}}
    ]}
    <BLANKLINE>
    """
    require_crs(frame, WGS84)
    collection = feature_collection(frame, id_columns=id_columns, types=types, digits=digits)
    try:
        lines = [_dumps(feature) for feature in collection["features"]]
    except (TypeError, ValueError) as fault:
        raise VectorFileError(f"a value cannot be written as JSON: {fault}; turn it into text first") from fault
    joined = ",\n".join(lines)
    return f'{{"type":"FeatureCollection","features":[\n{joined}\n]}}\n'


def feature_collection(
    frame: "GeoDataFrame",
    *,
    id_columns: Sequence[str] = (),
    types: Mapping[str, str] | None = None,
    digits: int = DIGITS,
) -> dict[str, Any]:
    """Give a frame as a GeoJSON FeatureCollection of plain Python values; see `geojson_text`.

    Raises
    ------
    VectorFileError
        Two features have the same id.

    Examples
    --------
    >>> import geopandas
    >>> feature_collection(geopandas.GeoDataFrame(geometry=[], crs="EPSG:4326"))
    {'type': 'FeatureCollection', 'features': []}
    """
    columns = [name for name in frame.columns if name != frame.geometry.name]
    values = [[_plain(value, (types or {}).get(name, "")) for value in frame[name]] for name in columns]
    rows = [dict(zip(columns, row, strict=True)) for row in zip(*values, strict=True)] if columns else [{}] * len(frame)
    ids = ["/".join(str(row[name]) for name in id_columns) for row in rows]
    if id_columns:
        _require_unique(ids)
    features = []
    for row, feature_id, shape in zip(rows, ids, frame.geometry, strict=True):
        head = {"type": "Feature", "id": feature_id} if id_columns else {"type": "Feature"}
        features.append({**head, "geometry": geometry_json(shape, digits=digits), "properties": row})
    return {"type": "FeatureCollection", "features": features}


def write_geojson(
    frame: "GeoDataFrame",
    path: Path,
    *,
    id_columns: Sequence[str] = (),
    types: Mapping[str, str] | None = None,
    digits: int = DIGITS,
) -> None:
    """Write a frame as a GeoJSON file (RFC 7946), whole or not at all; see `geojson_text`.

    Raises
    ------
    CoordinateError
        The frame is not in WGS84.
    VectorFileError
        The file cannot be written, two features have the same id, or a value cannot be written as JSON.
    """
    text = geojson_text(frame, id_columns=id_columns, types=types, digits=digits)
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="\n")


def write_geopackage(
    layers: Mapping[str, "GeoDataFrame"],
    path: Path,
    *,
    types: Mapping[str, Mapping[str, str]] | None = None,
    geometry_types: Mapping[str, str] | None = None,
    changed: datetime | None = None,
) -> None:
    """Write frames as the layers of one GeoPackage 1.3, whole or not at all, as QGIS 3.22 and later read it.

    Parameters
    ----------
    layers : mapping of str to geopandas.GeoDataFrame
        Layer name to frame, all in WGS84; empty frames give empty layers.
    path : pathlib.Path
        A file ending in .gpkg, replaced if it exists.
    types : mapping of str to mapping, optional
        Layer name to column types, see the module. Dates become real dates, ints may be null.
    geometry_types : mapping of str to str, optional
        Layer name to "Point", "MultiPolygon", ...; without it what the frame holds, "Unknown" for an empty one.
    changed : datetime.datetime, optional
        Written as the layers' time of change, for files that are to be the same from run to run; now by default.

    Raises
    ------
    CoordinateError
        A frame is not in WGS84.
    VectorFileError
        The file cannot be written, or a column cannot be turned into its type.
    """
    for frame in layers.values():
        require_crs(frame, WGS84)
    typed = {name: _typed(frame, name, (types or {}).get(name, {})) for name, frame in layers.items()}
    with replacing(path) as temporary, _time_of_change(changed):
        for name, frame in typed.items():
            _write_layer(frame, temporary, name, (geometry_types or {}).get(name))


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place when the block ends well and vanishes when not.

    Raises
    ------
    VectorFileError
        The folder is missing or not writable.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     with replacing(Path(folder, "a.txt")) as temporary:
    ...         _ = temporary.write_text("whole")
    ...     Path(folder, "a.txt").read_text()
    'whole'
    """
    try:
        # In a folder of its own, since SQLite lays its journals beside the file.
        with tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.stem}-") as folder:
            temporary = Path(folder, path.name)
            yield temporary
            os.replace(temporary, path)  # noqa: PTH105 - the atomic one on every system
    except OSError as fault:
        reason = fault.strerror or str(fault)
        raise VectorFileError(f"{path}: cannot be written ({reason}); choose another output folder") from fault


def geometry_json(shape: BaseGeometry | None, *, digits: int = DIGITS) -> dict[str, Any] | None:
    """Give a geometry as GeoJSON: right-hand rule, rounded, valid after rounding; None for none or an empty one.

    Examples
    --------
    >>> geometry_json(shapely.Point(46.123456789, 39.5), digits=3)
    {'type': 'Point', 'coordinates': [46.123, 39.5]}
    """
    if shape is None or shape.is_empty:
        return None
    rounded = round_shape(shape, digits=digits)
    # mapping() gives tuples, JSON wants lists, and -0.0 and 0.0 should not be two numbers.
    member: dict[str, Any] = json.loads(shapely.to_geojson(_right_handed(rounded)))
    return member


def round_shape(shape: BaseGeometry, *, digits: int) -> BaseGeometry:
    """Round coordinates, drop the vertices that fall together, and mend what rounding made invalid.

    Examples
    --------
    >>> round_shape(shapely.LineString([(0, 0), (0.001, 0), (1, 1)]), digits=1).wkt
    'LINESTRING (0 0, 1 1)'
    """
    polygonal = shape.geom_type.endswith("Polygon")
    # Only polygons can become invalid, and only set_precision drops the rings that collapse.
    reduced = shapely.set_precision(shape, 10.0**-digits) if polygonal else shape
    # Adding zero turns -0.0 into 0.0.
    rounded = shapely.transform(reduced, lambda points: points.round(digits) + 0.0)
    if shape.geom_type.endswith("LineString"):
        rounded = _without_repeats(rounded)
    return shape if rounded.is_empty else rounded


def _without_repeats(line: BaseGeometry) -> BaseGeometry:
    """Drop repeated vertices and the pieces of which only one is left."""
    parts = [part for part in shapely.get_parts(line).tolist() if part.length > 0]
    kept = shapely.remove_repeated_points(parts)
    return kept[0] if len(kept) == 1 and line.geom_type == "LineString" else shapely.multilinestrings(kept)


def _right_handed(shape: BaseGeometry) -> BaseGeometry:
    if isinstance(shape, Polygon):
        return orient(shape, 1.0)
    if isinstance(shape, MultiPolygon):
        return MultiPolygon([orient(part, 1.0) for part in shape.geoms])
    return shape


def _plain(value: Any, kind: str) -> Any:
    """Turn a cell into what JSON knows."""
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, datetime):
        return value.date().isoformat() if kind == "date" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and kind == "int":
        return int(value)
    return value


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _require_unique(ids: list[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1}) if len(set(ids)) < len(ids) else []
    if twice:
        raise VectorFileError(f"{len(twice)} ids stand for several features, the first is {twice[0]!r}; ids are unique")


def _typed(frame: "GeoDataFrame", layer: str, types: Mapping[str, str]) -> "GeoDataFrame":
    """Give every column the type it has in the file, so that an empty layer has the same columns as a full one."""
    changes = {}
    for name in frame.columns:
        kind = types.get(str(name)) or ("date" if _holds_dates(frame[name]) else "")
        if name == frame.geometry.name or not kind:
            continue
        try:
            changes[name] = _as_type(frame[name], kind)
        except (TypeError, ValueError) as fault:
            raise VectorFileError(
                f"layer {layer}, column {name}: not every value is of type {kind}: {fault}"
            ) from fault
    return frame.assign(**changes).reset_index(drop=True)


def _as_type(column: "pd.Series[Any]", kind: str) -> "pd.Series[Any]":
    import pandas as pd

    if kind == "date":
        days = [None if pd.isna(value) else pd.Timestamp(value).date() for value in column]
        return pd.Series(pd.array(days, dtype="date32[pyarrow]"), index=column.index)
    if kind not in _PANDAS_TYPES:
        raise VectorFileError(f"there is no column type {kind!r}; use text, int, float, date, bool or json")
    return column.astype(_PANDAS_TYPES[kind])  # type: ignore[call-overload,no-any-return]


def _holds_dates(column: "pd.Series[Any]") -> bool:
    filled = [value for value in column if value is not None] if column.dtype == object else []
    return bool(filled) and all(isinstance(value, date) and not isinstance(value, datetime) for value in filled)


@contextmanager
def _time_of_change(moment: datetime | None) -> Iterator[None]:
    from pyogrio import set_gdal_config_options

    text = moment.strftime("%Y-%m-%dT%H:%M:%S.000Z") if moment else None
    set_gdal_config_options({"OGR_CURRENT_DATE": text})
    try:
        yield
    finally:
        set_gdal_config_options({"OGR_CURRENT_DATE": None})


def _write_layer(frame: "GeoDataFrame", path: Path, name: str, geometry_type: str | None) -> None:
    from pyogrio import write_dataframe
    from pyogrio.errors import DataSourceError, GeometryError

    kinds = set(frame.geometry.dropna().geom_type)
    try:
        write_dataframe(
            frame,
            path,
            layer=name,
            driver="GPKG",
            geometry_type=geometry_type or (None if kinds else "Unknown"),
            promote_to_multi=bool(geometry_type and geometry_type.startswith("Multi")) or None,
            append=False,
            use_arrow=True,
            dataset_options={} if path.exists() else {"VERSION": GEOPACKAGE_VERSION},
            layer_options={"GEOMETRY_NAME": "geom", "FID": "fid"},
        )
    except (DataSourceError, GeometryError, ValueError) as fault:
        raise VectorFileError(f"{path.name}, layer {name}: cannot be written ({fault})") from fault
