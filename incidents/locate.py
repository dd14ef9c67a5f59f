"""The place of an incident: the one its words hang on, not the nearest name."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from gazetteer.model import FeatureClass
from incidents.lexicon import lexicon, rows
from incidents.model import Reality
from incidents.parse import (
    SUBJECTS,
    Mention,
    Parsed,
    agents,
    clause_verb,
    climb,
    first_conjunct,
    is_verb,
    objects,
    passive,
)

FINENESS = {
    FeatureClass.FACILITY: 6,
    FeatureClass.SETTLEMENT: 6,
    FeatureClass.MOUNTAIN: 5,
    FeatureClass.LAKE: 5,
    FeatureClass.ROAD: 5,
    FeatureClass.RIVER: 4,
    FeatureClass.ADMIN: 4,
    FeatureClass.BORDER: 3,
    FeatureClass.REGION: 3,
    FeatureClass.COUNTRY: 1,
}
_SOURCE_VERBS = frozenset({"reported", "claimed", "denied", "confirmed"})
_LEAVING = frozenset(["withdraw", "retreat", "evacuate", "pull", "back", "flee", "expel", "displace", "leave"])
GOOD = 2.0
SPREAD = 1.6
_DATELINE = re.compile(r",?\s*(?:[A-Z][a-z]+\.?\s+\d{1,2}\s*)?(?:\([A-Za-z /]{2,20}\)\s*(?:[-–—]|$)|[-–—]{1,2}\s|\s—)")


@dataclass(frozen=True, slots=True)
class Found:
    """The place names that an incident's words hang on, how strongly, and whether they only tell where it came from."""

    mentions: tuple[Mention, ...] = ()
    score: float = 0.0
    origin: bool = False


NOWHERE = Found()


@cache
def _prepositions() -> dict[str, tuple[str, float]]:
    """Part and weight of each preposition of place."""
    return {row["word"]: (row["part"], float(row["weight"])) for row in rows("prepositions.csv")}


def fineness(mention: Mention) -> int:
    """Return how fine a place is: 6 a town, 1 a country; an unresolved name counts as a town."""
    place = mention.toponym.place
    fine = FINENESS[place.feature_class] if place is not None else 6
    around = mention.head.dep_ in ("compound", "amod", "nmod") and mention.head.head.lower_ in _WIDE
    return min(fine, 4) if around else fine


_WIDE = frozenset(
    {"countryside", "province", "governorate", "region", "district", "outskirts", "suburbs", "area", "suburb"}
)


def find_place(
    parsed: Parsed, token: Any, *, word: str = "", known: bool = False, least: float = GOOD, spread: float = SPREAD
) -> Found:
    """Find the places that a trigger's words hang on.

    Parameters
    ----------
    parsed : Parsed
        The sentence with its place names.
    token : spacy.Token
        The trigger.
    word : str, optional
        Its lexicon entry ("withdraw" happens where one leaves from).
    known : bool, optional
        Whether it points back ("the attack"), so that only its own clause can say where.
    least : float, optional
        The weakest tie that counts; see `score_mention`.
    spread : float, optional
        How much weaker than the strongest tie a finer place may hang: 0 takes the strongest, however coarse it is.

    Returns
    -------
    Found
        The finest of the attached places with everything coordinated with it, none when the sentence does not say.
    """
    verb = clause_verb(token)
    over = {n.i for n in climb(verb)} - {verb.i}
    scored = [
        (0.0 if known and _outside(token, m, over) else score_mention(parsed, token, m, word=word), m)
        for m in parsed.mentions
    ]
    good = [(score, m) for score, m in scored if score >= least]
    if not good:
        origin = [m for score, m in scored if 0.4 < score < 0.6]
        return Found(tuple(origin[:1]), 0.5, origin=True) if origin else Found()
    best = max(score for score, _ in good)
    near = [(score, m) for score, m in good if score >= best - SPREAD]
    finest = max(fineness(m) for score, m in near if score >= best - spread)
    chosen = [m for score, m in near if fineness(m) == finest and score >= best - spread]
    first = max(chosen, key=lambda m: next(s for s, n in near if n is m))
    top = next(s for s, n in near if n is first)
    listed = [m for s, m in near if _coordinated(parsed, first, m) or (fineness(m) == finest and s >= top - 0.3)]
    listed += [m for s, m in scored if m not in listed and s < least and _in_list(parsed, listed, m)]
    return Found(tuple(_together(first, listed)), best)


