"""The curated region from OSM-derived countries: made a coverage again, enclaves and all."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely
from shapely import LineString, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from basemap import inputs
from geo.basemap import REGION
from geo.shapes import disc

COUNTRIES = {"ARM": "AM", "AZE": "AZ", "GEO": "GE", "IRN": "IR", "RUS": "RU", "TUR": "TR"}

WATER_KM2 = 0.5
"""Gaps between countries above this size are border lakes and reservoirs, which are divided along their middle."""

KM2_PER_SQUARE_DEGREE = 9435.0
"""At 40 degrees north: 111.0 km by 85.0 km."""


def read_osm(folder: Path, resolution: str) -> gpd.GeoDataFrame:
    """Read the region's countries as the source has them, clipped a little outside the region.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns iso2, geometry (one polygon per row), lakes as holes.
    """
    west, south, east, north = REGION
    with inputs.osm(folder, resolution).open(encoding="utf-8") as file:
        features = json.load(file)["features"]
    rows = [
        (COUNTRIES[feature["properties"]["A3"]], piece)
        for feature in features
        if feature["properties"]["A3"] in COUNTRIES
        for rings in _polygons(feature["geometry"])
        for piece in _clipped(rings, (west - 0.1, south - 0.1, east + 0.1, north + 0.1))
    ]
    return gpd.GeoDataFrame(rows, columns=["iso2", "geometry"], crs="EPSG:4326")


def region_faces(folder: Path, disputed: list[dict[str, str]], *, tolerance_deg: float) -> gpd.GeoDataFrame:
    """Make a coverage of the region: lakes filled, enclaves cut out, border waters divided, all simplified together.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns iso2, area_id ("" for undisputed land), geometry.
    """
    source = read_osm(folder, "10m")
    lands = {iso2: rows.geometry.union_all() for iso2, rows in source.groupby("iso2")}
    enclaves = _enclaves(source, lands, disputed)
    cut = shapely.union_all([shape for _, _, shape in enclaves])
    filled = {iso2: _without_holes(land).difference(cut) for iso2, land in lands.items()}
    for iso2, land in _divided_waters(filled, cut).items():
        filled[iso2] = filled[iso2].union(land)
    rows = [(iso2, "", part) for iso2, land in filled.items() for part in shapely.get_parts(land).tolist()]
    frame = gpd.GeoDataFrame(rows + enclaves, columns=["iso2", "area_id", "geometry"], crs="EPSG:4326")
    frame = frame[frame.geom_type == "Polygon"].reset_index(drop=True)
    clean = shapely.coverage_clean(frame.geometry.to_numpy(), gap_width=0.02)
    frame["geometry"] = shapely.coverage_simplify(clean, tolerance_deg)
    return frame.clip(box(*REGION), keep_geom_type=True).reset_index(drop=True)


def _polygons(geometry: dict[str, Any]) -> list[Any]:
    many: list[Any] = geometry["coordinates"]
    return many if geometry["type"] == "MultiPolygon" else [many]


def _clipped(rings: Any, bounds: tuple[float, float, float, float]) -> list[BaseGeometry]:
    west, south, east, north = bounds
    lons, lats = [point[0] for point in rings[0]], [point[1] for point in rings[0]]
    if max(lons) < west or min(lons) > east or max(lats) < south or min(lats) > north:
        return []
    mended = shapely.make_valid(shapely.clip_by_rect(Polygon(rings[0], rings[1:]), west, south, east, north))
    return [part for part in shapely.get_parts(mended).tolist() if part.geom_type == "Polygon"]


def _enclaves(
    source: gpd.GeoDataFrame, lands: dict[str, BaseGeometry], disputed: list[dict[str, str]]
) -> list[tuple[str, str, Polygon]]:
    """Find the curated exclaves: a polygon of the recognised state, a hole that it leaves to nobody, or a disc."""
    found = []
    for row in disputed:
        if row["inside"].startswith("disc:"):
            lon, lat, radius_km = map(float, row["inside"].removeprefix("disc:").split())
            found.append((row["recognised"], row["area_id"], disc(lon, lat, radius_km)))
        if row["source"] != "OpenStreetMap":
            continue
        lon, lat = map(float, row["inside"].split())
        point = shapely.Point(lon, lat)
        own = source[(source.iso2 == row["recognised"]) & source.contains(point)]
        holes = [Polygon(ring) for part in shapely.get_parts(lands[row["held_by"]]).tolist() for ring in part.interiors]
        shapes = own.geometry.tolist() + [hole for hole in holes if hole.contains(point)]
        smallest = min(shapes, key=lambda shape: shape.area, default=None)
        if smallest is None or smallest.area > 0.02:
            raise SystemExit(f"disputed_areas.csv: {row['area_id']}: no exclave around {lon} {lat}")
        found.append((row["recognised"], row["area_id"], Polygon(smallest.exterior)))
    return found


def _without_holes(land: BaseGeometry) -> BaseGeometry:
    return shapely.union_all([Polygon(part.exterior) for part in shapely.get_parts(land).tolist()])


def _divided_waters(lands: dict[str, BaseGeometry], enclaves: BaseGeometry) -> dict[str, BaseGeometry]:
    """Divide each water between two countries along the straight line between the two ends of its shores."""
    everything = shapely.union_all([*lands.values(), enclaves])
    gaps = [Polygon(ring) for part in shapely.get_parts(everything).tolist() for ring in part.interiors]
    given: dict[str, list[BaseGeometry]] = {}
    for gap in gaps:
        if gap.area * KM2_PER_SQUARE_DEGREE < WATER_KM2:
            continue
        shores = {iso2: gap.boundary.intersection(land.boundary) for iso2, land in lands.items()}
        for piece in _halves(gap, [shore for shore in shores.values() if shore.length > 0]):
            nearest = max(shores, key=lambda iso2: piece.boundary.intersection(shores[iso2]).length)
            given.setdefault(nearest, []).append(piece)
    return {iso2: shapely.union_all(pieces) for iso2, pieces in given.items()}


def _halves(gap: Polygon, shores: list[BaseGeometry]) -> list[Polygon]:
    if len(shores) != 2:
        return [gap]
    meeting = [part.centroid for part in shapely.get_parts(shores[0].intersection(shores[1])).tolist()]
    if len(meeting) < 2:
        return [gap]
    ends = max(((a, b) for a in meeting for b in meeting), key=lambda pair: pair[0].distance(pair[1]))
    pieces = list(
        polygonize(shapely.node(shapely.multilinestrings([LineString(gap.exterior.coords), LineString(ends)])))
    )
    return [piece for piece in pieces if gap.contains(piece.representative_point())] or [gap]
