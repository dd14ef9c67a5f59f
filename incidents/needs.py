"""What a weak trigger needs around it before it tells of an incident: troops, a weapon, ground, a road, a convoy."""

from collections.abc import Callable, Iterable
from typing import Any

from gazetteer.model import FeatureClass
from incidents.lexicon import NounEntry, lexicon
from incidents.parse import Parsed, agents, clause_verb, is_verb, objects, subjects, with_conjuncts

ARMED = frozenset({"state_forces", "border_guards", "police", "irregulars", "coalition", "peacekeepers"})
PEOPLE = frozenset({"civilians", "state_forces", "border_guards", "irregulars", "police", "peacekeepers", "protesters"})
HEAVY = frozenset({"artillery", "mortar", "rocket", "missile", "shell", "tank", "aircraft", "drone", "bomb"})
FIRED = frozenset({"mortar", "rocket", "missile", "shell"})
MUNITIONS = HEAVY - {"tank", "aircraft"} | {"mine"}
_GROUND = frozenset(
    {FeatureClass.SETTLEMENT, FeatureClass.ADMIN, FeatureClass.REGION, FeatureClass.MOUNTAIN, FeatureClass.COUNTRY}
)
_ROADS = frozenset({FeatureClass.ROAD, FeatureClass.BORDER})


def classes_at(parsed: Parsed, token: Any) -> dict[str, list[NounEntry]]:
    """Look a noun (with the words before it) up in the lexicons of actors, weapons, things and sides."""
    tables = lexicon()
    found: dict[str, list[NounEntry]] = {}
    for name, phrases in (
        ("actors", tables.actors),
        ("weapons", tables.weapons),
        ("things", tables.things),
        ("sides", tables.sides),
    ):
        for start in range(max(0, token.i - 3), token.i + 1):
            hits = [entry for length, entry in phrases.at(parsed.words, start) if start + length == token.i + 1]
            if hits:
                found[name] = hits
                break
    return found


def noun_classes(parsed: Parsed, token: Any) -> set[str]:
    """Return every class that a noun phrase's head belongs to."""
    classes = {entry.noun_class for entries in classes_at(parsed, token).values() for entry in entries}
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of" and token.lower_ in _MEASURES:
            classes |= {c for o in child.children for each in with_conjuncts(o) for c in noun_classes(parsed, each)}
    return classes - {""}


_MEASURES = frozenset(
    [
        "number",
        "dozens",
        "scores",
        "hundreds",
        "thousands",
        "part",
        "parts",
        "lot",
        "group",
        "team",
        "kilometers",
        "kilometres",
        "members",
        "member",
        "barrage",
        "salvo",
        "series",
        "wave",
        "column",
        "convoy",
        "stretch",
    ]
)


def sided(parsed: Parsed, token: Any) -> bool:
    """Whether a noun is or is modified by a country's or group's name: "Kenyan", "Rwanda's"."""
    lex = lexicon().sides
    nodes = [token, *(c for c in token.children if c.dep_ in ("amod", "compound", "poss", "nmod"))]
    if any(lex.at(parsed.words, node.i) for node in nodes):
        return True
    return any(
        m.head.i == node.i and m.toponym.place is not None and m.toponym.place.feature_class is FeatureClass.COUNTRY
        for m in parsed.mentions
        for node in nodes
    )


def around(token: Any) -> list[Any]:
    """Return the nouns of a trigger's clause: its own dependents, its verb's subjects, objects and adjuncts."""
    verb = clause_verb(token)
    nodes: list[Any] = []
    for head in {token.i: token, verb.i: verb}.values():
        nodes += [n for n in head.subtree if n.tag_.startswith("NN") and n.i != token.i]
    nodes += [*subjects(verb), *objects(verb)] if is_verb(verb) else []
    return list({n.i: n for n in nodes}.values())


def _any(parsed: Parsed, nodes: Iterable[Any], wanted: frozenset[str]) -> bool:
    """Whether one of the nouns has one of the classes."""
    return any(noun_classes(parsed, node) & wanted for node in nodes)


def _armed_party(parsed: Parsed, token: Any) -> bool:
    """Troops, fighters, a country or a weapon acting in the clause."""
    verb = clause_verb(token)
    doers = [*(meant(agents(verb)) if is_verb(verb) else []), *_senders(token)]
    near = [*doers, *(n for n in token.subtree if n.i != token.i)]
    armed = _any(parsed, near, ARMED | HEAVY) or any(sided(parsed, n) for n in doers)
    return armed or _any(parsed, objects(verb) if is_verb(verb) else [], ARMED | HEAVY)


