"""Tell what a toponym does in its sentence: a place where things happen, a route, an origin, a government, context."""

from collections.abc import Sequence

from gazetteer.lexicon import cue_words, feature_words
from gazetteer.model import FeatureClass, Role
from gazetteer.scan import Mention
from gazetteer.steer import chains
from gazetteer.store import NameHit
from gazetteer.tokens import Token

_LOCATING = frozenset(
    [
        "in",
        "at",
        "near",
        "inside",
        "outside",
        "around",
        "over",
        "across",
        "throughout",
        "into",
        "along",
        "within",
        "on",
        "toward",
        "towards",
        "via",
        "through",
    ]
)
_PASSED_OVER = frozenset(["the", "of", "and", "or", "both", "nearby", "neighbouring", "neighboring", "border"])
_REACH = 6
_SUFFERED = frozenset(["against", "upon"])
_PASSIVE = frozenset(["was", "were", "is", "are", "been", "being"])


def roles(
    mentions: Sequence[Mention], hits: Sequence[NameHit | None], tokens: Sequence[Token], capitals: frozenset[str]
) -> list[Role]:
    """Tell the roles of all mentions; the members of a list share what the words around the list say.

    Parameters
    ----------
    mentions : sequence of Mention
        In the order of the text.
    hits : sequence of NameHit or None
        What they were resolved to.
    tokens : sequence of Token
        The words of the text.
    capitals : frozenset of str
        The place_ids that can stand for governments.

    Returns
    -------
    list of Role
        One for each mention.
    """
    told: list[Role] = [Role.CONTEXT] * len(mentions)
    for chain in chains(mentions, tokens):
        first, last = mentions[chain[0]], mentions[chain[-1]]
        locating = _locating(tokens, first.first)
        acting = (
            not locating and not _suffers(tokens, first, last) and _acts(_before(tokens, first), _after(tokens, last))
        )
        for i in chain:
            told[i] = _role(
                mentions[i],
                hits[i],
                capitals,
                locating=locating,
                acting=acting or (not locating and _treated(tokens, first, hits[i])),
            )
        if told[chain[0]] is Role.CONTEXT and _before_word(tokens, first) in cue_words()["origin_before"]:
            for i in chain:
                told[i] = Role.ORIGIN
    return told


def _role(mention: Mention, hit: NameHit | None, capitals: frozenset[str], *, locating: bool, acting: bool) -> Role:
    """Tell the role of one mention."""
    if mention.wanted is FeatureClass.ROAD or (hit is not None and hit.feature_class is FeatureClass.ROAD):
        return Role.ROUTE
    can_act = hit is not None and (hit.feature_class is FeatureClass.COUNTRY or hit.place_id in capitals)
    if acting and can_act:
        return Role.METONYM
    return Role.EVENT if locating else Role.CONTEXT


def _before(tokens: Sequence[Token], mention: Mention) -> Token | None:
    """Return the word before a mention in its sentence."""
    return tokens[mention.first - 1] if mention.first and not tokens[mention.first].opens else None


def _before_word(tokens: Sequence[Token], mention: Mention) -> str:
    """Return the word before a mention in lower case, "" at the beginning."""
    before = _before(tokens, mention)
    return before.lower if before else ""


def _after(tokens: Sequence[Token], mention: Mention) -> Token | None:
    """Return the word after a mention in its sentence."""
    i = mention.last + 1
    return tokens[i] if i < len(tokens) and not tokens[i].opens else None


def _locating(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether a preposition of place or a verb such as "shelled" governs the name that begins at a token."""
    known = feature_words()
    for i in range(first - 1, max(-1, first - 1 - _REACH), -1):
        if tokens[i + 1].opens:
            return False
        word = tokens[i].lower
        if word in _LOCATING or word in cue_words()["hit_verb"]:
            return True
        if not (word in _PASSED_OVER or word in cue_words()["compass"] or word in known):
            return False
    return False


def _acts(before: Token | None, after: Token | None) -> bool:
    """Tell whether a verb or noun behind a name is a government's: "Baku admitted", "Moscow's terms"."""
    cues = cue_words()
    if after is None:
        return False
    if after.gap.endswith("s ") and after.gap[:1] in {"'", "’"}:
        return after.text in cues["state_noun"]
    verb = after.gap in {" ", ", "} and after.text in cues["state_verb"]
    noun = after.gap == " " and after.text in cues["state_noun"] and (before is None or before.lower != "the")
    return verb or noun


def _suffers(tokens: Sequence[Token], first: Mention, last: Mention) -> bool:
    """Tell whether a name is what is attacked: "the offensive against Eritrea began", "when Kuwait was invaded"."""
    if _before_word(tokens, first) in _SUFFERED:
        return True
    i = last.last + 1
    words = [token.lower for token in tokens[i : i + 3] if not token.opens]
    return len(words) > 1 and words[0] in _PASSIVE and any(word in cue_words()["hit_verb"] for word in words[1:])


def _treated(tokens: Sequence[Token], first: Mention, hit: NameHit | None) -> bool:
    """Tell whether a capital is dealt with as a government: "talks with Ankara", "between Yerevan and Baku"."""
    if hit is None or hit.feature_class is FeatureClass.COUNTRY:
        return False
    return _before_word(tokens, first) in cue_words()["state_cue"]
