"""The words of the gazetteer: place, name, candidate, resolution, toponym."""

from dataclasses import dataclass
from enum import StrEnum


class FeatureClass(StrEnum):
    """What sort of thing a place is."""

    SETTLEMENT = "settlement"
    ADMIN = "admin"
    COUNTRY = "country"
    REGION = "region"
    LAKE = "lake"
    RIVER = "river"
    ROAD = "road"
    BORDER = "border"
    MOUNTAIN = "mountain"
    FACILITY = "facility"


class Role(StrEnum):
    """What a toponym does in its sentence."""

    EVENT = "event"
    ROUTE = "route"
    ORIGIN = "origin"
    METONYM = "metonym"
    CONTEXT = "context"


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a place: who calls it so, in which language and script, and where that is written.

    `side` is a side id of `gazetteer/data/sides.csv` ("am", "az", "ru", "intl", ...), `kind` one of official,
    endonym, exonym, historical, soviet, transliteration, attested.
    """

    text: str
    language: str = ""
    script: str = ""
    side: str = "intl"
    kind: str = "attested"
    source: str = ""
    since: str = ""
    until: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a place from when to when, according to a source. Dates are ISO, possibly only a year; "" is open."""

    holder: str
    since: str = ""
    until: str = ""
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A thing in the gazetteer.

    `lat`, `lon` are WGS84 degrees, None where a place has no point. `radius_km` is how far the thing itself extends
    from that point. `country` is the ISO 3166-1 alpha-2 code by international recognition ("" for none or several),
    `admin` the place_id (curated) or GeoNames ADM1 code (world) of what contains it, `origin` one of curated, world,
    imported, online. `geonames_id` and `wikidata_id` are filled only where checked.
    """

    place_id: str
    name: str
    feature_class: FeatureClass
    lat: float | None
    lon: float | None
    radius_km: float = 1.0
    country: str = ""
    admin: str = ""
    population: int = 0
    origin: str = "world"
    sources: tuple[str, ...] = ()
    confidence: str = ""
    note: str = ""
    names: tuple[Name, ...] = ()
    holders: tuple[Holder, ...] = ()
    geonames_id: str = ""
    wikidata_id: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a toponym might mean, with the score it got (0 to 1) and why."""

    place: Place
    score: float
    why: str = ""


@dataclass(frozen=True, slots=True)
class Resolution:
    """The chosen place of a toponym (None is an answer), its probability, the reason, and the runners-up."""

    place: Place | None
    confidence: float
    reason: str
    runners_up: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Toponym:
    """A place name as written in a text; `start`, `end` count characters of the untouched text.

    `gloss` is the span of the bracketed name inside the toponym ("Garakilsa [Sisian]"), None without one.
    """

    start: int
    end: int
    text: str
    resolution: Resolution
    role: Role = Role.CONTEXT
    gloss: tuple[int, int] | None = None

    @property
    def place(self) -> Place | None:
        """The resolved place, None where there is no such place in the gazetteer."""
        return self.resolution.place
