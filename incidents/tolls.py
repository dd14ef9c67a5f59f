"""The toll of an incident from everything that was said of it, as a range."""

from collections.abc import Sequence

from incidents.borders import sides_in
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
    known = [b for b in (*best, _both_sides([t for t in tolls if t.what == what])) if b > 0] or best
    lows = [n for c in counts for n in (c.low if c.low is not None else c.best,) if n is not None]
    highs = [n for c in counts for n in (c.high, c.best) if n is not None]
    return Count(min(lows, default=None), max(known, default=None), max(highs, default=None))


def _both_sides(tolls: Sequence[Toll]) -> int:
    """Add what two sides lost, each by its own count or by what the other text says of its people; 0 for one side alone.

    A number without a group ("about 18 were killed") that a government gives is its own side's.
    """
    named: dict[str, int] = {}
    own: dict[str, int] = {}
    for toll in tolls:
        if toll.count.best is None:
            continue
        group, source = sides_in(toll.group, {}), sides_in(toll.source, {})
        if len(group) == 1:
            named[group[0]] = max(named.get(group[0], 0), toll.count.best)
        elif not toll.group and len(source) == 1:
            own[source[0]] = max(own.get(source[0], 0), toll.count.best)
    sides = {**own, **named}
    return sum(sides.values()) if named and len(sides) > 1 else 0
