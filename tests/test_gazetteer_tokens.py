from gazetteer.tokens import tokenize


def words(text):
    return [t.text for t in tokenize(text, [(0, len(text))])]


def test_offsets_point_into_the_text():
    text = "Near Xankəndi’s edge, the U.S. envoy met J. Smith in Sana'a."
    for token in tokenize(text, [(0, len(text))]):
        assert text[token.start : token.end] == token.text


def test_the_possessive_is_no_part_of_a_name():
    assert words("Baku's and Yerevan’s terms") == ["Baku", "and", "Yerevan", "terms"]


def test_sentences_open_but_abbreviations_do_not():
    text = "St. Petersburg is far. Tbilisi is near."
    opening = [t.text for t in tokenize(text, [(0, len(text))]) if t.opens]
    assert opening == ["St", "Tbilisi"]


def test_contractions_are_no_names():
    assert not any(
        t.is_name for t in tokenize("We're here. They’ve left.", [(0, 25)]) if "'" in t.text or "’" in t.text
    )


def test_only_the_spans_are_read():
    text = "Body about Goris. Comment about Paris."
    assert [t.text for t in tokenize(text, [(0, 17)])] == ["Body", "about", "Goris"]
