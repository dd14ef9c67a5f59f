"""Who says so: the sources of a sentence, how each stands to the incident, and what follows from them together."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from incidents.actors import class_of, phrase_of, side_of
from incidents.lexicon import SourceEntry, lexicon
from incidents.model import Span, Stance, Statement
from incidents.parse import Parsed, agents, children, climb, is_verb, passive, subjects
from incidents.triggers import Trigger

PARTIES = frozenset({"state_forces", "border_guards", "irregulars", "government", "police", "coalition"})
_PRONOUNS = frozenset({"he", "she", "it", "they", "who", "which", "that", "we", "i"})
_OWN_SUCCESS = frozenset({"territorial_seizure", "property_damage", "armed_clash"})


@dataclass(frozen=True, slots=True)
class Said:
    """One source's word on an incident: its stance, its side and class, whether the word itself takes a distance."""

    source: str
    stance: Stance
    span: Span
    side: str = ""
    source_class: str = ""
    word: str = ""
    mutual: bool = False

    def statement(self) -> Statement:
        """Return what the incident keeps of it."""
        return Statement(self.source, self.stance, self.span)


def find_said(parsed: Parsed, token: Any, *, last: Said | None = None) -> list[Said]:
    """Find who says what a token tells.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    token : spacy.Token
        Usually a trigger.
    last : Said, optional
        The source before, for "he said" and for the second sentence of a quotation.

    Returns
    -------
    list of Said
        Nearest source first, empty where the text itself tells.
    """
    found = [said for said in (_at(parsed, node, token, last) for node in climb(token)) if said]
    found += _beside(parsed, token, last)
    if not found and last is not None and _inside_quotation(parsed):
        found = [Said(last.source, last.stance, parsed.sentence.span, last.side, last.source_class, last.word)]
    return list({(said.source, said.stance): said for said in found}.values())


def _entry(parsed: Parsed, node: Any) -> SourceEntry | None:
    """Give the word of saying at a token."""
    for _, entry in lexicon().sources.at(parsed.words, node.i):
        if (entry.pos == "v") == is_verb(node) or entry.pos in ("r", "a", "p"):
            return entry
    return None


def _at(parsed: Parsed, node: Any, token: Any, last: Said | None) -> Said | None:
    """Give a word of saying over the trigger, with its subject."""
    entry = _entry(parsed, node)
    if entry is None or entry.pos in ("r", "a", "p") or node.i == token.i:
        return None
    sources = agents(node) if is_verb(node) else children(node, "poss")
    if is_verb(node) and passive(node) and not sources:
        who = [] if entry.stance is Stance.REPORTED else subjects(node)
        return None if not who and entry.stance is Stance.REPORTED else _said(parsed, None, entry, node, last)
    mutual = any(
        c.lower_ in {"other", "another"} for c in node.subtree if c.dep_ in ("dobj", "det") and c.i - node.i < 4
    )
    return _said(parsed, sources[0] if sources else None, entry, node, last, mutual=mutual)


def _beside(parsed: Parsed, token: Any, last: Said | None) -> list[Said]:
    """Give "according to", "allegedly" and a source between commas or at the end that the parse hangs elsewhere."""
    found = []
    for start, length, entry in lexicon().sources.find(parsed.words):
        node = parsed.doc[start + length - 1]
        if entry.pos == "p":
            nouns = children(node, "pobj") or [n for n in node.rights if n.tag_.startswith("NN")][:1]
            found += [s for s in [_said(parsed, nouns[0] if nouns else None, entry, node, last)] if s]
        elif entry.pos in ("r", "a") and entry.stance is Stance.CLAIMED and abs(node.i - token.i) <= 6:
            found.append(Said("", Stance.CLAIMED, parsed.span(start, start + length), word=entry.word))
    return found


def _said(
    parsed: Parsed, noun: Any, entry: SourceEntry, node: Any, last: Said | None, *, mutual: bool = False
) -> Said | None:
    """One source's word; a pronoun is the source before."""
    span = parsed.span(node.i, node.i + 1)
    if noun is None:
        return Said("", entry.stance, span, word=entry.word, mutual=mutual)
    if noun.lower_ in _PRONOUNS:
        source, side, kind = (last.source, last.side, last.source_class) if last else (noun.text, "", "")
    else:
        source, side, kind = phrase_of(parsed, noun), side_of(parsed, noun), class_of(parsed, noun)
    return Said(source, entry.stance, span, side, kind, entry.word, mutual)


def _inside_quotation(parsed: Parsed) -> bool:
    """Whether a sentence is a quotation from its first mark to its last."""
    return bool(re.match(r"\s*[\"“‘']", parsed.doc.text)) and not re.search(r"[\"”’']\s+\w", parsed.doc.text)


def speaker(parsed: Parsed, last: Said | None) -> Said | None:
    """Return the last source that a sentence names, the one before where it names none."""
    for node in reversed(list(parsed.doc)):
        entry = _entry(parsed, node) if is_verb(node) else None
        if entry is not None and entry.pos == "v":
            nouns = [n for n in agents(node) if n.lower_ not in _PRONOUNS]
            if nouns:
                return _said(parsed, nouns[0], entry, node, last)
    return last


