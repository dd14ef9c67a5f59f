"""Checks of coordinates: against GeoNames, against what contains a place, against borders and the sea."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from gazetteer.curated import Curated
from gazetteer.findings import Finding, WorldPoint
from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Place
from geo.points import distance_km

AGREEMENT_KM = 3.0
# Natural Earth's lines between districts: up to 8 km from places whose district two sources agree on (docs/gazetteer.md).
PROVINCE_ERROR_KM = 10.0
POINT_CLASSES = frozenset({FeatureClass.SETTLEMENT, FeatureClass.FACILITY, FeatureClass.MOUNTAIN})
# Roads and borders run on beyond what contains their middle, and lakes may fill it.
LINE_CLASSES = frozenset({FeatureClass.ROAD, FeatureClass.BORDER, FeatureClass.RIVER})
# "Sumy, Ukraine" and "Batumi (Georgia)"
_LAST_PART = re.compile(r"(?:, ([^,()]+)|\(([^()]+)\))$")
_DISTANCE = re.compile(r"\d\s*km\b")


class Ground(Protocol):
    """What the base map knows of points, in WGS84 degrees."""

    def error_km(self, lon: float, lat: float) -> float:
        """Return how far the base map's borders may be off there, in km."""

    def knows(self, country: str) -> bool:
        """Say whether the base map has land of a country."""

    def beyond(
        self, lons: Sequence[float], lats: Sequence[float], country: str, limits_km: Sequence[float]
    ) -> Sequence[float]:
        """Return how far each point lies outside a country (off any land for ""), 0 where no farther than its limit."""

    def beyond_province(
        self, lons: Sequence[float], lats: Sequence[float], province: Place, limit_km: float
    ) -> Sequence[float] | None:
        """Return how far each point lies outside a province, 0 where no farther than the limit; None without its land."""


def says_distance(note: str) -> bool:
    """Say whether a note weighs two points against each other: it names a distance in km.

    Examples
    --------
    >>> says_distance("GeoNames' point; the atlas has it 4 km south"), says_distance("a spa")
    (True, False)
    """
    return bool(_DISTANCE.search(note))


def check_world(curated: Curated, world: Mapping[str, WorldPoint]) -> Iterator[Finding]:
    """Compare the places that have a geonames_id with GeoNames' own rows.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.
    world : mapping of str to WorldPoint
        GeoNames' places by id; ids that it lacks are not checked (it has no place below 500 inhabitants).

    Yields
    ------
    Finding
        For points more than 3 km apart without a note that says which is right, and for other countries.
    """
    for place in curated.places:
        other = world.get(place.geonames_id)
        if other is None or place.lat is None or place.lon is None:
            continue
        where = curated.row_of(place.place_id)
        km = distance_km(place.lon, place.lat, other.lon, other.lat)
        if km > AGREEMENT_KM and not says_distance(place.note):
            what = f"{place.place_id} lies {km:.1f} km from GeoNames {place.geonames_id} ({other.lat}, {other.lon})"
            yield Finding("point differs", where, f"{what}; mend it, or say in the note which is right, and the km")
        if place.country and other.country and place.country != other.country:
            what = f"{place.place_id} is in {place.country}, GeoNames {place.geonames_id} in {other.country}"
            yield Finding("country", where, f"{what}; mend the country or the id")


def check_containment(curated: Curated, ground: Ground | None = None) -> Iterator[Finding]:
    """Find places that lie outside what contains them, or in another country.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.
    ground : Ground, optional
        The base map; without it, and for provinces that it lacks, a province is a disc.

    Yields
    ------
    Finding
        For points with a place of their own more than 10 km outside the base map's shape of their province; for others
        farther from the province's point than its radius and the place's own together (roads, rivers and borders are
        not checked); and for countries that differ.
    """
    by_id = curated.by_id()
    inner: defaultdict[str, list[Place]] = defaultdict(list)
    for place in curated.places:
        if place.admin in by_id:
            inner[place.admin].append(place)
    for admin, places in inner.items():
        outer = by_id[admin]
        yield from _other_country(curated, outer, places)
        placed = [one for one in places if one.lat is not None and one.feature_class not in LINE_CLASSES]
        for place, km, reach in _off_province(outer, [one for one in placed if not says_distance(one.note)], ground):
            what = f"{place.place_id} lies {km:.0f} km {reach}"
            yield Finding(
                "outside its province",
                curated.row_of(place.place_id),
                f"{what}; mend the point, the admin or the radius, or argue it in the note with the km",
            )


def _other_country(curated: Curated, outer: Place, places: Iterable[Place]) -> Iterator[Finding]:
    """Find places in another country than what contains them."""
    for place in places:
        if place.country and outer.country and place.country != outer.country:
            what = f"{place.place_id} is in {place.country}, its admin {outer.place_id} in {outer.country}"
            yield Finding("country", curated.row_of(place.place_id), f"{what}; mend one of them")


