"""The date of a trigger: in its clause first, then in its sentence, else carried over."""

from datetime import date
from typing import Any

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
        if tokens is None or _compares(parsed.doc[tokens[0]]):
            continue
        cost = min(_cost(parsed.doc[i], token) for i in range(*tokens))
        ranked.append((cost + _FINE.get(when.precision, 0.8), tokens[0], tokens[1], when))
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
