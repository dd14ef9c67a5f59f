"""The year, and if possible the day, that an undated article was written, from the dates that stand in it.

Three kinds of evidence: a weekday beside a date ("Tuesday, November 8") holds in few years; a count of years from a dated
event ("two years have passed since the 2020 war") gives one year; and a story whose own dates carry a year has said it.
"""

import re
from collections import Counter
from datetime import date
from typing import NamedTuple

from incidents.dates import CITATION, COMPARISON, DATELINE, NAME, find_dates
from incidents.datewords import context_words, word_values
from incidents.model import Article, DatePrecision, When
from incidents.periods import make_date

_NUMBER = r"(?:(\d{1,3})|(\w{3,9}))"
_HAVE_PASSED = re.compile(
    rf"\b{_NUMBER}\s+years\s+(?:have|had|has)\s+(?:now\s+|already\s+)?(?:passed|gone\s+by|elapsed)", re.IGNORECASE
)
_COUNTED = re.compile(rf"\b{_NUMBER}\s+years?\s+(?:after|since|on\s+from|ago|from)\b", re.IGNORECASE)
_ANNIVERSARY = re.compile(r"\b()(\w{3,9}|\d{1,3}(?:st|nd|rd|th))\s+anniversary\s+of\b", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s|\n\s*\n")
_OLDEST = 1900
_LONGEST = 200_000
_SENTENCE = 300


class Inferred(NamedTuple):
    """The year and the last day of the story, None where the text does not tell."""

    year: int | None = None
    day: date | None = None


class _Evidence(NamedTuple):
    """What a text says on its year: weekdays beside dates, weekdays and dates apart, years with dates, counted years."""

    pairs: list[tuple[int, int, int]]
    weekdays: set[int]
    days: list[tuple[int, int]]
    stated: list[int]
    bare: list[int]
    counted: Counter[int]


def infer_published(text: str, *, today: date | None = None) -> Inferred:
    """Infer when an undated article was written.

    Parameters
    ----------
    text : str
        The article's clean text.
    today : date, optional
        No year after this day's is considered; the current day unless given.

    Returns
    -------
    Inferred
        The latest year that agrees with every weekday-and-date pair and with the years that the text counts; nothing without
        such evidence. The day is the last one that the story names.

    Examples
    --------
    >>> infer_published("Shots were heard at the crossing on Friday, 12 May.", today=date(2025, 1, 1)).year
    2023
    """
    today = today or date.today()  # noqa: DTZ011 - the user's day is meant
    whens = find_dates(text[:_LONGEST], Article("", "", ()))
    evidence = _gather(text[:_LONGEST], whens, today)
    year = _choose(evidence, today)
    return Inferred(year, _last_day(text, whens, year, today)) if year else Inferred()


def _gather(text: str, whens: list[When], today: date) -> _Evidence:
    """Collect the evidence."""
    own = [when for when in whens if when.rule not in (CITATION, COMPARISON, NAME) and when.span is not None]
    pairs, weekdays, days = [], set(), []
    for when in own:
        weekday = _weekday_in(text, when)
        if weekday is not None:
            weekdays.add(weekday)
        for month, day in re.findall(r"--(\d\d)-(\d\d)", when.partial):
            days.append((int(month), int(day)))
            if weekday is not None and when.rule != "weekday":
                pairs.append((weekday, int(month), int(day)))
    dated = [when for when in own if when.start and when.start.year <= today.year and not _is_future(text, when)]
    stated = [when.start.year for when in dated if when.start and when.precision is not DatePrecision.YEAR]
    bare = [
        when.start.year
        for when in dated
        if when.start and when.rule in ("year", "since") and when.precision is DatePrecision.YEAR
    ]
    return _Evidence(pairs, weekdays, days, stated, bare, _count_years(text, Counter(stated + bare), today))


def _weekday_in(text: str, when: When) -> int | None:
    """Weekday that stands in the words of a date."""
    words = re.findall(r"[A-Za-z]{3,9}", text[when.span.start : when.span.end]) if when.span else []
    values = [word_values().get(word.lower(), ("", "")) for word in words]
    return next((int(value) for code, value in values if code == "W"), None)


def _is_future(text: str, when: When) -> bool:
    """Whether the words before a date tell of the future."""
    start = when.span.start if when.span else 0
    before = _SENTENCE_END.split(text[max(0, start - 80) : start])[-1].lower()
    return any(
        re.search(rf"\b{word}\b", before)
        for word in (*context_words("future"), "next", "until", "ends in", "expires in")
    )


def _number(match: re.Match[str]) -> int | None:
    """Read the number that a count of years is written with."""
    if match[1]:
        return int(match[1])
    word = match[2].lower()
    if word[:-2].isdigit():
        return int(word[:-2])
    code, value = word_values().get(word, ("", ""))
    return (
        int(value)
        if code in ("N", "d") and isinstance(value, int) and word not in ("a", "an", "few", "several")
        else None
    )


def _count_years(text: str, years: Counter[int], today: date) -> Counter[int]:
    """Reckon the years that counts arrive at, weighted: from a year in the same sentence, or from the one named most."""
    found: Counter[int] = Counter()
    most_named = max(years, key=lambda year: (years[year], year), default=None)
    for pattern in (_HAVE_PASSED, _COUNTED, _ANNIVERSARY):
        for match in pattern.finditer(text):
            number = _number(match)
            sentence = _sentence_around(text, match)
            base = [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", sentence)]
            if not base and pattern is _HAVE_PASSED and most_named:
                base = [most_named]
            if number and len(set(base)) == 1 and _OLDEST <= base[0] + number <= today.year:
                found[base[0] + number] += 2 if pattern is _HAVE_PASSED else 1
    return found


def _sentence_around(text: str, match: re.Match[str]) -> str:
    """Sentence that a match stands in."""
    before = _SENTENCE_END.split(text[max(0, match.start() - _SENTENCE) : match.start()])[-1]
    after = _SENTENCE_END.split(text[match.end() : match.end() + _SENTENCE])[0]
    return before + match[0] + after


def _choose(evidence: _Evidence, today: date) -> int | None:
    """Choose the latest year that all evidence agrees with."""
    lowest = max([*evidence.stated, *([] if evidence.stated else evidence.bare)], default=_OLDEST)
    agreeing = [year for year in range(today.year, lowest - 1, -1) if _pairs_hold(evidence.pairs, year)]
    told = _told_year(evidence)
    if evidence.pairs:
        counted = [year for year in agreeing if evidence.counted[year] or evidence.counted[year - 1]]
        if told in agreeing:
            return told
        return next(iter(counted or agreeing), None)
    candidates = [year for year in evidence.counted if year >= lowest]
    if candidates:
        return max(candidates, key=lambda year: (_weekdays_hold(evidence, year), evidence.counted[year], year))
    return told


def _pairs_hold(pairs: list[tuple[int, int, int]], year: int) -> bool:
    """Whether every weekday stands beside its date in a year."""
    return all(
        (day := make_date(year, month, number)) is not None and day.weekday() == weekday
        for weekday, month, number in pairs
    )


def _weekdays_hold(evidence: _Evidence, year: int) -> bool:
    """Whether each weekday that stands alone is that of some date of the text."""
    found = {day.weekday() for month, number in evidence.days if (day := make_date(year, month, number))}
    return evidence.weekdays <= found


def _told_year(evidence: _Evidence) -> int | None:
    """Year that the story's own dates carry: the latest one stated, named first or more than once."""
    if not evidence.stated:
        return None
    latest = max(evidence.stated)
    named = evidence.stated.count(latest) + evidence.bare.count(latest)
    return latest if evidence.stated[0] == latest or named > 1 else None


def _last_day(text: str, whens: list[When], year: int, today: date) -> date | None:
    """Last day that the story names in its year; a dateline's if there is one."""
    days: list[date] = []
    for when in whens:
        if when.rule in (CITATION, COMPARISON, NAME) or _is_future(text, when):
            continue
        month_days = re.findall(r"--(\d\d)-(\d\d)", when.partial)
        found = [day for month, number in month_days if (day := make_date(year, int(month), int(number)))]
        if when.rule == DATELINE and found:
            return found[0]
        if when.start and when.start.year == year and when.precision is not DatePrecision.YEAR:
            found.append(
                when.end if when.end and when.precision in (DatePrecision.DAY, DatePrecision.SPAN) else when.start
            )
        days += found
    return max((day for day in days if day <= today), default=None)