def _off_province(outer: Place, places: list[Place], ground: Ground | None) -> Iterator[tuple[Place, float, str]]:
    """Yield the places outside a province: how many km, from what."""
    pointed = [place for place in places if place.feature_class in POINT_CLASSES]
    lons, lats = [place.lon or 0.0 for place in pointed], [place.lat or 0.0 for place in pointed]
    shaped = ground.beyond_province(lons, lats, outer, PROVINCE_ERROR_KM) if ground and pointed else None
    if shaped is not None:
        for place, km in zip(pointed, shaped, strict=True):
            if km > 0:
                yield place, km, f"outside {outer.place_id}"
    for place in places:
        if (shaped is not None and place in pointed) or outer.lat is None:
            continue
        km = distance_km(place.lon or 0.0, place.lat or 0.0, outer.lon or 0.0, outer.lat)
        if km > outer.radius_km + place.radius_km:
            yield place, km, f"from {outer.place_id}, which reaches {outer.radius_km:g} km"


def check_circles(curated: Curated) -> Iterator[Finding]:
    """Find places that contain each other.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        One for each place whose chain of `admin` comes back to it.
    """
    admins = {place.place_id: place.admin for place in curated.places}
    for place_id, admin in admins.items():
        seen, outer = {place_id}, admin
        while outer and outer not in seen:
            seen.add(outer)
            outer = admins.get(outer, "")
        if outer == place_id:
            message = f"{place_id} contains itself by way of its admin; mend the chain"
            yield Finding("country", curated.row_of(place_id), message)


def check_ground(places: Iterable[Place], ground: Ground, where: Mapping[str, str]) -> Iterator[Finding]:
    """Find places on the wrong side of the recognised border, and places in the sea.

    Parameters
    ----------
    places : iterable of Place
        The places; settlements, facilities and mountains are checked, disputed ones (without a country) for the sea only.
    ground : Ground
        The base map.
    where : mapping of str to str
        Each place's row, by place_id.

    Yields
    ------
    Finding
        Never where a point lies no farther off than the base map's own error.
    """
    for country, several in _by_country(places, ground).items():
        outside = _beyond(several, ground, country)
        astray = [place for place, km in zip(several, outside, strict=True) if km > 0]
        for place, km, off_land in zip(
            astray, (km for km in outside if km > 0), _beyond(astray, ground, ""), strict=True
        ):
            row = where.get(place.place_id, place.place_id)
            if off_land > 0:
                what = f"{place.place_id} lies out at sea at {place.lat}, {place.lon}"
                yield Finding("in the sea", row, f"{what}; mend the point (are lat and lon swapped?)")
            elif country:
                what = f"{place.place_id} lies {km:.1f} km outside {country} by the recognised border"
                yield Finding("wrong side of the border", row, f"{what}; mend the point or the country")


def _by_country(places: Iterable[Place], ground: Ground) -> dict[str, list[Place]]:
    """Return the places with a point of their own by country ("" for countries without land), without argued ones."""
    by_country: defaultdict[str, list[Place]] = defaultdict(list)
    for place in places:
        pointed = place.feature_class in POINT_CLASSES and place.lat is not None and place.lon is not None
        if pointed and not says_distance(place.note):
            by_country[place.country if ground.knows(place.country) else ""].append(place)
    return by_country


def _beyond(places: Sequence[Place], ground: Ground, country: str) -> Sequence[float]:
    """Return how far places lie outside a country, beyond the error of its border; off any land beyond their radius too."""
    lons, lats = [place.lon or 0.0 for place in places], [place.lat or 0.0 for place in places]
    errors = [ground.error_km(lon, lat) for lon, lat in zip(lons, lats, strict=True)]
    if not country:
        errors = [error + place.radius_km for error, place in zip(errors, places, strict=True)]
    return ground.beyond(lons, lats, country, errors)


def check_labels(places: Iterable[Place], countries: Mapping[str, str], where: Mapping[str, str]) -> Iterator[Finding]:
    """Find names that end in another country than the place's own, such as "Sumy, Ukraine" in Russia.

    Parameters
    ----------
    places : iterable of Place
        The places; those without a country are not checked.
    countries : mapping of str to str
        ISO codes by folded country name.
    where : mapping of str to str
        Each place's row, by place_id.

    Yields
    ------
    Finding
        One for each such name.
    """
    for place in places:
        for name in (place.name, *(name.text for name in place.names)):
            told = _LAST_PART.search(name)
            country = countries.get(fold(told[1] or told[2])) if told else None
            if country and place.country and country != place.country:
                what = f"{name!r} names {country}, but {place.place_id} is in {place.country}"
                row = where.get(place.place_id, place.place_id)
                yield Finding("country", row, f"{what}; mend the name or the country")
