"""The lexicons: what tells of an incident, how sure it is, who acts, with which weapon, how many."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Generic, TypeVar

from geo.errors import DataFileError
from incidents.model import Kind, Reality, Stance

T = TypeVar("T")
WORD = re.compile(r"\w+|[^\w\s]")
TOLL = "toll"
_VOWELS = "aeiou"
_REALITIES: set[str] = {"", *Reality}
_STANCES: set[str] = set(Stance)
_KINDS: set[str] = {TOLL, *Kind}


class Phrases(Generic[T]):
    """Word sequences with a meaning each; `at` finds the longest one that begins at a token.

    Examples
    --------
    >>> phrases = Phrases([("land mine", 1), ("land", 2)])
    >>> phrases.at(["a", "land", "mine"], 1)
    [(2, 1)]
    """

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for text, value in rows:
            words = tuple(WORD.findall(text.lower()))
            self._first.setdefault(words[0], []).append((words, value))
        for entries in self._first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    @property
    def first_words(self) -> frozenset[str]:
        """Every word that a phrase begins with."""
        return frozenset(self._first)

    def at(self, words: Sequence[str], i: int) -> list[tuple[int, T]]:
        """Return (number of words, value) of the longest phrases at word `i`; several values may share a phrase."""
        found: list[tuple[int, T]] = []
        for phrase, value in self._first.get(words[i], ()):
            if found and len(phrase) < found[0][0]:
                break
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.append((len(phrase), value))
        return found

    def find(self, words: Sequence[str]) -> Iterator[tuple[int, int, T]]:
        """Yield (first word, number of words, value) of the phrases in `words`, left to right, without overlaps."""
        i = 0
        while i < len(words):
            found = self.at(words, i) if words[i] in self._first else []
            for length, value in found:
                yield i, length, value
            i += found[0][0] if found else 1


@dataclass(frozen=True, slots=True)
class TriggerEntry:
    """A word that tells of an incident: `pos` v, n or a; `kind` an incident kind or toll; `needs` of `needs.py`."""

    word: str
    pos: str
    kind: str
    needs: str
    example: str


@dataclass(frozen=True, slots=True)
class CueEntry:
    """A word that decides reality (`where` aux, complement, noun, modifier, mark, phrase, cause) or sets a sentence aside."""

    word: str
    where: str
    reality: str
    example: str


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A word that tells who says so, and the stance that goes with it."""

    word: str
    pos: str
    stance: Stance
    example: str


@dataclass(frozen=True, slots=True)
class NounEntry:
    """A common noun or name: its class (of actors, weapons, things), kind or side."""

    word: str
    noun_class: str
    value: str
    example: str


