"""What is the article and what is furniture, in texts in the style of many sites."""

import itertools
import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.body import body_rules, find_body, match_rule
from incidents.read import article_from_bytes, read_article

DATA = Path(__file__).parent.parent / "incidents" / "data" / "body"
ENTRIES = [
    entry
    for name in ("patterns", "credits", "prompts")
    for entry in yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))
]

PROSE = (
    "Two border guards were hurt on Tuesday when shots were fired across the river near Uzhhorod, the regional governor said, "
    "adding that the crossing would stay open to lorries."
)
MORE = (
    "The ministry on the other side of the river said that its patrols had not opened fire, and asked the joint commission to look "
    "into the matter before the end of the week."
)


def _kept(text):
    return [text[span.start : span.end] for span in find_body(text)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_each_pattern_matches_its_example(entry):
    rule = match_rule(entry["example"])

    assert rule is not None
    assert rule.effect == entry["effect"]
    assert {found.rule_id for found in body_rules() if found.pattern.match(entry["example"])} >= {entry["id"]}


@pytest.mark.parametrize("entry", [entry for entry in ENTRIES if "unlike" in entry], ids=lambda entry: entry["id"])
def test_a_sentence_that_resembles_a_pattern_stays(entry):
    assert entry["unlike"] in _kept(f"{PROSE}\n\n{entry['unlike']}\n\n{MORE}")


def test_headline_standfirst_and_caption_are_body():
    text = f"Shots near Uzhhorod\n\nGovernor says two guards are hurt\n\n{PROSE}\n\nA guard at the Uzhhorod crossing (May 3, Border Service)\n\n{MORE}"

    assert "\n\n".join(_kept(text)) == text


TAILS = {
    "a comment form": "Leave a Reply\n\nYour email address will not be published.",
    "numbered comments above the form": "  1. Send them all to Chop, I say.\n\n  2. What about Mukachevo?\n\n    • Nobody cares.\n\nLeave a Reply",
    "a counted thread": "14 thoughts on “Shots near Uzhhorod”\n\nBela says:\n\nMay 4, 2019 at 4:15 pm\n\nGo back to Debrecen!\n\nReply",
    "comments with their times": "Bela says:\nMay 4, 2019 at 4:15 pm\nThis is what I saw in Debrecen.\nReply",
    "a discussion": "Comments (2)\n\nMarta: In Lviv we heard nothing of this.",
    "recent articles": "Recent articles by the author\n\n12 June 2024 - 11:06\n\nA fence at Chop\n\n24 May 2024\n\nThe road to Lviv",
    "more stories": "You may also like\n\nKyiv counts its losses\n\nMinsk says no",
    "a list of tags": "Tags: Ukraine, Hungary, Uzhhorod",
    "share buttons": "Share this article\n\nFacebook\n\nTwitter\n\nCopy link",
    "a newsletter": "Subscribe to our newsletter\n\nSign up to get the latest news from Kyiv in your inbox.\nNo, thanks",
    "a cookie line": "We use cookies to give readers in Budapest a better service.",
    "credits in brackets": "(Reporting by Ana Kovac in Budapest and Pavlo Moroz in Kyiv; Editing by Tom Hart)",
    "a credit line": "Additional reporting by Ana Kovac in Budapest; Editing by Tom Hart",
    "files of agencies": "With files from agencies in Kyiv",
    "a source line": "Source: Budapest Wire and agencies",
    "a reprint note": "This article was originally published in the Budapest Monitor.",
    "copyright": "© 2021 Budapest Monitor. All rights reserved.",
    "a biography": "Ana Kovac is a freelance journalist from Budapest who writes on Ukraine and Moldova.",
    "a biography under its name": "Ana Kovac\n\nAna Kovac is the assistant editor of the Budapest Monitor. She holds a degree from Vienna.",
    "an author box": "  • The Border Desk\n\n    The Border Desk is the team behind our reports from Chisinau and Kyiv.\n\n    View all posts",
    "about the author": "About the author\n\nAna Kovac lives in Budapest and has worked in Kyiv.",
    "references": "## References\n\n1. Budapest Monitor, 3 May\n\n2. Kyiv Courier",
    "notes": "Notes and references\n\n[1] Budapest Monitor, 3 May.",
    "closing words": "# Wrap-up\n\nWe hope you enjoyed this week's show. Thanks to Maria in Kyiv for the music.",
    "a link in the text": "Read more: Kyiv counts its losses",
    "titles in a row": "Kyiv counts its losses\n\nMinsk says no to monitors\n\nChisinau opens a second bridge\n\nFuel is short in Lviv",
    "topics in a row": "Ukraine\nHungary\nBorder disputes\nUzhhorod",
    "a source and titles below it": "SOURCE: News agencies\n\nRelated\n\nKyiv counts its losses\n\nOfficials in Lviv speak of two weeks without fuel",
    "titles below tags": "Topics: Ukraine | Hungary\n\nMore in Europe\n\nKyiv counts its losses\n\nMinsk says no",
    "an end mark and contacts": "ENDS\n\nNotes to editors\n\n1. The commission was founded in Debrecen in 1994.\n\n2. It has offices in Lviv and Vienna.\n\nMedia contact: press@commission.example",
    "helpers of an agency": "Wire writers Ana Kovac in Budapest and Pavlo Moroz in Kyiv contributed to this report.",
    "who reported from where": "Ana Kovac reported from Budapest, and Pavlo Moroz from Kyiv.",
    "a syndicated feed": "(Except for the headline, this story has not been edited by our staff and is published from a feed in Kyiv.)",
    "a printed edition": "Published in The Vienna Courier, May 12th, 2021",
    "agencies": "AFP / Reuters",
    "initials of a desk": "bur-ako/tha",
    "a page to go to": "Go to our Ukraine page for more news from Kyiv.",
    "a call to readers": "Are you in Uzhhorod? Have you been affected? You can share your experience of the border by emailing us.",
    "an app": "Download our app for alerts from Kyiv and Budapest.",
    "a person to follow": "Follow Ana Kovac on Twitter: @anakovac_kyiv",
    "a thread without comments": "Be the first to comment\n\nMost popular\n\nKyiv counts its losses",
    "sorted comments": "Comments\n\nSort by newest\n\nBela M\n\nThe bridge at Chop was always open when I was there.",
    "counters": "1.2K shares\n345 views",
    "a donation": "Please consider making a donation to keep our Kyiv office open and to support our work.",
    "languages": "Read this story in Ukrainian, Hungarian or Russian",
    "a switch of languages": "English | Українська | Magyar",
    "links in Markdown": "[Kyiv counts its losses](https://news.example/1)\n\n[Minsk says no](https://news.example/2)",
    "a bulleted list of links": "Read next:\n\n- [Kyiv counts its losses](https://news.example/1)\n- [Minsk says no](https://news.example/2)",
    "a text with a video": "Watch: How Lviv lives without fuel\n\nThis video is not available in your browser",
    "a correction": "Correction: An earlier version named a village near Mukachevo.",
    "a picture's owner": "Photo by Ana Kovac / AFP\n\nImage source, Getty Images",
    "later and earlier stories": "Previous article: Kyiv counts its losses\n\nNext article: Minsk says no",
}


@pytest.mark.parametrize("tail", TAILS.values(), ids=TAILS.keys())
def test_what_follows_an_article_is_not_body(tail):
    assert _kept(f"Shots near Uzhhorod\n\n{PROSE}\n\n{MORE}\n\n{tail}\n") == ["Shots near Uzhhorod", PROSE, MORE]


HEADS = {
    "a menu": "Home\nWorld\nEurope\nAsia\nSport\nWeather",
    "a skip link": "Skip to main content",
    "breadcrumbs": "Home > World > Hungary",
    "a letterhead": "Ana Kovac\n\nTel: (+36 1) 555-01-99",
    "a logo's texts": "Budapest Border InstituteBudapest Border InstituteBudapest Border Institute\nBudapest, DC 20001",
    "a byline": "By Ana Kovac in Budapest",
    "a date line": "Published: `2021-05-04 20:14:51`",
    "a date line with the newsroom's town": "Updated - May 12, 2021 10:15 am IST - NEW DELHI",
    "a section": "News | Hungary",
    "a section of the world": "Middle East",
    "a bar of headlines": "Off the wire\nKyiv counts its losses • Minsk says no to monitors • Cup final in Lviv tonight • Fuel is short in Chisinau",
    "where one is": "You are here: Home",
    "two authors in two towns": "By Ana Kovac in Budapest and Pavlo Moroz in Kyiv",
    "a byline in capitals": "BY ANA KOVAC, KYIV",
    "an author with an agency": "Ana Kovac, BBC News, Budapest",
    "what the author is": "Central Europe correspondent, Vienna",
    "a place of reporting": "Reporting from Kyiv",
    "a press release": "FOR IMMEDIATE RELEASE",
    "a document's number": "Document #208134\nBudapest Monitor – Budapest Monitor Trust (Author)",
    "a note to clients": "(Updates with governor in Uzhhorod, adds background on Kyiv talks)",
    "links in Markdown": "[Home](/) [World](/world) [Hungary](/hungary)",
    "languages": "EN | UA | HU",
    "reading time": "5 min read\n12 shares\nUpdated 3 hours ago",
    "a size of letters": "Adjust font size:",
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_what_stands_above_an_article_is_not_body(head):
    assert _kept(f"{head}\n\nShots near Uzhhorod: two guards hurt\n\n{PROSE}\n\n{MORE}") == [
        "Shots near Uzhhorod: two guards hurt",
        PROSE,
        MORE,
    ]


def test_a_credit_is_cut_off_the_paragraph_that_it_ends():
    assert _kept(f"{PROSE}\n\n{MORE} (Reporting by Ana Kovac in Budapest; Editing by Tom Hart)") == [PROSE, MORE]


def test_a_section_ends_at_the_next_heading_of_its_level():
    text = f"# Shots\n\n{PROSE}\n\n## Sources\n\nBudapest Monitor\n\n## Afterwards\n\n{MORE}"

    assert _kept(text) == ["# Shots", PROSE, "## Afterwards", MORE]


def test_short_paragraphs_after_links_go_on_with_the_article():
    short = [
        "The governor spoke in Uzhhorod on Tuesday afternoon.",
        "He said that two guards had been taken to Kosice.",
    ]
    text = "\n\n".join([PROSE, "Related stories", "Kyiv counts its losses", "Minsk says no", *short])

    assert _kept(text) == [PROSE, *short]


def test_items_at_the_end_of_a_bulletin_are_no_titles_of_other_stories():
    text = (
        f"{PROSE}\n\n{MORE}\n\nThe mission counted:\n\n- Chop: 12 shots\n- Uzhhorod: two explosions\n- Lonya: one drone"
    )

    assert _kept(text)[-3:] == ["- Chop: 12 shots", "- Uzhhorod: two explosions", "- Lonya: one drone"]


def test_the_entries_of_a_bulletin_with_times_are_no_comments():
    entries = [f"May 4, 2019 at {hour}:15 pm\n\nShots were heard near Chop at {hour} pm." for hour in (3, 4, 5)]
    kept = _kept("\n\n".join([PROSE, *entries]))

    assert [line for line in kept if line.startswith("Shots")] == [
        f"Shots were heard near Chop at {hour} pm." for hour in (3, 4, 5)
    ]


@pytest.mark.parametrize("headline", ["Explainer: why the fence at Chop moved", "Sources: two guards held in Kosice"])
def test_a_headline_with_a_label_stays(headline):
    assert headline in _kept(f"{headline}\n\n{PROSE}\n\n{MORE}")


def test_who_somebody_was_is_no_note_on_the_author():
    dead = "Olena Bondar was a student at the university of Uzhhorod."

    assert dead in _kept(f"{PROSE}\n\n{MORE}\n\n{dead}")


def test_links_in_the_middle_do_not_end_the_article():
    assert _kept(f"{PROSE}\n\nRelated stories\n\nKyiv counts its losses\n\n{MORE}") == [PROSE, MORE]


@pytest.mark.parametrize(
    "sentence",
    [
        "By Tuesday, the army had withdrawn from Uzhhorod.",
        "The ministry said:",
        "Homes were destroyed in Kassala.",
        "Ad Dali was shelled again.",
        "Search for missing guards at Chop goes on.",
        "Olena Bondar, an analyst, said that the fence at Chop would not hold.",
        "Olena Bondar is the mayor of Chop.",
        "The report was produced by the mission and names both sides.",
        "12 civilians were hurt on Harbour Road, officials said.",
        "Comments by the minister angered Budapest.",
        "Register offices in Chop were closed.",
        "Shares of Budapest banks fell.",
        "Notes found at the post name a second unit.",
        "Latest fighting in Chop kills three.",
        "Contact with the patrol near Chop was lost.",
        "Credits for the bridge at Chop were frozen.",
        "In Kyiv, the Reuters office was evacuated.",
        "Heavy shelling was reported from Uzhhorod.",
        "Africa is watching the talks, the envoy said.",
        "End of April saw the worst shelling of Chop.",
        "Correspondents in Uzhhorod heard three explosions.",
        "Watch towers rose along the Uzh.",
        "Follow-up talks will be held in Kosice.",
        "For more than a day no lorry crossed at Chop.",
        "Related clashes were reported in Lonya.",
    ],
)
def test_a_sentence_that_merely_begins_like_furniture_stays(sentence):
    assert sentence in _kept(f"{PROSE}\n\n{sentence}\n\n{MORE}")


def test_an_analyst_in_the_middle_is_no_biography():
    quoted = "Olena Bondar is a senior analyst at a research institute in Kyiv and has often been at the fence."

    assert quoted in _kept(f"{PROSE}\n\n{quoted}\n\n{MORE}")


def test_a_web_page_loses_what_its_extractor_leaves():
    parts = [
        "<p>News | Hungary</p><h1>Shots near Uzhhorod</h1><p>By Ana Kovac in Budapest</p>",
        f"<p>{PROSE}</p><p>Read more: Kyiv counts its losses</p><p>{MORE}</p>",
        "<p>Wire writers Ana Kovac in Budapest and Pavlo Moroz in Lviv contributed to this report.</p>",
        "<p>Topics: Ukraine | Minsk</p><ul><li><a href='/1'>Minsk says no</a></li><li><a href='/2'>Vienna waits</a></li></ul>",
    ]
    page = f"<html><body><nav><a href='/'>Home</a></nav><article>{''.join(parts)}</article></body></html>"
    article = article_from_bytes(page.encode(), name="page.html")

    assert [article.text[span.start : span.end] for span in article.body] == ["Shots near Uzhhorod", PROSE, MORE]


def test_a_wrapped_paragraph_stays_whole():
    wrapped = "Two guards were hurt when shots were fired across the river near\nUzhhorod on Tuesday, and the governor of the region said that the\ncrossing would stay open."

    assert _kept(f"{wrapped}\n\n{MORE}") == [wrapped, MORE]


def test_offsets_are_those_of_the_file_with_windows_line_ends():
    text = f"Shots\r\n\r\n{PROSE}\r\n\r\nLeave a Reply\r\n"

    assert [part.strip() for part in _kept(text)] == ["Shots", PROSE]


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from([*TAILS.values(), *HEADS.values(), PROSE, "\n", "  ", "#", "((("]) | st.text(max_size=30),
        max_size=12,
    )
)
def test_any_text_gives_ordered_spans(parts):
    text = "\n".join(parts)
    spans = find_body(text)

    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(before.end <= after.start for before, after in itertools.pairwise(spans))


@pytest.mark.shared
def test_the_development_articles_bodies_are_found(shared_dir):
    right = total = 0
    for path in sorted((shared_dir / "dev").glob("*.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        article = read_article(shared_dir / "dev" / gold["text_file"])
        is_body = [any(span.start <= i < span.end for span in article.body) for i in range(len(article.text))]
        outside = [any(start <= i < end for start, end in gold["not_body"]) for i in range(len(article.text))]
        seen = [i for i, character in enumerate(article.text) if not character.isspace()]
        right += sum(is_body[i] != outside[i] for i in seen)
        total += len(seen)
        assert all(is_body[toponym["start"]] for toponym in gold["toponyms"])

    assert right / total > 0.99
