"""Frames for the map's tests: invented incidents of every kind, stance and precision on three borders."""

import json
import random
from datetime import date, timedelta

import geopandas as gpd
from shapely.geometry import LineString, Point, Polygon, box

from incidents.model import Kind, Reality, Stance
from incidents.schema import LAYERS

KINDS = [kind.value for kind in Kind]
STANCES = [stance.value for stance in Stance]
SIDES = [
    {"side": "intl", "label": "International English usage", "label_switch": "English"},
    {"side": "am", "label": "Armenian side", "label_switch": "Armenian"},
    {"side": "az", "label": "Azerbaijani side", "label_switch": "Azerbaijani"},
    {"side": "ru", "label": "Russian usage", "label_switch": "Russian"},
]


def _name(text, side, script="Latn", language="", kind="official"):
    return {"text": text, "language": language, "script": script, "side": side, "kind": kind, "source": "test"}


PLACES = {
    "kapan": (
        "Kapan",
        "settlement",
        46.4058,
        39.2075,
        "AM",
        [
            _name("Kapan", "am"),
            _name("Կապան", "am", "Armn"),
            _name("Qafan", "az"),
            _name("Gafan", "az", kind="historical"),
            _name("Капан", "ru", "Cyrl"),
        ],
    ),
    "goris": (
        "Goris",
        "settlement",
        46.3417,
        39.5111,
        "AM",
        [_name("Goris", "am"), _name("Գորիս", "am", "Armn"), _name("Gorus", "az"), _name("Горис", "ru", "Cyrl")],
    ),
    "stepanakert": (
        "Khankendi",
        "settlement",
        46.7515,
        39.8153,
        "AZ",
        [
            _name("Stepanakert", "am"),
            _name("Ստեփանակերտ", "am", "Armn"),
            _name("Xankəndi", "az"),
            _name("Ханкенди", "ru", "Cyrl"),
        ],
    ),
    "kalbajar": (
        "Kalbajar",
        "settlement",
        46.0366,
        40.1024,
        "AZ",
        [_name("Karvachar", "am"), _name("Kəlbəcər", "az"), _name("Кельбаджар", "ru", "Cyrl")],
    ),
    "sotk": (
        "Sotk",
        "settlement",
        45.8653,
        40.2036,
        "AM",
        [_name("Sotk", "am"), _name("Սոթք", "am", "Armn"), _name("Zod", "az")],
    ),
    "lachin": (
        "Lachin",
        "settlement",
        46.5461,
        39.6391,
        "AZ",
        [_name("Berdzor", "am"), _name("Laçın", "az"), _name("Лачин", "ru", "Cyrl")],
    ),
    "syunik": (
        "Syunik",
        "admin",
        46.2,
        39.35,
        "AM",
        [_name("Syunik", "am"), _name("Zəngəzur", "az", kind="historical")],
    ),
    "armenia": ("Armenia", "country", 44.9, 40.3, "AM", [_name("Hayastan", "am"), _name("Ermənistan", "az")]),
    "surin": ("Surin", "settlement", 103.4936, 14.8818, "TH", [_name("Surin", "intl")]),
    "quneitra": ("Quneitra", "settlement", 35.8246, 33.1256, "SY", [_name("Quneitra", "intl")]),
}
ARTICLES = [
    (
        "a1",
        "Quiet night, loud morning on the eastern border",
        "The Invented Courier",
        date(2023, 9, 2),
        "https://example.org/one",
    ),
    ("a2", "Two roads and a checkpoint", "Imaginary Herald", date(2022, 12, 20), "https://example.org/two"),
    ("a3", "A dispatch without a date", "Made-up Monitor", None, ""),
]
_SENTENCE = "Two people were killed when shells fell near {place} on Friday, the invented ministry said."


def frame(layer, rows):
    """Make a frame with exactly the schema's columns and a geometry."""
    columns = [column.name for column in LAYERS[layer]]
    filled = [{name: row.get(name) for name in columns} for row in rows]
    geometry = [row.get("geometry") for row in rows]
    return gpd.GeoDataFrame(filled, columns=columns, geometry=geometry, crs=4326)


