"""Everything about one place, as text and as a record: names by side, who held it when, claims, roads, sources."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from gazetteer.curated import Curated
from gazetteer.model import Holder, Name, Place
from gazetteer.records import Claim, SharedName, Source
from gazetteer.roads import DatedStatus, Road


@dataclass(frozen=True, slots=True)
class Dossier:
    """What the gazetteer knows of one place: its row, and what the other tables say of it."""

    place: Place
    claims: tuple[Claim, ...] = ()
    shared: tuple[SharedName, ...] = ()
    road: Road | None = None
    sources: tuple[Source, ...] = ()
    sides: Mapping[str, str] | None = None


def dossier(place: Place, curated: Curated, roads: Iterable[Road] = ()) -> Dossier:
    """Gather what the curated tables say of a place.

    Parameters
    ----------
    place : Place
        The place.
    curated : Curated
        The curated gazetteer.
    roads : iterable of Road
        The contested roads.

    Returns
    -------
    Dossier
        The place with the claims on it, the names that it shares, its line, and its sources.
    """
    claims = curated.claims_on(place.place_id)
    road = next((road for road in roads if road.place_id == place.place_id), None)
    cited = _cited(place, claims, road)
    known = {source.source_id: source for source in curated.sources}
    return Dossier(
        place=place,
        claims=claims,
        shared=tuple(shared for shared in curated.shared_names if place.place_id in shared.place_ids),
        road=road,
        sources=tuple(known.get(source_id, Source(source_id, source_id)) for source_id in cited),
        sides={side.side: side.label for side in curated.sides},
    )


def _cited(place: Place, claims: Iterable[Claim], road: Road | None) -> list[str]:
    """Return the ids of all the sources that anything said of the place rests on, each once."""
    said = [one.source for one in place.names]
    said += [one.source for one in place.holders]
    said += [one.source for one in claims]
    if road is not None:
        said += [one.source for one in road.statuses]
        said += [one.source for one in road.named_points]
    ids = [*place.sources, *(part.strip() for source in said for part in source.split(";"))]
    return list(dict.fromkeys(source_id for source_id in ids if source_id))


def place_record(place: Place) -> dict[str, Any]:
    """Return a place as plain values for JSON; empty values of its names and holders are left out.

    Examples
    --------
    >>> from gazetteer.model import FeatureClass
    >>> record = place_record(Place("x", "X", FeatureClass.LAKE, 1.0, 2.0, names=(Name("X", language="en"),)))
    >>> record["feature_class"], record["names"]
    ('lake', [{'text': 'X', 'language': 'en', 'side': 'intl', 'kind': 'attested'}])
    """
    record = asdict(place)
    record["feature_class"] = place.feature_class.value
    for column in ("names", "holders"):
        record[column] = [{key: value for key, value in one.items() if value} for one in record[column]]
    record["sources"] = list(place.sources)
    return record


def dossier_record(told: Dossier) -> dict[str, Any]:
    """Return a dossier as plain values for JSON."""
    record = place_record(told.place)
    record["claims"] = [asdict(claim) for claim in told.claims]
    record["shared_names"] = [asdict(shared) for shared in told.shared]
    record["road"] = asdict(told.road) if told.road else None
    record["source_details"] = [asdict(source) for source in told.sources]
    return record


def place_heading(place: Place) -> str:
    """Return one line that says which place this is.

    Examples
    --------
    >>> from gazetteer.model import FeatureClass
    >>> place_heading(Place("kapan", "Kapan", FeatureClass.SETTLEMENT, 39.2076, 46.4068, country="AM"))
    'Kapan (kapan): settlement, AM, 39.2076 N 46.4068 E'
    """
    parts = [
        place.feature_class.value,
        place.country,
        place.admin if place.origin == "curated" else "",
        point_text(place),
    ]
    return f"{place.name} ({place.place_id}): {', '.join(part for part in parts if part)}"


def point_text(place: Place) -> str:
    """Return the point in degrees, "no point" without one.

    Examples
    --------
    >>> from gazetteer.model import FeatureClass
    >>> point_text(Place("x", "X", FeatureClass.LAKE, -1.5, 2.0))
    '1.5 S 2 E'
    """
    if place.lat is None or place.lon is None:
        return "no point"
    north, east = "N" if place.lat >= 0 else "S", "E" if place.lon >= 0 else "W"
    return f"{abs(round(place.lat, 5)):g} {north} {abs(round(place.lon, 5)):g} {east}"


def name_lines(names: Iterable[Name], sides: Mapping[str, str] | None = None) -> list[str]:
    """Return one line per side with its names, each with language, kind, years and source.

    Examples
    --------
    >>> name_lines([Name("Kapan", language="en"), Name("Qafan", language="az", side="az", kind="exonym", source="atlas")])
    ['intl: Kapan (en, attested)', 'az: Qafan (az, exonym; atlas)']
    """
    by_side: dict[str, list[str]] = {}
    for name in names:
        by_side.setdefault(name.side, []).append(_name_text(name))
    return [f"{(sides or {}).get(side, side)}: {', '.join(texts)}" for side, texts in by_side.items()]


def _name_text(name: Name) -> str:
    """Return one name with what is known of it in brackets; nothing where only the spelling is known."""
    if not name.language and not name.since and not name.until:
        return name.text
    about = ", ".join(part for part in (name.language, name.kind, period_text(name.since, name.until)) if part)
    return f"{name.text} ({'; '.join(part for part in (about, name.source) if part)})"


def period_text(since: str, until: str) -> str:
    """Return from when to when, "" where neither end is known.

    Examples
    --------
    >>> period_text("1991", "2020-11-25"), period_text("", "1991"), period_text("1991", ""), period_text("", "")
    ('1991 to 2020-11-25', 'until 1991', 'since 1991', '')
    """
    if since and until:
        return f"{since} to {until}"
    return f"since {since}" if since else f"until {until}" if until else ""


def holder_line(holder: Holder) -> str:
    """Return one line that says who held the place from when to when, by which source.

    Examples
    --------
    >>> holder_line(Holder("Armenia", since="1991", source="atlas"))
    'since 1991: Armenia [atlas]'
    """
    return _dated_line(holder.holder, holder.since, holder.until, holder.source, holder.note)


def _dated_line(what: str, since: str, until: str, source: str, note: str) -> str:
    """Return a dated statement with its source and note."""
    when = period_text(since, until)
    said = f"{when}: {what}" if when else what
    return f"{said}{f' [{source}]' if source else ''}{f' ({note})' if note else ''}"


def status_line(status: DatedStatus) -> str:
    """Return one line that says what a road was from when to when."""
    what = f"{status.status} ({status.by})" if status.by else status.status
    return _dated_line(what, status.since, status.until, status.source, status.note)


def dossier_lines(told: Dossier) -> list[str]:
    """Return everything about a place as lines of text, sections set apart by a heading.

    Parameters
    ----------
    told : Dossier
        The dossier.

    Returns
    -------
    list of str
        Headings flush left, what belongs to them indented by two blanks.
    """
    place = told.place
    about = [f"radius {place.radius_km:g} km", f"confidence {place.confidence}" if place.confidence else ""]
    ids = {"GeoNames": place.geonames_id, "Wikidata": place.wikidata_id}
    about += [f"{label} {value}" for label, value in ids.items() if value]
    sections = {
        "names": name_lines(place.names, told.sides),
        "held by": [holder_line(holder) for holder in place.holders],
        "claims": [_dated_line(f"{c.claimant}: {c.claim}", c.since, c.until, c.source, c.note) for c in told.claims],
        "road": _road_lines(told.road),
        "shared names": [f"{s.text} is also {', '.join(_others(s, place))}: {s.note}" for s in told.shared],
        "note": [place.note] if place.note else [],
        "sources": [_source_line(source) for source in told.sources],
    }
    lines = [place_heading(place), "  " + ", ".join(part for part in about if part)]
    for heading, body in sections.items():
        lines += [heading, *(f"  {line}" for line in body)] if body else []
    return lines


def _others(shared: SharedName, place: Place) -> list[str]:
    """Return the other places of a shared name."""
    return [place_id for place_id in shared.place_ids if place_id != place.place_id]


def _road_lines(road: Road | None) -> list[str]:
    """Return the points and the dated statuses of a road."""
    if road is None:
        return []
    part = f" (section of {road.part_of})" if road.part_of else ""
    through = " - ".join(point.name for point in road.named_points)
    return [f"schematic line{part}: {through}", *(status_line(status) for status in road.statuses)]


def _source_line(source: Source) -> str:
    """Return one source with title, publisher, year and address."""
    told = ", ".join(part for part in (source.title, source.publisher, source.year) if part)
    return f"{source.source_id}: {told}{f', {source.url}' if source.url else ''}"