def _outside(token: Any, mention: Mention, over: set[int]) -> bool:
    """Tell whether a name hangs on something above a known event's clause, or is only an object beside it."""
    if any(n.i == token.i for n in climb(mention.head)):
        return False
    joint = next((n for n in climb(mention.head) if any(n.i == o.i for o in climb(token))), None)
    return joint is None or joint.i in over or mention.head.dep_ in ("dobj", "nsubj", "poss") or not _happening(joint)


def _happening(verb: Any) -> bool:
    """Tell whether a verb only says that something took place."""
    return verb.lower_ in _LIGHT


_LIGHT = frozenset(
    {
        "took",
        "taken",
        "occurred",
        "happened",
        "began",
        "started",
        "broke",
        "erupted",
        "continued",
        "reported",
        "came",
        "hit",
        "was",
        "were",
        "place",
        "raged",
        "killed",
        "injured",
        "wounded",
        "left",
        "died",
        "resumed",
        "been",
    }
)


def _in_list(parsed: Parsed, listed: list[Mention], mention: Mention) -> bool:
    """Tell whether only commas and "and" stand between a name and one that is chosen, whatever the parse makes of it."""
    if mention.metonym:
        return False
    for other in listed:
        first, last = (other.last, mention.first) if other.first < mention.first else (mention.last, other.first)
        between = parsed.words[first:last]
        inside = [m for m in parsed.mentions if first <= m.first < last]
        gaps = {w for i, w in enumerate(between) if not any(m.first - first <= i < m.last - first for m in inside)}
        if (gaps and gaps <= _COMMAS and "," in (*gaps, *([","] if inside else []))) or gaps == {"and"}:
            return fineness(mention) == fineness(other) and first <= last
    return False


_COMMAS = frozenset({",", "and", "or", "the"})


def _coordinated(parsed: Parsed, a: Mention, b: Mention) -> bool:
    """Tell whether two names stand in one list, also as "in the city of A and in B province"."""
    if _in_list(parsed, [a], b):
        return True
    one, two = _list_heads(a), _list_heads(b)
    return bool(one & two) and fineness(b) > 1


def _list_heads(mention: Mention) -> set[int]:
    """Give the first members of the lists that a name is in."""
    found = set()
    for node in climb(mention.head):
        if is_verb(node):
            break
        if node.dep_ == "conj":
            found.add(first_conjunct(node).i)
        elif any(c.dep_ == "conj" for c in node.children):
            found.add(node.i)
    return found


def _together(first: Mention, chosen: list[Mention]) -> list[Mention]:
    """Give the best place and those that are coordinated with it or stand under the same preposition."""
    return [first, *(m for m in chosen if m is not first and not _nested(m, first) and not _nested(first, m))]


def _nested(inner: Mention, outer: Mention) -> bool:
    """Whether one name stands inside the noun phrase of the other: "Khotin in Sumy Oblast"."""
    return (
        any(node.i == outer.head.i and node.i != inner.head.i for node in climb(inner.head))
        and inner.head.dep_ != "conj"
    )


def score_mention(parsed: Parsed, token: Any, mention: Mention, *, word: str = "") -> float:
    """Score how well a name is attached to a trigger as its place: 2 and more is attached, below 1 an origin, 0 not at all."""
    if mention.metonym or _speaks(parsed, mention) or _dateline(parsed, mention):
        return 0.0
    if _apposed(parsed, token, mention):
        return 4.0
    path = list(climb(mention.head))
    joint = next((n for n in path if any(n.i == o.i for o in climb(token))), path[-1])
    steps = path[: path.index(joint) + 1]
    if _of_another(parsed, token, steps, word) or _reference(parsed, mention):
        return 0.0
    weight = _weight(parsed, token, joint, mention, word)
    if weight <= 0:
        return 0.0
    if weight == 0.5:
        return 0.5
    down = _between(token, joint)
    penalty = 0.15 * len(steps) + sum(_crossing(node) for node in down)
    penalty += sum(
        0.0 if _tells_where(node, token) else _BELOW.get(node.dep_, 0.0)
        for node in steps[:-1]
        if node.i not in (mention.head.i, token.i)
    )
    penalty += sum(
        0.6
        for node in steps[:-1]
        if is_verb(node) and node.dep_ in ("conj", "xcomp", "acl", "pcomp") and node.i != token.i
    )
    own = 0.6 if joint.i == token.i and len(steps) > 1 else 0.0
    return max(weight + 1.5 + own - penalty, 0.7)


