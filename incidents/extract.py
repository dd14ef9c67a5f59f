"""An article read into incidents, set-aside sentences and road statements."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Protocol

from gazetteer.model import Role, Toponym
from gazetteer.store import Gazetteer
from gazetteer.toponyms import read_toponyms
from incidents import carry
from incidents.aside import background_heading, past_sentences, set_aside
from incidents.borders import ArticleBorders, resolve_borders
from incidents.clean import clean_text
from incidents.confidence import weigh
from incidents.dates import find_dates
from incidents.drafts import Draft, draft_sentence
from incidents.lexicon import TOLL
from incidents.locate import FINENESS
from incidents.merge import ECHOES, Event, finer_day, merge_events
from incidents.model import (
    Article,
    Count,
    Incident,
    Kind,
    Location,
    Reading,
    Reality,
    Span,
    Stance,
    Statement,
    When,
)
from incidents.ordered import Ordered
from incidents.parse import Parsed, parse_sentences
from incidents.reading_json import to_json
from incidents.reality import Verdict
from incidents.roadnews import find_roads
from incidents.sentences import Sentence, split_sentences
from incidents.stance import Echo, Said, find_echoes, overall, speaker
from incidents.tolls import total
from incidents.triggers import Trigger, may_tell
from incidents.where import place_location

RELATED_REACH = 1500
"""So many characters apart an offensive and the ground it took are looked for."""

REACH = {"event": 4, "deed": 1, "claim": 1}
"""So many sentences back a denial of "the incident", of a deed, of "that claim" reaches."""

_FAR = 3

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


def extract(
    article: Article,
    gazetteer: Gazetteer,
    *,
    nlp: Any = None,
    resolve_more: Callable[[Sequence[Toponym]], list[Toponym]] | None = None,
) -> Reading:
    """Read an article.

    Parameters
    ----------
    article : Article
        As `read_article` gives it.
    gazetteer : Gazetteer
        As `open_gazetteer` gives it.
    nlp : spacy.Language, optional
        A loaded English pipeline; the part of it that is needed is loaded otherwise.
    resolve_more : callable, optional
        Gives the toponyms back with more of them resolved, such as `gazetteer.fallback.OnlineFallback`.

    Returns
    -------
    Reading
        Toponyms, incidents, set-aside sentences and road statements, all with offsets into the file.
    """
    text = clean_text(article)
    toponyms = _with_names(read_toponyms(text, gazetteer, spans=article.body), gazetteer)
    if resolve_more is not None:
        toponyms = resolve_more(toponyms)
    toponyms = resolve_borders(toponyms)
    return read_incidents(article, text, toponyms, nlp=nlp)


def _with_names(toponyms: Sequence[Toponym], gazetteer: Gazetteer) -> list[Toponym]:
    """Give the toponyms with full places, whose names and holders the map shows."""
    # A place that the text itself makes, such as the road between two towns, is in no gazetteer.
    known = {t.place.place_id for t in toponyms if t.place is not None and gazetteer.hit(t.place.place_id) is not None}
    full = {place_id: gazetteer.place(place_id) for place_id in known}
    return [
        replace(t, resolution=replace(t.resolution, place=full[t.place.place_id]))
        if t.place is not None and t.place.place_id in full
        else t
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
    latest = article.published or _latest(whens)
    needed = [s for s in sentences if s.role == "headline" or may_tell(text[s.span.start : s.span.end])]
    parsed = parse_sentences(text, needed, toponyms, whens, nlp=nlp, anchor=latest)
    told = _tell(text, sentences, parsed, whens, latest)
    drafts, aside, speakers = told.drafts, told.aside, told.speakers
    context = carry.Article(
        Ordered(toponyms, lambda t: t.start),
        Ordered([w for w in whens if w.span], lambda w: w.span.start if w.span else -1),
        parsed,
        _paragraphs(sentences),
        sentences,
        text,
        carry.main_day(drafts, latest),
        ArticleBorders(toponyms),
    )
    zeros = [d for d in drafts if _none(d)]
    events = merge_events(_events([d for d in drafts if not _none(d)], context))
    merged = _settled([event for event in events if _stands(event)], zeros)
    incidents = [_incident(article, event) for event in _echoed(_placed(merged, toponyms), told.echoes)]
    rest = set_aside(text, sentences, aside, incidents=[i.evidence for i in incidents], whens=whens, latest=latest)
    placed = [replace(item, location=_named_place(item.evidence, context.toponyms)) for item in rest]
    roads = find_roads(text, sentences, toponyms, whens=whens, said=speakers, latest=latest)
    ordered = tuple(
        sorted((i for i in incidents if i.location.lat is not None), key=lambda i: (i.evidence.start, i.trigger.start))
    )
    return Reading(article, tuple(toponyms), _related(ordered), tuple(placed), roads)


def _named_place(sentence: Span, toponyms: Ordered[Toponym]) -> Location | None:
    """Give the finest place that a set-aside sentence names, for the layer of what did not happen; governments are none."""
    places = [
        toponym.place
        for toponym in toponyms.within(sentence.start, sentence.end)
        if toponym.place is not None and toponym.place.lat is not None and toponym.role is not Role.METONYM
    ]
    finest = max(places, key=lambda place: FINENESS[place.feature_class], default=None)
    return replace(place_location(finest), rule="named in the sentence") if finest is not None else None


def _none(draft: Draft) -> bool:
    """Tell whether a draft only says that there were no casualties."""
    return draft.kind == TOLL and bool(draft.tolls) and all(t.count.high == 0 for t in draft.tolls)


def _latest(whens: Iterable[When]) -> date | None:
    """Give the latest day that a text names, where nobody says when it was published."""
    return max((w.end for w in whens if w.end is not None), default=None)


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sentences of an article tell: drafts, what was set aside, who speaks, denials and confirmations."""

    drafts: list[Draft]
    aside: dict[int, list[tuple[Trigger, Verdict]]]
    speakers: dict[int, Said]
    echoes: list[Echo]


