"""What was set aside: sentences with a trigger, or about diplomacy and politics, that tell of no incident."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from incidents.carry import NAMED_WITH_DATES
from incidents.drafts import VIOLENCE
from incidents.lexicon import TOLL, WORD, CueEntry, Phrases, lexicon, rows
from incidents.model import Kind, Reality, SetAside, Span, When
from incidents.ordered import Ordered
from incidents.reality import YEAR, Verdict
from incidents.sentences import Sentence

_TOKEN = re.compile(r"\w+")
_STRONG = {Reality.THREATENED: 3, Reality.HYPOTHETICAL: 2, Reality.HISTORICAL: 2, Reality.DEMAND: 1}


@cache
def _headings() -> Phrases[str]:
    return Phrases((row["word"], row["reality"]) for row in rows("headings.csv"))


def background_heading(heading: str) -> str:
    """Return the word that makes a section one of background, "" when none does.

    Examples
    --------
    >>> background_heading("## Background"), background_heading("Incidents")
    ('background', '')
    """
    words = [w.lower() for w in WORD.findall(heading)]
    return next((" ".join(words[i : i + n]) for i, n, _ in _headings().find(words) if len(words) <= 6), "")


def set_aside(
    text: str,
    sentences: Sequence[Sentence],
    aside: dict[int, list[Any]],
    *,
    incidents: Iterable[Span],
    whens: Sequence[When],
    latest: date | None,
) -> list[SetAside]:
    """List the sentences that were set aside, with the words that decided.

    Parameters
    ----------
    text : str
        The article, cleaned.
    sentences : sequence of Sentence
        Its sentences.
    aside : dict of int to list of (Trigger, Verdict)
        Triggers that tell of nothing that happened.
    incidents : iterable of Span
        Sentences that became incidents.
    whens : sequence of When
        The article's dates.
    latest : date or None
        Publication day.

    Returns
    -------
    list of SetAside
        In reading order; each sentence and reality once.
    """
    taken = set(incidents)
    days = Ordered([w for w in whens if w.span], _start)
    found: dict[tuple[Span, Reality], SetAside] = {}
    for sentence in sentences:
        for trigger, verdict in aside.get(sentence.index, []):
            kind = None if trigger.kind == TOLL else Kind(trigger.kind)
            found.setdefault(
                (sentence.span, verdict.reality), SetAside(verdict.reality, sentence.span, verdict.why, kind)
            )
        if sentence.span not in taken:
            verdict = _context(text[sentence.span.start : sentence.span.end], _old(days.within(*sentence.span), latest))
            if verdict:
                found.setdefault(
                    (sentence.span, verdict.reality), SetAside(verdict.reality, sentence.span, verdict.why)
                )
    return list(found.values())


def past_sentences(
    text: str, sentences: Sequence[Sentence], whens: Sequence[When], latest: date | None
) -> dict[int, str]:
    """Find the undated sentences that go on telling of a time more than a year back.

    Parameters
    ----------
    text : str
        The article, cleaned.
    sentences : sequence of Sentence
        Of the article.
    whens : sequence of When
        Its dates, in order.
    latest : date or None
        Publication day; without it nothing is told to be past.

    Returns
    -------
    dict of int to str
        By the sentence's index, the year that it still is in.
    """
    found: dict[int, str] = {}
    if latest is None:
        return found
    year, paragraph, at = "", -1, 0
    for sentence in sentences:
        days = []
        while at < len(whens) and (whens[at].span is None or _start(whens[at]) < sentence.span.end):
            if (
                whens[at].end is not None
                and _start(whens[at]) >= sentence.span.start
                and whens[at].rule != "citation"
                and not _names(text, whens[at])
            ):
                days.append(whens[at])
            at += 1
        if sentence.role == "headline" or sentence.paragraph > paragraph + 1:
            year = ""
        paragraph = sentence.paragraph
        if days:
            last = max(w.end for w in days if w.end is not None)
            year = str(last.year) if last < latest - YEAR else ""
        elif year:
            found[sentence.index] = year
    return found


def _names(text: str, when: When) -> bool:
    """Tell whether a date is part of a name that tells of no time: "the November 2020 agreement"."""
    after = text[when.span.end : when.span.end + 30].split() if when.span else []
    return bool(after) and after[0].lower().strip(",.") in NAMED_WITH_DATES


def _start(when: When) -> int:
    """Give where a date's words begin."""
    return when.span.start if when.span is not None else -1


def _old(whens: Sequence[When], latest: date | None) -> str:
    """Give the year of a sentence's date that lies more than twelve months back."""
    return next((str(w.end.year) for w in whens if latest and w.end and w.end < latest - YEAR), "")


def _context(sentence: str, old: str) -> Verdict | None:
    """Why a sentence without an incident is worth keeping aside: its words of politics, threat, history."""
    words = [w.lower() for w in WORD.findall(sentence)]
    topics = [entry for _, _, entry in lexicon().context.find(words)]
    topics += [
        CueEntry(e.word, "", Reality.GENERIC, "")
        for _, _, e in lexicon().triggers.find(words)
        if not e.needs or e.kind in VIOLENCE
    ]
    if not topics and not old:
        return None
    cues = [
        e
        for _, _, e in lexicon().cues.find(words)
        if e.reality in _STRONG and e.where in ("aux", "phrase", "mark", "complement")
    ]
    topic = max(topics, key=lambda e: _STRONG.get(Reality(e.reality), 0)) if topics else None
    return _decide(topic, cues, old)


def _decide(topic: CueEntry | None, cues: Sequence[CueEntry], old: str) -> Verdict:
    """Give the reality of topic, cues and dates together."""
    if topic is not None and topic.reality == Reality.THREATENED:
        return Verdict(Reality.THREATENED, topic.word)
    if old:
        return Verdict(Reality.HISTORICAL, old)
    modal = max(cues, key=lambda e: _STRONG[Reality(e.reality)], default=None)
    if modal is not None:
        return Verdict(Reality(modal.reality), modal.word)
    return Verdict(Reality(topic.reality), topic.word) if topic is not None else Verdict(Reality.HISTORICAL, old)
