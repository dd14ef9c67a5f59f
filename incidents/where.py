"""From place names and wording to a location: marker, shape, UCDP precision, how far off it may be."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from gazetteer.model import FeatureClass, Place
from geo.points import compass_bearing, destination, distance_km, midpoint
from incidents.lexicon import rows
from incidents.locate import Found
from incidents.model import Location, Span
from incidents.parse import Mention, Parsed

DISTRICT_KM = 35.0
_KM_PER_MILE = 1.609
_OFFSET = re.compile(
    r"(?P<number>\d+(?:\.\d+)?|several|a few|some)\s*-?\s*(?P<unit>kilomet(?:er|re)s?|km|miles?|mi|met(?:er|re)s?|m)\b(?:\s*\([^)]{1,30}\))?"
    r"\s+(?:to the\s+)?(?P<way>(?:north|south|east|west)(?:[\s-]?(?:north|south|east|west))*(?:ern)?|away|outside)?\s*(?:of|from)?\s*(?:the\s+)?[\w\s]{0,30}$",
    re.IGNORECASE,
)
_TOWARD = re.compile(
    r"(?P<way>(?:north|south)?[\s-]?(?:north|south|east|west))\s+of\s+(?:the\s+)?[\w\s]{0,30}$", re.IGNORECASE
)
_VAGUE = {"several": 5.0, "a few": 3.0, "some": 5.0}
_CLASS = {
    FeatureClass.SETTLEMENT: ("disc", 1),
    FeatureClass.FACILITY: ("pin", 1),
    FeatureClass.MOUNTAIN: ("disc", 2),
    FeatureClass.LAKE: ("disc", 7),
    FeatureClass.RIVER: ("disc", 5),
    FeatureClass.ROAD: ("line", 5),
    FeatureClass.BORDER: ("border_stretch", 5),
    FeatureClass.REGION: ("area", 5),
    FeatureClass.COUNTRY: ("area", 6),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """How words before (and after) a place name put an incident: shape, UCDP precision, radius."""

    name: str
    before: re.Pattern[str]
    after: str
    shape: str
    geo_precision: int
    radius_km: float


@cache
def _wordings() -> tuple[Wording, ...]:
    """Read the wordings of place, without "between", which needs two names."""
    made = []
    for row in rows("wordings.csv"):
        before, _, after = row["pattern"].partition("{}")
        pattern = re.compile(rf"{re.escape(before.strip())}\s+(?:the\s+)?(?:[\w-]+\s+){{0,3}}$", re.IGNORECASE)
        radius = float(row["radius_km"] or 0)
        made.append(
            Wording(row["wording"], pattern, after.strip().lower(), row["shape"], int(row["geo_precision"]), radius)
        )
    return tuple(w for w in made if w.name != "between")


def place_location(place: Place) -> Location:
    """Return the location of a place by its class alone.

    Examples
    --------
    >>> town = Place("uri", "Uri", FeatureClass.SETTLEMENT, 34.08, 74.03, radius_km=2.0)
    >>> place_location(town).geo_precision
    1
    """
    if place.feature_class is FeatureClass.ADMIN:
        shape, precision = ("area", 3 if place.radius_km <= DISTRICT_KM else 4)
    else:
        shape, precision = _CLASS[place.feature_class]
    return Location(
        place.lat, place.lon, (place,), shape, precision, max(place.radius_km, 0.5), rule=str(place.feature_class)
    )


def locate(parsed: Parsed, found: Found) -> Location | None:
    """Make a location of the names that an incident's words hang on, as their wording has it.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    found : Found
        Its places for the incident.

    Returns
    -------
    Location or None
        None when no name is resolved to a point.
    """
    named = [m for m in found.mentions if m.toponym.place is not None and m.toponym.place.lat is not None]
    if not named:
        return None
    places = tuple({m.toponym.place.place_id: m.toponym.place for m in named if m.toponym.place}.values())
    first = named[0]
    base = replace(place_location(places[0]), span=Span(first.toponym.start, first.toponym.end), places=places)
    worded = _between(parsed, named, base) or _worded(parsed, first, _as_area(parsed, first, base))
    return replace(worded, rule="origin") if found.origin else worded


def _as_area(parsed: Parsed, mention: Mention, base: Location) -> Location:
    """Widen a town that stands for the province or district of its name: "Saada and Hajjah provinces"."""
    place = mention.toponym.place
    if place is None or place.feature_class is not FeatureClass.SETTLEMENT:
        return base
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    after = (word for i, word in enumerate(parsed.words) if i >= mention.last and i not in named)
    word = next((word for word in after if word not in _JOINING), "")
    if word not in _AREAS:
        return base
    precision, radius_km = _AREAS[word]
    wide = max(radius_km, base.uncertainty_km or 0.0)
    return replace(base, shape="area", geo_precision=precision, uncertainty_km=wide, rule="area named like a town")


_JOINING = frozenset({"and", ",", "or"})
# UCDP where_prec and a usual radius, since the gazetteer has no area of the name
_AREAS = {
    "province": (4, 60.0),
    "provinces": (4, 60.0),
    "governorate": (4, 60.0),
    "governorates": (4, 60.0),
    "oblasts": (4, 90.0),
    "regions": (4, 60.0),
    "district": (3, 20.0),
    "districts": (3, 20.0),
}


def _between(parsed: Parsed, named: Sequence[Mention], base: Location) -> Location | None:
    """Give "between A and B": a corridor, the marker in its middle."""
    if len(named) < 2:
        return None
    a, b = sorted(named[:2], key=lambda m: m.first)
    before = list(parsed.words[max(0, a.first - 4) : a.first])
    if "between" not in before or "and" not in parsed.words[a.last : b.first] or len(named) > 2:
        return None
    one, two = a.toponym.place, b.toponym.place
    if (
        one is None
        or two is None
        or None in (one.lat, one.lon, two.lat, two.lon)
        or FeatureClass.COUNTRY in (one.feature_class, two.feature_class)
    ):
        return None
    lon, lat = midpoint(one.lon or 0.0, one.lat or 0.0, two.lon or 0.0, two.lat or 0.0)
    apart = distance_km(one.lon or 0.0, one.lat or 0.0, two.lon or 0.0, two.lat or 0.0)
    return replace(
        base,
        lat=lat,
        lon=lon,
        shape="corridor",
        geo_precision=2 if apart < 50 else 5,
        uncertainty_km=max(apart / 2, 3.0),
        rule="between",
    )


def _worded(parsed: Parsed, mention: Mention, base: Location) -> Location:
    """Give the location that the words right before and after a name make of its place."""
    text, offset = str(parsed.doc.text), parsed.sentence.span.start
    before, after = (
        text[: max(0, mention.toponym.start - offset)][-80:],
        text[max(0, mention.toponym.end - offset) :][:40].lower(),
    )
    if base.geo_precision >= 4 and base.shape != "area":
        return base
    moved = _offset(before, base)
    if moved:
        return moved
    for wording in _wordings():
        if wording.before.search(before) and after.strip(" ,").startswith(wording.after):
            moved = _as_worded(base, wording)
            if moved is not None:
                return moved
    return base


def _as_worded(base: Location, wording: Wording) -> Location | None:
    """Give the location that a wording makes of a place's own, None where it says nothing of such a place."""
    region = wording.name == "region"
    if (region and base.geo_precision < 4) or (wording.name == "near" and base.geo_precision > 2):
        return None
    return replace(
        base,
        shape="area" if base.shape == "area" else wording.shape,
        geo_precision=base.geo_precision if region else max(wording.geo_precision, base.geo_precision),
        uncertainty_km=max(wording.radius_km, base.uncertainty_km or 0.0),
        rule=wording.name,
    )


