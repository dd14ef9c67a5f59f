"""The world as a coverage of faces: countries and disputed areas that share their edges exactly."""

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyogrio
import shapely
from shapely import LineString, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.ops import polygonize

from basemap import inputs

OBLASTS = ("UP05", "UP14", "UP26", "UP08")
"""FIPS codes of Donetsk, Luhansk, Zaporizhzhia and Kherson oblasts in the provinces layer."""

NOT_CUT = ("Bolivian claim", "Ukrainian claim", "Former USSR oblast in 1991", "Ceasefire Line 1994")
"""Lines that bound no area which is disputed today along them; they may still be drawn as lines."""

UNIT_ISO2 = {
    "ESB": "GB",
    "WSB": "GB",
    "USG": "CU",
    "KAB": "KZ",
    "PSX": "PS",
    "KOS": "XK",
    "SAH": "EH",
    "SOL": "SO",
    "CYN": "CY",
    "CNM": "CY",
}
"""Natural Earth's units without an ISO code of their own, or with another state's, by international recognition."""


def read_table(path: Path) -> list[dict[str, str]]:
    """Read a curated table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def inside_points(row: dict[str, str]) -> list[Point]:
    """Give the points that name the faces of a disputed area; none where whole units are named."""
    return [Point(*map(float, pair.split())) for pair in row["inside"].split(";") if ":" not in pair]


def world_faces(
    folder: Path, disputed: list[dict[str, str]], territories: list[dict[str, str]], *, tolerance_deg: float
) -> gpd.GeoDataFrame:
    """Cut Natural Earth's countries along the disputed lines and simplify all faces together.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns unit, iso2 (of the unit), area_id ("" for undisputed land), geometry; edges shared exactly.
    """
    units = gpd.read_file(inputs.natural_earth(folder, "ne_10m_admin_0_countries"))
    lines = _cutting_lines(folder)
    tree = shapely.STRtree(lines)
    rows = []
    for unit in units.itertuples():
        iso2 = UNIT_ISO2.get(unit.ADM0_A3, unit.ISO_A2_EH)
        for part in shapely.get_parts(unit.geometry).tolist():
            near = [lines[index] for index in tree.query(part, predicate="intersects")]
            rows += [(unit.ADM0_A3, iso2 if len(iso2) == 2 else "", face) for face in _split(part, near)]
    frame = gpd.GeoDataFrame(rows, columns=["unit", "iso2", "geometry"], crs="EPSG:4326")
    _give_territories(frame, territories)
    frame["area_id"] = name_faces(frame, [row for row in disputed if row["source"] != "OpenStreetMap"])
    clean = shapely.coverage_clean(frame.geometry.to_numpy())
    frame["geometry"] = shapely.coverage_simplify(clean, tolerance_deg)
    return frame[~frame.geometry.is_empty].reset_index(drop=True)


def _give_territories(frame: gpd.GeoDataFrame, territories: list[dict[str, str]]) -> None:
    """Give the parts of a unit that have an ISO code of their own that code."""
    for row in territories:
        window = box(*(float(row[edge]) for edge in ("west", "south", "east", "north")))
        inside = (frame["unit"] == row["unit"]) & frame.within(window)
        # The north of Norway reaches into the window of Jan Mayen and Svalbard.
        frame.loc[inside & ((row["iso2"] != "SJ") | (frame.bounds.miny > 74) | (frame.bounds.maxx < 0)), "iso2"] = row[
            "iso2"
        ]


def name_faces(frame: gpd.GeoDataFrame, disputed: list[dict[str, str]]) -> list[str]:
    """Give each face the disputed area that has a point in it or names its unit."""
    names = [""] * len(frame)
    for row in disputed:
        units = {word.removeprefix("unit:") for word in row["inside"].split(";") if word.startswith("unit:")}
        found = [index for index, unit in enumerate(frame["unit"]) if unit in units]
        for point in inside_points(row):
            found += frame.sindex.query(point, predicate="intersects").tolist()
        for index in found:
            names[index] = row["area_id"]
    return names


def _cutting_lines(folder: Path) -> list[LineString]:
    claims = pyogrio.read_dataframe(inputs.world_map(folder), layer="disputed_borders")
    claims = claims[~claims["name"].isin(NOT_CUT)]
    parts = [part for shape in claims.geometry for part in shapely.get_parts(shapely.line_merge(shape)).tolist()]
    return [_extended(part, 0.01) for part in parts] + _oblast_lines(folder)


def _oblast_lines(folder: Path) -> list[LineString]:
    """Give the inner boundaries of the four oblasts, lengthened to reach Ukraine's border of another generalisation."""
    provinces = pyogrio.read_dataframe(inputs.world_map(folder), layer="states_provinces")
    ukraine = provinces[provinces.adm0_a3 == "UKR"].geometry.union_all()
    chosen = provinces[provinces.fips.isin(OBLASTS)].geometry.boundary.union_all()
    inner = shapely.line_merge(chosen.difference(ukraine.boundary.buffer(0.02)))
    return [_extended(part, 0.12) for part in shapely.get_parts(inner).tolist() if part.length > 0.05]


def _extended(line: LineString, by_deg: float) -> LineString:
    """Lengthen a line at both ends, so that it crosses the border it ends on; polygonizing drops what dangles."""
    points = shapely.get_coordinates(line)

    def beyond(end: np.ndarray, before: np.ndarray) -> np.ndarray:
        step = end - before
        return end + step / np.hypot(*step) * by_deg

    return LineString([beyond(points[0], points[1]), *points, beyond(points[-1], points[-2])])


def _split(part: Polygon, lines: list[LineString]) -> list[BaseGeometry]:
    if not lines:
        return [part]
    rings = shapely.get_parts(shapely.union_all([part.boundary])).tolist()
    network = shapely.node(shapely.multilinestrings([*rings, *lines]))
    faces = [face for face in polygonize(network) if part.contains(face.representative_point()) and face.area > 1e-4]
    return faces if len(faces) > 1 else [part]


def shared_edges(shapes: Iterable[BaseGeometry]) -> dict[tuple[int, int], BaseGeometry]:
    """Find the edges that two shapes of a coverage share.

    Returns
    -------
    dict of (int, int) to shapely.LineString or shapely.MultiLineString
        By the positions of the two shapes, the smaller first.
    """
    owners: dict[tuple[float, ...], list[int]] = defaultdict(list)
    for index, shape in enumerate(shapes):
        for ring in shapely.get_rings(shapely.get_parts(shape)).tolist():  # get_rings skips multipolygons
            points = shapely.get_coordinates(ring)
            for a, b in zip(map(tuple, points[:-1]), map(tuple, points[1:]), strict=True):
                owners[(*a, *b) if a <= b else (*b, *a)].append(index)
    pieces: dict[tuple[int, int], list[LineString]] = defaultdict(list)
    for (x1, y1, x2, y2), found in owners.items():
        if len(found) == 2 and found[0] != found[1]:
            pieces[(min(found), max(found))].append(LineString([(x1, y1), (x2, y2)]))
    return {pair: shapely.line_merge(shapely.multilinestrings(found)) for pair, found in pieces.items()}
