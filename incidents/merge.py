"""One event, one incident: the drafts of an article's sentences put together."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gazetteer.model import Place
from incidents.dating import overlap
from incidents.drafts import VIOLENCE, Draft
from incidents.lexicon import TOLL
from incidents.model import DatePrecision, Kind, Location, When
from incidents.where import contains

_ECHOES = frozenset({"headline", "caption"})
_ALIKE = 0.6
_FAMILIES = (
    VIOLENCE | {TOLL},
    frozenset({Kind.TERRITORIAL_SEIZURE, Kind.TROOP_MOVEMENT}),
    frozenset({Kind.ROAD_CLOSURE_OR_BLOCKADE, Kind.OBSTRUCTION_OF_AID}),
)


@dataclass(frozen=True, slots=True)
class Event:
    """Drafts of one event in reading order: the first one tells of it, the others add to it.

    `when` and `location` are the text's own or carried over; `dated` and `placed` say whether they are its own.
    """

    drafts: tuple[Draft, ...]
    kind: str
    when: When | None
    location: Location | None
    dated: bool
    placed: bool

    @property
    def first(self) -> Draft:
        """The draft whose sentence is the evidence: the first one in the body."""
        return next((d for d in self.drafts if d.parsed.sentence.role not in _ECHOES), self.drafts[0])


def family(kind: str) -> frozenset[str]:
    """Return the kinds that may be the same event as one of `kind`."""
    return next((frozenset(kinds) for kinds in _FAMILIES if kind in kinds), frozenset({kind}))


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
            if (event.first.parsed.sentence.role in _ECHOES) is not echo:
                continue
            at = next((i for i in reversed(range(len(merged))) if same_event(merged[i], event, echo=echo)), None)
            if at is None:
                merged.append(event)
            else:
                merged[at] = _merged(merged[at], event)
    return merged


def same_event(old: Event, new: Event, *, echo: bool = False) -> bool:
    """Whether a later event is the same as an earlier one."""
    if new.kind not in family(old.kind) or not _dates_agree(old, new):
        return False
    if alike(old.first, new.first) and _places_agree(old, new):
        return True
    if echo or new.first.definite or new.kind == TOLL:
        return _places_agree(old, new)
    if not new.placed:
        return _same_telling(old, new)
    if old.kind != new.kind and TOLL not in (old.kind, new.kind):
        return _same_place(old, new) and old.dated and new.dated and _same_day(old, new) and _near_kinds(old, new)
    if not old.placed:
        return _neighbours(old, new)
    return _places_agree(old, new) and (_same_place(old, new) or new.dated or _neighbours(old, new))


def _near_kinds(old: Event, new: Event) -> bool:
    """Kinds of violence that the same act goes by."""
    return old.kind in VIOLENCE and new.kind in VIOLENCE


def _dates_agree(old: Event, new: Event) -> bool:
    """Whether the dates can be the same."""
    if old.dated and new.dated:
        return overlap(old.when, new.when)
    return overlap(old.when, new.when, slack=31) if new.dated else True


def _same_day(old: Event, new: Event) -> bool:
    return old.when is not None and new.when is not None and old.when.start == new.when.start


def _places_agree(old: Event, new: Event) -> bool:
    """Whether the places can be the same: one unknown, one in the other, or the same one."""
    if not old.placed or not new.placed or old.location is None or new.location is None:
        return True
    return any(_within(a, b) for a in old.location.places for b in new.location.places)


def _same_place(old: Event, new: Event) -> bool:
    """Whether both name one and the same place."""
    if old.location is None or new.location is None:
        return False
    return bool({p.place_id for p in old.location.places} & {p.place_id for p in new.location.places})


def _within(a: Place, b: Place) -> bool:
    return contains(a, b) or contains(b, a)


def _neighbours(old: Event, new: Event) -> bool:
    """Whether two tellings stand in the same paragraph or in paragraphs side by side."""
    return abs(new.first.parsed.sentence.paragraph - max(d.parsed.sentence.paragraph for d in old.drafts)) <= 1


def _same_telling(old: Event, new: Event) -> bool:
    """Give a draft without a place of its own goes on about the event before, unless it has another day or is another act."""
    if new.dated and old.dated and not _same_day(old, new):
        return False
    if new.dated and not _same_day(old, new):
        return False
    return (
        _neighbours(old, new)
        if old.kind == new.kind or TOLL in (old.kind, new.kind)
        else new.first.parsed.sentence.paragraph == old.drafts[-1].parsed.sentence.paragraph
    )


def alike(a: Draft, b: Draft) -> bool:
    """Whether two sentences say the same in nearly the same words.

    Notes
    -----
    Share of the smaller sentence's words that the other one has, at least six of them.
    """
    one, two = ({w for w in d.parsed.words if w.isalnum()} for d in (a, b))
    smaller = min(len(one), len(two))
    return smaller >= 6 and len(one & two) / smaller >= _ALIKE + 0.15


def _merged(old: Event, new: Event) -> Event:
    """Give the earlier event with what the later one adds."""
    drafts = (*old.drafts, new.first) if new.first not in old.drafts else old.drafts
    drafts = tuple(dict.fromkeys((*old.drafts, *new.drafts))) or drafts
    kind = new.kind if old.kind == TOLL else old.kind
    when, dated = (old.when, old.dated) if old.dated or not new.dated else (new.when, True)
    location, placed = _finer(old, new)
    return replace(old, drafts=drafts, kind=kind, when=when, dated=dated, location=location, placed=placed)


def _finer(old: Event, new: Event) -> tuple[Location | None, bool]:
    """Give the finer of two locations."""
    if not new.placed or new.location is None:
        return old.location, old.placed
    if not old.placed or old.location is None:
        return new.location, True
    if new.location.geo_precision < old.location.geo_precision and len(old.location.places) == 1:
        return new.location, True
    extra = tuple(p for p in new.location.places if p.place_id not in {q.place_id for q in old.location.places})
    if extra and new.location.geo_precision == old.location.geo_precision:
        return replace(old.location, places=(*old.location.places, *extra)), True
    return old.location, old.placed


def spanning(when: When | None, other: When | None) -> When | None:
    """One interval over two."""
    if (
        when is None
        or other is None
        or when.start is None
        or other.start is None
        or when.end is None
        or other.end is None
    ):
        return when or other
    return replace(when, start=min(when.start, other.start), end=max(when.end, other.end), precision=DatePrecision.SPAN)