def _tell(
    text: str, sentences: Sequence[Sentence], parsed: dict[int, Parsed], whens: Sequence[When], latest: date | None
) -> _Told:
    """Read every parsed sentence on its own, with the source before and the section's heading in mind."""
    told = _Told([], {}, {}, [])
    last: Said | None = None
    paragraph, background = -1, ""
    past = past_sentences(text, sentences, whens, latest)
    for sentence in sentences:
        one = parsed.get(sentence.index)
        if sentence.role == "headline":
            background = background_heading(one.doc.text if one else "") if one else ""
        if one is None:
            continue
        if sentence.paragraph > paragraph + 1:
            last = None
        paragraph = sentence.paragraph
        drafts, left = draft_sentence(one, latest=latest, last=last)
        old = background or past.get(sentence.index, "")
        if old:
            left = [*left, *((d.trigger, Verdict(Reality.HISTORICAL, old)) for d in drafts)]
        else:
            told.drafts.extend(drafts)
        told.aside[sentence.index] = left
        told.echoes.extend(e for e in find_echoes(one, last) if e.about != "deed" or not left)
        last = speaker(one, last)
        if last is not None:
            told.speakers[sentence.index] = last
    return told


def _echoed(events: Sequence[Event], echoes: Sequence[Echo]) -> list[Event]:
    """Give each denial or confirmation to the event that it is about: of its sentence, else the last one before."""
    found = list(events)
    tellings: dict[int, list[tuple[int, int]]] = {}
    for i, event in enumerate(found):
        for draft in event.drafts:
            tellings.setdefault(draft.parsed.sentence.index, []).append((i, draft.parsed.sentence.paragraph))
    for echo in echoes:
        back = range(echo.sentence, echo.sentence - REACH[echo.about] - 1, -1)
        near = next(
            (hits for s in back if (hits := [i for i, p in tellings.get(s, []) if echo.paragraph - p <= _FAR])), []
        )
        if near:
            at = max(near, key=lambda i: _fits(found[i], echo))
            found[at] = replace(found[at], echoes=(*found[at].echoes, echo.said))
    return found


def _fits(event: Event, echo: Echo) -> tuple[bool, int, int]:
    """Rank how well a denial fits an event: by its words, then by how near the event's own sentence is."""
    same = any(set(d.words) & set(echo.words) for d in event.drafts)
    return same, -abs(echo.sentence - _index(event)), -_index(event)


def _events(drafts: Sequence[Draft], text: carry.Article) -> list[Event]:
    """Give an event per draft, with the day carried over where its sentence does not say."""
    events: list[Event] = []
    for draft in drafts:
        location, placed = carry.own_or_pointed(draft, text)
        near = draft.when or carry.paragraph_day(draft, text)
        when, dated = near or text.main_day, draft.when is not None
        events.append(Event((draft,), draft.kind, when, location, dated, placed, draft.vague, near is not None))
    return events


def _paragraphs(sentences: Sequence[Sentence]) -> dict[int, Span]:
    """Give the stretch of each paragraph."""
    found: dict[int, Span] = {}
    for s in sentences:
        found[s.paragraph] = Span(found.get(s.paragraph, s.span).start, s.span.end)
    return found


def _stands(event: Event) -> bool:
    """Whether an event tells enough to be an incident: a definite one with nothing to point back to does not."""
    if event.kind == TOLL and not any(d.tolls for d in event.drafts):
        return False
    if event.first.parsed.sentence.role in ECHOES:
        return event.placed and event.kind not in (TOLL, Kind.OTHER)
    if event.kind == Kind.OTHER and not event.placed:
        return False
    return not (event.first.definite and not event.placed and not event.dated and len(event.drafts) == 1)


