"""Places that follow from others: a road between two towns, a border between two countries, a written coordinate."""

from collections.abc import Sequence

from gazetteer.coordinates import Written
from gazetteer.distance import distance_km
from gazetteer.fold import fold
from gazetteer.model import FeatureClass, Place
from gazetteer.store import NameHit

_LONGEST_ROAD_KM = 400.0
_BORDER_RADIUS_KM = 100.0


def place_of_coordinates(written: Written) -> Place:
    """Make a place of a coordinate that the text itself gives.

    Examples
    --------
    >>> place_of_coordinates(Written(0, 9, 39.5, 46.3, 0.1)).place_id
    'at-39.50000-46.30000'
    """
    name = f"{written.lat:.5f}, {written.lon:.5f}"
    return Place(
        place_id=f"at-{written.lat:.5f}-{written.lon:.5f}",
        name=name,
        feature_class=FeatureClass.FACILITY,
        lat=written.lat,
        lon=written.lon,
        radius_km=written.radius_km,
        origin="text",
    )


def road_between(a: NameHit, b: NameHit) -> Place | None:
    """Make a road of its two ends, by the point halfway; None when they are too far apart to be one road's ends.

    Parameters
    ----------
    a, b : NameHit
        The towns at the ends.

    Returns
    -------
    Place or None
        Its radius reaches both ends.
    """
    length = distance_km(a.lat, a.lon, b.lat, b.lon)
    if length > _LONGEST_ROAD_KM or a.pid == b.pid:
        return None
    return Place(
        place_id=f"road-{fold(a.name)}-{fold(b.name)}".replace(" ", "-"),
        name=f"{a.name}-{b.name} road",
        feature_class=FeatureClass.ROAD,
        lat=round((a.lat + b.lat) / 2, 4),
        lon=round((a.lon + b.lon) / 2, 4),
        radius_km=round(length / 2, 1),
        country=a.country if a.country == b.country else "",
        origin="derived",
        note="the point halfway between its ends",
    )


def border_between(a: NameHit, b: NameHit, anchors: Sequence[NameHit]) -> Place | None:
    """Make a border of two countries, by its point nearest to what the article names, else by its middle.

    Parameters
    ----------
    a, b : NameHit
        Two countries.
    anchors : sequence of NameHit
        The towns and divisions of the article.

    Returns
    -------
    Place or None
        None when the two have no common border in the base map.
    """
    from shapely.geometry import MultiPoint, Point

    from geo.basemap import border_between as drawn_border
    from geo.errors import MarchlandError

    try:
        line = drawn_border(a.country, b.country)
    except MarchlandError:
        return None
    if line.is_empty:
        return None
    near = [
        Point(h.lon, h.lat)
        for h in anchors
        if h.country in {a.country, b.country} and h.feature_class is not FeatureClass.COUNTRY
    ]
    longest = max(line.geoms, key=lambda part: part.length)
    middle = longest.interpolate(0.5, normalized=True)
    point = line.interpolate(line.project(MultiPoint(near).centroid)) if near else middle
    return Place(
        place_id=f"border-{min(a.country, b.country)}-{max(a.country, b.country)}".lower(),
        name=f"{a.name}-{b.name} border",
        feature_class=FeatureClass.BORDER,
        lat=round(point.y, 4),
        lon=round(point.x, 4),
        radius_km=_BORDER_RADIUS_KM,
        origin="derived",
        note="a point of the border in the base map, the nearest to what the article names",
    )
