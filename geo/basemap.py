"""The base map: countries, borders, provinces, waters, disputed areas and lines, compiled into `geo/data`.

Borders are OpenStreetMap's (ODbL) inside the curated region around Armenia and Azerbaijan and Natural Earth's elsewhere; land that two
sides claim is in neither country's polygon but in `disputed_areas`. Nothing is loaded before it is asked for, and the table of countries
needs neither geopandas nor shapely. All coordinates are (lon, lat) in WGS84 degrees, bounds west, south, east, north.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import BaseMapError
from geo.points import check_point

if TYPE_CHECKING:
    from geopandas import GeoDataFrame
    from shapely import MultiLineString

DATA = Path(__file__).parent / "data"

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


REGION: Bounds = (43.0, 38.0, 51.0, 42.0)
"""The curated region, whose borders are OpenStreetMap's."""

REGION_ERROR_KM = 0.3
WORLD_ERROR_KM = 2.0
"""How far a border may be off inside and outside the region, from the measurements in docs/basemap.md."""


@dataclass(frozen=True, slots=True)
class Country:
    """A state or ISO 3166 territory.

    `lon`, `lat` is the middle of its main part, `label_lon`, `label_lat` where a map writes its name. In `bounds` west is greater than
    east where the country lies across the 180th meridian. `radius_km` is that of a disc of its area. `names` are short names by language
    code (ru, uk, tr, ar, he, fa).
    """

    iso2: str
    iso3: str
    name: str
    short_name: str
    long_name: str
    formal_name: str
    continent: str
    lon: float
    lat: float
    label_lon: float
    label_lat: float
    bounds: Bounds
    area_km2: float
    radius_km: float
    population: int
    wikidata_id: str
    names: dict[str, str]


@cache
def country_table() -> dict[str, Country]:
    """Give all countries by ISO 3166-1 alpha-2 code (Kosovo as XK).

    Examples
    --------
    >>> country_table()["AM"].long_name, country_table()["AM"].radius_km
    ('Armenia', 97.3)
    """
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as file:
        return {row["iso2"]: _country(row) for row in csv.DictReader(file)}


def country(iso2: str) -> Country:
    """Give one country.

    Raises
    ------
    BaseMapError
        There is no country with that code.

    Examples
    --------
    >>> country("AZ").formal_name
    'Republic of Azerbaijan'
    """
    found = country_table().get(iso2.upper())
    if found is None:
        raise BaseMapError(f"there is no country {iso2!r}; use an ISO 3166-1 code of two letters like AM")
    return found


def country_point(iso2: str) -> tuple[float, float]:
    """Give the middle of a country's main part as (lon, lat).

    Raises
    ------
    BaseMapError
        There is no country with that code.

    Examples
    --------
    >>> lon, lat = country_point("AM")
    >>> 44 < lon < 46, 40 < lat < 41
    (True, True)
    """
    found = country(iso2)
    return found.lon, found.lat


def countries() -> "GeoDataFrame":
    """Give the undisputed land of each country.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns iso2, source, geometry (WGS84). Countries whose whole land is claimed by another side too are only in `disputed_areas`.
    """
    return _layer("countries")


def border_between(iso2_a: str, iso2_b: str, *, disputed: bool = True) -> "MultiLineString":
    """Give the shared border of two countries.

    The border is the one between the two states as recognised; where no recognised border exists it is the line between the land
    that each of them holds (the Line of Control between India and Pakistan).

    Parameters
    ----------
    iso2_a, iso2_b : str
        ISO 3166-1 alpha-2 codes, in any order.
    disputed : bool
        Whether to include the stretches along land that both or others claim.

    Returns
    -------
    shapely.MultiLineString
        WGS84 degrees.

    Raises
    ------
    BaseMapError
        There is no such country, or the two share no land border.

    Examples
    --------
    >>> border = border_between("AM", "AZ")
    >>> [round(edge, 1) for edge in border.bounds]
    [44.8, 38.8, 46.6, 41.3]
    """
    import shapely
    from shapely import MultiLineString

    first, second = sorted((country(iso2_a).iso2, country(iso2_b).iso2))
    frame = _layer("borders")
    rows = frame[(frame.iso2_a == first) & (frame.iso2_b == second) & (disputed | (frame.kind == "recognised"))]
    if rows.empty:
        raise BaseMapError(f"{first} and {second} share no land border in the base map")
    merged = shapely.line_merge(shapely.union_all(rows.geometry.to_numpy()))
    return MultiLineString([part for part in shapely.get_parts(merged).tolist() if part.geom_type == "LineString"])


