"""What an article says of roads: open, closed, contested, threatened or proposed, by whom, and who says so."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from gazetteer.model import FeatureClass, Place, Toponym
from incidents.lexicon import WORD, Phrases, lexicon, rows
from incidents.model import RoadObservation, RoadStatus, When
from incidents.ordered import Ordered
from incidents.sentences import Sentence
from incidents.stance import Said

_ROAD = r"(?:road|roads|highway|route|routes|motorway|corridor|railway|crossing|checkpoint|border gate)"
_ROAD_AFTER = re.compile(rf"\s*(?:border\s+)?{_ROAD}\b", re.IGNORECASE)
_ROAD_BEFORE = re.compile(
    r"\b(?:road|highway|route|motorway|railway|corridor)\s+(?:from|between|linking|connecting)\s+(?:the\s+\w+\s+of\s+)?$",
    re.IGNORECASE,
)
_LINK = re.compile(r"\s*(?:-|–|—|to|and)\s*(?:the\s+\w+\s+of\s+)?", re.IGNORECASE)
_NAMELESS = re.compile(
    r"\b(corridor|road|route|highway|railway)\s+(?:in|through|across|to|via)\s+(?:the\s+)?(?:[a-z]+ern\s+|[A-Z][a-z]+ern\s+)?$",
    re.IGNORECASE,
)
_UNSURE = frozenset({"hypothetical", "threatened", "demand", "diplomacy"})
_TALK = frozenset(
    [
        "agree",
        "agreed",
        "agreement",
        "consent",
        "suggestion",
        "suggested",
        "proposal",
        "proposed",
        "propose",
        "ensure",
        "negotiations",
        "talks",
        "discussions",
        "deal",
        "refuse",
        "refused",
        "simultaneous",
        "simultaneously",
        "emphasis",
        "possibility",
        "accepted",
    ]
)
_SHORT = 120
_NOT = frozenset({"not", "n't", "never", "no"})


@cache
def _words() -> Phrases[str]:
    """Words that tell of a road's state."""
    return Phrases((row["word"], row["status"]) for row in rows("roadwords.csv"))


def find_roads(
    text: str,
    sentences: Sequence[Sentence],
    toponyms: Sequence[Toponym],
    *,
    whens: Sequence[When] = (),
    said: dict[int, Said] | None = None,
    latest: date | None = None,
) -> tuple[RoadObservation, ...]:
    """Find what an article says of roads.

    Parameters
    ----------
    text : str
        The article, cleaned.
    sentences : sequence of Sentence
        Its sentences.
    toponyms : sequence of Toponym
        Its place names.
    whens : sequence of When, optional
        Its dates.
    said : dict of int to Said, optional
        Who speaks in a sentence, by its index.
    latest : date, optional
        The day that a statement without a date holds for.

    Returns
    -------
    tuple of RoadObservation
        Each road and status once, with the first sentence that says so; again where the text comes back to it after a
        paragraph without it.
    """
    found: list[RoadObservation] = []
    told_in: dict[tuple[str, RoadStatus], int] = {}
    names = Ordered(toponyms, lambda t: t.start)
    days = Ordered([w for w in whens if w.span], lambda w: w.span.start if w.span else -1)
    for sentence in sentences:
        inside = names.within(sentence.span.start, sentence.span.end)
        for road in _roads_in(text, sentence, inside):
            status = _status(text, sentences, sentence, road)
            if status is None:
                continue
            who = (said or {}).get(sentence.index)
            key = (road.place.place_id if road.place else road.name.lower(), status)
            goes_on = sentence.paragraph - told_in.get(key, -9) <= 1
            told_in[key] = sentence.paragraph
            if goes_on:
                continue
            seen = RoadObservation(
                road.name,
                road.place,
                status,
                sentence.span,
                _as_of(days.within(*sentence.span), latest),
                line=road.line,
            )
            if who is not None:
                seen = replace(seen, source=who.source, stance=who.stance)
            found.append(seen)
    return tuple(found)


def _as_of(whens: Sequence[When], latest: date | None) -> date | None:
    """Give the day that a statement holds for: the latest one that its sentence names, else the article's."""
    days = [w.end for w in whens if w.end and w.rule not in ("citation", "comparison")]
    return max(days) if days and (latest is None or max(days) <= latest) else latest


@dataclass(frozen=True, slots=True)
class _Road:
    """A road as a sentence names it: name, place or schematic line, where in the text."""

    name: str
    place: Place | None
    line: tuple[tuple[float, float], ...]
    at: int


