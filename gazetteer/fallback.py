"""The names that no own gazetteer has, asked online where the user wants that."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gazetteer.model import Candidate, Resolution, Toponym
from gazetteer.online import Answer, OnlineGazetteer

# Somebody who is asked for a bare name knows nothing of the article: no answer is surer than that.
CONFIDENCE = 0.5
MAX_COUNTRIES = 4


@dataclass(slots=True)
class OnlineFallback:
    """Resolves what an article leaves unresolved, and keeps a note where the service could not be asked.

    Parameters
    ----------
    online : OnlineGazetteer
        Whom to ask.
    """

    online: OnlineGazetteer
    notes: list[str] = field(default_factory=list)

    def __call__(self, toponyms: Sequence[Toponym]) -> list[Toponym]:
        """Give the toponyms of one article with the answers to its unresolved names.

        Parameters
        ----------
        toponyms : sequence of Toponym
            All toponyms of the article; the countries of the resolved ones narrow the question.

        Returns
        -------
        list of Toponym
            In the same order; a name without an answer stays unresolved.
        """
        countries = _countries(toponyms)
        unknown = dict.fromkeys(toponym.text for toponym in toponyms if toponym.place is None)
        answers = {name: self._find(name, countries) for name in unknown}
        return [_resolved(toponym, answers.get(toponym.text)) for toponym in toponyms]

    def _find(self, name: str, countries: Sequence[str]) -> Answer:
        """Ask for one name and keep the note, once."""
        answer = self.online.find(name, countries=countries)
        if answer.note and answer.note not in self.notes:
            self.notes.append(answer.note)
        return answer


def _countries(toponyms: Sequence[Toponym]) -> list[str]:
    """Give the countries that the article's resolved places lie in, the commonest first."""
    counted = Counter(toponym.place.country for toponym in toponyms if toponym.place and toponym.place.country)
    return [country for country, _ in counted.most_common(MAX_COUNTRIES)]


def _resolved(toponym: Toponym, answer: Answer | None) -> Toponym:
    """Take the first place of an answer for a name that had none."""
    if toponym.place is not None or answer is None or not answer.places:
        return toponym
    first, *others = answer.places
    found = Resolution(
        place=first,
        confidence=CONFIDENCE,
        reason="not in the gazetteer; found online",
        runners_up=tuple(Candidate(place, 0.0, "also found online") for place in others),
    )
    return replace(toponym, resolution=found)
