"""Uncertainty shapes: where something may have happened, drawn no sharper than it is known.

All shapes are shapely geometries in (lon, lat) WGS84 degrees, cut at the 180th meridian as RFC 7946 asks, with few vertices because
every one of them is written into the map page.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon
from shapely.affinity import translate
from shapely.geometry.base import BaseGeometry
from shapely.ops import linemerge, substring

from geo.errors import CoordinateError
from geo.points import KM_PER_DEGREE, check_point, destination, distance_km, geod

DISC_VERTICES = 36
SECTOR_STEP_DEG = 10.0
MAX_RADIUS_KM = 5000.0
"""Beyond this a disc says nothing that "unknown" does not say, and local projections no longer hold."""

_SIMPLIFY = 0.02
"""A corridor's outline may be this share of its half-width off, which no reader of a map can see."""


def disc(lon: float, lat: float, radius_km: float) -> Polygon | MultiPolygon:
    """Draw all points within a distance of a point.

    Parameters
    ----------
    lon, lat : float
        Centre, WGS84 degrees.
    radius_km : float
        More than 0, at most 5,000.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon
        36 vertices on the geodesic circle; two parts where it crosses the 180th meridian.

    Raises
    ------
    CoordinateError
        The centre is not on the Earth, or the radius is out of range.

    Examples
    --------
    >>> [round(degrees, 2) for degrees in disc(46.0, 40.0, 10).bounds]
    [45.88, 39.91, 46.12, 40.09]
    """
    _check_length("radius_km", radius_km)
    lon, lat = check_point(lon, lat)
    ring = _arc(lon, lat, radius_km, np.linspace(0, 360, DISC_VERTICES, endpoint=False))
    pole = math.copysign(90.0, lat)
    if distance_km(lon, lat, lon, pole) <= radius_km:
        return _around_pole(ring, pole)
    return _cut(Polygon(ring))


def sector(lon: float, lat: float, bearing_deg: float, half_angle_deg: float, radius_km: float) -> BaseGeometry:
    """Draw a slice of a disc: "north of X", "in the direction of Y".

    Parameters
    ----------
    lon, lat : float
        The tip, WGS84 degrees.
    bearing_deg : float
        Middle of the slice, clockwise from north.
    half_angle_deg : float
        More than 0, at most 180 (the whole disc).
    radius_km : float
        More than 0, at most 5,000.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon

    Raises
    ------
    CoordinateError
        The tip is not on the Earth, or radius or angle is out of range.

    Examples
    --------
    >>> west, south, east, north = sector(46.0, 40.0, 0, 45, 10).bounds
    >>> round(south, 2), round(north, 2)
    (40.0, 40.09)
    """
    _check_length("radius_km", radius_km)
    if not 0 < half_angle_deg <= 180:
        raise CoordinateError(f"half_angle_deg {half_angle_deg} is outside 0..180")
    if half_angle_deg == 180:
        return disc(lon, lat, radius_km)
    lon, lat = check_point(lon, lat)
    steps = max(2, math.ceil(2 * half_angle_deg / SECTOR_STEP_DEG) + 1)
    bearings = np.linspace(bearing_deg - half_angle_deg, bearing_deg + half_angle_deg, steps)
    ring = np.vstack([(lon, lat), _arc(lon, lat, radius_km, bearings)])
    return _cut(Polygon(_unwrapped(ring)))


def line_through(points: Sequence[tuple[float, float]]) -> LineString | MultiLineString:
    """Draw straight pieces through points, the shape of a schematic road.

    Parameters
    ----------
    points : sequence of (lon, lat)
        At least two different ones, WGS84 degrees.

    Raises
    ------
    CoordinateError
        A point is not on the Earth, or fewer than two of them differ.

    Examples
    --------
    >>> line_through([(46.35, 39.51), (46.41, 39.21)]).wkt
    'LINESTRING (46.35 39.51, 46.41 39.21)'
    """
    checked = [check_point(lon, lat) for lon, lat in points]
    kept = [point for index, point in enumerate(checked) if index == 0 or point != checked[index - 1]]
    if len(kept) < 2:
        raise CoordinateError(f"a line needs two different points, got {len(kept)}")
    return _cut(LineString(_unwrapped(np.array(kept))))


