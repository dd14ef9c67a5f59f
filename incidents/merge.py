"""One event, one incident: the drafts of an article's sentences put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.model import FeatureClass, Place
from geo.points import distance_km
from incidents.borders import near_border
from incidents.dating import overlap
from incidents.drafts import VIOLENCE, Draft
from incidents.lexicon import TOLL
from incidents.locate import fineness
from incidents.model import DatePrecision, Kind, Location, When
from incidents.parse import climb
from incidents.stance import Said
from incidents.where import contains

ECHOES = frozenset({"headline", "caption"})
ALIKE = 0.75
"""Share of the smaller sentence's words that a sentence saying the same has in common with it."""
LOOK_BACK = 40
"""So many events back an event is looked for, besides the first ones: keeps the work linear."""

NEAR_KM = 30.0
"""Ground taken within this distance in one paragraph is one advance."""

NEAR_PARAGRAPHS = 3
"""A telling without place and day goes on about what was told so many paragraphs before, whatever kind it calls it."""

MOST_MENTIONS = 60
"""An event that is told more often than this is a list gone wrong; more mentions add nothing."""

_FIRST = 3
_RECENT = 4
_FAMILIES: tuple[frozenset[str], ...] = (
    frozenset({*VIOLENCE, TOLL}),
    frozenset({Kind.TERRITORIAL_SEIZURE}),
    frozenset({Kind.TROOP_MOVEMENT}),
    frozenset({Kind.ROAD_CLOSURE_OR_BLOCKADE, Kind.OBSTRUCTION_OF_AID}),
)
_GROUND = frozenset({FeatureClass.ADMIN, FeatureClass.REGION, FeatureClass.COUNTRY})
_DETAILS = frozenset({Kind.PROPERTY_DAMAGE, Kind.OTHER})


@dataclass(frozen=True, slots=True)
class Event:
    """Drafts of one event in reading order: the first one tells of it, the others add to it.

    `when` and `location` are the text's own or carried over; `dated` and `placed` say whether they are its own. `vague` is
    a kind that no weapon or word made sure. `echoes` are denials and confirmations of later sentences.
    """

    drafts: tuple[Draft, ...]
    kind: str
    when: When | None
    location: Location | None
    dated: bool
    placed: bool
    vague: bool = False
    day_known: bool = False
    echoes: tuple[Said, ...] = ()

    @property
    def first(self) -> Draft:
        """The draft whose sentence is the evidence: the first one in the body that says nearly as much as the fullest."""
        return _fullest([d for d in self.drafts if d.parsed.sentence.role not in ECHOES] or self.drafts)

    @property
    def definite(self) -> bool:
        """Whether the event is spoken of as one that is known already."""
        return self.first.definite


def _fullest(drafts: Sequence[Draft]) -> Draft:
    """Give the first draft that tells itself and is as full as the fullest, but for a little."""
    telling = [d for d in drafts if not d.definite and d.kind != TOLL] or drafts
    most = max(_fullness(d) for d in telling)
    return next(d for d in telling if _fullness(d) >= most - _SLACK)


def _fullness(draft: Draft) -> float:
    """Count what a sentence has of its own: a fine place, a day, a toll, a sure kind."""
    mentions = () if draft.found.origin else draft.found.mentions
    place = max((1.0 if fineness(m) >= _FINE else 0.5 for m in mentions), default=0.0)
    when = draft.when
    day = (
        0.0
        if when is None
        else 1.0
        if when.precision is DatePrecision.DAY
        else 0.5
        if _days(when) <= _AGGREGATE
        else 0.0
    )
    return place + day + 0.5 * bool(draft.tolls) + 0.5 * (not draft.vague)


_SLACK = 1.0
_FINE = 4


def family(kind: str) -> frozenset[str]:
    """Return the kinds that may be the same event as one of `kind`."""
    return next((kinds for kinds in _FAMILIES if kind in kinds), frozenset({kind}))


