import csv
from importlib.resources import files

import pytest

from gazetteer.model import FeatureClass, Place, Resolution, Toponym
from geo.errors import DataFileError
from incidents import lexicon as module
from incidents.drafts import draft_sentence
from incidents.lexicon import Phrases, inflected, lexicon, rows
from incidents.locate import find_place
from incidents.model import Reality, Span
from incidents.parse import parse_sentences
from incidents.reality import judge
from incidents.sentences import Sentence
from incidents.triggers import find_triggers, may_tell

DEVELOPMENT = (
    "Karabakh",
    "Armenia",
    "Azerbaijan",
    "Lachin",
    "Sumy",
    "Shostka",
    "Golan",
    "Cambodia",
    "Thailand",
    "Najran",
    "Yemen",
)
LEXICONS = (
    "triggers",
    "modality",
    "context",
    "attribution",
    "actors",
    "weapons",
    "things",
    "sides",
    "units",
    "wordings",
    "prepositions",
    "roadwords",
    "headings",
)


def parsed(text, nlp):
    """Parse a sentence; every capitalised word after the first that a preposition or verb governs is a town."""
    towns, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        bare = word.strip(".,?")
        if start and bare[:1].isupper() and bare not in MONTHS_AND_DAYS and not lexicon().sides.at([bare.lower()], 0):
            place = Place(bare.lower(), bare, FeatureClass.SETTLEMENT, 1.0, 1.0)
            towns.append(Toponym(start, start + len(bare), bare, Resolution(place, 1.0, "")))
    sentence = Sentence(0, 0, Span(0, len(text)))
    return parse_sentences(text, [sentence], towns, [], nlp=nlp)[0]


MONTHS_AND_DAYS = frozenset(
    [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
        "January",
        "April",
        "May",
        "June",
        "July",
        "August",
        "November",
        "October",
    ]
)


@pytest.mark.parametrize("name", LEXICONS)
def test_every_entry_has_a_note_and_an_example_from_another_border(name):
    for row in rows(f"{name}.csv"):
        assert row["note"], row
        assert row["example"], row
        others = row["example"].replace(row.get("word", "-"), "")
        assert not any(place in others for place in DEVELOPMENT), row


def test_every_trigger_example_tells_of_its_kind(nlp):
    wrong = []
    for row in rows("triggers.csv"):
        found = find_triggers(parsed(row["example"], nlp))
        kinds = {t.kind for t in found if t.entry.word == row["word"]}
        told = {t.kind for t in found}
        if row["kind"] not in kinds and not (kinds or told & {row["kind"]}):
            wrong.append((row["word"], row["pos"], row["kind"], sorted(told)))
    assert wrong == []


def test_no_trigger_example_is_skipped_by_the_cheap_scan():
    assert [row["word"] for row in rows("triggers.csv") if not may_tell(row["example"])] == []


def test_modality_examples_are_not_taken_for_deeds(nlp):
    wrong = []
    for row in rows("modality.csv"):
        if not row["reality"] or row["reality"] == Reality.ACTUAL:
            continue
        sentence = parsed(row["example"], nlp)
        realities = {str(judge(sentence, t, None, None).reality) for t in find_triggers(sentence)}
        if realities == {"actual"}:
            wrong.append((row["word"], row["where"], row["example"]))
    assert len(wrong) <= 3, wrong


def test_words_that_imply_the_deed_leave_it_actual(nlp):
    wrong = []
    for row in rows("modality.csv"):
        if row["reality"] == Reality.ACTUAL:
            sentence = parsed(row["example"], nlp)
            realities = {judge(sentence, t, None, None).reality for t in find_triggers(sentence)}
            if Reality.ACTUAL not in realities:
                wrong.append(row["word"])
    assert len(wrong) <= 2, wrong


def test_attribution_examples_have_a_source_with_the_stance(nlp):
    wrong = []
    for row in rows("attribution.csv"):
        drafts, _ = draft_sentence(parsed(row["example"], nlp), latest=None, last=None)
        stances = {str(s.stance) for d in drafts for s in d.said}
        if drafts and row["stance"] not in stances and row["stance"] != "reported":
            wrong.append((row["word"], row["stance"], sorted(stances)))
    assert wrong == []


@pytest.mark.parametrize(
    ("table", "name"), [("actors", "actors"), ("weapons", "weapons"), ("things", "things"), ("sides", "sides")]
)
def test_nouns_are_found_in_their_examples(table, name):
    phrases = getattr(lexicon(), table)
    for row in rows(f"{name}.csv"):
        words = [w.lower() for w in module.WORD.findall(row["example"])]
        found = {entry.word for _, _, entry in phrases.find(words)}
        assert any(row["word"].lower() in word.lower() or word.lower() in row["word"].lower() for word in found), row


def test_preposition_examples_give_their_place(nlp):
    wrong = []
    for row in rows("prepositions.csv"):
        if float(row["weight"]) < 2 or row["part"] != "place":
            continue
        sentence = parsed(row["example"], nlp)
        triggers = find_triggers(sentence)
        if triggers and not any(find_place(sentence, t.token).mentions for t in triggers):
            wrong.append(row["word"])
    assert wrong == []


def test_number_words_read_as_the_table_says():
    from incidents.counts import read_count

    for row in rows("units.csv"):
        if row["role"] == "number":
            assert read_count([row["word"]]).best == int(row["best"])
        if row["role"] == "vague":
            assert read_count([row["word"]]).low == int(row["low"])
            assert read_count([row["word"]]).best is None


def test_inflection_follows_the_irregular_table():
    assert {"struck", "striking", "strikes"} <= inflected("strike", "v")
    assert {"set fire", "sets fire", "setting fire"} <= inflected("set fire", "v")
    assert inflected("policeman", "n") == {"policeman", "policemen"}


def test_the_longest_phrase_wins():
    phrases = Phrases([("air", "gas"), ("air raid", "attack"), ("air raid siren", "alarm")])
    assert [value for _, _, value in phrases.find(["an", "air", "raid", "siren", "and", "an", "air", "raid"])] == [
        "alarm",
        "attack",
    ]


def test_a_row_with_too_few_cells_is_named_with_its_line(monkeypatch, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bad.csv").write_text("word,pos\nshell,v\nfire\nhit,v,more\n", encoding="utf-8")
    monkeypatch.setattr(module, "files", lambda _name: tmp_path)
    with pytest.raises(DataFileError) as caught:
        rows("bad.csv")
    assert [fault.split(" ")[0] for fault in caught.value.faults] == ["bad.csv:3:", "bad.csv:4:"]


def test_an_unknown_kind_is_named_with_its_line(monkeypatch):
    table = [{"kind": "armed_clash"}, {"kind": "war"}]
    monkeypatch.setattr(module, "rows", lambda _name: table)
    fault = module._unknown("triggers.csv", "kind", module._KINDS)
    assert len(fault) == 1
    assert fault[0].startswith("triggers.csv:3: kind 'war' is unknown; use one of ")


def test_no_lexicon_row_is_written_twice():
    for name in ("triggers", "modality", "attribution", "weapons", "sides"):
        with files("incidents").joinpath("data", f"{name}.csv").open(encoding="utf-8") as handle:
            keys = [tuple(row[:4]) for row in csv.reader(handle)]
        assert len(keys) == len(set(keys)), name
