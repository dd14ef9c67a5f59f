import json

import pytest

from incidents.locate import event_toponyms

pytestmark = pytest.mark.shared
SENTENCES = 160


@pytest.mark.parametrize(
    ("text", "word", "places"),
    [
        ("Rebels attacked a post in Rutshuru on Friday, the mayor of Goma said.", "attacked", ["Rutshuru"]),
        ("Rebels attacked a post in Rutshuru on Friday, the mayor of Goma said.", "said", []),
        ("Soldiers were deployed in Juba after rebels stormed Malakal.", "stormed", ["Malakal"]),
        ("Soldiers were deployed in Juba after rebels stormed Malakal.", "deployed", ["Juba"]),
        ("They marched for hours.", "marched", []),
    ],
)
def test_the_place_of_this_event_and_not_of_another(text, word, places):
    start = text.index(word)
    assert [text[a:b] for a, b in event_toponyms(text, start, start + len(word))] == places


def test_a_span_outside_the_text_has_no_place():
    assert event_toponyms("Rebels attacked Goma.", 100, 120) == []
    assert event_toponyms("", 0, 0) == []


def overlaps(a, b):
    return a[0] < b[1] and b[0] < a[1]


def test_events_of_public_news_are_put_where_the_sentence_says(shared_dir):
    lines = (shared_dir / "corpora" / "event_location.jsonl").read_text(encoding="utf-8").splitlines()
    placed = right = bare = empty = hits = given = wanted = 0
    for row in map(json.loads, lines[:SENTENCES]):
        verb = row["meta"]["verbs"][0]
        gold = [(t["start"], t["end"]) for t in row["toponyms"]]
        found = event_toponyms(row["text"], verb["start"], verb["end"])
        placed, bare = placed + bool(gold), bare + (not gold)
        right += bool(gold) and any(overlaps(a, b) for a in found for b in gold)
        empty += not gold and not found
        hits += sum(any(overlaps(a, b) for b in gold) for a in found)
        given, wanted = given + len(found), wanted + len(gold)
    assert right / placed >= 0.75
    assert empty / bare >= 0.70
    precision, recall = hits / given, hits / wanted
    assert 2 * precision * recall / (precision + recall) >= 0.68
