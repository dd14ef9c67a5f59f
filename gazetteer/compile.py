"""Compile the gazetteer into one SQLite file: atomically, so that two processes may do it at once."""

import json
import os
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path

from gazetteer.curated import scan_curated
from gazetteer.distance import distance_km
from gazetteer.fold import fold_once
from gazetteer.model import FeatureClass, Holder, Name, Place
from gazetteer.world import DATA, Entry, tables, towns, world_version

SCHEMA_VERSION = 7
Progress = Callable[[str, int, int], None]
_EXPECTED_TOWNS = 235_000
_SAME_TOWN_KM = 8.0
_SCHEMA = """
CREATE TABLE places (pid INTEGER PRIMARY KEY, place_id TEXT, name TEXT, feature_class TEXT, lat REAL, lon REAL, radius_km REAL,
    country TEXT, admin TEXT, population INTEGER, origin TEXT, sources TEXT, confidence TEXT, note TEXT);
CREATE TABLE names (folded TEXT, pid INTEGER, tier INTEGER, PRIMARY KEY (folded, pid)) WITHOUT ROWID;
CREATE TABLE details (pid INTEGER PRIMARY KEY, names TEXT, holders TEXT, alternates TEXT);
CREATE TABLE boxes (pid INTEGER PRIMARY KEY, west REAL, south REAL, east REAL, north REAL);
CREATE TABLE shared_names (folded TEXT, place_id TEXT, position INTEGER);
"""
_INDEXES = """
CREATE UNIQUE INDEX by_place_id ON places (place_id);
CREATE INDEX by_lat ON places (lat);
CREATE INDEX names_of ON names (pid);
CREATE INDEX by_country ON places (country);
CREATE INDEX by_class ON places (feature_class) WHERE feature_class <> 'settlement';
CREATE INDEX by_shared ON shared_names (folded);
"""


