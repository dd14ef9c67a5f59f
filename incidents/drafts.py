"""Drafts of incidents: what one sentence tells, before the article's sentences are put together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from incidents.actors import find_actors
from incidents.counts import find_tolls
from incidents.dating import find_when, overlap
from incidents.lexicon import TOLL, lexicon
from incidents.locate import NOWHERE, Found, find_place
from incidents.model import Actor, Kind, Reality, Toll, When
from incidents.needs import HEAVY
from incidents.parse import Parsed, climb, first_conjunct, is_verb
from incidents.reality import Verdict, judge
from incidents.stance import Said, find_said
from incidents.triggers import GENERAL, Trigger, find_triggers

VIOLENCE = frozenset(
    {
        Kind.ARMED_CLASH,
        Kind.SHELLING_OR_MISSILE,
        Kind.AIR_OR_DRONE_STRIKE,
        Kind.SHOOTING,
        Kind.EXPLOSION_OR_MINE,
        Kind.PROPERTY_DAMAGE,
    }
)
_RANK = {
    Kind.AIR_OR_DRONE_STRIKE: 7,
    Kind.SHELLING_OR_MISSILE: 6,
    Kind.EXPLOSION_OR_MINE: 5,
    Kind.SHOOTING: 5,
    Kind.ARMED_CLASH: 4,
    Kind.PROPERTY_DAMAGE: 2,
    Kind.OTHER: 1,
}
_GROUND_FIGHT = frozenset(
    [
        "clash",
        "fighting",
        "fight",
        "offensive",
        "battle",
        "invade",
        "invasion",
        "skirmish",
        "firefight",
        "gunfight",
        "ambush",
        "shoot",
        "down",
    ]
) | {"gun battle", "shoot down", "down"}
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "such", "its", "their", "his", "both"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What one sentence tells of one event."""

    parsed: Parsed
    trigger: Trigger
    kind: str
    verdict: Verdict
    when: When | None = None
    found: Found = NOWHERE
    said: tuple[Said, ...] = ()
    actors: tuple[Actor, ...] = ()
    tolls: tuple[Toll, ...] = ()
    weapons: tuple[str, ...] = ()
    definite: bool = False
    words: tuple[str, ...] = ()
    vague: bool = False
    indefinite: bool = False

    @property
    def place_ids(self) -> frozenset[str]:
        """The resolved places that the sentence gives."""
        return frozenset(m.toponym.place.place_id for m in self.found.mentions if m.toponym.place is not None)


def draft_sentence(
    parsed: Parsed, *, latest: date | None, last: Said | None
) -> tuple[list[Draft], list[tuple[Trigger, Verdict]]]:
    """Read what a sentence tells.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    latest : date or None
        Publication day, or the latest day that the article tells of.
    last : Said or None
        The source that was named last, for "he said".

    Returns
    -------
    list of Draft
        What happened, one per event.
    list of (Trigger, Verdict)
        Triggers that tell of nothing that happened.
    """
    drafts, aside = [], []
    for trigger in find_triggers(parsed):
        when = find_when(parsed, trigger.token)
        verdict = judge(parsed, trigger, when, latest)
        if verdict.reality is not Reality.ACTUAL:
            aside.append((trigger, verdict))
        else:
            drafts.append(_draft(parsed, trigger, verdict, when, last))
    return _joined(drafts), aside


def _draft(parsed: Parsed, trigger: Trigger, verdict: Verdict, when: When | None, last: Said | None) -> Draft:
    """Everything that the words around a trigger give."""
    said = tuple(find_said(parsed, trigger.token, last=last))
    source = said[0].source if said else ""
    tolls = tuple(find_tolls(parsed, trigger, source=source)) if trigger.entry.kind == TOLL else ()
    definite = _definite(trigger)
    found = find_place(parsed, trigger.token, word=trigger.entry.word, known=definite)
    actors = tuple(find_actors(parsed, trigger))
    return Draft(
        parsed,
        trigger,
        trigger.kind,
        verdict,
        when,
        found,
        said,
        actors,
        tolls,
        _weapons(parsed),
        definite,
        (trigger.entry.word,),
        _vague(trigger),
        _indefinite(trigger),
    )