def _tells_where(clause: Any, token: Any) -> bool:
    """Tell whether a relative clause says where those were whom it hit: "killed two men who were fishing near Lodwar"."""
    hit = clause.head
    if clause.dep_ != "relcl" or hit.dep_ not in ("dobj", "pobj", "nsubjpass"):
        return False
    if not any(c.lower_ == "who" for c in clause.children):
        return False
    if any(
        c.dep_ in ("aux", "auxpass") and c.lower_ in ("had", "has", "have", "will", "would") for c in clause.children
    ):
        return False
    own = {token.i, clause_verb(token).i}
    return hit.head.i in own or (hit.dep_ == "pobj" and hit.head.head.i in own)


def _apposed(parsed: Parsed, token: Any, mention: Mention) -> bool:
    """Tell whether a name explains the subject right before a passive verb: "the busiest gate, Moyale crossing, was closed"."""
    if not passive(token) or fineness(mention) < 4 or mention.first == 0 or parsed.words[mention.first - 1] != ",":
        return False
    after = parsed.words[mention.last : token.i + 1]
    if "," not in after[:3]:
        return False
    rest = parsed.doc[mention.last + after.index(",") + 1 : token.i]
    return all(t.dep_ in ("aux", "auxpass", "advmod", "neg") for t in rest)


def _of_another(parsed: Parsed, token: Any, steps: list[Any], word: str) -> bool:
    """Tell whether a name belongs to something else: a contrasted clause, talks and deals, a hospital that took the victims."""
    for node in steps[:-1]:
        if node.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in _CONTRAST for c in node.children):
            return True
        if word in _HURT and node.lower_ in _CARE and node.dep_ == "pobj" and node.head.lower_ in ("to", "at", "in"):
            return True
    own = clause_verb(token).i
    return any(n.i not in (token.i, own) and any(_deal(parsed, x) for x in (n, *_things(n))) for n in steps[1:])


def _things(node: Any) -> list[Any]:
    """Give the objects of a verb, nothing of a noun."""
    return objects(node) if is_verb(node) else []


def _deal(parsed: Parsed, node: Any) -> bool:
    """Tell whether a word is one of talks, deals and visits, whose place is not that of the fighting."""
    return any(
        e.reality == Reality.DIPLOMACY for _, e in lexicon().context.at(parsed.words, node.i) if e.word in _TALKS
    )


_CONTRAST = frozenset({"while", "whereas", "although", "though"})
_HURT = frozenset({"kill", "die", "wound", "injure", "dead", "death", "killing"})
_CARE = frozenset({"hospital", "hospitals", "clinic", "clinics", "morgue"})
_TALKS = frozenset({"deal", "talk", "summit", "meeting", "agreement", "treaty", "negotiation"})
_BELOW = {"relcl": 3.0, "advcl": 0.7, "ccomp": 0.7}


def _reference(parsed: Parsed, mention: Mention) -> bool:
    """Tell whether a name only says where another place lies: "Marib province, east of the capital, Sanaa"."""
    before = parsed.words[max(0, mention.first - 6) : mention.first]
    if "of" not in before:
        return False
    at = len(before) - 1 - before[::-1].index("of")
    compass = at > 0 and before[at - 1] in _COMPASS
    start = max(0, mention.first - 6) + at - 1
    return compass and any(
        m.last <= start and start - m.last <= 8 and "," not in parsed.words[m.last + 4 : start]
        for m in parsed.mentions
        if m is not mention
    )


def _dateline(parsed: Parsed, mention: Mention) -> bool:
    """Tell whether a name is the place of writing before the first sentence: "GENEVA (AP) -", "BAKU/YEREVAN"."""
    upper = mention.toponym.text.isupper() and len(mention.toponym.text) > 3
    after = str(parsed.doc.text)[mention.toponym.end - parsed.sentence.span.start :][:40]
    return mention.first <= 4 and (upper or bool(_DATELINE.match(after)))


