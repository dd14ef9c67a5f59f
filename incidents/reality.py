"""Whether a trigger tells of something that happened: modality, condition, negation, habit, history, demand."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from incidents.lexicon import CueEntry, lexicon
from incidents.model import DatePrecision, Kind, Reality, When
from incidents.parse import Parsed, children, climb, is_verb
from incidents.triggers import Trigger

YEAR = timedelta(days=366)
_NEGATIONS = frozenset({"not", "n't", "never", "no", "neither", "without", "nor"})
_PRESUPPOSING = frozenset(
    [
        "after",
        "since",
        "following",
        "amid",
        "amidst",
        "during",
        "despite",
        "because",
        "over",
        "in",
        "from",
        "by",
        "as",
        "at",
        "on",
        "within",
        "behind",
        "before",
    ]
)
_ARGUMENT = frozenset({"with", "to", "for", "of"})
_CONDITIONS = frozenset({"if", "unless", "lest", "whether"})
_SAYING = frozenset({"reported", "claimed", "confirmed", "denied"})
_ROAD_WORDS = frozenset(
    {
        "heaviest",
        "worst",
        "deadliest",
        "biggest",
        "largest",
        "longest",
        "bloodiest",
        "first",
        "fiercest",
        "most",
        "longer",
        "bigger",
        "worse",
    }
)
_NO_MODAL = frozenset({"kill", "die"})
_GENERIC_OK = frozenset({"headline", "caption", "item"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a trigger tells of, and the words that decided it."""

    reality: Reality
    why: str = ""


ACTUAL = Verdict(Reality.ACTUAL)


def judge(parsed: Parsed, trigger: Trigger, when: When | None, published: date | None) -> Verdict:
    """Judge whether a trigger tells of something that happened.

    Parameters
    ----------
    parsed : Parsed
        The sentence.
    trigger : Trigger
        One of its triggers.
    when : When or None
        The date that the sentence gives it.
    published : date or None
        Publication day, or the latest day that the article tells of.

    Returns
    -------
    Verdict
        ACTUAL, or the reality with the words that decided.
    """
    if trigger.entry.word == "casualty":
        return ACTUAL
    if parsed.doc.text.rstrip("\"'”’) ").endswith("?"):
        return Verdict(Reality.HYPOTHETICAL, "?")
    return (
        _above(parsed, trigger)
        or _history(parsed, trigger, when, published)
        or _phrases(parsed, trigger, when)
        or _habit(parsed, trigger, when)
        or ACTUAL
    )


def _above(parsed: Parsed, trigger: Trigger) -> Verdict | None:
    """Cues on the way from the trigger up to the root."""
    previous = None
    for node in climb(trigger.token):
        verdict = _at(parsed, node, previous, trigger)
        if verdict:
            return verdict
        if _closes(node, previous):
            return _condition_above(node)
        previous = node
    return None


def _closes(node: Any, previous: Any) -> bool:
    """Whether what lies above does not bear on the trigger any more."""
    if node.dep_ == "relcl":
        return True
    if node.dep_ == "advcl" and any(
        c.dep_ in ("mark", "advmod") and c.lower_ not in _CONDITIONS
        for c in node.children
        if c.i < node.i and (c.dep_ == "mark" or c.lower_ in ("when", "while", "after"))
    ):
        return True
    if (
        node.dep_ in ("prep", "agent")
        and node.lower_ in _PRESUPPOSING
        and previous is not None
        and previous.dep_ in ("pobj", "pcomp")
    ):
        return not (node.lower_ in ("of", "in", "over", "from") and _governor(node.head) is not None)
    return False


def _condition_above(node: Any) -> Verdict | None:
    """Give a condition that rules the whole clause above: "if ..., while ..."."""
    if any(c.dep_ == "mark" and c.lower_ in _CONDITIONS for c in node.children):
        return Verdict(Reality.HYPOTHETICAL, "if")
    return None


def _cues(parsed: Parsed, token: Any, where: str) -> CueEntry | None:
    """Give the cue of one sort at a token."""
    lex = lexicon().cues
    for start in (token.i, token.i - 1):
        if start >= 0:
            for length, entry in lex.at(parsed.words, start):
                if entry.where == where and start + length > token.i:
                    return entry
    return None