def merge_events(events: Sequence[Event]) -> list[Event]:
    """Put the events of an article together that are one.

    Parameters
    ----------
    events : sequence of Event
        One per draft, in reading order.

    Returns
    -------
    list of Event
        In the order of their first body sentence; headlines and captions never stand first where a sentence tells.
    """
    merged: list[Event] = []
    for echo in (False, True):
        for event in events:
            if (event.first.parsed.sentence.role in ECHOES) is not echo:
                continue
            at = _best(merged, event, echo=echo)
            if at is None:
                if not echo or not any(event.kind in family(other.kind) for other in merged):
                    merged.append(event)
            else:
                merged[at] = join(merged[at], event)
    return merged


def _best(merged: Sequence[Event], event: Event, *, echo: bool) -> int | None:
    """Give the index of the earlier event that an event most likely is, None when it is a new one."""
    reach = [*range(min(_FIRST, len(merged))), *range(max(_FIRST, len(merged) - LOOK_BACK), len(merged))]
    scored = [(likeness(merged[i], event, echo=echo), i) for i in reach]
    good = [(score, i) for score, i in scored if score > 0]
    return max(good)[1] if good else None


def likeness(old: Event, new: Event, *, echo: bool = False) -> float:
    """Score how likely a later event is the same as an earlier one; 0 when it is not.

    Parameters
    ----------
    old, new : Event
        In reading order.
    echo : bool, optional
        Whether the later one is a headline or a caption.

    Returns
    -------
    float
        0 or more; the earlier event with the highest score is taken.
    """
    if (
        _aircraft(old) is not _aircraft(new)
        or not _kinds_agree(old, new)
        or not _dates_agree(old, new)
        or not _places_agree(old, new)
    ):
        return 0.0
    repeats = alike(old.first, new.first)
    pointing = echo or new.definite or new.kind == TOLL or repeats
    known = old.day_known and new.day_known
    here = _same_place(old, new) and (_gap(old, new) <= 1 or known or (_same_or_toll(old, new) and _same_day(old, new)))
    if not (pointing or here or _unplaced(old, new) or _goes_on(old, new)):
        return 0.0
    if not repeats and (
        (_also(new) and new.placed and not _same_place(old, new))
        or (not echo and not new.definite and _separate(old, new))
    ):
        return 0.0
    score = 1.0 + 5 * repeats + 3 * _same_toll(old, new) + 2 * _same_place(old, new) + 3 * (old.kind == new.kind)
    score += 2 * (_gap(old, new) == 0) + (_gap(old, new) == 1) + 0.5 * (new.kind == TOLL and len(old.drafts) > 1)
    return score + 0.01 / (1 + _gap(old, new))


def _same_or_toll(old: Event, new: Event) -> bool:
    """Tell whether two tellings are of one kind, or one is a bare toll."""
    return old.kind == new.kind or TOLL in (old.kind, new.kind)


_COUNTRY = 6


def _also(event: Event) -> bool:
    """Tell whether an event is told as one more: "also accused", "also fired on"."""
    token = event.first.trigger.token
    return any(c.lower_ == "also" for n in climb(token) for c in n.children if c.dep_ == "advmod")


def _separate(old: Event, new: Event) -> bool:
    """Tell whether a later telling is of another act: "another raid in X", or at a place of its own that no map has."""
    if _same_place(old, new):
        return False
    draft = new.first
    token = draft.trigger.token
    nouns = [n for n in (token, token.head, *token.children) if n.tag_.startswith("NN")]
    another = any(c.lower_ in _MORE for noun in nouns for c in noun.children)
    if another and (new.placed or new.dated or draft.found.mentions):
        return True
    names = _unknown_names(draft)
    return bool(names) and draft.kind != TOLL and not any(names & _unknown_names(d) for d in old.drafts[:_RECENT])


def _unknown_names(draft: Draft) -> set[str]:
    """Give the names that a draft is placed by and that no gazetteer has."""
    mentions = () if draft.found.origin else draft.found.mentions
    return {m.toponym.text for m in mentions if m.toponym.place is None}


