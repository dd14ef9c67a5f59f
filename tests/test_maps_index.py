"""The index page: articles, maps, files, what changed; every string of an article is text."""

import re

import maps_frames as invented
import pytest

from maps.index import render_index, write_index

ROW = {
    "title": "One",
    "publisher": "P",
    "published": "2022-01-01",
    "published_by": "front matter",
    "url": "https://example.org/1",
    "page": "articles/1.html",
    "incidents": 3,
    "set_aside": 2,
    "roads": 1,
    "places": 4,
    "latest": False,
}


def page(**over):
    given = {
        "articles": [ROW],
        "maps": [{"title": "All", "href": "map.html"}],
        "incidents": invented.incidents(),
        "changes": {},
        "notes": [],
        "files": ["incidents.geojson"],
    }
    return render_index(**(given | over))


def test_index_links_every_article_every_map_and_every_file():
    html = page(articles=[ROW, ROW | {"title": "Two", "page": "articles/2.html", "latest": True}])
    assert set(re.findall(r'href="(?!data:)([^"]+)"', html)) == {
        "articles/1.html",
        "articles/2.html",
        "https://example.org/1",
        "map.html",
        "incidents.geojson",
    }
    assert html.count('class="latest"') == 1
    assert "2 articles, 31 incidents" in html


def test_index_says_what_changed_in_words():
    html = page(changes={"added": ["i00001"], "removed": ["gone1", "gone2"], "changed": []})
    assert "1 new" in html
    assert "2 no longer there" in html
    assert "Shelling or missile" in html


def test_index_is_repeatable_and_requests_nothing():
    assert page() == page()
    assert "default-src &#39;none&#39;" in page()
    assert re.findall(r"<script[^>]+src|<link[^>]+stylesheet|@import", page()) == []


@pytest.mark.browser
def test_strings_of_articles_do_nothing(open_page, tmp_path):
    hostile = "</script><img src=x onerror=\"document.title='taken'\"> {{ 7 * 7 }} ' \""
    row = ROW | {"title": hostile, "publisher": hostile, "url": "javascript:document.title='taken'"}
    path = write_index(
        tmp_path / "index.html", articles=[row], maps=[], incidents=invented.incidents(), changes={}, notes=[hostile]
    )
    opened = open_page(path)
    assert "taken" not in opened.title()
    assert opened.locator("img").count() == 0
    assert opened.locator("a[href^='javascript']").count() == 0
    assert "{{ 7 * 7 }}" in opened.locator("main").inner_text()
