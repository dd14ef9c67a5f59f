"""Ask an online gazetteer for names that the own one lacks: off by default, cached, and no error when it fails."""

import csv
import json
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gazetteer.curated import DATA
from gazetteer.model import FeatureClass, Name, Place
from gazetteer.store import cache_dir
from geo.errors import MarchlandError
from geo.points import distance_km

SOURCE = "osm-nominatim"
# Nominatim's usage policy: a user agent that names the application, and one request a second at most.
DELAY_S = 1.0
USER_AGENT = f"marchland/{version('marchland')} (maps of border conflicts)"
_SCHEMA = "CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, asked TEXT, answer TEXT)"


class Service(StrEnum):
    """The services that can be asked; both answer from OpenStreetMap."""

    NOMINATIM = "nominatim"
    PHOTON = "photon"


URLS = {Service.NOMINATIM: "https://nominatim.openstreetmap.org", Service.PHOTON: "https://photon.komoot.io"}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the service said: places, best first, and a note where it could not be asked."""

    places: tuple[Place, ...] = ()
    note: str = ""


class OnlineGazetteer:
    """Nominatim or Photon, asked once per name and remembered in the user's cache folder.

    After one failure of the network it asks no more, so that an article is not held up by every name.

    Parameters
    ----------
    service : Service
        Whom to ask.
    url : str
        An own server of the service; the public one when empty.
    delay_s : float
        The least time between two requests, in seconds.
    timeout_s : float
        How long to wait for an answer, in seconds.

    Raises
    ------
    MarchlandError
        When the url is none.
    """

    def __init__(
        self, *, service: Service = Service.NOMINATIM, url: str = "", delay_s: float = DELAY_S, timeout_s: float = 10.0
    ) -> None:
        parts = urlsplit(url or URLS[service])
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise MarchlandError(f"{url!r} is no address; write one like {URLS[service]}")
        self.service = service
        self._address = f"{parts.netloc}{parts.path}".rstrip("/")
        self._scheme = parts.scheme
        self._delay_s = delay_s
        self._timeout_s = timeout_s
        self._geocode: Any = None
        self._failure = ""

    def find(self, name: str, *, countries: Sequence[str] = (), limit: int = 3) -> Answer:
        """Find the places of a name.

        Parameters
        ----------
        name : str
            The name as written.
        countries : sequence of str
            ISO codes; only places of these countries (Nominatim only).
        limit : int
            How many places at most.

        Returns
        -------
        Answer
            Places in WGS84 degrees with `origin` online, or a note why the service could not be asked.
        """
        from geopy.exc import GeopyError

        question = json.dumps([self.service, self._address, name, sorted(countries), limit], ensure_ascii=False)
        known = _remembered(question)
        if known is not None:
            return Answer(self._read(known))
        if not self._failure:
            try:
                found = self._ask(name, [code.lower() for code in countries], limit)
                places = self._read(found)
            except (GeopyError, KeyError, IndexError, TypeError, ValueError) as error:
                what = str(error) or type(error).__name__
                self._failure = f"{self.service} at {self._address} gave no answer that can be used ({what})"
            else:
                _remember(question, found)
                return Answer(places)
        return Answer(note=self._failure)

    def _read(self, found: Sequence[Mapping[str, Any]]) -> tuple[Place, ...]:
        """Make places of an answer."""
        read = _from_photon if self.service is Service.PHOTON else _from_nominatim
        return tuple(read(one) for one in found)

    def _ask(self, name: str, countries: list[str], limit: int) -> list[dict[str, Any]]:
        """Ask the service."""
        options: dict[str, Any] = {"exactly_one": False, "limit": limit, "language": "en"}
        if self.service is Service.NOMINATIM:
            options |= {"country_codes": countries or None, "addressdetails": True, "namedetails": True}
        return [location.raw for location in self._limited()(name, **options) or ()]

    def _limited(self) -> Any:
        """Return the geocoder's function, held to one request per delay."""
        if self._geocode is None:
            from geopy.extra.rate_limiter import RateLimiter
            from geopy.geocoders import Nominatim, Photon

            kind = Photon if self.service is Service.PHOTON else Nominatim
            geocoder = kind(user_agent=USER_AGENT, domain=self._address, scheme=self._scheme, timeout=self._timeout_s)
            self._geocode = RateLimiter(
                geocoder.geocode, min_delay_seconds=self._delay_s, max_retries=0, swallow_exceptions=False
            )
        return self._geocode