def incident(n, **over):
    """One row of the incidents frame."""
    place_id = over.pop("place_id", list(PLACES)[n % 6])
    name, _, lon, lat, *_ = PLACES[place_id]
    article = ARTICLES[over.pop("article", n % 2)]
    evidence = over.pop("evidence", _SENTENCE.format(place=name))
    base = 100 * n
    trigger = evidence.find("killed")
    at = evidence.find(name)
    stance = over.get("stance", STANCES[n % 4])
    when = over.pop("when", date(2022, 3, 1) + timedelta(days=37 * (n % 15)))
    row = {
        "incident_id": f"i{n:05d}",
        "kind": KINDS[n % len(KINDS)],
        "event_type": "Battles",
        "sub_event_type": "Armed clash",
        "date_start": when,
        "date_end": when,
        "date_precision": "day",
        "place_id": place_id,
        "place_name": name,
        "places": json.dumps([{"place_id": place_id, "name": name, "lat": lat, "lon": lon}]),
        "geo_precision": 1,
        "acled_precision": 1,
        "uncertainty_km": 1.0,
        "shape": "pin",
        "stance": stance,
        "statements": json.dumps(
            [{"source": "the invented ministry", "stance": stance, "start": base, "end": base + 20, "text": evidence}]
        ),
        "actors": json.dumps(
            [
                {
                    "actor_id": "x",
                    "name": f"Invented forces {n % 3}",
                    "actor_class": "military",
                    "side": "am",
                    "part": "agent",
                }
            ]
        ),
        "killed_low": 2,
        "killed_best": 2,
        "killed_high": 3,
        "injured_low": None,
        "injured_best": None,
        "injured_high": None,
        "tolls": json.dumps(
            [
                {
                    "what": "killed",
                    "group": "civilians",
                    "low": 2,
                    "best": 2,
                    "high": 3,
                    "source": "the invented ministry",
                }
            ]
        ),
        "weapons": json.dumps(["artillery"]),
        "evidence": evidence,
        "evidence_start": base,
        "evidence_end": base + len(evidence),
        "trigger_start": base + trigger if trigger >= 0 else None,
        "trigger_end": base + trigger + 6 if trigger >= 0 else None,
        "place_start": base + at if at >= 0 else None,
        "place_end": base + at + len(name) if at >= 0 else None,
        "article_id": article[0],
        "title": article[1],
        "publisher": article[2],
        "published": article[3],
        "url": article[4],
        "related": "[]",
        "confidence": 0.35 + 0.05 * (n % 13),
        "reasons": json.dumps(["a day is named", "the place is named in the sentence"]),
        "rule": "test",
        "geometry": Point(lon + 0.02 * (n % 5), lat + 0.013 * (n % 7)),
    }
    return row | over


def incidents():
    """All kinds and stances, every precision, three borders, one without a date, one to the month."""
    rows = [incident(n) for n in range(26)]
    rows[3] |= {"shape": "disc", "geo_precision": 2, "uncertainty_km": 12.0}
    rows[4] |= {"shape": "sector", "geo_precision": 2, "uncertainty_km": 18.0}
    rows[5] |= {"shape": "border_stretch", "geo_precision": 5, "uncertainty_km": 25.0}
    rows[7] |= {"shape": "area", "geo_precision": 3, "uncertainty_km": 22.0}
    rows[8] |= {"shape": "corridor", "geo_precision": 5, "uncertainty_km": 15.0}
    rows[9] |= {"date_precision": "month", "date_start": date(2022, 9, 1), "date_end": date(2022, 9, 30)}
    rows[10] |= {"date_start": None, "date_end": None, "date_precision": "unknown"}
    rows[11] |= {
        "date_precision": "span",
        "date_start": date(2022, 9, 13),
        "date_end": date(2022, 9, 14),
        "related": json.dumps(["i00005"]),
    }
    rows[12] |= {"shape": "disc", "geo_precision": 2, "uncertainty_km": 45.0}
    rows.append(incident(26, place_id="syunik", shape="area", geo_precision=4, uncertainty_km=60.0))
    rows.append(incident(27, place_id="armenia", shape="area", geo_precision=6, uncertainty_km=150.0))
    rows.append(incident(28, place_id="surin", when=date(2023, 7, 25), article=0))
    rows.append(incident(29, place_id="quneitra", when=date(2023, 7, 27), article=2))
    rows.append(
        incident(30)
        | {
            "place_id": "",
            "place_name": "",
            "places": "[]",
            "geometry": None,
            "geo_precision": 6,
            "shape": "area",
            "uncertainty_km": None,
        }
    )
    return frame("incidents", rows)


