"""The rows of the curated tables, checked one by one: what a value may be, and what it must point to."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from gazetteer.model import FeatureClass, Holder, Name, Place
from gazetteer.records import Claim, SharedName, Side, Source
from gazetteer.tables import Faults, Row, check_one_of, check_pattern, check_period, number, read_table

SOURCE_COLUMNS = ("source_id", "title", "publisher", "year", "url", "licence", "note")
SIDE_COLUMNS = ("side", "label", "label_switch")
PLACE_COLUMNS = (
    "place_id",
    "name",
    "feature_class",
    "lat",
    "lon",
    "radius_km",
    "country",
    "admin",
    "geonames_id",
    "wikidata_id",
    "sources",
    "confidence",
    "note",
)
NAME_COLUMNS = ("place_id", "text", "language", "script", "side", "kind", "since", "until", "source", "note")
HOLDER_COLUMNS = ("place_id", "holder", "since", "until", "source", "note")
CLAIM_COLUMNS = ("place_id", "claimant", "claim", "since", "until", "source", "note")
SHARED_COLUMNS = ("text", "place_ids", "note")

NAME_KINDS = ("official", "endonym", "exonym", "historical", "soviet", "transliteration", "attested")
CONFIDENCES = ("high", "medium", "low")
# First words of the Unicode names of each script's letters.
SCRIPT_LETTERS = {
    "Latn": "LATIN",
    "Armn": "ARMENIAN",
    "Cyrl": "CYRILLIC",
    "Arab": "ARABIC",
    "Geor": "GEORGIAN",
    "Hebr": "HEBREW",
    "Grek": "GREEK",
    "Deva": "DEVANAGARI",
    "Thai": "THAI",
    "Khmr": "KHMER",
    "Ethi": "ETHIOPIC",
}


class CuratedTables:
    """The tables of the curated sets below one folder; `faults` gathers what is wrong with any row.

    Parameters
    ----------
    root : Path
        The folder with `sources.csv`, `sides.csv` and the sets.
    sets : tuple of str
        The folders of the sets.
    """

    def __init__(self, root: Path, sets: tuple[str, ...]) -> None:
        self.root = root
        self.sets = sets
        self.faults = Faults()
        self.where: dict[str, str] = {}
        self.sources = self._sources()
        self.sides = self._sides()
        self._source_ids = frozenset(source.source_id for source in self.sources)
        self._side_ids = sorted(side.side for side in self.sides)

    def _sources(self) -> tuple[Source, ...]:
        """Read `sources.csv`."""
        rows = self._read("sources.csv", SOURCE_COLUMNS, ("source_id", "title"))
        self._check_unique(rows, "source_id")
        return tuple(Source(**row.values) for row in rows)

    def _sides(self) -> tuple[Side, ...]:
        """Read `sides.csv`."""
        rows = self._read("sides.csv", SIDE_COLUMNS, ("side", "label"))
        self._check_unique(rows, "side")
        return tuple(Side(**row.values) for row in rows)

    def _read(self, label: str, columns: tuple[str, ...], required: Iterable[str]) -> list[Row]:
        """Read one file."""
        return read_table(self.root / label, label=label, columns=columns, required=required, faults=self.faults)

    def rows(self, file: str, columns: tuple[str, ...], required: Iterable[str]) -> list[Row]:
        """Return the rows of one file of every set that are sound in form."""
        needed = tuple(required)
        return [row for folder in self.sets for row in self._read(f"{folder}/{file}", columns, needed)]

    def _check_unique(self, rows: Iterable[Row], column: str) -> None:
        """Note every row whose id another row has already."""
        first: dict[str, str] = {}
        for row in rows:
            if row[column] in first:
                self.faults.add(row.where, f"{column} {row[column]!r} is taken by {first[row[column]]}; choose another")
            first.setdefault(row[column], row.where)

    def places(self) -> list[Place]:
        """Return the sound places without their names; call this before the other tables."""
        required = ("place_id", "name", "feature_class", "radius_km", "sources", "confidence")
        rows = self.rows("places.csv", PLACE_COLUMNS, required)
        self._check_unique(rows, "place_id")
        first = {row["place_id"]: row for row in reversed(rows)}
        placed = [(row, self._place(row)) for row in rows if first[row["place_id"]] is row]
        self.where = {place.place_id: row.where for row, place in placed if place is not None}
        for row, place in placed:
            if place is not None:
                self._check_admin(row)
        return [place for _, place in placed if place is not None]

    def _place(self, row: Row) -> Place | None:
        """Make the place of a row, None when the row is faulty."""
        before = len(self.faults.lines)
        self._check_place_values(row)
        lat, lon = self.point(row)
        radius_km = number(row, "radius_km", 0, 10000, self.faults)
        if len(self.faults.lines) > before or radius_km is None:
            return None
        return Place(
            place_id=row["place_id"],
            name=row["name"],
            feature_class=FeatureClass(row["feature_class"]),
            lat=lat,
            lon=lon,
            radius_km=radius_km,
            country=row["country"],
            admin=row["admin"],
            origin="curated",
            sources=row.many("sources"),
            confidence=row["confidence"],
            note=row["note"],
            geonames_id=row["geonames_id"],
            wikidata_id=row["wikidata_id"],
        )

    def _check_place_values(self, row: Row) -> None:
        """Check the values of a places row that stand for themselves."""
        faults = self.faults
        check_pattern(row, "place_id", r"[a-z0-9]+(-[a-z0-9]+)*", faults, remedy="write it like lachin-district")
        check_one_of(row, "feature_class", [c.value for c in FeatureClass], faults)
        check_pattern(row, "country", r"[A-Z]{2}", faults, remedy="write the two capital letters of ISO 3166-1")
        check_pattern(row, "geonames_id", r"[1-9]\d*", faults, remedy="write the number only")
        check_pattern(row, "wikidata_id", r"Q[1-9]\d*", faults, remedy="write it like Q399")
        check_one_of(row, "confidence", CONFIDENCES, faults)
        self._check_sources(row, "sources")

    def point(self, row: Row) -> tuple[float | None, float | None]:
        """Return latitude and longitude in degrees; both may be empty, one alone is a fault."""
        if not row["lat"] and not row["lon"]:
            return None, None
        if not row["lat"] or not row["lon"]:
            self.faults.add(row.where, "one of lat and lon is empty; fill both, or none where the place has no point")
            return None, None
        hint = "; are the columns swapped?"
        return (
            number(row, "lat", -90, 90, self.faults, hint=hint),
            number(row, "lon", -180, 180, self.faults, hint=hint),
        )

    def _check_sources(self, row: Row, column: str) -> None:
        """Note every source that `sources.csv` does not have."""
        for source in row.many(column):
            if source not in self._source_ids:
                remedy = "add it to sources.csv, or join several by ';'"
                self.faults.add(row.where, f"source {source!r} is unknown; {remedy}")

    def _check_admin(self, row: Row) -> None:
        """Note an `admin` that is no place, or the place itself."""
        admin = row["admin"]
        if admin and admin not in self.where:
            self.faults.add(row.where, f"admin {admin!r} is no place_id; add that place, or leave it empty")
        elif admin == row["place_id"]:
            self.faults.add(row.where, f"admin {admin!r} is the place itself; name what contains it")

    def check_place_id(self, row: Row) -> None:
        """Note a row about a place that is not there."""
        if row["place_id"] not in self.where:
            remedy = "add or mend it there"
            self.faults.add(row.where, f"place_id {row['place_id']!r} has no sound row in places.csv; {remedy}")

    def names(self) -> defaultdict[str, list[Name]]:
        """Return the names by place_id."""
        required = ("place_id", "text", "language", "script", "side", "kind", "source")
        names: defaultdict[str, list[Name]] = defaultdict(list)
        seen: dict[tuple[str, ...], str] = {}
        for row in self.rows("names.csv", NAME_COLUMNS, required):
            before = len(self.faults.lines)
            self._check_name(row)
            key = tuple(row[c] for c in ("place_id", "text", "language", "side", "kind"))
            if key in seen:
                self.faults.add(row.where, f"name {row['text']!r} stands already at {seen[key]}; delete one")
            seen.setdefault(key, row.where)
            if len(self.faults.lines) == before:
                names[row["place_id"]].append(Name(**_without_place(row)))
        return names

    def _check_name(self, row: Row) -> None:
        """Check one row of `names.csv`."""
        faults = self.faults
        self.check_place_id(row)
        check_pattern(row, "language", r"[a-z]{2,3}", faults, remedy="write an ISO 639 code such as hy")
        check_one_of(row, "side", self._side_ids, faults, remedy="add it to sides.csv")
        check_one_of(row, "kind", NAME_KINDS, faults)
        check_period(row, faults)
        self._check_sources(row, "source")
        if not check_pattern(row, "script", r"[A-Z][a-z]{3}", faults, remedy="write an ISO 15924 code such as Armn"):
            return
        strays = stray_letters(row["text"], row["script"])
        if strays:
            what = f"text {row['text']!r} has letters of another script than {row['script']}: {strays!r}"
            faults.add(row.where, f"{what}; type them anew, or change the script")

    def holders(self) -> defaultdict[str, list[Holder]]:
        """Return who held what, by place_id."""
        holders: defaultdict[str, list[Holder]] = defaultdict(list)
        for row in self.dated_rows("holders.csv", HOLDER_COLUMNS, ("place_id", "holder", "source")):
            holders[row["place_id"]].append(Holder(**_without_place(row)))
        return holders

    def claims(self) -> tuple[Claim, ...]:
        """Return who claims what."""
        rows = self.dated_rows("claims.csv", CLAIM_COLUMNS, ("place_id", "claimant", "source"))
        return tuple(Claim(**row.values) for row in rows)

    def dated_rows(
        self, file: str, columns: tuple[str, ...], required: tuple[str, ...], *, dated: bool = True
    ) -> list[Row]:
        """Return the sound rows of a table that says something of places, from when to when where `dated`."""
        sound = []
        for row in self.rows(file, columns, required):
            before = len(self.faults.lines)
            self.check_place_id(row)
            if dated:
                check_period(row, self.faults)
            if "source" in columns:
                self._check_sources(row, "source")
            if len(self.faults.lines) == before:
                sound.append(row)
        return sound

    def shared_names(self) -> tuple[SharedName, ...]:
        """Return the names that several places carry."""
        shared = []
        for row in self.rows("shared_names.csv", SHARED_COLUMNS, SHARED_COLUMNS):
            place_ids = row.many("place_ids")
            unknown = [place_id for place_id in place_ids if place_id not in self.where]
            if unknown:
                what = f"place_ids {', '.join(unknown)} have no sound row in places.csv"
                self.faults.add(row.where, f"{what}; add or mend them there")
            elif len(set(place_ids)) < 2:
                what = f"place_ids {row['place_ids']!r} is one place"
                self.faults.add(row.where, f"{what}; a shared name has at least two, joined by ';'")
            else:
                shared.append(SharedName(row["text"], place_ids, row["note"]))
        return tuple(shared)


def _without_place(row: Row) -> dict[str, str]:
    """Return the values of a row except its place_id."""
    return {column: value for column, value in row.values.items() if column != "place_id"}


def stray_letters(text: str, script: str) -> str:
    """Return the letters of a text that do not belong to a script ("" for scripts that are not checked).

    A Cyrillic letter that looks Latin hides a name from every search, so it is a fault.

    Examples
    --------
    >>> stray_letters("Gоris", "Latn"), stray_letters("Գորիս", "Armn")
    ('о', '')
    """
    word = SCRIPT_LETTERS.get(script)
    if word is None:
        return ""
    # Modifier letters (Lm: the ayn and the apostrophes of transliteration) belong to every script.
    letters = [c for c in text if unicodedata.category(c) in {"Lu", "Ll", "Lt", "Lo"}]
    return "".join(c for c in letters if not unicodedata.name(c, "").startswith(word))
