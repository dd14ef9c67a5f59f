"""Import a user's places beside the gazetteer: whole or not at all, and used at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from gazetteer.compile import Progress, write_gazetteer
from gazetteer.curated import scan_curated
from gazetteer.import_formats import Reading, entries_of, slug
from gazetteer.store import cache_dir, open_gazetteer
from gazetteer.world import Entry
from geo.errors import DataFileError, MarchlandError


@dataclass(frozen=True, slots=True)
class ImportedSet:
    """A set of imported places: its name, its file, how many places it holds.

    Of the import that made it: `known` places were in the gazetteer already and `left_out` are of no class of ours
    (undersea features); `faults` are the rows that were skipped.
    """

    name: str
    path: Path
    places: int
    known: int = 0
    left_out: int = 0
    faults: tuple[str, ...] = ()


def import_places(
    path: Path, *, name: str = "", skip_faulty: bool = False, progress: Progress | None = None
) -> ImportedSet:
    """Import the places of a file; a set of the same name is replaced.

    Parameters
    ----------
    path : Path
        A GeoNames country dump (.zip or .txt), a .csv or .tsv with the columns name, lat, lon, or .geojson points.
    name : str
        How the set is called; the file's name without its ending when empty.
    skip_faulty : bool
        Import the sound rows of a file that has faulty ones.
    progress : callable, optional
        Called with what is being done, how much is done, and how much there is.

    Returns
    -------
    ImportedSet
        What was imported; the gazetteer has it from now on.

    Raises
    ------
    DataFileError
        With every faulty row (file:line, value, remedy), and nothing is imported; or when no place is left.
    MarchlandError
        When the cache folder cannot be written.
    """
    if not path.is_file():
        raise DataFileError([f"{path}: there is no such file; name a .zip, .txt, .csv or .geojson of places"])
    set_name = slug(name or path.stem)
    told = None if progress is None else lambda done, size: progress(f"importing {path.name}", done, size)
    reading = Reading(path, set_name, told)
    known = _Known(progress)
    target = imports_dir() / f"{set_name}.sqlite"
    try:
        with closing(known):
            count = write_gazetteer(target, _new(reading, known, skip_faulty=skip_faulty))
    except (OSError, sqlite3.Error) as error:
        remedy = "set MARCHLAND_CACHE to a folder that can be written and has room"
        raise MarchlandError(f"{target.parent}: the places cannot be kept there ({error}); {remedy}") from error
    return ImportedSet(set_name, target, count, known.met, reading.left_out, tuple(reading.faults.lines))


def _new(reading: Reading, known: "_Known", *, skip_faulty: bool) -> Iterator[Entry]:
    """Yield the places that the gazetteer lacks; raise at the end when there were faults, before anything is kept."""
    count = 0
    for entry in entries_of(reading):
        if not known.has(entry):
            count += 1
            yield entry
    if reading.faults.lines and not skip_faulty:
        raise DataFileError(
            [*reading.faults.lines, f"{reading.path.name}: nothing is imported; mend these rows or skip them"]
        )
    if not count:
        why = "all its places are in the gazetteer already" if known.met else "it holds no place"
        raise DataFileError([*reading.faults.lines, f"{reading.path.name}: nothing to import: {why}"])


class _Known:
    """The places that the gazetteer has without imports, by id and by GeoNames id; counts those that are met."""

    def __init__(self, progress: Progress | None) -> None:
        gazetteer = open_gazetteer(progress=progress)
        self._db = sqlite3.connect(f"{gazetteer.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
        places = scan_curated()[0].places
        self._curated = {place.geonames_id for place in places if place.geonames_id}
        self.met = 0

    def has(self, entry: Entry) -> bool:
        """Say whether the gazetteer has the place."""
        place = entry.place
        found = (
            place.geonames_id in self._curated
            or self._db.execute("SELECT 1 FROM places WHERE place_id = ?", (place.place_id,)).fetchone()
        )
        self.met += bool(found)
        return bool(found)

    def close(self) -> None:
        """Close the database."""
        self._db.close()


def imports_dir() -> Path:
    """Return the folder of the imported sets, where the gazetteer looks for them.

    Examples
    --------
    >>> imports_dir().name
    'imports'
    """
    return cache_dir() / "imports"


def imported_sets() -> list[ImportedSet]:
    """Return the imported sets, by name.

    Returns
    -------
    list of ImportedSet
        With the number of places in each.
    """
    sets = []
    for path in sorted(imports_dir().glob("*.sqlite")):
        try:
            with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
                (count,) = db.execute("SELECT count(*) FROM places").fetchone()
        except sqlite3.Error as error:
            raise MarchlandError(f"{path}: it is damaged ({error}); delete it and import the places again") from error
        sets.append(ImportedSet(path.stem, path, count))
    return sets


def remove_import(name: str) -> None:
    """Remove an imported set.

    Parameters
    ----------
    name : str
        The set, as `imported_sets` names it.

    Raises
    ------
    MarchlandError
        When there is no such set.
    """
    known = {found.name: found for found in imported_sets()}
    if name not in known:
        has = ", ".join(known) or "none"
        raise MarchlandError(f"there is no imported set {name!r}; there are: {has}")
    known[name].path.unlink()
