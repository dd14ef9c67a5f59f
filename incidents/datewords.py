"""The words that tell time: a text cut into months, days, weekdays, units and the small words that join them.

Each word becomes an `Atom` with a one-letter code, so that the grammar of `incidents.dates` is a handful of patterns over
strings of codes. The words themselves are in `incidents/data/dates/words.csv`.
"""

import csv
import re
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from incidents.periods import make_date

CODES = {
    "month": "M",
    "weekday": "W",
    "season": "G",
    "number": "N",
    "ordinal": "d",
    "unit": "U",
    "deictic": "R",
    "overnight": "g",
    "daypart": "T",
    "part": "P",
    "last": "L",
    "previous": "p",
    "this": "H",
    "next": "X",
    "following": "n",
    "recent": "r",
    "same": "J",
    "that": "h",
    "ago": "A",
    "earlier": "E",
    "later": "F",
    "after": "a",
    "since": "S",
    "until": "u",
    "by": "B",
    "on": "O",
    "in": "Q",
    "from": "V",
    "between": "b",
    "to": "Z",
    "and": "K",
    "of": "f",
    "the": "e",
    "for": "w",
    "into": "i",
    "holiday": "j",
}
BREAK = "|"

_LONGEST_GAP = 3000
_TOKEN = re.compile(r"\w+|[-–—,&/]")
_MARKS = {"-": "Z", "–": "Z", "—": "Z", "/": "Z", ",": "C", "&": "K"}
_NOT_INSIDE = r"(?<![\w.:/$€£#])(?<!\d,)"
_NOT_BEFORE = r"(?![\w%:/]|[.,]\d|-[A-Za-z]{2})"
_FIGURE = re.compile(
    rf"(?P<iso>{_NOT_INSIDE}\d{{4}}-\d{{2}}-\d{{2}}(?!\w|-\d))"
    rf"|(?P<dotted>{_NOT_INSIDE}\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\w|\.\d))"
    rf"|(?P<slashed>{_NOT_INSIDE}(?<!-)\d{{1,2}}(?:/\d{{1,2}}/(?:\d{{4}}|\d{{2}})|-\d{{1,2}}-\d{{4}})(?![\w/]|-\d))"
    rf"|(?P<paired>{_NOT_INSIDE}\d{{1,2}}(?=/\d{{1,2}}(?![\w/%]|\.\d))|(?<=\d/)\d{{1,2}}(?![\w/%]|\.\d))"
    r"|(?P<decade>(?<!\w)(?:1[5-9]|20)\d0s\b)"
    rf"|(?P<year>{_NOT_INSIDE}(?:1[5-9]|20)\d\d{_NOT_BEFORE})"
    rf"|(?P<number>{_NOT_INSIDE}(?:(?<![A-Za-z]-)|(?<=\d(?:st|nd|rd|th)-))\d{{1,3}}(?:st|nd|rd|th)?{_NOT_BEFORE})",
    re.ASCII,
)


class Atom(NamedTuple):
    """A time word: its code, what it stands for, and where it is. `value` is a number, a unit, a part or a date."""

    code: str
    value: int | str | date
    start: int
    end: int
    word: str


@cache
def read_rows(name: str) -> list[dict[str, str]]:
    """Rows of one of the word lists."""
    rows = (files("incidents") / "data" / "dates" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(rows.splitlines()))


@cache
def word_values() -> dict[str, tuple[str, int | str]]:
    """Code and value of each time word, by its lower-case form."""
    values: dict[str, tuple[str, int | str]] = {}
    for row in read_rows("words.csv"):
        value = row["value"]
        values[row["text"].lower()] = (CODES[row["class"]], int(value) if re.fullmatch(r"-?\d+", value) else value)
    return values


@cache
def context_words(group: str) -> frozenset[str]:
    """Words of one group of `context.csv`: future, counted, approximate, comparison, continues, named."""
    return frozenset(row["text"] for row in read_rows("context.csv") if row["class"] == group)


