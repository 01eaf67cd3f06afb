"""What reading one file may take of processor time and memory: settings with defaults."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from wenju.corpus.errors import ReadError, WenjuError

SECONDS, OCR_SECONDS, MEGABYTES = 120.0, 3600.0, 2048.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one file may take.

    ``seconds`` are those of the processor, all threads together, not of the clock; ``ocr_seconds``
    take their place from the first picture on in which text is recognised. ``megabytes`` (of 2²⁰
    bytes) are those of address space, over what the process has before the file.
    """

    seconds: float = SECONDS
    ocr_seconds: float = OCR_SECONDS
    megabytes: float = MEGABYTES

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Allowance:
        """By the environment variables; raises WenjuError for a value that is no such number."""
        return cls(
            _number(environment, "WENJU_READ_SECONDS", SECONDS),
            _number(environment, "WENJU_OCR_SECONDS", OCR_SECONDS),
            _number(environment, "WENJU_READ_MEMORY", MEGABYTES),
        )

    def too_slow(self, name: str, *, recognised: bool) -> ReadError:
        """The error of a file that took its time."""
        seconds, setting = (
            (self.ocr_seconds, "WENJU_OCR_SECONDS")
            if recognised
            else (self.seconds, "WENJU_READ_SECONDS")
        )
        return ReadError(
            f"{name} took more than {seconds:g} seconds of processor time and was left out; split "
            f"it into smaller files, or set {setting} higher.",
            why="too_slow",
        )

    def too_large(self, name: str) -> ReadError:
        """The error of a file that took its memory."""
        return ReadError(
            f"{name} takes more than {self.megabytes:g} MB of memory to be read and was left out; "
            "split it into smaller files, or set WENJU_READ_MEMORY higher.",
            why="too_large",
        )


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    said = environment.get(name, "").strip()
    try:
        number = float(said) if said else default
    except ValueError:
        number = 0.0
    if not (isfinite(number) and number > 0):
        raise WenjuError(f"{name} is {said!r}; expected a number above 0, such as {default:g}.")
    return number
