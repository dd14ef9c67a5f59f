"""The date of a trigger: in its clause first, then in its sentence, else carried over."""

from datetime import date, timedelta
from typing import Any

from incidents.lexicon import lexicon
from incidents.model import DatePrecision, When
from incidents.parse import Parsed, climb

SET_ASIDE_RULES = frozenset({"citation", "dateline", "comparison"})
_TOO_FAR = 4.5
_LISTED = ((), ("and",), (",",), (",", "and"), ("and", "on"), ("and", "the"), ("to",))
_FINE = {DatePrecision.DAY: 0.0, DatePrecision.SPAN: 0.1, DatePrecision.WEEK: 0.3, DatePrecision.MONTH: 0.5}


def sentence_whens(parsed: Parsed) -> list[When]:
    """Return the dates of a sentence that can date an event: no sources in brackets, no datelines, no comparisons."""
    return [w for w in parsed.whens if w.rule not in SET_ASIDE_RULES and w.span is not None and (w.start or w.end)]


def find_when(parsed: Parsed, token: Any) -> When | None:
    """Find the date of a trigger in its sentence.

    Parameters
    ----------
    parsed : Parsed
        The sentence with its dates.
    token : spacy.Token
        The trigger.

    Returns
    -------
    When or None
        The date nearest in the parse; several days of one list make an interval. None when the sentence does not say.
    """
    ranked = []
    for when in sentence_whens(parsed):
        tokens = parsed.tokens_in(when.span) if when.span else None
        if tokens is None or _compares(parsed.doc[tokens[0]]) or _names(parsed, tokens):
            continue
        cost = min(_cost(parsed.doc[i], token) for i in range(*tokens))
        ranked.append((cost + _FINE.get(when.precision, 0.8), tokens[0], tokens[1], when))
    counted = _counted_back(parsed, token, ranked)
    if counted is not None:
        return counted
    if not ranked:
        return None
    cost, first, last, best = min(ranked, key=lambda item: item[:2])
    if cost >= _TOO_FAR:
        return None
    chain = [best]
    for _, begin, end, when in sorted(ranked, key=lambda item: item[1]):
        if begin >= last and parsed.words[last:begin] in _LISTED and when.precision is best.precision:
            chain.append(when)
            last = end
        elif end <= first and parsed.words[end:first] in _LISTED and when.precision is best.precision:
            chain.insert(0, when)
    return _spanning(chain) if len(chain) > 1 else best


def _names(parsed: Parsed, tokens: tuple[int, int]) -> bool:
    """Tell whether a date belongs to the name of something that is no event: "the November 2020 agreement"."""
    for i in range(*tokens):
        node = parsed.doc[i]
        if node.dep_ not in ("compound", "nummod", "amod", "nmod") or node.head.i < tokens[1]:
            continue
        head = node.head
        before = parsed.words[tokens[0] - 1] if tokens[0] else ""
        if before in ("on", "in", "by", "since", "until", "from", "of") and head.lower_ not in _NAMED:
            return False
        if (
            head.tag_.startswith("NN")
            and head.lower_ not in _FIGHTS
            and not lexicon().triggers.at(parsed.words, head.i)
        ):
            return True
    return False


def _counted_back(parsed: Parsed, token: Any, ranked: list[tuple[float, int, int, When]]) -> When | None:
    """Give the day before which something else happened: "the fighting came a week after rebels attacked"."""
    after = next(
        (
            c
            for n in climb(token)
            for c in n.children
            if c.dep_ in ("mark", "prep") and c.lower_ == "after" and c.i < token.i
        ),
        None,
    )
    after = after or next((n for n in climb(token) if n.lower_ == "after" and n.i < token.i), None)
    if after is None or parsed.anchor is None or any(first > after.i for _, first, _, _ in ranked):
        return None
    before = parsed.words[max(0, after.i - 3) : after.i]
    unit = next((_UNITS[w] for w in before if w in _UNITS), None)
    number = next(
        (_NUMBERS[w] if w in _NUMBERS else int(w) for w in before if w in _NUMBERS or (w.isdigit() and len(w) < 3)),
        None,
    )
    if unit is None or number is None:
        return None
    day = parsed.anchor - timedelta(days=unit * number)
    slack = 0 if unit == 1 else unit // 4
    precision = DatePrecision.DAY if unit == 1 else DatePrecision.WEEK if unit == 7 else DatePrecision.MONTH
    return When(day - timedelta(days=slack), day + timedelta(days=slack), precision, None, "counted back")


_NAMED = frozenset(
    {
        "agreement",
        "war",
        "ceasefire",
        "accord",
        "accords",
        "statement",
        "declaration",
        "truce",
        "treaty",
        "deal",
        "summit",
    }
)
_UNITS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30}
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ten": 10}
_FIGHTS = frozenset(
    [
        "war",
        "operation",
        "operations",
        "conflict",
        "escalation",
        "hostilities",
        "crisis",
        "events",
        "uprising",
        "insurrection",
        "rebellion",
        "revolt",
        "insurgency",
        "coup",
    ]
)


def _compares(node: Any) -> bool:
    """Tell whether a date only stands in a comparison: "longer than in July"."""
    return any(n.lower_ == "than" or (n.dep_ == "prep" and n.lower_ == "like") for n in climb(node))


def _cost(node: Any, token: Any) -> float:
    """How far a date hangs from a trigger, with clause borders counted more."""
    up = {n.i: k for k, n in enumerate(climb(token))}
    cost = 0.0
    joint = None
    for n in climb(node):
        if n.i in up:
            joint = n
            break
        cost += 2.0 if n.dep_ in ("relcl", "ccomp") else 1.3 if n.dep_ in ("advcl", "acl") else 0.25
    if joint is None:
        return 3.5 + cost
    for n in climb(token):
        if n.i == joint.i:
            break
        cost += 0.8 if n.dep_ in ("ccomp", "relcl", "parataxis") else 0.9 if n.dep_ == "advcl" else 0.2
    return cost


def _spanning(whens: list[When]) -> When:
    """Give one interval over the days of a list: "on 3 and 5 May"."""
    starts = [w.start for w in whens if w.start]
    ends = [w.end for w in whens if w.end]
    return (
        When(min(starts), max(ends), DatePrecision.DAY, whens[0].span, whens[0].rule) if starts and ends else whens[0]
    )


def overlap(a: When | None, b: When | None, *, slack: int = 0) -> bool:
    """Whether two dates can be the same; unknown ones can.

    Examples
    --------
    >>> overlap(When(date(2024, 5, 3), date(2024, 5, 3)), When(date(2024, 5, 4), date(2024, 5, 4)))
    False
    """
    if a is None or b is None or None in (a.start, a.end, b.start, b.end):
        return True
    starts, ends = (_days(a.start), _days(b.start)), (_days(a.end), _days(b.end))
    return max(starts) <= min(ends) + slack


def _days(day: date | None) -> int:
    return day.toordinal() if day else 0
