"""The compiled layers of the base map, each loaded when it is first asked for."""

import csv
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.countries import DATA, Bounds, country

if TYPE_CHECKING:
    from geopandas import GeoDataFrame


@dataclass(frozen=True, slots=True)
class NamedArea:
    """A sea, strait, range or large region as a disc: `kind` is continent, region, ocean, sea, gulf, strait, canal, mountains, islands or site.

    `names` are other names in English usage, `countries` the ISO codes of the countries it touches where these are few.
    """

    area_id: str
    name: str
    kind: str
    lon: float
    lat: float
    radius_km: float
    names: tuple[str, ...]
    countries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    """A province or district: `geonames_admin1` is the GeoNames code ("AM.08") of most towns in it, "" where none are known.

    `iso2` is "" where no state is recognised. `radius_km` is that of a disc of its area.
    """

    province_id: str
    iso2: str
    name: str
    local_name: str
    other_names: tuple[str, ...]
    fips: str
    geonames_admin1: str
    lon: float
    lat: float
    radius_km: float


def layer(name: str) -> "GeoDataFrame":
    """Give a layer of `geo/data/shapes` as a frame of its own (pandas copies what is changed), WGS84.

    Examples
    --------
    >>> "iso2" in layer("countries").columns
    True
    """
    return _load(name).copy(deep=False)


def countries() -> "GeoDataFrame":
    """Give the undisputed land of each country.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns iso2, source, geometry (WGS84). Countries whose whole land is claimed by another side too are only in `disputed_areas`.
    """
    return layer("countries")


def disputed_areas() -> "GeoDataFrame":
    """Give the areas that more than one side claims.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns area_id, name, recognised (ISO code of the state it belongs to by international recognition, "" for none), held_by,
        claimants (joined by ";"), since, source, note, error_km, geometry (WGS84).
    """
    return layer("disputed_areas")


def disputed_lines() -> "GeoDataFrame":
    """Give ceasefire lines, lines of control and former boundaries.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns line_id, name, parties (joined by ";"), since, until ("" for today), source, note, error_km, geometry (WGS84).

    Examples
    --------
    >>> lines = disputed_lines().set_index("line_id")
    >>> lines.loc["line-of-contact-1994", ["since", "until"]].tolist()
    ['1994-05-12', '2020-11-10']
    """
    return layer("disputed_lines")


def lakes(bounds: Bounds | None = None) -> "GeoDataFrame":
    """Give lakes and reservoirs that touch the bounds, everywhere by default.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns name ("" where unknown), area_km2, rank (0 large to 10 small), source, geometry (WGS84).

    Examples
    --------
    >>> "Lake Sevan" in lakes((45.0, 40.0, 46.0, 41.0)).name.tolist()
    True
    """
    return _within(layer("lakes"), bounds)


def rivers(bounds: Bounds | None = None) -> "GeoDataFrame":
    """Give rivers that touch the bounds, everywhere by default.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns name ("" where unknown), rank (0 large to 8 small), source, geometry (lines, WGS84).

    Examples
    --------
    >>> sorted(rivers((45.0, 39.0, 47.0, 41.0)).name)
    ['Aras', 'Kura']
    """
    return _within(layer("rivers"), bounds)


def provinces(iso2: str | None = None) -> "GeoDataFrame":
    """Give provinces and districts with their shapes.

    Parameters
    ----------
    iso2 : str, optional
        Only those of this country.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of `Province` and geometry (WGS84).

    Raises
    ------
    BaseMapError
        There is no country with that code.

    Examples
    --------
    >>> len(provinces("AM"))
    11
    """
    import pandas as pd

    frame = layer("provinces")
    rows = [(one.province_id, one.iso2, one.name, one.local_name, one.lon, one.lat) for one in province_table()]
    table = pd.DataFrame(rows, columns=["province_id", "iso2", "name", "local_name", "lon", "lat"])
    found = frame.merge(table, on="province_id", validate="one_to_one")
    return found if iso2 is None else found[found.iso2 == country(iso2).iso2].reset_index(drop=True)


@cache
def province_table() -> tuple[Province, ...]:
    """Give all provinces and districts without their shapes; quick.

    Examples
    --------
    >>> [province.name for province in province_table() if province.geonames_admin1 == "AM.08"]
    ['Syunik']
    """
    with (DATA / "provinces.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_province(row) for row in csv.DictReader(file))


@cache
def named_areas() -> tuple[NamedArea, ...]:
    """Give seas, straits, ranges and large regions as points with a radius.

    Examples
    --------
    >>> [area.radius_km for area in named_areas() if area.name == "South Caucasus"]
    [320.0]
    """
    with (DATA / "named_areas.csv").open(encoding="utf-8", newline="") as file:
        return tuple(_named_area(row) for row in csv.DictReader(file))


def _province(row: dict[str, str]) -> Province:
    numbers = {name: float(row[name]) for name in ("lon", "lat", "radius_km")}
    texts = {name: row[name] for name in ("province_id", "iso2", "name", "local_name", "fips", "geonames_admin1")}
    return Province(**texts, **numbers, other_names=_parts(row["other_names"]))  # type: ignore[arg-type]


def _named_area(row: dict[str, str]) -> NamedArea:
    numbers = {name: float(row[name]) for name in ("lon", "lat", "radius_km")}
    texts = {name: row[name] for name in ("area_id", "name", "kind")}
    return NamedArea(**texts, **numbers, names=_parts(row["names"]), countries=_parts(row["countries"]))  # type: ignore[arg-type]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part for part in text.split(";") if part)


def _within(frame: "GeoDataFrame", bounds: Bounds | None) -> "GeoDataFrame":
    from geo.clip import window

    if bounds is None:
        return frame
    return frame.iloc[sorted(frame.sindex.query(window(bounds), predicate="intersects"))].reset_index(drop=True)


@cache
def _load(name: str) -> "GeoDataFrame":
    import geopandas

    return geopandas.read_parquet(DATA / "shapes" / f"{name}.parquet")
