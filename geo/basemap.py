"""The base map: countries, borders, provinces, waters, disputed areas and lines, compiled into `geo/data`.

Borders are OpenStreetMap's (ODbL) inside the curated region around Armenia and Azerbaijan and Natural Earth's elsewhere; land that two
sides claim is in neither country's polygon but in `disputed_areas`. Nothing is loaded before it is asked for, and the table of countries
needs neither geopandas nor shapely. All coordinates are (lon, lat) in WGS84 degrees, bounds west, south, east, north.
"""

from functools import cache
from typing import TYPE_CHECKING

from geo.clip import clip_for_map
from geo.countries import Bounds, Country, country, country_point, country_table
from geo.errors import BaseMapError
from geo.layers import (
    NamedArea,
    Province,
    countries,
    disputed_areas,
    disputed_lines,
    lakes,
    layer,
    named_areas,
    province_table,
    provinces,
    rivers,
)
from geo.points import check_point

if TYPE_CHECKING:
    from shapely import MultiLineString

__all__ = [
    "REGION",
    "REGION_ERROR_KM",
    "WORLD_ERROR_KM",
    "Country",
    "NamedArea",
    "Province",
    "border_between",
    "border_error_km",
    "clip_for_map",
    "countries",
    "country",
    "country_at",
    "country_point",
    "country_table",
    "disputed_areas",
    "disputed_lines",
    "lakes",
    "named_areas",
    "neighbours",
    "possible_countries",
    "province_table",
    "provinces",
    "rivers",
]

REGION: Bounds = (43.0, 38.0, 51.0, 42.0)
"""The curated region, whose borders are OpenStreetMap's."""

REGION_ERROR_KM = 0.3
WORLD_ERROR_KM = 2.5
"""How far a border may be off inside and outside the region, from the measurements in docs/basemap.md."""


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
    frame = layer("borders")
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
    frame = layer("borders")
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
    (0.3, 2.5)
    """
    west, south, east, north = REGION
    return REGION_ERROR_KM if west <= lon <= east and south <= lat <= north else WORLD_ERROR_KM


def _possible(lon: float, lat: float) -> set[str]:
    """Find the states within the error of a point; "" stands for land without a recognised one."""
    from geo.shapes import disc

    lon, lat = check_point(lon, lat)
    near = disc(lon, lat, border_error_km(lon, lat))
    land, areas = layer("countries"), layer("disputed_areas")
    found = set(land.iso2.iloc[land.sindex.query(near, predicate="intersects")])
    # Some areas are drawn more coarsely than the borders around them.
    for index in areas.sindex.query(disc(lon, lat, WORLD_ERROR_KM), predicate="intersects"):
        row = areas.iloc[index]
        if row.geometry.intersects(disc(lon, lat, max(row.error_km, border_error_km(lon, lat)))):
            found.add(row.recognised)
    return found
