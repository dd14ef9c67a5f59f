"""A light piece of the base map for one page: clipped, simplified and rounded until it fits."""

import csv
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo import layers
from geo.countries import DATA, Bounds, country_table
from geo.errors import BaseMapError
from geo.vectors import feature_collection

if TYPE_CHECKING:
    from geopandas import GeoDataFrame

PIXELS = 3000
"""The simplification starts at this part of the window's width: finer than a screen shows at first, coarse enough to be light."""

WIDE_DEG = 60.0
PIXELS_OF_WIDE = 1000
"""In windows this wide the simplification starts coarser, since the budget forces it there anyway."""

COARSER = 1.6
MAX_ROUNDS = 14

PROVINCES_UP_TO_DEG = 25.0
"""Wider windows leave provinces out, which would be smaller than their names."""

MARGIN = 0.15
"""The land is kept for this share of the window beyond its edges, so that a page that is moved a little does not show them."""

TOWN_LIMIT = 400

WORLD_TOLERANCE_DEG = 0.25
"""About 25 km: enough for land that is only seen when a page is zoomed far out."""

ATTRIBUTION_OSM = "Borders and lakes around Armenia and Azerbaijan © OpenStreetMap contributors (ODbL)"
ATTRIBUTION_NATURAL_EARTH = "Made with Natural Earth (public domain)"
ATTRIBUTION_GEONAMES = "Towns: GeoNames (CC BY 4.0)"


def clip_for_map(bounds: Bounds, *, max_kb: float = 600) -> dict[str, Any]:
    """Cut the base map to a window, as light as a page needs it.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees; west greater than east for a window across the 180th meridian.
    max_kb : float
        The collections together are no longer than this as JSON text, in units of 1024 bytes.

    Returns
    -------
    dict
        GeoJSON FeatureCollections by name: countries (polygons without disputed land; iso2, name, label point), disputed (polygons; name,
        recognised, held_by, claims), borders (lines; kind recognised or disputed), lines (name, parties, since, until), provinces, lakes,
        rivers, towns (points; name, population, capital), world (all land, coarse); and `attribution`, the list of texts that the page must show.

    Raises
    ------
    BaseMapError
        The bounds are not bounds, or nothing legible fits into `max_kb`.

    Examples
    --------
    >>> base = clip_for_map((44.0, 38.8, 47.5, 41.3), max_kb=200)
    >>> {"AM", "AZ"} <= {feature["properties"]["iso2"] for feature in base["countries"]["features"]}
    True
    """
    window(bounds)
    west, south, east, north = bounds
    # A degree up is as long as 1.3 degrees aside at 40 degrees north, where most maps are.
    span = max(east - west if east > west else east - west + 360, (north - south) * 1.3)
    tolerance = span / (PIXELS if span < WIDE_DEG else PIXELS_OF_WIDE)
    for _ in range(MAX_ROUNDS):
        found = _collections(bounds, span=span, tolerance_deg=tolerance)
        kb = len(json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()) / 1024
        if kb <= max_kb:
            return found
        tolerance *= max(COARSER, (kb / max_kb) ** 2)
    raise BaseMapError(f"no legible base map of {bounds} fits into {max_kb} KB; allow more or choose a smaller window")


def window(bounds: Bounds) -> BaseGeometry:
    """Give bounds as a polygon, two where they lie across the 180th meridian.

    Raises
    ------
    BaseMapError
        South is not south of north, or an edge is off the Earth.

    Examples
    --------
    >>> window((170.0, -10.0, -170.0, 10.0)).area
    400.0
    """
    west, south, east, north = bounds
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south < north <= 90) or west == east:
        raise BaseMapError(f"{bounds} are no bounds; they are west, south, east, north in degrees")
    if west < east:
        return shapely.box(west, south, east, north)
    return shapely.union_all([shapely.box(west, south, 180, north), shapely.box(-180, south, east, north)])