def _incident(article: Article, event: Event) -> Incident:
    """Give the incident of an event."""
    first = event.first
    location = event.location or Location(None, None)
    kind = _kind(event)
    sides = [a.side for a in first.actors if a.part == "agent" and a.side]
    tellings = [first.said, *(d.said for d in event.drafts if d is not first and _tells_anew(first, d))]
    every = tuple(s for d in event.drafts for s in d.said if s.stance in (Stance.DENIED, Stance.CONFIRMED))
    stance = overall(tellings, first.trigger, sides, echoes=(*event.echoes, *every), toll=bool(first.tolls))
    tolls = tuple(dict.fromkeys(t for d in event.drafts for t in d.tolls))
    killed, injured = total(tolls, "killed"), total(tolls, "injured")
    confidence, reasons = weigh(event, stance, toll=killed != Count() or injured != Count())
    said = (*(s for d in event.drafts for s in d.said), *event.echoes)
    statements = tuple(dict.fromkeys(s.statement() for s in said))
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


def _tells_anew(first: Draft, draft: Draft) -> bool:
    """Tell whether a mention is a telling of its own: no toll, not pointing back, not the sentences right after."""
    same = draft.parsed.sentence.paragraph == first.parsed.sentence.paragraph
    return not draft.definite and draft.kind != TOLL and not same and draft.parsed.sentence.role not in ECHOES


def _kind(event: Event) -> Kind:
    """Give the kind of an event; a bare toll becomes a clash or, among civilians, a shooting."""
    return Kind.ARMED_CLASH if event.kind == TOLL else Kind(event.kind)


def _placed(events: Sequence[Event], toponyms: Sequence[Toponym]) -> list[Event]:
    """Give events without a place that of an event right before, else the article's main one; borders their stretch."""
    main = next((e.location for e in events if e.location is not None), None) or carry.most_named(toponyms)
    found: list[Event] = []
    last, paragraph = main, -9
    for event in events:
        number = event.first.parsed.sentence.paragraph
        if event.location is None:
            near = last if abs(number - paragraph) <= 1 else main
            found.append(replace(event, location=replace(near, span=None, rule="carried")))
        else:
            found.append(event)
        if event.placed and event.location is not None:
            last, paragraph = event.location, number
    on_border = carry.border_mover([e.location for e in found if e.location is not None], toponyms)
    return [replace(e, location=on_border(e.location)) if e.location else e for e in found]


def _settled(events: Sequence[Event], zeros: Sequence[Draft]) -> list[Event]:
    """Give a coarse date the day that a sentence beside it names, and every event of a paragraph its "no casualties"."""
    found = []
    by_sentence = Ordered(events, _index)
    none_in: dict[int, list[Draft]] = {}
    for draft in zeros:
        none_in.setdefault(draft.parsed.sentence.paragraph, []).append(draft)
    for event in events:
        near = [e for e in by_sentence.within(_index(event) - 2, _index(event) + 3) if e is not event]
        finer = next((e.when for e in near if e.dated and finer_day(event.when, e.when)), None)
        numbers = sorted({d.parsed.sentence.paragraph for d in event.drafts})
        extra = () if any(d.tolls for d in event.drafts) else tuple(z for n in numbers for z in none_in.get(n, ()))
        found.append(replace(event, when=finer or event.when, drafts=(*event.drafts, *extra)))
    return found


def _index(event: Event) -> int:
    """Give the number of the sentence that tells of an event."""
    return event.first.parsed.sentence.index


def _related(incidents: Sequence[Incident]) -> tuple[Incident, ...]:
    """Link an offensive and the ground it took, where both lie within a paragraph's reach and agree on the date."""
    fights = {Kind.ARMED_CLASH, Kind.SHELLING_OR_MISSILE, Kind.AIR_OR_DRONE_STRIKE}
    links: dict[str, list[str]] = {}
    by_start = Ordered(incidents, lambda i: i.evidence.start)
    for a in incidents:
        for b in by_start.within(a.evidence.start - RELATED_REACH, a.evidence.start + RELATED_REACH):
            near = a is not b
            if a.kind in fights and b.kind is Kind.TERRITORIAL_SEIZURE and near and _days_meet(a.when, b.when):
                links.setdefault(a.incident_id, []).append(b.incident_id)
                links.setdefault(b.incident_id, []).append(a.incident_id)
    return tuple(replace(i, related=tuple(links.get(i.incident_id, ()))) for i in incidents)


def _days_meet(a: When, b: When) -> bool:
    if a.start is None or b.start is None or a.end is None or b.end is None:
        return True
    return a.start <= b.end and b.start <= a.end
