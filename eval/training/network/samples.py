"""What is shown to the network: examples cut to windows, and windows without an answer."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wenju.corpus.sentences import sentence_spans
from wenju.eval.training.network.gold import Example
from wenju.eval.training.network.names import names
from wenju.eval.training.network.near import Near, by_vectors
from wenju.qa.network.inputs import Input, Reads

if TYPE_CHECKING:
    from wenju.index.encoder import Encoder

UNKNOWN = -1
_NEAR = 8  # near texts that a negative is drawn from
_POOL = 3000  # texts that a search for meaning finds negatives among, beside the examples' own
_TITLED = 0.6  # of the samples see their text's title
_SCRAPED = 0.05  # of the samples have lost their punctuation or their lines
_PUNCTUATION = str.maketrans({"。": "\n", ",": " ", ";": " ", ":": " "})
_NUMBER = re.compile(r"\d+")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Sample:
    """An input, and its first and last answering piece; both 0 where nothing answers.

    ``answering`` tells for each of the passage's sentences whether the answer lies in it (1 or 0), and
    ``passage`` whether the passage answers. Where that alone is known, the others are UNKNOWN.
    """

    input: Input
    first: int
    last: int
    answering: tuple[int, ...]
    passage: bool = False


class Sampling:
    """Draws samples of examples; the same seed gives the same samples."""

    def __init__(
        self,
        examples: Sequence[Example],
        reads: Reads,
        seed: int,
        others: Sequence[tuple[str, str]] = (),
        encoder: Encoder | None = None,
    ) -> None:
        """``others`` are more texts (title, text) for windows that do not answer.

        With an ``encoder`` they are also those that a search for meaning takes for near, where a question
        shares few words with what answers it.
        """
        self._reads = reads
        self._draw = random.Random(seed)
        self._examples = examples
        texts = list(dict.fromkeys([*((e.title, e.text) for e in examples), *others]))
        self._answered: dict[str, set[str]] = defaultdict(set)
        for example in examples:
            self._answered[example.question].add(example.text)
        self._texts = texts
        near = Near([text for _, text in texts]).nearest([e.question for e in examples], _NEAR + 1)
        self._near = dict(zip(examples, near, strict=True))
        if encoder:
            self._meant([e for e in examples if _is_worded_otherwise(e)], encoder)

    def _meant(self, examples: Sequence[Example], encoder: Encoder) -> None:
        """What a search for meaning finds comes first among the near texts."""
        own = {e.text for e in examples}
        kept = [i for i, (_, text) in enumerate(self._texts) if text in own]
        kept += [i for i, (_, text) in enumerate(self._texts) if text not in own][-_POOL:]
        found = by_vectors(
            [e.question for e in examples], [self._texts[i][1] for i in kept], _NEAR + 1, encoder
        )
        for example, places in zip(examples, found, strict=True):
            mixed = [*(kept[i] for i in places), *self._near[example][: _NEAR // 2]]
            self._near[example] = np.array(list(dict.fromkeys(mixed)))

    def sample(self, example: Example, characters: tuple[int, int], negative: bool) -> Sample:
        """The example in a window of that many characters, or a window that does not answer it."""
        size = self._draw.randint(*characters)
        if negative and not example.alone and (found := self._negative(example, size)):
            return found
        if not example.answers:
            return self._made(
                example.question, example.title, example.text, None, whole=example.whole
            )
        start, end = self._draw.choice(example.answers)
        low, high = self._window(example.text, start, end, size)
        text = example.text[low:high]
        return self._made(example.question, example.title, text, (start - low, end - low))

    def _negative(self, example: Example, size: int) -> Sample | None:
        """A window that does not answer the example's question, where one can be made."""
        ways: list[Callable[[Example, int], Sample | None]] = [self._elsewhere]
        if example.answers:
            ways += [self._elsewhere, self._removed, self._removed, self._swapped]
        self._draw.shuffle(ways)
        return next((found for way in ways if (found := way(example, size))), None)

    def _made(
        self,
        question: str,
        title: str,
        text: str,
        answer: tuple[int, int] | None,
        *,
        whole: bool = False,
    ) -> Sample:
        if self._draw.random() < _SCRAPED:
            text = text.translate(_PUNCTUATION)
        head = f"{title}\n" if title and self._draw.random() < _TITLED else ""
        read = self._reads.input(question, head, text)
        if whole:
            return Sample(read, UNKNOWN, UNKNOWN, (UNKNOWN,) * len(read.spans), passage=True)
        if answer is None:
            return Sample(read, 0, 0, (0,) * len(read.spans))
        inside = [i for i, p in enumerate(read.offsets) if p[0] < answer[1] and answer[0] < p[1]]
        if not inside:  # it did not fit in
            return Sample(read, 0, 0, (0,) * len(read.spans))
        answering = tuple(int(a < answer[1] and answer[0] < b) for a, b in read.spans)
        first, last = read.first + inside[0], read.first + inside[-1]
        return Sample(read, first, last, answering, passage=True)

    def _window(self, text: str, start: int, end: int, size: int) -> tuple[int, int]:
        """Whole sentences around a place, more of them to one side or the other by chance."""
        spans = sentence_spans(text)
        held = [i for i, (a, b) in enumerate(spans) if a < end and start < b]
        low, high = held[0], held[-1]
        while spans[high][1] - spans[low][0] < size:
            left, right = low > 0, high + 1 < len(spans)
            if not (left or right):
                break
            if left and (not right or self._draw.random() < 0.5):
                low -= 1
            else:
                high += 1
        return spans[low][0], spans[high][1]

    def _elsewhere(self, example: Example, size: int) -> Sample | None:
        """A window of another text that shares the question's words."""
        said = {example.text[a:b] for a, b in example.answers}
        near = [self._texts[int(i)] for i in self._near[example]]
        answering = self._answered[example.question]
        same_title = not (example.whole or example.apart) and example.title
        other = [
            (t, x)
            for t, x in near
            if x not in answering and not (same_title and t == example.title)
        ]
        self._draw.shuffle(other)
        for title, text in other[:2]:
            shared = _densest(example.question, text)
            low, high = self._window(text, *shared, size)
            if not any(s in text[low:high] for s in said):
                return self._made(example.question, title, text[low:high], None)
        return None

    def _removed(self, example: Example, size: int) -> Sample | None:
        """What stands before or behind the sentences that answer, without them."""
        spans = sentence_spans(example.text)
        low = min(a for a, _ in example.answers)
        high = max(b for _, b in example.answers)
        before = [s for s in spans if s[1] <= low]
        behind = [s for s in spans if s[0] >= high]
        sides = [side for side in (before, behind) if side and side[-1][1] - side[0][0] >= 30]
        if not sides:
            return None
        side = self._draw.choice(sides)
        anchor = self._draw.choice(side)
        a, b = self._window(example.text[: side[-1][1]], *anchor, size)
        a = max(a, side[0][0])
        text = example.text[a:b]
        if any(example.text[s:e] in text for s, e in example.answers):
            return None
        return self._made(example.question, example.title, text, None)

    def _swapped(self, example: Example, size: int) -> Sample | None:
        """The text that answers, asked of another year, number or name than it speaks of."""
        low, high = self._window(example.text, *example.answers[0], size)
        text = example.text[low:high]
        swaps = [self._number_swap, self._name_swap]
        self._draw.shuffle(swaps)
        for swap in swaps:
            if asked := swap(example, text):
                return self._made(asked, example.title, text, None)
        return None

    def _number_swap(self, example: Example, text: str) -> str:
        number = _NUMBER.search(example.question)
        if not number:
            return ""
        other = str(int(number.group()) + self._draw.randint(1, 9))
        if other in example.text:
            return ""
        return example.question[: number.start()] + other + example.question[number.end() :]

    def _name_swap(self, example: Example, text: str) -> str:
        """The question with a word that the window says exchanged for one of another question."""
        words = [w for w in names(example.question) if w.text in text]
        if not words:
            return ""
        word = self._draw.choice(words)
        for _ in range(_NEAR):
            other = self._draw.choice(self._examples).question
            same = [w.text for w in names(other) if w.sort == word.sort and w.text != word.text]
            if same and same[0] not in example.text and same[0] not in example.title:
                return example.question.replace(word.text, same[0])
        return ""


def _is_worded_otherwise(example: Example) -> bool:
    """Whether it is asked in everyday words, or in another language than its text's."""
    foreign = example.kind == "gold" and not _HAN.search(example.question)
    return example.apart or example.whole or bool(foreign and _HAN.search(example.text))


def _densest(question: str, text: str) -> tuple[int, int]:
    """The sentence that shares most of its question's bigrams."""
    asked = {question[i : i + 2] for i in range(len(question) - 1)}
    shared = [
        sum(text[i : i + 2] in asked for i in range(a, b - 1)) / (b - a + 20)
        for a, b in sentence_spans(text)
    ]
    return sentence_spans(text)[int(np.argmax(shared))]