_MORE = frozenset({"another", "other", "separate", "further", "additional"})


def _aircraft(event: Event) -> bool:
    """Tell whether an aircraft was brought down, which is an event of its own beside the fighting."""
    return bool({"shoot down", "down"} & set(event.drafts[0].words[:1]))


def _kinds_agree(old: Event, new: Event) -> bool:
    """Tell whether two kinds can be one event: the same, a vague one, a toll, or one told in passing beside the other."""
    if new.kind == Kind.OTHER and old.kind != Kind.OTHER:
        return _gap(old, new) == 0 and not new.dated
    return new.kind in family(old.kind) and _violence_agrees(old, new)


def _violence_agrees(old: Event, new: Event) -> bool:
    """Tell whether two kinds of one family can be one event."""
    if old.kind == new.kind or TOLL in (old.kind, new.kind) or old.vague or new.vague or new.definite:
        return True
    if not new.placed and not new.dated and _gap(old, new) <= NEAR_PARAGRAPHS:
        return True
    if not old.placed and _gap(old, new) <= NEAR_PARAGRAPHS and _same_day(old, new):
        return True
    if new.kind in _DETAILS or old.kind in _DETAILS:
        return not new.placed or _same_place(old, new) or (not old.placed and _gap(old, new) == 0)
    return _gap(old, new) == 0 and not new.placed


def _dates_agree(old: Event, new: Event) -> bool:
    """Tell whether the dates can be the same; an undated telling goes with any day but not with a span of months."""
    if new.dated and _days(new.when) > _AGGREGATE and _days(old.when) <= _AGGREGATE and not new.definite:
        return False
    if new.definite and _days_after(old.when, new.when) <= _AGGREGATE:
        return True
    if new.day_known and (old.day_known or _gap(old, new) > 1):
        return overlap(old.when, new.when)
    return True


def _days_after(old: When | None, new: When | None) -> int:
    """Count the days from the end of one date to the start of a later one; never when it begins before."""
    if old is None or new is None or old.start is None or old.end is None or new.start is None or new.start < old.start:
        return 9999
    return max(0, (new.start - old.end).days)


_AGGREGATE = 14
_COARSE_DAYS = 4
_MONTH = 31


def _days(when: When | None) -> int:
    """Count the days of an interval; an unknown one is short."""
    return (when.end - when.start).days if when is not None and when.start is not None and when.end is not None else 0


def _places_agree(old: Event, new: Event) -> bool:
    """Tell whether the places can be the same: one unknown, one in the other, or the same one."""
    if not old.placed or not new.placed or old.location is None or new.location is None:
        return True
    near = NEAR_KM if old.kind == new.kind == Kind.TERRITORIAL_SEIZURE and _gap(old, new) == 0 else 0.0
    return any(_within(a, b) or _close(a, b, near) for a in old.location.places for b in new.location.places)


def _close(a: Place, b: Place, most_km: float) -> bool:
    """Tell whether two points lie within a distance; never when it is 0."""
    if not most_km or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return False
    return distance_km(a.lon, a.lat, b.lon, b.lat) <= most_km


def _within(a: Place, b: Place) -> bool:
    """Tell whether one of two places lies in the other; a border holds no region."""
    classes = {a.feature_class, b.feature_class}
    if a.place_id != b.place_id and (
        FeatureClass.ROAD in classes or (FeatureClass.BORDER in classes and classes & _GROUND)
    ):
        return False
    for border, other in ((a, b), (b, a)):
        if border.place_id.startswith("border-") and other.lat is not None and other.lon is not None:
            return near_border(border.place_id, other.lon, other.lat)
    return contains(a, b) or contains(b, a)


def _same_place(old: Event, new: Event) -> bool:
    """Tell whether both name one and the same place."""
    if not (old.placed and new.placed) or old.location is None or new.location is None:
        return False
    return bool({p.place_id for p in old.location.places} & {p.place_id for p in new.location.places})


