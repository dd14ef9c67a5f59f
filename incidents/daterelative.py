"""From words that count from another day to intervals: weekdays, "last week", "two days earlier", "overnight"."""

import re
from datetime import date

from incidents.datereckon import (
    COARSER,
    UNIT_PRECISION,
    Clock,
    Reckoned,
    Rule,
    all_values,
    first_value,
    known,
    text_value,
    unknown,
    weekday_date,
    without_prefix,
)
from incidents.daterules import day
from incidents.datewords import Atom
from incidents.model import DatePrecision
from incidents.periods import (
    RECENT_DAYS,
    month_interval,
    moved,
    season_interval,
    shift,
    unit_interval,
    weekday_after,
    weekday_before,
    year_interval,
)

SATURDAY = 5
_SEASON_MONTHS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}


def last_month(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "last August", "this May", "next July", "February of this year"."""
    core = without_prefix(atoms)
    number, part = first_value(core, "M", 1) or 1, text_value(core, "P")
    if clock.today is None:
        return unknown(core, f"--{number:02d}")
    today = clock.today
    year = today.year
    if core[-1].code == "U":
        year += {"L": -1, "H": 0, "X": 1}[core[-2].code]
    elif core[0].code == "X":
        year += number <= today.month
    elif core[0].code in "Lp":
        year -= number >= today.month
    elif number > today.month and not clock.future:
        year -= 1
    return known(month_interval(year, number, part), DatePrecision.MONTH, core, clock)


def season(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "autumn 2020", "last summer", "in spring"."""
    core = [atom for atom in atoms if atom.code not in "SuBQe"]
    name = next(atom for atom in core if atom.code == "G")
    months, year = _SEASON_MONTHS[name.word], first_value(core, "Y")
    if year is None and core[-1].code == "U" and text_value(core, "U") == "year" and clock.today:
        year = clock.today.year + {"L": -1, "X": 1}.get(core[-2].code, 0)
    if year is None and re.match(r"\s+of\b", text[name.end : name.end + 6]):
        return []
    if year is None:
        if clock.today is None:
            return unknown(core)
        year = clock.today.year
        begins = season_interval(year, months)[0]
        if core[0].code == "X":
            year += begins <= clock.today
        elif begins > clock.today or (core[0].code == "L" and season_interval(year, months)[1] >= clock.today):
            year -= 1
    return known(season_interval(year, months), DatePrecision.MONTH, core, clock)


def weekday(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "on Tuesday", "last Friday"."""
    core = without_prefix(atoms)
    modifier = core[0].code if core[0].code in "LHX" else ""
    found = weekday_date(first_value(core, "W", 0) or 0, clock, modifier)
    words = [atom for atom in core if atom.code in "LHXPW"]
    return [Reckoned(found, found, DatePrecision.DAY, words)] if found else unknown(words)


def weekday_of_week(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "Friday last week", "the Friday before last"."""
    core = [atom for atom in without_prefix(atoms) if atom.code not in "OfP"]
    number = first_value(core, "W", 0) or 0
    if core[-1].code == "L":
        found = weekday_date(number, clock, "L")
        found = found and shift(found, -7)
        return [Reckoned(found, found, DatePrecision.DAY, core)] if found else unknown(core)
    if text_value(core, "U") != "week" or clock.today is None:
        return weekday(core[:1], clock, text)
    monday = unit_interval(clock.today, "week", {"L": -1, "X": 1}.get(core[1].code, 0))[0]
    found = weekday_after(shift(monday, -1), number)
    return [Reckoned(found, found, DatePrecision.DAY, core)]


def weekday_range(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "from Monday to Thursday"."""
    core = without_prefix(atoms)
    first, last = all_values(core, "W")
    end = weekday_date(last, clock)
    return [Reckoned(weekday_before(end, first), end, DatePrecision.SPAN, core)] if end else unknown(core)


def overnight(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "overnight", "overnight on Friday", "overnight into Tuesday"."""
    core = without_prefix(atoms)
    days = all_values(core, "W")
    end = weekday_date(days[-1], clock) if days else clock.today
    if end is None:
        return unknown(core[:1])
    joined = any(atom.code in "ZiK" for atom in core)
    start = end if days and not joined else shift(end, -1)
    return [Reckoned(start, end, DatePrecision.DAY, core if days else core[:1])]


def ago(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "two days ago", "a month ago"."""
    core = without_prefix(atoms)
    unit = text_value(core, "U")
    if clock.today is None:
        return unknown(core)
    if fuzzy := _vague_count(core):
        return _vaguely(clock.today, unit, (-fuzzy[1], -fuzzy[0]), core)
    count = next((atom.value for atom in core if atom.code in "ND"), None)
    if count is None:
        return []
    then = moved(clock.today, unit, -int(str(count)))
    if unit in ("year", "decade"):
        return [Reckoned(*year_interval(then.year), DatePrecision.YEAR, core)]
    slack = {"week": 3, "weekend": 3, "fortnight": 3, "month": 10}.get(unit, 0)
    return known((shift(then, -slack), shift(then, slack)), UNIT_PRECISION[unit], core, clock)


_VAGUE_COUNTS = {"few": (2, 6), "several": (3, 7), "couple": (1, 3), "plural": (2, 6)}


def _vague_count(core: list[Atom]) -> tuple[int, int] | None:
    """Give the least and the most that "a few", "several" or a bare plural ("days ago") stand for."""
    number = next((atom for atom in core if atom.code in "ND"), None)
    if number is not None:
        return next((_VAGUE_COUNTS[word] for word in number.word.split() if word in _VAGUE_COUNTS), None)
    return _VAGUE_COUNTS["plural"] if any(a.code == "U" and a.word.endswith("s") for a in core) else None


def _vaguely(base: date, unit: str, counts: tuple[int, int], core: list[Atom]) -> list[Reckoned]:
    """Reckon a stretch that begins and ends some units from a day."""
    start, end = (moved(base, unit, count) for count in counts)
    return [Reckoned(start, end, COARSER.get(unit, DatePrecision.YEAR), core)]


def stands_before_event(core: list[Atom], text: str) -> bool:
    """Whether what is counted from follows: "two days after the raid"."""
    follows = re.match(r"\s{0,3}[^\W_]", text[core[-1].end : core[-1].end + 4]) is not None
    return follows and core[-1].word in ("before", "after", "prior")


def earlier(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "two days earlier", "three hours later", "the day before" where no event follows."""
    core = without_prefix(atoms)
    if stands_before_event(core, text):
        return []
    return count_from(core, clock)


def count_from(core: list[Atom], clock: Clock) -> list[Reckoned]:
    """Reckon a count of days, weeks or years before or after the last day named."""
    unit = text_value(core, "U")
    count = int(str(next((atom.value for atom in core if atom.code in "ND"), 1)))
    base = clock.anchor or clock.published
    if unit in ("year", "decade"):
        base = clock.named or base
    if base is None:
        return unknown(core, clock.partial if unit in ("minute", "hour") else "")
    is_back = core[-1].code == "E"
    if (fuzzy := _vague_count(core)) and unit not in ("minute", "hour"):
        return _vaguely(base, unit, (-fuzzy[1], -fuzzy[0]) if is_back else fuzzy, core)
    then = moved(base, unit, -count if is_back else count)
    if unit in ("year", "decade"):
        return [Reckoned(*year_interval(then.year), DatePrecision.YEAR, core)]
    slack = {"week": 1, "weekend": 1, "fortnight": 2, "month": 10}.get(unit, 0)
    return [Reckoned(shift(then, -slack), shift(then, slack), UNIT_PRECISION[unit], core)]


def running(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "for a third consecutive day": the days up to now."""
    core = without_prefix(atoms)
    end = clock.today
    if end is None:
        return unknown(core)
    unit, count = text_value(core, "U"), first_value(core, "d", 1) or 1
    start = moved(end, unit, -(count - (unit == "day")))
    return [Reckoned(start, end, DatePrecision.SPAN if unit == "day" else UNIT_PRECISION[unit], core)]


def same(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "the same day", "later that night"."""
    core = without_prefix(atoms)
    unit = text_value(core, "U") or "day"
    if unit in ("minute", "hour", "decade"):
        return []
    if clock.partial and clock.anchor is None:
        return unknown(core, clock.partial)
    base = _base(clock, unit)
    return known(unit_interval(base, unit, 0), UNIT_PRECISION[unit], core, clock) if base else unknown(core)


def _base(clock: Clock, unit: str) -> date | None:
    """Day that "the same year" or "the following week" counts from; for years and months the last time of any length."""
    longer = clock.named if unit in ("year", "month") else None
    return longer or clock.anchor or clock.published


def within(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "earlier in the week", "later in the day"."""
    core = without_prefix(atoms)
    unit = text_value(core, "U")
    base = (clock.anchor or clock.published) if unit == "day" else clock.today
    if unit not in ("day", "week", "month", "year"):
        return []
    return known(unit_interval(base, unit, 0), UNIT_PRECISION[unit], core, clock) if base else unknown(core)


def week_of(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "the week of 12 June" as its Monday to Sunday; "the night of 5 June" is a day."""
    core = without_prefix(atoms)
    found = day([atom for atom in core if atom.code not in {"U", "f"}], clock, text)
    if text_value(core, "U") != "week":
        return found
    start = found[0].start if found else None
    if start is None:
        return found
    return known(unit_interval(start, "week", 0), DatePrecision.WEEK, core, clock)


def previous(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "the previous day", "the following morning", from the last day named; "previous days" are recent ones."""
    core = without_prefix(atoms)
    if core[-1].word.endswith("s"):
        return recent(atoms, clock, text) if core[0].code == "p" else []
    unit = text_value(core, "U") or "day"
    base = _base(clock, unit)
    if unit in ("minute", "hour", "decade"):
        return []
    offset = -1 if core[0].code == "p" else 1
    # "the following year" counts from a year that the text names, not from its publication.
    if offset == 1 and unit == "year" and clock.named is None:
        return unknown(core)
    return known(unit_interval(base, unit, offset), UNIT_PRECISION[unit], core, clock) if base else unknown(core)


def last_units(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "the past three days", "the last few weeks": up to publication."""
    core = [atom for atom in atoms if atom.code not in "SuBQe"]
    if clock.today is None:
        return unknown(core)
    unit = text_value(core, "U")
    count = int(str(next(atom.value for atom in core if atom.code in "ND")))
    if unit == "hour":
        unit, count = "day", -(-count // 24)
    precision = DatePrecision.SPAN if unit == "day" else UNIT_PRECISION[unit]
    return [Reckoned(moved(clock.today, unit, -count), clock.today, precision, core)]


def unit(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "last week", "this month", "late last year", "the end of the month", "last night", "the past week"."""
    core = without_prefix(atoms)
    head = next((atom for atom in core if atom.code in "LHX"), core[0])
    name, part = text_value(core, "U") or "day", text_value(core, "P")
    if clock.today is None:
        return unknown(core)
    if name in ("minute", "hour", "decade") or (head.code == "P" and name not in ("week", "month", "year")):
        return []
    if head.word == "past" and core[-1].code == "U" and name not in ("day", "weekend"):
        return [Reckoned(moved(clock.today, name, -1), clock.today, UNIT_PRECISION[name], core)]
    offset = {"L": -1, "X": 1}.get(head.code, 0)
    if name == "weekend" and offset == 0:
        return weekend(atoms, clock, _text)
    if head.code == "P" and core[0].value in ("week5", "days5", "week1", "days1") and name != "month":
        return []
    base = clock.anchor if offset == 1 and clock.anchor and name == "day" else clock.today
    start, end = unit_interval(base, name, offset)
    if part and name == "year":
        start, end = year_interval(start.year, part)
    if part and name == "month":
        start, end = month_interval(start.year, start.month, part)
    return known((start, end), UNIT_PRECISION[name], core, clock)


def weekend(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "over the weekend": the one that is on, or else the one just past."""
    core = without_prefix(atoms)
    if text_value(core, "U") != "weekend":
        return []
    if clock.today is None:
        return unknown(core)
    offset = 0 if clock.future or clock.today.weekday() >= SATURDAY else -1
    return known(unit_interval(clock.today, "weekend", offset), DatePrecision.SPAN, core, clock)


def recent(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "in recent days", "recent weeks": the stretch before publication."""
    core = without_prefix(atoms)
    name = text_value(core, "U")
    if clock.today is None:
        return unknown(core)
    precision = {"day": DatePrecision.WEEK, "week": DatePrecision.MONTH}.get(name, DatePrecision.YEAR)
    return [Reckoned(shift(clock.today, -RECENT_DAYS[name]), clock.today, precision, core)]


def deictic(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "today", "yesterday"."""
    core = without_prefix(atoms)
    if clock.today is None:
        return unknown(core)
    found = shift(clock.today, int(str(core[0].value)))
    return [Reckoned(found, found, DatePrecision.DAY, core)]


RELATIVE_RULES: tuple[Rule, ...] = (
    last_month,
    season,
    weekday_of_week,
    weekday,
    weekday_range,
    overnight,
    ago,
    earlier,
    running,
    within,
    week_of,
    same,
    previous,
    last_units,
    unit,
    weekend,
    recent,
    deictic,
)
