"""The word lists of place recognition, read once from `gazetteer/data/`."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gazetteer.model import FeatureClass

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class FeatureWord:
    """A word that says what sort of thing a name beside it means; `level` is 1 for provinces, 2 for districts."""

    word: str
    feature_class: FeatureClass
    position: str
    level: int
    plural: bool


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """A short form; `place` is a place_id, `us-XX` for a state, or a full name; `when` is always, after comma or article."""

    text: str
    place: str
    when: str


@dataclass(frozen=True, slots=True)
class Demonym:
    """A word for the people or things of a country ("Turkish"), `place` is its place_id or name."""

    text: str
    place: str


def rows(name: str) -> list[dict[str, str]]:
    """Read one table of the package data as dictionaries."""
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def cue_words() -> dict[str, frozenset[str]]:
    """Return the cue words by kind.

    Examples
    --------
    >>> "President" in cue_words()["title"], "said" in cue_words()["state_verb"]
    (True, True)
    """
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows("cue_words.csv"):
        found[row["kind"]].add(row["word"])
    return {kind: frozenset(words) for kind, words in found.items()}


@cache
def common_words() -> frozenset[str]:
    """Return English words that are also names of places, in lower case."""
    return frozenset(row["word"] for row in rows("common_words.csv"))


@cache
def given_names() -> frozenset[str]:
    """Return given names, folded."""
    more = (row["name"] for row in rows("people.csv") if row["part"] == "given")
    return frozenset(row["name"] for row in rows("given_names.csv")) | frozenset(more)


@cache
def surnames() -> frozenset[str]:
    """Return surnames that are also names of places, folded."""
    more = (row["name"] for row in rows("people.csv") if row["part"] == "surname")
    return frozenset(row["name"] for row in rows("surnames.csv")) | frozenset(more)


@cache
def feature_words() -> dict[str, FeatureWord]:
    """Return the feature words, singular and plural, in lower case.

    Examples
    --------
    >>> feature_words()["oblasts"].level, feature_words()["lake"].position
    (1, 'both')
    """
    found = {}
    for row in rows("feature_words.csv"):
        for word, plural in ((row["plural"], True), (row["word"], False)):
            found[word] = FeatureWord(
                word, FeatureClass(row["feature_class"]), row["position"], int(row["level"]), plural
            )
    return found


@cache
def abbreviations() -> tuple[Abbreviation, ...]:
    """Return the abbreviations, the longest first."""
    found = (Abbreviation(r["text"], r["place"], r["when"]) for r in rows("abbreviations.csv"))
    return tuple(sorted(found, key=lambda a: -len(a.text)))


@cache
def demonyms() -> dict[str, Demonym]:
    """Return the demonyms by their text.

    Examples
    --------
    >>> demonyms()["Turkish"].place
    'country-tr'
    """
    return {row["text"]: Demonym(row["text"], row["place"]) for row in rows("demonyms.csv")}
