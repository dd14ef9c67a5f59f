"""Publish coarse: move every point of the layers onto a grid, so that no output holds the exact ones."""

import json
from collections.abc import Mapping
from typing import Any

import geopandas as gpd
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from geo.shapes import blur_point, disc

# Public towns of the base map keep a label to about a kilometre, which no exact coordinate survives.
TOWN_DIGITS = 2


def blur_layers(layers: Mapping[str, gpd.GeoDataFrame], grid_km: float) -> dict[str, gpd.GeoDataFrame]:
    """Move all points of the layers to the middles of the cells of a coarse grid.

    Markers and places become cell middles, uncertainty shapes discs around them that are no smaller than a cell,
    roads lines through cell middles; `uncertainty_km` grows to at least the grid, and shape and precision follow.

    Parameters
    ----------
    layers : mapping of str to geopandas.GeoDataFrame
        Frames in the columns of `incidents.schema`, WGS84.
    grid_km : float
        Side of a cell in kilometres.

    Returns
    -------
    dict of str to geopandas.GeoDataFrame
        New frames; the given ones stay as they are.

    Raises
    ------
    CoordinateError
        The grid is out of range.

    Examples
    --------
    >>> frame = gpd.GeoDataFrame(geometry=[Point(46.341, 39.512)], crs="EPSG:4326")
    >>> blur_layers({"places": frame}, 50)["places"].geometry[0].x == 46.341
    False
    """
    return {name: _blurred(frame, grid_km) for name, frame in layers.items()}


def blur_towns(base: Mapping[str, Any]) -> dict[str, Any]:
    """Round the towns of the base map, so that an incident's exact point does not come back as a label's.

    Parameters
    ----------
    base : mapping
        FeatureCollections of `geo.basemap.clip_for_map`.

    Returns
    -------
    dict
        The same with rounded towns.
    """
    towns = base.get("towns")
    if not towns:
        return dict(base)
    features = [{**feature, "geometry": _rounded(feature["geometry"])} for feature in towns["features"]]
    return {**base, "towns": {**towns, "features": features}}


def _rounded(geometry: Mapping[str, Any]) -> dict[str, Any]:
    """Round a point's coordinates."""
    return {**geometry, "coordinates": [round(value, TOWN_DIGITS) for value in geometry["coordinates"]]}


def _blurred(frame: gpd.GeoDataFrame, grid_km: float) -> gpd.GeoDataFrame:
    """Blur the geometry of one layer and every column that speaks of it."""
    moved = frame.copy()
    radii = frame["uncertainty_km"] if "uncertainty_km" in frame else [None] * len(frame)
    shapes = [_moved(shape, radius, grid_km) for shape, radius in zip(frame.geometry, radii, strict=True)]
    moved = moved.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    if "uncertainty_km" in frame:
        moved["uncertainty_km"] = frame["uncertainty_km"].clip(lower=grid_km)
    if "geo_precision" in frame:
        moved["geo_precision"] = frame["geo_precision"].replace(1, 2)
    if "shape" in frame:
        moved["shape"] = frame["shape"].replace({"pin": "disc", "sector": "disc", "corridor": "disc"})
    if "places" in frame:
        moved["places"] = [_without_points(text) for text in frame["places"]]
    return moved


def _moved(shape: BaseGeometry | None, radius_km: float | None, grid_km: float) -> BaseGeometry | None:
    """Move a geometry onto the grid: a point, a line through cells, or a disc in place of an area."""
    if shape is None or shape.is_empty:
        return shape
    if shape.geom_type == "Point":
        return Point(blur_point(shape.x, shape.y, grid_km))
    if shape.geom_type == "LineString":
        cells = [blur_point(lon, lat, grid_km) for lon, lat, *_ in shape.coords]
        kept = [cell for i, cell in enumerate(cells) if i == 0 or cell != cells[i - 1]]
        return LineString(kept if len(kept) > 1 else kept * 2)
    middle = shape.centroid
    lon, lat = blur_point(middle.x, middle.y, grid_km)
    known = radius_km is not None and radius_km == radius_km  # noqa: PLR0124  NaN is not equal to itself
    return disc(lon, lat, max(float(radius_km or 0), grid_km) if known else grid_km)


def _without_points(text: str | None) -> str | None:
    """Keep the ids and names of an incident's places, and drop their points."""
    if not isinstance(text, str):
        return text
    kept = [{key: value for key, value in place.items() if key not in {"lat", "lon"}} for place in json.loads(text)]
    return json.dumps(kept, ensure_ascii=False)