@dataclass(frozen=True, slots=True)
class Echo:
    """A denial or confirmation that tells of no event itself: its sentence, who, and what it is about."""

    sentence: int
    paragraph: int
    said: Said
    about: str
    words: tuple[str, ...] = ()


def find_echoes(parsed: Parsed, last: Said | None) -> list[Echo]:
    """Find denials and confirmations of something told before: "denied the incident", "dismissed the claims".

    Parameters
    ----------
    parsed : Parsed
        A sentence.
    last : Said or None
        The source that was named last.

    Returns
    -------
    list of Echo
        `about` is "event" (the incident, the attack, involvement), "claim" (that claim, the report) or "deed" (a clause).
    """
    found = []
    for node in parsed.doc:
        entry = _entry(parsed, node) if is_verb(node) else None
        if entry is None or entry.stance not in (Stance.DENIED, Stance.CONFIRMED):
            continue
        if any(c.dep_ == "neg" for c in node.children):
            continue
        about = _about(parsed, node)
        if about:
            sources = agents(node) or [
                n for p in children(node, "prep") if p.lower_ in ("in", "by") for n in children(p, "pobj")
            ]
            said = _said(parsed, sources[0] if sources else None, entry, node, last)
            if said is not None:
                found.append(
                    Echo(parsed.sentence.index, parsed.sentence.paragraph, said, about, _told_in(parsed, node))
                )
    return found


def _told_in(parsed: Parsed, node: Any) -> tuple[str, ...]:
    """Give the trigger words of what is denied or confirmed."""
    inside = {n.i for n in node.subtree}
    return tuple(entry.word for i, _, entry in lexicon().triggers.find(parsed.words) if i in inside)


def _about(parsed: Parsed, node: Any) -> str:
    """Tell what is denied or confirmed."""
    nouns = [n for n in (*children(node, "dobj"), *children(node, "nsubjpass")) if n.i != node.i]
    of = [o for p in children(node, "prep") if p.lower_ in ("of", "to", "in") for o in children(p, "pobj")]
    for noun in (*nouns, *of):
        if noun.lower_ in _EVENTS or lexicon().triggers.at(parsed.words, noun.i):
            return "event"
        if noun.lower_ in _CLAIMS and not any(n.lower_ in _FIGURES for n in node.subtree):
            return "claim"
        if noun.lower_ == "it" and passive(node):
            return "event"
    clauses = children(node, "ccomp", "xcomp")
    if any(lexicon().triggers.at(parsed.words, n.i) for c in clauses for n in c.subtree):
        return "deed"
    return ""


_FIGURES = frozenset({"number", "numbers", "toll", "figures", "casualties", "losses", "death"})
_EVENTS = frozenset(
    {"incident", "incidents", "involvement", "responsibility", "attack", "attacks", "shelling", "strike", "event"}
)
_CLAIMS = frozenset(
    {
        "claim",
        "claims",
        "accusation",
        "accusations",
        "allegation",
        "allegations",
        "report",
        "reports",
        "charge",
        "charges",
    }
)


def overall(
    said: Sequence[Sequence[Said]],
    trigger: Trigger | None,
    agent_sides: Sequence[str],
    *,
    echoes: Sequence[Said] = (),
    toll: bool = False,
) -> Stance:
    """Weigh everything that was said of an incident into one stance.

    Parameters
    ----------
    said : sequence of sequence of Said
        The sources of each mention of the incident, the evidence first; an empty one where the article itself tells.
        Mentions that point back ("the attack") or go on in the same paragraph tell nothing new and are left out.
    trigger : Trigger or None
        What told of it first.
    agent_sides : sequence of str
        Country codes of who acted.
    echoes : sequence of Said, optional
        Denials and confirmations in other sentences.
    toll : bool, optional
        Whether the source counts dead or injured, which officials do without accusing anybody.

    Returns
    -------
    Stance
        CONFIRMED when somebody other than the accuser confirms it, else DENIED when somebody denies it, CLAIMED when only
        parties tell of it, else REPORTED.
    """
    every = [*(s for each in said for s in each), *echoes]
    if any(s.stance is Stance.CONFIRMED for s in every):
        return Stance.CONFIRMED
    if any(s.stance is Stance.DENIED for s in every):
        return Stance.DENIED
    if any(s.stance is Stance.CLAIMED for s in said[0]):
        return Stance.CLAIMED
    if said[0] and any(_party_claim(s, trigger, agent_sides, toll=toll) for s in said[0]) and all(said):
        return Stance.CLAIMED
    return Stance.REPORTED


def _party_claim(said: Said, trigger: Trigger | None, agent_sides: Sequence[str], *, toll: bool) -> bool:
    """Tell whether a party tells of the other side's act or of its own success."""
    if said.source_class not in PARTIES or not said.side:
        return False
    if trigger is not None and trigger.entry.word == "lose":
        return False
    own = said.side in agent_sides or (trigger is not None and _of_itself(trigger))
    if own and trigger is not None:
        return trigger.kind in _OWN_SUCCESS
    return bool(agent_sides) or not toll


def _of_itself(trigger: Trigger) -> bool:
    """Tell whether a source speaks of its own act: "they said that they fired"."""
    token = trigger.token
    verb = next((n for n in climb(token) if is_verb(n)), token)
    return any(n.lower_ in ("they", "it", "we", "he", "i") for n in subjects(verb))
