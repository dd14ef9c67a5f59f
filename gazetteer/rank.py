"""Rank the candidates of a toponym: features of each candidate in its article, weighed by two small trained models.

The first model ("bare") looks at a name by itself and at the countries that the article names; the second ("lit")
also at where the article's other names probably lie.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gazetteer.distance import distance_km
from gazetteer.model import FeatureClass
from gazetteer.store import NameHit

WEIGHTS = Path(__file__).parent / "data" / "ranker.json"
BARE_FEATURES = (
    "other_name",
    "alternate",
    "population",
    "alternate_population",
    "largest",
    "population_share",
    "country",
    "province",
    "county",
    "water",
    "region",
    "curated",
    "capital",
    "country_named",
    "country_share",
    "division_named",
    "largest_named",
    "inside",
    "outside",
    "wanted",
    "unwanted",
    "home",
    "favoured",
    "unique",
    "several_words",
)
LIT_FEATURES = (
    *BARE_FEATURES,
    "nearness",
    "neighbours",
    "region_mates",
    "country_mates",
    "division_mates",
    "closest_rival",
)
_NEAR_KM, _REGION_KM, _FAR_KM = 60.0, 250.0, 20_000.0
_EARTH_RADIUS_KM = 6371.0088

Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a name of the article may lie: a hit with its probability, and the name's number."""

    hit: NameHit
    chance: float
    sense: int


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What an article says about where it plays.

    `countries` and `divisions` count how often a country (ISO code) or a division (ISO code, ADM1 code) is named,
    `anchors` are the probable places of its names, `home` is the country of the publisher.
    """

    countries: Counter[str]
    divisions: Counter[tuple[str, str]]
    anchors: tuple[Anchor, ...] = ()
    home: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One name of an article: its candidates, what the words around ask for, what contains it, whom the curators favour."""

    hits: tuple[NameHit, ...]
    sense: int = -1
    wanted: FeatureClass | None = None
    level: int = 0
    inside: tuple[NameHit, ...] = ()
    favoured: str = ""
    capitals: frozenset[str] = frozenset()
    key: str = ""


def features(question: Question, around: Surroundings, *, lit: bool) -> Matrix:
    """Measure what speaks for each candidate of a name.

    Parameters
    ----------
    question : Question
        The name.
    around : Surroundings
        The article.
    lit : bool
        Whether the other names of the article count.

    Returns
    -------
    array of shape (candidates, features)
        Columns as `LIT_FEATURES` (or `BARE_FEATURES`), most between 0 and 1.
    """
    columns = _own(question) | _named(question, around) | _asked(question, around)
    if lit:
        columns |= _mates(question, around)
    return np.column_stack([columns[name] for name in (LIT_FEATURES if lit else BARE_FEATURES)])


def _flags(values: Sequence[bool]) -> Matrix:
    """Turn truth values into numbers."""
    return np.array(values, dtype=np.float64)


def _own(question: Question) -> dict[str, Matrix]:
    """Measure the candidates by themselves."""
    hits = question.hits
    people = np.array([h.population for h in hits], dtype=np.float64)
    tier = np.array([h.tier for h in hits])
    size = np.log1p(people) / 16.0
    county = _flags([h.place_id.startswith("county-") for h in hits])
    return {
        "other_name": (tier == 1).astype(np.float64),
        "alternate": (tier == 2).astype(np.float64),
        "population": size,
        "alternate_population": size * (tier == 2),
        "largest": ((people == people.max()) & (people > 0)).astype(np.float64),
        "population_share": people / people.sum() if people.sum() else np.zeros(len(hits)),
        "country": _flags([h.feature_class is FeatureClass.COUNTRY for h in hits]),
        "province": _flags([h.feature_class is FeatureClass.ADMIN for h in hits]) - county,
        "county": county,
        "water": _flags([h.feature_class in {FeatureClass.LAKE, FeatureClass.RIVER} for h in hits]),
        "region": _flags([h.feature_class is FeatureClass.REGION for h in hits]),
        "capital": _flags([h.place_id in question.capitals for h in hits]),
        "curated": _flags([h.origin == "curated" for h in hits]),
    }


def _named(question: Question, around: Surroundings) -> dict[str, Matrix]:
    """Measure whether the article names the candidates' countries and divisions."""
    hits = question.hits
    total = sum(around.countries.values())
    counts = np.array([around.countries[h.country] if h.country else 0 for h in hits], dtype=np.float64)
    people = np.array([h.population for h in hits], dtype=np.float64) * (counts > 0)
    return {
        "country_named": (counts > 0).astype(np.float64),
        "country_share": counts / total if total else counts,
        "division_named": _flags([bool(h.admin) and around.divisions[h.country, h.admin] > 0 for h in hits]),
        "largest_named": ((people == people.max()) & (people > 0)).astype(np.float64),
    }


