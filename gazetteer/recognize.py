"""Decide which known names are places here: not people, organisations, newspapers, teams, common words."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.lexicon import common_words, cue_words, demonyms, feature_words, given_names, surnames
from gazetteer.model import FeatureClass
from gazetteer.people import People, adjacent, find_people
from gazetteer.scan import Mention
from gazetteer.store import NameHit
from gazetteer.tokens import Token

_LEAST_TOWN = 1_000
_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a mention's being a place; the features of the recogniser.

    Every field is 0 or 1, or a small number. See `scripts/train_ranker.py` for how they are weighed.
    """

    strong: int = 0
    curated: int = 0
    primary: int = 0
    log_population: float = 0.0
    words: int = 1
    common: int = 0
    given: int = 0
    surname: int = 0
    never: int = 0
    person: int = 0
    person_elsewhere: int = 0
    opens: int = 0
    preposition: int = 0
    after_the: int = 0
    comma_after: int = 0
    comma_before: int = 0
    place_noun_after: int = 0
    speech_after: int = 0
    name_before: int = 0
    name_after: int = 0
    public_after: int = 0
    media_after: int = 0
    company_after: int = 0
    sport_after: int = 0
    education_after: int = 0
    event_after: int = 0
    street_after: int = 0
    feature_word: int = 0
    all_caps: int = 0
    month: int = 0
    acronym: int = 0
    generic: int = 0
    foreign: int = 0
    count: int = 1


def strong_hit(hit: NameHit) -> bool:
    """Tell whether a hit is beyond doubt a place where its name is written with a capital."""
    if hit.tier > 1:
        return False
    least = {FeatureClass.SETTLEMENT: 1_000_000, FeatureClass.ADMIN: 3_000_000}.get(hit.feature_class)
    return hit.feature_class is FeatureClass.COUNTRY or (least is not None and hit.population >= least)


def is_strong(mention: Mention) -> bool:
    """Tell whether some hit of a mention is beyond doubt a place."""
    return mention.sure or any(strong_hit(h) for h in mention.hits)


