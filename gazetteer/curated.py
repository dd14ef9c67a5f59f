"""Read the curated gazetteer: places, names, holders, claims, sources and shared names, strictly."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from gazetteer.curated_rows import CuratedTables
from gazetteer.model import Holder, Name, Place
from gazetteer.records import Claim, SharedName, Side, Source
from geo.errors import DataFileError

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Curated:
    """The whole curated gazetteer.

    `where` gives each place's row ("karabakh/places.csv:41"), `sets` the names of the folders that were read.
    """

    places: tuple[Place, ...] = ()
    claims: tuple[Claim, ...] = ()
    sources: tuple[Source, ...] = ()
    sides: tuple[Side, ...] = ()
    shared_names: tuple[SharedName, ...] = ()
    where: Mapping[str, str] | None = None
    sets: tuple[str, ...] = ()

    def by_id(self) -> dict[str, Place]:
        """Return the places by place_id."""
        return {place.place_id: place for place in self.places}

    def claims_on(self, place_id: str) -> tuple[Claim, ...]:
        """Return the claims on one place, in file order."""
        return tuple(claim for claim in self.claims if claim.place_id == place_id)

    def row_of(self, place_id: str) -> str:
        """Return where a place's row stands, its id when it was not read from a file."""
        return (self.where or {}).get(place_id, place_id)

    def set_of(self, place_id: str) -> str:
        """Return the set that a place's row stands in, "" when it was not read from a file."""
        return (self.where or {}).get(place_id, "/").split("/")[0]


def read_curated(folder: Path | None = None) -> Curated:
    """Read every curated set, and raise when any row of any file is faulty.

    Parameters
    ----------
    folder : Path, optional
        A folder with `sources.csv`, `sides.csv` and one folder per set; the package's own when None.

    Returns
    -------
    Curated
        Places with their names and holders (WGS84 degrees, radii in km), claims, sources, sides, shared names.

    Raises
    ------
    DataFileError
        With every fault of every file: file, line, value, remedy.

    Examples
    --------
    >>> "geonames" in {source.source_id for source in read_curated().sources}
    True
    """
    curated, faults = scan_curated(folder)
    if faults:
        raise DataFileError(faults)
    return curated


def scan_curated(folder: Path | None = None) -> tuple[Curated, list[str]]:
    """Read the sound rows of every curated set, and return the faults of the others beside them.

    Parameters
    ----------
    folder : Path, optional
        As for `read_curated`.

    Returns
    -------
    tuple of Curated and list of str
        What could be read, and one line per fault: file, line, value, remedy.
    """
    root = folder or DATA
    sets = curated_sets(root)
    tables = CuratedTables(root, sets)
    bare = tables.places()
    names = tables.names()
    holders = tables.holders()
    curated = Curated(
        places=tuple(_with_names(place, names[place.place_id], holders[place.place_id]) for place in bare),
        claims=tables.claims(),
        sources=tables.sources,
        sides=tables.sides,
        shared_names=tables.shared_names(),
        where=tables.where,
        sets=sets,
    )
    return curated, tables.faults.lines


def curated_sets(root: Path = DATA) -> tuple[str, ...]:
    """Return the names of the curated sets: the folders below `root` that have a `places.csv`, sorted.

    Examples
    --------
    >>> list(curated_sets()) == sorted(curated_sets())
    True
    """
    return tuple(sorted(path.parent.name for path in root.glob("*/places.csv")))


def _with_names(place: Place, names: list[Name], holders: list[Holder]) -> Place:
    """Return the place with its names, the English-usage label first, and its holders in order of time."""
    # What stands in brackets tells namesakes apart for the reader; nobody writes it.
    text = place.name.split(" (")[0]
    label = Name(text, language="en", script="Latn", side="intl", kind="attested", source=place.sources[0])
    told = any(name.text == text and name.side == "intl" for name in names)
    every = tuple(names) if told else (label, *names)
    return replace(place, names=every, holders=tuple(sorted(holders, key=lambda h: (h.since, h.until))))
