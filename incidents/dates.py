"""Every time expression of a text as an interval of days, with the words it came from.

The text is cut into time words (`incidents.datewords`), patterns over their codes find the expressions, and each pattern has
one function that turns it into intervals (`incidents.daterules`, `incidents.daterelative`). What has no year, a weekday, "last week" and the like are
resolved from the article's publication date; "two days earlier" from the last day that the text named before.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from incidents.datereckon import Clock, Reckoned, Rule
from incidents.daterelative import RELATIVE_RULES, count_from, stands_before_event
from incidents.daterules import CALENDAR_RULES
from incidents.datewords import Atom, code_string, context_words, read_atoms, read_rows
from incidents.model import Article, DatePrecision, Span, When
from incidents.periods import shift

CITATION = "citation"
DATELINE = "dateline"
COMPARISON = "comparison"
NAME = "name"

_RULES: dict[str, Rule] = {rule.__name__: rule for rule in (*CALENDAR_RULES, *RELATIVE_RULES)}
_DAY = r"(?:e?D)f?M|Me?D"
_FULL = rf"(?:[PL]?O?WC?O?e?)?(?:{_DAY})(?:C?Y)?"
_GRAMMAR = re.compile(
    "|".join(
        f"(?P<{name}>{pattern})"
        for name, pattern in (
            ("iso_range", "I(?:Z|K)I"),
            ("iso", "I"),
            ("slashed", "x"),
            ("holiday", "jC?Y|j"),
            ("week_of", rf"e?Uf(?:{_FULL})"),
            ("day_range", rf"[Vb]?{_FULL}ZO?{_FULL}|V{_FULL}u{_FULL}|b{_FULL}K{_FULL}"),
            (
                "days_of_month",
                r"[Vb]?(?:MDZD(?:C?Y)?|e?DZe?Df?M(?:C?Y)?)|Ve?Due?Df?M(?:C?Y)?|b(?:MDKD(?:C?Y)?|e?DKe?Df?M(?:C?Y)?)",
            ),
            ("day_list", r"MD(?:CD)*C?KD(?:C?Y)?|D(?:Ce?D)*C?Ke?D(?:f?M)(?:C?Y)?"),
            ("day", _FULL),
            ("ordinal_day", "[Of]eD(?!f?M|[CKZ]*D)"),
            ("month_range", r"[Vb]?P?M(?:C?Y)?ZP?M(?:C?Y)?|bP?M(?:C?Y)?KP?M(?:C?Y)?"),
            ("last_month", r"[LpHX]M|P?Mf[LHX]U"),
            ("month", r"P?M(?:C|f)?Y|P?M"),
            ("season", r"[SQ]?e?P?Gf?Y|[SQ]?e?P?Gf[LHX]U|[LHX]G|[SQ]e?P?G"),
            ("year_range", r"[Vb]?Y(?:ZY|ZD)|bYKY"),
            ("year", r"Pe?Y|Y|P?e?y"),
            ("overnight", r"g(?!O?[VZib]?e?(?:D|M))(?:O?[VZib]?O?W(?:[ZiK]O?W)?)?|Wg"),
            ("weekday_range", r"[Vb]?O?WZO?W|bO?WKO?W"),
            ("weekday_of_week", r"P?O?Wf?[LHX]U|WEL"),
            ("weekday", r"[LHX]?P?O?W"),
            ("ago", r"[ND]U(?:Z[ND]U)?A|UA"),
            ("within", r"[EF]QeU"),
            ("earlier", r"[ND]U[EFa]|e?U[Ea]"),
            ("running", r"w[Ne]?dU"),
            ("same", r"[Jh](?:U|T)"),
            ("previous", r"[pn](?:U|T)"),
            ("last_units", r"[LpH][ND]U|QeL[ND]U"),
            ("unit", r"P?[LHX](?:U|T)|PeU"),
            ("weekend", r"eU(?!f)"),
            ("recent", r"rU"),
            ("deictic", "R"),
        )
    )
)
_SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s|\n\s*\n")
_COMMON_IN_CITATIONS = frozenset({"see", "in", "via", "the", "of", "and", "accessed", "also", "cf", "cf."})
_SLASHED = re.compile(r"(?<![\w/.-])(\d{1,2})[/-](\d{1,2})[/-]\d{4}(?![\w/-])")
_EVENT = re.compile(
    r"\s{1,3}(?:(?:the|an?|its|his|her|their|that|this)\s)?"
    r"(?:(?!\w+ed\b)[\w'’-]+\s(?:[\w'’-]+\s){0,2}?(?:(?:was|were|had been) \w+ )?(?:on|of)\s(?:the\s)?)?"
)
_MONTHS = 12
_BEGIN = r"(?:(?<!\w)|(?=\.))"
_LOOK_BACK = 1500
_PAREN = 200
_SENTENCE = 400
_CUE = 70


def find_dates(text: str, article: Article, *, span: Span | None = None, anchor: date | None = None) -> list[When]:
    """Find the time expressions of a text.

    Parameters
    ----------
    text : str
        The article's text or its clean copy (`clean_text`): offsets count in it.
    article : Article
        Its publication date or year is what dates without a year, weekdays and "last week" count from.
    span : Span, optional
        Only expressions that begin in this stretch; without `anchor`, the text before it is read for one.
    anchor : date, optional
        The day that "two days earlier" counts from, until the text names another one.

    Returns
    -------
    list of When
        In text order, each with its span and rule. Dates of sources in brackets have rule "citation", a dateline's
        "dateline", dates that only measure ("the deadliest since May") "comparison". Where the year is unknown, start and
        end are None and `partial` keeps month and day ("--05-03").

    Examples
    --------
    >>> from incidents.model import Article
    >>> article = Article("id", "", (), published=date(2025, 5, 14), year=2025)
    >>> for when in find_dates("On the nights of 3 and 5 May, and again on Monday", article):
    ...     print(when.start, when.end, when.precision, when.rule)
    2025-05-03 2025-05-03 day day_list
    2025-05-05 2025-05-05 day day_list
    2025-05-12 2025-05-12 day weekday
    """
    region = span or Span(0, len(text))
    begin = max(0, region.start - _LOOK_BACK) if span and anchor is None else region.start
    clock = Clock(
        published=article.published,
        year=article.year,
        anchor=anchor,
        inferred=article.published_by == "inferred",
        month_first=is_month_first(article, text),
    )
    found: list[When] = []
    waiting: list[Atom] = []
    for match, atoms in _expressions(text, Span(begin, region.end)):
        now = _set_clock(clock, text, atoms)
        whens = [
            _finish(text, reckoned, str(match.lastgroup), atoms, now)
            for reckoned in _RULES[str(match.lastgroup)](atoms, now, text)
        ]
        counted = _count_from(waiting, whens, text, now)
        is_waiting = match.lastgroup == "earlier" and not whens and stands_before_event(atoms, text)
        waiting = [atom for atom in atoms if atom.code not in "SuB"] if is_waiting else []
        for when in whens:
            clock = _advance(clock, when, atoms)
        found += [when for when in (*counted, *whens) if when.span is not None and when.span.start >= region.start]
    return found


def is_month_first(article: Article, text: str) -> bool | None:
    """Tell whether "5/6/2023" has the month first: from the article's other dates, else from where it was published.

    Parameters
    ----------
    article : Article
        Its publisher and address are looked up in `incidents/data/dates/orders.csv`.
    text : str
        Its text; "25/6/2023" settles the order.

    Returns
    -------
    bool or None
        None where nothing tells.

    Examples
    --------
    >>> is_month_first(Article("id", "", (), publisher="Border Courier"), "on 6/25/2023 and 5/6/2023")
    True
    """
    orders = {
        int(first) > _MONTHS for first, second in _SLASHED.findall(text) if max(int(first), int(second)) > _MONTHS
    }
    if len(orders) == 1:
        return not orders.pop()
    place = f" {article.publisher.lower()} {article.url.lower()} "
    rows = [row for row in read_rows("orders.csv") if re.search(rf"{_BEGIN}{re.escape(row['text'])}(?![\w.])", place)]
    return rows[0]["order"] == "month first" if rows else None


def _count_from(waiting: list[Atom], whens: list[When], text: str, clock: Clock) -> list[When]:
    """Date "two days after" from the day that the event after it has: "two days after the raid of 3 May"."""
    if not waiting or not whens or whens[0].end is None or whens[0].span is None:
        return []
    is_year = whens[0].precision is DatePrecision.YEAR and waiting[-2].value == "year"
    if (whens[0].precision is not DatePrecision.DAY and not is_year) or not _EVENT.fullmatch(
        text[waiting[-1].end : min(whens[0].span.start, waiting[-1].end + _CUE)]
    ):
        return []
    reckoned = count_from(waiting, replace(clock, anchor=whens[0].end, named=whens[0].end))
    return [
        When(r.start, r.end, r.precision, Span(waiting[0].start, waiting[-1].end), "counted", partial=r.partial)
        for r in reckoned
    ]


def _expressions(text: str, region: Span) -> Iterator[tuple[re.Match[str], list[Atom]]]:
    """Yield each expression with its atoms; a word "since", "by" or "until" right before it comes first."""
    codes, aligned = code_string(text, list(read_atoms(text, *region)))
    for match in _GRAMMAR.finditer(codes):
        begin = match.start()
        for _ in range(3):
            if begin and codes[begin - 1] in "eOQPEFVwb":
                begin -= 1
        if begin and codes[begin - 1] in "SuB":
            begin -= 1
        else:
            begin = match.start()
        before = [atom for atom in aligned[begin : match.start()] if atom is not None and atom.code in "SuB"]
        yield match, before + [atom for atom in aligned[match.start() : match.end()] if atom is not None]


def _set_clock(clock: Clock, text: str, atoms: list[Atom]) -> Clock:
    """Set what this expression counts from: whether its clause tells of the future, and its sentence's year."""
    start, end = atoms[0].start, atoms[-1].end
    before = _SENTENCE_END.split(text[max(0, start - _CUE) : start])[-1]
    after = _SENTENCE_END.split(text[end : end + _CUE])[0]
    cues = context_words("future")
    future = _has_word(before, cues) or _has_word(after, frozenset({"will", "shall"}))
    year = clock.stated_year
    far = start - clock.stated_at > _SENTENCE
    if year and (
        far or _is_citation(text, start) or _SENTENCE_END.search(text, clock.stated_at, max(clock.stated_at, start))
    ):
        year = None
    return replace(clock, future=future, stated_year=year)