def _between(token: Any, joint: Any) -> list[Any]:
    """Give the nodes from the trigger up to, not including, where the paths meet."""
    found = []
    for node in climb(token):
        if node.i == joint.i:
            break
        found.append(node)
    return found


def _crossing(node: Any) -> float:
    """Give what it costs a trigger to take a place from above its own clause."""
    if node.dep_ in ("ccomp", "parataxis"):
        return 1.6
    if node.dep_ in ("advcl", "relcl"):
        return 0.9 if node.tag_ != "VBG" else 0.4
    if node.dep_ == "conj" and is_verb(node):
        return 0.6
    return 0.25


def _weight(parsed: Parsed, token: Any, joint: Any, mention: Mention, word: str) -> float:
    """Give what the way from name to trigger says: place, target, origin or none."""
    path = list(climb(mention.head))
    prep = next((n for n in path if n.dep_ in ("prep", "agent")), None)
    below = path[: _index(path, joint)]
    preps = {n.lower_ for n in below if n.dep_ == "prep"}
    if word not in _LEAVING and ("from" in preps or _launched_from(parsed, mention, below)):
        return 0.5
    if preps & _OTHER_TIMES:
        return 0.0
    inside = prep is not None and any(n.i == prep.i for n in path[: _index(path, joint)])
    own = _nominal(token, mention)
    if own is not None:
        return own
    if inside and prep is not None:
        return _by_preposition(parsed, prep, mention, word)
    return _by_role(token, mention)


_OTHER_TIMES = frozenset({"after", "before", "since", "following", "despite", "until"})


def _launched_from(parsed: Parsed, mention: Mention, below: list[Any]) -> bool:
    """Tell whether a name only says where the places lie that something came from: "from A and B in C"."""
    start = max(0, mention.first - 12)
    before = parsed.words[start : mention.first]
    if "from" not in before or before[-1] != "in" or not any(n.dep_ == "prep" and n.lower_ == "in" for n in below):
        return False
    first = start + len(before) - before[::-1].index("from")
    named = {i for m in parsed.mentions for i in range(m.first, m.last)}
    between = [i for i in range(first, mention.first - 1) if i not in named]
    return first < mention.first - 1 and all(parsed.words[i] in _COMMAS for i in between)


def _index(path: list[Any], joint: Any) -> int:
    return next((i for i, n in enumerate(path) if n.i == joint.i), len(path))


def _nominal(token: Any, mention: Mention) -> float | None:
    """Weigh a name before a noun: "the Najran attack", "Thailand's soldiers"."""
    if mention.head.dep_ not in ("compound", "poss", "nmod", "amod") or mention.head.head.i == mention.head.i:
        return None
    head = mention.head.head
    fine = fineness(mention) >= 4
    if head.i == token.i:
        return 2.5 if fine and mention.head.dep_ != "poss" else 0.0
    prep = head.head if head.dep_ == "pobj" else None
    if prep is not None and prep.lower_ in _prepositions():
        part, weight = _prepositions()[prep.lower_]
        return (weight if fine else weight - 0.6 if head.lower_ in _SOIL else 0.0) if part == "place" else 0.5
    if head.dep_ in ("dobj", "nsubjpass") and (fine or head.lower_ in _SOIL):
        return 2.2
    return 2.0 if head.lower_ in _SOIL and head.dep_ in ("dobj", "nsubjpass") else 0.0


_SOIL = frozenset(
    [
        "territory",
        "soil",
        "land",
        "side",
        "border",
        "village",
        "villages",
        "town",
        "towns",
        "city",
        "cities",
        "province",
        "provinces",
        "district",
        "districts",
        "region",
        "regions",
        "position",
        "positions",
        "airspace",
        "waters",
        "coast",
        "capital",
        "lines",
        "part",
        "parts",
        "proper",
        "itself",
        "borders",
        "frontier",
        "areas",
        "area",
    ]
)