def _governor(token: Any) -> CueEntry | None:
    """Give the cue of a noun or verb that governs what it says."""
    for _, entry in lexicon().cues.at([token.lower_], 0):
        if entry.where in ("noun", "complement") and entry.reality != Reality.ACTUAL:
            return entry
    return None


def _at(parsed: Parsed, node: Any, previous: Any, trigger: Trigger) -> Verdict | None:
    """Cues at one node of the way up."""
    verdict = _negated(parsed, node, previous, trigger) or _auxiliary(parsed, node) or _marked(node)
    verdict = verdict or _infinitive(parsed, node) or _since(node)
    if verdict:
        return verdict
    if previous is not None and node.i != trigger.token.i:
        verdict = _governed(parsed, node, previous)
    if verdict is None and previous is None:
        verdict = _modified(parsed, node)
    return verdict


def _negated(parsed: Parsed, node: Any, previous: Any, trigger: Trigger) -> Verdict | None:
    """Give a negation on the trigger or on a verb over it; "no casualties" is a number, not a negation."""
    for child in node.children:
        if child.lower_ in _NEGATIONS and child.dep_ in ("neg", "det", "preconj", "cc", "prep"):
            if trigger.toll and child.lower_ == "no":
                continue
            if (
                is_verb(node)
                and previous is not None
                and previous.dep_ in ("advcl", "prep", "npadvmod")
                and previous.lower_ not in _ARGUMENT
            ):
                continue
            if _said(parsed, node) and previous is not None:
                continue
            return Verdict(Reality.NEGATED, child.text)
    if node.dep_ in ("pobj", "pcomp") and node.head.lower_ == "without":
        return Verdict(Reality.NEGATED, "without")
    return None


def _said(parsed: Parsed, node: Any) -> bool:
    """Whether a token is a word of saying."""
    return any(entry.pos in "vn" for _, entry in lexicon().sources.at(parsed.words, node.i))


def _auxiliary(parsed: Parsed, node: Any) -> Verdict | None:
    """Modal verbs; those of a word of saying are not about what is said."""
    if not is_verb(node) or _said(parsed, node):
        return None
    for child in node.children:
        if child.dep_ == "aux":
            cue = _cues(parsed, child, "aux")
            if cue and child.tag_ == "MD":
                return Verdict(Reality(cue.reality), child.text)
    return None


def _infinitive(parsed: Parsed, node: Any) -> Verdict | None:
    """Give an infinitive that tells of a purpose or an ability rather than of a deed: "heights from which to attack"."""
    if node.tag_ != "VB" or node.dep_ not in ("relcl", "acl", "advcl", "xcomp", "ccomp") or not _has_to(node):
        return None
    head = node.head
    if _implies(parsed, head):
        return None
    return Verdict(Reality.HYPOTHETICAL, "to " + str(node.text)) if not _governor(head) else None


def _has_to(node: Any) -> bool:
    """Tell whether a verb has a "to" of its own and is no perfect infinitive."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in node.children) and not any(
        c.dep_ == "aux" and c.lower_ == "have" for c in node.children
    )


def _implies(parsed: Parsed, node: Any) -> bool:
    """Tell whether a verb's infinitive is a deed: "managed to", "continued to"."""
    return any(e.reality == Reality.ACTUAL for _, e in lexicon().cues.at(parsed.words, node.i))


def _since(node: Any) -> Verdict | None:
    """Give what only counts the time: "since the start of the invasion", "since hostilities resumed"."""
    if node.dep_ == "prep" and node.lower_ == "since":
        return Verdict(Reality.HISTORICAL, node.text)
    mark = next((c for c in node.children if c.dep_ == "mark" and c.lower_ == "since"), None)
    return Verdict(Reality.HISTORICAL, mark.text) if mark is not None else None