def _has_word(text: str, words: frozenset[str]) -> bool:
    """Whether one of the words or phrases stands in a text."""
    padded = f" {re.sub(r'[^a-z]+', ' ', text.lower())} "
    return any(f" {word} " in padded for word in words)


def _finish(text: str, reckoned: Reckoned, rule: str, atoms: list[Atom], clock: Clock) -> When:
    """Make the `When`: apply "since", "by", "until", and say where the date is only a source's or a measure."""
    first, last = reckoned.atoms[0], reckoned.atoms[-1]
    when = When(
        reckoned.start, reckoned.end, reckoned.precision, Span(first.start, last.end), rule, partial=reckoned.partial
    )
    prefix = atoms[0].code if atoms[0].code in "SuB" else ""
    comparison, since = _since_clause(text, atoms[0].start)
    if prefix == "S" or since:
        when = _since(when, clock)
    elif prefix == "u":
        start = (
            clock.anchor
            if clock.anchor and when.end and shift(when.end, -31) <= clock.anchor <= when.end
            else when.start
        )
        when = replace(
            when, start=start, rule="until", precision=DatePrecision.SPAN if start != when.end else when.precision
        )
    elif prefix == "B":
        when = replace(when, rule="by")
    if prefix and when.span is not None:
        when = replace(when, span=Span(atoms[0].start, when.span.end))
    if (prefix == "S" or since) and comparison:
        return replace(when, rule=COMPARISON)
    if _is_citation(text, first.start):
        return replace(when, rule=CITATION)
    if _is_name(text, reckoned, when):
        return replace(when, start=None, end=None, precision=DatePrecision.UNKNOWN, rule=NAME, partial=_partial(when))
    return replace(when, rule=DATELINE) if _is_dateline(text, first.start, last.end) else when


