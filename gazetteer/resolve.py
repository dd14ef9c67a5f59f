"""Resolve mentions to places: each name by itself first, then all in the light of the others, one sense per article."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.distance import distance_km
from gazetteer.model import Candidate, FeatureClass, Resolution
from gazetteer.rank import LIT_FEATURES, Anchor, Matrix, Question, Surroundings, chances, contains
from gazetteer.scan import Mention
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token

_ROUNDS = 2
_ANCHORS_PER_NAME = 4
_LEAST_ANCHOR = 0.05
_MOST_CANDIDATES = 150
_RUNNERS_UP = 3
_LARGE = 500_000
LEAST_CHANCE = 0.1
_SEAT_SHARE = 0.1
_METROPOLIS = 1_000_000
_WELL_KNOWN = 300_000
_MARGIN_KM = 300.0
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
    mentions: Sequence[Mention],
    tokens: Sequence[Token],
    gazetteer: Gazetteer,
    *,
    home: str = "",
    least: float = LEAST_CHANCE,
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
    least : float
        The least probability of a place that is chosen; below it the answer is that there is no such place.

    Returns
    -------
    list of Choice
        One for each mention.
    """
    senses = by_sense(mentions)
    asked = questions(mentions, tokens, senses, gazetteer)
    around = surroundings(mentions, home=home)
    told = {s: chances(q, around, lit=False) for s, q in asked.items() if q.hits}
    for _ in range(_ROUNDS):
        around = lit(around, asked, {s: p for s, (p, _) in told.items()})
        told = {s: chances(q, around, lit=True) for s, q in asked.items() if q.hits}
    chosen = {
        s: _choice(asked[s], *told[s], least=least) if s in told else Choice(None, 0.0, "no such name in the gazetteer")
        for s in senses
    }
    return [chosen[m.key, m.wanted] for m in mentions]


def by_sense(mentions: Sequence[Mention]) -> dict[Sense, list[int]]:
    """Group mentions by name and by what the words around ask for: one sense per article."""
    senses: dict[Sense, list[int]] = defaultdict(list)
    for i, m in enumerate(mentions):
        senses[m.key, m.wanted].append(i)
    return dict(senses)


def questions(
    mentions: Sequence[Mention], tokens: Sequence[Token], senses: dict[Sense, list[int]], gazetteer: Gazetteer
) -> dict[Sense, Question]:
    """Ask for each name of the article what its candidates are and what the text says about it."""
    within = containers(mentions, tokens)
    seats = gazetteer.capitals()
    asked = {}
    for number, (sense, members) in enumerate(senses.items()):
        sample = mentions[members[0]]
        outer = tuple(
            h
            for i in members
            for m in within.get(i, ())
            for h in m.hits[:3]
            if h.feature_class in _BIG and h.tier <= 1 and m.key != sample.key
        )
        favoured = (*gazetteer.shared(sample.key)[:1], "")[0]
        asked[sense] = Question(
            _foremost(sample.hits), number, sample.wanted, sample.level, outer, favoured, seats, sample.key
        )
    return asked


def _foremost(hits: tuple[NameHit, ...]) -> tuple[NameHit, ...]:
    """Keep the hits that can win when a name has hundreds: they come ordered by name, then population."""
    return hits[:_MOST_CANDIDATES]


def surroundings(mentions: Sequence[Mention], *, home: str = "") -> Surroundings:
    """Count the countries and divisions that an article names beyond doubt."""
    countries: Counter[str] = Counter()
    divisions: Counter[tuple[str, str]] = Counter()
    for m in mentions:
        hit = _plain(m)
        if hit is not None and hit.country:
            countries[hit.country] += 1
            if hit.feature_class is FeatureClass.ADMIN and hit.admin:
                divisions[hit.country, hit.admin] += 1
    return Surroundings(countries, divisions, (), home)


def _plain(m: Mention) -> NameHit | None:
    """Return the country or province that a mention names when nothing else of the name comes near it in size."""
    if m.wanted not in {None, FeatureClass.COUNTRY, FeatureClass.ADMIN} or not m.hits:
        return None
    big = [
        h
        for h in m.hits
        if h.feature_class in {FeatureClass.COUNTRY, FeatureClass.ADMIN}
        and h.tier <= 1
        and not h.place_id.startswith("county-")
    ]
    if not big:
        return None
    best = max(big, key=lambda h: (h.feature_class is FeatureClass.COUNTRY, h.population))
    rivals = [
        h
        for h in m.hits
        if h.tier <= 1
        and h.pid != best.pid
        and h.population >= min(_LARGE, best.population / 2)
        and h.country != best.country
    ]
    return None if rivals else best


