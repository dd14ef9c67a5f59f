"""A reading as the JSON object that `marchland extract` prints."""

from datetime import date
from typing import Any

from gazetteer.model import Place, Toponym
from incidents.codes import codes
from incidents.model import Incident, Reading, RoadObservation, SetAside, Span


def to_json(reading: Reading) -> dict[str, Any]:
    """Turn a reading into the JSON object that the design settles.

    Parameters
    ----------
    reading : Reading
        Of one article.

    Returns
    -------
    dict
        Of strings, numbers, lists and None only. Offsets count characters of the file, untouched.
    """
    article = reading.article
    return {
        "article": {
            "id": article.article_id,
            "title": article.title,
            "publisher": article.publisher,
            "published": _iso(article.published),
            "language": article.language,
            "body": [[span.start, span.end] for span in article.body],
        },
        "toponyms": [_toponym(t) for t in reading.toponyms],
        "incidents": [_incident(i, article.text) for i in reading.incidents],
        "set_aside": [_aside(s, article.text) for s in reading.set_aside],
        "roads": [_road(r, article.text) for r in reading.roads],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _toponym(toponym: Toponym) -> dict[str, Any]:
    place = toponym.place
    return {
        "start": toponym.start,
        "end": toponym.end,
        "text": toponym.text,
        "place_id": place.place_id if place else None,
        "name": place.name if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "feature_class": str(place.feature_class) if place else None,
        "role": str(toponym.role),
        "confidence": toponym.resolution.confidence,
        "reason": toponym.resolution.reason,
    }


def _place(place: Place) -> dict[str, Any]:
    return {"place_id": place.place_id, "name": place.name, "lat": place.lat, "lon": place.lon}


def _evidence(span: Span, text: str) -> dict[str, Any]:
    return {"evidence": text[span.start : span.end], "start": span.start, "end": span.end}


def _incident(incident: Incident, text: str) -> dict[str, Any]:
    table, location, when = codes(incident.kind), incident.location, incident.when
    return {
        "id": incident.incident_id,
        "type": str(incident.kind),
        "event_type": table.event_type,
        "sub_event_type": table.sub_event_type,
        "date_start": _iso(when.start),
        "date_end": _iso(when.end),
        "date_precision": str(when.precision),
        "lat": location.lat,
        "lon": location.lon,
        "places": [_place(p) for p in location.places],
        "geo_precision": location.geo_precision,
        "uncertainty_km": location.uncertainty_km,
        "actors": [
            {"actor_id": a.actor_id, "name": a.name, "actor_class": a.actor_class, "side": a.side, "part": a.part}
            for a in incident.actors
        ],
        "killed": incident.killed.best,
        "killed_low": incident.killed.low,
        "killed_high": incident.killed.high,
        "injured": incident.injured.best,
        "stance": str(incident.stance),
        "stances": [
            {"source": s.source, "stance": str(s.stance), "start": s.span.start, "end": s.span.end}
            for s in incident.statements
        ],
        "related": list(incident.related),
        **_evidence(incident.evidence, text),
        "confidence": incident.confidence,
    }


def _aside(aside: SetAside, text: str) -> dict[str, Any]:
    return {"reality": str(aside.reality), "why": aside.why, **_evidence(aside.evidence, text)}


def _road(road: RoadObservation, text: str) -> dict[str, Any]:
    return {
        "name": road.name,
        "place_id": road.place.place_id if road.place else None,
        "status": str(road.status),
        "as_of": _iso(road.as_of),
        "by": road.by,
        "source": road.source,
        "stance": str(road.stance),
        **_evidence(road.evidence, text),
    }
