"""The dispatches of the first run: readable, complete, and in our own words."""

import json
import re
from pathlib import Path

import pytest

from incidents.dates import find_dates
from incidents.read import clean_text, find_articles, read_article

SEEDS = Path(__file__).parent.parent / "seeds"
RETOLD = {
    "seed-000": "shushi-speech-khramort-2022.md",
    "seed-003": "kalbajar-convoys-roads-2023.md",
    "seed-004": "september-offensive-2022.md",
}
RUN = 9


def _words(text):
    return re.findall(r"[^\W_]+", text.lower())


def _runs(words):
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def test_the_folder_holds_three_dispatches_and_its_readme_is_passed_over():
    assert sorted(path.name for path in find_articles([SEEDS])) == sorted(RETOLD.values())


@pytest.mark.parametrize("name", sorted(RETOLD.values()))
def test_a_dispatch_says_where_it_comes_from(name):
    article = read_article(SEEDS / name)

    assert article.title
    assert article.publisher
    assert article.author
    assert article.published is not None
    assert article.published_by == "front matter"
    assert article.language == "en"


@pytest.mark.parametrize("name", sorted(RETOLD.values()))
def test_all_of_a_dispatch_below_its_front_matter_is_body(name):
    article = read_article(SEEDS / name)
    below = article.text[article.text.index("\n---\n") + 5 :]

    assert "".join("".join(article.text[span.start : span.end].split()) for span in article.body) == "".join(
        below.split()
    )


def test_the_dates_of_the_border_fire_are_read_from_the_dispatch():
    article = read_article(SEEDS / RETOLD["seed-000"])
    text = clean_text(article)
    found = {
        text[when.span.start : when.span.end]: (str(when.start), str(when.end)) for when in find_dates(text, article)
    }

    assert found["September 13-14"][0] == "2022-09-13"
    assert found["November 5"] == ("2022-11-05", "2022-11-05")
    assert found["Tuesday"] == ("2022-11-08", "2022-11-08")


@pytest.mark.shared
def test_no_nine_words_in_a_row_are_an_article_s(shared_dir):
    articles = [path for folder in ("seeds", "dev") for path in sorted((shared_dir / folder).glob("*.txt"))]
    theirs = set().union(*(_runs(_words(path.read_text(encoding="utf-8"))) for path in articles))

    assert len(theirs) > 1000
    for path in SEEDS.glob("*.md"):
        assert not _runs(_words(path.read_text(encoding="utf-8"))) & theirs, path.name


@pytest.mark.shared
@pytest.mark.parametrize("gold", sorted(RETOLD))
def test_a_dispatch_spells_every_place_and_gloss_as_its_article_does(shared_dir, gold):
    places = {
        place["text"]
        for place in json.loads((shared_dir / "dev" / f"{gold}.json").read_text(encoding="utf-8"))["toponyms"]
    }
    told = " ".join((SEEDS / RETOLD[gold]).read_text(encoding="utf-8").split())

    assert len(places) > 20
    assert {place for place in places if place not in told} == set()
