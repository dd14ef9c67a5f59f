"""Turn faces into the layers of the base map: countries, disputed areas, borders, and the table of countries."""

from collections import defaultdict
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely import box
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry

from basemap import inputs
from basemap.faces import UNIT_ISO2, shared_edges
from geo.basemap import REGION, REGION_ERROR_KM, WORLD_ERROR_KM

STEPS_PER_DEGREE = 2**16
"""Coordinates are kept in steps of 1/65536 degree (1.7 m), whose doubles compress to half the size of arbitrary ones."""


SPECK = 1e-4
"""A part below this share of its country (Clipperton, not Easter Island) does not stretch the bounding box."""


def snapped(shapes: Any) -> Any:
    """Move coordinates onto the grid of the files and mend the few shapes that this makes invalid."""
    moved = shapely.transform(shapes, lambda points: (points * STEPS_PER_DEGREE).round() / STEPS_PER_DEGREE)
    return np.where(shapely.is_valid(moved), moved, shapely.make_valid(moved))


def with_states(faces: gpd.GeoDataFrame, disputed: list[dict[str, str]]) -> gpd.GeoDataFrame:
    """Say of each face which state it belongs to by recognition, which holds it, and who claims it."""
    rows = {row["area_id"]: row for row in disputed}

    def look_up(column: str, iso2: str, area_id: str) -> str:
        if not area_id:
            return iso2 if column != "claimants" else ""
        return rows[area_id][column]

    pairs = list(zip(faces.iso2, faces.area_id, strict=True))
    return faces.assign(
        **{name: [look_up(name, *pair) for pair in pairs] for name in ("recognised", "held_by", "claimants")}
    )


def merge(world: gpd.GeoDataFrame, region: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, gpd.GeoDataFrame]:
    """Put the region in the place of what the world layer has there, faces and their borders."""
    inside = box(*REGION)
    borders = pd.concat(
        [
            _borders(
                world,
                error_km=WORLD_ERROR_KM,
                source="Natural Earth",
                keep=lambda line: line.difference(inside),
            ),
            _borders(
                region, error_km=REGION_ERROR_KM, source="OpenStreetMap", keep=lambda line: line.intersection(inside)
            ),
        ]
    )
    outside = world.assign(geometry=world.geometry.difference(inside), source="Natural Earth", error_km=WORLD_ERROR_KM)
    faces = pd.concat([outside, region.assign(source="OpenStreetMap", error_km=REGION_ERROR_KM)])
    return faces[~faces.geometry.is_empty].reset_index(drop=True), borders.reset_index(drop=True)


def _borders(faces: gpd.GeoDataFrame, *, error_km: float, source: str, keep: Any) -> gpd.GeoDataFrame:
    """Collect the edges between two states by recognition, where there is none by who holds the land."""
    lines: dict[tuple[str, str, str], list[BaseGeometry]] = defaultdict(list)
    for (first, second), line in shared_edges(faces.geometry).items():
        a, b = faces.iloc[first], faces.iloc[second]
        one, other = _state(a), _state(b)
        if one == other or not one or not other:
            continue
        disputed = (
            not a.recognised or not b.recognised or one in b.claimants.split(";") or other in a.claimants.split(";")
        )
        lines[(min(one, other), max(one, other), "disputed" if disputed else "recognised")].append(line)
    rows = [(*key, keep(shapely.union_all(parts))) for key, parts in sorted(lines.items())]
    frame = gpd.GeoDataFrame(rows, columns=["iso2_a", "iso2_b", "kind", "geometry"], crs="EPSG:4326")
    frame = frame[~frame.geometry.is_empty].assign(source=source, error_km=error_km)
    frame["geometry"] = snapped(shapely.line_merge(frame.geometry.to_numpy()))
    return frame


def _state(face: Any) -> str:
    """Give the state whose border a face's edge is: the recognised one, else the one that holds it."""
    state = face.recognised or face.held_by
    return str(state) if len(state) == 2 else ""