def uncertainty():
    """Shapes of the incidents that are no pins."""
    shapes = {
        "i00003": Point(46.05, 40.14).buffer(0.12),
        "i00004": Polygon([(45.9, 40.2), (46.1, 40.25), (46.15, 40.12), (45.9, 40.2)]),
        "i00005": LineString([(46.35, 39.2), (46.45, 39.35), (46.5, 39.5)]).buffer(0.02),
        "i00007": box(46.2, 39.4, 46.5, 39.6),
        "i00008": LineString([(46.3, 39.55), (46.55, 39.64), (46.75, 39.8)]).buffer(0.05),
        "i00012": Point(46.4, 39.3).buffer(0.4),
        "i00026": box(45.7, 38.85, 46.6, 39.7),
    }
    rows = incidents().set_index("incident_id")
    made = []
    for name, geometry in shapes.items():
        row = rows.loc[name]
        made.append(
            {column.name: row.get(column.name) for column in LAYERS["uncertainty"]}
            | {"incident_id": name, "geometry": geometry}
        )
    return frame("uncertainty", made)


def set_aside():
    """One threat, one demand, one bit of history."""
    rows = []
    for n, reality in enumerate([Reality.THREATENED, Reality.DEMAND, Reality.HISTORICAL]):
        rows.append(
            {
                "set_aside_id": f"s{n}",
                "reality": reality.value,
                "kind": "shelling_or_missile",
                "why": "would",
                "evidence": "The invented army would answer with fire.",
                "place_id": "goris",
                "place_name": "Goris",
                "geo_precision": 2,
                "uncertainty_km": 5.0,
                "article_id": "a1",
                "title": ARTICLES[0][1],
                "publisher": ARTICLES[0][2],
                "published": ARTICLES[0][3],
                "url": ARTICLES[0][4],
                "geometry": Point(46.3 + n / 10, 39.6),
            }
        )
    return frame("set_aside", rows)


def roads():
    """A road with a dated history and an article that disagrees with it, and a proposed one."""
    line = LineString([(46.3417, 39.5111), (46.5461, 39.6391), (46.7515, 39.8153)])
    south = LineString([(46.3417, 39.5111), (46.33, 39.36), (46.4058, 39.2075)])
    plan = LineString([(45.6, 38.9), (46.2, 38.9), (46.7, 39.0)])
    common = {
        "road_id": "lachin-road",
        "name": "Lachin road",
        "schematic": True,
        "geometry": line,
        "origin": "curated",
        "source": "a dated source",
    }
    return frame(
        "roads",
        [
            common
            | {
                "status": "open",
                "since": date(2020, 11, 10),
                "until": date(2022, 12, 11),
                "evidence": "open under guard",
            },
            common
            | {
                "status": "closed",
                "since": date(2022, 12, 12),
                "until": None,
                "by": "demonstrators",
                "evidence": "blocked",
            },
            common
            | {
                "status": "contested",
                "since": date(2023, 9, 2),
                "origin": "article",
                "stance": "claimed",
                "article_id": "a1",
                "title": ARTICLES[0][1],
                "url": ARTICLES[0][4],
                "evidence": "The road is open to some, the invented ministry said.",
            },
            {
                "road_id": "goris-kapan",
                "name": "Goris-Kapan road",
                "status": "open",
                "origin": "curated",
                "since": date(1991, 1, 1),
                "until": date(2021, 11, 9),
                "source": "a dated source",
                "schematic": True,
                "geometry": south,
            },
            {
                "road_id": "plan",
                "name": "Proposed corridor",
                "status": "proposed",
                "origin": "article",
                "since": date(2022, 12, 20),
                "article_id": "a2",
                "title": ARTICLES[1][1],
                "evidence": "A corridor is asked for.",
                "schematic": True,
                "geometry": plan,
            },
        ],
    )