def _marked(node: Any) -> Verdict | None:
    """Give a condition: the clause itself has an "if", or hangs on one."""
    for child in node.children:
        if child.dep_ == "mark" and child.lower_ in _CONDITIONS:
            return Verdict(Reality.HYPOTHETICAL, child.text)
        if child.dep_ == "advcl" and any(m.dep_ == "mark" and m.lower_ in ("if", "unless") for m in child.children):
            return Verdict(Reality.HYPOTHETICAL, "if")
    return None


def _governed(parsed: Parsed, node: Any, previous: Any) -> Verdict | None:
    """Give a word that governs what it says: "vowed to attack", "threat of an attack", "call for"."""
    for _, entry in lexicon().cues.at(parsed.words, node.i):
        if not entry.reality or entry.reality == Reality.ACTUAL:
            continue
        if entry.where == "complement" and _complement(node, previous):
            if entry.reality == Reality.THREATENED and _told_as_past(previous):
                continue
            return Verdict(Reality(entry.reality), node.text)
        if (
            entry.where == "noun"
            and previous.dep_ in ("prep", "acl", "relcl", "compound", "ccomp", "nmod", "pcomp")
            and previous.dep_ != "relcl"
        ):
            return Verdict(Reality(entry.reality), node.text)
    return None


def _complement(node: Any, previous: Any) -> bool:
    """Whether the part below is what a verb or adjective is about."""
    if previous.dep_ in ("xcomp", "ccomp", "dobj", "nsubjpass", "pcomp", "acomp"):
        return True
    if previous.dep_ == "prep":
        return previous.lower_ in ("of", "for", "against", "from", "to", "on", "about", "in", "at") and not (
            previous.lower_ in ("in", "on", "at")
            and previous.i < node.i
            and node.lower_ not in ("aimed", "aiming", "succeeded")
        )
    return bool(previous.dep_ == "advcl" and previous.tag_ == "VB")


def _told_as_past(clause: Any) -> bool:
    """Give a warning or promise whose clause is in the past tells of something that was: "warned that troops had entered"."""
    return clause.dep_ == "ccomp" and (
        clause.tag_ == "VBD"
        or any(c.dep_ == "aux" and c.lower_ in ("had", "have", "has", "was", "were") for c in clause.children)
    )


def _modified(parsed: Parsed, node: Any) -> Verdict | None:
    """Adjectives and adverbs on the trigger itself."""
    for child in [
        *node.children,
        *(list(node.head.children) if not is_verb(node) and node.dep_ == "compound" else []),
    ]:
        if child.dep_ in ("amod", "det", "advmod", "compound", "nmod"):
            cue = _cues(parsed, child, "modifier")
            if cue and cue.reality and cue.word != "repeatedly" and (cue.word != "recent" or node.tag_ == "NNS"):
                return Verdict(Reality(cue.reality), child.text)
    return None


def _history(parsed: Parsed, trigger: Trigger, when: When | None, published: date | None) -> Verdict | None:
    """Older than twelve months, or compared with: "the heaviest since clashes in July"."""
    if when and when.end and published and when.end < published - YEAR:
        return Verdict(Reality.HISTORICAL, _words(parsed, when))
    compared = _compared(trigger)
    if compared:
        return Verdict(Reality.HISTORICAL, compared)
    described = _describes_conflict(parsed, trigger)
    if described:
        return Verdict(Reality.HISTORICAL, described)
    if _named_war(parsed, trigger):
        return Verdict(Reality.HISTORICAL, trigger.token.text)
    known = _presupposed(parsed, trigger) if when is None else ""
    return Verdict(Reality.HISTORICAL, known) if known else None


def _presupposed(parsed: Parsed, trigger: Trigger) -> str:
    """Give the "When" of an undated clause that opens a sentence about no event: "When Kuwait was invaded, prices rose"."""
    for node in climb(trigger.token):
        if node.dep_ != "advcl" or node.head.dep_ != "ROOT":
            continue
        first = next(iter(node.subtree))
        inside = {token.i for token in node.subtree}
        others = {start for start, _, _ in lexicon().triggers.find(parsed.words)} - inside
        if first.i == 0 and first.lower_ in ("when", "after", "since") and not others:
            return str(first.text)
    return ""