def _collections(bounds: Bounds, *, span: float, tolerance_deg: float) -> dict[str, Any]:
    digits = 2 if span > 40 else 3 if span > 4 else 4
    # Land and disputed land are simplified together, or a gap would open between them.
    frames = {**_land(_wider(bounds), tolerance_deg), **_lines_and_waters(_wider(bounds), span, tolerance_deg)}
    frames["towns"] = _towns(bounds, span)
    found: dict[str, Any] = {name: feature_collection(frame, digits=digits) for name, frame in frames.items()}
    for feature in found["disputed"]["features"]:
        feature["properties"]["claims"] = feature["properties"]["claims"].split(";")
    found["world"] = world_land()
    found["attribution"] = [ATTRIBUTION_OSM, ATTRIBUTION_NATURAL_EARTH, ATTRIBUTION_GEONAMES]
    return found


@cache
def world_land() -> dict[str, Any]:
    """Give all land of the Earth as one coarse shape, for a page to show beyond the window.

    Returns
    -------
    dict
        A GeoJSON FeatureCollection with one MultiPolygon, simplified to `WORLD_TOLERANCE_DEG`, about 100 KB.

    Examples
    --------
    >>> world_land()["features"][0]["geometry"]["type"]
    'MultiPolygon'
    """
    import geopandas
    import pandas as pd

    land = pd.concat([layers.countries().geometry, layers.disputed_areas().geometry]).to_numpy()
    whole = shapely.union_all(shapely.buffer(shapely.coverage_simplify(land, WORLD_TOLERANCE_DEG), 0))
    large = [part for part in shapely.get_parts(whole).tolist() if part.area > 4 * WORLD_TOLERANCE_DEG**2]
    frame = geopandas.GeoDataFrame(geometry=[shapely.multipolygons(large)], crs="EPSG:4326")
    return feature_collection(frame, digits=1)


def _wider(bounds: Bounds) -> Bounds:
    west, south, east, north = bounds
    if west > east:
        return bounds
    aside, up = (east - west) * MARGIN, (north - south) * MARGIN
    return max(-180.0, west - aside), max(-90.0, south - up), min(180.0, east + aside), min(90.0, north + up)


def _land(bounds: Bounds, tolerance_deg: float) -> "dict[str, GeoDataFrame]":
    import pandas as pd

    area = window(bounds)
    land, disputed = _cut(layers.countries(), area), _cut(layers.disputed_areas(), area)
    together = shapely.coverage_simplify(pd.concat([land.geometry, disputed.geometry]).to_numpy(), tolerance_deg)
    together = _without_specks(together, tolerance_deg)
    land = _named_land(_filled(land.assign(geometry=together[: len(land)])))
    disputed = disputed.assign(geometry=together[len(land) :]).rename(columns={"claimants": "claims"})
    kept = ["area_id", "name", "recognised", "held_by", "claims", "since", "note", "geometry"]
    return {"countries": _filled(land), "disputed": _filled(disputed[kept])}


def _without_specks(shapes: NDArray[np.object_], tolerance_deg: float) -> NDArray[np.object_]:
    """Drop the islands that are smaller than what simplification flattens, but never the largest part of a shape."""
    kept = []
    for shape in shapes:
        parts = shapely.get_parts(shape)
        areas = shapely.area(parts)
        large = parts[(areas >= tolerance_deg**2) | (areas == areas.max(initial=0))].tolist()
        kept.append(shapely.multipolygons(large) if len(large) > 1 else large[0] if large else shape)
    return np.array(kept, dtype=object)


