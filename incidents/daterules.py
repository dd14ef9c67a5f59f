"""From the words of a calendar date to intervals: days, ranges and lists of days, months, years."""

import re
from datetime import date
from itertools import pairwise

from incidents.datereckon import (
    Clock,
    Reckoned,
    Rule,
    all_values,
    first_value,
    known,
    text_value,
    unknown,
    without_prefix,
)
from incidents.datewords import Atom, context_words
from incidents.model import DatePrecision
from incidents.periods import (
    make_date,
    month_interval,
    shift,
    year_interval,
)

_LEADING = re.compile(
    r"\b(?:[Ii]n|[Ss]ince|of|[Bb]y|[Uu]ntil|till|[Ff]rom|to|between|[Dd]uring|[Tt]he|next|through"
    r"|(?:January|February|March|April|May|June|July|August|September|October|November|December) (?:and|or))\s{1,3}$"
)
_AMBIGUOUS_MONTHS = frozenset({"may", "march", "april", "june", "august", "mar", "jan"})


def _year_for(month: int, day: int, clock: Clock) -> int | None:
    """Year of a date without one: its sentence's, else the latest that does not lie after publication."""
    if clock.stated_year is not None and (clock.year is None or clock.stated_year <= clock.year):
        return clock.stated_year
    if clock.year is None:
        return None
    if clock.published is None or clock.future:
        return clock.year
    candidate = make_date(clock.year, month, day)
    return clock.year - 1 if candidate and candidate > shift(clock.published, 1) else clock.year


def _day(month: int, day: int, year: int | None, clock: Clock) -> date | None:
    """Date of a month and a day; the 29th of February goes to the last leap year."""
    year = year or _year_for(month, day, clock)
    if year is None:
        return None
    is_leap_day = (month, day) == (2, 29)
    return next(
        (found for back in range(8 if is_leap_day else 1) if (found := make_date(year - back, month, day))), None
    )


def _one_day(month: int, day: int, year: int | None, clock: Clock, atoms: list[Atom]) -> list[Reckoned]:
    """Reckon one day."""
    if make_date(2024, month, day) is None:
        return []
    found = _day(month, day, year, clock)
    return [Reckoned(found, found, DatePrecision.DAY, atoms)] if found else unknown(atoms, f"--{month:02d}-{day:02d}")