def _unplaced(old: Event, new: Event) -> bool:
    """Tell whether the later telling has no place of its own, and no other day either."""
    if new.first.indefinite and new.dated:
        return False
    if new.placed:
        return (
            not old.placed
            and _gap(old, new) <= (NEAR_PARAGRAPHS if _same_day(old, new) else 1)
            and not (old.dated and new.dated and not _same_day(old, new))
        )
    return not new.dated or _same_day(old, new) or not old.dated


def _goes_on(old: Event, new: Event) -> bool:
    """Tell whether two tellings of one kind stand in one paragraph, one place within the other."""
    return old.kind == new.kind and _gap(old, new) == 0 and (not new.dated or _same_day(old, new))


def _same_day(old: Event, new: Event) -> bool:
    """Tell whether both begin on one day."""
    return old.when is not None and new.when is not None and old.when.start == new.when.start


def _gap(old: Event, new: Event) -> int:
    """Count the paragraphs between two tellings."""
    number = new.first.parsed.sentence.paragraph
    return min(abs(number - d.parsed.sentence.paragraph) for d in (old.drafts[0], *old.drafts[-_RECENT:]))


def _same_toll(old: Event, new: Event) -> bool:
    """Tell whether both give the same number of dead or injured."""
    one, two = (
        {(t.what, t.count.best) for d in (*e.drafts[:_RECENT], *e.drafts[-_RECENT:]) for t in d.tolls if t.count.best}
        for e in (old, new)
    )
    return bool(one & two)


def alike(a: Draft, b: Draft) -> bool:
    """Tell whether two sentences say the same in nearly the same words."""
    one, two = ({w for w in d.parsed.words if w.isalnum()} for d in (a, b))
    smaller = min(len(one), len(two))
    return smaller >= 6 and len(one & two) / smaller >= ALIKE


def join(old: Event, new: Event) -> Event:
    """Return the earlier event with what the later one adds."""
    kind, vague = _kind(old, new)
    better = new.dated and not old.dated and _days(new.when) <= _AGGREGATE
    when, dated = (new.when, True) if better else (old.when, old.dated)
    if old.dated and new.dated and finer_day(old.when, new.when):
        when = new.when
    location, placed = _finer(old, new)
    drafts = (*old.drafts, *new.drafts)[:MOST_MENTIONS]
    return replace(
        old,
        drafts=drafts,
        kind=kind,
        when=when,
        dated=dated,
        location=location,
        placed=placed,
        vague=vague,
        day_known=old.day_known or new.day_known,
        echoes=(*old.echoes, *new.echoes),
    )


def _kind(old: Event, new: Event) -> tuple[str, bool]:
    """Give the surer of two kinds."""
    if old.kind == TOLL:
        return new.kind, new.vague
    if old.vague and new.kind in VIOLENCE and not new.vague and new.kind not in _DETAILS:
        return new.kind, False
    return old.kind, old.vague


def finer_day(old: When | None, new: When | None) -> bool:
    """Tell whether a date of a few days lies within an earlier, longer and vaguer one."""
    if old is None or new is None or old.start is None or old.end is None or new.start is None or new.end is None:
        return False
    before, after = (old.end - old.start).days, (new.end - new.start).days
    coarse = (before > _COARSE_DAYS and after <= _COARSE_DAYS) or (before > 2 * _MONTH and after <= _MONTH)
    return coarse and old.start <= new.start and new.end <= old.end


def _finer(old: Event, new: Event) -> tuple[Location | None, bool]:
    """Give the finer of two locations."""
    if not new.placed or new.location is None:
        return old.location, old.placed
    if not old.placed or old.location is None:
        return new.location, True
    coarse = len(old.location.places) == 1 or old.location.geo_precision >= _COUNTRY
    if new.location.geo_precision < old.location.geo_precision and coarse:
        return new.location, True
    extra = tuple(p for p in new.location.places if p.place_id not in {q.place_id for q in old.location.places})
    if extra and new.location.geo_precision == old.location.geo_precision:
        return replace(old.location, places=(*old.location.places, *extra)), True
    return old.location, old.placed