def corridor(line: LineString | MultiLineString, half_width_km: float) -> BaseGeometry:
    """Draw all points within a distance of a line: "along the road", "on the border between".

    Parameters
    ----------
    line : shapely.LineString or shapely.MultiLineString
        WGS84 degrees, within one part of the world (it is buffered in a local projection).
    half_width_km : float
        More than 0, at most 5,000.

    Returns
    -------
    shapely.Polygon or shapely.MultiPolygon

    Raises
    ------
    CoordinateError
        The line is empty or the width is out of range.

    Examples
    --------
    >>> [round(d, 2) for d in corridor(line_through([(46.0, 40.0), (46.0, 40.5)]), 5).bounds]
    [45.94, 39.95, 46.06, 40.55]
    """
    _check_length("half_width_km", half_width_km)
    if line.is_empty:
        raise CoordinateError("a corridor needs a line, got an empty geometry")
    there, back = _local(line)
    tolerance = half_width_km * _SIMPLIFY * 1000
    middle = shapely.transform(line, there).simplify(tolerance)
    outline = middle.buffer(half_width_km * 1000, quad_segs=4).simplify(tolerance)
    return _cut(shapely.transform(outline, lambda metres: _unwrapped(back(metres))))


def border_stretch(
    border_line: LineString | MultiLineString, lon: float, lat: float, length_km: float
) -> LineString | MultiLineString:
    """Cut the stretch of a border that lies nearest to a point: "on the border near X".

    Parameters
    ----------
    border_line : shapely.LineString or shapely.MultiLineString
        WGS84 degrees.
    lon, lat : float
        The point, WGS84 degrees.
    length_km : float
        Length of the stretch, half to either side of the nearest point, less where the border ends.

    Returns
    -------
    shapely.LineString or shapely.MultiLineString
        Part of the border, WGS84 degrees.

    Raises
    ------
    CoordinateError
        The border is empty, the point is not on the Earth, or the length is out of range.

    Examples
    --------
    >>> border = line_through([(45.0, 40.0), (47.0, 40.0)])
    >>> [round(d, 2) for d in border_stretch(border, 46.0, 40.3, 20).bounds]
    [45.88, 40.0, 46.12, 40.0]
    """
    _check_length("length_km", length_km)
    lon, lat = check_point(lon, lat)
    if border_line.is_empty:
        raise CoordinateError("there is no such border: the line is empty")
    there, back = _projection(lon, lat)
    local = shapely.transform(border_line, there)
    merged = linemerge(local) if local.geom_type == "MultiLineString" else local
    origin = Point(0, 0)
    nearest = min(getattr(merged, "geoms", [merged]), key=origin.distance)
    along, half = nearest.project(origin), length_km * 500
    # A negative start would count from the far end. The closed ring of an enclave has no ends, so its stretch may run over the seam.
    piece = (
        _over_seam(nearest, along, half)
        if nearest.is_ring
        else substring(nearest, max(0.0, along - half), along + half)
    )
    return _cut(shapely.transform(piece, lambda metres: _unwrapped(back(metres))))


def blur_point(lon: float, lat: float, grid_km: float) -> tuple[float, float]:
    """Move a point to the middle of its cell in a coarse grid, always the same cell for the same place.

    Parameters
    ----------
    lon, lat : float
        WGS84 degrees.
    grid_km : float
        Side of a cell, more than 0.

    Returns
    -------
    tuple of float
        (lon, lat) of the middle of the cell, at most 0.75 `grid_km` away.

    Raises
    ------
    CoordinateError
        The point is not on the Earth, or the grid is out of range.

    Examples
    --------
    >>> blur_point(46.341, 39.512, 20) == blur_point(46.343, 39.510, 20)
    True
    """
    _check_length("grid_km", grid_km)
    lon, lat = check_point(lon, lat)
    rows = max(1, round(180 * KM_PER_DEGREE / grid_km))
    row = min(math.floor((lat + 90) / 180 * rows), rows - 1)
    middle_lat = (row + 0.5) * 180 / rows - 90
    columns = max(1, round(360 * KM_PER_DEGREE * math.cos(math.radians(middle_lat)) / grid_km))
    column = min(math.floor((lon + 180) / 360 * columns), columns - 1)
    return round((column + 0.5) * 360 / columns - 180, 6), round(middle_lat, 6)


