"""One place as a small page with a map, drawn as inline SVG: nothing is fetched, and no other file is needed."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from gazetteer.model import FeatureClass, Place
from gazetteer.show import Dossier, dossier_lines
from geo.points import KM_PER_DEGREE, distance_km
from geo.vectors import replacing

WIDTH, HEIGHT = 720, 480
MARGIN = 1.6
LEAST_KM = 12.0
MOST_NEIGHBOURS = 40
CHARACTER_PX, LINE_PX = 6.8, 14
LEGEND = "Dashed grey: recognised borders; dotted: disputed. The red disc is the place's radius, no shape of it."
POINTED = frozenset({FeatureClass.SETTLEMENT, FeatureClass.FACILITY, FeatureClass.MOUNTAIN})
_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:760px;margin:2em auto;padding:0 1em;color:#222}
svg{width:100%;height:auto;background:#f6f4ef;border:1px solid #ccc}
pre{white-space:pre-wrap;font:13px/1.5 ui-monospace,monospace}
text{font:12px system-ui,sans-serif;fill:#333;paint-order:stroke;stroke:#f6f4ef;stroke-width:3px}
.own{fill:#b3261e}.extent{fill:#b3261e22;stroke:#b3261e;stroke-dasharray:4 3}
.other{fill:#5b6b7a}.line{fill:none;stroke:#b3261e;stroke-width:2.5}.border{fill:none;stroke:#777;stroke-dasharray:6 4}.disputed{stroke-dasharray:1 4;stroke-linecap:round}.lake{fill:#bcd6e6;stroke:#8fb4cb}
p{font-size:12px;color:#555}
"""


def _wrapped(degrees: float) -> float:
    """Return a longitude, or a difference of two, between -180 and 180."""
    return (degrees + 180.0) % 360.0 - 180.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The piece of the Earth that the map shows: its middle in degrees, and how many km reach to its edge."""

    lon: float
    lat: float
    half_km: float

    def xy(self, lon: float, lat: float) -> tuple[float, float]:
        """Return where a point falls, in pixels from the upper left corner."""
        scale = HEIGHT / (2 * self.half_km)
        east_km = _wrapped(lon - self.lon) * KM_PER_DEGREE * math.cos(math.radians(self.lat))
        north_km = (lat - self.lat) * KM_PER_DEGREE
        return round(WIDTH / 2 + east_km * scale, 1), round(HEIGHT / 2 - north_km * scale, 1)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees; west is greater than east across the 180th meridian."""
        north = self.half_km / KM_PER_DEGREE
        east = min(179.0, north * WIDTH / HEIGHT / max(0.01, math.cos(math.radians(self.lat))))
        south, top = max(-90.0, self.lat - north), min(90.0, self.lat + north)
        return _wrapped(self.lon - east), south, _wrapped(self.lon + east), top

    def pixels(self, km: float) -> float:
        """Return how many pixels a length takes."""
        return round(km * HEIGHT / (2 * self.half_km), 1)


@dataclass(frozen=True, slots=True)
class Dot:
    """A labelled point on the map, in degrees."""

    label: str
    lon: float
    lat: float
    style: str


def write_place_page(
    told: Dossier,
    path: Path,
    *,
    neighbours: Iterable[Place] = (),
    base: Mapping[str, Any] | None = None,
) -> None:
    """Write everything about a place as one HTML file with a small map, whole or not at all.

    Parameters
    ----------
    told : Dossier
        What the gazetteer knows of the place.
    path : Path
        The file; its folder must exist.
    neighbours : iterable of Place
        Places to draw around it; the nearest are labelled.
    base : mapping, optional
        What `geo.clip.clip_for_map` gives for `page_bounds`: borders and lakes are drawn, its attribution is printed.

    Raises
    ------
    MarchlandError
        When the file cannot be written.
    """
    page = place_page(told, neighbours=neighbours, base=base)
    with replacing(path) as temporary:
        temporary.write_text(page, encoding="utf-8")


def place_page(
    told: Dossier,
    *,
    neighbours: Iterable[Place] = (),
    base: Mapping[str, Any] | None = None,
) -> str:
    """Return the page of `write_place_page` as text; every string of the data is escaped.

    Parameters
    ----------
    told, neighbours, base
        As for `write_place_page`.

    Returns
    -------
    str
        A whole HTML document.
    """
    title = escape(told.place.name)
    body = escape("\n".join(dossier_lines(told)))
    drawn = _map(told, neighbours, base or {})
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{drawn}\n<pre>{body}</pre></body></html>\n"
    )


def page_bounds(told: Dossier) -> tuple[float, float, float, float] | None:
    """Return the bounds of a place's map, None where the place has no point.

    Parameters
    ----------
    told : Dossier
        What the gazetteer knows of the place.

    Returns
    -------
    tuple of float or None
        West, south, east, north in WGS84 degrees.

    Examples
    --------
    >>> page_bounds(Dossier(Place("x", "X", FeatureClass.REGION, None, None))) is None
    True
    """
    frame = _frame(told)
    return frame.bounds if frame else None