def _words(parsed: Parsed, when: When) -> str:
    """Give the words that a date came from."""
    if when.span is None:
        return str(when.end)
    base = parsed.sentence.span.start
    return str(parsed.doc.text[max(0, when.span.start - base) : max(0, when.span.end - base)]) or str(when.end)


def _compared(trigger: Trigger) -> str:
    """Under a "since" or "than" that a superlative or comparative governs."""
    for node in climb(trigger.token):
        marks = [c for c in node.children if c.dep_ == "mark" and c.lower_ in ("since", "than")] or (
            [node] if node.dep_ == "prep" and node.lower_ in ("since", "than") else []
        )
        if marks and node.i != trigger.token.sent.root.i:
            before = [t.lower_ for t in trigger.token.doc[max(0, marks[0].i - 8) : marks[0].i]]
            if marks[0].lower_ == "than" or any(w in _ROAD_WORDS or w.endswith("est") for w in before):
                return str(marks[0].text)
    return ""


def _describes_conflict(parsed: Parsed, trigger: Trigger) -> str:
    """Give the war or conflict that a trigger's clause describes: "a conflict which has left thousands dead"."""
    for node in climb(trigger.token):
        if node.dep_ in ("relcl", "acl") and node.head.tag_.startswith("NN") and (node.tag_ != "VBD" or _perfect(node)):
            topics = [e for _, e in lexicon().context.at(parsed.words, node.head.i)]
            if any(e.reality in (Reality.HISTORICAL, Reality.GENERIC) and e.word in _LASTING for e in topics):
                return str(node.head.text)
    return ""


_LASTING = frozenset({"war", "conflict", "dispute", "crisis", "standoff"})


def _named_war(parsed: Parsed, trigger: Trigger) -> bool:
    """Give a trigger inside a proper name: "Battle of Adwa", "the Gulf War"."""
    token = trigger.token
    if not token.text[:1].isupper() or token.i == 0 or parsed.sentence.role == "headline":
        return False
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return bool(following is not None and following.lower_ == "of") or bool(token.tag_ == "NNP")


def _phrases(parsed: Parsed, trigger: Trigger, when: When | None) -> Verdict | None:
    """Give fixed phrases in the sentence."""
    for start, length, entry in lexicon().cues.find(parsed.words):
        if entry.where not in ("phrase", "cause") or not entry.reality:
            continue
        if entry.word == "in the past" and parsed.doc[start + length - 1].dep_ != "pobj":
            continue
        if (
            entry.where == "phrase"
            and entry.reality == Reality.GENERIC
            and when is not None
            and when.precision is DatePrecision.DAY
            and not entry.word.startswith(("every", "each"))
        ):
            continue
        if _same_clause(parsed, trigger, start) and not (when is not None and _instance(trigger.token, start)):
            return Verdict(Reality(entry.reality), parsed.text(start, start + length))
    return None


def _instance(token: Any, i: int) -> bool:
    """Tell whether a noun is named as one instance of what was told to happen often: "including a closure in May"."""
    return any(n.lower_ in ("including", "notably") and n.i > i for n in climb(token))


def _same_clause(parsed: Parsed, trigger: Trigger, i: int) -> bool:
    """Whether a token lies in the trigger's clause or over it."""
    node = parsed.doc[i]
    over = {n.i for n in climb(trigger.token)}
    return any(n.i in over for n in climb(node) if is_verb(n) or n.i == trigger.token.i) and not any(
        n.dep_ == "relcl" and n.i not in over for n in climb(node)
    )


_STATES = frozenset({"troop_movement", "other", "protest"})


_LONG_DAYS = 45


def _many(trigger: Trigger, when: When | None) -> bool:
    """Tell whether a toll or a count of violations is over months: "since January 24 civilians have been killed"."""
    if when is None or when.start is None or when.end is None or (when.end - when.start).days <= _LONG_DAYS:
        return False
    if when.precision is DatePrecision.YEAR and trigger.kind != Kind.TERRITORIAL_SEIZURE:
        return True
    return trigger.toll or trigger.entry.word == "ceasefire violation"