def lit(around: Surroundings, asked: dict[Sense, Question], told: dict[Sense, Matrix]) -> Surroundings:
    """Add where each name probably lies; countries light nothing but their own towns, which `countries` does."""
    anchors = []
    for sense, chance in told.items():
        ranked = sorted(zip(chance.tolist(), asked[sense].hits, strict=True), key=lambda r: -r[0])[:_ANCHORS_PER_NAME]
        anchors += [
            Anchor(h, p, asked[sense].sense)
            for p, h in ranked
            if p >= _LEAST_ANCHOR and h.feature_class is not FeatureClass.COUNTRY
        ]
    return Surroundings(around.countries, around.divisions, tuple(anchors), around.home)


def containers(mentions: Sequence[Mention], tokens: Sequence[Token]) -> dict[int, tuple[Mention, ...]]:
    """Find what a comma, "in" or a bracket puts a mention into: "Sumy, Ukraine", "Desna in Chernihiv Oblast"."""
    found: dict[int, tuple[Mention, ...]] = {}
    for i in range(len(mentions) - 2, -1, -1):
        left, right = mentions[i], mentions[i + 1]
        between = tokens[left.last + 1 : right.first]
        gap = tokens[left.last + 1].gap if left.last + 1 < len(tokens) else ""
        listed = (
            _list_member(mentions, i + 1, tokens)
            or _is_country(left)
            or (_is_division(left) and not _is_country(right))
        )
        comma = _comma(between, gap) and not listed
        big = right.wanted is FeatureClass.ADMIN or _contains_towns(right)
        if big and (comma or _within(between, gap)):
            found[i] = (right, *found.get(i + 1, ()))
    return found


def _contains_towns(m: Mention) -> bool:
    """Tell whether a mention names a country or a region, or a division rather than the town that shares its name."""
    large = {FeatureClass.COUNTRY, FeatureClass.REGION}
    if m.origin == "abbreviation" or any(h.feature_class in large and h.tier <= 1 for h in m.hits):
        return True
    division = max((h.population for h in m.hits if h.feature_class is FeatureClass.ADMIN and h.tier <= 1), default=0)
    town = max((h.population for h in m.hits if h.feature_class is FeatureClass.SETTLEMENT), default=0)
    return division > 2 * town


def _is_country(m: Mention) -> bool:
    """Tell whether a mention names a country, which nothing behind a comma contains."""
    return m.wanted is None and bool(m.hits) and m.hits[0].feature_class is FeatureClass.COUNTRY


def _is_division(m: Mention) -> bool:
    """Tell whether a mention names a division: two of them with a comma between are a list."""
    return bool(m.hits) and m.wanted is None and m.hits[0].feature_class is FeatureClass.ADMIN


def _list_member(mentions: Sequence[Mention], i: int, tokens: Sequence[Token]) -> bool:
    """Tell whether a mention is a metropolis, or is followed by "and" and another one: no container but one of a list."""
    m = mentions[i]
    towns = [h.population for h in m.hits if h.feature_class is FeatureClass.SETTLEMENT and h.tier <= 1]
    if m.wanted is None and max(towns, default=0) >= _METROPOLIS:
        return True
    following = tokens[m.last + 1 : m.last + 2]
    return (
        bool(following)
        and following[0].lower in {"and", "or"}
        and i + 1 < len(mentions)
        and mentions[i + 1].first == m.last + 2
    )


def _comma(between: Sequence[Token], gap: str) -> bool:
    """Tell whether only a comma or a bracket stands between two mentions."""
    return not between and gap in {", ", " (", ",", "), "}


def _within(between: Sequence[Token], gap: str) -> bool:
    """Tell whether "in", "in the" or the like stands between two mentions."""
    words = [t.lower for t in between]
    return (
        0 < len(words) <= 3
        and gap in {" ", ", "}
        and words[0] in {"in", "of"}
        and all(
            w in {"in", "of", "the", "region", "province", "eastern", "western", "northern", "southern"} for w in words
        )
    )


