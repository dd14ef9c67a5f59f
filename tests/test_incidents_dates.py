"""Time expressions in sentences from many borders, as intervals of days."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from incidents.dates import find_dates
from incidents.datewords import context_words, read_rows, word_values
from incidents.model import Article, DatePrecision, Span

# A Wednesday in the middle of a year.
PUBLISHED = date(2024, 6, 19)


def _read(text, *, published=PUBLISHED, year=None, anchor=None, span=None):
    article = Article(
        "id", text, (Span(0, len(text)),), published=published, year=year or (published and published.year)
    )
    return find_dates(text, article, span=span, anchor=anchor)


def _short(when):
    return str(when.start or ""), str(when.end or ""), str(when.precision)


DAYS = [
    ("Shells fell on Uzhhorod on Tuesday.", "2024-06-18"),
    ("Guards exchanged fire at Torkham on Wednesday, officials said.", "2024-06-19"),
    ("The convoy reached Gedaref Saturday.", "2024-06-15"),
    ("Earlier on Monday, a drone fell near Rzeszow.", "2024-06-17"),
    ("Late on Sunday shots were heard in Mitrovica.", "2024-06-16"),
    ("On Thursday night rockets hit Kiryat Shmona.", "2024-06-13"),
    ("Last Wednesday two soldiers were hurt at Galwan.", "2024-06-12"),
    ("A mine exploded near Goma on 27 May.", "2024-05-27"),
    ("A mine exploded near Goma on the 27th of May.", "2024-05-27"),
    ("On May 27th, a patrol came under fire in Abyei.", "2024-05-27"),
    ("On Monday, May 27, a patrol came under fire in Abyei.", "2024-05-27"),
    ("As of late Sunday, June 16, the crossing at Rafah was shut.", "2024-06-16"),
    ("In the early hours of 13 June 2022, mortars hit Kupwara.", "2022-06-13"),
    ("Sept. 14, 2023: gunfire at the Batken border post.", "2023-09-14"),
    ("On 28 December, a shepherd was shot near Jenin.", "2023-12-28"),
    ("On June 20 a truck crossed at Erez.", "2024-06-20"),
    ("Report of 2023-07-30 from the Blue Line.", "2023-07-30"),
    ("The post at Hrodna was attacked on 12.05.2021 at night.", "2021-05-12"),
    ("Artillery was heard in Kassala yesterday.", "2024-06-18"),
    ("Today the border at Narva is closed.", "2024-06-19"),
    ("Last night a house burned in Hasankeyf.", "2024-06-18"),
    ("Two days ago a fishing boat was seized off Kinmen.", "2024-06-17"),
    ("The ferry hit a mine three hours ago.", "2024-06-19"),
    ("The day before yesterday a bridge at Kosi was blown up.", "2024-06-17"),
    ("This morning shells landed in Cúcuta.", "2024-06-19"),
    ("On 29 February a guard died at Paju.", "2024-02-29"),
    ("On SATURDAY a raid began near Kidal.", "2024-06-15"),
    ("In a statement on Friday’s raid, Ankara said little.", "2024-06-14"),
    ("Monday night shells fell on Kobani.", "2024-06-17"),
    ("Early on Wednesday a drone fell near Galati.", "2024-06-19"),
    ("Thursday afternoon local time, a patrol was hit at Abyei.", "2024-06-13"),
    ("On the 7th, the crossing at Rafah was shut.", "2024-06-07"),
    ("On the 25th, in the rain, a convoy reached Gao.", "2024-05-25"),
    ("On New Year’s Eve rockets hit Belgorod.", "2023-12-31"),
    ("On Christmas Day 2022 a post at Tawang burned.", "2022-12-25"),
    ("Friday last week a mine went off near Aranos.", "2024-06-14"),
    ("On Tuesday of last week two shepherds were taken at Shebaa.", "2024-06-11"),
    ("The Friday before last a bridge at Rutshuru was cut.", "2024-06-07"),
    ("The post at Hrodna was attacked on 25/6/2023.", "2023-06-25"),
    ("The post at Nogales was closed on 6/25/2023.", "2023-06-25"),
    ("A drone crossed the Danube overnight on 4 May.", "2024-05-04"),
    ("Later in the day the road to Zahle was open.", "2024-06-19"),
]


@pytest.mark.parametrize(("text", "day"), DAYS)
def test_a_day_is_read(text, day):
    assert [_short(when) for when in _read(text)] == [(day, day, "day")]


INTERVALS = [
    (
        "On the nights of 3 and 5 May mortars were fired at Poonch.",
        [("2024-05-03", "2024-05-03", "day"), ("2024-05-05", "2024-05-05", "day")],
    ),
    (
        "On May 3, 5 and 7, drones crossed the Prut.",
        [(f"2024-05-0{day}", f"2024-05-0{day}", "day") for day in (3, 5, 7)],
    ),
    (
        "Shots on the night of May 6 and May 8 near Leh.",
        [("2024-05-06", "2024-05-06", "day"), ("2024-05-08", "2024-05-08", "day")],
    ),
    ("From May 13-14, troops attacked Bukavu.", [("2024-05-13", "2024-05-14", "span")]),
    ("Between 3 and 7 May, villages near Abéché burned.", [("2024-05-03", "2024-05-07", "span")]),
    ("From 28 May to 3 June, trenches were dug at Drabany.", [("2024-05-28", "2024-06-03", "span")]),
    ("The clashes of 28 December - 3 January near Isfara.", [("2023-12-28", "2024-01-03", "span")]),
    ("The second war (September 7–November 10, 2019) began here.", [("2019-09-07", "2019-11-10", "span")]),
    ("In the night from 12 to 13 June fires burned in Kashgar.", [("2024-06-12", "2024-06-13", "span")]),
    ("Fighting went on from Monday to Thursday in Tawila.", [("2024-06-10", "2024-06-13", "span")]),
    (
        "Protests on Friday and Saturday closed the Pristina road.",
        [("2024-06-14", "2024-06-14", "day"), ("2024-06-15", "2024-06-15", "day")],
    ),
    ("In mid-September the river froze at Blagoveshchensk.", [("2023-09-11", "2023-09-20", "month")]),
    ("In late March 2020 a column crossed at Ras Jdir.", [("2020-03-21", "2020-03-31", "month")]),
    ("In early June, guards fired warning shots at Panmunjom.", [("2024-06-01", "2024-06-10", "month")]),
    ("At the end of May the pass at Khunjerab was shut.", [("2024-05-21", "2024-05-31", "month")]),
    ("Last August an offensive began near Tigray.", [("2023-08-01", "2023-08-31", "month")]),
    ("In May 2021 rockets flew over Ashkelon.", [("2021-05-01", "2021-05-31", "month")]),
    ("Clashes in July killed 16 people at Naqoura.", [("2023-07-01", "2023-07-31", "month")]),
    ("In February of this year a fence went up at Kapıkule.", [("2024-02-01", "2024-02-29", "month")]),
    ("From March to May 2022 the Suwalki road was patrolled.", [("2022-03-01", "2022-05-31", "month")]),
    ("The July-August truce held in Kassala.", [("2023-07-01", "2023-08-31", "month")]),
    ("This month three guards died in Zahedan.", [("2024-06-01", "2024-06-19", "month")]),
    ("Similar violence was reported last month in Kokkina.", [("2024-05-01", "2024-05-31", "month")]),
    ("This week shells fell on Metula.", [("2024-06-17", "2024-06-19", "week")]),
    ("Last week shells fell on Metula.", [("2024-06-10", "2024-06-16", "week")]),
    ("Last weekend the market at Birao burned.", [("2024-06-15", "2024-06-16", "span")]),
    ("Over the past three days the Drina bridge was shelled.", [("2024-06-16", "2024-06-19", "span")]),
    ("Over the weekend the market at Birao burned.", [("2024-06-15", "2024-06-16", "span")]),
    ("In the past 48 hours the Drina bridge was shelled.", [("2024-06-17", "2024-06-19", "span")]),
    ("Since the beginning of the year nine guards died at Pamir.", [("2024-01-01", "2024-06-19", "year")]),
    ("Late last year a fence was built at Sarpi.", [("2023-09-01", "2023-12-31", "year")]),
    (
        "On the 13th and 14th of May shots fell at Nusaybin.",
        [("2024-05-13", "2024-05-13", "day"), ("2024-05-14", "2024-05-14", "day")],
    ),
    ("In recent days snipers fired at Maroun al-Ras.", [("2024-06-12", "2024-06-19", "week")]),
    ("In recent weeks patrols met at Doklam.", [("2024-05-20", "2024-06-19", "month")]),
    ("For a third consecutive day guns were heard at Zokhawthar.", [("2024-06-17", "2024-06-19", "span")]),
    ("A month ago villagers fled from Djibo.", [("2024-05-09", "2024-05-29", "month")]),
    ("Shelling has gone on since a month ago in Bunagana.", [("2024-05-09", "2024-06-19", "month")]),
    ("Since May 26 a convoy has been stuck at Adré.", [("2024-05-26", "2024-06-19", "span")]),
    ("Forty died since hostilities resumed on 7 May near Preah Vihear.", [("2024-05-07", "2024-06-19", "span")]),
    ("Since 2014 the line at Stanytsia has not moved.", [("2014-01-01", "2024-06-19", "year")]),
    ("The road was closed until 17 May.", [("2024-05-17", "2024-05-17", "day")]),
    ("In autumn 2020 drones came over Fizuli.", [("2020-09-01", "2020-11-30", "month")]),
    ("Last summer goats were taken across the Litani.", [("2023-06-01", "2023-08-31", "month")]),
    ("In the winter of 2013 the pass at Siachen was held.", [("2013-12-01", "2014-02-28", "month")]),
    ("The 1967 war moved the line on the heights.", [("1967-01-01", "1967-12-31", "year")]),
    ("The war of 1992 - 1994 left mines at Pyandzh.", [("1992-01-01", "1994-12-31", "year")]),
    ("In 2014-15 the airport of Donetsk was destroyed.", [("2014-01-01", "2015-12-31", "year")]),
    ("In the 1980s the two armies fought at Kargil.", [("1980-01-01", "1989-12-31", "year")]),
    ("Ten years ago the post at Aksai was built.", [("2014-01-01", "2014-12-31", "year")]),
    ("Rockets hit Sderot overnight.", [("2024-06-18", "2024-06-19", "day")]),
    ("Overnight into Sunday a warehouse burned in Nikopol.", [("2024-06-15", "2024-06-16", "day")]),
    ("Overnight between Friday and Saturday a barn burned in Rava.", [("2024-06-14", "2024-06-15", "day")]),
    ("On the night of Sunday to Monday guards fired at Narva.", [("2024-06-16", "2024-06-17", "span")]),
    ("On the night of 12/13 June guards fired at Narva.", [("2024-06-12", "2024-06-13", "span")]),
    ("June 12th-14th saw shelling of Tal Rifaat.", [("2024-06-12", "2024-06-14", "span")]),
    ("From 3 May until 5 May the bridge at Kosi was shut.", [("2024-05-03", "2024-05-05", "span")]),
    ("Since last month the pass at Nathu La has been shut.", [("2024-05-01", "2024-06-19", "month")]),
    ("At the weekend goats were taken near Chebaa.", [("2024-06-15", "2024-06-16", "span")]),
    ("In the past 24 hours eleven shells hit Sumy.", [("2024-06-18", "2024-06-19", "span")]),
    ("So far this year nine guards died at Pamir.", [("2024-01-01", "2024-06-19", "year")]),
    ("Earlier this week a drone fell near Galati.", [("2024-06-17", "2024-06-19", "week")]),
    ("Earlier in the month a drone fell near Galati.", [("2024-06-01", "2024-06-19", "month")]),
    ("In the week of 12 June guards met at Panmunjom.", [("2024-06-10", "2024-06-16", "week")]),
    ("In the first week of May guards met at Panmunjom.", [("2024-05-01", "2024-05-07", "week")]),
    ("In the last days of May the dam at Kajaki was shelled.", [("2024-05-27", "2024-05-31", "week")]),
    ("In the third quarter of 2023 no convoy reached Adré.", [("2023-07-01", "2023-09-30", "year")]),
    ("Between late April and early May villages near Birao burned.", [("2024-04-21", "2024-05-10", "month")]),
    ("In the spring of this year a fence went up at Sarpi.", [("2024-03-01", "2024-05-31", "month")]),
    (
        "On 5 and 6 May guards fired at Chaman.",
        [("2024-05-05", "2024-05-05", "day"), ("2024-05-06", "2024-05-06", "day")],
    ),
    (
        "On 5 or 6 May a boat was taken off Kinmen.",
        [("2024-05-05", "2024-05-05", "day"), ("2024-05-06", "2024-05-06", "day")],
    ),
    ("A few days ago a boat was taken off Kinmen.", [("2024-06-13", "2024-06-17", "week")]),
    ("Weeks ago a boat was taken off Kinmen.", [("2024-05-08", "2024-06-05", "month")]),
    ("A fortnight ago a boat was taken off Kinmen.", [("2024-06-02", "2024-06-08", "week")]),
    ("The post at Nogales was closed on 5/6/2023.", [("2023-05-06", "2023-06-05", "month")]),
]


@pytest.mark.parametrize(("text", "expected"), INTERVALS)
def test_an_interval_is_read(text, expected):
    assert [_short(when) for when in _read(text)] == expected


CHAINS = [
    ("On 6 May guards fired at Halayeb. Two days earlier a boat had been taken.", "2024-05-04"),
    ("On 6 May guards fired at Halayeb. Three hours later the village burned.", "2024-05-06"),
    ("On 6 May guards fired at Halayeb. Later that day a truce was called.", "2024-05-06"),
    ("On 6 May guards fired at Halayeb. The same day two drones fell.", "2024-05-06"),
    ("On 6 May guards fired at Halayeb. The following morning they left.", "2024-05-07"),
    ("On 6 May guards fired at Halayeb. The previous night had been calm.", "2024-05-05"),
    ("On 6 May guards fired at Halayeb. The next day it rained.", "2024-05-07"),
    ("On 6 May guards fired at Halayeb. A day later, more came.", "2024-05-07"),
    ("On 6 May guards fired at Halayeb. It had rained the day before.", "2024-05-05"),
]


COUNTED = [
    ("The clash came two days after the raid of 3 May.", ("2024-05-05", "2024-05-05", "day")),
    ("A day after Sunday’s attack on Kidal, drones came.", ("2024-06-17", "2024-06-17", "day")),
    ("Three days before the vote on 9 June a post was shelled.", ("2024-06-06", "2024-06-06", "day")),
    ("Fighting resumed a week after a truce was signed on 2 May.", ("2024-05-08", "2024-05-10", "week")),
    ("Days after the 3 May raid on Gao, guards fired.", ("2024-05-05", "2024-05-09", "week")),
    ("Two years after the 2020 war, a post at Kapan was shelled.", ("2022-01-01", "2022-12-31", "year")),
]


@pytest.mark.parametrize(("text", "expected"), COUNTED)
def test_a_count_from_a_dated_event_is_read_beside_it(text, expected):
    counted, event = _read(text)

    assert (_short(counted), counted.rule) == (expected, "counted")
    assert event.rule != "counted"


@pytest.mark.parametrize(
    "text",
    ["A day after the attack, guards fired on 3 May.", "Two days after he was hurt in Gao, on 3 May, guards came."],
)
def test_a_day_beyond_a_comma_is_not_the_event_that_is_counted_from(text):
    assert [_short(when) for when in _read(text)] == [("2024-05-03", "2024-05-03", "day")]


def test_the_following_year_counts_from_the_year_that_the_text_names():
    whens = _read("In a 2012 revolt they held Uvira. They were driven out the following year.")

    assert [str(when.start) for when in whens] == ["2012-01-01", "2013-01-01"]


@pytest.mark.parametrize(
    ("publisher", "url", "day"),
    [
        ("CNN", "", "2023-05-06"),
        ("BBC News", "", "2023-06-05"),
        ("", "https://border-news.am/eng/1", "2023-06-05"),
        ("", "https://www.state.gov/briefing", "2023-05-06"),
    ],
)
def test_figures_are_read_in_the_order_of_the_publisher(publisher, url, day):
    article = Article("id", "", (), published=PUBLISHED, year=2024, publisher=publisher, url=url)
    (when,) = find_dates("A post at Nogales was closed on 5/6/2023.", article)

    assert _short(when) == (day, day, "day")


def test_one_date_of_a_text_settles_the_order_of_the_others():
    assert [str(when.start) for when in _read("Shots on 6/25/2023 and on 5/6/2023.")] == ["2023-06-25", "2023-05-06"]


@pytest.mark.parametrize(
    "text", ["The November 9 statement holds.", "They broke the 3 May ceasefire.", "Under the April 8 framework accord"]
)
def test_the_day_in_an_agreements_name_has_no_year(text):
    (when,) = _read(text)

    assert (when.rule, when.start, when.precision) == ("name", None, DatePrecision.UNKNOWN)
    assert when.partial


def test_the_day_in_an_agreements_name_is_no_evidence_for_the_year():
    whens = _read("On 3 May a post was shelled. Under the April 8 accord it was empty. Two days later it burned.")

    assert str(whens[-1].start) == "2024-05-05"


@pytest.mark.parametrize(("text", "day"), CHAINS)
def test_a_relative_day_counts_from_the_last_one_named(text, day):
    assert _short(_read(text)[-1]) == (day, day, "day")


def test_until_runs_on_from_the_day_named_before():
    whens = _read("They crossed the Sava on 16 May. Fighting continued until 17 May.")

    assert _short(whens[1]) == ("2024-05-16", "2024-05-17", "span")


@pytest.mark.parametrize(
    "text",
    [
        "2000 soldiers crossed the Amur.",
        "More than 1900 were displaced from Kobani.",
        "They may march to the border.",
        "March on, said the captain, and May agreed.",
        "In the second half the team of Suez scored.",
        "Some 13,000 people and 120mm mortars, Mi-24 and F-16 jets at 9:30.",
        "In the middle of the night, in the early days, a shot fell in Chop.",
        "The fall of Kabul changed the border.",
        "a day after the parade in Asmara, and two days before the vote",
        "Article 13 of the treaty; grid 31.08.99999.",
        "On the 7th floor of the 24th regiment, 24/7, and/or 3/4 of Chop.",
        "http://border.example/2023/05/06/post and 1/2/3/4",
        "Days of fear and weeks without bread in Gao.",
    ],
)
def test_what_is_no_time_is_left_alone(text):
    assert _read(text) == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("On May 3 and 14 wounded were taken to Bihać.", "2024-05-03"),
        ("On May 3, 14 mortars hit Bihać.", "2024-05-03"),
    ],
)
def test_a_number_that_counts_something_is_no_day(text, day):
    assert [_short(when) for when in _read(text)] == [(day, day, "day")]


def test_a_number_after_a_month_may_count_people():
    assert _short(_read("In May 12 soldiers were hurt at Skardu.")[0]) == ("2024-05-01", "2024-05-31", "month")


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("The crossing will reopen on 20 August.", "2024-08-20"),
        ("The vote is scheduled for Friday.", "2024-06-21"),
        ("An election takes place next February.", "2025-02-01"),
        ("Tomorrow the monitors leave Donetsk.", "2024-06-20"),
        ("They agreed on a ceasefire starting on Tuesday.", "2024-06-25"),
        ("A truce beginning Friday was announced in Juba.", "2024-06-21"),
        ("The ban takes effect on Saturday.", "2024-06-22"),
    ],
)
def test_the_future_is_not_rolled_back(text, start):
    assert str(_read(text)[0].start) == start


@pytest.mark.parametrize(
    "text",
    [
        "Guards were hurt (Interfax, May 8).",
        "Guards were hurt (, May 8).",
        "Guards were hurt (see Sahel Brief, 8 May 2023).",
        "Guards were hurt (Al Ayyam, May 7; Sudan Tribune, May 8).",
    ],
)
def test_the_date_of_a_source_in_brackets_is_marked(text):
    assert {when.rule for when in _read(text)} == {"citation"}


@pytest.mark.parametrize(
    "text", ["The captain waves (May 8, Ministry of Defence).", "The war (7 May 2020 - 9 May 2020) is over."]
)
def test_other_dates_in_brackets_are_dates(text):
    assert "citation" not in {when.rule for when in _read(text)}


def test_a_citation_is_nothing_to_count_from():
    whens = _read("On 6 May a post burned (Tribune, 1 May). Two days later it was rebuilt.")

    assert str(whens[-1].start) == "2024-05-08"


def test_a_date_that_only_measures_is_marked():
    assert _read("It was the deadliest attack on Jammu since October 7.")[0].rule == "comparison"
    assert _read("Since October 7 the road has been shut.")[0].rule == "since"


def test_a_dateline_is_marked():
    whens = _read("TBILISI, 12 May (Agency) - A fence was moved on Friday.")

    assert [when.rule for when in whens] == ["dateline", "weekday"]


def test_a_stated_year_holds_for_its_sentence_alone():
    whens = _read("On 9 April 2021 a post was shelled, and on 12 April another. On 3 May calm returned.")

    assert [str(when.start) for when in whens] == ["2021-04-09", "2021-04-12", "2024-05-03"]


def test_without_a_year_month_and_day_are_kept():
    whens = _read("On 3 May and from June 13-14, and in July, and on Tuesday.", published=None)

    assert [when.precision for when in whens] == [DatePrecision.UNKNOWN] * 4
    assert [when.partial for when in whens] == ["--05-03", "--06-13/--06-14", "--07", ""]
    assert {when.start for when in whens} == {None}


def test_with_a_year_but_no_day_weekdays_keep_near_the_day_named():
    whens = _read("He spoke on November 8. The speech on Tuesday was long.", published=None, year=2022)

    assert str(whens[1].start) == "2022-11-08"


def test_an_anchor_can_be_given():
    assert str(_read("Two days earlier a boat was taken.", anchor=date(2024, 2, 10))[0].start) == "2024-02-08"


def test_only_expressions_that_begin_in_the_span_are_returned_but_earlier_ones_count():
    text = "On 6 May guards fired at Halayeb. Two days earlier a boat had been taken on Friday."
    whens = _read(text, span=Span(34, len(text)))

    assert [text[when.span.start : when.span.end] for when in whens] == ["Two days earlier", "Friday"]
    assert str(whens[0].start) == "2024-05-04"


def test_spans_give_back_the_words():
    text = "Since May 26 a convoy has stood there; on the nights of 3 and 5 May shots fell."

    assert [text[when.span.start : when.span.end] for when in _read(text)] == ["Since May 26", "3", "5 May"]


def test_the_word_lists_are_whole():
    assert len({value for code, value in word_values().values() if code == "M"}) == 12
    assert len({value for code, value in word_values().values() if code == "W"}) == 7
    assert all(
        context_words(group) for group in ("future", "counted", "approximate", "comparison", "continues", "named")
    )


@pytest.mark.parametrize(
    "row", [row for row in read_rows("context.csv") if row["example"]], ids=lambda row: row["text"]
)
def test_a_context_word_has_an_example_with_it(row):
    assert row["text"] in row["example"].lower()


TIME_WORDS = st.sampled_from(
    ["May", "3", "2022", "1990s", "Tuesday", "last", "since", "-", ",", "and", "(", ")", "two", "days", "ago", "the", "of", "night", "to", "overnight",
     "0", "31", "February", "29", "9999-99-99", "month", "decades", "next", "winter", "in", "for", "a", "second", "same", "early", "\n\n", ". "]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(TIME_WORDS | st.text(max_size=6), max_size=30), st.sampled_from([None, PUBLISHED, date.min, date.max]))
def test_any_jumble_of_time_words_is_read(words, published):
    text = " ".join(words)
    for when in _read(text, published=published):
        assert when.span is not None
        assert 0 <= when.span.start < when.span.end <= len(text)
        assert when.start is None or when.end is None or when.start <= when.end


@pytest.mark.parametrize(
    "piece",
    ["on Tuesday ", "( , May 3 ", "since ", "3 and ", "2022-", "May 3, ", "x" * 11, "last ", "a day after ", "3/4/"],
)
def test_work_grows_with_the_length_and_no_faster(piece):
    def seconds(size):
        text = piece * (size // len(piece))
        begun = time.process_time()
        _read(text)
        return time.process_time() - begun

    seconds(2_000)
    assert seconds(160_000) < 100 * max(seconds(10_000), seconds(10_000), 0.01)
