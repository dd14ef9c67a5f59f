"""Calendar arithmetic: months, seasons, weekdays and weeks as intervals with both ends included."""

from calendar import monthrange
from datetime import MAXYEAR, MINYEAR, date, timedelta

Interval = tuple[date, date]

_PARTS = {
    "early": (1, 10),
    "mid": (11, 20),
    "late": (21, 31),
    "half1": (1, 15),
    "half2": (16, 31),
    "week1": (1, 7),
    "week2": (8, 14),
    "week3": (15, 21),
    "week4": (22, 28),
    "week5": (25, 31),
    "days1": (1, 5),
    "days5": (27, 31),
}
_YEAR_PARTS = {
    "early": (1, 4),
    "mid": (5, 8),
    "late": (9, 12),
    "half1": (1, 6),
    "half2": (7, 12),
    "quarter1": (1, 3),
    "quarter2": (4, 6),
    "quarter3": (7, 9),
    "quarter4": (10, 12),
}
RECENT_DAYS = {
    "hour": 1,
    "minute": 1,
    "day": 7,
    "week": 30,
    "month": 180,
    "year": 3 * 365,
    "weekend": 14,
    "decade": 20 * 365,
    "fortnight": 30,
}


def make_date(year: int, month: int, day: int) -> date | None:
    """Build a date, None where there is no such day.

    Examples
    --------
    >>> make_date(2023, 2, 29) is None
    True
    """
    if not (MINYEAR <= year <= MAXYEAR and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def shift(day: date, days: int) -> date:
    """Move a date by days, stopping at the ends of the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))


def shift_months(day: date, months: int) -> date:
    """Move a date by months; the day is cut to the month's length.

    Examples
    --------
    >>> shift_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    index = min(max(day.year * 12 + day.month - 1 + months, MINYEAR * 12), MAXYEAR * 12 + 11)
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _in_calendar(year: int) -> int:
    """Bring a year within what dates can hold."""
    return min(max(year, MINYEAR), MAXYEAR)


def month_interval(year: int, month: int, part: str = "") -> Interval:
    """Days of a month, or of its early, mid or late third or half.

    Examples
    --------
    >>> month_interval(2022, 9, "mid")
    (datetime.date(2022, 9, 11), datetime.date(2022, 9, 20))
    """
    year = _in_calendar(year)
    length = monthrange(year, month)[1]
    first, last = _PARTS.get(part, (1, length))
    return date(year, month, min(first, length)), date(year, month, min(last, length))


def year_interval(year: int, part: str = "") -> Interval:
    """Days of a year, or of its early, mid or late third or half."""
    year = _in_calendar(year)
    first, last = _YEAR_PARTS.get(part, (1, 12))
    return date(year, first, 1), month_interval(year, last)[1]


def season_interval(year: int, months: tuple[int, int]) -> Interval:
    """Days of a season that begins in a year; winter ends in the next one."""
    first, last = months
    year = min(_in_calendar(year), MAXYEAR - 1)
    end_year = year + (last < first)
    return date(year, first, 1), month_interval(end_year, last)[1]


def weekday_before(reference: date, weekday: int, *, strictly: bool = False) -> date:
    """Latest such weekday on or before a date (Monday is 0).

    Examples
    --------
    >>> weekday_before(date(2024, 7, 27), 5), weekday_before(date(2024, 7, 27), 5, strictly=True)
    (datetime.date(2024, 7, 27), datetime.date(2024, 7, 20))
    """
    back = (reference.weekday() - weekday) % 7
    return shift(reference, -(back or 7 if strictly else back))


def weekday_after(reference: date, weekday: int) -> date:
    """First such weekday after a date."""
    return shift(reference, (weekday - reference.weekday()) % 7 or 7)


def weekday_near(reference: date, weekday: int) -> date:
    """Such a weekday nearest to a date, at most three days off."""
    before = weekday_before(reference, weekday)
    return before if reference - before <= timedelta(3) else shift(before, 7)


def unit_interval(reference: date, unit: str, offset: int) -> Interval:
    """Calendar unit that lies `offset` units from the one that holds a date; weeks begin on Monday.

    Examples
    --------
    >>> unit_interval(date(2025, 5, 14), "week", -1)
    (datetime.date(2025, 5, 5), datetime.date(2025, 5, 11))
    """
    if unit == "week":
        monday = shift(reference, -reference.weekday() + 7 * offset)
        return monday, shift(monday, 6)
    if unit == "fortnight":
        return shift(reference, 1 if offset > 0 else -14), shift(reference, 14 if offset > 0 else 0)
    if unit == "weekend":
        saturday = shift(reference, -reference.weekday() + 5 + 7 * offset)
        return saturday, shift(saturday, 1)
    if unit == "month":
        month = shift_months(reference.replace(day=1), offset)
        return month_interval(month.year, month.month)
    if unit in ("year", "decade"):
        year = _in_calendar(reference.year + offset * (10 if unit == "decade" else 1))
        first = year - year % 10 if unit == "decade" else year
        return date(_in_calendar(first), 1, 1), date(_in_calendar(first + (9 if unit == "decade" else 0)), 12, 31)
    day = shift(reference, offset if unit == "day" else 0)
    return day, day


def moved(reference: date, unit: str, count: int) -> date:
    """Date that lies `count` units from another."""
    if unit == "minute":
        return reference
    if unit == "hour":
        return shift(reference, int(count / 24))
    if unit in ("month", "year", "decade"):
        return shift_months(reference, max(min(count, 10_000), -10_000) * {"month": 1, "year": 12, "decade": 120}[unit])
    return shift(reference, count * {"day": 1, "fortnight": 14}.get(unit, 7))
