"""Decide which known names are places here: not people, organisations, newspapers, teams, common words."""

import json
from collections.abc import Sequence
from dataclasses import asdict
from functools import cache
from math import exp
from pathlib import Path

from gazetteer.evidence import Evidence, gather
from gazetteer.lexicon import given_names
from gazetteer.model import FeatureClass
from gazetteer.people import People, find_people
from gazetteer.scan import Mention
from gazetteer.tokens import Token

WEIGHTS = Path(__file__).parent / "data" / "recognizer.json"
_LEAST_TOWN = 1_000


def recognize(mentions: Sequence[Mention], tokens: Sequence[Token]) -> tuple[list[Mention], People]:
    """Keep the mentions that name places.

    Rules settle what is beyond doubt (countries, curated places, names with a feature word); the rest is weighed by a
    small trained model, which knows the rules' verdict.

    Parameters
    ----------
    mentions : sequence of Mention
        What the gazetteer knows.
    tokens : sequence of Token
        The words of the text.

    Returns
    -------
    list of Mention
        Those that are places, in order.
    People
        The people of the text.
    """
    evidence, people = weigh(mentions, tokens)
    return [m for m, e in zip(mentions, evidence, strict=True) if is_place(e)], people


def weigh(mentions: Sequence[Mention], tokens: Sequence[Token]) -> tuple[list[Evidence], People]:
    """Gather the evidence on every mention, and the people of the text."""
    certain = frozenset(i for m in mentions if _no_person(m) for i in range(m.first, m.last + 1))
    people = find_people(tokens, certain)
    return [gather(m, tokens, people, mentions) for m in mentions], people


def is_place(e: Evidence) -> bool:
    """Decide by the rules where they settle it, else by the model.

    Newspapers and teams are ruled out although the corpus annotates the towns in their names; it knows no other script.
    """
    if settled(e):
        return True
    if e.media_after or e.sport_after or e.foreign:
        return judge(e) >= 1
    return chance(e) > _threshold(e)


def settled(e: Evidence) -> bool:
    """Tell whether the rules alone make it a place."""
    return bool(e.curated or e.feature_word or e.strong) and judge(e) == 2


def chance(e: Evidence) -> float:
    """Return the probability that the evidence is that of a place.

    Examples
    --------
    >>> chance(Evidence(preposition=1, primary=1, main_name=1, log_population=4.0, letters=6)) > 0.5
    True
    """
    told = model()["weights"]
    return 1.0 / (1.0 + exp(-sum(told.get(name, 0.0) * value for name, value in measures(e).items())))


def measures(e: Evidence) -> dict[str, float]:
    """Return the evidence as numbers, with the verdict of the rules and a constant."""
    verdict = judge(e)
    rules = {"no": float(verdict == -1), "perhaps": float(verdict == 0), "surely": float(verdict == 2), "constant": 1.0}
    return {name: float(value) for name, value in asdict(e).items()} | rules


@cache
def model() -> dict[str, dict[str, float]]:
    """Read the trained weights."""
    read: dict[str, dict[str, float]] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return read


def _threshold(e: Evidence) -> float:
    """Return the least probability of a place: more where the rules see none."""
    return model()["decision"]["least_against_rules" if judge(e) == -1 else "least"]


def _no_person(mention: Mention) -> bool:
    """Tell whether a mention cannot be a person's name: a country, a joined mention, a known town of several words."""
    if (
        mention.sure
        or mention.feature_word
        or any(h.feature_class is FeatureClass.COUNTRY and h.tier <= 1 for h in mention.hits)
    ):
        return mention.key not in given_names() or mention.sure
    return mention.words > 1 and any(
        h.tier <= 1 and (h.population >= _LEAST_TOWN or h.origin == "curated") for h in mention.hits
    )


def judge(e: Evidence) -> int:
    """Weigh the evidence: 2 surely a place, 1 a place, 0 a place if it is one elsewhere in the text, -1 none."""
    if e.never or e.month or e.person or e.street_after or e.media_after or e.sport_after or e.acronym:
        return 2 if e.feature_word and not e.person else -1
    if e.feature_word or e.strong:
        return 2
    if e.foreign:
        return 1 if e.curated or e.log_population >= 4 or e.words > 1 else 0
    cue = bool(e.preposition or e.comma_after or e.comma_before or e.place_noun_after or e.public_after)
    if e.company_after or (e.name_before and not e.comma_after) or (e.person_elsewhere and not cue):
        return -1
    return _judge_weak(e, cue=cue)


def _judge_weak(e: Evidence, *, cue: bool) -> int:
    """Weigh the evidence on a name that is no country and no metropolis."""
    if e.name_after and not cue and not e.curated and (e.given or e.surname or not e.primary or e.log_population < 4):
        return 0 if e.words > 1 and e.primary else -1
    if e.generic and not e.curated:
        return 1 if e.primary and (cue or e.log_population >= 4) else -1
    if e.words > 1 or e.curated:
        return 2 if cue or e.curated else 1
    if e.common:
        return 1 if (e.preposition or e.comma_after) and not e.opens and not e.after_the and e.primary else 0
    return _judge_single(e, cue=cue)


def _judge_single(e: Evidence, *, cue: bool) -> int:
    """Weigh the evidence on one word that is no country, no metropolis, not curated and no common word."""
    if e.speech_after and not cue and e.log_population < 5:
        return -1
    if e.given or e.surname:
        known = 2 if cue and e.primary else int(e.log_population >= 5 and e.primary)
        return known if cue or not e.speech_after else -1
    if not e.primary:
        return 2 if cue and e.log_population >= 3 else 0
    return 2 if cue else 1
