"""What the rules for time expressions share: the clock they count from and the intervals they make."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from incidents.datewords import Atom
from incidents.model import DatePrecision
from incidents.periods import (
    Interval,
    weekday_after,
    weekday_before,
    weekday_near,
)

UNIT_PRECISION = {
    "minute": DatePrecision.DAY,
    "hour": DatePrecision.DAY,
    "day": DatePrecision.DAY,
    "weekend": DatePrecision.SPAN,
    "week": DatePrecision.WEEK,
    "month": DatePrecision.MONTH,
    "year": DatePrecision.YEAR,
    "decade": DatePrecision.YEAR,
    "fortnight": DatePrecision.WEEK,
}
COARSER = {
    "minute": DatePrecision.DAY,
    "hour": DatePrecision.DAY,
    "day": DatePrecision.WEEK,
    "week": DatePrecision.MONTH,
}


@dataclass(frozen=True, slots=True)
class Clock:
    """What expressions count from.

    Publication and its year; the last day named (`anchor`, or `partial` where its year is unknown) and the last time of any
    length (`named`); the year that the sentence states and where; whether the clause tells of the future; whether publication is inferred and
    may have been later; whether "5/6/2023" has the month first, None where that is not known.
    """

    published: date | None = None
    year: int | None = None
    anchor: date | None = None
    partial: str = ""
    named: date | None = None
    stated_year: int | None = None
    stated_at: int = 0
    future: bool = False
    inferred: bool = False
    month_first: bool | None = None

    @property
    def today(self) -> date | None:
        """The day that "today" is: publication, or else the last day named."""
        return self.published or self.anchor


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An interval with its precision and the atoms it came from; `partial` keeps month and day where the year is unknown."""

    start: date | None
    end: date | None
    precision: DatePrecision
    atoms: list[Atom]
    partial: str = ""


Rule = Callable[[list[Atom], Clock, str], list[Reckoned]]


def known(interval: Interval | None, precision: DatePrecision, atoms: list[Atom], clock: Clock) -> list[Reckoned]:
    """Make an interval that has begun end with publication at the latest."""
    if interval is None:
        return unknown(atoms)
    start, end = interval
    is_open = precision is not DatePrecision.DAY and not clock.future and not clock.inferred
    if clock.published and is_open and start <= clock.published < end:
        end = clock.published
    return [Reckoned(start, end, precision, atoms)]


def unknown(atoms: list[Atom], partial: str = "") -> list[Reckoned]:
    """Keep the words of a date that cannot be reckoned."""
    return [Reckoned(None, None, DatePrecision.UNKNOWN, atoms, partial)]


def first_value(atoms: list[Atom], code: str, default: int | None = None) -> int | None:
    """Value of the first atom with a code."""
    return next((atom.value for atom in atoms if atom.code == code and isinstance(atom.value, int)), default)


def all_values(atoms: list[Atom], code: str) -> list[int]:
    """Values of all atoms with a code."""
    return [atom.value for atom in atoms if atom.code == code and isinstance(atom.value, int)]


def text_value(atoms: list[Atom], code: str) -> str:
    """Text value of the first atom with a code."""
    return next((atom.value for atom in atoms if atom.code == code and isinstance(atom.value, str)), "")


def without_prefix(atoms: list[Atom]) -> list[Atom]:
    """Atoms without the words that lead in."""
    return [atom for atom in atoms if atom.code not in "SuB"]


def weekday_date(number: int, clock: Clock, modifier: str = "") -> date | None:
    """Day that a weekday means: the latest one up to publication, or the next one where the clause tells of the future."""
    if clock.published is None:
        return weekday_near(clock.anchor, number) if clock.anchor else None
    if modifier == "X" or (clock.future and modifier != "L"):
        return weekday_after(clock.published, number)
    return weekday_before(clock.published, number, strictly=modifier == "L")
