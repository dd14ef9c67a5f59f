"""Let feature words say what sort of place a name means: "Lake", "Raion", "checkpoint", "village of"."""

from collections.abc import Sequence
from dataclasses import replace

from gazetteer.lexicon import FeatureWord, feature_words
from gazetteer.model import FeatureClass
from gazetteer.people import adjacent
from gazetteer.scan import Mention
from gazetteer.store import Gazetteer, NameHit
from gazetteer.tokens import Token

ROAD_WORDS = ("road", "corridor", "highway", "route", "railway", "motorway")
_VAGUE = frozenset({"region", "republic", "exclave", "district", "municipality", "hromada"})


def steer(mentions: Sequence[Mention], tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Let the feature words around a mention say what sort of place is meant, and take them into its span.

    Parameters
    ----------
    mentions : sequence of Mention
        Known names, in order.
    tokens : sequence of Token
        The words of the text.
    gazetteer : Gazetteer
        Where "Lachin" with "road" is looked up.

    Returns
    -------
    list of Mention
        The same mentions with `wanted`, `level`, and wider spans.
    """
    steered = [_steer_after(_steer_within(m, tokens), tokens, gazetteer) for m in mentions]
    steered = [_steer_before(m, tokens, gazetteer) if m.wanted is None else m for m in steered]
    return _steer_lists(steered, tokens, gazetteer)


def word_at(tokens: Sequence[Token], i: int) -> FeatureWord | None:
    """Return the feature word that token i is, if it is one and follows directly."""
    if not 0 <= i < len(tokens):
        return None
    return feature_words().get(tokens[i].lower)


def _steer_within(m: Mention, tokens: Sequence[Token]) -> Mention:
    """Let a division's word at the end of a known name ("Chernihiv Oblast") say what it is."""
    word = word_at(tokens, m.last)
    if (
        m.words < 2
        or m.wanted is not None
        or word is None
        or word.feature_class is not FeatureClass.ADMIN
        or word.plural
    ):
        return m
    hits = tuple(h for h in m.hits if h.feature_class is FeatureClass.ADMIN)
    return replace(m, hits=hits, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word) if hits else m


def _steer_after(m: Mention, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention:
    """Apply a feature word that follows: "Shostka Raion", "Lachin road", "Parukh village"."""
    phrase = _by_phrase(m, tokens, gazetteer)
    if phrase is not None:
        return phrase
    word = word_at(tokens, m.last + 1) if m.wanted is None else None
    if word is None or tokens[m.last + 1].gap not in {" ", "\xa0", "\n"} or word.plural:
        return m
    return _apply(m, word, tokens, m.last + 1, gazetteer)


def _by_phrase(m: Mention, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention | None:
    """Find a name with two lower-case words behind it ("Karabakh economic region"), None when there is no such name."""
    following = tokens[m.last + 1 : m.last + 3]
    word = word_at(tokens, m.last + 2)
    if len(following) < 2 or word is None or word.plural or any(t.gap != " " for t in following):
        return None
    key = " ".join([m.key, *(t.key for t in following)])
    hits = gazetteer.lookup_folded([key]).get(key, ())
    if not hits:
        return None
    return replace(
        m,
        end=following[1].end,
        last=m.last + 2,
        key=key,
        hits=hits,
        wanted=hits[0].feature_class,
        feature_word=word.word,
    )


def _apply(m: Mention, word: FeatureWord, tokens: Sequence[Token], at: int, gazetteer: Gazetteer) -> Mention:
    """Apply one feature word that stands at token `at` behind a mention."""
    if word.feature_class is FeatureClass.SETTLEMENT:
        if tokens[at].is_name and word.word == "city":
            return m
        return replace(m, wanted=FeatureClass.SETTLEMENT, feature_word=word.word)
    if word.position == "before":
        return m
    singular = next(
        w.word
        for w in feature_words().values()
        if (w.feature_class is word.feature_class and not w.plural and w.word == word.word) or w.word == word.word
    )
    hits = _with_word(m.key, singular, word.feature_class, gazetteer)
    if not hits and word.feature_class is FeatureClass.ADMIN:
        return _apply_admin(m, word, tokens, at)
    if not hits:
        hits = tuple(h for h in m.hits if h.feature_class is word.feature_class)
    if not hits:
        return m
    wider = _takes_in(m, word, tokens, at)
    end, last = (tokens[at].end, at) if wider else (m.end, m.last)
    return replace(
        m, end=end, last=last, hits=hits, wanted=word.feature_class, level=word.level, feature_word=word.word
    )


def _takes_in(m: Mention, word: FeatureWord, tokens: Sequence[Token], at: int) -> bool:
    """Tell whether a feature word becomes part of the toponym: "Shostka Raion", "Lachin road", but not Hajjah province."""
    return at == m.last + 1 and (word.feature_class is not FeatureClass.ADMIN or tokens[at].is_name)


def _with_word(key: str, word: str, feature_class: FeatureClass, gazetteer: Gazetteer) -> tuple[NameHit, ...]:
    """Look up a name with its feature word; the words for roads stand for one another."""
    words = [word, *(ROAD_WORDS if feature_class is FeatureClass.ROAD else ())]
    keys = [f"{key} {w.removesuffix('s') if w not in {'heights', 'mountains'} else w}" for w in words]
    known = gazetteer.lookup_folded(keys)
    hits = next((known[k] for k in keys if k in known), ())
    return tuple(h for h in hits if h.feature_class is feature_class) or (
        hits if feature_class is FeatureClass.ADMIN else ()
    )


def _apply_admin(m: Mention, word: FeatureWord, tokens: Sequence[Token], at: int) -> Mention:
    """Apply a word for a division: vague ones ("region") only where a division of the name is known."""
    divisions = [h for h in m.hits if h.feature_class is FeatureClass.ADMIN]
    regions = [h for h in m.hits if h.feature_class in {FeatureClass.REGION, FeatureClass.COUNTRY} and h.tier < 2]
    if regions and not divisions:
        return m
    if word.word.removesuffix("s") in _VAGUE and not divisions and not tokens[at].is_name:
        return replace(m, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word)
    wider = _takes_in(m, word, tokens, at)
    end, last = (tokens[at].end, at) if wider else (m.end, m.last)
    return replace(m, end=end, last=last, wanted=FeatureClass.ADMIN, level=word.level, feature_word=word.word)


def _steer_before(m: Mention, tokens: Sequence[Token], gazetteer: Gazetteer) -> Mention:
    """Apply a feature word that stands before: "village of Parukh", "province of Syunik", "Lake Harriet"."""
    i = m.first - 1
    if i < 0 or tokens[m.first].gap not in {" ", " “", ' "', "\xa0"}:
        return m
    if tokens[i].lower in {"of", "called", "named"} and tokens[i].gap == " ":
        return _steer_of(m, word_at(tokens, i - 1))
    word = word_at(tokens, i)
    if word is None or word.position not in {"before", "both"}:
        return m
    if word.feature_class is FeatureClass.SETTLEMENT:
        return replace(m, wanted=word.feature_class, feature_word=word.word) if tokens[i].text.islower() else m
    if not tokens[i].is_name:
        return m
    hits = _with_word(m.key, word.word, word.feature_class, gazetteer) or tuple(
        h for h in m.hits if h.feature_class is word.feature_class
    )
    return replace(m, start=tokens[i].start, first=i, hits=hits, wanted=word.feature_class, feature_word=word.word)


def _steer_of(m: Mention, word: FeatureWord | None) -> Mention:
    """Apply the feature word of "village of Parukh"."""
    if word is None or word.feature_class in {FeatureClass.BORDER, FeatureClass.ROAD}:
        return m
    if word.feature_class is FeatureClass.ADMIN and not _may_be_admin(m):
        return m
    return replace(m, wanted=word.feature_class, level=word.level, feature_word=word.word)


def _may_be_admin(m: Mention) -> bool:
    """Tell whether a mention can be a division: it is known as one, or not known as a region."""
    classes = {h.feature_class for h in m.hits if h.tier < 2}
    return FeatureClass.ADMIN in classes or FeatureClass.REGION not in classes


def _steer_lists(mentions: list[Mention], tokens: Sequence[Token], gazetteer: Gazetteer) -> list[Mention]:
    """Apply plural feature words to every member of their list: "villages of A, B and C", "A and B roads"."""
    done = list(mentions)
    for chain in chains(mentions, tokens):
        at = done[chain[-1]].last + (0 if done[chain[-1]].parts else 1)
        tail = word_at(tokens, at)
        if tail is not None and tail.plural and adjacent(tokens[at]):
            singular = feature_words()[_singular(tail.word)]
            for i in chain:
                done[i] = done[i] if done[i].parts else _apply(done[i], singular, tokens, at, gazetteer)
        head = done[chain[0]]
        word = word_at(tokens, head.first - 2) if head.first >= 2 and tokens[head.first - 1].lower == "of" else None
        if (
            word is not None
            and word.feature_class in {FeatureClass.ADMIN, FeatureClass.SETTLEMENT}
            and (word.plural or len(chain) > 1)
        ):
            for i in chain if word.plural else chain[:1]:
                if done[i].wanted is None or i != chain[0]:
                    done[i] = replace(done[i], wanted=word.feature_class, level=word.level, feature_word=word.word)
    return done


def _singular(word: str) -> str:
    """Return the singular of a feature word."""
    singulars = [w for w in feature_words().values() if not w.plural]
    for one in singulars:
        if word in {one.word, one.word + "s", one.word + "es", one.word.removesuffix("y") + "ies"}:
            return one.word
    return word


def chains(mentions: Sequence[Mention], tokens: Sequence[Token]) -> list[list[int]]:
    """Group mentions that stand in one list: joined by commas, "and", "or"."""
    groups: list[list[int]] = []
    for i, m in enumerate(mentions):
        if groups and _listed(mentions[groups[-1][-1]], m, tokens):
            groups[-1].append(i)
        else:
            groups.append([i])
    return groups


def _listed(left: Mention, right: Mention, tokens: Sequence[Token]) -> bool:
    """Tell whether two mentions follow one another in a list."""
    between = tokens[left.last + 1 : right.first]
    gap = tokens[left.last + 1].gap if left.last + 1 < len(tokens) else ""
    if not between:
        return gap == ", "
    return (
        len(between) <= 2
        and between[0].lower in {"and", "or", "the"}
        and gap in {" ", ", "}
        and between[-1].lower in {"and", "or", "the"}
    )
