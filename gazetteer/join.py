"""Join names that are one toponym: hyphenated roads and borders, and names with a gloss in brackets."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gazetteer.fold import fold
from gazetteer.lexicon import FeatureWord
from gazetteer.model import FeatureClass
from gazetteer.people import adjacent
from gazetteer.scan import Mention
from gazetteer.shorthand import demonym_mentions
from gazetteer.steer import ROAD_WORDS, word_at
from gazetteer.store import Gazetteer
from gazetteer.tokens import Token

_PAIR_GAPS = frozenset({"-", "–", "—", "‑", " - ", " – ", " — ", "/"})
_BRACKETS = re.compile(r"\[([^\[\]\n]{2,60})\](?!\()")


def pairs(mentions: Sequence[Mention], tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Join two names with a hyphen and a word for a road or border to one mention: "Agdam-Khankandi road"."""
    adjectives = {m.first: m for m in demonym_mentions(tokens, gazetteer)}
    named = {m.first: m for m in mentions}
    joined: list[Mention] = []
    for i in sorted({*adjectives, *named}):
        left = named.get(i) or adjectives[i]
        j = left.last + 1
        right = named.get(j) or adjectives.get(j)
        if right is None or tokens[j].gap not in _PAIR_GAPS or (joined and joined[-1].last >= i):
            continue
        word = _pair_word(right, tokens)
        if word is not None and not (left.origin == "demonym" and word.feature_class is FeatureClass.ROAD):
            joined.append(_pair(left, right, word, tokens, gazetteer))
    taken = {i for p in joined for i in range(p.first, p.last + 1)}
    rest = [m for m in mentions if m.first not in taken and m.last not in taken]
    return sorted([*rest, *joined], key=lambda m: m.start)


def _pair_word(right: Mention, tokens: Sequence[Token]) -> FeatureWord | None:
    """Return the word for a road or border that follows a pair, directly or after another pair ("A-B and C-D roads")."""
    for offset in range(1, 8):
        word = word_at(tokens, right.last + offset)
        if word is not None and word.feature_class in {FeatureClass.ROAD, FeatureClass.BORDER}:
            return word if offset == 1 or word.plural else None
        if right.last + offset >= len(tokens) or tokens[right.last + offset].opens:
            return None
        if not (
            tokens[right.last + offset].is_name or tokens[right.last + offset].lower in {"and", "or", "the", "both"}
        ):
            return None
    return None


def _pair(left: Mention, right: Mention, word: FeatureWord, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention:
    """Make one mention of two and their feature word."""
    at = right.last + 1
    direct = word_at(tokens, at)
    last = at if direct is not None and direct.feature_class is word.feature_class else right.last
    names = [" ".join(x) for x in _both_ways(_plain(left), _plain(right))]
    kinds = ROAD_WORDS if word.feature_class is FeatureClass.ROAD else ("border",)
    known = gazetteer.lookup_folded([f"{name} {kind}" for name in names for kind in kinds])
    hits = next((known[k] for name in names for kind in kinds if (k := f"{name} {kind}") in known), ())
    key = f"{names[0]} {kinds[0]}"
    return Mention(
        left.start,
        tokens[last].end,
        left.first,
        last,
        key,
        hits,
        word.feature_class,
        0,
        word.word,
        "pair",
        sure=True,
        parts=(left, right),
    )


def _plain(m: Mention) -> str:
    """Return the folded name of one half of a pair: of a demonym, its country's."""
    return fold(m.hits[0].name) if m.origin in {"demonym", "abbreviation"} and m.hits else m.key


def _both_ways(a: str, b: str) -> list[tuple[str, str]]:
    """Return two names in both orders."""
    return [(a, b), (b, a)]


def glosses(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Join a name and the name in square brackets behind it to one mention at the bracketed place."""
    done = list(mentions)
    for match in _BRACKETS.finditer(text):
        inner = next((m for m in done if m.start == match.start(1) and m.end == match.end(1)), None)
        if inner is None:
            continue
        outer = next((m for m in done if text[m.end : match.start()] in {" ", ""} and m.end <= match.start()), None)
        start, first = (
            (outer.start, outer.first) if outer is not None else _run_before(text, match.start(), inner.first, tokens)
        )
        if first == inner.first:
            continue
        whole = replace(inner, start=start, first=first, end=match.end(), gloss=inner, sure=True)
        done = [m for m in done if m.end <= start or m.start >= match.end()]
        done.append(whole)
        done.sort(key=lambda m: m.start)
    return done


def _run_before(text: str, bracket: int, inner: int, tokens: Sequence[Token]) -> tuple[int, int]:
    """Return where the capitalised words directly before a bracket begin: character and token."""
    first = inner
    while (
        first
        and inner - first < 4
        and tokens[first - 1].is_name
        and (first < inner or text[tokens[first - 1].end : bracket] in {" ", ""})
    ):
        first -= 1
        if not adjacent(tokens[first]):
            break
    return tokens[first].start, first
