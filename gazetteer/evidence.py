"""Gather what speaks for and against a known name's being a place in its sentence."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from gazetteer.lexicon import common_words, cue_words, demonyms, feature_words, given_names, surnames
from gazetteer.model import FeatureClass
from gazetteer.people import People, adjacent
from gazetteer.scan import Mention
from gazetteer.store import NameHit
from gazetteer.tokens import Token

_ACRONYM = 5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against a mention's being a place; the features of the recogniser.

    Every field is 0 or 1, or a small number. `scripts/train_recognizer.py` learns how they are weighed.
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
    letters: int = 0
    main_name: int = 0
    country: int = 0
    division: int = 0
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
        letters=len(mention.key),
        main_name=int(any(h.tier == 0 for h in hits)),
        country=int(any(h.feature_class is FeatureClass.COUNTRY for h in hits)),
        division=int(any(h.feature_class is FeatureClass.ADMIN for h in hits)),
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