@dataclass(frozen=True, slots=True)
class UnitEntry:
    """A number word or a hedge on a number."""

    word: str
    role: str
    low: int | None
    best: int | None
    high: int | None
    example: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lexicons, ready to match against lower-cased tokens."""

    triggers: Phrases[TriggerEntry]
    cues: Phrases[CueEntry]
    context: Phrases[CueEntry]
    sources: Phrases[SourceEntry]
    actors: Phrases[NounEntry]
    weapons: Phrases[NounEntry]
    things: Phrases[NounEntry]
    sides: Phrases[NounEntry]
    units: Phrases[UnitEntry]


def rows(name: str) -> list[dict[str, str]]:
    """Read one lexicon file of `incidents/data`.

    Parameters
    ----------
    name : str
        File name, "triggers.csv" for one.

    Returns
    -------
    list of dict
        One per row; missing cells are "".

    Raises
    ------
    DataFileError
        When a row has more or fewer cells than the header; every such row is named.

    Examples
    --------
    >>> rows("kinds.csv")[0]["kind"]
    'armed_clash'
    """
    text = files("incidents").joinpath("data", name).read_text(encoding="utf-8")
    reader = csv.reader(text.splitlines())
    header = next(reader)
    table, faults = [], []
    for number, cells in enumerate(reader, start=2):
        if len(cells) != len(header):
            faults.append(f"{name}:{number}: {len(cells)} cells, the header has {len(header)}; quote cells with commas")
        else:
            table.append(dict(zip(header, cells, strict=True)))
    if faults:
        raise DataFileError(faults)
    return table


@cache
def lexicon() -> Lexicon:
    """Load every lexicon once.

    Returns
    -------
    Lexicon
        Phrases over lower-cased words.

    Raises
    ------
    DataFileError
        Naming file, row and value of every unknown kind, reality or stance.

    Examples
    --------
    >>> [entry.kind for _, entry in lexicon().triggers.at(["shelled"], 0)]
    ['shelling_or_missile']
    """
    faults = [*_unknown("triggers.csv", "kind", _KINDS), *_unknown("modality.csv", "reality", _REALITIES)]
    faults += [*_unknown("context.csv", "reality", _REALITIES), *_unknown("attribution.csv", "stance", _STANCES)]
    if faults:
        raise DataFileError(faults)
    return Lexicon(
        triggers=Phrases(_triggers()),
        cues=Phrases(_cues("modality.csv", "where")),
        context=Phrases(_cues("context.csv", "pos")),
        sources=Phrases(_sources()),
        actors=Phrases(_nouns("actors.csv", "actor_class", "actor_class")),
        weapons=Phrases(_nouns("weapons.csv", "weapon_class", "kind")),
        things=Phrases(_nouns("things.csv", "thing_class", "thing_class")),
        sides=Phrases(_nouns("sides.csv", "actor_class", "side")),
        units=Phrases(_units()),
    )


def _unknown(name: str, column: str, known: set[str]) -> list[str]:
    """One line per row whose cell is none of the known values."""
    return [
        f"{name}:{number}: {column} '{row[column]}' is unknown; use one of {', '.join(sorted(known))}"
        for number, row in enumerate(rows(name), start=2)
        if row[column] not in known
    ]


def _triggers() -> Iterator[tuple[str, TriggerEntry]]:
    """Every form of every trigger."""
    for row in rows("triggers.csv"):
        entry = TriggerEntry(row["word"], row["pos"], row["kind"], row["needs"], row["example"])
        for form in {*inflected(row["word"], row["pos"]), *filter(None, row["forms"].split(";"))}:
            yield form, entry


def _cues(name: str, column: str) -> Iterator[tuple[str, CueEntry]]:
    """Every form of every modality or context word."""
    pos = {"complement": "v", "noun": "n"}
    for row in rows(name):
        entry = CueEntry(row["word"], row[column], row["reality"], row["example"])
        for form in inflected(row["word"], pos.get(row[column], row[column])):
            yield form, entry


def _sources() -> Iterator[tuple[str, SourceEntry]]:
    """Every form of every word of saying."""
    for row in rows("attribution.csv"):
        entry = SourceEntry(row["word"], row["pos"], Stance(row["stance"]), row["example"])
        for form in inflected(row["word"], row["pos"]):
            yield form, entry


def _nouns(name: str, class_column: str, value_column: str) -> Iterator[tuple[str, NounEntry]]:
    """Every form of every noun."""
    for row in rows(name):
        entry = NounEntry(row["word"], row[class_column], row[value_column], row["example"])
        for form in inflected(row["word"], "n"):
            yield form, entry


def _units() -> Iterator[tuple[str, UnitEntry]]:
    """Give number words as they stand."""
    for row in rows("units.csv"):
        low, best, high = (int(row[key]) if row[key] else None for key in ("low", "best", "high"))
        yield row["word"], UnitEntry(row["word"], row["role"], low, best, high, row["example"])


@cache
def _irregular() -> dict[str, tuple[str, str, str]]:
    """Past, participle and -ing form of irregular verbs."""
    return {row["base"]: (row["past"], row["participle"], row["ing"]) for row in rows("irregular.csv")}


def inflected(word: str, pos: str) -> set[str]:
    """Return the forms of a word; of a phrase its first word (verbs) or its last one (nouns) changes.

    Parameters
    ----------
    word : str
        Base form, lower or mixed case.
    pos : str
        "v" or "n"; anything else has one form.

    Returns
    -------
    set of str
        Lower-cased forms.

    Examples
    --------
    >>> sorted(inflected("shoot down", "v"))
    ['shoot down', 'shooting down', 'shoots down', 'shot down']
    >>> sorted(inflected("air raid", "n"))
    ['air raid', 'air raids']
    """
    word = word.lower()
    if pos == "v":
        head, _, rest = word.partition(" ")
        return {f"{form} {rest}".strip() for form in _verb_forms(head)}
    if pos == "n":
        head, _, last = word.rpartition(" ")
        return {f"{head} {form}".strip() for form in (last, _plural(last))}
    return {word}


def _verb_forms(verb: str) -> set[str]:
    """Give base, third person, past, participle and -ing form."""
    third = _plural(verb)
    if verb in _irregular():
        return {verb, third, *_irregular()[verb]}
    if verb.endswith("e"):
        return {verb, third, verb + "d", verb[:-1] + "ing"}
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return {verb, third, verb[:-1] + "ied", verb + "ing"}
    return {verb, third, verb + "ed", verb + "ing"}


def _plural(noun: str) -> str:
    """Give the regular plural, which is also a verb's third person."""
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2:-1] not in ("", *_VOWELS):
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh", "o")) else "s")
