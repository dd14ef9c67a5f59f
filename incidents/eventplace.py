"""The places of one event in a bare sentence: names found by the English model, the gazetteer and their surroundings."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from gazetteer.model import FeatureClass, Place, Resolution, Toponym
from gazetteer.store import open_gazetteer
from gazetteer.toponyms import read_toponyms
from incidents.lexicon import lexicon
from incidents.locate import find_place
from incidents.model import Span
from incidents.parse import MODEL, Mention, Parsed, is_verb
from incidents.sentences import Sentence

MAX_TEXT = 5000
SPREAD = 0.0
"""In a bare sentence of any news the strongest tie tells more than the finest name, which is often another event's."""
LEAST = 0.7
"""A bare sentence has no text before it to take a place from, so weaker ties count."""

_LABELS = frozenset({"GPE", "LOC", "FAC"})
_FEATURES = frozenset(
    [
        "district", "governorate", "province", "city", "town", "village", "mountains", "mountain", "river", "valley", "airport", "base",
        "camp", "bridge", "crossing", "checkpoint", "county", "island", "islands", "lake", "highway", "road", "square", "park", "street",
        "prison", "hospital", "university", "airbase", "hills", "heights", "farms", "plains", "desert", "station", "neighborhood", "suburb",
        "complex", "oblast", "region", "area", "raion", "port", "strip", "governate", "suburbs", "quarter", "refugee",
    ]
)  # fmt: skip
_PLACING = frozenset(
    {
        "in",
        "at",
        "near",
        "on",
        "around",
        "outside",
        "inside",
        "into",
        "toward",
        "towards",
        "of",
        "from",
        "to",
        "across",
        "over",
    }
)


@cache
def _pipeline() -> Any:
    """Load the English pipeline with its names, which bare sentences need."""
    import spacy

    return spacy.load(MODEL, exclude=["lemmatizer"])