def _frame(told: Dossier) -> Frame | None:
    """Return the frame that the place or its line fills."""
    place = told.place
    if told.road is not None:
        return _around_line(told.road.points)
    if place.lat is None or place.lon is None:
        return None
    return Frame(place.lon, place.lat, max(LEAST_KM, place.radius_km * MARGIN))


def _map(told: Dossier, neighbours: Iterable[Place], base: Mapping[str, Any]) -> str:
    """Return the map as SVG, a sentence where the place has no point."""
    frame = _frame(told)
    if frame is None:
        return "<p>This place has no point in the gazetteer.</p>"
    drawn = _shapes(frame, base.get("lakes"), "lake") + _shapes(frame, base.get("borders"), "border")
    if told.road is not None:
        drawn.append(_line(frame, told.road.points, "line"))
        dots = [Dot(point.name, point.lon, point.lat, "own") for point in told.road.named_points]
    else:
        x, y = frame.xy(frame.lon, frame.lat)
        drawn.append(f'<circle class="extent" cx="{x}" cy="{y}" r="{frame.pixels(told.place.radius_km)}"/>')
        dots = [Dot(told.place.name, frame.lon, frame.lat, "own")]
    dots += _near_dots(told.place, neighbours, frame)
    drawn += [*_dots(frame, dots), _scale(frame)]
    credit = "; ".join(base.get("attribution", ()))
    about = f"<p>{LEGEND} {escape(credit)}</p>" if credit else ""
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="map">{"".join(drawn)}</svg>{about}'


def _shapes(frame: Frame, collection: Mapping[str, Any] | None, style: str) -> list[str]:
    """Return the lines and rings of a GeoJSON FeatureCollection."""
    drawn = []
    for feature in (collection or {}).get("features", ()):
        kind = (feature.get("properties") or {}).get("kind", "")
        runs = _strings((feature["geometry"] or {}).get("coordinates", ()))
        drawn += [_line(frame, points, f"{style} {kind}".strip()) for points in runs]
    return drawn


def _strings(coordinates: Sequence[Any]) -> Iterator[list[tuple[float, float]]]:
    """Yield each run of points in nested GeoJSON coordinates."""
    if coordinates and isinstance(coordinates[0][0], int | float):
        yield [(point[0], point[1]) for point in coordinates]
    else:
        for part in coordinates:
            yield from _strings(part)


def _around_line(points: Sequence[tuple[float, float]]) -> Frame:
    """Return the frame that a line fills."""
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    lon, lat = (min(lons) + max(lons)) / 2, (min(lats) + max(lats)) / 2
    north_km = (max(lats) - min(lats)) / 2 * KM_PER_DEGREE
    east_km = (max(lons) - min(lons)) / 2 * KM_PER_DEGREE * math.cos(math.radians(lat))
    return Frame(lon, lat, max(LEAST_KM, 1.2 * north_km, 1.2 * east_km * HEIGHT / WIDTH))


def _near_dots(place: Place, neighbours: Iterable[Place], frame: Frame) -> list[Dot]:
    """Return the places with a point of their own that fall on the map, the nearest first."""
    reach_km = frame.half_km * math.hypot(WIDTH / HEIGHT, 1)
    found = []
    for other in neighbours:
        if other.feature_class not in POINTED or other.place_id == place.place_id:
            continue
        if other.lat is None or other.lon is None:
            continue
        away = distance_km(frame.lon, frame.lat, other.lon, other.lat)
        if away <= reach_km:
            found.append((away, other.place_id, Dot(other.name, other.lon, other.lat, "other")))
    return [dot for _, _, dot in sorted(found, key=lambda one: one[:2])[:MOST_NEIGHBOURS]]


def _dots(frame: Frame, dots: Iterable[Dot]) -> list[str]:
    """Return points with their labels; a label that would lie on an earlier one is a tooltip only."""
    drawn: list[str] = []
    taken: list[tuple[float, float, float, float]] = []
    for dot in dots:
        x, y = frame.xy(dot.lon, dot.lat)
        name = escape(dot.label)
        radius = 4 if dot.style == "own" else 3
        drawn.append(f'<circle class="{dot.style}" cx="{x}" cy="{y}" r="{radius}"><title>{name}</title></circle>')
        box = (x, y - LINE_PX / 2, x + 7 + CHARACTER_PX * len(dot.label), y + LINE_PX / 2)
        if box[2] <= WIDTH and not any(_overlap(box, other) for other in taken):
            taken.append(box)
            drawn.append(f'<text x="{x + 7:.1f}" y="{y + 4:.1f}">{name}</text>')
    return drawn


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Say whether two boxes (left, top, right, bottom) overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _line(frame: Frame, points: Iterable[tuple[float, float]], style: str) -> str:
    """Return a line through points."""
    path = " ".join(f"{x},{y}" for x, y in (frame.xy(lon, lat) for lon, lat in points))
    return f'<polyline class="{style}" points="{path}"/>'


def _scale(frame: Frame) -> str:
    """Return a scale bar of a round length."""
    length_km = 10 ** math.floor(math.log10(frame.half_km))
    end = 20 + frame.pixels(length_km)
    return (
        f'<path d="M20 {HEIGHT - 20}H{end}" stroke="#333" stroke-width="2"/>'
        f'<text x="20" y="{HEIGHT - 26}">{length_km} km</text>'
    )