def _roads_in(text: str, sentence: Sentence, toponyms: Sequence[Toponym]) -> Iterator[_Road]:
    """Give the roads that a sentence names."""
    skip = -1
    for i, toponym in enumerate(toponyms):
        if i <= skip:
            continue
        pair = toponyms[i + 1] if i + 1 < len(toponyms) else None
        if pair is not None and _joined(text, sentence, toponym, pair):
            skip = i + 1
            yield _Road(f"{toponym.text}-{pair.text} road", None, _line(toponym.place, pair.place), toponym.start)
        else:
            yield from _single(text, sentence, toponym)


def _joined(text: str, sentence: Sentence, one: Toponym, two: Toponym) -> bool:
    """Tell whether two names are the ends of a road: "the A-B road", "the road from A to B"."""
    if not _LINK.fullmatch(text[one.end : two.start]):
        return False
    before = text[max(sentence.span.start, one.start - 40) : one.start]
    return bool(_ROAD_AFTER.match(text[two.end : two.end + 30]) or _ROAD_BEFORE.search(before))


def _single(text: str, sentence: Sentence, toponym: Toponym) -> Iterator[_Road]:
    """Give the road that one name stands for: a road, a crossing, a checkpoint, a corridor through it."""
    place = toponym.place
    known = place is not None and (
        place.feature_class is FeatureClass.ROAD
        or (place.feature_class is FeatureClass.FACILITY and bool(_ROAD_AFTER.search(toponym.text[-14:])))
    )
    if place is not None and known:
        yield _Road(place.name, place, (), toponym.start)
        return
    if place is None and _ROAD_AFTER.search(toponym.text[-14:]):
        yield _Road(" ".join(toponym.text.split()), None, (), toponym.start)
        return
    after = _ROAD_AFTER.match(text[toponym.end : toponym.end + 30])
    before = _NAMELESS.search(text[max(sentence.span.start, toponym.start - 50) : toponym.start])
    if after and place is not None and place.feature_class in (FeatureClass.SETTLEMENT, FeatureClass.FACILITY):
        yield _Road(f"{toponym.text} {after.group().strip()}", None, (), toponym.start)
    elif before:
        yield _Road(f"{before.group()}{toponym.text}", None, (), toponym.start)


def _line(a: Place | None, b: Place | None) -> tuple[tuple[float, float], ...]:
    """Give a straight line between two resolved places."""
    if a is None or b is None or a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return ()
    return ((a.lon, a.lat), (b.lon, b.lat))


def _status(text: str, sentences: Sequence[Sentence], sentence: Sentence, road: _Road) -> RoadStatus | None:
    """Give what a sentence, or the short one after it, says of a road."""
    own = _read(text[sentence.span.start : sentence.span.end], road.at - sentence.span.start, road.name)
    if own is not None:
        return own
    after = sentences[sentence.index + 1] if sentence.index + 1 < len(sentences) else None
    if after is not None and after.paragraph == sentence.paragraph and after.span.end - after.span.start < _SHORT:
        return _read(text[after.span.start : after.span.end], 0, road.name)
    return None


def _read(sentence: str, at: int, name: str) -> RoadStatus | None:
    """Give the status that the words nearest to a road's name give it."""
    words = [w.lower() for w in WORD.findall(sentence)]
    hits = list(_words().find(words))
    if "corridor" in name.lower() and _asked_for(words, hits):
        return RoadStatus.PROPOSED
    if not hits:
        return None
    here = len(WORD.findall(sentence[:at]))
    _, _, status = min(hits, key=lambda hit: abs(hit[0] - here))
    return _as_status(status, words, here, corridor="corridor" in name.lower() or "corridor" in words)


def _as_status(word: str, words: Sequence[str], here: int, *, corridor: bool) -> RoadStatus | None:
    """Give the status that a word of the lexicon makes, weighed with modality, talk and negation around it."""
    unsure = any(
        e.reality in _UNSURE and e.where in ("aux", "complement", "phrase", "mark", "noun")
        for _, _, e in lexicon().cues.find(words)
    )
    negated = bool(_NOT & set(words[max(0, here - 6) : here + 6]))
    table = {
        "seize": RoadStatus.THREATENED if unsure else None,
        "open": RoadStatus.CONTESTED if unsure or _TALK & set(words) else RoadStatus.OPEN,
        "closed": RoadStatus.THREATENED if unsure else RoadStatus.OPEN if negated else RoadStatus.CLOSED,
        "proposed": RoadStatus.PROPOSED if corridor else None,
        "contested": RoadStatus.CONTESTED,
    }
    return table[word]


def _asked_for(words: Sequence[str], hits: Sequence[tuple[int, int, str]]) -> bool:
    """Whether a corridor is talked about rather than used: asked for, possible, a reason for a threat."""
    told = {status for _, _, status in hits}
    if told & {"open", "closed", "contested"} and "proposed" not in told:
        return False
    return "proposed" in told or any(e.reality in _UNSURE for _, _, e in lexicon().cues.find(list(words)))