def _by_preposition(parsed: Parsed, prep: Any, mention: Mention, word: str) -> float:
    """Weight of a name under a preposition."""
    part, weight = _prepositions().get(prep.lower_, ("", 0.0))
    if not part or prep.dep_ == "agent":
        return 0.0
    if part == "origin":
        return 3.0 if word in _LEAVING else 0.5
    if prep.lower_ == "of":
        return _of(parsed, prep, mention)
    if prep.lower_ == "against" and fineness(mention) == 1:
        return 1.4
    if prep.lower_ in ("between", "by") and fineness(mention) <= 3 and not _line_before(parsed, prep):
        return 0.0
    return weight


def _line_before(parsed: Parsed, prep: Any) -> bool:
    """Tell whether "between" follows a border or road, whose ends it names, rather than a fight, whose sides it names."""
    return bool({"border", "frontier", "line", "road", "highway"} & set(parsed.words[max(0, prep.i - 4) : prep.i]))


def _of(parsed: Parsed, prep: Any, mention: Mention) -> float:
    """Weigh "of": the place of a noun of action or of a kind of place, not the country of an army."""
    head = prep.head
    if any(s <= head.i < s + n and e.pos == "n" for s, n, e in lexicon().triggers.find(parsed.words)):
        return 2.5 if fineness(mention) > 1 else 1.4
    if fineness(mention) == 1 and lexicon().actors.at(parsed.words, head.i):
        return 0.0
    if head.tag_.startswith("NN") and head.dep_ in (
        "pobj",
        "dobj",
        "nsubjpass",
        "conj",
        "appos",
        "npadvmod",
        "advmod",
        "attr",
    ):
        outer = head.head
        if head.dep_ == "pobj" and outer.lower_ in _prepositions() and _prepositions()[outer.lower_][0] == "place":
            return _prepositions()[outer.lower_][1]
        return 2.2 if fineness(mention) > 1 else 1.0
    if head.dep_ in ("advmod", "npadvmod", "prep") or head.lower_ in _COMPASS:
        return 2.8
    return 1.0 if fineness(mention) > 1 else 0.0


_COMPASS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "outside",
        "inside",
        "outskirts",
    ]
)


def _by_role(token: Any, mention: Mention) -> float:
    """Weight of a name that is subject or object itself."""
    verb = clause_verb(token)
    heads = {n.i for n in objects(verb)} if is_verb(verb) else set()
    first = mention.head
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first.dep_ in SUBJECTS and first.head.i not in (verb.i, token.i):
        return 0.0
    if mention.head.i in heads:
        return 3.0 if fineness(mention) > 1 or token.i == verb.i else 1.2
    if mention.head.dep_ in SUBJECTS or (is_verb(verb) and mention.head.i in {n.i for n in agents(verb)}):
        suffering = is_verb(verb) and (
            passive(verb) or verb.lower_ in ("suffered", "saw", "experienced", "witnessed", "came", "fell", "getting")
        )
        return 2.8 if suffering and fineness(mention) > 1 else 0.0
    if mention.head.dep_ in ("npadvmod", "advmod", "appos", "dobj", "pobj", "dep", "ROOT", "conj", "attr", "oprd"):
        return 2.1 if fineness(mention) > 1 else 0.0
    return 0.0


def _speaks(parsed: Parsed, mention: Mention) -> bool:
    """Whether a name belongs to who says something: "the governor of Kursk said"."""
    for node in climb(mention.head):
        if node.dep_ in ("nsubj", "agent") and is_verb(node.head):
            return (
                any(e.pos == "v" for _, e in lexicon().sources.at(parsed.words, node.head.i))
                and node.head.lower_ != "reported"
            )
        if node.lower_ in ("reporting", "according") or is_verb(node):
            return node.lower_ in ("reporting", "according", "speaking")
    return False


def event_toponyms(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the place names where an event happened whose trigger stands at `start`:`end`.

    Parameters
    ----------
    text : str
        A sentence of any news.
    start, end : int
        Offsets of the trigger's word.

    Returns
    -------
    list of (int, int)
        Offsets of the place names; empty when the sentence does not say where.

    Examples
    --------
    >>> text = "Rebels attacked a post in Rutshuru on Friday, the mayor of Goma said."
    >>> [text[a:b] for a, b in event_toponyms(text, 7, 15)]
    ['Rutshuru']
    """
    from incidents.eventplace import places_of_event

    return places_of_event(text, start, end)
