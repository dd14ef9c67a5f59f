"""Names that the gazetteer lacks, asked online: only those, within the article's countries, and never an error."""

from dataclasses import dataclass, field

from gazetteer.fallback import OnlineFallback
from gazetteer.model import FeatureClass, Place, Resolution, Toponym
from gazetteer.online import Answer

KENYA = Place("country-ke", "Kenya", FeatureClass.COUNTRY, 0.2, 37.9, country="KE")
LAFEY = Place("osm-1", "Lafey", FeatureClass.SETTLEMENT, 3.15, 41.18, country="KE", origin="online")


@dataclass
class Service:
    """Stands for the service: answers what it is told to and remembers what it was asked."""

    answer: Answer
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)

    def find(self, name: str, *, countries: tuple[str, ...] = (), limit: int = 3) -> Answer:
        del limit
        self.asked.append((name, tuple(countries)))
        return self.answer


def toponym(text: str, place: Place | None) -> Toponym:
    return Toponym(0, len(text), text, Resolution(place, 1.0 if place else 0.0, "test"))


def test_only_unresolved_names_are_asked_once_and_within_the_articles_countries() -> None:
    service = Service(Answer((LAFEY,)))
    names = [toponym("Kenya", KENYA), toponym("Lafey", None), toponym("Lafey", None)]
    found = OnlineFallback(service)(names)
    assert service.asked == [("Lafey", ("KE",))]
    assert [t.place for t in found] == [KENYA, LAFEY, LAFEY]
    assert "online" in found[1].resolution.reason


def test_without_an_answer_a_name_stays_unresolved_and_the_note_is_kept_once() -> None:
    fallback = OnlineFallback(Service(Answer(note="no answer from the service")))
    found = fallback([toponym("Lafey", None), toponym("Ijara", None)])
    assert [t.place for t in found] == [None, None]
    assert fallback.notes == ["no answer from the service"]