def recognize(mentions: Sequence[Mention], tokens: Sequence[Token]) -> tuple[list[Mention], People]:
    """Keep the mentions that name places.

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
    certain = frozenset(i for m in mentions if _no_person(m) for i in range(m.first, m.last + 1))
    people = find_people(tokens, certain)
    evidence = [gather(m, tokens, people, mentions) for m in mentions]
    verdicts = [judge(e) for e in evidence]
    vouched = {m.key for m, v in zip(mentions, verdicts, strict=True) if v >= 2}
    kept = [
        m
        for m, e, v in zip(mentions, evidence, verdicts, strict=True)
        if v >= 1 or (v == 0 and m.key in vouched and not e.person)
    ]
    return kept, people


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


def gather(mention: Mention, tokens: Sequence[Token], people: People, mentions: Sequence[Mention]) -> Evidence:
    """Gather what speaks for and against a mention."""
    cues = cue_words()
    first = tokens[mention.first]
    before = tokens[mention.first - 1] if mention.first and not first.opens else None
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    joined = after if after is not None and adjacent(after) and after.is_name else None
    single = mention.words == 1
    kind = {
        k: int(joined is not None and joined.text in cues[k])
        for k in ("public_body", "media", "company", "sport", "education", "event", "street")
    }
    known = joined is not None and any(kind.values())
    hits = mention.hits
    return Evidence(
        strong=int(is_strong(mention)),
        curated=int(any(h.origin == "curated" for h in hits)),
        primary=int(any(h.tier <= 1 for h in hits)),
        log_population=_magnitude(max((h.population for h in hits), default=0)),
        words=mention.words,
        common=int(single and first.lower in common_words()),
        given=int(single and mention.key in given_names()),
        surname=int(single and mention.key in surnames()),
        never=int(_is_never(mention, tokens)),
        foreign=int(not mention.sure and not first.text[0].isascii() and not is_latin(first.text)),
        acronym=int(
            single
            and not mention.sure
            and first.text.isupper()
            and len(first.text) <= _ACRONYM
            and not _dateline(tokens, mention)
        ),
        generic=int(
            not single
            and all(
                t.lower in common_words() or t.text in cues["public_body"]
                for t in tokens[mention.first : mention.last + 1]
            )
        ),
        person=int(any(i in people.tokens for i in range(mention.first, mention.last + 1))),
        person_elsewhere=int(single and mention.key in people.last_names),
        opens=int(first.opens),
        preposition=int(
            before is not None and first.gap in {" ", " (", " “", ' "'} and before.lower in cues["place_before"]
        ),
        after_the=int(before is not None and before.lower in {"the", "a", "an"}),
        comma_after=int(
            after is not None
            and after.gap == ", "
            and after.is_name
            and any(m.first == mention.last + 1 for m in mentions)
        ),
        comma_before=int(
            before is not None and first.gap == ", " and any(m.last == mention.first - 1 for m in mentions)
        ),
        place_noun_after=int(after is not None and after.gap == " " and after.text in cues["place_cue_after"]),
        speech_after=int(after is not None and after.gap == " " and after.text in cues["speech_verb"]),
        name_before=int(before is not None and _other_name(before, first, mentions, mention.first - 1)),
        name_after=int(joined is not None and not known and _unplaced(joined, mentions, mention.last + 1)),
        public_after=kind["public_body"],
        media_after=kind["media"],
        company_after=kind["company"],
        sport_after=kind["sport"],
        education_after=kind["education"],
        event_after=kind["event"],
        street_after=kind["street"],
        feature_word=int(bool(mention.feature_word) or mention.sure),
        all_caps=int(first.text.isupper() and len(first.text) > 3),
        month=int(single and (first.text in cues["month"] or first.text in cues["weekday"])),
        count=sum(m.key == mention.key for m in mentions),
    )


def _magnitude(population: int) -> float:
    """Return the number of digits of a population, less one."""
    return float(len(str(population)) - 1) if population else 0.0


def _other_name(before: Token, first: Token, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether the word before is part of the same name and no place, demonym, title of place or common opening."""
    if first.gap not in {" ", "\xa0"} or not before.is_name or before.opens or before.text in cue_words()["never"]:
        return False
    if before.text in demonyms() or before.lower in feature_words() or before.lower in cue_words()["compass"]:
        return False
    return not any(m.first <= number <= m.last and (m.words > 1 or is_strong(m) or m.feature_word) for m in mentions)


def _unplaced(token: Token, mentions: Sequence[Mention], number: int) -> bool:
    """Tell whether a capitalised word that follows is no place of its own, nor a word that begins nothing."""
    if token.text in cue_words()["never"] or token.text in cue_words()["title"]:
        return token.text.title() == "Sen"
    return not any(m.first == number and (m.words > 1 or is_strong(m) or m.feature_word) for m in mentions)


def _is_never(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Tell whether a mention is a word that names no place whatever village is called so."""
    if mention.sure:
        return False
    text = " ".join(t.text for t in tokens[mention.first : mention.last + 1])
    if text in demonyms() or _relation(tokens, mention):
        return True
    return len(mention.key) < 2 or text in cue_words()["never"] or text.title() in cue_words()["never"]


def _relation(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether a name is the first half of a word such as "Iran-backed", which places nothing."""
    after = tokens[mention.last + 1] if mention.last + 1 < len(tokens) else None
    return after is not None and after.gap in {"-", "‑"} and after.text in cue_words()["relation"]


def is_latin(word: str) -> bool:
    """Tell whether a word is written in Latin letters, with whatever marks."""
    return unicodedata.name(word[0], "").startswith("LATIN")


def _dateline(tokens: Sequence[Token], mention: Mention) -> bool:
    """Tell whether a word in capitals opens a dispatch: "BAKU (AP)", "ADEN, Yemen", "KIEV/MOSCOW"."""
    after = tokens[mention.last + 1].gap if mention.last + 1 < len(tokens) else ""
    return tokens[mention.first].opens and after.strip() in {"(", ",", "/", "-", "--", "–", "—"}


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
