"""Geoparsing as one call: text in, offsets and coordinates out."""

from collections.abc import Sequence
from functools import cache

from gazetteer.model import Toponym
from gazetteer.spans import read_spans
from gazetteer.store import Gazetteer, open_gazetteer
from gazetteer.toponyms import read_toponyms


@cache
def _gazetteer() -> Gazetteer:
    """Open the gazetteer once."""
    return open_gazetteer()


def _row(toponym: Toponym) -> tuple[int, int, float | None, float | None]:
    """Give one toponym as offsets and coordinates."""
    place = toponym.place
    return (toponym.start, toponym.end, place.lat if place else None, place.lon if place else None)


def geoparse(text: str) -> list[tuple[int, int, float | None, float | None]]:
    """Find the places named in a text.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (start, end, lat, lon)
        Character offsets and WGS84 degrees; None where there is no such place.

    Examples
    --------
    >>> [(start, end) for start, end, _, _ in geoparse("The mayor of Paris flew to Berlin.")]
    [(13, 18), (27, 33)]
    """
    return [_row(t) for t in read_toponyms(text, _gazetteer(), near_names=False)]


def geoparse_with_demonyms(text: str) -> list[tuple[int, int, float | None, float | None]]:
    """Find the places named in a text, and words such as "Turkish" as their countries.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of (start, end, lat, lon)
        Character offsets and WGS84 degrees; None where there is no such place.
    """
    return [_row(t) for t in read_toponyms(text, _gazetteer(), demonyms=True, near_names=False)]


def resolve_spans(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[float, float] | None]:
    """Resolve place names whose spans are given.

    Parameters
    ----------
    text : str
        Any text.
    spans : sequence of (int, int)
        Where the names stand.

    Returns
    -------
    list of (lat, lon) or None
        One for each span, None where there is no such place.
    """
    found = read_spans(text, spans, _gazetteer())
    return [
        (t.place.lat, t.place.lon) if t.place and t.place.lat is not None and t.place.lon is not None else None
        for t in found
    ]
