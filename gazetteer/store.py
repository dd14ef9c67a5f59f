"""Open the compiled gazetteer and look places up: by name, by id, near a name, near a point, by feature class."""

import json
import os
import sqlite3
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from gazetteer.compile import Progress, compile_gazetteer, gazetteer_key
from gazetteer.fold import fold
from gazetteer.lexicon import rows
from gazetteer.model import FeatureClass, Holder, Name, Place
from gazetteer.world import alternate_names
from geo.errors import MarchlandError

_BATCH = 500
_REMEMBERED = 60_000
_KEPT_COUNTRIES = 4
_COLUMNS = (
    "p.pid, p.place_id, p.name, p.feature_class, p.lat, p.lon, p.radius_km, p.country, p.admin, p.population, p.origin"
)


@dataclass(frozen=True, slots=True)
class NameHit:
    """A place found by one of its names; `tier` is 0 for its name, 1 for a curated other name, 2 for an alternate."""

    pid: int
    place_id: str
    name: str
    feature_class: FeatureClass
    lat: float
    lon: float
    radius_km: float
    country: str
    admin: str
    population: int
    origin: str
    tier: int = 0

    @property
    def is_primary(self) -> bool:
        """Whether the place was found by its main name."""
        return self.tier == 0


def cache_dir() -> Path:
    """Return the folder for what can be made again: `MARCHLAND_CACHE`, else the platform's cache folder.

    Examples
    --------
    >>> cache_dir().is_absolute()
    True
    """
    if told := os.environ.get("MARCHLAND_CACHE"):
        return Path(told).expanduser().absolute()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local")) / "marchland" / "cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "marchland"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache").absolute() / "marchland"


def open_gazetteer(*, progress: Progress | None = None) -> "Gazetteer":
    """Open the gazetteer, compiling it first when there is none for this version of the data.

    Parameters
    ----------
    progress : callable, optional
        Called with what is being done, how many places are done and about how many there are, while it compiles.

    Returns
    -------
    Gazetteer
        The curated places, the world's, and what the user imported.

    Raises
    ------
    MarchlandError
        When the cache folder cannot be written.
    """
    folder = cache_dir()
    path = folder / f"gazetteer-{gazetteer_key()}.sqlite"
    if not path.exists():
        try:
            compile_gazetteer(path, progress=progress)
        except OSError as error:
            raise MarchlandError(
                f"{folder}: {error.strerror}; set MARCHLAND_CACHE to a folder that can be written"
            ) from error
        _forget_old(folder, path)
    return Gazetteer(path, extra=sorted((folder / "imports").glob("*.sqlite")))


def _forget_old(folder: Path, kept: Path) -> None:
    """Delete compiled files of older data, except the newest one, which another version may be using."""
    old = sorted((p for p in folder.glob("gazetteer-*.sqlite") if p != kept), key=lambda p: p.stat().st_mtime)
    for path in old[:-1]:
        try:
            path.unlink(missing_ok=True)
        except OSError:  # in use by another process; the next compilation tries again
            continue


