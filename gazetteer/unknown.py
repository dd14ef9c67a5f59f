"""Names that no gazetteer has but the words around declare places: "the village of X", "X Raion", "on X in Y Oblast"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gazetteer.fold import fold
from gazetteer.lexicon import FeatureWord, common_words, cue_words, demonyms, feature_words, given_names
from gazetteer.model import FeatureClass
from gazetteer.people import People, adjacent
from gazetteer.scan import Mention
from gazetteer.steer import chains
from gazetteer.store import Gazetteer
from gazetteer.tokens import Token

_LONGEST = 3
_DECLARING = frozenset(
    [
        "village",
        "town",
        "river",
        "district",
        "raion",
        "rayon",
        "oblast",
        "province",
        "governorate",
        "county",
        "municipality",
        "selsoviet",
        "hromada",
        "subdistrict",
        "settlement",
    ]
)
_LOCATING = frozenset(
    [
        "in",
        "at",
        "near",
        "from",
        "to",
        "on",
        "into",
        "towards",
        "toward",
        "around",
        "outside",
        "through",
        "across",
        "upon",
    ]
)
_ADJECTIVE = re.compile(r"^(.{3,}?)(?:skiy|skyi|sky|skii|ski|skaya|skoye|ska|ske)$")
_SEATS = ("", "a", "sk", "o", "y", "e", "ka", "ivka", "ovo", "ino", "sky", "skoye", "ske")


def unknown_mentions(
    tokens: Sequence[Token], mentions: Sequence[Mention], people: People, gazetteer: Gazetteer
) -> list[Mention]:
    """Find the names that are surely places although the gazetteer does not have them.

    Parameters
    ----------
    tokens : sequence of Token
        The words of the text.
    mentions : sequence of Mention
        The places found already.
    people : People
        Whose names are not to be taken.
    gazetteer : Gazetteer
        For the seats of districts that are named by an adjective.

    Returns
    -------
    list of Mention
        With no hits, except districts whose seat is known.
    """
    taken = {i for m in mentions for i in range(m.first, m.last + 1)} | people.tokens
    runs = list(_runs(tokens, taken))
    found = [m for first, last in runs if (m := _declared(tokens, first, last, gazetteer)) is not None]
    taken |= {i for m in found for i in range(m.first, m.last + 1)}
    located = [
        m
        for first, last in runs
        if not taken & set(range(first, last + 1)) and (m := _located(tokens, first, last, mentions))
    ]
    sure = [*found, *located]
    sure += _again(tokens, runs, sure)
    taken |= {i for m in sure for i in range(m.first, m.last + 1)}
    sure += _listed(tokens, [r for r in runs if not taken & set(range(r[0], r[1] + 1))], [*mentions, *sure])
    return sorted([*sure, *_again(tokens, runs, sure)], key=lambda m: m.start)


def free_runs(tokens: Sequence[Token], mentions: Sequence[Mention], people: People) -> list[tuple[int, int]]:
    """List the runs of capitalised words (first and last token) that neither places nor people have claimed."""
    return list(_runs(tokens, {i for m in mentions for i in range(m.first, m.last + 1)} | people.tokens))


def _runs(tokens: Sequence[Token], taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs of capitalised words that nothing has claimed yet."""
    i = 0
    while i < len(tokens):
        if i in taken or not _may_begin(tokens[i]):
            i += 1
            continue
        j = i
        while (
            j + 1 < len(tokens)
            and j - i + 1 < _LONGEST + 1
            and j + 1 not in taken
            and adjacent(tokens[j + 1])
            and tokens[j + 1].is_name
            and not _stops(tokens[j + 1])
        ):
            j += 1
        if j - i < _LONGEST:
            yield i, j
        i = j + 1


def _may_begin(token: Token) -> bool:
    """Tell whether a word may begin an unknown name."""
    cues = cue_words()
    if not token.is_name or len(token.text) < 3 or token.text.isupper() or not token.text[0].isalpha():
        return False
    known = (
        token.text in cues["never"]
        or token.text in cues["title"]
        or token.text in cues["month"]
        or token.text in cues["weekday"]
    )
    return not known and token.text not in demonyms() and token.key not in given_names() and not _stops(token)


def _stops(token: Token) -> bool:
    """Tell whether a word belongs to no name: a feature word or a common word with a capital."""
    cues = cue_words()
    plain = token.lower in feature_words() or token.lower in common_words() or token.lower in cues["compass"]
    return plain or token.text in cues["public_body"] or token.text in demonyms()


def _mention(
    tokens: Sequence[Token], first: int, last: int, wanted: FeatureClass | None = None, word: str = ""
) -> Mention:
    """Make a mention without hits."""
    key = " ".join(t.key for t in tokens[first : last + 1])
    return Mention(
        tokens[first].start, tokens[last].end, first, last, key, wanted=wanted, feature_word=word, origin="cue"
    )


