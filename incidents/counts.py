"""How many: numbers in words and figures, hedges, and the tolls that a sentence gives."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from incidents.lexicon import UnitEntry, lexicon
from incidents.model import Count, Toll
from incidents.needs import PEOPLE, noun_classes, sided
from incidents.parse import (
    Parsed,
    agents,
    children,
    climb,
    is_verb,
    noun_phrase,
    objects,
    passive,
    subjects,
    with_conjuncts,
)
from incidents.triggers import Trigger

_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")
_BACK = 7
_KILLED = frozenset({"kill", "die", "dead", "killing", "death", "lose life", "martyr", "fatality"})
_DYING = frozenset({"die", "lose life"})
_LIMIT = 10_000_000
_INJURED = frozenset({"wound", "injure"})
_BOTH = frozenset({"casualty"})
NOTHING = Count()
_BREAKS = frozenset({",", ";", "while", "but", "when", "after", "as"})


def read_count(words: Sequence[str]) -> Count | None:
    """Read the number in a noun phrase.

    Parameters
    ----------
    words : sequence of str
        Lower-cased words.

    Returns
    -------
    Count or None
        None without a number.

    Examples
    --------
    >>> read_count(["more", "than", "1,200", "people"])
    Count(low=1200, best=1200, high=None)
    >>> read_count(["two", "dozen", "guards"]).best, read_count(["dozens", "of", "guards"])
    (24, Count(low=24, best=None, high=99))
    >>> read_count(["guards"]) is None
    True
    """
    hedge, numbers, vague = "", [], None
    i = 0
    while i < len(words):
        hits = lexicon().units.at(words, i)
        length, entry = hits[0] if hits else (1, None)
        figure = _FIGURE.fullmatch(words[i])
        if figure:
            numbers.append(min(int(figure.group().replace(",", "")), _LIMIT))
        elif entry is not None:
            hedge, vague = _take(entry, numbers, hedge, vague)
        i += length
    return _count(hedge, numbers, vague)


def _take(entry: UnitEntry, numbers: list[int], hedge: str, vague: UnitEntry | None) -> tuple[str, UnitEntry | None]:
    """Add a number word to what was read so far."""
    if entry.role in ("floor", "ceiling", "about"):
        return entry.role, vague
    if entry.role == "vague":
        return hedge, vague or entry
    if entry.role == "multiplier" and entry.best is not None:
        if numbers:
            numbers[-1] = min(numbers[-1] * entry.best, _LIMIT)
        else:
            numbers.append(entry.best)
    elif entry.best is not None and not (entry.word in ("a", "an") and numbers):
        numbers.append(entry.best)
    return hedge, vague


def _count(hedge: str, numbers: list[int], vague: UnitEntry | None) -> Count | None:
    """Give the range that a hedge makes of numbers."""
    if not numbers:
        return Count(vague.low, vague.best, vague.high) if vague else None
    if len(numbers) > 1 and numbers[1] > numbers[0] > 1 and hedge != "about":
        return Count(numbers[0], None, numbers[1])
    number = numbers[0] if len(numbers) == 1 or numbers[0] != 1 else max(numbers)
    if hedge == "floor":
        return Count(number, number, None)
    if hedge == "ceiling":
        return Count(None, number, number)
    return (
        Count(number, number, number) if hedge != "about" else Count(int(number * 0.9), number, -(-number * 11 // 10))
    )


def add(counts: Iterable[Count]) -> Count:
    """Add the counts of separate groups; an unknown part keeps the sum's best and high unknown.

    Examples
    --------
    >>> add([Count(1, 1, 1), Count(2, None, 9)])
    Count(low=3, best=None, high=10)
    """
    parts = list(counts)
    if not parts:
        return NOTHING
    low = sum(part.low or 0 for part in parts)
    best = sum(part.best for part in parts if part.best is not None) if all(p.best is not None for p in parts) else None
    high = sum(part.high for part in parts if part.high is not None) if all(p.high is not None for p in parts) else None
    return Count(low, best, high)


def find_tolls(parsed: Parsed, trigger: Trigger, *, source: str = "") -> list[Toll]:
    """Read the toll that a trigger of deaths or injuries gives.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    trigger : Trigger
        A toll trigger ("killed", "wounded", "casualties").
    source : str, optional
        Who says so.

    Returns
    -------
    list of Toll
        killed or injured by group; for casualties that were none, both.
    """
    word = trigger.entry.word
    kinds = ["killed"] if word in _KILLED else ["injured"] if word in _INJURED else ["killed", "injured"]
    if word in _BOTH:
        none = _none_reported(trigger.token)
        return (
            [Toll(kind, "", Count(0, 0, 0), source, parsed.span(trigger.first, trigger.last)) for kind in kinds]
            if none
            else []
        )
    groups = _groups(parsed, trigger) or _before(parsed, trigger)
    if _shared_with_other(trigger):
        groups = [
            (name, Count(None, None, count.high if count.high is not None else count.low)) for name, count in groups
        ]
    span = parsed.span(trigger.first, trigger.last)
    return [Toll(kind, name, count, source, span) for kind in kinds for name, count in groups]


def _none_reported(token: Any) -> bool:
    """Whether casualties were none: "no casualties", "neither side reported any casualties"."""
    nodes = [token, *(n for n in climb(token) if is_verb(n))][:3]
    near = {c.lower_ for n in nodes for c in n.children if c.dep_ in ("det", "neg", "preconj")}
    near |= {
        c.lower_
        for n in nodes
        if is_verb(n)
        for s in subjects(n)
        for c in s.children
        if c.dep_ in ("det", "preconj", "cc")
    }
    return bool(near & {"no", "not", "neither", "n't", "never"}) or token.head.lower_ == "without"


def _shared_with_other(trigger: Trigger) -> bool:
    """One number for "killed and injured" or "killed or wounded" together."""
    token = trigger.token
    partners = [c for c in token.children if c.dep_ == "conj" and c.tag_ == token.tag_]
    partners += [token.head] if token.dep_ == "conj" and token.head.tag_ == token.tag_ else []
    words = {"killed", "wounded", "injured"}
    for partner in partners:
        low, high = sorted((partner.i, token.i))
        between = [t.lower_ for t in token.doc[low + 1 : high]]
        if (
            partner.lower_ in words
            and token.lower_ in words
            and between in (["and"], ["or"])
            and not _number_after(token.doc, high)
        ):
            return True
    return False


def _number_after(doc: Any, i: int) -> bool:
    """Whether a number follows at once."""
    return i + 1 < len(doc) and (doc[i + 1].tag_ == "CD" or doc[i + 1].lower_ in ("over", "at", "more", "about"))


def _victims(parsed: Parsed, trigger: Trigger) -> list[Any]:
    """Give the nouns that a toll counts."""
    token, word = trigger.token, trigger.entry.word
    if not is_verb(token):
        of = [o for p in children(token, "prep") if p.lower_ in ("of", "among", "to") for o in children(p, "pobj")]
        if not of and any(c.dep_ in ("nummod", "det") and c.lower_ not in ("the", "any") for c in token.children):
            of = [token] if word in ("death", "fatality", "killing") else []
        if word == "dead":
            of = [*children(token, "nsubj"), *of]
            if token.head.i != token.i:
                head = token.head
                of += (
                    [head]
                    if head.tag_.startswith("NN")
                    else [
                        *objects(head),
                        *[s for s in children(head, "nsubj") if head.lower_ in ("left", "were", "was", "are")],
                    ]
                )
        return [n for o in of for n in with_conjuncts(o)]
    if word in _DYING:
        return subjects(token)
    if passive(token):
        return objects(token) or subjects(token)
    if token.tag_ == "VBN" and token.dep_ == "conj" and passive(token.head):
        return objects(token) or ([] if _number_before(parsed, token.i) else objects(token.head))
    found = objects(token)
    if not found and token.tag_ in ("VBN", "VBD"):
        found = [s for s in subjects(token) if noun_classes(parsed, s) & PEOPLE or s.tag_ == "CD"]
    return found


def _number_before(parsed: Parsed, i: int) -> bool:
    """Tell whether a number stands right before a word or its helper verb: "and another 103 injured"."""
    words = [
        w
        for w in parsed.words[max(0, i - 4) : i]
        if w not in ("were", "was", "others", "people", "been", "have", "had")
    ]
    return bool(words) and read_count(words[-1:]) is not None and words[-1] not in ("and", "or", "no", "some", "both")


def _groups(parsed: Parsed, trigger: Trigger) -> list[tuple[str, Count]]:
    """Each counted group with its number; nouns without a number count one when singular."""
    groups: list[tuple[str, Count]] = []
    for noun in _victims(parsed, trigger):
        first, last = noun_phrase(noun)
        words = parsed.words[first:last]
        count = read_count(words[: noun.i - first + 1]) if noun.i >= first else None
        if (
            count is None
            and noun.tag_ == "NN"
            and noun_classes(parsed, noun) & PEOPLE
            and noun.lower_ not in ("military", "army", "police", "force", "people")
        ):
            count = Count(1, 1, 1)
        if count is None and groups and noun.dep_ == "conj" and noun.tag_ == "NNS" and not children(noun, "det"):
            groups[-1] = (f"{groups[-1][0]} and {_group_name(parsed, noun)}", groups[-1][1])
            continue
        if count is None and noun.tag_ == "NNS" and (noun_classes(parsed, noun) & PEOPLE or sided(parsed, noun)):
            count = Count(2, None, None)
        if count is not None and (
            noun_classes(parsed, noun) & PEOPLE or sided(parsed, noun) or noun.tag_ in ("CD", "DT", "NNS", "NNPS")
        ):
            groups.append((_group_name(parsed, noun), count))
    return groups


def _group_name(parsed: Parsed, noun: Any) -> str:
    """Give the group without its number: "Armenian servicemen"."""
    first, _ = noun_phrase(noun)
    kept = [
        t.text
        for t in parsed.doc[first : noun.i + 1]
        if t.tag_ not in ("CD", "DT", "RB", "IN", "JJR")
        and t.dep_ not in ("quantmod", "nummod", "det")
        and t.lower_ not in lexicon().units.first_words
    ]
    return " ".join(kept)


def _before(parsed: Parsed, trigger: Trigger) -> list[tuple[str, Count]]:
    """Give a number right before the word, where the parse found no victims: "about 18 were killed and 35 injured"."""
    i = trigger.first - 1
    start = i
    while (
        start >= 0
        and i - start < _BACK
        and parsed.words[start] not in _BREAKS
        and not parsed.words[start].endswith("ed")
    ):
        if parsed.words[start] in ("and", "or") and start < i:
            break
        start -= 1
    words = [w for w in parsed.words[start + 1 : trigger.first] if w not in ("a", "an", "no", "some")]
    count = read_count(words)
    dated = (
        any(
            w.span
            and w.span.start < parsed.span(trigger.first, trigger.last).start
            and w.span.end > parsed.span(max(0, start + 1), trigger.first).start
            for w in parsed.whens
        )
        if trigger.first > 0
        else False
    )
    return [("", count)] if count is not None and not dated and agents(trigger.token) is not None else []