def iso(atoms: list[Atom], _clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon 2023-09-14."""
    return [Reckoned(a.value, a.value, DatePrecision.DAY, [a]) for a in atoms if isinstance(a.value, date)]


def iso_range(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon 2023-09-14 to 2023-09-16."""
    first, last = (atom for atom in atoms if isinstance(atom.value, date))
    if (
        not isinstance(first.value, date)
        or not isinstance(last.value, date)
        or first.value > last.value
        or "K" in [a.code for a in atoms]
    ):
        return iso(atoms, clock, text)
    return [Reckoned(first.value, last.value, DatePrecision.SPAN, without_prefix(atoms))]


def slashed(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "5/6/2023" in the order that the article's country writes; both days bound it where that is not known."""
    first, second, year = (int(part) for part in re.split(r"[-/]", atoms[-1].word))
    year += 2000 if year < 100 else 0
    day_first, month_first = make_date(year, second, first), make_date(year, first, second)
    if day_first is None or month_first is None:
        return []
    if clock.month_first is not None:
        found = month_first if clock.month_first else day_first
        return [Reckoned(found, found, DatePrecision.DAY, atoms[-1:])]
    start, end = min(day_first, month_first), max(day_first, month_first)
    precision = DatePrecision.MONTH if end <= shift(start, 62) else DatePrecision.YEAR
    return [Reckoned(start, end, precision, atoms[-1:])]


def ordinal_day(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "on the 7th" in the month of the last day named, or of publication; "on the 7th floor" is none."""
    number = atoms[-1]
    base = clock.anchor or clock.published
    after = re.match(r"\s{1,3}([a-z]{1,30})", text[number.end : number.end + 40])
    if number.word[-1:].isdigit() or (after and after[1] not in context_words("continues")):
        return []
    if base is None:
        return unknown([number])
    found = make_date(base.year, base.month, int(str(number.value)))
    if found and clock.published and found > clock.published and not clock.future:
        month_before = shift(base.replace(day=1), -1)
        found = make_date(month_before.year, month_before.month, int(str(number.value)))
    return [Reckoned(found, found, DatePrecision.DAY, [number])] if found else []


def holiday(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "New Year's Eve", "Christmas Day 2019"."""
    core = without_prefix(atoms)
    month, number = (int(part) for part in text_value(core, "j").split("-"))
    return _one_day(month, number, first_value(core, "Y"), clock, core)


def _counts_something(atoms: list[Atom], text: str) -> bool:
    """Whether the last figure counts what follows: "In May 12 soldiers were", "on May 3 and 14 wounded"."""
    after = re.match(r"\s{1,3}([a-z]{1,30})", text[atoms[-1].end : atoms[-1].end + 40])
    return after is not None and after[1] not in context_words("continues")


def day(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "13 May", "Tuesday, November 8", "September 13, 2022"."""
    core = without_prefix(atoms)
    month, number = first_value(core, "M"), first_value(core, "D")
    if month is None or number is None:
        return []
    if core[-1].code == "D" and _after_in(core[0], text) and _counts_something(core, text):
        return _month(month, None, "", core[:1], clock)
    return _one_day(month, number, first_value(core, "Y"), clock, core)


def _after_in(atom: Atom, text: str) -> bool:
    """Whether "in" stands right before: then the figure after the month is no day."""
    return re.search(r"\b[Ii]n\s{1,3}$", text[max(0, atom.start - 5) : atom.start]) is not None


def _span(first: date | None, last: date | None, atoms: list[Atom], *, rolled: bool) -> list[Reckoned]:
    """Make an interval of two days; the first lies in the year before where it would come after the last."""
    if first is None or last is None:
        return unknown(atoms)
    if first > last and rolled:
        first = make_date(first.year - 1, first.month, first.day) or first
    if first > last:
        return [Reckoned(end, end, DatePrecision.DAY, atoms) for end in (first, last)]
    return [Reckoned(first, last, DatePrecision.SPAN, atoms)]


def day_range(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "from 28 May to 3 June", "September 7-November 10, 2020"."""
    core = without_prefix(atoms)
    months, numbers, years = all_values(core, "M"), all_values(core, "D"), all_values(core, "Y")
    first_year = years[0] if len(years) > 1 else None
    last = _day(months[-1], numbers[-1], years[-1] if years else None, clock)
    if last is None:
        return unknown(core, f"--{months[0]:02d}-{numbers[0]:02d}/--{months[-1]:02d}-{numbers[-1]:02d}")
    first = make_date(first_year or last.year, months[0], numbers[0])
    return _span(first, last, core, rolled=first_year is None)


def days_of_month(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "September 13-14", "between 3 and 7 May"."""
    core = without_prefix(atoms)
    month, numbers, year = first_value(core, "M", 1) or 1, all_values(core, "D"), first_value(core, "Y")
    first, last = (_day(month, number, year, clock) for number in (numbers[0], numbers[-1]))
    if first is None or last is None:
        return unknown(core, f"--{month:02d}-{numbers[0]:02d}/--{month:02d}-{numbers[-1]:02d}")
    return _span(first, last, core, rolled=False)


def day_list(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "3 and 5 May" as two days; "May 3 and 14 wounded" as one."""
    core = without_prefix(atoms)
    month, year = first_value(core, "M", 1) or 1, first_value(core, "Y")
    days = [atom for atom in core if atom.code == "D"]
    if core[-1].code == "D" and _counts_something(core, text):
        return _one_day(month, int(str(days[0].value)), year, clock, core[:2])
    pairs = [([atom], int(str(atom.value))) for atom in days]
    pairs[-1] = (core[core.index(days[-1]) :], pairs[-1][1])
    pairs[0] = (core[: core.index(days[0]) + 1], pairs[0][1])
    return [reckoned for own, number in pairs for reckoned in _one_day(month, number, year, clock, own)]


def _month(month: int, year: int | None, part: str, atoms: list[Atom], clock: Clock) -> list[Reckoned]:
    """Reckon a month or a part of it."""
    first_day = month_interval(2024, month, part)[0].day
    year = year or _year_for(month, first_day, clock)
    if year is None:
        return unknown(atoms, f"--{month:02d}")
    precision = DatePrecision.WEEK if part.startswith(("week", "days")) else DatePrecision.MONTH
    return known(month_interval(year, month, part), precision, atoms, clock)


def month(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "in May", "late March 2020"; "may" and "march" need a word that leads in."""
    core = without_prefix(atoms)
    name = next(atom for atom in core if atom.code == "M")
    alone = core == [name] and len(core) == len(atoms)
    if alone and name.word.rstrip(".") in _AMBIGUOUS_MONTHS and not _led_in(name, text):
        return []
    if alone and len(name.word.rstrip(".")) <= 3 and name.word != "may":
        return []
    return _month(int(str(name.value)), first_value(core, "Y"), text_value(core, "P"), core, clock)


def _led_in(atom: Atom, text: str) -> bool:
    """Whether a word that dates have before them stands right before."""
    before = text[max(0, atom.start - 20) : atom.start]
    return _LEADING.search(before) is not None


def month_range(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "from March to May 2022", "July-August", "between late April and early May"."""
    core = without_prefix(atoms)
    months, years = all_values(core, "M"), all_values(core, "Y")
    parts = [
        str(before.value) if before.code == "P" else ""
        for before, atom in pairwise([core[0], *core])
        if atom.code == "M"
    ]
    last_year = years[-1] if years else _year_for(months[-1], 1, clock)
    if last_year is None:
        return unknown(core, f"--{months[0]:02d}/--{months[-1]:02d}")
    first_year = years[0] if len(years) > 1 else last_year - (months[0] > months[-1])
    return known(
        (month_interval(first_year, months[0], parts[0])[0], month_interval(last_year, months[-1], parts[-1])[1]),
        DatePrecision.MONTH,
        core,
        clock,
    )


def year_range(atoms: list[Atom], clock: Clock, _text: str) -> list[Reckoned]:
    """Reckon "1992-1994", "2014-15"."""
    core = without_prefix(atoms)
    years = all_values(core, "Y")
    last = years[1] if len(years) > 1 else years[0] - years[0] % 100 + (first_value(core, "D") or 0)
    if last <= years[0]:
        return [Reckoned(*year_interval(years[0]), DatePrecision.YEAR, core)]
    return known((date(years[0], 1, 1), date(last, 12, 31)), DatePrecision.YEAR, core, clock)


def year(atoms: list[Atom], clock: Clock, text: str) -> list[Reckoned]:
    """Reckon "in 1994", "the 2020 war", "the 1990s"; "2000 soldiers" is none."""
    core = without_prefix(atoms)
    last = core[-1]
    first_year = int(str(last.value))
    if last.code == "y":
        return known((date(first_year, 1, 1), date(first_year + 9, 12, 31)), DatePrecision.YEAR, core, clock)
    after = re.match(r"\s{1,3}([a-z]{1,30})", text[last.end : last.end + 40])
    before = " ".join(text[max(0, last.start - 20) : last.start].lower().split()[-2:])
    counted = after is not None and after[1] in context_words("counted")
    if counted or any(before.endswith(word) for word in context_words("approximate")):
        return []
    return known(year_interval(first_year, text_value(core, "P")), DatePrecision.YEAR, core, clock)


CALENDAR_RULES: tuple[Rule, ...] = (
    iso_range,
    iso,
    slashed,
    ordinal_day,
    holiday,
    day_range,
    days_of_month,
    day_list,
    day,
    month_range,
    month,
    year_range,
    year,
)
