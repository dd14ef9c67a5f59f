"""When an article was published: stated, on a date line, or inferred from its own dates."""

from datetime import date

import pytest

from incidents.infer import infer_published
from incidents.published import parse_date
from incidents.read import article_from_bytes

TODAY = date(2026, 1, 15)
STORY = "Two guards were hurt at the crossing, the governor said, and the river was closed to all traffic until further notice."


def _read(text, name="a.txt", **options):
    return article_from_bytes(text.encode(), name=name, **options)


@pytest.mark.parametrize(
    ("stated", "day"),
    [
        ("2020-09-27-19-55-27", date(2020, 9, 27)),
        ("2023-09-14T11:18:00+04:00", date(2023, 9, 14)),
        ("2023/09/14", date(2023, 9, 14)),
        ("20230914", date(2023, 9, 14)),
        ("14.09.2023 11:18", date(2023, 9, 14)),
        ("Sept 14, 2023", date(2023, 9, 14)),
        ("14 September 2023", date(2023, 9, 14)),
        ("Thu, 14 Sep 2023 11:18:00 GMT", date(2023, 9, 14)),
        ("14 сентября 2023", date(2023, 9, 14)),
        ("14 de septiembre de 2023", date(2023, 9, 14)),
        ("2023-13-45", None),
        ("31 February 2023", None),
        ("last week", None),
        ("", None),
        ("(((((" * 50, None),
    ],
)
def test_a_stated_date_is_read_in_any_usual_writing(stated, day):
    assert parse_date(stated) == day


@pytest.mark.parametrize(
    "line",
    [
        "2023-09-14 11:18",
        "Published: 14 September 2023",
        "Published :`2023-09-14 20:14:51`",
        "**Posted on September 14, 2023**",
        "Sept 14, 2023",
        "Thursday, 14 September 2023, 11:18 GMT",
        "14.09.2023 - 11:18",
        "By Ana Kovac | 14 September 2023",
        "Last updated 14 September 2023 at 10:05 UTC",
        "ABECHE, September 14, 2023 (Sahel Wire) -",
    ],
)
def test_a_date_line_dates_the_article(line):
    article = (
        _read(f"Shots at Adré\n\n{line}\n\n{STORY}")
        if "-" not in line[-1:]
        else _read(f"Shots at Adré\n\n{line} {STORY}")
    )

    assert article.published == date(2023, 9, 14)
    assert article.published_by == "date line"
    assert article.year == 2023


def test_published_goes_before_updated():
    article = _read(f"Shots at Adré\n\nUpdated: 15 September 2023\n\nPublished: 14 September 2023\n\n{STORY}")

    assert article.published == date(2023, 9, 14)


def test_a_date_in_a_sentence_is_no_date_line():
    article = _read(f"Shots at Adré\n\nOn 14 September 2020 the two sides met at Adré and agreed on a line.\n\n{STORY}")

    assert article.published_by != "date line"


def test_a_date_of_a_linked_story_is_no_date_line():
    links = "Recent articles by the author\n\n12 June 2024 - 11:06\n\nA fence at Tine"
    article = _read("\n\n".join(["Shots at Adré", *[STORY] * 14, links]))

    assert article.published is None


def test_front_matter_goes_before_a_date_line_and_the_user_before_both():
    text = f"---\ndate: 2021-05-04\n---\nShots at Adré\n\nPublished: 14 September 2023\n\n{STORY}"

    assert (_read(text).published, _read(text).published_by) == (date(2021, 5, 4), "front matter")
    article = _read(text, published=date(2019, 1, 2))
    assert (article.published, article.published_by, article.year) == (date(2019, 1, 2), "option", 2019)


def test_a_page_s_metadata_dates_it():
    page = (
        '<html><head><title>Shots at Adré</title><meta property="article:published_time" content="2023-09-14T10:00:00Z"></head>'
        f"<body><article><h1>Shots at Adré</h1><p>{STORY}</p><p>{STORY[::1]} It was quiet later.</p></article></body></html>"
    )
    article = _read(page, name="a.html")

    assert (article.published, article.published_by) == (date(2023, 9, 14), "html metadata")