def places():
    """The gazetteer's places of these articles."""
    return frame(
        "places",
        [
            {
                "place_id": key,
                "name": name,
                "feature_class": what,
                "country": country,
                "names": json.dumps(names),
                "holders": json.dumps(
                    [{"holder": "An invented holder", "since": "1991", "until": "", "source": "test"}]
                    if key == "kalbajar"
                    else []
                ),
                "radius_km": 2.0,
                "mentions": 3,
                "articles": json.dumps(["a1"]),
                "attested": json.dumps(["Ghapan"] if key == "kapan" else []),
                "origin": "curated",
                "geometry": Point(lon, lat),
            }
            for key, (name, what, lon, lat, country, names) in PLACES.items()
        ],
    )


def layers():
    """Every layer."""
    return {
        "incidents": incidents(),
        "uncertainty": uncertainty(),
        "set_aside": set_aside(),
        "roads": roads(),
        "places": places(),
    }


def base():
    """A base map of rectangles: two countries, a province, a lake, a town, a disputed area."""

    def made(geometry, **properties):
        return {"type": "Feature", "geometry": geometry.__geo_interface__, "properties": properties}

    def group(*features):
        return {"type": "FeatureCollection", "features": list(features)}

    return {
        "countries": group(
            made(box(43.4, 38.8, 46.6, 41.3), name="Armenia", iso_a2="AM"),
            made(box(46.6, 38.4, 50.4, 41.9), name="Azerbaijan", iso_a2="AZ"),
        ),
        "provinces": group(made(box(45.7, 38.85, 46.6, 39.7), name="Syunik")),
        "lakes": group(made(box(45.0, 40.15, 45.6, 40.6), name="Lake Sevan", area_km2=1240)),
        "towns": group(
            made(Point(44.51, 40.18), name="Yerevan", population=1090000, capital=True),
            made(Point(49.87, 40.41), name="Baku", population=2200000, capital=True),
        ),
        "disputed": group(
            made(box(46.4, 39.4, 47.2, 40.2), name="Former oblast", claims=["claim of one", "claim of the other"])
        ),
        "attribution": ["Base map: rectangles of our own"],
    }


def many(n, *, seed=7):
    """n incidents with sentences of usual length, scattered over three borders in ten years."""
    draw = random.Random(seed)  # noqa: S311
    centres = [(46.3, 39.7), (103.2, 14.4), (35.8, 33.1)]
    words = [
        "shells",
        "fell",
        "houses",
        "burned",
        "patrol",
        "stopped",
        "convoy",
        "road",
        "village",
        "officers",
        "said",
        "morning",
        "border",
        "post",
        "fired",
        "wounded",
        "two",
        "soldiers",
        "near",
        "hill",
        "guard",
    ]
    rows = []
    for k in range(n):
        lon, lat = centres[k % 3]
        evidence = " ".join(draw.choice(words) for _ in range(22)).capitalize() + "."
        row = incident(
            k,
            evidence=evidence,
            when=date(2014, 1, 1) + timedelta(days=draw.randrange(3600)),
            kind=draw.choice(KINDS),
            stance=draw.choice(STANCES),
        )
        row["geometry"] = Point(draw.gauss(lon, 0.9), draw.gauss(lat, 0.6))
        row |= {
            "trigger_start": row["evidence_start"] + 3,
            "trigger_end": row["evidence_start"] + 9,
            "place_start": None,
            "place_end": None,
        }
        if k % 3:
            row |= {"shape": "disc", "geo_precision": 2, "uncertainty_km": round(draw.uniform(2, 40), 1)}
        rows.append(row)
    return frame("incidents", rows)
