"""How sure a reading is, from what was found; calibrated on the development articles (see docs/incidents.md)."""

from incidents.merge import Event
from incidents.model import Stance

BASE = 0.3
WEIGHTS = {
    "place in the sentence": 0.2,
    "date in the sentence": 0.15,
    "told by the article itself": 0.05,
    "confirmed": 0.1,
    "toll": 0.05,
    "told more than once": 0.05,
    "several words tell of it": 0.1,
}


def weigh(event: Event, stance: Stance, *, toll: bool) -> tuple[float, tuple[str, ...]]:
    """Return the confidence of an incident and the reasons for it."""
    first = event.first
    holds = {
        "place in the sentence": event.placed,
        "date in the sentence": event.dated,
        "told by the article itself": not first.said,
        "confirmed": stance is Stance.CONFIRMED,
        "toll": toll,
        "told more than once": len(event.drafts) > 1,
        "several words tell of it": len(first.words) > 1,
    }
    reasons = tuple(reason for reason, true in holds.items() if true)
    return round(min(0.95, BASE + sum(WEIGHTS[reason] for reason in reasons)), 2), reasons
