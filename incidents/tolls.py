"""The toll of an incident from everything that was said of it, as a range."""

from collections.abc import Sequence

from incidents.counts import add
from incidents.model import Count, Toll


def total(tolls: Sequence[Toll], what: str) -> Count:
    """Return the count of one sort over all tolls: low is the least, high the most, best the fullest that the text gives.

    Parameters
    ----------
    tolls : sequence of Toll
        Of one incident.
    what : str
        "killed" or "injured".

    Returns
    -------
    Count
        All None when no toll tells.

    Examples
    --------
    >>> total([Toll("killed", "people", Count(10, 10, None)), Toll("killed", "", Count(12, 12, 12))], "killed")
    Count(low=10, best=12, high=12)
    """
    by_words: dict[object, list[Count]] = {}
    for toll in (t for t in tolls if t.what == what):
        by_words.setdefault((toll.span, toll.source), []).append(toll.count)
    counts = [add(each) for each in by_words.values()]
    if not counts:
        return Count()
    best = [c.best for c in counts if c.best is not None]
    known = [b for b in best if b > 0] or best
    lows = [n for c in counts for n in (c.low if c.low is not None else c.best,) if n is not None]
    highs = [n for c in counts for n in (c.high, c.best) if n is not None]
    return Count(min(lows, default=None), max(known, default=None), max(highs, default=None))
