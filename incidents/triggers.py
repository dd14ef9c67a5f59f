"""Triggers: the words that tell of an incident, and the kind that the words around them make of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from gazetteer.model import FeatureClass
from incidents.lexicon import TOLL, TriggerEntry, inflected, lexicon, rows
from incidents.model import Kind, Stance
from incidents.needs import CHECKS, FIRED, HEAVY, PEOPLE, classes_at, meant, noun_classes
from incidents.parse import Parsed, agents, children, clause_verb, is_verb, objects, subjects, with_conjuncts

_TOKEN = re.compile(r"\w+")
_NOMINAL = frozenset(
    {"nsubj", "nsubjpass", "dobj", "pobj", "conj", "ROOT", "attr", "appos", "nmod", "poss", "compound", "dep"}
)
_MODIFYING = frozenset({"compound", "amod", "nmod"})
_EVENT_HEADS = frozenset(
    [
        "site",
        "scene",
        "area",
        "victim",
        "wave",
        "series",
        "spate",
        "exchange",
        "campaign",
        "operation",
        "incident",
        "zone",
        "round",
        "toll",
        "place",
        "season",
    ]
)
GENERAL = frozenset(
    [
        "attack",
        "assault",
        "raid",
        "strike",
        "hit",
        "pound",
        "target",
        "fire",
        "use",
        "launch",
        "counter-attack",
        "barrage",
        "bombing",
        "bomb",
        "drop",
        "bombardment",
        "bombard",
        "offensive",
        "rain down",
        "violence",
        "shell",
        "shelling",
        "ambush",
        "explosion",
        "murder",
        "conflict",
        "incident",
        "encounter",
        "retaliate",
        "massacre",
        "murder",
    ]
)
_WIELDED = frozenset({"fire", "use", "launch", "drop", "plant", "lay", "deploy"})
_WITH = frozenset({"with", "by", "using", "from", "via", "of", "through"})
_AIMED = frozenset({"at", "on", "upon", "into", "across", "toward", "towards"})
_KINDS_OF_WEAPON = {"artillery": Kind.SHELLING_OR_MISSILE, "aircraft": Kind.AIR_OR_DRONE_STRIKE}


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells of an incident: its head token, its entry, its tokens from `first` to before `last`."""

    token: Any
    entry: TriggerEntry
    first: int
    last: int
    kind: str

    @property
    def toll(self) -> bool:
        """Whether the word tells only of deaths or injuries."""
        return self.kind == TOLL


@cache
def _first_words() -> frozenset[str]:
    return lexicon().triggers.first_words


@cache
def _stance_words() -> frozenset[str]:
    """Give the words of denying and confirming, which may be about an event of another sentence."""
    wanted = (Stance.DENIED, Stance.CONFIRMED)
    return frozenset(
        f
        for row in rows("attribution.csv")
        if row["stance"] in wanted
        for f in inflected(row["word"].split()[0], row["pos"])
    )


def may_tell(text: str) -> bool:
    """Tell cheaply whether a sentence can hold a trigger, a denial or a confirmation and so needs a parse.

    Examples
    --------
    >>> may_tell("Kigali denied it."), may_tell("The lake is blue.")
    (True, False)
    """
    words = set(_TOKEN.findall(text.lower()))
    return not (_first_words().isdisjoint(words) and _stance_words().isdisjoint(words))


def may_trigger(text: str) -> bool:
    """Tell cheaply, without a parse, whether a sentence can hold a trigger.

    Parameters
    ----------
    text : str
        A sentence.

    Returns
    -------
    bool
        False only when no trigger of the lexicon begins in it.

    Examples
    --------
    >>> may_trigger("Guards shelled the post."), may_trigger("The lake is blue.")
    (True, False)
    """
    return not _first_words().isdisjoint(_TOKEN.findall(text.lower()))


def find_triggers(parsed: Parsed) -> list[Trigger]:
    """Find the triggers of a parsed sentence that have what they need around them.

    Parameters
    ----------
    parsed : Parsed
        A sentence with its parse.

    Returns
    -------
    list of Trigger
        Left to right, with the kind refined by weapon, object and target.
    """
    return list(_triggers(parsed))


