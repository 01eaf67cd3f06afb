"""What each feature of a fitting passage weighs; learned on training questions by ``eval.learn``."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from operator import attrgetter, mul
from pathlib import Path

from wenju.corpus.errors import ReadError

BUNDLED = Path(__file__).with_name("weights.json")


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for a passage, each 0 for nothing and about 1 for all; or the weight of each.

    ``similarity``: what the cosine exceeds the encoder's baseline by, as a share of what is left to 1.
    ``characters``, ``bigrams``, ``values``: the share of the question's terms, by rarity, that the
    passage has. ``sentence``: the share of its words that one sentence of it has.
    ``document``: BM25 of the whole document, as a share of the question's ideal.
    ``translation``: for a passage in another language, the share of the question's words of which
    it has a translation.
    """

    similarity: float = 0.0
    characters: float = 0.0
    bigrams: float = 0.0
    sentence: float = 0.0
    values: float = 0.0
    document: float = 0.0
    translation: float = 0.0

    def score(self, weights: Features) -> float:
        """The weighted sum; higher is better."""
        return float(sum(map(mul, _in_order(self), _in_order(weights))))

    def without(self, *names: str) -> Features:
        """The same with these at 0."""
        return replace(self, **dict.fromkeys(names, 0.0))


FEATURES = tuple(field.name for field in fields(Features))
_in_order = attrgetter(*FEATURES)


@cache
def bundled_weights() -> Features:
    """The weights that come with Wenju."""
    return load_weights(BUNDLED)


def load_weights(path: Path) -> Features:
    """Weights from a file that ``save_weights`` wrote; raises ReadError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return Features(**{name: float(found[name]) for name in FEATURES})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReadError(
            f"The weights in {path} cannot be used ({error!r}); expected a JSON object with a "
            f"number for each of {', '.join(FEATURES)}."
        ) from None


def save_weights(weights: Features, path: Path) -> None:
    """Write the weights as JSON, rounded to what they are good for."""
    rounded = {name: round(value, 3) for name, value in asdict(weights).items()}
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
