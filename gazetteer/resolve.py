"""Resolve mentions to places: the clear ones first, then the rest in their light, one sense per article."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.distance import distance_km
from gazetteer.model import Candidate, FeatureClass, Place, Resolution
from gazetteer.rank import Features, Surroundings, features, probabilities, score
from gazetteer.scan import Mention
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token

_CLEAR = 0.9
_RUNNERS_UP = 3
_LEAST = 0.0
_BIG = (FeatureClass.COUNTRY, FeatureClass.ADMIN, FeatureClass.REGION)

Sense = tuple[str, FeatureClass | None]


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen hit of a mention (None for none), its probability, why, and the others."""

    hit: NameHit | None
    confidence: float
    reason: str
    others: tuple[tuple[NameHit, float], ...] = ()


def choose(
    mentions: Sequence[Mention], tokens: Sequence[Token], gazetteer: Gazetteer, *, home: str = ""
) -> list[Choice]:
    """Choose a place for every mention.

    Parameters
    ----------
    mentions : sequence of Mention
        In the order of the text.
    tokens : sequence of Token
        The words of the text.
    gazetteer : Gazetteer
        For shared names.
    home : str
        ISO code of the publisher's country, "" when it is unknown.

    Returns
    -------
    list of Choice
        One for each mention.
    """
    inside = _containers(mentions, tokens)
    senses: dict[Sense, list[int]] = defaultdict(list)
    for i, m in enumerate(mentions):
        senses[m.key, m.wanted].append(i)
    bare = surroundings(mentions, {}, home=home)
    first = {sense: _choose_sense(numbers, mentions, inside, bare, gazetteer) for sense, numbers in senses.items()}
    lit = surroundings(mentions, {i: first[s] for s, numbers in senses.items() for i in numbers}, home=home)
    second = {sense: _choose_sense(numbers, mentions, inside, lit, gazetteer) for sense, numbers in senses.items()}
    return [second[m.key, m.wanted] for m in mentions]


def surroundings(mentions: Sequence[Mention], chosen: dict[int, Choice], *, home: str = "") -> Surroundings:
    """Gather what an article says about where it plays, from its countries and from what is already clear."""
    countries: Counter[str] = Counter()
    divisions: Counter[tuple[str, str]] = Counter()
    anchors: dict[int, NameHit] = {}
    for i, m in enumerate(mentions):
        hit = _plain_country(m)
        choice = chosen.get(i)
        if hit is None and choice is not None and choice.confidence >= _CLEAR:
            hit = choice.hit
        if hit is None:
            continue
        if hit.country:
            countries[hit.country] += 1
        if hit.feature_class is FeatureClass.ADMIN and hit.admin:
            divisions[hit.country, hit.admin] += 1
        if hit.feature_class is not FeatureClass.COUNTRY:
            anchors[hit.pid] = hit
    return Surroundings(countries, divisions, tuple(anchors.values()), (), home)


def _plain_country(m: Mention) -> NameHit | None:
    """Return the country that a mention names and nothing else could be."""
    if m.wanted not in {None, FeatureClass.COUNTRY} or not m.hits:
        return None
    best = m.hits[0]
    rivals = [h for h in m.hits if h.tier <= 1 and h.population >= 500_000 and h.pid != best.pid]
    return best if best.feature_class is FeatureClass.COUNTRY and not rivals else None


def _containers(mentions: Sequence[Mention], tokens: Sequence[Token]) -> dict[int, tuple[Mention, ...]]:
    """Find what a comma, "in" or a bracket puts a mention into: "Sumy, Ukraine", "Desna in Chernihiv Oblast"."""
    found: dict[int, tuple[Mention, ...]] = {}
    for i in range(len(mentions) - 1):
        left, right = mentions[i], mentions[i + 1]
        between = tokens[left.last + 1 : right.first]
        gap = tokens[left.last + 1].gap
        big = any(h.feature_class in _BIG and h.tier <= 1 for h in right.hits) or right.wanted is FeatureClass.ADMIN
        comma = not between and gap in {", ", " (", ","}
        inside = (
            len(between) <= 3
            and between
            and between[0].lower in {"in", "of"}
            and gap in {" ", ", "}
            and between[-1].lower in {"in", "of", "the", "region", "province"}
        )
        if big and (comma or inside):
            found[i] = (right, *found.get(i + 1, ()))
    for i in range(len(mentions) - 3, -1, -1):
        if i in found and i + 1 in found:
            found[i] = (found[i][0], *found[i + 1])
    return found


def _choose_sense(
    numbers: Sequence[int],
    mentions: Sequence[Mention],
    inside: dict[int, tuple[Mention, ...]],
    around: Surroundings,
    gazetteer: Gazetteer,
) -> Choice:
    """Choose the place that all mentions of one name mean in this article."""
    sample = mentions[numbers[0]]
    hits = sample.hits
    if not hits:
        return Choice(None, 0.0, "no such name in the gazetteer")
    containers = tuple(
        h
        for i in numbers
        for m in inside.get(i, ())
        for h in m.hits[:3]
        if h.feature_class in _BIG and m.key != sample.key
    )
    near = replace(around, inside=containers)
    favoured = gazetteer.shared(sample.key)[:1]
    measured = [
        features(h, hits, near, wanted=sample.wanted, level=sample.level, favoured=h.place_id in favoured) for h in hits
    ]
    ranked = sorted(
        zip(probabilities([score(f) for f in measured]), hits, measured, strict=True),
        key=lambda r: (-r[0], r[1].place_id),
    )
    probability, hit, best = ranked[0]
    total = sum(r[0] for r in ranked if same_place(r[1], hit))
    others = tuple((h, p) for p, h, _ in ranked[1:] if not same_place(h, hit))[:_RUNNERS_UP]
    if total <= _LEAST:
        return Choice(None, 1 - probability, "no place of this name fits the article", ((hit, probability), *others))
    return Choice(hit, min(1.0, total), reason(best, hit, len(hits), near), others)


def same_place(a: NameHit, b: NameHit) -> bool:
    """Tell whether two hits are the same thing for a reader: one point, or a town and the province around it."""
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= max(5.0, min(40.0, a.radius_km, b.radius_km))


def reason(f: Features, hit: NameHit, candidates: int, around: Surroundings) -> str:
    """Say in words what decided."""
    told = []
    if candidates == 1:
        told.append("the only place of this name")
    if f.wanted:
        told.append(f"the text asks for {hit.feature_class.value}")
    if f.inside:
        told.append("the text puts it there")
    if f.division_named:
        told.append("its province is named")
    elif f.country_named and hit.feature_class is not FeatureClass.COUNTRY:
        told.append("its country is named")
    if f.nearness > 0.45 and around.anchors:
        told.append("near other places of the article")
    if f.largest and candidates > 1:
        told.append("the largest of the name")
    told.append({0: "by its main name", 1: "by a known other name", 2: "by an alternate spelling"}[hit.tier])
    return "; ".join(told)


def resolution(choice: Choice, gazetteer: Gazetteer) -> Resolution:
    """Turn a choice into a resolution with full places."""
    runners = tuple(Candidate(full(h, gazetteer), round(p, 3), h.feature_class.value) for h, p in choice.others)
    place = full(choice.hit, gazetteer) if choice.hit is not None else None
    return Resolution(place, round(choice.confidence, 3), choice.reason, runners)


def full(hit: NameHit, gazetteer: Gazetteer) -> Place:
    """Return the place of a hit, without its hundred alternate names."""
    return gazetteer.light_place(hit)
