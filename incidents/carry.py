"""Places and dates that a sentence takes from the text before it: "the village", "the border", the paragraph's day."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from gazetteer.model import FeatureClass, Place, Toponym
from incidents.borders import STRETCH_KM, ArticleBorders, nearest_stretch, sides_in
from incidents.dating import SET_ASIDE_RULES
from incidents.drafts import Draft
from incidents.lexicon import lexicon
from incidents.locate import FINENESS, fineness
from incidents.model import DatePrecision, Location, Span, When
from incidents.needs import noun_classes
from incidents.ordered import Ordered
from incidents.parse import Parsed, clause_verb, climb, is_verb, objects
from incidents.sentences import Sentence
from incidents.where import locate, place_location

_BACK = 2500
_SETTLEMENTS = frozenset({"village", "town", "city", "settlement", "community", "hamlet", "capital"})
_REGIONS = frozenset(
    {"region", "province", "district", "enclave", "territory", "area", "county", "state", "oblast", "valley"}
)
_BORDERS = frozenset({"border", "borders", "frontier", "borderline"})
_POINTING = frozenset({"the", "that", "this", "these", "those"})
_PLACE_DEPS = frozenset({"pobj", "dobj", "nsubjpass", "compound", "conj", "npadvmod"})


@dataclass(frozen=True, slots=True)
class Article:
    """What the sentences of one article can take from each other: toponyms, dates, paragraphs."""

    toponyms: Ordered[Toponym]
    whens: Ordered[When]
    parsed: dict[int, Parsed]
    paragraphs: dict[int, Span]
    sentences: tuple[Sentence, ...]
    text: str
    main_day: When | None
    borders: ArticleBorders


def own_or_pointed(draft: Draft, text: Article) -> tuple[Location | None, bool]:
    """Return the location that a draft's sentence gives, also by pointing back, and whether it gives one.

    Parameters
    ----------
    draft : Draft
        What one sentence tells.
    text : Article
        The rest of its article.

    Returns
    -------
    Location or None
        None when the sentence neither names a place nor points to one.
    bool
        Whether the location is the sentence's own: not only where shots came from.
    """
    named = locate(draft.parsed, draft.found) if draft.found.mentions else None
    coarse = named is None or named.geo_precision >= 6
    pointed = (
        (_gate(draft, text) or _border(draft, text) or _jurisdiction(draft)) if coarse and not draft.definite else None
    )
    if pointed is not None:
        return pointed, True
    if named is not None:
        return named, not draft.found.origin
    if draft.definite:
        return None, False
    pointed = _where_it_was(draft) or _named_kind(draft, text) or _same_noun(draft, text) or _beside(draft)
    return pointed, pointed is not None


def _nouns(draft: Draft) -> list[Any]:
    """Give the nouns in place-like positions of a draft's clause."""
    token = draft.trigger.token
    verb = clause_verb(token)
    heads = {token.i, verb.i} if is_verb(verb) else {token.i}
    found = []
    for node in token.doc:
        if node.tag_.startswith("NN") and node.dep_ in _PLACE_DEPS:
            path = [n.i for n in climb(node)]
            if heads & set(path) and not any(
                n.dep_ == "relcl" and n.i not in heads
                for n in climb(node)
                if n.i not in heads and min((path.index(h) for h in heads & set(path)), default=99) > path.index(n.i)
            ):
                found.append(node)
    return found


def _border(draft: Draft, text: Article) -> Location | None:
    """Give the border that "the border" or "border areas" means."""
    noun = next((n for n in _nouns(draft) if n.lower_ in _BORDERS and not _in_name(draft.parsed, n)), None)
    if noun is None or (noun.lower_ == "borders" and noun.head.lower_ in ("within", "inside")):
        return None
    at = _beyond(draft.parsed, noun) or _crossing_before(draft, text)
    if at is not None:
        return at
    words = " ".join(t.text for t in noun.doc[max(0, noun.i - 5) : noun.i + 6])
    place = text.borders.meant(sides_in(words, text.borders.codes)[:2])
    return replace(place_location(place), rule="the border") if place is not None else None