def _declared(tokens: Sequence[Token], first: int, last: int, gazetteer: Gazetteer) -> Mention | None:
    """Make a mention of a run that a feature word before ("village of") or behind ("Raion") declares a place."""
    behind = _feature_at(tokens, last + 1)
    if behind is not None and behind.word in _DECLARING and adjacent(tokens[last + 1]):
        made = _mention(tokens, first, last, behind.feature_class, behind.word)
        if behind.feature_class is FeatureClass.SETTLEMENT:
            return made
        wide = replace(made, end=tokens[last + 1].end, last=last + 1, level=behind.level)
        return replace(wide, hits=_seat(made.key, gazetteer)) if behind.feature_class is FeatureClass.ADMIN else wide
    if first < 2 or tokens[first].gap not in {" ", " “", ' "'}:
        return None
    if tokens[first - 1].lower in {"of", "called", "named"}:
        before = _feature_at(tokens, first - 2)
        wide_word = tokens[first - 2].lower in {"community", "checkpoint", "outpost", "kibbutz", "commune", "suburb"}
        if before is not None and before.feature_class in {
            FeatureClass.SETTLEMENT,
            FeatureClass.MOUNTAIN,
            FeatureClass.FACILITY,
            FeatureClass.RIVER,
        }:
            return _mention(tokens, first, last, before.feature_class, before.word)
        return _mention(tokens, first, last, FeatureClass.SETTLEMENT, "village") if wide_word else None
    before = _feature_at(tokens, first - 1)
    declares = (
        before is not None
        and before.feature_class is FeatureClass.SETTLEMENT
        and tokens[first - 1].text.islower()
        and before.word != "city"
    )
    return _mention(tokens, first, last, FeatureClass.SETTLEMENT, "village") if declares else None


def _feature_at(tokens: Sequence[Token], i: int) -> FeatureWord | None:
    """Return the feature word that token i is."""
    return feature_words().get(tokens[i].lower) if 0 <= i < len(tokens) else None


def _seat(key: str, gazetteer: Gazetteer) -> tuple:  # type: ignore[type-arg]
    """Find the town that a district named by an adjective is named after: "Rylsky District", "Sudzhansky District"."""
    match = _ADJECTIVE.match(key)
    if match is None:
        return ()
    stem = match[1]
    known = gazetteer.lookup_folded(
        [stem + ending for ending in _SEATS] + [stem[:-1] + "a" if stem.endswith("n") else stem]
    )
    hits = [
        h
        for found in known.values()
        for h in found
        if h.feature_class is FeatureClass.SETTLEMENT and h.country in {"RU", "UA", "BY", "KZ", "BG", "RS", "MK"}
    ]
    return tuple({h.pid: replace(h, tier=max(h.tier, 1)) for h in hits}.values())


def _located(tokens: Sequence[Token], first: int, last: int, mentions: Sequence[Mention]) -> Mention | None:
    """Make a mention of a run in "on X in Y Oblast" or "near X, Y", where Y is a known division or country."""
    if tokens[first].opens or first == 0 or tokens[first - 1].lower not in _LOCATING or tokens[first].gap != " ":
        return None
    container = next((m for m in mentions if last < m.first <= last + 3), None)
    if container is None or not any(
        h.feature_class in {FeatureClass.ADMIN, FeatureClass.COUNTRY} and h.tier <= 1 for h in container.hits
    ):
        return None
    between = [t.lower for t in tokens[last + 1 : container.first]]
    gap = tokens[last + 1].gap
    comma = not between and gap == ", "
    inside = (
        bool(between)
        and between[0] == "in"
        and gap in {" ", ", "}
        and all(w in {"in", "the"} | cue_words()["compass"] for w in between)
    )
    return _mention(tokens, first, last) if comma or inside else None


def _listed(tokens: Sequence[Token], runs: Sequence[tuple[int, int]], mentions: Sequence[Mention]) -> list[Mention]:
    """Make mentions of the runs that stand in a list of towns: "Zyornovo and Strachevo", "Esman, X and Y"."""
    candidates = [_mention(tokens, first, last) for first, last in runs if not tokens[first].opens]
    ordered = sorted([*mentions, *candidates], key=lambda m: m.start)
    found = []
    for chain in chains(ordered, tokens):
        members = [ordered[i] for i in chain]
        towns = [
            m
            for m in members
            if m.origin != "cue" and any(h.feature_class is FeatureClass.SETTLEMENT and h.tier <= 1 for h in m.hits)
        ]
        declared = [m for m in members if m.origin == "cue" and m not in candidates]
        head = members[0].first
        led = head > 0 and tokens[head - 1].lower in _LOCATING | {"of", "between", "hit", "shelled", "were", "attacked"}
        if (towns or declared) and (led or len(towns) + len(declared) > 1):
            found += [m for m in members if m in candidates]
    return found


def _again(tokens: Sequence[Token], runs: Sequence[tuple[int, int]], sure: Sequence[Mention]) -> list[Mention]:
    """Make mentions of the runs that were declared places elsewhere in the text."""
    known = {m.key: m for m in sure if m.wanted is not FeatureClass.ADMIN}
    taken = {m.first for m in sure}
    again = []
    for first, last in runs:
        made = _mention(tokens, first, last)
        if first not in taken and (first_of := known.get(made.key)) is not None:
            again.append(replace(made, wanted=first_of.wanted, feature_word=first_of.feature_word))
    return again


def likely_spellings(mention: Mention, countries: Sequence[str], gazetteer: Gazetteer) -> list[tuple[Mention, float]]:
    """Find places of some countries whose names look like an unknown one, best first, with the likeness 0 to 100."""
    found = gazetteer.near_names(mention.key, countries=countries, limit=5)
    return [(replace(mention, hits=(hit,), key=fold(hit.name)), likeness) for hit, likeness in found]
