"""JSON values that know where they stand, so that every complaint about one can say so."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wenju.corpus.errors import WenjuError


class DatasetError(WenjuError):
    """A gold file cannot be used; the sentence names the file, the place and what was expected."""


@dataclass(frozen=True, slots=True)
class Place:
    """A JSON value of a gold file, and where it stands there.

    Every method raises DatasetError where the value is not what it asks for.
    """

    file: Path
    where: str
    value: Any

    def error(self, expected: str) -> DatasetError:
        """The complaint, with the beginning of the offending value."""
        found = json.dumps(self.value, ensure_ascii=False)
        found = found if len(found) <= 60 else found[:57] + "…"
        return DatasetError(f"{self.file}, {self.where}: expected {expected}, found {found}.")

    def has(self, *keys: str) -> bool:
        """Whether it is an object with something under one of the keys."""
        return isinstance(self.value, dict) and any(self.value.get(k) is not None for k in keys)

    def field(self, *keys: str) -> Place:
        """The value under the first of the keys that is there and not null."""
        if not isinstance(self.value, dict):
            raise self.error("an object")
        for key in keys:
            if self.value.get(key) is not None:
                return Place(self.file, f"{self.where}.{key}", self.value[key])
        raise self.error(f'an object with "{keys[0]}"')

    def items(self) -> Iterator[Place]:
        """The values of a list."""
        if not isinstance(self.value, list):
            raise self.error("a list")
        for i, value in enumerate(self.value):
            yield Place(self.file, f"{self.where}[{i}]", value)

    def text(self) -> str:
        """A string with something in it."""
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error("a text that is not empty")
        return self.value

    def label(self, *keys: str) -> str:
        """An id or title under the first of the keys that is there; empty without."""
        if not self.has(*keys):
            return ""
        found = self.field(*keys)
        if not isinstance(found.value, str | int):
            raise found.error("a text or a number")
        return str(found.value).strip()

    def flag(self, key: str) -> bool | None:
        """A boolean, also as the words true and false; None where it is not there."""
        if not self.has(key):
            return None
        found = self.field(key)
        known = {"true": True, "false": False}.get(str(found.value).lower())
        if known is None:
            raise found.error("true or false")
        return known

    def answers(self) -> tuple[str, ...]:
        """The distinct answers: texts, objects with ``text``, or an object of lists of texts."""
        if not self.has("answers"):
            return ()
        found = self.field("answers")
        if found.has("text") and isinstance(found.value["text"], list):
            found = found.field("text")
        texts = [a if isinstance(a.value, str) else a.field("text") for a in found.items()]
        for place in texts:
            if not isinstance(place.value, str):
                raise place.error("a text")
        return tuple(dict.fromkeys(t.value for t in texts if t.value.strip()))

    def ranges(self) -> Iterator[tuple[int, int]]:
        """Half-open places: one pair of numbers, or a list of pairs."""
        single = isinstance(self.value, list) and self.value and isinstance(self.value[0], int)
        for pair in [self] if single else self.items():
            numbers = pair.value if isinstance(pair.value, list) else []
            if len(numbers) != 2 or not all(isinstance(n, int) for n in numbers):
                raise pair.error("a start and an end")
            if not 0 <= numbers[0] < numbers[1]:
                raise pair.error("a start before its end")
            yield numbers[0], numbers[1]


def parse(path: Path, text: str, line: int | None = None) -> Any:  # noqa: ANN401  (JSON is anything)
    """The JSON value of a file's text, or of one line of it; raises DatasetError."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        at, why = line or getattr(error, "lineno", 1), getattr(error, "msg", error)
        raise DatasetError(f"{path}, line {at}: expected JSON, but {why}.") from None
