"""The columns of the frames, one list per layer: what maps and exports may rely on.

All frames are WGS84 (EPSG:4326), geometry as (lon, lat). Dates are `datetime.date` or None. Columns marked JSON hold a
JSON text (an array or object), so that every vector format can carry them.
"""

from typing import NamedTuple


class Column(NamedTuple):
    """A column: its name, what it holds ("text", "int", "float", "date", "bool", "json") and what it means."""

    name: str
    dtype: str
    meaning: str


INCIDENTS: tuple[Column, ...] = (
    Column("incident_id", "text", "stable hash of article, evidence and place"),
    Column("kind", "text", "one of the 13 kinds"),
    Column("event_type", "text", "ACLED event type"),
    Column("sub_event_type", "text", "ACLED sub-event type"),
    Column("date_start", "date", "first day, null when unknown"),
    Column("date_end", "date", "last day, null when unknown"),
    Column("date_precision", "text", "day, span, week, month, year, unknown"),
    Column("place_id", "text", "the place that earned the marker"),
    Column("place_name", "text", "its English-usage name"),
    Column("places", "json", "[{place_id, name, lat, lon}] all places of the incident"),
    Column("geo_precision", "int", "UCDP where_prec 1-7"),
    Column("acled_precision", "int", "ACLED geo_precision 1-3"),
    Column("uncertainty_km", "float", "radius that the true place lies in"),
    Column("shape", "text", "pin, disc, sector, corridor, border_stretch, line, area"),
    Column("stance", "text", "reported, claimed, denied, confirmed"),
    Column("statements", "json", "[{source, stance, start, end, text}]"),
    Column("actors", "json", "[{actor_id, name, actor_class, side, part}]"),
    Column("killed_low", "int", "null when unknown, 0 when the text says none"),
    Column("killed_best", "int", ""),
    Column("killed_high", "int", ""),
    Column("injured_low", "int", ""),
    Column("injured_best", "int", ""),
    Column("injured_high", "int", ""),
    Column("tolls", "json", "[{what, group, low, best, high, source}]"),
    Column("weapons", "json", "[text]"),
    Column("evidence", "text", "the whole sentence"),
    Column("evidence_start", "int", "offset into the article file"),
    Column("evidence_end", "int", ""),
    Column("trigger_start", "int", "offset into the article file"),
    Column("trigger_end", "int", ""),
    Column("place_start", "int", "offset of the place name that earned the marker, null when inherited"),
    Column("place_end", "int", ""),
    Column("article_id", "text", ""),
    Column("title", "text", "of the article"),
    Column("publisher", "text", ""),
    Column("published", "date", ""),
    Column("url", "text", ""),
    Column("related", "json", "[incident_id]"),
    Column("confidence", "float", "0 to 1, calibrated"),
    Column("reasons", "json", "[text] what the confidence rests on"),
    Column("rule", "text", "the rules that made it"),
)

UNCERTAINTY: tuple[Column, ...] = (
    Column("incident_id", "text", ""),
    Column("kind", "text", ""),
    Column("stance", "text", ""),
    Column("shape", "text", "disc, sector, corridor, border_stretch, line, area"),
    Column("geo_precision", "int", ""),
    Column("uncertainty_km", "float", ""),
    Column("place_name", "text", ""),
    Column("date_start", "date", ""),
    Column("date_end", "date", ""),
)

SET_ASIDE: tuple[Column, ...] = (
    Column("set_aside_id", "text", ""),
    Column("reality", "text", "threatened, hypothetical, historical, negated, generic, demand, diplomacy"),
    Column("kind", "text", "the kind it would have been, null when none"),
    Column("why", "text", "the words that decided"),
    Column("evidence", "text", ""),
    Column("evidence_start", "int", ""),
    Column("evidence_end", "int", ""),
    Column("place_id", "text", ""),
    Column("place_name", "text", ""),
    Column("geo_precision", "int", ""),
    Column("uncertainty_km", "float", ""),
    Column("date_start", "date", ""),
    Column("date_end", "date", ""),
    Column("article_id", "text", ""),
    Column("title", "text", ""),
    Column("publisher", "text", ""),
    Column("published", "date", ""),
    Column("url", "text", ""),
)

ROADS: tuple[Column, ...] = (
    Column("road_id", "text", "place_id of the road, or a hash for a road made from its two ends"),
    Column("name", "text", ""),
    Column("status", "text", "open, closed, contested, threatened, proposed"),
    Column("since", "date", "the status holds from this day (curated history) or is stated as of this day (article)"),
    Column("until", "date", "null: open-ended, or an article's statement"),
    Column("by", "text", "who closes, threatens or proposes"),
    Column("source", "text", "who says so"),
    Column("stance", "text", "reported, claimed, denied, confirmed; empty for curated history"),
    Column("origin", "text", "article or curated"),
    Column("evidence", "text", "the sentence, or the curated note"),
    Column("article_id", "text", "null for curated history"),
    Column("title", "text", ""),
    Column("url", "text", ""),
    Column("schematic", "bool", "true: straight pieces through named points"),
)

PLACES: tuple[Column, ...] = (
    Column("place_id", "text", ""),
    Column("name", "text", "English usage"),
    Column("feature_class", "text", ""),
    Column("country", "text", "ISO 3166-1 alpha-2 by international recognition"),
    Column("names", "json", "[{text, language, script, side, kind, source, since, until}]"),
    Column("holders", "json", "[{holder, since, until, source}]"),
    Column("radius_km", "float", ""),
    Column("mentions", "int", "toponyms in the mapped articles that resolve to it"),
    Column("articles", "json", "[article_id]"),
    Column("attested", "json", "[text] spellings found in the mapped articles"),
    Column("origin", "text", "curated, world, imported, online"),
)

LAYERS: dict[str, tuple[Column, ...]] = {
    "incidents": INCIDENTS,
    "uncertainty": UNCERTAINTY,
    "set_aside": SET_ASIDE,
    "roads": ROADS,
    "places": PLACES,
}