def _asked(question: Question, around: Surroundings) -> dict[str, Matrix]:
    """Measure whether the candidates are what the words around ask for."""
    hits = question.hits
    fits = _flags([_fits(h, question.wanted, question.level) for h in hits])
    within = _flags([any(contains(c, h) for c in question.inside) for h in hits])
    asked = float(question.wanted is not None)
    return {
        "inside": within,
        "outside": (1.0 - within) * bool(question.inside),
        "wanted": fits * asked,
        "unwanted": (1.0 - fits) * asked,
        "home": _flags([bool(around.home) and h.country == around.home for h in hits]),
        "favoured": _flags([h.place_id == question.favoured for h in hits]),
        "unique": np.full(len(hits), float(len(hits) == 1)),
        "several_words": np.full(len(hits), float(" " in question.key)),
    }


def _mates(question: Question, around: Surroundings) -> dict[str, Matrix]:
    """Measure where the other names of the article probably lie, as seen from each candidate."""
    hits = question.hits
    others = [a for a in around.anchors if a.sense != question.sense]
    nothing = np.zeros(len(hits))
    names = ("nearness", "neighbours", "region_mates", "country_mates", "division_mates", "closest_rival")
    if not others:
        return dict.fromkeys(names, nothing)
    away = distances([(h.lat, h.lon) for h in hits], [(a.hit.lat, a.hit.lon) for a in others])
    chance = np.array([a.chance for a in others])
    near = 1.0 - np.log1p(away) / np.log1p(_FAR_KM)
    nearness = (near * chance).max(axis=1)
    same_country = np.array([[a.hit.country == h.country and h.country != "" for a in others] for h in hits])
    same_division = np.array([[a.hit.admin == h.admin and h.admin != "" for a in others] for h in hits]) & same_country
    return {
        "nearness": nearness,
        "neighbours": np.minimum(1.0, ((away < _NEAR_KM) * chance).sum(axis=1) / 2.0),
        "region_mates": (np.exp(-away / _REGION_KM) * chance).sum(axis=1) / chance.sum(),
        "country_mates": (same_country * chance).sum(axis=1) / chance.sum(),
        "division_mates": (same_division * chance).sum(axis=1) / chance.sum(),
        "closest_rival": (nearness == nearness.max()).astype(np.float64),
    }


def distances(points: Sequence[tuple[float, float]], others: Sequence[tuple[float, float]]) -> Matrix:
    """Return the great-circle distances in km of every point (lat, lon) to every other, one row for each point."""
    a, b = np.radians(np.array(points)), np.radians(np.array(others))
    lat, lon = a[:, 0][:, None], a[:, 1][:, None]
    h = np.sin((b[:, 0] - lat) / 2) ** 2 + np.cos(lat) * np.cos(b[:, 0]) * np.sin((b[:, 1] - lon) / 2) ** 2
    found: Matrix = 2 * _EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(1.0, h)))
    return found


def _fits(hit: NameHit, wanted: FeatureClass | None, level: int) -> bool:
    """Tell whether a candidate is of the class asked for; a county is no province."""
    if wanted is None:
        return False
    if wanted is FeatureClass.ADMIN and level == 2 and hit.country == "US":
        return hit.place_id.startswith("county-")
    return hit.feature_class is wanted


def contains(container: NameHit, hit: NameHit) -> bool:
    """Tell whether a country, division or region contains a candidate, as far as codes or distance tell."""
    if container.pid == hit.pid:
        return False
    if container.feature_class is FeatureClass.COUNTRY:
        return container.country == hit.country
    coded = container.feature_class is FeatureClass.ADMIN and container.origin == "world" and container.admin != ""
    if coded and not container.place_id.startswith("county-"):
        return container.country == hit.country and container.admin == hit.admin
    return distance_km(container.lat, container.lon, hit.lat, hit.lon) <= max(25.0, 1.3 * container.radius_km)


@cache
def weights(model: str) -> tuple[Matrix, float]:
    """Return a model's weights in the order of its features, and what "none of these" weighs."""
    told: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))[model]
    names = LIT_FEATURES if model == "lit" else BARE_FEATURES
    return np.array([told.get(name, 0.0) for name in names]), told.get("none", 0.0)


def chances(question: Question, around: Surroundings, *, lit: bool) -> tuple[Matrix, Matrix]:
    """Return the probability of each candidate and the features it follows from.

    With the probability of "none of these" the probabilities add up to one.
    """
    measured = features(question, around, lit=lit)
    told, none = weights("lit" if lit else "bare")
    return softmax(measured @ told, none), measured


def softmax(scores: Matrix, none: float) -> Matrix:
    """Turn the scores of rival candidates into probabilities, leaving room for "none of these".

    Examples
    --------
    >>> softmax(np.array([2.0, 2.0]), 2.0).round(2).tolist()
    [0.33, 0.33]
    """
    top = max(float(scores.max()), none)
    grown = np.exp(scores - top)
    found: Matrix = grown / (grown.sum() + np.exp(none - top))
    return found
