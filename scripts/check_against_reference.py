"""Compare the curated places with a reference table, for curators: where the points differ by more than 3 km.

    python scripts/check_against_reference.py [--reference ../shared/reference/gazetteer_am_az.tsv] [--set karabakh] [-v]

The reference is a tab-separated table with the columns geonameid, name, lat, lon, hy, az, ru, altnames ("|" between
them). Each curated place with a point is compared with the row of its geonames_id, and with the nearest row that
shares one of its names within 30 km (beyond it is a namesake). A difference above the limit is a finding, unless the row's note names a distance in km: the
note has to say which point is right, and why. `-v` lists the places that the reference does not have, too.
"""

import argparse
import csv
import sys
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from geopy.distance import geodesic

from gazetteer.curated import scan_curated
from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Place

POINT_CLASSES = {FeatureClass.SETTLEMENT, FeatureClass.FACILITY, FeatureClass.MOUNTAIN}
NAMESAKE_KM = 30.0


@dataclass(frozen=True, slots=True)
class ReferenceRow:
    """One row of the reference: its source, id, label and point in degrees."""

    source: str
    geonames_id: str
    name: str
    lat: float
    lon: float

    def km_from(self, place: Place) -> float:
        """Return the distance to a place."""
        return float(geodesic((self.lat, self.lon), (place.lat, place.lon)).km)

    def __str__(self) -> str:
        """Say which row it is."""
        return f"{self.name} ({self.source} {self.geonames_id}) {self.lat:.4f},{self.lon:.4f}"


def read_reference(path: Path) -> tuple[dict[str, ReferenceRow], dict[str, list[ReferenceRow]]]:
    """Return the rows of the reference by GeoNames id and by folded name."""
    by_id: dict[str, ReferenceRow] = {}
    by_name: dict[str, list[ReferenceRow]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as lines:
        for values in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            row = ReferenceRow(
                values["src"], values["geonameid"], values["name"], float(values["lat"]), float(values["lon"])
            )
            by_id.setdefault(row.geonames_id, row)
            spellings = [values[column] or "" for column in ("name", "hy", "az", "ru", "altnames")]
            for name in {fold(part) for spelling in spellings for part in spelling.split("|")} - {""}:
                by_name[name].append(row)
    return by_id, by_name


def findings(
    place: Place, by_id: dict[str, ReferenceRow], by_name: dict[str, list[ReferenceRow]], limit_km: float
) -> list[str]:
    """Return what is to be said of one place."""
    said = []
    own = by_id.get(place.geonames_id) if place.geonames_id else None
    if place.geonames_id and own is None:
        said.append(f"geonames_id {place.geonames_id} is not in the reference")
    if own is not None and own.km_from(place) > limit_km and "km" not in place.note:
        said.append(f"{own.km_from(place):.1f} km from its geonames_id {own}")
    same = {row for name in place.names for row in by_name.get(fold(name.text), [])}
    near = min(same, key=lambda row: row.km_from(place), default=None)
    if near is None:
        said.append("no row of the reference has any of its names")
    elif near.km_from(place) > limit_km and "km" not in place.note:
        if near.km_from(place) > NAMESAKE_KM:
            said.append(f"only a namesake is in the reference, {near.km_from(place):.0f} km off: {near}")
        else:
            said.append(f"{near.km_from(place):.1f} km from the nearest same-named row {near}")
    return said


def main() -> int:
    """Print one line per finding; 1 when two points differ by more than the limit."""
    parser = argparse.ArgumentParser(description="Compare curated places with a reference table.")
    parser.add_argument("--reference", type=Path, default=Path("../shared/reference/gazetteer_am_az.tsv"))
    parser.add_argument("--set", default="", help="only this set")
    parser.add_argument("--limit-km", type=float, default=3.0)
    parser.add_argument("-v", "--verbose", action="store_true", help="also list places that the reference lacks")
    options = parser.parse_args()
    if not options.reference.is_file():
        print(f"{options.reference}: there is no such file; name the reference table with --reference", file=sys.stderr)
        return 2
    by_id, by_name = read_reference(options.reference)
    curated, faults = scan_curated()
    for fault in faults:
        print(fault, file=sys.stderr)
    checked, far, missing = 0, 0, 0
    for place in curated.places:
        where = curated.row_of(place.place_id)
        if place.lat is None or place.feature_class not in POINT_CLASSES or not where.startswith(options.set):
            continue
        checked += 1
        for said in findings(place, by_id, by_name, options.limit_km):
            differs = " km from " in said
            far += differs
            missing += not differs
            if differs or options.verbose:
                print(f"{where}: {place.place_id}: {said}")
    print(
        f"{checked} places compared, {far} points differ by more than {options.limit_km:g} km without a note, "
        f"{missing} names or ids not in the reference{'' if options.verbose else ' (-v lists them)'}"
    )
    return 1 if far else 0


if __name__ == "__main__":
    sys.exit(main())