def places_of_event(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Find the places where an event of a bare sentence happened; see `incidents.locate.event_toponyms`."""
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        return []
    low = max(0, min(start - MAX_TEXT // 2, len(text) - MAX_TEXT))
    cut = text[low : low + MAX_TEXT]
    doc = _pipeline()(cut.replace("\n", " "))
    token = next((t for t in doc if t.idx < end - low and start - low < t.idx + len(t)), None)
    if token is None or _no_event(doc, token):
        return []
    parsed = _parsed(doc, cut)
    found = find_place(parsed, token, word=_entry_word(parsed, token), least=LEAST, spread=SPREAD)
    mentions = found.mentions or _only_place(parsed, token)
    return sorted((m.toponym.start + low, m.toponym.end + low) for m in mentions)


def _only_place(parsed: Parsed, token: Any) -> tuple[Mention, ...]:
    """Give the nearest name after a preposition of place, for a word of the lexicon that no name hangs on."""
    if not lexicon().triggers.at(parsed.words, token.i):
        return ()
    near = [m for m in parsed.mentions if m.head.dep_ == "pobj" and m.head.head.lower_ in _SURE and not m.metonym]
    return tuple(sorted(near, key=lambda m: abs(m.first - token.i))[:1])


def _entry_word(parsed: Parsed, token: Any) -> str:
    """Give the base form of a trigger, as the lexicon has it."""
    return next((entry.word for _, entry in lexicon().triggers.at(parsed.words, token.i)), token.lower_)


def _no_event(doc: Any, token: Any) -> bool:
    """Tell whether a word is a word of saying, which happens nowhere that matters."""
    words = [t.lower_ for t in doc]
    return is_verb(token) and any(entry.pos == "v" for _, entry in lexicon().sources.at(words, token.i))


def _parsed(doc: Any, text: str) -> Parsed:
    """Give the sentence with every place name that one of the three ways finds."""
    sentence = Sentence(0, 0, Span(0, len(text)))
    bare = Parsed(sentence, doc, tuple(t.lower_ for t in doc))
    mentions = []
    for span, place in _names(doc, text):
        tokens = bare.tokens_in(Span(*span))
        if tokens is not None:
            toponym = Toponym(span[0], span[1], text[span[0] : span[1]], Resolution(place, 0.5, ""))
            mentions.append(Mention(toponym, tokens[0], tokens[1], doc[tokens[0] : tokens[1]].root))
    return Parsed(sentence, doc, bare.words, tuple(mentions))


def _names(doc: Any, text: str) -> Iterator[tuple[tuple[int, int], Place | None]]:
    """Yield spans of place names, longest first where they overlap, with the place where the gazetteer has one."""
    known = {(t.start, t.end): t.place for t in read_toponyms(text, open_gazetteer())}
    spans = {*known}
    for entity in doc.ents:
        if entity.label_ in _LABELS and not _sided(doc, entity.start, entity.end - 1):
            spans.add(_trimmed(doc, entity.start, entity.end))
    spans |= set(_runs(doc))
    taken: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if span[1] > span[0] and all(span[1] <= a or b <= span[0] for a, b in taken):
            taken.append(span)
            inside = [p for (a, b), p in known.items() if span[0] <= a and b <= span[1] and p is not None]
            yield span, _class_of(text[slice(*span)], inside)


def _class_of(name: str, inside: list[Place]) -> Place | None:
    """Give the place of a name; a longer name with a word such as "District" is not the country in it."""
    last = name.rsplit(maxsplit=1)[-1].lower()
    if inside and inside[-1].feature_class in (FeatureClass.COUNTRY, FeatureClass.REGION) and last in _FEATURES:
        return None
    return inside[-1] if inside else None


def _trimmed(doc: Any, first: int, last: int) -> tuple[int, int]:
    """Give the offsets of tokens without an article before and a possessive after."""
    while first < last and doc[first].lower_ in (
        "the",
        "a",
        "an",
        "central",
        "northern",
        "southern",
        "eastern",
        "western",
    ):
        first += 1
    while last > first and doc[last - 1].text in ("'s", "’s", "’", "'"):
        last -= 1
    if first >= last:
        return (0, 0)
    while last < len(doc) and doc[last].text.istitle() and doc[last].lower_ in _FEATURES:
        last += 1
    return (doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))


def _runs(doc: Any) -> Iterator[tuple[int, int]]:
    """Yield runs of capitalised proper nouns right after a preposition of place, or with a word such as "District"."""
    i = 0
    while i < len(doc):
        if doc[i].tag_ not in ("NNP", "NNPS") or not doc[i].text[:1].isupper():
            i += 1
            continue
        j = i
        while j + 1 < len(doc) and (
            doc[j + 1].tag_ in ("NNP", "NNPS")
            or (doc[j + 1].text in ("-", "’", "‘", "'") and j + 2 < len(doc) and doc[j + 2].text[:1].isupper())
        ):
            j += 1
        before = doc[i - 1].lower_ if i else ""
        over = doc[i : j + 1].root
        governed = over.dep_ in ("pobj", "compound", "nmod") and doc[j].ent_type_ not in (
            "DATE",
            "TIME",
            "NORP",
            "MONEY",
            "EVENT",
        )
        armed = _sided(doc, i, j)
        placed = governed and (
            before in _SURE
            or (before in _PLACING and doc[j].ent_type_ not in ("PERSON", "ORG"))
            or (before == "of" and _of_place(over))
        )
        if not armed and (placed or (doc[j].lower_ in _FEATURES and j > i)):
            yield (doc[i].idx, doc[j].idx + len(doc[j]))
        i = j + 1


_SURE = frozenset({"in", "at", "near", "outside", "inside", "around", "into"})


def _sided(doc: Any, first: int, last: int) -> bool:
    """Tell whether a run of names is an armed group or a people."""
    words = [t.lower_ for t in doc[first : last + 1]]
    return any(lexicon().sides.at(words, i) for i in range(len(words)))


def _of_place(token: Any) -> bool:
    """Tell whether "of X" follows a kind of place: "the village of X"."""
    return token.head.head.lower_ in _FEATURES | {
        "outskirts",
        "north",
        "south",
        "east",
        "west",
        "suburbs",
        "countryside",
        "villages",
        "capital",
    }