def countries(faces: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give each state's undisputed land."""
    land = faces[(faces.area_id == "") & (faces.recognised != "")]
    frame = land[["recognised", "geometry"]].dissolve("recognised").reset_index()
    frame = frame.rename(columns={"recognised": "iso2"})
    frame["source"] = np.where(frame.iso2.isin(["AM", "AZ"]), "OpenStreetMap", "Natural Earth")
    frame.loc[frame.iso2.isin(["GE", "IR", "RU", "TR"]), "source"] = "Natural Earth; OpenStreetMap"
    frame["geometry"] = snapped(frame.geometry.to_numpy())
    return frame


def disputed_areas(faces: gpd.GeoDataFrame, disputed: list[dict[str, str]]) -> gpd.GeoDataFrame:
    """Give each disputed area with what the curated table says of it."""
    shapes = (
        faces[faces.area_id != ""][["area_id", "error_km", "geometry"]].dissolve("area_id", aggfunc="max").reset_index()
    )
    table = pd.DataFrame(disputed).drop(columns="inside")
    frame = gpd.GeoDataFrame(table.merge(shapes, on="area_id", how="left"), geometry="geometry", crs="EPSG:4326")
    frame.loc[
        frame.area_id.isin(row["area_id"] for row in disputed if row["inside"].startswith("disc:")), "error_km"
    ] = WORLD_ERROR_KM
    missing = frame[frame.geometry.isna()].area_id.tolist()
    if missing:
        raise SystemExit(f"disputed_areas.csv: no face for {', '.join(missing)}; put the point inside the area")
    frame["geometry"] = snapped(frame.geometry.to_numpy())
    return frame


def country_table(folder: Path, faces: gpd.GeoDataFrame, territories: list[dict[str, str]]) -> pd.DataFrame:
    """Make the table of states and ISO territories: names, a point, a label point, bounding box, size."""
    units = gpd.read_file(inputs.natural_earth(folder, "ne_10m_admin_0_countries"))
    units["iso2"] = [UNIT_ISO2.get(unit, iso2) for unit, iso2 in zip(units.ADM0_A3, units.ISO_A2_EH, strict=True)]
    units = (
        units[units.iso2.str.len() == 2].sort_values("POP_EST", ascending=False, kind="stable").drop_duplicates("iso2")
    )
    states = faces.assign(state=[_state(face) for face in faces.itertuples()])
    land = states[states.state != ""].dissolve("state").geometry
    rows = [_country_row(unit, land.get(unit.iso2, unit.geometry)) for unit in units.itertuples()]
    rows += [_territory_row(row, land[row["iso2"]]) for row in territories]
    return pd.DataFrame(rows).fillna("").sort_values("iso2").reset_index(drop=True)


def _country_row(unit: Any, land: BaseGeometry) -> dict[str, Any]:
    kosovo = unit.ADM0_A3 == "KOS"
    palestine = unit.ADM0_A3 == "PSX"
    names = {f"name_{code}": getattr(unit, f"NAME_{code.upper()}") for code in ("ru", "uk", "tr", "ar", "he", "fa")}
    return {
        "iso2": unit.iso2,
        "iso3": "XKX" if kosovo else "PSE" if palestine else unit.ISO_A3_EH,
        "name": unit.NAME_EN or unit.ADMIN,
        "short_name": unit.NAME,
        "long_name": unit.NAME_LONG,
        "formal_name": unit.FORMAL_EN or "",
        "continent": unit.CONTINENT,
        **_place(land, (unit.LABEL_X, unit.LABEL_Y)),
        "population": int(unit.POP_EST),
        "wikidata_id": unit.WIKIDATAID,
        **names,
    }


def _territory_row(row: dict[str, str], land: BaseGeometry) -> dict[str, Any]:
    point = land.representative_point()
    texts = {
        name: row[name] for name in ("iso2", "iso3", "name", "long_name", "formal_name", "continent", "wikidata_id")
    }
    return {
        **texts,
        "short_name": row["name"],
        "population": int(row["population"]),
        **_place(land, (point.x, point.y)),
    }


def _place(land: BaseGeometry, label: tuple[float, float]) -> dict[str, float | None]:
    """Give the columns that say where a country is and how large."""
    area_km2 = float(gpd.GeoSeries([land], crs="EPSG:4326").to_crs("ESRI:54034").area.iloc[0]) / 1e6
    (lon, lat), (west, south, east, north) = _middle(land, label), _bounds(land)
    return {
        "lon": round(lon, 3),
        "lat": round(lat, 3),
        "label_lon": round(label[0], 3),
        "label_lat": round(label[1], 3),
        "west": west,
        "south": south,
        "east": east,
        "north": north,
        "area_km2": round(area_km2, 1 if area_km2 < 1000 else None),
        "radius_km": round((area_km2 / np.pi) ** 0.5, 1),
    }


def _middle(land: BaseGeometry, label: tuple[float, float]) -> tuple[float, float]:
    """Give the centre of the main part, or of all parts where none prevails; the label point where that is outside."""
    parts = shapely.get_parts(_in_one_piece(land))
    largest = parts[shapely.area(parts).argmax()]
    prevails = largest.area >= shapely.area(parts).sum() / 2
    centre = (largest if prevails else shapely.union_all(parts)).centroid
    if prevails and not largest.dwithin(centre, 0.3):
        return label
    return (centre.x + 180) % 360 - 180, centre.y


def _bounds(land: BaseGeometry) -> tuple[float, ...]:
    """Give the bounding box of all but specks; west is greater than east where it lies across the 180th meridian."""
    parts = shapely.get_parts(_in_one_piece(land))
    large = parts[shapely.area(parts) >= SPECK * shapely.area(parts).sum()]
    west, south, east, north = shapely.total_bounds(large)
    edges = (west, south, east - 360 if east > 180 else east, north)
    return tuple(round(float(edge), 3) for edge in edges)


def _in_one_piece(land: BaseGeometry) -> BaseGeometry:
    """Move what lies beyond the 180th meridian to the other end of the map, where that makes the land narrower."""
    west, _, east, _ = land.bounds
    if east - west < 300:
        return land
    parts = [translate(part, xoff=360) if part.bounds[0] < 0 else part for part in shapely.get_parts(land).tolist()]
    moved = shapely.geometrycollections(parts)
    return moved if moved.bounds[2] - moved.bounds[0] < east - west else land
