"""Resolve place names whose spans are given; what else the text names is their light."""

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.fold import fold
from gazetteer.lexicon import abbreviations, feature_words
from gazetteer.model import Toponym
from gazetteer.resolve import choose, resolution
from gazetteer.scan import Mention
from gazetteer.shorthand import demonym_mentions, target
from gazetteer.store import Gazetteer
from gazetteer.tokens import Token, tokenize
from gazetteer.toponyms import find_mentions


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
    choices = choose(every, tokens, gazetteer, home=home_country, least=0.0)
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