def meant(doers: list[Any]) -> list[Any]:
    """Return the doers, and for "they" or "it" also the subjects that the sentence named before."""
    pronouns = [d for d in doers if d.lower_ in ("they", "it", "he", "who", "which", "that")]
    before = [
        n for d in pronouns[:1] for n in d.doc[: d.i] if n.dep_ in ("nsubj", "nsubjpass") and n.tag_.startswith("NN")
    ]
    return [*doers, *before]


def _senders(token: Any) -> list[Any]:
    """Give who a noun of action comes from: "strikes from Turkey on camps"."""
    if is_verb(token):
        return []
    return [
        o
        for p in token.children
        if p.dep_ == "prep" and p.lower_ in ("from", "by")
        for o in p.children
        if o.dep_ == "pobj"
    ]


def _violent(parsed: Parsed, token: Any) -> bool:
    """Give a weapon, troops or a toll in the clause."""
    return (
        _armed_party(parsed, token)
        or _any(parsed, around(token), ARMED | HEAVY | {"small_arms", "mine"})
        or _toll_near(parsed, token)
    )


def _toll_near(parsed: Parsed, token: Any) -> bool:
    """Deaths or injuries told in the sentence."""
    return any(entry.kind == "toll" for i, _, entry in lexicon().triggers.find(parsed.words) if i != token.i)


def _ground(parsed: Parsed, token: Any) -> bool:
    """Give a place or ground as what is taken or lost."""
    nodes = objects(token) if is_verb(token) else [n for n in token.subtree if n.dep_ == "pobj"]
    heads = {
        m.head.i: m for m in parsed.mentions if m.toponym.place is None or m.toponym.place.feature_class in _GROUND
    }
    taken = [n for n in nodes if n.i in heads or noun_classes(parsed, n) & {"ground"}]
    named = {n.i for n in taken} & {*heads}
    named |= {n.i for n in taken for p in n.children if p.lower_ == "of" for o in p.children if o.i in heads}
    return bool(taken) and (_armed_party(parsed, token) or passive_like(token) or bool(named))


def passive_like(token: Any) -> bool:
    """Whether a verb is passive or a bare participle."""
    return bool(token.tag_ == "VBN" and any(c.dep_ in ("auxpass", "nsubjpass") for c in token.children))


def _capture(parsed: Parsed, token: Any) -> bool:
    """Ground, people or arms as what is taken."""
    nodes = objects(token) if is_verb(token) else [n for n in token.subtree if n.dep_ == "pobj"]
    return (
        _ground(parsed, token)
        or _any(parsed, nodes, PEOPLE | HEAVY | {"ground", "structure"})
        or any(sided(parsed, n) for n in nodes)
    )


def _fire(parsed: Parsed, token: Any) -> bool:
    """Shots: at somebody or something, by an armed party, or of a weapon; nobody is dismissed."""
    aimed = any(
        c.dep_ == "prep" and c.lower_ in ("at", "on", "upon", "into", "across", "over", "toward", "towards", "from")
        for c in token.children
    )
    return (
        aimed
        or _any(parsed, objects(token), HEAVY | {"small_arms"})
        or _any(parsed, agents(token), ARMED | HEAVY)
        or any(sided(parsed, n) for n in agents(token))
    )


def _of(parsed: Parsed, token: Any, wanted: frozenset[str]) -> bool:
    """Whether the objects, or the subjects where there are none, have a class."""
    nodes = [*objects(token), *subjects(token)] if is_verb(token) else [n for n in token.subtree if n.i != token.i]
    return _any(parsed, nodes, wanted)


def _road(parsed: Parsed, token: Any) -> bool:
    """Give a road, crossing or border as what is closed."""
    verb = clause_verb(token)
    nodes = (
        [*objects(token), *subjects(token)]
        if is_verb(token)
        else [n for n in token.subtree if n.i != token.i] + (subjects(verb) if is_verb(verb) else [])
    )
    nodes = [n for node in nodes for n in (node, *(c for c in node.subtree if c.dep_ == "appos"))]
    roads = {m.head.i for m in parsed.mentions if m.toponym.place and m.toponym.place.feature_class in _ROADS}
    return any(n.i in roads for n in nodes) or _any(parsed, nodes, frozenset({"road"}))


def _aid(parsed: Parsed, token: Any) -> bool:
    """Tell whether a convoy, trucks or supplies are what is stopped."""
    nodes = [n for n in (*objects(token), *subjects(token)) if n.dep_ != "conj"]
    return _any(parsed, nodes, frozenset({"aid"})) or (
        token.dep_ == "relcl" and _any(parsed, [token.head], frozenset({"aid"}))
    )


