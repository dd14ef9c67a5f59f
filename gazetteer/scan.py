"""Find the words of a text that the gazetteer knows: n-grams that may be names, looked up in one batch."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gazetteer.fold import fold
from gazetteer.inflect import base_forms
from gazetteer.lexicon import cue_words
from gazetteer.model import FeatureClass
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token

LONGEST = 6
_JOINTS = frozenset({" ", "-", "–", "‑", " - ", " – ", "\xa0", "\n", ". ", ".", "'", "’", "/ ", "  "})
_PREFIXES = frozenset(["al", "el", "ad", "ash", "as", "an", "ar", "at", "az", "l", "d"])


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of text that may name a place.

    `first`, `last` are token numbers (both included), `key` the folded name that was looked up, `hits` its places.
    `wanted` is the feature class that the words around ask for, `level` its administrative level, `plain_key` the name
    without its feature word. `origin` says how it was found: name, abbreviation, demonym, cue, entity, coordinates.
    """

    start: int
    end: int
    first: int
    last: int
    key: str
    hits: tuple[NameHit, ...] = ()
    wanted: FeatureClass | None = None
    level: int = 0
    feature_word: str = ""
    origin: str = "name"
    sure: bool = False
    point: tuple[float, float] | None = None
    parts: tuple["Mention", ...] = ()
    gloss: "Mention | None" = None
    compass: str = ""

    @property
    def words(self) -> int:
        """How many words it has."""
        return self.last - self.first + 1


def scan(tokens: Sequence[Token], gazetteer: Gazetteer, *, languages: Sequence[str] = ()) -> list[Mention]:
    """Find the longest known names, from left to right, without overlaps.

    Parameters
    ----------
    tokens : sequence of Token
        The words of the text.
    gazetteer : Gazetteer
        Where they are looked up.
    languages : sequence of str
        Whose inflections are undone, as `languages_of` gives them.

    Returns
    -------
    list of Mention
        In the order of the text.
    """
    spans = {(i, j): _keys(tokens, i, j, languages) for i in range(len(tokens)) for j in _ends(tokens, i)}
    known = gazetteer.lookup_folded(key for keys in spans.values() for key in keys)
    found: list[Mention] = []
    i = 0
    while i < len(tokens):
        ends = range(min(i + LONGEST, len(tokens)) - 1, i - 1, -1)
        best, keys = next(((j, k) for j in ends if (k := [k for k in spans.get((i, j), ()) if k in known])), (-1, []))
        if best < 0:
            i += 1
            continue
        hits = {h.pid: h for k in reversed(keys) for h in known[k]}
        found.append(Mention(tokens[i].start, tokens[best].end, i, best, keys[0], tuple(hits.values())))
        i = best + 1
    return found


def _keys(tokens: Sequence[Token], first: int, last: int, languages: Sequence[str]) -> list[str]:
    """List the folded names that a span may be: as written first, then with its inflection undone."""
    written = _key(tokens, first, last)
    if not languages:
        return [written]
    head = _key(tokens, first, last - 1) + " " if last > first else ""
    return [written, *(head + fold(form) for form in base_forms(tokens[last].text, languages))]


def _key(tokens: Sequence[Token], first: int, last: int) -> str:
    """Join the folded words of a span."""
    return " ".join(t.key for t in tokens[first : last + 1] if t.key)


def _ends(tokens: Sequence[Token], i: int) -> Iterator[int]:
    """Yield the last tokens of the names that may begin at token i."""
    token = tokens[i]
    prefix = token.lower in _PREFIXES and i + 1 < len(tokens) and tokens[i + 1].gap in {"-", "'", "’", "‑"}
    if not token.is_name and not prefix:
        return
    particles = cue_words()["lower_particle"]
    for j in range(i, min(i + LONGEST, len(tokens))):
        if j > i and not _joined(tokens[j]):
            return
        if tokens[j].is_name or (j > i and tokens[j].gap in {"-", "‑", "–"}):
            yield j
        elif tokens[j].lower not in particles and not (j == i and prefix):
            return


def _joined(token: Token) -> bool:
    """Tell whether a word may continue the name that the word before it belongs to."""
    return token.gap in _JOINTS and not (token.gap.startswith(".") and token.opens)