def _gate(draft: Draft, text: Article) -> Location | None:
    """Give the last crossing or checkpoint with a name, which "the crossing" means."""
    noun = next((n for n in _nouns(draft) if n.lower_ in _GATES and not _in_name(draft.parsed, n)), None)
    if noun is None or not any(c.lower_ in _POINTING for c in noun.children if c.dep_ == "det"):
        return None
    start = draft.parsed.sentence.span.start
    for toponym in reversed(text.toponyms.before(start, reach=_BACK)):
        place = toponym.place
        named = place is not None and noun.lower_ in f"{toponym.text} {place.name}".lower()
        if place is not None and named and place.feature_class is FeatureClass.FACILITY and place.lat is not None:
            return replace(place_location(place), rule=f"the {noun.lower_}")
    return None


_GATES = frozenset({"crossing", "checkpoint", "terminal", "gate"})


def _beyond(parsed: Parsed, noun: Any) -> Location | None:
    """Give the province of "the border with Apure province"."""
    for mention in parsed.mentions:
        between = parsed.words[noun.i + 1 : mention.first]
        place = mention.toponym.place
        if mention.first > noun.i and between in _BEYOND and place is not None and fineness(mention) >= 4:
            return replace(place_location(place), rule="border with")
    return None


_BEYOND = (("with",), ("with", "the"), ("near",), ("in",), ("in", "the"), ("of",), ("between",))


def _crossing_before(draft: Draft, text: Article) -> Location | None:
    """Give the crossing or checkpoint that the paragraph named before."""
    paragraph = text.paragraphs.get(draft.parsed.sentence.paragraph)
    start = draft.parsed.sentence.span.start
    named = text.toponyms.within(paragraph.start, start) if paragraph is not None else []
    for toponym in reversed(named):
        place = toponym.place
        if place is not None and place.feature_class is FeatureClass.FACILITY and place.lat is not None:
            return replace(place_location(place), rule="the crossing")
    return None


def _in_name(parsed: Parsed, noun: Any) -> bool:
    """Tell whether a noun is part of a place name or of a service's name."""
    guards = {
        "guard",
        "guards",
        "police",
        "service",
        "forces",
        "post",
        "patrol",
        "troops",
        "village",
        "villages",
        "town",
        "settlement",
        "community",
        "communities",
        "residents",
        "fence",
        "control",
        "force",
    }
    after = noun.doc[noun.i + 1].lower_ if noun.i + 1 < len(noun.doc) else ""
    return any(m.first <= noun.i < m.last for m in parsed.mentions) or (noun.dep_ == "compound" and after in guards)


def _named_kind(draft: Draft, text: Article) -> Location | None:
    """Give the last place of the kind that "the village" or "that region" names."""
    for noun in _nouns(draft):
        pointing = any(c.lower_ in _POINTING for c in noun.children if c.dep_ == "det")
        named = any(noun.i in {n.i for n in climb(m.head)} and m.first > noun.i for m in draft.parsed.mentions)
        if not pointing or named or any(c.dep_ == "relcl" for c in noun.children) or _in_name(draft.parsed, noun):
            continue
        wanted = (
            {FeatureClass.SETTLEMENT}
            if noun.lower_ in _SETTLEMENTS
            else {FeatureClass.ADMIN, FeatureClass.REGION}
            if noun.lower_ in _REGIONS
            else set()
        )
        place = _last(text, draft.parsed.sentence.span.start, wanted)
        if wanted and place is not None:
            return replace(place_location(place), rule=f"the {noun.lower_}")
    return None


def _where_it_was(draft: Draft) -> Location | None:
    """Give the place that the sentence names for what it then points back to: "a lorry left by the A-B road; they stopped the lorry"."""
    token = draft.trigger.token
    verb = clause_verb(token)
    hit = [*objects(verb), *(c for c in verb.children if c.dep_ == "nsubjpass")] if is_verb(verb) else []
    before = {t.lower_ for t in token.doc[: verb.i] if t.tag_.startswith("NN")}
    definite = {n.i for n in hit if n.lower_ in ("it", "them", "they") or (n.lower_ in before and _definite(n))}
    if not definite:
        return None
    named = [m for m in draft.parsed.mentions if m.last <= verb.i and fineness(m) >= 4 and not m.metonym]
    best = max(named, key=lambda m: (fineness(m), m.first), default=None)
    place = best.toponym.place if best is not None else None
    return replace(place_location(place), rule="earlier in the sentence") if place is not None else None


def _definite(noun: Any) -> bool:
    """Tell whether a noun points back: "the convoy"."""
    return any(c.lower_ in _POINTING for c in noun.children if c.dep_ == "det")


