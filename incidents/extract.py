"""An article read into incidents, set-aside sentences and road statements."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Protocol

from gazetteer.model import FeatureClass, Place, Toponym
from gazetteer.store import Gazetteer
from gazetteer.toponyms import read_toponyms
from incidents.aside import set_aside
from incidents.borders import resolve_borders
from incidents.clean import clean_text
from incidents.confidence import weigh
from incidents.dates import find_dates
from incidents.drafts import Draft, draft_sentence
from incidents.lexicon import TOLL
from incidents.locate import FINENESS
from incidents.merge import Event, merge_events
from incidents.model import (
    Article,
    Count,
    DatePrecision,
    Incident,
    Kind,
    Location,
    Reading,
    Stance,
    Statement,
    When,
)
from incidents.parse import Parsed, parse_sentences
from incidents.reading_json import to_json
from incidents.roadnews import find_roads
from incidents.sentences import Sentence, split_sentences
from incidents.stance import Said, overall, speaker
from incidents.tolls import total
from incidents.triggers import may_trigger
from incidents.where import locate, place_location

__all__ = ["Extractor", "RuleExtractor", "extract", "to_json"]


class Extractor(Protocol):
    """Anything that reads an article into a `Reading`; the rules here are one, a language model could be another."""

    def __call__(self, article: Article, gazetteer: Gazetteer) -> Reading:
        """Read an article."""
        ...


class RuleExtractor:
    """The rules of this package as an `Extractor`, with a pipeline of one's own."""

    def __init__(self, *, nlp: Any = None) -> None:
        self.nlp = nlp

    def __call__(self, article: Article, gazetteer: Gazetteer) -> Reading:
        """Read an article."""
        return extract(article, gazetteer, nlp=self.nlp)


def extract(article: Article, gazetteer: Gazetteer, *, nlp: Any = None) -> Reading:
    """Read an article.

    Parameters
    ----------
    article : Article
        As `read_article` gives it.
    gazetteer : Gazetteer
        As `open_gazetteer` gives it.
    nlp : spacy.Language, optional
        A loaded English pipeline; the part of it that is needed is loaded otherwise.

    Returns
    -------
    Reading
        Toponyms, incidents, set-aside sentences and road statements, all with offsets into the file.
    """
    text = clean_text(article)
    toponyms = resolve_borders(_with_names(read_toponyms(text, gazetteer, spans=article.body), gazetteer))
    return read_incidents(article, text, toponyms, nlp=nlp)