@cache
def neighbours(iso2: str) -> tuple[str, ...]:
    """Give the countries that share a land border with a country, sorted.

    Raises
    ------
    BaseMapError
        There is no country with that code.

    Examples
    --------
    >>> neighbours("AM")
    ('AZ', 'GE', 'IR', 'TR')
    """
    code = country(iso2).iso2
    frame = _layer("borders")
    return tuple(sorted({*frame[frame.iso2_a == code].iso2_b, *frame[frame.iso2_b == code].iso2_a}))


def possible_countries(lon: float, lat: float) -> frozenset[str]:
    """Give every country that a point may lie in, as far as the base map can tell.

    Parameters
    ----------
    lon, lat : float
        WGS84 degrees.

    Returns
    -------
    frozenset of str
        ISO codes of the countries within the base map's error of the point; empty at sea and on land that belongs to no state by
        international recognition.

    Raises
    ------
    CoordinateError
        The point is not on the Earth.

    Examples
    --------
    >>> sorted(possible_countries(44.51, 40.18)), sorted(possible_countries(-30.0, 40.0))
    (['AM'], [])
    """
    return frozenset(_possible(lon, lat) - {""})


def country_at(lon: float, lat: float) -> str | None:
    """Give the country that a point lies in by international recognition, None where the base map cannot say.

    Parameters
    ----------
    lon, lat : float
        WGS84 degrees.

    Returns
    -------
    str or None
        ISO code; None at sea, within the base map's error of a border, and where no state is recognised.

    Raises
    ------
    CoordinateError
        The point is not on the Earth.

    Examples
    --------
    >>> country_at(49.87, 40.41), country_at(-30.0, 40.0)
    ('AZ', None)
    """
    found = _possible(lon, lat)
    return next(iter(found)) or None if len(found) == 1 else None


def border_error_km(lon: float, lat: float) -> float:
    """Say how far the base map's borders may be off at a point.

    Examples
    --------
    >>> border_error_km(45.0, 40.0), border_error_km(36.0, 50.0)
    (0.3, 2.0)
    """
    west, south, east, north = REGION
    return REGION_ERROR_KM if west <= lon <= east and south <= lat <= north else WORLD_ERROR_KM


def disputed_areas() -> "GeoDataFrame":
    """Give the areas that more than one side claims.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns area_id, name, recognised (ISO code of the state it belongs to by international recognition, "" for none), held_by,
        claimants (joined by ";"), since, source, note, error_km, geometry (WGS84).
    """
    return _layer("disputed_areas")


def _country(row: dict[str, str]) -> Country:
    texts = {
        name: row[name]
        for name in ("iso2", "iso3", "name", "short_name", "long_name", "formal_name", "continent", "wikidata_id")
    }
    numbers = {name: float(row[name]) for name in ("lon", "lat", "label_lon", "label_lat", "area_km2", "radius_km")}
    bounds = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
    names = {key.removeprefix("name_"): value for key, value in row.items() if key.startswith("name_")}
    return Country(**texts, **numbers, bounds=bounds, population=int(row["population"]), names=names)  # type: ignore[arg-type]


@cache
def _load(name: str) -> "GeoDataFrame":
    import geopandas

    return geopandas.read_parquet(DATA / "shapes" / f"{name}.parquet")


def _layer(name: str) -> "GeoDataFrame":
    """Give a layer as a frame of its own; pandas copies the columns when one of them is changed."""
    return _load(name).copy(deep=False)


def _possible(lon: float, lat: float) -> set[str]:
    """Find the states within the error of a point; "" stands for land without a recognised one."""
    from geo.shapes import disc

    lon, lat = check_point(lon, lat)
    near = disc(lon, lat, border_error_km(lon, lat))
    land, areas = _layer("countries"), _layer("disputed_areas")
    found = set(land.iso2.iloc[land.sindex.query(near, predicate="intersects")])
    # Some areas are drawn more coarsely than the borders around them.
    for index in areas.sindex.query(disc(lon, lat, WORLD_ERROR_KM), predicate="intersects"):
        row = areas.iloc[index]
        if row.geometry.intersects(disc(lon, lat, max(row.error_km, border_error_km(lon, lat)))):
            found.add(row.recognised)
    return found