def _vague(trigger: Trigger) -> bool:
    """Tell whether no weapon makes the kind sure: attacks, hits, fire, explosions heard."""
    return trigger.kind == trigger.entry.kind and trigger.entry.word in GENERAL


def _weapons(parsed: Parsed) -> tuple[str, ...]:
    """Give the weapons that the sentence names."""
    return tuple(
        dict.fromkeys(
            e.word for _, _, e in lexicon().weapons.find(parsed.words) if e.noun_class in HEAVY | {"mine", "small_arms"}
        )
    )


def _definite(trigger: Trigger) -> bool:
    """Tell whether a trigger points back: "the attack", "these clashes", "Monday's exchange of fire", "this round of fighting"."""
    token = trigger.token
    if is_verb(token) and token.tag_ != "VBG":
        return False
    nouns = [token, first_conjunct(token)]
    if token.dep_ == "pobj" and token.head.lower_ == "of" and token.head.head.lower_ in _MEASURES:
        nouns.append(token.head.head)
    marks = [c for noun in nouns for c in noun.children if c.dep_ in ("det", "poss", "predet")]
    if token.dep_ == "pobj":
        marks = [c for c in marks if c.tag_ != "PRP$"]  # "used drones in their attacks" tells of these attacks first
    return any(c.lower_ in _DEFINITE or c.dep_ == "poss" for c in marks) or _consequence(token) or _going_on(token)


def _going_on(token: Any) -> bool:
    """Tell whether a noun is told to go on rather than to begin: "fighting spread", "clashes continued"."""
    verb = token.head
    return bool(token.dep_ == "nsubj" and is_verb(verb) and verb.lower_ in _CONTINUING)


_CONTINUING = frozenset(
    [
        "continued",
        "spread",
        "spreading",
        "intensified",
        "escalated",
        "grew",
        "raged",
        "subsided",
        "eased",
        "stopped",
        "ceased",
        "ended",
        "went",
        "lasted",
        "persisted",
        "abated",
    ]
)


def _indefinite(trigger: Trigger) -> bool:
    """Tell whether a noun tells of one new event: "an ambush", "another raid", "a wave of attacks"."""
    token = trigger.token
    if is_verb(token):
        return False
    nouns = [token, token.head.head] if token.dep_ == "pobj" and token.head.lower_ == "of" else [token]
    return any(c.lower_ in ("a", "an", "another") for noun in nouns for c in noun.children)


def _consequence(token: Any) -> bool:
    """Tell whether a verb tells what came of an event rather than the event: "clashes have fuelled worries"."""
    verb = token.head
    perfect = is_verb(verb) and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    return bool(token.dep_ == "nsubj" and perfect and verb.lower_ not in _OCCURRING)


_OCCURRING = frozenset(
    [
        "broken",
        "erupted",
        "occurred",
        "happened",
        "continued",
        "resumed",
        "started",
        "begun",
        "been",
        "hit",
        "killed",
        "destroyed",
        "damaged",
        "left",
        "taken",
        "struck",
        "intensified",
        "injured",
        "wounded",
    ]
)
_MEASURES = frozenset(
    [
        "round",
        "rounds",
        "wave",
        "waves",
        "series",
        "spate",
        "bout",
        "outbreak",
        "exchange",
        "exchanges",
        "days",
        "hours",
        "weeks",
        "night",
        "campaign",
        "acts",
        "act",
    ]
)


def _joined(drafts: Sequence[Draft]) -> list[Draft]:
    """One draft per event of a sentence: tolls go to the act that caused them, acts at one place and day are one."""
    acts: list[Draft] = []
    for draft in drafts:
        if draft.kind == TOLL:
            continue
        at = next((i for i, other in enumerate(acts) if same_in_sentence(other, draft)), None)
        if at is None:
            acts.append(draft)
        else:
            acts[at] = combine(acts[at], draft)
    return _with_tolls(acts, [d for d in drafts if d.kind == TOLL])


