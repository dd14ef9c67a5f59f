"""Names that several places of the first region bear: the words around decide which is meant."""

import pytest

from gazetteer.toponyms import read_toponyms

# The name as it is looked for, and for each place that bears it sentences that mean this place.
NAMESAKES = {
    "Istisu": {
        "jermuk": [
            "Baku's ministry said its units near Istisu [Jermuk] came under fire, and named Gafan [Kapan] as well.",
        ],
        "istisu-kalbajar": [
            "Workers have begun to rebuild the spa at Istisu in the Kalbajar district, officials said.",
            "A mine went off on the road between the city of Kalbajar and Istisu, wounding a driver.",
        ],
    },
    "Garakilsa": {
        "sisian": [
            "Shots were fired at posts near Garakilsa [Sisian] and Gorus [Goris] late on Monday, the Azerbaijani side said.",
            "The Azerbaijani ministry said that posts near Garakilsa, Gorus and Gafan had opened fire.",
        ],
        "vanadzor": [
            "In 1918 Ottoman troops marched from Alexandropol on Garakilsa [Vanadzor], in the Lori valley.",
        ],
    },
    "Vorotan": {
        "vorotan-river": ["Two tributaries of the Vorotan River burst their banks after heavy rain in Armenia."],
        "vorotan-goris": [
            "Residents of the village of Vorotan, next to Shurnukh on the Goris-Kapan road, were told to leave.",
            "Azerbaijani police stopped lorries between Goris and Vorotan and near the village of Shurnukh.",
        ],
        "vorotan-sisian": ["A farmer was wounded near the village of Vorotan, a few kilometres from Sisian."],
    },
    "Aghdam": {
        "aghdam": [
            "Engineers cleared mines in the ruins of Aghdam, north-east of Stepanakert.",
            "The convoy of the Red Cross drove from Aghdam to Askeran.",
        ],
        "aghdam-tovuz": ["The village of Aghdam in Tovuz was shelled from the direction of Berd."],
    },
    "Agdam": {
        "aghdam": ["The old railway from Yevlakh to Agdam is to be laid again."],
        "aghdam-tovuz": ["Two houses burned down in the village of Agdam in Tovuz, the prosecutors said."],
    },
    "Martuni": {
        "martuni-karabakh": ["Cluster bombs fell on Stepanakert, Martuni and Hadrut during the night."],
        "martuni-gegharkunik": [
            "Volunteers from Gavar, Martuni and Vardenis, on the shore of Lake Sevan, gathered early."
        ],
    },
    "Vardenis": {
        "vardenis": ["Artillery struck the outskirts of Vardenis and the village of Sotk."],
        "vardenis-range": ["Snow still lay on the Vardenis range when the two patrols met."],
        "vardenis-region": ["Two districts were merged in 1995; the Vardenis region was one of them, next to Sotk."],
    },
    "Sevan": {
        "sevan": ["Police in the town of Sevan closed the road to Dilijan for an hour."],
        "lake-sevan": ["The water of Lake Sevan has risen by ten centimetres since April."],
    },
    "Syunik": {
        "syunik-province": [
            "The governor of Syunik Province spoke to residents of Goris.",
            "Residents of Syunik complain about the road controls, said the governor.",
        ],
        "syunik-village": ["The village of Syunik, a few kilometres from Kapan, got a new water pipe."],
    },
    "Gegharkunik": {
        "gegharkunik-province": [
            "Armenia said its posts in the Gegharkunik province came under mortar fire.",
            "Armenia said its posts in Gegharkunik came under mortar fire.",
        ],
        "gegharkunik-village": ["The village of Gegharkunik near Gavar got a new school."],
    },
    "Tavush": {
        "tavush-province": [
            "Four villages of Tavush Province were shelled overnight, according to Yerevan.",
            "Several villages in Tavush were shelled overnight, according to Yerevan.",
        ],
        "tavush-village": ["Farmers from the village of Tavush, not far from Berd, could not reach their fields."],
    },
    "Lachin": {
        "lachin": ["Families returned to the town of Lachin in the summer, officials in Baku said."],
        "lachin-district": ["Demining goes on in the Lachin district."],
        "lachin-road": [
            "Protesters blocked the Lachin corridor for a second day.",
            "Lorries queued on the Lachin road near Tegh.",
        ],
        "lachin-checkpoint": ["A patient of the Red Cross was detained at the Lachin checkpoint."],
    },
    "Jermuk": {
        "jermuk": ["Hotels in Jermuk opened again a month after the shelling."],
        "jermuk-heights": ["Positions on the Jermuk heights changed hands in September 2022."],
    },
    "Karabakh": {
        "nagorno-karabakh": ["Peacekeepers in Karabakh recorded one violation of the ceasefire near Martakert."],
        "karabakh": ["Carpets from Karabakh were woven in Barda, Beylagan and Aghjabadi under the khanate."],
        "karabakh-economic-region": ["Wheat was sown in the Karabakh economic region of Azerbaijan."],
        "nkao": ["In 1988 the council of the Nagorno-Karabakh Autonomous Oblast asked for a transfer."],
    },
    "Guba": {"quba": ["Rescue teams from Guba and Gusar joined the search, the ministry in Baku said."]},
    "Cuba": {"country-cu": ["Cuba and Azerbaijan signed a declaration on trade."]},
    "Gizilhajili": {"gizilhajili": ["The village of Gizilhajili in Gazakh was handed over on 24 May 2024."]},
}
CASES = [
    pytest.param(name, place_id, text, id=f"{name}-{place_id}-{number}")
    for name, meanings in NAMESAKES.items()
    for place_id, texts in meanings.items()
    for number, text in enumerate(texts, start=1)
]


@pytest.mark.parametrize(("name", "place_id", "text"), CASES)
def test_the_words_around_decide_which_namesake_is_meant(gazetteer, name, place_id, text):
    found = [toponym for toponym in read_toponyms(text, gazetteer) if name in toponym.text]
    assert [t.place.place_id if t.place else None for t in found] == [place_id]


@pytest.mark.parametrize("text", ["Shady deals were made in Ankara.", "Basit Khan, a farmer near Peshawar, was hurt."])
def test_common_words_and_given_names_are_no_curated_places(gazetteer, text):
    assert not [t.text for t in read_toponyms(text, gazetteer) if t.place and t.place.origin == "curated"]