class Gazetteer:
    """The compiled gazetteer, opened for reading.

    Parameters
    ----------
    path : Path
        The compiled file.
    extra : sequence of Path
        Files of the same form with the user's imported places.
    """

    def __init__(self, path: Path, *, extra: Sequence[Path] = ()) -> None:
        self.path = path
        self._databases = [_connect(p) for p in (path, *extra)]
        self._remembered: dict[str, tuple[NameHit, ...]] = {}
        self._capitals: frozenset[str] | None = None
        self._within: dict[tuple[int, tuple[str, ...]], list[str]] = {}

    def lookup(self, names: Iterable[str]) -> dict[str, list[NameHit]]:
        """Find the places that have these names, in any spelling that folds alike.

        Parameters
        ----------
        names : iterable of str
            Names in any script.

        Returns
        -------
        dict of str to list of NameHit
            By the name as given, main names before alternates, then by population; names without a place are left out.
        """
        folded = {name: fold(name) for name in names}
        found = self.lookup_folded(folded.values())
        return {name: list(found[key]) for name, key in folded.items() if key in found}

    def lookup_folded(self, keys: Iterable[str]) -> dict[str, tuple[NameHit, ...]]:
        """Find the places of names that are folded already; the names that have none are left out."""
        wanted = {key for key in keys if key}
        unknown = [key for key in wanted if key not in self._remembered]
        if unknown:
            if len(self._remembered) > _REMEMBERED:
                self._remembered.clear()
                unknown = list(wanted)
            self._remembered.update(dict.fromkeys(unknown, ()))
            for number in range(len(self._databases)):
                for start in range(0, len(unknown), _BATCH):
                    self._fetch(number, unknown[start : start + _BATCH])
        return {key: hits for key in wanted if (hits := self._remembered[key])}

    def _fetch(self, number: int, keys: list[str]) -> None:
        """Fetch the hits of some keys from one of the files into memory."""
        marks = ",".join("?" * len(keys))
        sql = f"SELECT n.folded, n.tier, {_COLUMNS} FROM names n JOIN places p USING (pid) WHERE n.folded IN ({marks})"  # noqa: S608
        grouped: dict[str, list[NameHit]] = {}
        for folded, tier, *row in self._databases[number].execute(sql, keys):
            grouped.setdefault(folded, []).append(_hit(row, tier, number))
        for key, hits in grouped.items():
            merged = [*self._remembered[key], *hits]
            self._remembered[key] = tuple(sorted(merged, key=lambda h: (h.tier, -h.population, h.place_id)))

    def hit(self, place_id: str) -> NameHit | None:
        """Return a place of an id in its light form, None when there is none."""
        for number, db in enumerate(self._databases):
            sql = f"SELECT {_COLUMNS} FROM places p WHERE p.place_id = ?"  # noqa: S608
            for row in db.execute(sql, (place_id,)):
                return _hit(row, 0, number)
        return None

    def division(self, country: str, admin: str) -> tuple[NameHit, ...]:
        """Return the division of a country that has an ADM1 code, the largest when several share it."""
        sql = f"SELECT {_COLUMNS} FROM places p WHERE p.feature_class = 'admin' AND p.country = ? AND p.admin = ? ORDER BY p.place_id LIKE 'county-%', p.population DESC LIMIT 1"  # noqa: S608
        return tuple(_hit(row, 0, 0) for row in self._databases[0].execute(sql, (country, admin)))

    def capitals(self) -> frozenset[str]:
        """Return the place_ids of the capitals and of other seats that stand for governments."""
        if self._capitals is None:
            seats = [(row["country"], row["capital"]) for row in rows("capitals.csv")]
            found = self.lookup(name for _, name in seats)
            self._capitals = frozenset(
                h.place_id
                for country, name in seats
                for h in [
                    h
                    for h in found.get(name, [])
                    if h.country == country and h.feature_class is FeatureClass.SETTLEMENT
                ][:1]
            )
        return self._capitals

    @staticmethod
    def light_place(hit: NameHit) -> Place:
        """Return the place of a hit without its names, holders and notes, for which `place` goes back to the file."""
        return Place(
            hit.place_id, hit.name, hit.feature_class, hit.lat, hit.lon, hit.radius_km,
            hit.country, hit.admin, hit.population, hit.origin,
        )  # fmt: skip

    def shared(self, name: str) -> tuple[str, ...]:
        """Return the ids of the curated places that share a name, the likeliest first; () when it is not shared."""
        sql = "SELECT place_id FROM shared_names WHERE folded = ? ORDER BY position"
        return tuple(row[0] for row in self._databases[0].execute(sql, (fold(name),)))

    def place(self, place_id: str) -> Place:
        """Return a place with all its names and holders.

        Raises
        ------
        MarchlandError
            When there is no place of this id.
        """
        for db in self._databases:
            sql = f"SELECT {_COLUMNS}, p.sources, p.confidence, p.note, d.names, d.holders, d.alternates FROM places p LEFT JOIN details d USING (pid) WHERE p.place_id = ?"  # noqa: S608
            for row in db.execute(sql, (place_id,)):
                return _place(row)
        raise MarchlandError(
            f"there is no place with the id {place_id!r}; `marchland gazetteer find NAME` shows the ids"
        )

    def near_names(self, name: str, *, countries: Sequence[str] = (), limit: int = 5) -> list[tuple[NameHit, float]]:
        """Find places whose names look like this one, within some countries.

        Parameters
        ----------
        name : str
            The name as written.
        countries : sequence of str
            ISO codes; without any, only the curated places are searched (in the whole world near names are noise).
        limit : int
            How many places at most.

        Returns
        -------
        list of (NameHit, float)
            With the likeness, 0 to 100; best first, likeness before population.
        """
        from rapidfuzz import fuzz, process

        key = fold(name)
        scored: dict[str, tuple[NameHit, float]] = {}
        for number, db in enumerate(self._databases):
            names = self._names_within(number, db, tuple(countries))
            for text, score, _ in process.extract(key, names, scorer=fuzz.ratio, limit=4 * limit, score_cutoff=70):
                sql = f"SELECT n.tier, {_COLUMNS} FROM names n JOIN places p USING (pid) WHERE n.folded = ?"  # noqa: S608
                for tier, *row in db.execute(sql, (text,)):
                    hit = _hit(row, tier, number)
                    if (not countries or hit.country in countries) and score > scored.get(hit.place_id, (hit, 0.0))[1]:
                        scored[hit.place_id] = (hit, float(score))
        return sorted(scored.values(), key=lambda s: (-s[1], s[0].tier, -s[0].population))[:limit]

    def _names_within(self, number: int, db: sqlite3.Connection, countries: tuple[str, ...]) -> list[str]:
        """List the folded names of the places of some countries, of the curated places without any; keep the last ones."""
        known = self._within.get((number, countries))
        if known is not None:
            return known
        where = f"p.country IN ({','.join('?' * len(countries))})" if countries else "p.origin <> 'world'"
        sql = f"SELECT DISTINCT n.folded FROM places p JOIN names n USING (pid) WHERE {where}"  # noqa: S608
        if len(self._within) >= _KEPT_COUNTRIES:
            self._within.clear()
        return self._within.setdefault((number, countries), [row[0] for row in db.execute(sql, countries)])

    def near(self, lat: float, lon: float, km: float) -> list[tuple[Place, float]]:
        """List the places within a distance of a point, nearest first.

        Parameters
        ----------
        lat, lon : float
            WGS84 degrees.
        km : float
            The greatest distance in kilometres.

        Returns
        -------
        list of (Place, float)
            With the distance in kilometres.
        """
        from gazetteer.distance import distance_km

        reach = km / 111.0
        found = []
        for db in self._databases:
            sql = "SELECT place_id, lat, lon FROM places WHERE lat BETWEEN ? AND ?"
            for place_id, y, x in db.execute(sql, (lat - reach, lat + reach)):
                away = distance_km(lat, lon, y, x)
                if away <= km:
                    found.append((away, place_id))
        return [(self.place(place_id), round(away, 2)) for away, place_id in sorted(found)]

    def by_class(self, feature_class: FeatureClass) -> list[Place]:
        """List the places of a feature class by id. Settlements are a quarter of a million."""
        sql = "SELECT place_id FROM places WHERE feature_class = ? ORDER BY place_id"
        return [
            self.place(r[0]) for db in self._databases for r in db.execute(sql, (FeatureClass(feature_class).value,))
        ]

    def box(self, pid: int) -> tuple[float, float, float, float] | None:
        """Return the bounds (west, south, east, north) of a country, province or lake, None where it has none."""
        row = self._databases[0].execute("SELECT west, south, east, north FROM boxes WHERE pid = ?", (pid,)).fetchone()
        return tuple(row) if row else None


