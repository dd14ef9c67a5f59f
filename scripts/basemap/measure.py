"""How far the compiled borders of the curated region are from the finest OSM-derived data."""

from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from basemap.region import read_osm
from geo.basemap import REGION, border_between, disputed_areas
from geo.errors import BaseMapError

STEP_KM = 0.5
EDGE_KM = 3.0
"""Points this near to the edge of the region are left out, where the data are cut."""

PAIRS = (
    ("AM", "AZ"),
    ("AM", "GE"),
    ("AM", "IR"),
    ("AM", "TR"),
    ("AZ", "GE"),
    ("AZ", "IR"),
    ("AZ", "RU"),
    ("AZ", "TR"),
    ("GE", "TR"),
    ("IR", "TR"),
)


SHORE_KM = 1.0
"""Banks up to this far from the other country are border; further ones are coasts and lakes."""

Row = tuple[str, float, float, float, float]
"""What was measured, its length, then mean, 95th percentile and maximum of the distance, all in km."""


def measure(folder: Path, world: gpd.GeoDataFrame) -> list[Row]:
    """Measure each border of the region against the 1 m data.

    The distance is from points every 500 m of our border to the nearest edge of either country in the source. Where a river or lake
    lies on the border the source's countries end at its two banks and ours meet in the middle, so half its width counts as error.
    Karki is left out, which the source does not show. The last rows measure from the source to ours, and Natural Earth's borders
    (the faces `world`) against the source.
    """
    source = read_osm(folder, "1m")
    edges = {iso2: in_km(rows.geometry.boundary.union_all()) for iso2, rows in source.groupby("iso2")}
    karki = disputed_areas().set_index("area_id").geometry["karki"].buffer(0.001)
    rows, borders, everything = [], [], []
    for one, other in PAIRS:
        ours = in_km(_inside(border_between(one, other).difference(karki)))
        distances = _distances(ours, shapely.union_all([edges[one], edges[other]]))
        borders.append(ours)
        everything.append(distances)
        rows.append((f"{one}-{other}", float(ours.length), *_summary(distances)))
    rows.append(("all", sum(row[1] for row in rows), *_summary(np.concatenate(everything))))
    banks = _banks(source)
    back = _distances(banks, shapely.union_all(borders))
    rows.append(("banks of AM and AZ in the source to ours", float(banks.length), *_summary(back)))
    theirs = _natural_earth(world)
    both = shapely.union_all([edges["AM"], edges["AZ"]])
    return [*rows, ("Natural Earth, AM and AZ", float(theirs.length), *_summary(_distances(theirs, both)))]


def _banks(source: gpd.GeoDataFrame) -> BaseGeometry:
    """Give the outer edges of Armenia and Azerbaijan in the source where another country is near."""
    lands = {iso2: in_km(rows.geometry.union_all()) for iso2, rows in source.groupby("iso2")}
    found = []
    for iso2 in ("AM", "AZ"):
        outer = shapely.union_all([part.exterior for part in shapely.get_parts(lands[iso2]).tolist()])
        others = shapely.union_all(
            [shapely.make_valid(land.simplify(0.05)) for other, land in lands.items() if other != iso2]
        )
        found.append(outer.intersection(others.buffer(SHORE_KM)))
    return shapely.union_all(found)


def _natural_earth(world: gpd.GeoDataFrame) -> BaseGeometry:
    land = {iso2: rows.geometry.union_all().boundary for iso2, rows in world.groupby("iso2") if iso2 in {"AM", "AZ"}}
    others = world[world.iso2.isin(["GE", "IR", "RU", "TR"])].geometry.union_all().boundary
    return in_km(shapely.union_all([land["AM"], land["AZ"].intersection(others)]))


def table(rows: list[Row]) -> str:
    """Write the measurements as a Markdown table."""
    head = "| border | length km | mean km | 95 % within km | maximum km |\n|---|---:|---:|---:|---:|"
    return "\n".join(
        [head, *(f"| {name} | {km:.0f} | {mean:.2f} | {high:.2f} | {top:.2f} |" for name, km, mean, high, top in rows)]
    )


def _inside(line: BaseGeometry) -> BaseGeometry:
    margin = EDGE_KM / 80
    west, south, east, north = REGION
    found = line.intersection(shapely.box(west + margin, south + margin, east - margin, north - margin))
    if found.is_empty:
        raise BaseMapError("the border lies outside the region")
    return found


def in_km(shape: BaseGeometry) -> BaseGeometry:
    """Project a shape of the region to kilometres."""
    metric = pyproj.Transformer.from_crs(
        "EPSG:4326", "+proj=laea +lat_0=40 +lon_0=47 +datum=WGS84 +units=km", always_xy=True
    )
    return shapely.transform(shape, lambda points: np.column_stack(metric.transform(points[:, 0], points[:, 1])))


def _distances(line: BaseGeometry, target: BaseGeometry) -> np.ndarray:
    points = [point for part in shapely.get_parts(line).tolist() for point in _points(part)]
    pieces = shapely.get_parts(
        shapely.multilinestrings([LineString(part.coords) for part in shapely.get_parts(target).tolist()])
    )
    tree = shapely.STRtree(
        [LineString(pair) for piece in pieces for pair in zip(piece.coords[:-1], piece.coords[1:], strict=True)]
    )
    return tree.query_nearest(points, return_distance=True, all_matches=False)[1]


def _points(line: LineString) -> list[BaseGeometry]:
    """Give the middles of pieces of equal length."""
    count = max(1, int(line.length / STEP_KM))
    return shapely.line_interpolate_point(line, (np.arange(count) + 0.5) * line.length / count).tolist()


def _summary(distances: np.ndarray) -> tuple[float, float, float]:
    return float(distances.mean()), float(np.percentile(distances, 95)), float(distances.max())
