"""Any text at all: the extraction never raises and never takes more than linear time."""

import itertools
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from incidents_articles import article

from incidents.explain import explain_html
from incidents.extract import extract, to_json
from incidents.frames import frames
from incidents.locate import event_toponyms
from incidents.sentences import split_sentences

WORDS = st.sampled_from(
    [
        *(
            "Goma",
            "Sake",
            "Kenya",
            "the",
            "border",
            "rebels",
            "shelled",
            "killed",
            "two",
            "on",
            "Monday",
            "near",
            "said",
            "denied",
            "if",
        ),
        *(
            "would",
            "not",
            "attack",
            "fire",
            "road",
            "closed",
            "from",
            "to",
            "between",
            "and",
            ",",
            ".",
            "?",
            "(",
            ")",
            "[",
            "]",
            "“",
            "”",
        ),
        *(
            "\n",
            "\n\n",
            "#",
            "*",
            "5",
            "km",
            "north",
            "of",
            "June",
            "2024",
            "\u200f",
            "\u202e",
            "\x00",
            "é",
            "Ł",
            "中",
            "🙂",
        ),
    ]
)
SLOW = settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@SLOW
@given(text=st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=80).map(" ".join)))
def test_any_text_is_read_without_an_error(text, gazetteer, nlp):
    reading = extract(article(text), gazetteer, nlp=nlp)
    made = to_json(reading)
    for row in (*made["incidents"], *made["set_aside"], *made["roads"]):
        assert text[row["start"] : row["end"]] == row["evidence"]
    assert set(frames([reading])) == {"incidents", "uncertainty", "set_aside", "roads", "places"}
    assert explain_html(reading).startswith("<!DOCTYPE html>")


@SLOW
@given(text=st.lists(WORDS, min_size=1, max_size=30).map(" ".join), start=st.integers(0, 60), length=st.integers(0, 20))
def test_any_span_may_be_asked_for_its_places(text, start, length):
    for a, b in event_toponyms(text, start, start + length):
        assert 0 <= a < b <= len(text)


@given(text=st.text(max_size=2000))
@settings(deadline=None)
def test_sentences_are_in_order_and_lose_no_word(text):
    source = article(text)
    found = split_sentences(text, source.body)
    assert all(a.span.end <= b.span.start for a, b in itertools.pairwise(found))
    kept = "".join(text[s.span.start : s.span.end] for s in found)
    assert "".join(kept.split()) == "".join(text.split())


def seconds(text, gazetteer, nlp):
    begin = time.perf_counter()
    extract(article(text), gazetteer, nlp=nlp)
    return time.perf_counter() - begin


@pytest.mark.slow
@pytest.mark.parametrize(
    "piece",
    [
        "Rebels shelled Goma on 3 May, killing two people near Sake. ",
        "the army denied the attack and said that it closed the road ",
        "((((“[[Rebels (shelled) [Goma]",
        "Goma, Sake, ",
    ],
)
def test_time_grows_no_faster_than_the_text(piece, gazetteer, nlp):
    seconds(piece * 20, gazetteer, nlp)
    short = max(seconds(piece * 100, gazetteer, nlp), 0.05)
    long = seconds(piece * 400, gazetteer, nlp)
    assert long < short * 4 * 2.5


@pytest.mark.slow
def test_ten_megabytes_in_one_line_are_cut_into_pieces_that_a_parser_takes():
    text = "no end to this line " * 500_000
    pieces = split_sentences(text, article(text).body)
    assert len(pieces) > 9_000
    assert max(piece.span.end - piece.span.start for piece in pieces) < 2_000
