"""Read the places of a user's file: a GeoNames dump, a CSV of places, GeoJSON points."""

import csv
import json
import re
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from gazetteer.curated import DATA
from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.tables import Faults
from gazetteer.world import Entry, town_radius_km
from geo.errors import DataFileError

GEONAMES_COLUMNS = 19
STEP = 5000
MOST = 100_000_000_000
# Headers that other tools write for our columns.
COLUMN_ALIASES = {
    "id": "place_id",
    "latitude": "lat",
    "y": "lat",
    "longitude": "lon",
    "lng": "lon",
    "long": "lon",
    "x": "lon",
    "alternatenames": "names",
    "alternate_names": "names",
    "source": "sources",
    "class": "feature_class",
    "country_code": "country",
}
_NAME_FIELDS = frozenset(column.name for column in fields(Name))
_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Reading:
    """A user's file while it is read: its name in messages, the set that it becomes, faults, and what was left out."""

    path: Path
    set_name: str
    told: Told | None = None
    faults: Faults = field(default_factory=Faults)
    left_out: int = 0
    taken: dict[str, int] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The source id of the places: `import:` and the set."""
        return f"import:{self.set_name}"


def entries_of(reading: Reading) -> Iterator[Entry]:
    """Yield the sound places of a file, by its form; the faults of the others gather in `reading`.

    Parameters
    ----------
    reading : Reading
        The file: .zip and .txt are GeoNames dumps, .csv and .tsv tables of places, .geojson and .json points.

    Yields
    ------
    Entry
        Places in WGS84 degrees, `origin` imported.

    Raises
    ------
    DataFileError
        When the file as a whole cannot be read.
    """
    readers = {
        ".zip": _geonames,
        ".txt": _geonames,
        ".csv": _table,
        ".tsv": _table,
        ".geojson": _points,
        ".json": _points,
    }
    reader = readers.get(reading.path.suffix.lower())
    if reader is None:
        remedy = f"give a file that ends in {', '.join(readers)}"
        raise DataFileError([f"{reading.path}: {reading.path.suffix or 'no ending'} is not a form of places; {remedy}"])
    try:
        yield from reader(reading)
    except OSError as error:
        raise DataFileError([f"{reading.path}: {error.strerror}; name a file that can be read"]) from error
    except csv.Error as error:
        remedy = "is a quotation mark left open?"
        raise DataFileError([f"{reading.path.name}: it is no sound table ({error}); {remedy}"]) from error
    except UnicodeDecodeError as error:
        raise DataFileError(
            [f"{reading.path}: byte {error.object[error.start]:#04x} is not UTF-8; save it as UTF-8"]
        ) from error


def _geonames(reading: Reading) -> Iterator[Entry]:
    """Yield the places of a GeoNames dump: 19 columns, tab-separated, UTF-8, no header."""
    with _dump(reading.path) as (label, lines, size):
        done = 0
        for number, line in enumerate(lines, start=1):
            done += len(line)
            if reading.told is not None and number % STEP == 0:
                reading.told(min(done, size), size)
            if line.strip():
                entry = _geonames_entry(line.rstrip("\r\n").split("\t"), f"{label}:{number}", reading)
                if entry is not None:
                    yield entry


@contextmanager
def _dump(path: Path) -> Iterator[tuple[str, Iterable[str], int]]:
    """Open a dump, in a zip or not; give its label, its lines and its size in bytes."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", newline="\n") as lines:
            yield path.name, lines, path.stat().st_size
        return
    try:
        with zipfile.ZipFile(path) as archive:
            tables = [
                m for m in archive.infolist() if m.filename.endswith(".txt") and "readme" not in m.filename.lower()
            ]
            if len(tables) != 1:
                found = ", ".join(member.filename for member in archive.infolist()) or "nothing"
                raise DataFileError([f"{path.name}: it holds {found}; it must hold one .txt beside readme.txt"])
            if tables[0].flag_bits & 1:
                raise DataFileError([f"{path.name}: it is locked by a password; unpack it first"])
            with archive.open(tables[0]) as raw, TextIOWrapper(raw, encoding="utf-8-sig", newline="\n") as lines:
                yield f"{path.name}/{tables[0].filename}", lines, tables[0].file_size
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise DataFileError([f"{path.name}: it is no sound zip file ({error}); download it again"]) from error


