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
}
BREAK = "|"

_CAPITALISED = frozenset({"month", "weekday"})
_LONGEST_GAP = 3000
_NOT_INSIDE = r"(?<![\w.:/$€£#])(?<!\d,)"
_NOT_BEFORE = r"(?![\w%:/]|[.,]\d|-[A-Za-z]{2})"


class Atom(NamedTuple):
    """A time word: its code, what it stands for, and where it is. `value` is a number, a unit, a part or a date."""

    code: str
    value: int | str | date
    start: int
    end: int
    word: str


def _load(name: str) -> list[dict[str, str]]:
    """Read one of the word lists."""
    rows = (files("incidents") / "data" / "dates" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(rows.splitlines()))


@cache
def word_values() -> dict[str, tuple[str, int | str]]:
    """Code and value of each time word, by its lower-case form."""
    values: dict[str, tuple[str, int | str]] = {}
    for row in _load("words.csv"):
        value = row["value"]
        values[row["text"].lower()] = (CODES[row["class"]], int(value) if re.fullmatch(r"-?\d+", value) else value)
    return values


@cache
def context_words(group: str) -> frozenset[str]:
    """Words of one group of `context.csv`: future, counted, approximate, comparison, continues."""
    return frozenset(row["text"] for row in _load("context.csv") if row["class"] == group)


@cache
def _pattern() -> re.Pattern[str]:
    """Build one pattern for all time words, the longest first."""
    capitals = [row["text"] for row in _load("words.csv") if row["class"] in _CAPITALISED]
    words = [row["text"] for row in _load("words.csv") if row["class"] not in _CAPITALISED]
    return re.compile(
        rf"(?P<iso>{_NOT_INSIDE}\d{{4}}-\d{{2}}-\d{{2}}(?!\w|-\d))"
        rf"|(?P<dotted>{_NOT_INSIDE}\d{{1,2}}\.\d{{1,2}}\.\d{{4}}(?!\w|\.\d))"
        r"|(?P<decade>\b(?:1[5-9]|20)\d0s\b)"
        rf"|(?P<year>{_NOT_INSIDE}(?:1[5-9]|20)\d\d{_NOT_BEFORE})"
        rf"|(?P<number>{_NOT_INSIDE}(?<![A-Za-z]-)\d{{1,3}}(?:st|nd|rd|th)?{_NOT_BEFORE})"
        rf"|(?P<name>\b(?:{_alternatives([*capitals, *(word.upper() for word in capitals)])})\b\.?)"
        rf"|(?P<word>\b(?i:{_alternatives(words)})(?:(?<=-)|(?<!-)\b))"
        r"|(?P<dash>[-–—])|(?P<comma>,)|(?P<and>&)"
    )


def _alternatives(words: list[str]) -> str:
    """Longest first, with any white space between the words of one entry."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered if word != "&")


def read_atoms(text: str, start: int, end: int) -> Iterator[Atom]:
    """Yield the time words of a stretch of text in order."""
    values = word_values()
    for match in _pattern().finditer(text, start, end):
        kind, written = str(match.lastgroup), match[0]
        if kind in ("name", "word"):
            code, value = values[" ".join(written.rstrip(".").lower().split())]
            yield Atom(
                code,
                value,
                match.start(),
                match.end() - (written[-1] == "." and not _is_short(written)),
                written.lower(),
            )
        elif (atom := _read_figure(kind, written, match.start())) is not None:
            yield atom


def _is_short(written: str) -> bool:
    """Whether the full stop belongs to an abbreviation."""
    return len(written) <= 5 and written not in ("May.", "June.", "July.")


def _read_figure(kind: str, written: str, start: int) -> Atom | None:
    """Read a figure or a mark."""
    end = start + len(written)
    if kind in ("dash", "comma", "and"):
        return Atom({"dash": "Z", "comma": "C", "and": "K"}[kind], written, start, end, written)
    if kind in ("iso", "dotted"):
        parts = [int(part) for part in re.split(r"[-.]", written)]
        year, month, day = parts if kind == "iso" else parts[::-1]
        found = make_date(year, month, day)
        return Atom("I", found, start, end, written) if found else None
    number = int(re.match(r"\d+", written)[0])  # type: ignore[index]
    if kind == "number":
        return Atom("D" if 1 <= number <= 31 else "N", number, start, end, written)
    return Atom("y" if kind == "decade" else "Y", number, start, end, written)


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