def _check_length(name: str, value: float) -> None:
    if not 0 < value <= MAX_RADIUS_KM:
        raise CoordinateError(f"{name} {value} is outside 0..{MAX_RADIUS_KM:.0f}; lengths are in kilometres")


def _arc(lon: float, lat: float, radius_km: float, bearings: Iterable[float]) -> NDArray[np.float64]:
    """Give points on a geodesic circle, longitudes running on past 180."""
    return _unwrapped(np.array([destination(lon, lat, float(b), radius_km) for b in bearings]))


def _unwrapped(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """Let longitudes run on past 180 instead of jumping, so that a ring across the antimeridian stays a ring."""
    lons = np.unwrap(points[:, 0], period=360)
    return np.column_stack([lons, points[:, 1]])


def _cut(shape: Any) -> Any:
    """Cut a shape whose longitudes run past 180 into parts on either side."""
    west, _, east, _ = shape.bounds
    if west >= -180 and east <= 180:
        return shape
    parts = []
    for turn in (-360, 0, 360):
        part = shapely.clip_by_rect(translate(shape, xoff=turn), -180, -90, 180, 90)
        parts += [piece for piece in getattr(part, "geoms", [part]) if not piece.is_empty]
    return type(parts[0])(parts[0]) if len(parts) == 1 else shapely.union_all(parts)


def _around_pole(ring: NDArray[np.float64], pole: float) -> Polygon:
    """Close a circle around a pole along the edge of the map, since no ring of longitudes can."""
    lons = (ring[:, 0] + 180) % 360 - 180
    order = np.argsort(lons)
    outline = [(float(lons[i]), float(ring[i, 1])) for i in order]
    seam = (outline[0][1] + outline[-1][1]) / 2
    closed = Polygon([(-180.0, seam), *outline, (180.0, seam), (180.0, pole), (-180.0, pole)])
    # A vertex that lies on the seam itself makes a spike there.
    return closed if closed.is_valid else closed.buffer(0)


_Mover = Callable[[NDArray[np.float64]], NDArray[np.float64]]


def _projection(lon: float, lat: float) -> tuple[_Mover, _Mover]:
    """Give the azimuthal equidistant projection around a point (metres), there and back."""
    from pyproj import Transformer

    to_local = Transformer.from_crs(
        "EPSG:4326", f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84 +units=m", always_xy=True
    )
    return (
        lambda points: np.column_stack(to_local.transform(points[:, 0], points[:, 1])),
        lambda metres: np.column_stack(to_local.transform(metres[:, 0], metres[:, 1], direction="INVERSE")),
    )


def _local(line: BaseGeometry) -> tuple[_Mover, _Mover]:
    """Project around the middle of a line, also of one that was cut at the antimeridian."""
    coordinates = _unwrapped(shapely.get_coordinates(line))
    middle = (coordinates.min(axis=0) + coordinates.max(axis=0)) / 2
    return _projection(float((middle[0] + 180) % 360 - 180), float(middle[1]))


def _over_seam(ring: LineString, along: float, half: float) -> LineString:
    """Cut a stretch out of a closed ring, over the point where the ring begins if need be."""
    if 2 * half >= ring.length:
        return ring
    twice = LineString([*ring.coords, *list(ring.coords)[1:]])
    start = (along - half) % ring.length
    return substring(twice, start, start + 2 * half)


def length_km(line: BaseGeometry) -> float:
    """Measure a line along the ellipsoid.

    Examples
    --------
    >>> round(length_km(line_through([(46.0, 40.0), (46.0, 41.0)])), 1)
    111.0
    """
    return float(geod().geometry_length(line)) / 1000
