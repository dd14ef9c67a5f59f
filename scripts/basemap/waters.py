"""Lakes and rivers: Natural Earth's, and OpenStreetMap's lakes inside the curated region."""

import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyogrio
import shapely
from shapely import Polygon, box
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from basemap import inputs
from basemap.layers import snapped
from basemap.region import KM2_PER_SQUARE_DEGREE, read_osm
from geo.basemap import REGION

MIN_LAKE_KM2 = 5.0
GONE = ("Caspian Sea", "Kakhovka Reservoir")
"""The first is sea here, not a lake upon land; the second was drained in June 2023."""

STEP_DEG = 0.004
RIVER_RANK = 8
"""Natural Earth's scale rank: 1 the Amazon, 8 rivers of national importance."""

MANGLED = {"Kr": "Kura", "Mingevir Reservoir": "Mingachevir Reservoir"}
"""Names whose letters outside Latin-1 the source has lost."""


def lakes(folder: Path, names: Path, *, tolerance_deg: float) -> gpd.GeoDataFrame:
    """Give lakes and reservoirs: columns name, area_km2, rank (1 large to 10 small), source, geometry."""
    world = gpd.read_file(inputs.natural_earth(folder, "ne_10m_lakes"))
    world = world[~world.featurecla.str.contains("Alkaline", na=False) | world.name.notna()]
    world = world.rename(columns={"scalerank": "rank"})[["name", "rank", "geometry"]].assign(source="Natural Earth")
    world["name"] = world["name"].fillna("").replace(MANGLED)
    world["geometry"] = shapely.make_valid(shapely.simplify(world.geometry.to_numpy(), tolerance_deg))
    osm = _region_lakes(folder, names)
    inside = world.intersects(box(*REGION))
    large = world[inside].assign(geometry=[_moved_to(shape, osm) for shape in world[inside].geometry], source="both")
    small = osm[~osm.intersects(large.geometry.union_all())]
    found = pd.concat([world[~inside], large, small])
    found = found[~found.name.isin(GONE)]
    found = found[found.geom_type.isin(["Polygon", "MultiPolygon"])].reset_index(drop=True)
    found["area_km2"] = (found.to_crs("ESRI:54034").area / 1e6).round(1)
    found["geometry"] = snapped(found.geometry.to_numpy())
    return found[["name", "area_km2", "rank", "source", "geometry"]]


def rivers(folder: Path, *, tolerance_deg: float) -> gpd.GeoDataFrame:
    """Give rivers as lines, lakes' middle lines left out: columns name, rank, source, geometry."""
    path = inputs.natural_earth(folder, "ne_10m_rivers_lake_centerlines")
    source = pyogrio.read_dataframe(path, encoding="cp1252")
    source = source[(source.scalerank <= RIVER_RANK) & (source.featurecla == "River")]
    source["name"] = source["name"].fillna("").str.strip().replace(MANGLED)
    source["geometry"] = shapely.simplify(shapely.force_2d(source.geometry.to_numpy()), tolerance_deg)
    merged = source.dissolve(["name", "scalerank"]).reset_index().rename(columns={"scalerank": "rank"})
    merged["geometry"] = snapped(shapely.line_merge(merged.geometry.to_numpy()))
    return merged[["name", "rank", "geometry"]].assign(source="Natural Earth")


def _region_lakes(folder: Path, names: Path) -> gpd.GeoDataFrame:
    """Take the region's lakes from the holes that the OSM-derived land has, without the steps of the tiles it was cut by."""
    land = shapely.union_all(read_osm(folder, "10m").geometry.to_numpy())
    holes = [Polygon(ring) for part in shapely.get_parts(land).tolist() for ring in part.interiors]
    frame = gpd.GeoDataFrame(geometry=holes, crs="EPSG:4326").assign(name="", source="OpenStreetMap")
    km2 = frame.area * KM2_PER_SQUARE_DEGREE
    frame["rank"] = np.select([km2 > limit for limit in (300, 50, 10)], [3, 6, 8], 10)
    with names.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            frame.loc[frame.contains(shapely.Point(float(row["lon"]), float(row["lat"]))), "name"] = row["name"]
    frame = frame[(km2 >= MIN_LAKE_KM2) | ((frame["name"] != "") & (km2 >= 1))]
    smooth = frame.geometry.buffer(-STEP_DEG).buffer(2 * STEP_DEG).buffer(-STEP_DEG)
    shapes = smooth.where(~smooth.is_empty, frame.geometry)
    frame["geometry"] = shapely.simplify(shapes.to_numpy(), STEP_DEG / 4)
    return frame.reset_index(drop=True)


def _moved_to(lake: BaseGeometry, osm: gpd.GeoDataFrame) -> BaseGeometry:
    """Move a lake of the better drawn source to where the better placed one has it."""
    same = osm.geometry[osm.intersects(lake)].union_all()
    if same.is_empty or same.area < lake.area / 2:
        return lake
    steps = np.arange(-0.04, 0.041, 0.004)
    tries = [translate(lake, xoff=float(x), yoff=float(y)) for x in steps for y in steps]
    return max(tries, key=lambda shape: shape.intersection(same).area)
