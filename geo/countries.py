"""The table of countries: names, points, bounding boxes. Needs neither geopandas nor shapely, so it may be read at start."""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.errors import BaseMapError

DATA = Path(__file__).parent / "data"

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


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


def _country(row: dict[str, str]) -> Country:
    texts = {
        name: row[name]
        for name in ("iso2", "iso3", "name", "short_name", "long_name", "formal_name", "continent", "wikidata_id")
    }
    numbers = {name: float(row[name]) for name in ("lon", "lat", "label_lon", "label_lat", "area_km2", "radius_km")}
    bounds = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
    names = {key.removeprefix("name_"): value for key, value in row.items() if key.startswith("name_")}
    return Country(**texts, **numbers, bounds=bounds, population=int(row["population"]), names=names)  # type: ignore[arg-type]