KOSOVO = """Serbia and Kosovo trade blame after shots at Jarinje

Shots were fired at the Jarinje crossing on Friday, 12 May, and a lorry driver was hurt. The government in Belgrade and the one in
Pristina blamed each other. On 9 May stones had been thrown at a bus near Zvečan.

The two sides signed an agreement on licence plates in 2022, which neither has put into practice, the mediators said.
"""

SUDAN = """A harvest under fire in Al-Fashaga

Farmers in Al-Fashaga came under mortar fire on June 26, Sudanese officials said; Ethiopia denied that its army had been near. The
dead were buried on Monday.

Five years have passed since the two armies clashed there in 2017, and no line has been drawn. The commission last met on June 20.
"""

LADAKH = """Patrols face each other at Demchok

Indian and Chinese patrols stood face to face at Demchok on November 3, both armies said. Nobody was hurt.

The first of the recent clashes, in the Galwan valley on 15 June 2020, cost the lives of at least 24 soldiers. Talks after that of
September 10, 2020 brought a withdrawal from two places. On November 5 the commanders met.
"""


def test_a_weekday_beside_a_date_gives_the_latest_year_that_agrees():
    inferred = infer_published(KOSOVO, today=TODAY)

    assert inferred.year == 2023
    assert inferred.day == date(2023, 5, 12)


def test_a_count_of_years_from_a_dated_event_gives_the_year():
    inferred = infer_published(SUDAN, today=TODAY)

    assert inferred.year == 2022
    assert inferred.day == date(2022, 6, 26)


def test_the_year_that_the_story_s_own_dates_carry_is_taken():
    inferred = infer_published(LADAKH, today=TODAY)

    assert inferred.year == 2020
    assert inferred.day == date(2020, 11, 5)


@pytest.mark.parametrize(
    "text",
    [
        "Shots were fired at Jarinje on 12 May and again on Tuesday.",
        "In the 1999 war the bridge was destroyed. On 3 May it was opened again.",
        "A treaty of 24 April 1925 drew the line. On 3 May guards met there, and on 5 May shots fell.",
        "On Friday, 12 May, shots fell; on Saturday, 12 May, it was calm.",
        "No date at all.",
    ],
)
def test_without_evidence_the_year_stays_unknown(text):
    assert infer_published(text, today=TODAY).year in ({1925} if "1925" in text else {None})


def test_no_year_after_today_is_inferred():
    assert infer_published(KOSOVO.replace("in 2022", "once"), today=date(2020, 1, 1)).year == 2017


def test_the_year_that_a_mission_will_end_is_no_evidence():
    assert infer_published(SUDAN + "\nThe mission's mandate ends in 2025.", today=TODAY).year == 2022


def test_an_inferred_date_is_marked():
    article = _read(KOSOVO)

    assert (article.year, article.published_by) == (2023, "inferred")


def test_comments_are_no_evidence():
    article = _read(
        f"{STORY}\n\nOn 12 May shots were fired at Jarinje.\n\nLeave a Reply\n\nI was there on Friday, 12 May, long ago."
    )

    assert article.year is None


def test_an_undated_article_keeps_month_and_day():
    from incidents.dates import find_dates

    article = _read("On 12 May shots were fired at Jarinje, and on 9 May stones were thrown near Zvečan.")

    assert article.published is None
    assert [(when.partial, str(when.precision)) for when in find_dates(article.text, article)] == [
        ("--05-12", "unknown"),
        ("--05-09", "unknown"),
    ]


@pytest.mark.shared
@pytest.mark.parametrize(
    ("file", "published", "year"),
    [
        ("seeds/000_d646a978bb190ff2.txt", None, 2022),
        ("seeds/003_834b2efd311bcfdc.txt", date(2023, 9, 14), 2023),
        ("seeds/004_37ea4592f850c55e.txt", None, 2022),
        ("dev/06-dailymail-vardenis-2020.txt", date(2020, 9, 27), 2020),
        ("dev/08-cnn-majdal-shams-2024.txt", date(2024, 7, 27), 2024),
    ],
)
def test_the_real_articles_get_their_year(shared_dir, file, published, year):
    from incidents.read import read_article

    article = read_article(shared_dir / file)

    assert article.year == year
    assert published is None or article.published == published