def _choice(question: Question, probability: Matrix, measured: Matrix, *, least: float) -> Choice:
    """Choose the place that all mentions of one name mean in this article."""
    hits = question.hits
    if question.inside and all(_far_outside(h, question.inside) for h in hits):
        best_guess = tuple(
            (h, float(p)) for p, h in sorted(zip(probability, hits, strict=True), key=lambda r: -r[0])[:_RUNNERS_UP]
        )
        where = " and ".join(dict.fromkeys(h.name for h in question.inside[:2]))
        return Choice(None, 0.0, f"the text puts it in {where}, where no place of this name is known", best_guess)
    order = sorted(range(len(hits)), key=lambda i: (-probability[i], hits[i].place_id))
    best = order[0]
    same = [i for i in order if same_place(hits[i], hits[best])]
    others = tuple((hits[i], float(probability[i])) for i in order if i not in same)[:_RUNNERS_UP]
    best = _town_itself(question, best, same)
    total = min(1.0, float(sum(probability[i] for i in same)))
    if total < least:
        guesses = ((hits[best], total), *others)[:_RUNNERS_UP]
        return Choice(None, 0.0, "no place of this name fits the article", guesses)
    return Choice(
        hits[best],
        total,
        reason(dict(zip(LIT_FEATURES, measured[best].tolist(), strict=True)), hits[best], len(hits)),
        others,
    )


def _town_itself(question: Question, best: int, same: Sequence[int]) -> int:
    """Prefer the town to the division that is named after it, where nothing asks for the division."""
    division = question.hits[best]
    if question.wanted is not None or division.feature_class is not FeatureClass.ADMIN:
        return best
    least = _SEAT_SHARE * division.population
    for i, hit in enumerate(question.hits):
        town = hit.feature_class is FeatureClass.SETTLEMENT and hit.tier <= 1
        if (
            town
            and (i in same or contains(division, hit))
            and (hit.place_id in question.capitals or hit.population >= least > 0)
        ):
            return i
    return best


def _far_outside(hit: NameHit, inside: Sequence[NameHit]) -> bool:
    """Tell whether a candidate lies far from everything that the text puts its name into; what everybody knows never does."""
    known = {FeatureClass.COUNTRY, FeatureClass.REGION, FeatureClass.ADMIN}
    if hit.tier <= 1 and (hit.feature_class in known or hit.population >= _WELL_KNOWN):
        return False
    return all(not contains(c, hit) and (_abroad(hit, c) or _far_from(hit, c)) for c in inside)


def _abroad(hit: NameHit, container: NameHit) -> bool:
    """Tell whether a candidate lies in another country than what contains it."""
    return "" not in {hit.country, container.country} and hit.country != container.country


def _far_from(hit: NameHit, container: NameHit) -> bool:
    """Tell whether a candidate lies far from what contains it."""
    return distance_km(hit.lat, hit.lon, container.lat, container.lon) > 1.5 * container.radius_km + _MARGIN_KM


def same_place(a: NameHit, b: NameHit) -> bool:
    """Tell whether two hits are the same thing for a reader: one point, or a town and the province around it."""
    around = (
        a.radius_km
        if a.feature_class is FeatureClass.ADMIN
        else b.radius_km
        if b.feature_class is FeatureClass.ADMIN
        else 0.0
    )
    return distance_km(a.lat, a.lon, b.lat, b.lon) <= max(5.0, min(60.0, around))


def reason(f: dict[str, float], hit: NameHit, candidates: int) -> str:
    """Say in words what decided."""
    told = ["the only place of this name"] if candidates == 1 else []
    if f["wanted"]:
        told.append(f"the text asks for {hit.feature_class.value}")
    if f["inside"]:
        told.append("the text puts it there")
    if f["division_named"]:
        told.append("its province is named")
    elif f["country_named"] and hit.feature_class is not FeatureClass.COUNTRY:
        told.append("its country is named")
    if f["nearness"] > 0.45 or f["neighbours"] > 0.3:
        told.append("near other places of the article")
    if f["largest"] and candidates > 1:
        told.append("the largest of the name")
    told.append({0: "by its main name", 1: "by a known other name", 2: "by an alternate spelling"}[hit.tier])
    return "; ".join(told)


def resolution(choice: Choice, gazetteer: Gazetteer) -> Resolution:
    """Turn a choice into a resolution with places."""
    runners = tuple(Candidate(gazetteer.light_place(h), round(p, 3), h.feature_class.value) for h, p in choice.others)
    place = gazetteer.light_place(choice.hit) if choice.hit is not None else None
    return Resolution(place, round(choice.confidence, 3), choice.reason, runners)
