"""Who acts and who suffers, with a stable id, a class and a side."""

import re
from typing import Any

from anyascii import anyascii

from gazetteer.model import FeatureClass
from incidents.lexicon import lexicon
from incidents.model import Actor
from incidents.needs import ARMED, PEOPLE, classes_at, noun_classes
from incidents.parse import Parsed, agents, children, clause_verb, is_verb, noun_phrase, objects
from incidents.triggers import Trigger

_ORDER = (
    "border_guards",
    "peacekeepers",
    "police",
    "irregulars",
    "coalition",
    "state_forces",
    "protesters",
    "government",
    "civilians",
    "organisation",
)


def side_of(parsed: Parsed, noun: Any) -> str:
    """Return the country code of a noun phrase: "Kenyan troops" is KE, "" where none is named."""
    nodes = [
        noun,
        *(c for c in noun.subtree if c.dep_ in ("amod", "compound", "poss", "nmod", "pobj") and abs(c.i - noun.i) < 6),
    ]
    for node in nodes:
        for start in (node.i - 1, node.i):
            hits = (
                [e for n, e in lexicon().sides.at(parsed.words, start) if start + n == node.i + 1] if start >= 0 else []
            )
            if hits and hits[0].value:
                return hits[0].value
    for node in nodes:
        for mention in parsed.mentions:
            if (
                mention.first <= node.i < mention.last
                and mention.toponym.place is not None
                and mention.toponym.place.country
            ):
                return mention.toponym.place.country
    return ""


def class_of(parsed: Parsed, noun: Any) -> str:
    """Return the actor class of a noun phrase, "" where the lexicon has none; a bare country is a government."""
    found = {entry.noun_class for key in ("actors", "sides") for entry in classes_at(parsed, noun).get(key, ())} | (
        noun_classes(parsed, noun) & (ARMED | PEOPLE)
    )
    found |= {name for c in children(noun, "compound", "nmod", "appos") for name in noun_classes(parsed, c)} & set(
        _ORDER
    )
    found |= {
        e.noun_class
        for c in children(noun, "amod", "compound", "nmod")
        for n, e in lexicon().sides.at(parsed.words, c.i)
    }
    for name in _ORDER:
        if name in found:
            return name
    country = any(
        m.head.i == noun.i
        and m.toponym.place is not None
        and m.toponym.place.feature_class in (FeatureClass.COUNTRY, FeatureClass.REGION)
        for m in parsed.mentions
    )
    return "government" if country else ""


def phrase_of(parsed: Parsed, noun: Any) -> str:
    """Return the words of a noun phrase, at most a dozen."""
    first, last = noun_phrase(noun)
    return re.sub(r"\s+", " ", parsed.text(max(first, noun.i - 8), min(last, noun.i + 5))).strip(" ,'’“”\"")


def make_actor(parsed: Parsed, noun: Any, *, part: str) -> Actor:
    """Make an actor of a noun phrase.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    noun : spacy.Token
        Head of the noun phrase.
    part : str
        "agent" or "target".

    Returns
    -------
    Actor
        `actor_id` is side and class where both are known ("ke-border_guards"), else the folded words.
    """
    side, actor_class, name = side_of(parsed, noun), class_of(parsed, noun), phrase_of(parsed, noun)
    key = (
        f"{side.lower()}-{actor_class}"
        if side and actor_class
        else re.sub(r"[^a-z0-9]+", "-", anyascii(name).lower()).strip("-")
    )
    return Actor(key, name, actor_class, side, part)


def find_actors(parsed: Parsed, trigger: Trigger) -> list[Actor]:
    """Find who acts and who or what suffers in a trigger's clause.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    trigger : Trigger
        One of its triggers.

    Returns
    -------
    list of Actor
        Agents first; each id once.
    """
    token = trigger.token
    verb = clause_verb(token)
    doers, sufferers = (agents(verb), objects(verb)) if is_verb(verb) else ([], [])
    if not is_verb(token):
        doers = [n for n in doers if n.i != token.i] + [
            o for p in children(token, "prep", "agent") if p.lower_ in ("by", "between") for o in children(p, "pobj")
        ]
        doers += [
            c
            for c in children(token, "poss", "amod", "compound")
            if lexicon().sides.at(parsed.words, c.i) or c.dep_ == "poss"
        ]
        sufferers = [
            o for p in children(token, "prep") if p.lower_ in ("on", "against", "of") for o in children(p, "pobj")
        ]
    found: dict[str, Actor] = {}
    for part, nodes in (("agent", doers), ("target", sufferers)):
        for noun in nodes:
            actor = make_actor(parsed, noun, part=part)
            if actor.actor_class or actor.side:
                found.setdefault(actor.actor_id, actor)
    return list(found.values())
