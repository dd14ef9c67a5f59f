"""The online fallback, asked at a local server that answers like Nominatim and Photon."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from typer.testing import CliRunner

from gazetteer.model import FeatureClass
from gazetteer.online import OnlineGazetteer, Service, answers_path
from geo.errors import MarchlandError
from marchland.gazetteer_cli import app

VILLAGE = {
    "place_id": 1,
    "osm_type": "node",
    "osm_id": 77,
    "lat": "12.50",
    "lon": "33.25",
    "class": "place",
    "type": "village",
    "addresstype": "village",
    "name": "Zumvorrak",
    "display_name": "Zumvorrak, Upper District, Quorland",
    "boundingbox": ["12.48", "12.52", "33.23", "33.27"],
    "address": {"village": "Zumvorrak", "country_code": "qq"},
    "namedetails": {"name": "Zumvorrak", "name:ru": "Зумворрак", "ref": "7"},
}
PHOTON = {
    "type": "Feature",
    "geometry": {"type": "Point", "coordinates": [33.25, 12.5]},
    "properties": {
        "osm_type": "W",
        "osm_id": 78,
        "osm_key": "waterway",
        "osm_value": "river",
        "name": "Zumvor",
        "countrycode": "QQ",
        "country": "Quorland",
        "extent": [33.0, 13.0, 33.5, 12.0],
    },
}


class Server(ThreadingHTTPServer):
    """A geocoding service on this machine; `asked` keeps the requests, `status` and `body` what it answers instead."""

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.status, self.body = [], 200, None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        self.server.asked.append((path, {key: values[0] for key, values in query.items()}, dict(self.headers)))
        known = query["q"][0] in {"Zumvorrak", "Zumvor"}
        if path == "/search":
            answer = [VILLAGE] if known else []
        else:
            answer = {"type": "FeatureCollection", "features": [PHOTON] if known else []}
        body = self.server.body or json.dumps(answer).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture
def server(tmp_path, monkeypatch):
    monkeypatch.setenv("MARCHLAND_CACHE", str(tmp_path / "cache"))
    service = Server()
    thread = threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield service
    service.shutdown()
    service.server_close()
    thread.join()


def online(server, **options):
    return OnlineGazetteer(url=server.url, **{"delay_s": 0.0, **options})


def test_an_answer_of_nominatim_becomes_a_place(server):
    answer = online(server).find("Zumvorrak", countries=["QQ"])
    (place,) = answer.places
    assert (place.place_id, place.name, place.lat, place.lon) == ("osm-n77", "Zumvorrak", 12.5, 33.25)
    assert (place.feature_class, place.country, place.origin) == (FeatureClass.SETTLEMENT, "QQ", "online")
    assert [(name.text, name.language) for name in place.names] == [("Zumvorrak", ""), ("Зумворрак", "ru")]
    assert place.radius_km == pytest.approx(3.1, abs=0.1)
    assert (place.sources, answer.note) == (("osm-nominatim",), "")


def test_the_service_is_told_who_asks_and_for_which_countries(server):
    online(server).find("Zumvorrak", countries=["QQ"], limit=2)
    path, query, headers = server.asked[0]
    assert (path, query["countrycodes"], query["limit"]) == ("/search", "qq", "2")
    assert headers["User-Agent"].startswith("marchland/")


def test_an_answer_of_photon_becomes_a_place(server):
    (place,) = online(server, service=Service.PHOTON).find("Zumvor").places
    assert (place.place_id, place.lat, place.lon, place.country) == ("osm-w78", 12.5, 33.25, "QQ")
    assert place.feature_class is FeatureClass.RIVER
    assert place.radius_km == pytest.approx(61.7, abs=1.0)


def test_a_name_is_asked_once_even_by_another_run(server):
    first = online(server).find("Zumvorrak")
    second = online(server).find("Zumvorrak")
    assert first == second
    assert len(server.asked) == 1


def test_that_there_is_no_such_place_is_remembered_too(server):
    assert [online(server).find("Nowhere").places for _ in range(2)] == [(), ()]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("status", "body"),
    [(503, b"busy"), (429, b"slow down"), (403, b"blocked"), (200, b"<html>log in</html>"), (200, b'[{"lat": "x"}]')],
)
def test_a_service_that_fails_is_a_note_and_asked_no_more_in_this_run(server, status, body):
    server.status, server.body = status, body
    asking = online(server)
    answer = asking.find("Zumvorrak")
    assert answer.places == ()
    assert answer.note.startswith(f"nominatim at 127.0.0.1:{server.server_port} gave no answer that can be used (")
    assert asking.find("Zumvor").note == answer.note
    assert len(server.asked) == 1


def test_a_failure_is_not_remembered_by_the_next_run(server):
    server.status = 503
    online(server).find("Zumvorrak")
    server.status = 200
    assert online(server).find("Zumvorrak").places[0].name == "Zumvorrak"


def test_no_network_is_a_note(server):
    server.shutdown()
    server.server_close()
    answer = online(server, timeout_s=1.0).find("Zumvorrak")
    assert answer.places == ()
    assert "gave no answer that can be used" in answer.note


def test_requests_keep_their_distance(server):
    asking = online(server, delay_s=0.3)
    begun = time.perf_counter()
    asking.find("Zumvorrak")
    asking.find("Zumvor")
    assert time.perf_counter() - begun >= 0.3


def test_a_damaged_memory_is_made_anew(server):
    path = answers_path()
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database at all" * 100)
    assert online(server).find("Zumvorrak").places[0].name == "Zumvorrak"
    assert online(server).find("Zumvorrak").places[0].name == "Zumvorrak"
    assert len(server.asked) == 1


@pytest.mark.usefixtures("own_cache")
def test_find_asks_online_only_when_told_to(server):
    runner = CliRunner()
    assert runner.invoke(app, ["find", "Zumvorrak"]).exit_code == 1
    assert server.asked == []
    told = runner.invoke(app, ["find", "Zumvorrak", "--online", "--online-url", server.url])
    assert told.exit_code == 0
    assert told.stdout.startswith("Zumvorrak (osm-n77): settlement, QQ, 12.5 N 33.25 E")
    assert runner.invoke(app, ["find", "Goris", "--online", "--online-url", server.url]).exit_code == 0
    assert len(server.asked) == 1, "a name that the gazetteer has is not asked"


@pytest.mark.usefixtures("own_cache")
def test_find_says_when_the_service_failed(server):
    server.status = 503
    told = CliRunner().invoke(app, ["find", "Zumvorrak", "--online", "--online-url", server.url])
    assert told.exit_code == 1
    assert told.stderr.strip().startswith("note: nominatim at 127.0.0.1")


def test_an_address_that_is_none_is_refused():
    with pytest.raises(MarchlandError, match="'my server' is no address; write one like https://nominatim"):
        OnlineGazetteer(url="my server")
