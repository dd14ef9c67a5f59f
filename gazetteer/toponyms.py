"""Read the toponyms of a text: find them, resolve them, say what they do."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gazetteer.coordinates import Written, find_coordinates
from gazetteer.derive import border_between, place_of_coordinates, road_between
from gazetteer.distance import distance_km
from gazetteer.entities import entity_mentions
from gazetteer.evidence import is_strong
from gazetteer.fold import fold
from gazetteer.inflect import languages_of
from gazetteer.join import glosses, pairs
from gazetteer.model import FeatureClass, Place, Resolution, Role, Toponym
from gazetteer.recognize import recognize
from gazetteer.resolve import Choice, choose, resolution
from gazetteer.roles import roles
from gazetteer.scan import Mention, scan
from gazetteer.shorthand import add_abbreviations, demonym_mentions
from gazetteer.steer import steer
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token, tokenize
from gazetteer.unknown import likely_spellings, unknown_mentions

_SURE = 0.5
_COUNTRIES = 2
_ALIKE = 85.0
_CLOSE_KM = 150.0
_MOST_UNKNOWN = 12


@dataclass(frozen=True, slots=True)
class _Answer:
    """A resolution with the hit it rests on, which derived and written places have not."""

    resolution: Resolution
    hit: NameHit | None


def read_toponyms(
    text: str,
    gazetteer: Gazetteer,
    *,
    spans: Sequence[tuple[int, int]] | None = None,
    home_country: str = "",
    demonyms: bool = False,
    nlp: Any = None,
    near_names: bool = True,
) -> list[Toponym]:
    """Find and resolve the place names of a text.

    Parameters
    ----------
    text : str
        The untouched text.
    gazetteer : Gazetteer
        As `open_gazetteer` gives it.
    spans : sequence of (int, int), optional
        The parts to read, such as the body of an article; all of the text when None.
    home_country : str
        ISO code of the publisher's country, which counts a little.
    demonyms : bool
        Whether "Turkish" is a toponym of Turkey.
    nlp : spacy.Language, optional
        A loaded pipeline, used for the sentences that gazetteer and word lists leave undecided.
    near_names : bool
        Whether unknown names are compared with the names of the article's countries.

    Returns
    -------
    list of Toponym
        In the order of the text. Names that are surely places but in no gazetteer have no place.
    """
    parts = list(spans) if spans is not None else [(0, len(text))]
    tokens = tokenize(text, parts)
    mentions = find_mentions(text, tokens, gazetteer, demonyms=demonyms, nlp=nlp)
    choices = choose(mentions, tokens, gazetteer, home=home_country)
    anchors = [c.hit for c in choices if c.hit is not None and c.confidence >= _SURE]
    halves = _halves(mentions, tokens, gazetteer, home_country)
    if near_names:
        choices = _spelled_alike(mentions, choices, anchors, gazetteer)
    answers = [
        _answer(m, c, halves.get(i), anchors, gazetteer) for i, (m, c) in enumerate(zip(mentions, choices, strict=True))
    ]
    told = roles(mentions, [a.hit for a in answers], tokens, gazetteer.capitals())
    found = [_toponym(text, m, a.resolution, r) for m, a, r in zip(mentions, answers, told, strict=True)]
    written = [w for w in find_coordinates(text) if any(start <= w.start and w.end <= end for start, end in parts)]
    return sorted([*_without(found, written), *(_at(text, w) for w in written)], key=lambda t: t.start)


def _toponym(text: str, m: Mention, answer: Resolution, role: Role) -> Toponym:
    """Make the toponym of a mention."""
    return Toponym(
        m.start, m.end, text[m.start : m.end], answer, role, (m.gloss.start, m.gloss.end) if m.gloss else None
    )


def _at(text: str, written: Written) -> Toponym:
    """Make the toponym of a written coordinate."""
    answer = Resolution(place_of_coordinates(written), 1.0, "the text gives the coordinates")
    return Toponym(written.start, written.end, text[written.start : written.end], answer, Role.EVENT)


def _without(found: list[Toponym], written: Sequence[Written]) -> list[Toponym]:
    """Leave out the toponyms that stand inside a written coordinate."""
    return [t for t in found if not any(t.start < w.end and w.start < t.end for w in written)]


def find_mentions(
    text: str, tokens: Sequence[Token], gazetteer: Gazetteer, *, demonyms: bool = False, nlp: Any = None
) -> list[Mention]:
    """Find the mentions of places in a text, without resolving them."""
    languages = languages_of(text)
    mentions = scan(tokens, gazetteer, languages=languages)
    mentions = add_abbreviations(text, mentions, tokens, gazetteer)
    mentions = glosses(text, mentions, tokens)
    mentions = pairs(mentions, tokens, gazetteer)
    mentions = steer(mentions, tokens, gazetteer)
    mentions, people = recognize(mentions, tokens)
    if languages[:1] == ("ru",):
        mentions = _as_natasha_says(text, mentions, tokens)
    elif not languages:
        mentions = _joined(mentions, unknown_mentions(tokens, mentions, people, gazetteer))
        if nlp is not None:
            mentions = _joined(mentions, entity_mentions(text, tokens, mentions, people, nlp))
    if demonyms:
        mentions = _joined(mentions, demonym_mentions(tokens, gazetteer))
    return mentions


def _joined(mentions: Sequence[Mention], more: Sequence[Mention]) -> list[Mention]:
    """Add mentions where no other stands."""
    taken = {i for m in mentions for i in range(m.first, m.last + 1)}
    return sorted([*mentions, *(m for m in more if not taken & set(range(m.first, m.last + 1)))], key=lambda m: m.start)


def _as_natasha_says(text: str, mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Keep the mentions that are places to natasha or beyond doubt, and add its places that the gazetteer lacks."""
    from gazetteer.russian import named_spans

    spans = named_spans(text)
    people = spans["PER"]
    kept = [
        m
        for m in mentions
        if not _overlaps(m.start, m.end, people) and (is_strong(m) or _overlaps(m.start, m.end, spans["LOC"]))
    ]
    numbers = {t.start: i for i, t in enumerate(tokens)}
    extra = []
    for start, end in spans["LOC"]:
        last = [i for i, t in enumerate(tokens) if start <= t.start < end]
        if start in numbers and last and not any(m.start < end and start < m.end for m in kept):
            extra.append(Mention(start, end, last[0], last[-1], fold(text[start:end]), origin="entity"))
    return _joined(kept, extra)