def _since(when: When, clock: Clock) -> When:
    """Let an interval run on to the day of publication."""
    precision = DatePrecision.SPAN if when.precision is DatePrecision.DAY else when.precision
    end = clock.published or when.end
    if when.start is None or end is None or end < when.start:
        return replace(when, rule="since")
    return replace(when, end=end, rule="since", precision=precision)


def _since_clause(text: str, start: int) -> tuple[bool, bool]:
    """Whether a superlative and a "since" with its clause stand before ("since hostilities resumed on 7 December")."""
    sentence = _SENTENCE_END.split(text[max(0, start - 160) : start])[-1]
    head, since, clause = sentence.rpartition("since")
    is_clause = bool(since) and not re.search(r"[,;:()]|\bsince\w", since + clause) and len(clause.split()) <= 6
    return _has_word(head if since else sentence, context_words("comparison")), is_clause


def _is_citation(text: str, start: int) -> bool:
    """Whether a date stands in brackets after nothing but a source's name: "(TASS, September 8)"."""
    before = text[max(0, start - _PAREN) : start]
    opening = before.rfind("(")
    if opening < 0 or ")" in before[opening:] or "\n\n" in before[opening:]:
        return False
    inside = re.split(r";", before[opening + 1 :])[-1].strip()
    if not inside.endswith(",") and not inside.lower().startswith("see"):
        return False
    words = [word for word in re.split(r"[\s,]+", inside) if word]
    return len(words) <= 10 and all(not word[0].islower() or word.lower() in _COMMON_IN_CITATIONS for word in words)


