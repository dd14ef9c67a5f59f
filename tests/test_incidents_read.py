"""Articles from files, pages and standard input: encodings, metadata, offsets, clean text, and bad input."""

import hashlib
import io
import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import MarchlandError
from incidents.clean import clean_text
from incidents.decode import decode_article
from incidents.errors import ArticleError
from incidents.front import read_front_matter
from incidents.read import article_from_bytes, find_articles, read_article

STORY = "Two guards were hurt at the Chop crossing – the governor said “both will live” on Tuesday."
RUSSIAN = "Два пограничника ранены у посёлка Чоп, сообщил губернатор области. Переход закрыт до утра."

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>Shots at Chop | The Tisza Post</title>
<meta property="og:site_name" content="The Tisza Post"><meta name="author" content="Ana Kovac">
<meta property="article:published_time" content="2023-05-04T10:00:00Z">
<script>var place = "<p>Debrecen</p>";</script><style>p { color: red }</style></head>
<body><nav><a href="/">Home</a> <a href="/w">World</a></nav>
<article><h1>Shots at <em>Chop</em></h1>
<p>Two guards were hurt at the <b>Chop</b>&nbsp;crossing on Tuesday, the region&rsquo;s governor said, and
the <a href="/uzh" title="a > b">Uzhhorod</a> road was closed to lorries for the night.</p>
<!-- Debrecen -->
<p>S&uuml;leyman Kara, who drives a lorry, heard &ldquo;eight or nine shots&rdquo; from the other bank of the river, he told us.</p>
</article><footer><p>Contact: our Debrecen office</p></footer></body></html>
"""


def _words(article):
    return clean_text(article).split()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_western_text_is_decoded(encoding):
    assert decode_article(STORY.encode(encoding)).lstrip("\ufeff") == STORY


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_cyrillic_text_is_decoded(encoding):
    assert decode_article(RUSSIAN.encode(encoding)).lstrip("\ufeff") == RUSSIAN


def test_a_byte_order_mark_and_windows_line_ends_count_as_characters():
    data = b"\xef\xbb\xbfShots\r\n\r\nTwo guards were hurt.\r\n"
    article = article_from_bytes(data, name="a.txt")

    assert article.text == data.decode("utf-8")
    assert [article.text[span.start : span.end] for span in article.body] == ["Shots", "Two guards were hurt."]
    assert article.title == "Shots"


def test_a_page_s_declared_charset_is_used():
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Bihać</p></body></html>'

    assert "Bihać" in decode_article(page.encode("iso-8859-2"))


FAULTY = {
    "nothing": b"",
    "blanks": b" \r\n\t ",
    "an image": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
    "a document": b"PK\x03\x04\x14\x00word/document.xml",
    "a PDF": b"%PDF-1.7 text",
    "control characters": bytes(range(1, 32)) * 20,
    "zeros": b"\x00" * 50,
    "UTF-16 without its mark": STORY.encode("utf-16-le"),
    "broken UTF-16": b"\xff\xfe" + STORY.encode("utf-16-le")[:-1],
    "KOI8-R": RUSSIAN.encode("koi8-r"),
    "Shift JIS": "国境の町で銃撃があり、二人がけがをした。".encode("shift-jis"),
    "broken UTF-8": RUSSIAN.encode()[:-3] + b"\xd0 \xff",
}


@pytest.mark.parametrize("data", FAULTY.values(), ids=FAULTY.keys())
def test_what_cannot_be_read_is_said_with_name_and_remedy(data):
    with pytest.raises(ArticleError) as caught:
        article_from_bytes(data, name="border.txt")

    message = str(caught.value)
    assert message.startswith("border.txt: ")
    assert any(remedy in message for remedy in ("save", "export"))


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(ArticleError, match=r"nowhere\.txt: no such file"):
        read_article(tmp_path / "nowhere.txt")


def test_a_folder_is_no_article(tmp_path):
    with pytest.raises(ArticleError, match="this is a folder"):
        read_article(tmp_path)


def test_an_impossible_name_is_said():
    with pytest.raises(ArticleError, match="cannot be read"):
        read_article("a\x00b.txt")
    with pytest.raises(ArticleError):
        find_articles(["x" * 5000])


def test_articles_of_a_folder_are_sorted_and_others_left_out(tmp_path):
    for name in ("b.txt", "a.md", "c.HTML", "notes.csv", "README.md", "d.htm"):
        (tmp_path / name).write_text("Shots.", encoding="utf-8")
    (tmp_path / "more.txt").mkdir()

    assert [path.name for path in find_articles([tmp_path, tmp_path / "a.md", "-"])] == [
        "a.md",
        "b.txt",
        "c.HTML",
        "d.htm",
        "-",
    ]


def test_every_faulty_path_is_named(tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ArticleError) as caught:
        find_articles([tmp_path / "empty", tmp_path / "gone.txt"])

    assert "empty: no articles in this folder" in str(caught.value)
    assert "gone.txt: no such file or folder" in str(caught.value)


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    article = read_article("-", published=date(2024, 6, 19))

    assert article.text == STORY
    assert article.published == date(2024, 6, 19)


def test_the_id_is_the_hash_of_the_bytes():
    article = article_from_bytes(STORY.encode(), name="a.txt")

    assert article.article_id == hashlib.sha256(STORY.encode()).hexdigest()[:16]


YAML = """---
Title: "Shots: the fence at Chop"
date: 2023-05-04 10:00
site_name: The Tisza Post
authors: [Ana Kovac, Pavlo Moroz]
source: https://tisza.example/chop
lang: en-GB
description: a colon: inside, and an unclosed "quote
nested:
  title: not this one