def _named_land(land: "GeoDataFrame") -> "GeoDataFrame":
    table = country_table()
    known = [table[iso2] for iso2 in land.iso2]
    labels = {"label_lon": [one.label_lon for one in known], "label_lat": [one.label_lat for one in known]}
    frame = land[["iso2", "geometry"]].assign(name=[one.short_name for one in known], **labels)
    inside = [
        shape.intersects(shapely.Point(one.label_lon, one.label_lat))
        for shape, one in zip(frame.geometry, known, strict=True)
    ]
    # A country that shows only a corner is labelled there.
    corner = frame.geometry.representative_point()
    frame["label_lon"] = frame.label_lon.where(inside, corner.x.round(3))
    frame["label_lat"] = frame.label_lat.where(inside, corner.y.round(3))
    return frame


def _lines_and_waters(bounds: Bounds, span: float, tolerance_deg: float) -> "dict[str, GeoDataFrame]":
    area = window(bounds)
    frames = {
        "borders": layers.layer("borders")[["iso2_a", "iso2_b", "kind", "geometry"]],
        "lines": layers.disputed_lines().drop(columns=["source", "error_km"]),
        "rivers": _main(layers.rivers(bounds), span)[["name", "rank", "geometry"]],
        "lakes": _main(layers.lakes(bounds), span)[["name", "area_km2", "geometry"]],
    }
    if span <= PROVINCES_UP_TO_DEG:
        frames["provinces"] = layers.provinces()[["province_id", "iso2", "name", "local_name", "geometry"]]
    cut = {name: _cut(frame, area) for name, frame in frames.items()}
    for name, frame in cut.items():
        shapes = frame.geometry.to_numpy()
        coarser = shapely.coverage_simplify if name == "provinces" else shapely.simplify
        cut[name] = _filled(frame.assign(geometry=coarser(shapes, tolerance_deg * (2 if name == "provinces" else 1))))
    return cut


def _main(frame: "GeoDataFrame", span: float) -> "GeoDataFrame":
    """Leave out waters that a window of this width cannot show."""
    rank = 10 if span < 8 else 8 if span < 15 else 6 if span < 40 else 4
    return frame[frame["rank"] <= rank]


def _cut(frame: "GeoDataFrame", area: BaseGeometry) -> "GeoDataFrame":
    found = frame.iloc[sorted(frame.sindex.query(area, predicate="intersects"))]
    whole = shapely.contains_properly(area, found.geometry.to_numpy())
    shapes = [
        shape if inside else shape.intersection(area) for shape, inside in zip(found.geometry, whole, strict=True)
    ]
    return _filled(
        found.assign(geometry=[_same_kind(shape, into) for shape, into in zip(found.geometry, shapes, strict=True)])
    )


def _same_kind(before: BaseGeometry, after: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines that cutting a polygon along its edge leaves."""
    if after.geom_type.endswith(before.geom_type.removeprefix("Multi")):
        return after
    dimension = shapely.get_dimensions(before)
    return shapely.union_all(
        [part for part in shapely.get_parts(after).tolist() if shapely.get_dimensions(part) == dimension]
    )


def _filled(frame: "GeoDataFrame") -> "GeoDataFrame":
    return frame[~frame.geometry.is_empty & frame.geometry.notna()].reset_index(drop=True)


def _towns(bounds: Bounds, span: float) -> "GeoDataFrame":
    import geopandas

    area = window(bounds)
    smallest = 0 if span < 12 else 100_000 if span < 40 else 500_000
    rows = [
        row for row in _town_rows() if (row[3] >= smallest or row[4]) and shapely.intersects_xy(area, row[1], row[2])
    ]
    frame = geopandas.GeoDataFrame(rows[:TOWN_LIMIT], columns=["name", "lon", "lat", "population", "capital"])
    points = geopandas.points_from_xy(frame.pop("lon"), frame.pop("lat"))
    return frame.set_geometry(points, crs="EPSG:4326")


@cache
def _town_rows() -> tuple[tuple[str, float, float, int, bool], ...]:
    with (DATA / "towns.csv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return tuple(
            (r["name"], float(r["lon"]), float(r["lat"]), int(r["population"]), r["capital"] == "1") for r in rows
        )
