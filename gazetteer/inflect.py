"""Undo the endings and beginnings that languages put on names: "в Карабахе", "Xankəndidə", "בירושלים"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from gazetteer.lexicon import rows

_LEAST = 3
_SCRIPTS = (
    ("ru", re.compile("[а-яё]", re.IGNORECASE)),
    ("hy", re.compile("[ա-և]", re.IGNORECASE)),
    ("ka", re.compile("[ა-ჰ]")),
    ("he", re.compile("[א-ת]")),
    ("ar", re.compile("[؀-ۿ]")),
)
_UKRAINIAN = re.compile("[іїєґ]", re.IGNORECASE)
_AZERBAIJANI = re.compile("ə", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Inflection:
    """A written ending (or beginning) and what stands in its place in the base form."""

    part: str
    written: str
    base: str


@cache
def inflections(language: str) -> tuple[Inflection, ...]:
    """Return the inflections of a language, the longest first."""
    found = (
        Inflection(r["part"], r["written"], r["base"]) for r in rows("inflections.csv") if r["language"] == language
    )
    return tuple(sorted(found, key=lambda i: -len(i.written)))


def languages_of(text: str) -> tuple[str, ...]:
    """Tell which languages with inflected names a text may be in, by its letters; () for English and the like.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        ISO 639-1 codes that `inflections` knows.

    Examples
    --------
    >>> languages_of("в Карабахе"), languages_of("Xankəndidə və Şuşada"), languages_of("in Goris")
    (('ru',), ('az',), ())
    """
    total = len(_LETTERS.findall(text))
    for language, letters in _SCRIPTS:
        if len(letters.findall(text)) * 2 > total > 0:
            return ("uk", "ru") if language == "ru" and len(_UKRAINIAN.findall(text)) * 100 > total else (language,)
    return ("az",) if len(_AZERBAIJANI.findall(text)) * 100 > total > 0 else ()


def base_forms(word: str, languages: Sequence[str]) -> list[str]:
    """List what a word may be the inflected form of, the word itself not included.

    Parameters
    ----------
    word : str
        A word as written.
    languages : sequence of str
        As `languages_of` gives them.

    Returns
    -------
    list of str
        Longest ending taken off first; forms shorter than three letters are left out.

    Examples
    --------
    >>> base_forms("Карабахе", ["ru"])[:2], base_forms("Xankəndidə", ["az"])[:1]
    (['Карабах', 'Карабаха'], ['Xankəndi'])
    """
    found: dict[str, None] = {}
    for language in languages:
        for i in inflections(language):
            if i.part == "ending" and word.endswith(i.written):
                found[word[: len(word) - len(i.written)] + i.base] = None
            elif i.part == "beginning" and word.startswith(i.written):
                found[i.base + word[len(i.written) :]] = None
    return [form for form in found if len(form) >= _LEAST and form != word]
