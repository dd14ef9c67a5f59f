"""Join what belongs together: feature words, abbreviations, hyphenated pairs of roads and borders, bracket glosses."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from gazetteer.fold import fold
from gazetteer.lexicon import Abbreviation, FeatureWord, abbreviations, demonyms, feature_words
from gazetteer.model import FeatureClass
from gazetteer.people import adjacent
from gazetteer.scan import Mention
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token

_ROAD_WORDS = ("road", "corridor", "highway", "route", "railway", "motorway")
_VAGUE = frozenset({"region", "republic", "exclave", "district", "municipality", "hromada"})
_PAIR_GAPS = frozenset({"-", "–", "—", "‑", " - ", " – ", " — ", "/"})
_BRACKETS = re.compile(r"\[([^\[\]\n]{2,60})\](?!\()")
_LINK = re.compile(r"\]\(")


# --- abbreviations ---------------------------------------------------------------------------------------------


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


# --- demonyms --------------------------------------------------------------------------------------------------


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


# --- feature words ---------------------------------------------------------------------------------------------


def steer(mentions: Sequence[Mention], tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Let the feature words around a mention say what sort of place is meant, and take them into its span.

    Parameters
    ----------
    mentions : sequence of Mention
        Known names, in order.
    tokens : sequence of Token
        The words of the text.
    gazetteer : Gazetteer
        Where "Lachin" with "road" is looked up.

    Returns
    -------
    list of Mention
        The same mentions with `wanted`, `level`, and wider spans.
    """
    steered = [_steer_after(_steer_within(m, tokens), tokens, gazetteer) for m in mentions]
    steered = [_steer_before(m, tokens, gazetteer) if m.wanted is None else m for m in steered]
    return _steer_lists(steered, tokens, gazetteer)


def _word_at(tokens: Sequence[Token], i: int) -> FeatureWord | None:
    """Return the feature word that token i is, if it is one and follows directly."""
    if not 0 <= i < len(tokens):
        return None
    return feature_words().get(tokens[i].lower)


def _steer_within(m: Mention, tokens: Sequence[Token]) -> Mention:
    """Let a division's word at the end of a known name ("Chernihiv Oblast") say what it is."""
    word = _word_at(tokens, m.last)
    if (
        m.words < 2
        or m.wanted is not None
        or word is None
        or word.feature_class is not FeatureClass.ADMIN
        or word.plural
    ):
        return m
    hits = tuple(h for h in m.hits if h.feature_class is FeatureClass.ADMIN)
    return replace(m, hits=hits, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word) if hits else m