def _geonames_entry(values: list[str], where: str, reading: Reading) -> Entry | None:
    """Make the entry of one row; None (with a fault) when it is faulty, None when its class is not ours."""
    if len(values) != GEONAMES_COLUMNS:
        what = (
            f"{len(values)} columns, beginning {values[0][:40]!r}; a GeoNames row has {GEONAMES_COLUMNS}, tab-separated"
        )
        reading.faults.add(where, what)
        return None
    code = f"{values[6]}.{values[7]}" if values[7] else values[6]
    sort = _code(code)
    if sort is None:
        reading.left_out += 1
        return None
    before = len(reading.faults.lines)
    lat, lon = (
        _degrees(values[4], 90, "latitude", where, reading),
        _degrees(values[5], 180, "longitude", where, reading),
    )
    if not values[0].isdecimal():
        reading.faults.add(where, f"geonameid {values[0]!r} is no number; is this a GeoNames dump?")
    if not values[1].strip():
        reading.faults.add(where, "name is empty; it must be filled")
    if len(reading.faults.lines) > before:
        return None
    population = int(values[14]) if values[14].isdecimal() and len(values[14]) <= len(str(MOST)) else 0
    feature_class, radius_km = sort
    place = Place(
        place_id=f"gn-{values[0]}",
        name=values[1],
        feature_class=feature_class,
        lat=lat,
        lon=lon,
        radius_km=max(radius_km, town_radius_km(population)) if feature_class is FeatureClass.SETTLEMENT else radius_km,
        country=values[8],
        admin=values[10],
        population=population,
        origin="imported",
        sources=(reading.source,),
        geonames_id=values[0],
    )
    others = dict.fromkeys(name for name in (values[2], *values[3].split(",")) if name and name != values[1])
    return Entry(place, tuple(others))


@cache
def _codes() -> dict[str, tuple[FeatureClass, float]]:
    """Read which of GeoNames' feature codes is which of ours."""
    with (DATA / "geonames_codes.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["code"]: (FeatureClass(row["feature_class"]), float(row["radius_km"])) for row in csv.DictReader(lines)
        }


@cache
def _code(code: str) -> tuple[FeatureClass, float] | None:
    """Return our class and radius for a GeoNames code such as "P.PPL", by its longest beginning that is known."""
    known = _codes()
    found = max((prefix for prefix in known if code.startswith(prefix)), key=len, default=None)
    return known[found] if found else None


def _degrees(text: object, limit: int, what: str, where: str, reading: Reading) -> float | None:
    """Return a coordinate in degrees, None with a fault when it is none."""
    try:
        value = float(str(text))
    except ValueError:
        reading.faults.add(where, f"{what} {text!r} is not a number; write decimal degrees like 39.51")
        return None
    if not abs(value) <= limit:
        reading.faults.add(where, f"{what} {text} is outside -{limit}..{limit}; are the columns swapped?")
        return None
    return value


def _table(reading: Reading) -> Iterator[Entry]:
    """Yield the places of a CSV with a header: name, lat, lon, and what else of our columns it has."""
    label = reading.path.name
    with reading.path.open(encoding="utf-8-sig", newline="") as lines:
        header = lines.readline()
        delimiter = max(",;\t", key=header.count)
        columns = [_column(cell) for cell in next(csv.reader([header], delimiter=delimiter), [])]
        missing = [column for column in ("name", "lat", "lon") if column not in columns]
        if missing:
            remedy = "the first line must name the columns name, lat and lon"
            raise DataFileError([f"{label}:1: there is no column {', '.join(missing)}; {remedy}"])
        rows, begins = csv.reader(lines, delimiter=delimiter), 2
        for cells in rows:
            where, begins = f"{label}:{begins}", rows.line_num + 2
            if not any(cells):
                continue
            if len(cells) != len(columns):
                what = f"{len(cells)} values for {len(columns)} columns; quote values that contain {delimiter!r}"
                reading.faults.add(where, what)
                continue
            values = dict(zip(columns, cells, strict=True))
            entry = _free_entry({**values, "names": values.get("names", "").split("|")}, where, reading)
            if entry is not None:
                yield entry


def _column(header: str) -> str:
    """Return our name for a column."""
    plain = header.strip().lower().replace(" ", "_")
    return COLUMN_ALIASES.get(plain, plain)


def _points(reading: Reading) -> Iterator[Entry]:
    """Yield the points of a GeoJSON file, named by their properties."""
    label = reading.path.name
    try:
        document = json.loads(reading.path.read_text(encoding="utf-8-sig"))
    except json.JSONDecodeError as error:
        raise DataFileError([f"{label}:{error.lineno}: it is no JSON ({error.msg}); mend it there"]) from error
    features = document.get("features", [document]) if isinstance(document, dict) else None
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise DataFileError([f"{label}: it is no GeoJSON; it must be a Feature or a FeatureCollection"])
    for number, feature in enumerate(features, start=1):
        entry = _feature_entry(feature, f"{label}: feature {number}", reading)
        if entry is not None:
            yield entry


