"""ACLED and UCDP codes of the 13 kinds, and precision codes, from one table."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from incidents.lexicon import rows
from incidents.model import DatePrecision, Kind


@dataclass(frozen=True, slots=True)
class Codes:
    """ACLED event and sub-event type, UCDP type of violence ("" for none)."""

    event_type: str
    sub_event_type: str
    type_of_violence: str


@cache
def _table() -> dict[str, Codes]:
    return {
        row["kind"]: Codes(row["event_type"], row["sub_event_type"], row["type_of_violence"])
        for row in rows("kinds.csv")
    }


def codes(kind: Kind) -> Codes:
    """Return the codes of a kind.

    Examples
    --------
    >>> codes(Kind.SHELLING_OR_MISSILE).sub_event_type
    'Shelling/artillery/missile attack'
    """
    return _table()[kind]


def acled_precision(geo_precision: int) -> int:
    """Derive ACLED's geo_precision (1 exact, 2 part of a region, 3 region) from UCDP's where_prec (1-7).

    Examples
    --------
    >>> [acled_precision(p) for p in (1, 2, 3, 5, 6)]
    [1, 2, 2, 3, 3]
    """
    return 1 if geo_precision == 1 else 2 if geo_precision in (2, 3) else 3


def ucdp_date_precision(precision: DatePrecision, start: date | None, end: date | None) -> int:
    """Derive UCDP's date_prec (1 day, 2 up to six days, 3 week, 4 month, 5 longer) from a date interval.

    Examples
    --------
    >>> ucdp_date_precision(DatePrecision.DAY, date(2024, 5, 3), date(2024, 5, 3))
    1
    """
    if start is None or end is None or precision in (DatePrecision.YEAR, DatePrecision.UNKNOWN):
        return 5
    days = (end - start).days + 1
    return 1 if days == 1 else 2 if days <= 6 else 3 if days == 7 else 4 if days <= 31 else 5
