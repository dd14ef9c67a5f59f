"""Coordinates written in a text: decimal degrees, degrees with minutes and seconds, MGRS."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_DEGREE = r"(?:°|º|˚|deg(?:rees)?\.?)"
_MINUTE, _SECOND = r"(?:['’′]|min\.?)", r"(?:[\"”″]|''|’’|sec\.?)"
_NUMBER = r"\d{1,3}(?:[.,]\d+)?"
_ANGLE = rf"({_NUMBER})\s*{_DEGREE}\s*(?:({_NUMBER})\s*{_MINUTE}\s*(?:({_NUMBER})\s*{_SECOND})?)?"
_SEXAGESIMAL = re.compile(
    rf"(?<![\d.]){_ANGLE}\s*([NS])[,;/\s]*(?:and\s+)?{_ANGLE}\s*([EW])(?![A-Za-z])", re.IGNORECASE
)
_LEADING = re.compile(rf"(?<![A-Za-z])([NS])\s*{_ANGLE}[,;/\s]*([EW])\s*{_ANGLE}", re.IGNORECASE)
_LETTERED = re.compile(
    r"(?<![\d.])(\d{1,2}\.\d{1,8})\s*°?\s*([NS])[,;/\s]+(\d{1,3}\.\d{1,8})\s*°?\s*([EW])(?![A-Za-z])", re.IGNORECASE
)
_DECIMAL = re.compile(r"(?<![\d.,])([+-]?\d{1,2}\.\d{3,8})\s*°?\s*[,;]\s*([+-]?\d{1,3}\.\d{3,8})(?![\d])°?")
_MGRS = re.compile(
    r"(?<![A-Za-z0-9])(\d{1,2}\s?[C-HJ-NP-X]\s?[A-HJ-NP-Z][A-HJ-NP-V]\s?(?:\d{5}\s?\d{5}|\d{4}\s?\d{4}|\d{3}\s?\d{3}|\d{10}|\d{8}|\d{6}))(?![A-Za-z0-9])"
)


@dataclass(frozen=True, slots=True)
class Written:
    """A coordinate as written: its span, WGS84 degrees, and how finely it is given in km."""

    start: int
    end: int
    lat: float
    lon: float
    radius_km: float


def find_coordinates(text: str) -> list[Written]:
    """Find the coordinates written in a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Written
        Those that can be on the Earth, in order, without overlaps.

    Examples
    --------
    >>> [(w.lat, w.lon) for w in find_coordinates("hit at 39.5119, 46.3390 and at 39°30'36″N 46°20'24″E")]
    [(39.5119, 46.339), (39.51, 46.34)]
    >>> [round(w.lat, 2) for w in find_coordinates("grid 38SNJ4406181240")]
    [39.58]
    """
    found = sorted(
        {(w.start, w.end): w for finder in (_sexagesimal, _plain, _mgrs) for w in finder(text)}.values(),
        key=lambda w: (w.start, -w.end),
    )
    kept: list[Written] = []
    for written in found:
        if abs(written.lat) <= 90 and abs(written.lon) <= 180 and (not kept or written.start >= kept[-1].end):
            kept.append(written)
    return kept


def _angle(degrees: str, minutes: str | None, seconds: str | None, side: str) -> float:
    """Turn degrees, minutes, seconds and a side into signed degrees."""
    parts = [float((p or "0").replace(",", ".")) for p in (degrees, minutes, seconds)]
    return round((parts[0] + parts[1] / 60 + parts[2] / 3600) * (-1 if side.upper() in "SW" else 1), 6)


def _fineness_km(*parts: str | None) -> float:
    """Return how finely an angle is given: by seconds, minutes, or degrees."""
    return 0.05 if parts[2] else 1.0 if parts[1] else 0.1 if "." in (parts[0] or "") else 60.0


def _sexagesimal(text: str) -> Iterator[Written]:
    """Yield degrees with optional minutes and seconds, the side behind or before."""
    for m in _SEXAGESIMAL.finditer(text):
        yield Written(
            m.start(),
            m.end(),
            _angle(m[1], m[2], m[3], m[4]),
            _angle(m[5], m[6], m[7], m[8]),
            _fineness_km(m[1], m[2], m[3]),
        )
    for m in _LEADING.finditer(text):
        yield Written(
            m.start(),
            m.end(),
            _angle(m[2], m[3], m[4], m[1]),
            _angle(m[6], m[7], m[8], m[5]),
            _fineness_km(m[2], m[3], m[4]),
        )


def _plain(text: str) -> Iterator[Written]:
    """Yield decimal degrees, with letters or as a signed pair (latitude first)."""
    for m in _LETTERED.finditer(text):
        yield Written(m.start(), m.end(), _angle(m[1], None, None, m[2]), _angle(m[3], None, None, m[4]), 0.1)
    for m in _DECIMAL.finditer(text):
        yield Written(m.start(), m.end(), float(m[1]), float(m[2]), 0.1)


def _mgrs(text: str) -> Iterator[Written]:
    """Yield MGRS references; what the library refuses is none."""
    matches = list(_MGRS.finditer(text))
    if not matches:
        return
    from mgrs import MGRS
    from mgrs.core import MGRSError

    for m in matches:
        squares = re.sub(r"\s", "", m[1])
        try:
            lat, lon = MGRS().toLatLon(squares)
        except (MGRSError, ValueError, RuntimeError):
            continue
        digits = len(re.sub(r"^\d{1,2}\D+", "", squares)) // 2
        yield Written(m.start(), m.end(), round(float(lat), 6), round(float(lon), 6), 10 ** (5 - digits) / 1000)
