"""Checks of coordinates: against GeoNames, against what contains a place, against borders and the sea."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol

from gazetteer.curated import Curated
from gazetteer.findings import Finding, WorldPoint
from gazetteer.model import FeatureClass, Place
from geo.points import distance_km

AGREEMENT_KM = 3.0
POINT_CLASSES = frozenset({FeatureClass.SETTLEMENT, FeatureClass.FACILITY, FeatureClass.MOUNTAIN})
# Roads and borders run on beyond what contains their middle, and lakes may fill it.
LINE_CLASSES = frozenset({FeatureClass.ROAD, FeatureClass.BORDER, FeatureClass.RIVER})
_DISTANCE = re.compile(r"\d\s*km\b")


class Ground(Protocol):
    """What the base map knows of a point, in WGS84 degrees."""

    def error_km(self, lon: float, lat: float) -> float:
        """Return how far the base map's borders may be off there, in km."""

    def km_outside(self, lon: float, lat: float, country: str) -> float | None:
        """Return how far a point lies outside a country, 0 inside, None where the country has no land on the map."""

    def km_off_land(self, lon: float, lat: float) -> float:
        """Return how far a point lies out at sea, 0 on land."""


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


def check_containment(curated: Curated) -> Iterator[Finding]:
    """Find places that lie outside what contains them, or in another country.

    Parameters
    ----------
    curated : Curated
        The curated gazetteer.

    Yields
    ------
    Finding
        For points farther from the containing place's point than its radius and the place's own together (roads,
        rivers and borders are not checked), and for countries that differ.
    """
    by_id = curated.by_id()
    for place in curated.places:
        outer = by_id.get(place.admin)
        if outer is None:
            continue
        where = curated.row_of(place.place_id)
        if place.country and outer.country and place.country != outer.country:
            what = f"{place.place_id} is in {place.country}, its admin {outer.place_id} in {outer.country}"
            yield Finding("country", where, f"{what}; mend one of them")
        if None in {place.lat, outer.lat} or place.feature_class in LINE_CLASSES:
            continue
        km = distance_km(place.lon or 0.0, place.lat or 0.0, outer.lon or 0.0, outer.lat or 0.0)
        reach = outer.radius_km + place.radius_km
        if km > reach and not says_distance(place.note):
            what = f"{place.place_id} lies {km:.0f} km from {outer.place_id}, which reaches {outer.radius_km:g} km"
            yield Finding("outside its province", where, f"{what}; mend the point, the admin or the radius")


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
    for place in places:
        if place.feature_class not in POINT_CLASSES or place.lat is None or place.lon is None:
            continue
        row = where.get(place.place_id, place.place_id)
        slack = ground.error_km(place.lon, place.lat)
        outside = ground.km_outside(place.lon, place.lat, place.country) if place.country else None
        if outside == 0 or says_distance(place.note):
            continue
        if ground.km_off_land(place.lon, place.lat) > slack + place.radius_km:
            what = f"{place.place_id} lies out at sea at {place.lat}, {place.lon}"
            yield Finding("in the sea", row, f"{what}; mend the point (are lat and lon swapped?)")
        elif outside is not None and outside > slack:
            what = f"{place.place_id} lies {outside:.1f} km outside {place.country} by the recognised border"
            yield Finding("wrong side of the border", row, f"{what}; mend the point or the country")