---
"""
TOML = """+++
title = "Shots: the fence at Chop"
date = 2023-05-04T10:00:00
source = "The Tisza Post"
author = "Ana Kovac, Pavlo Moroz"
link = "https://tisza.example/chop"
language = "en"
Description = \"\"\"more
lines\"\"\"
+++
"""
LINES = """Title: Shots: the fence at Chop
Date: 2023-05-04 10:00
Publication: The Tisza Post
Author: Ana Kovac, Pavlo Moroz
Src: https://tisza.example/chop
Lang: en
"""


@pytest.mark.parametrize(
    "head",
    [YAML, TOML, LINES, YAML.replace("\n", "\r\n"), "\ufeff" + YAML],
    ids=["yaml", "toml", "lines", "crlf", "bom"],
)
def test_front_matter_is_read(head):
    article = article_from_bytes(f"{head}\n{STORY}".encode(), name="a.md")

    assert article.title == "Shots: the fence at Chop"
    assert article.publisher == "The Tisza Post"
    assert article.author == "Ana Kovac, Pavlo Moroz"
    assert article.published == date(2023, 5, 4)
    assert article.published_by == "front matter"
    assert article.url == "https://tisza.example/chop"
    assert article.language == "en"
    assert [article.text[span.start : span.end] for span in article.body] == [STORY]


@pytest.mark.parametrize(
    "text",
    [
        f"---\n\n{STORY}\n\n---\n\nMore shots.",
        f"--- \n{STORY}",
        f"+++ {STORY}",
        f"Chop: {STORY}\n\nMore.",
        f"Title: {STORY}\nMore.",
    ],
)
def test_a_rule_or_a_colon_is_no_front_matter(text):
    assert read_front_matter(text).end == 0


def test_faulty_front_matter_costs_its_entry_alone():
    head = "---\ntitle: [unclosed\ndate: 2023-05-04\npublisher: {{{{\n---\n"
    article = article_from_bytes(f"{head}{STORY}".encode(), name="a.md")

    assert article.published == date(2023, 5, 4)
    assert article.title


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_page_is_read_and_its_offsets_point_into_the_file(end):
    page = PAGE.replace("\n", end)
    article = article_from_bytes(page.encode(), name="a.html")
    paragraphs = [article.text[span.start : span.end] for span in article.body]

    assert article.text == page
    assert (article.title, article.publisher, article.author) == ("Shots at Chop", "The Tisza Post", "Ana Kovac")
    assert (article.published, article.published_by) == (date(2023, 5, 4), "html metadata")
    assert paragraphs[0].startswith("Shots at <em>Chop")
    assert paragraphs[1].startswith("Two guards were hurt at the <b>Chop</b>&nbsp;crossing")
    assert paragraphs[2].endswith("he told us.")
    assert "Debrecen" not in "".join(paragraphs)


def test_a_page_s_clean_text_holds_sentences_at_their_places():
    article = article_from_bytes(PAGE.encode(), name="a.html")
    text = clean_text(article)

    assert len(text) == len(article.text)
    assert "<" not in text
    assert "Home" not in text
    for word in ("Chop", "Uzhhorod", "lorries"):
        assert text.find(word) == article.text.find(word, article.body[0].start)
    assert "’s governor" in text
    assert " “eight or nine shots” " in " ".join(text.split())
    assert "S\u00fc\u2060\u2060\u2060\u2060\u2060leyman" in text


def test_a_page_from_standard_input_is_known_by_its_looks(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(PAGE.encode())))

    assert read_article("-").publisher == "The Tisza Post"


def test_a_page_without_an_article_has_no_body():
    assert article_from_bytes(b"<html><body></body></html>", name="a.html").body == ()


def test_a_page_that_no_extractor_understands_is_cut_at_its_blocks():
    page = "<div>" * 3000 + "<h2>Shots at Chop</h2>Two guards were <b>hurt</b>.<br>It is calm.<script>Debrecen</script>"
    article = article_from_bytes(page.encode(), name="a.html")

    assert [article.text[span.start : span.end] for span in article.body] == [
        "Shots at Chop",
        "Two guards were <b>hurt</b>.",
        "It is calm.",
    ]


@pytest.mark.parametrize("page", ["<script>", "<html><script>x", "</p><html><article><script>", "<!DOCTYPE html><!--"])
def test_a_page_that_breaks_the_extractor_is_still_read(page):
    assert article_from_bytes(f"{page} Shots at Chop.".encode(), name="a.html").published is None


def test_a_script_in_a_text_is_blanked():
    text = "Shots at Chop.\n\n<script>alert('Debrecen')</script> Two guards were <b>hurt</b>."
    article = article_from_bytes(text.encode(), name="a.md")

    assert _words(article) == ["Shots", "at", "Chop.", "Two", "guards", "were", "hurt", "."]


MARKDOWN = {
    "**Shots** at *Chop*, __again__": "Shots at Chop , again",
    '# Shots at [Chop](https://a.example/b_(c) "t") today': "Shots at Chop today",
    "* Shots at Chop.[^1]": "Shots at Chop.",
    "> Shots at ![the fence](fence.png) Chop": "Shots at the fence Chop",
    "Garakilsa [Sisian] and the [two] sides": "Garakilsa [Sisian] and the [two] sides",
    "They met (, September 9) in the Aliyevregime": "They met (, September 9) in the Aliyevregime",
    "snake_case 3 * 4 < 5 & R&D": "snake_case 3 * 4 < 5 & R&D",
    "see https://a.example/Moscow now": "see now",
}


@pytest.mark.parametrize(("written", "clean"), MARKDOWN.items(), ids=range(len(MARKDOWN)))
def test_markup_is_blanked_and_nothing_else(written, clean):
    text = f"Two guards were hurt.\n\n{written}"
    article = article_from_bytes(text.encode(), name="a.md")

    assert len(clean_text(article)) == len(text)
    assert " ".join(clean_text(article)[22:].split()) == clean


def test_text_outside_the_body_is_blanked():
    article = article_from_bytes(
        f"---\ntitle: Debrecen\n---\n{STORY}\n\nLeave a Reply\n\nDebrecen!".encode(), name="a.md"
    )

    assert "Debrecen" not in clean_text(article)
    assert clean_text(article).count("\n") == article.text.count("\n")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (RUSSIAN, "ru"),
        ("Двоє прикордонників поранені біля селища Чоп.", "uk"),
        ("Սահմանին կրակոցներ են հնչել։", "hy"),
        ("საზღვარზე სროლა იყო.", "ka"),
        (STORY, "en"),
    ],
)
def test_the_script_tells_the_language(text, language):
    assert article_from_bytes(text.encode(), name="a.txt").language == language


@settings(max_examples=250, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_bytes_are_read_or_refused_with_a_message(data, name):
    try:
        article = article_from_bytes(data, name=name)
    except MarchlandError as error:
        refusal = str(error)
    else:
        refusal = ""
        assert len(clean_text(article)) == len(article.text)
    assert not refusal or refusal.startswith(name)


PIECES = st.sampled_from(
    ["---\n", "+++\n", "title: [", "date: 2023-05-04\n", "<p>", "</p>", "<script>", "<!--", "-->", '<a href="', "&amp;", "&#x0;", "[", "](", "((", "**",
     "\n\n", "Leave a Reply\n", "On Tuesday, May 3, ", "\u202e", "\u200f", "\ufeff", "12 May 2021\n", "<html><body><article>", "Shots at Chop. " * 9]
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), min_size=1, max_size=25), st.sampled_from(["a.txt", "a.md", "a.html"]))
def test_any_jumble_is_read_with_offsets_in_the_file(pieces, name):
    data = "".join(pieces).encode("utf-8", "ignore")
    try:
        article = article_from_bytes(data, name=name)
    except MarchlandError:
        return
    assert article.text.encode() == data
    assert len(clean_text(article)) == len(article.text)
    assert all(0 <= span.start < span.end <= len(article.text) for span in article.body)


@pytest.mark.parametrize("depth", [10_000])
@pytest.mark.parametrize("brackets", ["[", "{", "(", "<div>", "title: [", "- "])
def test_deep_nesting_is_no_trouble(brackets, depth):
    for template in ("{}", "---\ntitle: {}\n---\nShots.", "+++\ntitle = {}\n+++\nShots."):
        for name in ("a.md", "a.html"):
            article = article_from_bytes(template.format(brackets * depth).encode(), name=name)
            assert len(clean_text(article)) == len(article.text)


def test_the_work_on_one_endless_line_grows_with_its_length_and_no_faster():
    def work(size):
        data = (STORY.encode() + b" ") * (size // len(STORY.encode()))
        begun = time.process_time()
        article = article_from_bytes(data, name="a.txt")
        assert len(clean_text(article)) == len(article.text) > size / 2
        return time.process_time() - begun

    work(10_000)
    assert work(8_000_000) < 8 * 5 * max(work(1_000_000), work(1_000_000), 0.01)