def _triggers(parsed: Parsed) -> Iterator[Trigger]:
    """Triggers in order; of several entries for a word the first that fits."""
    end = -1
    for i, length, entry in lexicon().triggers.find(parsed.words):
        if i < end:
            continue
        token = _head(parsed, i, length, entry)
        if token is None or _is_modifier(parsed, token, entry) or not CHECKS[entry.needs](parsed, token):
            continue
        end = i + length
        yield Trigger(token, entry, i, i + length, refined_kind(parsed, token, entry))


def _head(parsed: Parsed, i: int, length: int, entry: TriggerEntry) -> Any:
    """Give the head token of a trigger, None where the part of speech is another one."""
    doc = parsed.doc
    token = doc[i] if entry.pos == "v" else doc[i + length - 1]
    if entry.pos == "v" and length == 1:
        return token if is_verb(token) and token.dep_ != "compound" else None
    if entry.pos == "v":
        return token if is_verb(token) or token.tag_.startswith("NN") else None
    if entry.pos == "n":
        return (
            token
            if token.tag_.startswith("NN")
            or (token.tag_ in ("VBG", "JJ", "VBD", "VB") and token.dep_ in _NOMINAL and length > 1)
            or (
                (token.tag_ == "VBG" and token.dep_ in ("nsubj", "nsubjpass", "dobj", "compound"))
                or (token.tag_ == "VBG" and token.dep_ == "pobj")
            )
            else None
        )
    return token if token.dep_ not in _MODIFYING else None


def _is_modifier(parsed: Parsed, token: Any, entry: TriggerEntry) -> bool:
    """Give a trigger that only describes something else: "attack helicopter", "captured heights"."""
    if token.dep_ not in _MODIFYING or entry.pos == "a":
        return False
    if entry.pos == "v":
        return bool(token.dep_ == "amod")
    head = token.head
    if head.lower_ in _EVENT_HEADS or head.text in ("’s", "'s") or _gerund(token):
        return False
    return not any(
        start <= head.i < start + length for start, length, _ in lexicon().triggers.find(parsed.words)
    ) or _is_compound_trigger(parsed, token)


def _gerund(token: Any) -> bool:
    """Tell whether a noun in -ing is a verb that the parser took for a noun: "accused them of bombing villages"."""
    before = token.doc[token.i - 1].lower_ if token.i else ""
    return bool(token.lower_.endswith("ing") and token.head.tag_ == "NNS" and before in ("of", "for", "by", "from"))


def _is_compound_trigger(parsed: Parsed, token: Any) -> bool:
    """Whether the noun that a trigger modifies is a trigger itself ("rocket fire attack"): one of the two is enough."""
    return any(start <= token.head.i < start + length for start, length, _ in lexicon().triggers.find(parsed.words))


def refined_kind(parsed: Parsed, token: Any, entry: TriggerEntry) -> str:
    """Return the kind that the words around a trigger make of it, TOLL for a bare toll."""
    kind = entry.kind
    if kind == Kind.TERRITORIAL_SEIZURE and entry.needs == "capture":
        return _captured(parsed, token)
    if entry.word == "launch" or entry.word in GENERAL or kind in (TOLL, Kind.SHOOTING):
        weapon = _weapon(parsed, token, entry)
        if weapon:
            return weapon if not (kind == TOLL and weapon == Kind.SHOOTING) else Kind.SHOOTING
    if entry.word == "fire" and _fired_at_place(parsed, token):
        return Kind.SHELLING_OR_MISSILE
    if entry.word in ("destroy", "damage", "destruction"):
        return _weapon(parsed, token, entry) or (Kind.ARMED_CLASH if _arms_lost(parsed, token) else kind)
    if entry.word == "deploy" and any(noun_classes(parsed, n) & FIRED for n in objects(token)):
        return Kind.SHELLING_OR_MISSILE
    return kind


