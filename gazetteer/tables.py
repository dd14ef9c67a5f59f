"""Read the project's CSV files strictly: every fault is collected with file, line, value and remedy."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

PARTIAL_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(slots=True)
class Faults:
    """The faults found so far, one line each.

    Examples
    --------
    >>> faults = Faults()
    >>> faults.add("places.csv:3", "latitude 97.0 is outside -90..90; are the columns swapped?")
    >>> faults.lines
    ['places.csv:3: latitude 97.0 is outside -90..90; are the columns swapped?']
    """

    lines: list[str] = field(default_factory=list)

    def add(self, where: str, what: str) -> None:
        """Note one fault: where (file:line) and what is wrong, with the remedy."""
        self.lines.append(f"{where}: {what}")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: where it stands (`karabakh/places.csv:41`) and its values by column."""

    where: str
    values: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """Return the value of a column."""
        return self.values[column]

    def many(self, column: str) -> tuple[str, ...]:
        """Return the values of a column that holds several, joined by semicolons."""
        return tuple(part.strip() for part in self.values[column].split(";") if part.strip())


def read_table(path: Path, *, label: str, columns: Sequence[str], required: Iterable[str], faults: Faults) -> list[Row]:
    """Read a UTF-8 CSV with exactly these columns; a missing file is an empty table.

    Parameters
    ----------
    path : Path
        The file.
    label : str
        How the file is called in messages, such as "karabakh/places.csv".
    columns : sequence of str
        The header, in this order.
    required : iterable of str
        The columns that may not be empty.
    faults : Faults
        Takes every fault found; rows with faults of form are left out.

    Returns
    -------
    list of Row
        The sound rows.
    """
    if not path.exists():
        return []
    text = _decode(path.read_bytes(), label, faults)
    if text is None:
        return []
    records = _records(text, label, faults)
    header = next(records, (1, []))[1]
    if header != list(columns):
        faults.add(f"{label}:1", f"the header is {','.join(header)!r}; it must be {','.join(columns)!r}")
        return []
    needed = tuple(required)
    rows = (_row(f"{label}:{line}", record, columns, needed, faults) for line, record in records if record)
    return [row for row in rows if row is not None]


def _decode(raw: bytes, label: str, faults: Faults) -> str | None:
    """Decode UTF-8 (a byte order mark is fine) and note the first line that is not."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        faults.add(f"{label}:{line}", f"byte {raw[error.start]:#04x} is not UTF-8; save the file as UTF-8")
        return None


def _records(text: str, label: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield each record with the line that it begins on; stop with a fault where the form is lost."""
    reader = csv.reader(text.splitlines(keepends=True), strict=True)
    line = 1
    try:
        for record in reader:
            yield line, record
            line = reader.line_num + 1
    except csv.Error as error:
        faults.add(f"{label}:{line}", f"the row cannot be read ({error}); is a quotation mark missing or too many?")


def _row(where: str, record: list[str], columns: Sequence[str], required: Sequence[str], faults: Faults) -> Row | None:
    """Check the form of one record: number of values, nothing empty that may not be, no stray blanks."""
    if len(record) != len(columns):
        remedy = "quote values that contain a comma"
        faults.add(where, f"{len(record)} values for {len(columns)} columns, beginning {record[0]!r}; {remedy}")
        return None
    values = dict(zip(columns, record, strict=True))
    before = len(faults.lines)
    for column, value in values.items():
        if value != value.strip():
            faults.add(where, f"{column} {value!r} has blanks around it; take them away")
        elif value and unicodedata.normalize("NFC", value) != value:
            faults.add(where, f"{column} {value!r} is in decomposed Unicode; write it composed (NFC)")
    for column in required:
        if not values[column].strip():
            faults.add(where, f"{column} is empty; it must be filled")
    return Row(where, values) if len(faults.lines) == before else None


def number(row: Row, column: str, low: float, high: float, faults: Faults, *, hint: str = "") -> float | None:
    """Return the number in a column, None (and a fault) when it is none or outside low..high."""
    value = row[column]
    try:
        found = float(value)
    except ValueError:
        faults.add(row.where, f"{column} {value!r} is not a number; write it like 39.51")
        return None
    if not low <= found <= high:
        faults.add(row.where, f"{column} {value} is outside {low:g}..{high:g}{hint}")
        return None
    return found


def check_one_of(row: Row, column: str, allowed: Iterable[str], faults: Faults, *, remedy: str = "") -> bool:
    """Say whether a value is one of those allowed; note a fault when it is not."""
    known = list(allowed)
    if row[column] in known:
        return True
    faults.add(row.where, f"{column} {row[column]!r} is unknown; {remedy or 'use one of ' + ', '.join(known)}")
    return False


def check_pattern(row: Row, column: str, pattern: str, faults: Faults, *, remedy: str) -> bool:
    """Say whether a value has the right form ("" has); note a fault when it has not."""
    if not row[column] or re.fullmatch(pattern, row[column]):
        return True
    faults.add(row.where, f"{column} {row[column]!r} is malformed; {remedy}")
    return False


def check_period(row: Row, faults: Faults) -> None:
    """Check `since` and `until`: an ISO date, a month or a year each, in this order, "" for open."""
    sound = [check_date(row, column, faults) for column in ("since", "until")]
    since, until = row["since"], row["until"]
    shorter = min(len(since), len(until))
    if all(sound) and since and until and since[:shorter] > until[:shorter]:
        faults.add(row.where, f"since {since} is after until {until}; are the columns swapped?")


def check_date(row: Row, column: str, faults: Faults) -> bool:
    """Say whether a value is "" or an ISO date, month or year; note a fault when it is not."""
    value = row[column]
    if not value:
        return True
    try:
        sound = bool(PARTIAL_DATE.fullmatch(value)) and bool(date.fromisoformat((value + "-01-01")[:10]))
    except ValueError:
        sound = False
    if not sound:
        faults.add(row.where, f"{column} {value!r} is not a date; write 2020-11-10, 2020-11 or 2020")
    return sound
