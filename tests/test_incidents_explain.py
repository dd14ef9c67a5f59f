import io
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from incidents_articles import UVIRA, article
from rich.console import Console

from incidents.explain import explain_html, explain_terminal, find_marks
from incidents.extract import extract


@pytest.fixture(scope="module")
def reading(gazetteer, nlp):
    return extract(article(UVIRA), gazetteer, nlp=nlp)


def page_text(page):
    parts = []
    parser = HTMLParser(convert_charrefs=True)
    parser.handle_data = parts.append
    parser.feed(page)
    return "".join(parts)


def test_places_triggers_incidents_and_set_aside_sentences_are_marked(reading):
    assert {m.what for m in find_marks(reading)} >= {"toponym", "trigger", "incident", "aside"}


def test_the_page_holds_the_whole_article_in_order(reading):
    assert UVIRA in page_text(explain_html(reading))


def test_the_page_says_why(reading):
    page = explain_html(reading)
    assert "threatened because of" in page
    assert re.search(r'class="[^"]*trigger[^"]*"', page)


def test_markup_of_an_article_is_escaped(gazetteer, nlp):
    text = 'Rebels shelled Goma <script>alert("x")</script> on Monday & left.'
    page = explain_html(extract(article(text), gazetteer, nlp=nlp))
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert text in page_text(page)


def test_a_title_is_escaped_too(reading):
    page = explain_html(replace(reading, article=replace(reading.article, title="<b>&")))
    assert "<title>&lt;b&gt;&amp;</title>" in page


def test_nothing_is_fetched(reading):
    assert not re.search(r"https?://|<link|<img|src=", explain_html(reading))


def test_the_terminal_shows_the_text_and_the_reasons(reading):
    out = io.StringIO()
    explain_terminal(reading, console=Console(file=out, width=200, highlight=False))
    printed = out.getvalue()
    assert "rebels attacked an army post near Uvira" in printed
    assert "Incidents" in printed
    assert "Set aside" in printed


def test_square_brackets_of_an_article_are_no_markup(gazetteer, nlp):
    text = "Rebels shelled Goma [bold red]on Monday[/bold red]."
    out = io.StringIO()
    explain_terminal(extract(article(text), gazetteer, nlp=nlp), console=Console(file=out, width=200))
    assert "[bold red]on Monday[/bold red]" in out.getvalue()
