import json

import pytest
from incidents_articles import BADME, TORKHAM, UVIRA, article

from incidents.extract import extract
from incidents.frames import SchemaError, check_frame, frames
from incidents.schema import LAYERS


@pytest.fixture(scope="module")
def readings(gazetteer, nlp):
    sources = [article(text, article_id=f"a{i}") for i, text in enumerate((UVIRA, TORKHAM, BADME))]
    return [extract(source, gazetteer, nlp=nlp) for source in sources]


@pytest.fixture(scope="module")
def layers(readings):
    return frames(readings)


def test_every_layer_has_the_columns_of_the_schema(layers):
    assert list(layers) == list(LAYERS)
    for name, frame in layers.items():
        assert [c for c in frame.columns if c != "geometry"] == [c.name for c in LAYERS[name]]
        assert frame.crs.to_epsg() == 4326


def test_no_articles_give_empty_layers_of_the_same_types(layers):
    for name, frame in frames([]).items():
        assert len(frame) == 0
        assert list(frame.columns) == list(layers[name].columns)
        assert {c: str(t) for c, t in frame.dtypes.items()} == {c: str(t) for c, t in layers[name].dtypes.items()}


def test_one_row_per_incident_with_its_sentence(readings, layers):
    assert len(layers["incidents"]) == sum(len(r.incidents) for r in readings)
    texts = {r.article.article_id: r.article.text for r in readings}
    for row in layers["incidents"].itertuples():
        assert row.evidence == texts[row.article_id][row.evidence_start : row.evidence_end]


def test_markers_lie_at_lon_lat(readings, layers):
    incident = readings[0].incidents[0]
    row = layers["incidents"].set_index("incident_id").loc[incident.incident_id]
    assert (row.geometry.x, row.geometry.y) == (incident.location.lon, incident.location.lat)


def test_uncertainty_shapes_hold_their_marker_and_are_valid(layers):
    points = layers["incidents"].set_index("incident_id").geometry
    assert len(layers["uncertainty"]) > 0
    for row in layers["uncertainty"].itertuples():
        assert row.geometry.is_valid
        assert row.geometry.buffer(0.05).covers(points[row.incident_id])


def test_json_columns_hold_json(layers):
    for name, columns in LAYERS.items():
        for column in columns:
            if column.dtype == "json":
                for value in layers[name][column.name]:
                    assert isinstance(json.loads(value), list)


def test_the_order_of_articles_changes_nothing(readings, layers):
    again = frames(list(reversed(readings)))
    for name, frame in layers.items():
        assert again[name].to_json(default=str) == frame.to_json(default=str)


def test_ids_are_unique(layers):
    assert layers["incidents"].incident_id.is_unique
    assert layers["set_aside"].set_aside_id.is_unique
    assert layers["places"].place_id.is_unique


def test_places_count_their_mentions(layers):
    goma = layers["places"].set_index("name").loc["Sake"]
    assert goma.mentions >= 1
    assert "Sake" in json.loads(goma.attested)


def test_curated_roads_far_away_are_not_drawn(layers):
    assert set(layers["roads"].origin) == {"article"}


def test_a_missing_and_an_unknown_column_are_both_named(layers):
    faulty = layers["incidents"].rename(columns={"kind": "type"})
    with pytest.raises(SchemaError) as caught:
        check_frame(faulty, "incidents")
    assert "column 'kind' is missing" in str(caught.value)
    assert "column 'type' is not in the schema" in str(caught.value)


def test_a_wrong_type_is_named_with_its_row(layers):
    faulty = layers["incidents"].copy()
    faulty["date_start"] = "3 May"
    with pytest.raises(SchemaError, match=r"row 0: date_start is '3 May', not a date"):
        check_frame(faulty, "incidents")


def test_an_unknown_layer_is_named():
    with pytest.raises(SchemaError, match="there is no layer 'events'"):
        check_frame(frames([])["incidents"], "events")