def _last(text: Article, before: int, wanted: set[FeatureClass]) -> Place | None:
    """Give the last resolved place of some classes before an offset."""
    for toponym in reversed(text.toponyms.before(before, reach=_BACK)):
        if toponym.place is None or str(toponym.role) == "metonym":
            continue
        if toponym.place.feature_class in wanted and toponym.place.lat is not None:
            return toponym.place
    return None


def _same_noun(draft: Draft, text: Article) -> Location | None:
    """Give the place of the sentence that spoke of "the bridge" before."""
    index = draft.parsed.sentence.index
    for noun in _nouns(draft):
        definite = any(c.lower_ in _POINTING for c in noun.children if c.dep_ == "det")
        if not definite or not noun_classes(draft.parsed, noun) & {"structure", "road", "ground"}:
            continue
        for earlier in reversed(text.sentences[max(0, index - 4) : index]):
            if re.search(
                rf"\b{re.escape(noun.lower_)}\b", text.text[earlier.span.start : earlier.span.end], re.IGNORECASE
            ):
                place = _last_fine(text, earlier.span)
                if place is not None:
                    return replace(place_location(place), rule=f"the {noun.lower_}")
    return None


def _last_fine(text: Article, span: Span) -> Place | None:
    """Give the last settlement, province or facility that a stretch of the text names."""
    fine = [
        t.place
        for t in text.toponyms.within(span.start, span.end)
        if t.place is not None and t.place.lat is not None and FINENESS[t.place.feature_class] > 3
    ]
    return fine[-1] if fine else None


def _beside(draft: Draft) -> Location | None:
    """Give the finest resolved name of the sentence beside one that is in no gazetteer."""
    if not any(m.toponym.place is None for m in draft.found.mentions):
        return None
    others = [m for m in draft.parsed.mentions if m.toponym.place is not None and fineness(m) > 1 and not m.metonym]
    best = max(others, key=lambda m: (fineness(m), -m.first), default=None)
    return (
        replace(place_location(best.toponym.place), rule="beside an unknown name")
        if best and best.toponym.place
        else None
    )


_TELLERS = frozenset(
    [
        "governor",
        "mayor",
        "administration",
        "authorities",
        "officials",
        "police",
        "council",
        "prefect",
        "head",
        "community",
        "residents",
        "villagers",
        "village",
        "town",
        "locals",
        "people",
        "farmers",
    ]
)


def _jurisdiction(draft: Draft) -> Location | None:
    """Give the province or town whose governor, mayor or police tells: "the governor of Apure said"."""
    for mention in draft.parsed.mentions:
        place = mention.toponym.place
        if place is None or place.feature_class not in (
            FeatureClass.ADMIN,
            FeatureClass.SETTLEMENT,
            FeatureClass.REGION,
        ):
            continue
        over = list(climb(mention.head))[1:4]
        if any(n.lower_ in _TELLERS for n in over) and _is_source(draft.parsed, mention.head):
            return replace(place_location(place), rule="where its official speaks for")
    return None


def _is_source(parsed: Parsed, token: Any) -> bool:
    """Tell whether a token stands in the subject of a word of saying."""
    for node in climb(token):
        if node.dep_ in ("nsubj", "agent") and lexicon().sources.at(parsed.words, node.head.i):
            return True
        if any(c.dep_ == "relcl" and lexicon().sources.at(parsed.words, c.i) for c in node.children):
            return True
    return False


def paragraph_day(draft: Draft, text: Article) -> When | None:
    """Return the last date before a draft's sentence in its paragraph."""
    start = draft.parsed.sentence.span.start
    paragraph = text.paragraphs.get(draft.parsed.sentence.paragraph)
    if paragraph is None:
        return None
    before = [w for w in text.whens.within(paragraph.start, start) if _carries(w, text)]
    fine = [w for w in before if w.precision in (DatePrecision.DAY, DatePrecision.SPAN, DatePrecision.WEEK)]
    months = [w for w in before if w.precision is DatePrecision.MONTH]
    chosen = fine[-1] if fine else months[-1] if months else _day_before(draft, text)
    return replace(chosen, span=None, rule="carried") if chosen else None


