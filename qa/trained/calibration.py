"""What signs weigh, and how probable it makes an answer; learned by ``wenju.eval.training.ranker``."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from wenju.qa.trained.answers import Group
from wenju.qa.trained.candidates import SIGNS, logistic
from wenju.qa.trained.changes import ReaderError

BUNDLED: Final = Path(__file__).with_name("calibration.json")
_OWN = ("margin", "sentence", "support", "untyped")
CONFIDENCE: Final = ("weight", "share", "second", "similarity", "score", *_OWN)
"""The signs of a probable answer: its own weight, its group's share, the next group's share, the
similarity of its passage, the score of the best hit, and some of its own signs."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of the signs of a candidate and of an answer, each with a ``constant``."""

    candidate: Mapping[str, float]
    confidence: Mapping[str, float]

    def of(self, groups: Sequence[Group]) -> float:
        """The probability that the first group's best candidate is right; 0 without any."""
        if not groups:
            return 0.0
        signs = confidence_signs(groups)
        weighed = (self.confidence[n] * s for n, s in zip(CONFIDENCE, signs, strict=True))
        return logistic(self.confidence["constant"] + sum(weighed))


def confidence_signs(groups: Sequence[Group]) -> tuple[float, ...]:
    """The signs of ``CONFIDENCE``, in order; groups are not empty."""
    first = groups[0]
    second = groups[1].share if len(groups) > 1 else 0.0
    hits = [candidate.hit for group in groups for candidate in group.candidates]
    best = max(hits, key=lambda hit: hit.score)
    own = (first.best.sign(name) for name in _OWN)
    return (first.best.weight, first.share, second, first.best.hit.dense_score, best.score, *own)


def load(path: Path) -> Calibration:
    """A calibration from a file that ``save`` wrote; raises ReaderError."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        candidate = {n: float(found["candidate"][n]) for n in (*SIGNS, "constant")}
        confidence = {n: float(found["confidence"][n]) for n in (*CONFIDENCE, "constant")}
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise ReaderError(
            f"The calibration {path} cannot be used ({error!r}); install Wenju again, or set the "
            "reader to lexical."
        ) from None
    return Calibration(candidate, confidence)


@cache
def bundled() -> Calibration:
    """The calibration that comes with Wenju."""
    return load(BUNDLED)


def save(calibration: Calibration, path: Path) -> None:
    """Write a calibration as JSON, rounded to what it is good for."""
    rounded = {
        part: {name: round(value, 4) for name, value in getattr(calibration, part).items()}
        for part in ("candidate", "confidence")
    }
    path.write_text(json.dumps(rounded, indent=2) + "\n", encoding="utf-8")