def gazetteer_key() -> str:
    """Return the hash of all that the compiled gazetteer follows from: town list, package data, schema."""
    digest = sha256(f"{SCHEMA_VERSION} {world_version()}".encode())
    for path in sorted(chain(DATA.glob("*.csv"), DATA.glob("*/*.csv"))):
        digest.update(path.relative_to(DATA).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def compile_gazetteer(target: Path, *, progress: Progress | None = None) -> None:
    """Compile curated places, countries, provinces, waters and the world's towns into `target`.

    Parameters
    ----------
    target : Path
        The SQLite file; it appears whole or not at all.
    progress : callable, optional
        Called with what is being done, how many places are done, and about how many there are.
    """
    curated, _ = scan_curated()
    shared = [(fold_once(s.text), p, i) for s in curated.shared_names for i, p in enumerate(s.place_ids)]
    write_gazetteer(target, merged(curated.places, chain(tables(), towns())), shared=shared, progress=progress)


def merged(curated: Iterable[Place], world: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the world's places without those that the curated gazetteer has, and last the curated ones.

    A curated place takes over the population and the alternate spellings of the world's entry for it: the same class
    and a name in common, close by (a country: the same code).
    """
    entries = [Entry(place) for place in curated]
    by_name: dict[str, list[int]] = {}
    for i, entry in enumerate(entries):
        for key in {k for k, _ in _keys(entry) if k}:
            by_name.setdefault(key, []).append(i)
    for entry in world:
        near = {i for key, _ in _keys(entry) for i in by_name.get(key, ()) if _is_same(entries[i].place, entry.place)}
        for i in near:
            entries[i] = _taken_over(entries[i], entry)
        if not near:
            yield entry
    yield from _peopled(entries)


def _peopled(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Give the provinces and districts without a count the people of the settlements that are said to lie in them.

    Without it a province ranks behind the village of the same name.
    """
    above = {entry.place.place_id: entry.place.admin for entry in entries}
    people: Counter[str] = Counter()
    for entry in entries:
        if entry.place.feature_class is FeatureClass.SETTLEMENT:
            for container in _chain(entry.place.admin, above):
                people[container] += entry.place.population
    for entry in entries:
        counted = people[entry.place.place_id]
        if entry.place.feature_class is FeatureClass.ADMIN and not entry.place.population and counted:
            yield replace(entry, place=replace(entry.place, population=counted))
        else:
            yield entry


def _chain(container: str, above: Mapping[str, str]) -> Iterator[str]:
    """Give a place's containers from the inside out; a ring of containers ends where it closes."""
    seen: set[str] = set()
    while container and container not in seen:
        seen.add(container)
        yield container
        container = above.get(container, "")


def _is_same(curated: Place, world: Place) -> bool:
    """Tell whether a curated and a world's entry are one place."""
    if curated.feature_class is not world.feature_class or None in {curated.lat, curated.lon}:
        return False
    if curated.feature_class is FeatureClass.COUNTRY:
        return curated.country == world.country
    reach = _SAME_TOWN_KM if curated.feature_class is FeatureClass.SETTLEMENT else max(_SAME_TOWN_KM, curated.radius_km)
    return distance_km(curated.lat or 0.0, curated.lon or 0.0, world.lat or 0.0, world.lon or 0.0) <= reach


def _taken_over(curated: Entry, world: Entry) -> Entry:
    """Give a curated entry what only the world's has: population, ADM1 code, alternate spellings, bounds."""
    place = curated.place
    people = max(place.population, world.place.population)
    other = dict.fromkeys((*curated.alternates, *world.alternates))
    return Entry(
        replace(place, population=people), tuple(other), curated.box or world.box, (*curated.known_as, *world.known_as)
    )


def write_gazetteer(
    target: Path,
    entries: Iterable[Entry],
    *,
    shared: Iterable[tuple[str, str, int]] = (),
    progress: Progress | None = None,
) -> int:
    """Write entries into a new SQLite file beside `target` and move it there when it is complete.

    Parameters
    ----------
    target : Path
        Where the file goes; what stood there is replaced in one step.
    entries : iterable of Entry
        The places; a place_id that comes twice is kept the first time.
    shared : iterable of (folded name, place_id, position)
        Names that several places claim, the likeliest place first.
    progress : callable, optional
        As for `compile_gazetteer`.

    Returns
    -------
    int
        How many places were written.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{target.stem}-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    scratch = Path(name)
    try:
        count = _fill(scratch, entries, list(shared), progress)
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)
    return count


def _fill(path: Path, entries: Iterable[Entry], shared: list[tuple[str, str, int]], progress: Progress | None) -> int:
    """Fill a new database; nothing is synced before the end, a crash leaves only a scratch file."""
    db = sqlite3.connect(path)
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-32768;" + _SCHEMA)
    count = 0
    seen: set[str] = set()
    for count, entry in enumerate((e for e in entries if e.place.place_id not in seen), start=1):
        seen.add(entry.place.place_id)
        _insert(db, count, entry)
        if progress is not None and count % 5000 == 0:
            progress("compiling the gazetteer", count, max(count, _EXPECTED_TOWNS))
    db.executemany("INSERT INTO shared_names VALUES (?, ?, ?)", shared)
    db.executescript(_INDEXES)
    db.commit()
    db.close()
    return count


def _insert(db: sqlite3.Connection, pid: int, entry: Entry) -> None:
    """Insert one place with its names."""
    p = entry.place
    row = (
        pid,
        p.place_id,
        p.name,
        p.feature_class.value,
        p.lat,
        p.lon,
        p.radius_km,
        p.country,
        p.admin,
        p.population,
        p.origin,
    )
    db.execute(
        "INSERT INTO places VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)", (*row, ";".join(p.sources), p.confidence, p.note)
    )
    keys = {key: tier for key, tier in sorted(_keys(entry), key=lambda k: -k[1]) if key}
    db.executemany("INSERT INTO names VALUES (?, ?, ?)", [(key, pid, tier) for key, tier in keys.items()])
    if p.names or p.holders or entry.alternates or entry.known_as:
        names = json.dumps([_packed(n) for n in p.names], ensure_ascii=False) if p.names else ""
        holders = json.dumps([_packed(h) for h in p.holders], ensure_ascii=False) if p.holders else ""
        db.execute(
            "INSERT INTO details VALUES (?,?,?,?)",
            (pid, names, holders, "|".join((*entry.known_as, *entry.alternates))),
        )
    if entry.box:
        db.execute("INSERT INTO boxes VALUES (?,?,?,?,?)", (pid, *entry.box))


def _packed(record: Name | Holder) -> dict[str, str]:
    """Keep only the fields that say something."""
    return {key: value for key, value in asdict(record).items() if value}


def _keys(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield the folded names with their tier: 0 the name, 1 a curated other name, 2 an alternate spelling."""
    p: Place = entry.place
    yield fold_once(p.name.split(" (")[0]), 0
    for name in p.names:
        yield fold_once(name.text), 1
    for text in entry.known_as:
        yield fold_once(text), 1
    for text in entry.alternates:
        yield fold_once(text), 2