def _offset(before: str, base: Location) -> Location | None:
    """Give "5 km north of X", "north of X"."""
    match = _OFFSET.search(before)
    if match and base.lat is not None and base.lon is not None and base.geo_precision <= 3:
        number = match["number"].lower()
        size = _VAGUE[number] if number in _VAGUE else float(number)
        unit = match["unit"].lower()
        size *= _KM_PER_MILE if unit.startswith("mi") else 0.001 if unit == "m" or unit.startswith("met") else 1.0
        size = min(size, 500.0)
        bearing = compass_bearing(match["way"] or "")
        if bearing is None:
            return replace(
                base,
                shape="disc",
                geo_precision=max(2, base.geo_precision),
                uncertainty_km=max(size, base.uncertainty_km or 1.0),
                rule="distance",
            )
        lon, lat = destination(base.lon, base.lat, bearing, size)
        return replace(
            base,
            lat=lat,
            lon=lon,
            shape="disc",
            geo_precision=2 if size <= 25 else 4,
            uncertainty_km=max(2.0, size * 0.3),
            bearing_deg=bearing,
            rule="offset",
        )
    match = _TOWARD.search(before)
    if match and base.lat is not None and base.geo_precision <= 2:
        bearing = compass_bearing(match["way"])
        if bearing is not None:
            return replace(
                base, shape="sector", geo_precision=2, uncertainty_km=25.0, bearing_deg=bearing, rule="toward"
            )
    return None


def contains(outer: Place, inner: Place, *, slack_km: float = 5.0) -> bool:
    """Tell whether a place lies in another one, as far as points and radii tell.

    Examples
    --------
    >>> province = Place("p", "P", FeatureClass.ADMIN, 40.0, 45.0, radius_km=60)
    >>> contains(province, Place("v", "V", FeatureClass.SETTLEMENT, 40.2, 45.1, radius_km=1))
    True
    """
    if outer.place_id in (inner.place_id, inner.admin):
        return True
    if outer.feature_class is FeatureClass.COUNTRY:
        return bool(outer.country) and outer.country == inner.country
    if None in (outer.lat, outer.lon, inner.lat, inner.lon) or outer.radius_km < inner.radius_km:
        return False
    return (
        distance_km(outer.lon or 0.0, outer.lat or 0.0, inner.lon or 0.0, inner.lat or 0.0)
        <= outer.radius_km + slack_km
    )
