"""The named lines that part two sides: ceasefire lines, lines of control, former boundaries."""

import csv
from pathlib import Path

import geopandas as gpd
import pyogrio
import shapely
from shapely import box
from shapely.geometry.base import BaseGeometry

from basemap import inputs
from basemap.layers import snapped


def disputed_lines(folder: Path, table: Path, borders: gpd.GeoDataFrame, *, tolerance_deg: float) -> gpd.GeoDataFrame:
    """Draw the lines of the curated table from the source that each row names.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns line_id, name, parties, since, until, source, note, error_km, geometry.
    """
    claims = pyogrio.read_dataframe(inputs.world_map(folder), layer="disputed_borders")
    claims = claims.rename(columns={"name": "feature", "adm0_a3_l": "left", "adm0_a3_r": "right"})
    boundaries = gpd.read_file(inputs.natural_earth(folder, "ne_10m_admin_0_boundary_lines_land"))
    boundaries = boundaries.rename(columns={"FEATURECLA": "feature", "ADM0_A3_L": "left", "ADM0_A3_R": "right"})
    layers = {"claims": claims, "boundaries": boundaries, "borders": _as_lines(borders)}
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    shapes = [_select(layers[row["layer"]], row) for row in rows]
    kept = ("line_id", "name", "parties", "since", "until", "source", "note", "error_km")
    frame = gpd.GeoDataFrame([{key: row[key] for key in kept} for row in rows], geometry=shapes, crs="EPSG:4326")
    frame["geometry"] = [_lines_only(shape) for shape in shapes]
    frame["geometry"] = snapped(shapely.simplify(frame.geometry.to_numpy(), tolerance_deg))
    return frame.astype({"error_km": float})


def _as_lines(borders: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return borders.rename(columns={"iso2_a": "left", "iso2_b": "right"}).assign(feature="")


def _lines_only(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape).tolist() if part.length > 0.01]
    return parts[0] if len(parts) == 1 else shapely.multilinestrings(parts)


def _select(layer: gpd.GeoDataFrame, row: dict[str, str]) -> BaseGeometry:
    pair = {row["left"], row["right"]}
    found = layer[
        layer.feature.fillna("").str.startswith(row["feature"])
        & layer.left.isin(pair)
        & layer.right.isin(pair)
        & ((layer.left != layer.right) | (len(pair) == 1))
    ]
    if row["bounds"]:
        found = found[found.intersects(box(*map(float, row["bounds"].split(","))))]
    if found.empty:
        raise SystemExit(f"disputed_lines.csv: {row['line_id']}: the source has no such line")
    return shapely.line_merge(shapely.union_all(shapely.force_2d(found.geometry.to_numpy())))