def _is_name(text: str, reckoned: Reckoned, when: When) -> bool:
    """Whether a day without a year is part of a name: "the November 9 statement" may be years old."""
    last = reckoned.atoms[-1]
    codes = "".join(atom.code for atom in reckoned.atoms)
    after = re.match(r"\s(?:[a-z]+\s)?([a-z]+)", text[last.end : last.end + 50])
    nouns = context_words("named")
    is_noun = after is not None and (after[1] in nouns or after[0].split()[0] in nouns)
    is_bare = re.fullmatch(r"e?(?:MD|DM)", codes) is not None and when.precision is DatePrecision.DAY
    led_in = codes[0] == "e" or re.search(
        r"\b[Tt]he\s$", text[max(0, reckoned.atoms[0].start - 5) : reckoned.atoms[0].start]
    )
    return is_bare and is_noun and bool(led_in)


def _partial(when: When) -> str:
    """Month and day of a date without its year."""
    return when.partial or (f"--{when.start:%m-%d}" if when.start else "")


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a date stands at the head of its paragraph, between a place in capitals and a dash or an agency."""
    begin = max(0, start - 80)
    line = text[max(text.rfind("\n", begin, start) + 1, begin) : start].strip(" ,*_#\t\ufeff")
    after = text[end : end + 60]
    if not line or len(line) > 60 or any(char in line for char in ".;:\n"):
        return False
    place = line.split(",")[0].split("/")[0]
    return place.isupper() and re.match(r"[\s,]*(?:\([^()\n]{1,40}\)\s*)?[-–—]", after) is not None


def _advance(clock: Clock, when: When, atoms: list[Atom]) -> Clock:
    """Remember the day and the year that the text has named."""
    if when.rule in (CITATION, COMPARISON, NAME):
        return clock
    stated = next((atom for atom in atoms if atom.code == "Y" and isinstance(atom.value, int)), None)
    if stated is not None and len(atoms) > 1 and atoms[0].code not in "PS":
        clock = replace(clock, stated_year=int(str(stated.value)), stated_at=stated.end)
    if when.end is not None:
        clock = replace(clock, named=when.end)
    is_day = when.precision in (DatePrecision.DAY, DatePrecision.SPAN) and when.rule != "since"
    if is_day or re.fullmatch(r"--\d\d-\d\d", when.partial):
        return replace(clock, anchor=when.end, partial=when.partial)
    return clock