def _day_before(draft: Draft, text: Article) -> When | None:
    """Give the last date told before a sentence that goes on from it: "Shortly afterwards", "Then", "Weeks later"."""
    if not _GOES_ON.match(draft.parsed.doc.text):
        return None
    start = draft.parsed.sentence.span.start
    told = [
        w for w in text.whens.before(start, reach=_SHORT_BACK) if w.start and w.end and w.rule not in SET_ASIDE_RULES
    ]
    return told[-1] if told else None


_SHORT_BACK = 600
_GOES_ON = re.compile(
    r"(?:(?:shortly|soon|immediately)\s+(?:after|afterwards|thereafter|later)|afterwards|then|later|(?:hours|days|weeks)\s+later)\b",
    re.IGNORECASE,
)


def _carries(when: When, text: Article) -> bool:
    """Tell whether a date can be carried on: one of the story's own time, not of an agreement's or a war's name."""
    if when.rule in SET_ASIDE_RULES or when.start is None or when.end is None or when.span is None:
        return False
    after = text.text[when.span.end : when.span.end + 30].split()
    if after and after[0].lower().strip(",.") in NAMED_WITH_DATES:
        return False
    main = text.main_day
    return main is None or main.end is None or abs((when.end - main.end).days) <= _STORY_DAYS


_STORY_DAYS = 200
NAMED_WITH_DATES = frozenset(
    {
        "agreement",
        "war",
        "ceasefire",
        "accord",
        "statement",
        "declaration",
        "truce",
        "treaty",
        "deal",
        "summit",
        "election",
        "constitution",
        "resolution",
        "trilateral",
        "speech",
        "meeting",
    }
)


def main_day(drafts: Sequence[Draft], latest: date | None) -> When | None:
    """Return the day that an article is about: the first day that a draft is dated to, else the day of publication."""
    for draft in drafts:
        when = draft.when
        if when is not None and when.precision in (DatePrecision.DAY, DatePrecision.SPAN) and when.start is not None:
            return replace(when, span=None, rule="carried")
    return When(latest - timedelta(days=1), latest, DatePrecision.DAY, None, "published") if latest else None


def most_named(toponyms: Sequence[Toponym]) -> Location:
    """Return the place that an article names most, regions and finer before countries, without governments."""
    counts: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for toponym in toponyms:
        if toponym.place is not None and toponym.place.lat is not None and str(toponym.role) != "metonym":
            counts[toponym.place.place_id] += 1
            places[toponym.place.place_id] = toponym.place
    if not counts:
        return Location(None, None)
    best = max(counts, key=lambda pid: (FINENESS[places[pid].feature_class] > 1, counts[pid], pid))
    return replace(place_location(places[best]), rule="article")


def border_mover(spots: Sequence[Location], toponyms: Sequence[Toponym]) -> Callable[[Location], Location]:
    """Return a function that moves a border's marker to the stretch that the article is about.

    Parameters
    ----------
    spots : sequence of Location
        Where the article's incidents lie.
    toponyms : sequence of Toponym
        Of the article, whose towns serve where no incident lies near the border.

    Returns
    -------
    callable
        Gives a location on a base-map border back with the marker on the line nearest to the middle of what lies within
        `STRETCH_KM` of it; any other location as it is.
    """
    fine = [
        (s.lon, s.lat)
        for s in spots[:MOST_SPOTS]
        if s.geo_precision <= FINE and s.lon is not None and s.lat is not None
    ]
    towns = [
        (t.place.lon, t.place.lat)
        for t in toponyms[:MOST_SPOTS]
        if t.place is not None
        and t.place.feature_class is FeatureClass.SETTLEMENT
        and t.place.lon is not None
        and t.place.lat is not None
        and str(t.role) != "metonym"
    ]
    known: dict[str, tuple[float, float] | None] = {}

    def move(location: Location) -> Location:
        place = location.places[0] if location.places else None
        if place is None or not place.place_id.startswith("border-") or place.feature_class is not FeatureClass.BORDER:
            return location
        if place.place_id not in known:
            known[place.place_id] = nearest_stretch(place.place_id, fine) or nearest_stretch(place.place_id, towns)
        spot = known[place.place_id]
        if spot is None:
            return location
        moved = replace(place, lon=spot[0], lat=spot[1])
        reach = min(location.uncertainty_km or STRETCH_KM, STRETCH_KM)
        return replace(location, lon=spot[0], lat=spot[1], places=(moved, *location.places[1:]), uncertainty_km=reach)

    return move


MOST_SPOTS = 300
FINE = 4