def _feature_entry(feature: Mapping[str, Any], where: str, reading: Reading) -> Entry | None:
    """Make the entry of one GeoJSON feature."""
    geometry, told = feature.get("geometry") or {}, feature.get("properties") or {}
    if not isinstance(geometry, dict) or not isinstance(told, dict):
        reading.faults.add(where, "geometry and properties must be objects; is this GeoJSON?")
        return None
    point = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(point, list) or len(point) < 2:
        reading.faults.add(where, f"geometry is {geometry.get('type') or 'missing'}; only points can be imported")
        return None
    properties = {_column(key): value for key, value in told.items()}
    if "id" in feature:
        properties.setdefault("place_id", str(feature["id"]))
    return _free_entry({**properties, "lon": point[0], "lat": point[1]}, where, reading)


def _free_entry(values: Mapping[str, Any], where: str, reading: Reading) -> Entry | None:
    """Make the entry of a row or feature with our columns, as far as it has them."""
    before = len(reading.faults.lines)
    name = _text(values, "name")
    lat, lon = _degrees(values["lat"], 90, "lat", where, reading), _degrees(values["lon"], 180, "lon", where, reading)
    feature_class = _text(values, "feature_class") or "settlement"
    if not name:
        reading.faults.add(where, "name is empty; it must be filled")
    if feature_class not in list(FeatureClass):
        reading.faults.add(where, f"feature_class {feature_class!r} is unknown; use one of {', '.join(FeatureClass)}")
    place_id = _place_id(_text(values, "place_id"), name, where, reading)
    radius_km = _size(values, "radius_km", 1.0, where, reading)
    population = int(_size(values, "population", 0.0, where, reading))
    full, spellings = _names(values.get("names") or (), where, reading)
    if len(reading.faults.lines) > before:
        return None
    cited = [source.strip() for source in _text(values, "sources").split(";")]
    place = Place(
        place_id=place_id,
        name=name,
        feature_class=FeatureClass(feature_class),
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        country=_text(values, "country").upper(),
        admin=_text(values, "admin"),
        population=population,
        origin="imported",
        sources=tuple(dict.fromkeys(source for source in (*cited, reading.source) if source)),
        confidence=_text(values, "confidence"),
        note=_text(values, "note"),
        names=full,
    )
    return Entry(place, tuple(spelling for spelling in spellings if spelling != name))


def _text(values: Mapping[str, Any], column: str) -> str:
    """Return a value as text without blanks around it, "" where there is none."""
    value = values.get(column)
    if isinstance(value, list):
        value = ";".join(str(part) for part in value)
    return "" if value is None else str(value).strip()


def _size(values: Mapping[str, Any], column: str, default: float, where: str, reading: Reading) -> float:
    """Return a number that is not negative, the default where there is none."""
    text = _text(values, column)
    if not text:
        return default
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= MOST:
        reading.faults.add(where, f"{column} {text!r} is no number from 0 up; leave it empty when it is unknown")
        return default
    return value


def _names(told: Iterable[Any], where: str, reading: Reading) -> tuple[tuple[Name, ...], tuple[str, ...]]:
    """Return the full names (objects with text, language, side, ...) and the bare spellings of a place."""
    full, spellings = [], []
    for one in told:
        if isinstance(one, dict) and one.get("text"):
            full.append(Name(**{key: str(value) for key, value in one.items() if key in _NAME_FIELDS}))
        elif isinstance(one, str):
            spellings.append(one.strip())
        else:
            reading.faults.add(where, f"name {one!r} is neither text nor an object with text; mend it")
    return tuple(full), tuple(spelling for spelling in spellings if spelling)


def _place_id(given: str, name: str, where: str, reading: Reading) -> str:
    """Return the id given, or one made of the set and the name; a second one of a name is numbered."""
    if given:
        if given in reading.taken:
            reading.faults.add(where, f"place_id {given!r} stands twice; choose another")
        reading.taken[given] = 1
        return given
    made = f"{reading.set_name}-{slug(name)}"
    reading.taken[made] = reading.taken.get(made, 0) + 1
    return made if reading.taken[made] == 1 else f"{made}-{reading.taken[made]}"


def slug(text: str) -> str:
    """Return a text as an id: lower-case ASCII words joined by hyphens.

    Examples
    --------
    >>> slug("Xankəndi (Stepanakert)")
    'xankendi-stepanakert'
    """
    words = fold(text).split()
    return "-".join(words) or "place"