def _overlaps(start: int, end: int, spans: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a stretch of text overlaps one of some spans."""
    return any(start < b and a < end for a, b in spans)


def _halves(
    mentions: Sequence[Mention], tokens: Sequence[Token], gazetteer: Gazetteer, home: str
) -> dict[int, tuple[Choice, Choice]]:
    """Resolve the halves of the pairs that the gazetteer does not have whole, in the light of the article."""
    open_pairs = {i: m.parts for i, m in enumerate(mentions) if m.parts and not m.hits}
    if not open_pairs:
        return {}
    parts = [p for pair in open_pairs.values() for p in pair]
    every = sorted([*(m for m in mentions if not m.parts), *parts], key=lambda m: m.start)
    chosen = {id(m): c for m, c in zip(every, choose(every, tokens, gazetteer, home=home), strict=True)}
    return {i: (chosen[id(a)], chosen[id(b)]) for i, (a, b) in open_pairs.items()}


def _answer(
    m: Mention, choice: Choice, halves: tuple[Choice, Choice] | None, anchors: Sequence[NameHit], gazetteer: Gazetteer
) -> _Answer:
    """Turn a choice into a resolution, deriving roads and borders from their halves."""
    if halves is None or halves[0].hit is None or halves[1].hit is None:
        return _Answer(resolution(choice, gazetteer), choice.hit)
    a, b = halves[0].hit, halves[1].hit
    place: Place | None = border_between(a, b, anchors) if m.wanted is FeatureClass.BORDER else road_between(a, b)
    if place is None:
        return _Answer(resolution(choice, gazetteer), None)
    confidence = round(halves[0].confidence * halves[1].confidence, 3)
    return _Answer(Resolution(place, confidence, f"derived from {a.name} and {b.name}"), None)


def _spelled_alike(
    mentions: Sequence[Mention], choices: list[Choice], anchors: Sequence[NameHit], gazetteer: Gazetteer
) -> list[Choice]:
    """Give the unknown names the place of the article's countries that is spelled almost so and lies close by."""
    named = Counter(a.country for a in anchors if a.country)
    countries = [c for c, _ in named.most_common(_COUNTRIES)]
    unknown = {m.key: m for m in mentions if not m.hits and not m.parts and len(m.key) >= 5}
    if not countries or not unknown:
        return choices
    found = {}
    for key, m in list(unknown.items())[:_MOST_UNKNOWN]:
        for like, score in likely_spellings(m, countries, gazetteer):
            hit = like.hits[0]
            close = any(
                distance_km(hit.lat, hit.lon, a.lat, a.lon) <= _CLOSE_KM
                for a in anchors
                if a.feature_class is not FeatureClass.COUNTRY
            )
            if score >= _ALIKE and close and m.wanted in {None, hit.feature_class} and key not in found:
                found[key] = Choice(
                    hit,
                    round((score - 70) / 50, 3),
                    f"spelled like {hit.name} ({score:.0f} of 100), which lies close by",
                )
    return [found.get(m.key, c) if c.hit is None and not m.hits else c for m, c in zip(mentions, choices, strict=True)]