def _arms_lost(parsed: Parsed, token: Any) -> bool:
    """Tell whether what was destroyed are an army's arms or positions, which is fighting rather than damage."""
    lost = objects(token) if is_verb(token) else [n for n in token.subtree if n.dep_ == "pobj"]
    military = {"equipment", "hardware", "positions", "weaponry", "system", "systems"}
    return any(
        noun_classes(parsed, n) & {"tank", "aircraft", "drone", "artillery"} or n.lower_ in military for n in lost
    )


def _captured(parsed: Parsed, token: Any) -> str:
    """Ground makes a seizure, people an abduction."""
    nodes = objects(token) if is_verb(token) else []
    if any(n.i == m.head.i for n in nodes for m in parsed.mentions):
        return Kind.TERRITORIAL_SEIZURE
    classes = {c for n in nodes for c in noun_classes(parsed, n)}
    if classes & PEOPLE and "ground" not in classes:
        return Kind.ABDUCTION_OR_CAPTURE
    return Kind.TERRITORIAL_SEIZURE if classes & {"ground", "road"} or not classes else Kind.OTHER


def _instruments(token: Any, entry: TriggerEntry) -> list[Any]:
    """Give the nouns that name what an act was done with."""
    verb = clause_verb(token)
    nodes: list[Any] = []
    if not is_verb(token):
        nodes += [
            n
            for c in children(token, "compound", "amod", "nmod", "appos")
            for n in (c, *children(c, "conj", "compound"))
        ]
        nodes += [
            n
            for p in children(token, "prep")
            if p.lower_ in _WITH
            for o in children(p, "pobj")
            for n in with_conjuncts(o)
        ]
        nodes += [n for c in children(token, "conj") for n in (c, *children(c, "compound"))]
    if is_verb(verb):
        nodes += meant(agents(verb)) if is_verb(token) else []
        nodes += [
            n
            for p in children(verb, "prep", "agent")
            if p.lower_ in _WITH
            for o in children(p, "pobj", "pcomp")
            for n in with_conjuncts(o)
        ]
        nodes += [
            n for v in children(verb, "advcl", "xcomp", "acl") if v.lower_ in ("using", "employing") for n in objects(v)
        ]
        if entry.word in _WIELDED and verb.i == token.i:
            nodes += [n for o in objects(verb) for n in (o, *children(o, "conj"))]
    return [n for node in nodes for n in (node, *children(node, "compound", "amod", "nmod"))] + [
        o for n in nodes for p in children(n, "prep") if p.lower_ == "of" for o in children(p, "pobj")
    ]


def _weapon(parsed: Parsed, token: Any, entry: TriggerEntry) -> str:
    """Give the kind of the heaviest weapon an act was done with, "" without one."""
    weapons = [found for node in _instruments(token, entry) for found in classes_at(parsed, node).get("weapons", ())]
    kinds = [(found.noun_class, found.value) for found in weapons]
    for wanted in ("drone", "aircraft", "bomb"):
        for noun_class, value in kinds:
            if noun_class == wanted:
                return value
    for noun_class, value in kinds:
        if noun_class in HEAVY | {"mine"}:
            return value
    return (
        Kind.SHOOTING
        if any(c == "small_arms" for c, _ in kinds)
        and entry.word in ("attack", "kill", "wound", "injure", "fire", "die")
        else ""
    )


def _fired_at_place(parsed: Parsed, token: Any) -> bool:
    """Fire on a town or district is not rifle fire."""
    places = {
        m.head.i
        for m in parsed.mentions
        if m.toponym.place is None
        or m.toponym.place.feature_class in (FeatureClass.SETTLEMENT, FeatureClass.ADMIN, FeatureClass.REGION)
    }
    targets = [
        n for p in children(token, "prep") if p.lower_ in _AIMED for o in children(p, "pobj") for n in with_conjuncts(o)
    ]
    named = [*targets, *(subjects(token) if children(token, "auxpass") else [])]
    grounds = {
        "village",
        "town",
        "city",
        "settlement",
        "villages",
        "towns",
        "cities",
        "settlements",
        "district",
        "region",
        "province",
    }
    return any(n.i in places or n.lower_ in grounds for n in named)