def _undergone(trigger: Trigger, verb: Any) -> bool:
    """Tell whether acts are what somebody went through over the years: "have suffered massacres", "has seen clashes"."""
    plural = trigger.token.dep_ == "dobj" and trigger.token.tag_ == "NNS"
    return bool(plural and _perfect(verb) and verb.lower_ in _UNDERGOING)


_UNDERGOING = frozenset({"suffered", "seen", "experienced", "witnessed", "endured", "faced", "survived", "known"})
_STEPS = frozenset(
    {"send", "dispatch", "mobilise", "redeploy", "reinforce", "move", "pull back", "retreat", "evacuate"}
)
"""What is told in the perfect tense as news of the day, while "has deployed" and "has massed" tell how things stand."""


def _participle_of(verb: Any) -> Any:
    """Give the main verb that a bare participle goes with: "fighters, battling the army, regularly cross"."""
    if verb.tag_ != "VBG" or verb.dep_ not in ("acl", "advcl") or children(verb, "aux"):
        return None
    return next((n for n in climb(verb.head) if is_verb(n)), None)


def _perfect(verb: Any) -> bool:
    """Tell whether a verb is in the present perfect, which without a date tells of a state."""
    return any(c.dep_ == "aux" and c.lower_ in ("has", "have", "'ve") for c in verb.children)


def _habit(parsed: Parsed, trigger: Trigger, when: When | None) -> Verdict | None:
    """Give habits, states and counts: an adverb of habit, a plain present without a date, a toll over months."""
    verb = next((n for n in climb(trigger.token) if is_verb(n) and n.dep_ != "amod"), None)
    if verb is None:
        return None
    state = _state(trigger, verb, when)
    if state:
        return Verdict(Reality.GENERIC, state)
    outer = _participle_of(verb)
    verb = outer if outer is not None and when is None else verb
    return _adverb(parsed, verb, when) or _present(parsed, trigger, verb, when)


def _state(trigger: Trigger, verb: Any, when: When | None) -> str:
    """Give the words of a state or a count: "troops deployed in X", "has withdrawn", "killed since January"."""
    if _many(trigger, when):
        return "a count over months"
    if when is None and _undergone(trigger, verb):
        return str(verb.text)
    if trigger.kind not in _STATES or trigger.entry.word in _STEPS or when is not None:
        return ""
    if trigger.kind == Kind.TROOP_MOVEMENT and trigger.token.dep_ == "acl" and trigger.token.tag_ == "VBN":
        return str(trigger.token.text)
    return "has " + str(verb.text) if _perfect(verb) else ""


def _adverb(parsed: Parsed, verb: Any, when: When | None) -> Verdict | None:
    """Give an adverb of habit, unless a day is named."""
    for child in verb.children:
        if child.dep_ == "advmod":
            cue = _cues(parsed, child, "modifier")
            day = when is not None and when.precision is DatePrecision.DAY
            if cue and cue.reality and not (cue.reality == Reality.GENERIC and day):
                return Verdict(Reality(cue.reality), child.text)
    return None


def _present(parsed: Parsed, trigger: Trigger, verb: Any, when: When | None) -> Verdict | None:
    """Give the plain present of a sentence without a day, and ground that "is still occupied"."""
    present = verb.tag_ in ("VBP", "VBZ") and not children(verb, "aux", "auxpass")
    if trigger.kind == Kind.TERRITORIAL_SEIZURE and verb.tag_ == "VBN" and not children(verb, "aux"):
        present = any(c.tag_ in ("VBP", "VBZ") for c in children(verb, "auxpass"))
        if present and any(c.lower_ in ("still", "currently", "now") for c in verb.children):
            return Verdict(Reality.GENERIC, "still " + str(verb.text))
    vague = when is None or when.precision in (DatePrecision.YEAR, DatePrecision.MONTH, DatePrecision.UNKNOWN)
    if present and vague and parsed.sentence.role not in _GENERIC_OK and not _said(parsed, verb):
        return Verdict(Reality.GENERIC, verb.text)
    return None