def _steer_after(m: Mention, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention:
    """Apply a feature word that follows: "Shostka Raion", "Lachin road", "Parukh village"."""
    word = _word_at(tokens, m.last + 1) if m.wanted is None else None
    if word is None or tokens[m.last + 1].gap not in {" ", "\xa0", "\n"} or word.plural:
        return m
    return _apply(m, word, tokens, m.last + 1, gazetteer)


def _apply(m: Mention, word: FeatureWord, tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> Mention:
    """Apply one feature word that stands at token `at` behind a mention."""
    if word.feature_class is FeatureClass.SETTLEMENT:
        if tokens[at].is_name and word.word == "city":
            return m
        return replace(m, wanted=FeatureClass.SETTLEMENT, feature_word=word.word)
    if word.position == "before":
        return m
    singular = next(
        w.word
        for w in feature_words().values()
        if (w.feature_class is word.feature_class and not w.plural and w.word == word.word) or w.word == word.word
    )
    hits = _with_word(m.key, singular, word.feature_class, gazetteer)
    if not hits and word.feature_class is FeatureClass.ADMIN:
        return _apply_admin(m, word, tokens, at)
    if not hits:
        hits = tuple(h for h in m.hits if h.feature_class is word.feature_class)
    if not hits:
        return m
    wider = at == m.last + 1
    end, last = (tokens[at].end, at) if wider else (m.end, m.last)
    return replace(
        m, end=end, last=last, hits=hits, wanted=word.feature_class, level=word.level, feature_word=word.word
    )


def _with_word(key: str, word: str, feature_class: FeatureClass, gazetteer: Gazetteer) -> tuple[NameHit, ...]:
    """Look up a name with its feature word; the words for roads stand for one another."""
    words = [word, *(_ROAD_WORDS if feature_class is FeatureClass.ROAD else ())]
    keys = [f"{key} {w.removesuffix('s') if w not in {'heights', 'mountains'} else w}" for w in words]
    known = gazetteer.lookup_folded(keys)
    hits = next((known[k] for k in keys if k in known), ())
    return tuple(h for h in hits if h.feature_class is feature_class) or (
        hits if feature_class is FeatureClass.ADMIN else ()
    )


def _apply_admin(m: Mention, word: FeatureWord, tokens: Sequence[Token], at: int) -> Mention:
    """Apply a word for a division: vague ones ("region") only where a division of the name is known."""
    divisions = [h for h in m.hits if h.feature_class is FeatureClass.ADMIN]
    regions = [h for h in m.hits if h.feature_class in {FeatureClass.REGION, FeatureClass.COUNTRY} and h.tier < 2]
    if regions and not divisions:
        return m
    if word.word.removesuffix("s") in _VAGUE and not divisions and not tokens[at].is_name:
        return replace(m, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word)
    wider = at == m.last + 1
    end, last = (tokens[at].end, at) if wider else (m.end, m.last)
    return replace(m, end=end, last=last, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word)


def _steer_before(m: Mention, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention:
    """Apply a feature word that stands before: "village of Parukh", "province of Syunik", "Lake Harriet"."""
    i = m.first - 1
    if i < 0 or tokens[m.first].gap not in {" ", " “", ' "', "\xa0"}:
        return m
    if tokens[i].lower in {"of", "called", "named"} and tokens[i].gap == " ":
        return _steer_of(m, _word_at(tokens, i - 1))
    word = _word_at(tokens, i)
    if word is None or word.position not in {"before", "both"}:
        return m
    if word.feature_class is FeatureClass.SETTLEMENT:
        return replace(m, wanted=word.feature_class, feature_word=word.word) if tokens[i].text.islower() else m
    if not tokens[i].is_name:
        return m
    hits = _with_word(m.key, word.word, word.feature_class, gazetteer) or tuple(
        h for h in m.hits if h.feature_class is word.feature_class
    )
    return replace(m, start=tokens[i].start, first=i, hits=hits, wanted=word.feature_class, feature_word=word.word)


def _steer_of(m: Mention, word: FeatureWord | None) -> Mention:
    """Apply the feature word of "village of Parukh"."""
    if word is None or word.feature_class in {FeatureClass.BORDER, FeatureClass.ROAD}:
        return m
    if word.feature_class is FeatureClass.ADMIN and not _may_be_admin(m):
        return m
    return replace(m, wanted=word.feature_class, level=word.level, feature_word=word.word)


def _may_be_admin(m: Mention) -> bool:
    """Tell whether a mention can be a division: it is known as one, or not known as a region."""
    classes = {h.feature_class for h in m.hits if h.tier < 2}
    return FeatureClass.ADMIN in classes or FeatureClass.REGION not in classes


def _steer_lists(mentions: list[Mention], tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Apply plural feature words to every member of their list: "villages of A, B and C", "A and B roads"."""
    done = list(mentions)
    for chain in chains(mentions, tokens):
        members = [done[i] for i in chain]
        tail = _word_at(tokens, members[-1].last + 1)
        if tail is not None and tail.plural and adjacent(tokens[members[-1].last + 1]):
            singular = feature_words()[_singular(tail.word)]
            for i in chain:
                at = members[-1].last + 1
                done[i] = _apply(done[i], replace(singular, plural=False), tokens, at, gazetteer)
        head = members[0]
        word = _word_at(tokens, head.first - 2) if head.first >= 2 and tokens[head.first - 1].lower == "of" else None
        if (
            word is not None
            and word.feature_class in {FeatureClass.ADMIN, FeatureClass.SETTLEMENT}
            and (word.plural or len(chain) > 1)
        ):
            for i in chain if word.plural else chain[:1]:
                if done[i].wanted is None or i != chain[0]:
                    done[i] = replace(done[i], wanted=word.feature_class, level=word.level, feature_word=word.word)
    return done


def _singular(word: str) -> str:
    """Return the singular of a feature word."""
    singulars = [w for w in feature_words().values() if not w.plural]
    for one in singulars:
        if word in {one.word, one.word + "s", one.word + "es", one.word.removesuffix("y") + "ies"}:
            return one.word
    return word


def chains(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[list[int]]:
    """Group mentions that stand in one list: joined by commas, "and", "or"."""
    groups: list[list[int]] = []
    for i, m in enumerate(mentions):
        if groups and _listed(mentions[groups[-1][-1]], m, tokens):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _listed(left: Mention, right: Mention, tokens: Sequence[Token]) -> bool:
    """Tell whether two mentions follow one another in a list."""
    between = tokens[left.last + 1 : right.first]
    gap = tokens[left.last + 1].gap if left.last + 1 < len(tokens) else ""
    if not between:
        return gap == ", "
    return (
        len(between) <= 2
        and between[0].lower in {"and", "or", "the"}
        and gap in {" ", ", "}
        and between[-1].lower in {"and", "or", "the"}
    )


# --- pairs -----------------------------------------------------------------------------------------------------


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
        word = _word_at(tokens, right.last + offset)
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
    direct = _word_at(tokens, at)
    last = at if direct is not None and direct.feature_class is word.feature_class else right.last
    names = [" ".join(x) for x in _both_ways(_plain(left), _plain(right))]
    kinds = _ROAD_WORDS if word.feature_class is FeatureClass.ROAD else ("border",)
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


# --- bracket glosses -------------------------------------------------------------------------------------------


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