def _connect(path: Path) -> sqlite3.Connection:
    """Open a file for reading; its pages are shared between processes by the system."""
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    db.execute("PRAGMA mmap_size=268435456")
    return db


def _hit(row: Sequence[object], tier: int, number: int) -> NameHit:
    """Make a hit of a row; ids of the user's own files are kept apart by their number."""
    pid, place_id, name, feature_class, *rest = row
    return NameHit(pid + number * 10_000_000, place_id, name, FeatureClass(feature_class), *rest, tier)  # type: ignore[operator,arg-type,call-arg]


def _place(row: Sequence[object]) -> Place:
    """Make a full place of a row with its details."""
    (
        _,
        place_id,
        name,
        feature_class,
        lat,
        lon,
        radius_km,
        country,
        admin,
        population,
        origin,
        sources,
        confidence,
        note,
        names,
        holders,
        alternates,
    ) = row
    full = tuple(Name(**n) for n in json.loads(str(names))) if names else ()
    other = alternate_names(tuple(str(alternates).split("|"))) if alternates else ()
    return Place(
        place_id=str(place_id), name=str(name), feature_class=FeatureClass(str(feature_class)), lat=lat, lon=lon,  # type: ignore[arg-type]
        radius_km=float(str(radius_km)), country=str(country), admin=str(admin), population=int(str(population)), origin=str(origin),
        sources=tuple(s for s in str(sources).split(";") if s), confidence=str(confidence), note=str(note),
        names=full + other, holders=tuple(Holder(**h) for h in json.loads(str(holders))) if holders else (),
    )  # fmt: skip