@cache
def _entries() -> dict[str, list[tuple[re.Pattern[str] | None, str, int | str]]]:
    """Time words by their first word, the longest first; a single word needs no pattern."""
    entries: dict[str, list[tuple[re.Pattern[str] | None, str, int | str]]] = {}
    for text, (code, value) in sorted(word_values().items(), key=lambda item: -len(item[0])):
        if first := re.match(r"\w+", text):
            pattern = (
                None
                if first[0] == text
                else re.compile(
                    re.escape(text).replace(r"\ ", r"\s{1,3}").replace("'", "['’]") + r"(?:(?<=-)|\b)", re.IGNORECASE
                )
            )
            entries.setdefault(first[0], []).append((pattern, code, value))
    return entries


def read_atoms(text: str, start: int, end: int) -> Iterator[Atom]:
    """Yield the time words of a stretch of text in order."""
    entries = _entries()
    done = start
    for token in _TOKEN.finditer(text, start, end):
        begin, written = token.start(), token[0]
        if begin < done:
            continue
        first = written[0]
        if first.isalpha():
            atom = _read_word(text, begin, written, entries[lower]) if (lower := written.lower()) in entries else None
        elif first.isdigit():
            atom = _read_figure(text, begin)
        else:
            atom = Atom(_MARKS[first], first, begin, begin + 1, first) if first in _MARKS else None
        if atom is not None:
            done = atom.end
            yield atom


def _read_word(
    text: str, start: int, written: str, entries: list[tuple[re.Pattern[str] | None, str, int | str]]
) -> Atom | None:
    """Read a word or phrase; months and weekdays need their capital."""
    for pattern, code, value in entries:
        match = pattern.match(text, start) if pattern else None
        if pattern and match is None:
            continue
        end = match.end() if match else start + len(written)
        if code not in "MW":
            return Atom(code, value, start, end, text[start:end].lower())
        if not (written.istitle() or written.isupper()):
            return None
        end += text[end : end + 1] == "." and _is_short(written)
        return Atom(code, value, start, end, written.lower())
    return None


def _is_short(written: str) -> bool:
    """Whether a full stop after a word belongs to it as an abbreviation."""
    return len(written) <= 5 and written.lower() not in ("march", "april", "may", "june", "july")


def _read_figure(text: str, start: int) -> Atom | None:
    """Read a figure: a full date, a year, a decade, a day or another number."""
    match = _FIGURE.match(text, start)
    if match is None:
        return None
    kind, written, end = str(match.lastgroup), match[0], match.end()
    if kind in ("iso", "dotted", "slashed"):
        return _read_full(kind, written, start)
    number = int(written.rstrip("sthrnd"))
    if kind in ("number", "paired"):
        return Atom("D" if 1 <= number <= 31 else "N", number, start, end, written)
    return Atom("y" if kind == "decade" else "Y", number, start, end, written)


def _read_full(kind: str, written: str, start: int) -> Atom | None:
    """Read a date in figures; where either of two numbers may be the month, the atom keeps them as they are written."""
    parts = [int(part) for part in re.split(r"[-./]", written)]
    year, month, day = parts if kind == "iso" else parts[::-1]
    year += 2000 if year < 100 else 0
    end = start + len(written)
    found = make_date(year, month, day)
    swapped = make_date(year, day, month) if kind != "iso" else None
    if kind == "slashed" and found and swapped and found != swapped:
        return Atom("x", written, start, end, written)
    return Atom("I", found or swapped or "", start, end, written) if found or swapped else None


def code_string(text: str, atoms: list[Atom]) -> tuple[str, list[Atom | None]]:
    """Write the atoms' codes in a row, with a break wherever other words stand between them.

    Examples
    --------
    >>> text = "from 3 to 7 May, then on Friday"
    >>> code_string(text, list(read_atoms(text, 0, len(text))))[0]
    'VDZDMC|OW'
    """
    codes: list[str] = []
    aligned: list[Atom | None] = []
    previous = 0
    for atom in atoms:
        gap = text[previous : min(atom.start, previous + _LONGEST_GAP)]
        if codes and (gap.strip() or gap.count("\n") > 1):
            codes.append(BREAK)
            aligned.append(None)
        codes.append(atom.code)
        aligned.append(atom)
        previous = atom.end
    return "".join(codes), aligned
