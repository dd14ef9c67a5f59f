"""Read the toponyms of a text: find them, resolve them, say what they do."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gazetteer.compose import add_abbreviations, demonym_mentions, glosses, pairs, steer, target
from gazetteer.fold import fold
from gazetteer.lexicon import abbreviations, feature_words
from gazetteer.model import Toponym
from gazetteer.recognize import recognize
from gazetteer.resolve import choose, resolution
from gazetteer.roles import role_of
from gazetteer.scan import Mention, scan
from gazetteer.store import Gazetteer
from gazetteer.tokens import Token, tokenize


def read_toponyms(
    text: str,
    gazetteer: Gazetteer,
    *,
    spans: Sequence[tuple[int, int]] | None = None,
    home_country: str = "",
    demonyms: bool = False,
    nlp: Any = None,
) -> list[Toponym]:
    """Find and resolve the place names of a text.

    Parameters
    ----------
    text : str
        The untouched text.
    gazetteer : Gazetteer
        As `open_gazetteer` gives it.
    spans : sequence of (int, int), optional
        The parts to read, such as the body of an article; all of the text when None.
    home_country : str
        ISO code of the publisher's country, which counts a little.
    demonyms : bool
        Whether "Turkish" is a toponym of Turkey.
    nlp : spacy.Language, optional
        A loaded pipeline, used for the sentences that gazetteer and word lists leave undecided.

    Returns
    -------
    list of Toponym
        In the order of the text. Names that are surely places but in no gazetteer have no place.
    """
    tokens = tokenize(text, spans if spans is not None else [(0, len(text))])
    mentions = find_mentions(text, tokens, gazetteer, demonyms=demonyms, nlp=nlp)
    choices = choose(mentions, tokens, gazetteer, home=home_country)
    capital_ids = gazetteer.capitals()
    return [
        Toponym(
            m.start,
            m.end,
            text[m.start : m.end],
            resolution(c, gazetteer),
            role_of(m, c, tokens, mentions, capital_ids),
            (m.gloss.start, m.gloss.end) if m.gloss else None,
        )
        for m, c in zip(mentions, choices, strict=True)
    ]


def find_mentions(
    text: str, tokens: Sequence[Token], gazetteer: Gazetteer, *, demonyms: bool = False, nlp: Any = None
) -> list[Mention]:
    """Find the mentions of places in a text, without resolving them."""
    mentions = scan(tokens, gazetteer)
    mentions = add_abbreviations(text, mentions, tokens, gazetteer)
    mentions = glosses(text, mentions, tokens)
    mentions = pairs(mentions, tokens, gazetteer)
    mentions = steer(mentions, tokens, gazetteer)
    mentions, _ = recognize(mentions, tokens)
    if demonyms:
        taken = {i for m in mentions for i in range(m.first, m.last + 1)}
        extra = [d for d in demonym_mentions(tokens, gazetteer) if not taken & set(range(d.first, d.last + 1))]
        mentions = sorted([*mentions, *extra], key=lambda m: m.start)
    _ = nlp
    return mentions


def read_spans(
    text: str, spans: Sequence[tuple[int, int]], gazetteer: Gazetteer, *, home_country: str = ""
) -> list[Toponym]:
    """Resolve place names whose spans are given; what else the text names is their light.

    Parameters
    ----------
    text : str
        The untouched text.
    spans : sequence of (int, int)
        Where the names stand.
    gazetteer : Gazetteer
        As `open_gazetteer` gives it.
    home_country : str
        ISO code of the publisher's country.

    Returns
    -------
    list of Toponym
        One for each span, in their order.
    """
    tokens = tokenize(text, [(0, len(text))])
    every, order = span_mentions(text, spans, tokens, gazetteer)
    choices = choose(every, tokens, gazetteer, home=home_country)
    return [
        Toponym(start, end, text[start:end], resolution(choices[order.index(i)], gazetteer))
        for i, (start, end) in enumerate(spans)
    ]


def span_mentions(
    text: str, spans: Sequence[tuple[int, int]], tokens: Sequence[Token], gazetteer: Gazetteer
) -> tuple[list[Mention], list[int]]:
    """Make mentions of given spans and of what else the text names, in the order of the text.

    Returns
    -------
    list of Mention
        All of them.
    list of int
        For each, the number of its span; numbers past the last span are other mentions.
    """
    found = find_mentions(text, tokens, gazetteer, demonyms=True)
    given = [_given(text, span, tokens, found, gazetteer) for span in spans]
    covered = [(m.start, m.end) for m in given]
    context = [m for m in found if not any(m.start < end and start < m.end for start, end in covered)]
    every = [*given, *context]
    order = sorted(range(len(every)), key=lambda i: every[i].start)
    return [every[i] for i in order], order


def _given(
    text: str, span: tuple[int, int], tokens: Sequence[Token], found: Sequence[Mention], gazetteer: Gazetteer
) -> Mention:
    """Make a mention of a given span, from what was found there or else by looking it up in parts."""
    start, end = span
    same = next((m for m in found if (m.start, m.end) == span and m.hits), None)
    if same is not None:
        return same
    numbers = [i for i, t in enumerate(tokens) if t.start < end and start < t.end] or [0]
    mention = lookup_span(text[start:end], start, numbers, tokens, gazetteer)
    if mention.hits:
        return mention
    inner = [m for m in found if m.start < end and start < m.end and m.hits]
    return replace(inner[0], start=start, end=end) if inner else mention


def lookup_span(
    name: str, start: int, numbers: Sequence[int], tokens: Sequence[Token], gazetteer: Gazetteer
) -> Mention:
    """Look a given name up: as an abbreviation, a demonym, a name, and a name with its feature word taken off."""
    first, last = numbers[0], numbers[-1]
    bare = Mention(start, start + len(name), first, last, fold(name), sure=True)
    for known in abbreviations():
        if known.text == name:
            return replace(bare, hits=target(known.place, gazetteer))
    hits = gazetteer.lookup_folded([bare.key]).get(bare.key, ())
    demonym = demonym_mentions(tokens[first : last + 1], gazetteer)
    if demonym and len(demonym) == 1 and demonym[0].last == last - first:
        return replace(bare, hits=demonym[0].hits, origin="demonym")
    words = name.split()
    if hits or len(words) < 2:
        return replace(bare, hits=hits)
    for kept, word in ((words[:-1], words[-1]), (words[1:], words[0])):
        feature = feature_words().get(word.lower().rstrip("."))
        key = fold(" ".join(kept))
        if feature is not None and (hits := gazetteer.lookup_folded([key]).get(key, ())):
            return replace(
                bare, hits=hits, wanted=feature.feature_class, level=feature.level, feature_word=feature.word
            )
    return bare
