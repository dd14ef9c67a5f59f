"""Rank the candidates of a toponym: features of each candidate in its article, weighed by a small trained model."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cache
from math import exp, log1p
from pathlib import Path

from gazetteer.distance import distance_km
from gazetteer.model import FeatureClass
from gazetteer.store import NameHit

WEIGHTS = Path(__file__).parent / "data" / "ranker.json"
_NEAR_KM = 161.0
_FAR_KM = 20_000.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article says about where it plays.

    `countries` and `divisions` count how often a country (ISO code) or a division (ISO code, ADM1 code) is named,
    `anchors` are the places that the article names beyond doubt, `inside` what a comma puts the toponym into
    ("Sumy, Ukraine"), `home` the country of the publisher.
    """

    countries: Counter[str]
    divisions: Counter[tuple[str, str]]
    anchors: tuple[NameHit, ...] = ()
    inside: tuple[NameHit, ...] = ()
    home: str = ""


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for one candidate; every field is a number, most between 0 and 1."""

    primary: float = 0.0
    other_name: float = 0.0
    alternate: float = 0.0
    population: float = 0.0
    largest: float = 0.0
    population_share: float = 0.0
    country: float = 0.0
    province: float = 0.0
    district: float = 0.0
    water: float = 0.0
    region: float = 0.0
    curated: float = 0.0
    country_named: float = 0.0
    country_share: float = 0.0
    division_named: float = 0.0
    inside: float = 0.0
    outside: float = 0.0
    nearness: float = 0.0
    neighbours: float = 0.0
    anchor_country: float = 0.0
    wanted: float = 0.0
    unwanted: float = 0.0
    home: float = 0.0
    favoured: float = 0.0


def features(
    hit: NameHit,
    rivals: Sequence[NameHit],
    around: Surroundings,
    *,
    wanted: FeatureClass | None = None,
    level: int = 0,
    favoured: bool = False,
) -> Features:
    """Measure what speaks for a candidate.

    Parameters
    ----------
    hit : NameHit
        The candidate.
    rivals : sequence of NameHit
        All candidates of the toponym, this one too.
    around : Surroundings
        The article.
    wanted : FeatureClass, optional
        What the words around ask for.
    level : int
        1 when they ask for a province, 2 for a district.
    favoured : bool
        Whether the curated gazetteer names this place first for the name.

    Returns
    -------
    Features
        To be weighed by `score`.
    """
    total = sum(r.population for r in rivals)
    away = sorted(distance_km(hit.lat, hit.lon, a.lat, a.lon) for a in around.anchors if a.pid != hit.pid)
    named = sum(around.countries.values())
    same = sum(a.country == hit.country for a in around.anchors)
    fits = _fits(hit, wanted, level)
    return Features(
        primary=float(hit.tier == 0),
        other_name=float(hit.tier == 1),
        alternate=float(hit.tier == 2),
        population=log1p(hit.population) / 16.0,
        largest=float(hit.population > 0 and hit.population >= max(r.population for r in rivals)),
        population_share=hit.population / total if total else 0.0,
        country=float(hit.feature_class is FeatureClass.COUNTRY),
        province=float(hit.feature_class is FeatureClass.ADMIN and not hit.place_id.startswith("county-")),
        district=float(hit.feature_class is FeatureClass.ADMIN and hit.place_id.startswith("county-")),
        water=float(hit.feature_class in {FeatureClass.LAKE, FeatureClass.RIVER}),
        region=float(hit.feature_class is FeatureClass.REGION),
        curated=float(hit.origin == "curated"),
        country_named=float(bool(hit.country) and around.countries[hit.country] > 0),
        country_share=around.countries[hit.country] / named if named and hit.country else 0.0,
        division_named=float(bool(hit.admin) and around.divisions[hit.country, hit.admin] > 0),
        inside=float(any(_contains(c, hit) for c in around.inside)),
        outside=float(bool(around.inside) and not any(_contains(c, hit) for c in around.inside)),
        nearness=1.0 - log1p(away[0]) / log1p(_FAR_KM) if away else 0.0,
        neighbours=min(1.0, sum(d < _NEAR_KM for d in away) / 3.0),
        anchor_country=same / len(around.anchors) if around.anchors else 0.0,
        wanted=float(wanted is not None and fits),
        unwanted=float(wanted is not None and not fits),
        home=float(bool(around.home) and hit.country == around.home),
        favoured=float(favoured),
    )


def _fits(hit: NameHit, wanted: FeatureClass | None, level: int) -> bool:
    """Tell whether a candidate is of the class asked for; a county is no province."""
    if wanted is None:
        return False
    if wanted is FeatureClass.ADMIN and level == 2 and hit.country == "US":
        return hit.place_id.startswith("county-")
    return hit.feature_class is wanted


def _contains(container: NameHit, hit: NameHit) -> bool:
    """Tell whether a country or division contains a candidate, as far as codes or distance tell."""
    if container.pid == hit.pid:
        return False
    if container.feature_class is FeatureClass.COUNTRY:
        return container.country == hit.country
    if container.feature_class is FeatureClass.ADMIN:
        if container.origin == "world" and not container.place_id.startswith("county-") and container.admin:
            return container.country == hit.country and container.admin == hit.admin
        return distance_km(container.lat, container.lon, hit.lat, hit.lon) <= max(25.0, 1.3 * container.radius_km)
    return distance_km(container.lat, container.lon, hit.lat, hit.lon) <= max(25.0, container.radius_km)


FEATURE_NAMES = tuple(f.name for f in fields(Features))


@cache
def weights() -> dict[str, float]:
    """Return the trained weights by feature, and what "none of these" weighs."""
    data: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return data["weights"]


def score(measured: Features) -> float:
    """Weigh the features of one candidate."""
    told = weights()
    return sum(told[name] * float(getattr(measured, name)) for name in FEATURE_NAMES)


def probabilities(scores: Sequence[float]) -> list[float]:
    """Turn the scores of rival candidates into probabilities that, with "none of these", add up to one.

    Examples
    --------
    >>> [round(p, 2) for p in probabilities([4.0, 1.0])] == sorted((round(p, 2) for p in probabilities([4.0, 1.0])), reverse=True)
    True
    """
    all_scores = [*scores, weights()["none"]]
    top = max(all_scores)
    grown = [exp(s - top) for s in all_scores]
    return [g / sum(grown) for g in grown[:-1]]