def answers_path() -> Path:
    """Return the file of the remembered answers.

    Examples
    --------
    >>> answers_path().name
    'online.sqlite'
    """
    return cache_dir() / "online.sqlite"


def _remembered(question: str) -> list[dict[str, Any]] | None:
    """Return a remembered answer; None when the question is new or the file is damaged."""
    path = answers_path()
    if not path.exists():
        return None
    try:
        with closing(sqlite3.connect(path)) as db:
            row = db.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
    except sqlite3.DatabaseError:
        path.unlink(missing_ok=True)
        return None
    return json.loads(row[0]) if row else None


def _remember(question: str, found: list[dict[str, Any]]) -> None:
    """Remember an answer, also that there is no such place."""
    path = answers_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as db, db:
            db.execute(_SCHEMA)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            db.execute("INSERT OR REPLACE INTO answers VALUES (?, ?, ?)", (question, now, json.dumps(found)))
    except (OSError, sqlite3.Error) as error:
        raise MarchlandError(f"{path}: {error}; set MARCHLAND_CACHE to a folder that can be written") from error


def _from_nominatim(raw: Mapping[str, Any]) -> Place:
    """Make a place of one answer of Nominatim."""
    south, north, west, east = (float(edge) for edge in raw["boundingbox"])
    details = raw.get("namedetails") or {}
    key = str(raw.get("category", raw.get("class", "")))
    return Place(
        place_id=f"osm-{str(raw.get('osm_type', 'x'))[0]}{raw.get('osm_id', 0)}",
        name=str(raw.get("name") or raw["display_name"].split(",")[0]),
        feature_class=_feature_class(key, str(raw.get("type", "")), str(raw.get("addresstype", ""))),
        lat=float(raw["lat"]),
        lon=float(raw["lon"]),
        radius_km=_radius_km(west, south, east, north),
        country=str((raw.get("address") or {}).get("country_code", "")).upper(),
        origin="online",
        sources=(SOURCE,),
        confidence="low",
        note=str(raw["display_name"]),
        names=tuple(_name(tag, text) for tag, text in details.items() if tag == "name" or tag.startswith("name:")),
    )


def _name(tag: str, text: str) -> Name:
    """Make a name of an OpenStreetMap tag such as name:hy."""
    return Name(str(text), language=tag.removeprefix("name").removeprefix(":"), source=SOURCE)


def _from_photon(raw: Mapping[str, Any]) -> Place:
    """Make a place of one answer of Photon, a GeoJSON feature."""
    told = raw["properties"]
    lon, lat = raw["geometry"]["coordinates"][:2]
    west, north, east, south = told.get("extent") or (lon, lat, lon, lat)
    about = [told.get(part) for part in ("name", "county", "state", "country")]
    return Place(
        place_id=f"osm-{str(told.get('osm_type', 'x')).lower()}{told.get('osm_id', 0)}",
        name=str(told.get("name", "")),
        feature_class=_feature_class(
            str(told.get("osm_key", "")), str(told.get("osm_value", "")), str(told.get("type", ""))
        ),
        lat=float(lat),
        lon=float(lon),
        radius_km=_radius_km(west, south, east, north),
        country=str(told.get("countrycode", "")).upper(),
        origin="online",
        sources=(SOURCE,),
        confidence="low",
        note=", ".join(str(part) for part in about if part),
    )


def _radius_km(west: float, south: float, east: float, north: float) -> float:
    """Return half the diagonal of a box in degrees, 0.5 km at least."""
    return max(0.5, round(distance_km(west, south, east, north) / 2, 1))


@cache
def _classes() -> dict[tuple[str, str], FeatureClass]:
    """Read which of OpenStreetMap's tags is which of our classes."""
    with (DATA / "osm_classes.csv").open(encoding="utf-8", newline="") as lines:
        return {(row["key"], row["value"]): FeatureClass(row["feature_class"]) for row in csv.DictReader(lines)}


def _feature_class(key: str, value: str, addresstype: str) -> FeatureClass:
    """Return our class for a tag: an administrative boundary may be a country or a town, by its address type."""
    known = _classes()
    if key == "boundary" and ("addresstype", addresstype) in known:
        return known["addresstype", addresstype]
    return known.get((key, value)) or known.get((key, "")) or known["", ""]