def _with_names(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Give the toponyms with full places, whose names and holders the map shows."""
    full = {t.place.place_id: gazetteer.place(t.place.place_id) for t in toponyms if t.place is not None}
    return [
        replace(t, resolution=replace(t.resolution, place=full[t.place.place_id])) if t.place is not None else t
        for t in toponyms
    ]


def read_incidents(article: Article, text: str, toponyms: Sequence[Toponym], *, nlp: Any = None) -> Reading:
    """Read the incidents of an article whose toponyms are known.

    Parameters
    ----------
    article : Article
        As `read_article` gives it.
    text : str
        Its clean copy.
    toponyms : sequence of Toponym
        Its place names in text order.
    nlp : spacy.Language, optional
        A loaded English pipeline.

    Returns
    -------
    Reading
        With the given toponyms.
    """
    whens = find_dates(text, article)
    sentences = split_sentences(text, article.body)
    needed = [s for s in sentences if may_trigger(text[s.span.start : s.span.end])]
    parsed = parse_sentences(text, needed, toponyms, whens, nlp=nlp)
    latest = article.published or _latest(whens)
    drafts, aside, speakers = _draft_all(sentences, parsed, latest)
    events = merge_events(_events(drafts, sentences, parsed, toponyms, latest))
    incidents = [_incident(article, event, toponyms, latest) for event in events if _stands(event)]
    rest = set_aside(text, sentences, parsed, aside, [i.evidence for i in incidents], whens, latest)
    roads = find_roads(text, sentences, toponyms, whens=whens, said=speakers, latest=latest)
    ordered = tuple(
        sorted((i for i in incidents if i.location.lat is not None), key=lambda i: (i.evidence.start, i.trigger.start))
    )
    return Reading(article, tuple(toponyms), _related(ordered), tuple(rest), roads)


def _latest(whens: Iterable[When]) -> date | None:
    """Give the latest day that a text names, where nobody says when it was published."""
    return max((w.end for w in whens if w.end is not None), default=None)


def _draft_all(
    sentences: Sequence[Sentence], parsed: dict[int, Parsed], latest: date | None
) -> tuple[list[Draft], dict[int, list[Any]], dict[int, Said]]:
    """Give the drafts of all sentences, what was set aside, and who speaks."""
    drafts: list[Draft] = []
    aside: dict[int, list[Any]] = {}
    speakers: dict[int, Said] = {}
    last: Said | None = None
    paragraph = -1
    for sentence in sentences:
        one = parsed.get(sentence.index)
        if one is None:
            continue
        if sentence.paragraph > paragraph + 1:
            last = None
        paragraph = sentence.paragraph
        told, left = draft_sentence(one, latest=latest, last=last)
        drafts += told
        aside[sentence.index] = left
        last = speaker(one, last)
        if last is not None:
            speakers[sentence.index] = last
    return drafts, aside, speakers


def _events(
    drafts: Sequence[Draft],
    sentences: Sequence[Sentence],
    parsed: dict[int, Parsed],
    toponyms: Sequence[Toponym],
    latest: date | None,
) -> list[Event]:
    """Give an event per draft, with dates and places carried over where its sentence does not say."""
    events: list[Event] = []
    when: When | None = None
    paragraph = -1
    main = _main_day(drafts, latest)
    for draft in drafts:
        number = draft.parsed.sentence.paragraph
        if number != paragraph:
            when, paragraph = None, number
        own = draft.when
        if own is not None:
            when = own
        location = locate(draft.parsed, draft.found) if draft.found.mentions else None
        placed = location is not None and not draft.found.origin
        events.append(Event((draft,), draft.kind, own or when or main, location, own is not None, placed))
    return events


def _main_day(drafts: Sequence[Draft], latest: date | None) -> When | None:
    """Give the day that an article is about: the first day that a draft is dated to, else the day of publication."""
    for draft in drafts:
        if (
            draft.when is not None
            and draft.when.precision in (DatePrecision.DAY, DatePrecision.SPAN)
            and draft.when.start is not None
        ):
            return replace(draft.when, span=None, rule="carried")
    return When(latest - timedelta(days=1), latest, DatePrecision.DAY, None, "published") if latest else None


def _stands(event: Event) -> bool:
    """Whether an event tells enough to be an incident: a definite one with nothing to point back to does not."""
    if event.kind == TOLL and not any(d.tolls for d in event.drafts):
        return False
    if event.first.parsed.sentence.role in ("headline", "caption"):
        return event.placed and event.kind not in (TOLL, Kind.OTHER)
    return not (event.first.definite and not event.placed and not event.dated and len(event.drafts) == 1)


def _incident(article: Article, event: Event, toponyms: Sequence[Toponym], latest: date | None) -> Incident:
    """Give the incident of an event."""
    first = event.first
    location = event.location or _fallback(event, toponyms)
    kind = _kind(event)
    sides = [a.side for a in first.actors if a.part == "agent" and a.side]
    stance = overall([d.said for d in event.drafts], first.trigger, sides)
    tolls = tuple(dict.fromkeys(t for d in event.drafts for t in d.tolls))
    killed, injured = total(tolls, "killed"), total(tolls, "injured")
    confidence, reasons = weigh(event, stance, toll=killed != Count() or injured != Count())
    statements = tuple(dict.fromkeys(s.statement() for d in event.drafts for s in d.said))
    evidence = first.parsed.sentence.span
    places = "|".join(p.place_id for p in location.places)
    key = f"{article.article_id}|{evidence.start}|{kind}|{places}|{first.trigger.first}"
    return Incident(
        incident_id=hashlib.sha256(key.encode()).hexdigest()[:16],
        article_id=article.article_id,
        kind=kind,
        when=event.when or When(),
        location=location,
        evidence=evidence,
        trigger=first.parsed.span(first.trigger.first, first.trigger.last),
        stance=stance,
        statements=statements or (Statement(article.publisher or "the article", Stance.REPORTED, evidence),),
        actors=tuple({(a.actor_id, a.part): a for d in event.drafts for a in d.actors}.values()),
        killed=killed,
        injured=injured,
        tolls=tolls,
        weapons=tuple(dict.fromkeys(w for d in event.drafts for w in d.weapons)),
        also=tuple(dict.fromkeys(d.parsed.sentence.span for d in event.drafts if d.parsed.sentence.span != evidence)),
        confidence=confidence,
        reasons=reasons,
        rule=f"{first.trigger.entry.word}; place {location.rule}; date {event.when.rule if event.when else 'none'}",
    )


def _kind(event: Event) -> Kind:
    """Give the kind of an event; a bare toll becomes a clash or, among civilians, a shooting."""
    return Kind.ARMED_CLASH if event.kind == TOLL else Kind(event.kind)


def _fallback(event: Event, toponyms: Sequence[Toponym]) -> Location:
    """Give the place before in the text, else the place that the article names most."""
    start = event.first.parsed.sentence.span.start
    usable = [t for t in toponyms if t.place is not None and t.place.lat is not None and str(t.role) != "metonym"]
    before = [
        t
        for t in usable
        if start - 600 <= t.start < start and t.place and t.place.feature_class is not FeatureClass.COUNTRY
    ]
    if before and before[-1].place:
        return replace(place_location(before[-1].place), rule="carried")
    return _most_named(usable)


def _most_named(usable: Sequence[Toponym]) -> Location:
    """Give the place that an article names most, regions and finer before countries."""
    counts: Counter[str] = Counter()
    places: dict[str, Place] = {}
    for toponym in usable:
        if toponym.place is not None:
            counts[toponym.place.place_id] += 1
            places[toponym.place.place_id] = toponym.place
    if not counts:
        return Location(None, None)
    best = max(counts, key=lambda pid: (FINENESS[places[pid].feature_class] > 1, counts[pid], pid))
    return replace(place_location(places[best]), rule="article")


def _related(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Link an offensive and the ground it took, where both lie within a paragraph's reach and agree on the date."""
    fights = {Kind.ARMED_CLASH, Kind.SHELLING_OR_MISSILE, Kind.AIR_OR_DRONE_STRIKE}
    links: dict[str, list[str]] = {}
    for a in incidents:
        for b in incidents:
            near = abs(a.evidence.start - b.evidence.start) < 1500
            if a.kind in fights and b.kind is Kind.TERRITORIAL_SEIZURE and near and _days_meet(a.when, b.when):
                links.setdefault(a.incident_id, []).append(b.incident_id)
                links.setdefault(b.incident_id, []).append(a.incident_id)
    return tuple(replace(i, related=tuple(links.get(i.incident_id, ()))) for i in incidents)


def _days_meet(a: When, b: When) -> bool:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end