def _with_tolls(acts: list[Draft], tolls: Iterable[Draft]) -> list[Draft]:
    """Give each toll to the nearest act of violence, or let the tolls stand for themselves."""
    lone: list[Draft] = []
    for toll in tolls:
        fits = [
            i
            for i, act in enumerate(acts)
            if act.kind in VIOLENCE | {Kind.TERRITORIAL_SEIZURE} and not _elsewhere(act, toll)
        ]
        if fits:
            at = min(fits, key=lambda i: _distance(acts[i].trigger.token, toll.trigger.token))
            acts[at] = combine(acts[at], toll)
        elif lone and not _elsewhere(lone[-1], toll):
            lone[-1] = combine(lone[-1], toll)
        else:
            lone.append(toll)
    return [*acts, *lone]


def _elsewhere(a: Draft, b: Draft) -> bool:
    """Whether two drafts of a sentence name different places or days of their own."""
    places = bool(a.found.mentions and b.found.mentions) and not {m.first for m in a.found.mentions} & {
        m.first for m in b.found.mentions
    }
    return (places and a.found.score > 2.4 and b.found.score > 2.4) or not overlap(a.when, b.when)


def same_in_sentence(a: Draft, b: Draft) -> bool:
    """Whether two acts of a sentence are one event."""
    if _elsewhere(a, b) or _contrasted(a.trigger.token, b.trigger.token) or a.definite is not b.definite:
        return False
    if a.kind == b.kind or Kind.OTHER in (a.kind, b.kind):
        return True
    if a.kind in VIOLENCE and b.kind in VIOLENCE:
        return True
    if a.kind in VIOLENCE and b.trigger.entry.word in _BREAKING_OFF and not b.found.mentions:
        return True
    return {a.kind, b.kind} == {Kind.ROAD_CLOSURE_OR_BLOCKADE, Kind.OBSTRUCTION_OF_AID}


_BREAKING_OFF = frozenset({"retreat", "withdraw", "pull back"})


def _contrasted(a: Any, b: Any) -> bool:
    """Tell whether two acts each took lives of their own: "a guard died in a clash, while a boy was shot in a raid"."""
    one, two = (next((n for n in climb(t) if is_verb(n) and n.i != t.i), None) for t in (a, b))
    if one is None or two is None or one.i == two.i or not {one.lower_, two.lower_} <= _TAKING:
        return False
    return any(c.dep_ == "mark" and c.lower_ in ("while", "whereas") for v in (one, two) for c in v.children)


_TAKING = frozenset({"killed", "died", "wounded", "injured", "martyred", "hurt"})


def _distance(a: Any, b: Any) -> int:
    """Give steps between two tokens in the parse."""
    up = {n.i: k for k, n in enumerate(climb(a))}
    for k, n in enumerate(climb(b)):
        if n.i in up:
            return k + up[n.i]
    return 99


def combine(a: Draft, b: Draft) -> Draft:
    """Put two drafts of one sentence together; the more specific kind and the better attached place win."""
    kind = _kind(a, b)
    found = a.found
    told = bool(found.mentions) and not found.origin and b.kind == TOLL
    if (
        not told
        and b.found.mentions
        and (
            not found.mentions
            or (found.origin and not b.found.origin)
            or (b.found.score > found.score and not b.found.origin)
        )
    ):
        found = b.found
    main = a if a.kind != TOLL else b
    return replace(
        main,
        kind=kind,
        when=a.when or b.when,
        found=found,
        said=tuple(dict.fromkeys((*a.said, *b.said))),
        actors=tuple({x.actor_id: x for x in (*b.actors, *a.actors)}.values()),
        tolls=tuple(dict.fromkeys((*a.tolls, *b.tolls))),
        weapons=a.weapons or b.weapons,
        definite=all(d.definite for d in (a, b) if d.kind != TOLL or d.definite) and (a.definite or b.definite),
        vague=a.vague and b.vague,
        indefinite=a.indefinite or b.indefinite,
        words=(*a.words, *b.words),
    )


def _kind(a: Draft, b: Draft) -> str:
    """Give the kind of two drafts together."""
    if TOLL in (a.kind, b.kind):
        return b.kind if a.kind == TOLL else a.kind
    for first, second in ((a, b), (b, a)):
        if first.kind == Kind.ARMED_CLASH and set(first.words) & _GROUND_FIGHT and second.kind in VIOLENCE:
            return first.kind
    return max((a.kind, b.kind), key=lambda kind: _RANK.get(Kind(kind), 3))
