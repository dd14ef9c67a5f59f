"""Short forms and demonyms as mentions of their places: "U.S.", "Okla.", "J&K", "Turkish"."""

import re
from collections.abc import Sequence
from functools import cache

from gazetteer.fold import fold
from gazetteer.lexicon import Abbreviation, abbreviations, demonyms
from gazetteer.model import FeatureClass
from gazetteer.scan import Mention
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token


@cache
def _abbreviation_pattern() -> re.Pattern[str]:
    """Build one pattern of all abbreviations, longest first."""
    return re.compile(r"(?<![\w.])(?:" + "|".join(re.escape(a.text) for a in abbreviations()) + r")(?!\w)(?!\.\w)")


@cache
def _abbreviation_by_text() -> dict[str, Abbreviation]:
    """Return the abbreviations by their text."""
    return {a.text: a for a in abbreviations()}


def add_abbreviations(
    text: str, mentions: list[Mention], tokens: Sequence[Token], gazetteer: Gazetteer
) -> list[Mention]:
    """Add "U.S.", "Okla.", "J&K" and the like, in place of other mentions that they overlap."""
    starts = {t.start: i for i, t in enumerate(tokens)}
    found = []
    for match in _abbreviation_pattern().finditer(text):
        first = starts.get(match.start())
        if first is None or not _holds(_abbreviation_by_text()[match[0]], text, match, tokens[first], gazetteer):
            continue
        last = max(first, *(i for i in range(first, min(first + 6, len(tokens))) if tokens[i].start < match.end()))
        hits = target(_abbreviation_by_text()[match[0]].place, gazetteer)
        found.append(
            Mention(match.start(), match.end(), first, last, fold(match[0]), hits, origin="abbreviation", sure=True)
        )
    covered = {i for m in found for i in range(m.first, m.last + 1)}
    kept = [
        m
        for m in mentions
        if not covered & set(range(m.first, m.last + 1))
        or m.end > max((f.end for f in found if f.first <= m.last and m.first <= f.last), default=0)
    ]
    spoken = {i for m in kept for i in range(m.first, m.last + 1)}
    added = [m for m in found if m.hits and not spoken & set(range(m.first, m.last + 1))]
    return sorted([*kept, *added], key=lambda m: m.start)


def _holds(short: Abbreviation, text: str, match: re.Match[str], token: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether the condition of an abbreviation is met."""
    if short.when == "after comma":
        return token.gap == ", " and text[: token.start - 2][-1:].isalpha()
    if short.when == "article":
        return any(h.name in text for h in target(short.place, gazetteer)[:1])
    _ = match
    return True


def target(place: str, gazetteer: Gazetteer) -> tuple[NameHit, ...]:
    """Find what a place_id, `us-XX` (a state of the United States) or a name in a word list stands for."""
    if not place:
        return ()
    found = hit_by_id(gazetteer, place)
    if found is not None:
        return (found,)
    if place.startswith("us-"):
        return gazetteer.division("US", place[3:])
    hits = gazetteer.lookup([place]).get(place, [])
    best = [h for h in hits if h.feature_class is not FeatureClass.SETTLEMENT] or hits
    return tuple(best[:1])


def hit_by_id(gazetteer: Gazetteer, place_id: str) -> NameHit | None:
    """Return the place of an id as a hit, None when there is none."""
    return gazetteer.hit(place_id)


def demonym_mentions(tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Find the demonyms ("Turkish", "Sri Lankans") as mentions of their countries."""
    found = []
    skip = -1
    for i, token in enumerate(tokens):
        if not token.is_name or i <= skip:
            continue
        two = f"{token.text} {tokens[i + 1].text}" if i + 1 < len(tokens) and tokens[i + 1].gap == " " else ""
        last = i + 1 if two in demonyms() else i
        known = demonyms().get(two) or demonyms().get(token.text)
        if known is None and token.text.isupper():
            known = demonyms().get(token.text.title())
        if known is None:
            continue
        hits = target(known.place, gazetteer)
        if hits:
            skip = last
            found.append(
                Mention(token.start, tokens[last].end, i, last, fold(known.text), hits, origin="demonym", sure=True)
            )
    return found
