"""The words of the incidents: article, incident, stance, reality, date interval, count, road observation."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from gazetteer.model import Place, Toponym


class Span(NamedTuple):
    """A stretch of the untouched article text, `text[start:end]`."""

    start: int
    end: int


class Kind(StrEnum):
    """The 13 kinds of incident; `incidents/data/kinds.csv` has each one's ACLED codes."""

    ARMED_CLASH = "armed_clash"
    SHELLING_OR_MISSILE = "shelling_or_missile"
    AIR_OR_DRONE_STRIKE = "air_or_drone_strike"
    SHOOTING = "shooting"
    EXPLOSION_OR_MINE = "explosion_or_mine"
    TERRITORIAL_SEIZURE = "territorial_seizure"
    ABDUCTION_OR_CAPTURE = "abduction_or_capture"
    PROPERTY_DAMAGE = "property_damage"
    ROAD_CLOSURE_OR_BLOCKADE = "road_closure_or_blockade"
    OBSTRUCTION_OF_AID = "obstruction_of_aid"
    TROOP_MOVEMENT = "troop_movement"
    PROTEST = "protest"
    OTHER = "other"


class Reality(StrEnum):
    """Whether a sentence tells of something that happened; only ACTUAL becomes an incident."""

    ACTUAL = "actual"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    HISTORICAL = "historical"
    NEGATED = "negated"
    GENERIC = "generic"
    DEMAND = "demand"
    DIPLOMACY = "diplomacy"


class Stance(StrEnum):
    """How a source stands to an incident."""

    REPORTED = "reported"
    CLAIMED = "claimed"
    DENIED = "denied"
    CONFIRMED = "confirmed"


class DatePrecision(StrEnum):
    """How finely the text dates something."""

    DAY = "day"
    SPAN = "span"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    UNKNOWN = "unknown"


class RoadStatus(StrEnum):
    """What a text says of a road."""

    OPEN = "open"
    CLOSED = "closed"
    CONTESTED = "contested"
    THREATENED = "threatened"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Article:
    """A text as it came, and what is known about it.

    `text` is the file decoded, untouched, so that offsets point into the file. `body` are the spans that are the
    article itself; `published_by` says where the publication date comes from: "front matter", "html metadata",
    "date line", "option", "inferred" or "".
    """

    article_id: str
    text: str
    body: tuple[Span, ...]
    path: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: date | None = None
    published_by: str = ""
    year: int | None = None
    language: str = "en"
    url: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """A date interval, both ends included; None where unknown. `span` are the words it came from.

    `partial` keeps month and day where the year is unknown, as ISO 8601 writes them: "--11-08", "--09-13/--09-14", "--05".
    """

    start: date | None = None
    end: date | None = None
    precision: DatePrecision = DatePrecision.UNKNOWN
    span: Span | None = None
    rule: str = ""
    partial: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How many people, as a range; None where the text does not say, 0 where it says none."""

    low: int | None = None
    best: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Toll:
    """One count as one source gives it: what (killed, injured, captured, missing), of whom, how many, who says so."""

    what: str
    group: str
    count: Count
    source: str = ""
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts or suffers in an incident; `actor_class` of `incidents/data/actors.csv`, `side` a country code or ""."""

    actor_id: str
    name: str
    actor_class: str = ""
    side: str = ""
    part: str = "agent"


@dataclass(frozen=True, slots=True)
class Statement:
    """What one source says of an incident, and where in the article."""

    source: str
    stance: Stance
    span: Span


@dataclass(frozen=True, slots=True)
class Location:
    """Where an incident is put: the marker, how it was worded, and the places that earned it (the first one earned the marker).

    `shape` is pin, disc, sector, corridor, border_stretch, line or area; `bearing_deg` clockwise from north for sectors and
    offsets; `uncertainty_km` the radius that the true place lies in; `geo_precision` UCDP where_prec 1-7.
    """

    lat: float | None
    lon: float | None
    places: tuple[Place, ...] = ()
    shape: str = "disc"
    geo_precision: int = 6
    uncertainty_km: float | None = None
    bearing_deg: float | None = None
    span: Span | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Incident:
    """Something that happened according to the article. `evidence` is the whole sentence, `trigger` the word that told."""

    incident_id: str
    article_id: str
    kind: Kind
    when: When
    location: Location
    evidence: Span
    trigger: Span
    stance: Stance = Stance.REPORTED
    statements: tuple[Statement, ...] = ()
    actors: tuple[Actor, ...] = ()
    killed: Count = field(default_factory=Count)
    injured: Count = field(default_factory=Count)
    tolls: tuple[Toll, ...] = ()
    weapons: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    also: tuple[Span, ...] = ()
    confidence: float = 0.5
    reasons: tuple[str, ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SetAside:
    """A sentence with a trigger that tells of no incident, and the words that decided it."""

    reality: Reality
    evidence: Span
    why: str
    kind: Kind | None = None
    when: When | None = None
    location: Location | None = None


@dataclass(frozen=True, slots=True)
class RoadObservation:
    """What an article says of a road: status, as of when, by whom, who says so.

    `line` are (lon, lat) points of a schematic road that the gazetteer does not have, () where `place` has its own line.
    """

    name: str
    place: Place | None
    status: RoadStatus
    evidence: Span
    as_of: date | None = None
    by: str = ""
    source: str = ""
    stance: Stance = Stance.REPORTED
    line: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that was read in one article."""

    article: Article
    toponyms: tuple[Toponym, ...] = ()
    incidents: tuple[Incident, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    roads: tuple[RoadObservation, ...] = ()
    notes: tuple[str, ...] = ()
