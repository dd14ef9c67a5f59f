"""Write places as CSV, GeoJSON or in the form of a GeoNames dump."""

import csv
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import IO

from gazetteer.curated import read_curated
from gazetteer.importer import imported_sets
from gazetteer.model import FeatureClass, Place
from gazetteer.show import place_record
from gazetteer.store import Gazetteer
from geo.errors import MarchlandError
from geo.vectors import replacing

CSV_COLUMNS = (
    "place_id",
    "name",
    "feature_class",
    "lat",
    "lon",
    "radius_km",
    "country",
    "admin",
    "population",
    "names",
    "sources",
    "confidence",
    "note",
    "geonames_id",
    "wikidata_id",
)
# The commonest code of GeoNames for each of our classes.
GEONAMES_CODES = {
    FeatureClass.SETTLEMENT: ("P", "PPL"),
    FeatureClass.ADMIN: ("A", "ADMD"),
    FeatureClass.COUNTRY: ("A", "PCLI"),
    FeatureClass.REGION: ("L", "RGN"),
    FeatureClass.LAKE: ("H", "LK"),
    FeatureClass.RIVER: ("H", "STM"),
    FeatureClass.ROAD: ("R", "RD"),
    FeatureClass.BORDER: ("A", "ZNB"),
    FeatureClass.MOUNTAIN: ("T", "MT"),
    FeatureClass.FACILITY: ("S", "FCL"),
}
# Above every id that GeoNames has given, so that places without one do not collide with its own.
FIRST_OWN_ID = 9_000_000_000


class Form(StrEnum):
    """The forms that places are written in."""

    CSV = "csv"
    GEOJSON = "geojson"
    GEONAMES = "geonames"


def export_places(places: Iterable[Place], path: Path, form: Form) -> int:
    """Write places to a file, whole or not at all.

    Parameters
    ----------
    places : iterable of Place
        The places; those without a point are left out.
    path : Path
        The file; its folder must exist.
    form : Form
        csv: one row a place, names joined by "|"; geojson: points (RFC 7946) with every name in full; geonames: the 19
        columns of a GeoNames dump, tab-separated, no header.

    Returns
    -------
    int
        How many places were written.

    Raises
    ------
    MarchlandError
        When the file cannot be written.
    """
    write = {Form.CSV: _write_csv, Form.GEOJSON: _write_geojson, Form.GEONAMES: _write_geonames}[form]
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        return write(file, (place for place in places if place.lat is not None and place.lon is not None))


def _write_csv(file: IO[str], places: Iterable[Place]) -> int:
    """Write a table with a header."""
    table = csv.writer(file, lineterminator="\n")
    table.writerow(CSV_COLUMNS)
    count = 0
    for place in places:
        count += 1
        record = place_record(place)
        record["names"] = "|".join(dict.fromkeys(name.text for name in place.names))
        record["sources"] = ";".join(place.sources)
        table.writerow([record[column] for column in CSV_COLUMNS])
    return count


def _write_geojson(file: IO[str], places: Iterable[Place]) -> int:
    """Write a FeatureCollection, one feature a line."""
    file.write('{"type": "FeatureCollection", "features": [')
    count = 0
    for count, place in enumerate(places, start=1):
        properties = {key: value for key, value in place_record(place).items() if key not in {"lat", "lon"}}
        point = {"type": "Point", "coordinates": [place.lon, place.lat]}
        feature = {"type": "Feature", "id": place.place_id, "geometry": point, "properties": properties}
        file.write((",\n" if count > 1 else "\n") + json.dumps(feature, ensure_ascii=False))
    file.write("\n]}\n")
    return count


def _write_geonames(file: IO[str], places: Iterable[Place]) -> int:
    """Write the 19 columns of GeoNames; names lose commas and tabs, which part them there."""
    count = 0
    for place in places:
        count += 1
        main, code = GEONAMES_CODES[place.feature_class]
        others = dict.fromkeys(_plain(name.text).replace(",", " ") for name in place.names)
        name = _plain(place.name)
        row = [_geonames_id(place), name, name, ",".join(others), f"{place.lat}", f"{place.lon}", main, code]
        row += [place.country, "", _plain(place.admin), "", "", "", f"{place.population}", "", "", "", ""]
        file.write("\t".join(row) + "\n")
    return count


def _plain(text: str) -> str:
    """Return a text on one line without tabs."""
    return " ".join(text.split())


def _geonames_id(place: Place) -> str:
    """Return a place's GeoNames id, or a number of its own that stays the same."""
    own = place.geonames_id or place.place_id.removeprefix("gn-")
    if own.isdecimal():
        return own
    return str(FIRST_OWN_ID + int(sha256(place.place_id.encode()).hexdigest()[:7], 16))


def curated_places(name: str = "") -> Iterator[Place]:
    """Yield the places of a curated set, of all of them without a name.

    Parameters
    ----------
    name : str
        The set, such as "karabakh".

    Yields
    ------
    Place
        In file order.

    Raises
    ------
    MarchlandError
        When there is no such set, or a row is faulty.
    """
    curated = read_curated()
    if name not in {"", *curated.sets}:
        raise MarchlandError(f"there is no curated set {name!r}; there are: {', '.join(curated.sets)}")
    for place in curated.places:
        if name in {"", curated.set_of(place.place_id)}:
            yield place


def imported_places(name: str = "") -> Iterator[Place]:
    """Yield the places of an imported set, of all of them without a name.

    Parameters
    ----------
    name : str
        The set.

    Yields
    ------
    Place
        With all names, in the order of the import.

    Raises
    ------
    MarchlandError
        When there is no such set.
    """
    sets = [found for found in imported_sets() if name in {"", found.name}]
    if not sets:
        has = ", ".join(found.name for found in imported_sets()) or "none"
        raise MarchlandError(f"there is no imported set {name or 'at all'}; there are: {has}")
    for found in sets:
        yield from _places_in(found.path)


def _places_in(path: Path) -> Iterator[Place]:
    """Yield the places of one compiled file."""
    gazetteer = Gazetteer(path)
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
        for (place_id,) in db.execute("SELECT place_id FROM places ORDER BY pid"):
            yield gazetteer.place(place_id)