def _troops(parsed: Parsed, token: Any) -> bool:
    """Tell whether troops or arms are what is sent; rescue and aid are not."""
    sent = [n for n in objects(token) if not any(c.lower_ in _HELPING for c in n.subtree)]
    return not _HELPING & set(parsed.words) and _any(parsed, sent, ARMED | HEAVY)


_HELPING = frozenset(
    {"evacuation", "rescue", "ambulance", "ambulances", "medical", "firefighters", "humanitarian", "aid"}
)


def _border(parsed: Parsed, token: Any) -> bool:
    """Armed forces as who detains, or the border in the sentence."""
    verb = clause_verb(token)
    doers = agents(verb) if is_verb(verb) else [n for n in token.subtree if n.dep_ == "pobj"]
    return (
        _any(parsed, doers, ARMED - {"police"})
        or any(sided(parsed, n) for n in doers)
        or "border" in parsed.words
        or _any(parsed, objects(verb) if is_verb(verb) else [], ARMED)
    )


def _street(parsed: Parsed, token: Any) -> bool:
    """People in the street rather than notes, statements or teams."""
    words = set(parsed.words)
    return not words & {"diplomatic", "note", "lodged", "formal", "ambassador", "envoy"} and (
        _any(parsed, around(token), frozenset({"street", "protesters", "civilians"})) or bool(parsed.mentions)
    )


def _deeper(parsed: Parsed, token: Any) -> bool:
    """Tell whether an armed party moves deeper or some kilometres into something."""
    words = parsed.words[token.i : token.i + 12]
    far = "deeper" in words or (
        "into" in words
        and bool({"kilometer", "kilometers", "kilometre", "kilometres", "km", "miles", "metres", "meters"} & set(words))
    )
    return far and _armed_party(parsed, token)


def _occurring(parsed: Parsed, token: Any) -> bool:
    """Tell whether something is told to have happened: "an encounter broke out", "an incident took place"."""
    verb = clause_verb(token)
    if not is_verb(verb) or token.i not in {n.i for n in subjects(verb)}:
        return False
    words = parsed.words[verb.i : verb.i + 3]
    return bool({"occurred", "happened", "erupted", "ensued", "began", "started"} & set(words[:1])) or words[:2] in (
        ("broke", "out"),
        ("took", "place"),
        ("broken", "out"),
        ("taken", "place"),
    )


def _gathering(_parsed: Parsed, token: Any) -> bool:
    """Tell whether protesters are told to gather rather than to do something else that has a word of its own."""
    return clause_verb(token).lower_ in (
        "gathered",
        "marched",
        "chanted",
        "assembled",
        "rallied",
        "demanded",
        "stormed",
        "took",
    )


def _heard(parsed: Parsed, token: Any) -> bool:
    """Tell whether shots were heard or fired rather than taken with a camera."""
    verb = clause_verb(token)
    return verb.lower_ in ("heard", "fired", "rang", "ring", "exchanged", "fire", "hear") or (
        "shots" in parsed.words and bool({"heard", "fired", "exchanged", "rang"} & set(parsed.words))
    )


def _columns(parsed: Parsed, token: Any) -> bool:
    """Tell whether troops, tanks or guns were what somebody saw."""
    seen = subjects(token) if passive_like(token) else []
    return _any(parsed, seen, ARMED - {"police"} | {"tank", "artillery"})


def _truce(_parsed: Parsed, token: Any) -> bool:
    """Give a ceasefire or the airspace as what is violated."""
    return any(
        n.lower_ in ("ceasefire", "truce", "armistice", "airspace", "fire", "cease")
        for n in objects(token)
        for n in n.subtree
    )


CHECKS: dict[str, Callable[[Parsed, Any], bool]] = {
    "": lambda _parsed, _token: True,
    "military": _armed_party,
    "violent": _violent,
    "weapon": lambda parsed, token: _any(parsed, around(token), HEAVY | {"small_arms", "mine"}),
    "munition": lambda parsed, token: _of(parsed, token, MUNITIONS),
    "fire": _fire,
    "aircraft": lambda parsed, token: _of(parsed, token, frozenset({"aircraft", "drone"})),
    "capture": _capture,
    "ground": _ground,
    "border": _border,
    "road": _road,
    "aid": _aid,
    "troops": _troops,
    "street": _street,
    "truce": _truce,
    "columns": _columns,
    "heard": _heard,
    "deeper": _deeper,
    "occurring": _occurring,
    "gathering": _gathering,
    "weaponof": lambda parsed, token: _any(parsed, [n for n in token.subtree if n.dep_ in {"pobj", "conj"}], HEAVY),
}
