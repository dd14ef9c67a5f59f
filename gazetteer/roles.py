"""Tell what a toponym does in its sentence: a place where things happen, a route, an origin, a government, context."""

from collections.abc import Sequence

from gazetteer.lexicon import cue_words
from gazetteer.model import FeatureClass, Role
from gazetteer.resolve import Choice
from gazetteer.scan import Mention
from gazetteer.tokens import Token

_CAPITAL_SIZE = 400_000
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


def role_of(
    mention: Mention, choice: Choice, tokens: Sequence[Token], mentions: Sequence[Mention], capitals: frozenset[str]
) -> Role:
    """Tell the role of a mention from the words around it.

    Parameters
    ----------
    mention, choice : Mention, Choice
        The mention and what it was resolved to.
    tokens, mentions : sequences
        The words and mentions of the text.
    capitals : frozenset of str
        The place_ids of the capitals.

    Returns
    -------
    Role
        The role.
    """
    hit = choice.hit
    if (hit is not None and hit.feature_class is FeatureClass.ROAD) or mention.wanted is FeatureClass.ROAD:
        return Role.ROUTE
    before = tokens[mention.first - 1] if mention.first and not tokens[mention.first].opens else None
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) and not tokens[mention.last + 1].opens else None
    can_act = hit is not None and (hit.feature_class is FeatureClass.COUNTRY or hit.place_id in capitals)
    locating = before is not None and _preposition(tokens, mention.first) in _LOCATING
    if can_act and not locating and _acts(before, after, hit is not None and hit.feature_class is FeatureClass.COUNTRY):
        return Role.METONYM
    if before is not None and before.lower in cue_words()["origin_before"]:
        return Role.ORIGIN
    if locating:
        return Role.EVENT
    _ = mentions
    return Role.CONTEXT


def _preposition(tokens: Sequence[Token], first: int) -> str:
    """Return the preposition before a mention, over an article or "the town of"."""
    i = first - 1
    while i >= 0 and first - i < 5 and not tokens[i + 1].opens:
        word = tokens[i].lower
        if word in _LOCATING:
            return word
        if (
            word
            not in {
                "the",
                "of",
                "town",
                "city",
                "village",
                "villages",
                "towns",
                "cities",
                "province",
                "region",
                "district",
            }
            | cue_words()["compass"]
        ):
            return ""
        i -= 1
    return ""


def _acts(before: Token | None, after: Token | None, is_country: bool) -> bool:  # noqa: FBT001
    """Tell whether a capital or country stands for its government here."""
    cues = cue_words()
    if (
        after is not None
        and after.gap in {" ", ", "}
        and (after.text in cues["state_verb"] or (after.gap == " " and after.text in cues["state_noun"]))
    ):
        return True
    if before is None or is_country:
        return False
    return before.lower in cues["state_cue"] or before.lower in {"and", "that", "if"}
