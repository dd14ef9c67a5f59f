"""Contested roads: lines through named points, sections that share a line, and their dated status."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from gazetteer.curated import DATA, curated_sets
from gazetteer.curated_rows import CuratedTables
from gazetteer.tables import Faults, Row, check_one_of, number
from geo.errors import DataFileError

POINT_COLUMNS = ("place_id", "seq", "name", "lat", "lon", "source", "note")
STATUS_COLUMNS = ("place_id", "status", "since", "until", "by", "source", "note")
SECTION_COLUMNS = ("place_id", "part_of", "from_seq", "to_seq")
STATUSES = ("open", "closed", "contested", "threatened", "proposed")


@dataclass(frozen=True, slots=True)
class RoadPoint:
    """A named point that a road runs through, in WGS84 degrees."""

    seq: int
    name: str
    lon: float
    lat: float
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class DatedStatus:
    """What a road was from when to when, who made it so, and who says it. Dates are ISO, possibly only a year or month."""

    status: str
    since: str = ""
    until: str = ""
    by: str = ""
    source: str = ""
    note: str = ""

    def holds_on(self, day: date) -> bool:
        """Say whether the status is that of a day, both ends included; an open end has no limit."""
        first = _first_day(self.since) if self.since else date.min
        last = _last_day(self.until) if self.until else date.max
        return first <= day <= last


@dataclass(frozen=True, slots=True)
class Road:
    """A road as a schematic line through named points.

    A section (`part_of` is the whole road's place_id) has the stretch of the whole road's points as its own, and the
    whole road's statuses where it has none.
    """

    place_id: str
    name: str
    named_points: tuple[RoadPoint, ...]
    statuses: tuple[DatedStatus, ...] = ()
    part_of: str = ""

    @property
    def points(self) -> tuple[tuple[float, float], ...]:
        """The line as (lon, lat) pairs in WGS84 degrees."""
        return tuple((point.lon, point.lat) for point in self.named_points)


def roads(folder: Path | None = None) -> tuple[Road, ...]:
    """Return the curated contested roads, sorted by place_id.

    Parameters
    ----------
    folder : Path, optional
        A folder of curated sets; the package's own when None.

    Returns
    -------
    tuple of Road
        Lines of (lon, lat) in WGS84 degrees; they are schematic, no survey.

    Raises
    ------
    DataFileError
        With every fault of the road tables: file, line, value, remedy.

    Examples
    --------
    >>> all(len(road.points) >= 2 for road in roads())
    True
    """
    found, faults = scan_roads(folder)
    if faults:
        raise DataFileError(faults)
    return found


def scan_roads(folder: Path | None = None) -> tuple[tuple[Road, ...], list[str]]:
    """Return the sound roads, and one line per fault of the road tables beside them.

    Parameters
    ----------
    folder : Path, optional
        As for `roads`.

    Returns
    -------
    tuple of tuple of Road and list of str
        The roads and the faults.
    """
    root = folder or DATA
    tables = CuratedTables(root, curated_sets(root))
    labels = {place.place_id: place.name for place in tables.places()}
    tables.faults = Faults()
    first_rows: dict[str, str] = {}
    points = _points(tables, first_rows)
    statuses = _statuses(tables, first_rows)
    whole = [Road(i, labels[i], tuple(line), statuses.get(i, ())) for i, line in points.items() if len(line) > 1]
    sections = _sections(tables, {road.place_id: road for road in whole}, labels, statuses)
    every = sorted([*whole, *sections], key=lambda road: road.place_id)
    _check_drawn(first_rows, every, tables.faults)
    return tuple(every), tables.faults.lines


def statuses_on(road: Road, day: date) -> tuple[DatedStatus, ...]:
    """Return every status that some source gives a road on a day, the one that began last first.

    Parameters
    ----------
    road : Road
        The road.
    day : date
        The day.

    Returns
    -------
    tuple of DatedStatus
        Empty where nothing is known of that day.

    Examples
    --------
    >>> shut = DatedStatus("closed", since="2022-12-12", source="a")
    >>> road = Road("r", "R", (), (DatedStatus("open", "1994", "2022-12-11", source="b"), shut))
    >>> [found.status for found in statuses_on(road, date(2023, 1, 1))]
    ['closed']
    """
    found = [status for status in road.statuses if status.holds_on(day)]
    return tuple(sorted(found, key=lambda status: status.since, reverse=True))


def status_on(road: Road, day: date) -> DatedStatus | None:
    """Return the status of a road on a day that began last, None where nothing is known of that day.

    Parameters
    ----------
    road : Road
        The road.
    day : date
        The day.

    Returns
    -------
    DatedStatus or None
        The status with its dates and source.

    Examples
    --------
    >>> road = Road("r", "R", (), (DatedStatus("open", "1994", "2022-12-11", source="a"),))
    >>> status_on(road, date(2022, 12, 11)).status, status_on(road, date(2022, 12, 12))
    ('open', None)
    """
    return next(iter(statuses_on(road, day)), None)


def _first_day(partial: str) -> date:
    """Return the first day of an ISO date, month or year."""
    return date.fromisoformat((partial + "-01-01")[:10])


def _last_day(partial: str) -> date:
    """Return the last day of an ISO date, month or year."""
    if len(partial) == 10:
        return date.fromisoformat(partial)
    if len(partial) == 4:
        return date(int(partial), 12, 31)
    return (_first_day(partial) + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def _points(tables: CuratedTables, first_rows: dict[str, str]) -> Mapping[str, list[RoadPoint]]:
    """Read `road_points.csv`: each road's points in the order of `seq`."""
    lines: defaultdict[str, dict[int, RoadPoint]] = defaultdict(dict)
    for row in tables.dated_rows("road_points.csv", POINT_COLUMNS, ("place_id", "seq", "name", "source"), dated=False):
        first_rows.setdefault(row["place_id"], row.where)
        seq = number(row, "seq", 0, 9999, tables.faults)
        lat, lon = tables.point(row)
        if seq is None or lat is None or lon is None:
            continue
        if int(seq) in lines[row["place_id"]]:
            tables.faults.add(row.where, f"seq {row['seq']} stands twice in {row['place_id']}; number the points anew")
        point = RoadPoint(int(seq), row["name"], lon, lat, row["source"], row["note"])
        lines[row["place_id"]][int(seq)] = point
    return {place_id: [line[seq] for seq in sorted(line)] for place_id, line in lines.items()}


def _statuses(tables: CuratedTables, first_rows: dict[str, str]) -> Mapping[str, tuple[DatedStatus, ...]]:
    """Read `road_status.csv`, each road's statuses in order of time."""
    found: defaultdict[str, list[DatedStatus]] = defaultdict(list)
    for row in tables.dated_rows("road_status.csv", STATUS_COLUMNS, ("place_id", "status", "source")):
        first_rows.setdefault(row["place_id"], row.where)
        if check_one_of(row, "status", STATUSES, tables.faults):
            values = {column: row[column] for column in STATUS_COLUMNS if column != "place_id"}
            found[row["place_id"]].append(DatedStatus(**values))
    return {place_id: tuple(sorted(dated, key=lambda s: (s.since, s.until))) for place_id, dated in found.items()}


def _sections(
    tables: CuratedTables,
    whole: Mapping[str, Road],
    labels: Mapping[str, str],
    statuses: Mapping[str, tuple[DatedStatus, ...]],
) -> list[Road]:
    """Read `road_sections.csv`: roads that are stretches of a road with points."""
    sections = []
    for row in tables.dated_rows("road_sections.csv", SECTION_COLUMNS, SECTION_COLUMNS, dated=False):
        parent = whole.get(row["part_of"])
        place_id = row["place_id"]
        if parent is None:
            tables.faults.add(row.where, f"part_of {row['part_of']!r} has no points in road_points.csv; add them there")
        elif place_id in whole:
            tables.faults.add(row.where, f"{place_id!r} has points of its own; delete them, or delete this section")
        elif stretch := _stretch(row, parent, tables.faults):
            told = statuses.get(place_id, parent.statuses)
            sections.append(Road(place_id, labels[place_id], stretch, told, part_of=parent.place_id))
    return sections


def _stretch(row: Row, parent: Road, faults: Faults) -> tuple[RoadPoint, ...]:
    """Return the points of a section, () where its ends are not two points of the whole road in order."""
    seqs = [point.seq for point in parent.named_points]
    ends = [number(row, column, seqs[0], seqs[-1], faults) for column in ("from_seq", "to_seq")]
    first, last = ends
    if first is None or last is None:
        return ()
    if first not in seqs or last not in seqs or first >= last:
        remedy = f"use two of {', '.join(map(str, seqs))}, the lower first"
        faults.add(row.where, f"{row['from_seq']}..{row['to_seq']} is no stretch of {parent.place_id}; {remedy}")
        return ()
    return tuple(point for point in parent.named_points if first <= point.seq <= last)


def _check_drawn(first_rows: Mapping[str, str], drawn: list[Road], faults: Faults) -> None:
    """Note what has a status or a single point but no line."""
    lines = {road.place_id for road in drawn}
    for place_id, where in first_rows.items():
        if place_id not in lines:
            faults.add(where, f"{place_id!r} has no line; give it two points in road_points.csv, or a section")
